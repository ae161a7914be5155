//! The playground: worlds that get the same inputs in lockstep, and the log of those inputs.

mod catch_up;
mod rewind;
mod step_mode;
mod together;

pub use rewind::Redone;
pub use step_mode::{CourseStanding, Standing, Stopped, Stride, WorldStanding};
pub use together::Part;

use std::fmt;
use std::rc::Rc;

use chrono::{TimeDelta, Utc};
use futures_util::FutureExt;
use serde_json::{Map, Value, json};

use super::agreement::{self, Difference};
use super::breakpoints::{self, Breakpoint};
use super::directory::{Directory, Settings};
use super::fault::{Fault, Place};
use super::flight::Reply;
use super::inputs::{CommandInput, Input, InputLog, Setting};
use super::lane::Lane;
use super::opening::{ClockKind, Opening};
use super::order::Order;
use super::policy::Policy;
use super::wiring::Wiring;
use super::world::{QueryReply, World, WorldKind};
use crate::application::commands::Command;
use crate::application::queries::Query;
use crate::domain::Context;
use crate::kernel::call::Circumstances;
use crate::kernel::store::Window;
use crate::kernel::{Failure, Timestamp};
use crate::storage::Sync;

/// Who asks, in the metadata of every event.
const ACTOR: &str = "operator";

/// The last command's number, and the latest time so far.
type Last = Option<(u64, Timestamp)>;

/// Worlds in lockstep.
pub struct Playground {
    directory: Directory,
    settings: Settings,
    policy: Rc<Policy>,
    worlds: Vec<World>,
    inputs: InputLog,
    /// What rewinding took away, the next to be redone last.
    redo: Vec<Input>,
    clock: ClockKind,
    hybrid: Wiring,
    sync: Sync,
    last: Last,
    watched: bool,
    notices: Vec<String>,
    under_way: Option<step_mode::UnderWay>,
    breakpoints: Vec<Breakpoint>,
}

/// What came of one command in all worlds.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The command as it was put in.
    pub input: CommandInput,
    /// What each world did.
    pub worlds: Vec<WorldReply>,
    /// The first thing they do not agree on.
    pub difference: Option<Difference>,
    /// The fault that made them differ, where there was one.
    pub blame: Option<Blame>,
}

/// Whose doing a difference is: the last faults that were put in, or the last two commands at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blame {
    /// The number of the command that they hit.
    pub input: u64,
    /// What they were.
    pub faults: Vec<Fault>,
    /// Who moved, where two commands were on their way at once.
    pub order: Option<Order>,
}

impl fmt::Display for Blame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(order) = &self.order {
            write!(f, "two commands at once, {order}{}", if self.faults.is_empty() { "" } else { ", " })?;
        }
        for (index, fault) in self.faults.iter().enumerate() {
            write!(f, "{}{fault}", if index == 0 { "" } else { ", " })?;
        }
        write!(f, " (command {})", self.input)
    }
}

/// What one world did with a command.
#[derive(Debug, Clone, PartialEq)]
pub struct WorldReply {
    /// Which.
    pub world: WorldKind,
    /// The answer, its facts and its trace; delivery after the answer is at the trace's end.
    pub reply: Reply,
    /// Why a delivery after the answer failed; it is tried again after the next command.
    pub undelivered: Option<Failure>,
    /// Where a fault made the world crash under it.
    pub crashed: Option<Place>,
}

