//! Every interleaving of two commands, and what can come of them.
//!
//! Each is really run, step by step, over a copy of the world's store in memory. Of interleavings that differ only in the order of
//! steps that do not meet (they touch different parts of the store, or both only read) one is run: nothing can tell them apart. What each comes
//! to is compared with what the two come to one after the other. What is delivered after an answer changes no answer and no state, so it
//! is left to the end.

mod explore;
mod noting;
mod outcome;

pub use self::explore::explore;
pub use self::outcome::{Exploration, Kind, Outcome};
use crate::application::commands::Command;
use crate::kernel::Timestamp;
use crate::world::{Policy, Wiring, World};

/// More steps than these are not taken for one world; the exploration says when it was not enough.
pub const MOST_STEPS: usize = 400_000;

/// A world with more rows and facts than this is not copied again and again.
pub const LARGEST: u64 = 20_000;

/// Two commands, and where they meet.
pub struct Meeting<'a> {
    /// The world as it is before; it is only read.
    pub world: &'a World,
    /// The hybrid world's wiring.
    pub wiring: Wiring,
    /// Under which policy.
    pub policy: Policy,
    /// The two.
    pub commands: [Command; 2],
    /// What ids follow from.
    pub seed: u64,
    /// The number of the first; the second has the next.
    pub number: u64,
    /// When they happen.
    pub at: Timestamp,
}
