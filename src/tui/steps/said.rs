//! Steps and what is where, in words for a line.

use serde_json::{Map, Value};

use crate::kernel::probe::StepKind;
use crate::tui::explore::field_text;
use crate::tui::text;
use crate::world::{Holding, HoldingPlace, TraceStep};

/// What a step is about, without its name.
pub fn step(step: &TraceStep) -> String {
    let (subject, detail) = (&step.step.subject, &step.step.detail);
    let said = match step.step.kind {
        StepKind::Received | StepKind::Validated | StepKind::Logged | StepKind::Returned | StepKind::Reopened => {
            detail.clone()
        }
        StepKind::Publishing => format!("{} → {detail}", text::short_event(subject)),
        _ if subject.is_empty() || detail.is_empty() => format!("{subject}{detail}"),
        _ => format!("{subject}: {detail}"),
    };
    text::shorten_ids(&said).replace("Event,", ",")
}

/// What something is called where it is, and what it says there; what it said before stands before what has changed.
pub fn holding(holding: &Holding, before: Option<&Holding>) -> (String, String) {
    let key = text::shorten_ids(&holding.key);
    let key = key.split(' ').map(text::short_event).collect::<Vec<_>>().join(" ");
    match (holding.place, holding.cells.get("data")) {
        (HoldingPlace::Log, Some(Value::Object(data))) => (key, fields(data, None, &holding.key)),
        (HoldingPlace::Store, _) => (key, fields(&holding.cells, before.map(|one| &one.cells), &holding.key)),
        (HoldingPlace::Subscriber, _) => {
            let cells: Map<_, _> = holding.cells.iter().filter(|(name, _)| *name != "last_event").map(clone).collect();
            (key, fields(&cells, before.map(|one| &one.cells), &holding.key))
        }
        _ => (key, fields(&holding.cells, before.map(|one| &one.cells), &holding.key)),
    }
}

fn clone((name, value): (&String, &Value)) -> (String, Value) {
    (name.clone(), value.clone())
}

/// A subscriber that stands where it stood.
pub fn subscriber(holding: &Holding) -> String {
    let position = holding.cells.get("position").and_then(Value::as_u64).unwrap_or_default();
    format!("{} at {position}", holding.key)
}

/// Fields in a line: what has changed first; times, what is nothing, and the id of what they are fields `of` left out.
pub fn fields(cells: &Map<String, Value>, before: Option<&Map<String, Value>>, of: &str) -> String {
    let mut changed = Vec::new();
    let mut same = Vec::new();
    for (name, value) in cells {
        if name.ends_with("_at") && before.is_none_or(|before| before.get(name).is_some()) || name == "id" {
            continue;
        }
        let own = name.ends_with("_id") && value.as_str().is_some_and(|id| !id.is_empty() && of.contains(id));
        if own {
            continue;
        }
        // Lists are text in a table's cell.
        let list = value.as_str().filter(|text| text.starts_with('[')).and_then(|text| serde_json::from_str(text).ok());
        let value: &Value = list.as_ref().unwrap_or(value);
        match before.and_then(|before| before.get(name)) {
            Some(old) if old != value => {
                let new = field_text(name, value);
                let (name, new) = new.split_once(' ').unwrap_or(("", &new));
                let old = field_text(name, old);
                let old = old.split_once(' ').map_or(old.as_str(), |(_, old)| old);
                changed.push(format!("{name} {old} → {new}"));
            }
            _ if value.is_null() => {}
            _ => same.push(field_text(name, value)),
        }
    }
    changed.append(&mut same);
    changed.join(" · ")
}
