//! All aggregates of one kind in one world, whichever way they are remembered: for comparing, listing and final rows.

use std::rc::Rc;

use serde_json::Value;

use super::wiring::Pattern;
use crate::kernel::store::{Order, Select, Window};
use crate::kernel::table::{Table, Value as Cell};
use crate::kernel::{Aggregate, Failure, Id, Persistence, Store, Timestamp, Version};
use crate::storage::tables::Tabular;

/// The aggregates of one kind.
pub trait Collection {
    /// The kind's name, which also begins its streams: `order`.
    fn name(&self) -> &'static str;

    /// The name of its state table: `orders`.
    fn table(&self) -> &'static str;

    /// How it is remembered.
    fn pattern(&self) -> Pattern;

    /// How many there are.
    ///
    /// # Errors
    ///
    /// When the store fails.
    fn count(&self) -> Result<u64, Failure>;

    /// One of them, by the id in its stream's name.
    ///
    /// # Errors
    ///
    /// When the store fails, or holds what cannot be read.
    fn get(&self, id: &str) -> Result<Option<Listed>, Failure>;

    /// How one of them is stored: its row, lines included; `None` where it has none, only facts.
    ///
    /// # Errors
    ///
    /// When the store fails.
    fn stored(&self, id: &str) -> Result<Option<StoredRow>, Failure>;

    /// Some of them, in order of creation.
    ///
    /// # Errors
    ///
    /// When the store fails, or holds what cannot be read.
    fn list(&self, window: Window) -> Result<Vec<Listed>, Failure>;

    /// Which place one of them has in the order of creation, from 0; `None` where there is none.
    ///
    /// # Errors
    ///
    /// When the store fails.
    fn place(&self, id: &str) -> Result<Option<u64>, Failure>;

    /// Some of them in the order of a column; `None` where no table has the column, so that somebody else has to sort.
    ///
    /// # Errors
    ///
    /// When the store fails, or holds what cannot be read.
    fn ordered(&self, order: Order, window: Window) -> Result<Option<Vec<Listed>>, Failure>;
}

/// One aggregate as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// How many facts it has.
    pub version: Version,
    /// Its state as people see it.
    pub state: Value,
    /// When its row was last written; `None` where there is no row, only facts.
    pub updated_at: Option<Timestamp>,
}

/// A row as its table has it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredRow {
    /// The table's name.
    pub table: &'static str,
    /// Each column with its cell.
    pub cells: Vec<(&'static str, Cell)>,
    /// The rows of the table of its lines.
    pub lines: Vec<Vec<(&'static str, Cell)>>,
}

/// The aggregates `A` of one store.
pub(super) struct Remembered<A> {
    pub store: Rc<dyn Store>,
    pub persistence: Rc<dyn Persistence<A>>,
    pub pattern: Pattern,
}

impl<A: Tabular> Remembered<A> {
    fn prefix() -> String {
        format!("{}-", A::NAME)
    }

    fn recall(&self, id: Id<A>) -> Result<Option<Listed>, Failure> {
        let Some(recalled) = self.persistence.recall(&*self.store, &id)? else { return Ok(None) };
        let updated_at = recalled.row.as_ref().and_then(|row| {
            let column = A::TABLE.column("updated_at")?;
            Timestamp::parse(row.text(column)).ok()
        });
        Ok(Some(Listed { id: id.to_string(), version: recalled.version, state: shown(&recalled.state)?, updated_at }))
    }
}

impl<A: Tabular> Collection for Remembered<A> {
    fn name(&self) -> &'static str {
        A::NAME
    }

    fn table(&self) -> &'static str {
        A::TABLE.name
    }

    fn pattern(&self) -> Pattern {
        self.pattern
    }

    fn count(&self) -> Result<u64, Failure> {
        match self.pattern {
            Pattern::State => self.store.count(A::TABLE),
            Pattern::Events => self.store.count_streams(&Self::prefix()),
        }
    }

    fn get(&self, id: &str) -> Result<Option<Listed>, Failure> {
        self.recall(Id::new(id))
    }

    fn stored(&self, id: &str) -> Result<Option<StoredRow>, Failure> {
        if self.pattern == Pattern::Events {
            return Ok(None);
        }
        let named =
            |table: &Table, cells: Vec<Cell>| table.columns.iter().map(|column| column.name).zip(cells).collect();
        Ok(self.store.row(A::TABLE, id)?.map(|row| StoredRow {
            table: A::TABLE.name,
            lines: A::TABLE
                .lines
                .map(|table| row.lines.iter().map(|line| named(table, line.to_vec())).collect())
                .unwrap_or_default(),
            cells: named(A::TABLE, row.cells),
        }))
    }

    fn list(&self, window: Window) -> Result<Vec<Listed>, Failure> {
        let prefix = Self::prefix();
        let ids: Vec<String> = match self.pattern {
            Pattern::State => {
                let rows = self.store.select(&Select::all(A::TABLE).window(window))?;
                rows.iter().map(|row| row.key().to_owned()).collect()
            }
            Pattern::Events => {
                let streams = self.store.streams(&prefix, window)?;
                streams.iter().filter_map(|stream| stream.strip_prefix(&prefix)).map(str::to_owned).collect()
            }
        };
        ids.into_iter().filter_map(|id| self.recall(Id::new(id)).transpose()).collect()
    }

    fn place(&self, id: &str) -> Result<Option<u64>, Failure> {
        match self.pattern {
            Pattern::State => self.store.place(A::TABLE, id),
            Pattern::Events => {
                let prefix = Self::prefix();
                self.store.place_of_stream(&prefix, &format!("{prefix}{id}"))
            }
        }
    }

    fn ordered(&self, order: Order, window: Window) -> Result<Option<Vec<Listed>>, Failure> {
        if self.pattern == Pattern::Events || A::TABLE.column(order.column).is_none() {
            return Ok(None);
        }
        let select = Select::all(A::TABLE).order_by(order.column, order.descending).window(window);
        let rows = self.store.select(&select)?;
        rows.iter().filter_map(|row| self.recall(Id::new(row.key())).transpose()).collect::<Result<_, _>>().map(Some)
    }
}

fn shown<A: Aggregate>(state: &A) -> Result<Value, Failure> {
    serde_json::to_value(state)
        .map_err(|error| Failure::new(format!("the state of a {} cannot be shown: {error}", A::NAME)))
}
