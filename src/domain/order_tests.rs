//! The rules of an order up to its placing, and the words for its events and questions. The rest is in the modules below.

#[path = "order_course_tests.rs"]
mod course;
#[path = "order_fold_tests.rs"]
mod folds;
#[path = "order_property_tests.rs"]
mod properties;

use super::*;
use crate::domain::testing::{at, given, id, money};

fn order() -> OrderId {
    id("o1")
}

fn line(product: &str, quantity: i64, price: &str) -> OrderLine {
    OrderLine { product_id: id(product), quantity, unit_price: money(price) }
}

fn added(product: &str, quantity: i64, price: &str) -> OrderEvent {
    OrderItemAdded {
        order_id: order(),
        product_id: id(product),
        quantity,
        unit_price: money(price),
        added_at: at("10:00"),
    }
    .into()
}

fn changed(product: &str, old_quantity: i64, new_quantity: i64) -> OrderEvent {
    let (order_id, product_id, changed_at) = (order(), id(product), at("10:02"));
    OrderItemQuantityChanged { order_id, product_id, old_quantity, new_quantity, changed_at }.into()
}

fn placed(items: &[OrderLine], total: &str) -> OrderEvent {
    OrderPlaced {
        order_id: order(),
        customer_id: id("c1"),
        items: items.to_vec(),
        total_amount: money(total),
        placed_at: at("10:05"),
    }
    .into()
}

/// Placed with two lamps.
fn two_lamps_placed() -> OrderEvent {
    placed(&[line("lamp", 2, "9.99")], "19.98")
}

fn paid() -> OrderEvent {
    OrderPaymentConfirmed {
        order_id: order(),
        payment_reference: "pay-1".to_owned(),
        amount: money("19.98"),
        confirmed_at: at("10:10"),
    }
    .into()
}

fn shipped() -> OrderEvent {
    OrderShipped { order_id: order(), shipped_at: at("10:15") }.into()
}

fn delivered() -> OrderEvent {
    OrderDelivered { order_id: order(), delivered_at: at("10:20") }.into()
}

fn cancelled() -> OrderEvent {
    OrderCancelled { order_id: order(), reason: "too slow".to_owned(), cancelled_at: at("10:25") }.into()
}

/// How an order comes to each status.
fn history(status: OrderStatus) -> Vec<OrderEvent> {
    match status {
        OrderStatus::Draft => vec![added("lamp", 2, "9.99")],
        OrderStatus::Placed => vec![two_lamps_placed()],
        OrderStatus::Shipped => vec![two_lamps_placed(), paid(), shipped()],
        OrderStatus::Delivered => vec![two_lamps_placed(), paid(), shipped(), delivered()],
        OrderStatus::Cancelled => vec![two_lamps_placed(), cancelled()],
    }
}

fn all_but(allowed: &[OrderStatus]) -> impl Iterator<Item = OrderStatus> {
    OrderStatus::ALL.into_iter().filter(|status| !allowed.contains(status))
}

fn add(product: &str, quantity: i64, price: &str) -> impl Fn(&Order) -> Rule<OrderEvent> {
    move |order| order.add_item(id(product), quantity, money(price), at("10:00"))
}

fn change(product: &str, quantity: i64) -> impl Fn(&Order) -> Rule<OrderEvent> {
    move |order| order.change_item_quantity(&id(product), quantity, at("10:02"))
}

fn place(items: &[OrderLine]) -> impl Fn(&Order) -> Rule<OrderEvent> {
    move |order| order.place(id("c1"), Some(items.to_vec()), at("10:05"))
}

fn place_as_collected(order: &Order) -> Rule<OrderEvent> {
    order.place(id("c1"), None, at("10:05"))
}

fn confirm_payment(reference: &str) -> impl Fn(&Order) -> Rule<OrderEvent> {
    move |order| order.confirm_payment(reference, at("10:10"))
}

fn ship(order: &Order) -> Rule<OrderEvent> {
    order.ship(at("10:15"))
}

fn deliver(order: &Order) -> Rule<OrderEvent> {
    order.deliver(at("10:20"))
}

fn cancel(reason: &str) -> impl Fn(&Order) -> Rule<OrderEvent> {
    move |order| order.cancel(reason, at("10:25"))
}

const NOT_POSITIVE: [i64; 3] = [0, -1, i64::MIN];
const NO_PRICES: [&str; 4] = ["0", "0.00", "-0.01", "-999999999999999999"];
const BLANK: [&str; 4] = ["", " ", "\t\n", "\u{a0}"];
const HUGE: &str = "999999999999999999";

// Adding an item

#[test]
fn a_draft_begins_with_its_first_item_and_takes_more() {
    given(order(), []).when(add("lamp", 2, "9.99")).then(added("lamp", 2, "9.99"));
    given(order(), [added("lamp", 2, "9.99")]).when(add("desk", 1, "120.00")).then(added("desk", 1, "120.00"));
}

