use super::prelude::*;

command! {
    /// Someone becomes a customer (added).
    RegisterCustomer in Customers creates customer_id {
        /// What they are called.
        name: String,
        /// Where they are written to.
        email: String,
    }
}

impl Handler for RegisterCustomer {
    async fn handle(self, shop: &Shop) -> Handled {
        let mut customer = shop.customers.start();

        customer.decide(|customer| customer.register(self.name, self.email, shop.now())).await?;

        shop.customers.save(&mut customer).await?;
        Ok(OperationResult::created(json!({
            "customer_id": customer.id(),
            "name": customer.name,
            "email": customer.email,
        })))
    }
}
