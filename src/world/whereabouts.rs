//! What is where in a world, while a command is on its way: in the store, in the log, in the outbox, on the bus, with each subscriber and
//! in the read models. Only what has to do with the command, so that it costs little and fits a screen.

use serde_json::{Map, Value, json};

use super::bus;
use super::trace::{Stage, Trace, TraceStep};
use super::world::World;
use crate::application::read_models::tables::{
    NOTIFICATIONS, ORDER_LIST, ORDER_SUMMARY, ORDER_SUMMARY_CORRECTED, PRODUCT_CATALOG,
};
use crate::domain::Context;
use crate::kernel::ledger::{CHECKPOINTS, OUTBOX};
use crate::kernel::probe::StepKind;
use crate::kernel::store::{Select, Window};
use crate::kernel::table::Table;
use crate::kernel::{Fact, Failure, Version};

/// At most so many facts of a stream, and so many rows of the outbox.
const MOST: usize = 20;

/// Where something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A row of a state table.
    Store,
    /// A fact in the log.
    Log,
    /// A fact that waits to be delivered.
    Outbox,
    /// A fact that is being handed round.
    Bus,
    /// How far a subscriber has come.
    Subscriber,
    /// A row of a read model, or a notification that was sent.
    ReadModel,
}

impl Place {
    /// All of them, in the order in which a fact usually meets them.
    pub const ALL: [Self; 6] = [Self::Store, Self::Log, Self::Outbox, Self::Bus, Self::Subscriber, Self::ReadModel];

    /// The word for it, on screens and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Store => "store",
            Self::Log => "log",
            Self::Outbox => "outbox",
            Self::Bus => "bus",
            Self::Subscriber => "subscriber",
            Self::ReadModel => "read model",
        }
    }
}

/// Something that is somewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Holding {
    /// Where.
    pub place: Place,
    /// What tells it apart there: `products 1c9e…`, `order_summary ada`.
    pub key: String,
    /// The stream of the aggregate that it has to do with; empty where it is nobody's own.
    pub of: String,
    /// What it says.
    pub cells: Map<String, Value>,
    /// What the last step has made of it.
    pub change: Change,
}

/// What has become of something since the last step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Nothing.
    None,
    /// It was not there.
    New,
    /// It said something else.
    Other,
    /// It is not there any more.
    Gone,
}

impl Change {
    /// The word for it in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::New => "new",
            Self::Other => "changed",
            Self::Gone => "gone",
        }
    }
}

/// What is where, for the commands with these traces.
pub(super) fn whereabouts(world: &World, traces: &[Trace]) -> Result<Vec<Holding>, Failure> {
    let mut found = Found { world, holdings: Vec::new() };
    let streams = streams(traces);
    let mut event_ids: Vec<String> = Vec::new();
    for stream in &streams {
        found.stored(stream)?;
        event_ids.extend(found.kept(stream)?);
    }
    found.outbox()?;
    for trace in traces {
        found.bus(trace);
    }
    found.subscribers()?;
    for fact in traces.iter().flatten().filter_map(|step| step.step.fact.as_ref()) {
        event_ids.push(fact.event_id.clone());
    }
    event_ids.sort();
    event_ids.dedup();
    for stream in &streams {
        found.read_models(stream)?;
    }
    for id in &event_ids {
        found.row("", &NOTIFICATIONS, id)?;
    }
    Ok(found.holdings)
}

/// Marks what has changed since `before`, and adds what is gone.
/// What belongs to an aggregate that was not at hand before was there before it was looked at.
pub(super) fn compared(mut now: Vec<Holding>, before: &[Holding], at_hand: &[String]) -> Vec<Holding> {
    if before.is_empty() {
        return now;
    }
    let same = |one: &Holding, other: &Holding| one.place == other.place && one.key == other.key;
    let before = || before.iter().filter(|one| one.change != Change::Gone);
    for holding in &mut now {
        holding.change = match before().find(|one| same(one, holding)) {
            None if !holding.of.is_empty() && !at_hand.contains(&holding.of) => Change::None,
            None => Change::New,
            Some(one) if one.cells != holding.cells => Change::Other,
            Some(_) => Change::None,
        };
    }
    let gone: Vec<_> = before()
        .filter(|one| !now.iter().any(|holding| same(one, holding)))
        .map(|one| Holding { change: Change::Gone, ..one.clone() })
        .collect();
    now.extend(gone);
    now
}

/// The streams of the roots that were at hand.
pub(super) fn streams(traces: &[Trace]) -> Vec<String> {
    let at_hand = |step: &&TraceStep| matches!(step.step.kind, StepKind::Loaded | StepKind::Decided | StepKind::Saving);
    let mut streams: Vec<_> = traces.iter().flatten().filter(at_hand).map(|step| step.step.subject.clone()).collect();
    streams.sort();
    streams.dedup();
    streams
}

struct Found<'a> {
    world: &'a World,
    holdings: Vec<Holding>,
}

