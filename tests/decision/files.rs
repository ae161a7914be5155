//! Frameworks and answers from files: what is wrong is said with its line.

use std::path::Path;

use diptych::decision::{Answers, Case, Framework};

use crate::shipped;

fn asset(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/decision").join(name)).unwrap()
}

/// The guide's file with one text changed.
fn changed(name: &str, from: &str, to: &str) -> String {
    let text = asset(name);
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

#[track_caller]
fn refused(text: &str, line_holds: &str, what: &str) {
    let mistake = Framework::read("my.toml", text).expect_err(what);
    let line = text.lines().nth(mistake.line - 1).unwrap_or_default();
    assert!(line.contains(line_holds) && mistake.what.contains(what), "at `{line}`: {}", mistake.what);
    assert!(mistake.to_string().starts_with(&format!("my.toml:{}:", mistake.line)), "{mistake}");
}

#[test]
fn a_copy_of_what_is_shipped_is_a_framework() {
    let (guide, method) = (asset("guide.toml"), asset("recommender.toml"));
    assert_eq!(Framework::read("my.toml", &guide).unwrap(), shipped());
    assert_eq!(Framework::read("my.toml", &method).unwrap(), shipped());
    // `label` has to stand before the first table, as every plain key.
    let (label, rest) = method.split_once("\n\n# The ladder").unwrap();
    assert_eq!(Framework::read("my.toml", &format!("{label}\n{guide}\n#{rest}")).unwrap(), shipped());
}

#[test]
fn a_chart_that_leads_nowhere_is_refused_with_its_line() {
    let guide = |from, to| changed("guide.toml", from, to);
    refused(
        &guide("low = \"SIMPLE\"", "low = \"Q1\""),
        "\"Q5\"",
        "the chart goes in a circle: `Q5` leads back to `Q1`",
    );
    refused(&guide("yes = \"Q3\"", "yes = \"Q4\""), "\"Q3\"", "no answer leads to `Q3`");
    refused(&guide("yes = \"Q3\"", "yes = \"Q33\""), "Q33", "the chart has no node `Q33`; did you mean `Q3`?");
    refused(&guide("{ yes = \"Q3\", ", "{ "), "next     = { no", "the answer `yes` of `Q2` leads nowhere");
    refused(&guide("start = \"Q1\"", "start = \"Q2\""), "\"Q1\"", "no answer leads to `Q1`");
    refused(&guide("start = \"Q1\"", "start = \"Q9\""), "Q9", "the chart has no question `Q9`");
    refused(&guide("question = \"audit\"", "question = \"audits\""), "audits", "did you mean `audit`?");
    refused(&guide("pattern = \"simple\"", "pattern = \"hybrid\""), "hybrid", "is no pattern that a context can have");
    refused(&guide("id      = \"COMPLEX\"", "id      = \"SIMPLE\""), "", "no node `COMPLEX`");
}

#[test]
fn a_missing_text_is_refused_with_its_line() {
    let guide = |from, to| changed("guide.toml", from, to);
    refused(&guide("ask     = \"Audit requirements?\"\n", ""), "[[question]]", "ask: is missing");
    refused(&guide("\"Audit requirements?\"", "\" \""), "ask", "ask: is empty");
    refused(&guide("infrastructure = \"Any database\"\n", ""), "[[pattern]]", "infrastructure: is missing");
    refused(&guide("\"fits: Any level\"", "\"good: Any level\""), "good", "simple: expected \"fits: …\"");
    refused(&guide("stars          = 2", "stars          = 6"), "stars", "stars: expected 1 to 5");
    refused(&guide("answers = [\"high\", \"low\"]", "answers = [\"high\"]"), "experience", "has too few answers");
    refused(&guide("title    =", "titel    ="), "titel", "did you mean `title`?");
}

#[test]
fn what_is_wrong_in_a_method_is_refused_with_its_line() {
    let method = |from, to| changed("recommender.toml", from, to);
    refused(
        &method("points = [0, 0, 0, 0, 1, 1]", "points = [0, 1]"),
        "[0, 1]",
        "points: has 2; expected one for each rung",
    );
    refused(&method("source = \"khononov\"", "source = \"kononov\""), "kononov", "did you mean `khononov`?");
    refused(&method("weight = 3", "weight = 30"), "30", "weight: expected 0 to 9");
    refused(&method("id     = \"audit\"", "id     = \"rules\""), "rules", "there are two criteria for this question");
    refused(
        &method("when    = { contention = \"high\" }", "when    = { contention = \"hi\" }"),
        "hi",
        "there is no `hi`",
    );
    refused(&method("forbids = [\"state\"]", "forbids = [\"stat\"]"), "stat", "did you mean `state`?");
    refused(&method("  is     = \"no\"", "  is     = \"yes\""), "[[criterion]]", "nothing is said about `no`");
    refused("", "", "there is no framework in it");
    refused("title = ", "title", "not TOML");
}

#[test]
fn wrong_answers_are_named() {
    let framework = shipped();
    let wrong = |text: &str| Answers::read(&framework, text).expect_err(text);
    assert_eq!(wrong("rule=yes"), "`rule` is no question; did you mean `rules`?");
    assert_eq!(wrong("rules=perhaps"), "rules: `perhaps` is no answer; there are: yes, no, unknown");
    assert_eq!(wrong("rules=yes,rules=no"), "rules: is answered twice, yes and no");
    assert_eq!(wrong("rules"), "`rules` is no answer; expected QUESTION=ANSWER, as in rules=yes,audit=yes");
    assert!(Answers::read(&framework, "rules=yes, rules=yes,").is_ok());
}

#[test]
fn contexts_are_read_in_the_order_of_their_file() {
    let framework = shipped();
    let read = |text: &str| Case::read_all(&framework, "my.toml", text);
    let cases = read("[[context]]\nname = \"b\"\nrules = \"no\"\n[[context]]\nname = \"a\"\n").unwrap();
    assert_eq!(cases.iter().map(|case| case.name.as_str()).collect::<Vec<_>>(), ["b", "a"]);
    let wrong = |text: &str| read(text).expect_err(text).to_string();
    assert!(
        wrong("[[context]]\nname = \"a\"\nrules = \"nope\"").starts_with("my.toml:3:9: rules: `nope` is no answer")
    );
    assert!(wrong("[[context]]\nname = \"a\"\nrulez = \"no\"").starts_with("my.toml:3:1: `rulez` is no question"));
    assert!(wrong("[[context]]\nrules = \"no\"").contains("name: is missing"));
    assert!(wrong("[[context]]\nname = \"a\"\n[[context]]\nname = \"a\"").contains("there are two contexts `a`"));
    assert!(wrong("").contains("context: is missing"));
}
