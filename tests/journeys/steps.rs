//! Step mode: commands held at each micro-step, side by side.

use crate::forms::create;
use crate::journey::{Journey, open, play};

fn fill_in_price(journey: &Journey, price: &str) {
    journey.press("n").see("to filter").type_text("price").press("enter").see("new_price").type_text(price);
    journey.press("enter");
}

/// A laptop, and a new price for it that is held at its first step.
fn held() -> Journey {
    let journey = open();
    create(&journey, "Laptop", "999.99");
    journey.see_row(&["▸", "Laptop"]).press("3").see("nothing is held");
    fill_in_price(&journey, "899.99");
    journey.see("● held").see_row(&["▸received", "pipeline: validation, logging"]);
    journey
}

#[test]
fn a_command_goes_step_by_step_with_what_the_root_holds_and_what_is_where() {
    let journey = held();
    journey.see_row(&["root", "none loaded"]).press("s s").see("at loaded:1").see_row(&["root", "version 1"]);
    journey.press("s").see("at decided:1").see_row(&["pending ProductPriceUpdated"]).see("1 pending event");
    journey.see("update_price(self.new_price, shop.now())").press("S").see("at saving:1");
    journey.press("s s").see("at committed:1").see("999.99 → 899.99").see_row(&["+ #2 ProductPriceUpdated"]);
    journey.press("e").see("● live").see("answered 200 ok").see_row(&["over"]);
    journey.press("1").see_row(&["Laptop", "899.99"]).see("✓ 3 worlds agree");
}

#[test]
fn a_run_stops_at_a_breakpoint_and_breakpoints_are_typed_and_turned_off() {
    let journey = held();
    journey.press("B").see("a breakpoint").press("ctrl-u").type_text("stp=committed").press("enter");
    journey.see("did you mean `step`?").press("ctrl-u").type_text("step=publishing,world=events").press("enter");
    journey.see("● step=publishing,world=events").press("r").see("stopped in events at").see("at publishing:1");
    journey.press("b").see("at publishing:1").press("e").see("● live").see_row(&["● step=publishing"]);
}

#[test]
fn a_crash_strikes_one_world_and_the_worlds_differ_because_of_it() {
    let journey = held();
    journey.press("s s s s").see("at saving:1").press("c s").see("crashed at saving:1");
    journey.press("e").see("● live").see("the worlds differ");
}

#[test]
fn a_second_command_moves_beside_the_first_and_its_writer_is_told_of_the_conflict() {
    let journey = held();
    journey.press("s s").see("at loaded:1");
    fill_in_price(&journey, "799.99");
    journey.see_row(&["▸b UpdateProductPrice", "799.99"]).see_row(&["a UpdateProductPrice", "899.99"]);
    journey.press("r").see_row(&["b UpdateProductPrice", "over"]).see_row(&["▸a UpdateProductPrice", "held"]);
    journey.press("e").see("● live").see("409 conflict");
}

#[test]
fn every_interleaving_of_two_held_commands_is_listed_with_an_example() {
    let journey = held();
    journey.press("i").see("two commands have to be held");
    fill_in_price(&journey, "799.99");
    journey.see_row(&["▸b UpdateProductPrice"]).press("i").see("every interleaving of the two");
    journey
        .see_row(&["both applied", "as in a* b*"])
        .see_row(&["conflict", "a@loaded:1"])
        .press("esc")
        .see("● held")
        .press("e")
        .see("● live");
}

#[test]
fn the_next_scene_is_held_from_explore_with_its_caption() {
    let journey = play("price-with-a-past", 80, 24);
    journey.press("s").see("One shop, three memories.").see("nothing is held");
    journey.press("s").see("● held").see("at received:1").see("A laptop enters the catalogue");
    journey.press("n").see("to filter").press("esc").press("1").see("what is").press("n");
    journey.see("a command is held at a step").press("3").see("at received:1").press("e").see("● live");
}

#[test]
fn behaviours_change_places_and_presets_are_one_key_away() {
    let journey = open();
    journey.press("3").see_row(&["▸validation"]).press("o").see("of unit-of-work").see_row(&["transaction"]);
    journey.press("m").see("of mended").see_row(&["▸logging"]).press(">").see_row(&["▸logging"]);
    journey.press("g").see("of as written").press("down down enter").see("pipeline=validation+logging+dispatch");
}
