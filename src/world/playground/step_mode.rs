//! Step mode: a command, or two at once, held at each micro-step in every world.
//!
//! A command is logged when it begins, and what is added while it is on its way (faults, a second command, who moves) behind it. So
//! the log says what happened also when the program ends here; then the rest of it runs to its end.

use chrono::TimeDelta;

use super::{Comparison, Playground, circumstances};
use crate::application::commands::Command;
use crate::kernel::probe::StepKind;
use crate::kernel::{Failure, OperationResult, Timestamp};
use crate::world::breakpoints::When;
use crate::world::fault::{Fault, Place};
use crate::world::inputs::{Addition, CommandInput};
use crate::world::lane::{Lane, Watch};
use crate::world::order::{HowFar, Move, Order};
use crate::world::trace::{Phase, Trace};
use crate::world::whereabouts::{Holding, compared, streams, whereabouts};
use crate::world::world::WorldKind;

/// What is on its way.
pub(super) struct UnderWay {
    inputs: Vec<CommandInput>,
    lanes: Vec<Lane>,
    order: Order,
    /// What is where in each world, and the streams that were looked at for it.
    holdings: Vec<(Vec<Holding>, Vec<String>)>,
}

/// Where everything stands that is on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The command, or the two.
    pub inputs: Vec<CommandInput>,
    /// In each world.
    pub worlds: Vec<WorldStanding>,
    /// Who has moved so far, of two.
    pub order: Order,
}

/// Where everything stands in one world.
#[derive(Debug, Clone, PartialEq)]
pub struct WorldStanding {
    /// Which.
    pub world: WorldKind,
    /// Each command's way so far.
    pub courses: Vec<CourseStanding>,
    /// What is where, with what the last step has changed.
    pub holdings: Vec<Holding>,
}

/// How far a command has come in one world.
#[derive(Debug, Clone, PartialEq)]
pub struct CourseStanding {
    /// Its steps so far; it stands at the last.
    pub trace: Trace,
    /// Its answer, once it was given.
    pub answer: Option<OperationResult>,
    /// Whether it has come to its end.
    pub over: bool,
    /// Where its world crashed under it.
    pub lost: Option<Place>,
}

/// How far to go in one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stride {
    /// To the next micro-step.
    Step,
    /// Over the rest of this phase.
    Phase,
    /// To the next breakpoint, or to the end where there is none.
    Breakpoint,
    /// To the end, whatever stands in between.
    End,
}

/// Why a run has stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stopped {
    /// It has gone as far as it should.
    There,
    /// A breakpoint holds, in this world.
    Breakpoint(WorldKind, When),
    /// It is over in every world.
    Over,
}

impl CourseStanding {
    /// The step at which it stands.
    pub fn at(&self) -> Option<Place> {
        self.trace.last().map(crate::world::TraceStep::place)
    }
}

impl Standing {
    /// How many commands are on their way.
    pub fn courses(&self) -> usize {
        self.inputs.len()
    }

    /// Whether any of them has come to a commit, in any world.
    pub fn has_written(&self) -> bool {
        let courses = self.worlds.iter().flat_map(|world| &world.courses);
        courses.flat_map(|course| &course.trace).any(|step| step.step.kind == StepKind::Committed)
    }

    /// Whether nothing is left to do for this one, in any world.
    pub fn is_over(&self, who: usize) -> bool {
        self.worlds.iter().all(|world| world.courses.get(who).is_none_or(|course| course.over))
    }
}

