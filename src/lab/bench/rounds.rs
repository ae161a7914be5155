//! Running each work through both programs, in turn.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::work::{COMMIT, SHORT, Script, Size};
use super::{Contender, Line, Options, Summary, Work, audit, diptych, limit, median};
use crate::domain::Money;
use crate::kernel::Failure;
use crate::storage::{self, Sync};
use crate::world::{Policy, Wiring};

/// Measures the works, one after the other; `out` is told each line as soon as it is known.
///
/// # Errors
///
/// When the directory or a file cannot be written, or does not hold as many facts as were asked for.
pub fn run(works: &[Work], options: &Options, out: &mut dyn FnMut(Line)) -> Result<Summary, Failure> {
    let place = options.dir.clone().unwrap_or_else(std::env::temp_dir);
    let directory = tempfile::Builder::new().prefix("diptych-bench-").tempdir_in(&place).map_err(|error| {
        Failure::new(format!("no directory for the measurement can be made here: {error}"))
            .on(place)
            .remedy("choose a directory that may be written to with --dir")
    })?;
    let bench = Bench {
        directory: directory.path(),
        size: options.size,
        storage: storage::Options { sync: options.sync, ..storage::Options::default() },
        rounds: options.rounds,
        second_lines: options.second_lines,
        script: Script::new()?,
    };
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

struct Bench<'a> {
    directory: &'a Path,
    size: Size,
    storage: storage::Options,
    rounds: Option<usize>,
    second_lines: bool,
    script: Script,
}

/// What one round of one program took, and what it left.
struct Round {
    took: Duration,
    sum: Money,
}

/// The policies of second lines.
const WHOLE: [&str; 2] = ["guide", "mended"];

