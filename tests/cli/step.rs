//! `diptych step`: a scene, micro-step by micro-step.

use serde_json::Value;

use crate::{directory, run, stderr, stdout};

fn lines(arguments: &[&str]) -> Vec<Value> {
    let here = directory();
    let output = run(here.path(), arguments);
    assert!(output.status.success(), "{}", stderr(&output));
    stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn each_step_says_what_the_root_holds_and_what_is_where() {
    let lines = lines(&["step", "price-with-a-past", "--scene", "4", "--json"]);
    let at = |world: &str, at: &str| {
        let found = lines.iter().find(|line| line["world"] == world && line["commands"][0]["at"] == at);
        found.unwrap_or_else(|| panic!("{world} never stands at {at}")).clone()
    };
    let decided = at("state", "decided:1");
    assert_eq!(decided["commands"][0]["root"]["state"]["price"], "899.99");
    assert_eq!(decided["commands"][0]["root"]["pending"][0]["type"], "ProductPriceUpdatedEvent");
    let changed = |line: &Value| -> Vec<(String, String)> {
        let all = line["holds"].as_array().unwrap().iter().filter(|one| one["change"] != "none");
        all.map(|one| (one["where"].as_str().unwrap().to_owned(), one["change"].as_str().unwrap().to_owned())).collect()
    };
    assert_eq!(changed(&decided), []);
    assert_eq!(changed(&at("state", "committed:1")), [("store".to_owned(), "changed".to_owned())]);
    assert_eq!(changed(&at("events", "committed:1"))[0], ("log".to_owned(), "new".to_owned()));
}

#[test]
fn a_fault_strikes_where_it_was_put_and_recovery_is_shown() {
    let lines = lines(&[
        "step",
        "price-with-a-past",
        "--scene",
        "4",
        "--policy",
        "mended",
        "--world",
        "state",
        "--fault",
        "crash@committed:1",
        "--json",
    ]);
    let phases: Vec<_> = lines.iter().map(|line| line["commands"][0]["phase"].as_str().unwrap()).collect();
    assert!(phases.contains(&"recovering"), "{phases:?}");
    let last = &lines[lines.len() - 1]["commands"][0];
    assert_eq!((&last["over"], &last["crashed"]), (&Value::from(true), &Value::from("committed:1")));
}

#[test]
fn what_cannot_be_stepped_through_is_said() {
    let here = directory();
    for (arguments, says) in [
        (&["--scene", "99"][..], "has scenes 1 to 11"),
        (&["--scene", "0"], "has scenes 1 to 11"),
        (&["--scene", "1"], "no command in it"),
        (&["--scene", "4", "--fault", "crash"], "expected KIND@STEP@WORLD"),
        (&["--scene", "4", "--fault", "crash@commited:1"], "did you mean `committed`?"),
        (&["--scene", "4", "--until", "stp=saving"], "no part of a breakpoint"),
    ] {
        let all = [&["step", "price-with-a-past"], arguments].concat();
        let output = run(here.path(), &all);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(says), "{arguments:?}: {}", stderr(&output));
    }
}
