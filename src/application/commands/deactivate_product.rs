use super::prelude::*;

command! {
    /// A product is no longer on offer.
    DeactivateProduct in Catalog {
        /// Which product.
        product_id: ProductId,
    }
}

impl Handler for DeactivateProduct {
    async fn handle(self, shop: &Shop) -> Handled {
        let mut product = shop.products.load(&self.product_id).await?;

        product.decide(|product| product.deactivate(shop.now())).await?;

        shop.products.save(&mut product).await?;
        Ok(OperationResult::ok(json!({ "product_id": product.id(), "is_active": product.is_active })))
    }
}
