//! The vocabulary everything else is written in.
//!
//! What an aggregate is, what a root holds, what a save writes, what a store promises and how a micro-step is seen.
//! Nothing here knows a product or an order, an SQL statement or a screen.

pub mod aggregate;
pub mod call;
pub mod changes;
pub mod clock;
pub mod event;
pub mod id;
pub mod ledger;
pub mod operation;
pub mod probe;
pub mod repository;
pub mod root;
pub mod store;
pub mod table;
pub mod text;
pub mod version;

pub use aggregate::{Aggregate, Decision, Rule};
pub use call::Call;
pub use changes::Changes;
pub use clock::Timestamp;
pub use event::{DomainEvent, Fact};
pub use id::Id;
pub use operation::{Failure, Handled, OperationResult, Refusal, Status, Stop};
pub use probe::Probe;
pub use repository::{Persistence, Repository, UnitOfWork};
pub use root::Root;
pub use store::Store;
pub use version::{Conflict, Expected, Position, Version};
