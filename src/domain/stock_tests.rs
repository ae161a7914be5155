//! The rules and folds of a stock item, and how it is written.

use proptest::prelude::*;

use super::*;
use crate::domain::testing::{
    after, any_quantity, at, given, id, is_kept_as, is_malformed, is_shown_as, is_unknown, lives,
};

fn lamps() -> StockId {
    id("lamp")
}

fn received(quantity: i64) -> StockEvent {
    StockReceived { product_id: id("lamp"), quantity, received_at: at("10:00") }.into()
}

fn reduced(quantity: i64) -> StockEvent {
    StockReduced { product_id: id("lamp"), quantity, reduced_at: at("10:05") }.into()
}

fn receive(quantity: i64) -> impl Fn(&StockItem) -> Rule<StockEvent> {
    move |stock| stock.receive(quantity, at("10:00"))
}

fn reduce(quantity: i64) -> impl Fn(&StockItem) -> Rule<StockEvent> {
    move |stock| stock.reduce(quantity, at("10:05"))
}

#[test]
fn goods_come_in() {
    given(lamps(), []).when(receive(5)).then(received(5));
    given(lamps(), [received(5)]).when(receive(1)).then(received(1));
    given(lamps(), []).when(receive(i64::MAX)).then(received(i64::MAX));
}

#[test]
fn no_goods_or_fewer_cannot_come_in() {
    for quantity in [0, -1, i64::MIN] {
        given(lamps(), [received(5)]).when(receive(quantity)).then_refused("Quantity must be positive");
    }
}

#[test]
fn more_than_can_be_counted_cannot_come_in() {
    given(lamps(), [received(1)]).when(receive(i64::MAX)).then_refused("Quantity is too large");
    given(lamps(), [received(i64::MAX)]).when(receive(1)).then_refused("Quantity is too large");
}

#[test]
fn goods_go_out_down_to_the_last() {
    given(lamps(), [received(5)]).when(reduce(1)).then(reduced(1));
    given(lamps(), [received(5)]).when(reduce(5)).then(reduced(5));
}

#[test]
fn no_goods_or_fewer_cannot_go_out() {
    for quantity in [0, -1, i64::MIN] {
        given(lamps(), [received(5)]).when(reduce(quantity)).then_refused("Quantity must be positive");
    }
}

#[test]
fn more_than_there_is_cannot_go_out() {
    given(lamps(), [received(5)])
        .when(reduce(6))
        .then_refused("Insufficient stock for product lamp: 5 available, 6 requested");
    given(lamps(), [received(5), reduced(4)])
        .when(reduce(i64::MAX))
        .then_refused("Insufficient stock for product lamp: 1 available, 9223372036854775807 requested");
    given(lamps(), []).when(reduce(1)).then_refused("Insufficient stock for product lamp: 0 available, 1 requested");
}

#[test]
fn the_quantity_is_checked_before_what_is_there() {
    given(lamps(), []).when(reduce(0)).then_refused("Quantity must be positive");
    given(lamps(), [received(i64::MAX)]).when(receive(0)).then_refused("Quantity must be positive");
}

#[test]
fn before_its_first_fact_nothing_is_there() {
    assert_eq!(StockItem::new(lamps()), StockItem { product_id: id("lamp"), quantity: 0, created_at: None });
}

#[test]
fn what_comes_in_adds_up_and_the_first_of_it_dates_the_item() {
    let later = StockReceived { product_id: id("lamp"), quantity: 3, received_at: at("10:30") };
    let stock = StockItem { product_id: id("lamp"), quantity: 8, created_at: Some(at("10:00")) };
    assert_eq!(after(lamps(), [received(5), later.into()]), stock);
}

#[test]
fn what_goes_out_is_taken_off() {
    let before = after(lamps(), [received(5)]);
    assert_eq!(after(lamps(), [received(5), reduced(2)]), StockItem { quantity: 3, ..before });
}

#[test]
fn its_events_are_kept_under_their_full_names() {
    is_kept_as::<StockEvent>(
        received(5),
        "StockReceivedEvent",
        r#"{"product_id":"lamp","quantity":5,"received_at":"2024-01-01T10:00:00Z"}"#,
    );
    is_kept_as::<StockEvent>(
        reduced(i64::MAX),
        "StockReducedEvent",
        r#"{"product_id":"lamp","quantity":9223372036854775807,"reduced_at":"2024-01-01T10:05:00Z"}"#,
    );
}

#[test]
fn other_events_are_unknown() {
    for event_type in ["StockCountedEvent", "StockReceived", "ProductCreatedEvent", ""] {
        is_unknown::<StockEvent>(event_type);
    }
}

#[test]
fn a_known_event_of_another_shape_is_an_error_and_not_unknown() {
    let half = r#"{"product_id":"lamp","quantity":1.5,"received_at":"2024-01-01T10:00:00Z"}"#;
    is_malformed::<StockEvent>("StockReceivedEvent", half);
}

#[test]
fn it_is_shown_with_every_field() {
    is_shown_as(
        &after(lamps(), [received(5)]),
        r#"{"product_id":"lamp","quantity":5,"created_at":"2024-01-01T10:00:00Z"}"#,
    );
}

#[test]
fn its_stream_and_its_404() {
    assert_eq!(lamps().stream(), "stock-lamp");
    assert_eq!(StockItem::not_found(&lamps()), "Stock not found for product lamp");
}

#[derive(Debug, Clone)]
enum Question {
    Receive(i64),
    Reduce(i64),
}

fn question() -> impl Strategy<Value = Question> {
    prop_oneof![any_quantity().prop_map(Question::Receive), any_quantity().prop_map(Question::Reduce)]
}

proptest! {
    #[test]
    fn whatever_is_asked_of_it_never_runs_below_zero(questions in prop::collection::vec(question(), 0..30)) {
        let answer = |stock: &StockItem, question: &Question| match *question {
            Question::Receive(quantity) => stock.receive(quantity, at("10:00")),
            Question::Reduce(quantity) => stock.reduce(quantity, at("10:05")),
        };
        lives(&lamps(), &questions, answer, |stock| assert!(stock.quantity >= 0));
    }

    #[test]
    fn what_is_there_is_what_came_in_less_what_went_out(quantities in prop::collection::vec(any_quantity(), 0..30)) {
        let mut stock = StockItem::new(lamps());
        let mut expected = 0_i128;
        for (turn, quantity) in quantities.into_iter().enumerate() {
            let comes_in = turn % 2 == 0;
            let decided = if comes_in { receive(quantity)(&stock) } else { reduce(quantity)(&stock) };
            let sum = if comes_in { expected + i128::from(quantity) } else { expected - i128::from(quantity) };
            prop_assert_eq!(decided.is_ok(), quantity > 0 && (0..=i128::from(i64::MAX)).contains(&sum));
            if let Ok(decision) = decided {
                decision.events.iter().for_each(|event| stock.apply(event));
                expected = sum;
            }
            prop_assert_eq!(i128::from(stock.quantity), expected);
        }
    }
}