impl Playground {
    /// Puts a command in and holds it at its first step, in every world. While one is on its way, this begins a second one beside it.
    ///
    /// # Errors
    ///
    /// When it cannot be logged, or two are on their way already.
    pub fn begin(
        &mut self,
        command: Command,
        after: Option<TimeDelta>,
        name: Option<String>,
        faults: Vec<Fault>,
    ) -> Result<(), Failure> {
        let second = self.under_way.is_some();
        if self.under_way.as_ref().is_some_and(|under_way| under_way.inputs.len() > 1) {
            return Err(Failure::new("two commands are on their way already").remedy("let them end first"));
        }
        let after = if second { Some(TimeDelta::zero()) } else { after };
        let input = self.next_input(&command, after, name, faults)?;
        self.redo.clear();
        let not_before = if second { self.log_beside(&input)? } else { self.log_command(&input)? };
        let mut under_way = self.under_way.take().unwrap_or_else(|| UnderWay {
            inputs: Vec::new(),
            lanes: self.worlds.iter().map(|world| Lane::of(world.kind())).collect(),
            order: Order::default(),
            holdings: Vec::new(),
        });
        for (lane, world) in under_way.lanes.iter_mut().zip(&self.worlds) {
            let of = circumstances(self.settings.seed, &input, not_before);
            lane.send(world, command.clone(), of, &input.faults, Watch::Hold);
        }
        under_way.inputs.push(input);
        let who = under_way.inputs.len() - 1;
        self.under_way = Some(under_way);
        self.step(who)
    }

    fn log_beside(&mut self, input: &CommandInput) -> Result<Timestamp, Failure> {
        let first = self.last.map_or(0, |(number, _)| number);
        let order = self.under_way.as_ref().map(|under_way| under_way.order.clone());
        self.inputs.add(&Addition { beside: Some(input.clone()), order, ..Addition::to(first) })?;
        let not_before = self.last.map_or(input.at, |(_, at)| at);
        self.last = Some((input.n, input.over().max(not_before)));
        Ok(not_before)
    }

    /// One of those that are on their way goes a micro-step further, in every world where it is not over.
    ///
    /// # Errors
    ///
    /// When a crashed world cannot be opened again, or who moves cannot be logged.
    pub fn step(&mut self, who: usize) -> Result<(), Failure> {
        let Some(under_way) = &mut self.under_way else { return Err(nothing()) };
        let Some(input) = under_way.inputs.get(who) else { return Err(nothing()) };
        let one = Move { who, how_far: HowFar::Steps(1) };
        if under_way.inputs.len() > 1 {
            let mut order = Order::default();
            order.push(one);
            self.inputs.add(&Addition { order: Some(order), ..Addition::to(input.n) })?;
        }
        under_way.order.push(one);
        for (lane, world) in under_way.lanes.iter_mut().zip(&mut self.worlds) {
            lane.go(world, one)?;
        }
        self.look_round()
    }

    /// One of those that are on their way goes on for a stride.
    ///
    /// # Errors
    ///
    /// As [`Playground::step`].
    pub fn go(&mut self, who: usize, stride: Stride) -> Result<Stopped, Failure> {
        let begun = self.phases(who);
        loop {
            self.step(who)?;
            let Some(under_way) = &self.under_way else { return Ok(Stopped::Over) };
            if under_way.lanes.iter().all(|lane| lane.is_over(who)) {
                return Ok(Stopped::Over);
            }
            match stride {
                Stride::Step => return Ok(Stopped::There),
                Stride::Phase if self.phases(who) != begun => return Ok(Stopped::There),
                Stride::Breakpoint => {
                    if let Some((world, when)) = self.stops(who) {
                        return Ok(Stopped::Breakpoint(world, when));
                    }
                }
                Stride::Phase | Stride::End => {}
            }
        }
    }

    /// The phase of each world in which this one is not over.
    fn phases(&self, who: usize) -> Vec<Option<Phase>> {
        let phase = |lane: &Lane| lane.last(who).filter(|_| !lane.is_over(who)).map(|step| step.phase());
        self.under_way.iter().flat_map(|under_way| under_way.lanes.iter().map(phase)).collect()
    }

    /// The first breakpoint that holds where this one stands.
    fn stops(&self, who: usize) -> Option<(WorldKind, When)> {
        let lanes = self.under_way.iter().flat_map(|under_way| &under_way.lanes);
        lanes.filter(|lane| !lane.is_over(who)).find_map(|lane| {
            let step = lane.last(who)?;
            let mut on = self.breakpoints.iter().filter(|one| one.on);
            on.find(|one| one.when.holds(lane.world(), &step)).map(|one| (lane.world(), one.when.clone()))
        })
    }

