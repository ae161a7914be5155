//! What the screen looks like, to the letter, at three sizes. What it should look like is for a person to judge: look at them.

use crate::journey::{Journey, open_at};

fn played(width: u16, height: u16) -> Journey {
    let journey = open_at(width, height);
    for scene in 1..=4 {
        journey.press("space").see(&format!("scene {scene} of 11"));
    }
    journey.see("log 3").see_row(&["▸", "Laptop", "899.99"]).see("✓ 3 worlds agree");
    journey
}

#[test]
fn explore_at_80_by_24() {
    insta::assert_snapshot!(played(80, 24).text());
}

#[test]
fn explore_at_120_by_36() {
    insta::assert_snapshot!(played(120, 36).text());
}

#[test]
fn explore_at_200_by_60() {
    insta::assert_snapshot!(played(200, 60).text());
}

#[test]
fn the_commands_to_choose_from() {
    let journey = open_at(120, 36);
    journey.press("n").see("ProcessOrder");
    insta::assert_snapshot!(journey.text());
}

#[test]
fn a_form() {
    let journey = played(80, 24);
    journey.press("n").see("to filter").type_text("price").press("enter").see("Takes a decimal");
    insta::assert_snapshot!(journey.text());
}
