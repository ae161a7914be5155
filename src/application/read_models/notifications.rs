//! `notifications`: what would have been e-mailed.
//!
//! It stands for the world outside: what was sent stays sent, even when the transaction that caused it is rolled back, and a
//! message that is sent again reaches its reader twice.

use super::tables::NOTIFICATIONS;
use super::{Batch, Subscriber, payload};
use crate::domain::customer::{CustomerLoyaltyUpgraded, CustomerRegistered};
use crate::domain::order::{OrderCancelled, OrderPlaced, OrderShipped};
use crate::kernel::table::Row;
use crate::kernel::{Fact, Failure};

const TIMES: usize = 4;

/// Keeps `notifications`.
pub struct Notifications;

impl Subscriber for Notifications {
    fn name(&self) -> &'static str {
        "notifications"
    }

    fn acts_outside(&self) -> bool {
        true
    }

    fn listens_to(&self, event_type: &str) -> bool {
        matches!(
            event_type,
            "OrderPlacedEvent"
                | "OrderShippedEvent"
                | "OrderCancelledEvent"
                | "CustomerRegisteredEvent"
                | "CustomerLoyaltyUpgradedEvent"
        )
    }

    fn react(&self, fact: &Fact, rows: &mut Batch) -> Result<(), Failure> {
        let (recipient, text) = message(fact)?;
        let row = rows.change(&NOTIFICATIONS, &fact.event_id, || {
            Row::of(vec![
                fact.event_id.as_str().into(),
                recipient.into(),
                text.into(),
                fact.recorded_at.column().into(),
                0.into(),
            ])
        })?;
        row.cells[TIMES] = (row.integer(TIMES) + 1).into();
        Ok(())
    }
}

/// To whom, and what.
fn message(fact: &Fact) -> Result<(String, String), Failure> {
    Ok(match &*fact.event_type {
        "OrderPlacedEvent" => {
            let event: OrderPlaced = payload(fact)?;
            let text = format!("We have your order {} over {}.", event.order_id, event.total_amount);
            (event.customer_id.to_string(), text)
        }
        "OrderShippedEvent" => {
            let event: OrderShipped = payload(fact)?;
            (fact.stream.clone(), format!("Your order {} is on its way.", event.order_id))
        }
        "OrderCancelledEvent" => {
            let event: OrderCancelled = payload(fact)?;
            (fact.stream.clone(), format!("Your order {} is cancelled: {}", event.order_id, event.reason))
        }
        "CustomerRegisteredEvent" => {
            let event: CustomerRegistered = payload(fact)?;
            (event.email, format!("Welcome, {}.", event.name))
        }
        _ => {
            let event: CustomerLoyaltyUpgraded = payload(fact)?;
            (event.customer_id.to_string(), format!("You are {} now.", event.new_tier.name()))
        }
    })
}
