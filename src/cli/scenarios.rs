//! `diptych scenarios`: those that come with the program.

use std::io::Write;

use clap::{Args, Subcommand};

use super::Out;
use super::stopped::Stopped;
use crate::application::fields::suggestion;
use crate::engine::scenario::{Scenario, Unplayable, library};

/// List the scenarios that come with the program, or print one
#[derive(Debug, Args)]
#[command(after_help = "Example: a scenario of your own, beginning with one of these\n  \
                        diptych scenarios show life-of-an-order > my.toml")]
pub(super) struct Arguments {
    #[command(subcommand)]
    ask: Option<Ask>,
}

#[derive(Debug, Subcommand)]
enum Ask {
    /// Print a scenario's file
    Show {
        /// Its name
        name: String,
    },
}

pub(super) fn run(arguments: &Arguments, out: &mut Out) -> Result<(), Stopped> {
    match &arguments.ask {
        None => list(out),
        Some(Ask::Show { name }) => show(name, out),
    }
}

fn list(out: &mut Out) -> Result<(), Stopped> {
    for shipped in library::all() {
        let scenario = Scenario::parse(shipped.text, shipped.name).map_err(Unplayable::from)?;
        writeln!(out, "{:<22}  {:>2} scenes  {}", shipped.name, scenario.scenes.len(), scenario.title)?;
    }
    writeln!(out, "\nPlay one with `diptych run NAME`; print its file with `diptych scenarios show NAME`.")?;
    Ok(())
}

fn show(name: &str, out: &mut Out) -> Result<(), Stopped> {
    let Some(shipped) = library::named(name) else {
        let known: Vec<_> = library::all().iter().map(|shipped| shipped.name).collect();
        return Err(Stopped::Failed(format!("`{name}` is no built-in scenario; {}", suggestion(name, &known))));
    };
    Ok(out.write_all(shipped.text.as_bytes())?)
}
