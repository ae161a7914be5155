//! Everything that can come of two commands at once, under each policy; and that each example does come to it on real files.

use std::collections::BTreeSet;

use diptych::application::commands::Command;
use diptych::engine::interleavings::{interleavings, meeting, with_anomalies};
use diptych::engine::scenario::Scenario;
use diptych::lab::interleavings::{Exploration, Kind};
use diptych::world::{Directory, Opening, Part, Playground, WorldKind};

const STATE: WorldKind = WorldKind::State;
const EVENTS: WorldKind = WorldKind::Events;

/// A product of which there is one, another of which there is one, and two orders for both.
const SHOP: &str = r#"
title = "two at once"
[[scene]]
do = "RegisterCustomer"
as = "ada"
with = { name = "Ada", email = "ada@shop.example" }
[[scene]]
do = "RegisterCustomer"
as = "bob"
with = { name = "Bob", email = "bob@shop.example" }
[[scene]]
do = "CreateProduct"
as = "laptop"
with = { name = "Laptop", price = "10" }
[[scene]]
do = "CreateProduct"
as = "mouse"
with = { name = "Mouse", price = "1" }
[[scene]]
do = "ReceiveStock"
with = { product_id = "@laptop", quantity = 1 }
[[scene]]
do = "ReceiveStock"
with = { product_id = "@mouse", quantity = 1 }
[[scene]]
do = "PlaceOrder"
as = "one"
with = { customer_id = "@ada", items = [{ product_id = "@laptop", quantity = 1, unit_price = "10" }, { product_id = "@mouse", quantity = 1, unit_price = "1" }] }
[[scene]]
do = "PlaceOrder"
as = "two"
with = { customer_id = "@bob", items = [{ product_id = "@mouse", quantity = 1, unit_price = "1" }, { product_id = "@laptop", quantity = 1, unit_price = "10" }] }
[[scene]]
do = "UpdateProductPrice"
with = { product_id = "@laptop", new_price = "8" }
[[scene]]
do = "DeactivateProduct"
with = { product_id = "@laptop" }
[[scene]]
do = "ProcessOrder"
with = { order_id = "@one", payment_reference = "PAY-1" }
[[scene]]
do = "ProcessOrder"
with = { order_id = "@two", payment_reference = "PAY-2" }
expect = { status = 400 }
"#;

const PRICE: usize = 9;
const OFF: usize = 10;
const FIRST: usize = 11;
const SECOND: usize = 12;

/// The shop before two scenes, and their commands.
fn meet(policy: &str, scene: usize, beside: usize) -> (Playground, [Command; 2]) {
    let scenario = Scenario::parse(SHOP, "shop").unwrap();
    let opening = Opening { policy: Some(policy.parse().unwrap()), ..Opening::of(Directory::ephemeral().unwrap()) };
    meeting(scenario, scene, Some(beside), opening).unwrap()
}

fn explored(policy: &str, scene: usize, beside: usize) -> Vec<Exploration> {
    let (playground, commands) = meet(policy, scene, beside);
    let explored = interleavings(&playground, &commands).unwrap();
    assert!(explored.iter().all(|one| one.complete), "{policy}");
    explored
}

fn kinds(explored: &[Exploration], world: WorldKind) -> BTreeSet<Kind> {
    let one = explored.iter().find(|one| one.world == world).unwrap();
    one.outcomes.iter().map(|outcome| outcome.kind).collect()
}

#[test]
fn an_update_is_lost_where_the_last_write_wins_and_conflicts_where_versions_are_checked() {
    for policy in ["guide", "unit-of-work"] {
        let explored = explored(policy, PRICE, OFF);
        assert_eq!(kinds(&explored, STATE), BTreeSet::from([Kind::LostUpdate, Kind::BothApplied]), "{policy}");
        assert_eq!(kinds(&explored, EVENTS), BTreeSet::from([Kind::Conflict, Kind::BothApplied]), "{policy}");
        assert_eq!(with_anomalies(&explored), [STATE, WorldKind::Hybrid], "{policy}: products are rows in both");
    }
    let mended = explored("mended", PRICE, OFF);
    assert_eq!(with_anomalies(&mended), []);
    for world in WorldKind::ALL {
        assert_eq!(kinds(&mended, world), BTreeSet::from([Kind::Conflict, Kind::BothApplied]));
    }
}

#[test]
fn a_conflict_says_what_was_expected_and_found_and_deciding_again_settles_it() {
    let explored = explored("mended", PRICE, OFF);
    for one in &explored {
        let mut conflicts = one.outcomes.iter().filter(|outcome| outcome.kind == Kind::Conflict).peekable();
        assert!(conflicts.peek().is_some());
        for conflict in conflicts {
            let who = conflict.statuses.iter().position(|status| *status == 409).unwrap();
            let error = conflict.errors[who].as_ref().unwrap();
            assert!(error.ends_with("expected version 1, found version 2"), "{error}");
            assert_eq!(conflict.again[who], Some(200));
        }
    }
}

#[test]
fn two_orders_that_need_the_same_goods_can_refuse_each_other_where_each_save_is_a_commit() {
    let guide = explored("guide", FIRST, SECOND);
    for world in WorldKind::ALL {
        let kinds = kinds(&guide, world);
        assert!(kinds.contains(&Kind::WriteSkew), "{world:?}: {kinds:?}");
        assert!(kinds.contains(&Kind::Refused), "{world:?}: {kinds:?}");
    }
    let skew = guide[0].outcomes.iter().find(|outcome| outcome.kind == Kind::WriteSkew).unwrap();
    assert_eq!(skew.statuses, [400, 400], "each took what the other needed");
    for exploration in explored("mended", FIRST, SECOND) {
        assert!(exploration.outcomes.iter().all(|outcome| !outcome.kind.is_anomaly()), "{exploration:?}");
    }
}

#[test]
fn each_example_comes_to_its_outcome_on_real_files() {
    let mut ran = 0;
    for policy in ["guide", "unit-of-work", "mended"] {
        for (scene, beside) in [(PRICE, OFF), (FIRST, SECOND)] {
            for exploration in explored(policy, scene, beside) {
                for outcome in &exploration.outcomes {
                    let (mut playground, [first, second]) = meet(policy, scene, beside);
                    let part = |command| Part { command, name: None, faults: Vec::new() };
                    let order = outcome.example.clone();
                    let comparisons = playground.perform_together([part(first), part(second)], None, order).unwrap();
                    let statuses: Vec<_> = comparisons
                        .iter()
                        .map(|one| one.worlds.iter().find(|one| one.world == exploration.world).unwrap())
                        .map(|one| one.reply.result.status.0)
                        .collect();
                    let world = exploration.world;
                    assert_eq!(statuses, outcome.statuses, "{policy}, {world:?}: {}", outcome.example);
                    ran += 1;
                }
            }
        }
    }
    assert!(ran > 30, "only {ran} examples");
}

#[test]
fn two_commands_that_never_meet_are_run_once() {
    let (playground, _) = meet("guide", PRICE, OFF);
    let create = |name: &str| {
        let with = serde_json::json!({ "name": name, "email": "a@b" });
        Command::read("RegisterCustomer", with.as_object().unwrap()).unwrap()
    };
    for exploration in interleavings(&playground, &[create("Ada"), create("Bob")]).unwrap() {
        assert_eq!(exploration.outcomes.len(), 1);
        assert_eq!(exploration.outcomes[0].kind, Kind::BothApplied);
    }
}
