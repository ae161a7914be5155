//! `product_catalog`: the products as a list to be searched, for a world whose catalog is kept as facts.

use super::tables::PRODUCT_CATALOG;
use super::{Batch, Subscriber, payload};
use crate::domain::product::{ProductCreated, ProductDeactivated, ProductPriceUpdated};
use crate::kernel::table::Row;
use crate::kernel::{Fact, Failure};

const PRICE: usize = 2;
const IS_ACTIVE: usize = 3;

/// Keeps `product_catalog`.
pub struct ProductCatalog;

impl Subscriber for ProductCatalog {
    fn name(&self) -> &'static str {
        "product_catalog"
    }

    fn listens_to(&self, event_type: &str) -> bool {
        matches!(event_type, "ProductCreatedEvent" | "ProductPriceUpdatedEvent" | "ProductDeactivatedEvent")
    }

    fn react(&self, fact: &Fact, rows: &mut Batch) -> Result<(), Failure> {
        match &*fact.event_type {
            "ProductCreatedEvent" => {
                let event: ProductCreated = payload(fact)?;
                rows.put(
                    &PRODUCT_CATALOG,
                    Row::of(vec![
                        event.product_id.as_str().into(),
                        event.name.into(),
                        event.price.to_string().into(),
                        true.into(),
                    ]),
                );
            }
            "ProductPriceUpdatedEvent" => {
                let event: ProductPriceUpdated = payload(fact)?;
                let row =
                    rows.change(&PRODUCT_CATALOG, event.product_id.as_str(), || unseen(event.product_id.as_str()))?;
                row.cells[PRICE] = event.new_price.to_string().into();
            }
            _ => {
                let event: ProductDeactivated = payload(fact)?;
                let row =
                    rows.change(&PRODUCT_CATALOG, event.product_id.as_str(), || unseen(event.product_id.as_str()))?;
                row.cells[IS_ACTIVE] = false.into();
            }
        }
        Ok(())
    }
}

/// A product whose creation never arrived: under some policies an event can be lost.
fn unseen(id: &str) -> Row {
    Row::of(vec![id.into(), "".into(), "0".into(), true.into()])
}
