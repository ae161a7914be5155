//! What a person can do with what is held.

use super::Steps;
use crate::application::commands::Command;
use crate::engine::Request;
use crate::tui::action::Action;
use crate::tui::explore::Side;
use crate::world::{Breakpoint, FaultKind, Policy, Standing, Stride, When, WorldKind};

/// A screenful of a small pane.
const PAGE: usize = 6;

impl Steps {
    /// Whether an action can be used now.
    ///
    /// # Errors
    ///
    /// Why it cannot, for the message bar.
    pub fn allows(&self, action: Action) -> Result<(), &'static str> {
        match action {
            Action::StepOver
            | Action::RunOn
            | Action::RunToEnd
            | Action::FailHere
            | Action::CrashHere
            | Action::SlowHere
            | Action::BreakHere
                if !self.held =>
            {
                Err("nothing is held; n begins a command, space the next scene's")
            }
            Action::Interleave if !self.held || self.commands() < 2 => {
                Err("two commands have to be held; n begins one, and another beside it")
            }
            Action::Interleave if self.standing.as_ref().is_some_and(Standing::has_written) => {
                Err("one of them has written already; u takes them back, then hold both again")
            }
            Action::OtherCommand if !self.held || self.commands() < 2 => {
                Err("there is no second command; n begins one beside the first")
            }
            Action::PresetGuide
            | Action::PresetUnitOfWork
            | Action::PresetMended
            | Action::Outwards
            | Action::Inwards
            | Action::Toggle
                if self.held =>
            {
                Err("the policy stays while a command is held; e lets it come to its end")
            }
            Action::Commands if self.held && self.commands() > 1 => Err("two commands are on their way already"),
            Action::NextScene | Action::PlayAll | Action::Redo if self.held => {
                Err("a command is held; e lets it come to its end")
            }
            _ => Ok(()),
        }
    }

    /// Does what a person asked for; answers what to ask of the engine.
    pub fn act(&mut self, action: Action, policy: &Policy) -> Option<Request> {
        let go = |stride| Some(Request::Go { who: self.who, stride });
        let preset = |policy: Policy| Some(Request::SetPolicy(policy));
        match action {
            Action::Step => return go(Stride::Step),
            Action::StepOver => return go(Stride::Phase),
            Action::RunOn => return go(Stride::Breakpoint),
            Action::RunToEnd => return Some(Request::Land),
            Action::FailHere => return self.put_in(FaultKind::Fail),
            Action::CrashHere => return self.put_in(FaultKind::Crash),
            Action::SlowHere => return self.put_in(FaultKind::Slow(FaultKind::SLOW)),
            Action::BreakHere => return self.break_here(),
            Action::PresetGuide => return preset(Policy::guide()),
            Action::PresetUnitOfWork => return preset(Policy::unit_of_work()),
            Action::PresetMended => return preset(Policy::mended()),
            Action::Outwards | Action::Inwards => {
                return self.moved(policy, action == Action::Inwards).map(Request::SetPolicy);
            }
            Action::Toggle => return self.toggled(policy).map(Request::SetPolicy),
            Action::Interleave => return self.interleave(),
            Action::OtherCommand => {
                self.who = 1 - self.who.min(1);
                self.follow();
            }
            Action::NextWorld => {
                let world = &mut self.worlds[self.side.index()];
                let index = WorldKind::ALL.iter().position(|one| one == world).unwrap_or_default();
                *world = WorldKind::ALL[(index + 1) % WorldKind::ALL.len()];
                self.scrolled[self.side.index()] = 0;
            }
            Action::FocusNext | Action::FocusPrevious => {
                self.side = if self.side == Side::Left { Side::Right } else { Side::Left };
            }
            Action::Up => self.scroll(-1),
            Action::Down => self.scroll(1),
            Action::PageUp => self.scroll(-(PAGE as isize)),
            Action::PageDown => self.scroll(PAGE as isize),
            Action::First => self.scroll(isize::MIN),
            Action::Last => self.scroll(isize::MAX),
            _ => {}
        }
        None
    }

    /// In what is where; while nothing is held, among the behaviours.
    pub fn scroll(&mut self, by: isize) {
        if !self.held && self.standing.is_none() {
            return self.select(by);
        }
        let scrolled = &mut self.scrolled[self.side.index()];
        *scrolled = scrolled.saturating_add_signed(by).min(super::draw::MOST_LINES);
    }

    fn interleave(&self) -> Option<Request> {
        let inputs = &self.standing.as_ref()?.inputs;
        let mut commands = inputs.iter().filter_map(|input| Command::read(&input.command, &input.with).ok());
        Some(Request::Interleave(Box::new([commands.next()?, commands.next()?])))
    }

    fn put_in(&self, kind: FaultKind) -> Option<Request> {
        let fault = self.fault(kind).ok()?;
        Some(Request::PutInFault { who: self.who, fault })
    }

    /// A breakpoint at steps of the kind at which the command stands; where there is one, it goes.
    fn break_here(&self) -> Option<Request> {
        let at = self.course(self.side)?.at()?;
        self.with_breakpoint(&When { step: Some(at.kind), ..When::default() })
    }

    /// The breakpoints with one more, or without it where it is there.
    fn with_breakpoint(&self, when: &When) -> Option<Request> {
        let mut breakpoints = self.breakpoints.clone();
        match breakpoints.iter().position(|one| one.when == *when) {
            Some(index) => {
                breakpoints.remove(index);
            }
            None => breakpoints.push(Breakpoint { when: when.clone(), on: true }),
        }
        Some(Request::SetBreakpoints(breakpoints))
    }

    /// What was typed about a breakpoint: a new one, or one that is there, which is turned off or on; with `-` before it, it goes.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn typed(&self, text: &str) -> Result<Request, String> {
        let (goes, text) = match text.trim().strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.trim()),
        };
        let when: When = text.parse()?;
        let mut breakpoints = self.breakpoints.clone();
        match breakpoints.iter().position(|one| one.when == when) {
            Some(index) if goes => {
                breakpoints.remove(index);
            }
            None if goes => return Err(format!("there is no breakpoint `{when}`")),
            Some(index) => breakpoints[index].on = !breakpoints[index].on,
            None => breakpoints.push(Breakpoint { when, on: true }),
        }
        Ok(Request::SetBreakpoints(breakpoints))
    }
}
