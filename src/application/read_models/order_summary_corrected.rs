//! `order_summary_corrected`: like `order_summary`, but a cancelled order no longer counts.
//!
//! To know what a cancellation takes back it keeps a row for each order, `order_list`, which also takes in the lines added to
//! drafts and answers which orders a customer has.

use super::order_summary::add;
use super::tables::{ORDER_LIST, ORDER_SUMMARY_CORRECTED};
use super::{Batch, Subscriber, payload};
use crate::domain::Money;
use crate::domain::order::{
    OrderCancelled, OrderDelivered, OrderItemAdded, OrderItemQuantityChanged, OrderLine, OrderPlaced, OrderShipped,
    OrderStatus,
};
use crate::kernel::table::{Row, Value};
use crate::kernel::{Fact, Failure};

const CUSTOMER_ID: usize = 1;
const STATUS: usize = 2;
const ITEMS: usize = 3;
const TOTAL_AMOUNT: usize = 4;
const PLACED_AT: usize = 5;

/// Keeps `order_summary_corrected` and `order_list`.
pub struct OrderSummaryCorrected;

impl Subscriber for OrderSummaryCorrected {
    fn name(&self) -> &'static str {
        "order_summary_corrected"
    }

    fn listens_to(&self, event_type: &str) -> bool {
        event_type.starts_with("Order") && event_type != "OrderPaymentConfirmedEvent"
    }

    fn react(&self, fact: &Fact, rows: &mut Batch) -> Result<(), Failure> {
        match &*fact.event_type {
            "OrderItemAddedEvent" => {
                let event: OrderItemAdded = payload(fact)?;
                let line =
                    OrderLine { product_id: event.product_id, quantity: event.quantity, unit_price: event.unit_price };
                change_items(rows, event.order_id.as_str(), |items| items.push(line))
            }
            "OrderItemQuantityChangedEvent" => {
                let event: OrderItemQuantityChanged = payload(fact)?;
                change_items(rows, event.order_id.as_str(), |items| {
                    if let Some(line) = items.iter_mut().find(|line| line.product_id == event.product_id) {
                        line.quantity = event.new_quantity;
                    }
                })
            }
            "OrderPlacedEvent" => {
                let event: OrderPlaced = payload(fact)?;
                let row = order(rows, event.order_id.as_str())?;
                row.cells[CUSTOMER_ID] = event.customer_id.as_str().into();
                row.cells[STATUS] = OrderStatus::Placed.name().into();
                set_items(row, &event.items)?;
                row.cells[PLACED_AT] = event.placed_at.column().into();
                add(rows, &ORDER_SUMMARY_CORRECTED, event.customer_id.as_str(), 1, event.total_amount)
            }
            "OrderShippedEvent" => {
                let event: OrderShipped = payload(fact)?;
                status(rows, event.order_id.as_str(), OrderStatus::Shipped)
            }
            "OrderDeliveredEvent" => {
                let event: OrderDelivered = payload(fact)?;
                status(rows, event.order_id.as_str(), OrderStatus::Delivered)
            }
            _ => {
                let event: OrderCancelled = payload(fact)?;
                cancel(rows, event.order_id.as_str())
            }
        }
    }
}

/// Takes a cancelled order out of its customer's sums; one that was never placed is in none.
fn cancel(rows: &mut Batch, order_id: &str) -> Result<(), Failure> {
    status(rows, order_id, OrderStatus::Cancelled)?;
    let row = order(rows, order_id)?;
    let Some(customer_id) = row.cells[CUSTOMER_ID].as_str().map(str::to_owned) else { return Ok(()) };
    let amount = amount(row);
    let back = Money::ZERO.minus(amount).map_err(|refusal| too_large(&refusal.text))?;
    add(rows, &ORDER_SUMMARY_CORRECTED, &customer_id, -1, back)
}

fn status(rows: &mut Batch, order_id: &str, status: OrderStatus) -> Result<(), Failure> {
    order(rows, order_id)?.cells[STATUS] = status.name().into();
    Ok(())
}

fn change_items(rows: &mut Batch, order_id: &str, change: impl FnOnce(&mut Vec<OrderLine>)) -> Result<(), Failure> {
    let row = order(rows, order_id)?;
    let mut items: Vec<OrderLine> = serde_json::from_str(row.text(ITEMS))
        .map_err(|error| Failure::new(format!("order_list: the items of {order_id} cannot be read: {error}")))?;
    change(&mut items);
    set_items(row, &items)
}

fn set_items(row: &mut Row, items: &[OrderLine]) -> Result<(), Failure> {
    let total = items.iter().try_fold(Money::ZERO, |sum, line| sum.plus(line.line_total()));
    row.cells[TOTAL_AMOUNT] = total.map_err(|refusal| too_large(&refusal.text))?.to_string().into();
    row.cells[ITEMS] = serde_json::to_string(items).unwrap_or_default().into();
    Ok(())
}

fn amount(row: &Row) -> Money {
    row.text(TOTAL_AMOUNT).parse().unwrap_or(Money::ZERO)
}

fn order<'a>(rows: &'a mut Batch, order_id: &str) -> Result<&'a mut Row, Failure> {
    rows.change(&ORDER_LIST, order_id, || {
        Row::of(vec![
            order_id.into(),
            Value::Null,
            OrderStatus::Draft.name().into(),
            "[]".into(),
            "0".into(),
            Value::Null,
        ])
    })
}

fn too_large(what: &str) -> Failure {
    Failure::new(format!("order_list: {what}"))
}
