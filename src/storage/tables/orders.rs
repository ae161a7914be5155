//! Orders as rows, with a row of their own for each line.

use super::{Cells, Tabular};
use crate::columns;
use crate::domain::Order;
use crate::domain::order::{OrderLine, OrderStatus};
use crate::kernel::table::{Line, Row, Table, Value};
use crate::kernel::{Failure, Id, Timestamp, Version};

/// One row an order.
pub static ORDERS: Table = Table {
    name: "orders",
    row_name: "order",
    columns: columns![
        id: Text,
        status: Text,
        customer_id: Text,
        total_amount: Money,
        placed_at: Time,
        payment_reference: Text,
        paid_at: Time,
        shipped_at: Time,
        delivered_at: Time,
        cancelled_at: Time,
        cancellation_reason: Text,
        version: Integer,
        created_at: Time,
        updated_at: Time,
    ],
    version: Some(11),
    lines: Some(&ORDER_ITEMS),
};

/// One row a line of an order.
pub static ORDER_ITEMS: Table = Table {
    name: "order_items",
    row_name: "order line",
    columns: columns![
        order_id: Text,
        line: Integer,
        product_id: Text,
        quantity: Integer,
        unit_price: Money,
        line_total: Money,
    ],
    version: None,
    lines: None,
};

impl Tabular for Order {
    const TABLE: &'static Table = &ORDERS;

    fn to_row(&self, version: Version, updated_at: Timestamp, before: Option<&Row>) -> Row {
        let time = |moment: Option<Timestamp>| Value::text(moment.map(Timestamp::column));
        let cells = vec![
            self.id.as_str().into(),
            self.status.name().into(),
            Value::text(self.customer_id.as_ref().map(|id| id.as_str())),
            self.total_amount().to_string().into(),
            time(self.placed_at),
            Value::text(self.payment_reference.as_deref()),
            time(self.paid_at),
            time(self.shipped_at),
            time(self.delivered_at),
            time(self.cancelled_at),
            Value::text(self.cancellation_reason.as_deref()),
            version.into(),
            time(self.created_at),
            updated_at.column().into(),
        ];
        let there = |index: usize| before.and_then(|before| before.lines.get(index));
        let lines = self.items.iter().enumerate().map(|(index, line)| match there(index) {
            Some(cells) if is_as(cells, index, line) => Line::clone(cells),
            _ => line_cells(self, index, line).into(),
        });
        Row { cells, lines: lines.collect() }
    }

    fn from_row(row: &Row) -> Result<Self, Failure> {
        let mut cells = Cells::of(Self::TABLE, row);
        let (id, status) = (cells.id()?, cells.named("a status of orders", status)?);
        let customer_id = cells.text_if_any()?.map(Id::new);
        // The sum is computed from the lines, so a row in which both disagree reads as its lines say.
        cells.skip();
        let mut order = Self {
            id,
            status,
            customer_id,
            placed_at: cells.time_if_any()?,
            payment_reference: cells.text_if_any()?.map(str::to_owned),
            paid_at: cells.time_if_any()?,
            shipped_at: cells.time_if_any()?,
            delivered_at: cells.time_if_any()?,
            cancelled_at: cells.time_if_any()?,
            cancellation_reason: cells.text_if_any()?.map(str::to_owned),
            items: row.lines.iter().map(|line| read_line(line)).collect::<Result<_, _>>()?,
            created_at: None,
        };
        cells.skip();
        order.created_at = cells.time_if_any()?;
        Ok(order)
    }
}

/// Whether a line's cells are those that it would have now.
fn is_as(cells: &Line, index: usize, line: &OrderLine) -> bool {
    let [
        _,
        Value::Integer(number),
        Value::Text(product),
        Value::Integer(quantity),
        Value::Text(price),
        Value::Text(total),
    ] = &**cells
    else {
        return false;
    };
    *number == line_number(index)
        && product == line.product_id.as_str()
        && *quantity == line.quantity
        && line.unit_price.is_shown_as(price)
        && line.line_total().is_shown_as(total)
}

fn line_number(index: usize) -> i64 {
    index as i64 + 1
}

fn line_cells(order: &Order, index: usize, line: &OrderLine) -> Vec<Value> {
    vec![
        order.id.as_str().into(),
        line_number(index).into(),
        line.product_id.as_str().into(),
        line.quantity.into(),
        line.unit_price.to_string().into(),
        line.line_total().to_string().into(),
    ]
}

fn read_line(line: &[Value]) -> Result<OrderLine, Failure> {
    let mut cells = Cells::of_line(&ORDER_ITEMS, line);
    Ok(OrderLine { product_id: cells.id()?, quantity: cells.integer()?, unit_price: cells.money()? })
}

fn status(name: &str) -> Option<OrderStatus> {
    OrderStatus::ALL.into_iter().find(|status| status.name() == name)
}
