//! `diptych query`: the same question in every world, and where each answer came from.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use serde_json::{Map, Value, json};

use super::commands::write_fields;
use super::settings::Worlds;
use super::stopped::Stopped;
use super::text::{self, json_line};
use super::{Out, default_directory, note};
use crate::application::queries::{Query, Source};
use crate::world::{Directory, Freshness, Opening, Playground, QueryReply};

/// Ask a playground a question, in every world
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  diptych query                                      which queries there are\n  \
                  diptych query active-products-under price=1000     of the playground in your data directory\n  \
                  diptych query order-summary --dir DIR --json")]
pub(super) struct Arguments {
    /// The query's name; without one, the queries are listed
    name: Option<String>,
    /// What it asks for, as FIELD=VALUE
    #[arg(value_name = "FIELD=VALUE")]
    fields: Vec<String>,
    /// The playground's directory; otherwise the one in your data directory
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Which worlds are asked
    #[arg(long, value_enum, default_value_t = Worlds::All)]
    world: Worlds,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: Arguments, out: &mut Out) -> Result<(), Stopped> {
    let Some(name) = &arguments.name else { return Ok(list(out)?) };
    let query = Query::read(name, &fields(name, &arguments.fields)?)?;
    let path = arguments.dir.map_or_else(default_directory, Ok)?;
    let opening = Opening { worlds: arguments.world.kinds(), ..Opening::of(Directory::existing(&path)?) };
    let mut playground = Playground::open(opening)?;
    for notice in playground.take_notices() {
        note(&notice);
    }
    for reply in playground.ask(&query)? {
        if arguments.json {
            writeln!(out, "{}", json_line(&as_json(&query, &reply)))?;
        } else {
            write_reply(out, &reply)?;
        }
    }
    Ok(())
}

/// Every query there is.
pub(super) fn list(out: &mut dyn Write) -> io::Result<()> {
    for description in Query::ALL {
        writeln!(out, "{}", dashed(description.name))?;
        write_fields(out, description)?;
    }
    Ok(())
}

/// `AveragePrice` as people type it: `average-price`.
fn dashed(name: &str) -> String {
    let mut dashed = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !dashed.is_empty() {
            dashed.push('-');
        }
        dashed.extend(letter.to_lowercase());
    }
    dashed
}

/// What was given, in the kinds that the query's fields have.
pub(super) fn fields(name: &str, given: &[String]) -> Result<Map<String, Value>, Stopped> {
    let plain = name.replace(['-', '_'], "");
    let description = Query::ALL.iter().find(|description| description.name.eq_ignore_ascii_case(&plain));
    let mut fields = Map::new();
    for pair in given {
        let Some((field, value)) = pair.split_once('=') else {
            return Err(Stopped::Failed(format!("`{pair}` is no FIELD=VALUE, as in price=1000")));
        };
        let known = description.and_then(|query| query.fields.iter().find(|known| known.name == field));
        let value = known.map_or_else(|| Value::from(value), |known| known.kind.from_text(value));
        if fields.insert(field.to_owned(), value).is_some() {
            return Err(Stopped::Failed(format!("{field}: is given twice")));
        }
    }
    Ok(fields)
}

/// A world's answer, and where it came from.
pub(super) fn write_reply(out: &mut dyn Write, reply: &QueryReply) -> io::Result<()> {
    let source = match &reply.answer.source {
        Source::Table(table) => format!("rows of {table}"),
        Source::Stream(stream) => format!("the fold of {}", text::plain(stream)),
    };
    let fresh = match reply.freshness {
        Freshness::Current => "what the commands wrote".to_owned(),
        Freshness::ReadModel { at, behind: 0 } => format!("a read model, up to date at event {at}"),
        Freshness::ReadModel { at, behind } => format!("a read model at event {at}, {behind} behind the log"),
    };
    writeln!(out, "{:<6}  from {source} ({fresh})", reply.world.name())?;
    if reply.answer.rows.is_empty() {
        return writeln!(out, "        no rows");
    }
    text::table(out, "        ", &reply.answer.rows, str::to_owned)
}

fn as_json(query: &Query, reply: &QueryReply) -> Value {
    let source = match &reply.answer.source {
        Source::Table(table) => json!({ "table": table }),
        Source::Stream(stream) => json!({ "stream": stream }),
    };
    let freshness = match reply.freshness {
        Freshness::Current => json!({ "kind": "current" }),
        Freshness::ReadModel { at, behind } => json!({ "kind": "read model", "at": at.0, "behind": behind }),
    };
    json!({
        "world": reply.world.name(),
        "query": query.description().name,
        "rows": reply.answer.rows,
        "source": source,
        "freshness": freshness,
    })
}
