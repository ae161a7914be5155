//! Every command of the shop, one file each: what it takes, and its handler.
//!
//! A handler is the transaction boundary: it loads, decides and saves, and whatever that means for transactions and publishing is
//! the policy's. `?` ends it early: with a refusal, which is an answer, or with a failure of the machine.

#[macro_use]
mod describe;
mod objection;
mod validate;

mod add_order_item;
mod cancel_order;
mod change_item_quantity;
mod confirm_payment;
mod create_product;
mod deactivate_product;
mod deliver_order;
mod place_order;
mod process_order;
mod receive_stock;
mod reduce_stock;
mod register_customer;
mod ship_order;
mod update_product_price;
mod update_profile;
mod upgrade_loyalty;

pub use add_order_item::AddOrderItem;
pub use cancel_order::CancelOrder;
pub use change_item_quantity::ChangeItemQuantity;
pub use confirm_payment::ConfirmPayment;
pub use create_product::CreateProduct;
pub use deactivate_product::DeactivateProduct;
pub use deliver_order::DeliverOrder;
pub use describe::{Described, Handler, Unreadable};
pub use place_order::PlaceOrder;
pub use process_order::ProcessOrder;
pub use receive_stock::ReceiveStock;
pub use reduce_stock::ReduceStock;
pub use register_customer::RegisterCustomer;
pub use ship_order::ShipOrder;
pub use update_product_price::UpdateProductPrice;
pub use update_profile::UpdateProfile;
pub use upgrade_loyalty::UpgradeLoyalty;

/// What every handler's file uses.
mod prelude {
    pub use serde_json::json;

    pub use super::describe::Handler;
    pub use crate::application::Shop;
    pub use crate::domain::order::OrderLine;
    pub use crate::domain::{CustomerId, Money, OrderId, ProductId};
    pub use crate::kernel::{Handled, OperationResult};
}

commands! {
    create_product::CreateProduct,
    update_product_price::UpdateProductPrice,
    deactivate_product::DeactivateProduct,
    add_order_item::AddOrderItem,
    change_item_quantity::ChangeItemQuantity,
    place_order::PlaceOrder,
    confirm_payment::ConfirmPayment,
    ship_order::ShipOrder,
    deliver_order::DeliverOrder,
    cancel_order::CancelOrder,
    register_customer::RegisterCustomer,
    update_profile::UpdateProfile,
    upgrade_loyalty::UpgradeLoyalty,
    receive_stock::ReceiveStock,
    reduce_stock::ReduceStock,
    process_order::ProcessOrder,
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use super::{Command, PlaceOrder};
    use crate::domain::order::OrderLine;

    #[test]
    fn a_command_reads_back_from_its_own_fields_lines_included() {
        let line = OrderLine {
            product_id: super::prelude::ProductId::new("p"),
            quantity: 2,
            unit_price: "1.50".parse().expect("it is a decimal"),
        };
        let command = Command::from(PlaceOrder {
            order_id: None,
            customer_id: super::prelude::CustomerId::new("c"),
            items: Some(vec![line]),
        });
        let fields = command.fields();
        let given =
            json!({ "customer_id": "c", "items": [{ "product_id": "p", "quantity": 2, "unit_price": "1.50" }] });
        assert_eq!(Value::Object(fields.clone()), given, "what a line comes to is not given");
        assert_eq!(Command::read("PlaceOrder", &fields), Ok(command));
        assert!(Command::read("PlaceOrder", &Map::new()).is_err());
    }
}
