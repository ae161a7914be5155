use super::prelude::*;

command! {
    /// An order is placed for a customer: a draft, or a new one with the items given.
    PlaceOrder in Ordering creates order_id {
        /// Which draft; left out, a new order begins.
        order_id: Option<OrderId>,
        /// Whose order it is.
        customer_id: CustomerId,
        /// What is ordered; left out, the draft's own lines.
        items: Option<Vec<OrderLine>>,
    }
}

impl Handler for PlaceOrder {
    async fn handle(self, shop: &Shop) -> Handled {
        let mut order = shop.orders.load_or_start(self.order_id.as_ref()).await?;

        order.decide(|order| order.place(self.customer_id, self.items, shop.now())).await?;

        shop.orders.save(&mut order).await?;
        Ok(OperationResult::created(json!({
            "order_id": order.id(),
            "status": order.status,
            "customer_id": order.customer_id,
            "items": order.items,
            "total_amount": order.total_amount(),
            "placed_at": order.placed_at,
        })))
    }
}
