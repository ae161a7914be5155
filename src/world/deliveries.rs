//! How delivery stands in a world: what waits, how often it was tried, how far each subscriber has come.

use super::bus;
use super::world::World;
use crate::kernel::ledger::{CHECKPOINTS, DELIVERIES, OUTBOX};
use crate::kernel::store::{Comparison, Select, Window};
use crate::kernel::table::Row;
use crate::kernel::{Failure, Position};

/// At most so many of those that wait are told one by one.
const MOST: u64 = 100;

/// How delivery stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deliveries {
    /// How many facts wait in the outbox.
    pub waiting: u64,
    /// The first of them, in the order in which they will be delivered.
    pub queue: Vec<Waiting>,
    /// Everyone who listens.
    pub subscribers: Vec<Reader>,
}

/// A fact that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Its id.
    pub event_id: String,
    /// `OrderPlacedEvent`.
    pub event_type: String,
    /// `order-<id>`.
    pub stream: String,
    /// How often it was tried, in vain.
    pub attempts: u64,
    /// Why it did not work the last time.
    pub last_error: Option<String>,
}

/// How far a subscriber has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// Its name.
    pub name: &'static str,
    /// Its place in the log.
    pub position: Position,
    /// How many facts the log has after that, whether it listens to them or not.
    pub behind: u64,
    /// The last fact that it dealt with.
    pub last_event: Option<String>,
    /// How many facts came to it again and were dropped by their id.
    pub dropped: u64,
}

impl World {
    /// How delivery stands.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub fn deliveries(&self) -> Result<Deliveries, Failure> {
        let store = self.store();
        let queue = store.select(&Select::all(&OUTBOX).window(Window { offset: 0, limit: MOST }))?;
        let head = store.head()?.0;
        let again = store.select(&Select::all(&DELIVERIES).filter("dropped", Comparison::Greater, 0))?;
        let mut subscribers = Vec::new();
        for subscriber in self.bus().subscribers() {
            let name = subscriber.name();
            let checkpoint = store.row(&CHECKPOINTS, name)?;
            let position = checkpoint.as_ref().map_or(0, bus::position);
            let dropped = again.iter().filter(|row| row.text(1) == name).map(|row| number(row, 4)).sum();
            subscribers.push(Reader {
                name,
                position: Position(position),
                behind: head.saturating_sub(position),
                last_event: checkpoint.map(|row| row.text(2).to_owned()).filter(|id| !id.is_empty()),
                dropped,
            });
        }
        Ok(Deliveries { waiting: store.count(&OUTBOX)?, queue: queue.iter().map(Waiting::of).collect(), subscribers })
    }
}

impl Waiting {
    fn of(row: &Row) -> Self {
        Self {
            event_id: row.key().to_owned(),
            event_type: row.text(3).to_owned(),
            stream: row.text(1).to_owned(),
            attempts: number(row, 8),
            last_error: Some(row.text(9).to_owned()).filter(|error| !error.is_empty()),
        }
    }
}

fn number(row: &Row, column: usize) -> u64 {
    u64::try_from(row.integer(column)).unwrap_or_default()
}
