//! Crashes: the matrix of a crash at every micro-step of every command, under each policy, in each world. Each cell was run.

mod act;
mod draw;

pub use act::Follows;
pub use draw::draw;

use crate::engine::Commands;
use crate::lab::crashes::{Cell, Matrix, Plan, Progress};
use crate::world::WorldKind;

/// The screen.
#[derive(Debug, Default)]
pub struct Crashes {
    /// How far the matrix has come that is being run.
    running: Option<Progress>,
    found: Option<Found>,
    /// Over which commands it was, or is being, run.
    of: Option<Commands>,
    policy: usize,
    row: usize,
    column: usize,
}

/// A matrix that has been run.
#[derive(Debug)]
struct Found {
    plan: Plan,
    matrix: Matrix,
    /// A paragraph a policy.
    summary: Vec<String>,
    /// Of each policy.
    rows: Vec<Vec<Row>>,
}

/// A command in a world under a policy.
#[derive(Debug)]
struct Row {
    scene: usize,
    command: String,
    world: WorldKind,
    /// The cells of its steps, by their places in the matrix.
    cells: Vec<usize>,
    /// What the policy leaves behind without a crash.
    by_itself: Option<usize>,
}

impl Crashes {
    /// A matrix is being run, and has come so far.
    pub fn progress(&mut self, progress: Progress) {
        self.running = Some(progress);
    }

    /// Takes a matrix; nothing where it was cancelled.
    pub fn take(&mut self, plan: Plan, matrix: Option<Matrix>, summary: Vec<String>) {
        self.running = None;
        let Some(matrix) = matrix else { return };
        let rows = plan.policies.iter().map(|policy| rows(&matrix, &policy.to_string())).collect();
        self.found = Some(Found { plan, matrix, summary, rows });
        (self.row, self.column) = (0, 0);
        self.policy = self.policy.min(self.policies().saturating_sub(1));
    }

    /// A failure: nothing is being run any more.
    pub fn stumble(&mut self) {
        self.running = None;
    }

    /// Whether a matrix is being run.
    pub fn is_running(&self) -> bool {
        self.running.is_some()
    }

    fn policies(&self) -> usize {
        self.found.as_ref().map_or(0, |found| found.rows.len())
    }

    fn rows(&self) -> &[Row] {
        self.found.as_ref().and_then(|found| found.rows.get(self.policy)).map_or(&[], Vec::as_slice)
    }

    /// The selected cell.
    fn cell(&self) -> Option<&Cell> {
        let found = self.found.as_ref()?;
        found.matrix.cells.get(*self.rows().get(self.row)?.cells.get(self.column)?)
    }
}

/// The rows of a policy, in the matrix's order of commands, and of worlds within each.
fn rows(matrix: &Matrix, policy: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (index, cell) in matrix.cells.iter().enumerate().filter(|(_, cell)| cell.policy == policy) {
        let place = rows
            .iter()
            .position(|row| row.scene == cell.scene && row.world == cell.world && row.command == cell.command);
        let place = place.unwrap_or_else(|| {
            rows.push(Row {
                scene: cell.scene,
                command: cell.command.clone(),
                world: cell.world,
                cells: Vec::new(),
                by_itself: None,
            });
            rows.len() - 1
        });
        match cell.at {
            Some(_) => rows[place].cells.push(index),
            None => rows[place].by_itself = Some(index),
        }
    }
    rows.sort_by_key(|row| (row.scene, WorldKind::ALL.iter().position(|world| *world == row.world)));
    rows
}
