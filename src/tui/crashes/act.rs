//! What a person can do with the matrix.

use super::Crashes;
use crate::engine::{Commands, Request};
use crate::lab::crashes::Progress;
use crate::tui::action::Action;
use crate::tui::layers::{Confirm, Layer};
use crate::world::{Fault, FaultKind};

/// What follows from it.
#[derive(Debug)]
pub enum Follows {
    /// Nothing more.
    Nothing,
    /// The engine is asked.
    Ask(Request),
    /// A layer opens.
    Opens(Box<Layer>),
}

impl Crashes {
    /// Whether an action can be used now.
    ///
    /// # Errors
    ///
    /// Why it cannot, for the message bar.
    pub fn allows(&self, action: Action) -> Result<(), &'static str> {
        match action {
            Action::CrashScenario | Action::CrashPlayground if self.is_running() => {
                Err("the matrix is being run; esc leaves the rest out")
            }
            Action::Clear if !self.is_running() => Err("nothing is being run"),
            Action::Open if self.cell().is_none() => Err("no cell is selected; r runs the matrix"),
            _ => Ok(()),
        }
    }

    /// Does what a person asked for.
    pub fn act(&mut self, action: Action) -> Follows {
        match action {
            Action::CrashScenario => return self.run(Commands::Scenario),
            Action::CrashPlayground => return self.run(Commands::Playground),
            Action::Clear => return Follows::Ask(Request::CancelCrashes),
            Action::Open => return self.reenact(),
            Action::NextPage => self.turn(1),
            Action::PreviousPage => self.turn(self.policies().saturating_sub(1)),
            Action::Up => self.to_row(self.row.saturating_sub(1)),
            Action::Down => self.to_row(self.row + 1),
            Action::PageUp => self.to_row(self.row.saturating_sub(9)),
            Action::PageDown => self.to_row(self.row + 9),
            Action::First => self.to_row(0),
            Action::Last => self.to_row(usize::MAX),
            Action::PreviousAnswer => self.column = self.column.saturating_sub(1),
            Action::NextAnswer => {
                self.column += 1;
                self.to_row(self.row);
            }
            Action::NextHole => self.to_next_hole(),
            _ => {}
        }
        Follows::Nothing
    }

    fn run(&mut self, of: Commands) -> Follows {
        self.of = Some(of);
        self.running = Some(Progress::default());
        Follows::Ask(Request::Crashes { of, policies: Vec::new() })
    }

    /// Selects a policy.
    pub fn select_policy(&mut self, policy: usize) {
        self.policy = policy.min(self.policies().saturating_sub(1));
        self.to_row(self.row);
    }

    /// Selects a cell.
    pub fn select(&mut self, row: usize, column: usize) {
        self.column = column;
        self.to_row(row);
    }

    /// Moves the selection some rows on.
    pub fn scroll(&mut self, by: i64) {
        self.to_row(self.row.saturating_add_signed(by as isize));
    }

    fn turn(&mut self, by: usize) {
        self.select_policy((self.policy + by) % self.policies().max(1));
    }

    fn to_row(&mut self, row: usize) {
        self.row = row.min(self.rows().len().saturating_sub(1));
        let steps = self.rows().get(self.row).map_or(0, |row| row.cells.len());
        self.column = self.column.min(steps.saturating_sub(1));
    }

    /// The next cell that leaves a hole, around to the first.
    fn to_next_hole(&mut self) {
        let Some(found) = &self.found else { return };
        let is_hole =
            |index: &usize| found.matrix.cells.get(*index).is_some_and(|cell| !cell.verdict.holes().is_empty());
        let holes: Vec<(usize, usize)> = self
            .rows()
            .iter()
            .enumerate()
            .flat_map(|(row, one)| {
                one.cells.iter().enumerate().filter(|(_, index)| is_hole(index)).map(move |(column, _)| (row, column))
            })
            .collect();
        let here = (self.row, self.column);
        if let Some((row, column)) = holes.iter().find(|place| **place > here).or_else(|| holes.first()).copied() {
            self.select(row, column);
        }
    }

    /// The selected cell's crash once more, step by step, in the playground.
    fn reenact(&self) -> Follows {
        let (Some(found), Some(cell)) = (&self.found, self.cell()) else { return Follows::Nothing };
        let (Some(at), Some(policy)) = (cell.at, found.plan.policies.get(self.policy)) else { return Follows::Nothing };
        // A scene may have two commands.
        let mut of_scene = found.plan.commands.iter().filter(|(scene, _)| *scene == cell.scene);
        let who = of_scene.position(|(_, input)| input.command == cell.command).unwrap_or_default();
        let request = Request::Reenact {
            of: self.of.unwrap_or(Commands::Scenario),
            upto: cell.scene,
            who,
            policy: policy.clone(),
            fault: Fault { at, world: Some(cell.world), kind: FaultKind::Crash },
        };
        let question = format!("Begin anew, up to {}?", cell.command);
        let detail = "The playground takes every input back, is given those before this command under this policy, and holds the \
                      command with its crash. What it holds now is gone; a scenario saved before (W) brings it back.";
        Follows::Opens(Box::new(Layer::Confirm(Confirm::new(question, detail, request))))
    }
}
