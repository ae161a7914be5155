//! Reading TOML with its places: values of a type, and a note of everything that is wrong on the way.
//!
//! Reading goes on after a mistake, so that in the end the first one by position is reported, whatever was looked at first.

use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::application::fields::suggestion;

/// A value and its place.
pub type Placed<'a> = Spanned<DeValue<'a>>;

/// Everything that is wrong so far, with the byte where it is.
#[derive(Debug, Default)]
pub struct Mistakes(Vec<(usize, String)>);

impl Mistakes {
    /// One more.
    pub fn note(&mut self, at: usize, what: impl Into<String>) {
        self.0.push((at, what.into()));
    }

    /// The first by position.
    pub fn first(self) -> Option<(usize, String)> {
        self.0.into_iter().min_by_key(|(at, _)| *at)
    }

    /// Notes an error with its key and place, and goes on without the value.
    pub fn accept<T>(&mut self, key: &str, at: usize, read: Result<T, String>) -> Option<T> {
        read.map_err(|what| self.note(at, format!("{key}: {what}"))).ok()
    }
}

/// A table, and where it begins.
#[derive(Clone, Copy)]
pub struct Table<'a> {
    entries: &'a DeTable<'a>,
    /// The byte where it begins.
    pub at: usize,
}

impl<'a> Table<'a> {
    /// A table of a document, which begins at this byte.
    pub fn new(entries: &'a DeTable<'a>, at: usize) -> Self {
        Self { entries, at }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&'a Placed<'a>> {
        self.entries.get(key)
    }

    /// Where a key stands, if it is there.
    pub fn place_of(&self, key: &str) -> Option<usize> {
        self.entries.get_key_value(key).map(|(key, _)| key.span().start)
    }

    /// Notes the keys that nobody asked for.
    pub fn expect_only(&self, known: &[&str], mistakes: &mut Mistakes) {
        for key in self.entries.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let name: String = key.get_ref().escape_debug().take(60).collect();
            mistakes.note(key.span().start, format!("`{name}` is no key here; {}", suggestion(&name, known)));
        }
    }

    /// A text.
    pub fn text(&self, key: &str, mistakes: &mut Mistakes) -> Option<(&'a str, usize)> {
        let value = self.get(key)?;
        let at = value.span().start;
        match value.get_ref() {
            DeValue::String(text) => Some((text.as_ref(), at)),
            other => {
                mistakes.note(at, format!("{key}: {} is not what it takes; expected text in quotes", kind(other)));
                None
            }
        }
    }

    /// A text that is more than blanks.
    pub fn words(&self, key: &str, mistakes: &mut Mistakes) -> Option<String> {
        let (text, at) = self.text(key, mistakes)?;
        if text.trim().is_empty() {
            mistakes.note(at, format!("{key}: is empty; leave it out, or write something"));
        }
        Some(text.to_owned())
    }

    /// A text that a type reads.
    pub fn parsed<T>(
        &self,
        key: &str,
        mistakes: &mut Mistakes,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let (text, at) = self.text(key, mistakes)?;
        mistakes.accept(key, at, parse(text))
    }

    /// A whole number from 0.
    pub fn number(&self, key: &str, mistakes: &mut Mistakes) -> Option<u64> {
        let value = self.get(key)?;
        let number = integer(value.get_ref()).and_then(|number| u64::try_from(number).ok());
        if number.is_none() {
            let what = kind(value.get_ref());
            let expected = "expected a whole number, not negative";
            mistakes.note(value.span().start, format!("{key}: {what} is not what it takes; {expected}"));
        }
        number
    }

