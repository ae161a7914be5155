//! What a command did, step by step: the recording half of the probe.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

use futures_util::future::{LocalBoxFuture, ready};

use crate::kernel::probe::{Observer, Step};
use crate::kernel::store::Statement;
use crate::kernel::{Failure, Store};

/// The steps of one command in one world.
pub type Trace = Vec<TraceStep>;

/// A step, the statements that led to it, and how long they took together.
#[derive(Debug, Clone, PartialEq)]
pub struct TraceStep {
    /// What was reached.
    pub step: Step,
    /// What the store was asked since the step before.
    pub statements: Vec<Statement>,
    /// The time since the step before.
    pub took: Duration,
}

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
}

impl Recorder {
    /// Starts now, and makes the store remember its statements.
    pub fn start(store: Rc<dyn Store>) -> Rc<Self> {
        store.watch(true);
        store.statements();
        Rc::new(Self { store, last: Cell::new(Instant::now()), steps: RefCell::default() })
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
        self.steps.borrow_mut().push(TraceStep { step, statements: self.store.statements(), took });
        self.last.set(Instant::now());
        Box::pin(ready(Ok(())))
    }
}
