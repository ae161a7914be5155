//! The rules and folds of a customer, and how it is written.

use proptest::prelude::*;

use super::*;
use crate::domain::testing::{
    after, any_money, any_quantity, at, given, id, is_kept_as, is_malformed, is_shown_as, is_unknown, lives,
    millionths, money, one_of,
};

fn ada() -> CustomerId {
    id("c1")
}

fn registered() -> CustomerEvent {
    CustomerRegistered {
        customer_id: ada(),
        name: "Ada".to_owned(),
        email: "ada@example.org".to_owned(),
        registered_at: at("10:00"),
    }
    .into()
}

fn profile_updated(name: &str, email: &str) -> CustomerEvent {
    CustomerProfileUpdated {
        customer_id: ada(),
        name: name.to_owned(),
        email: email.to_owned(),
        updated_at: at("10:05"),
    }
    .into()
}

fn upgraded(new_tier: Tier, earned_points: i64, benefits: &[&str]) -> CustomerEvent {
    let benefits = benefits.iter().map(|benefit| (*benefit).to_owned()).collect();
    CustomerLoyaltyUpgraded { customer_id: ada(), new_tier, earned_points, benefits }.into()
}

fn silver() -> CustomerEvent {
    upgraded(Tier::Silver, 500, &["free shipping"])
}

fn bought(amount: &str) -> CustomerEvent {
    CustomerPurchaseRecorded { customer_id: ada(), order_id: id("o1"), amount: money(amount), recorded_at: at("10:10") }
        .into()
}

fn register(name: &str, email: &str) -> impl Fn(&Customer) -> Rule<CustomerEvent> {
    move |customer| customer.register(name.to_owned(), email.to_owned(), at("10:00"))
}

fn update_profile(name: &str, email: &str) -> impl Fn(&Customer) -> Rule<CustomerEvent> {
    move |customer| customer.update_profile(name.to_owned(), email.to_owned(), at("10:05"))
}

fn upgrade(tier: &str, earned_points: i64) -> impl Fn(&Customer) -> Rule<CustomerEvent> {
    move |customer| customer.upgrade_loyalty(tier, earned_points)
}

fn buy(amount: &str) -> impl Fn(&Customer) -> Rule<CustomerEvent> {
    move |customer| customer.record_purchase(&id("o1"), money(amount), at("10:10"))
}

const BLANK: [&str; 4] = ["", " ", "\t\n", "\u{a0}"];
const NOT_ADDRESSES: [&str; 9] = ["", "ada", "@", "ada@", "@example.org", " @example.org", "ada@ ", "a@b@c", "a@@b"];

#[test]
fn someone_becomes_a_customer() {
    given(ada(), []).when(register("Ada", "ada@example.org")).then(registered());
}

#[test]
fn a_customer_needs_a_name() {
    for blank in BLANK {
        given(ada(), []).when(register(blank, "ada@example.org")).then_refused("Customer name is required");
        given(ada(), [registered()])
            .when(update_profile(blank, "ada@example.org"))
            .then_refused("Customer name is required");
    }
}

#[test]
fn an_address_has_text_on_both_sides_of_one_at() {
    for email in NOT_ADDRESSES {
        given(ada(), []).when(register("Ada", email)).then_refused("Email is not valid");
        given(ada(), [registered()]).when(update_profile("Ada", email)).then_refused("Email is not valid");
    }
    given(ada(), [registered()]).when(update_profile("Ada", "a@b")).then(profile_updated("Ada", "a@b"));
}

#[test]
fn the_name_is_checked_before_the_address() {
    given(ada(), []).when(register("", "")).then_refused("Customer name is required");
    given(ada(), [registered()]).when(update_profile("", "")).then_refused("Customer name is required");
}

#[test]
fn a_name_an_address_or_both_change() {
    for (name, email) in [("Ada L.", "ada@example.org"), ("Ada", "al@example.org"), ("Ada L.", "al@example.org")] {
        given(ada(), [registered()]).when(update_profile(name, email)).then(profile_updated(name, email));
    }
}

#[test]
fn the_same_profile_is_no_change() {
    given(ada(), [registered()])
        .when(update_profile("Ada", "ada@example.org"))
        .then_nothing_because("name and e-mail are the same");
}

#[test]
fn a_tier_is_reached_at_its_threshold_with_its_benefits() {
    given(ada(), [registered()]).when(upgrade("silver", 500)).then(silver());
    given(ada(), [registered()]).when(upgrade("gold", 2_000)).then(upgraded(
        Tier::Gold,
        2_000,
        &["free shipping", "early access"],
    ));
    given(ada(), [registered()]).when(upgrade("platinum", 5_000)).then(upgraded(
        Tier::Platinum,
        5_000,
        &["free shipping", "early access", "personal service"],
    ));
}

