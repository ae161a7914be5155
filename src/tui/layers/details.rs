//! Everything about one thing: a row, a fact, a step of the trace.

use serde_json::Value;

use super::{Layer, Reading};
use crate::application::queries::Source;
use crate::kernel::table::Value as Cell;
use crate::kernel::{Fact, Version};
use crate::tui::explore::{Line, Pane, aggregate, is_telling};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::world::{Freshness, Listed, QueryReply, StoredRow, WorldKind};

impl Layer {
    /// A row of *what is*.
    pub fn row(pane: &Pane, row: &Listed) -> Self {
        let name = format!("{} {}", aggregate(pane.context), text::short_id(&row.id));
        let mut reading = Reading::new(name, format!("{} · what is", pane.world.name()));
        let stored = match row.updated_at {
            Some(time) => format!("a stored row, last written {time}; version {}", row.version),
            None if row.version == Version(1) => "computed from its only fact, not stored".to_owned(),
            None => format!("computed from its {} facts, not stored", row.version),
        };
        reading.line(stored, Role::Dim);
        reading.line("", Role::Text);
        json(&mut reading, &row.state);
        Self::Reading(reading)
    }

    /// How an aggregate is stored: its row, column by column, with the rows of its lines.
    pub fn stored(world: WorldKind, stream: &str, row: Option<&StoredRow>) -> Self {
        let mut reading = Reading::new(text::short_stream(stream), format!("{} · as stored", world.name()));
        let Some(row) = row else {
            reading.line("no row: only facts are stored, and this is computed from them", Role::Dim);
            return Self::Reading(reading);
        };
        reading.line(format!("a row of {}, as SQLite has it", row.table), Role::Dim);
        reading.line("", Role::Text);
        let widest = row.cells.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
        for (name, value) in &row.cells {
            let role = if *value == Cell::Null { Role::Dim } else { Role::Text };
            reading.line(format!("{name:<widest$}  {value}"), role);
        }
        for (index, line) in row.lines.iter().enumerate() {
            reading.heading(format!("line {}", index + 1));
            for (name, value) in line.iter().skip(2) {
                reading.line(format!("  {name:<widest$}  {value}"), Role::Text);
            }
        }
        Self::Reading(reading)
    }

    /// What each world answers to the same question, where it has it from and how fresh it is.
    pub fn answers(query: &str, replies: &[QueryReply]) -> Self {
        let mut reading = Reading::new(query, "the same question in every world");
        for reply in replies {
            let source = match &reply.answer.source {
                Source::Table(table) => format!("rows of {table}"),
                Source::Stream(stream) => format!("the fold of {}", text::short_stream(stream)),
            };
            let fresh = match reply.freshness {
                Freshness::Current => "what the commands wrote".to_owned(),
                Freshness::ReadModel { at, behind: 0 } => format!("a read model, up to date at event {at}"),
                Freshness::ReadModel { at, behind } => format!("a read model at event {at}, {behind} behind the log"),
            };
            reading.heading(format!("{} · {}", reply.world.name(), reply.world.title()));
            reading.line(format!("  from {source}: {fresh}"), Role::Dim);
            if reply.answer.rows.is_empty() {
                reading.line("  nothing", Role::Dim);
            }
            for row in &reply.answer.rows {
                reading.line(format!("  {}", one_line(row)), Role::Text);
            }
            for statement in &reply.statements {
                reading.line(format!("  {}", statement.text), Role::Dim);
            }
        }
        Self::Reading(reading)
    }

    /// A fact.
    pub fn fact(pane: &Pane, fact: &Fact) -> Self {
        let title = format!("{} · v{}", fact.event_type, fact.version);
        let mut reading = Reading::new(title, format!("{} · what happened", pane.world.name()));
        let kept = match fact.position {
            Some(position) => format!("#{position} of the log"),
            None => "published, not kept: gone when this window closes".to_owned(),
        };
        reading.line(kept, Role::Dim);
        reading.line("", Role::Text);
        for (name, value) in [
            ("stream", fact.stream.clone()),
            ("version", fact.version.to_string()),
            ("recorded", fact.recorded_at.to_string()),
            ("event id", fact.event_id.clone()),
            ("schema version", fact.schema_version.to_string()),
        ] {
            reading.line(format!("{name:<16}{value}"), Role::Text);
        }
        reading.heading("data");
        source(&mut reading, &fact.data);
        reading.heading("metadata");
        source(&mut reading, &fact.metadata);
        Self::Reading(reading)
    }

    /// A step of the trace in both worlds, with every statement.
    pub fn step(worlds: [WorldKind; 2], line: &Line) -> Self {
        let label = line.iter().flatten().map(|told| told.label).next().unwrap_or("step");
        let mut reading = Reading::new(format!("step: {label}"), "as it was run");
        for (world, told) in worlds.iter().zip(line) {
            reading.heading(format!("{} · {}", world.name(), world.title()));
            let Some(told) = told else {
                reading.line("  no such step in this world", Role::Dim);
                continue;
            };
            reading.line(format!("  {}", told.text), if told.refused { Role::Refused } else { Role::Text });
            if told.statements.is_empty() {
                reading.line("  the store was not asked", Role::Dim);
            }
            for statement in &told.statements {
                let telling = is_telling(&statement.text);
                let rows = match statement.rows {
                    _ if !telling => String::new(),
                    1 => "  → 1 row".to_owned(),
                    rows => format!("  → {rows} rows"),
                };
                let role = if telling { Role::Text } else { Role::Dim };
                reading.line(format!("  {}{rows}", statement.text), role);
            }
        }
        Self::Reading(reading)
    }
}

/// A row's fields one after the other, ids shortened.
fn one_line(row: &Value) -> String {
    let Some(fields) = row.as_object() else { return row.to_string() };
    let shown = |value: &Value| match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => text::shorten_ids(text),
        other => text::shorten_ids(&other.to_string()),
    };
    let fields: Vec<_> = fields.iter().map(|(name, value)| format!("{name} {}", shown(value))).collect();
    fields.join(" · ")
}

fn source(reading: &mut Reading, text: &str) {
    match serde_json::from_str(text) {
        Ok(value) => json(reading, &value),
        Err(_) => reading.line(text, Role::Text),
    }
}

fn json(reading: &mut Reading, value: &Value) {
    let pretty = serde_json::to_string_pretty(value).unwrap_or_default();
    pretty.lines().for_each(|line| reading.line(line, Role::Text));
}
