use super::prelude::*;

command! {
    /// The parcel of a paid order leaves (added).
    ShipOrder in Ordering {
        /// Which order.
        order_id: OrderId,
    }
}

impl Handler for ShipOrder {
    async fn handle(self, shop: &Shop) -> Handled {
        let mut order = shop.orders.load(&self.order_id).await?;

        order.decide(|order| order.ship(shop.now())).await?;

        shop.orders.save(&mut order).await?;
        Ok(OperationResult::ok(json!({ "order_id": order.id(), "status": order.status })))
    }
}
