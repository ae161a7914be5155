//! What an aggregate is: a consistency boundary with rules that decide and a fold that applies.
//!
//! Both are synchronous and pure on purpose. A rule looks at the state and answers with events or a refusal; it changes
//! nothing. The fold is the only place where state changes, and it cannot fail: by the time there is an event, it happened.
//! So a refused command leaves no half change, and replaying a stream needs no rule.

use std::borrow::Cow;
use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::event::DomainEvent;
use super::id::Id;
use super::operation::Refusal;

/// State that is changed by its own events only.
///
/// `Serialize` gives the state as people see it, in final rows, in comparisons of the worlds, on screens, and in snapshots, which
/// `Deserialize` reads again.
pub trait Aggregate: Clone + Debug + PartialEq + Serialize + DeserializeOwned + 'static {
    /// Every fact that can happen to it.
    type Event: DomainEvent;

    /// Its name in lower case, which also begins its stream ids: `order` gives `order-<id>`.
    const NAME: &'static str;

    /// The version of the fold. It goes up whenever `apply` or the fields change, and snapshots of another version are passed over.
    const FOLD_VERSION: u32 = 1;

    /// The state before the first fact.
    fn new(id: Id<Self>) -> Self;

    /// The fold: the state after `event`.
    fn apply(&mut self, event: &Self::Event);

    /// What a 404 says when there is none with this id.
    fn not_found(id: &Id<Self>) -> String;
}

/// What a rule answers: a decision, or a refusal with the text a person reads.
pub type Rule<E> = Result<Decision<E>, Refusal>;

/// The events a rule decided on, and why there are none or what they replace.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision<E> {
    /// New facts, oldest first; none when the request changes nothing.
    pub events: Vec<E>,
    /// A remark for whoever watches: a reason for no event, or something the event silently replaces.
    pub remark: Option<Cow<'static, str>>,
}

impl<E> Decision<E> {
    /// One new fact.
    pub fn fact(event: impl Into<E>) -> Self {
        Self { events: vec![event.into()], remark: None }
    }

    /// Nothing to record, and why.
    pub fn nothing(reason: impl Into<Cow<'static, str>>) -> Self {
        Self { events: Vec::new(), remark: Some(reason.into()) }
    }

    /// The same decision with a remark.
    #[must_use]
    pub fn remarking(mut self, remark: impl Into<Cow<'static, str>>) -> Self {
        self.remark = Some(remark.into());
        self
    }
}
