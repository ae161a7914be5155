//! How far a world has come, in a row that rides in every commit of a command.

use std::cell::Cell;

use crate::kernel::ledger::PROGRESS;
use crate::kernel::table::Row;
use crate::kernel::{Failure, Store};

/// The key of the only row.
const KEY: &str = "world";

/// How far a world has come: kept in its `progress` table, in every commit of a command.
#[derive(Debug, Default)]
pub(super) struct Progress {
    come: Cell<Come>,
    commits: Cell<u64>,
}

/// Input number, rows overwritten, facts raised.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Come {
    pub input: u64,
    pub overwritten: u64,
    pub facts: u64,
}

impl Progress {
    /// What a store says.
    pub fn read(store: &dyn Store) -> Result<Self, Failure> {
        let come = store.row(&PROGRESS, KEY)?.map(|row| Come::read(&row)).unwrap_or_default();
        Ok(Self { come: Cell::new(come), commits: Cell::new(0) })
    }

    /// As it is now.
    pub fn come(&self) -> Come {
        self.come.get()
    }

    /// After a commit for this input. Number 0 is no input of a playground, and leaves no trace in the store.
    pub fn after(&self, input: u64, overwritten: u64, facts: u64) -> Come {
        let come = self.come.get();
        Come { input: input.max(come.input), overwritten: come.overwritten + overwritten, facts: come.facts + facts }
    }

    /// A commit for it has succeeded.
    pub fn set(&self, come: Come) {
        self.come.set(come);
        self.commits.set(self.commits.get() + 1);
    }

    /// How many commits of commands this world has seen since it was opened.
    pub fn commits(&self) -> u64 {
        self.commits.get()
    }
}

impl Come {
    /// The row to write.
    pub fn row(self) -> Option<Row> {
        let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX).into();
        (self.input > 0)
            .then(|| Row::of(vec![KEY.into(), number(self.input), number(self.overwritten), number(self.facts)]))
    }

    fn read(row: &Row) -> Self {
        let number = |column| u64::try_from(row.integer(column)).unwrap_or_default();
        Self { input: number(1), overwritten: number(2), facts: number(3) }
    }
}
