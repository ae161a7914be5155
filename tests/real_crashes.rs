//! The real process, killed with SIGKILL at each micro-step of each policy, leaves what a crash within a process leaves.
//!
//! A debug build can be told to stand still at a step; what it had written by then is all there is. The same step is crashed at within
//! this process, and the files are compared, deliveries and checkpoints included.
#![cfg(debug_assertions)]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command as Process, Stdio};
use std::rc::Rc;

use diptych::application::read_models::tables::{
    NOTIFICATIONS, ORDER_LIST, ORDER_SUMMARY, ORDER_SUMMARY_CORRECTED, PRODUCT_CATALOG,
};
use diptych::engine::scenario::{Player, Scenario};
use diptych::kernel::ledger::{CHECKPOINTS, DELIVERIES, OUTBOX};
use diptych::kernel::store::{LogRange, Select};
use diptych::kernel::{Position, Store};
use diptych::storage::Sync;
use diptych::storage::tables::{CUSTOMERS, ORDERS, PRODUCTS, STOCK};
use diptych::world::{Directory, Fault, FaultKind, Opening, Place, Playground, Wiring, World, WorldKind};
use futures_util::FutureExt;
use serde_json::Value;

const SCENARIO: &str = r#"
title = "killed"
[[scene]]
do = "RegisterCustomer"
as = "ada"
with = { name = "Ada", email = "ada@shop.example" }
[[scene]]
do = "CreateProduct"
as = "mouse"
with = { name = "Mouse", price = "1.50" }
[[scene]]
do = "ReceiveStock"
with = { product_id = "@mouse", quantity = 9 }
[[scene]]
do = "PlaceOrder"
as = "order"
with = { customer_id = "@ada", items = [{ product_id = "@mouse", quantity = 2, unit_price = "1.50" }] }
[[scene]]
do = "ProcessOrder"
with = { order_id = "@order", payment_reference = "PAY-1" }
"#;

/// A customer is told of this one; that one goes across three contexts.
const PLACE: usize = 4;
const PROCESS: usize = 5;

/// Plays into a scene, stands still after so many steps, and is killed there. Answers where each world stood; nothing when the scene
/// has no more steps.
fn killed(here: &Path, policy: &str, scene: usize, steps: usize) -> Option<Vec<(WorldKind, Option<Place>)>> {
    std::fs::write(here.join("killed.toml"), SCENARIO).unwrap();
    let mut child = Process::new(env!("CARGO_BIN_EXE_diptych"))
        .current_dir(here)
        .args(["run", "killed.toml", "--store", "shop", "--sync", "full", "--policy", policy])
        .args(["--hold", &format!("{scene}:{steps}")])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    let said: Value = serde_json::from_str(&line).unwrap();
    let held = said.get("held")?;
    let at = |world: WorldKind| held[world.name()].as_str().map(|place| place.parse().unwrap());
    Some(WorldKind::ALL.map(|world| (world, at(world))).to_vec())
}

/// Everything that a store holds but the number of the last input.
fn everything(store: &dyn Store) -> Vec<String> {
    let tables = [
        &PRODUCTS,
        &ORDERS,
        &CUSTOMERS,
        &STOCK,
        &OUTBOX,
        &DELIVERIES,
        &CHECKPOINTS,
        &ORDER_SUMMARY,
        &ORDER_SUMMARY_CORRECTED,
        &ORDER_LIST,
        &PRODUCT_CATALOG,
        &NOTIFICATIONS,
    ];
    let rows = |table| store.select(&Select::all(table)).unwrap();
    let mut all: Vec<String> =
        tables.iter().flat_map(|table| rows(table).into_iter().map(|row| format!("{} {row:?}", table.name))).collect();
    store
        .log(LogRange::after(Position(0), usize::MAX), &mut |kept| {
            all.push(format!("{kept:?}"));
            Ok(())
        })
        .unwrap();
    all
}

