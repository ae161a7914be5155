use serde_json::{Map, Value, json};

use super::{Answer, QueryHandler, Source, Sources, pick};
use crate::domain::CustomerId;
use crate::kernel::Failure;
use crate::kernel::store::{Comparison, Select};

command! {
    /// The orders a customer has placed, oldest first.
    OrdersOfCustomer in Ordering {
        /// Whose.
        customer_id: CustomerId,
    }
}

impl QueryHandler for OrdersOfCustomer {
    fn answer(&self, sources: &Sources<'_>) -> Result<Answer, Failure> {
        let theirs = Select::all(sources.orders).filter("customer_id", Comparison::Equal, self.customer_id.as_str());
        let rows = sources.store.select(&theirs)?;
        let orders = rows.iter().map(|row| {
            let mut order = Map::from_iter([("order_id".to_owned(), json!(row.key()))]);
            order.extend(pick(sources.orders, row, &["status", "total_amount", "placed_at"]));
            Value::Object(order)
        });
        Ok(Answer { rows: orders.collect(), source: Source::Table(sources.orders.name) })
    }
}
