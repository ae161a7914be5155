use serde_json::json;

use super::{Answer, QueryHandler, Source, Sources, active_products};
use crate::domain::Money;
use crate::kernel::Failure;

command! {
    /// What the products on offer cost on average: the exact sum, shared, to six digits after the point.
    AveragePrice in Catalog {}
}

impl QueryHandler for AveragePrice {
    fn answer(&self, sources: &Sources<'_>) -> Result<Answer, Failure> {
        let rows = sources.store.select(&active_products(sources))?;
        let price = sources.products.column("price").unwrap_or_default();
        let sum =
            rows.iter().try_fold(Money::ZERO, |sum, row| sum.plus(row.text(price).parse().unwrap_or(Money::ZERO)));
        let sum = sum.map_err(|refusal| Failure::new(refusal.text))?;
        let average = (!rows.is_empty()).then(|| sum.share(rows.len() as u64));
        Ok(Answer {
            rows: vec![json!({ "products": rows.len(), "average_price": average })],
            source: Source::Table(sources.products.name),
        })
    }
}
