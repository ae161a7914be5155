//! `diptych measure`, and what it measured in a decision.

use serde_json::Value;

use crate::{directory, everything, run, stderr, stdout};

#[test]
fn what_was_measured_enters_the_decision_with_its_settings() {
    let here = directory();
    let small =
        ["--commands-a-day", "20", "--events-per-aggregate", "5", "--reads-per-write", "1", "--read-models", "1"];
    let output = run(here.path(), &[&["measure", "--json", "--dir", "."][..], &small].concat());
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(everything(here.path()), [], "the files are removed");
    let evidence: Value = serde_json::from_str(&stdout(&output)).expect("it is JSON");
    assert_eq!(evidence["settings"]["commands"], 20);
    assert_eq!(evidence["figures"].as_array().map(Vec::len), Some(3));
    std::fs::write(here.path().join("run.json"), stdout(&output)).expect("the test may write there");
    let decide = ["decide", "--answers", "rules=no", "--evidence", "run.json", "--format"];
    let json = stdout(&run(here.path(), &[&decide[..], &["json"]].concat()));
    let decided: Value = serde_json::from_str(&json).expect("it is JSON");
    let measured: Vec<_> =
        decided["measured"].as_array().expect("it is there").iter().map(|one| &one["question"]).collect();
    assert_eq!(measured, ["performance", "length", "freshness"]);
    assert_eq!(decided["measured"][0]["settings"]["settings"]["commands"], 20);
    let record = stdout(&run(here.path(), &[&decide[..], &["madr"]].concat()));
    assert!(record.contains("* Measured: a command took state "), "{record}");
    assert!(record.contains("diptych decide --evidence run.json --context context --answers rules=no"), "{record}");
    let text = stdout(&run(here.path(), &[&["measure"][..], &small].concat()));
    assert!(text.contains("20 commands over 4 orders for each, policy mended"), "{text}");
    assert!(text.contains("s state, e events, n events-snapshots"), "{text}");
}

#[test]
fn numbers_that_cannot_be_run_and_evidence_that_is_none_are_named() {
    let here = directory();
    let output = run(here.path(), &["measure", "--events-per-aggregate", "4"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("events per aggregate: 4 cannot be run; expected 5 to 5000"),
        "{}",
        stderr(&output)
    );
    std::fs::write(here.path().join("run.json"), "{\"load\":1}").expect("the test may write there");
    let output = run(here.path(), &["decide", "--shop", "--evidence", "run.json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("run.json:1:9: is no evidence"), "{}", stderr(&output));
}
