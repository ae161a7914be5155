//! `crashes`, `interleave`, `policy` and `deliveries`, and scenes in which something goes wrong.

use serde_json::{Value, json};

use crate::{diptych, directory, file, run, stderr, stdout};

fn lines(arguments: &[&str]) -> Vec<Value> {
    let here = directory();
    let output = run(here.path(), arguments);
    assert!(output.status.success(), "{arguments:?}: {}", stderr(&output));
    stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn the_crash_matrix_is_told_cell_by_cell_and_in_words() {
    let lines = lines(&["crashes", "price-with-a-past", "--world", "state", "--policy", "guide", "--json"]);
    let cell = |at: &str| lines.iter().find(|line| line["scene"] == 4 && line["at"] == at).unwrap();
    assert_eq!(cell("committing:1")["verdict"], "consistent");
    assert_eq!(cell("committed:1")["holes"], json!(["event lost"]));
    assert_eq!(cell("returned:1")["answered"], 200);
    let summary = lines.last().unwrap()["summary"].as_str().unwrap();
    assert!(summary.starts_with("guide: 84 crashes"), "{summary}");
    assert!(summary.contains("Event lost (10×)"), "{summary}");
}

#[test]
fn the_crash_matrix_is_a_line_a_command_and_world() {
    let here = directory();
    let output = run(here.path(), &["crashes", "price-with-a-past", "--world", "events", "--policy", "mended"]);
    let text = stdout(&output);
    let line = text.lines().find(|line| line.trim_start().starts_with("4 ")).unwrap();
    assert_eq!(line.split_whitespace().collect::<Vec<_>>(), ["4", "UpdateProductPrice", "events", ".......ccc...."]);
    assert!(text.contains("None leaves a hole."), "{text}");
}

#[test]
fn what_can_come_of_two_commands_is_told_with_an_example() {
    let of = |policy: &str| {
        lines(&[
            "interleave",
            "order-across-contexts",
            "--scene",
            "4",
            "--policy",
            policy,
            "--world",
            "state",
            "--json",
        ])
    };
    let kinds = |lines: &[Value]| -> Vec<String> {
        let outcomes = lines[0]["outcomes"].as_array().unwrap();
        outcomes.iter().map(|one| one["outcome"].as_str().unwrap().to_owned()).collect()
    };
    let guide = of("guide");
    assert_eq!(kinds(&guide), ["lost update", "both applied", "both applied"]);
    assert_eq!(guide[0]["outcomes"][0]["example"], "a@loaded:1 b* a*");
    assert_eq!(guide[0]["complete"], true);
    assert_eq!(kinds(&of("mended")), ["conflict", "conflict", "both applied", "both applied"]);
}

#[test]
fn a_policy_is_told_as_nested_boxes() {
    let told = lines(&["policy", "unit-of-work,pipeline=logging+transaction", "--json"]);
    assert_eq!(told[0]["parts"]["publishing"], "before-commit");
    let outer = &told[0]["pipeline"];
    assert_eq!((&outer["behaviour"], &outer["inside"]["behaviour"]), (&json!("logging"), &json!("transaction")));
    assert_eq!(outer["inside"]["inside"], "handler");
    assert_eq!(lines(&["policy", "--json"]).len(), 3);
}

const FAULTY: &str = r#"
title = "something goes wrong"
policy = "mended"
[[scene]]
do = "CreateProduct"
as = "laptop"
with = { name = "Laptop", price = "10" }
fault = [{ at = "publishing:1", world = "state", kind = "fail" }, { at = "committed:1", world = "events", kind = "crash" }]
[[scene]]
do = "UpdateProductPrice"
with = { product_id = "@laptop", new_price = "8" }
beside = { do = "DeactivateProduct", with = { product_id = "@laptop" }, order = "a@saving:1 b* a*" }
"#;

#[test]
fn a_scenario_with_faults_and_two_commands_at_once_is_played_told_and_played_the_same_again() {
    let here = directory();
    file(here.path(), "faulty.toml", FAULTY);
    let output = run(here.path(), &["run", "faulty.toml", "--store", "shop", "--json"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let first = stdout(&output);
    let lines: Vec<Value> = first.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |scene: u64, world: &str, command: &str| {
        let wanted = |line: &&Value| line["scene"] == scene && line["world"] == world && line["command"] == command;
        lines.iter().find(wanted).unwrap().clone()
    };
    assert_eq!(of(1, "events", "CreateProduct")["crashed"], "committed:1");
    assert_eq!(of(1, "state", "CreateProduct")["faults"][0]["kind"], "fail");
    for world in ["state", "events", "hybrid"] {
        assert_eq!(of(2, world, "UpdateProductPrice")["status"], 409);
        assert_eq!(of(2, world, "DeactivateProduct")["status"], 200);
    }
    let again = run(here.path(), &["run", "faulty.toml", "--json"]);
    assert_eq!(stdout(&again), first, "the same bytes in another playground");
    let told = run(here.path(), &["run", "faulty.toml"]);
    assert!(stdout(&told).contains("fault put in: crash at committed:1 in events"), "{}", stdout(&told));
    assert!(stdout(&told).contains("who moved: a@saving:1 b* a*"), "{}", stdout(&told));
}

#[test]
fn deliveries_are_told_with_what_waits_and_what_was_dropped() {
    let here = directory();
    file(here.path(), "faulty.toml", FAULTY);
    run(here.path(), &["run", "faulty.toml", "--store", "shop"]);
    let output = run(here.path(), &["deliveries", "--dir", "shop", "--json"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let lines: Vec<Value> = stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!((&lines[0]["world"], &lines[0]["waiting"]), (&json!("state"), &json!(0)));
    assert_eq!(lines[1]["subscribers"][0]["name"], "product_catalog");
}

#[test]
fn what_makes_no_sense_is_turned_down() {
    let here = directory();
    for (arguments, says) in [
        (&["crashes", "nothing.toml"][..], "nothing.toml"),
        (&["crashes", "refusals", "--policy", "mend"], "did you mean"),
        (&["crashes", "refusals", "--jobs", "0"], "--jobs"),
        (&["interleave", "refusals", "--scene", "1"], "scene 1 has no command"),
        (&["interleave", "refusals", "--scene", "999"], "there is no scene 999"),
        (&["policy", "gide"], "did you mean `guide`?"),
        (&["deliveries", "--dir", "nowhere"], "holds no playground"),
    ] {
        let output = run(here.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(says), "{arguments:?}: {}", stderr(&output));
    }
    let unknown = diptych(here.path()).args(["interleave", "refusals"]).output().unwrap();
    assert_eq!(unknown.status.code(), Some(2));
}
