//! Tables and streams as files: for spreadsheets (CSV), programs (JSON) and documents (Markdown).
//!
//! What is exported is read first, then written in any of the forms. CSV and JSON keep data as data: a cell that begins with `=`
//! or holds a control character stays what it is, and who opens the file decides what to make of it. Markdown is for reading, so
//! there control characters are shown.

use std::fmt::Write;
use std::path::Path;

use serde_json::{Map, Value};

use super::choices::{self, Meaning};
use super::view::{PaneView, Sight};
use crate::domain::Context;
use crate::kernel::event::Kept;
use crate::kernel::store::{LogRange, Window};
use crate::kernel::{Fact, Failure, Position, Version};
use crate::world::{Listed, World};

/// What a file is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// RFC 4180: a header, commas, quotes where they are needed, lines that end in CR LF.
    Csv,
    /// A list of objects, one a line.
    Json,
    /// A table.
    Markdown,
}

impl Format {
    /// As a file's name says: `.csv`, `.json` or `.md`.
    ///
    /// # Errors
    ///
    /// When it says none of them.
    pub fn of(path: &Path) -> Result<Self, Failure> {
        let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
        match ending.as_deref() {
            Some("csv") => Ok(Self::Csv),
            Some("json") => Ok(Self::Json),
            Some("md") => Ok(Self::Markdown),
            _ => Err(Failure::new("is no kind of table").on(path).remedy("its name ends in .csv, .json or .md")),
        }
    }
}

/// Named columns, and rows of as many cells.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
}

/// All aggregates of a context in a world, in order of creation, with their versions.
///
/// # Errors
///
/// When the store fails.
pub fn table(world: &World, context: Context) -> Result<Sheet, Failure> {
    Ok(Sheet::of_rows(&world.collection(context).list(Window::ALL)?))
}

/// The facts that a world's log keeps, oldest first: of one stream, or all.
///
/// # Errors
///
/// When the store fails.
pub fn facts(world: &World, stream: Option<&str>) -> Result<Sheet, Failure> {
    let mut facts = Vec::new();
    let mut keep = |kept: Kept<'_>| {
        facts.push(kept.to_fact().map_err(|error| Failure::new(format!("event #{}: {error}", kept.position)))?);
        Ok(())
    };
    match stream {
        Some(stream) => world.store().stream(stream, Version::NONE, &mut keep)?,
        None => world.store().log(LogRange::after(Position(0), usize::MAX), &mut keep)?,
    }
    Ok(Sheet::of_facts(&facts))
}

impl Sheet {
    /// What a pane sees: its rows, or its facts, oldest first.
    pub fn of(seen: &PaneView) -> Self {
        match seen.look.sight {
            Sight::Is(_) => Self::of_rows(&seen.rows),
            Sight::Happened(_) => {
                let mut facts = seen.facts.clone();
                facts.reverse();
                Self::of_facts(&facts)
            }
        }
    }

    /// Aggregates: the fields of their states, then the version and the time of the last write.
    pub fn of_rows(rows: &[Listed]) -> Self {
        let mut columns: Vec<String> = Vec::new();
        let states: Vec<Map<String, Value>> =
            rows.iter().map(|row| row.state.as_object().cloned().unwrap_or_default()).collect();
        for name in states.iter().flat_map(Map::keys) {
            if !columns.contains(name) {
                columns.push(name.clone());
            }
        }
        let fields = columns.len();
        columns.extend(["version", "row_updated_at"].map(str::to_owned));
        let rows = rows.iter().zip(states).map(|(row, state)| {
            let cells = columns[..fields].iter().map(|name| state.get(name).cloned().unwrap_or_default());
            let written = row.updated_at.map_or(Value::Null, |at| Value::from(at.to_string()));
            cells.chain([Value::from(row.version.0), written]).collect()
        });
        let rows = rows.collect();
        Self { columns, rows }
    }

    /// Facts with their envelopes; payload and metadata are JSON.
    pub fn of_facts(facts: &[Fact]) -> Self {
        let columns = [
            "position",
            "event_id",
            "stream",
            "version",
            "event_type",
            "schema_version",
            "recorded_at",
            "data",
            "metadata",
        ];
        let json = |text: &str| serde_json::from_str(text).unwrap_or_else(|_| Value::from(text));
        let row = |fact: &Fact| {
            vec![
                fact.position.map_or(Value::Null, |position| Value::from(position.0)),
                Value::from(fact.event_id.as_str()),
                Value::from(fact.stream.as_str()),
                Value::from(fact.version.0),
                Value::from(&*fact.event_type),
                Value::from(fact.schema_version),
                Value::from(fact.recorded_at.to_string()),
                json(&fact.data),
                json(&fact.metadata),
            ]
        };
        Self { columns: columns.map(str::to_owned).to_vec(), rows: facts.iter().map(row).collect() }
    }

