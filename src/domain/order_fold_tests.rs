//! The folds of an order, and how it and its events are written.

use super::*;
use crate::domain::testing::{after, is_kept_as, is_malformed, is_shown_as, is_unknown};

#[test]
fn before_its_first_fact_an_order_is_an_empty_draft_of_no_one() {
    let empty = Order {
        id: order(),
        status: OrderStatus::Draft,
        customer_id: None,
        items: vec![],
        placed_at: None,
        payment_reference: None,
        paid_at: None,
        shipped_at: None,
        delivered_at: None,
        cancelled_at: None,
        cancellation_reason: None,
        created_at: None,
    };
    assert_eq!(Order::new(order()), empty);
    assert_eq!(empty.total_amount(), money("0"));
}

#[test]
fn items_are_appended_and_the_first_dates_the_order() {
    let OrderEvent::OrderItemAdded(desk) = added("desk", 1, "120") else { unreachable!("an added item") };
    let expected = Order {
        items: vec![line("lamp", 2, "9.99"), line("desk", 1, "120")],
        created_at: Some(at("10:00")),
        ..Order::new(order())
    };
    let later = OrderItemAdded { added_at: at("10:30"), ..desk };
    assert_eq!(after(order(), [added("lamp", 2, "9.99"), later.into()]), expected);
}

#[test]
fn another_quantity_changes_that_line_only() {
    let collected = || [added("lamp", 2, "9.99"), added("desk", 1, "120"), added("chair", 4, "45")];
    let expected = Order {
        items: vec![line("lamp", 2, "9.99"), line("desk", 3, "120"), line("chair", 4, "45")],
        ..after(order(), collected())
    };
    assert_eq!(after(order(), collected().into_iter().chain([changed("desk", 1, 3)])), expected);
}

#[test]
fn placing_replaces_the_items_and_keeps_when_it_all_began() {
    let expected = Order {
        status: OrderStatus::Placed,
        customer_id: Some(id("c1")),
        items: vec![line("lamp", 2, "9.99")],
        placed_at: Some(at("10:05")),
        created_at: Some(at("10:00")),
        ..Order::new(order())
    };
    assert_eq!(after(order(), [added("desk", 1, "120"), two_lamps_placed()]), expected);
    assert_eq!(after(order(), [two_lamps_placed()]), Order { created_at: Some(at("10:05")), ..expected });
}

#[test]
fn a_payment_leaves_the_order_placed() {
    let expected = Order {
        payment_reference: Some("pay-1".to_owned()),
        paid_at: Some(at("10:10")),
        ..after(order(), [two_lamps_placed()])
    };
    assert_eq!(after(order(), [two_lamps_placed(), paid()]), expected);
}

#[test]
fn shipping_and_delivering_move_the_status_on() {
    let expected = Order {
        status: OrderStatus::Shipped,
        shipped_at: Some(at("10:15")),
        ..after(order(), [two_lamps_placed(), paid()])
    };
    assert_eq!(after(order(), history(OrderStatus::Shipped)), expected);
    let expected = Order { status: OrderStatus::Delivered, delivered_at: Some(at("10:20")), ..expected };
    assert_eq!(after(order(), history(OrderStatus::Delivered)), expected);
}

#[test]
fn cancelling_keeps_the_reason_and_all_that_was_before() {
    let expected = Order {
        status: OrderStatus::Cancelled,
        cancelled_at: Some(at("10:25")),
        cancellation_reason: Some("too slow".to_owned()),
        ..after(order(), [two_lamps_placed(), paid()])
    };
    assert_eq!(after(order(), [two_lamps_placed(), paid(), cancelled()]), expected);
}

#[test]
fn only_a_draft_is_modifiable() {
    for status in OrderStatus::ALL {
        let order = after(order(), history(status));
        assert_eq!(order.status, status);
        assert_eq!(order.is_modifiable(), status == OrderStatus::Draft, "{status:?}");
    }
}

#[test]
fn totals_are_the_sums_of_lines_and_keep_their_digits() {
    let total = |events: &[OrderEvent]| after(order(), events.to_vec()).total_amount().to_string();
    assert_eq!(line("lamp", 3, "0.1").line_total().to_string(), "0.3");
    assert_eq!(total(&[added("lamp", 2, "9.99"), added("desk", 1, "120")]), "139.98");
    assert_eq!(total(&[added("tower", 1, "12345678901234.5678")]), "12345678901234.5678");
    assert_eq!(total(&[added("lamp", 2, "10.00")]), "20.00");
}

#[test]
fn lines_are_equal_when_their_amounts_are() {
    assert_eq!(line("lamp", 1, "10"), line("lamp", 1, "10.00"));
    assert_ne!(line("lamp", 1, "10"), line("lamp", 2, "10"));
}

