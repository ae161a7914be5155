//! One world: wiring, policy, store and bus.

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

use futures_util::future::LocalBoxFuture;

use super::agreement;
use super::bus::{self, Bus};
use super::collection::{Collection, Remembered, StoredRow};
use super::course::Course;
use super::delivery::Delivery;
use super::fault::Fault;
use super::flight::{Flight, Reply};
use super::gate::Gate;
use super::lane::{Lane, Watch};
use super::playground::WorldReply;
use super::policy::Policy;
use super::progress::Progress;
use super::unit::Unit;
use super::wiring::{Pattern, Wiring};
use crate::application::Shop;
use crate::application::commands::Command;
use crate::application::fields::suggestion;
use crate::application::queries::{Answer, Query, QueryHandler, Source, Sources};
use crate::application::read_models::Subscriber;
use crate::application::read_models::tables::{ORDER_LIST, ORDER_SUMMARY, ORDER_SUMMARY_CORRECTED, PRODUCT_CATALOG};
use crate::domain::{Context, Customer, Order, Product, StockItem};
use crate::kernel::call::Circumstances;
use crate::kernel::ledger::{CHECKPOINTS, PROGRESS};
use crate::kernel::store::{LogRange, NotCommitted, Statement};
use crate::kernel::{
    Aggregate, Call, Changes, Failure, Persistence, Position, Probe, Repository, Store, Timestamp, UnitOfWork,
};
use crate::storage::tables::Tabular;
use crate::storage::{EventSourcing, Options, SqliteStore, StatePersistence, Sync};

/// The three worlds of a playground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WorldKind {
    /// Every context as rows.
    State,
    /// Every context as facts.
    Events,
    /// Each context as the wiring has it.
    Hybrid,
}

impl WorldKind {
    /// All three, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::State, Self::Events, Self::Hybrid];

    /// Its name, which also names its file.
    pub fn name(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Events => "events",
            Self::Hybrid => "hybrid",
        }
    }

    /// What the guide calls its pattern.
    pub fn title(self) -> &'static str {
        match self {
            Self::State => "Simple Entity + State",
            Self::Events => "Aggregate Root + Events",
            Self::Hybrid => "Hybrid Approach",
        }
    }
}

impl std::str::FromStr for WorldKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let names = Self::ALL.map(Self::name);
        Self::ALL.into_iter().find(|kind| kind.name() == text).ok_or_else(|| {
            let shown: String = text.escape_debug().take(60).collect();
            format!("`{shown}` is no world; {}", suggestion(text, &names))
        })
    }
}

/// How a world's store is opened again after a crash.
pub type Reopen = Box<dyn Fn() -> Result<Rc<dyn Store>, Failure>>;

/// One running copy of the shop.
pub struct World {
    kind: WorldKind,
    wiring: Wiring,
    policy: RefCell<Rc<Policy>>,
    store: Rc<dyn Store>,
    bus: Bus,
    progress: Rc<Progress>,
    /// Whether its commits tell how far it has come.
    keeps_progress: bool,
    reopen: Option<Reopen>,
}

/// What a query answered in one world.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryReply {
    /// Which world.
    pub world: WorldKind,
    /// The answer, and where it came from.
    pub answer: Answer,
    /// How fresh it is.
    pub freshness: Freshness,
    /// What the store was asked.
    pub statements: Vec<Statement>,
    /// How long it took to answer.
    pub took: Duration,
}

/// How fresh an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// It is what the commands wrote.
    Current,
    /// A read model that has dealt with the log up to a position; so many facts that concern it came later.
    ReadModel {
        /// The position it has come to.
        at: Position,
        /// Facts it has yet to deal with.
        behind: u64,
    },
}

impl World {
    /// A world over a store that is open.
    ///
    /// # Errors
    ///
    /// When the store cannot say how far it has come.
    pub fn new(
        kind: WorldKind,
        wiring: Wiring,
        policy: Rc<Policy>,
        store: Rc<dyn Store>,
        bus: Bus,
    ) -> Result<Self, Failure> {
        let progress = Rc::new(Progress::read(&*store)?);
        Ok(Self {
            kind,
            wiring,
            policy: RefCell::new(policy),
            store,
            bus,
            progress,
            keeps_progress: true,
            reopen: None,
        })
    }

