//! Customers as rows.

use super::{Cells, Tabular};
use crate::columns;
use crate::domain::Customer;
use crate::domain::customer::Tier;
use crate::kernel::table::{Row, Table, Value};
use crate::kernel::{Failure, Timestamp, Version};

/// One row a customer.
pub static CUSTOMERS: Table = Table {
    name: "customers",
    row_name: "customer",
    columns: columns![
        id: Text,
        name: Text,
        email: Text,
        loyalty_tier: Text,
        loyalty_points: Integer,
        purchases: Integer,
        total_spent: Money,
        version: Integer,
        created_at: Time,
        updated_at: Time,
    ],
    version: Some(7),
    lines: None,
};

impl Tabular for Customer {
    const TABLE: &'static Table = &CUSTOMERS;

    fn to_row(&self, version: Version, updated_at: Timestamp, _: Option<&Row>) -> Row {
        Row::of(vec![
            self.id.as_str().into(),
            self.name.as_str().into(),
            self.email.as_str().into(),
            self.loyalty_tier.name().into(),
            self.loyalty_points.into(),
            self.purchases.into(),
            self.total_spent.to_string().into(),
            version.into(),
            Value::text(self.created_at.map(Timestamp::column)),
            updated_at.column().into(),
        ])
    }

    fn from_row(row: &Row) -> Result<Self, Failure> {
        let mut cells = Cells::of(Self::TABLE, row);
        let mut customer = Self {
            id: cells.id()?,
            name: cells.text()?.to_owned(),
            email: cells.text()?.to_owned(),
            loyalty_tier: cells.named("a tier", Tier::named)?,
            loyalty_points: cells.integer()?,
            purchases: cells.integer()?,
            total_spent: cells.money()?,
            created_at: None,
        };
        cells.skip();
        customer.created_at = cells.time_if_any()?;
        Ok(customer)
    }
}
