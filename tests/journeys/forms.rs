//! Commands by form.

use crate::journey::{Journey, open};

/// A product by the form, as one would first do it.
pub fn create(journey: &Journey, name: &str, price: &str) {
    journey.press("n").see("type to filter").type_text("CreateP").press("enter").see("Takes text");
    journey.type_text(name).press("enter").type_text(price).press("enter");
}

#[test]
fn the_first_command_shows_in_both_panes_and_the_worlds_agree() {
    let journey = open();
    create(&journey, "Laptop", "999.99");
    journey.see_row(&["CreateProduct: 201 created", "product "]).see("✓ 3 worlds agree");
    journey.see_row(&["Laptop", "999.99", "ProductCreated"]).see("1 fact published, none kept").see("1 fact kept");
}

#[test]
fn the_list_of_commands_is_filtered_as_one_types() {
    let journey = open();
    journey.press("n").see("ProcessOrder").type_text("upgr").see_no("ProcessOrder").see_row(&["▸", "UpgradeLoyalty"]);
    journey.type_text("zzz").see("no command is called so").press("enter esc").see_no("to filter");
}

#[test]
fn what_is_no_decimal_is_said_at_its_field_and_nothing_is_done() {
    let journey = open();
    create(&journey, "Laptop", "12,50");
    journey.see("✗ `12,50` is not a decimal").see("none yet");
    journey.press("ctrl-u").type_text("12.50").press("ctrl-s").see_row(&["Laptop", "12.50"]);
}

#[test]
fn an_id_comes_from_the_selected_row_and_whole() {
    let journey = open();
    create(&journey, "Laptop", "999.99");
    journey.see_row(&["▸", "Laptop"]);
    journey.press("n").see("to filter").type_text("price").press("enter").see_row(&[
        "product_id* ",
        "-",
        "-",
        "-",
        "-",
    ]);
    journey.see_row(&["▸ new_price"]).type_text("899.99").press("enter");
    journey.see("UpdateProductPrice: 200 ok").see("old_price 999.99 → new_price 899.99").see("version 1 → 2");
}

#[test]
fn a_refused_command_shows_the_rules_own_text_in_both_worlds() {
    let journey = open();
    create(&journey, "Laptop", "0");
    journey.see("CreateProduct: 400 bad request · Price must be positive");
    journey.see_row(&[
        "return   400 bad request: Price must be positive",
        "│ return   400 bad request: Price must be positive",
    ]);
    journey.see("✓ 3 worlds agree").see("nothing has happened yet");
}

#[test]
fn an_order_takes_its_lines_as_json() {
    let journey = open();
    create(&journey, "Laptop", "999.99");
    journey.see_row(&["▸", "Laptop"]);
    journey.press("n").see("to filter").type_text("PlaceOrder").press("enter").see("may be left out");
    journey.press("down").type_text("customer-1").press("down");
    journey.paste("[{\"product_id\": \"p\", \"quantity\": 2, \"unit_price\": \"12.50\"}, {\"product_id\": \"q\"}]");
    journey.press("enter").see("items[1].quantity: is missing");
    journey
        .press("ctrl-u")
        .paste("[{\"product_id\": \"p\", \"quantity\": 2, \"unit_price\": \"12.50\"}]")
        .press("enter");
    journey.see("PlaceOrder: 201 created").press("t").see_row(&["placed", "25"]);
}

#[test]
fn control_characters_are_shown_and_never_sent() {
    let journey = open();
    journey.press("n").see("to filter").type_text("CreateP").press("enter").see("Takes text");
    journey.paste("Evil\x1b[2J\x07 \u{202e}日本\nname").see("Evil␛[2J␇").press("tab").type_text("1").press("enter");
    journey.see_row(&["▸", "Evil␛[2J␇"]).press("enter").see("what is");
    let sent = journey.screen.cells(|_, _, cell| Some(cell.symbol().to_owned()));
    assert!(sent.iter().all(|symbol| !symbol.chars().any(|letter| letter.is_control() || letter == '\u{202e}')));
}

#[test]
fn a_megabyte_pasted_into_a_field_is_cut_and_harmless() {
    let journey = open();
    journey.press("n").see("to filter").type_text("CreateP").press("enter").see("Takes text");
    journey
        .paste(&"x".repeat(1 << 20))
        .see("…xxxx")
        .see("the pasted text was cut: a field takes 20,000 letters")
        .press("tab")
        .type_text("1")
        .press("enter");
    journey.see("CreateProduct: 422 unprocessable · name must not be longer than");
}

