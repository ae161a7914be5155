//! Everything that is in a world at a moment, to be compared with another moment.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::application::read_models::tables::{
    NOTIFICATIONS, ORDER_LIST, ORDER_SUMMARY, ORDER_SUMMARY_CORRECTED, PRODUCT_CATALOG,
};
use crate::domain::Context;
use crate::kernel::store::{LogRange, Select, Window};
use crate::kernel::table::{Table, Value as Cell};
use crate::kernel::{Failure, Position, Version};
use crate::world::World;

/// The tables that each subscriber keeps.
const KEPT_BY: [(&str, &[&Table]); 3] = [
    ("product_catalog", &[&PRODUCT_CATALOG]),
    ("order_summary", &[&ORDER_SUMMARY]),
    ("order_summary_corrected", &[&ORDER_SUMMARY_CORRECTED, &ORDER_LIST]),
];

/// The subscriber that acts outside.
pub(super) const OUTSIDE: &str = "notifications";

/// What is there.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Picture {
    /// Each aggregate's version and state, by its stream.
    pub states: BTreeMap<String, (Version, Value)>,
    /// The ids of the events that the log keeps.
    pub log: Vec<String>,
    /// The rows of each subscriber's read models.
    pub read_models: BTreeMap<&'static str, Vec<Vec<Cell>>>,
    /// Who was told of which event, and how many times.
    pub told: BTreeMap<String, Told>,
}

/// A message that went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    /// To whom.
    pub recipient: String,
    /// How many times.
    pub times: i64,
}

impl Picture {
    /// What is in a world now.
    pub fn of(world: &World) -> Result<Self, Failure> {
        let mut picture = Self::default();
        for context in Context::ALL {
            let collection = world.collection(context);
            for listed in collection.list(Window::ALL)? {
                let stream = format!("{}-{}", collection.name(), listed.id);
                picture.states.insert(stream, (listed.version, listed.state));
            }
        }
        world.store().log(LogRange::after(Position(0), usize::MAX), &mut |kept| {
            picture.log.push(kept.event_id.to_owned());
            Ok(())
        })?;
        for (subscriber, tables) in KEPT_BY {
            let mut rows = Vec::new();
            for table in tables {
                rows.extend(world.store().select(&Select::all(table))?.into_iter().map(|row| row.cells));
            }
            picture.read_models.insert(subscriber, rows);
        }
        for row in world.store().select(&Select::all(&NOTIFICATIONS))? {
            let told = Told { recipient: row.text(1).to_owned(), times: row.integer(4) };
            picture.told.insert(row.key().to_owned(), told);
        }
        Ok(picture)
    }

    /// How many times a fact has reached the world outside.
    pub fn times(&self, event_id: &str) -> i64 {
        self.told.get(event_id).map_or(0, |told| told.times)
    }

    /// How many messages went out to each recipient, whatever facts they were about.
    pub fn messages(&self) -> BTreeMap<&str, i64> {
        let mut messages = BTreeMap::new();
        for told in self.told.values() {
            *messages.entry(&*told.recipient).or_default() += told.times;
        }
        messages
    }
}
