//! `--plain`: the window's actions line by line, with lines from a pipe.

use std::io::Write;
use std::path::Path;
use std::process::{Output, Stdio};

use crate::{diptych, directory, everything, file, stderr, stdout};

/// A session in a playground that leaves nothing behind, from its first line to the end of the input.
#[track_caller]
fn session(directory: &Path, arguments: &[&str], lines: impl AsRef<[u8]>) -> Output {
    let mut child = diptych(directory)
        .args(["--plain"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program was built for this test");
    let mut input = child.stdin.take().expect("its input is piped");
    let lines = lines.as_ref().to_owned();
    // A program that has left does not read the rest.
    let writing = std::thread::spawn(move || drop(input.write_all(&lines)));
    let output = child.wait_with_output().expect("it can be waited for");
    writing.join().expect("writing does not panic");
    output
}

/// What a session of these lines says; nothing else may have been written.
#[track_caller]
fn said(lines: &[&str]) -> String {
    let here = directory();
    let output = session(here.path(), &["--ephemeral"], lines.join("\n"));
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(stderr(&output), "");
    assert_eq!(everything(here.path()), []);
    stdout(&output)
}

#[track_caller]
fn says(lines: &[&str], words: &[&str]) {
    let text = said(lines);
    for word in words {
        assert!(text.contains(word), "`{word}` is missing in:\n{text}");
    }
}

#[test]
fn from_the_first_command_to_a_refusal_and_back() {
    insta::assert_snapshot!(said(&[
        "help",
        "commands",
        "CreateProduct name=Laptop price=999.99",
        "2",
        "",
        "899.99",
        "update-product-price product_id=laptop new_price=0",
        "receive-stock product_id=1 quantity=3",
        "place-order customer_id=ada items='laptop 2'",
        "hybrid",
        "log",
        "log state 2",
        "trace",
        "show laptop",
        "rewind 2",
        "redo",
        "worlds",
        "quit",
        "never read",
    ]));
}

#[test]
fn a_scenario_waits_for_the_room_before_it_reveals() {
    let mut lines = vec!["open price-with-a-past"];
    lines.resize(20, "");
    insta::assert_snapshot!(said(&lines));
}

#[test]
fn every_field_is_asked_for_until_it_is_right() {
    says(
        &["create-product", "", "12,50", "12.50", "log"],
        &["(required)", "price: `12,50` is not a decimal", "400 bad request", "Product name is required"],
    );
    let given_up = said(&["CreateProduct", "Laptop", ".", "worlds"]);
    assert!(given_up.contains("given up; nothing is done") && !given_up.contains("201"), "{given_up}");
    let ended = said(&["CreateProduct", "Laptop"]);
    assert!(ended.contains("the input has ended; nothing is done") && !ended.contains("201"), "{ended}");
}

#[test]
fn wrong_input_is_said_and_nothing_is_done() {
    let wrong = [
        ("creat-product name=x", "did you mean `CreateProduct`?"),
        ("rewnd", "did you mean `rewind`?"),
        ("xyzzy", "`help` lists what there is"),
        ("99", "there is no command 99; there are 1 to 16"),
        ("1 Laptop", "`Laptop` is no FIELD=VALUE"),
        ("1 nam=x", "nam: is no field here; did you mean `name`?"),
        ("1 name=x name=y price=1", "name: is given twice"),
        ("1 name=x", "price: is missing"),
        ("1 name='x", "a ' is not closed"),
        ("14 product_id=p quantity=1.5", "quantity: \"1.5\" is not what it takes; expected a whole number"),
        ("6 customer_id=c items=laptop", "`laptop` is no PRODUCT QUANTITY [PRICE]"),
        ("rewind", "there is nothing to rewind"),
        ("rewind x", "`x` is no number"),
        ("redo", "there is nothing to redo"),
        ("trace", "no command yet"),
        ("log nowhere", "`nowhere` is no world"),
        ("show nothing", "nothing here is known as `nothing`"),
        ("policy strict", "`strict` is no policy"),
        ("open missing.toml", "missing.toml: cannot be read"),
        ("ask averge-price", "is no query; did you mean `AveragePrice`?"),
        ("ask one-order order=1", "order: is no field here"),
        ("save", "`save` takes FILE [replace]"),
        ("quit now", "`quit` takes nothing"),
    ];
    let lines: Vec<&str> = wrong.iter().map(|(line, _)| *line).collect();
    let text = said(&lines);
    for (line, words) in wrong {
        assert!(text.contains(words), "{line}: `{words}` is missing in:\n{text}");
    }
    assert!(!text.contains("201"), "{text}");
}

#[test]
fn a_beginning_that_fits_several_is_not_guessed_at() {
    says(
        &["1 name=Mouse price=1", "1 name=Mousepad price=2", "1 name=Mouse price=3", "3 product_id=mouse", "state"],
        &["`mouse` may be any of 2 of them: "],
    );
    let chosen = said(&["1 name=Mouse price=1", "1 name=Mousepad price=2", "3 product_id=mousep", "3 product_id=2"]);
    assert_eq!(chosen.matches("ProductDeactivatedEvent").count(), 3, "{chosen}");
}

#[test]
fn what_is_saved_plays_again_and_nothing_is_replaced_unasked() {
    let here = directory();
    file(here.path(), "mine.toml", "mine");
    let lines =
        "1 name=Laptop price=1\nmend\nsave mine.toml\nsave new.toml\nsave new.toml replace\nopen new.toml\nreset\n\n";
    let output = session(here.path(), &["--ephemeral"], lines);
    let text = stdout(&output);
    assert!(text.contains("mine.toml: is there already and was left alone"), "{text}");
    assert_eq!(std::fs::read(here.path().join("mine.toml")).ok().as_deref(), Some(b"mine".as_slice()));
    assert!(text.contains("saved as new.toml") && text.contains("from the next command on: mended"), "{text}");
    assert_eq!(text.matches("3 worlds agree").count(), 2, "{text}");
}

#[test]
fn tables_the_log_and_streams_are_exported_and_nothing_is_replaced_unasked() {
    let here = directory();
    let lines = "1 name=Laptop price=1\nexport state products p.csv\nexport log log.json\nexport log log.json\n\
                 export log log.txt\nexport nothing n.csv\n";
    let text = stdout(&session(here.path(), &["--ephemeral"], lines));
    assert!(text.contains("1 row saved as p.csv") && text.contains("1 row saved as log.json"), "{text}");
    assert!(text.contains("log.json: is there already and was left alone"), "{text}");
    assert!(text.contains("its name ends in .csv, .json or .md"), "{text}");
    assert!(text.contains("`nothing` is no table and no stream here"), "{text}");
    assert!(std::fs::read_to_string(here.path().join("p.csv")).unwrap_or_default().contains("Laptop"));
}

#[test]
fn a_playground_that_stays_is_continued() {
    let here = directory();
    session(here.path(), &["--dir", "shop"], "1 name=Laptop price=1\n");
    let output = session(here.path(), &["--dir", "shop"], "3 product_id=laptop\n");
    let text = stdout(&output);
    assert!(text.contains("playground: shop") && text.contains("it stands at #1"), "{text}");
    assert_eq!(text.matches("ProductDeactivatedEvent").count(), 3, "{text}");
}

#[test]
fn a_terminal_is_sent_nothing_to_obey() {
    let here = directory();
    let lines =
        b"1 name=\"a\x1b[31m\xc2\x9bb\" price=1\nstate\nlog\nlog state\nshow 1\ntrace sql\n\x07\n\xff\xfe\nworlds\n";
    let output = session(here.path(), &["--ephemeral"], lines);
    let text = stdout(&output);
    let obeyed = text.chars().filter(|letter| letter.is_control() && *letter != '\n').count();
    assert_eq!(obeyed, 0, "{text:?}");
    assert!(text.contains("a\\u{1b}[31m\\u{9b}b") && text.contains("not text in UTF-8"), "{text}");
    assert!(text.contains("3 worlds agree on everything"), "{text}");
}

#[test]
fn without_a_terminal_the_window_points_here() {
    let here = directory();
    let output = crate::run(here.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("diptych --plain"), "{}", stderr(&output));
}
