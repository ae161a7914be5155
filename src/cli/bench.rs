//! `diptych bench`: how fast the real thing is, beside a program written by hand for the same work.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use super::settings::Durability;
use super::stopped::Stopped;
use super::{Out, note};
use crate::lab::bench::{self, Line, Options, Work};

/// Measure the real handlers and repositories beside a program written by hand for the same work
#[derive(Debug, Args)]
#[command(after_help = works())]
pub(super) struct Arguments {
    /// Which works; all of them without one
    #[arg(value_name = "WORK", value_parser = str::parse::<Work>)]
    works: Vec<Work>,
    /// Whether every commit waits for the disk (full) or not (normal), in both programs
    #[arg(long, value_enum, default_value_t = Durability::Normal)]
    sync: Durability,
    /// Where the files go, which are removed at the end; otherwise where the system keeps temporary files
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

fn works() -> String {
    let mut text = "Works:\n".to_owned();
    for work in Work::ALL {
        text.push_str(&format!("  {work}  {}\n", work.about()));
    }
    text + "\nBoth programs take turns on fresh files; the figures are those of the round with the median ratio. Exit status: 1 when the two leave \
            different sums in their files."
}

pub(super) fn run(arguments: &Arguments, out: &mut Out) -> Result<(), Stopped> {
    let works = if arguments.works.is_empty() { &Work::ALL[..] } else { &arguments.works };
    let options = Options { sync: arguments.sync.of_store(), dir: arguments.dir.clone(), ..Options::default() };
    let mut written = Ok(());
    let summary = bench::run(works, &options, &mut |line| {
        if written.is_ok() {
            written = write(out, &line, arguments.json);
        }
    })?;
    written?;
    for line in summary.short_of_goal() {
        note(&format!("{} has not come up to its goal of {:.2} this time", line.work, line.work.goal()));
    }
    match summary.unequal.first() {
        None => Ok(()),
        Some(work) => {
            Err(Stopped::Unmet(format!("{work}: the two programs left different sums, so the figures say nothing")))
        }
    }
}

/// A run takes a while, so each line is shown at once.
fn write(out: &mut Out, line: &Line, json: bool) -> io::Result<()> {
    if json {
        serde_json::to_writer(&mut *out, line)?;
        writeln!(out)?;
    } else {
        writeln!(out, "{}", bench::text(line))?;
    }
    out.flush()
}
