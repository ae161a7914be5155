//! Bad input: exit status 2, a message that names the file and the field, and nothing written.

use std::path::Path;
use std::process::Stdio;

use crate::{diptych, directory, everything, file, run, stderr, stdout};

const FINE: &str = "title = \"t\"\n[[scene]]\ndo = \"CreateProduct\"\nwith = { name = \"Laptop\", price = \"1\" }\n";

/// What one field of one command was given, and what must be said about it.
fn scene(scene: &str) -> String {
    format!("title = \"t\"\n[[scene]]\n{scene}\n")
}

/// A command with a fault.
fn faulty(fault: &str) -> String {
    scene(&format!("do = \"CreateProduct\"\nwith = {{ name = \"L\", price = \"1\" }}\nfault = {fault}"))
}

/// Runs the arguments, and asserts that they are turned down with these words and that nothing has changed on disk.
#[track_caller]
fn turned_down(directory: &Path, arguments: &[&str], words: &[&str]) {
    let before = everything(directory);
    let output = run(directory, arguments);
    let message = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {message}");
    assert!(message.starts_with("diptych: "), "{message}");
    for word in words {
        assert!(message.contains(word), "{arguments:?}: `{word}` is missing in: {message}");
    }
    assert_eq!(stdout(&output), "", "a bad file plays nothing");
    assert!(everything(directory) == before, "{arguments:?} changed something on disk");
}

#[test]
fn a_file_that_is_not_there_or_cannot_be_read() {
    let here = directory();
    turned_down(here.path(), &["run", "missing.toml"], &["missing.toml", "No such file"]);
    turned_down(here.path(), &["run", "price-with-a-pas"], &["did you mean `price-with-a-past`?"]);
    turned_down(here.path(), &["run", "."], &[".: is a directory"]);
    file(here.path(), "latin.toml", b"title = \"caf\xe9\"");
    turned_down(here.path(), &["run", "latin.toml"], &["latin.toml:1:13", "UTF-8"]);
}

#[test]
fn a_scenario_of_10_mb_is_not_even_read() {
    let here = directory();
    file(here.path(), "large.toml", "#\n".repeat(5_000_000));
    turned_down(here.path(), &["run", "large.toml"], &["large.toml", "larger than 5 MB"]);
}

#[test]
fn what_is_wrong_in_a_file_is_told_with_file_line_column_and_field() {
    let product = |price: &str| scene(&format!("do = \"CreateProduct\"\nwith = {{ name = \"L\", price = {price} }}"));
    let stock = |quantity: &str| {
        scene(&format!("do = \"ReceiveStock\"\nwith = {{ product_id = \"p\", quantity = {quantity} }}"))
    };
    let bad: [(String, &[&str]); 24] = [
        ("title = ".to_owned(), &["bad.toml:1:9", "not TOML"]),
        (scene("do = \"CreatProduct\""), &["bad.toml:3:6", "did you mean `CreateProduct`?"]),
        (scene("do = \"ShipOrder\"\nwith = { order = \"x\" }"), &["bad.toml:4:10", "order: is no field", "`order_id`"]),
        (scene("do = \"ShipOrder\""), &["bad.toml:3:6", "order_id: is missing"]),
        (scene("do = \"ShipOrder\"\nwith = { order_id = 7 }"), &["bad.toml:4:21", "order_id: 7", "as text"]),
        (
            scene("do = \"ShipOrder\"\nwith = { order_id = \"@o\" }"),
            &["bad.toml:4:21", "`@o` is used before it is bound"],
        ),
        (scene("do = \"ShipOrder\"\nwith = { order_id = \"a\\u0007\" }"), &["order_id: ", "control character"]),
        (product("\"12,50\""), &["bad.toml:4:30", "price: `12,50` is not a decimal"]),
        (product("\"NaN\""), &["price: `NaN` is not a decimal"]),
        (product("12.5"), &["price: 12.5", "in quotes"]),
        (product("\"1234567890123456789012345678901234567890\""), &["price: ", "too many digits"]),
        (stock("1.5"), &["quantity: 1.5", "a whole number"]),
        (stock("\"two\""), &["quantity: \"two\"", "a whole number"]),
        (stock("\"2\""), &["quantity: \"2\"", "a whole number"]),
        (scene("say = \"x\"\nfault = { at = \"committed:1\" }"), &["bad.toml:4:1", "belongs to a command"]),
        (faulty("{ kind = \"crash\" }"), &["bad.toml:5:9", "at is missing"]),
        (faulty("{ at = \"commited:1\", kind = \"crash\" }"), &["bad.toml:5:16", "did you mean `committed`?"]),
        (faulty("{ at = \"committed\", kind = \"crash\" }"), &["bad.toml:5:16", "expected KIND:N"]),
        (faulty("{ at = \"committed:0\", kind = \"crash\" }"), &["bad.toml:5:16", "which committed"]),
        (faulty("{ at = \"committed:1\", kind = \"burn\" }"), &["bad.toml:5:38", "`burn` is no fault"]),
        (faulty("{ at = \"saving:1\", kind = \"fail\", world = \"stat\" }"), &["bad.toml:5:51", "`state`"]),
        (faulty("{ at = \"saving:1\", kind = \"fail\", delay = \"1s\" }"), &["bad.toml:5:43", "belongs to kind"]),
        (faulty("{ at = \"saving:1\", kind = \"slow\", delay = \"1y\" }"), &["bad.toml:5:51", "no duration"]),
        (faulty("[7]"), &["bad.toml:5:10", "expected a table"]),
    ];
    for (text, words) in bad {
        let here = directory();
        file(here.path(), "bad.toml", &text);
        turned_down(here.path(), &["run", "bad.toml"], words);
        turned_down(here.path(), &["run", "bad.toml", "--store", "shop"], words);
    }
}

