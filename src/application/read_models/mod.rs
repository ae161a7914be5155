//! Who listens to the facts: read models built from them, and the notifications that stand for e-mails.
//!
//! A subscriber gets each fact in its envelope and answers with rows. Whether it was called by the bus, from the outbox or by a
//! reader of the log is the policy's matter; a subscriber does not know.

mod batch;
mod notifications;
mod order_summary;
mod order_summary_corrected;
mod product_catalog;
pub mod tables;

use serde::de::DeserializeOwned;

pub use batch::Batch;
pub use notifications::Notifications;
pub use order_summary::OrderSummary;
pub use order_summary_corrected::OrderSummaryCorrected;
pub use product_catalog::ProductCatalog;

use crate::kernel::{Fact, Failure};

/// Someone who reacts to facts.
pub trait Subscriber {
    /// The name under which its checkpoint and its deliveries are kept.
    fn name(&self) -> &'static str;

    /// Whether it acts on the world outside: what it did cannot be taken back by a transaction.
    fn acts_outside(&self) -> bool {
        false
    }

    /// Whether it has anything to do with facts of this type.
    fn listens_to(&self, event_type: &str) -> bool;

    /// What a fact means for its rows.
    ///
    /// # Errors
    ///
    /// When the fact cannot be read, or the store fails.
    fn react(&self, fact: &Fact, rows: &mut Batch) -> Result<(), Failure>;
}

/// Every subscriber of the shop, in the order in which the bus calls them.
pub fn subscribers() -> Vec<Box<dyn Subscriber>> {
    vec![Box::new(ProductCatalog), Box::new(OrderSummary), Box::new(OrderSummaryCorrected), Box::new(Notifications)]
}

/// The payload of a fact.
fn payload<E: DeserializeOwned>(fact: &Fact) -> Result<E, Failure> {
    serde_json::from_str(&fact.data).map_err(|error| {
        Failure::new(format!("{} v{} ({}) cannot be read: {error}", fact.stream, fact.version, fact.event_type))
    })
}
