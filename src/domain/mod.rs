//! The shop: four aggregates with their rules and folds.
//!
//! Rules are methods on the state that answer with events or a refusal; `apply` is the fold. Everything is synchronous and pure:
//! no I/O, no clock, no ids of its own, no logging. The same code runs in every world, because where a rule lives has nothing
//! to do with how its outcome is remembered.
//!
//! Refusals are in the guide's own words where the guide has them.

pub mod customer;
pub mod money;
pub mod order;
pub mod product;
pub mod stock;
#[cfg(test)]
mod testing;

pub use customer::{Customer, CustomerEvent, CustomerId};
pub use money::Money;
pub use order::{Order, OrderEvent, OrderId};
pub use product::{Product, ProductEvent, ProductId};
pub use stock::{StockEvent, StockId, StockItem};

/// A bounded context of the shop: the unit for which one chooses a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// Products.
    Catalog,
    /// Orders.
    Ordering,
    /// Customers.
    Customers,
    /// Stock.
    Inventory,
    /// Commands that touch several contexts.
    Across,
}

impl Context {
    /// The four contexts that hold an aggregate.
    pub const ALL: [Self; 4] = [Self::Catalog, Self::Ordering, Self::Customers, Self::Inventory];

    /// Its name in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Catalog => "catalog",
            Self::Ordering => "ordering",
            Self::Customers => "customers",
            Self::Inventory => "inventory",
            Self::Across => "across",
        }
    }

    /// The context whose aggregate has this name: `order`.
    pub fn of_aggregate(name: &str) -> Option<Self> {
        use crate::kernel::Aggregate;
        let names = [Product::NAME, Order::NAME, Customer::NAME, StockItem::NAME];
        Self::ALL.into_iter().zip(names).find(|(_, known)| *known == name).map(|(context, _)| context)
    }

    /// The context that a stream is of: `order-<id>`.
    pub fn of_stream(stream: &str) -> Option<Self> {
        stream.split_once('-').and_then(|(name, _)| Self::of_aggregate(name))
    }

    /// The context with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|context| context.name() == name)
    }
}
