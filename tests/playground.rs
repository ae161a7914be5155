//! A playground on disk: reopening, catching up, and everything that can be wrong with a directory.

mod support;

use std::fs;
use std::io::Write;
use std::path::Path;

use diptych::kernel::Failure;
use diptych::kernel::store::LogRange;
use diptych::world::{Directory, Opening, Playground, Redone, WorldKind};
use serde_json::json;
use support::{begin, perform};

fn opening(path: &Path) -> Opening {
    Opening::of(Directory::at(path).unwrap())
}

fn open(path: &Path) -> Playground {
    Playground::open(opening(path)).unwrap()
}

fn failure(path: &Path) -> Failure {
    match Directory::at(path).and_then(|directory| Playground::open(Opening::of(directory))) {
        Ok(_) => panic!("{} opened", path.display()),
        Err(failure) => failure,
    }
}

#[test]
fn reopening_continues_numbers_time_and_policy() {
    let place = tempfile::tempdir().unwrap();
    let mut playground = open(place.path());
    let id = begin(&mut playground, "CreateProduct", json!({ "name": "Laptop", "price": "1" }), "product_id");
    playground.set_policy("mended".parse().unwrap()).unwrap();
    drop(playground);
    let mut playground = open(place.path());
    assert_eq!(playground.policy().to_string(), "mended");
    let next = perform(&mut playground, "UpdateProductPrice", json!({ "product_id": id, "new_price": "2" }));
    assert_eq!((next.input.n, next.input.at.to_string().as_str()), (2, "2024-01-01T10:01:00Z"));
    assert_eq!(playground.compare().unwrap(), None);
}

#[test]
fn a_world_that_was_left_behind_catches_up_under_the_policies_of_the_time() {
    let place = tempfile::tempdir().unwrap();
    let mut alone = opening(place.path());
    alone.worlds = vec![WorldKind::State];
    let mut playground = Playground::open(alone).unwrap();
    let id = begin(&mut playground, "CreateProduct", json!({ "name": "Laptop", "price": "1" }), "product_id");
    playground.set_policy("mended".parse().unwrap()).unwrap();
    perform(&mut playground, "UpdateProductPrice", json!({ "product_id": id, "new_price": "0" }));
    perform(&mut playground, "UpdateProductPrice", json!({ "product_id": id, "new_price": "2" }));
    perform(&mut playground, "UpdateProductPrice", json!({ "product_id": id, "new_price": "-1" }));
    drop(playground);
    let playground = open(place.path());
    assert_eq!(playground.compare().unwrap(), None);
    let events = playground.world(WorldKind::Events).unwrap();
    assert_eq!((events.last_input(), events.facts()), (3, 2));
}

#[test]
fn an_input_that_was_cut_off_while_it_was_written_is_removed_and_said_so() {
    let place = tempfile::tempdir().unwrap();
    let mut playground = open(place.path());
    perform(&mut playground, "CreateProduct", json!({ "name": "Laptop", "price": "1" }));
    drop(playground);
    let log = place.path().join("inputs.jsonl");
    let whole = fs::read(&log).unwrap();
    fs::OpenOptions::new().append(true).open(&log).unwrap().write_all(br#"{"n":2,"at":"2024-01"#).unwrap();
    let mut playground = open(place.path());
    assert!(playground.take_notices()[0].contains("cut off"));
    assert_eq!(fs::read(&log).unwrap(), whole);
    assert_eq!(playground.last().unwrap().0, 1);
}

#[test]
fn an_input_that_was_logged_and_never_dispatched_is_caught_up_with() {
    let place = tempfile::tempdir().unwrap();
    let mut playground = open(place.path());
    perform(&mut playground, "CreateProduct", json!({ "name": "Laptop", "price": "1" }));
    drop(playground);
    let line = r#"{"n":2,"at":"2024-01-01T10:01:00Z","do":"CreateProduct","with":{"name":"Mouse","price":"2"}}"#;
    let log = place.path().join("inputs.jsonl");
    writeln!(fs::OpenOptions::new().append(true).open(&log).unwrap(), "{line}").unwrap();
    let playground = open(place.path());
    assert_eq!(playground.compare().unwrap(), None);
    let rows = playground.final_rows(playground.world(WorldKind::Hybrid).unwrap()).unwrap();
    assert_eq!(rows["products"][1]["name"], "Mouse");
}

#[test]
fn when_the_end_of_the_log_is_lost_numbers_go_on_after_what_the_worlds_have() {
    let place = tempfile::tempdir().unwrap();
    let mut playground = open(place.path());
    perform(&mut playground, "CreateProduct", json!({ "name": "Laptop", "price": "1" }));
    let log = place.path().join("inputs.jsonl");
    let first = fs::read(&log).unwrap();
    perform(&mut playground, "CreateProduct", json!({ "name": "Mouse", "price": "2" }));
    drop(playground);
    fs::write(&log, first).unwrap();
    let mut playground = open(place.path());
    assert!(playground.take_notices()[0].contains("power cut"));
    let next = perform(&mut playground, "CreateProduct", json!({ "name": "Desk", "price": "3" }));
    assert_eq!((next.input.n, next.difference), (3, None));
}

#[test]
fn a_second_one_on_the_same_directory_is_told_so() {
    let place = tempfile::tempdir().unwrap();
    let _first = open(place.path());
    let failure = failure(place.path());
    assert!(failure.what.contains("another diptych has this playground open"), "{failure}");
    assert!(failure.to_string().contains(&place.path().display().to_string()));
}

#[test]
fn a_file_is_no_playground() {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), "mine").unwrap();
    assert!(failure(file.path()).what.contains("is a file"));
    assert_eq!(fs::read(file.path()).unwrap(), b"mine");
}

