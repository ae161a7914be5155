//! The window itself: help, sizes, errors, idleness, leaving.

use std::time::Duration;

use diptych::engine::scenario::Scenario;
use diptych::tui::{Appearance, Theme};
use diptych::world::{Directory, Opening};

use crate::forms::create;
use crate::journey::{appearance, open, open_at, start};

fn scenario(text: &str) -> Scenario {
    Scenario::parse(text, "test").unwrap()
}

#[test]
fn the_help_tells_every_key_and_the_words() {
    let journey = open_at(120, 60);
    journey
        .press("?")
        .see("One domain, written once")
        .see("mend the guide's policy")
        .see("pgdn")
        .press("end")
        .see("uncommitted events");
    journey.press("?").see_no("uncommitted events");
}

#[test]
fn odd_sizes_neither_panic_nor_lose_anything() {
    let journey = open();
    create(&journey, "Laptop", "999.99");
    journey.see_row(&["▸", "Laptop"]);
    for (width, height) in
        [(1, 1), (2, 1), (1, 40), (59, 16), (60, 15), (60, 16), (61, 17), (75, 20), (76, 24), (300, 100)]
    {
        journey.resize(width, height);
        for keys in ["n", "esc", "?", "esc", "tab", "enter", "esc"] {
            journey.press(keys);
        }
    }
    journey.resize(59, 20).see("diptych needs 60×16").see("and has 59×20");
    journey.resize(120, 36).see("Laptop");
}

#[test]
fn a_narrow_window_shows_one_pane_at_a_time() {
    let journey = open_at(64, 24);
    create(&journey, "Laptop", "999.99");
    journey.see("STATE").see_no("EVENTS").press("tab").see("EVENTS").see_row(&["1", "product-", "ProductCreated"]);
    journey.see_no("STATE").press("tab tab").see("STATE");
}

#[test]
fn an_error_has_to_be_seen_and_names_what_and_why() {
    let first = "title = \"Broken\"\n[[scene]]\ndo = \"UpdateProductPrice\"\nwith = { product_id = \"p\", new_price = \"1\" }\n";
    let rest = "[[scene]]\ndo = \"CreateProduct\"\nas = \"a\"\nwith = { name = \"\", price = \"1\" }\n\
                  [[scene]]\ndo = \"DeactivateProduct\"\nwith = { product_id = \"@a\" }\n";
    let opening = Opening::of(Directory::ephemeral().unwrap());
    let journey = start(opening, scenario(&format!("{first}{rest}")), appearance(), 120, 36);
    journey.see("● live").press("space").see("scene 1: state: expected a success, got 404 not found");
    journey.press("space").see("scene 2 of 3").press("space").see("that did not work").see("@a names nothing");
    journey.press("n").see("that did not work").press("enter").see_no("that did not work");
}

#[test]
fn a_playground_that_cannot_be_opened_ends_the_window_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let directory = Directory::at(&folder.path().join("playground")).unwrap();
    std::fs::write(directory.path().join("playground.toml"), "format = 99").unwrap();
    let journey =
        start(Opening::of(directory), scenario("title = \"x\"\n[[scene]]\nsay = \"x\""), appearance(), 80, 24);
    let failure = journey.ended().expect_err("it cannot be opened");
    assert!(failure.to_string().contains("playground.toml"), "{failure}");
}

#[test]
fn while_nothing_happens_nothing_is_drawn() {
    let journey = open();
    create(&journey, "Laptop", "999.99");
    journey.see_row(&["▸", "Laptop"]).see("✓ 3 worlds agree");
    // What was under way has come to its end; from here on only a timer could draw.
    std::thread::sleep(Duration::from_millis(100));
    let before = journey.screen.draws();
    std::thread::sleep(Duration::from_millis(400));
    assert_eq!(journey.screen.draws(), before);
}

#[test]
fn no_colour_and_plain_letters_where_they_are_asked_for() {
    let plain =
        Appearance { theme: Theme::named("mono").unwrap(), ascii: true, durations: false, ..Appearance::default() };
    let opening = Opening::of(Directory::ephemeral().unwrap());
    let journey = start(opening, scenario("title = \"x\"\n[[scene]]\nsay = \"x\""), plain, 120, 36);
    journey.see("* live");
    create(&journey, "Laptop", "999.99");
    journey.see("= 3 worlds agree").see_row(&[">", "Laptop"]);
    assert!(journey.text().is_ascii(), "{}", journey.text());
    let coloured = journey.screen.cells(|_, _, cell| {
        let reset = ratatui::style::Color::Reset;
        (cell.fg != reset || cell.bg != reset).then_some(())
    });
    assert!(coloured.is_empty());
}

#[test]
fn leaving_is_always_possible() {
    assert_eq!(open().leave(), Ok(()));
    let journey = open();
    journey.press("n").see("to filter").press("ctrl-c");
    assert_eq!(journey.ended(), Ok(()));
}
