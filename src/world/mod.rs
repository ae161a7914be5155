//! A running copy of the shop, and several of them side by side.
//!
//! A [`World`] is a wiring (which pattern each context uses), a policy (when a commit happens and what rides in it), a store, and
//! a bus with its subscribers. A [`Playground`] gives the same inputs to its worlds in lockstep and compares what comes of it.

mod agreement;
mod breakpoints;
mod bus;
mod collection;
mod course;
mod deliveries;
mod delivery;
mod directory;
mod fault;
mod flight;
mod gate;
mod inputs;
mod lane;
mod opening;
mod order;
mod outbox;
mod pipeline;
mod playground;
mod policy;
mod progress;
mod rehearsal;
mod tables;
mod trace;
mod unit;
mod whereabouts;
mod wiring;
#[expect(clippy::module_inception, reason = "a world is what this floor is about")]
mod world;

pub use agreement::Difference;
pub use breakpoints::{Breakpoint, When};
pub use bus::Bus;
pub use collection::{Collection, Listed, StoredRow};
pub use deliveries::{Deliveries, Reader, Waiting};
pub use directory::{Directory, Settings};
pub use fault::{Fault, FaultKind, Place};
pub use flight::Reply;
pub use inputs::{CommandInput, Input, Setting};
pub use opening::{ClockKind, Opening};
pub use order::{HowFar, Move, Order, letter};
pub use pipeline::Behaviour;
pub use playground::{
    Blame, Comparison, CourseStanding, Part, Playground, Redone, Standing, Stopped, Stride, WorldReply, WorldStanding,
};
pub use policy::{Concurrency, Policy, Publishing, TransactionScope, Unchanged};
pub use rehearsal::Rehearsal;
pub use tables::TABLES;
pub use trace::{Phase, RowChange, Stage, Trace, TraceStep, Written};
pub use whereabouts::{Change, Holding, Place as HoldingPlace};
pub use wiring::{Pattern, Wiring};
pub use world::{Freshness, QueryReply, Reopen, World, WorldKind};