#[test]
fn only_a_draft_takes_items() {
    for status in all_but(&[OrderStatus::Draft]) {
        given(order(), history(status)).when(add("desk", 1, "120")).then_refused("Cannot modify non-draft orders");
    }
}

#[test]
fn an_added_item_needs_a_positive_quantity() {
    for quantity in NOT_POSITIVE {
        given(order(), []).when(add("lamp", quantity, "9.99")).then_refused("Quantity must be positive");
    }
}

#[test]
fn an_added_item_needs_a_positive_price() {
    for price in NO_PRICES {
        given(order(), []).when(add("lamp", 1, price)).then_refused("Price must be positive");
    }
}

#[test]
fn a_product_cannot_be_added_twice() {
    given(order(), [added("lamp", 2, "9.99")])
        .when(add("lamp", 1, "8.00"))
        .then_refused("Product lamp already in order. Use update instead.");
}

#[test]
fn adding_checks_the_status_then_the_quantity_then_the_price_then_the_product_then_the_sum() {
    given(order(), [two_lamps_placed()]).when(add("lamp", 0, "0")).then_refused("Cannot modify non-draft orders");
    let draft = || given(order(), [added("lamp", 2, "9.99")]);
    draft().when(add("lamp", 0, "0")).then_refused("Quantity must be positive");
    draft().when(add("lamp", 1, "0")).then_refused("Price must be positive");
    draft().when(add("lamp", 1, HUGE)).then_refused("Product lamp already in order. Use update instead.");
    draft().when(add("desk", 1, HUGE)).then_refused("Amount is too large");
}

#[test]
fn an_added_item_that_costs_too_much_is_refused() {
    given(order(), []).when(add("lamp", i64::MAX, HUGE)).then_refused("Amount is too large");
    given(order(), []).when(add("lamp", i64::MAX, "1")).then_refused("Amount is too large");
    given(order(), []).when(add("lamp", i64::MAX, "0.01")).then(added("lamp", i64::MAX, "0.01"));
    given(order(), [added("lamp", 1, HUGE)]).when(add("desk", 1, "1")).then_refused("Amount is too large");
    given(order(), [added("lamp", 1, HUGE)]).when(add("desk", 1, "0.999999")).then(added("desk", 1, "0.999999"));
}

// Changing a quantity

#[test]
fn the_quantity_of_an_item_changes() {
    given(order(), [added("desk", 1, "120"), added("lamp", 2, "9.99")])
        .when(change("lamp", 5))
        .then(changed("lamp", 2, 5));
    given(order(), [added("lamp", 2, "9.99"), changed("lamp", 2, 5)])
        .when(change("lamp", 1))
        .then(changed("lamp", 5, 1));
}

#[test]
fn the_same_quantity_is_no_change() {
    given(order(), [added("lamp", 2, "9.99")]).when(change("lamp", 2)).then_nothing_because("the quantity is the same");
}

#[test]
fn quantities_change_in_a_draft_only() {
    for status in all_but(&[OrderStatus::Draft]) {
        given(order(), history(status)).when(change("lamp", 5)).then_refused("Cannot modify non-draft orders");
    }
}

#[test]
fn a_quantity_stays_positive() {
    for quantity in NOT_POSITIVE {
        given(order(), [added("lamp", 2, "9.99")])
            .when(change("lamp", quantity))
            .then_refused("Quantity must be positive");
    }
}

#[test]
fn only_what_is_in_the_order_changes() {
    given(order(), [added("lamp", 2, "9.99")]).when(change("desk", 5)).then_refused("Product desk is not in the order");
    given(order(), []).when(change("lamp", 5)).then_refused("Product lamp is not in the order");
}

#[test]
fn changing_checks_the_status_then_the_quantity_then_the_product_then_the_sum() {
    given(order(), [two_lamps_placed()]).when(change("desk", 0)).then_refused("Cannot modify non-draft orders");
    let draft = || given(order(), [added("lamp", 2, "9.99")]);
    draft().when(change("desk", 0)).then_refused("Quantity must be positive");
    draft().when(change("desk", i64::MAX)).then_refused("Product desk is not in the order");
    draft().when(change("lamp", i64::MAX)).then_refused("Amount is too large");
}

#[test]
fn the_old_quantity_makes_room_for_the_new_one() {
    let third = "300000000000000000";
    given(order(), [added("lamp", 1, third)]).when(change("lamp", 3)).then(changed("lamp", 1, 3));
    given(order(), [added("lamp", 1, third)]).when(change("lamp", 4)).then_refused("Amount is too large");
    given(order(), [added("lamp", 1, third), added("desk", 1, third)])
        .when(change("lamp", 3))
        .then_refused("Amount is too large");
}

// Placing

#[test]
fn an_order_is_placed_with_the_items_given() {
    let items = [line("lamp", 2, "9.99"), line("desk", 1, "120.00")];
    given(order(), []).when(place(&items)).then(placed(&items, "139.98"));
}

