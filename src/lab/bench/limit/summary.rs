//! W5 by hand: `order_summary` from the log. Sums stay in memory from one commit to the next, since nobody else writes them.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use rusqlite::{Connection, params};
use serde::Deserialize;

use super::Done;
use crate::domain::Money;
use crate::kernel::Timestamp;

const BATCH: i64 = 1_000;

#[derive(Deserialize)]
struct Placed<'a> {
    customer_id: &'a str,
    total_amount: Money,
}

struct Sum {
    orders: i64,
    amount: Money,
    changed: bool,
}

/// W5; answers how many events were read.
pub(in crate::lab::bench) fn rebuild(connection: &Connection) -> Done<(Duration, u64)> {
    let mut begin = connection.prepare("BEGIN IMMEDIATE")?;
    let mut commit = connection.prepare("COMMIT")?;
    let mut read = connection.prepare(
        "SELECT position, event_type, data, event_id FROM events WHERE position > ?1 ORDER BY position LIMIT ?2",
    )?;
    let mut put = connection.prepare(
        "INSERT INTO order_summary (customer_id, total_orders, total_amount) VALUES (?1, ?2, ?3) \
         ON CONFLICT (customer_id) DO UPDATE SET total_orders = excluded.total_orders, total_amount = excluded.total_amount",
    )?;
    let mut checkpoint = connection.prepare(
        "INSERT INTO checkpoints (subscriber, position, event_id, updated_at) VALUES ('order_summary', ?1, ?2, ?3) \
         ON CONFLICT (subscriber) DO UPDATE SET position = excluded.position, event_id = excluded.event_id, \
         updated_at = excluded.updated_at",
    )?;
    let mut sums: HashMap<String, Sum> = HashMap::new();
    let (mut position, mut all) = (0_i64, 0);
    let now = Timestamp::start().column();
    let mut last_id = String::new();
    let start = Instant::now();
    loop {
        let mut count = 0_i64;
        let mut rows = read.query(params![position, BATCH])?;
        while let Some(row) = rows.next()? {
            count += 1;
            position = row.get(0)?;
            if row.get_ref(1)?.as_str()? == "OrderPlacedEvent" {
                let placed: Placed<'_> = serde_json::from_str(row.get_ref(2)?.as_str()?)?;
                if let Some(sum) = sums.get_mut(placed.customer_id) {
                    sum.orders += 1;
                    sum.amount = sum.amount.plus(placed.total_amount)?;
                    sum.changed = true;
                } else {
                    let sum = Sum { orders: 1, amount: placed.total_amount, changed: true };
                    sums.insert(placed.customer_id.to_owned(), sum);
                }
            }
            row.get_ref(3)?.as_str()?.clone_into(&mut last_id);
        }
        drop(rows);
        if count == 0 {
            return Ok((start.elapsed(), all));
        }
        all += count as u64;
        begin.raw_execute()?;
        for (customer, sum) in sums.iter_mut().filter(|(_, sum)| sum.changed) {
            sum.changed = false;
            put.execute(params![customer, sum.orders, sum.amount.to_string()])?;
        }
        checkpoint.execute(params![position, last_id, now])?;
        commit.raw_execute()?;
    }
}

/// Takes back what a rebuild has written, so that the next one finds what the first one found.
pub(in crate::lab::bench) fn clear(connection: &Connection) -> Done<()> {
    connection.execute_batch("DELETE FROM order_summary; DELETE FROM checkpoints; PRAGMA wal_checkpoint(TRUNCATE)")?;
    Ok(())
}
