//! The configuration file from outside, and the README's table of keys.

use std::path::Path;

use crate::{directory, file, run, stderr, stdout};

#[test]
fn a_file_that_is_well_is_said_to_be() {
    let directory = directory();
    let there = file(directory.path(), "my.toml", "theme = \"projector\"\n[keys]\ncommands = \"c\"");
    let output = run(directory.path(), &["config", "check", there.to_str().unwrap()]);
    assert_eq!((output.status.code(), stdout(&output).ends_with("my.toml: well\n")), (Some(0), true));
    let output = run(directory.path(), &["config", "check"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stdout(&output).contains("diptych/config.toml is not there; the defaults serve"));
}

#[test]
fn everything_wrong_is_listed_with_line_and_column() {
    let directory = directory();
    let text = "theme = \"projektor\"\nascii = 1\n[keys]\ncomands = \"c\"\nflip = [\"n\"]\nquit = \"entr\"\n";
    let there = file(directory.path(), "my.toml", text);
    let output = run(directory.path(), &["config", "check", there.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    for wrong in [
        "my.toml:1:9: theme: there is no `projektor`; did you mean `projector`?",
        "my.toml:2:9: ascii: expected true or false",
        "my.toml:4:1: there is no action `comands` here; did you mean `commands`?",
        "my.toml:5:9: `n` would do two things (Explore): commands and flip",
        "my.toml:6:8: quit: `entr` is no key; did you mean `enter`?",
    ] {
        assert!(said.contains(wrong), "`{wrong}` is not in:\n{said}");
    }
}

#[test]
fn a_theme_that_a_file_names_is_read_beside_it_and_its_mistakes_are_said() {
    let directory = directory();
    let there = file(directory.path(), "my.toml", "theme = \"mine.toml\"");
    let check = || run(directory.path(), &["config", "check", there.to_str().unwrap()]);
    assert!(stderr(&check()).contains("my.toml:1:1: the theme"), "{}", stderr(&check()));
    file(directory.path(), "mine.toml", "[roles]\nbad = \"raed\"");
    assert!(stderr(&check()).contains("mine.toml:2:7: bad: `raed` is neither a colour nor a modifier"));
    file(directory.path(), "mine.toml", "[roles]\nbad = \"bold #ff0000\"");
    assert_eq!(check().status.code(), Some(0));
    let output = run(directory.path(), &["--theme", "nowhere.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("the theme nowhere.toml cannot be read"));
}

#[test]
fn what_is_shown_is_a_configuration() {
    let directory = directory();
    let shown = stdout(&run(directory.path(), &["config", "show"]));
    assert!(shown.contains("theme = \"default\"") && shown.contains("commands         = [\"n\"]"), "{shown}");
    let there = file(directory.path(), "shown.toml", shown);
    assert_eq!(run(directory.path(), &["config", "check", there.to_str().unwrap()]).status.code(), Some(0));
    let output = run(directory.path(), &["config", "show", "nowhere.toml"]);
    assert_eq!((output.status.code(), stderr(&output).contains("nowhere.toml")), (Some(2), true));
}

#[test]
fn the_readme_has_the_keys_that_the_program_has() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let (_, rest) = readme.split_once("<!-- keys -->\n").expect("the table has its marks");
    let (table, _) = rest.split_once("<!-- /keys -->").expect("the table has its marks");
    let keys = stdout(&run(directory().path(), &["config", "keys", "--markdown"]));
    assert_eq!(
        table, keys,
        "the README's keys are stale: put what `cargo run -- config keys --markdown` prints between its marks"
    );
}
