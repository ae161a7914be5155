//! Long and wide lists: filters, order, columns, one pane alone, linked rows.

use crate::forms::create;
use crate::journey::{Journey, open, open_at, play};

fn three_products() -> Journey {
    let journey = open();
    for (name, price) in [("Laptop", "999.99"), ("Mouse", "29.99"), ("Lamp", "100")] {
        create(&journey, name, price);
        journey.see_row(&[name, price, "yes"]);
    }
    journey
}

#[test]
fn a_filter_follows_each_letter_and_says_how_to_clear_it() {
    let journey = three_products();
    journey.press("/").see("STATE  /").type_text("la").see_row(&["Laptop"]).see_row(&["Lamp", "100"]);
    journey.see_no("Mouse     29").type_text("m").see_row(&["▸", "Lamp"]).see_no("Laptop  999").press("enter");
    journey.see("/lam esc clears").press("esc").see_row(&["Mouse", "29.99", "yes"]).see_no("esc clears");
    journey
        .press("/")
        .type_text("zzz")
        .see("nothing here matches the filter")
        .press("esc")
        .see_row(&["Laptop", "999.99"]);
    journey.press("esc").see("nothing is filtered or sorted here");
}

#[test]
fn what_happened_is_filtered_by_type_stream_and_text() {
    let journey = three_products();
    journey.press("tab").see("▸EVENTS").press("/").type_text("mouse").see_row(&["▸2", "ProductCreated"]);
    journey.see("log 1").press("enter").press("esc").see("log 3");
    journey
        .press("/")
        .type_text("product")
        .see("log 3")
        .press("ctrl-u")
        .type_text("order-")
        .see("nothing here matches");
    journey.press("esc").press("/").see("EVENTS  /").type_text("29.99").see_row(&["▸2", "ProductCreated"]);
}

#[test]
fn numbers_are_sorted_as_numbers_in_rows_and_in_facts() {
    let journey = three_products();
    for world in ["STATE", "EVENTS"] {
        journey.see(&format!("▸{world}")).press("] ] ]").see("price ↑").see_row(&["▸", "Mouse"]);
        journey.press("[").see("price ↓").see_row(&["▸", "Laptop"]).press("down").see_row(&["▸", "Lamp", "100"]);
        journey.press("esc w");
    }
    journey.press("v").see("HYBRID").press("]").see("what happened stands in its order");
}

#[test]
fn a_pane_alone_has_the_whole_width_and_columns_move() {
    let journey = play("life-of-an-order", 80, 24);
    journey.press("A").see("✓ 3 worlds agree").press("t").see_row(&["status", "items", "›"]).see_no(" reason");
    journey.press("z").see_no("EVENTS").see_row(&["status", "customer"]);
    journey.press("> > > > > > > > >").see_row(&["‹", "id"]).see("reason").press("z").see("EVENTS");
}

#[test]
fn what_is_selected_on_one_side_is_selected_on_the_other() {
    let journey = three_products();
    journey.see_row(&["▸", "Laptop"]).see_row(&["•1", "ProductCreated"]).press("down").see_row(&["▸", "Mouse", "▸2"]);
    journey.press("tab home").see_row(&["▸3", "ProductCreated"]).see_row(&["▸", "Lamp", "100"]);
}

#[test]
fn a_selection_is_followed_to_another_table_and_far_down_the_log() {
    let journey = play("life-of-an-order", 120, 24);
    journey.press("A").see("scene 7 of 18").press("A A").see("scene 18 of 18").see_row(&["id", "name", "price"]);
    journey.press("tab down").see_row(&["▸", "cancelled"]).press("end").see_row(&["▸", "Ada Lovelace"]);
    journey.press("shift-tab T").see_row(&["▸", "delivered"]).press("down").see_row(&["▸12", "OrderCancelled"]);
}

#[test]
fn a_newcomer_is_told_how_to_begin_and_only_then() {
    let journey = open_at(80, 24);
    journey.see("welcome to diptych").see("give a command");
    create(&journey, "Laptop", "999.99");
    journey.see_row(&["▸", "Laptop"]).see_no("welcome to");
}

#[test]
fn a_step_shows_rows_before_and_after_and_the_facts_folded() {
    let journey = three_products();
    journey
        .press("n")
        .see("to filter")
        .type_text("price")
        .press("enter")
        .see("new_price")
        .type_text("899")
        .press("enter");
    journey.see("UpdateProductPrice: 200 ok").press("tab tab enter").see("step: load").see("folded, oldest first");
    journey.see("v1  ProductCreated  name Laptop · price 999.99").press("esc down enter").see("step: decide");
    journey.see("the rule that was asked: Product::update_price in src/domain/product.rs").press("esc down enter");
    journey.see("overwritten in products").see_row(&["price", "999.99 → 899"]).see_row(&["version", "1 → 2"]);
}

#[test]
fn the_handlers_source_stands_over_the_trace_with_the_steps_line_marked() {
    let journey = three_products();
    journey
        .press("h")
        .see("its handler, the same in every world")
        .see_row(&["▸", "product.decide(|product| product.create("]);
    journey.press("down").see_row(&["▸", "shop.products.save(&mut product)"]).see_row(&["▸", "commit"]);
    journey.press("end").see_row(&["▸", "Ok(OperationResult::created"]).press("esc").see_no("its handler");
}

#[test]
fn a_refusal_names_the_rule_that_said_no() {
    let journey = open();
    create(&journey, "Laptop", "0");
    journey.see("400 bad request").press("tab tab enter").see("step: decide").see("Price must be positive");
    journey.see("the rule that said no: Product::create in src/domain/product.rs");
}
