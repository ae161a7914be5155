//! A store in memory: the same contract without a file, for what need not stay.
//!
//! A commit is carried out part by part, and each part says how it is taken back; when a later part fails, all of them are.

mod commit;
mod log;
mod rows;

use std::cell::{Cell, RefCell};

use self::log::Log;
use self::rows::Rows;
use super::filter;
use crate::kernel::changes::Changes;
use crate::kernel::event::Kept;
use crate::kernel::store::{Each, LogRange, NotCommitted, Receipt, Select, Statement, Window};
use crate::kernel::table::{Row, Table};
use crate::kernel::{Failure, Position, Store, Version};

/// A store in memory.
#[derive(Debug, Default)]
pub struct MemoryStore {
    held: RefCell<Held>,
    watched: Cell<bool>,
    seen: RefCell<Vec<Statement>>,
}

/// What a store in memory holds.
#[derive(Debug, Default, Clone)]
struct Held {
    tables: Vec<(&'static Table, Rows)>,
    log: Log,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    /// Another store that holds the same, and goes its own way from here.
    #[must_use]
    pub fn fork(&self) -> Self {
        Self { held: RefCell::new(self.held.borrow().clone()), ..Self::default() }
    }

    fn saw(&self, text: impl FnOnce() -> String, rows: usize) {
        if self.watched.get() {
            self.seen.borrow_mut().push(Statement { text: text(), rows: rows as u64 });
        }
    }
}

impl Held {
    /// The rows of a table; none before the first is put.
    fn rows(&self, table: &'static Table) -> Option<&Rows> {
        self.tables.iter().find(|(held, _)| std::ptr::eq(*held, table)).map(|(_, rows)| rows)
    }

    fn rows_mut(&mut self, table: &'static Table) -> &mut Rows {
        let index = match self.tables.iter().position(|(held, _)| std::ptr::eq(*held, table)) {
            Some(index) => index,
            None => {
                self.tables.push((table, Rows::default()));
                self.tables.len() - 1
            }
        };
        &mut self.tables[index].1
    }
}

impl Store for MemoryStore {
    fn commit(&self, changes: &Changes) -> Result<Receipt, NotCommitted> {
        if changes.is_empty() {
            return Ok(Receipt::default());
        }
        let receipt = commit::commit(&mut self.held.borrow_mut(), changes)?;
        if self.watched.get() {
            self.seen.borrow_mut().extend(commit::in_words(changes));
        }
        Ok(receipt)
    }

    fn row(&self, table: &'static Table, key: &str) -> Result<Option<Row>, Failure> {
        let row = self.held.borrow().rows(table).and_then(|rows| rows.get(key)).cloned();
        self.saw(|| format!("get {} {key}", table.name), usize::from(row.is_some()));
        Ok(row)
    }

    fn select(&self, select: &Select) -> Result<Vec<Row>, Failure> {
        let filters = filter::filters(select)?;
        let held = self.held.borrow();
        let mut found = Vec::new();
        'rows: for row in held.rows(select.table).into_iter().flat_map(Rows::in_order) {
            for filter in &filters {
                if !filter.passes(select.table, &row.cells)? {
                    continue 'rows;
                }
            }
            found.push(row);
        }
        if let Some(order) = select.order {
            rows::sort(select.table, &mut found, order)?;
        }
        let found: Vec<_> = window(found.into_iter(), select.window).cloned().collect();
        self.saw(|| format!("select {}", select.table.name), found.len());
        Ok(found)
    }

    fn count(&self, table: &'static Table) -> Result<u64, Failure> {
        self.saw(|| format!("count {}", table.name), 1);
        Ok(self.held.borrow().rows(table).map_or(0, Rows::len) as u64)
    }

    fn stream(&self, stream: &str, after: Version, each: Each<'_>) -> Result<(), Failure> {
        let mut read = 0;
        let outcome = self.held.borrow().log.stream(stream, after, &mut counting(&mut read, each));
        self.saw(|| format!("read {stream} after version {after}"), read);
        outcome
    }

    fn log(&self, range: LogRange, each: Each<'_>) -> Result<(), Failure> {
        let mut read = 0;
        let outcome = self.held.borrow().log.range(range, &mut counting(&mut read, each));
        self.saw(|| format!("read the log from position {}", range.from), read);
        outcome
    }

    fn head(&self) -> Result<Position, Failure> {
        self.saw(|| "read the last position".to_owned(), 1);
        Ok(self.held.borrow().log.head())
    }

    fn streams(&self, prefix: &str, of: Window) -> Result<Vec<String>, Failure> {
        let held = self.held.borrow();
        let found: Vec<_> = window(held.log.streams(prefix), of).map(str::to_owned).collect();
        self.saw(|| format!("list streams {prefix}"), found.len());
        Ok(found)
    }

    fn count_streams(&self, prefix: &str) -> Result<u64, Failure> {
        self.saw(|| format!("count streams {prefix}"), 1);
        Ok(self.held.borrow().log.streams(prefix).count() as u64)
    }

    fn watch(&self, on: bool) {
        self.watched.set(on);
        if !on {
            self.seen.borrow_mut().clear();
        }
    }

    fn statements(&self) -> Vec<Statement> {
        self.seen.take()
    }
}

fn counting<'a>(read: &'a mut usize, each: Each<'a>) -> impl FnMut(Kept<'_>) -> Result<(), Failure> + 'a {
    move |kept| {
        *read += 1;
        each(kept)
    }
}

fn window<T>(all: impl Iterator<Item = T>, Window { offset, limit }: Window) -> impl Iterator<Item = T> {
    let at_most = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    all.skip(at_most(offset)).take(at_most(limit))
}
