//! The faults of a scene, read from its file and written to it.

use chrono::TimeDelta;

use super::duration;
use crate::files::{Mistakes, Table};
use crate::world::{Fault, FaultKind};

const KEYS: [&str; 4] = ["at", "world", "kind", "delay"];

/// Reads `fault`: a table, or a list of tables.
pub(super) fn read(scene: Table<'_>, mistakes: &mut Mistakes) -> Vec<Fault> {
    let Some(value) = scene.get("fault") else { return Vec::new() };
    match value.get_ref().as_array() {
        None => scene.table("fault", mistakes).and_then(|table| read_one(table, mistakes)).into_iter().collect(),
        Some(list) => list
            .iter()
            .filter_map(|item| match item.get_ref().as_table() {
                Some(entries) => read_one(Table::new(entries, item.span().start), mistakes),
                None => {
                    mistakes.note(item.span().start, "fault: expected a table { at = …, kind = … }");
                    None
                }
            })
            .collect(),
    }
}

fn read_one(table: Table<'_>, mistakes: &mut Mistakes) -> Option<Fault> {
    table.expect_only(&KEYS, mistakes);
    for (key, example) in [("at", "publishing:1"), ("kind", "crash")] {
        if table.get(key).is_none() {
            mistakes.note(table.at, format!("fault: {key} is missing; expected {key} = \"{example}\""));
        }
    }
    let at = table.parsed("at", mistakes, str::parse);
    let world = table.parsed("world", mistakes, str::parse);
    let kind = table.parsed("kind", mistakes, str::parse);
    let delay = table.parsed("delay", mistakes, duration::parse);
    if let (Some(at), Some(FaultKind::Fail | FaultKind::Crash)) = (table.place_of("delay"), kind) {
        mistakes.note(at, "delay: belongs to kind = \"slow\"");
    }
    let kind = match (kind?, delay) {
        (FaultKind::Slow(_), Some(delay)) => FaultKind::Slow(millis(delay)),
        (kind, _) => kind,
    };
    Some(Fault { at: at?, world, kind })
}

fn millis(delay: TimeDelta) -> u32 {
    u32::try_from(delay.num_milliseconds()).unwrap_or(u32::MAX)
}

/// The key with its value, as it is read; nothing where there are none.
pub(super) fn written(faults: &[Fault]) -> Option<String> {
    let written: Vec<_> = faults.iter().map(one).collect();
    match &*written {
        [] => None,
        [one] => Some(format!("fault = {one}")),
        all => Some(format!("fault = [{}]", all.join(", "))),
    }
}

fn one(fault: &Fault) -> String {
    let mut text = format!("{{ at = \"{}\"", fault.at);
    if let Some(world) = fault.world {
        text.push_str(&format!(", world = \"{}\"", world.name()));
    }
    text.push_str(&format!(", kind = \"{}\"", fault.kind.name()));
    if let FaultKind::Slow(millis) = fault.kind {
        text.push_str(&format!(", delay = \"{}\"", duration::show(TimeDelta::milliseconds(millis.into()))));
    }
    text + " }"
}
