//! One cell: a crash at one step, and what came of it.

use serde_json::Value;

use super::picture::{OUTSIDE, Picture};
use crate::kernel::{Fact, Version};
use crate::world::{Bus, Place, Trace, WorldKind, WorldReply};

/// A crash at one step of one command in one world under one policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Under which policy.
    pub policy: String,
    /// In which world.
    pub world: WorldKind,
    /// The scene's number.
    pub scene: usize,
    /// The command's name.
    pub command: String,
    /// At which step; `None` where nothing crashed: what the policy leaves behind by itself.
    pub at: Option<Place>,
    /// Whether somebody had been answered, and with which status.
    pub answered: Option<u16>,
    /// What came of it.
    pub verdict: Verdict,
    /// Facts that were delivered again by recovery and dropped by their event id.
    pub dropped: u32,
}

/// What came of a crash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// As if nothing had happened, or as if it had not crashed.
    Consistent,
    /// The same, but only after recovery had delivered what was waiting: until then read models were stale.
    CaughtUp,
    /// What is there is neither the one nor the other.
    Holes(Vec<Hole>),
}

/// What is wrong with what is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hole {
    /// Some of the command's changes are kept, others are not.
    HalfKept,
    /// A change is kept, and somebody who listens never hears of it.
    EventLost,
    /// Somebody has heard of a change that is not kept.
    PublishedWithoutState,
    /// The same was delivered twice, or is when the command is given again, and nobody dropped it.
    DeliveredTwice,
    /// An answer was given for what is not there.
    AnswerLost,
    /// Anything else that differs.
    Other,
}

impl Hole {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::HalfKept,
        Self::EventLost,
        Self::PublishedWithoutState,
        Self::DeliveredTwice,
        Self::AnswerLost,
        Self::Other,
    ];

    /// In a few words.
    pub fn name(self) -> &'static str {
        match self {
            Self::HalfKept => "half a command kept",
            Self::EventLost => "event lost",
            Self::PublishedWithoutState => "event published without state",
            Self::DeliveredTwice => "duplicate delivered",
            Self::AnswerLost => "answered command lost",
            Self::Other => "something else differs",
        }
    }

    /// The letter for it in a matrix.
    pub fn letter(self) -> char {
        match self {
            Self::HalfKept => 'H',
            Self::EventLost => 'L',
            Self::PublishedWithoutState => 'P',
            Self::DeliveredTwice => 'D',
            Self::AnswerLost => 'A',
            Self::Other => '?',
        }
    }
}

impl Verdict {
    /// In a few words.
    pub fn name(&self) -> String {
        match self {
            Self::Consistent => "consistent".to_owned(),
            Self::CaughtUp => "caught up".to_owned(),
            Self::Holes(holes) => holes.iter().map(|hole| hole.name()).collect::<Vec<_>>().join(", "),
        }
    }

    /// The letter for it in a matrix: the first hole's.
    pub fn letter(&self) -> char {
        match self {
            Self::Consistent => '.',
            Self::CaughtUp => 'c',
            Self::Holes(holes) => holes.first().map_or('?', |hole| hole.letter()),
        }
    }

    /// What is wrong.
    pub fn holes(&self) -> &[Hole] {
        match self {
            Self::Holes(holes) => holes,
            Self::Consistent | Self::CaughtUp => &[],
        }
    }
}

/// What the same command does where nothing crashes.
pub(super) struct Uninterrupted {
    pub before: Picture,
    pub after: Picture,
    pub reply: WorldReply,
    /// The facts it raises.
    pub facts: Vec<Fact>,
}

impl Uninterrupted {
    /// What the policy leaves behind where nothing crashes: half a command is kept where it was refused or failed on its way.
    pub fn verdict(&self) -> Verdict {
        let success = self.reply.reply.result.is_success();
        if success || self.before.states == self.after.states {
            return Verdict::Consistent;
        }
        Verdict::Holes(vec![Hole::HalfKept])
    }

    /// What a crash has come to: as it was when the file had been opened again, and when recovery was over.
    pub fn judge(&self, reopened: &Picture, recovered: &Picture, reply: &WorldReply, bus: &Bus) -> Verdict {
        let mut holes = Vec::new();
        let kept = self.kept(recovered);
        match kept {
            Kept::All | Kept::Nothing => {}
            Kept::Some => holes.push(Hole::HalfKept),
            Kept::Otherwise => holes.push(Hole::Other),
        }
        if kept != Kept::All && reply.reply.result.is_success() {
            holes.push(Hole::AnswerLost);
        }
        self.deliveries(recovered, bus, &mut holes);
        if recovered.log.len() > self.after.log.len() || !self.after.log.starts_with(&recovered.log) {
            holes.push(Hole::Other);
        }
        holes.sort_unstable();
        holes.dedup();
        match (holes.is_empty(), reopened == recovered) {
            (false, _) => Verdict::Holes(holes),
            (true, true) => Verdict::Consistent,
            (true, false) => Verdict::CaughtUp,
        }
    }

