//! A scene, read from its file.

use toml::de::DeValue;

use super::doing::{self, Bound};
use super::{Scenario, Scene, duration};
use crate::domain::Context;
use crate::files::{Mistakes, Table, kind};
use crate::kernel::Timestamp;
use crate::world::{Policy, Wiring};

const HEADER: [&str; 7] = ["title", "seed", "start", "clock_step", "wiring", "policy", "scene"];
const SCENE: [&str; 14] = [
    "say", "ask", "reveal", "do", "with", "as", "after", "expect", "set", "options", "answer", "show", "fault",
    "beside",
];

/// Reads a whole file.
pub(super) fn scenario(file: Table<'_>, mistakes: &mut Mistakes) -> Scenario {
    file.expect_only(&HEADER, mistakes);
    if file.get("title").is_none() {
        mistakes.note(0, "title: is missing; expected title = \"what the scenario is about\"");
    }
    Scenario {
        title: file.words("title", mistakes).unwrap_or_default(),
        seed: file.number("seed", mistakes),
        start: start(file, mistakes),
        step: file.parsed("clock_step", mistakes, duration::parse),
        wiring: wiring(file, mistakes),
        policy: file.parsed("policy", mistakes, str::parse::<Policy>),
        scenes: scenes(file, mistakes),
    }
}

/// A moment, in quotes or as TOML's own.
fn start(file: Table<'_>, mistakes: &mut Mistakes) -> Option<Timestamp> {
    let value = file.get("start")?;
    let text = match value.get_ref() {
        DeValue::Datetime(moment) => moment.to_string(),
        DeValue::String(text) => text.to_string(),
        other => kind(other),
    };
    let shown: String = text.escape_debug().take(40).collect();
    let read = Timestamp::parse(&text)
        .map_err(|_| format!("`{shown}` is no moment; expected RFC 3339, as in 2024-01-01T10:00:00Z"));
    mistakes.accept("start", value.span().start, read)
}

/// `"ordering=events"`, or a table of contexts and patterns.
fn wiring(file: Table<'_>, mistakes: &mut Mistakes) -> Option<Wiring> {
    if !file.get("wiring")?.get_ref().is_table() {
        return file.parsed("wiring", mistakes, str::parse);
    }
    let table = file.table("wiring", mistakes)?;
    let known = Context::ALL.map(Context::name);
    table.expect_only(&known, mistakes);
    let mut parts = Vec::new();
    for context in known {
        let part = |pattern: &str| {
            let part = format!("{context}={pattern}");
            part.parse::<Wiring>().map(|_| part)
        };
        parts.extend(table.parsed(context, mistakes, part));
    }
    parts.join(",").parse().ok()
}

fn scenes(file: Table<'_>, mistakes: &mut Mistakes) -> Vec<Scene> {
    let Some(value) = file.get("scene") else {
        // At the file's end, where it could be added: what is wrong before that is told first.
        mistakes.note(usize::MAX, "scene: is missing; expected at least one [[scene]]");
        return Vec::new();
    };
    let at = value.span().start;
    let Some(list) = value.get_ref().as_array() else {
        mistakes.note(at, "scene: expected [[scene]], in two brackets, for each scene");
        return Vec::new();
    };
    let mut bound = Bound::new();
    let mut scenes = Vec::new();
    for one in list.iter() {
        match one.get_ref().as_table() {
            Some(entries) => scenes.push(scene(Table::new(entries, one.span().start), &mut bound, mistakes)),
            None => mistakes.note(one.span().start, "scene: expected a table"),
        }
    }
    if scenes.is_empty() {
        mistakes.note(at, "scene: holds nothing; expected at least one [[scene]]");
    }
    scenes
}

fn scene(table: Table<'_>, bound: &mut Bound, mistakes: &mut Mistakes) -> Scene {
    table.expect_only(&SCENE, mistakes);
    reserved(table, mistakes);
    if table.get("ask").is_none()
        && let Some(at) = table.place_of("reveal")
    {
        mistakes.note(at, "`reveal` belongs to a question, and there is no `ask` in this scene");
    }
    if ["say", "ask", "do", "set"].iter().all(|key| table.get(key).is_none()) {
        mistakes.note(table.at, "the scene does nothing; expected say, ask, do or set in it");
    }
    Scene {
        say: table.words("say", mistakes),
        ask: table.words("ask", mistakes),
        reveal: table.words("reveal", mistakes),
        set_policy: table.table("set", mistakes).and_then(|set| policy(set, mistakes)),
        doing: doing::read(table, bound, mistakes),
    }
}

fn policy(set: Table<'_>, mistakes: &mut Mistakes) -> Option<Policy> {
    set.expect_only(&["policy"], mistakes);
    if set.is_empty() {
        mistakes.note(set.at, "set: sets nothing; expected { policy = \"mended\" }");
    }
    set.parsed("policy", mistakes, str::parse)
}

/// Keys that a later version gives a meaning: checked for their type.
fn reserved(table: Table<'_>, mistakes: &mut Mistakes) {
    table.text("show", mistakes);
    if let Some(value) = table.get("options")
        && !value.get_ref().as_array().is_some_and(|options| options.iter().all(|option| option.get_ref().is_str()))
    {
        mistakes.note(value.span().start, "options: expected a list of texts");
    }
    if let Some(value) = table.get("answer")
        && !(value.get_ref().is_str() || value.get_ref().is_integer())
    {
        mistakes.note(value.span().start, "answer: expected one of the options, as text or by its number");
    }
}