#[test]
fn below_its_threshold_a_tier_is_not_reached() {
    let customer = || given(ada(), [registered()]);
    customer().when(upgrade("silver", 499)).then_nothing_because("silver needs 500 points, not 499");
    customer().when(upgrade("gold", 1_999)).then_nothing_because("gold needs 2000 points, not 1999");
    customer().when(upgrade("platinum", 4_999)).then_nothing_because("platinum needs 5000 points, not 4999");
}

#[test]
fn points_earned_before_count() {
    given(ada(), [registered(), silver()]).when(upgrade("gold", 1_500)).then(upgraded(
        Tier::Gold,
        1_500,
        &["free shipping", "early access"],
    ));
    given(ada(), [registered(), silver()])
        .when(upgrade("gold", 1_499))
        .then_nothing_because("gold needs 2000 points, not 1999");
}

#[test]
fn points_earned_before_can_be_enough() {
    given(ada(), [registered(), upgraded(Tier::Silver, 2_000, &["free shipping"])])
        .when(upgrade("gold", 0))
        .then(upgraded(Tier::Gold, 0, &["free shipping", "early access"]));
}

#[test]
fn a_tier_that_is_not_above_the_present_one_is_no_upgrade() {
    let customer = || given(ada(), [registered(), silver()]);
    customer().when(upgrade("silver", 9_000)).then_nothing_because("silver is not above silver");
    customer().when(upgrade("bronze", 9_000)).then_nothing_because("bronze is not above silver");
    given(ada(), [registered()]).when(upgrade("bronze", 0)).then_nothing_because("bronze is not above bronze");
}

#[test]
fn an_unknown_tier_is_named() {
    for tier in ["diamond", "Gold", " gold", ""] {
        given(ada(), [registered()]).when(upgrade(tier, 9_000)).then_refused(&format!("Unknown tier: {tier}"));
    }
}

#[test]
fn earned_points_are_not_negative_and_can_be_counted() {
    for points in [-1, i64::MIN] {
        given(ada(), [registered()]).when(upgrade("gold", points)).then_refused("Earned points must not be negative");
    }
    given(ada(), [registered(), silver()]).when(upgrade("gold", i64::MAX)).then_refused("Earned points are too many");
    given(ada(), [registered()]).when(upgrade("silver", i64::MAX)).then(upgraded(
        Tier::Silver,
        i64::MAX,
        &["free shipping"],
    ));
}

#[test]
fn an_upgrade_checks_the_tier_then_the_points_then_whether_it_is_one() {
    let customer = || given(ada(), [registered(), silver()]);
    customer().when(upgrade("diamond", -1)).then_refused("Unknown tier: diamond");
    customer().when(upgrade("bronze", -1)).then_refused("Earned points must not be negative");
    customer().when(upgrade("bronze", 0)).then_nothing_because("bronze is not above silver");
}

#[test]
fn a_purchase_is_written_down() {
    given(ada(), [registered()]).when(buy("19.98")).then(bought("19.98"));
}

#[test]
fn purchases_that_come_to_too_much_are_refused() {
    given(ada(), [registered(), bought("999999999999999999.99")]).when(buy("0.01")).then_refused("Amount is too large");
}

#[test]
fn tiers_rise_from_bronze_to_platinum() {
    let tiers: Vec<_> = Tier::ALL.into_iter().map(|tier| (tier.name(), tier.threshold())).collect();
    assert_eq!(tiers, [("bronze", 0), ("silver", 500), ("gold", 2_000), ("platinum", 5_000)]);
    assert!(Tier::ALL.is_sorted());
    assert_eq!(Tier::Bronze.benefits(), [""; 0]);
    for tier in Tier::ALL {
        assert_eq!(Tier::named(tier.name()), Some(tier));
        is_shown_as(&tier, &format!("\"{}\"", tier.name()));
    }
}

#[test]
fn before_its_first_fact_a_customer_is_nobody() {
    let nobody = Customer {
        id: ada(),
        name: String::new(),
        email: String::new(),
        loyalty_tier: Tier::Bronze,
        loyalty_points: 0,
        purchases: 0,
        total_spent: money("0"),
        created_at: None,
    };
    assert_eq!(Customer::new(ada()), nobody);
}

#[test]
fn a_registered_customer_is_bronze_and_has_bought_nothing() {
    let customer = Customer {
        name: "Ada".to_owned(),
        email: "ada@example.org".to_owned(),
        created_at: Some(at("10:00")),
        ..Customer::new(ada())
    };
    assert_eq!(after(ada(), [registered()]), customer);
}

#[test]
fn another_profile_changes_nothing_else() {
    let history = || [registered(), silver(), bought("5")];
    let expected =
        Customer { name: "Ada L.".to_owned(), email: "al@example.org".to_owned(), ..after(ada(), history()) };
    let updated = profile_updated("Ada L.", "al@example.org");
    assert_eq!(after(ada(), history().into_iter().chain([updated])), expected);
}

#[test]
fn upgrades_set_the_tier_and_add_up_the_points() {
    let expected = Customer { loyalty_tier: Tier::Gold, loyalty_points: 2_100, ..after(ada(), [registered()]) };
    assert_eq!(after(ada(), [registered(), silver(), upgraded(Tier::Gold, 1_600, &[])]), expected);
}

