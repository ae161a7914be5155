//! Decide: the whole questionnaire by keys and by mouse, with an answer corrected, pages, contexts, saving.

use diptych::decision::Framework;
use diptych::engine::scenario::Scenario;
use diptych::tui::{Kept, Setup};
use diptych::world::{Directory, Opening};

use crate::journey::{Journey, appearance, open_at, start};

fn decide() -> Journey {
    let journey = open_at(120, 36);
    journey.press("2").see("The guide, Step 1");
    journey
}

/// A context of one's own that nothing is answered about.
fn fresh() -> Journey {
    let journey = decide();
    journey.press("a").see("a bounded context").type_text("billing").press("enter").see("▸billing ?");
    journey
}

#[test]
fn tabs_are_changed_by_key_and_by_mouse_and_remembered() {
    let journey = decide();
    journey.click("Explore").see("STATE").see("EVENTS");
    journey.click("Decide").see("The guide, Step 1").press("?").see("type to search").press("esc");
    journey.press("1").see("STATE").press("2").see("The guide, Step 1");
    let system = journey.system.clone();
    journey.leave().unwrap();
    let setup = Setup { kept: Kept::read(&system.kept().to_text()).unwrap(), ..Setup::from(appearance()) };
    let opening = Opening::of(Directory::ephemeral().unwrap());
    let scenario = Scenario::parse("title = \"x\"\n[[scene]]\nsay = \"x\"", "test").unwrap();
    let again = start(opening, scenario, setup, 120, 36);
    again.see("The guide, Step 1").see("● live").press("1").see("STATE");
}

#[test]
fn the_questionnaire_by_keys_with_a_correction() {
    let journey = fresh();
    journey.see("not answered yet").press("y").see("▸Q2").press("n").see("▸Q4").press("n").see("▸Q5");
    journey.press("l").see_row(&["The guide, Step 1", "Simple Entity + State"]).see("▸billing simple");
    journey.press("h").see_row(&["The guide, Step 1", "Aggregate Root + Events"]).see("▸billing event-sourced");
    // Back to the second question: audit is needed after all, and the way goes on elsewhere.
    journey.press("up up up").see("▸Q2").press("y").see("▸Q3").see("not answered yet");
    journey.press("n").see_row(&["The guide, Step 1", "Aggregate Root + Events"]);
    journey.press("R").see("not answered yet").see("▸Q1");
}

#[test]
fn the_questionnaire_by_mouse() {
    let journey = fresh();
    // Beside the question, and in the chart.
    journey.click("yes   no").see("▸Q2").click("no   don't").see("▸Q4").click("no   don't").see("▸Q5");
    journey.click("low   don't").see("▸billing simple").click("Audit req").see("▸Q2").click("yes  [no]").see("▸Q3");
    journey.see("▸billing ?").click("yes──▶").see("▸billing event-sourced");
    journey.click("ordering").see("▸ordering event-sourced");
    journey
        .click("Plan")
        .see("1. Design Aggregate Boundaries")
        .click("[ ] 1")
        .see("[✓] 1")
        .click("[✓] 1")
        .see_no("[✓] 1");
}

#[test]
fn who_does_not_know_sees_both_branches() {
    let journey = fresh();
    journey.press("y d").see("no?").see("yes?").see("▸Q3").see("not answered yet");
    journey.press("y").see("▸Q4").press("y").see("2 ways, not one end");
}

#[test]
fn pages_turn_weights_move_and_the_recommendation_follows() {
    let journey = decide();
    journey.press("t").see("▸ordering").see("Event sourcing").press("v").see("What the chart does not ask");
    journey
        .press("end")
        .see_row(&["▸length", "×2"])
        .press("+ +")
        .see_row(&["▸length", "×4"])
        .press("- -")
        .see_row(&["×2"]);
    journey.press("n").see_row(&["length", "long"]).press("V").see("Event sourcing with snapshots");
    journey
        .press("v v")
        .see("The matrix")
        .see("★★★★★")
        .press("v")
        .see("6. Build Projections")
        .press("enter")
        .see("[✓] 1");
    journey.press("y").see("› tab goes to the chart, v to the questions");
}

