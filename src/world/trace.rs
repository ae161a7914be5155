//! What a command did, step by step: what its gate has recorded.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

use super::delivery::DROPPED;
use super::fault::{FaultKind, Place};
use crate::domain::{Context, Customer, Order, Product, StockItem};
use crate::kernel::probe::{Step, StepKind};
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
    /// Which of its kind it is, from 1.
    pub nth: u32,
    /// On which part of the command's way.
    pub stage: Stage,
    /// What went wrong here on purpose.
    pub fault: Option<FaultKind>,
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

/// The parts of a command's way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stage {
    /// To the answer.
    #[default]
    Command,
    /// Delivery after the answer.
    Delivery,
    /// After a crash.
    Recovery,
}

/// What a stretch of steps is for: *step over* goes to the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Received and validated.
    Entering,
    /// Loaded and decided.
    Deciding,
    /// Saved and committed.
    Saving,
    /// On the bus, before the answer.
    Publishing,
    /// Logged and answered.
    Answering,
    /// Delivery after the answer.
    Delivering,
    /// After a crash.
    Recovering,
}

impl Phase {
    /// The word for it, on screens and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Entering => "entering",
            Self::Deciding => "deciding",
            Self::Saving => "saving",
            Self::Publishing => "publishing",
            Self::Answering => "answering",
            Self::Delivering => "delivering",
            Self::Recovering => "recovering",
        }
    }
}

impl TraceStep {
    /// Its address: `publishing:2`.
    pub fn place(&self) -> Place {
        Place { kind: self.step.kind, nth: self.nth }
    }

    /// Whether a fact was delivered here that a subscriber had had already, and dropped.
    pub fn is_dropped(&self) -> bool {
        self.step.kind == StepKind::Delivered && self.step.detail == DROPPED
    }

    /// What the stretch is for that it belongs to.
    pub fn phase(&self) -> Phase {
        match (self.stage, self.step.kind) {
            (Stage::Delivery, _) => Phase::Delivering,
            (Stage::Recovery, _) | (_, StepKind::Reopened) => Phase::Recovering,
            (_, StepKind::Received | StepKind::Validated) => Phase::Entering,
            (_, StepKind::Loaded | StepKind::Decided) => Phase::Deciding,
            (_, StepKind::Saving | StepKind::Committing | StepKind::Committed | StepKind::Cleared) => Phase::Saving,
            (_, StepKind::Publishing | StepKind::Delivered) => Phase::Publishing,
            (_, StepKind::Logged | StepKind::Returned) => Phase::Answering,
        }
    }

    /// Rows read and written.
    pub fn rows(&self) -> u64 {
        self.statements.iter().map(|statement| statement.rows).sum()
    }
}

/// Records every step of one command. Several may record over one store by turns: what the store was asked between
/// [`Recorder::resume`] and [`Recorder::pause`] belongs to the one.
pub struct Recorder {
    store: RefCell<Rc<dyn Store>>,
    since: Cell<Instant>,
    steps: RefCell<Trace>,
    /// The rows of the aggregates that were loaded or saved, as they were last.
    known: RefCell<Vec<(String, &'static Table, Option<Row>)>>,
}

impl Recorder {
    /// One that has recorded nothing yet.
    pub fn of(store: Rc<dyn Store>) -> Self {
        Self {
            store: RefCell::new(store),
            since: Cell::new(Instant::now()),
            steps: RefCell::default(),
            known: RefCell::default(),
        }
    }

    /// From now on, what the store is asked is this command's, and so is the time that passes.
    pub fn resume(&self) {
        let store = self.store.borrow();
        store.watch(true);
        store.statements();
        self.since.set(Instant::now());
    }

    /// Until it is resumed, it is somebody else's.
    pub fn pause(&self) {
        self.store.borrow().watch(false);
    }

    /// The world has crashed, and this is its store now.
    pub fn goes_on_with(&self, store: Rc<dyn Store>) {
        self.store.replace(store);
    }

    /// The steps so far.
    pub fn so_far(&self) -> Trace {
        self.steps.borrow().clone()
    }

    /// The last of them.
    pub fn last(&self) -> Option<TraceStep> {
        self.steps.borrow().last().cloned()
    }

    /// Something went wrong on purpose at the step that was recorded last.
    pub fn mark(&self, fault: FaultKind) {
        if let Some(last) = self.steps.borrow_mut().last_mut() {
            last.fault = Some(fault);
        }
    }

    /// One more step, the `nth` of its kind.
    pub fn record(&self, step: Step, nth: u32, stage: Stage) {
        let took = self.since.get().elapsed();
        let store = Rc::clone(&self.store.borrow());
        let statements = store.statements();
        // What the recorder reads for itself is no part of the command.
        store.watch(false);
        let (rows, folded) = self.look(&*store, &step);
        store.watch(true);
        self.steps.borrow_mut().push(TraceStep { step, nth, stage, fault: None, statements, took, rows, folded });
        self.since.set(Instant::now());
    }
}

impl Recorder {
    /// What a step has folded or changed. A store that fails here fails for the command, too, and says so there.
    fn look(&self, store: &dyn Store, step: &Step) -> (Vec<RowChange>, Vec<Fact>) {
        match step.kind {
            StepKind::Loaded => {
                (Vec::new(), if self.meet(store, &step.subject) { Vec::new() } else { folded(store, &step.subject) })
            }
            StepKind::Saving => {
                self.meet(store, &step.subject);
                Default::default()
            }
            StepKind::Committed => (self.changed(store), Vec::new()),
            _ => Default::default(),
        }
    }

    /// Notes an aggregate's row as it is; whether there is one.
    fn meet(&self, store: &dyn Store, stream: &str) -> bool {
        let mut known = self.known.borrow_mut();
        if let Some((.., row)) = known.iter().find(|(one, ..)| one == stream) {
            return row.is_some();
        }
        let Some((table, id)) = table_of(stream) else { return false };
        let row = store.row(table, id).ok().flatten();
        known.push((stream.to_owned(), table, row));
        known.last().is_some_and(|(.., row)| row.is_some())
    }

    fn changed(&self, store: &dyn Store) -> Vec<RowChange> {
        let mut changes = Vec::new();
        for (stream, table, before) in self.known.borrow_mut().iter_mut() {
            let Some((_, id)) = table_of(stream) else { continue };
            let after = store.row(table, id).ok().flatten();
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

/// The facts of a stream, the first ones of many.
fn folded(store: &dyn Store, stream: &str) -> Vec<Fact> {
    let mut facts = Vec::new();
    // The error that ends the reading is only a sign that there are enough.
    let _ = store.stream(stream, Version::NONE, &mut |kept| {
        facts.extend(kept.to_fact().ok());
        if facts.len() < MOST_FOLDED { Ok(()) } else { Err(Failure::new("enough")) }
    });
    facts
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
