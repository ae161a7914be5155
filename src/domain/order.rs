//! Order, of ordering: the guide's event-sourced aggregate.
//!
//! A draft collects lines and belongs to no one yet; placing gives it to a customer. Its first fact is the first line that is added,
//! or the placing itself.

mod events;
mod line;

use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

pub use self::events::{
    OrderCancelled, OrderDelivered, OrderEvent, OrderItemAdded, OrderItemQuantityChanged, OrderPaymentConfirmed,
    OrderPlaced, OrderShipped,
};
pub use self::line::OrderLine;
use self::line::Totalled;
use super::customer::CustomerId;
use super::money::Money;
use super::product::ProductId;
use crate::kernel::{Aggregate, Decision, Id, Refusal, Rule, Timestamp};

/// The id of an order.
pub type OrderId = Id<Order>;

/// How far an order has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the guide's own statuses say what they are")]
pub enum OrderStatus {
    Draft,
    Placed,
    Shipped,
    Delivered,
    Cancelled,
}

impl OrderStatus {
    /// Every status.
    pub const ALL: [Self; 5] = [Self::Draft, Self::Placed, Self::Shipped, Self::Delivered, Self::Cancelled];

    /// Its name in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Placed => "placed",
            Self::Shipped => "shipped",
            Self::Delivered => "delivered",
            Self::Cancelled => "cancelled",
        }
    }
}

/// What a customer wants to have.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Order {
    /// Which.
    pub id: OrderId,
    /// How far it has come.
    pub status: OrderStatus,
    /// Whose it is, once placed.
    pub customer_id: Option<CustomerId>,
    /// What is ordered.
    pub items: Vec<OrderLine>,
    /// When it was placed.
    pub placed_at: Option<Timestamp>,
    /// What it was paid with.
    pub payment_reference: Option<String>,
    /// When the payment was confirmed.
    pub paid_at: Option<Timestamp>,
    /// When it was shipped.
    pub shipped_at: Option<Timestamp>,
    /// When it was delivered.
    pub delivered_at: Option<Timestamp>,
    /// When it was cancelled.
    pub cancelled_at: Option<Timestamp>,
    /// Why it was cancelled.
    pub cancellation_reason: Option<String>,
    /// When its first fact happened.
    pub created_at: Option<Timestamp>,
}

impl Order {
    /// The sum of its lines. The rules keep it within [`Money`]'s bounds.
    pub fn total_amount(&self) -> Money {
        total(&self.items).unwrap_or(Money::ZERO)
    }

    /// Whether lines can be added or changed: in a draft only.
    pub fn is_modifiable(&self) -> bool {
        self.status == OrderStatus::Draft
    }

    /// One more line. A draft begins with its first one.
    ///
    /// # Errors
    ///
    /// Not a draft; a quantity or a price that is not positive; a product that is in the order already.
    pub fn add_item(&self, product_id: ProductId, quantity: i64, unit_price: Money, at: Timestamp) -> Rule<OrderEvent> {
        self.modifiable()?;
        if quantity <= 0 {
            return Err(Refusal::rule("Quantity must be positive"));
        }
        if !unit_price.is_positive() {
            return Err(Refusal::rule("Price must be positive"));
        }
        if self.line(&product_id).is_some() {
            return Err(Refusal::rule(format!("Product {product_id} already in order. Use update instead.")));
        }
        self.total_amount().plus(unit_price.times(quantity)?)?;
        Ok(Decision::fact(OrderItemAdded { order_id: self.id.clone(), product_id, quantity, unit_price, added_at: at }))
    }

    /// Another quantity of a product that is in the order (added: the guide says "use update" and has none).
    ///
    /// # Errors
    ///
    /// Not a draft; a quantity that is not positive; a product that is not in the order.
    pub fn change_item_quantity(&self, product_id: &ProductId, quantity: i64, at: Timestamp) -> Rule<OrderEvent> {
        self.modifiable()?;
        if quantity <= 0 {
            return Err(Refusal::rule("Quantity must be positive"));
        }
        let line =
            self.line(product_id).ok_or_else(|| Refusal::rule(format!("Product {product_id} is not in the order")))?;
        if line.quantity == quantity {
            return Ok(Decision::nothing("the quantity is the same"));
        }
        self.total_amount().minus(line.line_total())?.plus(line.unit_price.times(quantity)?)?;
        Ok(Decision::fact(OrderItemQuantityChanged {
            order_id: self.id.clone(),
            product_id: product_id.clone(),
            old_quantity: line.quantity,
            new_quantity: quantity,
            changed_at: at,
        }))
    }

