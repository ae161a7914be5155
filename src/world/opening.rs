//! How a playground is opened.

use chrono::TimeDelta;

use super::directory::Directory;
use super::policy::Policy;
use super::wiring::Wiring;
use super::world::WorldKind;
use crate::kernel::Timestamp;
use crate::storage::Sync;

/// How a playground is opened. What is `None` is as the playground has it, or as the guide has it in a new one.
#[derive(Debug)]
pub struct Opening {
    /// Where.
    pub directory: Directory,
    /// Which worlds.
    pub worlds: Vec<WorldKind>,
    /// What ids follow from; a playground keeps the seed it was begun with.
    pub seed: Option<u64>,
    /// When the clock starts, in a new one.
    pub start: Option<Timestamp>,
    /// How far the clock moves a command, in a new one.
    pub step: Option<TimeDelta>,
    /// The hybrid world's wiring, in a new one.
    pub wiring: Option<Wiring>,
    /// The policy from here on.
    pub policy: Option<Policy>,
    /// Where the time comes from.
    pub clock: ClockKind,
    /// What survives a power cut.
    pub sync: Sync,
}

impl Opening {
    /// All worlds of a directory, as they are.
    pub fn of(directory: Directory) -> Self {
        Self {
            directory,
            worlds: WorldKind::ALL.to_vec(),
            seed: None,
            start: None,
            step: None,
            wiring: None,
            policy: None,
            clock: ClockKind::Playground,
            sync: Sync::Normal,
        }
    }
}

/// Where the time of a command comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockKind {
    /// The playground's own clock, a step a command.
    Playground,
    /// The machine's.
    Real,
}
