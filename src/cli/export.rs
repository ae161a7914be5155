//! `diptych export`: a table, the log or a stream of a playground, as a file.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::settings::world;
use super::stopped::Stopped;
use super::text::{json_text, plain_lines};
use super::{Out, default_directory, file, note};
use crate::application::fields::suggestion;
use crate::domain::Context;
use crate::engine::export::{self, Format};
use crate::kernel::Failure;
use crate::world::{Directory, Opening, Playground, WorldKind};

/// Export a table, the log or a stream of a playground
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  diptych export products > products.csv\n  \
                        diptych export log --world hybrid --format json --out log.json\n  \
                        diptych export product-1c9e --format markdown      one stream; the beginning of its id is enough\n\n\
                        CSV and JSON keep data as data: a cell that begins with = is not changed, though a spreadsheet may take \
                        it for a formula. On a terminal, control characters are shown instead of sent.")]
pub(super) struct Arguments {
    /// products, orders, customers, stock, log, or a stream, as in order-7f3a
    what: String,
    /// Whose: state, events or hybrid
    #[arg(long, value_name = "WORLD", value_parser = world, default_value = "events")]
    world: WorldKind,
    /// The playground's directory; otherwise the one in your data directory
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// As what
    #[arg(long, value_enum, default_value_t = As::Csv)]
    format: As,
    /// Where to; otherwise standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace a file that is there
    #[arg(long)]
    force: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum As {
    /// For spreadsheets
    Csv,
    /// For programs
    Json,
    /// For documents
    Markdown,
}

pub(super) fn run(arguments: Arguments, out: &mut Out) -> Result<(), Stopped> {
    let path = arguments.dir.map_or_else(default_directory, Ok)?;
    let mut playground = Playground::open(Opening::of(Directory::existing(&path)?))?;
    for notice in playground.take_notices() {
        note(&notice);
    }
    let Some(world) = playground.world(arguments.world) else {
        return Err(Failure::new(format!("the world {} is not open", arguments.world.name())).into());
    };
    let what = &*arguments.what;
    let table = Context::ALL.into_iter().find(|context| world.collection(*context).table() == what);
    let is_facts = table.is_none();
    let sheet = match (table, what) {
        (Some(context), _) => export::table(world, context)?,
        (None, "log") => export::facts(world, None)?,
        (None, named) => match export::stream(&playground, named)? {
            Some(stream) => export::facts(world, Some(&stream))?,
            None => {
                let tables = Context::ALL.map(|context| world.collection(context).table());
                let known: Vec<_> = tables.into_iter().chain(["log"]).collect();
                let hint = suggestion(named, &known);
                return Err(Stopped::Failed(format!("`{named}` is no table and no stream here; {hint}")));
            }
        },
    };
    if is_facts && sheet.is_empty() {
        note(&format!("the world {} keeps no such facts", arguments.world.name()));
    }
    let format = match arguments.format {
        As::Csv => Format::Csv,
        As::Json => Format::Json,
        As::Markdown => Format::Markdown,
    };
    let text = sheet.to_text(format);
    let text = if format == Format::Json { json_text(&text) } else { text };
    match arguments.out {
        Some(path) => file::write(&path, &text, arguments.force),
        None if io::stdout().is_terminal() => Ok(write!(out, "{}", plain_lines(&text.replace('\r', "")))?),
        None => Ok(out.write_all(text.as_bytes())?),
    }
}