impl Bench<'_> {
    /// Measures one work; answers the lines it has told.
    fn measure(&self, work: Work, out: &mut dyn FnMut(Line)) -> Result<Vec<Line>, Failure> {
        let prepared = match work {
            Work::W3 => self.prepare_loads()?,
            Work::W5 => self.prepare_log()?,
            _ => Vec::new(),
        };
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for round in 0..self.rounds(work) {
            // Who goes second finds the machine warmer, so they take turns.
            if round % 2 == 0 {
                theirs.push(self.limit(work, &prepared)?);
                ours.push(self.diptych(work, &prepared)?);
            } else {
                ours.push(self.diptych(work, &prepared)?);
                theirs.push(self.limit(work, &prepared)?);
            }
        }
        let limit = self.line(Contender::Limit, work, &theirs);
        let against = |line: Line| Line { ratio: Some(line.per_second / limit.per_second), ..line };
        let mut lines = vec![limit.clone(), against(self.line(Contender::Diptych, work, &ours))];
        lines.iter().cloned().for_each(&mut *out);
        if self.second_lines && matches!(work, Work::W1 | Work::W6) {
            for name in WHOLE {
                let line = against(self.line(Contender::Diptych, work, &[self.whole(work, name)?]));
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

    fn line(&self, contender: Contender, work: Work, rounds: &[Round]) -> Line {
        let count = self.size.count(work);
        let took = median(rounds.iter().map(|round| round.took).collect());
        Line {
            contender,
            work,
            per_second: count as f64 / took.as_secs_f64(),
            unit: work.unit(),
            count,
            checksum: rounds.first().map_or(Money::ZERO, |round| round.sum).to_string(),
            policy: None,
            ratio: None,
        }
    }

    fn diptych(&self, work: Work, prepared: &[String]) -> Result<Round, Failure> {
        let Bench { size, script, storage, .. } = self;
        let file = self.file(work, "diptych");
        let world = |wiring| diptych::world(&file, *storage, wiring);
        match work {
            Work::W1 | Work::W6 => {
                let wiring = if work == Work::W1 { Wiring::EVENTS } else { Wiring::STATE };
                let took = diptych::commands(&world(wiring)?, script, size)?;
                self.written(work, &file, took)
            }
            Work::W2 => {
                let took = diptych::lives(&world(Wiring::EVENTS)?, script, size.streams, COMMIT)?;
                self.written(work, &file, took)
            }
            Work::W3 => {
                let (took, sum) = diptych::loads(&world(Wiring::EVENTS)?, prepared)?;
                Ok(Round { took, sum })
            }
            Work::W5 => {
                limit::clear(&limit::open(&file, *storage)?).map_err(|error| failed(&file, &*error))?;
                let (took, read) = diptych::rebuild(&world(Wiring::EVENTS)?)?;
                self.rebuilt(&file, took, read)
            }
        }
    }

    fn limit(&self, work: Work, prepared: &[String]) -> Result<Round, Failure> {
        let Bench { size, script, .. } = self;
        let file = self.file(work, "limit");
        let connection = limit::open(&file, self.storage)?;
        let failed = |error: Box<dyn std::error::Error>| failed(&file, &*error);
        match work {
            Work::W1 => {
                let took = limit::commands(&connection, script, size).map_err(failed)?;
                drop(connection);
                self.written(work, &file, took)
            }
            Work::W6 => {
                let took = limit::commands_on_rows(&connection, script, size).map_err(failed)?;
                drop(connection);
                self.written(work, &file, took)
            }
            Work::W2 => {
                let took = limit::lives(&connection, script, size.streams, COMMIT).map_err(failed)?;
                drop(connection);
                self.written(work, &file, took)
            }
            Work::W3 => {
                let (took, sum) = limit::loads(&connection, prepared).map_err(failed)?;
                Ok(Round { took, sum })
            }
            Work::W5 => {
                limit::clear(&connection).map_err(failed)?;
                let (took, read) = limit::rebuild(&connection).map_err(failed)?;
                drop(connection);
                self.rebuilt(&file, took, read)
            }
        }
    }

    /// W1 or W6 in a world as a playground has it.
    fn whole(&self, work: Work, policy: &str) -> Result<Round, Failure> {
        let file = self.file(work, policy);
        let wiring = if work == Work::W1 { Wiring::EVENTS } else { Wiring::STATE };
        let policy = Policy::preset(policy).unwrap_or_default();
        let world = diptych::whole_world(&file, self.storage, wiring, &policy)?;
        let took = diptych::commands(&world, &self.script, &self.size)?;
        drop(world);
        self.written(work, &file, took)
    }

    fn written(&self, work: Work, file: &Path, took: Duration) -> Result<Round, Failure> {
        let facts = self.size.count(work);
        let sum = if work == Work::W6 { audit::of_rows(file, facts) } else { audit::of_streams(file, facts) };
        let round = Round { took, sum: sum? };
        remove(file);
        Ok(round)
    }

    fn rebuilt(&self, file: &Path, took: Duration, read: u64) -> Result<Round, Failure> {
        if read != self.size.count(Work::W5) as u64 {
            return Err(Failure::new(format!("{read} events were read of {}", self.size.count(Work::W5))).on(file));
        }
        Ok(Round { took, sum: audit::of_summary(file)? })
    }

    fn prepare_loads(&self) -> Result<Vec<String>, Failure> {
        let file = self.file(Work::W3, "diptych");
        let world = diptych::world(&file, storage::Options::default(), Wiring::EVENTS)?;
        let orders = diptych::prepare_loads(&world, &self.script, &self.size)?;
        drop(world);
        self.copy(Work::W3)?;
        Ok(orders)
    }

    fn prepare_log(&self) -> Result<Vec<String>, Failure> {
        let file = self.file(Work::W5, "diptych");
        let world = diptych::world(&file, storage::Options::default(), Wiring::EVENTS)?;
        diptych::lives(&world, &self.script, self.size.log, SHORT)?;
        drop(world);
        self.copy(Work::W5)?;
        Ok(Vec::new())
    }

    /// The last connection to a file has closed, so all of it is in the one file.
    fn copy(&self, work: Work) -> Result<(), Failure> {
        let (from, to) = (self.file(work, "diptych"), self.file(work, "limit"));
        std::fs::copy(&from, &to).map_err(|error| failed(&to, &error))?;
        Ok(())
    }

    fn file(&self, work: Work, of: &str) -> PathBuf {
        self.directory.join(format!("{work}-{of}.db"))
    }
}

/// Makes room; what cannot be removed goes with the directory.
fn remove(file: &Path) {
    for end in ["", "-wal", "-shm"] {
        let mut path = file.as_os_str().to_owned();
        path.push(end);
        let _ = std::fs::remove_file(path);
    }
}

fn failed(file: &Path, error: &dyn std::error::Error) -> Failure {
    Failure::new(error.to_string()).on(file)
}
