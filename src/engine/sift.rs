//! Sifting: which rows of a list pass a typed text, and in which order they stand.
//!
//! Where a store can answer exactly (a state table in the order of one of its columns) it is asked. Everything else is read,
//! filtered and sorted here, once: what passed is kept until something else is put in, so that scrolling reads windows only.
//! Reading has a bound, and what is found says when the bound was met.

use std::cmp::Ordering;
use std::rc::Rc;

use serde_json::Value;

use super::published::Published;
use super::view::{Column, columns};
use crate::domain::{Context, Money};
use crate::kernel::event::Kept;
use crate::kernel::store::{LogRange, Order, Window};
use crate::kernel::{Fact, Failure, Position};
use crate::world::{Listed, World, WorldKind};

/// At most so many aggregates are looked at.
const MOST_ROWS: u64 = 50_000;

/// At most so many events are searched, newest first.
const MOST_EVENTS: usize = 100_000;

/// So many events are read at a time.
const CHUNK: usize = 5_000;

/// A search that has found so many ends.
const MOST_FOUND: usize = 1_000;

/// So many answers are kept: of two panes, and of a form's choices.
const MOST_KEPT: usize = 6;

/// What a list is sifted by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sift {
    /// Each of its words must stand somewhere in the row.
    pub text: String,
    /// By which column; in order of creation otherwise. Events always stand newest first.
    pub sort: Option<Sort>,
}

/// A column to sort by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// The field of the state, or `version`.
    pub field: &'static str,
    /// Greatest first.
    pub descending: bool,
}

impl Sift {
    /// Everything that holds this text.
    pub fn of(text: impl Into<String>) -> Self {
        Self { text: text.into(), sort: None }
    }

    /// Whether it lets everything through as it is.
    pub fn is_idle(&self) -> bool {
        self.text.trim().is_empty() && self.sort.is_none()
    }

    fn words(&self) -> Vec<String> {
        self.text.to_lowercase().split_whitespace().map(str::to_owned).collect()
    }
}

/// A list that was sifted, of which windows are shown.
#[derive(Debug, Clone)]
pub(super) struct Found<T> {
    pub all: Rc<[T]>,
    /// Only so many were looked at, and there are more.
    pub bound: Option<u64>,
}

/// Answers by their questions.
type Answered<K, T> = Vec<(K, Found<T>)>;

/// What has been sifted since something was put in last.
#[derive(Default)]
pub(super) struct Sieve {
    ids: Answered<(WorldKind, Context, Sift), String>,
    facts: Answered<(WorldKind, Option<String>, String), Fact>,
}

impl Sieve {
    /// Forgets everything: something was put in.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    /// A window of the aggregates that pass, how many pass, and the bound if it was met. `count` is how many there are in all.
    pub fn rows(
        &mut self,
        world: &World,
        context: Context,
        sift: &Sift,
        window: Window,
        count: u64,
    ) -> Result<(Vec<Listed>, u64, Option<u64>), Failure> {
        let collection = world.collection(context);
        if sift.text.trim().is_empty() {
            let Some(sort) = sift.sort else { return Ok((collection.list(window)?, count, None)) };
            let order = Order { column: sort.field, descending: sort.descending };
            if let Some(rows) = collection.ordered(order, window)? {
                return Ok((rows, count, None));
            }
        }
        let found = self.ids(world, context, sift)?;
        let offset = usize::try_from(window.offset).unwrap_or(usize::MAX);
        let limit = usize::try_from(window.limit).unwrap_or(usize::MAX);
        let shown = found.all.iter().skip(offset).take(limit);
        let rows = shown.filter_map(|id| collection.get(id).transpose()).collect::<Result<_, _>>()?;
        Ok((rows, found.all.len() as u64, found.bound))
    }

    /// The ids of the aggregates that pass, in order.
    pub fn ids(&mut self, world: &World, context: Context, sift: &Sift) -> Result<Found<String>, Failure> {
        let key = (world.kind(), context, sift.clone());
        if let Some((_, found)) = self.ids.iter().find(|(known, _)| *known == key) {
            return Ok(found.clone());
        }
        let found = sift_rows(world, context, sift)?;
        remember(&mut self.ids, key, found.clone());
        Ok(found)
    }

    /// The facts that hold a text, newest first.
    pub fn facts(
        &mut self,
        world: &World,
        stream: Option<&str>,
        text: &str,
        published: &Published,
    ) -> Result<Found<Fact>, Failure> {
        let key = (world.kind(), stream.map(str::to_owned), text.to_owned());
        if let Some((_, found)) = self.facts.iter().find(|(known, _)| *known == key) {
            return Ok(found.clone());
        }
        let found = search(world, stream, &Sift::of(text).words(), published)?;
        remember(&mut self.facts, key, found.clone());
        Ok(found)
    }
}

fn remember<K, T>(kept: &mut Answered<K, T>, key: K, found: Found<T>) {
    if kept.len() >= MOST_KEPT {
        kept.remove(0);
    }
    kept.push((key, found));
}