    /// Whether it has no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The file's text.
    pub fn to_text(&self, format: Format) -> String {
        match format {
            Format::Csv => self.to_csv(),
            Format::Json => self.to_json(),
            Format::Markdown => self.to_markdown(),
        }
    }

    fn to_csv(&self) -> String {
        let mut text = String::new();
        let mut line = |cells: &mut dyn Iterator<Item = String>| {
            let cells: Vec<_> = cells.map(|cell| quoted(&cell)).collect();
            text.push_str(&cells.join(","));
            text.push_str("\r\n");
        };
        line(&mut self.columns.iter().cloned());
        for row in &self.rows {
            line(&mut row.iter().map(plain));
        }
        text
    }

    fn to_json(&self) -> String {
        let objects: Vec<String> = self
            .rows
            .iter()
            .map(|row| {
                let object: Map<_, _> = self.columns.iter().cloned().zip(row.iter().cloned()).collect();
                Value::from(object).to_string()
            })
            .collect();
        if objects.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", objects.join(",\n")) }
    }

    fn to_markdown(&self) -> String {
        let mut text = String::new();
        // Writing into a String cannot fail.
        let _ = writeln!(text, "| {} |\n|{}", self.columns.join(" | "), "---|".repeat(self.columns.len()));
        for row in &self.rows {
            let cells: Vec<_> = row.iter().map(|value| for_reading(&plain(value))).collect();
            let _ = writeln!(text, "| {} |", cells.join(" | "));
        }
        text
    }
}

/// A value as a cell holds it: nothing for nothing, JSON for what has parts.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A field of RFC 4180.
fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\r', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

/// What a table of Markdown would take for a part of itself is escaped, and control characters are shown.
fn for_reading(cell: &str) -> String {
    let mut shown = String::with_capacity(cell.len());
    for letter in cell.chars() {
        match letter {
            '\n' => shown.push_str("<br>"),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' => shown.extend(['\\', letter]),
            '<' => shown.push_str("&lt;"),
            '&' => shown.push_str("&amp;"),
            letter if letter.is_control() => shown.extend(letter.escape_default()),
            letter => shown.push(letter),
        }
    }
    shown
}

/// The stream that a person names: `product-` and an id, of which the beginning is enough. `None` where there is no such thing.
///
/// # Errors
///
/// When the store fails, or the beginning fits several.
pub fn stream(playground: &crate::world::Playground, named: &str) -> Result<Option<String>, Failure> {
    let Some((kind, id)) = named.split_once('-') else { return Ok(None) };
    match choices::meaning(playground, kind, id)? {
        Meaning::Id(id) => Ok(choices::get(playground, kind, &id)?.map(|_| format!("{kind}-{id}"))),
        Meaning::Several(ids) => {
            Err(Failure::new(format!("`{named}` may be any of {} streams", ids.len())).remedy("give more of the id"))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Format, Sheet};

    fn sheet() -> Sheet {
        Sheet {
            columns: vec!["name".to_owned(), "price".to_owned()],
            rows: vec![
                vec![json!("a \"b\", c\nd"), json!("1.50")],
                vec![json!("=1+1|\u{1b}"), json!(null)],
                vec![json!([1]), json!(true)],
            ],
        }
    }

    #[test]
    fn csv_quotes_what_it_must_and_changes_nothing() {
        let expected = "name,price\r\n\"a \"\"b\"\", c\nd\",1.50\r\n=1+1|\u{1b},\r\n[1],true\r\n";
        assert_eq!(sheet().to_text(Format::Csv), expected);
    }

    #[test]
    fn json_is_a_list_of_objects_in_the_order_of_the_columns() {
        let text = sheet().to_text(Format::Json);
        let read: Vec<serde_json::Value> = serde_json::from_str(&text).expect("it is JSON");
        assert_eq!(read[1], json!({ "name": "=1+1|\u{1b}", "price": null }));
        assert_eq!(text.lines().count(), 5);
        assert_eq!(Sheet::default().to_text(Format::Json), "[]\n");
    }

    #[test]
    fn markdown_stays_a_table_and_shows_control_characters() {
        let expected =
            "| name | price |\n|---|---|\n| a \"b\", c<br>d | 1.50 |\n| =1+1\\|\\u{1b} |  |\n| \\[1\\] | true |\n";
        assert_eq!(sheet().to_text(Format::Markdown), expected);
    }
}
