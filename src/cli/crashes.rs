//! `diptych crashes`: a crash at every micro-step, and what each leaves behind.

use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use clap::Args;
use serde_json::{Value, json};

use super::Out;
use super::settings::Worlds;
use super::stopped::Stopped;
use super::text::{self, json_line, plain};
use crate::engine::crashes::plan;
use crate::engine::scenario::Scenario;
use crate::lab::crashes::{self, Cell, Matrix, Plan, Progress, summary};
use crate::world::{Policy, Wiring, WorldKind};

/// Let the world crash at every micro-step of every command, and say what each crash leaves behind
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  diptych crashes order-across-contexts\n  \
                  diptych crashes mine.toml --policy guide --policy guide,publishing=outbox\n  \
                  diptych crashes price-with-a-past --json --jobs 1\n\n\
                  Each cell is run: a copy of the world's file, the command, the crash, the file opened again. A line of the table is a \
                  command in a world, a letter a step:\n  \
                  . all or nothing is there   c caught up when the file was opened again   H half a command kept\n  \
                  L event lost   P event published without state   D duplicate delivered   A answered command lost\n\
                  `diptych step FILE --scene N --fault crash@STEP@WORLD` goes through one of them.")]
pub(super) struct Arguments {
    /// Scenarios: files, or names of built-in ones
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Under which policies; the three presets unless told otherwise
    #[arg(long = "policy", value_name = "POLICY", value_parser = str::parse::<Policy>)]
    policies: Vec<Policy>,
    /// In which worlds
    #[arg(long, value_enum, default_value_t = Worlds::All)]
    world: Worlds,
    /// The hybrid world's pattern of each context
    #[arg(long, value_name = "WIRING", value_parser = str::parse::<Wiring>)]
    wiring: Option<Wiring>,
    /// On how many threads; as many as the machine has cores unless told otherwise
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// One JSON object a line: each cell, then each policy's summary
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments, out: &mut Out) -> Result<(), Stopped> {
    let scenarios = arguments.files.iter().map(|file| Scenario::open(file)).collect::<Result<Vec<_>, _>>()?;
    for scenario in scenarios {
        let title = scenario.title.clone();
        let mut plan = plan(scenario, &arguments.policies)?;
        plan.worlds = arguments.world.kinds();
        plan.wiring = arguments.wiring.unwrap_or(plan.wiring);
        plan.jobs = arguments.jobs.map_or(plan.jobs, NonZeroUsize::get);
        let matrix = crashes::run(&plan, &show_progress, &AtomicBool::new(false))?.unwrap_or_default();
        if arguments.json {
            as_json(out, &title, &plan, &matrix)?;
        } else {
            as_text(out, &title, &plan, &matrix)?;
        }
        out.flush()?;
    }
    Ok(())
}

/// Only for a person who waits.
fn show_progress(progress: Progress) {
    let mut err = io::stderr();
    if err.is_terminal() {
        let end = if progress.done == progress.of { "\n" } else { "" };
        // Without a standard error there is nobody to tell.
        let _ = write!(err, "\r{progress}{end}").and_then(|()| err.flush());
    }
}

fn as_json(out: &mut Out, title: &str, plan: &Plan, matrix: &Matrix) -> io::Result<()> {
    for cell in &matrix.cells {
        let mut line = Value::from(cell);
        line["scenario"] = title.into();
        writeln!(out, "{}", json_line(&line))?;
    }
    for (policy, words) in plan.policies.iter().zip(summary(plan, matrix)) {
        writeln!(out, "{}", json_line(&json!({ "scenario": title, "policy": policy.to_string(), "summary": words })))?;
    }
    Ok(())
}

fn as_text(out: &mut Out, title: &str, plan: &Plan, matrix: &Matrix) -> io::Result<()> {
    writeln!(out, "{}", plain(title))?;
    for (policy, words) in plan.policies.iter().zip(summary(plan, matrix)) {
        writeln!(out, "\n{policy}")?;
        let widest = matrix.of(policy).map(|cell| cell.command.len()).max().unwrap_or_default();
        for (scene, _) in &plan.commands {
            for world in &plan.worlds {
                let cells: Vec<_> =
                    matrix.of(policy).filter(|cell| cell.scene == *scene && cell.world == *world).collect();
                line(out, *scene, *world, &cells, widest)?;
            }
        }
        text::caption(out, "  ", &words)?;
    }
    Ok(())
}

fn line(out: &mut Out, scene: usize, world: WorldKind, cells: &[&Cell], widest: usize) -> io::Result<()> {
    let Some(first) = cells.first() else { return Ok(()) };
    let letters: String = cells.iter().filter(|cell| cell.at.is_some()).map(|cell| cell.verdict.letter()).collect();
    let by_itself = if first.verdict.holes().is_empty() { "" } else { "  and without a crash: half a command kept" };
    writeln!(out, "{scene:>5}  {:<widest$}  {:<6}  {letters}{by_itself}", first.command, world.name())
}
