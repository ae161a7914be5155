//! A store in memory that notes which of its parts were read and written since somebody last asked.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::LARGEST;
use crate::kernel::changes::{Append, Changes, RowChange};
use crate::kernel::ledger::PROGRESS;
use crate::kernel::store::{Each, LogRange, NotCommitted, Receipt, Select, Statement, Store, Window};
use crate::kernel::table::{Row, Table};
use crate::kernel::{Expected, Failure, Position, Version};
use crate::storage::MemoryStore;
use crate::world::TABLES;

/// What a step has read and written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Touched {
    reads: Vec<Part>,
    writes: Vec<Part>,
}

/// A part of a store.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// A row, by its table and key.
    Row(&'static str, String),
    /// A whole table.
    Table(&'static str),
    /// The events of one aggregate.
    Stream(String),
}

impl Touched {
    /// Whether the store was left alone.
    pub fn is_nothing(&self) -> bool {
        self.reads.is_empty() && self.writes.is_empty()
    }

    /// Whether it matters which of two steps comes first.
    pub fn meets(&self, other: &Self) -> bool {
        let any = |some: &[Part], others: &[Part]| some.iter().any(|one| others.iter().any(|other| one.meets(other)));
        any(&self.reads, &other.writes) || any(&self.writes, &other.reads) || any(&self.writes, &other.writes)
    }
}

impl Part {
    fn meets(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Row(table, _), Self::Table(whole)) | (Self::Table(whole), Self::Row(table, _)) => table == whole,
            _ => self == other,
        }
    }
}

/// The store, and what was done to it while a command was being moved.
#[derive(Debug, Default)]
pub(super) struct Noting {
    store: MemoryStore,
    watched: Cell<bool>,
    touched: RefCell<Touched>,
}

impl Noting {
    /// A copy of everything that a store holds.
    pub fn copy(of: &dyn Store) -> Result<Self, Failure> {
        let mut size = of.head()?.0;
        for table in TABLES {
            size += of.count(table)?;
        }
        if size > LARGEST {
            return Err(Failure::new(format!(
                "the world holds {size} rows and facts, and only one of up to {LARGEST} is copied for every interleaving"
            ))
            .remedy("explore the two commands in a smaller playground, such as an ephemeral one with a scenario"));
        }
        let noting = Self::default();
        let mut changes = Changes::default();
        for table in TABLES {
            of.select(&Select::all(table))?.into_iter().for_each(|row| changes.put(table, row));
        }
        of.log(LogRange::after(Position(0), usize::MAX), &mut |kept| {
            let fact = kept.to_fact().map_err(|error| Failure::new(format!("event #{}: {error}", kept.position)))?;
            let append = Append { stream: fact.stream.clone(), expected: Expected::Any, facts: vec![fact] };
            changes.appends.push(append);
            Ok(())
        })?;
        match noting.store.commit(&changes) {
            Ok(_) => Ok(noting),
            Err(NotCommitted::Failed(failure)) => Err(failure),
            Err(NotCommitted::Conflict(conflict)) => Err(Failure::new(conflict.to_string())),
        }
    }

    /// Another one that goes its own way from here.
    pub fn fork(&self) -> Rc<Self> {
        Rc::new(Self { store: self.store.fork(), ..Self::default() })
    }

    /// What was done since the last call.
    pub fn take(&self) -> Touched {
        self.touched.take()
    }

    fn reads(&self, part: impl FnOnce() -> Part) {
        // What a recorder reads for itself is no part of the command.
        if self.watched.get() {
            self.touched.borrow_mut().reads.push(part());
        }
    }

    /// Also what was not written after all has been looked at.
    fn writes(&self, changes: &Changes) {
        if !self.watched.get() {
            return;
        }
        let mut touched = self.touched.borrow_mut();
        // How far the world has come is nobody's to read while commands are on their way.
        for change in changes.rows.iter().filter(|change| change.table().name != PROGRESS.name) {
            let key = match change {
                RowChange::Put { row, .. } => row.key(),
                RowChange::Delete { key, .. } => key.as_str().unwrap_or_default(),
            };
            touched.writes.push(Part::Row(change.table().name, key.to_owned()));
        }
        for append in &changes.appends {
            touched.writes.push(Part::Stream(append.stream.clone()));
        }
        if !changes.appends.is_empty() {
            // Two appends meet only where they are of one stream; who reads the log meets both.
            let first = changes.appends.iter().flat_map(|append| &append.facts).next();
            touched.writes.push(Part::Row(LOG, first.map_or(String::new(), |fact| fact.event_id.clone())));
        }
    }
}

/// The log as a table whose rows are the facts.
const LOG: &str = "events";

impl Store for Noting {
    fn commit(&self, changes: &Changes) -> Result<Receipt, NotCommitted> {
        self.writes(changes);
        self.store.commit(changes)
    }

    fn row(&self, table: &'static Table, key: &str) -> Result<Option<Row>, Failure> {
        self.reads(|| Part::Row(table.name, key.to_owned()));
        self.store.row(table, key)
    }

    fn select(&self, select: &Select) -> Result<Vec<Row>, Failure> {
        self.reads(|| Part::Table(select.table.name));
        self.store.select(select)
    }

    fn count(&self, table: &'static Table) -> Result<u64, Failure> {
        self.reads(|| Part::Table(table.name));
        self.store.count(table)
    }

    fn stream(&self, stream: &str, after: Version, each: Each<'_>) -> Result<(), Failure> {
        self.reads(|| Part::Stream(stream.to_owned()));
        self.store.stream(stream, after, each)
    }

    fn log(&self, range: LogRange, each: Each<'_>) -> Result<(), Failure> {
        self.reads(|| Part::Table(LOG));
        self.store.log(range, each)
    }

    fn head(&self) -> Result<Position, Failure> {
        self.reads(|| Part::Table(LOG));
        self.store.head()
    }

    fn streams(&self, prefix: &str, window: Window) -> Result<Vec<String>, Failure> {
        self.reads(|| Part::Table(LOG));
        self.store.streams(prefix, window)
    }

    fn count_streams(&self, prefix: &str) -> Result<u64, Failure> {
        self.reads(|| Part::Table(LOG));
        self.store.count_streams(prefix)
    }

    fn watch(&self, on: bool) {
        self.watched.set(on);
    }

    fn statements(&self) -> Vec<Statement> {
        Vec::new()
    }
}
