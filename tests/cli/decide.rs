//! `diptych decide`: answers in, a decision out.

use std::io::Write;
use std::path::Path;
use std::process::{Output, Stdio};

use serde_json::Value;

use crate::{diptych, directory, file, run, stderr, stdout};

fn json(output: &Output) -> Vec<Value> {
    assert!(output.status.success(), "{}", stderr(output));
    stdout(output).lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}

fn asked(directory: &Path, lines: &str, arguments: &[&str]) -> Output {
    let mut child = diptych(directory)
        .arg("decide")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program was built for this test");
    child.stdin.take().expect("it was piped").write_all(lines.as_bytes()).expect("it reads");
    child.wait_with_output().expect("it ends")
}

#[test]
fn answers_give_the_path_and_the_guides_pattern() {
    let here = directory();
    let answers = "rules=yes,audit=yes,temporal=no,experience=high";
    let lines = json(&run(here.path(), &["decide", "--answers", answers, "--context", "orders", "--format", "json"]));
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0]["context"], "orders");
    assert_eq!(lines[0]["path"], serde_json::json!(["rules=yes", "audit=yes", "temporal=no", "experience=high"]));
    assert_eq!(lines[0]["guide"], "event-sourced");
}

#[test]
fn several_contexts_make_a_hybrid() {
    let here = directory();
    let shop = stdout(&run(here.path(), &["decide", "--print", "shop"]));
    file(here.path(), "contexts.toml", shop);
    let lines = json(&run(here.path(), &["decide", "--answers", "contexts.toml", "--format", "json"]));
    assert_eq!(lines, json(&run(here.path(), &["decide", "--shop", "--format", "json"])));
    assert_eq!(lines[4]["application"], "hybrid");
    assert_eq!(lines[4]["wiring"]["ordering"], "event-sourced");
}

#[test]
fn a_wrong_answer_is_named() {
    let here = directory();
    for (arguments, what) in [
        (
            ["--answers", "rules=yes"],
            "context: audit is not answered: Audit requirements?; expected audit=yes|no|unknown",
        ),
        (["--answers", "rules=maybe"], "rules: `maybe` is no answer"),
        (["--answers", "rule=yes"], "did you mean `rules`?"),
        (["--answers", "rules=yes,rules=no"], "rules: is answered twice, yes and no"),
        (["--answers", "nowhere.toml"], "nowhere.toml: cannot be read"),
        (["--framework", "nowhere.toml"], "nowhere.toml: cannot be read"),
    ] {
        let output = run(here.path(), &[&["decide"][..], &arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(what), "{}", stderr(&output));
        assert_eq!(stdout(&output), "");
    }
    let weights = run(here.path(), &["decide", "--shop", "--weights", "audit=10"]);
    assert!(stderr(&weights).contains("--weights: audit: `10` is no weight; expected 0 to 9"), "{}", stderr(&weights));
}

#[test]
fn it_asks_line_by_line_and_only_what_lies_on_the_way() {
    let here = directory();
    let output = asked(here.path(), "?\nperhaps\nno\n\nyes\n", &["--format", "json"]);
    let decided = json(&output);
    assert_eq!(decided[0]["path"], serde_json::json!(["rules=no"]));
    assert_eq!(decided[0]["answers"], serde_json::json!({ "rules": "no", "temporal": "yes" }));
    let told = stderr(&output);
    assert!(told.contains("Complex business rules? [yes/no/unknown] ?\nMore than checking fields"), "{told}");
    assert!(told.contains("that is no answer; there are: yes, no, unknown"), "{told}");
    let cut = asked(here.path(), "yes\n", &[]);
    assert_eq!(cut.status.code(), Some(2));
    assert!(stderr(&cut).contains("audit is not answered"), "{}", stderr(&cut));
}

#[test]
fn a_framework_of_ones_own_is_used_and_a_broken_one_is_refused_with_its_line() {
    let here = directory();
    let guide = stdout(&run(here.path(), &["decide", "--print", "guide"]));
    file(here.path(), "own.toml", guide.replace("no = \"SIMPLE\"", "no = \"COMPLEX\""));
    let arguments = ["decide", "--framework", "own.toml", "--answers", "rules=no", "--format", "json"];
    assert_eq!(json(&run(here.path(), &arguments))[0]["guide"], "event-sourced");
    file(here.path(), "own.toml", guide.replace("low = \"SIMPLE\"", "low = \"Q1\""));
    let broken = run(here.path(), &arguments);
    assert_eq!(broken.status.code(), Some(2));
    assert!(stderr(&broken).starts_with("diptych: own.toml:"), "{}", stderr(&broken));
    assert!(stderr(&broken).contains("the chart goes in a circle"), "{}", stderr(&broken));
}

#[test]
fn the_record_is_written_once_and_its_commands_run() {
    let here = directory();
    let arguments = ["decide", "--shop", "--format", "madr", "--out", "record.md"];
    assert!(run(here.path(), &arguments).status.success());
    let again = run(here.path(), &arguments);
    assert_eq!(again.status.code(), Some(2));
    assert!(stderr(&again).contains("record.md: is there already"), "{}", stderr(&again));
    assert!(run(here.path(), &[&arguments[..], &["--force"]].concat()).status.success());
    let record = std::fs::read_to_string(here.path().join("record.md")).expect("it was written");
    let commands =
        record.split("```sh\n").nth(1).and_then(|rest| rest.split("```").next()).expect("there are commands");
    assert!(commands.lines().count() >= 3, "{commands}");
    for command in commands.lines() {
        let words: Vec<_> = command.split(' ').collect();
        let output = run(here.path(), &words[1..]);
        assert!(words[0] == "diptych" && output.status.success(), "{command}: {}", stderr(&output));
    }
}

#[test]
fn every_rungs_command_runs() {
    let here = directory();
    let recommender = stdout(&run(here.path(), &["decide", "--print", "recommender"]));
    let commands: Vec<_> = recommender.lines().filter_map(|line| line.strip_prefix("run     = \"diptych ")).collect();
    assert_eq!(commands.len(), 6);
    // Benchmarks take long; that there is such a one is said by the help.
    for command in commands.iter().map(|command| command.trim_end_matches('"')).filter(|one| !one.starts_with("bench "))
    {
        let output = run(here.path(), &command.split(' ').collect::<Vec<_>>());
        assert!(output.status.success(), "{command}: {}", stderr(&output));
    }
}

#[test]
fn a_decision_for_people_reads_like_this() {
    let here = directory();
    insta::assert_snapshot!(stdout(&run(
        here.path(),
        &["decide", "--answers", "rules=yes,audit=unknown,temporal=yes,performance=yes"]
    )));
}
