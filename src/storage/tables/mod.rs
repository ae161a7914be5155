//! The rows of each aggregate.
//!
//! An aggregate does not know its row; [`Tabular`] does, on this floor. A row holds every field, so that nothing but the facts
//! themselves is lost when the row is all that is kept.

mod cells;
mod customers;
mod orders;
mod products;
mod stock;

pub use self::cells::Cells;
pub use self::customers::CUSTOMERS;
pub use self::orders::{ORDER_ITEMS, ORDERS};
pub use self::products::PRODUCTS;
pub use self::stock::STOCK;
use crate::kernel::table::{Row, Table};
use crate::kernel::{Aggregate, Failure, Timestamp, Version};

/// An aggregate that can be kept as a row.
pub trait Tabular: Aggregate {
    /// Its table, which has a version.
    const TABLE: &'static Table;

    /// The row as it is to be kept, lines included. Lines that are as in the row `before` are that row's own.
    fn to_row(&self, version: Version, updated_at: Timestamp, before: Option<&Row>) -> Row;

    /// Reads a row back.
    ///
    /// # Errors
    ///
    /// When a cell holds what its column cannot; names table, key and column.
    fn from_row(row: &Row) -> Result<Self, Failure>;

    /// How many facts the row has seen.
    fn version(row: &Row) -> Version {
        let version = Self::TABLE.version.map_or(0, |column| row.integer(column));
        Version(u64::try_from(version).unwrap_or_default())
    }
}
