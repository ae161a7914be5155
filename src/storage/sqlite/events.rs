//! Reading the log: one stream, a stretch of the whole, the list of streams.

use rusqlite::types::ValueRef;
use rusqlite::{Params, Row, params};

use super::SqliteStore;
use crate::kernel::event::{Kept, Payload};
use crate::kernel::store::{Each, EachPayload, Last, LogRange, Scanned, Window};
use crate::kernel::{Failure, Position, Version};

macro_rules! select_events {
    ($rest:literal) => {
        concat!(
            "SELECT position, event_id, stream_id, version, event_type, schema_version, recorded_at, data, metadata ",
            "FROM events WHERE ",
            $rest
        )
    };
}

const STREAM: &str = select_events!("stream_id = ?1 AND version > ?2 ORDER BY version");
const PAYLOADS: &str = "SELECT version, event_type, schema_version, data FROM events \
     WHERE stream_id = ?1 AND version > ?2 ORDER BY version";
const FORWARDS: &str = select_events!("position > ?1 ORDER BY position LIMIT ?2");
const BACKWARDS: &str = select_events!("position < ?1 ORDER BY position DESC LIMIT ?2");
const AT: &str = "SELECT event_id, recorded_at FROM events WHERE position = ?1";
const HEAD: &str = "SELECT coalesce(max(position), 0) FROM events";
const STREAMS: &str = "SELECT stream_id FROM events INDEXED BY first_events \
     WHERE version = 1 AND substr(stream_id, 1, length(?1)) = ?1 ORDER BY position LIMIT ?2 OFFSET ?3";
const COUNT_STREAMS: &str = "SELECT count(*) FROM events INDEXED BY first_events \
     WHERE version = 1 AND substr(stream_id, 1, length(?1)) = ?1";
const LAST_OF: &str = "SELECT version, position FROM events WHERE stream_id = ?1 ORDER BY version DESC LIMIT 1";
const PLACE_OF_STREAM: &str = "SELECT count(*) FROM events INDEXED BY first_events \
     WHERE version = 1 AND substr(stream_id, 1, length(?1)) = ?1 AND position < \
     (SELECT position FROM events WHERE stream_id = ?2 AND version = 1)";

pub(super) fn stream(store: &SqliteStore, stream: &str, after: Version, each: Each<'_>) -> Result<(), Failure> {
    read(store, STREAM, params![stream, clamp(after.0)], |row| Ok(each(kept(row)?)))
}

pub(super) fn payloads(
    store: &SqliteStore,
    stream: &str,
    after: Version,
    each: EachPayload<'_>,
) -> Result<(), Failure> {
    read(store, PAYLOADS, params![stream, clamp(after.0)], |row| {
        Ok(each(Payload {
            version: Version(integer(row, 0)?),
            event_type: text(row, 1)?,
            schema_version: schema_version(row, 2)?,
            data: text(row, 3)?,
        }))
    })
}

pub(super) fn log(store: &SqliteStore, range: LogRange, each: Each<'_>) -> Result<(), Failure> {
    stretch(store, range, |row| Ok(each(kept(row)?)))
}

pub(super) fn log_of(
    store: &SqliteStore,
    range: LogRange,
    wanted: &dyn Fn(&str) -> bool,
    each: Each<'_>,
) -> Result<Scanned, Failure> {
    let mut scanned = Scanned::default();
    stretch(store, range, |row| {
        scanned.events += 1;
        scanned.position = Position(integer(row, 0)?);
        if wanted(text(row, 4)?) { Ok(each(kept(row)?)) } else { Ok(Ok(())) }
    })?;
    if scanned.events == 0 {
        return Ok(scanned);
    }
    // Of an event that nobody wants only its place and type are looked at; the last one is looked up once more, which costs less.
    read(store, AT, params![clamp(scanned.position.0)], |row| {
        text(row, 0)?.clone_into(&mut scanned.event_id);
        text(row, 1)?.clone_into(&mut scanned.recorded_at);
        Ok(Ok(()))
    })?;
    Ok(scanned)
}