impl Playground {
    /// Opens a playground or begins one. A world that a crash left behind catches up.
    ///
    /// # Errors
    ///
    /// When another process has it open, or a file of it cannot be read, written or understood.
    pub fn open(opening: Opening) -> Result<Self, Failure> {
        let Opening { directory, worlds, seed, start, step, wiring, policy, clock, sync } = opening;
        // The log is the lock, so it comes before anything is read or written.
        let (inputs, found) = InputLog::open(&directory.inputs(), sync == Sync::Full)?;
        let known = directory.settings()?;
        let is_new = known.is_none();
        let mut settings = known.unwrap_or_default();
        if is_new {
            settings.seed = seed.unwrap_or(settings.seed);
            settings.start = start.unwrap_or(settings.start);
            settings.step_ms = step.map_or(settings.step_ms, |step| step.num_milliseconds());
            settings.wiring = wiring.map_or(settings.wiring, |wiring| wiring.to_string());
            directory.write_settings(&settings)?;
        } else if let Some(seed) = seed.filter(|seed| *seed != settings.seed) {
            return Err(Failure::new(format!("was begun with seed {}, not {seed}", settings.seed))
                .on(directory.path())
                .remedy("leave --seed out, or choose another directory"));
        } else if let Some(wiring) = wiring.filter(|wiring| wiring.to_string() != settings.wiring) {
            return Err(Failure::new(format!("was begun with the wiring {}, not {wiring}", settings.wiring))
                .on(directory.path())
                .remedy("leave --wiring out, or choose another directory"));
        }
        if let Some(Setting::Policy(policy)) = &found.set {
            settings.policy.clone_from(policy);
        }
        let in_settings = |what: String| Failure::new(what).on(directory.path().join("playground.toml"));
        let current: Policy = settings.policy.parse().map_err(in_settings)?;
        let hybrid: Wiring = settings.wiring.parse().map_err(in_settings)?;
        let current = Rc::new(current);
        let worlds = worlds
            .into_iter()
            .map(|kind| World::open(kind, &directory.world(kind), hybrid, &current, sync))
            .collect::<Result<Vec<_>, Failure>>()?;
        let mut playground = Self {
            directory,
            settings,
            policy: current,
            worlds,
            inputs,
            redo: Vec::new(),
            clock,
            hybrid,
            sync,
            last: last_of(&found.last),
            watched: false,
            notices: Vec::new(),
            under_way: None,
            breakpoints: Vec::new(),
        };
        match breakpoints::read(&playground.directory.breakpoints()) {
            Ok(kept) => playground.breakpoints = kept,
            Err(failure) => playground.notices.push(format!("breakpoints are not used: {failure}")),
        }
        if found.torn > 0 {
            playground.notices.push(format!(
                "an input that a crash cut off ({} bytes, never dispatched) was removed from the log",
                found.torn
            ));
        }
        playground.never_backwards()?;
        playground.catch_up()?;
        if let Some(policy) = policy {
            playground.set_policy(policy)?;
        }
        Ok(playground)
    }

    /// Gives a command to every world, and compares what comes of it. It happens `after` the last one, or a clock step later.
    /// `name` is what a scenario calls the id that it begins.
    ///
    /// # Errors
    ///
    /// When the input cannot be logged (then no world has seen it), or a world cannot be compared.
    pub fn perform(
        &mut self,
        command: Command,
        after: Option<TimeDelta>,
        name: Option<String>,
    ) -> Result<Comparison, Failure> {
        self.perform_with(command, after, name, Vec::new())
    }

    /// The same, with what is to go wrong on the way.
    ///
    /// # Errors
    ///
    /// As [`Playground::perform`].
    pub fn perform_with(
        &mut self,
        command: Command,
        after: Option<TimeDelta>,
        name: Option<String>,
        faults: Vec<Fault>,
    ) -> Result<Comparison, Failure> {
        self.nothing_under_way()?;
        let input = self.next_input(&command, after, name, faults)?;
        self.redo.clear();
        self.put_in(command, input)
    }

    fn nothing_under_way(&self) -> Result<(), Failure> {
        if self.under_way.is_some() {
            return Err(Failure::new("a command is on its way, held at a step")
                .remedy("let it go on to its end first, or rewind it"));
        }
        Ok(())
    }

