use super::prelude::*;

command! {
    /// A product gets another price.
    UpdateProductPrice in Catalog {
        /// Which product.
        product_id: ProductId,
        /// What one of it costs from now on.
        new_price: Money,
    }
}

impl Handler for UpdateProductPrice {
    async fn handle(self, shop: &Shop) -> Handled {
        let mut product = shop.products.load(&self.product_id).await?;

        product.decide(|product| product.update_price(self.new_price, shop.now())).await?;

        shop.products.save(&mut product).await?;
        Ok(OperationResult::ok(json!({ "product_id": product.id(), "new_price": product.price })))
    }
}
