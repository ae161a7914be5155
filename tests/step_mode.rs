//! Step mode and two commands at once: held at each step, exact, and the same when the log is run again.

mod support;

use std::path::Path;

use diptych::application::commands::Command;
use diptych::kernel::ledger::CHECKPOINTS;
use diptych::kernel::probe::StepKind;
use diptych::world::{
    Change, Comparison, Directory, Fault, FaultKind, HoldingPlace, Opening, Part, Playground, WorldKind,
};
use serde_json::{Value, json};
use support::{begin, perform, playground, result, rows};

const STATE: WorldKind = WorldKind::State;
const EVENTS: WorldKind = WorldKind::Events;

fn command(name: &str, with: &Value) -> Command {
    Command::read(name, with.as_object().unwrap()).unwrap()
}

fn part(name: &str, with: &Value) -> Part {
    Part { command: command(name, with), name: None, faults: Vec::new() }
}

fn laptop(playground: &mut Playground) -> String {
    begin(playground, "CreateProduct", json!({ "name": "Laptop", "price": "10" }), "product_id")
}

fn price(playground: &Playground, world: WorldKind) -> String {
    let rows = playground.final_rows(playground.world(world).unwrap()).unwrap();
    rows["products"][0]["price"].as_str().unwrap().to_owned()
}

/// Deactivates a product while its price is changed.
fn both(playground: &mut Playground, id: &str, order: &str) -> Vec<Comparison> {
    let parts = [
        part("UpdateProductPrice", &json!({ "product_id": id, "new_price": "8" })),
        part("DeactivateProduct", &json!({ "product_id": id })),
    ];
    playground.perform_together(parts, None, order.parse().unwrap()).unwrap()
}

#[test]
fn a_held_command_stands_at_each_step_with_what_the_root_holds_and_what_is_where() {
    let mut playground = playground("guide");
    let id = laptop(&mut playground);
    let with = json!({ "product_id": id, "new_price": "8" });
    playground.begin(command("UpdateProductPrice", &with), None, None, Vec::new()).unwrap();
    let mut seen = Vec::new();
    while !playground.standing().unwrap().is_over(0) {
        let standing = playground.standing().unwrap();
        let at = standing.worlds[0].courses[0].at().unwrap();
        assert_eq!(standing.worlds[1].courses[0].at(), Some(at), "under the guide the worlds go in step");
        let last = standing.worlds[0].courses[0].trace.last().unwrap().step.clone();
        match at.kind {
            StepKind::Loaded => assert_eq!(last.root.unwrap().state["price"], "10"),
            StepKind::Decided => {
                let root = last.root.unwrap();
                assert_eq!((root.state["price"].as_str(), root.pending.len()), (Some("8"), 1));
                assert_eq!(root.pending[0].1["new_price"], "8");
            }
            StepKind::Committed => {
                let changed: Vec<_> =
                    standing.worlds[0].holdings.iter().filter(|one| one.change != Change::None).collect();
                assert_eq!(
                    (changed.len(), changed[0].place, changed[0].change),
                    (1, HoldingPlace::Store, Change::Other)
                );
                assert_eq!(changed[0].cells["price"], "8");
                let log = standing.worlds[1].holdings.iter().filter(|one| one.place == HoldingPlace::Log).count();
                assert_eq!(log, 2);
            }
            StepKind::Publishing => {
                let bus = standing.worlds[0].holdings.iter().find(|one| one.place == HoldingPlace::Bus).unwrap();
                assert_eq!(bus.cells["product_catalog"], "waiting");
            }
            _ => {}
        }
        seen.push(at.to_string());
        playground.step(0).unwrap();
    }
    let expected = [
        "received:1",
        "validated:1",
        "loaded:1",
        "decided:1",
        "saving:1",
        "committing:1",
        "committed:1",
        "publishing:1",
        "delivered:1",
        "cleared:1",
        "logged:1",
        "returned:1",
    ];
    assert_eq!(seen, expected);
    let landed = playground.land().unwrap();
    assert_eq!((landed.len(), landed[0].difference.clone()), (1, None));
    assert_eq!(price(&playground, STATE), "8");
}

#[test]
fn nothing_else_is_put_in_while_a_command_is_held() {
    let mut playground = playground("guide");
    let id = laptop(&mut playground);
    let with = json!({ "product_id": id, "new_price": "8" });
    playground.begin(command("UpdateProductPrice", &with), None, None, Vec::new()).unwrap();
    assert!(playground.perform(command("DeactivateProduct", &json!({ "product_id": id })), None, None).is_err());
    assert!(playground.set_policy("mended".parse().unwrap()).is_err());
    playground.rewind(1).unwrap();
    assert_eq!(price(&playground, STATE), "10");
    assert!(!playground.is_under_way());
}

#[test]
fn the_last_write_wins_where_rows_are_kept_and_conflicts_where_facts_are() {
    let mut playground = playground("guide");
    let id = laptop(&mut playground);
    let [price_change, off] = &both(&mut playground, &id, "a@saving:1 b* a*")[..] else { panic!("two commands") };
    assert_eq!(result(price_change, STATE).status.0, 200);
    assert_eq!(result(off, STATE).status.0, 200);
    let rows = playground.final_rows(playground.world(STATE).unwrap()).unwrap();
    assert_eq!(
        rows["products"][0]["is_active"], true,
        "what the second wrote is overwritten with what the first had read"
    );
    let conflict = result(price_change, EVENTS);
    assert_eq!(conflict.status.0, 409);
    assert_eq!(
        conflict.error.as_deref(),
        Some(&*format!("Conflict on product-{id}: expected version 1, found version 2"))
    );
    assert!(price_change.difference.is_some() && price_change.blame.as_ref().unwrap().order.is_some());
}

