//! Flags that several subcommands share, and what they mean for a playground.

use clap::{Args, ValueEnum};

use crate::application::fields::suggestion;
use crate::storage::Sync;
use crate::world::{ClockKind, Policy, Wiring, WorldKind};

/// How a playground is set up.
#[derive(Debug, Clone, Args)]
pub(super) struct Settings {
    /// How saves and publishing behave: guide, unit-of-work or mended, or parts as in guide,publishing=outbox
    #[arg(long, value_name = "POLICY", value_parser = str::parse::<Policy>)]
    pub policy: Option<Policy>,
    /// The hybrid world's pattern of each context, as in catalog=state,ordering=events
    #[arg(long, value_name = "WIRING", value_parser = str::parse::<Wiring>)]
    pub wiring: Option<Wiring>,
    /// What ids follow from; a playground keeps the seed it was begun with
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub seed: Option<u64>,
    /// Where the time comes from
    #[arg(long, value_enum, default_value_t = Clock::Playground)]
    pub clock: Clock,
    /// Whether a power cut may take the last answers (normal) or nothing (full)
    #[arg(long, value_enum, default_value_t = Durability::Normal)]
    pub sync: Durability,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Clock {
    /// A step a command, from a fixed start: the same run gives the same times
    Playground,
    /// The machine's own
    Real,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Durability {
    /// Whole after a power cut, perhaps without the last answers
    Normal,
    /// Every answer is on disk before it is given
    Full,
}

/// The world of this name.
pub(super) fn world(name: &str) -> Result<WorldKind, String> {
    let found = WorldKind::ALL.into_iter().find(|world| world.name().eq_ignore_ascii_case(name));
    found.ok_or_else(|| format!("there is no such world; {}", suggestion(name, &WorldKind::ALL.map(WorldKind::name))))
}

/// Which worlds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Worlds {
    /// Every context as rows
    State,
    /// Every context as facts
    Events,
    /// Each context as the wiring has it
    Hybrid,
    /// All three
    All,
}

impl Settings {
    pub fn clock(&self) -> ClockKind {
        match self.clock {
            Clock::Playground => ClockKind::Playground,
            Clock::Real => ClockKind::Real,
        }
    }

    pub fn sync(&self) -> Sync {
        self.sync.of_store()
    }
}

impl Durability {
    /// As the store calls it.
    pub fn of_store(self) -> Sync {
        match self {
            Self::Normal => Sync::Normal,
            Self::Full => Sync::Full,
        }
    }
}

impl Worlds {
    pub fn kinds(self) -> Vec<WorldKind> {
        match self {
            Self::State => vec![WorldKind::State],
            Self::Events => vec![WorldKind::Events],
            Self::Hybrid => vec![WorldKind::Hybrid],
            Self::All => WorldKind::ALL.to_vec(),
        }
    }
}
