//! The numbers that a person brings.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How they are typed in one line.
pub const SHAPE: &str = "commands a day, events per aggregate, reads per write, read models: 5000 50 4 2";

/// What a context has to bear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Load {
    /// Commands a day.
    pub commands_a_day: u64,
    /// Events that an aggregate comes to over its life.
    pub events_per_aggregate: u64,
    /// Loads that follow a write.
    pub reads_per_write: u64,
    /// Read models that follow the events; the shop has three for orders.
    pub read_models: u64,
}

impl Default for Load {
    fn default() -> Self {
        Self { commands_a_day: 5_000, events_per_aggregate: 50, reads_per_write: 4, read_models: 2 }
    }
}

impl Load {
    /// Numbers within what can be run.
    ///
    /// # Errors
    ///
    /// Which number cannot, and what can.
    pub fn new(commands: u64, events: u64, reads: u64, models: u64) -> Result<Self, String> {
        let within = |what: &str, number: u64, least: u64, most: u64| {
            if (least..=most).contains(&number) {
                Ok(number)
            } else {
                Err(format!("{what}: {number} cannot be run; expected {least} to {most}"))
            }
        };
        Ok(Self {
            commands_a_day: within("commands a day", commands, 1, 1_000_000_000)?,
            // An order that is placed, paid, shipped and delivered has five events at least.
            events_per_aggregate: within("events per aggregate", events, 5, 5_000)?,
            reads_per_write: within("reads per write", reads, 0, 1_000)?,
            read_models: within("read models", models, 0, 3)?,
        })
    }
}

impl fmt::Display for Load {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { commands_a_day, events_per_aggregate, reads_per_write, read_models } = self;
        write!(f, "{commands_a_day} {events_per_aggregate} {reads_per_write} {read_models}")
    }
}

impl FromStr for Load {
    type Err = String;

    /// Reads `5000 50 4 2`.
    fn from_str(text: &str) -> Result<Self, String> {
        let numbers: Result<Vec<u64>, _> =
            text.split([' ', ',']).filter(|part| !part.is_empty()).map(str::parse).collect();
        match numbers.as_deref() {
            Ok([commands, events, reads, models]) => Self::new(*commands, *events, *reads, *models),
            _ => Err(format!("`{}` are no four whole numbers; expected {SHAPE}", text.trim())),
        }
    }
}
