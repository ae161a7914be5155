//! `diptych measure`: evidence for a decision, from this machine, with a person's own numbers.

use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::Args;

use super::Out;
use super::stopped::Stopped;
use crate::lab::evidence::{self, Evidence, Load, Progress};

/// Measure orders as state, as events, and as events with snapshots, with your own numbers
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  diptych measure --events-per-aggregate 500 --reads-per-write 10\n  \
                        diptych measure --json > run.json                  and then: diptych decide --shop --evidence run.json\n\n\
                        The shop's orders run through the real handlers and repositories on fresh SQLite files, each contender alike; the files \
                        are removed at the end.")]
pub(super) struct Arguments {
    /// Commands a day
    #[arg(long, value_name = "N", default_value_t = Load::default().commands_a_day)]
    commands_a_day: u64,
    /// Events that an aggregate comes to over its life
    #[arg(long, value_name = "N", default_value_t = Load::default().events_per_aggregate)]
    events_per_aggregate: u64,
    /// Reads of an aggregate that follow a write
    #[arg(long, value_name = "N", default_value_t = Load::default().reads_per_write)]
    reads_per_write: u64,
    /// Read models that follow the events
    #[arg(long, value_name = "N", default_value_t = Load::default().read_models)]
    read_models: u64,
    /// Where the files go while it runs; otherwise where the system keeps temporary files
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// As JSON, with everything that was measured
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: Arguments, out: &mut Out) -> Result<(), Stopped> {
    let Arguments { commands_a_day, events_per_aggregate, reads_per_write, read_models, dir, json } = arguments;
    let load =
        Load::new(commands_a_day, events_per_aggregate, reads_per_write, read_models).map_err(Stopped::Failed)?;
    let mut bar = Bar { shown: io::stderr().is_terminal(), last: 0 };
    let evidence = evidence::run(&load, dir, &mut |progress| bar.show(progress))?;
    bar.end();
    // Nobody ends this run but the system.
    let Some(evidence) = evidence else { return Ok(()) };
    if json {
        serde_json::to_writer(&mut *out, &evidence).map_err(io::Error::from)?;
        return Ok(writeln!(out)?);
    }
    Ok(write(out, &evidence)?)
}

fn write(out: &mut Out, evidence: &Evidence) -> io::Result<()> {
    let settings = &evidence.settings;
    writeln!(
        out,
        "{} commands over {} orders for each, policy {}, sync {}, {} reads a write, snapshots every {} events\n",
        settings.commands,
        settings.aggregates,
        settings.policy,
        settings.sync,
        settings.reads_per_write,
        settings.snapshots_every
    )?;
    writeln!(out, "{:<18}{:>12}{:>12}{:>12}{:>12}{:>12}{:>12}", "µs", "write", "p95", "read", "p95", "lag", "bytes")?;
    for one in &evidence.figures {
        let lag = one.lag.map_or("–".to_owned(), |lag| format!("{:.1}", lag.median_us));
        writeln!(
            out,
            "{:<18}{:>12.1}{:>12.1}{:>12.1}{:>12.1}{lag:>12}{:>12}",
            one.contender.name(),
            one.write.median_us,
            one.write.p95_us,
            one.read.median_us,
            one.read.p95_us,
            one.bytes
        )?;
    }
    writeln!(out)?;
    for line in evidence::plot(evidence, 72, 10) {
        writeln!(out, "{line}")?;
    }
    writeln!(out)?;
    for (question, text) in evidence::figures(evidence) {
        writeln!(out, "{question}: {text}")?;
    }
    Ok(())
}

/// A bar on a person's terminal; a pipe gets none.
struct Bar {
    shown: bool,
    last: u64,
}

impl Bar {
    fn show(&mut self, progress: Progress) -> ControlFlow<()> {
        let percent = progress.done * 100 / progress.of.max(1);
        if self.shown && percent > self.last {
            self.last = percent;
            let done = usize::try_from(percent / 4).unwrap_or(25).min(25);
            let (done, left) = ("█".repeat(done), "·".repeat(25 - done));
            // Without a standard error there is nobody to show it to.
            let _ = write!(io::stderr(), "\r{done}{left} {percent:>3} %");
        }
        ControlFlow::Continue(())
    }

    fn end(&self) {
        if self.shown {
            let _ = write!(io::stderr(), "\r{}\r", " ".repeat(32));
        }
    }
}