#[test]
fn purchases_are_counted_and_add_up() {
    let expected = Customer { purchases: 3, total_spent: money("0.3"), ..after(ada(), [registered()]) };
    assert_eq!(after(ada(), [registered(), bought("0.1"), bought("0.1"), bought("0.1")]), expected);
}

#[test]
fn its_events_are_kept_under_their_full_names() {
    is_kept_as::<CustomerEvent>(
        registered(),
        "CustomerRegisteredEvent",
        r#"{"customer_id":"c1","name":"Ada","email":"ada@example.org","registered_at":"2024-01-01T10:00:00Z"}"#,
    );
    is_kept_as::<CustomerEvent>(
        profile_updated("Ada \"L.\"", "al@example.org"),
        "CustomerProfileUpdatedEvent",
        r#"{"customer_id":"c1","name":"Ada \"L.\"","email":"al@example.org","updated_at":"2024-01-01T10:05:00Z"}"#,
    );
    is_kept_as::<CustomerEvent>(
        silver(),
        "CustomerLoyaltyUpgradedEvent",
        r#"{"customer_id":"c1","new_tier":"silver","earned_points":500,"benefits":["free shipping"]}"#,
    );
    is_kept_as::<CustomerEvent>(
        bought("19.90"),
        "CustomerPurchaseRecordedEvent",
        r#"{"customer_id":"c1","order_id":"o1","amount":"19.90","recorded_at":"2024-01-01T10:10:00Z"}"#,
    );
}

#[test]
fn other_events_are_unknown() {
    for event_type in ["CustomerLeftEvent", "CustomerRegistered", "OrderPlacedEvent", ""] {
        is_unknown::<CustomerEvent>(event_type);
    }
}

#[test]
fn a_known_event_of_another_shape_is_an_error_and_not_unknown() {
    let diamond = r#"{"customer_id":"c1","new_tier":"diamond","earned_points":500,"benefits":[]}"#;
    is_malformed::<CustomerEvent>("CustomerLoyaltyUpgradedEvent", diamond);
}

#[test]
fn it_is_shown_with_every_field() {
    is_shown_as(
        &after(ada(), [registered(), silver(), bought("19.90")]),
        concat!(
            r#"{"id":"c1","name":"Ada","email":"ada@example.org","loyalty_tier":"silver","loyalty_points":500,"#,
            r#""purchases":1,"total_spent":"19.90","created_at":"2024-01-01T10:00:00Z"}"#
        ),
    );
}

#[test]
fn its_stream_and_its_404() {
    assert_eq!(ada().stream(), "customer-c1");
    assert_eq!(Customer::not_found(&ada()), "Customer not found");
}

#[derive(Debug, Clone)]
enum Question {
    Register(&'static str, &'static str),
    UpdateProfile(&'static str, &'static str),
    Upgrade(&'static str, i64),
    Buy(Money),
}

fn question() -> impl Strategy<Value = Question> {
    let name = || one_of(&["Ada", "Bob", " "]);
    let email = || one_of(&["a@example.org", "b@example.org", "nowhere"]);
    let tier = one_of(&["bronze", "silver", "gold", "platinum", "diamond"]);
    let points = prop_oneof![0_i64..3_000, any_quantity()];
    prop_oneof![
        (name(), email()).prop_map(|(name, email)| Question::Register(name, email)),
        (name(), email()).prop_map(|(name, email)| Question::UpdateProfile(name, email)),
        (tier, points).prop_map(|(tier, points)| Question::Upgrade(tier, points)),
        any_money().prop_map(Question::Buy),
    ]
}

fn answer(customer: &Customer, question: &Question) -> Rule<CustomerEvent> {
    match question {
        Question::Register(name, email) => register(name, email)(customer),
        Question::UpdateProfile(name, email) => update_profile(name, email)(customer),
        Question::Upgrade(tier, points) => upgrade(tier, *points)(customer),
        Question::Buy(amount) => customer.record_purchase(&id("o1"), *amount, at("10:10")),
    }
}

proptest! {
    #[test]
    fn whatever_is_asked_of_it_the_tier_is_earned(questions in prop::collection::vec(question(), 0..30)) {
        lives(&ada(), &questions, answer, |customer| {
            assert!(customer.loyalty_points >= customer.loyalty_tier.threshold());
        });
    }

    #[test]
    fn no_purchase_gets_lost(amounts in prop::collection::vec(any_money(), 0..30)) {
        let mut customer = Customer::new(ada());
        let (mut purchases, mut spent) = (0, 0);
        for amount in amounts {
            let decision = customer.record_purchase(&id("o1"), amount, at("10:10"));
            for event in decision.map(|decision| decision.events).unwrap_or_default() {
                customer.apply(&event);
                purchases += 1;
                spent += millionths(amount);
            }
            prop_assert_eq!((customer.purchases, millionths(customer.total_spent)), (purchases, spent));
        }
    }
}
