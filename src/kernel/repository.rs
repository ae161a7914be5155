//! Repositories: where a handler gets roots from and gives them back to, without knowing how they are remembered.
//!
//! The two patterns differ in two functions only, those of [`Persistence`]. What a save means for the transaction and for
//! publishing is not the repository's to know either: it hands what was saved to the [`UnitOfWork`] of the world's policy.

use std::cell::RefCell;
use std::rc::Rc;

use futures_util::future::LocalBoxFuture;

use super::aggregate::Aggregate;
use super::call::Call;
use super::changes::Changes;
use super::clock::Timestamp;
use super::event::Fact;
use super::id::Id;
use super::operation::{Failure, Refusal, Stop};
use super::probe::{Probe, Step, StepKind};
use super::root::{Recalled, Root};
use super::store::Store;

/// How one kind of aggregate is remembered: as the row it is, or as the facts that made it.
pub trait Persistence<A: Aggregate> {
    /// What the store remembers: reads the row, or folds the stream.
    ///
    /// # Errors
    ///
    /// When the store fails, or holds what cannot be read as an `A`.
    fn recall(&self, store: &dyn Store, id: &Id<A>) -> Result<Option<Recalled<A>>, Failure>;

    /// What a save writes: the row as it now is, or the facts. `facts` are the root's pending events in their envelopes.
    fn changes(&self, root: &Root<A>, facts: &[Fact], at: Timestamp) -> Changes;

    /// What was done to recall it, in a few words, for whoever watches.
    fn recalling(&self, recalled: Option<&Recalled<A>>) -> String;
}

/// What a policy makes of saves: commit and publish each at once, or collect them until the command ends.
pub trait UnitOfWork {
    /// A root was saved.
    fn save(&self, saved: Saved) -> LocalBoxFuture<'_, Result<(), Stop>>;

    /// Whether saves wait for the end of the command, so that a store does not know them yet.
    fn collects(&self) -> bool;
}

/// What one save brings to the unit of work.
#[derive(Debug, Default)]
pub struct Saved {
    /// Which root: `order-<id>`.
    pub stream: String,
    /// Whether it had no saved facts before.
    pub is_new: bool,
    /// What to write.
    pub changes: Changes,
    /// The facts to publish.
    pub facts: Vec<Fact>,
}

/// The roots of one kind of aggregate, for one command.
pub struct Repository<A: Aggregate> {
    persistence: Rc<dyn Persistence<A>>,
    store: Rc<dyn Store>,
    unit: Rc<dyn UnitOfWork>,
    call: Rc<Call>,
    probe: Probe,
    held: RefCell<Vec<Root<A>>>,
}

/// What a look-up found, and how, in a few words.
struct Found<A: Aggregate> {
    root: Option<Root<A>>,
    how: String,
}

impl<A: Aggregate> Repository<A> {
    /// A repository for one command.
    pub fn new(
        persistence: Rc<dyn Persistence<A>>,
        store: Rc<dyn Store>,
        unit: Rc<dyn UnitOfWork>,
        call: Rc<Call>,
        probe: Probe,
    ) -> Self {
        Self { persistence, store, unit, call, probe, held: RefCell::default() }
    }

    /// A new root with the next free id.
    pub fn start(&self) -> Root<A> {
        self.start_as(self.call.next_id())
    }

    /// A new root with this id.
    pub fn start_as(&self, id: Id<A>) -> Root<A> {
        Root::start(id, self.probe.clone())
    }

    /// The root with this id, if there is one.
    ///
    /// # Errors
    ///
    /// When the store fails: a dead store never looks like a missing root.
    pub async fn find(&self, id: &Id<A>) -> Result<Option<Root<A>>, Stop> {
        let Found { root, how } = self.look_up(id)?;
        let step = || {
            let step = Step::new(StepKind::Loaded, id.stream(), how);
            match &root {
                Some(root) => step.holding(root),
                None => step,
            }
        };
        self.probe.reach(step).await?;
        Ok(root)
    }

    /// What was saved earlier in this command, else what the store remembers.
    fn look_up(&self, id: &Id<A>) -> Result<Found<A>, Failure> {
        let held = self.held.borrow().iter().find(|root| root.id() == id).cloned();
        if held.is_some() {
            return Ok(Found { root: held, how: "saved earlier in this command".to_owned() });
        }
        let recalled = self.persistence.recall(&*self.store, id)?;
        // Put into words only for whoever watches.
        let how = self.probe.is_watched().then(|| self.persistence.recalling(recalled.as_ref()));
        let root = recalled.map(|recalled| Root::recalled(id.clone(), recalled, self.probe.clone()));
        Ok(Found { root, how: how.unwrap_or_default() })
    }

    /// The root with this id.
    ///
    /// # Errors
    ///
    /// 404 with the aggregate's own text when there is none; a failure when the store fails.
    pub async fn load(&self, id: &Id<A>) -> Result<Root<A>, Stop> {
        self.find(id).await?.ok_or_else(|| Refusal::not_found(A::not_found(id)).into())
    }

    /// The root with this id, or a new one where no id is given.
    ///
    /// # Errors
    ///
    /// As [`Repository::load`].
    pub async fn load_or_start(&self, id: Option<&Id<A>>) -> Result<Root<A>, Stop> {
        match id {
            Some(id) => self.load(id).await,
            None => Ok(self.start()),
        }
    }

    /// Saves a root: its changes and facts go to the unit of work, then its pending events are cleared.
    ///
    /// # Errors
    ///
    /// 409 when somebody else wrote first; a failure when the store, or under some policies a subscriber, fails.
    pub async fn save(&self, root: &mut Root<A>) -> Result<(), Stop> {
        let facts = self.call.seal(root)?;
        let changes = self.persistence.changes(root, &facts, self.call.recorded_at());
        self.probe.reach(|| saving(root, &changes)).await?;
        if changes.is_empty() {
            return Ok(());
        }
        self.unit.save(Saved { stream: root.id().stream(), is_new: root.is_new(), changes, facts }).await?;
        let pending = root.pending().len();
        root.saved();
        self.probe
            .reach(|| {
                Step::new(StepKind::Cleared, root.id().stream(), format!("{pending} pending cleared")).holding(root)
            })
            .await?;
        if self.unit.collects() {
            let mut held = self.held.borrow_mut();
            held.retain(|other| other.id() != root.id());
            held.push(root.clone());
        }
        Ok(())
    }
}

fn saving<A: Aggregate>(root: &Root<A>, changes: &Changes) -> Step {
    let detail = match (root.pending().len(), changes.is_empty()) {
        (0, true) => "nothing pending, nothing to write".to_owned(),
        (0, false) => "a write without a fact".to_owned(),
        (pending, _) => format!("{pending} pending"),
    };
    Step::new(StepKind::Saving, root.id().stream(), detail).holding(root)
}
