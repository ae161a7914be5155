use super::prelude::*;

command! {
    /// Goods come in; the first of a product begin its stock item (added).
    ReceiveStock in Inventory {
        /// Which product.
        product_id: ProductId,
        /// How many.
        quantity: i64,
    }
}

impl Handler for ReceiveStock {
    async fn handle(self, shop: &Shop) -> Handled {
        let id = self.product_id.cast();
        let mut stock = shop.stock.find(&id).await?.unwrap_or_else(|| shop.stock.start_as(id));
        let begins = stock.is_new();

        stock.decide(|stock| stock.receive(self.quantity, shop.now())).await?;

        shop.stock.save(&mut stock).await?;
        let item = json!({ "product_id": stock.product_id, "quantity": stock.quantity });
        Ok(if begins { OperationResult::created(item) } else { OperationResult::ok(item) })
    }
}
