use super::prelude::*;

command! {
    /// The payment of an order has come in (added).
    ConfirmPayment in Ordering {
        /// Which order.
        order_id: OrderId,
        /// What the payment is known by.
        payment_reference: String,
    }
}

impl Handler for ConfirmPayment {
    async fn handle(self, shop: &Shop) -> Handled {
        let mut order = shop.orders.load(&self.order_id).await?;

        order.decide(|order| order.confirm_payment(&self.payment_reference, shop.now())).await?;

        shop.orders.save(&mut order).await?;
        Ok(OperationResult::ok(json!({ "order_id": order.id(), "payment_reference": order.payment_reference })))
    }
}
