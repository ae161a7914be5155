//! Looking around: views, worlds, tables, details, the mouse.

use crossterm::event::MouseEventKind;

use crate::forms::create;
use crate::journey::{Journey, open};

fn two_products() -> Journey {
    let journey = open();
    create(&journey, "Laptop", "999.99");
    journey.see_row(&["▸", "Laptop", "ProductCreated"]);
    create(&journey, "Mouse", "29.99");
    journey.see_row(&["Mouse", "29.99"]).see("log 2");
    journey
}

#[test]
fn every_world_has_both_views_and_says_what_they_are() {
    let journey = two_products();
    journey.press("v").see("published, not kept: gone when this window closes").see_row(&["▸–", "product-"]);
    journey.press("tab v").see("computed from 2 facts, not stored").see_row(&["Laptop", "–"]);
    journey.press("w").see("HYBRID").see("products by state: nothing overwritten yet");
    journey.press("t").see("orders by events: computed from facts, not stored").see("none yet");
}

#[test]
fn what_cannot_be_done_says_why() {
    let journey = open();
    journey.press("enter").see("no row is selected here");
    journey.press("tab t").see("what happened is one list");
    journey.press("tab v").see("the trace has the focus; tab goes to a pane");
}

#[test]
fn enter_shows_everything_about_a_row_and_about_a_fact() {
    let journey = two_products();
    journey.press("enter").see("product-7cc3").see("name        Laptop").see("a row of products, as SQLite has it");
    journey.press("esc").see_no("as SQLite has it").press("tab down enter");
    journey.see("ProductCreatedEvent · v1").see("\"price\": \"999.99\"").see("\"correlation\"").see("#1 of the log");
}

#[test]
fn a_step_of_the_trace_shows_its_statements_in_both_worlds() {
    let journey = two_products();
    journey
        .press("tab tab down enter")
        .see("step: commit")
        .see("INSERT INTO products")
        .press("end")
        .see("INSERT INTO events");
}

#[test]
fn following_a_row_shows_its_stream_alone() {
    let journey = two_products();
    journey.press("down").see_row(&["▸", "Mouse"]).press("f").see("this stream only").see("name Mouse · price 29.99");
    journey.press("f").see("log 2").see_no("this stream only");
}

#[test]
fn one_key_mends_the_policy_and_unmends_it() {
    let journey = two_products();
    journey.see("shop · as written").press("p").see("shop · mended").see("unmend");
    create(&journey, "Desk", "10");
    journey.see("outbox to 1 subscriber").see("from the log").see("✓ 3 worlds agree");
    journey.press("p").see("shop · as written");
}

#[test]
fn the_mouse_does_what_the_keys_do() {
    let journey = two_products();
    journey.click("Mouse").see_row(&["▸", "Mouse"]);
    journey.click("ProductCreated").see("▸EVENTS");
    journey.click("customers 0").see("none yet").see("▸STATE");
    journey.click("products 2").see_row(&["▸", "Laptop"]).click("Laptop").see("\"name\": \"Laptop\"");
    journey.mouse(MouseEventKind::Down(crossterm::event::MouseButton::Left), 0, 0).see_no("a stored row");
    journey.click("help  q quit").see("One domain, written once").press("esc").see_no("One domain, written once");
    journey.click("Mouse").mouse(MouseEventKind::ScrollUp, 5, 5).see_row(&["▸", "Laptop"]);
}

#[test]
fn long_lists_are_windows() {
    let journey = open();
    for number in 0..30 {
        create(&journey, &format!("Thing {number}"), "1");
        journey.see(&format!("· #{} ·", number + 1));
    }
    journey.press("end").see_row(&["▸", "Thing 29"]).see_no("Thing 0 ").see("of 30");
    journey.press("home").see_row(&["▸", "Thing 0"]).press("pgdn pgdn pgdn pgdn").see_row(&["▸", "Thing 29"]);
    journey.press("tab").see("▸EVENTS").press("end").see_row(&["▸ 1"]).see("name Thing 0 ·");
}

#[test]
fn an_aggregate_without_a_row_says_that_it_is_computed() {
    let journey = two_products();
    journey
        .press("w")
        .see_row(&["▸", "Laptop", "–"])
        .press("enter")
        .see("computed from its only fact, not stored")
        .see("\"name\": \"Laptop\"");
}

#[test]
fn u_takes_back_the_last_input_and_capital_u_puts_it_in_again() {
    let journey = two_products();
    journey.press("u").see("the playground stands at #1 · 1 to redo").see_no("Mouse").see("· #1 ·");
    journey.press("U").see("CreateProduct").see_row(&["Mouse", "29.99"]).see("· #2 ·");
    journey.press("U").see("there is nothing to redo");
    journey.press("u u").see("the playground stands at #0").see_no("Laptop");
    journey.press("u").see("there is nothing to rewind");
}