/// The same within this process: played up to the scene, which crashes where the process was killed.
fn predicted(policy: &str, scene: usize, at: &[(WorldKind, Option<Place>)]) -> Playground {
    let scenario = Scenario::parse(SCENARIO, "killed").unwrap();
    let mut opening = Opening::of(Directory::ephemeral().unwrap());
    opening.policy = Some(policy.parse().unwrap());
    let mut playground = Playground::open(opening).unwrap();
    let mut scenario = scenario;
    let doing = scenario.scenes[scene - 1].doing.as_mut().unwrap();
    let crash = |(world, at): &(WorldKind, Option<Place>)| {
        at.map(|at| Fault { at, world: Some(*world), kind: FaultKind::Crash })
    };
    doing.faults = at.iter().filter_map(crash).collect();
    let mut player = Player::new(scenario);
    (0..scene).for_each(|_| drop(player.play_next(&mut playground).unwrap()));
    playground
}

/// Kills at each step of a scene, and hands on what is left to be looked at. Answers at how many.
fn at_each_step(policy: &str, scene: usize, look: impl Fn(&Path, &[(WorldKind, Option<Place>)])) -> usize {
    for steps in 0.. {
        let place = tempfile::tempdir().unwrap();
        let Some(at) = killed(place.path(), policy, scene, steps) else { return steps };
        look(&place.path().join("shop"), &at);
    }
    unreachable!("a command has an end")
}

fn leaves_what_was_predicted(policy: &str) {
    for scene in [PLACE, PROCESS] {
        let kills = at_each_step(policy, scene, |shop, at| {
            let expected = predicted(policy, scene, at);
            for (kind, place) in at {
                let file = shop.join(format!("{}.db", kind.name()));
                let policy = Rc::new(policy.parse().unwrap());
                let world = World::open(*kind, &file, Wiring::HYBRID, &policy, Sync::Normal).unwrap();
                world.deliver().now_or_never().unwrap().unwrap();
                assert_eq!(
                    everything(world.store()),
                    everything(expected.world(*kind).unwrap().store()),
                    "{policy}, scene {scene}, {kind:?} at {place:?}"
                );
            }
        });
        assert!(kills >= 12, "{policy}, scene {scene}: only {kills} steps");
    }
}

#[test]
fn the_guide_leaves_what_was_predicted() {
    leaves_what_was_predicted("guide");
}

#[test]
fn the_unit_of_work_leaves_what_was_predicted() {
    leaves_what_was_predicted("unit-of-work");
}

#[test]
fn mended_leaves_what_was_predicted() {
    leaves_what_was_predicted("mended");
}

fn final_rows(playground: &Playground) -> Vec<Value> {
    WorldKind::ALL.map(|world| playground.final_rows(playground.world(world).unwrap()).unwrap()).to_vec()
}

#[test]
fn mended_opened_again_has_the_whole_command_in_every_world_wherever_it_was_killed() {
    let whole = final_rows(&predicted("mended", PROCESS, &[]));
    let kills = at_each_step("mended", PROCESS, |shop, at| {
        let again = Playground::open(Opening::of(Directory::at(shop).unwrap())).unwrap();
        assert_eq!(again.compare().unwrap(), None, "{at:?}");
        // The input was logged before it was dispatched, so a world that had nothing of it is given it again.
        assert_eq!(final_rows(&again), whole, "{at:?}");
    });
    assert!(kills >= 12);
}

#[test]
fn no_answered_command_is_lost_under_full_durability() {
    for policy in ["guide", "unit-of-work", "mended"] {
        let whole = final_rows(&predicted(policy, PROCESS, &[]));
        let mut answered = std::cell::Cell::new(0);
        at_each_step(policy, PROCESS, |shop, at| {
            let is_answered = |(_, at): &(WorldKind, Option<Place>)| at.is_none_or(|at| at.kind.name() == "returned");
            if at.iter().all(is_answered) {
                answered.set(answered.get() + 1);
                let again = Playground::open(Opening::of(Directory::at(shop).unwrap())).unwrap();
                assert_eq!(final_rows(&again), whole, "{policy}");
            }
        });
        assert!(*answered.get_mut() > 0, "{policy}: nobody was ever answered");
    }
}
