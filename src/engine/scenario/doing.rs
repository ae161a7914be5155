//! The command of a scene, read from its file: checked as far as it can be without running anything.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::names::{self, Reference};
use super::{Beside, Doing, Expect, duration, fault};
use crate::application::commands::{Command, Unreadable};
use crate::application::fields::{Description, Mismatch, nearest, suggestion};
use crate::files::{Mistakes, Placed, Table};
use crate::world::Order;

/// The names that earlier scenes have bound.
pub(super) type Bound = BTreeSet<String>;

/// More names than this are not listed.
const MANY: usize = 20;

/// What stands in `beside`.
const BESIDE: [&str; 6] = ["do", "with", "as", "expect", "fault", "order"];

/// Reads `do` and what belongs to it, another command at the same time included.
pub(super) fn read(scene: Table<'_>, bound: &mut Bound, mistakes: &mut Mistakes) -> Option<Doing> {
    let mut before = bound.clone();
    let mut doing = read_one(scene, bound, mistakes)?;
    if let Some(table) = scene.table("beside", mistakes) {
        table.expect_only(&BESIDE, mistakes);
        let order = table.parsed("order", mistakes, str::parse::<Order>);
        if table.get("order").is_none() {
            mistakes.note(table.at, "beside: order is missing; expected who moves, as in order = \"a@loaded:1 b* a*\"");
        }
        if table.get("do").is_none() {
            mistakes.note(table.at, "beside: do is missing; expected a command");
        }
        // The two begin at once: neither knows the names that the other binds.
        let other = read_one(table, &mut before, mistakes)?;
        if let Some(name) = other.name.as_ref().filter(|name| !bound.insert((*name).clone())) {
            mistakes.note(table.at, format!("as: `{name}` is bound already; choose another name"));
        }
        doing.beside = Some(Box::new(Beside { doing: other, order: order.unwrap_or_default() }));
    }
    Some(doing)
}

/// Reads `do` and what belongs to it. What has no `do` beside it is a mistake.
fn read_one(scene: Table<'_>, bound: &mut Bound, mistakes: &mut Mistakes) -> Option<Doing> {
    if scene.get("do").is_none() {
        for key in ["with", "as", "after", "expect", "fault", "beside"] {
            if let Some(at) = scene.place_of(key) {
                mistakes.note(at, format!("`{key}` belongs to a command, and there is no `do` in this scene"));
            }
        }
        return None;
    }
    let command = scene.text("do", mistakes);
    let description = command.and_then(|(name, at)| describe(name, at, mistakes));
    let fields = scene.table("with", mistakes);
    let with = fields.map(|fields| fields.json(mistakes)).unwrap_or_default();
    let after = scene.parsed("after", mistakes, duration::parse);
    let expect = scene.table("expect", mistakes).map(|expect| read_expect(expect, bound, mistakes));
    if let (Some(description), Some((_, at))) = (description, command)
        && (fields.is_some() || scene.get("with").is_none())
    {
        check(description, &with, fields, at, bound, mistakes);
    }
    let name = read_name(scene, description, expect.as_ref(), bound, mistakes);
    let faults = fault::read(scene, mistakes);
    Some(Doing { command: command?.0.to_owned(), with, name, after, expect, faults, beside: None })
}

fn describe(name: &str, at: usize, mistakes: &mut Mistakes) -> Option<&'static Description> {
    let found = Command::ALL.iter().find(|description| description.name == name);
    if found.is_none()
        && let Err(error) = Command::read(name, &Map::new())
    {
        mistakes.note(at, format!("do: {error}"));
    }
    found
}

/// Reads the command as it will be read when it runs, with something in place of ids that are not known yet.
fn check(
    description: &Description,
    with: &Map<String, Value>,
    fields: Option<Table<'_>>,
    command_at: usize,
    bound: &Bound,
    mistakes: &mut Mistakes,
) {
    let mut filled = with.clone();
    let met: Result<(), Mismatch> = names::for_each_id(description, &mut filled, |path, id| {
        match Reference::read(id) {
            Reference::Name(name) => {
                if let Err(what) = check_bound(name, bound) {
                    mistakes.note(locate(description, fields, path).unwrap_or(command_at), format!("{path}: {what}"));
                }
                "id".clone_into(id);
            }
            Reference::Id(text) => *id = text.to_owned(),
        }
        Ok(())
    });
    let read = met.map_err(Unreadable::from).and_then(|()| Command::read(description.name, &filled));
    if let Err(error) = read {
        let at = match &error {
            Unreadable::Field(mismatch) => locate(description, fields, &mismatch.field),
            _ => None,
        };
        mistakes.note(at.unwrap_or(command_at), format!("{}: {error}", description.name));
    }
}

