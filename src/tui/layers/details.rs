//! Everything about one thing: a row, a fact, a step of the trace.

use serde_json::Value;

use super::{Layer, Reading};
use crate::kernel::Fact;
use crate::tui::explore::{Line, Pane, aggregate, is_telling};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::world::{Listed, WorldKind};

impl Layer {
    /// A row of *what is*.
    pub fn row(pane: &Pane, row: &Listed) -> Self {
        let name = format!("{} {}", aggregate(pane.context), text::short_id(&row.id));
        let mut reading = Reading::new(name, format!("{} · what is", pane.world.name()));
        let stored = match row.updated_at {
            Some(time) => format!("a stored row, last written {time}; version {}", row.version),
            None => format!("computed from its {} facts, not stored", row.version),
        };
        reading.line(stored, Role::Dim);
        reading.line("", Role::Text);
        json(&mut reading, &row.state);
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
