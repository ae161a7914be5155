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
use crate::kernel::ledger::PROGRESS;
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
    /// Facts that were published before their commit.
    dispatched: Vec<Fact>,
    /// Read models that ride in the transaction.
    rows: Batch,
    /// How many commits the world had seen when the first of them was read.
    read_at: u64,
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
            dispatched: Vec::new(),
            rows: Batch::new(Rc::clone(&store)),
            read_at: 0,
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
        work.dispatched.clear();
        work.overwritten = 0;
        work.rows.take();
    }

    /// Commits what was saved, if anything was, and publishes it where the policy says *after*.
    pub async fn commit(&self) -> Result<(), Stop> {
        if self.work.borrow().is_empty() {
            return Ok(());
        }
        if let Err(failure) = self.probe.reach(|| committing(&self.work.borrow().changes)).await {
            self.roll_back();
            return Err(failure.into());
        }
        let mut saved = Saves { unit: self, facts: Vec::new() };
        let changes = {
            let mut work = self.work.borrow_mut();
            let mut changes = std::mem::take(&mut work.changes);
            saved.facts = std::mem::take(&mut work.facts);
            let overwritten = std::mem::take(&mut work.overwritten);
            let written = self.write(&mut work, &mut changes, &mut saved.facts, overwritten);
            work.dispatched.clear();
            if written.is_err() {
                saved.facts.clear();
            }
            written?;
            changes
        };
        self.probe.reach(|| committed(&changes)).await?;
        match self.policy.publishing {
            Publishing::AfterSave => self.publish_all(&saved.facts).await,
            Publishing::BeforeCommit | Publishing::Outbox => Ok(()),
        }
    }

    /// Writes everything that belongs to the commit, in one go. Nothing waits in here, so nobody else writes meanwhile.
    fn write(&self, work: &mut Work, changes: &mut Changes, facts: &mut [Fact], overwritten: u64) -> Result<(), Stop> {
        if self.policy.publishing == Publishing::Outbox {
            let kept = |fact: &Fact| changes.appends.iter().any(|append| append.stream == fact.stream);
            let homeless: Vec<_> = facts.iter().filter(|fact| !kept(fact)).cloned().collect();
            homeless.iter().for_each(|fact| outbox::put(changes, fact));
        }
        let read_models = self.read_models(work, changes)?;
        changes.join(read_models);
        let progress = self.progress.after(self.input, overwritten, facts.len() as u64);
        if let Some(row) = progress.row() {
            changes.put(&PROGRESS, row);
        }
        let receipt = self.store.commit(changes)?;
        self.progress.set(progress);
        number(facts, changes, receipt.positions.iter().copied());
        // Dispatch may stand outside of the transaction, and publishes what is committed already.
        number(&mut work.undispatched, changes, receipt.positions.into_iter());
        Ok(())
    }

    /// The rows of the read models that dealt with facts before this commit, and their checkpoints. Where somebody else has
    /// committed since they were read, they deal with the facts once more, over what is there now.
    fn read_models(&self, work: &mut Work, changes: &Changes) -> Result<Changes, Stop> {
        if work.dispatched.is_empty() {
            return Ok(work.rows.take());
        }
        let stale = self.progress.commits() != work.read_at;
        if stale {
            work.rows.take();
        }
        if !changes.appends.is_empty() {
            let head = self.store.head()?.0;
            number(&mut work.dispatched, changes, (head + 1..).map(Position));
        }
        for fact in &work.dispatched {
            for subscriber in self.bus.listening(&fact.event_type) {
                if stale && !subscriber.acts_outside() {
                    subscriber.react(fact, &mut work.rows)?;
                }
                bus::advance(subscriber, fact.position, &fact.event_id, &fact.recorded_at.column(), &mut work.rows)?;
            }
        }
        Ok(work.rows.take())
    }

    /// Publishes what was saved since the last dispatch: before the commit, where the dispatch behaviour stands inside the
    /// transaction behaviour.
    pub async fn dispatch(&self) -> Result<(), Stop> {
        let facts = std::mem::take(&mut self.work.borrow_mut().undispatched);
        for fact in facts {
            self.publish(&fact).await?;
            let mut work = self.work.borrow_mut();
            if !work.changes.is_empty() {
                work.dispatched.push(fact);
            }
        }
        Ok(())
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
            let step = || Step::new(StepKind::Delivered, subscriber.name(), fact.event_type.as_ref()).about(fact);
            self.probe.reach(step).await?;
        }
        Ok(())
    }

    /// Read models ride in the open transaction, where there is one, and their checkpoints are written with it. Otherwise, and always
    /// for what acts outside, the subscriber's rows are a commit of their own.
    fn deliver(&self, subscriber: &dyn Subscriber, fact: &Fact) -> Result<(), Stop> {
        let mut work = self.work.borrow_mut();
        let open = !work.changes.is_empty();
        if open && !subscriber.acts_outside() {
            if work.dispatched.is_empty() && work.rows.is_empty() {
                work.read_at = self.progress.commits();
            }
            return Ok(subscriber.react(fact, &mut work.rows)?);
        }
        drop(work);
        let mut rows = Batch::new(Rc::clone(&self.store));
        bus::react(subscriber, fact, &mut rows)?;
        self.store.commit(&rows.take()).map_err(Stop::from)?;
        Ok(())
    }
}

impl Work {
    /// Whether there is nothing to commit.
    fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.rows.is_empty()
    }
}

/// The facts of a commit that succeeded. They are saved, whatever a subscriber makes of them, and also when the command goes no
/// further.
struct Saves<'a> {
    unit: &'a Unit,
    facts: Vec<Fact>,
}

impl Drop for Saves<'_> {
    fn drop(&mut self) {
        self.unit.work.borrow_mut().done.facts.append(&mut self.facts);
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

fn committing(changes: &Changes) -> Step {
    Step { kind: StepKind::Committing, ..committed(changes) }
}

fn committed(changes: &Changes) -> Step {
    let events: usize = changes.appends.iter().map(|append| append.facts.len()).sum();
    // How far the world has come is written with everything and is nobody's row.
    let rows = changes.rows.iter().filter(|row| !std::ptr::eq(row.table(), &PROGRESS)).count();
    let subject = match (changes.appends.first(), changes.rows.first()) {
        (Some(append), _) => append.stream.clone(),
        (None, Some(row)) => row.table().name.to_owned(),
        (None, None) => String::new(),
    };
    let said = [(events, "event"), (rows, "row")].into_iter().filter(|(count, _)| *count > 0);
    let said: Vec<_> =
        said.map(|(count, what)| format!("{count} {what}{}", if count == 1 { "" } else { "s" })).collect();
    Step::new(StepKind::Committed, subject, if said.is_empty() { "nothing".to_owned() } else { said.join(", ") })
}

fn publishing(fact: &Fact, subscribers: usize) -> Step {
    Step::new(StepKind::Publishing, fact.event_type.as_ref(), format!("bus to {}", bus::so_many(subscribers)))
        .about(fact)
}
