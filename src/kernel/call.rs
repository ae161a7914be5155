//! One command in flight: its number, its time, and the ids it may give out.
//!
//! Ids follow from the seed, the number of the command and an ordinal, and from nothing else: so every world gives the same ids
//! to the same command, whatever runs beside it, and the same scenario gives the same bytes.

use std::cell::Cell;
use std::sync::Arc;

use serde::Serialize;
use uuid::{Builder, Uuid};

use super::aggregate::Aggregate;
use super::clock::Timestamp;
use super::event::{DomainEvent, Fact};
use super::id::Id;
use super::operation::Failure;
use super::root::Root;

/// The circumstances of one command.
#[derive(Debug)]
pub struct Call {
    now: Timestamp,
    recorded_at: Timestamp,
    seed: u64,
    number: u64,
    metadata: Arc<str>,
    ids: Cell<u32>,
    events: Cell<u32>,
}

/// Which command, when, by whom.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    /// The command's name.
    pub command: &'a str,
    /// Its number in the playground, from 1.
    pub number: u64,
    /// The playground's seed.
    pub seed: u64,
    /// The time of the business: what goes into the events' own fields.
    pub now: Timestamp,
    /// The last time the log has recorded; recorded time never runs backwards.
    pub not_before: Timestamp,
    /// Who asks.
    pub actor: &'a str,
}

#[derive(Serialize)]
struct Metadata<'a> {
    correlation: &'a str,
    causation: &'a str,
    command: &'a str,
    number: u64,
    actor: &'a str,
}

impl Call {
    /// A new call. Its own id is the correlation, and the causation, of every event it raises.
    pub fn new(of: Circumstances<'_>) -> Self {
        let id = id(of.seed, of.number, 0);
        let metadata =
            Metadata { correlation: &id, causation: &id, command: of.command, number: of.number, actor: of.actor };
        Self {
            now: of.now,
            recorded_at: of.now.max(of.not_before),
            seed: of.seed,
            number: of.number,
            metadata: serde_json::to_string(&metadata).unwrap_or_default().into(),
            ids: Cell::new(0),
            events: Cell::new(0),
        }
    }

    /// The time of the business.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The time under which the command's writes are recorded.
    pub fn recorded_at(&self) -> Timestamp {
        self.recorded_at
    }

    /// The command's number in the playground.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The next id for something that this command begins.
    pub fn next_id<A>(&self) -> Id<A> {
        self.ids.set(self.ids.get() + 1);
        Id::new(id(self.seed, self.number, self.ids.get()))
    }

    /// Puts the pending events of a root into their envelopes.
    ///
    /// # Errors
    ///
    /// When an event cannot be written as JSON, which none of this project's can.
    pub fn seal<A: Aggregate>(&self, root: &Root<A>) -> Result<Vec<Fact>, Failure> {
        let stream = root.id().stream();
        root.pending()
            .iter()
            .enumerate()
            .map(|(index, event)| {
                Ok(Fact {
                    event_id: self.next_event_id(),
                    stream: stream.clone(),
                    version: root.version().after(index + 1),
                    position: None,
                    event_type: event.event_type().into(),
                    schema_version: A::Event::SCHEMA_VERSION,
                    recorded_at: self.recorded_at,
                    data: event.to_json().map_err(|error| {
                        Failure::new(format!("{} cannot be written as JSON: {error}", event.event_type()))
                    })?,
                    metadata: Arc::clone(&self.metadata),
                })
            })
            .collect()
    }

    /// Event ids are UUIDs of version 7, so that their index grows at its end: the recorded time, then number and ordinal.
    fn next_event_id(&self) -> String {
        let ordinal = self.events.get() + 1;
        self.events.set(ordinal);
        let mut tail = [0; 10];
        tail[..3].copy_from_slice(&self.seed.to_be_bytes()[5..]);
        tail[3..7].copy_from_slice(&self.number.to_be_bytes()[4..]);
        tail[7..].copy_from_slice(&ordinal.to_be_bytes()[1..]);
        let millis = u64::try_from(self.recorded_at.millis()).unwrap_or_default();
        let id = Builder::from_unix_timestamp_millis(millis, &tail).into_uuid();
        id.as_hyphenated().encode_lower(&mut Uuid::encode_buffer()).to_owned()
    }
}

fn id(seed: u64, number: u64, ordinal: u32) -> String {
    Uuid::new_v5(&Uuid::from_u64_pair(seed, number), &ordinal.to_be_bytes()).to_string()
}
