//! The gate at every micro-step: it records what it sees, and lets the command go on, or not.
//!
//! A gate is the observer of one command in one world. It counts the steps, so that each has an address; holds the command at each
//! of them where somebody looks on; and puts in the faults that were asked for. Whoever polls the command opens the gate for one step.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use futures_util::future::LocalBoxFuture;

use super::fault::{Fault, FaultKind, Place};
use super::trace::{Recorder, Stage, Trace, TraceStep};
use super::world::WorldKind;
use crate::kernel::probe::{Observer, Step, StepKind};
use crate::kernel::{Failure, OperationResult, Store};

/// The observer of one command in one world.
pub(super) struct Gate {
    recorder: Option<Recorder>,
    counts: RefCell<[u32; StepKind::ALL.len()]>,
    faults: RefCell<Vec<Fault>>,
    stage: Cell<Stage>,
    /// Whether each step is held until somebody opens.
    holds: Cell<bool>,
    /// Whether one step may be left.
    open: Cell<bool>,
    at: Cell<Option<Place>>,
    crashed: Cell<Option<Place>>,
    answer: RefCell<Option<OperationResult>>,
}

impl Gate {
    /// A gate for a command in this world, with the faults that are this world's. `watched` keeps a trace.
    pub fn new(world: WorldKind, store: Rc<dyn Store>, faults: &[Fault], watched: bool) -> Rc<Self> {
        Rc::new(Self {
            recorder: watched.then(|| Recorder::of(store)),
            counts: RefCell::default(),
            faults: RefCell::new(faults.iter().filter(|fault| fault.hits(world)).copied().collect()),
            stage: Cell::default(),
            holds: Cell::new(false),
            open: Cell::new(false),
            at: Cell::new(None),
            crashed: Cell::new(None),
            answer: RefCell::new(None),
        })
    }

    /// From the next step on, each is held until the gate is opened (`true`), or none is.
    pub fn hold(&self, on: bool) {
        self.holds.set(on);
    }

    /// Puts in one more fault. At the step where the command is held, it strikes when it goes on.
    pub fn put_in(&self, fault: Fault) {
        self.faults.borrow_mut().push(fault);
    }

    /// Around each poll of the command: it may leave the step where it stands, and the store's statements are its own.
    pub fn open(&self) {
        self.open.set(true);
        if let Some(recorder) = &self.recorder {
            recorder.resume();
        }
    }

    /// After each poll of the command.
    pub fn close(&self) {
        self.open.set(false);
        if let Some(recorder) = &self.recorder {
            recorder.pause();
        }
    }

    /// What comes from here on is another stage of the command's way.
    pub fn enter(&self, stage: Stage) {
        self.stage.set(stage);
    }

    /// The world has crashed, and this is its store now.
    pub fn goes_on_with(&self, store: Rc<dyn Store>) {
        self.crashed.set(None);
        self.enter(Stage::Recovery);
        if let Some(recorder) = &self.recorder {
            recorder.goes_on_with(store);
        }
    }

    /// The step that was reached last.
    pub fn at(&self) -> Option<Place> {
        self.at.get()
    }

    /// Where a fault has made the world crash, until it goes on.
    pub fn crashed(&self) -> Option<Place> {
        self.crashed.get()
    }

    /// The answer, if it was given.
    pub fn answer(&self) -> Option<OperationResult> {
        self.answer.borrow().clone()
    }

    /// The trace so far.
    pub fn trace(&self) -> Trace {
        self.recorder.as_ref().map(Recorder::so_far).unwrap_or_default()
    }

    /// The last step of the trace.
    pub fn last(&self) -> Option<TraceStep> {
        self.recorder.as_ref().and_then(Recorder::last)
    }

    fn count(&self, kind: StepKind) -> Place {
        let mut counts = self.counts.borrow_mut();
        let count = &mut counts[kind as usize];
        *count += 1;
        Place { kind, nth: *count }
    }

    /// What happens when the command leaves this step: it strikes once.
    fn strike(&self, at: Place) -> Poll<Result<(), Failure>> {
        let fault = {
            let mut faults = self.faults.borrow_mut();
            let hit = faults.iter().position(|fault| fault.at == at);
            hit.map(|index| faults.remove(index))
        };
        let Some(fault) = fault else { return Poll::Ready(Ok(())) };
        if let Some(recorder) = &self.recorder {
            recorder.mark(fault.kind);
        }
        match fault.kind {
            FaultKind::Slow(_) => Poll::Ready(Ok(())),
            FaultKind::Fail => {
                Poll::Ready(Err(Failure::new(format!("{} (a fault put in at {at})", what_fails(at.kind)))))
            }
            FaultKind::Crash => {
                self.crashed.set(Some(at));
                Poll::Pending
            }
        }
    }
}

impl Observer for Gate {
    fn reach(&self, step: Step) -> LocalBoxFuture<'_, Result<(), Failure>> {
        let at = self.count(step.kind);
        self.at.set(Some(at));
        // One opening is for one step: whoever arrives here has used it up, the first step's included.
        self.open.set(false);
        if let Some(answer) = &step.answer {
            self.answer.replace(Some((**answer).clone()));
        }
        if let Some(recorder) = &self.recorder {
            recorder.record(step, at.nth, self.stage.get());
        }
        Box::pin(poll_fn(move |_| {
            if self.crashed.get().is_some() || (self.holds.get() && !self.open.replace(false)) {
                return Poll::Pending;
            }
            self.strike(at)
        }))
    }
}

/// What does not work where a step cannot be left.
fn what_fails(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Saving | StepKind::Committing => "the store refuses to write",
        StepKind::Publishing | StepKind::Delivered => "a subscriber throws",
        _ => "it cannot go on",
    }
}
