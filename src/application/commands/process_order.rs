use super::prelude::*;

command! {
    /// An order is paid for, its goods leave the stock and the customer's purchase is recorded: three contexts, one handler.
    ProcessOrder in Across {
        /// Which order.
        order_id: OrderId,
        /// What the payment is known by.
        payment_reference: String,
    }
}

impl Handler for ProcessOrder {
    async fn handle(self, shop: &Shop) -> Handled {
        let mut order = shop.orders.load(&self.order_id).await?;
        order.decide(|order| order.confirm_payment(&self.payment_reference, shop.now())).await?;
        shop.orders.save(&mut order).await?;

        for item in &order.items {
            let mut stock = shop.stock.load(&item.product_id.cast()).await?;
            stock.decide(|stock| stock.reduce(item.quantity, shop.now())).await?;
            shop.stock.save(&mut stock).await?;
        }

        let customer_id = order.customer_id.clone().unwrap_or_else(|| CustomerId::new(""));
        let mut customer = shop.customers.load(&customer_id).await?;
        customer.decide(|customer| customer.record_purchase(order.id(), order.total_amount(), shop.now())).await?;
        shop.customers.save(&mut customer).await?;

        Ok(OperationResult::ok(json!({ "order_id": order.id() })))
    }
}
