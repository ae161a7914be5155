//! What an id can mean: the aggregates that exist, by what people call them.
//!
//! A form lists them, and takes what a person gives for one: its number in the list, the beginning of its id or of its name, or the
//! id itself. What means nothing here is handed on as it is: whether an id exists is for the domain to say.

use serde_json::Value;

use crate::domain::Context;
use crate::kernel::Failure;
use crate::kernel::store::Window;
use crate::world::{Collection, Listed, Playground};

/// How many are read at a time.
const PAGE: u64 = 500;

/// An aggregate to choose.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// What people know it by: a name, or how it stands.
    pub label: String,
    /// Its state as people see it.
    pub state: Value,
}

/// What a person's text may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// This id.
    Id(String),
    /// Several things: their ids.
    Several(Vec<String>),
}

/// How many aggregates of a kind (`product`) there are.
///
/// # Errors
///
/// When the store fails.
pub fn count(playground: &Playground, kind: &str) -> Result<u64, Failure> {
    collection(playground, kind).map_or(Ok(0), |collection| collection.count())
}

/// Some aggregates of a kind, in order of creation. The first world's: the worlds agree.
///
/// # Errors
///
/// When the store fails.
pub fn list(playground: &Playground, kind: &str, window: Window) -> Result<Vec<Choice>, Failure> {
    let Some(collection) = collection(playground, kind) else { return Ok(Vec::new()) };
    Ok(collection.list(window)?.into_iter().map(Choice::of).collect())
}

/// One of a kind, if it exists.
///
/// # Errors
///
/// When the store fails.
pub fn get(playground: &Playground, kind: &str, id: &str) -> Result<Option<Choice>, Failure> {
    let Some(collection) = collection(playground, kind) else { return Ok(None) };
    Ok(collection.get(id)?.map(Choice::of))
}

/// What a text means where an id of a kind is due. An id that exists comes before everything else, a number before the beginning
/// of an id, that before a whole name, and that before the beginning of one.
///
/// # Errors
///
/// When the store fails.
pub fn meaning(playground: &Playground, kind: &str, text: &str) -> Result<Meaning, Failure> {
    let as_it_is = || Ok(Meaning::Id(text.to_owned()));
    let Some(collection) = collection(playground, kind) else { return as_it_is() };
    if text.is_empty() || collection.get(text)?.is_some() {
        return as_it_is();
    }
    if let Some(offset) = text.parse::<u64>().ok().and_then(|number| number.checked_sub(1))
        && let [one] = &*collection.list(Window { offset, limit: 1 })?
    {
        return Ok(Meaning::Id(one.id.clone()));
    }
    let wanted = text.to_lowercase();
    // By how well it fits: the beginning of an id, a name, the beginning of a name.
    let mut fitting: [Vec<String>; 3] = Default::default();
    let mut offset = 0;
    loop {
        let page = collection.list(Window { offset, limit: PAGE })?;
        let is_last = (page.len() as u64) < PAGE;
        for choice in page.into_iter().map(Choice::of) {
            let label = choice.label.to_lowercase();
            let fits = [choice.id.to_lowercase().starts_with(&wanted), label == wanted, label.starts_with(&wanted)];
            if let Some(how) = fits.into_iter().position(|fits| fits) {
                fitting[how].push(choice.id);
            }
        }
        if is_last {
            break;
        }
        offset += PAGE;
    }
    let mut found = fitting.into_iter().find(|ids| !ids.is_empty()).unwrap_or_default();
    match found.len() {
        0 => as_it_is(),
        1 => Ok(Meaning::Id(found.remove(0))),
        _ => Ok(Meaning::Several(found)),
    }
}

fn collection(playground: &Playground, kind: &str) -> Option<Box<dyn Collection>> {
    let world = playground.worlds().first()?;
    Context::ALL.into_iter().map(|context| world.collection(context)).find(|collection| collection.name() == kind)
}

impl Choice {
    fn of(listed: Listed) -> Self {
        let text = |field: &str| listed.state.get(field).and_then(Value::as_str).filter(|text| !text.is_empty());
        let label = match (text("name"), text("status"), text("total_amount")) {
            (Some(name), _, _) => name.to_owned(),
            (None, Some(status), Some(total)) => format!("{status}, {total}"),
            (None, Some(status), None) => status.to_owned(),
            (None, None, _) => String::new(),
        };
        Self { id: listed.id, label, state: listed.state }
    }
}
