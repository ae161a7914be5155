//! `diptych shot`: the same bytes every time, and nothing replaced unasked.

use std::fs;

use crate::{directory, everything, file, run, stderr, stdout};

#[test]
fn the_same_picture_has_the_same_bytes_everywhere() {
    let (here, there) = (directory(), directory());
    let arguments = ["shot", "--scenes", "3", "--size", "80x24", "--keys", "v tab v"];
    let text = stdout(&run(here.path(), &arguments));
    assert_eq!(text, stdout(&run(there.path(), &arguments)));
    assert_eq!(text.lines().count(), 24);
    assert!(text.contains("STATE") && text.contains("scene 3 of 11"), "{text}");
    assert_eq!(everything(here.path()), []);
    for name in ["a.svg", "b.svg"] {
        assert!(run(here.path(), &["shot", "--scenes", "2", "--out", name]).status.success());
    }
    let [one, other] = ["a.svg", "b.svg"].map(|name| fs::read(here.path().join(name)).ok());
    assert!(one.is_some() && one == other);
}

#[test]
fn plain_letters_and_no_colour_where_they_are_asked_for() {
    let here = directory();
    let text = stdout(&run(here.path(), &["shot", "--scenes", "2", "--ascii"]));
    assert!(text.is_ascii(), "{text}");
    run(here.path(), &["shot", "--scenes", "2", "--theme", "mono", "--out", "mono.svg"]);
    let drawn = fs::read_to_string(here.path().join("mono.svg")).expect("it was drawn");
    let colours: std::collections::BTreeSet<_> = drawn.split("fill=\"").skip(1).map(|rest| &rest[..7]).collect();
    assert!(colours.len() <= 3, "{colours:?}");
}

#[test]
fn keys_open_what_they_open_in_the_window() {
    let here = directory();
    let form = stdout(&run(here.path(), &["shot", "--scenes", "2", "--keys", "n \"price\" enter \"12\""]));
    assert!(form.contains("UpdateProductPrice") && form.contains("12"), "{form}");
    let done = stdout(&run(here.path(), &["shot", "--scenes", "2", "--keys", "n \"price\" enter \"12\" enter"]));
    assert!(done.contains("200 ok"), "{done}");
    let help = stdout(&run(here.path(), &["shot", "--keys", "?"]));
    assert!(help.contains("Everywhere") || help.contains("Explore"), "{help}");
}

#[test]
fn a_picture_goes_between_its_marks() {
    let here = directory();
    file(here.path(), "page.md", "before\n<!-- picture: explore -->\nold\n<!-- /picture -->\nafter\n");
    let output = run(here.path(), &["shot", "--scenes", "1", "--out", "page.md", "--force"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let page = fs::read_to_string(here.path().join("page.md")).expect("it is there");
    assert!(page.starts_with("before\n") && page.ends_with("```\n<!-- /picture -->\nafter\n"), "{page}");
    assert!(!page.contains("old"), "{page}");
}

#[test]
fn what_cannot_be_pictured_is_said_and_nothing_is_written() {
    let here = directory();
    file(here.path(), "there.svg", "mine");
    file(here.path(), "page.md", "no marks");
    let bad: [(&[&str], &str); 9] = [
        (&["--size", "120"], "as in 120x36"),
        (&["--size", "0x10"], "500x200"),
        (&["--size", "9999x9"], "500x200"),
        (&["--keys", "n nosuchkey"], "`nosuchkey` is no key"),
        (&["--theme", "mon"], "did you mean `mono`?"),
        (&["--scenes", "99"], "the scenario has 11"),
        (&["--out", "there.svg"], "there.svg: is there already"),
        (&["--out", "picture.png"], ".svg, .txt or .md"),
        (&["--out", "page.md", "--force"], "has no line <!-- picture: explore -->"),
    ];
    let before = everything(here.path());
    for (arguments, words) in bad {
        let output = run(here.path(), &[&["shot"], arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(words), "{arguments:?}: {}", stderr(&output));
        assert_eq!(stdout(&output), "");
    }
    let output = run(here.path(), &["shot", "--out", "no/such/place.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no/such/place.txt: cannot be written"), "{}", stderr(&output));
    assert!(everything(here.path()) == before);
}
