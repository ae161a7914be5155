//! The one place through which every micro-step of a command passes.
//!
//! Trace, pause, fault and interleaving are all observers of [`Probe::reach`]. Without an observer nothing is built, nothing is
//! awaited and nothing is allocated.

use std::fmt;
use std::rc::Rc;

use futures_util::future::LocalBoxFuture;
use serde_json::Value;

use super::aggregate::Aggregate;
use super::event::{DomainEvent, Fact};
use super::operation::{Failure, OperationResult};
use super::root::Root;
use super::version::Version;

/// Where the code says which micro-step it has reached.
#[derive(Clone, Default)]
pub struct Probe(Option<Rc<dyn Observer>>);

impl Probe {
    /// No one watches.
    pub fn none() -> Self {
        Self(None)
    }

    /// `observer` sees every step, and may hold it up or let it fail.
    pub fn of(observer: Rc<dyn Observer>) -> Self {
        Self(Some(observer))
    }

    /// Whether someone watches.
    pub fn is_watched(&self) -> bool {
        !cfg!(feature = "without-probe") && self.0.is_some()
    }

    /// A micro-step has been reached. `step` is called only when someone watches.
    ///
    /// # Errors
    ///
    /// The fault that an observer has put here.
    pub async fn reach(&self, step: impl FnOnce() -> Step) -> Result<(), Failure> {
        if cfg!(feature = "without-probe") {
            return Ok(());
        }
        match &self.0 {
            None => Ok(()),
            Some(observer) => observer.reach(step()).await,
        }
    }
}

impl fmt::Debug for Probe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Probe(watched)" } else { "Probe(unwatched)" })
    }
}

/// Someone who watches.
pub trait Observer {
    /// Called at each step; the command goes on when the future is ready, and fails where it answers with an error.
    fn reach(&self, step: Step) -> LocalBoxFuture<'_, Result<(), Failure>>;
}

/// One observable step of a command on its way.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Step {
    /// Which.
    pub kind: StepKind,
    /// What it is about: a stream, an event type, a subscriber, a command.
    pub subject: String,
    /// What happened, in a few words.
    pub detail: String,
    /// What the root holds, where one is at hand.
    pub root: Option<Box<RootView>>,
    /// The fact that is on its way, at the steps of publishing.
    pub fact: Option<Box<Fact>>,
    /// The answer, once there is one.
    pub answer: Option<Box<OperationResult>>,
}

impl Step {
    /// A step of this kind.
    pub fn new(kind: StepKind, subject: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { kind, subject: subject.into(), detail: detail.into(), ..Self::default() }
    }

    /// The same, with what the root holds at this moment.
    #[must_use]
    pub fn holding<A: Aggregate>(mut self, root: &Root<A>) -> Self {
        self.root = Some(Box::new(RootView::of(root)));
        self
    }

    /// The same, about a fact on its way.
    #[must_use]
    pub fn about(mut self, fact: &Fact) -> Self {
        self.fact = Some(Box::new(fact.clone()));
        self
    }

    /// The same, with the answer that is given.
    #[must_use]
    pub fn answering(mut self, answer: &OperationResult) -> Self {
        self.answer = Some(Box::new(answer.clone()));
        self
    }
}

/// What a root holds at a step, as JSON: made for whoever watches, and for nobody else.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RootView {
    /// `order-<id>`.
    pub stream: String,
    /// How many saved facts it has.
    pub version: Version,
    /// What it is, pending events included.
    pub state: Value,
    /// Decided and not yet saved: each event's type and payload, oldest first.
    pub pending: Vec<(&'static str, Value)>,
}

impl RootView {
    fn of<A: Aggregate>(root: &Root<A>) -> Self {
        let payload = |event: &A::Event| event.to_json().ok().and_then(|json| serde_json::from_str(&json).ok());
        Self {
            stream: root.id().stream(),
            version: root.version(),
            state: serde_json::to_value(root.state()).unwrap_or_default(),
            pending: root
                .pending()
                .iter()
                .map(|event| (event.event_type(), payload(event).unwrap_or_default()))
                .collect(),
        }
    }
}

/// The micro-steps, in the order in which a command usually meets them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum StepKind {
    /// The command entered the pipeline.
    #[default]
    Received,
    /// Its shape was found fit to work on, or not.
    Validated,
    /// A root was read: from its row, or from its stream.
    Loaded,
    /// A rule answered, and its events were applied and kept as pending.
    Decided,
    /// A root was handed to its repository.
    Saving,
    /// What was saved is about to be written in one transaction.
    Committing,
    /// A store's transaction is on disk.
    Committed,
    /// An event is about to go to the bus.
    Publishing,
    /// A subscriber has dealt with an event.
    Delivered,
    /// A root's pending events were cleared.
    Cleared,
    /// The logging behaviour wrote its line.
    Logged,
    /// The answer left the pipeline.
    Returned,
    /// After a crash, the world's file was opened again.
    Reopened,
}

impl StepKind {
    /// Every kind, in order.
    pub const ALL: [Self; 13] = [
        Self::Received,
        Self::Validated,
        Self::Loaded,
        Self::Decided,
        Self::Saving,
        Self::Committing,
        Self::Committed,
        Self::Publishing,
        Self::Delivered,
        Self::Cleared,
        Self::Logged,
        Self::Returned,
        Self::Reopened,
    ];

    /// The word for it, on screens and in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Validated => "validated",
            Self::Loaded => "loaded",
            Self::Decided => "decided",
            Self::Saving => "saving",
            Self::Committing => "committing",
            Self::Committed => "committed",
            Self::Publishing => "publishing",
            Self::Delivered => "delivered",
            Self::Cleared => "cleared",
            Self::Logged => "logged",
            Self::Returned => "returned",
            Self::Reopened => "reopened",
        }
    }
}
