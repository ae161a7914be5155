//! What an interleaving has come to.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::world::{Order, WorldKind, WorldReply};

/// Every outcome of two commands in one world.
#[derive(Debug, Clone, PartialEq)]
pub struct Exploration {
    /// Which world.
    pub world: WorldKind,
    /// Under which policy.
    pub policy: String,
    /// Each outcome, those that differ from doing one after the other first.
    pub outcomes: Vec<Outcome>,
    /// How many interleavings were run to their end.
    pub run: usize,
    /// Whether those were all; otherwise there were too many.
    pub complete: bool,
}

/// An outcome, and the shortest way to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// What it is.
    pub kind: Kind,
    /// The status of each.
    pub statuses: [u16; 2],
    /// What each was told when it was not done.
    pub errors: [Option<String>; 2],
    /// For each that met a conflict: the status when it loads again and decides again.
    pub again: [Option<u16>; 2],
    /// How many of the interleavings that were run come to it.
    pub ways: usize,
    /// An example with the fewest turns.
    pub example: Order,
}

/// Kinds of outcomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Both were told that it is done, and one has undone the other's work without knowing of it.
    LostUpdate,
    /// They wrote to different aggregates, each after reading what the other then wrote: as it never is one after the other.
    WriteSkew,
    /// One of them failed: the machine's fault.
    Failed,
    /// One of them was told that somebody else wrote first.
    Conflict,
    /// A rule said no to one of them, as it would have one after the other.
    Refused,
    /// Both are done, as if one had come after the other.
    BothApplied,
}

impl Kind {
    /// In a few words.
    pub fn name(self) -> &'static str {
        match self {
            Self::LostUpdate => "lost update",
            Self::WriteSkew => "write skew",
            Self::Failed => "failed",
            Self::Conflict => "conflict",
            Self::Refused => "refused by a rule",
            Self::BothApplied => "both applied",
        }
    }

    /// Whether nothing like it comes of doing one after the other, and nobody was told.
    pub fn is_anomaly(self) -> bool {
        matches!(self, Self::LostUpdate | Self::WriteSkew)
    }
}

/// What two commands have come to: answers, and what is there.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct End {
    pub statuses: [u16; 2],
    pub errors: [Option<String>; 2],
    /// The streams that each wrote to.
    pub written: [Vec<String>; 2],
    pub states: BTreeMap<String, Value>,
}

impl End {
    pub fn of(replies: &[WorldReply], states: BTreeMap<String, Value>) -> Option<Self> {
        let [first, second] = replies else { return None };
        let both = [first, second];
        let written = both.map(|one| {
            let mut streams: Vec<_> = one.reply.facts.iter().map(|fact| fact.stream.clone()).collect();
            streams.sort();
            streams.dedup();
            streams
        });
        Some(Self {
            statuses: both.map(|one| one.reply.result.status.0),
            errors: both.map(|one| one.reply.result.error.clone()),
            written,
            states,
        })
    }

    /// What it is, beside the two ways of doing one after the other.
    pub fn kind(&self, one_by_one: &[Self; 2]) -> Kind {
        let any = |wanted: fn(u16) -> bool| self.statuses.iter().any(|status| wanted(*status));
        if any(|status| status == 409) {
            return Kind::Conflict;
        }
        if any(|status| status >= 500) {
            return Kind::Failed;
        }
        let same = |other: &Self| self.statuses == other.statuses && self.states == other.states;
        if one_by_one.iter().any(same) {
            return if any(|status| status >= 400) { Kind::Refused } else { Kind::BothApplied };
        }
        let [first, second] = &self.written;
        if first.iter().any(|stream| second.contains(stream)) { Kind::LostUpdate } else { Kind::WriteSkew }
    }
}

impl From<&Exploration> for Value {
    fn from(of: &Exploration) -> Self {
        let outcomes: Vec<_> = of
            .outcomes
            .iter()
            .map(|one| {
                json!({
                    "outcome": one.kind.name(),
                    "statuses": one.statuses,
                    "errors": one.errors,
                    "again": one.again,
                    "ways": one.ways,
                    "example": one.example.to_string(),
                })
            })
            .collect();
        json!({
            "world": of.world.name(),
            "policy": of.policy,
            "run": of.run,
            "complete": of.complete,
            "outcomes": outcomes,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(statuses: [u16; 2], written: [&[&str]; 2], a: i32, b: i32) -> End {
        End {
            statuses,
            errors: [None, None],
            written: written.map(|streams| streams.iter().map(|one| (*one).to_owned()).collect()),
            states: BTreeMap::from([("stock-a".to_owned(), a.into()), ("stock-b".to_owned(), b.into())]),
        }
    }

    #[test]
    fn an_outcome_is_known_by_what_one_after_the_other_comes_to() {
        let (a, b): (&[&str], &[&str]) = (&["stock-a"], &["stock-b"]);
        let one_by_one = [end([200, 400], [a, &[]], 0, 1), end([400, 200], [&[], b], 1, 0)];
        for (end, kind) in [
            (end([200, 400], [a, &[]], 0, 1), Kind::Refused),
            (end([409, 200], [&[], b], 1, 0), Kind::Conflict),
            (end([500, 200], [&[], b], 1, 0), Kind::Failed),
            (end([200, 200], [a, a], 0, 1), Kind::LostUpdate),
            (end([200, 200], [a, b], 0, 0), Kind::WriteSkew),
            (end([400, 400], [a, b], 0, 0), Kind::WriteSkew),
        ] {
            assert_eq!(end.kind(&one_by_one), kind, "{end:?}");
        }
        let both = [end([200, 200], [a, b], 0, 0), end([200, 200], [a, b], 0, 0)];
        assert_eq!(both[0].kind(&both), Kind::BothApplied);
    }
}
