//! Scenarios: files with commands, captions, questions and expectations, played scene by scene.
//!
//! A file is read whole before anything runs. What is wrong in it is said with line and column, and a file with anything wrong
//! runs nothing. A [`Player`] then gives the scenes to a playground one after the other, on the command line and in the window.

mod doing;
mod duration;
mod fault;
mod file;
pub mod library;
mod names;
mod player;
mod scene;
mod writing;

use chrono::TimeDelta;
use serde_json::{Map, Value};

pub use self::file::Unplayable;
pub use self::player::{Played, Player};
use crate::kernel::Timestamp;
use crate::world::{Directory, Fault, Opening, Order, Policy, Wiring};

/// A scenario as its file has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// What it is about.
    pub title: String,
    /// What ids follow from.
    pub seed: Option<u64>,
    /// When the clock starts.
    pub start: Option<Timestamp>,
    /// How far the clock moves a command: `clock_step`.
    pub step: Option<TimeDelta>,
    /// The hybrid world's wiring.
    pub wiring: Option<Wiring>,
    /// The policy it begins with.
    pub policy: Option<Policy>,
    /// Its scenes; there is at least one.
    pub scenes: Vec<Scene>,
}

impl Scenario {
    /// How a new playground is opened for it.
    pub fn opening(&self, directory: Directory) -> Opening {
        Opening {
            seed: self.seed,
            start: self.start,
            step: self.step,
            wiring: self.wiring,
            policy: self.policy.clone(),
            ..Opening::of(directory)
        }
    }
}

/// One entry of a scenario: a caption, a question, a setting, a command, or several of them.
///
/// The keys `options` and `answer` (of a question) and `show` are reserved: they are checked for their type, and do nothing yet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scene {
    /// A caption.
    pub say: Option<String>,
    /// A question to the room.
    pub ask: Option<String>,
    /// What it has to find out.
    pub reveal: Option<String>,
    /// The policy from this scene on: `set = { policy = "mended" }`. It holds for the scene's own command already.
    pub set_policy: Option<Policy>,
    /// What is done.
    pub doing: Option<Doing>,
}

/// The command of a scene.
#[derive(Debug, Clone, PartialEq)]
pub struct Doing {
    /// The command's name: `do`.
    pub command: String,
    /// Its fields. Ids may be names that an earlier scene bound: `@laptop`. An id that begins with `@` is written `@@`.
    pub with: Map<String, Value>,
    /// The name for the id that it creates: `as`.
    pub name: Option<String>,
    /// How much later than the last command it happens; otherwise a clock step.
    pub after: Option<TimeDelta>,
    /// What must come of it; otherwise any success. In a world that a fault hits, nothing is expected.
    pub expect: Option<Expect>,
    /// What goes wrong on the way: `fault = { at = "publishing:1", world = "state", kind = "crash" }`, or a list of them.
    pub faults: Vec<Fault>,
    /// Another command at the same time.
    pub beside: Option<Box<Beside>>,
}

/// A second command at the same time: `beside = { do = …, with = …, order = "a@loaded:1 b* a*" }`.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// The command. It happens when the first one does.
    pub doing: Doing,
    /// Who moves: the scene's own command is `a`, this one `b`.
    pub order: Order,
}

/// What must come of a command, in every world. Where two meet, nothing is expected unless it is said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expect {
    /// Exactly this status.
    pub status: Option<u16>,
    /// Exactly this text; it may hold names that an earlier scene bound.
    pub error: Option<String>,
}

#[cfg(test)]
mod tests;