    /// One of a playground's worlds over its file, which a crash makes it open again.
    ///
    /// # Errors
    ///
    /// When the file cannot be opened, or cannot say how far it has come.
    pub fn open(
        kind: WorldKind,
        file: &Path,
        hybrid: Wiring,
        policy: &Rc<Policy>,
        sync: Sync,
    ) -> Result<Self, Failure> {
        let file = file.to_owned();
        let reopen = move || -> Result<Rc<dyn Store>, Failure> {
            Ok(Rc::new(SqliteStore::open(&file, Options { sync, ..Options::default() })?))
        };
        let wiring = match kind {
            WorldKind::State => Wiring::STATE,
            WorldKind::Events => Wiring::EVENTS,
            WorldKind::Hybrid => hybrid,
        };
        let world = Self::new(kind, wiring, Rc::clone(policy), reopen()?, Bus::of_the_shop())?;
        Ok(world.reopening(Box::new(reopen)))
    }

    /// A command with its faults, from beginning to end and with a trace, while nothing else is on its way. `reopened` is called
    /// after a crash, when the file has been opened again and nothing has been delivered yet.
    ///
    /// # Errors
    ///
    /// When a crashed world cannot be opened again, and whatever `reopened` answers.
    pub fn rehearse(
        &mut self,
        command: Command,
        of: Circumstances<'_>,
        faults: &[Fault],
        reopened: &mut dyn FnMut(&Self) -> Result<(), Failure>,
    ) -> Result<WorldReply, Failure> {
        let mut lane = Lane::of(self.kind);
        lane.send(self, command, of, faults, Watch::Trace);
        while !lane.is_over(0) {
            lane.advance(self, 0)?;
            if lane.lost(0).is_some() && !lane.is_over(0) {
                reopened(self)?;
            }
        }
        lane.end().pop().ok_or_else(|| Failure::new("a command ended without an answer"))
    }

    /// The same world without a row that tells how far it has come: for work outside of any playground, such as measuring.
    #[must_use]
    pub fn without_progress(self) -> Self {
        Self { keeps_progress: false, ..self }
    }

    /// The same world with a file that a crash makes it open again. Without one, a crash keeps the store and loses everything else.
    #[must_use]
    pub fn reopening(self, reopen: Reopen) -> Self {
        Self { reopen: Some(reopen), ..self }
    }

    /// Which of the three.
    pub fn kind(&self) -> WorldKind {
        self.kind
    }

    /// Which pattern each context uses.
    pub fn wiring(&self) -> &Wiring {
        &self.wiring
    }

    /// The policy in force.
    pub fn policy(&self) -> Rc<Policy> {
        Rc::clone(&self.policy.borrow())
    }

    /// From the next command on, another policy.
    pub fn set_policy(&self, policy: Rc<Policy>) {
        self.policy.replace(policy);
    }

    /// Its store, for reading.
    pub fn store(&self) -> &dyn Store {
        &*self.store
    }

    /// Its bus.
    pub fn bus(&self) -> &Bus {
        &self.bus
    }

    pub(super) fn shared_store(&self) -> Rc<dyn Store> {
        Rc::clone(&self.store)
    }

    /// When the last fact of its log was recorded.
    pub(super) fn last_recorded(&self) -> Result<Option<Timestamp>, Failure> {
        let mut last = None;
        self.store.log(LogRange::tail(1), &mut |kept| {
            last = Timestamp::parse(kept.recorded_at).ok();
            Ok(())
        })?;
        Ok(last)
    }

    /// The number of the last input that wrote something here.
    pub fn last_input(&self) -> u64 {
        self.progress.come().input
    }

    /// How many times a row was overwritten.
    pub fn overwritten(&self) -> u64 {
        self.progress.come().overwritten
    }

    /// How many facts were raised here, kept or not.
    pub fn facts(&self) -> u64 {
        self.progress.come().facts
    }

