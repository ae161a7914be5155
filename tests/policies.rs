//! What each policy leaves behind, and what it lets happen: the guide's as it writes it, the mended one without its holes.

mod support;

use diptych::application::read_models::tables::{NOTIFICATIONS, ORDER_SUMMARY, ORDER_SUMMARY_CORRECTED};
use diptych::kernel::Changes;
use diptych::kernel::ledger::{CHECKPOINTS, DELIVERIES, OUTBOX};
use diptych::kernel::probe::StepKind;
use diptych::kernel::table::Row;
use diptych::storage::tables::{PRODUCTS, STOCK};
use diptych::world::{Comparison, Playground, WorldKind};
use serde_json::json;
use support::{begin, perform, playground, result, rows};

const STATE: WorldKind = WorldKind::State;
const EVENTS: WorldKind = WorldKind::Events;

/// The steps of one world, by kind.
fn steps(comparison: &Comparison, world: WorldKind) -> Vec<StepKind> {
    let one = comparison.worlds.iter().find(|one| one.world == world).unwrap();
    one.reply.trace.iter().map(|step| step.step.kind).collect()
}

fn first(steps: &[StepKind], kind: StepKind) -> usize {
    steps.iter().position(|step| *step == kind).unwrap_or_else(|| panic!("{kind:?} is not among {steps:?}"))
}

/// A placed order over two products, of which the second is short in stock.
fn order_with_short_stock(playground: &mut Playground) -> String {
    let [plenty, short] = [("Laptop", 5), ("Mouse", 1)].map(|(name, quantity)| {
        let id = begin(playground, "CreateProduct", json!({ "name": name, "price": "10.00" }), "product_id");
        perform(playground, "ReceiveStock", json!({ "product_id": id, "quantity": quantity }));
        id
    });
    let customer =
        begin(playground, "RegisterCustomer", json!({ "name": "Ada", "email": "ada@shop.example" }), "customer_id");
    let items = json!([
        { "product_id": plenty, "quantity": 2, "unit_price": "10.00" },
        { "product_id": short, "quantity": 2, "unit_price": "10.00" },
    ]);
    begin(playground, "PlaceOrder", json!({ "customer_id": customer, "items": items }), "order_id")
}

/// What is left of a refused ProcessOrder: is the order paid, and how much of the first product is there?
fn left_after_short_stock(policy: &str) -> [(bool, i64); 3] {
    let mut playground = playground(policy);
    let order = order_with_short_stock(&mut playground);
    let refused = perform(&mut playground, "ProcessOrder", json!({ "order_id": order, "payment_reference": "p-1" }));
    assert_eq!(refused.difference, None);
    WorldKind::ALL.map(|world| {
        assert_eq!(result(&refused, world).status.0, 400);
        assert!(result(&refused, world).error.as_ref().unwrap().starts_with("Insufficient stock for product"));
        let rows = playground.final_rows(playground.world(world).unwrap()).unwrap();
        (rows["orders"][0]["payment_reference"] == "p-1", rows["stock"][0]["quantity"].as_i64().unwrap())
    })
}

#[test]
fn the_guide_leaves_half_a_command_when_stock_is_short() {
    assert_eq!(left_after_short_stock("guide"), [(true, 3); 3]);
}

#[test]
fn one_transaction_per_command_leaves_nothing_when_stock_is_short() {
    assert_eq!(left_after_short_stock("unit-of-work"), [(false, 5); 3]);
    assert_eq!(left_after_short_stock("mended"), [(false, 5); 3]);
    assert_eq!(left_after_short_stock("guide,transaction=per-command"), [(false, 5); 3]);
}

#[test]
fn the_guide_publishes_after_the_commit_and_clears_after_publishing() {
    let mut playground = playground("guide");
    let created = perform(&mut playground, "CreateProduct", json!({ "name": "Laptop", "price": "1" }));
    for world in WorldKind::ALL {
        let steps = steps(&created, world);
        assert!(first(&steps, StepKind::Committed) < first(&steps, StepKind::Publishing));
        assert!(first(&steps, StepKind::Delivered) < first(&steps, StepKind::Cleared));
        assert!(first(&steps, StepKind::Cleared) < first(&steps, StepKind::Returned));
    }
}

