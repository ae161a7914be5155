//! What a field that takes an id can be given: what exists, by the names that people know it by.

use serde_json::Value;

use super::sift::{Sieve, Sift};
use super::tally::Tally;
use crate::domain::Context;
use crate::kernel::Failure;
use crate::kernel::store::Window;
use crate::world::{Listed, Playground, World, WorldKind};

/// So many are offered at most; typing narrows them.
const MOST: u64 = 200;

/// Something that exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// What else tells it apart: a price, a status, an address.
    pub note: String,
    /// What one of it costs, where it has a price.
    pub price: Option<String>,
}

/// Those of a kind that hold a text, in order of creation. All worlds agree on what exists, so one is asked: rows are read
/// fastest.
pub(super) fn offers(
    playground: &Playground,
    sieve: &mut Sieve,
    tally: &mut Tally,
    kind: &str,
    text: &str,
) -> Result<Vec<Offer>, Failure> {
    let world = playground.world(WorldKind::State).or_else(|| playground.worlds().first());
    let (Some(world), Some(context)) = (world, Context::of_aggregate(kind)) else { return Ok(Vec::new()) };
    let count = tally.count(world, context)?;
    let window = Window { offset: 0, limit: MOST };
    let (rows, ..) = sieve.rows(world, context, &Sift::of(text), window, count)?;
    rows.iter().map(|row| offer(world, context, row)).collect()
}

fn offer(world: &World, context: Context, row: &Listed) -> Result<Offer, Failure> {
    let text = |name: &str| text(&row.state, name);
    let name_of = |context: Context, id: &str| -> Result<Option<String>, Failure> {
        Ok(world.collection(context).get(id)?.map(|row| self::text(&row.state, "name")))
    };
    let (name, note, price) = match context {
        Context::Catalog => {
            let off = if row.state.get("is_active") == Some(&Value::Bool(false)) { " · not on offer" } else { "" };
            (text("name"), format!("{}{off}", text("price")), Some(text("price")))
        }
        Context::Customers => (text("name"), text("email"), None),
        Context::Ordering | Context::Across => {
            let of = match name_of(Context::Customers, &text("customer_id"))? {
                Some(name) => format!(" · {name}"),
                None => String::new(),
            };
            let items = row.state.get("items").and_then(Value::as_array).map_or(0, Vec::len);
            let items = if items == 1 { "1 item".to_owned() } else { format!("{items} items") };
            (format!("{} {}", text("status"), text("total_amount")), format!("{items}{of}"), None)
        }
        Context::Inventory => {
            let product = name_of(Context::Catalog, &row.id)?.unwrap_or_default();
            (product, format!("{} in stock", text("quantity")), None)
        }
    };
    Ok(Offer { id: row.id.clone(), name, note, price })
}

fn text(state: &Value, field: &str) -> String {
    match state.get(field) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}
