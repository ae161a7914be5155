//! Rows as values: what a table's columns are, without a word of SQL.

use std::fmt;
use std::rc::Rc;

use super::clock::Timestamp;
use super::version::Version;

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// Nothing there.
    Null,
    /// A whole number; also yes (1) and no (0).
    Integer(i64),
    /// Text; also exact decimals, times in the form of `Timestamp::column`, and JSON.
    Text(String),
}

impl Value {
    /// Text, or `Null` for none.
    pub fn text(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Null, |text| Self::Text(text.into()))
    }

    /// The text, where it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, where it is one.
    pub fn as_integer(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            _ => None,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<Version> for Value {
    fn from(version: Version) -> Self {
        Self::Integer(i64::try_from(version.0).unwrap_or(i64::MAX))
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Self::Integer(i64::from(yes))
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("NULL"),
            Self::Integer(number) => number.fmt(f),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// What a column holds, so that it can be compared, aligned and shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// Yes (1) or no (0).
    Bool,
    /// An exact decimal, as text.
    Money,
    /// A moment, as text.
    Time,
}

/// A column's name and kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// As in SQL.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
}

/// A table: its columns in order, the first being the key.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    /// As in SQL.
    pub name: &'static str,
    /// What one row is called; begins the name of a conflict, as in `order-<id>`.
    pub row_name: &'static str,
    /// All columns in the order of a [`Row`]'s cells; the first is the key.
    pub columns: &'static [Column],
    /// Where the version stands, in tables whose rows have one.
    pub version: Option<usize>,
    /// Rows that belong to a row: their first column is the owner's key, their second the line number from 1.
    pub lines: Option<&'static Table>,
}

impl Table {
    /// The index of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// The key's column.
    pub fn key(&self) -> &'static str {
        self.columns[0].name
    }

    /// A row's cell as JSON: yes and no as such, times without needless zeros.
    pub fn json(&self, row: &Row, name: &str) -> serde_json::Value {
        let Some(index) = self.column(name) else { return serde_json::Value::Null };
        match (self.columns[index].kind, row.cells.get(index)) {
            (_, None | Some(Value::Null)) => serde_json::Value::Null,
            (Kind::Bool, Some(Value::Integer(yes))) => (*yes != 0).into(),
            (Kind::Time, Some(Value::Text(text))) => {
                Timestamp::parse(text).map_or_else(|_| text.as_str().into(), |time| time.to_string().into())
            }
            (_, Some(Value::Integer(number))) => (*number).into(),
            (_, Some(Value::Text(text))) => text.as_str().into(),
        }
    }
}

/// A row of [`Table::lines`], shared between the row as it was read and the row as it is to be written wherever it has not changed.
pub type Line = Rc<[Value]>;

/// A row: a cell for each column of its table, and the lines that belong to it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// One cell a column, in the table's order.
    pub cells: Vec<Value>,
    /// The rows of [`Table::lines`], in order of their line number, whole (owner's key and line number included).
    pub lines: Vec<Line>,
}

impl Row {
    /// A row without lines.
    pub fn of(cells: Vec<Value>) -> Self {
        Self { cells, lines: Vec::new() }
    }

    /// The key: the first cell, as text.
    pub fn key(&self) -> &str {
        self.cells.first().and_then(Value::as_str).unwrap_or_default()
    }

    /// The text in a column, empty for any other value.
    pub fn text(&self, column: usize) -> &str {
        self.cells.get(column).and_then(Value::as_str).unwrap_or_default()
    }

    /// The number in a column, 0 for any other value.
    pub fn integer(&self, column: usize) -> i64 {
        self.cells.get(column).and_then(Value::as_integer).unwrap_or_default()
    }
}

/// Shorthand for the column lists of [`Table`]s: `columns![id: Text, price: Money]`.
#[macro_export]
macro_rules! columns {
    ($($name:ident: $kind:ident),+ $(,)?) => {
        &[$($crate::kernel::table::Column {
            name: stringify!($name),
            kind: $crate::kernel::table::Kind::$kind,
        }),+]
    };
}
