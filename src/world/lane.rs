//! What is on its way through one world: a command, or two at once. Who moves is whose future is polled.

use super::course::{Course, Polled};
use super::fault::{Fault, Place};
use super::gate::Gate;
use super::order::{HowFar, Move, Order};
use super::playground::WorldReply;
use super::trace::{Trace, TraceStep};
use super::world::{World, WorldKind};
use crate::application::commands::Command;
use crate::kernel::call::Circumstances;
use crate::kernel::ledger::{CHECKPOINTS, OUTBOX};
use crate::kernel::{Failure, OperationResult, Probe};

/// The commands on their way through one world.
pub(super) struct Lane {
    world: WorldKind,
    courses: Vec<OnItsWay>,
}

struct OnItsWay {
    course: Course,
    number: u64,
    /// Whether a fault was meant for it in this world: then it is over when it is over, and never given again.
    faulted: bool,
}

/// How a command is looked at on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Watch {
    /// Not at all.
    Not,
    /// A trace is kept.
    Trace,
    /// A trace is kept, and the command is held at each step.
    Hold,
}

impl Lane {
    /// Nothing on its way yet.
    pub fn of(world: WorldKind) -> Self {
        Self { world, courses: Vec::new() }
    }

    /// A command and its faults through a world from beginning to end, while nothing else is on its way there.
    pub fn through(
        world: &mut World,
        command: Command,
        of: Circumstances<'_>,
        faults: &[Fault],
        watched: bool,
    ) -> Result<WorldReply, Failure> {
        let mut lane = Self::of(world.kind());
        lane.send(world, command, of, faults, if watched { Watch::Trace } else { Watch::Not });
        while !lane.is_over(0) {
            lane.advance(world, 0)?;
        }
        lane.end().pop().ok_or_else(|| Failure::new("a command ended without an answer"))
    }

    /// Two commands through a world, in this order of moves.
    pub fn together(
        world: &mut World,
        commands: &[(Command, Circumstances<'_>, &[Fault])],
        order: &Order,
    ) -> Result<Vec<WorldReply>, Failure> {
        let mut lane = Self::of(world.kind());
        let rest = (0..commands.len()).map(|who| Move { who, how_far: HowFar::End });
        for one in order.moves().iter().copied().chain(rest) {
            // The second cannot begin before the first.
            while lane.courses.len() <= one.who.min(commands.len() - 1) {
                let (command, of, faults) = &commands[lane.courses.len()];
                lane.send(world, command.clone(), *of, faults, Watch::Hold);
            }
            lane.go(world, one)?;
        }
        Ok(lane.end())
    }

    /// One of them goes on, so far.
    pub fn go(&mut self, world: &mut World, one: Move) -> Result<(), Failure> {
        let mut steps = 0;
        while !self.is_over(one.who) {
            match one.how_far {
                HowFar::Steps(wanted) if steps >= wanted => break,
                HowFar::Until(place) if self.at(one.who) == Some(place) => break,
                _ => {}
            }
            self.advance(world, one.who)?;
            steps += 1;
        }
        Ok(())
    }

    /// The step at which one stands.
    pub fn at(&self, who: usize) -> Option<Place> {
        self.courses.get(who)?.course.gate()?.at()
    }

    /// Sends a command on its way. It does nothing before it is advanced.
    pub fn send(&mut self, world: &World, command: Command, of: Circumstances<'_>, faults: &[Fault], watch: Watch) {
        let kind = self.world;
        let faulted = faults.iter().any(|fault| fault.hits(kind));
        let gate = (faulted || watch != Watch::Not)
            .then(|| Gate::new(kind, world.shared_store(), faults, watch != Watch::Not));
        if let Some(gate) = &gate {
            gate.hold(watch == Watch::Hold);
        }
        let number = of.number;
        self.courses.push(OnItsWay { course: world.send(command, of, gate), number, faulted });
    }

    /// Lets one of them go on: to its next step where it is held, else to its end. A crash takes all of them with it.
    pub fn advance(&mut self, world: &mut World, who: usize) -> Result<(), Failure> {
        let Some(one) = self.courses.get_mut(who) else { return Ok(()) };
        match one.course.poll()? {
            Polled::Held => {}
            Polled::Done if one.faulted => world.settle(one.number)?,
            Polled::Done => {}
            Polled::Crashed(at) => self.crash(world, who, at)?,
        }
        Ok(())
    }

    fn crash(&mut self, world: &mut World, who: usize, at: Place) -> Result<(), Failure> {
        for one in &mut self.courses {
            one.faulted |= !one.course.is_over();
            one.course.lose(at);
        }
        world.crash()?;
        let found = found(world)?;
        for one in &self.courses {
            if let Some(gate) = one.course.gate() {
                gate.goes_on_with(world.shared_store());
            }
            // Those that the crash ended come to no end of their own.
            if one.faulted {
                world.settle(one.number)?;
            }
        }
        if let Some(one) = self.courses.get_mut(who)
            && let Some(gate) = one.course.gate().cloned()
        {
            let probe = Probe::of(gate);
            let delivery = world.delivery(&probe);
            one.course.recover(found, delivery, probe);
        }
        Ok(())
    }

    /// Whether this one is over.
    pub fn is_over(&self, who: usize) -> bool {
        self.courses.get(who).is_none_or(|one| one.course.is_over())
    }

    /// Where this one was lost in a crash.
    pub fn lost(&self, who: usize) -> Option<Place> {
        self.courses.get(who)?.course.lost()
    }

    /// The traces so far, in the order in which the commands began.
    pub fn traces(&self) -> Vec<Trace> {
        let trace = |one: &OnItsWay| one.course.gate().map(|gate| gate.trace()).unwrap_or_default();
        self.courses.iter().map(trace).collect()
    }

    /// The step at which one stands, as its trace has it.
    pub fn last(&self, who: usize) -> Option<TraceStep> {
        self.courses.get(who)?.course.gate()?.last()
    }

    /// The answer of this one, if it was given.
    pub fn answer(&self, who: usize) -> Option<OperationResult> {
        self.courses.get(who)?.course.gate()?.answer()
    }

    /// Puts in one more fault.
    pub fn put_in(&mut self, who: usize, fault: Fault) {
        if let Some(one) = self.courses.get_mut(who).filter(|_| fault.hits(self.world)) {
            one.faulted = true;
            if let Some(gate) = one.course.gate() {
                gate.put_in(fault);
            }
        }
    }

    /// Which world.
    pub fn world(&self) -> WorldKind {
        self.world
    }

    /// What came of them, in the order in which they were sent; of those only that are over.
    pub fn end(self) -> Vec<WorldReply> {
        let world = self.world;
        let end = |one: OnItsWay| {
            let crashed = one.course.lost();
            let (reply, undelivered) = one.course.end()?;
            Some(WorldReply { world, reply, undelivered, crashed })
        };
        self.courses.into_iter().filter_map(end).collect()
    }
}

/// What opening a world's file again finds, in a few words.
fn found(world: &World) -> Result<String, Failure> {
    use super::policy::Publishing;
    if world.policy().publishing != Publishing::Outbox {
        return Ok("what was committed is there; nothing knows what was still to be published".to_owned());
    }
    let waiting = world.store().count(&OUTBOX)?;
    let head = world.store().head()?.0;
    let mut behind = 0;
    for subscriber in world.bus().subscribers() {
        let checkpoint = world.store().row(&CHECKPOINTS, subscriber.name())?;
        behind += u64::from(checkpoint.as_ref().map_or(0, super::bus::position) < head);
    }
    Ok(format!("{waiting} waiting in the outbox, {behind} readers behind the log"))
}