#[test]
fn a_directory_with_other_peoples_files_is_left_alone() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("state.db"), "mine").unwrap();
    assert!(failure(place.path()).what.contains("no playground"));
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
}

#[test]
fn what_was_cut_short_while_it_began_is_begun_again() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("inputs.jsonl"), "").unwrap();
    fs::write(place.path().join(".playground-x"), "format").unwrap();
    assert_eq!(open(place.path()).last(), None);
}

#[test]
fn a_newer_form_and_an_unreadable_one_are_named() {
    let place = tempfile::tempdir().unwrap();
    drop(open(place.path()));
    let settings = place.path().join("playground.toml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, text.replace("format = 1", "format = 2")).unwrap();
    assert!(failure(place.path()).to_string().contains("playground.toml: has format 2"));
    fs::write(&settings, text.replace("seed = 1", "seed = \"one\"")).unwrap();
    assert!(failure(place.path()).to_string().contains("playground.toml"));
    fs::write(&settings, text.replace("policy = \"guide\"", "policy = \"guise\"")).unwrap();
    assert!(failure(place.path()).to_string().contains("did you mean `guide`?"));
}

#[test]
fn a_line_that_is_no_input_is_named() {
    let place = tempfile::tempdir().unwrap();
    drop(open(place.path()));
    fs::write(place.path().join("inputs.jsonl"), "not an input\n").unwrap();
    let failure = failure(place.path());
    assert!(failure.to_string().contains("inputs.jsonl"), "{failure}");
}

#[test]
fn a_corrupt_world_is_named_and_never_made_anew() {
    let place = tempfile::tempdir().unwrap();
    drop(open(place.path()));
    let file = place.path().join("events.db");
    let garbage =
        b"this is not a database, and it is longer than a header of one hundred bytes would be, by some way".repeat(50);
    fs::write(&file, &garbage).unwrap();
    assert!(failure(place.path()).to_string().contains("events.db"));
    assert_eq!(fs::read(&file).unwrap(), garbage);
}

#[test]
fn a_playground_keeps_the_seed_it_was_begun_with() {
    let place = tempfile::tempdir().unwrap();
    let mut first = opening(place.path());
    first.seed = Some(7);
    drop(Playground::open(first).unwrap());
    let mut again = opening(place.path());
    again.seed = Some(8);
    let failure = Playground::open(again).err().unwrap();
    assert!(failure.what.contains("seed 7, not 8"), "{failure}");
}

#[test]
fn the_same_seed_gives_the_same_ids_and_another_seed_others() {
    let id = |seed| {
        let mut opening = Opening::of(Directory::ephemeral().unwrap());
        opening.seed = Some(seed);
        let mut playground = Playground::open(opening).unwrap();
        begin(&mut playground, "CreateProduct", json!({ "name": "Laptop", "price": "1" }), "product_id")
    };
    assert_eq!(id(3), id(3));
    assert_ne!(id(3), id(4));
}

#[test]
fn an_ephemeral_playground_leaves_nothing() {
    let mut playground = Playground::open(Opening::of(Directory::ephemeral().unwrap())).unwrap();
    perform(&mut playground, "CreateProduct", json!({ "name": "Laptop", "price": "1" }));
    let path = playground.directory().path().to_owned();
    assert!(path.join("state.db").exists());
    drop(playground);
    assert!(!path.exists());
}

/// Everything that is, in every world, and what their logs hold.
fn everything(playground: &Playground) -> Vec<String> {
    let mut all = Vec::new();
    for world in playground.worlds() {
        all.push(playground.final_rows(world).unwrap().to_string());
        let every = LogRange::after(Default::default(), usize::MAX);
        world
            .store()
            .log(every, &mut |kept| {
                all.push(format!("{kept:?}"));
                Ok(())
            })
            .unwrap();
        all.push(format!("{} {} {}", world.last_input(), world.overwritten(), world.facts()));
    }
    all
}

#[test]
fn rewinding_is_as_if_the_end_had_never_been_and_redoing_as_if_nothing_had_happened() {
    let place = tempfile::tempdir().unwrap();
    let mut playground = open(place.path());
    let id = begin(&mut playground, "CreateProduct", json!({ "name": "Laptop", "price": "1" }), "product_id");
    let after_one = everything(&playground);
    perform(&mut playground, "UpdateProductPrice", json!({ "product_id": id, "new_price": "2" }));
    playground.set_policy("mended".parse().unwrap()).unwrap();
    perform(&mut playground, "UpdateProductPrice", json!({ "product_id": id, "new_price": "3" }));
    let after_all = everything(&playground);

    playground.rewind(3).unwrap();
    assert_eq!(everything(&playground), after_one);
    assert_eq!((playground.policy().to_string().as_str(), playground.redoable()), ("guide", 2));
    let log = fs::read_to_string(place.path().join("inputs.jsonl")).unwrap();
    assert_eq!(log.lines().count(), 1);

    while !matches!(playground.redo().unwrap(), Redone::Nothing) {}
    assert_eq!(everything(&playground), after_all);
    assert_eq!(playground.policy().to_string(), "mended");
    drop(playground);
    assert_eq!(everything(&open(place.path())), after_all);
}

#[test]
fn what_is_put_in_after_a_rewind_takes_the_place_of_what_was_taken_away() {
    let mut playground = support::playground("guide");
    perform(&mut playground, "CreateProduct", json!({ "name": "Laptop", "price": "1" }));
    perform(&mut playground, "CreateProduct", json!({ "name": "Mouse", "price": "2" }));
    playground.rewind(1).unwrap();
    let other = perform(&mut playground, "CreateProduct", json!({ "name": "Desk", "price": "3" }));
    assert_eq!((other.input.n, playground.redoable()), (2, 0));
    playground.reset().unwrap();
    assert_eq!(playground.last(), None);
    assert_eq!(playground.compare().unwrap(), None);
    assert!(playground.worlds().iter().all(|world| world.facts() == 0));
}

#[test]
fn a_policy_that_was_logged_and_not_yet_written_down_elsewhere_counts() {
    let place = tempfile::tempdir().unwrap();
    drop(open(place.path()));
    fs::write(place.path().join("inputs.jsonl"), "{\"set\":{\"policy\":\"mended\"}}\n").unwrap();
    assert_eq!(open(place.path()).policy().to_string(), "mended");
}

#[test]
fn every_command_can_be_read_again_from_the_log() {
    let place = tempfile::tempdir().unwrap();
    let mut alone = opening(place.path());
    alone.worlds = vec![WorldKind::Events];
    let mut playground = Playground::open(alone).unwrap();
    let items = json!([{ "product_id": "p", "quantity": 2, "unit_price": "1.50" }]);
    let order = json!({ "customer_id": "ada", "items": items });
    let order = perform(&mut playground, "PlaceOrder", order).worlds[0].reply.result.result.clone().unwrap();
    perform(&mut playground, "ConfirmPayment", json!({ "order_id": order["order_id"], "payment_reference": "p-1" }));
    let line = json!({ "product_id": "p", "quantity": 1, "unit_price": "2" });
    perform(&mut playground, "AddOrderItem", line);
    drop(playground);
    let playground = open(place.path());
    assert_eq!(playground.compare().unwrap(), None);
    assert_eq!(playground.world(WorldKind::State).unwrap().facts(), 3);
}