#[test]
fn a_question_tells_everything_about_itself() {
    let journey = decide();
    journey.press("i").see("What an answer is worth (weight 1)").see("Vlad Khononov, “Learning Domain-Driven Design”:");
    journey.press("esc").see_no("What an answer is worth").click("Audit requirements").click("Audit requirements");
    journey.see("Martin Fowler, “Audit Log”:");
}

#[test]
fn contexts_come_and_go() {
    let journey = fresh();
    journey.press("a").type_text("billing").press("enter").see("› there is a context billing already");
    journey.press("X").see_no("billing").press("X X X").see("inventory").press("X").see("› there is only this context");
    journey.press("R W").see("› no context is decided yet");
}

#[test]
fn a_decision_is_saved_once_and_asked_about_before_it_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let journey = decide();
    let path = folder.path().join("record.md");
    let save = |path: &std::path::Path| {
        journey.press("W").see("save the decision").press("ctrl-u").paste(path.to_str().unwrap()).press("enter");
    };
    save(&path);
    journey.see("✓ the decision saved as");
    let record = std::fs::read_to_string(&path).unwrap();
    assert!(record.starts_with("# How catalog, ordering, customers, inventory are remembered\n"), "{record}");
    assert!(record.contains("diptych decide --context 'catalog' --answers rules=no,"), "{record}");
    std::fs::write(&path, "mine").unwrap();
    save(&path);
    journey.see("Replace").press("n").see_no("Replace");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    let json = folder.path().join("record.json");
    save(&json);
    journey.see("record.json");
    let lines = std::fs::read_to_string(&json).unwrap();
    assert!(
        lines.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()) && lines.lines().count() == 5
    );
}

#[test]
fn what_was_answered_is_there_next_time() {
    let journey = fresh();
    journey.press("y y y").see("▸billing event-sourced").press("v v v").see("6. Build").press("enter").see("[✓] 1");
    let system = journey.system.clone();
    journey.leave().unwrap();
    let setup = Setup { kept: Kept::read(&system.kept().to_text()).unwrap(), ..Setup::from(appearance()) };
    let opening = Opening::of(Directory::ephemeral().unwrap());
    let scenario = Scenario::parse("title = \"x\"\n[[scene]]\nsay = \"x\"", "test").unwrap();
    let again = start(opening, scenario, setup, 120, 36);
    again.see("billing event-sourced").click("billing").click("Plan").see("[✓] 1");
}

#[test]
fn a_framework_of_ones_own_is_drawn_too() {
    let guide = include_str!("../../assets/decision/guide.toml");
    let three = guide.replace(
        "[[chart.end]]\nid      = \"COMPLEX\"",
        "[[chart.end]]\nid = \"MIDDLE\"\npattern = \"simple\"\n\n[[chart.end]]\nid      = \"COMPLEX\"",
    );
    let three = three.replace(
        "no = \"Q5\" }\n\n[[chart.node]]\nid       = \"Q4\"",
        "no = \"MIDDLE\" }\n\n[[chart.node]]\nid       = \"Q4\"",
    );
    let framework = Framework::read("own.toml", &three).unwrap();
    let setup = Setup { framework, ..Setup::from(appearance()) };
    let opening = Opening::of(Directory::ephemeral().unwrap());
    let scenario = Scenario::parse("title = \"x\"\n[[scene]]\nsay = \"x\"", "test").unwrap();
    let journey = start(opening, scenario, setup, 120, 36);
    journey.press("2").see("● live").see("The guide, Step 1");
    insta::assert_snapshot!(journey.text());
}