fn stretch(store: &SqliteStore, range: LogRange, each: impl FnMut(&Row<'_>) -> Read) -> Result<(), Failure> {
    let limit = clamp(range.limit as u64);
    match (range.newest_first, range.from.0) {
        (false, from) => read(store, FORWARDS, params![clamp(from), limit], each),
        (true, 0) => read(store, BACKWARDS, params![i64::MAX, limit], each),
        (true, from) => read(store, BACKWARDS, params![clamp(from), limit], each),
    }
}

pub(super) fn head(store: &SqliteStore) -> Result<Position, Failure> {
    number(store, HEAD, ()).map(Position)
}

pub(super) fn streams(store: &SqliteStore, prefix: &str, window: Window) -> Result<Vec<String>, Failure> {
    let read = || {
        let mut statement = store.prepare(STREAMS)?;
        let mut found = Vec::new();
        let mut rows = statement.query(params![prefix, clamp(window.limit), clamp(window.offset)])?;
        while let Some(row) = rows.next()? {
            found.push(row.get(0)?);
        }
        drop(rows);
        store.watch.saw(&statement, found.len() as u64);
        Ok(found)
    };
    read().map_err(|error| store.failed(&error))
}

pub(super) fn count_streams(store: &SqliteStore, prefix: &str) -> Result<u64, Failure> {
    number(store, COUNT_STREAMS, params![prefix])
}

pub(super) fn last_of(store: &SqliteStore, stream: &str) -> Result<Option<Last>, Failure> {
    let mut last = None;
    read(store, LAST_OF, params![stream], |row| {
        last = Some(Last { version: Version(integer(row, 0)?), position: Position(integer(row, 1)?) });
        Ok(Ok(()))
    })?;
    Ok(last)
}

pub(super) fn place_of_stream(store: &SqliteStore, prefix: &str, stream: &str) -> Result<Option<u64>, Failure> {
    if !stream.starts_with(prefix) || last_of(store, stream)?.is_none() {
        return Ok(None);
    }
    number(store, PLACE_OF_STREAM, params![prefix, stream]).map(Some)
}

/// The one number that a statement answers with.
pub(super) fn number(store: &SqliteStore, sql: &str, params: impl Params) -> Result<u64, Failure> {
    let read = || {
        let mut statement = store.prepare(sql)?;
        let number: i64 = statement.query_row(params, |row| row.get(0))?;
        store.watch.saw(&statement, 1);
        Ok(unsigned(number))
    };
    read().map_err(|error| store.failed(&error))
}

/// What reading one row came to: the database may fail, and so may who was given it.
type Read = rusqlite::Result<Result<(), Failure>>;

fn read(
    store: &SqliteStore,
    sql: &str,
    params: impl Params,
    mut each: impl FnMut(&Row<'_>) -> Read,
) -> Result<(), Failure> {
    let failed = |error: rusqlite::Error| store.failed(&error);
    let mut statement = store.prepare(sql).map_err(failed)?;
    let mut rows = statement.query(params).map_err(failed)?;
    let mut read = 0;
    let mut outcome = Ok(());
    while let Some(row) = rows.next().map_err(failed)? {
        read += 1;
        outcome = each(row).map_err(failed)?;
        if outcome.is_err() {
            break;
        }
    }
    drop(rows);
    store.watch.saw(&statement, read);
    outcome
}

fn kept<'a>(row: &'a Row<'_>) -> rusqlite::Result<Kept<'a>> {
    Ok(Kept {
        position: Position(integer(row, 0)?),
        event_id: text(row, 1)?,
        stream: text(row, 2)?,
        version: Version(integer(row, 3)?),
        event_type: text(row, 4)?,
        schema_version: schema_version(row, 5)?,
        recorded_at: text(row, 6)?,
        data: text(row, 7)?,
        metadata: text(row, 8)?,
    })
}

fn integer(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    match row.get_ref(column)? {
        ValueRef::Integer(number) => Ok(unsigned(number)),
        other => Err(rusqlite::Error::InvalidColumnType(column, "a whole number".to_owned(), other.data_type())),
    }
}

/// One that is too large for any program to know stays too large.
fn schema_version(row: &Row<'_>, column: usize) -> rusqlite::Result<u32> {
    integer(row, column).map(|number| u32::try_from(number).unwrap_or(u32::MAX))
}

fn text<'a>(row: &'a Row<'_>, column: usize) -> rusqlite::Result<&'a str> {
    match row.get_ref(column)? {
        ValueRef::Text(bytes) => std::str::from_utf8(bytes).map_err(|error| rusqlite::Error::Utf8Error(column, error)),
        other => Err(rusqlite::Error::InvalidColumnType(column, "text".to_owned(), other.data_type())),
    }
}

fn clamp(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}
