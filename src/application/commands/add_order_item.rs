use super::prelude::*;

command! {
    /// A line is added to a draft; without an order id, a new draft begins.
    AddOrderItem in Ordering creates order_id {
        /// Which draft; left out, a new one begins.
        order_id: Option<OrderId>,
        /// Which product.
        product_id: ProductId,
        /// How many.
        quantity: i64,
        /// What one of it costs.
        unit_price: Money,
    }
}

impl Handler for AddOrderItem {
    async fn handle(self, shop: &Shop) -> Handled {
        let mut order = shop.orders.load_or_start(self.order_id.as_ref()).await?;
        let begins = order.is_new();

        order.decide(|order| order.add_item(self.product_id, self.quantity, self.unit_price, shop.now())).await?;

        shop.orders.save(&mut order).await?;
        let draft = json!({
            "order_id": order.id(),
            "items": order.items.len(),
            "total_amount": order.total_amount(),
        });
        Ok(if begins { OperationResult::created(draft) } else { OperationResult::ok(draft) })
    }
}