#[test]
fn the_guides_events_are_kept_under_its_names_and_keys() {
    is_kept_as::<OrderEvent>(
        placed(&[line("lamp", 2, "9.90"), line("desk", 1, "120")], "139.80"),
        "OrderPlacedEvent",
        concat!(
            r#"{"order_id":"o1","customer_id":"c1","items":[{"product_id":"lamp","quantity":2,"unit_price":"9.90"},"#,
            r#"{"product_id":"desk","quantity":1,"unit_price":"120"}],"total_amount":"139.80","#,
            r#""placed_at":"2024-01-01T10:05:00Z"}"#
        ),
    );
    is_kept_as::<OrderEvent>(
        added("lamp", 2, "9.90"),
        "OrderItemAddedEvent",
        r#"{"order_id":"o1","product_id":"lamp","quantity":2,"unit_price":"9.90","added_at":"2024-01-01T10:00:00Z"}"#,
    );
    is_kept_as::<OrderEvent>(
        cancelled(),
        "OrderCancelledEvent",
        r#"{"order_id":"o1","reason":"too slow","cancelled_at":"2024-01-01T10:25:00Z"}"#,
    );
}

#[test]
fn the_added_events_are_kept_under_their_full_names() {
    is_kept_as::<OrderEvent>(
        changed("lamp", 2, 5),
        "OrderItemQuantityChangedEvent",
        r#"{"order_id":"o1","product_id":"lamp","old_quantity":2,"new_quantity":5,"changed_at":"2024-01-01T10:02:00Z"}"#,
    );
    is_kept_as::<OrderEvent>(
        paid(),
        "OrderPaymentConfirmedEvent",
        r#"{"order_id":"o1","payment_reference":"pay-1","amount":"19.98","confirmed_at":"2024-01-01T10:10:00Z"}"#,
    );
    is_kept_as::<OrderEvent>(
        shipped(),
        "OrderShippedEvent",
        r#"{"order_id":"o1","shipped_at":"2024-01-01T10:15:00Z"}"#,
    );
    is_kept_as::<OrderEvent>(
        delivered(),
        "OrderDeliveredEvent",
        r#"{"order_id":"o1","delivered_at":"2024-01-01T10:20:00Z"}"#,
    );
}

#[test]
fn other_events_are_unknown() {
    for event_type in ["OrderGiftWrappedEvent", "OrderPlaced", "orderplacedevent", "ProductCreatedEvent", ""] {
        is_unknown::<OrderEvent>(event_type);
    }
}

#[test]
fn a_known_event_of_another_shape_is_an_error_and_not_unknown() {
    let float =
        r#"{"order_id":"o1","product_id":"lamp","quantity":2,"unit_price":9.9,"added_at":"2024-01-01T10:00:00Z"}"#;
    is_malformed::<OrderEvent>("OrderItemAddedEvent", float);
    is_malformed::<OrderEvent>("OrderShippedEvent", r#"{"order_id":"o1"}"#);
}

#[test]
fn a_draft_is_shown_with_every_field() {
    is_shown_as(
        &Order::new(order()),
        concat!(
            r#"{"id":"o1","status":"draft","customer_id":null,"items":[],"total_amount":"0","placed_at":null,"#,
            r#""payment_reference":null,"paid_at":null,"shipped_at":null,"delivered_at":null,"cancelled_at":null,"#,
            r#""cancellation_reason":null,"created_at":null}"#
        ),
    );
}

#[test]
fn an_order_is_shown_with_its_sums() {
    is_shown_as(
        &after(
            order(),
            [added("clip", 3, "0.1")].into_iter().chain(history(OrderStatus::Delivered)).chain([cancelled()]),
        ),
        concat!(
            r#"{"id":"o1","status":"cancelled","customer_id":"c1","items":[{"product_id":"lamp","quantity":2,"#,
            r#""unit_price":"9.99","line_total":"19.98"}],"total_amount":"19.98","placed_at":"2024-01-01T10:05:00Z","#,
            r#""payment_reference":"pay-1","paid_at":"2024-01-01T10:10:00Z","shipped_at":"2024-01-01T10:15:00Z","#,
            r#""delivered_at":"2024-01-01T10:20:00Z","cancelled_at":"2024-01-01T10:25:00Z","#,
            r#""cancellation_reason":"too slow","created_at":"2024-01-01T10:00:00Z"}"#
        ),
    );
}

#[test]
fn a_status_is_shown_by_its_name() {
    let names = OrderStatus::ALL.map(OrderStatus::name);
    assert_eq!(names, ["draft", "placed", "shipped", "delivered", "cancelled"]);
    for status in OrderStatus::ALL {
        is_shown_as(&status, &format!("\"{}\"", status.name()));
    }
}

#[test]
fn its_stream_and_its_404() {
    assert_eq!(order().stream(), "order-o1");
    assert_eq!(Order::not_found(&order()), "Order not found");
}
