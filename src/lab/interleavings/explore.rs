//! Running every interleaving, depth first, from the beginning each time.

use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

use serde_json::Value;

use super::noting::{Noting, Touched};
use super::outcome::{End, Exploration, Kind, Outcome};
use super::{MOST_STEPS, Meeting};
use crate::application::commands::Command;
use crate::domain::Context;
use crate::kernel::Failure;
use crate::kernel::call::Circumstances;
use crate::kernel::probe::StepKind;
use crate::kernel::store::Window;
use crate::world::{Bus, HowFar, Move, Order, Place, Rehearsal, World, WorldKind};

/// Runs every interleaving of two commands in one world.
///
/// # Errors
///
/// When the world's store cannot be read.
pub fn explore(meeting: &Meeting<'_>) -> Result<Exploration, Failure> {
    let mut explorer = Explorer {
        meeting,
        base: Noting::copy(meeting.world.store())?,
        seen: HashSet::new(),
        steps: 0,
        run: 0,
        found: BTreeMap::new(),
    };
    let one_by_one = [explorer.one_by_one([0, 1])?, explorer.one_by_one([1, 0])?];
    let complete = explorer.search(&one_by_one)?;
    let Explorer { run, found, .. } = explorer;
    let outcomes = found.into_values().map(|(outcome, _)| outcome).collect();
    Ok(Exploration { world: meeting.world.kind(), policy: meeting.policy.to_string(), outcomes, run, complete })
}

struct Explorer<'a> {
    meeting: &'a Meeting<'a>,
    base: Noting,
    /// Beginnings that nothing can tell apart have the same mark.
    seen: HashSet<Mark>,
    steps: usize,
    run: usize,
    /// The outcomes by kind and answers, each with the length of its example.
    found: BTreeMap<(Kind, [u16; 2]), (Outcome, Length)>,
}

/// How many turns and moves an example has.
type Length = (usize, usize);

/// What a beginning comes to, as far as anybody can tell: for each step of each command, how many steps of the other it came after that
/// it meets in the store.
type Mark = [Vec<usize>; 2];

/// A step that was taken.
#[derive(Debug, Clone)]
struct Taken {
    who: usize,
    touched: Touched,
    /// Where it has come to; nothing when it has been answered.
    at: Option<Place>,
}

/// A run as far as it has come.
struct Run {
    rehearsal: Rehearsal,
    store: Rc<Noting>,
    taken: Vec<Taken>,
}

impl Run {
    fn step(&mut self, who: usize) -> Result<(), Failure> {
        self.store.take();
        self.rehearsal.step(who)?;
        let at = self.rehearsal.at(who).filter(|_| !self.is_answered(who));
        self.taken.push(Taken { who, touched: self.store.take(), at });
        Ok(())
    }

    /// Whether this one has been answered. What it delivers afterwards changes no answer and no state, and is left to the end.
    fn is_answered(&self, who: usize) -> bool {
        let returned = self.rehearsal.at(who).is_some_and(|at| at.kind == StepKind::Returned);
        returned || self.rehearsal.is_over(who)
    }

    fn mark(&self) -> Mark {
        let mut mark: Mark = Default::default();
        for (index, one) in self.taken.iter().enumerate() {
            let met =
                self.taken[..index].iter().filter(|other| other.who != one.who && other.touched.meets(&one.touched));
            mark[one.who].push(met.count());
        }
        mark
    }

    fn ends(mut self) -> Result<Option<(End, World)>, Failure> {
        for who in [0, 1] {
            while !self.rehearsal.is_over(who) {
                self.rehearsal.step(who)?;
            }
        }
        let (world, replies) = self.rehearsal.end();
        let states = states(&world)?;
        Ok(End::of(&replies, states).map(|end| (end, world)))
    }
}