    /// A command on its way, and nobody who watches or holds it up. Nothing happens until the future is polled.
    pub fn dispatch(&self, command: Command, of: Circumstances<'_>) -> LocalBoxFuture<'static, Reply> {
        let probe = Probe::none();
        let flight = self.flight(command, of, &self.unit(of.number, &probe), &probe);
        Box::pin(flight.fly(self.policy()))
    }

    /// A command to be sent on its way step by step, delivery after its answer included. With a gate, that watches it.
    pub(super) fn send(&self, command: Command, of: Circumstances<'_>, gate: Option<Rc<Gate>>) -> Course {
        let probe = gate.clone().map_or_else(Probe::none, |gate| Probe::of(gate));
        let unit = self.unit(of.number, &probe);
        let flight = self.flight(command, of, &unit, &probe);
        Course::of(flight, self.policy(), unit, self.delivery(&probe), gate)
    }

    fn flight(&self, command: Command, of: Circumstances<'_>, unit: &Rc<Unit>, probe: &Probe) -> Box<Flight> {
        let shop = self.shop(of, unit, probe);
        Box::new(Flight { command, shop, unit: Rc::clone(unit), probe: probe.clone() })
    }

    /// The world is gone where it stood, and its file is opened again: what was not committed is lost. Nothing that is on its way
    /// may still hold the old store.
    pub(super) fn crash(&mut self) -> Result<(), Failure> {
        if let Some(reopen) = &self.reopen {
            self.store = reopen()?;
        }
        self.progress = Rc::new(Progress::read(&*self.store)?);
        Ok(())
    }

    /// An input is over here, even where it wrote nothing: it is not given to this world again.
    pub(super) fn settle(&self, input: u64) -> Result<(), Failure> {
        let come = self.progress.after(input, 0, 0);
        if !self.keeps_progress || self.last_input() >= input {
            return Ok(());
        }
        let mut changes = Changes::default();
        if let Some(row) = come.row() {
            changes.put(&PROGRESS, row);
        }
        match self.store.commit(&changes) {
            Ok(_) => {
                self.progress.set(come);
                Ok(())
            }
            Err(NotCommitted::Failed(failure)) => Err(failure),
            Err(NotCommitted::Conflict(conflict)) => Err(Failure::new(conflict.to_string())),
        }
    }

    /// The shop as a command's handler gets it, for work that is no command: bulk loads, measuring. Nobody watches, no pipeline
    /// is around it, so under a policy that collects saves nothing is committed.
    pub fn open_shop(&self, of: Circumstances<'_>) -> Shop {
        let probe = Probe::none();
        self.shop(of, &self.unit(of.number, &probe), &probe)
    }

    /// Lets one subscriber read the log on from its checkpoint to the end; answers how many events it has read.
    ///
    /// # Errors
    ///
    /// When the subscriber or the store fails; its checkpoint stands behind the last commit that succeeded.
    pub async fn catch_up(&self, subscriber: &dyn Subscriber) -> Result<u64, Failure> {
        self.delivery(&Probe::none()).catch_up(subscriber).await
    }

    /// Delivers what waits: from the outbox, and from the log by checkpoint. Only the policy *outbox* leaves anything waiting.
    ///
    /// # Errors
    ///
    /// When a subscriber or the store fails; what was delivered stays delivered, the rest is tried again next time.
    pub async fn deliver(&self) -> Result<(), Failure> {
        self.delivery(&Probe::none()).run().await
    }

    pub(super) fn delivery(&self, probe: &Probe) -> Delivery {
        Delivery {
            store: self.shared_store(),
            bus: self.bus.clone(),
            publishing: self.policy.borrow().publishing,
            probe: probe.clone(),
        }
    }

    /// All aggregates of a context.
    pub fn collection(&self, context: Context) -> Box<dyn Collection> {
        match context {
            Context::Catalog => self.remembered::<Product>(context),
            Context::Ordering | Context::Across => self.remembered::<Order>(context),
            Context::Customers => self.remembered::<Customer>(context),
            Context::Inventory => self.remembered::<StockItem>(context),
        }
    }

    /// How the aggregate of a stream is stored: its row, or `None` where it has none, only facts, or is not there at all.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub fn stored(&self, stream: &str) -> Result<Option<StoredRow>, Failure> {
        match agreement::parse(stream) {
            Some((context, id)) => self.collection(context).stored(id),
            None => Ok(None),
        }
    }

