//! Remembering statements for whoever watches; nothing but a look at one flag while no one does.

use std::cell::{Cell, RefCell};

use crate::kernel::store::Statement;

/// The statements since the last look.
#[derive(Debug, Default)]
pub(super) struct Watch {
    on: Cell<bool>,
    seen: RefCell<Vec<Statement>>,
}

impl Watch {
    pub(super) fn turn(&self, on: bool) {
        self.on.set(on);
        if !on {
            self.seen.borrow_mut().clear();
        }
    }

    pub(super) fn take(&self) -> Vec<Statement> {
        self.seen.take()
    }

    /// A statement has run; its values are still bound.
    pub(super) fn saw(&self, statement: &rusqlite::Statement<'_>, rows: u64) {
        if self.on.get() {
            self.keep(statement, rows);
        }
    }

    #[cold]
    fn keep(&self, statement: &rusqlite::Statement<'_>, rows: u64) {
        let text = statement.expanded_sql().unwrap_or_default();
        self.seen.borrow_mut().push(Statement { text, rows });
    }
}
