//! An order with just the fields and rules that the works need.

use serde::{Deserialize, Serialize};

use super::Done;
use crate::domain::Money;
use crate::lab::bench::work::Step;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Draft,
    Placed,
    Shipped,
    Delivered,
}

/// What a rule looks at.
pub(super) struct Order {
    pub version: i64,
    pub status: Status,
    pub paid: bool,
    pub lines: Vec<Line>,
}

pub(super) struct Line {
    pub product: String,
    pub quantity: i64,
    pub price: Money,
}

#[derive(Serialize, Deserialize)]
struct Added<'a> {
    order_id: &'a str,
    product_id: &'a str,
    quantity: i64,
    unit_price: &'a str,
    added_at: &'a str,
}

#[derive(Serialize, Deserialize)]
struct Changed<'a> {
    order_id: &'a str,
    product_id: &'a str,
    old_quantity: i64,
    new_quantity: i64,
    changed_at: &'a str,
}

#[derive(Serialize, Deserialize)]
struct Item<'a> {
    product_id: &'a str,
    quantity: i64,
    unit_price: Money,
}

#[derive(Serialize)]
struct Placed<'a> {
    order_id: &'a str,
    customer_id: &'a str,
    items: Vec<Item<'a>>,
    total_amount: Money,
    placed_at: &'a str,
}

#[derive(Deserialize)]
struct PlacedItems<'a> {
    #[serde(borrow)]
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Paid<'a> {
    order_id: &'a str,
    payment_reference: &'a str,
    amount: Money,
    confirmed_at: &'a str,
}

#[derive(Serialize)]
struct Shipped<'a> {
    order_id: &'a str,
    shipped_at: &'a str,
}

#[derive(Serialize)]
struct Delivered<'a> {
    order_id: &'a str,
    delivered_at: &'a str,
}

impl Order {
    pub fn new() -> Self {
        Self { version: 0, status: Status::Draft, paid: false, lines: Vec::new() }
    }

    pub fn total(&self) -> Done<Money> {
        Ok(self.lines.iter().try_fold(Money::ZERO, |sum, line| sum.plus(line.price.times(line.quantity)?))?)
    }

    /// The state after a kept event.
    pub fn fold(&mut self, event_type: &str, data: &str) -> Done<()> {
        match event_type {
            "OrderItemAddedEvent" => {
                let event: Added<'_> = serde_json::from_str(data)?;
                let price = event.unit_price.parse()?;
                self.lines.push(Line { product: event.product_id.to_owned(), quantity: event.quantity, price });
            }
            "OrderItemQuantityChangedEvent" => {
                let event: Changed<'_> = serde_json::from_str(data)?;
                if let Some(line) = self.lines.iter_mut().find(|line| line.product == event.product_id) {
                    line.quantity = event.new_quantity;
                }
            }
            "OrderPlacedEvent" => {
                let event: PlacedItems<'_> = serde_json::from_str(data)?;
                self.status = Status::Placed;
                self.lines.clear();
                self.lines.extend(event.items.iter().map(|item| Line {
                    product: item.product_id.to_owned(),
                    quantity: item.quantity,
                    price: item.unit_price,
                }));
            }
            "OrderPaymentConfirmedEvent" => self.paid = true,
            "OrderShippedEvent" => self.status = Status::Shipped,
            "OrderDeliveredEvent" => self.status = Status::Delivered,
            other => return Err(format!("unknown event {other}").into()),
        }
        self.version += 1;
        Ok(())
    }

