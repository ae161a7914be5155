//! What a program left in its file: read back by diptych's own repositories, whoever wrote it.

use std::path::Path;

use crate::application::read_models::tables::ORDER_SUMMARY;
use crate::domain::{Money, Order};
use crate::kernel::root::Recalled;
use crate::kernel::store::{Select, Window};
use crate::kernel::{Aggregate, Failure, Id, Persistence, Refusal, Store};
use crate::storage::{EventSourcing, Options, SqliteStore, Tabular};

/// The sum of the totals of all orders in streams, of which there must be this many facts.
pub(super) fn of_streams(file: &Path, facts: usize) -> Result<Money, Failure> {
    let store = SqliteStore::open(file, Options::default())?;
    let prefix = format!("{}-", Order::NAME);
    let orders = store.streams(&prefix, Window::ALL)?;
    let recalled = orders.iter().map(|stream| {
        let id: Id<Order> = Id::new(&stream[prefix.len()..]);
        EventSourcing::WITHOUT_SNAPSHOTS
            .recall(&store, &id)?
            .ok_or_else(|| Failure::new(format!("{stream} has no events")).on(file))
    });
    of_orders(recalled.collect::<Result<_, _>>()?, facts, file)
}

/// The sum of the totals of all orders in rows, which must have seen this many facts.
pub(super) fn of_rows(file: &Path, facts: usize) -> Result<Money, Failure> {
    let store = SqliteStore::open(file, Options::default())?;
    let rows = store.select(&Select::all(Order::TABLE))?;
    let recalled = rows.iter().map(|row| {
        Ok(Recalled {
            version: <Order as Tabular>::version(row),
            state: Order::from_row(row)?,
            row: None,
            remark: None,
        })
    });
    of_orders(recalled.collect::<Result<_, Failure>>()?, facts, file)
}

/// The sum of `order_summary`.
pub(super) fn of_summary(file: &Path) -> Result<Money, Failure> {
    let store = SqliteStore::open(file, Options::default())?;
    let rows = store.select(&Select::all(&ORDER_SUMMARY))?;
    let amounts = rows.iter().map(|row| row.text(2).parse::<Money>().map_err(|error| Failure::new(error.to_string())));
    sum(amounts.collect::<Result<_, _>>()?)
}

fn of_orders(orders: Vec<Recalled<Order>>, facts: usize, file: &Path) -> Result<Money, Failure> {
    let found: u64 = orders.iter().map(|order| order.version.0).sum();
    if found != facts as u64 {
        return Err(Failure::new(format!("{found} facts were written, not {facts}")).on(file));
    }
    sum(orders.iter().map(|order| order.state.total_amount()).collect())
}

fn sum(amounts: Vec<Money>) -> Result<Money, Failure> {
    let sum = amounts.into_iter().try_fold(Money::ZERO, |sum, amount| sum.plus(amount));
    sum.map_err(|refusal: Refusal| Failure::new(refusal.to_string()))
}
