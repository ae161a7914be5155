//! The unit of work: what the policy makes of each save.
//!
//! `per-save` commits at once and publishes; `per-command` collects, for the transaction behaviour to commit and the dispatch
//! behaviour to publish. Whatever is written goes through [`Unit::commit`], so a commit always carries the number of its input.

use std::cell::RefCell;
use std::rc::Rc;

use futures_util::future::LocalBoxFuture;

use super::bus::{self, Bus};
use super::outbox;
use super::policy::{Policy, Publishing, TransactionScope};
use super::progress::Progress;
use crate::application::read_models::{Batch, Subscriber};
use crate::kernel::probe::{Step, StepKind};
use crate::kernel::repository::Saved;
use crate::kernel::{Changes, Fact, Position, Probe, Stop, Store, UnitOfWork};

/// The unit of work of one command.
pub struct Unit {
    store: Rc<dyn Store>,
    bus: Bus,
    policy: Rc<Policy>,
    progress: Rc<Progress>,
    input: u64,
    probe: Probe,
    work: RefCell<Work>,
}

/// What has come together so far.
struct Work {
    /// Saved and not committed.
    changes: Changes,
    /// The facts of these changes.
    facts: Vec<Fact>,
    /// Rows that were overwritten by these changes.
    overwritten: u64,
    /// Facts that the dispatch behaviour has yet to publish.
    undispatched: Vec<Fact>,
    /// Read models that ride in the transaction.
    rows: Batch,
    /// What was committed.
    done: Done,
}

/// What a unit has committed.
#[derive(Debug, Default)]
pub struct Done {
    /// The facts, in order.
    pub facts: Vec<Fact>,
    /// The streams of all roots that were saved, with or without facts.
    pub streams: Vec<String>,
}

impl Unit {
    /// A unit for the command with this input number.
    pub fn new(
        store: Rc<dyn Store>,
        bus: Bus,
        policy: Rc<Policy>,
        progress: Rc<Progress>,
        input: u64,
        probe: Probe,
    ) -> Self {
        let work = RefCell::new(Work {
            changes: Changes::default(),
            facts: Vec::new(),
            overwritten: 0,
            undispatched: Vec::new(),
            rows: Batch::new(Rc::clone(&store)),
            done: Done::default(),
        });
        Self { store, bus, policy, progress, input, probe, work }
    }

    /// What was committed so far.
    pub fn done(&self) -> Done {
        std::mem::take(&mut self.work.borrow_mut().done)
    }

    /// Forgets what was saved and not committed.
    pub fn roll_back(&self) {
        let mut work = self.work.borrow_mut();
        work.changes = Changes::default();
        work.facts.clear();
        work.undispatched.clear();
        work.overwritten = 0;
        work.rows.take();
    }

    /// Commits what was saved, if anything was, and publishes it where the policy says *after*.
    pub async fn commit(&self) -> Result<(), Stop> {
        let (mut changes, mut facts, overwritten) = {
            let mut work = self.work.borrow_mut();
            let mut changes = std::mem::take(&mut work.changes);
            changes.join(work.rows.take());
            (changes, std::mem::take(&mut work.facts), std::mem::take(&mut work.overwritten))
        };
        if changes.is_empty() {
            return Ok(());
        }
        if self.policy.publishing == Publishing::Outbox {
            let kept = |fact: &Fact| changes.appends.iter().any(|append| append.stream == fact.stream);
            let homeless: Vec<_> = facts.iter().filter(|fact| !kept(fact)).cloned().collect();
            homeless.iter().for_each(|fact| outbox::put(&mut changes, fact));
        }
        let progress = self.progress.after(self.input, overwritten, facts.len() as u64);
        if let Some(row) = progress.row() {
            changes.put(&crate::kernel::ledger::PROGRESS, row);
        }
        let receipt = self.store.commit(&changes)?;
        self.progress.set(progress);
        number(&mut facts, &changes, receipt.positions.into_iter());
        self.probe.reach(|| committed(&changes)).await?;
        let published = match self.policy.publishing {
            Publishing::AfterSave => self.publish_all(&facts).await,
            Publishing::BeforeCommit | Publishing::Outbox => Ok(()),
        };
        // They are saved, whatever a subscriber made of them.
        self.work.borrow_mut().done.facts.extend(facts);
        published
    }

