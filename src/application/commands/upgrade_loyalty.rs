use super::prelude::*;

command! {
    /// A customer rises to a higher tier, if they qualify.
    UpgradeLoyalty in Customers {
        /// Which customer.
        customer_id: CustomerId,
        /// Which tier: bronze, silver, gold or platinum.
        new_tier: String,
        /// Points earned with it.
        earned_points: i64,
    }
}

impl Handler for UpgradeLoyalty {
    async fn handle(self, shop: &Shop) -> Handled {
        let mut customer = shop.customers.load(&self.customer_id).await?;

        let decided = customer.decide(|customer| customer.upgrade_loyalty(&self.new_tier, self.earned_points)).await?;

        shop.customers.save(&mut customer).await?;
        let mut answer = json!({
            "customer_id": customer.id(),
            "upgraded": decided.facts > 0,
            "loyalty_tier": customer.loyalty_tier,
            "loyalty_points": customer.loyalty_points,
        });
        if let Some(reason) = decided.remark {
            answer["reason"] = reason.into();
        }
        Ok(OperationResult::ok(answer))
    }
}
