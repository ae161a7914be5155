//! Stock items as rows.

use super::{Cells, Tabular};
use crate::columns;
use crate::domain::StockItem;
use crate::kernel::table::{Row, Table, Value};
use crate::kernel::{Failure, Timestamp, Version};

/// One row a product that is or was in stock.
pub static STOCK: Table = Table {
    name: "stock",
    row_name: "stock",
    columns: columns![product_id: Text, quantity: Integer, version: Integer, created_at: Time, updated_at: Time],
    version: Some(2),
    lines: None,
};

impl Tabular for StockItem {
    const TABLE: &'static Table = &STOCK;

    fn to_row(&self, version: Version, updated_at: Timestamp, _: Option<&Row>) -> Row {
        Row::of(vec![
            self.product_id.as_str().into(),
            self.quantity.into(),
            version.into(),
            Value::text(self.created_at.map(Timestamp::column)),
            updated_at.column().into(),
        ])
    }

    fn from_row(row: &Row) -> Result<Self, Failure> {
        let mut cells = Cells::of(Self::TABLE, row);
        let (product_id, quantity) = (cells.id()?, cells.integer()?);
        cells.skip();
        Ok(Self { product_id, quantity, created_at: cells.time_if_any()? })
    }
}