#[test]
fn the_unit_of_work_dispatches_before_it_commits() {
    let mut playground = playground("unit-of-work");
    let created = perform(&mut playground, "CreateProduct", json!({ "name": "Laptop", "price": "1" }));
    for world in WorldKind::ALL {
        let steps = steps(&created, world);
        assert!(first(&steps, StepKind::Delivered) < first(&steps, StepKind::Committed));
    }
}

#[test]
fn mended_delivers_after_it_has_answered() {
    let mut playground = playground("mended");
    let created = perform(&mut playground, "CreateProduct", json!({ "name": "Laptop", "price": "1" }));
    for world in WorldKind::ALL {
        let steps = steps(&created, world);
        assert!(first(&steps, StepKind::Returned) < first(&steps, StepKind::Delivered));
    }
}

#[test]
fn logging_as_registered_misses_what_validation_refuses_and_mended_sees_it() {
    let nameless = json!({ "name": "x".repeat(1_001), "price": "1" });
    let mut as_registered = playground("unit-of-work");
    let refused = perform(&mut as_registered, "CreateProduct", nameless.clone());
    assert_eq!(result(&refused, STATE).status.0, 422);
    assert!(!steps(&refused, STATE).contains(&StepKind::Logged));
    let mut mended = playground("mended");
    let refused = perform(&mut mended, "CreateProduct", nameless);
    assert_eq!(result(&refused, STATE).status.0, 422);
    assert!(steps(&refused, STATE).contains(&StepKind::Logged));
}

#[test]
fn the_guide_writes_a_row_without_a_fact_and_mended_does_not() {
    let updated_at = PRODUCTS.column("updated_at").unwrap();
    let moved = |policy: &str| {
        let mut playground = playground(policy);
        let id = begin(&mut playground, "CreateProduct", json!({ "name": "Laptop", "price": "1.50" }), "product_id");
        let before = rows(&playground, STATE, &PRODUCTS)[0].text(updated_at).to_owned();
        let same = perform(&mut playground, "UpdateProductPrice", json!({ "product_id": id, "new_price": "1.50" }));
        assert_eq!(result(&same, STATE).status.0, 200);
        assert!(same.worlds.iter().all(|one| one.reply.facts.is_empty()));
        rows(&playground, STATE, &PRODUCTS)[0].text(updated_at) != before
    };
    assert!(moved("guide"));
    assert!(!moved("mended"));
}

#[test]
fn mended_empties_its_outbox_and_keeps_no_outbox_for_what_a_log_keeps() {
    let mut playground = playground("mended");
    let created = perform(&mut playground, "CreateProduct", json!({ "name": "Laptop", "price": "1" }));
    let published = |world| {
        let one = created.worlds.iter().find(|one| one.world == world).unwrap();
        one.reply.trace.iter().any(|step| step.step.detail.starts_with("outbox"))
    };
    assert!(published(STATE) && !published(EVENTS));
    for world in WorldKind::ALL {
        assert!(rows(&playground, world, &OUTBOX).is_empty());
    }
    assert_eq!(rows(&playground, STATE, &DELIVERIES).len(), 1);
    assert!(rows(&playground, EVENTS, &DELIVERIES).is_empty());
}

#[test]
fn what_the_outbox_delivers_twice_is_dropped_by_its_event_id() {
    let mut playground = playground("mended");
    let customer = json!({ "name": "Ada", "email": "ada@shop.example" });
    let registered = perform(&mut playground, "RegisterCustomer", customer.clone());
    let fact = registered.worlds[0].reply.facts[0].clone();
    assert_eq!(registered.worlds[0].world, STATE);

    // As after a crash between the delivery and the deletion of the outbox row.
    let mut again = Changes::default();
    let cells = vec![
        fact.event_id.as_str().into(),
        fact.stream.as_str().into(),
        1.into(),
        fact.event_type.as_ref().into(),
        1.into(),
        fact.recorded_at.column().into(),
        fact.data.as_str().into(),
        fact.metadata.as_ref().into(),
        0.into(),
        diptych::kernel::table::Value::Null,
    ];
    again.put(&OUTBOX, Row::of(cells));
    playground.world(STATE).unwrap().store().commit(&again).unwrap();
    let next = perform(&mut playground, "RegisterCustomer", customer);

    let dropped = next.worlds[0].reply.trace.iter().filter(|step| step.step.detail == "a duplicate, dropped").count();
    assert_eq!(dropped, 1);
    let subscribers = playground.world(STATE).unwrap().deliveries().unwrap().subscribers;
    let counted: Vec<_> =
        subscribers.iter().map(|one| (one.name, one.dropped)).filter(|(_, dropped)| *dropped > 0).collect();
    assert_eq!(counted, [("notifications", 1)]);
    let times = NOTIFICATIONS.column("times").unwrap();
    let sent: Vec<_> = rows(&playground, STATE, &NOTIFICATIONS).iter().map(|row| row.integer(times)).collect();
    assert_eq!(sent, [1, 1]);
}

