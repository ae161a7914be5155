//! What a screen looks at, and what it gets to see: windows of long lists, never the lists.

use serde_json::{Map, Value};

use super::published::Published;
use crate::domain::Context;
use crate::kernel::event::Kept;
use crate::kernel::store::{LogRange, Window};
use crate::kernel::{Fact, Failure, Timestamp, Version};
use crate::world::{Listed, Pattern, Playground, World, WorldKind};

/// What the window's two panes look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// Left and right.
    pub panes: [PaneLook; 2],
}

/// A world and a view of it.
#[derive(Debug, Clone, PartialEq)]
pub struct PaneLook {
    /// Which world.
    pub world: WorldKind,
    /// Which view.
    pub sight: Sight,
    /// Which part of the list: offset from its start (for events: from the newest), and how many rows there is room for.
    pub window: Window,
}

/// The two views that every world has.
#[derive(Debug, Clone, PartialEq)]
pub enum Sight {
    /// What is: the aggregates of a context.
    Is(Context),
    /// What happened: the facts, newest first; of one stream, or of all.
    Happened(Option<String>),
}

/// What the panes see, and what stands around them.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// Left and right.
    pub panes: Vec<PaneView>,
    /// The last command's number and time.
    pub last: Option<(u64, Timestamp)>,
    /// The policy's badge: *as written*, or the policy.
    pub policy: String,
}

/// What one pane sees.
#[derive(Debug, Clone, PartialEq)]
pub struct PaneView {
    /// What was looked at.
    pub look: PaneLook,
    /// How many aggregates of each context there are.
    pub counts: Vec<TableCount>,
    /// Columns of *what is*: the fields of the aggregates.
    pub columns: Vec<Column>,
    /// Rows of *what is*.
    pub rows: Vec<Listed>,
    /// Rows of *what happened*.
    pub facts: Vec<Fact>,
    /// How long the list is of which this is a window.
    pub total: u64,
    /// How many times this world overwrote a row.
    pub overwritten: u64,
    /// How many facts this world raised.
    pub raised: u64,
    /// How many facts its log keeps.
    pub kept: u64,
}

/// How many aggregates of a context there are, and how it is remembered.
#[derive(Debug, Clone, PartialEq)]
pub struct TableCount {
    /// The context.
    pub context: Context,
    /// The table's name: `orders`.
    pub table: &'static str,
    /// How many.
    pub count: u64,
    /// How they are remembered.
    pub pattern: Pattern,
}

/// A column of *what is*.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The field of the state: `total_amount`.
    pub field: &'static str,
    /// Whether its values stand at the right, as numbers do.
    pub right: bool,
}

impl PaneLook {
    /// What this pane sees now.
    pub(super) fn see(&self, playground: &Playground, published: &Published) -> Result<PaneView, Failure> {
        let Some(world) = playground.world(self.world) else {
            return Err(Failure::new(format!("the world {} is not open", self.world.name())));
        };
        let counts = Context::ALL
            .iter()
            .map(|context| {
                let collection = world.collection(*context);
                let (table, pattern) = (collection.table(), collection.pattern());
                Ok(TableCount { context: *context, table, count: collection.count()?, pattern })
            })
            .collect::<Result<Vec<_>, Failure>>()?;
        let mut view = PaneView {
            look: self.clone(),
            counts,
            columns: Vec::new(),
            rows: Vec::new(),
            facts: Vec::new(),
            total: 0,
            overwritten: world.overwritten(),
            raised: world.facts(),
            kept: world.store().head()?.0,
        };
        match &self.sight {
            Sight::Is(context) => {
                view.columns = columns(*context).to_vec();
                view.rows = world.collection(*context).list(self.window)?;
                view.total = view.counts.iter().find(|one| one.context == *context).map_or(0, |one| one.count);
            }
            Sight::Happened(stream) => {
                (view.facts, view.total) = self.happened(world, stream.as_deref(), published)?;
            }
        }
        Ok(view)
    }

    /// Newest first: the facts a log keeps, and among them, in the order in which they happened, those that none keeps and that
    /// the engine remembers while the window is open.
    fn happened(
        &self,
        world: &World,
        stream: Option<&str>,
        published: &Published,
    ) -> Result<(Vec<Fact>, u64), Failure> {
        let not_kept = published.not_kept(world.kind(), stream);
        let reach = usize::try_from(self.window.offset.saturating_add(self.window.limit)).unwrap_or(usize::MAX);
        let mut facts = Vec::new();
        let mut keep = |kept: Kept<'_>| {
            facts.push(kept.to_fact().map_err(|error| Failure::new(format!("event #{}: {error}", kept.position)))?);
            Ok(())
        };
        let kept = match stream {
            Some(stream) => {
                world.store().stream(stream, Version::NONE, &mut keep)?;
                facts.len() as u64
            }
            None => {
                world.store().log(LogRange::tail(reach), &mut keep)?;
                world.store().head()?.0
            }
        };
        let total = kept + not_kept.len() as u64;
        facts.extend(not_kept);
        // Event ids begin with the recorded time and the command's number, so their order is the order of the facts.
        facts.sort_by(|one, other| other.event_id.cmp(&one.event_id));
        facts.truncate(reach);
        facts.drain(..facts.len().min(usize::try_from(self.window.offset).unwrap_or(usize::MAX)));
        Ok((facts, total))
    }
}

/// The columns of a context's table on the screen, the most telling first: what does not fit is left out from the right.
fn columns(context: Context) -> &'static [Column] {
    const fn text(field: &'static str) -> Column {
        Column { field, right: false }
    }
    const fn number(field: &'static str) -> Column {
        Column { field, right: true }
    }
    match context {
        Context::Catalog => const { &[text("id"), text("name"), number("price"), text("is_active")] },
        Context::Ordering | Context::Across => {
            const {
                &[
                    text("id"),
                    text("status"),
                    number("items"),
                    number("total_amount"),
                    text("customer_id"),
                    text("payment_reference"),
                    text("placed_at"),
                    text("shipped_at"),
                    text("delivered_at"),
                    text("cancelled_at"),
                    text("cancellation_reason"),
                ]
            }
        }
        Context::Customers => {
            const {
                &[
                    text("id"),
                    text("name"),
                    text("email"),
                    text("loyalty_tier"),
                    number("loyalty_points"),
                    number("purchases"),
                    number("total_spent"),
                ]
            }
        }
        Context::Inventory => const { &[text("product_id"), number("quantity")] },
    }
}

impl Column {
    /// The value of this column in a state, as text for a cell.
    pub fn value(&self, state: &Value) -> String {
        match state.get(self.field) {
            None | Some(Value::Null) => String::new(),
            Some(Value::Bool(yes)) => (if *yes { "yes" } else { "no" }).to_owned(),
            Some(Value::String(text)) => text.clone(),
            Some(Value::Array(items)) => items.len().to_string(),
            Some(other) => other.to_string(),
        }
    }
}

/// A fact's payload as an object, empty where it is none.
pub fn payload(fact: &Fact) -> Map<String, Value> {
    match serde_json::from_str(&fact.data) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}
