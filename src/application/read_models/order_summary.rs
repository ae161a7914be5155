//! `order_summary` as the guide writes it: orders and amounts per customer, from `OrderPlacedEvent` alone.
//!
//! So a cancelled order goes on counting. The corrected one stands beside it.

use std::borrow::Cow;

use serde::Deserialize;

use super::tables::ORDER_SUMMARY;
use super::{Batch, Subscriber};
use crate::domain::Money;
use crate::kernel::table::{Row, Table};
use crate::kernel::{Fact, Failure};

const TOTAL_ORDERS: usize = 1;
const TOTAL_AMOUNT: usize = 2;

/// Keeps `order_summary`.
pub struct OrderSummary;

/// What the summary needs of an `OrderPlacedEvent`.
#[derive(Deserialize)]
struct Placed<'a> {
    #[serde(borrow)]
    customer_id: Cow<'a, str>,
    total_amount: Money,
}

impl Subscriber for OrderSummary {
    fn name(&self) -> &'static str {
        "order_summary"
    }

    fn listens_to(&self, event_type: &str) -> bool {
        event_type == "OrderPlacedEvent"
    }

    fn react(&self, fact: &Fact, rows: &mut Batch) -> Result<(), Failure> {
        let placed: Placed<'_> = serde_json::from_str(&fact.data)
            .map_err(|error| Failure::new(format!("{} v{} cannot be read: {error}", fact.stream, fact.version)))?;
        add(rows, &ORDER_SUMMARY, &placed.customer_id, 1, placed.total_amount)
    }
}

/// Adds orders and an amount (both may be negative) to a customer's row of a summary.
pub(super) fn add(
    rows: &mut Batch,
    table: &'static Table,
    customer_id: &str,
    orders: i64,
    amount: Money,
) -> Result<(), Failure> {
    let row = rows.change(table, customer_id, || Row::of(vec![customer_id.into(), 0.into(), "0".into()]))?;
    let total = row.text(TOTAL_AMOUNT).parse().unwrap_or(Money::ZERO).plus(amount);
    let total = total.map_err(|_| Failure::new(format!("{}: the sum of {customer_id} is too large", table.name)))?;
    row.cells[TOTAL_ORDERS] = row.integer(TOTAL_ORDERS).saturating_add(orders).into();
    row.cells[TOTAL_AMOUNT] = total.to_string().into();
    Ok(())
}
