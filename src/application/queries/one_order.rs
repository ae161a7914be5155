use super::{Answer, QueryHandler, Source, Sources};
use crate::domain::OrderId;
use crate::kernel::Failure;

command! {
    /// One order as it is now.
    OneOrder in Ordering {
        /// Which.
        order_id: OrderId,
    }
}

impl QueryHandler for OneOrder {
    fn answer(&self, sources: &Sources<'_>) -> Result<Answer, Failure> {
        let recalled = sources.order.recall(sources.store, &self.order_id)?;
        let source = match &recalled {
            Some(recalled) if recalled.row.is_none() => Source::Stream(self.order_id.stream()),
            _ => Source::Table(sources.orders.name),
        };
        let rows = recalled.iter().filter_map(|recalled| serde_json::to_value(&recalled.state).ok()).collect();
        Ok(Answer { rows, source })
    }
}
