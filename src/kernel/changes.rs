//! Everything written is a value.
//!
//! A save, a projector's step and a delivery all produce [`Changes`], and [`Store::commit`](super::Store::commit) writes them, all or
//! nothing. Policies follow from when a commit happens and what rides in it.

use std::rc::Rc;

use super::event::Fact;
use super::table::{Row, Table, Value};
use super::version::Expected;

/// What one commit writes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changes {
    /// Rows to write or delete: of state tables, read models, outbox, checkpoints. In this order.
    pub rows: Vec<RowChange>,
    /// Events to append, stream by stream, in the order of the saves.
    pub appends: Vec<Append>,
}

impl Changes {
    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.appends.is_empty()
    }

    /// Takes over what `other` holds, after what is here already.
    pub fn join(&mut self, other: Self) {
        self.rows.extend(other.rows);
        self.appends.extend(other.appends);
    }

    /// Writes a row, whatever is there.
    pub fn put(&mut self, table: &'static Table, row: Row) {
        self.rows.push(RowChange::Put { table, row, before: None, expected: Expected::Any });
    }

    /// Deletes a row, if it is there.
    pub fn delete(&mut self, table: &'static Table, key: impl Into<Value>) {
        self.rows.push(RowChange::Delete { table, key: key.into() });
    }
}

/// A row to write or delete.
#[derive(Debug, Clone, PartialEq)]
pub enum RowChange {
    /// Insert or update by key.
    Put {
        /// Where.
        table: &'static Table,
        /// The whole row as it is from now on, its lines included.
        row: Row,
        /// The row as the writer read it, so that only lines that differ are written; `None` writes every line.
        before: Option<Rc<Row>>,
        /// What must be there: by version in versioned tables, elsewhere *any*, *exists* or *no stream* (that is: no such row).
        expected: Expected,
    },
    /// Delete by key, with all lines; nothing happens when there is none.
    Delete {
        /// Where.
        table: &'static Table,
        /// The key.
        key: Value,
    },
}

impl RowChange {
    /// Where.
    pub fn table(&self) -> &'static Table {
        match self {
            Self::Put { table, .. } | Self::Delete { table, .. } => table,
        }
    }
}

/// Events for the end of one stream.
#[derive(Debug, Clone, PartialEq)]
pub struct Append {
    /// `order-<id>`.
    pub stream: String,
    /// What the stream must be at.
    pub expected: Expected,
    /// Oldest first; under *any* and *exists* the store numbers them on from what is there.
    pub facts: Vec<Fact>,
}