    /// The order is placed for a customer: with `items`, which replace the draft's lines, or without, with the draft's own.
    ///
    /// # Errors
    ///
    /// No items; not a draft; no customer; a line whose quantity or price is not positive. In this order.
    pub fn place(&self, customer_id: CustomerId, items: Option<Vec<OrderLine>>, at: Timestamp) -> Rule<OrderEvent> {
        let dropped = items.as_ref().map_or(0, |_| self.items.len());
        let items = items.unwrap_or_else(|| self.items.clone());
        if items.is_empty() {
            return Err(Refusal::rule("Order must contain at least one item"));
        }
        self.in_status(OrderStatus::Draft, "place order")?;
        if customer_id.is_empty() {
            return Err(Refusal::rule("Customer ID is required"));
        }
        for item in &items {
            if item.quantity <= 0 {
                return Err(Refusal::rule("Item quantity must be positive"));
            }
            if !item.unit_price.is_positive() {
                return Err(Refusal::rule("Item price must be positive"));
            }
        }
        let total_amount = total(&items)?;
        let placed = OrderPlaced { order_id: self.id.clone(), customer_id, items, total_amount, placed_at: at };
        let decision = Decision::fact(placed);
        Ok(if dropped == 0 { decision } else { decision.remarking(self.dropping()) })
    }

    /// The payment has come in (added). The same reference again changes nothing, so that a half-done ProcessOrder can be run again.
    ///
    /// # Errors
    ///
    /// Not placed; a blank reference; paid with another reference.
    pub fn confirm_payment(&self, payment_reference: &str, at: Timestamp) -> Rule<OrderEvent> {
        self.in_status(OrderStatus::Placed, "confirm payment")?;
        let reference = payment_reference.trim();
        if reference.is_empty() {
            return Err(Refusal::rule("Payment reference is required"));
        }
        match &self.payment_reference {
            Some(known) if known == reference => Ok(Decision::nothing("paid with this reference already")),
            Some(_) => Err(Refusal::rule("Payment already confirmed")),
            None => Ok(Decision::fact(OrderPaymentConfirmed {
                order_id: self.id.clone(),
                payment_reference: reference.to_owned(),
                amount: self.total_amount(),
                confirmed_at: at,
            })),
        }
    }

    /// The parcel has left (added).
    ///
    /// # Errors
    ///
    /// Not placed; not paid.
    pub fn ship(&self, at: Timestamp) -> Rule<OrderEvent> {
        self.in_status(OrderStatus::Placed, "ship order")?;
        if self.paid_at.is_none() {
            return Err(Refusal::rule("Cannot ship an unpaid order"));
        }
        Ok(Decision::fact(OrderShipped { order_id: self.id.clone(), shipped_at: at }))
    }

    /// The parcel has arrived (added).
    ///
    /// # Errors
    ///
    /// Not shipped.
    pub fn deliver(&self, at: Timestamp) -> Rule<OrderEvent> {
        self.in_status(OrderStatus::Shipped, "deliver order")?;
        Ok(Decision::fact(OrderDelivered { order_id: self.id.clone(), delivered_at: at }))
    }

    /// The order is called off: a draft or a placed one, whatever the guide's comment says.
    ///
    /// # Errors
    ///
    /// Shipped, delivered or cancelled; a blank reason.
    pub fn cancel(&self, reason: &str, at: Timestamp) -> Rule<OrderEvent> {
        if !matches!(self.status, OrderStatus::Draft | OrderStatus::Placed) {
            return Err(self.wrong_status("cancel order"));
        }
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Refusal::rule("Cancellation reason is required"));
        }
        Ok(Decision::fact(OrderCancelled { order_id: self.id.clone(), reason: reason.to_owned(), cancelled_at: at }))
    }

    fn line(&self, product_id: &ProductId) -> Option<&OrderLine> {
        self.items.iter().find(|line| line.product_id == *product_id)
    }

    fn modifiable(&self) -> Result<(), Refusal> {
        if self.is_modifiable() { Ok(()) } else { Err(Refusal::rule("Cannot modify non-draft orders")) }
    }

    fn in_status(&self, status: OrderStatus, to: &str) -> Result<(), Refusal> {
        if self.status == status { Ok(()) } else { Err(self.wrong_status(to)) }
    }

    fn wrong_status(&self, to: &str) -> Refusal {
        Refusal::rule(format!("Cannot {to} in status: {}", self.status.name()))
    }

    fn dropping(&self) -> String {
        let lines: Vec<_> = self.items.iter().map(|line| format!("{} × {}", line.quantity, line.product_id)).collect();
        format!("the items given replace the draft's: {}", lines.join(", "))
    }
}

