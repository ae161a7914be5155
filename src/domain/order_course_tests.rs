//! The rules of an order on its further course: paid, shipped, delivered or cancelled.

use super::*;
use crate::domain::testing::given;

#[test]
fn a_payment_comes_in_with_the_orders_total() {
    given(order(), [two_lamps_placed()]).when(confirm_payment("pay-1")).then(paid());
}

#[test]
fn a_payment_reference_is_trimmed() {
    given(order(), [two_lamps_placed()]).when(confirm_payment("\t pay-1 \n")).then(paid());
}

#[test]
fn only_a_placed_order_is_paid() {
    for status in all_but(&[OrderStatus::Placed]) {
        given(order(), history(status))
            .when(confirm_payment("pay-1"))
            .then_refused(&format!("Cannot confirm payment in status: {}", status.name()));
    }
}

#[test]
fn a_payment_needs_a_reference() {
    for blank in BLANK {
        given(order(), [two_lamps_placed()]).when(confirm_payment(blank)).then_refused("Payment reference is required");
    }
}

#[test]
fn a_payment_is_confirmed_once() {
    let paid_order = || given(order(), [two_lamps_placed(), paid()]);
    for again in ["pay-1", " pay-1 "] {
        paid_order().when(confirm_payment(again)).then_nothing_because("paid with this reference already");
    }
    paid_order().when(confirm_payment("pay-2")).then_refused("Payment already confirmed");
}

#[test]
fn paying_checks_the_status_then_the_reference_then_whether_it_is_paid() {
    given(order(), [two_lamps_placed(), paid(), shipped()])
        .when(confirm_payment(""))
        .then_refused("Cannot confirm payment in status: shipped");
    given(order(), [two_lamps_placed(), paid()])
        .when(confirm_payment(""))
        .then_refused("Payment reference is required");
}

#[test]
fn a_paid_order_is_shipped() {
    given(order(), [two_lamps_placed(), paid()]).when(ship).then(shipped());
}

#[test]
fn an_unpaid_order_is_not_shipped() {
    given(order(), [two_lamps_placed()]).when(ship).then_refused("Cannot ship an unpaid order");
}

#[test]
fn only_a_placed_order_is_shipped() {
    for status in all_but(&[OrderStatus::Placed]) {
        given(order(), history(status))
            .when(ship)
            .then_refused(&format!("Cannot ship order in status: {}", status.name()));
    }
}

#[test]
fn a_shipped_order_is_delivered() {
    given(order(), [two_lamps_placed(), paid(), shipped()]).when(deliver).then(delivered());
}

#[test]
fn only_a_shipped_order_is_delivered() {
    for status in all_but(&[OrderStatus::Shipped]) {
        given(order(), history(status))
            .when(deliver)
            .then_refused(&format!("Cannot deliver order in status: {}", status.name()));
    }
}

#[test]
fn a_draft_or_a_placed_order_is_cancelled_even_a_paid_or_an_empty_one() {
    for history in [vec![], history(OrderStatus::Draft), history(OrderStatus::Placed), vec![two_lamps_placed(), paid()]]
    {
        given(order(), history).when(cancel("too slow")).then(cancelled());
    }
}

#[test]
fn a_reason_is_trimmed() {
    given(order(), [two_lamps_placed()]).when(cancel("\n too slow\t ")).then(cancelled());
}

#[test]
fn only_a_draft_or_a_placed_order_is_cancelled() {
    for status in all_but(&[OrderStatus::Draft, OrderStatus::Placed]) {
        given(order(), history(status))
            .when(cancel("too slow"))
            .then_refused(&format!("Cannot cancel order in status: {}", status.name()));
    }
}

#[test]
fn a_cancellation_needs_a_reason() {
    for blank in BLANK {
        given(order(), [two_lamps_placed()]).when(cancel(blank)).then_refused("Cancellation reason is required");
    }
}

#[test]
fn cancelling_checks_the_status_before_the_reason() {
    given(order(), history(OrderStatus::Shipped))
        .when(cancel(""))
        .then_refused("Cannot cancel order in status: shipped");
}
