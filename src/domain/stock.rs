//! Stock of a product, of inventory: `stock-<product_id>`.

use serde::{Deserialize, Serialize};

use super::product::ProductId;
use crate::events;
use crate::kernel::{Aggregate, Decision, Id, Refusal, Rule, Timestamp};

/// The id of a stock item: that of its product.
pub type StockId = Id<StockItem>;

/// How much of a product is there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StockItem {
    /// Which product.
    pub product_id: ProductId,
    /// How many; never below zero.
    pub quantity: i64,
    /// When the first of it came in.
    pub created_at: Option<Timestamp>,
}

/// Goods came in (added).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields say what they are")]
pub struct StockReceived {
    pub product_id: ProductId,
    pub quantity: i64,
    pub received_at: Timestamp,
}

/// Goods went out (added).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields say what they are")]
pub struct StockReduced {
    pub product_id: ProductId,
    pub quantity: i64,
    pub reduced_at: Timestamp,
}

events! {
    /// Every fact of a stock item.
    pub StockEvent: StockReceived, StockReduced
}

impl StockItem {
    /// Goods come in (added).
    ///
    /// # Errors
    ///
    /// A quantity that is not positive, or more than can be counted.
    pub fn receive(&self, quantity: i64, at: Timestamp) -> Rule<StockEvent> {
        positive(quantity)?;
        if self.quantity.checked_add(quantity).is_none() {
            return Err(Refusal::rule("Quantity is too large"));
        }
        Ok(Decision::fact(StockReceived { product_id: self.product_id.clone(), quantity, received_at: at }))
    }

    /// Goods go out (added).
    ///
    /// # Errors
    ///
    /// A quantity that is not positive, or more than there is.
    pub fn reduce(&self, quantity: i64, at: Timestamp) -> Rule<StockEvent> {
        positive(quantity)?;
        if quantity > self.quantity {
            return Err(Refusal::rule(format!(
                "Insufficient stock for product {}: {} available, {quantity} requested",
                self.product_id, self.quantity
            )));
        }
        Ok(Decision::fact(StockReduced { product_id: self.product_id.clone(), quantity, reduced_at: at }))
    }
}

fn positive(quantity: i64) -> Result<(), Refusal> {
    if quantity > 0 { Ok(()) } else { Err(Refusal::rule("Quantity must be positive")) }
}

impl Aggregate for StockItem {
    type Event = StockEvent;

    const NAME: &'static str = "stock";

    fn new(id: StockId) -> Self {
        Self { product_id: id.cast(), quantity: 0, created_at: None }
    }

    fn apply(&mut self, event: &StockEvent) {
        match event {
            StockEvent::StockReceived(event) => {
                self.quantity = self.quantity.saturating_add(event.quantity);
                self.created_at.get_or_insert(event.received_at);
            }
            StockEvent::StockReduced(event) => self.quantity = self.quantity.saturating_sub(event.quantity),
        }
    }

    fn not_found(id: &StockId) -> String {
        format!("Stock not found for product {id}")
    }
}

#[cfg(test)]
#[path = "stock_tests.rs"]
mod tests;
