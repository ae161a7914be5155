//! The language in which the domain's tests are written.
//!
//! `given(order(), [placed()]).when(|order| order.ship(at("10:15"))).then_refused("Cannot ship an unpaid order")`. Each sentence
//! goes through [`Root::decide`] and checks more than it says: the version stands still, what was pending stays, a refusal and a
//! no change nothing, and a fact changes exactly what folding it changes.

use std::fmt::Debug;

use futures_util::FutureExt;
use proptest::prelude::*;
use serde::Serialize;

use super::Money;
use crate::kernel::root::{Decided, Recalled};
use crate::kernel::{Aggregate, DomainEvent, Id, Probe, Refusal, Root, Rule, Status, Stop, Timestamp, Version};

/// An id.
pub fn id<A>(text: &str) -> Id<A> {
    Id::new(text)
}

/// An amount.
pub fn money(text: &str) -> Money {
    text.parse().expect("an amount")
}

/// A moment of 2024-01-01.
pub fn at(time: &str) -> Timestamp {
    Timestamp::parse(&format!("2024-01-01T{time}:00Z")).expect("hours and minutes")
}

/// The state that `history` folds to.
pub fn after<A: Aggregate>(id: Id<A>, history: impl IntoIterator<Item = A::Event>) -> A {
    let mut state = A::new(id);
    history.into_iter().for_each(|event| state.apply(&event));
    state
}

/// An aggregate to which this happened. The last event is still pending, the others are saved: a rule must see both alike.
pub fn given<A: Aggregate>(id: Id<A>, history: impl IntoIterator<Item = A::Event>) -> Given<A> {
    let mut saved: Vec<_> = history.into_iter().collect();
    let pending = saved.pop();
    let recalled = Recalled {
        version: Version::NONE.after(saved.len()),
        state: after(id.clone(), saved),
        row: None,
        remark: None,
    };
    let mut root = Root::recalled(id, recalled, Probe::none());
    if let Some(event) = pending {
        ask(&mut root, |_| Ok(crate::kernel::Decision::fact(event))).expect("a fact is never refused");
    }
    Given(root)
}

fn ask<A: Aggregate>(root: &mut Root<A>, rule: impl FnOnce(&A) -> Rule<A::Event>) -> Result<Decided, Stop> {
    root.decide(rule).now_or_never().expect("no one watches, so no one waits")
}

/// See [`given`].
#[must_use]
pub struct Given<A: Aggregate>(Root<A>);

impl<A: Aggregate> Given<A> {
    /// A rule is asked.
    pub fn when(self, rule: impl FnOnce(&A) -> Rule<A::Event>) -> When<A> {
        let Self(before) = self;
        let mut now = before.clone();
        let answer = ask(&mut now, rule);
        When { before, now, answer }
    }
}

/// What a rule has answered, and what became of the root.
#[must_use]
pub struct When<A: Aggregate> {
    before: Root<A>,
    now: Root<A>,
    answer: Result<Decided, Stop>,
}

impl<A: Aggregate> When<A> {
    /// Exactly this happened, without remark.
    #[track_caller]
    pub fn then(self, event: impl Into<A::Event>) {
        self.happened(event.into(), None);
    }

    /// Exactly this happened, with this remark.
    #[track_caller]
    pub fn then_remarking(self, event: impl Into<A::Event>, remark: &str) {
        self.happened(event.into(), Some(remark));
    }

    #[track_caller]
    fn happened(self, event: A::Event, remark: Option<&str>) {
        assert_eq!(self.answer, Ok(Decided { facts: 1, remark: remark.map(str::to_owned) }));
        let (known, new) = self.now.pending().split_at(self.before.pending().len());
        assert_eq!(known, self.before.pending());
        assert_eq!(new, std::slice::from_ref(&event));
        assert_eq!(text(&new[0]), text(&event), "equal amounts may still be written differently");
        let mut state = self.before.state().clone();
        state.apply(&event);
        assert_eq!(*self.now.state(), state);
        assert_eq!(self.now.version(), self.before.version());
    }

    /// Nothing happened, for this reason.
    #[track_caller]
    pub fn then_nothing_because(self, reason: &str) {
        assert_eq!(self.answer, Ok(Decided { facts: 0, remark: Some(reason.to_owned()) }));
        self.nothing_happened();
    }

    /// The rule said no, with 400 and in these words.
    #[track_caller]
    pub fn then_refused(self, text: &str) {
        let refusal = Refusal { status: Status(400), text: text.to_owned().into() };
        assert_eq!(self.answer, Err(Stop::Refused(refusal)));
        self.nothing_happened();
    }

