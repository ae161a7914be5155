//! Running each work through both programs, in turn.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use tempfile::TempDir;

use super::work::{COMMIT, SHORT, Script, Size};
use super::{Contender, Line, Options, Summary, Work, audit, diptych, limit};
use crate::domain::Money;
use crate::kernel::Failure;
use crate::storage::{self, Sync};
use crate::world::{Policy, Wiring, World};

/// Measures the works, one after the other; `out` is told each line as soon as it is known.
///
/// # Errors
///
/// When the directory or a file cannot be written, or does not hold as many facts as were asked for.
pub fn run(works: &[Work], options: &Options, out: &mut dyn FnMut(Line)) -> Result<Summary, Failure> {
    let bench = Bench::new(options)?;
    let mut summary = Summary::default();
    for work in works {
        let lines = bench.measure(*work, out)?;
        let sum = lines.first().map(|line| &line.checksum);
        if lines.iter().any(|line| Some(&line.checksum) != sum) {
            summary.unequal.push(*work);
        }
        summary.lines.extend(lines);
    }
    Ok(summary)
}

/// One work with everything in place, for a clock of one's own.
pub struct Ready {
    bench: Bench,
    work: Work,
    program: Program,
    prepared: Vec<String>,
}

impl Ready {
    /// Makes files and opens them.
    ///
    /// # Errors
    ///
    /// When the directory or a file cannot be written.
    pub fn new(contender: Contender, work: Work, options: &Options) -> Result<Self, Failure> {
        let bench = Bench::new(options)?;
        let prepared = bench.prepare(work)?;
        let program = bench.open(contender, work)?;
        Ok(Self { bench, work, program, prepared })
    }

    /// Does the work, which only W3 can do twice; answers how long it took.
    ///
    /// # Errors
    ///
    /// When a file cannot be read or written.
    pub fn run(&self) -> Result<Duration, Failure> {
        Ok(self.bench.perform(&self.program, self.work, &self.prepared)?.took)
    }
}

struct Bench {
    directory: TempDir,
    size: Size,
    storage: storage::Options,
    rounds: Option<usize>,
    second_lines: bool,
    script: Script,
}

/// Who does the work, with its file open.
enum Program {
    Diptych(World),
    Limit(Connection),
}

/// What a program has done: how long it took, and what W3 has summed up and W5 has read.
struct Performed {
    took: Duration,
    sum: Money,
    read: u64,
}

/// What one round of one program took, and the sum of what it left.
struct Round {
    took: Duration,
    sum: Money,
}

/// One round of both programs, one right after the other.
struct Pair {
    diptych: Round,
    limit: Round,
}

impl Pair {
    fn ratio(&self) -> f64 {
        self.limit.took.as_secs_f64() / self.diptych.took.as_secs_f64()
    }
}

/// The pair with the middle ratio, of two in the middle the lower; but one that does not agree comes before all others. Neighbours
/// slow down both programs of a pair alike, so a pair says more than the medians of each.
fn middle(mut pairs: Vec<Pair>) -> Pair {
    if let Some(unequal) = pairs.iter().position(|pair| pair.diptych.sum != pair.limit.sum) {
        return pairs.swap_remove(unequal);
    }
    pairs.sort_by(|one, other| one.ratio().total_cmp(&other.ratio()));
    pairs.swap_remove((pairs.len() - 1) / 2)
}

/// The policies of second lines.
const WHOLE: [&str; 2] = ["guide", "mended"];

impl Bench {
    fn new(options: &Options) -> Result<Self, Failure> {
        let place = options.dir.clone().unwrap_or_else(std::env::temp_dir);
        let directory = tempfile::Builder::new().prefix("diptych-bench-").tempdir_in(&place).map_err(|error| {
            Failure::new(format!("no directory for the measurement can be made here: {error}"))
                .on(place)
                .remedy("choose a directory that may be written to with --dir")
        })?;
        Ok(Self {
            directory,
            size: options.size,
            storage: storage::Options { sync: options.sync, ..storage::Options::default() },
            rounds: options.rounds,
            second_lines: options.second_lines,
            script: Script::new()?,
        })
    }

    /// Measures one work; answers the lines it has told.
    fn measure(&self, work: Work, out: &mut dyn FnMut(Line)) -> Result<Vec<Line>, Failure> {
        let prepared = self.prepare(work)?;
        let mut pairs = Vec::new();
        for round in 0..self.rounds(work) {
            let run = |contender| self.round(contender, work, &prepared);
            // Who goes second finds the machine warmer, so they take turns.
            pairs.push(if round % 2 == 0 {
                let limit = run(Contender::Limit)?;
                Pair { diptych: run(Contender::Diptych)?, limit }
            } else {
                Pair { diptych: run(Contender::Diptych)?, limit: run(Contender::Limit)? }
            });
        }
        let pair = middle(pairs);
        let limit = self.line(Contender::Limit, work, &pair.limit);
        let against = |line: Line| Line { ratio: Some(line.per_second / limit.per_second), ..line };
        let mut lines = vec![limit.clone(), against(self.line(Contender::Diptych, work, &pair.diptych))];
        lines.iter().cloned().for_each(&mut *out);
        if self.second_lines && matches!(work, Work::W1 | Work::W6) {
            for name in WHOLE {
                let line = against(self.line(Contender::Diptych, work, &self.whole(work, name)?));
                lines.push(Line { policy: Some(name), ..line });
                lines.last().cloned().into_iter().for_each(&mut *out);
            }
        }
        Ok(lines)
    }