/// Whether a name is bound, and what to say if it is not.
fn check_bound(name: &str, bound: &Bound) -> Result<(), String> {
    if bound.contains(name) {
        return Ok(());
    }
    let shown: String = name.escape_debug().take(60).collect();
    if !names::is_name(name) {
        return Err(format!("`@{shown}` is no name; an id that begins with @ is written @@"));
    }
    if bound.is_empty() {
        return Err(format!("`@{shown}` is used before it is bound; no scene before this one has an `as`"));
    }
    let known: Vec<_> = bound.iter().map(String::as_str).collect();
    match nearest(name, &known) {
        None if known.len() > MANY => Err(format!("`@{shown}` is used before it is bound, and nothing like it is")),
        _ => Err(format!("`@{shown}` is used before it is bound; {}", suggestion(name, &known))),
    }
}

fn read_name(
    scene: Table<'_>,
    description: Option<&Description>,
    expect: Option<&Expect>,
    bound: &mut Bound,
    mistakes: &mut Mistakes,
) -> Option<String> {
    let (name, at) = scene.text("as", mistakes)?;
    let shown: String = name.escape_debug().take(60).collect();
    if !names::is_name(name) {
        mistakes.note(at, format!("as: `{shown}` is no name; expected at most 60 letters, digits, - and _"));
        return None;
    }
    if let Some(description) = description.filter(|description| description.creates.is_none()) {
        mistakes.note(at, format!("as: {} creates nothing that could be called `{shown}`", description.name));
    }
    let refused = expect.is_some_and(|expect| {
        expect.error.is_some() || expect.status.is_some_and(|status| !(200..300).contains(&status))
    });
    if refused {
        mistakes.note(at, format!("as: a command that is expected to be refused creates nothing to call `{shown}`"));
    }
    if !bound.insert(name.to_owned()) {
        mistakes.note(at, format!("as: `{shown}` is bound already; choose another name"));
    }
    Some(name.to_owned())
}

fn read_expect(expect: Table<'_>, bound: &Bound, mistakes: &mut Mistakes) -> Expect {
    expect.expect_only(&["status", "error"], mistakes);
    let status = expect.number("status", mistakes);
    if let (Some(number), Some(value)) = (status, expect.get("status"))
        && !(200..600).contains(&number)
    {
        mistakes.note(value.span().start, format!("status: {number} is no status; expected one of 200 to 599"));
    }
    let error = expect.text("error", mistakes);
    if let Some((text, at)) = error
        && let Err(name) = names::fill_in(text, |name| check_bound(name, bound).is_ok().then(String::new))
        && let Err(what) = check_bound(&name, bound)
    {
        mistakes.note(at, format!("error: {what}"));
    }
    if expect.get("status").is_none() && expect.get("error").is_none() {
        mistakes.note(expect.at, "expect: is empty; expected status, error or both");
    }
    Expect {
        status: status.and_then(|status| u16::try_from(status).ok()),
        error: error.map(|(text, _)| text.to_owned()),
    }
}

/// The byte of a field's value: of `items[2].quantity`. What is unknown is shown at its key, what is missing at the table around.
fn locate(description: &Description, fields: Option<Table<'_>>, path: &str) -> Option<usize> {
    let of_a_line = ["product_id", "quantity", "unit_price"];
    let mut known: Vec<_> = description.fields.iter().map(|field| field.name).collect();
    let mut table = fields?;
    let mut at = table.at;
    for part in path.split('.') {
        let (key, indexes) = part.split_once('[').unwrap_or((part, ""));
        let Some(mut value) = table.get(key) else { return Some(at) };
        if !known.contains(&key) {
            return table.place_of(key);
        }
        for index in indexes.split('[').filter_map(|index| index.trim_end_matches(']').parse::<usize>().ok()) {
            let Some(item) = item(value, index) else { break };
            value = item;
        }
        at = value.span().start;
        match value.get_ref().as_table() {
            Some(entries) => {
                table = Table::new(entries, at);
                known = of_a_line.to_vec();
            }
            None => break,
        }
    }
    Some(at)
}

fn item<'a>(value: &'a Placed<'a>, index: usize) -> Option<&'a Placed<'a>> {
    value.get_ref().as_array()?.get(index)
}
