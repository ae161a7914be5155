use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Answer, QueryHandler, Source, Sources};
use crate::domain::Money;
use crate::kernel::store::{Comparison, Select};
use crate::kernel::table::{Row, Table};
use crate::kernel::{Failure, Refusal};

command! {
    /// Orders and amounts per customer: as the guide counts them, with cancelled orders, and corrected, without.
    OrderSummary in Ordering {}
}

/// Of one customer.
#[derive(Default)]
struct Sums {
    orders: i64,
    amount: Option<Money>,
    corrected_orders: i64,
    corrected_amount: Option<Money>,
}

impl QueryHandler for OrderSummary {
    fn answer(&self, sources: &Sources<'_>) -> Result<Answer, Failure> {
        let mut customers = BTreeMap::new();
        let source = match sources.summaries {
            Some([as_written, corrected]) => {
                for row in sources.store.select(&Select::all(as_written))? {
                    let sums = of(&mut customers, row.key());
                    (sums.orders, sums.amount) = kept(as_written, &row);
                }
                for row in sources.store.select(&Select::all(corrected))? {
                    let sums = of(&mut customers, row.key());
                    (sums.corrected_orders, sums.corrected_amount) = kept(corrected, &row);
                }
                as_written.name
            }
            None => {
                let placed = Select::all(sources.orders).filter("placed_at", Comparison::Greater, "");
                for row in sources.store.select(&placed)? {
                    count(&mut customers, sources.orders, &row).map_err(|refusal| Failure::new(refusal.text))?;
                }
                sources.orders.name
            }
        };
        let rows = customers.iter().map(|(customer_id, sums)| to_json(customer_id, sums)).collect();
        Ok(Answer { rows, source: Source::Table(source) })
    }
}

fn of<'a>(customers: &'a mut BTreeMap<String, Sums>, customer_id: &str) -> &'a mut Sums {
    customers.entry(customer_id.to_owned()).or_default()
}

/// The sums a read model has kept.
fn kept(table: &Table, row: &Row) -> (i64, Option<Money>) {
    let cell = |name| table.column(name).unwrap_or_default();
    (row.integer(cell("total_orders")), row.text(cell("total_amount")).parse().ok())
}

/// Adds an order's row to its customer's sums.
fn count(customers: &mut BTreeMap<String, Sums>, orders: &Table, row: &Row) -> Result<(), Refusal> {
    let text = |name| row.text(orders.column(name).unwrap_or_default());
    let amount = text("total_amount").parse().unwrap_or(Money::ZERO);
    let sums = of(customers, text("customer_id"));
    sums.orders += 1;
    sums.amount = Some(sums.amount.unwrap_or(Money::ZERO).plus(amount)?);
    // Added and taken back again, as the read model does it: so both show as many digits.
    let corrected = sums.corrected_amount.unwrap_or(Money::ZERO).plus(amount)?;
    if text("status") == "cancelled" {
        sums.corrected_amount = Some(corrected.minus(amount)?);
    } else {
        sums.corrected_orders += 1;
        sums.corrected_amount = Some(corrected);
    }
    Ok(())
}

fn to_json(customer_id: &str, sums: &Sums) -> Value {
    json!({
        "customer_id": customer_id,
        "total_orders": sums.orders,
        "total_amount": sums.amount.unwrap_or(Money::ZERO),
        "corrected_orders": sums.corrected_orders,
        "corrected_amount": sums.corrected_amount.unwrap_or(Money::ZERO),
    })
}