    fn rounds(&self, work: Work) -> usize {
        let by_work = match work {
            // Every commit waits for the disk, which makes rounds long and medians steady.
            Work::W1 | Work::W2 | Work::W6 if self.storage.sync == Sync::Full => 1,
            Work::W1 | Work::W6 => 7,
            Work::W2 => 5,
            Work::W3 => 15,
            Work::W5 => 9,
        };
        self.rounds.unwrap_or(by_work).max(1)
    }

    fn line(&self, contender: Contender, work: Work, round: &Round) -> Line {
        let count = self.size.count(work);
        Line {
            contender,
            work,
            per_second: count as f64 / round.took.as_secs_f64(),
            unit: work.unit(),
            count,
            checksum: round.sum.to_string(),
            policy: None,
            ratio: None,
        }
    }

    fn round(&self, contender: Contender, work: Work, prepared: &[String]) -> Result<Round, Failure> {
        let program = self.open(contender, work)?;
        let Performed { took, sum, read } = self.perform(&program, work, prepared)?;
        drop(program);
        let file = self.file(work, contender.name());
        let sum = match work {
            Work::W1 | Work::W2 | Work::W6 => self.written(work, &file)?,
            Work::W3 => sum,
            Work::W5 => self.rebuilt(&file, read)?,
        };
        Ok(Round { took, sum })
    }

    fn open(&self, contender: Contender, work: Work) -> Result<Program, Failure> {
        let file = self.file(work, contender.name());
        if work == Work::W5 {
            limit::clear(&limit::open(&file, self.storage)?).map_err(|error| failed(&*error))?;
        }
        Ok(match contender {
            Contender::Diptych => Program::Diptych(diptych::world(&file, self.storage, wiring(work))?),
            Contender::Limit => Program::Limit(limit::open(&file, self.storage)?),
        })
    }

    fn perform(&self, program: &Program, work: Work, prepared: &[String]) -> Result<Performed, Failure> {
        let Bench { size, script, .. } = self;
        let streams = size.streams;
        let (mut sum, mut read) = (Money::ZERO, 0);
        let took = match (program, work) {
            (Program::Diptych(world), Work::W1 | Work::W6) => diptych::commands(world, script, size)?,
            (Program::Diptych(world), Work::W2) => diptych::lives(world, script, streams, COMMIT)?,
            (Program::Diptych(world), Work::W3) => also(diptych::loads(world, prepared)?, &mut sum),
            (Program::Diptych(world), Work::W5) => also(diptych::rebuild(world)?, &mut read),
            (Program::Limit(connection), work) => match work {
                Work::W1 => limit::commands(connection, script, size),
                Work::W6 => limit::commands_on_rows(connection, script, size),
                Work::W2 => limit::lives(connection, script, streams, COMMIT),
                Work::W3 => limit::loads(connection, prepared).map(|done| also(done, &mut sum)),
                Work::W5 => limit::rebuild(connection).map(|done| also(done, &mut read)),
            }
            .map_err(|error| failed(&*error))?,
        };
        Ok(Performed { took, sum, read })
    }

    /// W1 or W6 in a world as a playground has it.
    fn whole(&self, work: Work, policy: &str) -> Result<Round, Failure> {
        let file = self.file(work, policy);
        let policy = Policy::preset(policy).unwrap_or_default();
        let world = diptych::whole_world(&file, self.storage, wiring(work), &policy)?;
        let took = diptych::commands(&world, &self.script, &self.size)?;
        drop(world);
        Ok(Round { took, sum: self.written(work, &file)? })
    }

    fn written(&self, work: Work, file: &Path) -> Result<Money, Failure> {
        let facts = self.size.count(work);
        let sum = if work == Work::W6 { audit::of_rows(file, facts) } else { audit::of_streams(file, facts) };
        remove(file);
        sum
    }

    fn rebuilt(&self, file: &Path, read: u64) -> Result<Money, Failure> {
        let count = self.size.count(Work::W5);
        if read != count as u64 {
            return Err(Failure::new(format!("{read} events were read of {count}")).on(file));
        }
        audit::of_summary(file)
    }

    /// Makes the files that W3 and W5 read; answers the orders that W3 loads.
    fn prepare(&self, work: Work) -> Result<Vec<String>, Failure> {
        if !matches!(work, Work::W3 | Work::W5) {
            return Ok(Vec::new());
        }
        let [ours, theirs] = [Contender::Diptych, Contender::Limit].map(|of| self.file(work, of.name()));
        let world = diptych::world(&ours, storage::Options::default(), Wiring::EVENTS)?;
        let orders = if work == Work::W3 {
            diptych::prepare_loads(&world, &self.script, &self.size)?
        } else {
            diptych::lives(&world, &self.script, self.size.log, SHORT)?;
            Vec::new()
        };
        // With its last connection a file is closed, and all of it is in the one file.
        drop(world);
        std::fs::copy(&ours, &theirs).map_err(|error| failed(&error).on(&theirs))?;
        Ok(orders)
    }

    fn file(&self, work: Work, of: &str) -> PathBuf {
        self.directory.path().join(format!("{work}-{of}.db"))
    }
}

/// Orders as rows in W6, as streams in the others.
fn wiring(work: Work) -> Wiring {
    if work == Work::W6 { Wiring::STATE } else { Wiring::EVENTS }
}

/// The time, and beside it what else there is to tell.
fn also<T>((took, told): (Duration, T), place: &mut T) -> Duration {
    *place = told;
    took
}

/// Makes room; what cannot be removed goes with the directory.
fn remove(file: &Path) {
    for end in ["", "-wal", "-shm"] {
        let mut path = file.as_os_str().to_owned();
        path.push(end);
        let _ = std::fs::remove_file(path);
    }
}

fn failed(error: &dyn std::error::Error) -> Failure {
    Failure::new(error.to_string())
}