#[test]
fn with_a_version_check_both_conflict_and_deciding_again_succeeds() {
    let mut playground = playground("mended");
    let id = laptop(&mut playground);
    let [price_change, _] = &both(&mut playground, &id, "a@saving:1 b* a*")[..] else { panic!("two commands") };
    for world in WorldKind::ALL {
        assert_eq!(result(price_change, world).status.0, 409);
    }
    let again = perform(&mut playground, "UpdateProductPrice", json!({ "product_id": id, "new_price": "8" }));
    for world in WorldKind::ALL {
        assert_eq!(result(&again, world).status.0, 200);
    }
}

#[test]
fn interleaved_commands_keep_their_own_statements() {
    let mut playground = playground("guide");
    let id = laptop(&mut playground);
    let other = begin(&mut playground, "CreateProduct", json!({ "name": "Mouse", "price": "1" }), "product_id");
    let parts = [
        part("UpdateProductPrice", &json!({ "product_id": id, "new_price": "8" })),
        part("UpdateProductPrice", &json!({ "product_id": other, "new_price": "2" })),
    ];
    let order = (0..30).map(|_| "a b").collect::<Vec<_>>().join(" ");
    let [one, two] = &playground.perform_together(parts, None, order.parse().unwrap()).unwrap()[..] else {
        panic!("two")
    };
    for (comparison, own, foreign) in [(one, &id, &other), (two, &other, &id)] {
        let trace = &comparison.worlds[0].reply.trace;
        let texts = || trace.iter().flat_map(|step| &step.statements).map(|one| &one.text);
        assert!(texts().any(|text| text.contains(own.as_str())));
        assert!(!texts().any(|text| text.contains(foreign.as_str())));
    }
}

#[test]
fn a_checkpoint_of_the_unit_of_work_is_right_also_where_somebody_else_commits_in_between() {
    let mut playground = playground("unit-of-work");
    let id = laptop(&mut playground);
    let place = |customer: &str| {
        let items = json!([{ "product_id": id, "quantity": 1, "unit_price": "10" }]);
        part("PlaceOrder", &json!({ "customer_id": customer, "items": items }))
    };
    playground.perform_together([place("ada"), place("ada")], None, "a@committing:1 b* a*".parse().unwrap()).unwrap();
    for world in WorldKind::ALL {
        let head = i64::try_from(playground.world(world).unwrap().store().head().unwrap().0).unwrap();
        let checkpoints = rows(&playground, world, &CHECKPOINTS);
        let summary = checkpoints.iter().find(|row| row.key() == "order_summary").unwrap();
        assert_eq!(summary.integer(1), head, "{world:?}");
        let sums = rows(&playground, world, &diptych::application::read_models::tables::ORDER_SUMMARY);
        assert_eq!((sums[0].integer(1), sums[0].text(2)), (2, "20"), "{world:?}: neither order is lost");
    }
}

fn open(path: &Path) -> Playground {
    Playground::open(Opening::of(Directory::at(path).unwrap())).unwrap()
}

fn everything(playground: &Playground) -> Vec<Value> {
    let rows = |world| playground.final_rows(playground.world(world).unwrap()).unwrap();
    WorldKind::ALL.map(rows).to_vec()
}

#[test]
fn what_was_done_step_by_step_is_in_the_log_and_comes_out_the_same_again() {
    let place = tempfile::tempdir().unwrap();
    let mut first = open(place.path());
    let id = laptop(&mut first);
    first
        .begin(command("UpdateProductPrice", &json!({ "product_id": id, "new_price": "8" })), None, None, Vec::new())
        .unwrap();
    (0..3).for_each(|_| first.step(0).unwrap());
    first.begin(command("DeactivateProduct", &json!({ "product_id": id })), None, None, Vec::new()).unwrap();
    for who in [1, 1, 0, 1, 1, 0, 1, 1, 1, 0] {
        first.step(who).unwrap();
    }
    let crash = Fault { at: "committed:1".parse().unwrap(), world: Some(EVENTS), kind: FaultKind::Crash };
    first.put_in_fault(1, crash).unwrap();
    first.land().unwrap();
    let left = everything(&first);
    assert_eq!(first.last().unwrap().0, 3);
    drop(first);
    let mut again = open(place.path());
    assert_eq!(again.last().unwrap().0, 3);
    assert_eq!(everything(&again), left);
    again.rewind(1).unwrap();
    again.redo().unwrap();
    assert_eq!(everything(&again), left, "redone");
    let log = std::fs::read_to_string(place.path().join("inputs.jsonl")).unwrap();
    assert_eq!(log.lines().count(), 2, "what was added is part of the input now: {log}");
}

#[test]
fn a_command_that_is_held_when_the_playground_closes_comes_to_its_end() {
    let place = tempfile::tempdir().unwrap();
    let mut first = open(place.path());
    let id = laptop(&mut first);
    first
        .begin(command("UpdateProductPrice", &json!({ "product_id": id, "new_price": "8" })), None, None, Vec::new())
        .unwrap();
    drop(first);
    let again = open(place.path());
    assert_eq!((price(&again, STATE), price(&again, EVENTS)), ("8".to_owned(), "8".to_owned()));
}
