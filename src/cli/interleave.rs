//! `diptych interleave`: everything that can come of two commands at once.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use serde_json::Value;

use super::settings::{Settings, Worlds};
use super::stopped::Stopped;
use super::telling::Show;
use super::text::{json_line, plain};
use super::{Out, telling};
use crate::application::commands::Command;
use crate::engine::interleavings::{interleavings, meeting};
use crate::engine::scenario::Scenario;
use crate::lab::interleavings::{Exploration, Kind, Outcome};
use crate::world::{Directory, Opening, letter};

/// Run every interleaving of two commands of a scenario, and list what can come of them
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  diptych interleave order-across-contexts --scene 7 --beside 8\n  \
                  diptych interleave price-with-a-past --scene 4 --beside 9 --policy mended\n  \
                  diptych interleave order-across-contexts --scene 4 --json\n\n\
                  The scenes before --scene are played; then its command (a) and that of --beside (b) begin at once. Without --beside it \
                  is the command that the scene has beside it, or the same command twice. Of interleavings that nothing can tell apart one \
                  is run. An example is an order as scenarios take it: `a@loaded:1 b* a*` lets a go until it stands at its first loaded, \
                  then b to its end, then a. A conflict is retried: load again, decide again.")]
pub(super) struct Arguments {
    /// A scenario: a file, or the name of a built-in one
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The scene of the first command
    #[arg(long, value_name = "N")]
    scene: usize,
    /// The scene of the second command
    #[arg(long, value_name = "N")]
    beside: Option<usize>,
    /// Which worlds
    #[arg(long, value_enum, default_value_t = Worlds::All)]
    world: Worlds,
    /// One JSON object a line: a world
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    settings: Settings,
}

pub(super) fn run(arguments: &Arguments, out: &mut Out) -> Result<(), Stopped> {
    let scenario = Scenario::open(&arguments.file)?;
    let Settings { policy, wiring, seed, .. } = arguments.settings.clone();
    let begun = scenario.opening(Directory::ephemeral()?);
    let opening = Opening {
        worlds: arguments.world.kinds(),
        seed: seed.or(begun.seed),
        wiring: wiring.or(begun.wiring),
        policy: policy.or_else(|| begun.policy.clone()),
        ..begun
    };
    let (playground, commands) = meeting(scenario, arguments.scene, arguments.beside, opening)?;
    let explored = interleavings(&playground, &commands)?;
    if arguments.json {
        for one in &explored {
            writeln!(out, "{}", json_line(&Value::from(one)))?;
        }
        return Ok(());
    }
    for (who, command) in commands.iter().enumerate() {
        writeln!(out, "{}  {}", letter(who), line(command))?;
    }
    writeln!(out, "policy {}", playground.policy())?;
    Ok(tell(out, &explored, &str::to_owned)?)
}

fn line(command: &Command) -> String {
    telling::command(command.description().name, &command.fields(), None, &str::to_owned)
}

/// What can come of two commands, a world after the other.
pub(super) fn tell(out: &mut dyn Write, explored: &[Exploration], show: Show<'_>) -> io::Result<()> {
    for one in explored {
        let all = if one.complete { "every interleaving" } else { "too many interleavings: the first of them" };
        writeln!(out, "\n{}  {all} that can be told apart, {} run", one.world.name(), one.run)?;
        one.outcomes.iter().try_for_each(|outcome| self::outcome(out, outcome, show))?;
    }
    Ok(())
}

fn outcome(out: &mut dyn Write, outcome: &Outcome, show: Show<'_>) -> io::Result<()> {
    let Outcome { kind, statuses: [first, second], errors, again, ways, example } = outcome;
    let ways = if *ways == 1 { "1 way".to_owned() } else { format!("{ways} ways") };
    writeln!(out, "  {:<18} a {first}, b {second}   {ways}, as in {example}", kind.name())?;
    for (who, (error, again)) in errors.iter().zip(again).enumerate() {
        let Some(error) = error.as_ref().filter(|_| *kind != Kind::BothApplied) else { continue };
        let again = again.map_or(String::new(), |status| format!("; loaded and decided again: {status}"));
        writeln!(out, "                     {}: {}{again}", letter(who), plain(&show(error)))?;
    }
    Ok(())
}
