//! What a screen looks at, and what it gets to see: windows of long lists, never the lists.

use serde_json::{Map, Value};

use super::place::place;
use super::published::Published;
use super::sift::{Sieve, Sift};
use super::tally::Tally;
use crate::domain::Context;
use crate::kernel::event::Kept;
use crate::kernel::store::{LogRange, Window};
use crate::kernel::{Fact, Failure, Position, Timestamp, Version};
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
    /// What the list is sifted by.
    pub sift: Sift,
    /// Which part of the list: offset from its start (for events: from the newest), and how many rows there is room for.
    pub window: Window,
    /// A stream whose row, or newest fact, is to be among what is seen, wherever the window would stand.
    pub reveal: Option<String>,
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
    /// What was looked at; the window is where it came to stand.
    pub look: PaneLook,
    /// Where in the list that stands which was to be revealed, if it is there.
    pub revealed: Option<u64>,
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
    /// Sifting looked at so many only, and there are more.
    pub bound: Option<u64>,
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
    /// How many; for *what happened* only as far as is known.
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
    pub(super) fn see(
        &self,
        playground: &Playground,
        published: &Published,
        sieve: &mut Sieve,
        tally: &mut Tally,
    ) -> Result<PaneView, Failure> {
        let Some(world) = playground.world(self.world) else {
            return Err(Failure::new(format!("the world {} is not open", self.world.name())));
        };
        let mut look = self.clone();
        let mut revealed = None;
        if let Some(stream) = &self.reveal {
            revealed = place(self, stream, world, published, sieve)?;
            let Window { offset, limit } = self.window;
            if let Some(place) = revealed.filter(|place| !(offset..offset.saturating_add(limit)).contains(place)) {
                look.window.offset = place.saturating_sub(limit / 2);
            }
        }
        look.read(world, revealed, published, sieve, tally)
    }

    fn read(
        self,
        world: &World,
        revealed: Option<u64>,
        published: &Published,
        sieve: &mut Sieve,
        tally: &mut Tally,
    ) -> Result<PaneView, Failure> {
        let counts = Context::ALL
            .iter()
            .map(|context| {
                let collection = world.collection(*context);
                let (table, pattern) = (collection.table(), collection.pattern());
                // The log shows no counts, so none are taken for it: on a large playground they are what opening it waits for.
                let count = match self.sight {
                    Sight::Is(_) => tally.count(world, *context)?,
                    Sight::Happened(_) => tally.known(world, *context),
                };
                Ok(TableCount { context: *context, table, count, pattern })
            })
            .collect::<Result<Vec<_>, Failure>>()?;
        let mut view = PaneView {
            look: self.clone(),
            revealed,
            counts,
            columns: Vec::new(),
            rows: Vec::new(),
            facts: Vec::new(),
            total: 0,
            bound: None,
            overwritten: world.overwritten(),
            raised: world.facts(),
            kept: world.store().head()?.0,
        };
        match &self.sight {
            Sight::Is(context) => {
                view.columns = columns(*context).to_vec();
                let count = view.counts.iter().find(|one| one.context == *context).map_or(0, |one| one.count);
                (view.rows, view.total, view.bound) = sieve.rows(world, *context, &self.sift, self.window, count)?;
            }
            Sight::Happened(stream) if !self.sift.text.trim().is_empty() => {
                let found = sieve.facts(world, stream.as_deref(), &self.sift.text, published)?;
                let (offset, limit) = (index(self.window.offset), index(self.window.limit));
                view.facts = found.all.iter().skip(offset).take(limit).cloned().collect();
                (view.total, view.bound) = (found.all.len() as u64, found.bound);
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
        let (offset, limit) = (index(self.window.offset), index(self.window.limit));
        // So many of the facts that no log keeps may stand before the window: the log is read from so much earlier.
        let mut passed = offset.saturating_sub(not_kept.len());
        let mut facts = Vec::new();
        let mut keep = |kept: Kept<'_>| {
            facts.push(kept.to_fact().map_err(|error| Failure::new(format!("event #{}: {error}", kept.position)))?);
            Ok(())
        };
        let kept = match stream {
            Some(stream) => {
                // Versions are without gaps, too.
                let last = world.store().last_of(stream)?.map_or(0, |last| last.version.0);
                let shown = (offset as u64).saturating_add(limit as u64);
                world.store().stream(stream, Version(last.saturating_sub(shown)), &mut keep)?;
                passed = 0;
                last
            }
            None => {
                // Positions are without gaps, so the place in the list says where to begin reading.
                let head = world.store().head()?.0;
                let from = Position((head + 1).saturating_sub(passed as u64));
                if from.0 > 1 || passed == 0 {
                    let range = LogRange { from, limit: limit + (offset - passed), newest_first: true };
                    world.store().log(range, &mut keep)?;
                }
                head
            }
        };
        let total = kept + not_kept.len() as u64;
        // Event ids begin with the recorded time and the command's number, so their order is the order of the facts.
        let newest = facts.iter().map(|fact| fact.event_id.clone()).max();
        let (before, among): (Vec<_>, Vec<_>) = not_kept
            .into_iter()
            .partition(|fact| passed > 0 && newest.as_ref().is_some_and(|newest| fact.event_id > *newest));
        facts.extend(among);
        facts.sort_by(|one, other| other.event_id.cmp(&one.event_id));
        facts.drain(..facts.len().min(offset.saturating_sub(passed + before.len())));
        facts.truncate(limit);
        Ok((facts, total))
    }
}

fn index(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// The columns of a context's table on the screen, the most telling first: what does not fit is left out from the right.
pub fn columns(context: Context) -> &'static [Column] {
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

/// What a context's table can be sorted by.
pub fn sortable(context: Context) -> impl Iterator<Item = &'static str> {
    columns(context).iter().map(|column| column.field).chain(["version"])
}

impl Column {
    /// Whether its values are ids.
    pub fn is_id(&self) -> bool {
        self.field == "id" || self.field.ends_with("_id")
    }

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