#[test]
fn one_bad_file_among_several_plays_none() {
    let here = directory();
    file(here.path(), "fine.toml", FINE);
    file(here.path(), "bad.toml", "title = 1");
    turned_down(here.path(), &["run", "fine.toml", "bad.toml", "--store", "shop"], &["bad.toml:1:9", "title: 1"]);
}

#[test]
fn flags_that_mean_nothing() {
    let here = directory();
    turned_down(here.path(), &["run", "refusals", "--policy", "mend"], &["--policy", "did you mean `mended`?"]);
    turned_down(
        here.path(),
        &["run", "refusals", "--wiring", "orders=events"],
        &["--wiring", "`orders` is no context"],
    );
    turned_down(here.path(), &["run", "refusals", "--world", "mars"], &["--world", "mars"]);
    turned_down(here.path(), &["run", "refusals", "--seed", "-1"], &["--seed"]);
    turned_down(here.path(), &["run"], &["FILE"]);
    turned_down(here.path(), &["rum"], &["rum"]);
    turned_down(here.path(), &["run", "refusals", "--policy", "a\u{9b}b"], &["a\\u{9b}b"]);
    turned_down(here.path(), &["run", "a\x1bb"], &["a\\u{1b}b: cannot be read"]);
}

#[test]
fn a_playground_that_is_a_file_or_somebody_elses_directory() {
    let here = directory();
    file(here.path(), "fine.toml", FINE);
    turned_down(here.path(), &["run", "fine.toml", "--store", "fine.toml"], &["fine.toml: is a file"]);
    turned_down(here.path(), &["run", "fine.toml", "--store", "."], &["holds files, and no playground"]);
}

#[cfg(unix)]
#[test]
fn a_playground_in_a_directory_that_is_read_only() {
    use std::fs::{Permissions, create_dir, set_permissions};
    use std::os::unix::fs::PermissionsExt;

    let here = directory();
    file(here.path(), "fine.toml", FINE);
    let locked = here.path().join("locked");
    create_dir(&locked).expect("the test may make a directory");
    set_permissions(&locked, Permissions::from_mode(0o555)).expect("it is the test's own");
    // Whoever may write everywhere, as root may, cannot see this refusal.
    if std::fs::write(locked.join("probe"), "").is_err() {
        turned_down(here.path(), &["run", "fine.toml", "--store", "locked"], &["locked", "written to"]);
    }
    set_permissions(&locked, Permissions::from_mode(0o755)).expect("it is the test's own");
}

/// A playground with one product in it.
fn playground(here: &Path) {
    file(here, "fine.toml", FINE);
    let output = run(here, &["run", "fine.toml", "--store", "shop"]);
    assert!(output.status.success(), "{}", stderr(&output));
}

#[cfg(unix)]
#[test]
fn a_file_that_one_may_not_read() {
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt;

    let here = directory();
    let secret = file(here.path(), "secret.toml", FINE);
    set_permissions(&secret, Permissions::from_mode(0o000)).expect("it is the test's own");
    // Whoever may read everything, as root may, cannot see this refusal.
    if std::fs::read(&secret).is_err() {
        turned_down(here.path(), &["run", "secret.toml"], &["secret.toml", "permissions"]);
    }
}

