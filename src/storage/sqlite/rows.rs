//! Reading rows: one by key, how many there are, and the lines that belong to one.

use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Row as SqlRow, params};

use super::texts::LineTexts;
use super::{SqliteStore, events};
use crate::kernel::Failure;
use crate::kernel::table::{Line, Row, Table, Value};

pub(super) fn row(store: &SqliteStore, table: &'static Table, key: &str) -> Result<Option<Row>, Failure> {
    let texts = store.texts(table);
    let read = || -> rusqlite::Result<Option<Row>> {
        let mut statement = store.prepare(&texts.row)?;
        let mut rows = statement.query(params![key])?;
        let found = rows.next()?.map(|row| cells(row, table.columns.len())).transpose()?;
        let Some(cells) = found else {
            drop(rows);
            store.watch.saw(&statement, 0);
            return Ok(None);
        };
        if let Some(statement) = rows.as_ref() {
            store.watch.saw(statement, 1);
        }
        // While this statement stands on its row, the lines are read from the same snapshot: what another connection writes
        // meanwhile is not seen.
        let lines = texts.lines.as_ref().map(|texts| lines(store, texts, key)).transpose()?;
        Ok(Some(Row { cells, lines: lines.unwrap_or_default() }))
    };
    read().map_err(|error| store.failed(&error))
}

pub(super) fn count(store: &SqliteStore, table: &'static Table) -> Result<u64, Failure> {
    events::number(store, &store.texts(table).count, ())
}

pub(super) fn place(store: &SqliteStore, table: &'static Table, key: &str) -> Result<Option<u64>, Failure> {
    let texts = store.texts(table);
    let there = events::number(store, &texts.there, params![key])?;
    if there == 0 { Ok(None) } else { events::number(store, &texts.place, params![key]).map(Some) }
}

/// Rows and their lines are several statements, between which another connection must not write.
pub(super) fn in_one_snapshot<T>(
    store: &SqliteStore,
    table: &Table,
    read: impl FnOnce() -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    if table.lines.is_none() || !store.connection.is_autocommit() {
        return read();
    }
    store.run("BEGIN")?;
    let answer = read();
    store.run("COMMIT")?;
    answer
}

pub(super) fn lines(store: &SqliteStore, texts: &LineTexts, owner: &str) -> rusqlite::Result<Vec<Line>> {
    let mut statement = store.prepare(&texts.rows)?;
    let mut lines = Vec::new();
    let mut rows = statement.query(params![owner])?;
    while let Some(row) = rows.next()? {
        let mut line = Vec::with_capacity(texts.columns);
        line.push(owner.into());
        read_cells(row, texts.columns - 1, &mut line)?;
        lines.push(line.into());
    }
    drop(rows);
    store.watch.saw(&statement, lines.len() as u64);
    Ok(lines)
}

pub(super) fn cells(row: &SqlRow<'_>, columns: usize) -> rusqlite::Result<Vec<Value>> {
    let mut cells = Vec::with_capacity(columns);
    read_cells(row, columns, &mut cells)?;
    Ok(cells)
}

fn read_cells(row: &SqlRow<'_>, columns: usize, cells: &mut Vec<Value>) -> rusqlite::Result<()> {
    for column in 0..columns {
        cells.push(cell(row, column)?);
    }
    Ok(())
}

fn cell(row: &SqlRow<'_>, column: usize) -> rusqlite::Result<Value> {
    match row.get_ref(column)? {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(number) => Ok(Value::Integer(number)),
        ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Value::Text(text.to_owned())),
            Err(error) => Err(rusqlite::Error::Utf8Error(column, error)),
        },
        // A number with a point in a column that holds none: shown as it is, and refused by who reads the cell.
        ValueRef::Real(number) => Ok(Value::Text(number.to_string())),
        other @ ValueRef::Blob(_) => {
            Err(rusqlite::Error::InvalidColumnType(column, "blob".to_owned(), other.data_type()))
        }
    }
}

/// A cell as the value of a statement.
pub(super) struct Bound<'a>(pub(super) &'a Value);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Value::Null => ValueRef::Null,
            Value::Integer(number) => ValueRef::Integer(*number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}
