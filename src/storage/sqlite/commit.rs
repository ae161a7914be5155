//! Writing: all of a set of changes or nothing.

use rusqlite::{CachedStatement, ErrorCode, params};

use super::SqliteStore;
use super::rows::{self, Bound};
use super::texts::{LineTexts, Texts};
use crate::kernel::changes::{Append, Changes, RowChange};
use crate::kernel::store::{NotCommitted, Receipt};
use crate::kernel::table::{Row, Table, Value};
use crate::kernel::{Conflict, Expected, Fact, Failure, Position, Timestamp, Version};

const LAST_VERSION: &str = "SELECT version FROM events WHERE stream_id = ?1 ORDER BY version DESC LIMIT 1";
const INSERT_EVENT: &str = "INSERT INTO events \
     (event_id, stream_id, version, event_type, schema_version, recorded_at, data, metadata) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

/// Why a commit stops half-way; nothing of it stays.
enum Stop {
    Database(rusqlite::Error),
    Other(NotCommitted),
}

impl From<rusqlite::Error> for Stop {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

impl From<Conflict> for Stop {
    fn from(conflict: Conflict) -> Self {
        Self::Other(conflict.into())
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Other(failure.into())
    }
}

pub(super) fn commit(store: &SqliteStore, changes: &Changes) -> Result<Receipt, NotCommitted> {
    let mut receipt = Receipt::default();
    if changes.is_empty() {
        return Ok(receipt);
    }
    let written = (|| {
        store.run("BEGIN IMMEDIATE")?;
        for change in &changes.rows {
            write_row(store, change)?;
        }
        append_all(store, &changes.appends, &mut receipt)?;
        store.run("COMMIT")?;
        Ok(())
    })();
    let Err(stop) = written else { return Ok(receipt) };
    // Some errors end the transaction by themselves; whatever rolling back says, the first error is the one to tell.
    if !store.connection.is_autocommit() {
        let _ = store.run("ROLLBACK");
    }
    Err(match stop {
        Stop::Database(error) => store.failed(&error).into(),
        Stop::Other(reason) => reason,
    })
}

fn write_row(store: &SqliteStore, change: &RowChange) -> Result<(), Stop> {
    match change {
        RowChange::Delete { table, key } => {
            let mut statement = store.prepare(&store.texts(table).delete)?;
            let deleted = statement.execute(params![Bound(key)])?;
            store.watch.saw(&statement, deleted as u64);
            Ok(())
        }
        RowChange::Put { table, row, before, expected } => {
            let texts = store.texts(table);
            if row.cells.len() != table.columns.len() {
                return Err(misfit(store, table, row.cells.len()).into());
            }
            put(store, &texts, row, *expected)?;
            match &texts.lines {
                Some(lines) => put_lines(store, lines, row, before.as_deref(), *expected),
                None => Ok(()),
            }
        }
    }
}

/// One statement that writes the row only where it is as expected; what is there instead is asked when it has written nothing.
fn put(store: &SqliteStore, texts: &Texts, row: &Row, expected: Expected) -> Result<(), Stop> {
    let sql = match expected {
        Expected::Any => &texts.put,
        Expected::NoStream | Expected::Exactly(Version::NONE) => &texts.insert,
        Expected::Exists => &texts.update,
        Expected::Exactly(_) if texts.table.version.is_none() => {
            return Err(Failure::new(format!("rows of {} have no version to expect", texts.table.name))
                .on(&store.path)
                .into());
        }
        Expected::Exactly(_) => &texts.update_version,
    };
    let mut statement = store.prepare(sql)?;
    bind(&mut statement, &row.cells)?;
    if let Expected::Exactly(version) = expected
        && version != Version::NONE
    {
        statement.raw_bind_parameter(row.cells.len() + 1, signed(version))?;
    }
    let written = statement.raw_execute()?;
    store.watch.saw(&statement, written as u64);
    if written > 0 {
        return Ok(());
    }
    let mut statement = store.prepare(&texts.version)?;
    let mut rows = statement.query(params![row.key()])?;
    let actual = rows.next()?.map(|row| row.get(0)).transpose()?.map_or(Version::NONE, unsigned);
    drop(rows);
    store.watch.saw(&statement, u64::from(actual != Version::NONE));
    let what = format!("{}-{}", texts.table.row_name, row.key());
    Err(Conflict { what, expected, actual }.into())
}

/// Only lines that differ are written. What was read is what is there only where a version was checked; elsewhere somebody may
/// have written since, so what is there is read again.
fn put_lines(
    store: &SqliteStore,
    texts: &LineTexts,
    row: &Row,
    before: Option<&Row>,
    expected: Expected,
) -> Result<(), Stop> {
    let read;
    let there = match (expected, before) {
        (Expected::NoStream | Expected::Exactly(Version::NONE), _) => &[][..],
        (Expected::Exactly(_), Some(before)) => &before.lines[..],
        _ => {
            read = rows::lines(store, texts, row.key())?;
            &read[..]
        }
    };
    let write = |sql: &str, line: &[Value]| -> rusqlite::Result<usize> {
        let mut statement = store.prepare(sql)?;
        bind(&mut statement, line)?;
        let written = statement.raw_execute()?;
        store.watch.saw(&statement, written as u64);
        Ok(written)
    };
    for (index, line) in row.lines.iter().enumerate() {
        let known = there.get(index);
        if known == Some(line) {
            continue;
        }
        // A line of the same number is there, unless somebody took it away without a new version of its owner.
        let same = known.is_some_and(|known| known[..2] == line[..2]);
        if !same || write(&texts.update, line)? == 0 {
            write(&texts.put, line)?;
        }
    }
    if there.len() > row.lines.len() {
        let mut statement = store.prepare(&texts.cut)?;
        let cut = statement.execute(params![row.key(), row.lines.len() as i64])?;
        store.watch.saw(&statement, cut as u64);
    }
    Ok(())
}

fn append_all(store: &SqliteStore, appends: &[Append], receipt: &mut Receipt) -> Result<(), Stop> {
    if appends.is_empty() {
        return Ok(());
    }
    let mut insert = store.prepare(INSERT_EVENT)?;
    let mut recorded = Recorded::default();
    for append in appends {
        let mut version = last_version(store, &append.stream)?;
        append.expected.check(&append.stream, version)?;
        for fact in &append.facts {
            version = version.after(1);
            insert
                .execute(params![
                    fact.event_id,
                    append.stream,
                    signed(version),
                    &*fact.event_type,
                    fact.schema_version,
                    recorded.column(fact.recorded_at),
                    fact.data,
                    &*fact.metadata,
                ])
                .map_err(|error| not_appended(store, error, fact))?;
            store.watch.saw(&insert, 1);
            receipt.positions.push(Position(unsigned(store.connection.last_insert_rowid()).0));
        }
    }
    Ok(())
}

fn last_version(store: &SqliteStore, stream: &str) -> rusqlite::Result<Version> {
    let mut statement = store.prepare(LAST_VERSION)?;
    let mut rows = statement.query(params![stream])?;
    let version = rows.next()?.map(|row| row.get(0)).transpose()?;
    drop(rows);
    store.watch.saw(&statement, u64::from(version.is_some()));
    Ok(version.map_or(Version::NONE, unsigned))
}

/// The version was checked under the same lock, so a fact that is not unique has an id that was given out before.
fn not_appended(store: &SqliteStore, error: rusqlite::Error, fact: &Fact) -> Stop {
    if error.sqlite_error_code() != Some(ErrorCode::ConstraintViolation) {
        return error.into();
    }
    let what = format!("event {} of {} is in the log already; nothing was written", fact.event_id, fact.stream);
    Failure::new(what).on(&store.path).remedy("give every event an id of its own").into()
}

fn misfit(store: &SqliteStore, table: &Table, cells: usize) -> Failure {
    Failure::new(format!("a row of {} has {} cells, not {cells}", table.name, table.columns.len())).on(&store.path)
}

fn bind(statement: &mut CachedStatement<'_>, cells: &[Value]) -> rusqlite::Result<()> {
    for (index, cell) in cells.iter().enumerate() {
        statement.raw_bind_parameter(index + 1, Bound(cell))?;
    }
    Ok(())
}

fn signed(version: Version) -> i64 {
    i64::try_from(version.0).unwrap_or(i64::MAX)
}

fn unsigned(number: i64) -> Version {
    Version(u64::try_from(number).unwrap_or_default())
}

/// Facts of one commit are mostly recorded at one time, which is put into text once.
#[derive(Default)]
struct Recorded {
    last: Option<(Timestamp, String)>,
}

impl Recorded {
    fn column(&mut self, at: Timestamp) -> &str {
        if self.last.as_ref().is_none_or(|(last, _)| *last != at) {
            self.last = None;
        }
        &self.last.get_or_insert_with(|| (at, at.column())).1
    }
}