#[test]
fn without_a_transaction_behaviour_what_is_collected_is_lost() {
    let mut playground = playground("guide,transaction=per-command,pipeline=validation+logging");
    let created = perform(&mut playground, "CreateProduct", json!({ "name": "Laptop", "price": "1" }));
    assert_eq!(result(&created, STATE).status.0, 201);
    for world in WorldKind::ALL {
        let rows = playground.final_rows(playground.world(world).unwrap()).unwrap();
        assert_eq!(rows["products"], json!([]));
    }
}

#[test]
fn the_summary_as_written_counts_cancelled_orders_and_the_corrected_one_does_not() {
    for policy in ["guide", "unit-of-work", "mended"] {
        let mut playground = playground(policy);
        let item = json!([{ "product_id": "p", "quantity": 2, "unit_price": "10.50" }]);
        let orders = [(); 2]
            .map(|()| begin(&mut playground, "PlaceOrder", json!({ "customer_id": "ada", "items": item }), "order_id"));
        perform(&mut playground, "CancelOrder", json!({ "order_id": orders[0], "reason": "changed my mind" }));
        for world in WorldKind::ALL {
            let summary = |table| {
                let row = &rows(&playground, world, table)[0];
                (row.integer(1), row.text(2).to_owned())
            };
            assert_eq!(summary(&ORDER_SUMMARY), (2, "42.00".to_owned()), "{policy} {world:?}");
            assert_eq!(summary(&ORDER_SUMMARY_CORRECTED), (1, "21.00".to_owned()), "{policy} {world:?}");
        }
    }
}

#[test]
fn a_reader_of_the_log_comes_to_its_end_whichever_policy_fed_it_before() {
    let mut playground = playground("guide");
    let id = begin(&mut playground, "CreateProduct", json!({ "name": "Laptop", "price": "1" }), "product_id");
    for (policy, price) in [("unit-of-work", "2"), ("mended", "3"), ("guide", "4"), ("mended", "5")] {
        playground.set_policy(policy.parse().unwrap()).unwrap();
        perform(&mut playground, "UpdateProductPrice", json!({ "product_id": id, "new_price": price }));
        let head = playground.world(EVENTS).unwrap().store().head().unwrap().0;
        let position = CHECKPOINTS.column("position").unwrap();
        let checkpoints = rows(&playground, EVENTS, &CHECKPOINTS);
        let catalog = checkpoints.iter().find(|row| row.key() == "product_catalog").unwrap();
        assert_eq!(catalog.integer(position), i64::try_from(head).unwrap(), "{policy}");
    }
}

#[test]
fn stock_is_reduced_line_by_line_also_when_a_product_stands_in_two_lines() {
    for policy in ["guide", "unit-of-work", "mended"] {
        let mut playground = playground(policy);
        let product = begin(&mut playground, "CreateProduct", json!({ "name": "Laptop", "price": "1" }), "product_id");
        perform(&mut playground, "ReceiveStock", json!({ "product_id": product, "quantity": 5 }));
        let customer = json!({ "name": "Ada", "email": "ada@shop.example" });
        let customer = begin(&mut playground, "RegisterCustomer", customer, "customer_id");
        let line = json!({ "product_id": product, "quantity": 2, "unit_price": "1" });
        let placed = json!({ "customer_id": customer, "items": [line, line] });
        let order = begin(&mut playground, "PlaceOrder", placed, "order_id");
        let done = perform(&mut playground, "ProcessOrder", json!({ "order_id": order, "payment_reference": "p" }));
        assert_eq!(result(&done, STATE).status.0, 200, "{policy}");
        assert_eq!(done.difference, None);
        let quantity = STOCK.column("quantity").unwrap();
        assert_eq!(rows(&playground, STATE, &STOCK)[0].integer(quantity), 1, "{policy}");
    }
}