impl Explorer<'_> {
    fn begin(&self) -> Result<Run, Failure> {
        let Meeting { world, wiring, policy, commands, .. } = self.meeting;
        let store = self.base.fork();
        let wiring = match world.kind() {
            WorldKind::State => crate::world::Wiring::STATE,
            WorldKind::Events => crate::world::Wiring::EVENTS,
            WorldKind::Hybrid => *wiring,
        };
        let policy = Rc::new(policy.clone());
        let over = Rc::<Noting>::clone(&store);
        let world = World::new(world.kind(), wiring, policy, over, Bus::of_the_shop())?;
        let [first, second] = commands;
        let commands = [(first.clone(), self.of(first, 0)), (second.clone(), self.of(second, 1))];
        Ok(Run { rehearsal: Rehearsal::of(world, commands), store, taken: Vec::new() })
    }

    fn of(&self, command: &Command, later: u64) -> Circumstances<'static> {
        let Meeting { seed, number, at, .. } = *self.meeting;
        let command = command.description().name;
        Circumstances { command, number: number + later, seed, now: at, not_before: at, actor: "operator" }
    }

    fn one_by_one(&mut self, order: [usize; 2]) -> Result<End, Failure> {
        let mut run = self.begin()?;
        for who in order {
            while !run.is_answered(who) {
                run.step(who)?;
            }
        }
        run.ends()?.map(|(end, _)| end).ok_or_else(|| Failure::new("two commands did not both end"))
    }

    /// Goes through every beginning that can be told apart; whether it came to the end of them.
    fn search(&mut self, one_by_one: &[End; 2]) -> Result<bool, Failure> {
        let mut open: Vec<Vec<usize>> = vec![Vec::new()];
        while let Some(beginning) = open.pop() {
            if self.steps > MOST_STEPS {
                return Ok(false);
            }
            let mut next = Vec::new();
            let mut ended = true;
            for who in [0, 1] {
                let mut run = self.replay(&beginning)?;
                if run.is_answered(who) {
                    continue;
                }
                ended = false;
                run.step(who)?;
                let alone = run.taken.last().is_some_and(|taken| taken.touched.is_nothing());
                if alone {
                    // A step that touches no store meets nobody: whether it is taken now or later is all the same.
                    next.clear();
                }
                if self.seen.insert(run.mark()) {
                    next.push([&beginning[..], &[who]].concat());
                }
                if alone {
                    break;
                }
            }
            if ended {
                let run = self.replay(&beginning)?;
                self.take_in(run, one_by_one)?;
            }
            // The first one's moves are tried first.
            open.extend(next.into_iter().rev());
        }
        Ok(true)
    }

    fn replay(&mut self, beginning: &[usize]) -> Result<Run, Failure> {
        let mut run = self.begin()?;
        beginning.iter().try_for_each(|who| run.step(*who))?;
        self.steps += beginning.len() + 1;
        Ok(run)
    }

    fn take_in(&mut self, run: Run, one_by_one: &[End; 2]) -> Result<(), Failure> {
        self.run += 1;
        let example = order(&run.taken);
        let length = (example.switches(), example.moves().len());
        let Some((end, mut world)) = run.ends()? else { return Ok(()) };
        let kind = end.kind(one_by_one);
        let key = (kind, end.statuses);
        if let Some((outcome, shortest)) = self.found.get_mut(&key) {
            outcome.ways += 1;
            if length < *shortest {
                (outcome.example, outcome.errors, *shortest) = (example, end.errors, length);
            }
            return Ok(());
        }
        let again = self.again(&mut world, &end)?;
        let outcome = Outcome { kind, statuses: end.statuses, errors: end.errors, again, ways: 1, example };
        self.found.insert(key, (outcome, length));
        Ok(())
    }

    /// Whoever met a conflict loads again and decides again.
    fn again(&self, world: &mut World, end: &End) -> Result<[Option<u16>; 2], Failure> {
        let mut again = [None; 2];
        for (who, command) in self.meeting.commands.iter().enumerate() {
            if end.statuses[who] == 409 {
                let of = self.of(command, 2 + who as u64);
                let reply = world.rehearse(command.clone(), of, &[], &mut |_| Ok(()))?;
                again[who] = Some(reply.reply.result.status.0);
            }
        }
        Ok(again)
    }
}

/// The moves of a run with as few turns as its steps on the store allow: the other steps are taken with the next of these.
fn order(taken: &[Taken]) -> Order {
    let visible: Vec<_> = taken.iter().filter(|one| !one.touched.is_nothing()).collect();
    let mut order = Order::default();
    for (index, one) in visible.iter().enumerate() {
        let later = &visible[index + 1..];
        if later.first().is_some_and(|next| next.who == one.who) {
            continue;
        }
        let comes_again = later.iter().any(|next| next.who == one.who);
        let how_far = one.at.filter(|_| comes_again).map_or(HowFar::End, HowFar::Until);
        order.push(Move { who: one.who, how_far });
    }
    for who in [0, 1].into_iter().filter(|who| visible.iter().all(|one| one.who != *who)) {
        order.push(Move { who, how_far: HowFar::End });
    }
    order
}

/// What is, without how it is stored.
fn states(world: &World) -> Result<BTreeMap<String, Value>, Failure> {
    let mut states = BTreeMap::new();
    for context in Context::ALL {
        let collection = world.collection(context);
        for listed in collection.list(Window::ALL)? {
            states.insert(format!("{}-{}", collection.name(), listed.id), listed.state);
        }
    }
    Ok(states)
}
