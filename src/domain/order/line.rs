//! A line of an order.

use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use crate::domain::money::Money;
use crate::domain::product::ProductId;

/// So many of one product, at what one of it cost when it was ordered.
#[derive(Debug, Clone, PartialEq, Deserialize)]
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

/// As people see it: with its computed total.
impl Serialize for OrderLine {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut line = serializer.serialize_struct("OrderLine", 4)?;
        line.serialize_field("product_id", &self.product_id)?;
        line.serialize_field("quantity", &self.quantity)?;
        line.serialize_field("unit_price", &self.unit_price)?;
        line.serialize_field("line_total", &self.line_total())?;
        line.end()
    }
}
