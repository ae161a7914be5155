//! A line of an order.

use serde::{Deserialize, Serialize};

use crate::domain::money::Money;
use crate::domain::product::ProductId;

/// So many of one product, at what one of it cost when it was ordered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrderLine {
    /// Which product; it is named, not looked up.
    pub product_id: ProductId,
    /// How many.
    pub quantity: i64,
    /// What one costs.
    pub unit_price: Money,
}

impl OrderLine {
    /// Unit price times quantity. The order's rules keep it within [`Money`]'s bounds.
    pub fn line_total(&self) -> Money {
        self.unit_price.times(self.quantity).unwrap_or(Money::ZERO)
    }
}

/// A line as people see it in an order: with its computed total. Facts and commands hold what was decided, and no total.
#[derive(Serialize)]
pub(super) struct Totalled<'a> {
    #[serde(flatten)]
    line: &'a OrderLine,
    line_total: Money,
}

impl<'a> From<&'a OrderLine> for Totalled<'a> {
    fn from(line: &'a OrderLine) -> Self {
        Self { line, line_total: line.line_total() }
    }
}
