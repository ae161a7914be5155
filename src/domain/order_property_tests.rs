//! What holds of an order whatever is asked of it.

use proptest::prelude::*;

use super::*;
use crate::domain::testing::{any_money, any_quantity, lives, millionths, one_of};

#[derive(Debug, Clone)]
enum Question {
    Add(&'static str, i64, Money),
    Change(&'static str, i64),
    Place(&'static str, Option<Vec<OrderLine>>),
    ConfirmPayment(&'static str),
    Ship,
    Deliver,
    Cancel(&'static str),
}

fn product() -> impl Strategy<Value = &'static str> {
    one_of(&["lamp", "desk", "chair"])
}

fn lines() -> impl Strategy<Value = Vec<OrderLine>> {
    let line = (product(), any_quantity(), any_money()).prop_map(|(product, quantity, unit_price)| OrderLine {
        product_id: id(product),
        quantity,
        unit_price,
    });
    prop::collection::vec(line, 0..4)
}

fn question() -> impl Strategy<Value = Question> {
    prop_oneof![
        6 => (product(), any_quantity(), any_money()).prop_map(|(product, quantity, price)| {
            Question::Add(product, quantity, price)
        }),
        4 => (product(), any_quantity()).prop_map(|(product, quantity)| Question::Change(product, quantity)),
        2 => (one_of(&["c1", ""]), prop::option::of(lines())).prop_map(|(customer, items)| Question::Place(customer, items)),
        2 => one_of(&["pay-1", "pay-2", " "]).prop_map(Question::ConfirmPayment),
        2 => Just(Question::Ship),
        2 => Just(Question::Deliver),
        1 => one_of(&["too slow", " "]).prop_map(Question::Cancel),
    ]
}

fn answer(order: &Order, question: &Question) -> Rule<OrderEvent> {
    match question {
        Question::Add(product, quantity, price) => order.add_item(id(product), *quantity, *price, at("10:00")),
        Question::Change(product, quantity) => order.change_item_quantity(&id(product), *quantity, at("10:02")),
        Question::Place(customer, items) => order.place(id(customer), items.clone(), at("10:05")),
        Question::ConfirmPayment(reference) => order.confirm_payment(reference, at("10:10")),
        Question::Ship => order.ship(at("10:15")),
        Question::Deliver => order.deliver(at("10:20")),
        Question::Cancel(reason) => order.cancel(reason, at("10:25")),
    }
}

/// The sum in whole numbers, which cannot overflow: the rules keep each line below 10^24 millionths.
fn sum(items: &[OrderLine]) -> i128 {
    items.iter().map(|line| millionths(line.unit_price) * i128::from(line.quantity)).sum()
}

fn holds(order: &Order) {
    assert_eq!(millionths(order.total_amount()), sum(&order.items));
    assert!(order.items.iter().all(|line| line.quantity > 0 && line.unit_price.is_positive()));
    assert_eq!(order.created_at.is_some(), !order.items.is_empty());
    assert_eq!(order.placed_at.is_some(), order.customer_id.is_some());
    assert_eq!(order.paid_at.is_some(), order.payment_reference.is_some());
    assert!(order.shipped_at.is_none() || order.paid_at.is_some());
    assert!(order.delivered_at.is_none() || order.shipped_at.is_some());
    assert_eq!(order.cancelled_at.is_some(), order.status == OrderStatus::Cancelled);
}

proptest! {
    #[test]
    fn whatever_is_asked_of_it_the_total_is_the_sum_of_its_lines(questions in prop::collection::vec(question(), 0..30)) {
        lives(&order(), &questions, answer, holds);
    }

    #[test]
    fn the_total_that_was_placed_is_the_sum_of_the_items_placed(items in lines()) {
        if let Ok(decision) = place(&items)(&Order::new(order())) {
            let [OrderEvent::OrderPlaced(placed)] = &decision.events[..] else { panic!("{decision:?}") };
            prop_assert_eq!(&placed.items, &items);
            prop_assert_eq!(millionths(placed.total_amount), sum(&items));
        }
    }
}
