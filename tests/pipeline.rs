//! What each order of the behaviours makes of a success, a refused command, a failing subscriber and a failing commit.
//!
//! Every order of every choice of behaviours is run, under the guide's last section: saves are collected, and dispatched before the
//! commit where dispatch stands inside of the transaction.

mod support;

use diptych::application::commands::Command;
use diptych::application::read_models::tables::{NOTIFICATIONS, PRODUCT_CATALOG};
use diptych::kernel::ledger::CHECKPOINTS;
use diptych::kernel::probe::StepKind;
use diptych::world::{Comparison, Fault, FaultKind, Playground, WorldKind};
use serde_json::{Value, json};
use support::{perform, playground, result, rows};

const BEHAVIOURS: [&str; 4] = ["validation", "transaction", "dispatch", "logging"];

/// Every order of every choice.
fn orders() -> Vec<Vec<&'static str>> {
    let mut orders: Vec<Vec<&str>> = vec![Vec::new()];
    let mut last = orders.clone();
    for _ in BEHAVIOURS {
        let mut longer = Vec::new();
        for order in &last {
            for one in BEHAVIOURS.into_iter().filter(|one| !order.contains(one)) {
                longer.push([&order[..], &[one]].concat());
            }
        }
        orders.extend(longer.clone());
        last = longer;
    }
    orders
}

/// A pipeline, and what is asked of it.
struct Tried {
    playground: Playground,
    order: Vec<&'static str>,
}

impl Tried {
    fn new(order: &[&'static str]) -> Self {
        let policy = format!("unit-of-work,pipeline={}", order.join("+"));
        Self { playground: playground(&policy), order: order.to_vec() }
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.order.iter().position(|one| *one == name)
    }

    /// Whether one behaviour is around another; both are there.
    fn is_around(&self, outer: &str, inner: &str) -> bool {
        matches!((self.place(outer), self.place(inner)), (Some(outer), Some(inner)) if outer < inner)
    }

    fn register(&mut self, fault: Option<&str>) -> Comparison {
        let with = json!({ "name": "Ada", "email": "ada@shop.example" });
        let command = Command::read("RegisterCustomer", with.as_object().unwrap()).unwrap();
        let fault = fault.map(|at| Fault { at: at.parse().unwrap(), world: None, kind: FaultKind::Fail });
        self.playground.perform_with(command, None, None, fault.into_iter().collect()).unwrap()
    }

    fn kept(&self) -> usize {
        let rows = self.playground.final_rows(self.playground.world(WorldKind::State).unwrap()).unwrap();
        rows["customers"].as_array().map_or(0, Vec::len)
    }

    fn told(&self) -> usize {
        rows(&self.playground, WorldKind::State, &NOTIFICATIONS).len()
    }
}

fn saw(comparison: &Comparison, kind: StepKind) -> bool {
    comparison.worlds[0].reply.trace.iter().any(|step| step.step.kind == kind)
}

#[test]
fn there_are_all_orders_of_all_choices() {
    assert_eq!(orders().len(), 1 + 4 + 12 + 24 + 24);
}

#[test]
fn a_success_is_kept_with_a_transaction_and_published_with_a_dispatch_in_any_order() {
    for order in orders() {
        let mut tried = Tried::new(&order);
        let done = tried.register(None);
        assert_eq!(done.difference, None, "{order:?}");
        assert_eq!(tried.kept(), usize::from(order.contains(&"transaction")), "{order:?}");
        assert_eq!(tried.told(), usize::from(order.contains(&"dispatch")), "{order:?}");
        assert_eq!(saw(&done, StepKind::Logged), order.contains(&"logging"), "{order:?}");
    }
}

#[test]
fn a_reader_stands_at_the_end_of_the_log_whether_dispatch_is_inside_of_the_transaction_or_outside() {
    for order in orders().into_iter().filter(|order| order.contains(&"transaction") && order.contains(&"dispatch")) {
        let mut tried = Tried::new(&order);
        perform(&mut tried.playground, "CreateProduct", json!({ "name": "Laptop", "price": "1" }));
        let checkpoints = rows(&tried.playground, WorldKind::Events, &CHECKPOINTS);
        assert_eq!(checkpoints.iter().find(|row| row.key() == "product_catalog").unwrap().integer(1), 1, "{order:?}");
        assert_eq!(rows(&tried.playground, WorldKind::Events, &PRODUCT_CATALOG).len(), 1, "{order:?}");
    }
}

#[test]
fn a_refused_command_leaves_nothing_and_is_logged_where_logging_is_around_who_refuses() {
    let refused: [(&str, Value, u16); 2] = [
        ("CreateProduct", json!({ "name": "x".repeat(1_001), "price": "1" }), 422),
        ("CreateProduct", json!({ "name": "Laptop", "price": "0" }), 400),
    ];
    for order in orders() {
        for (name, with, status) in &refused {
            let mut tried = Tried::new(&order);
            let comparison = perform(&mut tried.playground, name, with.clone());
            let by_validation = *status == 422 && order.contains(&"validation");
            if *status == 400 || by_validation {
                assert_eq!(result(&comparison, WorldKind::State).status.0, *status, "{order:?}");
                assert_eq!(comparison.worlds[0].reply.facts, [], "{order:?}");
            }
            let logged = match by_validation {
                true => tried.is_around("logging", "validation"),
                false => order.contains(&"logging"),
            };
            assert_eq!(saw(&comparison, StepKind::Logged), logged, "{order:?}, {status}");
        }
    }
}

#[test]
fn a_subscriber_that_throws_takes_the_state_with_it_where_dispatch_is_inside_of_the_transaction() {
    for order in orders().into_iter().filter(|order| order.contains(&"dispatch")) {
        let mut tried = Tried::new(&order);
        let failed = tried.register(Some("publishing:1"));
        assert_eq!(result(&failed, WorldKind::State).status.0, 500, "{order:?}");
        assert_eq!(tried.kept(), usize::from(tried.is_around("dispatch", "transaction")), "{order:?}");
        assert_eq!(tried.told(), 0, "{order:?}");
    }
}

#[test]
fn a_commit_that_fails_has_been_published_already_where_dispatch_is_inside_of_the_transaction() {
    for order in orders().into_iter().filter(|order| order.contains(&"transaction")) {
        let mut tried = Tried::new(&order);
        let failed = tried.register(Some("committing:1"));
        assert_eq!(result(&failed, WorldKind::State).status.0, 500, "{order:?}");
        assert_eq!(tried.kept(), 0, "{order:?}");
        assert_eq!(tried.told(), usize::from(tried.is_around("transaction", "dispatch")), "{order:?}");
    }
}
