//! The root of an aggregate while a command works on it.

use std::rc::Rc;

use super::aggregate::{Aggregate, Rule};
use super::event::DomainEvent;
use super::id::Id;
use super::operation::Stop;
use super::probe::{Probe, Step, StepKind};
use super::table::Row;
use super::version::Version;

/// Id, version, state and pending events of one aggregate.
///
/// *Pending* events are decided and applied but not yet saved; the guide calls them `domain_events`, `uncommitted_events` and
/// *pending events* by turns. The version counts saved facts only and advances when a save succeeds.
#[derive(Debug, Clone)]
pub struct Root<A: Aggregate> {
    id: Id<A>,
    version: Version,
    state: A,
    pending: Vec<A::Event>,
    row: Option<Rc<Row>>,
    probe: Probe,
}

/// An aggregate as its store remembers it.
#[derive(Debug, Clone, PartialEq)]
pub struct Recalled<A> {
    /// How many facts it has.
    pub version: Version,
    /// What it is.
    pub state: A,
    /// The row it was read from; `None` when it was folded from its stream.
    pub row: Option<Rc<Row>>,
    /// What else is to be said of how it was read: which snapshot it began with, or why it did not.
    pub remark: Option<String>,
}

/// What became of a rule's decision.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    /// How many facts were recorded.
    pub facts: usize,
    /// The rule's remark, if it made one.
    pub remark: Option<String>,
}

impl<A: Aggregate> Root<A> {
    /// One that has no facts yet.
    pub fn start(id: Id<A>, probe: Probe) -> Self {
        Self { state: A::new(id.clone()), id, version: Version::NONE, pending: Vec::new(), row: None, probe }
    }

    /// One that a store remembers.
    pub fn recalled(id: Id<A>, recalled: Recalled<A>, probe: Probe) -> Self {
        let Recalled { version, state, row, .. } = recalled;
        Self { id, version, state, pending: Vec::new(), row, probe }
    }

    /// Asks a rule, then records what it decided: each event is applied to the state and kept as pending.
    ///
    /// # Errors
    ///
    /// The rule's refusal, which leaves the root as it was; or a fault put at this step.
    pub async fn decide(&mut self, rule: impl FnOnce(&A) -> Rule<A::Event>) -> Result<Decided, Stop> {
        match rule(&self.state) {
            Ok(decision) => {
                let first = self.pending.len();
                for event in decision.events {
                    self.state.apply(&event);
                    self.pending.push(event);
                }
                let decided = Decided {
                    facts: self.pending.len() - first,
                    remark: decision.remark.map(std::borrow::Cow::into_owned),
                };
                self.probe.reach(|| self.decided(first, &decided)).await?;
                Ok(decided)
            }
            Err(refusal) => {
                let step =
                    || Step::new(StepKind::Decided, self.id.stream(), format!("refused: {refusal}")).holding(self);
                self.probe.reach(step).await?;
                Err(refusal.into())
            }
        }
    }

    fn decided(&self, first: usize, decided: &Decided) -> Step {
        let events: Vec<_> = self.pending[first..].iter().map(DomainEvent::event_type).collect();
        let mut detail =
            if events.is_empty() { "no event".to_owned() } else { format!("{}, pending", events.join(", ")) };
        if let Some(remark) = &decided.remark {
            detail.push_str(": ");
            detail.push_str(remark);
        }
        Step::new(StepKind::Decided, self.id.stream(), detail).holding(self)
    }

    /// Its id.
    pub fn id(&self) -> &Id<A> {
        &self.id
    }

    /// How many saved facts it has.
    pub fn version(&self) -> Version {
        self.version
    }

    /// Whether it has no saved facts.
    pub fn is_new(&self) -> bool {
        self.version == Version::NONE
    }

    /// What it is, pending events included.
    pub fn state(&self) -> &A {
        &self.state
    }

    /// What was decided and not yet saved.
    pub fn pending(&self) -> &[A::Event] {
        &self.pending
    }

    /// The row it was read from, while that is still what the table holds.
    pub fn row(&self) -> Option<&Rc<Row>> {
        self.row.as_ref()
    }

    /// Its pending events are saved now: the version advances past them and they are cleared.
    pub(super) fn saved(&mut self) {
        self.version = self.version.after(self.pending.len());
        self.pending.clear();
        self.row = None;
    }
}

impl<A: Aggregate> std::ops::Deref for Root<A> {
    type Target = A;

    fn deref(&self) -> &A {
        &self.state
    }
}
