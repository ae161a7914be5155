//! `diptych commands`: what each command takes.

use std::io::{self, Write};

use clap::Args;
use serde_json::{Map, Value, json};

use super::Out;
use super::stopped::Stopped;
use super::text::json_line;
use crate::application::commands::Command;
use crate::application::fields::{Description, Kind, suggestion};

/// List the commands that scenarios use, with their fields
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Only this command
    name: Option<String>,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments, out: &mut Out) -> Result<(), Stopped> {
    let chosen: Vec<&Description> = match &arguments.name {
        None => Command::ALL.iter().collect(),
        Some(name) => {
            let found = Command::ALL.iter().find(|description| description.name.eq_ignore_ascii_case(name));
            let Some(found) = found else {
                let known: Vec<_> = Command::ALL.iter().map(|description| description.name).collect();
                return Err(Stopped::Failed(format!("`{name}` is no command; {}", suggestion(name, &known))));
            };
            vec![found]
        }
    };
    for (index, description) in chosen.into_iter().enumerate() {
        if arguments.json {
            writeln!(out, "{}", json_line(&as_json(description)))?;
        } else {
            if index > 0 {
                writeln!(out)?;
            }
            writeln!(out, "{} ({})", description.name, description.context.name())?;
            write_fields(out, description)?;
        }
    }
    Ok(())
}

/// What it does, and its fields: also for queries.
pub(super) fn write_fields(out: &mut dyn Write, description: &Description) -> io::Result<()> {
    writeln!(out, "  {}", description.about)?;
    for field in description.fields {
        let name = format!("{}{}", field.name, if field.required { "" } else { "?" });
        writeln!(out, "    {name:<18} {}; {}", field.about.trim_end_matches('.'), field.kind.expected())?;
    }
    if let Some(field) = description.creates {
        writeln!(out, "  creates what `as` names: the result's {field}")?;
    }
    Ok(())
}

fn as_json(description: &Description) -> Value {
    let fields: Vec<_> = description
        .fields
        .iter()
        .map(|field| {
            let mut about = Map::new();
            about.insert("name".to_owned(), field.name.into());
            about.insert("kind".to_owned(), kind(field.kind).into());
            if let Kind::Id(of) = field.kind {
                about.insert("of".to_owned(), of.into());
            }
            about.insert("required".to_owned(), field.required.into());
            about.insert("about".to_owned(), field.about.into());
            Value::Object(about)
        })
        .collect();
    json!({
        "command": description.name,
        "context": description.context.name(),
        "about": description.about,
        "fields": fields,
        "creates": description.creates,
    })
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Id(_) => "id",
        Kind::Text => "text",
        Kind::Money => "money",
        Kind::Integer => "integer",
        Kind::Lines => "lines",
    }
}
