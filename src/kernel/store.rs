//! The port to a database: small enough to be written twice and tested with one suite.

use std::path::Path;

use super::changes::Changes;
use super::event::{Kept, Payload};
use super::operation::{Failure, Stop};
use super::table::{Row, Table, Value};
use super::version::{Conflict, Position, Version};

/// A database under the repositories of one world.
pub trait Store {
    /// Writes all of `changes` or nothing, in one transaction that holds off every other writer.
    ///
    /// # Errors
    ///
    /// [`NotCommitted::Conflict`] when an expectation is not met, [`NotCommitted::Failed`] when the database fails; nothing is
    /// written then, and no position is used up.
    fn commit(&self, changes: &Changes) -> Result<Receipt, NotCommitted>;

    /// One row by key, with its lines.
    ///
    /// # Errors
    ///
    /// When the database fails or holds what this table cannot.
    fn row(&self, table: &'static Table, key: &str) -> Result<Option<Row>, Failure>;

    /// The rows that answer a question, with their lines.
    ///
    /// # Errors
    ///
    /// When the database fails or holds what this table cannot.
    fn select(&self, select: &Select) -> Result<Vec<Row>, Failure>;

    /// How many rows a table has.
    ///
    /// # Errors
    ///
    /// When the database fails.
    fn count(&self, table: &'static Table) -> Result<u64, Failure>;

    /// The events of one stream after a version, oldest first.
    ///
    /// # Errors
    ///
    /// When the database fails, and whatever `each` answers, which ends the reading.
    fn stream(&self, stream: &str, after: Version, each: Each<'_>) -> Result<(), Failure>;

    /// What a fold needs of the same events: a store may leave the rest of each envelope unread.
    ///
    /// # Errors
    ///
    /// As [`Store::stream`].
    fn payloads(&self, stream: &str, after: Version, each: EachPayload<'_>) -> Result<(), Failure> {
        self.stream(stream, after, &mut |kept| each(kept.payload()))
    }

    /// Events of the whole log.
    ///
    /// # Errors
    ///
    /// When the database fails, and whatever `each` answers, which ends the reading.
    fn log(&self, range: LogRange, each: Each<'_>) -> Result<(), Failure>;

    /// The events of a stretch whose type is `wanted`; answers how far the reading has come. A store may leave the rest unread.
    ///
    /// # Errors
    ///
    /// As [`Store::log`].
    fn log_of(&self, range: LogRange, wanted: &dyn Fn(&str) -> bool, each: Each<'_>) -> Result<Scanned, Failure> {
        let mut scanned = Scanned::default();
        self.log(range, &mut |kept| {
            scanned.events += 1;
            scanned.position = kept.position;
            kept.event_id.clone_into(&mut scanned.event_id);
            kept.recorded_at.clone_into(&mut scanned.recorded_at);
            if wanted(kept.event_type) { each(kept) } else { Ok(()) }
        })?;
        Ok(scanned)
    }

    /// The last position of the log.
    ///
    /// # Errors
    ///
    /// When the database fails.
    fn head(&self) -> Result<Position, Failure>;

    /// Streams that begin with `prefix`, in order of their first event.
    ///
    /// # Errors
    ///
    /// When the database fails.
    fn streams(&self, prefix: &str, window: Window) -> Result<Vec<String>, Failure>;

    /// How many streams begin with `prefix`.
    ///
    /// # Errors
    ///
    /// When the database fails.
    fn count_streams(&self, prefix: &str) -> Result<u64, Failure>;

    /// The last event of a stream; `None` where there is no such stream. A store may know without reading the stream.
    ///
    /// # Errors
    ///
    /// When the database fails.
    fn last_of(&self, stream: &str) -> Result<Option<Last>, Failure> {
        let mut last = None;
        self.stream(stream, Version::NONE, &mut |kept| {
            last = Some(Last { version: kept.version, position: kept.position });
            Ok(())
        })?;
        Ok(last)
    }

    /// Which place a row has in the order of creation, from 0; `None` where there is no such row.
    ///
    /// # Errors
    ///
    /// When the database fails or holds what this table cannot.
    fn place(&self, table: &'static Table, key: &str) -> Result<Option<u64>, Failure> {
        let rows = self.select(&Select::all(table))?;
        Ok(rows.iter().position(|row| row.key() == key).map(|place| place as u64))
    }

    /// Which place a stream has among those that [`Store::streams`] lists, from 0; `None` where it is not among them.
    ///
    /// # Errors
    ///
    /// When the database fails.
    fn place_of_stream(&self, prefix: &str, stream: &str) -> Result<Option<u64>, Failure> {
        let streams = self.streams(prefix, Window::ALL)?;
        Ok(streams.iter().position(|one| one == stream).map(|place| place as u64))
    }

    /// The file that holds everything, for failures to name; `None` where there is none.
    fn file(&self) -> Option<&Path> {
        None
    }

    /// From now on, remember every statement with its values (`true`), or stop doing so.
    fn watch(&self, on: bool);

    /// The statements since the last call, while watched.
    fn statements(&self) -> Vec<Statement>;
}

/// What is done with each event of a reading. It must not write to the store that is being read.
pub type Each<'a> = &'a mut dyn FnMut(Kept<'_>) -> Result<(), Failure>;

/// What is done with each payload of a reading.
pub type EachPayload<'a> = &'a mut dyn FnMut(Payload<'_>) -> Result<(), Failure>;

/// How far a reading of the log has come. Empty, and at position 0, when it has found no event at all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scanned {
    /// How many events were read, wanted or not.
    pub events: usize,
    /// The position of the last one.
    pub position: Position,
    /// Its id.
    pub event_id: String,
    /// When it was recorded, in the form of `Timestamp::column`.
    pub recorded_at: String,
}

/// The last event of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Last {
    /// Its version, which is how many events the stream has.
    pub version: Version,
    /// Its place in the whole log.
    pub position: Position,
}

/// What a commit gives back.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Receipt {
    /// The position of each appended event, in the order of [`Changes::appends`].
    pub positions: Vec<Position>,
}

/// Why nothing was written.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum NotCommitted {
    /// Somebody else wrote first.
    #[error(transparent)]
    Conflict(#[from] Conflict),
    /// The database failed.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl From<NotCommitted> for Stop {
    fn from(error: NotCommitted) -> Self {
        match error {
            NotCommitted::Conflict(conflict) => conflict.into(),
            NotCommitted::Failed(failure) => failure.into(),
        }
    }
}

/// A statement as it was run, for whoever watches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The SQL with its values in place; another store's own words.
    pub text: String,
    /// Rows read or written.
    pub rows: u64,
}

/// A stretch of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogRange {
    /// Only events after this position; with `newest_first`, only events before it (position 0 then means *from the end*).
    pub from: Position,
    /// At most this many.
    pub limit: usize,
    /// Backwards.
    pub newest_first: bool,
}

impl LogRange {
    /// Oldest first, after a position.
    pub fn after(from: Position, limit: usize) -> Self {
        Self { from, limit, newest_first: false }
    }

