//! What the domain says to a command's fields alone, before there is anything to perform it on.
//!
//! A form asks this as one types. The rule itself is asked, of an aggregate in which everything else is in order; whether the real
//! one is in order only performing the command can tell.

use chrono::DateTime;

use super::Command;
use crate::domain::order::OrderLine;
use crate::domain::{Customer, CustomerId, Money, Order, Product, ProductId, StockItem};
use crate::kernel::{Aggregate, Id, Refusal, Rule, Timestamp};

impl Command {
    /// The refusal that the fields alone bring about, whatever they are meant for.
    pub fn objection(&self) -> Option<Refusal> {
        let at = Timestamp::at(DateTime::UNIX_EPOCH);
        let one = "1".parse().unwrap_or(Money::ZERO);
        let product = || Product::new(Id::new("p"));
        let customer = || Customer::new(Id::new("c"));
        let draft = || Order::new(Id::new("o"));
        let line = |product_id: &ProductId| OrderLine { product_id: product_id.clone(), quantity: 1, unit_price: one };
        let holding = |id: &ProductId| followed(draft(), |order| order.add_item(id.clone(), 1, one, at));
        let placed = || {
            let items = Some(vec![line(&ProductId::new("p"))]);
            followed(draft(), |order| order.place(CustomerId::new("c"), items, at))
        };
        match self.clone() {
            Self::CreateProduct(command) => product().create(command.name, command.price, at).err(),
            Self::UpdateProductPrice(command) => product().update_price(command.new_price, at).err(),
            Self::AddOrderItem(command) => {
                draft().add_item(command.product_id, command.quantity, command.unit_price, at).err()
            }
            Self::ChangeItemQuantity(command) => {
                holding(&command.product_id).change_item_quantity(&command.product_id, command.quantity, at).err()
            }
            Self::PlaceOrder(command) => {
                holding(&ProductId::new("p")).place(command.customer_id, command.items, at).err()
            }
            Self::ConfirmPayment(command) => placed().confirm_payment(&command.payment_reference, at).err(),
            Self::ProcessOrder(command) => placed().confirm_payment(&command.payment_reference, at).err(),
            Self::CancelOrder(command) => placed().cancel(&command.reason, at).err(),
            Self::RegisterCustomer(command) => customer().register(command.name, command.email, at).err(),
            Self::UpdateProfile(command) => customer().update_profile(command.name, command.email, at).err(),
            Self::UpgradeLoyalty(command) => customer().upgrade_loyalty(&command.new_tier, command.earned_points).err(),
            Self::ReceiveStock(command) => StockItem::new(Id::new("p")).receive(command.quantity, at).err(),
            Self::ReduceStock(command) => {
                let plenty = followed(StockItem::new(Id::new("p")), |stock| stock.receive(i64::MAX, at));
                plenty.reduce(command.quantity, at).err()
            }
            Self::DeactivateProduct(_) | Self::ShipOrder(_) | Self::DeliverOrder(_) => None,
        }
    }
}

/// An aggregate after a rule has decided something.
fn followed<A: Aggregate>(mut state: A, rule: impl FnOnce(&A) -> Rule<A::Event>) -> A {
    let events = rule(&state).map(|decision| decision.events).unwrap_or_default();
    events.iter().for_each(|event| state.apply(event));
    state
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Command;

    fn objection(name: &str, fields: serde_json::Value) -> Option<String> {
        let fields = fields.as_object().cloned().unwrap_or_default();
        let command = Command::read(name, &fields).expect("its fields are of their kinds");
        command.objection().map(|refusal| refusal.text.into_owned())
    }

    #[test]
    fn the_rules_speak_of_the_fields_and_of_nothing_else() {
        let says = |text: &str| Some(text.to_owned());
        assert_eq!(objection("CreateProduct", json!({ "name": "x", "price": "0" })), says("Price must be positive"));
        assert_eq!(objection("RegisterCustomer", json!({ "name": "x", "email": "x" })), says("Email is not valid"));
        assert_eq!(objection("ReduceStock", json!({ "product_id": "p", "quantity": 1_000_000 })), None);
        let change = |quantity: i64| json!({ "order_id": "o", "product_id": "q", "quantity": quantity });
        assert_eq!(objection("ChangeItemQuantity", change(2)), None, "the line is taken to be there");
        assert_eq!(objection("ChangeItemQuantity", change(0)), says("Quantity must be positive"));
    }
}
