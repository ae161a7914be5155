//! Scenarios by Space.

use diptych::engine::scenario::Scenario;
use diptych::world::{Directory, Opening};

use crate::journey::{appearance, open, play, start};

#[test]
fn space_plays_scene_by_scene_with_captions() {
    let journey = open();
    journey.see("space plays “A price with a past” · n command · ? help");
    journey.press("space").see("One shop, three memories.").see("scene 1 of 11");
    journey.press("space").see("A laptop enters the catalogue.").see("scene 2 of 11").see_row(&["Laptop", "999.99"]);
}

#[test]
fn a_question_waits_for_the_room() {
    let journey = open();
    for scene in 1..=8 {
        journey.press("space").see(&format!("scene {scene} of 11"));
    }
    journey.see("Which world can answer?").see("what do you say? space reveals").see_no("The row knows");
    journey.press("space").see("The row knows 949.50").see("scene 8 of 11").see_no("what do you say?");
    journey.press("space").see("scene 9 of 11").see("The mouse is taken off the shelf.");
}

#[test]
fn the_end_is_said_and_a_space_after_it_says_why_nothing_happens() {
    let journey = play("refusals", 120, 36);
    for _ in 0..200 {
        journey.press("space");
        if journey
            .screen
            .wait(|screen| screen.contains("scene") || screen.contains("The end."))
            .unwrap()
            .contains("The end.")
        {
            break;
        }
        journey.press("?").see("One domain, written once").press("esc").see_no("One domain, written once");
    }
    journey.see("The end.").see("✓ 3 worlds agree");
    journey.press("space").see("all its scenes have been played");
}

#[test]
fn a_scenario_may_mend_the_policy_and_the_badge_says_so() {
    let text = "title = \"Mended\"\n[[scene]]\nsay = \"now\"\nset = { policy = \"mended\" }\n";
    let opening = Opening::of(Directory::ephemeral().unwrap());
    let journey = start(opening, Scenario::parse(text, "test").unwrap(), appearance(), 120, 36);
    journey.see("shop · as written").press("space").see("shop · mended").see("from the next command on: mended");
    journey.press("space").see("The end.");
}
