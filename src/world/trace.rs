//! What a command did, step by step: the recording half of the probe.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

use futures_util::future::{LocalBoxFuture, ready};

use crate::domain::{Context, Customer, Order, Product, StockItem};
use crate::kernel::probe::{Observer, Step, StepKind};
use crate::kernel::store::Statement;
use crate::kernel::table::{Row, Table, Value};
use crate::kernel::{Fact, Failure, Store, Version};
use crate::storage::tables::Tabular;

/// The steps of one command in one world.
pub type Trace = Vec<TraceStep>;

/// A step, the statements that led to it, and how long they took together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TraceStep {
    /// What was reached.
    pub step: Step,
    /// What the store was asked since the step before.
    pub statements: Vec<Statement>,
    /// The time since the step before.
    pub took: Duration,
    /// Rows of the domain that a commit has changed.
    pub rows: Vec<RowChange>,
    /// The facts that a load has folded, oldest first; the first ones of many.
    pub folded: Vec<Fact>,
}

/// A row before and after a commit.
#[derive(Debug, Clone, PartialEq)]
pub struct RowChange {
    /// Its table.
    pub table: &'static Table,
    /// As it was; `None` where there was none.
    pub before: Option<Written>,
    /// As it is; `None` where it is gone.
    pub after: Option<Written>,
}

/// What a row says, to be kept and handed on.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// One cell a column.
    pub cells: Vec<Value>,
    /// How many rows of lines belong to it.
    pub lines: usize,
}

impl From<&Row> for Written {
    fn from(row: &Row) -> Self {
        Self { cells: row.cells.to_vec(), lines: row.lines.len() }
    }
}

/// At most so many facts of a load are kept.
const MOST_FOLDED: usize = 64;

impl TraceStep {
    /// Rows read and written.
    pub fn rows(&self) -> u64 {
        self.statements.iter().map(|statement| statement.rows).sum()
    }
}

/// Records every step it sees.
pub struct Recorder {
    store: Rc<dyn Store>,
    last: Cell<Instant>,
    steps: RefCell<Trace>,
    /// The rows of the aggregates that were loaded or saved, as they were last.
    known: RefCell<Vec<(String, &'static Table, Option<Row>)>>,
}

impl Recorder {
    /// Starts now, and makes the store remember its statements.
    pub fn start(store: Rc<dyn Store>) -> Rc<Self> {
        store.watch(true);
        store.statements();
        Rc::new(Self { store, last: Cell::new(Instant::now()), steps: RefCell::default(), known: RefCell::default() })
    }

    /// The steps so far.
    pub fn finish(&self) -> Trace {
        self.store.watch(false);
        self.steps.take()
    }
}

impl Observer for Recorder {
    fn reach(&self, step: Step) -> LocalBoxFuture<'_, Result<(), Failure>> {
        let took = self.last.get().elapsed();
        let statements = self.store.statements();
        // What the recorder reads for itself is no part of the command.
        self.store.watch(false);
        let (rows, folded) = self.look(&step);
        self.store.watch(true);
        self.steps.borrow_mut().push(TraceStep { step, statements, took, rows, folded });
        self.last.set(Instant::now());
        Box::pin(ready(Ok(())))
    }
}

impl Recorder {
    /// What a step has folded or changed. A store that fails here fails for the command, too, and says so there.
    fn look(&self, step: &Step) -> (Vec<RowChange>, Vec<Fact>) {
        match step.kind {
            StepKind::Loaded => {
                (Vec::new(), if self.meet(&step.subject) { Vec::new() } else { self.folded(&step.subject) })
            }
            StepKind::Saving => {
                self.meet(&step.subject);
                Default::default()
            }
            StepKind::Committed => (self.changed(), Vec::new()),
            _ => Default::default(),
        }
    }

    /// Notes an aggregate's row as it is; whether there is one.
    fn meet(&self, stream: &str) -> bool {
        let mut known = self.known.borrow_mut();
        if let Some((.., row)) = known.iter().find(|(one, ..)| one == stream) {
            return row.is_some();
        }
        let Some((table, id)) = table_of(stream) else { return false };
        let row = self.store.row(table, id).ok().flatten();
        known.push((stream.to_owned(), table, row));
        known.last().is_some_and(|(.., row)| row.is_some())
    }

    fn folded(&self, stream: &str) -> Vec<Fact> {
        let mut facts = Vec::new();
        // The error that ends the reading is only a sign that there are enough.
        let _ = self.store.stream(stream, Version::NONE, &mut |kept| {
            facts.extend(kept.to_fact().ok());
            if facts.len() < MOST_FOLDED { Ok(()) } else { Err(Failure::new("enough")) }
        });
        facts
    }

    fn changed(&self) -> Vec<RowChange> {
        let mut changes = Vec::new();
        for (stream, table, before) in self.known.borrow_mut().iter_mut() {
            let Some((_, id)) = table_of(stream) else { continue };
            let after = self.store.row(table, id).ok().flatten();
            if *before != after {
                changes.push(RowChange {
                    table,
                    before: before.as_ref().map(Written::from),
                    after: after.as_ref().map(Written::from),
                });
                *before = after;
            }
        }
        changes
    }
}

/// The state table of a stream's aggregate, and the row's key.
fn table_of(stream: &str) -> Option<(&'static Table, &str)> {
    let (_, id) = stream.split_once('-')?;
    let table = match Context::of_stream(stream)? {
        Context::Catalog => Product::TABLE,
        Context::Ordering | Context::Across => Order::TABLE,
        Context::Customers => Customer::TABLE,
        Context::Inventory => StockItem::TABLE,
    };
    Some((table, id))
}
