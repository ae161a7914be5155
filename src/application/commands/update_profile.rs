use super::prelude::*;

command! {
    /// A customer has another name or address.
    UpdateProfile in Customers {
        /// Which customer.
        customer_id: CustomerId,
        /// What they are called from now on.
        name: String,
        /// Where they are written to from now on.
        email: String,
    }
}

impl Handler for UpdateProfile {
    async fn handle(self, shop: &Shop) -> Handled {
        let mut customer = shop.customers.load(&self.customer_id).await?;

        customer.decide(|customer| customer.update_profile(self.name, self.email, shop.now())).await?;

        shop.customers.save(&mut customer).await?;
        Ok(OperationResult::ok(json!({
            "customer_id": customer.id(),
            "name": customer.name,
            "email": customer.email,
        })))
    }
}
