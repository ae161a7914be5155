//! How aggregates are remembered: two persistences, and the stores under them.
//!
//! [`StatePersistence`] and [`EventSourcing`] say what a save writes and how a root is read back; [`SqliteStore`] and [`MemoryStore`]
//! keep it. Either persistence runs over either store. No SQL is written outside this floor.

pub mod event_sourcing;
pub mod memory;
pub mod sqlite;
pub mod state_persistence;
pub mod tables;

mod filter;
mod snapshots;

pub use event_sourcing::EventSourcing;
pub use memory::MemoryStore;
pub use sqlite::{Options, SqliteStore, Sync};
pub use state_persistence::{Concurrency, StatePersistence, Unchanged};
pub use tables::Tabular;
