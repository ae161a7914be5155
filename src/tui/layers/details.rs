//! Everything about one thing: a row, a fact, a step of the trace.

use serde_json::Value;

use super::{Layer, Reading};
use crate::kernel::table::Value as Cell;
use crate::kernel::{Fact, Version};
use crate::tui::explore::{Line, Pane, aggregate, is_telling, key_fields};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::world::{Listed, RowChange, StoredRow, WorldKind, Written};

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
    pub fn step(worlds: [WorldKind; 2], line: &Line, rule: Option<(String, String)>) -> Self {
        let label = line.iter().flatten().map(|told| told.label).next().unwrap_or("step");
        let mut reading = Reading::new(format!("step: {label}"), "as it was run");
        for (world, told) in worlds.iter().zip(line) {
            reading.heading(format!("{} · {}", world.name(), world.title()));
            let Some(told) = told else {
                reading.line("  no such step in this world", Role::Dim);
                continue;
            };
            reading.line(format!("  {}", told.text), if told.refused { Role::Refused } else { Role::Text });
            if let Some((name, file)) = rule.as_ref().filter(|_| told.label == "decide") {
                let said = if told.refused { "the rule that said no" } else { "the rule that was asked" };
                reading.line(format!("  {said}: {name} in {file}"), Role::Strong);
            }
            folded(&mut reading, &told.folded);
            told.rows.iter().for_each(|change| changed(&mut reading, change));
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

/// The facts that a load has folded.
fn folded(reading: &mut Reading, facts: &[Fact]) {
    if facts.is_empty() {
        return;
    }
    reading.line("  folded, oldest first:", Role::Dim);
    for fact in facts {
        let (version, event) = (fact.version, text::short_event(&fact.event_type));
        reading.line(format!("    v{version}  {event}  {}", key_fields(fact)), Role::Events);
    }
}

/// A row before and after: the columns that have changed, old → new.
fn changed(reading: &mut Reading, change: &RowChange) {
    let table = change.table;
    let cells = |row: &Option<Written>| row.as_ref().map(|row| row.cells.clone()).unwrap_or_default();
    let (before, after) = (cells(&change.before), cells(&change.after));
    let key = after.first().or(before.first()).map(ToString::to_string).unwrap_or_default();
    let what = match (&change.before, &change.after) {
        (None, _) => "a new row of",
        (_, None) => "a row gone from",
        _ => "overwritten in",
    };
    reading.line(format!("  {what} {} ({}):", table.name, text::short_id(&key)), Role::Dim);
    let widest = table.columns.iter().map(|column| column.name.len()).max().unwrap_or_default();
    for (index, column) in table.columns.iter().enumerate() {
        let line = match (before.get(index), after.get(index)) {
            (Some(old), Some(new)) if old == new => continue,
            (Some(old), Some(new)) => format!("{old} → {new}"),
            (None, Some(Cell::Null)) => continue,
            (None, Some(new)) => new.to_string(),
            (Some(old), None) => format!("{old} → gone"),
            (None, None) => continue,
        };
        reading.line(format!("    {:<widest$}  {}", column.name, text::shorten_ids(&line)), Role::State);
    }
    let lines = |row: &Option<Written>| row.as_ref().map_or(0, |row| row.lines);
    if let Some(table) = table.lines.filter(|_| lines(&change.before) != lines(&change.after)) {
        let (old, new) = (lines(&change.before), lines(&change.after));
        reading.line(format!("    {:<widest$}  {old} rows → {new} rows", table.name), Role::State);
    }
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