/// A product and a customer, so that there is something to choose from.
fn shop() -> Journey {
    let journey = open();
    create(&journey, "Laptop", "999.99");
    journey.see_row(&["▸", "Laptop"]);
    create(&journey, "Mouse", "29.99");
    journey.see_row(&["Mouse", "29.99"]);
    journey.press("n").see("to filter").type_text("RegisterC").press("enter").see("Takes text");
    journey.type_text("Ada").press("enter").type_text("ada@example.org").press("enter");
    journey.see("RegisterCustomer: 201 created");
    journey
}

#[test]
fn fields_are_checked_as_one_types_with_the_domains_own_words() {
    let journey = open();
    journey.press("n").see("to filter").type_text("CreateP").press("enter").see("Takes text");
    journey.type_text(" ").see("Product name is required").press("ctrl-u").type_text("Laptop").press("enter");
    journey.type_text("0").see("✗ Price must be positive — so says the domain's rule");
    journey.press("ctrl-u").type_text("1,5").see("✗ `1,5` is not a decimal").press("ctrl-u").type_text("1.5");
    journey.see("Takes a decimal").press("enter").see("CreateProduct: 201 created");
    journey.press("n").see("to filter").type_text("RegisterC").press("enter").see("Takes text");
    journey.press("tab").type_text("ada").see("Email is not valid").type_text("@x").see_no("Email is not valid");
}

#[test]
fn ids_are_picked_from_what_exists_by_name() {
    let journey = shop();
    journey.press("n").see("to filter").type_text("AddOrder").press("enter").see("may be left out").press("tab");
    journey.see_row(&["product_id"]).press("ctrl-u").see_row(&["Laptop", "999.99"]).see_row(&["Mouse", "29.99"]);
    journey
        .type_text("mou")
        .see_no("Laptop                    999.99")
        .see_row(&["Mouse", "29.99"])
        .press("down")
        .see("enter takes it");
    journey.press("enter").see_row(&["product_id*", "Mouse · 29.99"]).see_row(&["unit_price*", "29.99"]);
    journey.type_text("2").press("ctrl-s").see("AddOrderItem: 201 created");
    journey.press("n").see("to filter").type_text("PlaceOrder").press("enter").see_row(&["draft 59.98", "1 item"]);
    journey.press("down enter").see_row(&["order_id", "draft 59.98 · 1 item"]);
    journey.see_row(&["Ada", "ada@example.org"]).press("down enter").see_row(&["customer_id*", "Ada"]);
    journey.press("ctrl-s").see("PlaceOrder: 201 created");
}

#[test]
fn order_lines_are_typed_as_lines() {
    let journey = shop();
    journey.press("n").see("to filter").type_text("PlaceOrder").press("enter").see("may be left out");
    journey
        .see_row(&["customer_id*", "Ada · ada@example.org"])
        .press("tab tab")
        .see("enter adds a line")
        .press("enter");
    journey.see("line 1").see_row(&["Mouse", "29.99"]).press("down down enter");
    journey.see_row(&["line 1", "Mouse", "quantity", "1", "unit_price", "29.99"]);
    journey.press("ctrl-u").type_text("0").see("Item quantity must be positive").press("ctrl-u").type_text("3");
    journey.press("tab tab enter").see("line 2").press("ctrl-s");
    journey.see("PlaceOrder: 201 created").press("t").see_row(&["placed", "89.97"]);
}

#[test]
fn what_was_typed_last_time_is_offered_again() {
    let journey = open();
    create(&journey, "Laptop", "999.99");
    journey.see_row(&["▸", "Laptop"]).press("n").see("to filter").type_text("CreateP").press("enter");
    journey.see_row(&["name", "Laptop  (→ as last time)"]).press("right enter").see_row(&["price", "999.99  (→"]);
    journey.press("right enter").see_row(&["CreateProduct: 201 created"]).see("products 2");
}

#[test]
fn a_command_is_found_by_some_of_its_letters() {
    let journey = open();
    journey.press("n").see("to filter").type_text("uplo").see_row(&["▸", "UpgradeLoyalty"]);
    journey.press("ctrl-u").type_text("stock").see_row(&["ReceiveStock"]).see_row(&["ReduceStock"]);
}