    /// Publishes what was saved since the last dispatch: before the commit, where the dispatch behaviour stands inside the
    /// transaction behaviour.
    pub async fn dispatch(&self) -> Result<(), Stop> {
        let mut facts = std::mem::take(&mut self.work.borrow_mut().undispatched);
        if !self.work.borrow().changes.appends.is_empty() {
            let head = self.store.head()?.0;
            number(&mut facts, &self.work.borrow().changes, (head + 1..).map(Position));
        }
        self.publish_all(&facts).await
    }

    async fn publish_all(&self, facts: &[Fact]) -> Result<(), Stop> {
        for fact in facts {
            self.publish(fact).await?;
        }
        Ok(())
    }

    async fn publish(&self, fact: &Fact) -> Result<(), Stop> {
        let subscribers = || self.bus.listening(&fact.event_type);
        self.probe.reach(|| publishing(fact, subscribers().count())).await?;
        for subscriber in subscribers() {
            self.deliver(subscriber, fact)?;
            self.probe.reach(|| Step::new(StepKind::Delivered, subscriber.name(), fact.event_type.as_ref())).await?;
        }
        Ok(())
    }

    /// Read models ride in the open transaction, where there is one. Otherwise, and always for what acts outside, the
    /// subscriber's rows are a commit of their own.
    fn deliver(&self, subscriber: &dyn Subscriber, fact: &Fact) -> Result<(), Stop> {
        let open = !self.work.borrow().changes.is_empty();
        if open && !subscriber.acts_outside() {
            return Ok(bus::react(subscriber, fact, &mut self.work.borrow_mut().rows)?);
        }
        let mut rows = Batch::new(Rc::clone(&self.store));
        bus::react(subscriber, fact, &mut rows)?;
        self.store.commit(&rows.take()).map_err(Stop::from)?;
        Ok(())
    }
}

impl UnitOfWork for Unit {
    fn save(&self, saved: Saved) -> LocalBoxFuture<'_, Result<(), Stop>> {
        {
            let mut work = self.work.borrow_mut();
            work.overwritten += u64::from(saved.changes.appends.is_empty() && !saved.is_new);
            if self.policy.publishing == Publishing::BeforeCommit {
                work.undispatched.extend(saved.facts.iter().cloned());
            }
            work.changes.join(saved.changes);
            work.facts.extend(saved.facts);
            work.done.streams.push(saved.stream);
        }
        Box::pin(async {
            match self.policy.transaction {
                TransactionScope::PerSave => self.commit().await,
                TransactionScope::PerCommand => Ok(()),
            }
        })
    }

    fn collects(&self) -> bool {
        self.policy.transaction == TransactionScope::PerCommand
    }
}

/// Gives facts that a log keeps their positions. Both lists are in the order of the saves; facts that no log keeps are passed over.
fn number(facts: &mut [Fact], changes: &Changes, positions: impl Iterator<Item = Position>) {
    let mut facts = facts.iter_mut();
    for (kept, position) in changes.appends.iter().flat_map(|append| &append.facts).zip(positions) {
        if let Some(fact) = facts.find(|fact| fact.event_id == kept.event_id) {
            fact.position = Some(position);
        }
    }
}

fn committed(changes: &Changes) -> Step {
    let events: usize = changes.appends.iter().map(|append| append.facts.len()).sum();
    let rows = changes.rows.len();
    let subject = match (changes.appends.first(), changes.rows.first()) {
        (Some(append), _) => append.stream.clone(),
        (None, Some(row)) => row.table().name.to_owned(),
        (None, None) => String::new(),
    };
    Step::new(StepKind::Committed, subject, format!("{events} events, {rows} rows"))
}

fn publishing(fact: &Fact, subscribers: usize) -> Step {
    Step::new(StepKind::Publishing, fact.event_type.as_ref(), format!("bus to {}", bus::so_many(subscribers)))
}