    /// How much of what the command changes is there.
    fn kept(&self, recovered: &Picture) -> Kept {
        if recovered.states == self.after.states {
            return Kept::All;
        }
        if recovered.states == self.before.states {
            return Kept::Nothing;
        }
        let is_either = recovered.states.iter().all(|(stream, (version, state))| {
            let one_of = |picture: &Picture| picture.states.get(stream).is_some_and(|(_, other)| other == state);
            one_of(&self.before) || one_of(&self.after) || self.is_between(stream, *version)
        });
        let lost_one = self.before.states.keys().any(|stream| !recovered.states.contains_key(stream));
        if is_either && !lost_one { Kept::Some } else { Kept::Otherwise }
    }

    /// Whether a version lies on an aggregate's way from before to after: a command may save one more than once.
    fn is_between(&self, stream: &str, version: Version) -> bool {
        let of = |picture: &Picture| picture.states.get(stream).map_or(Version::NONE, |(version, _)| *version);
        of(&self.before) < version && version < of(&self.after)
    }

    /// Whether each subscriber has heard of what is kept, and of nothing else.
    fn deliveries(&self, recovered: &Picture, bus: &Bus, holes: &mut Vec<Hole>) {
        let is_kept =
            |fact: &&Fact| recovered.states.get(&fact.stream).is_some_and(|(version, _)| *version >= fact.version);
        for fact in self.facts.iter().filter(|fact| bus.listening(&fact.event_type).any(|one| one.name() == OUTSIDE)) {
            let (times, due) = (recovered.times(&fact.event_id), i64::from(is_kept(&fact)));
            match (times, due) {
                (0, 1) => holes.push(Hole::EventLost),
                (1.., 0) => holes.push(Hole::PublishedWithoutState),
                (2.., 1) => holes.push(Hole::DeliveredTwice),
                _ => {}
            }
        }
        for subscriber in bus.subscribers().filter(|one| one.name() != OUTSIDE) {
            let name = subscriber.name();
            let heard = |fact: &&Fact| subscriber.listens_to(&fact.event_type);
            let (kept, not): (Vec<_>, Vec<_>) = self.facts.iter().filter(heard).partition(|fact| is_kept(fact));
            let rows = |picture: &Picture| picture.read_models.get(name).cloned().unwrap_or_default();
            let (before, after, now) = (rows(&self.before), rows(&self.after), rows(recovered));
            match (kept.is_empty(), not.is_empty()) {
                (true, _) if now != before => holes.push(Hole::PublishedWithoutState),
                (false, true) if now != after => holes.push(Hole::EventLost),
                // Of some only: then the rows are somewhere in between, or the same as before.
                (false, false) if now == after => holes.push(Hole::PublishedWithoutState),
                (false, false) if now == before => holes.push(Hole::EventLost),
                _ => {}
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kept {
    All,
    Nothing,
    Some,
    Otherwise,
}

/// Whether giving a command again has told the world outside more than was to be told.
pub(super) fn told_twice(after: &Picture, again: &Picture) -> bool {
    let due = after.messages();
    again.messages().iter().any(|(recipient, times)| *times > due.get(recipient).copied().unwrap_or(1))
}

/// How many facts recovery has delivered again that were dropped.
pub(super) fn dropped(trace: &Trace) -> u32 {
    u32::try_from(trace.iter().filter(|step| step.is_dropped()).count()).unwrap_or(u32::MAX)
}

/// A cell as an object.
impl From<&Cell> for Value {
    fn from(cell: &Cell) -> Self {
        let holes: Vec<_> = cell.verdict.holes().iter().map(|hole| hole.name()).collect();
        serde_json::json!({
            "policy": cell.policy,
            "world": cell.world.name(),
            "scene": cell.scene,
            "command": cell.command,
            "at": cell.at.map(|place| place.to_string()),
            "answered": cell.answered,
            "verdict": match &cell.verdict {
                Verdict::Holes(_) => "hole".to_owned(),
                other => other.name(),
            },
            "holes": holes,
            "dropped": cell.dropped,
        })
    }
}