#[test]
fn an_order_is_placed_with_the_items_collected() {
    given(order(), [added("lamp", 2, "9.99"), added("desk", 1, "120.00")])
        .when(place_as_collected)
        .then(placed(&[line("lamp", 2, "9.99"), line("desk", 1, "120.00")], "139.98"));
}

#[test]
fn items_given_replace_the_items_collected_and_the_remark_names_these() {
    let items = [line("chair", 4, "45")];
    given(order(), [added("lamp", 2, "9.99"), added("desk", 1, "120")])
        .when(place(&items))
        .then_remarking(placed(&items, "180"), "the items given replace the draft's: 2 × lamp, 1 × desk");
    given(order(), [added("lamp", 2, "9.99")])
        .when(place(&items))
        .then_remarking(placed(&items, "180"), "the items given replace the draft's: 2 × lamp");
}

#[test]
fn an_order_is_not_placed_without_items() {
    given(order(), []).when(place_as_collected).then_refused("Order must contain at least one item");
    given(order(), []).when(place(&[])).then_refused("Order must contain at least one item");
    given(order(), [added("lamp", 2, "9.99")]).when(place(&[])).then_refused("Order must contain at least one item");
}

#[test]
fn only_a_draft_is_placed() {
    for status in all_but(&[OrderStatus::Draft]) {
        let text = format!("Cannot place order in status: {}", status.name());
        given(order(), history(status)).when(place(&[line("desk", 1, "120")])).then_refused(&text);
        given(order(), history(status)).when(place_as_collected).then_refused(&text);
    }
}

#[test]
fn an_order_is_placed_for_a_customer() {
    given(order(), [])
        .when(|order| order.place(id(""), Some(vec![line("lamp", 2, "9.99")]), at("10:05")))
        .then_refused("Customer ID is required");
    given(order(), [added("lamp", 2, "9.99")])
        .when(|order| order.place(id(""), None, at("10:05")))
        .then_refused("Customer ID is required");
}

#[test]
fn every_item_needs_a_positive_quantity() {
    for quantity in NOT_POSITIVE {
        given(order(), [])
            .when(place(&[line("desk", 1, "120"), line("lamp", quantity, "9.99")]))
            .then_refused("Item quantity must be positive");
    }
}

#[test]
fn every_item_needs_a_positive_price() {
    for price in NO_PRICES {
        given(order(), [])
            .when(place(&[line("desk", 1, "120"), line("lamp", 2, price)]))
            .then_refused("Item price must be positive");
    }
}

#[test]
fn placing_checks_items_then_status_then_customer_then_each_item_then_the_sum() {
    let place_for_no_one = |items: &[OrderLine]| {
        let items = items.to_vec();
        move |order: &Order| order.place(id(""), Some(items), at("10:05"))
    };
    let wrong = [line("lamp", 0, "0")];
    given(order(), [two_lamps_placed()])
        .when(place_for_no_one(&[]))
        .then_refused("Order must contain at least one item");
    given(order(), [two_lamps_placed()])
        .when(place_for_no_one(&wrong))
        .then_refused("Cannot place order in status: placed");
    given(order(), []).when(place_for_no_one(&wrong)).then_refused("Customer ID is required");
    given(order(), []).when(place(&wrong)).then_refused("Item quantity must be positive");
    given(order(), [])
        .when(place(&[line("lamp", 1, "0"), line("desk", 0, "1")]))
        .then_refused("Item price must be positive");
    given(order(), [])
        .when(place(&[line("lamp", i64::MAX, HUGE), line("desk", 0, "1")]))
        .then_refused("Item quantity must be positive");
}

#[test]
fn placing_accepts_a_product_twice_though_adding_does_not() {
    let items = [line("lamp", 2, "9.99"), line("lamp", 1, "8.00")];
    given(order(), []).when(place(&items)).then(placed(&items, "27.98"));
}

#[test]
fn totals_are_exact() {
    given(order(), []).when(place(&[line("clip", 3, "0.1")])).then(placed(&[line("clip", 3, "0.1")], "0.3"));
    let tenths = [line("a", 1, "0.1"), line("b", 1, "0.1"), line("c", 1, "0.1")];
    given(order(), []).when(place(&tenths)).then(placed(&tenths, "0.3"));
    let long = [line("tower", 1, "12345678901234.5678")];
    given(order(), []).when(place(&long)).then(placed(&long, "12345678901234.5678"));
}

#[test]
fn a_total_that_grows_too_large_is_refused() {
    for items in [
        vec![line("lamp", i64::MAX, HUGE)],
        vec![line("lamp", i64::MAX, "1")],
        vec![line("lamp", 1, HUGE), line("desk", 1, "1")],
        vec![line("lamp", 1, HUGE); 1_000],
    ] {
        given(order(), []).when(place(&items)).then_refused("Amount is too large");
    }
}
