//! What a failing subscriber does to a command: under the guide it fails although its state is saved, mended it has answered and the
//! delivery is tried again.

use std::cell::Cell;
use std::rc::Rc;

use diptych::application::commands::Command;
use diptych::application::read_models::{Batch, Subscriber};
use diptych::domain::Context;
use diptych::kernel::call::Circumstances;
use diptych::kernel::ledger::OUTBOX;
use diptych::kernel::store::{Select, Window};
use diptych::kernel::{Fact, Failure, Store, Timestamp};
use diptych::storage::MemoryStore;
use diptych::world::{Bus, Policy, Reply, Wiring, World, WorldKind};
use futures_util::FutureExt;
use serde_json::json;

/// Counts what it gets, and fails while it is told to.
struct Moody {
    fails: Rc<Cell<bool>>,
    received: Rc<Cell<u32>>,
}

impl Subscriber for Moody {
    fn name(&self) -> &'static str {
        "moody"
    }

    fn listens_to(&self, _: &str) -> bool {
        true
    }

    fn react(&self, _: &Fact, _: &mut Batch) -> Result<(), Failure> {
        if self.fails.get() {
            return Err(Failure::new("not today"));
        }
        self.received.set(self.received.get() + 1);
        Ok(())
    }
}

struct Stage {
    world: World,
    store: Rc<MemoryStore>,
    fails: Rc<Cell<bool>>,
    received: Rc<Cell<u32>>,
    number: u64,
}

impl Stage {
    fn new(policy: &str, wiring: Wiring) -> Self {
        let (fails, received) = (Rc::new(Cell::new(true)), Rc::new(Cell::new(0)));
        let moody = Moody { fails: Rc::clone(&fails), received: Rc::clone(&received) };
        let store = Rc::new(MemoryStore::new());
        let policy: Policy = policy.parse().unwrap();
        let bus = Bus::of(vec![Box::new(moody)]);
        let world = World::new(WorldKind::State, wiring, Rc::new(policy), Rc::clone(&store) as Rc<dyn Store>, bus);
        Self { world: world.unwrap(), store, fails, received, number: 0 }
    }

    fn create_product(&mut self) -> Reply {
        self.number += 1;
        let given = json!({ "name": "Laptop", "price": "1.00" });
        let command = Command::read("CreateProduct", given.as_object().unwrap()).unwrap();
        let of = Circumstances {
            command: "CreateProduct",
            number: self.number,
            seed: 1,
            now: Timestamp::start(),
            not_before: Timestamp::start(),
            actor: "test",
        };
        self.world.dispatch(command, of).now_or_never().unwrap()
    }

    fn deliver(&self) -> Result<(), Failure> {
        self.world.deliver().now_or_never().unwrap()
    }

    fn products(&self) -> usize {
        self.world.collection(Context::Catalog).list(Window::ALL).unwrap().len()
    }
}

#[test]
fn under_the_guide_the_command_fails_although_its_state_is_saved() {
    for wiring in [Wiring::STATE, Wiring::EVENTS] {
        let mut stage = Stage::new("guide", wiring);
        let reply = stage.create_product();
        assert_eq!(reply.result.status.0, 500);
        assert_eq!(reply.result.error.as_deref(), Some("Failed to create product: not today"));
        assert_eq!((stage.products(), reply.facts.len()), (1, 1));
    }
}

#[test]
fn before_the_commit_a_failing_subscriber_keeps_everything_from_being_saved() {
    let mut stage = Stage::new("unit-of-work", Wiring::EVENTS);
    let reply = stage.create_product();
    assert_eq!(reply.result.status.0, 500);
    assert_eq!((stage.products(), reply.facts.len()), (0, 0));
}

#[test]
fn mended_the_command_has_answered_and_the_outbox_remembers_what_went_wrong() {
    let mut stage = Stage::new("mended", Wiring::STATE);
    assert_eq!(stage.create_product().result.status.0, 201);
    assert_eq!(stage.deliver().unwrap_err().what, "not today");
    let waiting = stage.store.select(&Select::all(&OUTBOX)).unwrap();
    let cell = |name| waiting[0].cells[OUTBOX.column(name).unwrap()].to_string();
    assert_eq!((cell("attempts").as_str(), cell("last_error").as_str()), ("1", "not today"));

    stage.fails.set(false);
    stage.deliver().unwrap();
    assert_eq!(stage.received.get(), 1);
    assert_eq!(stage.store.count(&OUTBOX), Ok(0));
}

#[test]
fn mended_a_reader_of_the_log_stays_where_it_failed_and_goes_on_from_there() {
    let mut stage = Stage::new("mended", Wiring::EVENTS);
    stage.create_product();
    stage.create_product();
    assert!(stage.deliver().is_err());
    stage.fails.set(false);
    stage.deliver().unwrap();
    stage.deliver().unwrap();
    assert_eq!(stage.received.get(), 2);
}