#[test]
fn a_playground_that_another_process_has_open() {
    let here = directory();
    playground(here.path());
    let log = std::fs::File::options().append(true).open(here.path().join("shop/inputs.jsonl")).expect("it is there");
    log.try_lock().expect("nobody has it");
    let words = ["shop: another diptych has this playground open"];
    turned_down(here.path(), &["run", "fine.toml", "--store", "shop"], &words);
    turned_down(here.path(), &["query", "average-price", "--dir", "shop"], &words);
}

#[test]
fn a_playground_of_a_newer_format() {
    let here = directory();
    playground(here.path());
    let settings = here.path().join("shop/playground.toml");
    let text = std::fs::read_to_string(&settings).expect("a playground has settings");
    std::fs::write(&settings, text.replace("format = 1", "format = 99")).expect("it is the test's own");
    turned_down(here.path(), &["run", "fine.toml", "--store", "shop"], &["playground.toml", "format 99", "newer"]);
    turned_down(here.path(), &["query", "average-price", "--dir", "shop"], &["playground.toml", "format 99"]);
}

#[test]
fn a_database_of_a_newer_schema() {
    let here = directory();
    playground(here.path());
    let database = rusqlite::Connection::open(here.path().join("shop/hybrid.db")).expect("it is a database");
    database.pragma_update(None, "user_version", 99).expect("it can be written");
    drop(database);
    turned_down(here.path(), &["run", "fine.toml", "--store", "shop"], &["hybrid.db", "version 99", "newer"]);
}

#[test]
fn a_corrupt_database_is_named_and_left_as_it_is() {
    let here = directory();
    playground(here.path());
    for content in [b"this is no database, and has never been one".repeat(500), b"?".to_vec()] {
        file(&here.path().join("shop"), "events.db", content);
        for suffix in ["-wal", "-shm"] {
            // There is none when the last connection was closed in order.
            let _ = std::fs::remove_file(here.path().join(format!("shop/events.db{suffix}")));
        }
        turned_down(here.path(), &["run", "fine.toml", "--store", "shop"], &["events.db"]);
        turned_down(here.path(), &["query", "average-price", "--dir", "shop"], &["events.db"]);
    }
}

#[test]
fn another_seed_or_another_wiring_than_a_playground_was_begun_with() {
    let here = directory();
    playground(here.path());
    turned_down(here.path(), &["run", "fine.toml", "--store", "shop", "--seed", "9"], &["shop", "seed 1, not 9"]);
    turned_down(
        here.path(),
        &["run", "fine.toml", "--store", "shop", "--wiring", "catalog=events"],
        &["shop", "was begun with the wiring catalog=state"],
    );
}

#[test]
fn questions_to_no_playground_and_questions_that_are_none() {
    let here = directory();
    turned_down(here.path(), &["query", "average-price", "--dir", "nowhere"], &["nowhere: holds no playground"]);
    turned_down(here.path(), &["query", "average-price"], &["data/diptych: holds no playground"]);
    turned_down(here.path(), &["query", "avrage-price"], &["no query"]);
    turned_down(here.path(), &["query", "active-products-under"], &["price: is missing"]);
    turned_down(here.path(), &["query", "active-products-under", "price=12,50"], &["price: `12,50` is not a decimal"]);
    turned_down(here.path(), &["query", "active-products-under", "prize=1"], &["prize: is no field", "`price`"]);
    turned_down(here.path(), &["query", "active-products-under", "price"], &["FIELD=VALUE"]);
    turned_down(here.path(), &["scenarios", "show", "refusal"], &["did you mean `refusals`?"]);
    turned_down(here.path(), &["commands", "ship-order"], &["did you mean `ShipOrder`?"]);
}

#[test]
fn without_a_terminal_there_is_no_window_but_there_are_subcommands() {
    let here = directory();
    turned_down(here.path(), &[], &["needs a terminal", "diptych run", "--help"]);
}

#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let here = directory();
    for arguments in [&["run", "refusals", "--json"][..], &["--help"], &["completions", "bash"], &["scenarios"]] {
        let (reader, writer) = std::io::pipe().expect("the system has pipes");
        drop(reader);
        let child = diptych(here.path()).args(arguments).stdout(writer).stderr(Stdio::piped()).spawn();
        let output = child.and_then(|child| child.wait_with_output()).expect("the program was built for this test");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(stderr(&output), "", "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_standard_output_that_is_full_says_so() {
    let here = directory();
    let full = std::fs::File::options().write(true).open("/dev/full").expect("this system has it");
    let output = diptych(here.path()).args(["run", "refusals"]).stdout(full).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).starts_with("diptych: standard output cannot be written: "), "{}", stderr(&output));
}
