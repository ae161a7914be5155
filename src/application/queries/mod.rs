//! Every question the shop can be asked, one file each: the same questions in every world.
//!
//! A query handler does not know whether it reads the tables of state persistence or the read models beside an event log: its
//! [`Sources`] are handed to it by the world's wiring. The answer says where it came from.

mod active_products_under;
mod average_price;
mod one_order;
mod order_summary;
mod orders_of_customer;

use serde_json::{Map, Value, json};

pub use active_products_under::ActiveProductsUnder;
pub use average_price::AveragePrice;
pub use one_order::OneOrder;
pub use order_summary::OrderSummary;
pub use orders_of_customer::OrdersOfCustomer;

use super::commands::{Described, Unreadable};
use super::fields::{Description, suggestion};
use crate::domain::Order;
use crate::kernel::table::{Row, Table};
use crate::kernel::{Failure, Persistence, Store};

/// Where a world keeps what can be asked about.
pub struct Sources<'a> {
    /// The world's store.
    pub store: &'a dyn Store,
    /// The products: their state table, or the read model `product_catalog`.
    pub products: &'static Table,
    /// The orders: their state table, or the read model `order_list`.
    pub orders: &'static Table,
    /// One order: its row, or the fold of its stream.
    pub order: &'a dyn Persistence<Order>,
    /// The sums per customer where a read model keeps them: as the guide writes it, and corrected.
    pub summaries: Option<[&'static Table; 2]>,
}

/// Where an answer came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Rows of this table.
    Table(&'static str),
    /// The fold of this stream.
    Stream(String),
}

/// What a query answers: rows as people see them, and where they came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// One JSON object a row.
    pub rows: Vec<Value>,
    /// Where they came from.
    pub source: Source,
}

/// What a query does: asks the sources.
pub trait QueryHandler {
    /// Answers it.
    ///
    /// # Errors
    ///
    /// When the store fails.
    fn answer(&self, sources: &Sources<'_>) -> Result<Answer, Failure>;
}

macro_rules! queries {
    ($($name:ident),+ $(,)?) => {
        /// Any query of the shop.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Query {
            $(#[doc = concat!("See [`", stringify!($name), "`].")] $name($name),)+
        }

        impl Query {
            /// Every query there is.
            pub const ALL: &'static [Description] = &[$($name::DESCRIPTION),+];

            /// Reads a query from its name (`AveragePrice` or `average-price`) and what was given for its fields.
            ///
            /// # Errors
            ///
            /// An unknown query, with the nearest name; the first field that is unknown, missing or of another kind.
            pub fn read(name: &str, given: &Map<String, Value>) -> Result<Self, Unreadable> {
                let plain = name.replace(['-', '_'], "").to_lowercase();
                $(if plain == stringify!($name).to_lowercase() {
                    return Ok(Self::$name($name::read(given)?));
                })+
                let name: String = name.escape_default().take(60).collect();
                let suggestion = suggestion(&name, &[$(stringify!($name)),+]);
                Err(Unreadable::UnknownQuery { name, suggestion })
            }

            /// What it is called and takes.
            pub fn description(&self) -> &'static Description {
                match self {
                    $(Self::$name(_) => const { &$name::DESCRIPTION },)+
                }
            }
        }

        impl QueryHandler for Query {
            fn answer(&self, sources: &Sources<'_>) -> Result<Answer, Failure> {
                match self {
                    $(Self::$name(query) => query.answer(sources),)+
                }
            }
        }
    };
}

queries!(ActiveProductsUnder, AveragePrice, OneOrder, OrdersOfCustomer, OrderSummary);

/// Some columns of a row under the names given, as JSON; yes and no as such.
fn pick(table: &Table, row: &Row, columns: &[&'static str]) -> Map<String, Value> {
    columns.iter().map(|name| ((*name).to_owned(), table.json(row, name))).collect()
}

/// The product rows that are on offer, wherever they are kept.
fn active_products(sources: &Sources<'_>) -> crate::kernel::store::Select {
    use crate::kernel::store::{Comparison, Select};
    Select::all(sources.products).filter("is_active", Comparison::Equal, true)
}

fn product(sources: &Sources<'_>, row: &Row) -> Value {
    let mut product = Map::from_iter([("product_id".to_owned(), json!(row.key()))]);
    product.extend(pick(sources.products, row, &["name", "price"]));
    Value::Object(product)
}
