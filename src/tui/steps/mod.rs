//! Steps: commands held at each micro-step, in two worlds side by side, with what the root holds and what is where.
//!
//! The command at hand goes on a step, a phase or to its next breakpoint, in every world at once; a second one can be begun beside it,
//! and then one chooses who moves. A fault strikes in the world of the pane that has the focus.

mod act;
mod draw;
mod idle;
mod lines;
mod said;

pub use draw::draw;

use super::explore::{Handler, Side};
use crate::kernel::Failure;
use crate::world::{Breakpoint, CourseStanding, Fault, FaultKind, Standing, Stopped, WorldKind, WorldStanding};

/// The screen.
#[derive(Debug)]
pub struct Steps {
    /// Left and right.
    pub worlds: [WorldKind; 2],
    /// The pane that has the keys.
    pub side: Side,
    /// Whose turn it is, of two commands.
    pub who: usize,
    /// Whether something is held.
    pub held: bool,
    /// Where everything stands, or stood when it came to its end.
    standing: Option<Standing>,
    /// The same a step earlier, to tell what has changed.
    before: Option<Standing>,
    stopped: Stopped,
    breakpoints: Vec<Breakpoint>,
    /// So many lines of what is where are scrolled out of sight, left and right.
    scrolled: [usize; 2],
    /// The handler of the command at hand, with its name.
    handler: Option<(String, Handler)>,
    /// The selected behaviour of the pipeline, while nothing is held.
    behaviour: usize,
}

impl Default for Steps {
    fn default() -> Self {
        Self {
            worlds: [WorldKind::State, WorldKind::Events],
            side: Side::Left,
            who: 0,
            held: false,
            standing: None,
            before: None,
            stopped: Stopped::There,
            breakpoints: Vec::new(),
            scrolled: [0, 0],
            handler: None,
            behaviour: 0,
        }
    }
}

impl Steps {
    /// Takes where everything stands now.
    pub fn take(&mut self, standing: Standing, stopped: Stopped) {
        let begun = !self.held;
        let more = standing.inputs.len() > self.standing.as_ref().map_or(0, |before| before.inputs.len());
        self.before = if begun { None } else { self.standing.take() };
        if begun {
            self.who = 0;
            self.scrolled = [0, 0];
        } else if more {
            self.who = standing.inputs.len().saturating_sub(1);
        } else if standing.is_over(self.who) && !standing.is_over(1 - self.who.min(1)) {
            // Whoever is over moves no more.
            self.who = 1 - self.who.min(1);
        }
        self.standing = Some(standing);
        self.stopped = stopped;
        self.held = true;
        self.follow();
    }

    /// Nothing is held any more; what was seen last stays in sight.
    pub fn landed(&mut self) {
        self.held = false;
    }

    /// Takes the breakpoints.
    pub fn take_breakpoints(&mut self, breakpoints: Vec<Breakpoint>) {
        self.breakpoints = breakpoints;
    }

    /// Forgets what came to its end: it was rewound.
    pub fn forget(&mut self) {
        if !self.held {
            (self.standing, self.before) = (None, None);
        }
    }

    /// The breakpoints.
    pub fn breakpoints(&self) -> &[Breakpoint] {
        &self.breakpoints
    }

    /// How many commands are on their way, or were.
    pub fn commands(&self) -> usize {
        self.standing.as_ref().map_or(0, |standing| standing.inputs.len())
    }

    /// The source of the handler of the command at hand follows.
    fn follow(&mut self) {
        let Some(input) = self.standing.as_ref().and_then(|standing| standing.inputs.get(self.who)) else { return };
        if self.handler.as_ref().is_none_or(|(name, _)| *name != input.command) {
            self.handler = Handler::of(&input.command).map(|handler| (input.command.clone(), handler));
        }
    }

    /// Where everything stands in a pane's world.
    fn world(&self, side: Side) -> Option<&WorldStanding> {
        let world = self.worlds[side.index()];
        self.standing.as_ref()?.worlds.iter().find(|one| one.world == world)
    }

    fn world_before(&self, side: Side) -> Option<&WorldStanding> {
        let world = self.worlds[side.index()];
        self.before.as_ref()?.worlds.iter().find(|one| one.world == world)
    }

    /// How far the command at hand has come in a pane's world.
    fn course(&self, side: Side) -> Option<&CourseStanding> {
        self.world(side)?.courses.get(self.who)
    }

    /// The fault that a key puts in where the command at hand stands in the focused pane's world.
    ///
    /// # Errors
    ///
    /// Why none can be put in there.
    pub fn fault(&self, kind: FaultKind) -> Result<Fault, Failure> {
        let course = self.course(self.side).filter(|course| self.held && !course.over);
        let at = course.and_then(CourseStanding::at);
        let at = at.ok_or_else(|| Failure::new("nothing is held in this world that could go wrong"))?;
        Ok(Fault { at, world: Some(self.worlds[self.side.index()]), kind })
    }
}
