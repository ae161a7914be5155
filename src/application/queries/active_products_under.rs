use super::{Answer, QueryHandler, Source, Sources, active_products, product};
use crate::domain::Money;
use crate::kernel::Failure;
use crate::kernel::store::Comparison;

command! {
    /// The products on offer that cost less than a price.
    ActiveProductsUnder in Catalog {
        /// The price; products of exactly this price are left out.
        price: Money,
    }
}

impl QueryHandler for ActiveProductsUnder {
    fn answer(&self, sources: &Sources<'_>) -> Result<Answer, Failure> {
        let cheap = active_products(sources).filter("price", Comparison::Less, self.price.to_string());
        let rows = sources.store.select(&cheap)?;
        Ok(Answer {
            rows: rows.iter().map(|row| product(sources, row)).collect(),
            source: Source::Table(sources.products.name),
        })
    }
}