    fn look_round(&mut self) -> Result<(), Failure> {
        let Some(under_way) = &mut self.under_way else { return Ok(()) };
        let mut holdings = Vec::new();
        for (index, (lane, world)) in under_way.lanes.iter().zip(&self.worlds).enumerate() {
            let traces = lane.traces();
            let now = whereabouts(world, &traces)?;
            let now = match under_way.holdings.get(index) {
                Some((before, at_hand)) => compared(now, before, at_hand),
                None => now,
            };
            holdings.push((now, streams(&traces)));
        }
        under_way.holdings = holdings;
        Ok(())
    }

    /// Puts a fault into one of those that are on their way. At the step where it stands, it strikes when it goes on.
    ///
    /// # Errors
    ///
    /// When nothing is on its way, or it cannot be logged.
    pub fn put_in_fault(&mut self, who: usize, fault: Fault) -> Result<(), Failure> {
        let Some(under_way) = &mut self.under_way else { return Err(nothing()) };
        let Some(input) = under_way.inputs.get_mut(who) else { return Err(nothing()) };
        self.inputs.add(&Addition { fault: Some(fault), ..Addition::to(input.n) })?;
        input.faults.push(fault);
        let over = input.over();
        for lane in &mut under_way.lanes {
            lane.put_in(who, fault);
        }
        if let Some((_, at)) = &mut self.last {
            *at = over.max(*at);
        }
        Ok(())
    }

    /// Where everything stands that is on its way; nothing when nothing is.
    pub fn standing(&self) -> Option<Standing> {
        let under_way = self.under_way.as_ref()?;
        let worlds = under_way.lanes.iter().zip(&under_way.holdings).map(|(lane, (holdings, _))| WorldStanding {
            world: lane.world(),
            courses: lane
                .traces()
                .into_iter()
                .enumerate()
                .map(|(who, trace)| CourseStanding {
                    trace,
                    answer: lane.answer(who),
                    over: lane.is_over(who),
                    lost: lane.lost(who),
                })
                .collect(),
            holdings: holdings.clone(),
        });
        Some(Standing { inputs: under_way.inputs.clone(), worlds: worlds.collect(), order: under_way.order.clone() })
    }

    /// Whether something is on its way.
    pub fn is_under_way(&self) -> bool {
        self.under_way.is_some()
    }

    /// Lets everything that is on its way go to its end, and compares what came of it: a comparison for each command.
    ///
    /// # Errors
    ///
    /// As [`Playground::step`], and when a world cannot be compared.
    pub fn land(&mut self) -> Result<Vec<Comparison>, Failure> {
        let Some(mut under_way) = self.under_way.take() else { return Ok(Vec::new()) };
        for who in 0..under_way.inputs.len() {
            let one = Move { who, how_far: HowFar::End };
            for (lane, world) in under_way.lanes.iter_mut().zip(&mut self.worlds) {
                lane.go(world, one)?;
            }
        }
        let replies = under_way.lanes.into_iter().map(Lane::end).collect();
        self.compared_each(under_way.inputs, replies)
    }

    /// What came of each of several commands: `replies` holds a list a world, of a reply a command.
    pub(super) fn compared_each(
        &self,
        inputs: Vec<CommandInput>,
        replies: Vec<Vec<super::WorldReply>>,
    ) -> Result<Vec<Comparison>, Failure> {
        let mut replies: Vec<_> = replies.into_iter().map(Vec::into_iter).collect();
        inputs
            .into_iter()
            .map(|input| {
                let of_it = replies.iter_mut().filter_map(Iterator::next).collect();
                self.compared(input, of_it)
            })
            .collect()
    }
}

impl Drop for Playground {
    /// What is on its way comes to its end: the log says that it was put in.
    fn drop(&mut self) {
        if let Err(failure) = self.land() {
            tracing::warn!(%failure, "what was on its way did not come to its end");
        }
    }
}

fn nothing() -> Failure {
    Failure::new("no such command is on its way").remedy("begin one in step mode first")
}