    fn next_input(
        &self,
        command: &Command,
        after: Option<TimeDelta>,
        name: Option<String>,
        faults: Vec<Fault>,
    ) -> Result<CommandInput, Failure> {
        Ok(CommandInput {
            n: self.last.map_or(0, |(number, _)| number) + 1,
            at: self.next_time(after)?,
            command: command.description().name.to_owned(),
            with: command.fields(),
            name,
            faults,
        })
    }

    /// Logs an input, then gives it to every world.
    fn put_in(&mut self, command: Command, input: CommandInput) -> Result<Comparison, Failure> {
        let not_before = self.log_command(&input)?;
        let (seed, watched) = (self.settings.seed, self.watched);
        let mut worlds = Vec::new();
        for world in &mut self.worlds {
            let of = circumstances(seed, &input, not_before);
            worlds.push(Lane::through(world, command.clone(), of, &input.faults, watched)?);
        }
        self.compared(input, worlds)
    }

    /// Logs an input; answers the time before which nothing of it is recorded.
    fn log_command(&mut self, input: &CommandInput) -> Result<Timestamp, Failure> {
        self.inputs.append(&Input::Command(input.clone()))?;
        let not_before = self.last.map_or(input.at, |(_, at)| at);
        self.last = Some((input.n, input.over().max(not_before)));
        Ok(not_before)
    }

    fn compared(&self, input: CommandInput, worlds: Vec<WorldReply>) -> Result<Comparison, Failure> {
        let replies: Vec<_> = worlds.iter().map(|one| (one.world, &one.reply)).collect();
        let difference = match agreement::of_results(&replies) {
            Some(difference) => Some(difference),
            None => agreement::of_streams(&self.worlds, &touched(&worlds))?,
        };
        let blame = if difference.is_some() { self.blame()? } else { None };
        Ok(Comparison { input, worlds, difference, blame })
    }

    /// What makes worlds differ: the last faults that were put in, or the last two commands that were on their way at once.
    ///
    /// # Errors
    ///
    /// When the log of inputs cannot be read.
    pub fn blame(&self) -> Result<Option<Blame>, Failure> {
        let blame = |input: Input| {
            let order = match &input {
                Input::Together { order, .. } => Some(order.clone()),
                Input::Command(_) | Input::Set { .. } => None,
            };
            let commands = input.commands();
            let input = commands.first()?.n;
            let faults: Vec<_> = commands.into_iter().flat_map(|one| one.faults).collect();
            (order.is_some() || !faults.is_empty()).then_some(Blame { input, faults, order })
        };
        Ok(self.inputs.read()?.into_iter().rev().find_map(blame))
    }

    /// The command of an input in the log.
    fn read_input(&self, input: &CommandInput) -> Result<Command, Failure> {
        Command::read(&input.command, &input.with)
            .map_err(|error| self.unreadable(&format!("input {}: {error}", input.n)))
    }

    fn unreadable(&self, what: &str) -> Failure {
        Failure::new(what).on(self.directory.inputs())
    }

    /// From the next command on, another policy. It is an input like a command.
    ///
    /// # Errors
    ///
    /// When it cannot be logged.
    pub fn set_policy(&mut self, policy: Policy) -> Result<(), Failure> {
        if policy == *self.policy {
            return Ok(());
        }
        self.nothing_under_way()?;
        self.redo.clear();
        self.put_in_policy(policy)
    }

    fn put_in_policy(&mut self, policy: Policy) -> Result<(), Failure> {
        let text = policy.to_string();
        self.inputs.append(&Input::Set { set: Setting::Policy(text.clone()) })?;
        self.settings.policy = text;
        self.directory.write_settings(&self.settings)?;
        self.policy = Rc::new(policy);
        for world in &self.worlds {
            world.set_policy(Rc::clone(&self.policy));
        }
        Ok(())
    }

    /// Asks every world the same question.
    ///
    /// # Errors
    ///
    /// When a store fails.
    pub fn ask(&self, query: &Query) -> Result<Vec<QueryReply>, Failure> {
        self.worlds.iter().map(|world| world.ask(query)).collect()
    }