#[test]
fn what_is_measured_stands_with_the_advice() {
    let journey = decide();
    journey.press("t e").see("measure on this machine").press("ctrl-u").type_text("20 4 1 1").press("enter");
    journey.see("› events per aggregate: 4 cannot be run; expected 5 to 5000");
    journey.press("esc").see("› nothing is being measured");
    journey
        .press("e ctrl-u")
        .type_text("20 5 1 1")
        .press("enter")
        .see("✓ measured")
        .see("20 commands over 4 orders each");
    journey.see("a read by id, as an order grows").see("s state, e events, n events-snapshots");
    journey
        .click("Answers")
        .click("performance")
        .press("i")
        .see("Measured on this machine")
        .see("a command took state");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.md");
    journey
        .press("esc W")
        .see("save the decision")
        .press("ctrl-u")
        .paste(path.to_str().unwrap())
        .press("enter")
        .see("saved as");
    let record = std::fs::read_to_string(&path).unwrap();
    assert_eq!(
        record.matches("* Measured: a command took").count(),
        1,
        "only for the context that it was measured for"
    );
}

#[test]
fn a_measurement_can_be_ended() {
    let journey = decide();
    journey.press("e ctrl-u").type_text("1000000 5000 10 3").press("enter").see("Measuring, for catalog");
    journey.press("e").see("› a measurement is running; esc ends it");
    journey.press("esc").see("› the measurement was ended; nothing was measured").see("Nothing was measured yet.");
    // And one that is left running ends with the window.
    journey.press("e ctrl-u").type_text("1000000 5000 10 3").press("enter").see("Measuring, for catalog");
}

#[test]
fn the_present_wiring_stands_in_the_chart() {
    let opening =
        Opening { wiring: Some("customers=events".parse().unwrap()), ..Opening::of(Directory::ephemeral().unwrap()) };
    let scenario = Scenario::parse("title = \"x\"\n[[scene]]\nsay = \"x\"", "test").unwrap();
    let journey = start(opening, scenario, Setup::from(appearance()), 120, 36);
    journey.press("2").see("● now: this playground's hybrid world has catalog as simple").press("t");
    journey.see("hybrid world has ordering as event-sourced").press("t").see("▸customers simple");
    journey
        .see("hybrid world has customers as event-sourced")
        .press("a")
        .type_text("billing")
        .press("enter")
        .see_no("● now");
}

/// Every path of the chart, drawn: one for each way from the start to an end.
#[test]
fn every_path_is_drawn() {
    let paths = ["n", "y y y", "y y n h", "y y n l", "y n y", "y n n h", "y n n l"];
    let journey = fresh();
    for (index, path) in paths.iter().enumerate() {
        let end = if matches!(index, 1 | 2 | 5) { "Aggregate Root + Events" } else { "Simple Entity + State" };
        journey.press("R").see("not answered yet").press(path).see_row(&["The guide, Step 1", end]);
        let chart: String = journey
            .text()
            .lines()
            .skip(2)
            .take(25)
            .map(|line| line.chars().take(76).collect::<String>() + "\n")
            .collect();
        insta::assert_snapshot!(format!("path_{}", path.replace(' ', "")), chart);
    }
}

#[test]
fn decide_at_80_by_24() {
    let journey = open_at(80, 24);
    journey.press("2 t").see("▸ordering").see("Q5");
    insta::assert_snapshot!(journey.text());
    journey.press("tab").see("Event sourcing").see_no("Q5");
    insta::assert_snapshot!("decide_at_80_by_24_the_page", journey.text());
}

#[test]
fn decide_fits_every_window() {
    let journey = open_at(60, 16);
    journey.press("2").see("Q1 Complex business rules?");
    for (width, height) in [(61, 17), (76, 20), (80, 24), (107, 30), (108, 30), (120, 36), (200, 60), (300, 100)] {
        journey.resize(width, height).see("Step 1").see("quit");
    }
    journey.resize(40, 10).see("diptych needs 60×16");
}
