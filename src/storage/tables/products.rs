//! Products as rows.

use super::{Cells, Tabular};
use crate::columns;
use crate::domain::Product;
use crate::kernel::table::{Row, Table, Value};
use crate::kernel::{Failure, Timestamp, Version};

/// One row a product.
pub static PRODUCTS: Table = Table {
    name: "products",
    row_name: "product",
    columns: columns![
        id: Text,
        name: Text,
        price: Money,
        is_active: Bool,
        version: Integer,
        created_at: Time,
        updated_at: Time,
    ],
    version: Some(4),
    lines: None,
};

impl Tabular for Product {
    const TABLE: &'static Table = &PRODUCTS;

    fn to_row(&self, version: Version, updated_at: Timestamp, _: Option<&Row>) -> Row {
        Row::of(vec![
            self.id.as_str().into(),
            self.name.as_str().into(),
            self.price.to_string().into(),
            self.is_active.into(),
            version.into(),
            Value::text(self.created_at.map(Timestamp::column)),
            updated_at.column().into(),
        ])
    }

    fn from_row(row: &Row) -> Result<Self, Failure> {
        let mut cells = Cells::of(Self::TABLE, row);
        let (id, name, price, is_active) = (cells.id()?, cells.text()?.to_owned(), cells.money()?, cells.yes_or_no()?);
        cells.skip();
        Ok(Self { id, name, price, is_active, created_at: cells.time_if_any()? })
    }
}
