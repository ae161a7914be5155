//! The bus: who listens, and what it means that a subscriber has dealt with a fact.

use std::rc::Rc;

use crate::application::read_models::{Batch, Subscriber, subscribers};
use crate::kernel::ledger::CHECKPOINTS;
use crate::kernel::table::{Row, Value};
use crate::kernel::{Fact, Failure, Position};

const POSITION: usize = 1;
const EVENT_ID: usize = 2;
const UPDATED_AT: usize = 3;

/// The subscribers of a world, in the order in which they are called.
#[derive(Clone)]
pub struct Bus {
    subscribers: Rc<[Box<dyn Subscriber>]>,
}

impl Bus {
    /// All subscribers of the shop.
    pub fn of_the_shop() -> Self {
        Self::of(subscribers())
    }

    /// These subscribers; with none of them, nobody listens.
    pub fn of(subscribers: Vec<Box<dyn Subscriber>>) -> Self {
        Self { subscribers: subscribers.into() }
    }

    /// All of them.
    pub fn subscribers(&self) -> impl Iterator<Item = &dyn Subscriber> {
        self.subscribers.iter().map(AsRef::as_ref)
    }

    /// Those who have anything to do with facts of this type.
    pub fn listening(&self, event_type: &str) -> impl Iterator<Item = &dyn Subscriber> {
        self.subscribers().filter(move |subscriber| subscriber.listens_to(event_type))
    }
}

/// Lets a subscriber deal with a fact: its rows and its checkpoint change together.
pub(super) fn react(subscriber: &dyn Subscriber, fact: &Fact, rows: &mut Batch) -> Result<(), Failure> {
    subscriber.react(fact, rows)?;
    advance(subscriber, fact.position, &fact.event_id, &fact.recorded_at.column(), rows)
}

/// Moves a subscriber's checkpoint past an event. A fact that no log keeps has no position; then the last one stays.
pub(super) fn advance(
    subscriber: &dyn Subscriber,
    position: Option<Position>,
    event_id: &str,
    recorded_at: &str,
    rows: &mut Batch,
) -> Result<(), Failure> {
    let name = subscriber.name();
    let new = || Row::of(vec![name.into(), 0.into(), Value::Null, Value::Null]);
    let checkpoint = rows.change(&CHECKPOINTS, name, new)?;
    if let Some(position) = position {
        checkpoint.cells[POSITION] = i64::try_from(position.0).unwrap_or(i64::MAX).into();
    }
    checkpoint.cells[EVENT_ID] = event_id.into();
    checkpoint.cells[UPDATED_AT] = recorded_at.into();
    Ok(())
}

/// How many listen, in words.
pub(super) fn so_many(subscribers: usize) -> String {
    if subscribers == 1 { "1 subscriber".to_owned() } else { format!("{subscribers} subscribers") }
}

/// The position of a checkpoint row.
pub(super) fn position(checkpoint: &Row) -> u64 {
    u64::try_from(checkpoint.integer(POSITION)).unwrap_or_default()
}
