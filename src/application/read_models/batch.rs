//! Rows in the making: what a subscriber reads and writes before it becomes one commit.

use std::collections::HashMap;
use std::rc::Rc;

use crate::kernel::table::{Row, Table};
use crate::kernel::{Changes, Failure, Store};

/// How many rows are held from one commit to the next.
const MOST_HELD: usize = 10_000;

/// The rows one or many facts touch. Each is read from the store once, changed here, and written once.
pub struct Batch {
    store: Rc<dyn Store>,
    tables: Vec<Rows>,
}

struct Rows {
    table: &'static Table,
    rows: Vec<Touched>,
    by_key: HashMap<String, usize>,
}

struct Touched {
    row: Option<Row>,
    changed: bool,
}

impl Batch {
    /// Nothing touched yet.
    pub fn new(store: Rc<dyn Store>) -> Self {
        Self { store, tables: Vec::new() }
    }

    /// Whether nothing is touched yet.
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }

    /// The row with this key, as the facts so far leave it.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub fn row(&mut self, table: &'static Table, key: &str) -> Result<Option<&Row>, Failure> {
        let store = Rc::clone(&self.store);
        let rows = self.rows(table);
        let index = match rows.by_key.get(key) {
            Some(index) => *index,
            None => rows.touch(key, store.row(table, key)?),
        };
        Ok(rows.rows[index].row.as_ref())
    }

    /// The row to change, made by `new` where there is none.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub fn change(&mut self, table: &'static Table, key: &str, new: impl FnOnce() -> Row) -> Result<&mut Row, Failure> {
        let store = Rc::clone(&self.store);
        let rows = self.rows(table);
        let index = match rows.by_key.get(key) {
            Some(index) => *index,
            None => rows.touch(key, store.row(table, key)?),
        };
        let touched = &mut rows.rows[index];
        touched.changed = true;
        Ok(touched.row.get_or_insert_with(new))
    }

    /// Writes a row, whatever is there.
    pub fn put(&mut self, table: &'static Table, row: Row) {
        let rows = self.rows(table);
        let index = match rows.by_key.get(row.key()) {
            Some(index) => *index,
            None => rows.touch(row.key(), None),
        };
        rows.rows[index] = Touched { row: Some(row), changed: true };
    }

    /// The changes, and an empty batch again.
    pub fn take(&mut self) -> Changes {
        let mut changes = Changes::default();
        for rows in self.tables.drain(..) {
            for touched in rows.rows {
                if let (Some(row), true) = (touched.row, touched.changed) {
                    changes.put(rows.table, row);
                }
            }
        }
        changes
    }

    /// The changes. The rows stay as they are once these are written, and are not read again: for who knows that nobody else writes
    /// them meanwhile. When too many have come together, all are forgotten.
    pub fn changes(&mut self) -> Changes {
        if self.tables.iter().map(|rows| rows.rows.len()).sum::<usize>() > MOST_HELD {
            return self.take();
        }
        let mut changes = Changes::default();
        for rows in &mut self.tables {
            for touched in &mut rows.rows {
                if let (Some(row), true) = (&touched.row, std::mem::take(&mut touched.changed)) {
                    changes.put(rows.table, row.clone());
                }
            }
        }
        changes
    }

    fn rows(&mut self, table: &'static Table) -> &mut Rows {
        let index = match self.tables.iter().position(|rows| std::ptr::eq(rows.table, table)) {
            Some(index) => index,
            None => {
                self.tables.push(Rows { table, rows: Vec::new(), by_key: HashMap::new() });
                self.tables.len() - 1
            }
        };
        &mut self.tables[index]
    }
}

impl Rows {
    fn touch(&mut self, key: &str, row: Option<Row>) -> usize {
        self.rows.push(Touched { row, changed: false });
        self.by_key.insert(key.to_owned(), self.rows.len() - 1);
        self.rows.len() - 1
    }
}
