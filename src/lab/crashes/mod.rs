//! The crash matrix: a crash at every micro-step of every command, under every policy, in every world, on real files.
//!
//! First each world plays the inputs without a crash, and a copy of its file is kept before each command. Then each cell opens its copy,
//! sends the command on its way, lets the world crash at one step, opens the file again and lets recovery run. What is there then is
//! compared with what was there before the command, and with what is there where nothing crashed. No verdict is assumed.

mod cell;
mod picture;
mod summary;
mod work;

use std::fmt;

pub use self::cell::{Cell, Hole, Verdict};
pub use self::summary::summary;
pub use self::work::run;
use crate::world::{CommandInput, Policy, Wiring, WorldKind};

/// What is played, and in how many ways.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The commands, each with the scene that it belongs to.
    pub commands: Vec<(usize, CommandInput)>,
    /// What ids follow from.
    pub seed: u64,
    /// The hybrid world's wiring.
    pub wiring: Wiring,
    /// Under which policies.
    pub policies: Vec<Policy>,
    /// In which worlds.
    pub worlds: Vec<WorldKind>,
    /// On how many threads.
    pub jobs: usize,
}

/// Every cell, in the order of policies, worlds, commands and steps.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Matrix {
    /// The cells.
    pub cells: Vec<Cell>,
}

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Commands whose steps have all been crashed at: of each world under each policy.
    pub done: usize,
    /// Of so many.
    pub of: usize,
}

impl Matrix {
    /// The cells of one policy.
    pub fn of(&self, policy: &Policy) -> impl Iterator<Item = &Cell> {
        let policy = policy.to_string();
        self.cells.iter().filter(move |cell| cell.policy == policy)
    }
}

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} commands", self.done, self.of)
    }
}