    /// The first difference between everything that is in the worlds.
    ///
    /// # Errors
    ///
    /// When a store fails.
    pub fn compare(&self) -> Result<Option<Difference>, Failure> {
        agreement::of_everything(&self.worlds)
    }

    /// Everything that is in a world, in order of creation, without storage columns.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub fn final_rows(&self, world: &World) -> Result<Value, Failure> {
        let mut tables = Map::new();
        for context in Context::ALL {
            let collection = world.collection(context);
            let mut rows = Vec::new();
            for mut listed in collection.list(Window::ALL)? {
                if let Some(row) = listed.state.as_object_mut() {
                    row.shift_remove("created_at");
                }
                rows.push(listed.state);
            }
            tables.insert(collection.table().to_owned(), rows.into());
        }
        Ok(json!(tables))
    }

    /// Where a run stops by itself.
    pub fn breakpoints(&self) -> &[Breakpoint] {
        &self.breakpoints
    }

    /// Keeps these breakpoints, in the playground's directory.
    ///
    /// # Errors
    ///
    /// When they are too many, or the directory cannot be written to; then the old ones stay.
    pub fn set_breakpoints(&mut self, breakpoints: Vec<Breakpoint>) -> Result<(), Failure> {
        self.directory.write_whole(&self.directory.breakpoints(), &breakpoints::written(&breakpoints)?)?;
        self.breakpoints = breakpoints;
        Ok(())
    }

    /// Records what commands do, step by step, or stops doing so.
    pub fn watch(&mut self, on: bool) {
        self.watched = on;
    }

    /// The worlds.
    pub fn worlds(&self) -> &[World] {
        &self.worlds
    }

    /// One of them.
    pub fn world(&self, kind: WorldKind) -> Option<&World> {
        self.worlds.iter().find(|world| world.kind() == kind)
    }

    /// The policy in force.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// What it was begun with.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Where it is.
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// The last command's number and time.
    pub fn last(&self) -> Option<(u64, Timestamp)> {
        self.last
    }

    /// Everything that was put in, in order.
    ///
    /// # Errors
    ///
    /// When the log cannot be read.
    pub fn inputs(&self) -> Result<Vec<Input>, Failure> {
        self.inputs.read()
    }

    /// What opening it has to say: each notice once.
    pub fn take_notices(&mut self) -> Vec<String> {
        std::mem::take(&mut self.notices)
    }

    fn next_time(&self, after: Option<TimeDelta>) -> Result<Timestamp, Failure> {
        match (self.clock, self.last) {
            (ClockKind::Real, _) => Some(Timestamp::at(Utc::now())),
            (ClockKind::Playground, None) => Some(self.settings.start),
            (ClockKind::Playground, Some((_, last))) => {
                last.plus(after.unwrap_or(TimeDelta::milliseconds(self.settings.step_ms)))
            }
        }
        .ok_or_else(|| Failure::new("the clock has come to the end of the calendar"))
    }
}

fn circumstances(seed: u64, input: &CommandInput, not_before: Timestamp) -> Circumstances<'_> {
    Circumstances { command: &input.command, number: input.n, seed, now: input.at, not_before, actor: ACTOR }
}

/// The number of the last command, and the latest time at which one was over.
fn last_of(commands: &[CommandInput]) -> Last {
    let over = commands.iter().map(CommandInput::over).max()?;
    Some((commands.last()?.n, over))
}

/// Nobody holds these futures up: stores answer at once and no observer watches.
fn finish<T>(future: impl Future<Output = T>) -> Result<T, Failure> {
    future.now_or_never().ok_or_else(|| Failure::new("a delivery stopped half-way, though nobody holds it up"))
}

/// The streams that any world saved, each once.
fn touched(worlds: &[WorldReply]) -> Vec<String> {
    let mut streams: Vec<_> = worlds.iter().flat_map(|one| one.reply.streams.iter().cloned()).collect();
    streams.sort();
    streams.dedup();
    streams
}
