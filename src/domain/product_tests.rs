//! The rules and folds of a product, and how it is written.

use proptest::prelude::*;

use super::*;
use crate::domain::testing::{
    after, any_money, at, given, id, is_kept_as, is_malformed, is_shown_as, is_unknown, lives, money, one_of,
};

fn lamp() -> ProductId {
    id("lamp")
}

fn created(price: &str) -> ProductEvent {
    ProductCreated { product_id: lamp(), name: "Lamp".to_owned(), price: money(price), created_at: at("10:00") }.into()
}

fn price_updated(old: &str, new: &str) -> ProductPriceUpdated {
    ProductPriceUpdated { product_id: lamp(), old_price: money(old), new_price: money(new), updated_at: at("10:05") }
}

fn deactivated() -> ProductEvent {
    ProductDeactivated { product_id: lamp(), deactivated_at: at("10:10") }.into()
}

fn create(name: &str, price: &str) -> impl Fn(&Product) -> Rule<ProductEvent> {
    move |product| product.create(name.to_owned(), money(price), at("10:00"))
}

fn update_price(price: &str) -> impl Fn(&Product) -> Rule<ProductEvent> {
    move |product| product.update_price(money(price), at("10:05"))
}

#[test]
fn a_product_enters_the_catalog() {
    given(lamp(), []).when(create("Lamp", "9.99")).then(created("9.99"));
    given(lamp(), []).when(create("Lamp", "0.000001")).then(created("0.000001"));
}

#[test]
fn a_new_product_needs_a_name() {
    for blank in ["", " ", "\t\n", "\u{a0}"] {
        given(lamp(), []).when(create(blank, "9.99")).then_refused("Product name is required");
    }
}

#[test]
fn a_new_product_needs_a_positive_price() {
    for price in ["0", "0.00", "-0.01", "-999999999999999999"] {
        given(lamp(), []).when(create("Lamp", price)).then_refused("Price must be positive");
    }
}

#[test]
fn creating_checks_the_name_before_the_price() {
    given(lamp(), []).when(create(" ", "0")).then_refused("Product name is required");
}

#[test]
fn a_price_changes() {
    given(lamp(), [created("9.99")]).when(update_price("12.50")).then(price_updated("9.99", "12.50"));
}

#[test]
fn the_old_price_is_the_latest_one() {
    given(lamp(), [created("9.99"), price_updated("9.99", "11").into()])
        .when(update_price("9.99"))
        .then(price_updated("11", "9.99"));
}

#[test]
fn a_price_stays_positive() {
    for price in ["0", "0.00", "-0.01"] {
        given(lamp(), [created("9.99")]).when(update_price(price)).then_refused("Price must be positive");
    }
}

#[test]
fn the_same_price_is_no_change_however_it_is_written() {
    for price in ["10", "10.0", "10.00"] {
        given(lamp(), [created("10")]).when(update_price(price)).then_nothing_because("the price is the same");
    }
}

#[test]
fn an_inactive_product_can_have_another_price() {
    given(lamp(), [created("9.99"), deactivated()]).when(update_price("12")).then(price_updated("9.99", "12"));
}

#[test]
fn a_product_is_deactivated_once() {
    given(lamp(), [created("9.99")]).when(|product| product.deactivate(at("10:10"))).then(deactivated());
    given(lamp(), [created("9.99"), deactivated()])
        .when(|product| product.deactivate(at("10:15")))
        .then_nothing_because("already inactive");
}

#[test]
fn before_its_first_fact_there_is_nothing_on_offer() {
    let nothing = Product { id: lamp(), name: String::new(), price: money("0"), is_active: false, created_at: None };
    assert_eq!(Product::new(lamp()), nothing);
}

#[test]
fn a_created_product_is_active() {
    let product = Product {
        id: lamp(),
        name: "Lamp".to_owned(),
        price: money("9.99"),
        is_active: true,
        created_at: Some(at("10:00")),
    };
    assert_eq!(after(lamp(), [created("9.99")]), product);
}

#[test]
fn another_price_changes_nothing_but_the_price() {
    let before = after(lamp(), [created("9.99")]);
    assert_eq!(
        after(lamp(), [created("9.99"), price_updated("9.99", "12").into()]),
        Product { price: money("12"), ..before }
    );
}

#[test]
fn deactivating_changes_nothing_but_that() {
    let before = after(lamp(), [created("9.99")]);
    assert_eq!(after(lamp(), [created("9.99"), deactivated()]), Product { is_active: false, ..before });
}

#[test]
fn its_events_are_kept_under_the_guides_names_and_keys() {
    is_kept_as::<ProductEvent>(
        created("9.90"),
        "ProductCreatedEvent",
        r#"{"product_id":"lamp","name":"Lamp","price":"9.90","created_at":"2024-01-01T10:00:00Z"}"#,
    );
    is_kept_as::<ProductEvent>(
        price_updated("9.90", "12345678901234.5678"),
        "ProductPriceUpdatedEvent",
        r#"{"product_id":"lamp","old_price":"9.90","new_price":"12345678901234.5678","updated_at":"2024-01-01T10:05:00Z"}"#,
    );
    is_kept_as::<ProductEvent>(
        deactivated(),
        "ProductDeactivatedEvent",
        r#"{"product_id":"lamp","deactivated_at":"2024-01-01T10:10:00Z"}"#,
    );
}

#[test]
fn other_events_are_unknown() {
    for event_type in ["ProductRenamedEvent", "ProductCreated", "productcreatedevent", "OrderPlacedEvent", ""] {
        is_unknown::<ProductEvent>(event_type);
    }
}

#[test]
fn a_known_event_of_another_shape_is_an_error_and_not_unknown() {
    is_malformed::<ProductEvent>("ProductDeactivatedEvent", r#"{"product_id":"lamp"}"#);
}

#[test]
fn it_is_shown_with_every_field() {
    is_shown_as(
        &after(lamp(), [created("9.90")]),
        r#"{"id":"lamp","name":"Lamp","price":"9.90","is_active":true,"created_at":"2024-01-01T10:00:00Z"}"#,
    );
}

#[test]
fn its_stream_and_its_404() {
    assert_eq!(lamp().stream(), "product-lamp");
    assert_eq!(Product::not_found(&lamp()), "Product not found");
}

#[derive(Debug, Clone)]
enum Question {
    Create(&'static str, Money),
    UpdatePrice(Money),
    Deactivate,
}

fn question() -> impl Strategy<Value = Question> {
    prop_oneof![
        (one_of(&["Lamp", " "]), any_money()).prop_map(|(name, price)| Question::Create(name, price)),
        any_money().prop_map(Question::UpdatePrice),
        Just(Question::Deactivate),
    ]
}

proptest! {
    #[test]
    fn whatever_is_asked_of_it_replays_to_the_same(questions in prop::collection::vec(question(), 0..20)) {
        let answer = |product: &Product, question: &Question| match question {
            Question::Create(name, price) => product.create((*name).to_owned(), *price, at("10:00")),
            Question::UpdatePrice(price) => product.update_price(*price, at("10:05")),
            Question::Deactivate => product.deactivate(at("10:10")),
        };
        lives(&lamp(), &questions, answer, |product| {
            assert!(product.price >= Money::ZERO);
            assert!(!product.is_active || product.price.is_positive());
        });
    }
}
