//! How saves, publishing and concurrency behave: as the guide has it, with a unit of work, or mended.
//!
//! A policy is a preset or a preset with parts of its own: `guide`, `mended`, `guide,concurrency=version-check`.

use std::fmt;
use std::num::NonZeroU64;
use std::str::FromStr;

use super::pipeline::Behaviour;
use crate::application::fields::suggestion;
pub use crate::storage::{Concurrency, Unchanged};

/// What one transaction holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransactionScope {
    /// Each save is a commit of its own.
    PerSave,
    /// The saves of a command are collected and committed together.
    PerCommand,
}

/// When facts reach the subscribers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Publishing {
    /// The bus is called after the commit that holds them, and the command waits for it.
    AfterSave,
    /// The dispatch behaviour calls the bus before the commit.
    BeforeCommit,
    /// After the command has answered: facts of state contexts from the outbox written in the same commit, facts of
    /// event-sourced contexts from the log by checkpoint.
    Outbox,
}

/// All of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    preset: &'static str,
    /// What one transaction holds.
    pub transaction: TransactionScope,
    /// When facts reach the subscribers.
    pub publishing: Publishing,
    /// What a save of state expects to find.
    pub concurrency: Concurrency,
    /// What a save of state does when nothing changed.
    pub unchanged: Unchanged,
    /// After how many events of a stream a snapshot of its state is kept; without one, every recall folds the whole stream.
    pub snapshots: Option<NonZeroU64>,
    /// The behaviours around the handler, outermost first.
    pub pipeline: Vec<Behaviour>,
}

