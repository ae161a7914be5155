//! Evidence for a decision: the shop's orders as rows, as events, and as events with snapshots, with a person's own numbers, on this
//! machine, on real files.
//!
//! Each contender gets the same commands through the real handlers, pipeline and repositories, in a fresh file; what was not run is
//! not told. The figures say something about orders of this shop in SQLite here, and carry how they were made.

mod contender;
mod figures;
mod load;
mod render;

use std::ops::ControlFlow;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub use self::figures::{Figures, Point, Spread};
pub use self::load::{Load, SHAPE};
pub use self::render::{figures, plot};
use crate::kernel::Failure;
use crate::lab::bench::work::Script;

/// A snapshot is kept after so many events, where they are kept.
pub const SNAPSHOTS: u64 = 50;

/// So many commands each contender gets, or as many as one aggregate needs, if that is more.
const COMMANDS: u64 = 2_000;

/// More reads than this after each write would only take longer.
const MOST_READS: u64 = 10;

/// What is run beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Contender {
    /// Rows with version check and outbox.
    State,
    /// Streams, folded whole at every load.
    Events,
    /// Streams with a snapshot now and then.
    EventsSnapshots,
}

impl Contender {
    /// All of them, in the order in which they run.
    pub const ALL: [Self; 3] = [Self::State, Self::Events, Self::EventsSnapshots];

    /// Its name: that of its rung on the ladder, where the shipped recommender has one.
    pub fn name(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Events => "events",
            Self::EventsSnapshots => "events-snapshots",
        }
    }
}

/// How a run was made: without this, its figures say nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// What was measured: a context of the shop.
    pub context: String,
    /// The policy that saved and published.
    pub policy: String,
    /// Whether commits waited for the disk.
    pub sync: String,
    /// Commands that each contender got.
    pub commands: u64,
    /// Over so many aggregates.
    pub aggregates: u64,
    /// Reads that followed each write.
    pub reads_per_write: u64,
    /// After how many events a snapshot was kept, where one was.
    pub snapshots_every: u64,
    /// Whether the program was built with optimisations: figures of one that was not are too slow.
    pub optimised: bool,
}

/// What came of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The person's numbers.
    pub load: Load,
    /// How the run was made.
    pub settings: Settings,
    /// Each contender's figures.
    pub figures: Vec<Figures>,
    /// From how many events on a command with its reads was slower as events than as state, up to the end of the run.
    pub crossing: Option<u64>,
    /// The same with snapshots.
    pub crossing_with_snapshots: Option<u64>,
}

/// How far a run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Commands that are done, of all contenders.
    pub done: u64,
    /// Of so many.
    pub of: u64,
}

/// Runs all contenders. `progress` is told now and then, and may end the run; then there is no evidence.
///
/// # Errors
///
/// When no file can be made in the directory for temporary files, or a store fails.
pub fn run(
    load: &Load,
    dir: Option<PathBuf>,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Option<Evidence>, Failure> {
    let place = dir.unwrap_or_else(std::env::temp_dir);
    let folder = tempfile::Builder::new().prefix("diptych-evidence-").tempdir_in(&place).map_err(|error| {
        Failure::new(format!("no directory for the measurement can be made here: {error}"))
            .on(place)
            .remedy("choose a directory that may be written to")
    })?;
    let events = load.events_per_aggregate;
    let aggregates = (COMMANDS.min(load.commands_a_day) / events).max(1);
    let settings = Settings {
        context: "ordering".to_owned(),
        policy: "mended".to_owned(),
        sync: "normal".to_owned(),
        commands: aggregates * events,
        aggregates,
        reads_per_write: load.reads_per_write.min(MOST_READS),
        snapshots_every: SNAPSHOTS,
        optimised: !cfg!(debug_assertions),
    };
    let script = Script::new()?;
    let of = settings.commands * Contender::ALL.len() as u64;
    let mut figures = Vec::new();
    for (before, contender) in (0..).zip(Contender::ALL) {
        let file = folder.path().join(format!("{}.db", contender.name()));
        let start = before * settings.commands;
        let mut step = |done: u64| progress(Progress { done: start + done, of });
        match contender::run(contender, &file, load, &settings, &script, &mut step)? {
            Some(measured) => figures.push(measured),
            None => return Ok(None),
        }
    }
    let of = |contender| figures.iter().find(|one: &&Figures| one.contender == contender);
    let crossing =
        |other| Some(self::figures::crossing(of(Contender::State)?, of(other)?, settings.reads_per_write)).flatten();
    let (plain, snapshots) = (crossing(Contender::Events), crossing(Contender::EventsSnapshots));
    Ok(Some(Evidence { load: *load, settings, figures, crossing: plain, crossing_with_snapshots: snapshots }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_contender_gets_the_same_commands_and_a_run_can_be_ended() {
        let load = Load::new(60, 12, 2, 1).expect("they can be run");
        let mut last = Progress { done: 0, of: 0 };
        let run = run(&load, None, &mut |progress| {
            assert!(progress.done > last.done && progress.done <= progress.of);
            last = progress;
            ControlFlow::Continue(())
        });
        let evidence = run.expect("it runs").expect("nobody ends it");
        assert_eq!((evidence.settings.commands, evidence.settings.aggregates, last.of), (60, 5, 180));
        let contenders: Vec<_> = evidence.figures.iter().map(|one| one.contender).collect();
        assert_eq!(contenders, Contender::ALL);
        for one in &evidence.figures {
            assert_eq!(one.curve.iter().map(|point| point.events).collect::<Vec<_>>(), (1..=12).collect::<Vec<_>>());
            assert!(one.write.median_us > 0.0 && one.read.median_us > 0.0 && one.bytes > 0 && one.lag.is_some());
        }
        let mut told = 0;
        let ended = super::run(&load, None, &mut |_| {
            told += 1;
            if told == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!((ended.expect("it is no failure"), told), (None, 2));
    }

    #[test]
    fn numbers_that_cannot_be_run_are_named() {
        assert_eq!("5000, 50 4 2".parse(), Ok(Load::default()));
        let wrong = |text: &str| text.parse::<Load>().expect_err(text);
        assert!(wrong("5000 50 4").contains("no four whole numbers"));
        assert_eq!(wrong("5000 4 4 2"), "events per aggregate: 4 cannot be run; expected 5 to 5000");
        assert_eq!(wrong("1 5 0 4"), "read models: 4 cannot be run; expected 0 to 3");
    }
}
