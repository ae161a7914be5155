//! State persistence: an aggregate is remembered as the row it is.
//!
//! A save overwrites the row. The facts that led there are handed on by the unit of work and then gone, and that is the pattern:
//! simple to query, and without a past.

use std::rc::Rc;

use crate::kernel::changes::{Changes, RowChange};
use crate::kernel::root::Recalled;
use crate::kernel::{Expected, Fact, Failure, Id, Persistence, Root, Store, Timestamp};

use super::tables::Tabular;

/// What a save checks before it overwrites a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concurrency {
    /// Nothing: the last write wins.
    LastWriteWins,
    /// That the row still has the version it was read with.
    VersionCheck,
}

/// What a save does when nothing is pending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unchanged {
    /// Writes the row all the same: the version stays and `updated_at` moves.
    Write,
    /// Nothing.
    Skip,
}

/// Remembers aggregates as rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatePersistence {
    /// What a save checks.
    pub concurrency: Concurrency,
    /// What a save without a fact does.
    pub unchanged: Unchanged,
}

impl<A: Tabular> Persistence<A> for StatePersistence {
    fn recall(&self, store: &dyn Store, id: &Id<A>) -> Result<Option<Recalled<A>>, Failure> {
        let Some(row) = store.row(A::TABLE, id.as_str())? else { return Ok(None) };
        let state = A::from_row(&row).map_err(|failure| match store.file() {
            Some(file) => failure.on(file),
            None => failure,
        })?;
        Ok(Some(Recalled { version: A::version(&row), state, row: Some(Rc::new(row)), remark: None }))
    }

    fn changes(&self, root: &Root<A>, facts: &[Fact], at: Timestamp) -> Changes {
        // An aggregate to which nothing ever happened is none, so there is no row of it either.
        let nothing_ever = root.is_new() && facts.is_empty();
        if nothing_ever || (facts.is_empty() && self.unchanged == Unchanged::Skip) {
            return Changes::default();
        }
        let expected = match self.concurrency {
            Concurrency::LastWriteWins => Expected::Any,
            Concurrency::VersionCheck if root.is_new() => Expected::NoStream,
            Concurrency::VersionCheck => Expected::Exactly(root.version()),
        };
        let row = root.state().to_row(root.version().after(facts.len()), at, root.row().map(|row| &**row));
        let put = RowChange::Put { table: A::TABLE, row, before: root.row().cloned(), expected };
        Changes { rows: vec![put], appends: Vec::new() }
    }

    fn recalling(&self, recalled: Option<&Recalled<A>>) -> String {
        if recalled.is_some() { format!("{} 1 row", A::TABLE.name) } else { "no row".to_owned() }
    }
}
