use super::prelude::*;

command! {
    /// Goods go out (added).
    ReduceStock in Inventory {
        /// Which product.
        product_id: ProductId,
        /// How many.
        quantity: i64,
    }
}

impl Handler for ReduceStock {
    async fn handle(self, shop: &Shop) -> Handled {
        let mut stock = shop.stock.load(&self.product_id.cast()).await?;

        stock.decide(|stock| stock.reduce(self.quantity, shop.now())).await?;

        shop.stock.save(&mut stock).await?;
        Ok(OperationResult::ok(json!({ "product_id": stock.product_id, "quantity": stock.quantity })))
    }
}