    #[track_caller]
    fn nothing_happened(self) {
        assert_eq!(self.now.version(), self.before.version());
        assert_eq!(self.now.state(), self.before.state());
        assert_eq!(self.now.pending(), self.before.pending());
    }
}

fn text(event: &impl DomainEvent) -> String {
    event.to_json().expect("events can be written")
}

/// The event is stored under this name with this text, and reads back as itself.
#[track_caller]
pub fn is_kept_as<E: DomainEvent>(event: impl Into<E>, event_type: &str, json: &str) {
    let event = event.into();
    assert_eq!(event.event_type(), event_type);
    assert_eq!(text(&event), json);
    let read = E::from_json(event_type, json).expect("what was written").expect("a known type");
    assert_eq!(read, event);
    assert_eq!(text(&read), json, "equal amounts may still be written differently");
}

/// The aggregate does not know events of this type, whatever is in them, so that there is nothing to fold.
#[track_caller]
pub fn is_unknown<E: DomainEvent>(event_type: &str) {
    for data in ["{}", r#"{"anything":1}"#, "not even JSON"] {
        assert!(matches!(E::from_json(event_type, data), Ok(None)), "{event_type} {data}");
    }
}

/// The aggregate knows events of this type, and this is none: an error, and not unknown.
#[track_caller]
pub fn is_malformed<E: DomainEvent>(event_type: &str, data: &str) {
    assert!(E::from_json(event_type, data).is_err(), "{event_type} {data}");
}

/// People see it like this.
#[track_caller]
pub fn is_shown_as(value: &impl Serialize, json: &str) {
    assert_eq!(serde_json::to_string(value).expect("it can be written"), json);
}

/// Asks one thing after another of a new aggregate. After each answer `holds` is checked, and a refusal has changed nothing.
/// In the end the stored text of the events, read back and folded, gives the same state.
pub fn lives<A: Aggregate, Q: Debug>(
    id: &Id<A>,
    questions: &[Q],
    answer: impl Fn(&A, &Q) -> Rule<A::Event>,
    holds: impl Fn(&A),
) {
    let mut root = Root::start(id.clone(), Probe::none());
    for question in questions {
        let before = root.clone();
        let answered = ask(&mut root, |state| answer(state, question));
        let facts = match answered {
            Ok(decided) => decided.facts,
            Err(Stop::Refused(Refusal { status: Status::BAD_REQUEST, .. })) => 0,
            Err(stop) => panic!("{question:?}: {stop:?}"),
        };
        assert_eq!(root.pending().len(), before.pending().len() + facts, "{question:?}");
        if facts == 0 {
            assert_eq!(root.state(), before.state(), "{question:?}");
        }
        holds(&root);
    }
    let kept = root.pending().iter().map(|event| {
        A::Event::from_json(event.event_type(), &text(event)).expect("what was written").expect("a known type")
    });
    let replayed = after(id.clone(), kept);
    assert_eq!(replayed, *root.state());
    is_shown_as(&replayed, &serde_json::to_string(root.state()).expect("it can be written"));
}

/// Millionths, the unit in which whole numbers check decimals.
pub fn millionths(amount: Money) -> i128 {
    let text = amount.to_string();
    let (before, after) = text.split_once('.').unwrap_or((&text, ""));
    format!("{before}{after:0<6}").parse().expect("digits")
}

/// The amount of so many millionths.
pub fn from_millionths(millionths: i128) -> Money {
    let sign = if millionths < 0 { "-" } else { "" };
    let (before, after) = (millionths.abs() / 1_000_000, millionths.abs() % 1_000_000);
    money(&format!("{sign}{before}.{after:06}"))
}

/// Millionths from which on an amount is too large.
pub const TOO_LARGE: i128 = 10_i128.pow(24);

/// Everyday amounts, tiny and huge ones, both signs.
pub fn any_money() -> impl Strategy<Value = Money> {
    prop_oneof![
        4 => (-1_000_i128..100_000).prop_map(|cents| from_millionths(cents * 10_000)),
        1 => (1 - TOO_LARGE..TOO_LARGE).prop_map(from_millionths),
        1 => (TOO_LARGE - 2_000_000..TOO_LARGE).prop_map(from_millionths),
        1 => (-2_i128..3).prop_map(from_millionths),
        1 => one_of(&["0.1", "9.9", "10", "10.00", "12345678901234.5678"]).prop_map(money),
    ]
}

/// Everyday quantities, the ends of the range and what lies between.
pub fn any_quantity() -> impl Strategy<Value = i64> {
    prop_oneof![6 => -1_i64..50, 1 => any::<i64>(), 1 => Just(i64::MAX), 1 => Just(i64::MIN)]
}

/// One of a few texts.
pub fn one_of(texts: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    proptest::sample::select(texts)
}
