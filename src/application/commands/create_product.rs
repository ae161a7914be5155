use super::prelude::*;

command! {
    /// A product enters the catalog.
    CreateProduct in Catalog creates product_id {
        /// What it is called.
        name: String,
        /// What one of it costs.
        price: Money,
    }
}

impl Handler for CreateProduct {
    async fn handle(self, shop: &Shop) -> Handled {
        let mut product = shop.products.start();

        product.decide(|product| product.create(self.name, self.price, shop.now())).await?;

        shop.products.save(&mut product).await?;
        Ok(OperationResult::created(json!({
            "product_id": product.id(),
            "name": product.name,
            "price": product.price,
        })))
    }
}