    /// A table within.
    pub fn table(&self, key: &str, mistakes: &mut Mistakes) -> Option<Table<'a>> {
        let value = self.get(key)?;
        let at = value.span().start;
        match value.get_ref() {
            DeValue::Table(entries) => Some(Table::new(entries, at)),
            other => {
                mistakes.note(at, format!("{key}: {} is not what it takes; expected a table {{ … }}", kind(other)));
                None
            }
        }
    }

    /// A text that has to be there and say something.
    pub fn needed(&self, key: &str, mistakes: &mut Mistakes) -> String {
        if self.get(key).is_none() {
            mistakes.note(self.at, format!("{key}: is missing; expected a text"));
        }
        self.words(key, mistakes).unwrap_or_default()
    }

    /// A list of texts, with their places; none where the key is absent.
    pub fn texts(&self, key: &str, mistakes: &mut Mistakes) -> Vec<(&'a str, usize)> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let items = value.get_ref().as_array().map(|items| items.iter().collect::<Vec<_>>());
        let texts = items.and_then(|items| {
            let text = |item: &&'a Placed<'a>| Some((item.get_ref().as_str()?, item.span().start));
            items.iter().map(text).collect::<Option<Vec<_>>>()
        });
        texts.unwrap_or_else(|| {
            mistakes.note(value.span().start, format!("{key}: expected a list of texts: [\"…\", \"…\"]"));
            Vec::new()
        })
    }

    /// A list of whole numbers.
    pub fn integers(&self, key: &str, mistakes: &mut Mistakes) -> Vec<i64> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let items = value.get_ref().as_array().map(|items| items.iter().collect::<Vec<_>>());
        let numbers = items.and_then(|items| items.iter().map(|item| integer(item.get_ref())).collect());
        numbers.unwrap_or_else(|| {
            mistakes.note(value.span().start, format!("{key}: expected a list of whole numbers: [1, 0, -1]"));
            Vec::new()
        })
    }

    /// The tables `[[key]]`, in order; none where the key is absent.
    pub fn tables(&self, key: &str, mistakes: &mut Mistakes) -> Vec<Table<'a>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let items = value.get_ref().as_array().map(|items| items.iter().collect::<Vec<_>>()).unwrap_or_else(|| {
            mistakes.note(value.span().start, format!("{key}: expected [[{key}]], in two brackets"));
            Vec::new()
        });
        let table = |item: &&'a Placed<'a>| match item.get_ref() {
            DeValue::Table(entries) => Some(Table::new(entries, item.span().start)),
            _ => {
                mistakes.note(item.span().start, format!("{key}: expected a table"));
                None
            }
        };
        items.iter().filter_map(table).collect()
    }

    /// The keys in the order of the file, with their places and values.
    pub fn entries(&self) -> Vec<(&'a str, usize, &'a Placed<'a>)> {
        let entries = self.entries.iter().map(|(key, value)| (key.get_ref().as_ref(), key.span().start, value));
        let mut entries: Vec<_> = entries.collect();
        entries.sort_by_key(|(_, at, _)| *at);
        entries
    }

    /// The whole table as the JSON that commands read.
    pub fn json(&self, mistakes: &mut Mistakes) -> Map<String, Value> {
        let mut entries: Vec<_> = self.entries.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        entries
            .into_iter()
            .map(|(key, value)| (key.get_ref().to_string(), json(key.get_ref(), value, mistakes)))
            .collect()
    }
}

/// What kind of value it is, for an error's subject.
pub fn kind(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => {
            let text: String = text.escape_debug().take(40).collect();
            format!("the text \"{text}\"")
        }
        DeValue::Integer(number) => number.as_str().to_owned(),
        DeValue::Float(number) => number.as_str().to_owned(),
        DeValue::Boolean(value) => value.to_string(),
        DeValue::Datetime(_) => "a date or time".to_owned(),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

fn integer(value: &DeValue<'_>) -> Option<i64> {
    let number = value.as_integer()?;
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

fn json(key: &str, value: &Placed<'_>, mistakes: &mut Mistakes) -> Value {
    let at = value.span().start;
    match value.get_ref() {
        DeValue::String(text) => Value::from(text.as_ref()),
        DeValue::Boolean(value) => Value::from(*value),
        DeValue::Integer(number) => integer(value.get_ref()).map_or_else(
            || {
                mistakes.note(at, format!("{key}: {} is too large for a whole number", number.as_str()));
                Value::from(0)
            },
            Value::from,
        ),
        DeValue::Float(number) => {
            let finite = number.as_str().parse::<f64>().ok().filter(|number| number.is_finite());
            finite.map_or_else(
                || {
                    mistakes.note(at, format!("{key}: {} is no number that a field takes", number.as_str()));
                    Value::from(0)
                },
                Value::from,
            )
        }
        DeValue::Datetime(_) => {
            mistakes.note(at, format!("{key}: a date or time is no value of a field; put it in quotes if it is text"));
            Value::from("")
        }
        DeValue::Array(items) => items.iter().map(|item| json(key, item, mistakes)).collect(),
        DeValue::Table(entries) => Value::Object(Table::new(entries, at).json(mistakes)),
    }
}
