//! Product, of the catalog: the guide's simple entity.

use serde::{Deserialize, Serialize};

use super::money::Money;
use crate::events;
use crate::kernel::{Aggregate, Decision, Id, Refusal, Rule, Timestamp};

/// The id of a product.
pub type ProductId = Id<Product>;

/// Something that is sold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Product {
    /// Which.
    pub id: ProductId,
    /// What it is called.
    pub name: String,
    /// What one of it costs.
    pub price: Money,
    /// Whether it is still on offer.
    pub is_active: bool,
    /// When it entered the catalog.
    pub created_at: Option<Timestamp>,
}

/// A product entered the catalog.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are the guide's own")]
pub struct ProductCreated {
    pub product_id: ProductId,
    pub name: String,
    pub price: Money,
    pub created_at: Timestamp,
}

/// A product has another price now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are the guide's own")]
pub struct ProductPriceUpdated {
    pub product_id: ProductId,
    pub old_price: Money,
    pub new_price: Money,
    pub updated_at: Timestamp,
}

/// A product is no longer on offer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are the guide's own")]
pub struct ProductDeactivated {
    pub product_id: ProductId,
    pub deactivated_at: Timestamp,
}

events! {
    /// Every fact of a product.
    pub ProductEvent: ProductCreated, ProductPriceUpdated, ProductDeactivated
}

impl Product {
    /// A product enters the catalog. The guide lets a new product have any price; it is held to the same rule here as a changed one.
    ///
    /// # Errors
    ///
    /// A blank name, or a price that is not positive.
    pub fn create(&self, name: String, price: Money, at: Timestamp) -> Rule<ProductEvent> {
        if name.trim().is_empty() {
            return Err(Refusal::rule("Product name is required"));
        }
        positive(price)?;
        Ok(Decision::fact(ProductCreated { product_id: self.id.clone(), name, price, created_at: at }))
    }

    /// Another price; also for a product that is no longer on offer, as the guide has it.
    ///
    /// # Errors
    ///
    /// A price that is not positive.
    pub fn update_price(&self, new_price: Money, at: Timestamp) -> Rule<ProductEvent> {
        positive(new_price)?;
        if new_price == self.price {
            return Ok(Decision::nothing("the price is the same"));
        }
        Ok(Decision::fact(ProductPriceUpdated {
            product_id: self.id.clone(),
            old_price: self.price,
            new_price,
            updated_at: at,
        }))
    }

    /// No longer on offer; a second time changes nothing.
    ///
    /// # Errors
    ///
    /// None.
    pub fn deactivate(&self, at: Timestamp) -> Rule<ProductEvent> {
        if !self.is_active {
            return Ok(Decision::nothing("already inactive"));
        }
        Ok(Decision::fact(ProductDeactivated { product_id: self.id.clone(), deactivated_at: at }))
    }
}

fn positive(price: Money) -> Result<(), Refusal> {
    if price.is_positive() { Ok(()) } else { Err(Refusal::rule("Price must be positive")) }
}

impl Aggregate for Product {
    type Event = ProductEvent;

    const NAME: &'static str = "product";

    fn new(id: ProductId) -> Self {
        Self { id, name: String::new(), price: Money::ZERO, is_active: false, created_at: None }
    }

    fn apply(&mut self, event: &ProductEvent) {
        match event {
            ProductEvent::ProductCreated(event) => {
                self.name.clone_from(&event.name);
                self.price = event.price;
                self.is_active = true;
                self.created_at = Some(event.created_at);
            }
            ProductEvent::ProductPriceUpdated(event) => self.price = event.new_price,
            ProductEvent::ProductDeactivated(_) => self.is_active = false,
        }
    }

    fn not_found(_: &ProductId) -> String {
        "Product not found".to_owned()
    }
}

#[cfg(test)]
#[path = "product_tests.rs"]
mod tests;
