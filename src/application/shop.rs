//! What a command handler works with: the shop's repositories, for the time of one command.

use std::rc::Rc;

use crate::domain::{Customer, Order, Product, StockItem};
use crate::kernel::{Call, Repository, Timestamp};

/// The repositories of the four contexts, wired as the world has them.
pub struct Shop {
    /// Of the catalog.
    pub products: Repository<Product>,
    /// Of ordering.
    pub orders: Repository<Order>,
    /// Of customers.
    pub customers: Repository<Customer>,
    /// Of inventory.
    pub stock: Repository<StockItem>,
    /// The command in flight.
    pub call: Rc<Call>,
}

impl Shop {
    /// The time of the business.
    pub fn now(&self) -> Timestamp {
        self.call.now()
    }
}
