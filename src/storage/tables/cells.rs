//! Reading a row cell by cell, in the order of its table's columns.

use std::fmt::Display;

use crate::domain::Money;
use crate::kernel::table::{Row, Table, Value};
use crate::kernel::{Failure, Id, Timestamp};

/// What is left to read of a row.
#[derive(Debug)]
pub struct Cells<'a> {
    table: &'static Table,
    key: &'a str,
    cells: &'a [Value],
    next: usize,
}

impl<'a> Cells<'a> {
    /// A row from its first cell on.
    pub fn of(table: &'static Table, row: &'a Row) -> Self {
        Self { table, key: row.key(), cells: &row.cells, next: 0 }
    }

    /// A line from the cell after the owner's key and the line number on.
    pub fn of_line(table: &'static Table, line: &'a [Value]) -> Self {
        let key = line.first().and_then(Value::as_str).unwrap_or_default();
        Self { table, key, cells: line, next: 2 }
    }

    /// The next cell, as text.
    ///
    /// # Errors
    ///
    /// When it is something else.
    pub fn text(&mut self) -> Result<&'a str, Failure> {
        match self.take() {
            Value::Text(text) => Ok(text),
            other => Err(self.unreadable("text", other)),
        }
    }

    /// The next cell, as text or nothing.
    ///
    /// # Errors
    ///
    /// When it is a number.
    pub fn text_if_any(&mut self) -> Result<Option<&'a str>, Failure> {
        match self.take() {
            Value::Text(text) => Ok(Some(text)),
            Value::Null => Ok(None),
            other => Err(self.unreadable("text or nothing", other)),
        }
    }

    /// The next cell, as an id.
    ///
    /// # Errors
    ///
    /// When it is something else.
    pub fn id<A>(&mut self) -> Result<Id<A>, Failure> {
        self.text().map(Id::new)
    }

    /// The next cell, as a whole number.
    ///
    /// # Errors
    ///
    /// When it is something else.
    pub fn integer(&mut self) -> Result<i64, Failure> {
        match self.take() {
            Value::Integer(number) => Ok(*number),
            other => Err(self.unreadable("a whole number", other)),
        }
    }

    /// The next cell, as yes or no.
    ///
    /// # Errors
    ///
    /// When it is neither 1 nor 0.
    pub fn yes_or_no(&mut self) -> Result<bool, Failure> {
        match self.take() {
            Value::Integer(1) => Ok(true),
            Value::Integer(0) => Ok(false),
            other => Err(self.unreadable("1 or 0", other)),
        }
    }

    /// The next cell, as an amount.
    ///
    /// # Errors
    ///
    /// When it is something else.
    pub fn money(&mut self) -> Result<Money, Failure> {
        let text = self.text()?;
        text.parse().map_err(|_| self.unreadable("an amount", text))
    }

    /// The next cell, as a moment or nothing.
    ///
    /// # Errors
    ///
    /// When it is something else.
    pub fn time_if_any(&mut self) -> Result<Option<Timestamp>, Failure> {
        let Some(text) = self.text_if_any()? else { return Ok(None) };
        Timestamp::parse(text).map(Some).map_err(|_| self.unreadable("a time", text))
    }

    /// The next cell, as one of several names.
    ///
    /// # Errors
    ///
    /// When it is another name, or none.
    pub fn named<T>(&mut self, what: &str, named: impl FnOnce(&str) -> Option<T>) -> Result<T, Failure> {
        let text = self.text()?;
        named(text).ok_or_else(|| self.unreadable(what, text))
    }

    /// Passes over the next cell.
    pub fn skip(&mut self) {
        self.next += 1;
    }

    fn take(&mut self) -> &'a Value {
        self.next += 1;
        self.cells.get(self.next - 1).unwrap_or(&Value::Null)
    }

    fn unreadable(&self, wanted: &str, found: impl Display) -> Failure {
        let Table { name, columns, .. } = self.table;
        let column = columns.get(self.next - 1).map_or("?", |column| column.name);
        Failure::new(format!("{name} `{}`: column {column} should hold {wanted} and holds `{found}`", self.key))
            .remedy("put the cell right with an SQLite client, or restore a copy of the file")
    }
}
