//! W6 by hand: orders as rows. A step reads what its rule looks at and writes the columns it changes.

use std::time::{Duration, Instant};

use rusqlite::{Connection, Statement, params};

use super::order::{Line, Order, Status};
use super::{Done, Ids};
use crate::kernel::Timestamp;
use crate::lab::bench::work::{SHORT, Script, Size, Step};

/// The statements, prepared once.
struct Table<'c> {
    begin: Statement<'c>,
    commit: Statement<'c>,
    load: Statement<'c>,
    load_lines: Statement<'c>,
    insert: Statement<'c>,
    insert_line: Statement<'c>,
    change_line: Statement<'c>,
    change: Statement<'c>,
    place: Statement<'c>,
    pay: Statement<'c>,
    ship: Statement<'c>,
    deliver: Statement<'c>,
}

impl<'c> Table<'c> {
    fn new(connection: &'c Connection) -> rusqlite::Result<Self> {
        let update = |set: &str| {
            let sql =
                format!("UPDATE orders SET version = ?2 + 1, updated_at = ?3{set} WHERE id = ?1 AND version = ?2");
            connection.prepare(&sql)
        };
        Ok(Self {
            begin: connection.prepare("BEGIN IMMEDIATE")?,
            commit: connection.prepare("COMMIT")?,
            load: connection.prepare("SELECT status, paid_at IS NOT NULL, version FROM orders WHERE id = ?1")?,
            load_lines: connection.prepare(
                "SELECT product_id, quantity, unit_price FROM order_items WHERE order_id = ?1 ORDER BY line",
            )?,
            insert: connection.prepare(
                "INSERT INTO orders (id, status, total_amount, version, created_at, updated_at) \
                 VALUES (?1, 'draft', ?2, 1, ?3, ?3)",
            )?,
            insert_line: connection.prepare(
                "INSERT INTO order_items (order_id, line, product_id, quantity, unit_price, line_total) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?,
            change_line: connection
                .prepare("UPDATE order_items SET quantity = ?3, line_total = ?4 WHERE order_id = ?1 AND line = ?2")?,
            change: update(", total_amount = ?4")?,
            place: update(", status = 'placed', customer_id = ?4, placed_at = ?3")?,
            pay: update(", payment_reference = ?4, paid_at = ?3")?,
            ship: update(", status = 'shipped', shipped_at = ?3")?,
            deliver: update(", status = 'delivered', delivered_at = ?3")?,
        })
    }

    fn read(&mut self, id: &str) -> Done<Order> {
        let mut rows = self.load.query(params![id])?;
        let row = rows.next()?.ok_or("there is no such order")?;
        let status = match row.get_ref(0)?.as_str()? {
            "draft" => Status::Draft,
            "placed" => Status::Placed,
            "shipped" => Status::Shipped,
            _ => Status::Delivered,
        };
        let mut order = Order { version: row.get(2)?, status, paid: row.get(1)?, lines: Vec::new() };
        drop(rows);
        let mut rows = self.load_lines.query(params![id])?;
        while let Some(row) = rows.next()? {
            order.lines.push(Line {
                product: row.get(0)?,
                quantity: row.get(1)?,
                price: row.get_ref(2)?.as_str()?.parse()?,
            });
        }
        Ok(order)
    }

    fn write(&mut self, id: &str, before: &Order, step: &Step<'_>, at: Timestamp) -> Done<()> {
        let (at, version) = (at.column(), before.version);
        self.begin.raw_execute()?;
        let written = match *step {
            Step::Add { product, quantity, price } => {
                let line_total = price.times(quantity)?;
                let total = before.total()?.plus(line_total)?.to_string();
                let written = if version == 0 {
                    self.insert.execute(params![id, total, at])?
                } else {
                    self.change.execute(params![id, version, at, total])?
                };
                let line = before.lines.len() as i64 + 1;
                let (price, line_total) = (price.to_string(), line_total.to_string());
                self.insert_line.execute(params![id, line, product, quantity, price, line_total])?;
                written
            }
            Step::Change { product, quantity } => {
                let (index, line) =
                    (0_i64..).zip(&before.lines).find(|(_, line)| line.product == product).ok_or("line")?;
                let line_total = line.price.times(quantity)?;
                let total = before.total()?.minus(line.price.times(line.quantity)?)?.plus(line_total)?.to_string();
                self.change_line.execute(params![id, index + 1, quantity, line_total.to_string()])?;
                self.change.execute(params![id, version, at, total])?
            }
            Step::Place { customer } => self.place.execute(params![id, version, at, customer])?,
            Step::Pay { reference } => self.pay.execute(params![id, version, at, reference])?,
            Step::Ship => self.ship.execute(params![id, version, at])?,
            Step::Deliver => self.deliver.execute(params![id, version, at])?,
        };
        if written != 1 {
            return Err("somebody else wrote first".into());
        }
        self.commit.raw_execute()?;
        Ok(())
    }
}

/// W6.
pub(in crate::lab::bench) fn commands_on_rows(connection: &Connection, script: &Script, size: &Size) -> Done<Duration> {
    let mut table = Table::new(connection)?;
    let mut ids = Ids::new();
    let mut orders: Vec<String> = Vec::with_capacity(size.orders);
    let mut number = 0;
    let start = Instant::now();
    for index in 0..SHORT {
        for which in 0..size.orders {
            number += 1;
            let step = script.step(which, index, SHORT);
            if index == 0 {
                orders.push(ids.random());
            }
            let id = &orders[which];
            let order = if index == 0 { Order::new() } else { table.read(id)? };
            order.allows(&step)?;
            table.write(id, &order, &step, Script::time(number))?;
        }
    }
    Ok(start.elapsed())
}