impl Policy {
    /// The presets' names.
    pub const PRESETS: [&'static str; 3] = ["guide", "unit-of-work", "mended"];

    /// The page's main text: the repository commits and publishes, save by save.
    pub fn guide() -> Self {
        Self {
            preset: "guide",
            transaction: TransactionScope::PerSave,
            publishing: Publishing::AfterSave,
            concurrency: Concurrency::LastWriteWins,
            unchanged: Unchanged::Write,
            snapshots: None,
            pipeline: vec![Behaviour::Validation, Behaviour::Logging],
        }
    }

    /// The page's last section: saves are collected and events dispatched, in the order in which the page registers the behaviours.
    pub fn unit_of_work() -> Self {
        Self {
            preset: "unit-of-work",
            transaction: TransactionScope::PerCommand,
            publishing: Publishing::BeforeCommit,
            pipeline: vec![Behaviour::Validation, Behaviour::Transaction, Behaviour::Dispatch, Behaviour::Logging],
            ..Self::guide()
        }
    }

    /// What this project makes of it: one commit with everything in it, delivery afterwards, versions checked.
    pub fn mended() -> Self {
        Self {
            preset: "mended",
            transaction: TransactionScope::PerCommand,
            publishing: Publishing::Outbox,
            concurrency: Concurrency::VersionCheck,
            unchanged: Unchanged::Skip,
            snapshots: None,
            pipeline: vec![Behaviour::Logging, Behaviour::Validation, Behaviour::Transaction],
        }
    }

    /// The preset with this name.
    pub fn preset(name: &str) -> Option<Self> {
        match name {
            "guide" => Some(Self::guide()),
            "unit-of-work" => Some(Self::unit_of_work()),
            "mended" => Some(Self::mended()),
            _ => None,
        }
    }

    /// The same with other behaviours around the handler, outermost first.
    #[must_use]
    pub fn with_pipeline(&self, pipeline: Vec<Behaviour>) -> Self {
        Self { pipeline, ..self.clone() }
    }

    /// What the badge on the screen says.
    pub fn badge(&self) -> String {
        let text = self.to_string();
        match text.as_str() {
            "guide" => "as written".to_owned(),
            _ => text,
        }
    }

    fn set(&mut self, part: &str, value: &str) -> Result<(), String> {
        match part {
            "transaction" => {
                self.transaction = choose(part, value, &TRANSACTION)?;
                self.wrap(Behaviour::Transaction, self.transaction == TransactionScope::PerCommand);
            }
            "publishing" => {
                self.publishing = choose(part, value, &PUBLISHING)?;
                self.wrap(Behaviour::Dispatch, self.publishing == Publishing::BeforeCommit);
            }
            "concurrency" => self.concurrency = choose(part, value, &CONCURRENCY)?,
            "unchanged" => self.unchanged = choose(part, value, &UNCHANGED)?,
            "snapshots" => {
                self.snapshots = match value {
                    "off" => None,
                    every => Some(every.parse().map_err(|_| {
                        format!("`{every}` is no snapshots; expected off, or after how many events one is kept")
                    })?),
                };
            }
            "pipeline" => {
                let behaviours = value.split('+').filter(|name| !name.is_empty());
                self.pipeline =
                    behaviours.map(|name| choose(part, name, &Behaviour::NAMES)).collect::<Result<_, _>>()?;
            }
            _ => {
                let parts = ["transaction", "publishing", "concurrency", "unchanged", "snapshots", "pipeline"];
                return Err(format!("`{part}` is no part of a policy; {}", suggestion(part, &parts)));
            }
        }
        Ok(())
    }

    /// Puts a behaviour into the pipeline, inside validation and logging and around dispatch, or takes it out.
    fn wrap(&mut self, behaviour: Behaviour, wanted: bool) {
        let there = self.pipeline.iter().position(|other| *other == behaviour);
        match (there, wanted) {
            (Some(index), false) => {
                self.pipeline.remove(index);
            }
            (None, true) => {
                let after = |other: &Behaviour| {
                    matches!(other, Behaviour::Validation)
                        || (behaviour == Behaviour::Dispatch && *other == Behaviour::Transaction)
                };
                let index = self.pipeline.iter().rposition(after).map_or(0, |index| index + 1);
                self.pipeline.insert(index, behaviour);
            }
            _ => {}
        }
    }

    /// Every part with its value, as they are read.
    pub fn parts(&self) -> [(&'static str, String); 6] {
        let pipeline: Vec<_> = self.pipeline.iter().map(|behaviour| name(*behaviour, &Behaviour::NAMES)).collect();
        [
            ("transaction", name(self.transaction, &TRANSACTION).to_owned()),
            ("publishing", name(self.publishing, &PUBLISHING).to_owned()),
            ("concurrency", name(self.concurrency, &CONCURRENCY).to_owned()),
            ("unchanged", name(self.unchanged, &UNCHANGED).to_owned()),
            ("snapshots", self.snapshots.map_or("off".to_owned(), |every| every.to_string())),
            ("pipeline", pipeline.join("+")),
        ]
    }
}

const TRANSACTION: [(&str, TransactionScope); 2] =
    [("per-save", TransactionScope::PerSave), ("per-command", TransactionScope::PerCommand)];
const PUBLISHING: [(&str, Publishing); 3] = [
    ("after-save", Publishing::AfterSave),
    ("before-commit", Publishing::BeforeCommit),
    ("outbox", Publishing::Outbox),
];
const CONCURRENCY: [(&str, Concurrency); 2] =
    [("last-write-wins", Concurrency::LastWriteWins), ("version-check", Concurrency::VersionCheck)];
const UNCHANGED: [(&str, Unchanged); 2] = [("write", Unchanged::Write), ("skip", Unchanged::Skip)];

fn choose<T: Copy>(part: &str, value: &str, choices: &[(&'static str, T)]) -> Result<T, String> {
    choices.iter().find(|(name, _)| *name == value).map(|(_, choice)| *choice).ok_or_else(|| {
        let names: Vec<_> = choices.iter().map(|(name, _)| *name).collect();
        format!("`{value}` is no {part}; expected {}", names.join(", "))
    })
}

fn name<T: Copy + PartialEq>(choice: T, choices: &[(&'static str, T)]) -> &'static str {
    choices.iter().find(|(_, other)| *other == choice).map_or("", |(name, _)| name)
}

impl Default for Policy {
    fn default() -> Self {
        Self::guide()
    }
}

/// The preset, and the parts that differ from it.
impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.preset)?;
        let mut as_read = Self::preset(self.preset).unwrap_or_default();
        for (part, value) in self.parts() {
            let differs = as_read.parts().iter().any(|(other, as_read)| *other == part && *as_read != value);
            if differs {
                write!(f, ",{part}={value}")?;
                // A part may bring its behaviour along; then the pipeline needs no word of its own.
                let _ = as_read.set(part, &value);
            }
        }
        Ok(())
    }
}

impl FromStr for Policy {
    type Err = String;

    /// Reads a preset and parts of its own: `guide,publishing=outbox`. Without a preset, the guide's.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut policy = Self::guide();
        for (index, part) in text.split(',').map(str::trim).enumerate() {
            match part.split_once('=') {
                Some((part, value)) => policy.set(part.trim(), value.trim())?,
                None if index == 0 => {
                    policy = Self::preset(part)
                        .ok_or_else(|| format!("`{part}` is no policy; {}", suggestion(part, &Self::PRESETS)))?;
                }
                None => return Err(format!("`{part}` is no part of a policy; expected PART=VALUE")),
            }
        }
        Ok(policy)
    }
}
