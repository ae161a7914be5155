//! `diptych export`: tables and streams of a playground, as files.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::{directory, everything, file, run, stderr, stdout};

/// A playground in `shop` with products whose names are hard to write down.
fn shop(directory: &Path) {
    let scene =
        |name: &str| format!("[[scene]]\ndo = \"CreateProduct\"\nwith = {{ name = {name:?}, price = \"1.50\" }}\n");
    let text = format!(
        "title = \"t\"\n{}{}",
        scene("a, \"b\"\nc"),
        "[[scene]]\ndo = \"CreateProduct\"\nwith = { name = \"=1|\\u001b[31m\", price = \"2\" }\n"
    );
    file(directory, "hard.toml", text);
    let output = run(directory, &["run", "hard.toml", "--store", "shop"]);
    assert!(output.status.success(), "{}", stderr(&output));
}

#[track_caller]
fn exported(directory: &Path, arguments: &[&str]) -> String {
    let output = run(directory, &[&["export", "--dir", "shop"], arguments].concat());
    assert!(output.status.success(), "{arguments:?}: {}", stderr(&output));
    stdout(&output)
}

#[test]
fn the_same_table_from_every_world_and_data_stays_data() {
    let here = directory();
    shop(here.path());
    let csv = exported(here.path(), &["products", "--world", "state"]);
    assert!(csv.starts_with("id,name,price,is_active,"), "{csv}");
    assert!(csv.contains("\"a, \"\"b\"\"\nc\",1.50,true,"), "{csv}");
    assert!(csv.contains(",=1|\u{1b}[31m,2,true,"), "{csv:?}");
    let names = |world| -> Vec<Value> {
        let text = exported(here.path(), &["products", "--world", world, "--format", "json"]);
        assert!(!text.contains('\u{1b}'), "{text:?}");
        let rows: Vec<Value> = serde_json::from_str(&text).expect("it is JSON");
        rows.into_iter().map(|row| row["name"].clone()).collect()
    };
    assert_eq!(names("state"), ["a, \"b\"\nc", "=1|\u{1b}[31m"]);
    assert_eq!(names("events"), names("state"));
    let markdown = exported(here.path(), &["products", "--format", "markdown"]);
    assert_eq!(markdown.lines().count(), 4, "{markdown}");
    assert!(markdown.contains("=1\\|\\u{1b}"), "{markdown}");
    assert_eq!(exported(here.path(), &["orders", "--format", "json"]), "[]\n");
}

#[test]
fn the_log_and_a_stream_by_the_beginning_of_its_id() {
    let here = directory();
    shop(here.path());
    let log: Vec<Value> =
        serde_json::from_str(&exported(here.path(), &["log", "--format", "json"])).expect("it is JSON");
    assert_eq!(log.len(), 2);
    assert_eq!((&log[0]["position"], &log[0]["data"]["price"]), (&Value::from(1), &Value::from("1.50")));
    let stream = log[1]["stream"].as_str().expect("it is text");
    let one = exported(here.path(), &[&stream[.."product-".len() + 6], "--format", "json"]);
    let one: Vec<Value> = serde_json::from_str(&one).expect("it is JSON");
    assert_eq!(one, log[1..]);
    let none = run(here.path(), &["export", "--dir", "shop", "log", "--world", "state"]);
    assert!(
        none.status.success() && stderr(&none).contains("the world state keeps no such facts"),
        "{}",
        stderr(&none)
    );
    assert_eq!(stdout(&none).lines().count(), 1);
}

#[test]
fn nothing_is_replaced_unasked_and_what_is_not_there_is_said() {
    let here = directory();
    shop(here.path());
    file(here.path(), "mine.csv", "mine");
    let before = everything(here.path()).len();
    let bad: [(&[&str], &str); 6] = [
        (&["products", "--out", "mine.csv"], "mine.csv: is there already"),
        (&["product"], "did you mean `products`?"),
        (&["order-ffff"], "`order-ffff` is no table and no stream here"),
        (&["products", "--world", "stat"], "did you mean `state`?"),
        (&["products", "--format", "xml"], "xml"),
        (&["products", "--out", "no/place.csv"], "no/place.csv: cannot be written"),
    ];
    for (arguments, words) in bad {
        let output = run(here.path(), &[&["export", "--dir", "shop"], arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(words), "{arguments:?}: {}", stderr(&output));
    }
    let nowhere = run(here.path(), &["export", "products", "--dir", "nowhere"]);
    assert!(stderr(&nowhere).contains("nowhere: holds no playground"), "{}", stderr(&nowhere));
    assert_eq!(everything(here.path()).len(), before);
    assert_eq!(fs::read(here.path().join("mine.csv")).ok().as_deref(), Some(b"mine".as_slice()));
    exported(here.path(), &["products", "--out", "mine.csv", "--force"]);
    assert!(fs::read_to_string(here.path().join("mine.csv")).is_ok_and(|text| text.starts_with("id,")));
}