    /// Asks a query.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub fn ask(&self, query: &Query) -> Result<QueryReply, Failure> {
        self.store.watch(true);
        self.store.statements();
        let order = self.persistence::<Order>(Context::Ordering);
        let begun = Instant::now();
        let answer = query.answer(&self.sources(&*order));
        let took = begun.elapsed();
        let statements = self.store.statements();
        self.store.watch(false);
        let answer = answer?;
        let freshness = self.freshness(&answer.source)?;
        Ok(QueryReply { world: self.kind, answer, freshness, statements, took })
    }

    fn sources<'a>(&'a self, order: &'a dyn Persistence<Order>) -> Sources<'a> {
        let events = |context| self.wiring.of(context) == Pattern::Events;
        Sources {
            store: &*self.store,
            products: if events(Context::Catalog) { &PRODUCT_CATALOG } else { Product::TABLE },
            orders: if events(Context::Ordering) { &ORDER_LIST } else { Order::TABLE },
            order,
            summaries: events(Context::Ordering).then_some([&ORDER_SUMMARY, &ORDER_SUMMARY_CORRECTED]),
        }
    }

    fn freshness(&self, source: &Source) -> Result<Freshness, Failure> {
        let Source::Table(table) = source else { return Ok(Freshness::Current) };
        let keeper = if *table == ORDER_LIST.name { ORDER_SUMMARY_CORRECTED.name } else { table };
        let Some(subscriber) = self.bus.subscribers().find(|subscriber| subscriber.name() == keeper) else {
            return Ok(Freshness::Current);
        };
        let checkpoint = self.store.row(&CHECKPOINTS, subscriber.name())?;
        let at = Position(checkpoint.as_ref().map_or(0, bus::position));
        let mut behind = 0;
        self.store.log(LogRange::after(at, usize::MAX), &mut |kept| {
            behind += u64::from(subscriber.listens_to(kept.event_type));
            Ok(())
        })?;
        Ok(Freshness::ReadModel { at, behind })
    }

    fn unit(&self, number: u64, probe: &Probe) -> Rc<Unit> {
        let input = if self.keeps_progress { number } else { 0 };
        Rc::new(Unit::new(
            self.shared_store(),
            self.bus.clone(),
            self.policy(),
            Rc::clone(&self.progress),
            input,
            probe.clone(),
        ))
    }

    fn shop(&self, of: Circumstances<'_>, unit: &Rc<Unit>, probe: &Probe) -> Shop {
        let call = Rc::new(Call::new(of));
        let unit: Rc<dyn UnitOfWork> = Rc::<Unit>::clone(unit);
        Shop {
            products: self.repository(Context::Catalog, &call, &unit, probe),
            orders: self.repository(Context::Ordering, &call, &unit, probe),
            customers: self.repository(Context::Customers, &call, &unit, probe),
            stock: self.repository(Context::Inventory, &call, &unit, probe),
            call,
        }
    }

    fn repository<A: Tabular>(
        &self,
        context: Context,
        call: &Rc<Call>,
        unit: &Rc<dyn UnitOfWork>,
        probe: &Probe,
    ) -> Repository<A> {
        Repository::new(self.persistence(context), self.shared_store(), Rc::clone(unit), Rc::clone(call), probe.clone())
    }

    fn persistence<A: Tabular>(&self, context: Context) -> Rc<dyn Persistence<A>> {
        match self.wiring.of(context) {
            Pattern::State => {
                let policy = self.policy.borrow();
                Rc::new(StatePersistence { concurrency: policy.concurrency, unchanged: policy.unchanged })
            }
            Pattern::Events => Rc::new(EventSourcing { snapshots: self.policy.borrow().snapshots }),
        }
    }

    fn remembered<A: Tabular + Aggregate>(&self, context: Context) -> Box<dyn Collection> {
        Box::new(Remembered::<A> {
            store: self.shared_store(),
            persistence: self.persistence(context),
            pattern: self.wiring.of(context),
        })
    }
}
