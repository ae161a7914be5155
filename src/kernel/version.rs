//! Where an event stands, and what a writer believes to be there already.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The place of an event in its own stream, 1..n; as the version of an aggregate: how many facts it has. 0 is *none yet*.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Version(pub u64);

impl Version {
    /// Before the first fact.
    pub const NONE: Self = Self(0);

    /// The version after `facts` more facts.
    #[must_use]
    pub fn after(self, facts: usize) -> Self {
        Self(self.0.saturating_add(facts as u64))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The place of an event in the whole log, from 1, without gaps and never given twice. 0 is *before the first*.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Position(pub u64);

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a writer expects to find before its own write, of a stream or of a versioned row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Whatever is there: the last write wins.
    Any,
    /// Nothing yet.
    NoStream,
    /// Something, of any version.
    Exists,
    /// Exactly this version; `Exactly(0)` means the same as [`Expected::NoStream`].
    Exactly(Version),
}

impl Expected {
    /// Whether a write may go ahead over what is there now.
    ///
    /// # Errors
    ///
    /// The [`Conflict`] that names both sides.
    pub fn check(self, what: &str, actual: Version) -> Result<(), Conflict> {
        let met = match self {
            Self::Any => true,
            Self::NoStream => actual == Version::NONE,
            Self::Exists => actual > Version::NONE,
            Self::Exactly(version) => actual == version,
        };
        if met { Ok(()) } else { Err(Conflict { what: what.to_owned(), expected: self, actual }) }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("any version"),
            Self::NoStream => f.write_str("nothing yet"),
            Self::Exists => f.write_str("something"),
            Self::Exactly(version) => write!(f, "version {version}"),
        }
    }
}

/// Somebody else wrote first. Retrying means to load again and decide again, never to save the stale root once more.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Conflict on {what}: expected {expected}, found {}", describe(.actual))]
pub struct Conflict {
    /// The stream or row, as `order-<id>`.
    pub what: String,
    /// What the writer believed.
    pub expected: Expected,
    /// What is there.
    pub actual: Version,
}

fn describe(actual: &Version) -> String {
    if *actual == Version::NONE { "nothing".to_owned() } else { format!("version {actual}") }
}