impl Found<'_> {
    fn add(&mut self, place: Place, of: &str, key: String, cells: Map<String, Value>) {
        self.holdings.push(Holding { place, key, of: of.to_owned(), cells, change: Change::None });
    }

    fn stored(&mut self, stream: &str) -> Result<(), Failure> {
        let Some(row) = self.world.stored(stream)? else { return Ok(()) };
        let mut cells = named(row.cells.iter().map(|(name, cell)| (*name, json(cell))));
        if !row.lines.is_empty() {
            let line =
                |line: &Vec<(&'static str, _)>| Value::from(named(line.iter().map(|(name, cell)| (*name, json(cell)))));
            cells.insert("lines".to_owned(), row.lines.iter().map(line).collect());
        }
        self.add(Place::Store, stream, format!("{} {stream}", row.table), cells);
        Ok(())
    }

    /// The last facts of a stream; answers their ids.
    fn kept(&mut self, stream: &str) -> Result<Vec<String>, Failure> {
        let mut facts: Vec<Fact> = Vec::new();
        self.world.store().stream(stream, Version::NONE, &mut |kept| {
            facts.extend(kept.to_fact().ok());
            if facts.len() > MOST {
                facts.remove(0);
            }
            Ok(())
        })?;
        let mut ids = Vec::new();
        for fact in facts {
            let position = fact.position.unwrap_or_default();
            let cells = named([
                ("position", position.0.into()),
                ("version", fact.version.0.into()),
                ("data", serde_json::from_str(&fact.data).unwrap_or_default()),
            ]);
            self.add(Place::Log, stream, format!("#{position} {} {stream}", fact.event_type), cells);
            ids.push(fact.event_id);
        }
        Ok(ids)
    }

    fn outbox(&mut self) -> Result<(), Failure> {
        let window = Window { offset: 0, limit: MOST as u64 };
        let waiting = self.world.store().select(&Select::all(&OUTBOX).window(window))?;
        let wanted = ["event_type", "stream", "attempts", "last_error"];
        for row in &waiting {
            let cells = named(wanted.map(|name| (name, OUTBOX.json(row, name))));
            self.add(Place::Outbox, "", row.key().to_owned(), cells);
        }
        if waiting.len() == MOST {
            let all = self.world.store().count(&OUTBOX)?;
            self.add(Place::Outbox, "", "and more".to_owned(), named([("waiting", all.into())]));
        }
        Ok(())
    }

    /// The fact that is being handed round, and who has had it.
    fn bus(&mut self, trace: &Trace) {
        let Some(last) = trace.last() else { return };
        let (Some(fact), StepKind::Publishing | StepKind::Delivered) = (&last.step.fact, last.step.kind) else {
            return;
        };
        let since = trace.iter().rposition(|step| step.step.kind == StepKind::Publishing).unwrap_or_default();
        let had = |name: &str| {
            let handed =
                trace[since..].iter().find(|step| step.step.kind == StepKind::Delivered && step.step.subject == name);
            handed.map(|step| if step.is_dropped() { "dropped" } else { "had" })
        };
        let listening = self.world.bus().listening(&fact.event_type);
        let cells: Map<_, _> = listening
            .map(|subscriber| (subscriber.name().to_owned(), had(subscriber.name()).unwrap_or("waiting").into()))
            .collect();
        let from = if last.stage == Stage::Command { "" } else { " from the outbox" };
        self.add(Place::Bus, "", format!("{} {}{from}", fact.event_type, fact.stream), cells);
    }

    fn subscribers(&mut self) -> Result<(), Failure> {
        let store = self.world.store();
        let head = store.head()?.0;
        let mut rows = Vec::new();
        for subscriber in self.world.bus().subscribers() {
            let checkpoint = store.row(&CHECKPOINTS, subscriber.name())?;
            let position = checkpoint.as_ref().map_or(0, bus::position);
            let event = checkpoint.as_ref().map_or(Value::Null, |row| CHECKPOINTS.json(row, "event_id"));
            let behind = head.saturating_sub(position);
            let cells = named([("position", position.into()), ("behind", behind.into()), ("last_event", event)]);
            rows.push((subscriber.name().to_owned(), cells));
        }
        rows.into_iter().for_each(|(name, cells)| self.add(Place::Subscriber, "", name, cells));
        Ok(())
    }

    fn read_models(&mut self, stream: &str) -> Result<(), Failure> {
        let Some((_, id)) = stream.split_once('-') else { return Ok(()) };
        match Context::of_stream(stream) {
            Some(Context::Catalog) => self.row(stream, &PRODUCT_CATALOG, id),
            Some(Context::Customers) => self.summaries(stream, id),
            Some(Context::Ordering | Context::Across) => {
                self.row(stream, &ORDER_LIST, id)?;
                let customer = self.world.store().row(&ORDER_LIST, id)?.map(|row| row.text(1).to_owned());
                customer.map_or(Ok(()), |customer| self.summaries(stream, &customer))
            }
            Some(Context::Inventory) | None => Ok(()),
        }
    }

    fn summaries(&mut self, stream: &str, customer: &str) -> Result<(), Failure> {
        self.row(stream, &ORDER_SUMMARY, customer)?;
        self.row(stream, &ORDER_SUMMARY_CORRECTED, customer)
    }

    fn row(&mut self, of: &str, table: &'static Table, key: &str) -> Result<(), Failure> {
        let Some(row) = self.world.store().row(table, key)? else { return Ok(()) };
        let key = format!("{} {key}", table.name);
        if !self.holdings.iter().any(|holding| holding.place == Place::ReadModel && holding.key == key) {
            let cells = named(table.columns.iter().skip(1).map(|column| (column.name, table.json(&row, column.name))));
            self.add(Place::ReadModel, of, key, cells);
        }
        Ok(())
    }
}

fn named<'a>(cells: impl IntoIterator<Item = (&'a str, Value)>) -> Map<String, Value> {
    cells.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn json(cell: &crate::kernel::table::Value) -> Value {
    match (cell.as_str(), cell.as_integer()) {
        (Some(text), _) => text.into(),
        (None, Some(number)) => json!(number),
        (None, None) => Value::Null,
    }
}
