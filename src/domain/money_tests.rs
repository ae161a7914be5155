//! Amounts: what is one, how it is written, and that sums are exact or refused.

use proptest::prelude::*;

use super::*;
use crate::domain::testing::{TOO_LARGE, any_money, any_quantity, millionths, money};

const LARGEST: &str = "999999999999999999.999999";

fn not_decimal(text: &str) -> NotMoney {
    NotMoney::NotDecimal(text.to_owned())
}

#[track_caller]
fn is_too_large(sum: Result<Money, Refusal>) {
    assert_eq!(sum, Err(Refusal::rule("Amount is too large")));
}

#[track_caller]
fn is_shown(amount: Money, text: &str) {
    assert_eq!(amount.to_string(), text);
    assert_eq!(serde_json::to_string(&amount).expect("it can be written"), format!("\"{text}\""));
}

#[test]
fn an_amount_is_shown_as_it_was_written() {
    for text in
        ["0", "0.000000", "9.99", "10.00", "10.50", "-0.01", "12345678901234.5678", LARGEST, "-999999999999999999"]
    {
        is_shown(money(text), text);
    }
}

#[test]
fn leading_zeros_and_the_sign_of_nothing_are_not_kept() {
    is_shown(money("007.50"), "7.50");
    is_shown(money("-0"), "0");
    is_shown(money("-0.00"), "0.00");
}

#[test]
fn other_texts_are_not_amounts() {
    for text in [
        "", " ", "-", ".", "-.", " 1", "1 ", "- 1", "12,50", "1,000.00", "NaN", "inf", "1e5", "1E5", "+5", "--5", "5-",
        ".5", "5.", "-.5", "1.2.3", "1_000", "0x10", "٣", "１２", "1.٣", "½", "1\0", "1\n", "€5", "five",
    ] {
        assert_eq!(text.parse::<Money>(), Err(not_decimal(text)));
    }
}

#[test]
fn an_amount_has_at_most_18_digits_before_the_point_and_6_after_it() {
    for text in ["1000000000000000000", "0000000000000000001", "-1234567890123456789", "0.0000001", "1.0000000"] {
        assert_eq!(text.parse::<Money>(), Err(NotMoney::TooLong(text.to_owned())));
    }
    let forty = "1".repeat(40);
    assert_eq!(forty.parse::<Money>(), Err(NotMoney::TooLong(forty)));
}

#[test]
fn what_is_not_an_amount_is_told_with_what_to_write_and_not_at_any_length() {
    assert_eq!(not_decimal("12,50").to_string(), "`12,50` is not a decimal: write digits with a point, as in 12.50");
    assert_eq!(
        NotMoney::TooLong("0.0000001".to_owned()).to_string(),
        "`0.0000001` has too many digits: at most 18 before the point and 6 after it"
    );
    assert_eq!("é".repeat(1_000).parse::<Money>(), Err(not_decimal(&"é".repeat(60))));
    assert_eq!("1".repeat(1_000).parse::<Money>(), Err(NotMoney::TooLong("1".repeat(60))));
}

