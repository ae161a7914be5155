//! The built-in scenarios: the same bytes every time and everywhere, expectations that are met, and worlds that agree.

use std::path::Path;

use crate::{directory, file, run, stderr, stdout};

const SCENARIOS: [&str; 4] = ["price-with-a-past", "life-of-an-order", "order-across-contexts", "refusals"];
const POLICIES: [&str; 3] = ["guide", "unit-of-work", "mended"];

/// Every part of a policy that differs from the guide's, alone.
const PARTS: [&str; 6] = [
    "guide,transaction=per-command",
    "guide,publishing=before-commit",
    "guide,publishing=outbox",
    "guide,concurrency=version-check",
    "guide,unchanged=skip",
    "guide,pipeline=logging+validation",
];

#[track_caller]
fn played(directory: &Path, arguments: &[&str]) -> String {
    let output = run(directory, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", stderr(&output));
    assert_eq!(stderr(&output), "", "{arguments:?}");
    stdout(&output)
}

#[test]
fn the_scenarios_under_the_guide_give_these_lines() {
    let here = directory();
    for scenario in SCENARIOS {
        insta::assert_snapshot!(scenario, played(here.path(), &["run", scenario, "--json"]));
    }
}

#[test]
fn a_run_for_people_reads_like_this() {
    let here = directory();
    insta::assert_snapshot!(played(here.path(), &["run", "order-across-contexts"]));
}

#[test]
fn the_same_bytes_twice_and_in_another_directory_under_every_policy() {
    let (here, there) = (directory(), directory());
    for scenario in SCENARIOS {
        for policy in POLICIES {
            let arguments = ["run", scenario, "--policy", policy, "--json"];
            let first = played(here.path(), &arguments);
            assert_eq!(first, played(here.path(), &arguments), "{scenario}, {policy}: a second time");
            assert_eq!(first, played(there.path(), &arguments), "{scenario}, {policy}: elsewhere");
            assert!(first.ends_with("{\"agree\":true}\n"), "{scenario}, {policy}");
        }
    }
}

#[test]
fn the_worlds_agree_under_each_part_of_a_policy_alone() {
    let here = directory();
    for scenario in SCENARIOS {
        for policy in PARTS {
            let lines = played(here.path(), &["run", scenario, "--policy", policy, "--json"]);
            assert!(lines.ends_with("{\"agree\":true}\n"), "{scenario}, {policy}");
        }
    }
}

#[test]
fn a_path_wins_over_a_name_and_a_file_copied_out_plays_the_same() {
    let here = directory();
    let shipped = played(here.path(), &["run", "price-with-a-past", "--json"]);
    let text = played(here.path(), &["scenarios", "show", "price-with-a-past"]);
    file(here.path(), "copy.toml", &text);
    assert_eq!(played(here.path(), &["run", "copy.toml", "--json"]), shipped);
    file(here.path(), "price-with-a-past", "title = \"mine\"\n[[scene]]\nsay = \"x\"\n");
    assert!(played(here.path(), &["run", "price-with-a-past"]).starts_with("mine\n"));
}

#[test]
fn one_world_alone_says_what_it_says_among_three() {
    let here = directory();
    let all = played(here.path(), &["run", "life-of-an-order", "--json"]);
    for world in ["state", "events", "hybrid"] {
        let alone = played(here.path(), &["run", "life-of-an-order", "--json", "--world", world]);
        let its = format!("\"world\":\"{world}\"");
        let among: String = all
            .lines()
            .filter(|line| line.contains(&its) || line.contains("agree"))
            .map(|line| format!("{line}\n"))
            .collect();
        assert_eq!(alone, among);
    }
}

#[test]
fn flags_win_over_the_file_and_several_files_are_one_stream() {
    let here = directory();
    file(
        here.path(),
        "seeded.toml",
        "title = \"t\"\nseed = 5\n[[scene]]\ndo = \"CreateProduct\"\nwith = { name = \"L\", price = \"1\" }\n",
    );
    let five = played(here.path(), &["run", "seeded.toml", "--json"]);
    let six = played(here.path(), &["run", "seeded.toml", "--json", "--seed", "6"]);
    assert_ne!(five, six);
    assert_eq!(five, played(here.path(), &["run", "seeded.toml", "--json", "--seed", "5"]));
    let both = played(here.path(), &["run", "seeded.toml", "seeded.toml", "--json"]);
    assert_eq!(both, format!("{five}{five}"), "each in a fresh playground");
    let text = played(here.path(), &["run", "seeded.toml", "--policy", "mended"]);
    assert!(text.contains("policy mended"), "{text}");
}

#[test]
fn an_expectation_that_is_not_met_ends_the_run_with_1_and_says_where() {
    let here = directory();
    let scenes = "title = \"t\"\n[[scene]]\nsay = \"x\"\n[[scene]]\ndo = \"ShipOrder\"\nwith = { order_id = \"o\" }\n\
                  expect = { status = 400 }\n[[scene]]\ndo = \"ShipOrder\"\nwith = { order_id = \"o\" }\n";
    file(here.path(), "unmet.toml", scenes);
    for mode in [&["run", "unmet.toml", "--json"][..], &["run", "unmet.toml"]] {
        let output = run(here.path(), mode);
        assert_eq!(output.status.code(), Some(1));
        let message = "diptych: unmet.toml: scene 2: state: expected 400, got 404 not found \"Order not found\"\n";
        assert_eq!(stderr(&output), message);
    }
    assert_eq!(stdout(&run(here.path(), &["run", "unmet.toml", "--json"])).lines().count(), 3, "the run ends there");
}

#[test]
fn worlds_that_disagree_end_the_run_with_1_and_the_first_difference() {
    let here = directory();
    file(
        here.path(),
        "one.toml",
        "title = \"t\"\n[[scene]]\ndo = \"CreateProduct\"\nwith = { name = \"L\", price = \"1\" }\n",
    );
    file(here.path(), "none.toml", "title = \"t\"\n[[scene]]\nsay = \"x\"\n");
    played(here.path(), &["run", "one.toml", "--store", "shop"]);
    let database = rusqlite::Connection::open(here.path().join("shop/state.db")).expect("it is a database");
    database.execute("UPDATE products SET price = '2'", ()).expect("anybody may write into a file of their own");
    drop(database);
    let output = run(here.path(), &["run", "none.toml", "--store", "shop", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).starts_with("diptych: none.toml: at the end the worlds disagree: product-"));
    let lines = stdout(&output);
    let last = lines.lines().last().expect("there are lines");
    assert!(last.starts_with("{\"agree\":false,\"difference\":{\"of\":\"product-"), "{last}");
    assert!(
        last.ends_with("\"field\":\"price\",\"values\":{\"state\":\"2\",\"events\":\"1\",\"hybrid\":\"1\"}}}"),
        "{last}"
    );
    let output = run(here.path(), &["run", "none.toml", "--store", "shop"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("The worlds disagree: product-"), "{}", stdout(&output));
}

#[test]
fn the_real_clock_and_full_durability_play_too() {
    let here = directory();
    let lines = played(here.path(), &["run", "refusals", "--clock", "real", "--sync", "full", "--json"]);
    assert!(lines.ends_with("{\"agree\":true}\n"));
    assert!(!lines.contains("2024-01-01T10:00:00Z"));
}

#[test]
fn what_data_holds_never_reaches_the_terminal_as_it_is() {
    let here = directory();
    let text = "title = \"t\\u001b[2J\"\n[[scene]]\nsay = \"a\\u001b[31mb\"\ndo = \"CreateProduct\"\n\
                with = { name = \"\\u001b]0;x\\u0007\\u009b31m\\u007f\", price = \"1\" }\n";
    file(here.path(), "escape.toml", text);
    for arguments in
        [&["run", "escape.toml"][..], &["run", "escape.toml", "--json"], &["run", "escape.toml", "--trace"]]
    {
        let output = played(here.path(), arguments);
        assert!(output.chars().all(|letter| letter == '\n' || !letter.is_control()), "{output:?}");
    }
}
