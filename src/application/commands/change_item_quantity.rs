use super::prelude::*;

command! {
    /// A line of a draft gets another quantity (added: the guide's "use update").
    ChangeItemQuantity in Ordering {
        /// Which draft.
        order_id: OrderId,
        /// Which product's line.
        product_id: ProductId,
        /// How many from now on.
        quantity: i64,
    }
}

impl Handler for ChangeItemQuantity {
    async fn handle(self, shop: &Shop) -> Handled {
        let mut order = shop.orders.load(&self.order_id).await?;

        order.decide(|order| order.change_item_quantity(&self.product_id, self.quantity, shop.now())).await?;

        shop.orders.save(&mut order).await?;
        Ok(OperationResult::ok(json!({ "order_id": order.id(), "total_amount": order.total_amount() })))
    }
}