    /// Whether the step is allowed: the rules of diptych's domain, by hand.
    pub fn allows(&self, step: &Step<'_>) -> Done<()> {
        let in_status = |status| if self.status == status { Ok(()) } else { Err("not in this status") };
        match step {
            Step::Add { product, quantity, price } => {
                in_status(Status::Draft)?;
                if *quantity <= 0 || !price.is_positive() {
                    return Err("quantity and price must be positive".into());
                }
                if self.line(product).is_some() {
                    return Err("product already in order".into());
                }
                self.total()?.plus(price.times(*quantity)?)?;
            }
            Step::Change { product, quantity } => {
                in_status(Status::Draft)?;
                let line = self.line(product).ok_or("product is not in the order")?;
                if *quantity <= 0 || line.quantity == *quantity {
                    return Err("quantity must be positive and another".into());
                }
                self.total()?.minus(line.price.times(line.quantity)?)?.plus(line.price.times(*quantity)?)?;
            }
            Step::Place { customer } => {
                in_status(Status::Draft)?;
                if self.lines.is_empty() || customer.is_empty() {
                    return Err("no items, or no customer".into());
                }
                if self.lines.iter().any(|line| line.quantity <= 0 || !line.price.is_positive()) {
                    return Err("quantity and price must be positive".into());
                }
            }
            Step::Pay { reference } => {
                in_status(Status::Placed)?;
                if self.paid || reference.trim().is_empty() {
                    return Err("paid already, or no reference".into());
                }
            }
            Step::Ship => {
                in_status(Status::Placed)?;
                if !self.paid {
                    return Err("not paid".into());
                }
            }
            Step::Deliver => in_status(Status::Shipped)?,
        }
        Ok(())
    }

    /// Writes the event of an allowed step into `data`; answers its type.
    pub fn event(&self, id: &str, step: &Step<'_>, at: &str, data: &mut Vec<u8>) -> Done<&'static str> {
        data.clear();
        Ok(match *step {
            Step::Add { product, quantity, price } => {
                let price = price.to_string();
                let event = Added { order_id: id, product_id: product, quantity, unit_price: &price, added_at: at };
                serde_json::to_writer(data, &event)?;
                "OrderItemAddedEvent"
            }
            Step::Change { product, quantity } => {
                let old_quantity = self.line(product).map_or(0, |line| line.quantity);
                let event =
                    Changed { order_id: id, product_id: product, old_quantity, new_quantity: quantity, changed_at: at };
                serde_json::to_writer(data, &event)?;
                "OrderItemQuantityChangedEvent"
            }
            Step::Place { customer } => {
                let items = self.lines.iter().map(|line| Item {
                    product_id: &line.product,
                    quantity: line.quantity,
                    unit_price: line.price,
                });
                let event = Placed {
                    order_id: id,
                    customer_id: customer,
                    items: items.collect(),
                    total_amount: self.total()?,
                    placed_at: at,
                };
                serde_json::to_writer(data, &event)?;
                "OrderPlacedEvent"
            }
            Step::Pay { reference } => {
                let amount = self.total()?;
                let event = Paid { order_id: id, payment_reference: reference, amount, confirmed_at: at };
                serde_json::to_writer(data, &event)?;
                "OrderPaymentConfirmedEvent"
            }
            Step::Ship => {
                serde_json::to_writer(data, &Shipped { order_id: id, shipped_at: at })?;
                "OrderShippedEvent"
            }
            Step::Deliver => {
                serde_json::to_writer(data, &Delivered { order_id: id, delivered_at: at })?;
                "OrderDeliveredEvent"
            }
        })
    }

    /// The state after an allowed step, without the way through JSON.
    pub fn take(&mut self, step: &Step<'_>) {
        match *step {
            Step::Add { product, quantity, price } => {
                self.lines.push(Line { product: product.to_owned(), quantity, price });
            }
            Step::Change { product, quantity } => {
                if let Some(line) = self.lines.iter_mut().find(|line| line.product == product) {
                    line.quantity = quantity;
                }
            }
            Step::Place { .. } => self.status = Status::Placed,
            Step::Pay { .. } => self.paid = true,
            Step::Ship => self.status = Status::Shipped,
            Step::Deliver => self.status = Status::Delivered,
        }
        self.version += 1;
    }

    fn line(&self, product: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.product == product)
    }
}
