//! The facts of an order. Three are the guide's, four are added (their rules are this project's).

use serde::{Deserialize, Serialize};

use super::{OrderId, OrderLine};
use crate::domain::customer::CustomerId;
use crate::domain::money::Money;
use crate::domain::product::ProductId;
use crate::events;
use crate::kernel::Timestamp;

/// A line was added to a draft.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are the guide's own")]
pub struct OrderItemAdded {
    pub order_id: OrderId,
    pub product_id: ProductId,
    pub quantity: i64,
    pub unit_price: Money,
    pub added_at: Timestamp,
}

/// A line of a draft has another quantity now (added).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields say what they are")]
pub struct OrderItemQuantityChanged {
    pub order_id: OrderId,
    pub product_id: ProductId,
    pub old_quantity: i64,
    pub new_quantity: i64,
    pub changed_at: Timestamp,
}

/// The order was placed, with these lines and no others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are the guide's own")]
pub struct OrderPlaced {
    pub order_id: OrderId,
    pub customer_id: CustomerId,
    pub items: Vec<OrderLine>,
    pub total_amount: Money,
    pub placed_at: Timestamp,
}

/// The payment came in (added).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields say what they are")]
pub struct OrderPaymentConfirmed {
    pub order_id: OrderId,
    pub payment_reference: String,
    pub amount: Money,
    pub confirmed_at: Timestamp,
}

/// The parcel left (added).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields say what they are")]
pub struct OrderShipped {
    pub order_id: OrderId,
    pub shipped_at: Timestamp,
}

/// The parcel arrived (added).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields say what they are")]
pub struct OrderDelivered {
    pub order_id: OrderId,
    pub delivered_at: Timestamp,
}

/// The order was called off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are the guide's own")]
pub struct OrderCancelled {
    pub order_id: OrderId,
    pub reason: String,
    pub cancelled_at: Timestamp,
}

events! {
    /// Every fact of an order.
    pub OrderEvent:
        OrderItemAdded,
        OrderItemQuantityChanged,
        OrderPlaced,
        OrderPaymentConfirmed,
        OrderShipped,
        OrderDelivered,
        OrderCancelled
}