#[test]
fn in_json_an_amount_is_text_and_never_a_number() {
    assert_eq!(serde_json::from_str::<Money>(r#""9.90""#).expect("an amount").to_string(), "9.90");
    assert_eq!(serde_json::from_str::<Money>(r#""\u0039.90""#).expect("an amount, escaped").to_string(), "9.90");
    for json in ["9.90", "9", "null", r#""""#, r#""9,90""#, r#""1e5""#, r#"["9.90"]"#] {
        assert!(serde_json::from_str::<Money>(json).is_err(), "{json}");
    }
}

#[test]
fn trailing_zeros_do_not_count_when_amounts_are_compared() {
    assert_eq!(money("10"), money("10.00"));
    assert_eq!(money("0"), money("0.000000"));
    assert!(money("9.99") < money("10"));
    assert!(money("-10") < money("9.99"));
    assert!(money("10.000001") > money("10"));
}

#[test]
fn only_more_than_nothing_is_positive() {
    assert!(money("0.000001").is_positive());
    for text in ["0", "0.00", "-0", "-0.000001", "-5"] {
        assert!(!money(text).is_positive(), "{text}");
    }
}

#[test]
fn three_times_a_tenth_is_three_tenths() {
    let tenth = money("0.1");
    is_shown(tenth.times(3).expect("small"), "0.3");
    is_shown(tenth.plus(tenth).and_then(|sum| sum.plus(tenth)).expect("small"), "0.3");
}

#[test]
fn long_amounts_keep_their_digits() {
    is_shown(money("12345678901234.5678").times(1).expect("small"), "12345678901234.5678");
    is_shown(money("12345678901234.5678").plus(money("0.000001")).expect("small"), "12345678901234.567801");
    is_shown(money("0.000001").times(i64::MAX).expect("small"), "9223372036854.775807");
    is_shown(money("0.01").times(i64::MIN).expect("small"), "-92233720368547758.08");
}

#[test]
fn sums_that_grow_too_large_are_refused_on_either_side() {
    let (largest, smallest) = (money(LARGEST), money("-999999999999999999.999999"));
    is_too_large(largest.plus(money("0.000001")));
    is_too_large(smallest.minus(money("0.000001")));
    is_too_large(largest.plus(largest));
    is_too_large(largest.minus(smallest));
    is_too_large(largest.times(2));
    is_too_large(largest.times(i64::MAX));
    is_too_large(largest.times(i64::MIN));
    is_too_large(money("1").times(i64::MAX));
    is_too_large(money("1").times(1_000_000_000_000_000_000));
    is_shown(money("1").times(999_999_999_999_999_999).expect("just within"), "999999999999999999");
    is_shown(largest.plus(smallest).expect("nothing"), "0.000000");
}

#[test]
fn nothing_is_never_shown_as_minus_nothing() {
    is_shown(money("0").minus(money("0")).expect("nothing"), "0");
    is_shown(money("5").minus(money("5")).expect("nothing"), "0");
    is_shown(money("-5").plus(money("5")).expect("nothing"), "0");
    is_shown(money("-5").times(0).expect("nothing"), "0");
    is_shown(money("0").times(-5).expect("nothing"), "0");
    is_shown(money("-0.000001").share(3), "0");
}

#[test]
fn a_share_is_rounded_to_six_digits_and_a_half_to_the_even_one() {
    is_shown(money("10").share(3), "3.333333");
    is_shown(money("20").share(3), "6.666667");
    is_shown(money("0.000001").share(2), "0");
    is_shown(money("0.000003").share(2), "0.000002");
    is_shown(money("-20").share(3), "-6.666667");
    is_shown(money("9.00").share(3), "3");
    is_shown(money(LARGEST).share(1), LARGEST);
    is_shown(money(LARGEST).share(u64::MAX), "0.05421");
}

#[test]
fn of_none_there_is_no_share() {
    is_shown(money("10").share(0), "0");
}

#[test]
fn the_nearest_float_is_only_near() {
    assert_eq!(money("0.1").approximate(), 0.1);
    assert_eq!(money("-9.99").approximate(), -9.99);
    assert_eq!(money("12345678901234.5678").approximate(), 12_345_678_901_234.568);
    assert_eq!(money(LARGEST).approximate(), 1e18);
}

proptest! {
    #[test]
    fn text_goes_round(text in "-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,6})?") {
        let is_nothing = text.bytes().all(|byte| matches!(byte, b'-' | b'0' | b'.'));
        let shown = if is_nothing { text.trim_start_matches('-') } else { &text };
        is_shown(money(&text), shown);
        let json = serde_json::to_string(&money(&text)).expect("it can be written");
        is_shown(serde_json::from_str(&json).expect("what was written"), shown);
    }

    #[test]
    fn any_text_is_an_amount_or_told_why_not(text in prop_oneof!["\\PC{0,30}", "[-+.,eE0-9 ]{0,30}", "[-.0-9]{0,8}"]) {
        match text.parse::<Money>() {
            Ok(amount) => {
                prop_assert!(text.starts_with(|first: char| first == '-' || first.is_ascii_digit()));
                prop_assert!(text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.')));
                prop_assert_eq!(amount, money(&amount.to_string()));
            }
            Err(why) => prop_assert!(why.to_string().contains(&text)),
        }
    }

    #[test]
    fn sums_are_exact_or_refused(one in any_money(), other in any_money()) {
        let agrees = |sum: Result<Money, Refusal>, exact: i128| {
            if exact.abs() < TOO_LARGE {
                assert_eq!(sum.map(millionths), Ok(exact));
            } else {
                is_too_large(sum);
            }
        };
        agrees(one.plus(other), millionths(one) + millionths(other));
        agrees(one.minus(other), millionths(one) - millionths(other));
    }

    #[test]
    fn products_are_exact_or_refused(one in any_money(), quantity in any_quantity()) {
        match millionths(one).checked_mul(i128::from(quantity)).filter(|exact| exact.abs() < TOO_LARGE) {
            Some(exact) => prop_assert_eq!(one.times(quantity).map(millionths), Ok(exact)),
            None => is_too_large(one.times(quantity)),
        }
    }

    #[test]
    fn shares_are_as_near_as_six_digits_allow(one in any_money(), of in 1_u64..1_000_000) {
        let left = millionths(one) - millionths(one.share(of)) * i128::from(of);
        prop_assert!(left.abs() * 2 <= i128::from(of));
    }

    #[test]
    fn amounts_are_ordered_as_whole_numbers_are(one in any_money(), other in any_money()) {
        prop_assert_eq!(one.cmp(&other), millionths(one).cmp(&millionths(other)));
        prop_assert_eq!(one == other, millionths(one) == millionths(other));
    }

    #[test]
    fn the_float_is_the_nearest_one(one in any_money()) {
        prop_assert_eq!(one.approximate(), one.to_string().parse::<f64>().expect("a float"));
    }
}