fn total(items: &[OrderLine]) -> Result<Money, Refusal> {
    items.iter().try_fold(Money::ZERO, |sum, line| sum.plus(line.unit_price.times(line.quantity)?))
}

impl Aggregate for Order {
    type Event = OrderEvent;

    const NAME: &'static str = "order";

    fn new(id: OrderId) -> Self {
        Self {
            id,
            status: OrderStatus::Draft,
            customer_id: None,
            items: Vec::new(),
            placed_at: None,
            payment_reference: None,
            paid_at: None,
            shipped_at: None,
            delivered_at: None,
            cancelled_at: None,
            cancellation_reason: None,
            created_at: None,
        }
    }

    fn apply(&mut self, event: &OrderEvent) {
        match event {
            OrderEvent::OrderItemAdded(event) => {
                self.items.push(OrderLine {
                    product_id: event.product_id.clone(),
                    quantity: event.quantity,
                    unit_price: event.unit_price,
                });
                self.created_at.get_or_insert(event.added_at);
            }
            OrderEvent::OrderItemQuantityChanged(event) => {
                if let Some(line) = self.items.iter_mut().find(|line| line.product_id == event.product_id) {
                    line.quantity = event.new_quantity;
                }
            }
            OrderEvent::OrderPlaced(event) => {
                self.status = OrderStatus::Placed;
                self.customer_id = Some(event.customer_id.clone());
                self.items.clone_from(&event.items);
                self.placed_at = Some(event.placed_at);
                self.created_at.get_or_insert(event.placed_at);
            }
            OrderEvent::OrderPaymentConfirmed(event) => {
                self.payment_reference = Some(event.payment_reference.clone());
                self.paid_at = Some(event.confirmed_at);
            }
            OrderEvent::OrderShipped(event) => {
                self.status = OrderStatus::Shipped;
                self.shipped_at = Some(event.shipped_at);
            }
            OrderEvent::OrderDelivered(event) => {
                self.status = OrderStatus::Delivered;
                self.delivered_at = Some(event.delivered_at);
            }
            OrderEvent::OrderCancelled(event) => {
                self.status = OrderStatus::Cancelled;
                self.cancelled_at = Some(event.cancelled_at);
                self.cancellation_reason = Some(event.reason.clone());
            }
        }
    }

    fn not_found(_: &OrderId) -> String {
        "Order not found".to_owned()
    }
}

/// As people see it: the computed sums among the fields.
impl Serialize for Order {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut order = serializer.serialize_struct("Order", 13)?;
        order.serialize_field("id", &self.id)?;
        order.serialize_field("status", &self.status)?;
        order.serialize_field("customer_id", &self.customer_id)?;
        order.serialize_field("items", &self.items.iter().map(Totalled::from).collect::<Vec<_>>())?;
        order.serialize_field("total_amount", &self.total_amount())?;
        order.serialize_field("placed_at", &self.placed_at)?;
        order.serialize_field("payment_reference", &self.payment_reference)?;
        order.serialize_field("paid_at", &self.paid_at)?;
        order.serialize_field("shipped_at", &self.shipped_at)?;
        order.serialize_field("delivered_at", &self.delivered_at)?;
        order.serialize_field("cancelled_at", &self.cancelled_at)?;
        order.serialize_field("cancellation_reason", &self.cancellation_reason)?;
        order.serialize_field("created_at", &self.created_at)?;
        order.end()
    }
}

#[cfg(test)]
#[path = "order_tests.rs"]
mod tests;
