//! Whether the worlds agree: on the answer, and on what is.
//!
//! Storage columns such as `version` and `updated_at` are how a world remembers, not what: they are left out.

use std::fmt;

use serde_json::Value;

use super::flight::Reply;
use super::world::{World, WorldKind};
use crate::domain::{Context, Customer, Order, Product, StockItem};
use crate::kernel::store::Window;
use crate::kernel::{Aggregate, Failure, OperationResult};

/// The first thing on which the worlds differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The aggregate, as `product-<id>`, or `result`.
    pub of: String,
    /// The field; empty for the whole.
    pub field: String,
    /// What each world says.
    pub values: Vec<(WorldKind, Value)>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.of)?;
        if !self.field.is_empty() {
            write!(f, " {}", self.field)?;
        }
        for (index, (world, value)) in self.values.iter().enumerate() {
            let value = match value {
                Value::Null => "nothing".to_owned(),
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            write!(f, "{} {} {value}", if index == 0 { ":" } else { " ·" }, world.name())?;
        }
        Ok(())
    }
}

/// The first difference between the answers.
pub fn of_results(replies: &[(WorldKind, &Reply)]) -> Option<Difference> {
    let values = replies.iter().map(|(world, reply)| (*world, result(&reply.result))).collect();
    first_difference("result", values)
}

fn result(result: &OperationResult) -> Value {
    serde_json::to_value(result).unwrap_or_default()
}

/// The first difference between the present states of these streams.
pub fn of_streams(worlds: &[World], streams: &[String]) -> Result<Option<Difference>, Failure> {
    for stream in streams {
        let Some((context, id)) = parse(stream) else { continue };
        let mut values = Vec::new();
        for world in worlds {
            let state = world.collection(context).get(id)?.map_or(Value::Null, |listed| listed.state);
            values.push((world.kind(), state));
        }
        if let Some(difference) = first_difference(stream, values) {
            return Ok(Some(difference));
        }
    }
    Ok(None)
}

/// The first difference between everything that is, order of creation included.
pub fn of_everything(worlds: &[World]) -> Result<Option<Difference>, Failure> {
    const PAGE: u64 = 500;
    for context in Context::ALL {
        let mut offset = 0;
        loop {
            let mut pages = Vec::new();
            for world in worlds {
                pages.push((world.kind(), world.collection(context).list(Window { offset, limit: PAGE })?));
            }
            let longest = pages.iter().map(|(_, page)| page.len()).max().unwrap_or_default();
            for index in 0..longest {
                let id = pages.iter().find_map(|(_, page)| page.get(index)).map_or("", |listed| &listed.id);
                let of = format!("{}-{id}", name(context));
                let state = |page: &Vec<super::Listed>| page.get(index).map_or(Value::Null, |one| one.state.clone());
                let values = pages.iter().map(|(world, page)| (*world, state(page))).collect();
                if let Some(difference) = first_difference(&of, values) {
                    return Ok(Some(difference));
                }
            }
            if longest < PAGE as usize {
                break;
            }
            offset += PAGE;
        }
    }
    Ok(None)
}

/// The context and id of a stream's name.
pub(super) fn parse(stream: &str) -> Option<(Context, &str)> {
    let (kind, id) = stream.split_once('-')?;
    Context::ALL.into_iter().find(|context| name(*context) == kind).map(|context| (context, id))
}

fn name(context: Context) -> &'static str {
    match context {
        Context::Catalog => Product::NAME,
        Context::Ordering | Context::Across => Order::NAME,
        Context::Customers => Customer::NAME,
        Context::Inventory => StockItem::NAME,
    }
}

/// Where values differ: in a field of all, or as a whole.
fn first_difference(of: &str, values: Vec<(WorldKind, Value)>) -> Option<Difference> {
    let (_, first) = values.first()?;
    if values.iter().all(|(_, value)| value == first) {
        return None;
    }
    let objects: Option<Vec<_>> = values.iter().map(|(_, value)| value.as_object()).collect();
    let field = objects.and_then(|objects| {
        let mut keys = objects.iter().flat_map(|object| object.keys());
        keys.find(|key| objects.iter().any(|object| object.get(*key) != objects[0].get(*key))).cloned()
    });
    let Some(field) = field else {
        return Some(Difference { of: of.to_owned(), field: String::new(), values });
    };
    let values = values.into_iter().map(|(world, value)| (world, value.get(&field).cloned().unwrap_or_default()));
    Some(Difference { of: of.to_owned(), values: values.collect(), field })
}