    /// Newest first, from the end.
    pub fn tail(limit: usize) -> Self {
        Self { from: Position(0), limit, newest_first: true }
    }
}

/// Which part of a long list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// How many to pass over.
    pub offset: u64,
    /// At most this many.
    pub limit: u64,
}

impl Window {
    /// The whole list.
    pub const ALL: Self = Self { offset: 0, limit: i64::MAX as u64 };
}

/// A question to one table. All filters must hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Select {
    /// Which.
    pub table: &'static Table,
    /// Column, comparison, value.
    pub filters: Vec<(&'static str, Comparison, Value)>,
    /// By which column; without one, in order of creation.
    pub order: Option<Order>,
    /// Which part of the answer.
    pub window: Window,
}

impl Select {
    /// All rows in order of creation.
    pub fn all(table: &'static Table) -> Self {
        Self { table, filters: Vec::new(), order: None, window: Window::ALL }
    }

    /// The same with one more filter.
    #[must_use]
    pub fn filter(mut self, column: &'static str, comparison: Comparison, value: impl Into<Value>) -> Self {
        self.filters.push((column, comparison, value.into()));
        self
    }

    /// The same, in another order.
    #[must_use]
    pub fn order_by(mut self, column: &'static str, descending: bool) -> Self {
        self.order = Some(Order { column, descending });
        self
    }

    /// The same, of which only a part.
    #[must_use]
    pub fn window(mut self, window: Window) -> Self {
        self.window = window;
        self
    }
}

/// An order of rows; ties are in order of creation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// The column; one of kind *money* is ordered as a number.
    pub column: &'static str,
    /// Greatest first.
    pub descending: bool,
}

/// How a filter compares a column with its value; *money* is compared as a number, exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// The same; `Null` equals `Null`.
    Equal,
    /// Not the same.
    NotEqual,
    /// Less; never true of `Null`.
    Less,
    /// Greater; never true of `Null`.
    Greater,
}
