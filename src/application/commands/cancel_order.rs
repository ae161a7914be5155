use super::prelude::*;

command! {
    /// A draft or a placed order is called off.
    CancelOrder in Ordering {
        /// Which order.
        order_id: OrderId,
        /// Why.
        reason: String,
    }
}

impl Handler for CancelOrder {
    async fn handle(self, shop: &Shop) -> Handled {
        let mut order = shop.orders.load(&self.order_id).await?;

        order.decide(|order| order.cancel(&self.reason, shop.now())).await?;

        shop.orders.save(&mut order).await?;
        Ok(OperationResult::ok(json!({ "order_id": order.id(), "status": order.status })))
    }
}