fn sift_rows(world: &World, context: Context, sift: &Sift) -> Result<Found<String>, Failure> {
    const PAGE: u64 = 2_500;
    let (collection, columns, words) = (world.collection(context), columns(context), sift.words());
    let mut passed: Vec<(Sorted, String)> = Vec::new();
    let (mut offset, mut bound) = (0, None);
    loop {
        let page = collection.list(Window { offset, limit: PAGE })?;
        let read = page.len() as u64;
        for row in page {
            if passes(&row, columns, &words) {
                let by = sift.sort.map_or(Sorted::Nothing, |sort| Sorted::of(&row, sort.field));
                passed.push((by, row.id));
            }
        }
        offset += read;
        if read < PAGE {
            break;
        }
        if offset >= MOST_ROWS {
            bound = Some(offset);
            break;
        }
    }
    // Sorting keeps equals in order of creation, whichever way it goes.
    match sift.sort {
        None => {}
        Some(sort) if sort.descending => passed.sort_by(|(one, _), (other, _)| other.compare(one)),
        Some(_) => passed.sort_by(|(one, _), (other, _)| one.compare(other)),
    }
    Ok(Found { all: passed.into_iter().map(|(_, id)| id).collect(), bound })
}

fn passes(row: &Listed, columns: &[Column], words: &[String]) -> bool {
    words.iter().all(|word| {
        columns.iter().any(|column| {
            let value = column.value(&row.state).to_lowercase();
            // Ids are found by how they begin: anything may stand somewhere in one.
            if column.is_id() { value.starts_with(word.as_str()) } else { value.contains(word.as_str()) }
        })
    })
}

/// What a row is sorted by: numbers as numbers, everything else as text.
#[derive(Debug, PartialEq)]
enum Sorted {
    Nothing,
    Number(Money),
    Text(String),
}

impl Sorted {
    fn of(row: &Listed, field: &'static str) -> Self {
        if field == "version" {
            return row.version.to_string().parse().map_or(Self::Nothing, Self::Number);
        }
        let text = Column { field, right: true }.value(&row.state);
        match (row.state.get(field), text.parse::<Money>()) {
            (None | Some(Value::Null), _) => Self::Nothing,
            (_, Ok(number)) => Self::Number(number),
            (_, Err(_)) => Self::Text(text),
        }
    }

    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(one), Self::Number(other)) => one.cmp(other),
            (Self::Text(one), Self::Text(other)) => one.cmp(other),
            (one, other) => one.rank().cmp(&other.rank()),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Nothing => 0,
            Self::Number(_) => 1,
            Self::Text(_) => 2,
        }
    }
}

fn search(
    world: &World,
    stream: Option<&str>,
    words: &[String],
    published: &Published,
) -> Result<Found<Fact>, Failure> {
    let mut found = published.not_kept(world.kind(), stream);
    found.retain(|fact| tells(&fact.event_type, &fact.stream, &fact.data, words));
    let (mut searched, mut from) = (0, Position(0));
    let mut bound = None;
    loop {
        let (mut last, mut read) = (from, 0);
        let range = LogRange { from, limit: CHUNK, newest_first: true };
        world.store().log(range, &mut |kept: Kept<'_>| {
            (last, read) = (kept.position, read + 1);
            let here = stream.is_none_or(|stream| kept.stream == stream);
            if here && found.len() < MOST_FOUND && tells(kept.event_type, kept.stream, kept.data, words) {
                found.push(kept.to_fact().map_err(|error| Failure::new(format!("event #{}: {error}", kept.position)))?);
            }
            Ok(())
        })?;
        searched += read;
        from = last;
        if read < CHUNK {
            break;
        }
        if searched >= MOST_EVENTS || found.len() >= MOST_FOUND {
            bound = Some(searched as u64);
            break;
        }
    }
    // Event ids begin with the recorded time and the command's number, so their order is the order of the facts.
    found.sort_by(|one, other| other.event_id.cmp(&one.event_id));
    Ok(Found { all: found.into(), bound })
}

/// Whether each word stands in an event's type, begins its stream or a stream's id, or stands in what it says.
fn tells(event_type: &str, stream: &str, data: &str, words: &[String]) -> bool {
    let event_type = event_type.strip_suffix("Event").unwrap_or(event_type).to_lowercase();
    words.iter().all(|word| {
        event_type.contains(word.as_str())
            || stream.starts_with(word.as_str())
            || stream.split_once('-').is_some_and(|(_, id)| id.starts_with(word.as_str()))
            || (data.to_lowercase().contains(word.as_str()) && says(data, word))
    })
}

/// Whether a word stands in a field's value that is no id: anything may stand somewhere in an id.
fn says(data: &str, word: &str) -> bool {
    let Ok(Value::Object(fields)) = serde_json::from_str(data) else { return false };
    fields.iter().filter(|(name, _)| !name.ends_with("_id")).any(|(_, value)| match value {
        Value::String(text) => text.to_lowercase().contains(word),
        other => other.to_string().contains(word),
    })
}
