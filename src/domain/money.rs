//! Money: exact, never a float.
//!
//! The guide keeps prices as floats, which loses digits of `12345678901234.5678` and makes three times 0.1 more than 0.3. Here an
//! amount comes from text, digit by digit, and sums that would grow too large are refused instead of rounded.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::kernel::{Refusal, text};

const DIGITS_BEFORE: usize = 18;
const DIGITS_AFTER: usize = 6;

/// An exact decimal with at most 18 digits before the point and 6 after it. Trailing zeros are kept for showing, and do not
/// count when two amounts are compared.
#[derive(Debug, Clone, Copy)]
pub struct Money(Decimal);

/// Why a text is not an amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotMoney {
    /// Something else than an optional minus, digits, a point and digits.
    #[error("`{0}` is not a decimal: write digits with a point, as in 12.50")]
    NotDecimal(String),
    /// More than 18 digits before the point, or more than 6 after it.
    #[error("`{0}` has too many digits: at most 18 before the point and 6 after it")]
    TooLong(String),
}

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// Whether it is more than nothing.
    pub fn is_positive(self) -> bool {
        self.0 > Decimal::ZERO
    }

    /// This many times the amount.
    ///
    /// # Errors
    ///
    /// A refusal when the product has more than 18 digits before the point.
    pub fn times(self, quantity: i64) -> Result<Self, Refusal> {
        self.0.checked_mul(Decimal::from(quantity)).and_then(Self::within).ok_or_else(too_large)
    }

    /// The sum of both.
    ///
    /// # Errors
    ///
    /// A refusal when the sum has more than 18 digits before the point.
    pub fn plus(self, other: Self) -> Result<Self, Refusal> {
        self.0.checked_add(other.0).and_then(Self::within).ok_or_else(too_large)
    }

    /// The difference of both.
    ///
    /// # Errors
    ///
    /// A refusal when the difference has more than 18 digits before the point.
    pub fn minus(self, other: Self) -> Result<Self, Refusal> {
        self.plus(Self(-other.0))
    }

    /// An equal share, rounded to 6 digits after the point (a half goes to the even digit); nothing of none.
    pub fn share(self, of: u64) -> Self {
        let share = self.0.checked_div(Decimal::from(of)).unwrap_or_default();
        Self(share.round_dp(DIGITS_AFTER as u32).normalize())
    }

    /// Whether `text` is how it is shown, to the last zero.
    pub fn is_shown_as(self, text: &str) -> bool {
        match self.small() {
            Some(number) => written(number, self.0.scale() as usize, &mut [b'0'; 28]) == text,
            None => self.to_string() == text,
        }
    }

    /// Its digits as a number of 64 bits, where that has room for them: the common case, which is quick to read and write.
    fn small(self) -> Option<i64> {
        if self.0.scale() <= DIGITS_AFTER as u32 { self.0.mantissa().try_into().ok() } else { None }
    }

    /// The nearest float, for order and comparison in a database; never for sums.
    pub fn approximate(self) -> f64 {
        // By way of the text: `Decimal::to_f64` rounds twice and can miss the nearest one.
        self.0.to_string().parse().unwrap_or_default()
    }

    /// Below this bound a decimal with 6 digits after the point has 24 digits in all, which the 28 of `Decimal` hold without rounding.
    fn within(amount: Decimal) -> Option<Self> {
        const BOUND: u64 = 10_u64.pow(DIGITS_BEFORE as u32);
        // A point only makes an amount smaller than its digits, so few digits need no comparison.
        let within = amount.mantissa().unsigned_abs() < u128::from(BOUND) || amount.abs() < Decimal::from(BOUND);
        within.then(|| Self::signed(amount))
    }

    /// Nothing has no sign, though a `Decimal` can be `-0`.
    fn signed(mut amount: Decimal) -> Self {
        if amount.is_zero() {
            amount.set_sign_positive(true);
        }
        Self(amount)
    }
}

fn too_large() -> Refusal {
    Refusal::rule("Amount is too large")
}

impl FromStr for Money {
    type Err = NotMoney;

    fn from_str(text: &str) -> Result<Self, NotMoney> {
        let not_decimal = || NotMoney::NotDecimal(text.chars().take(60).collect());
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (before, after) = digits.split_once('.').map_or((digits, None), |(before, after)| (before, Some(after)));
        let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !is_digits(before) || !after.is_none_or(is_digits) {
            return Err(not_decimal());
        }
        if before.len() > DIGITS_BEFORE || after.unwrap_or_default().len() > DIGITS_AFTER {
            return Err(NotMoney::TooLong(text.chars().take(60).collect()));
        }
        let after = after.unwrap_or_default();
        if before.len() + after.len() > DIGITS_BEFORE {
            return Decimal::from_str_exact(text).map(Self::signed).map_err(|_| not_decimal());
        }
        // Up to 18 digits are a number of 64 bits.
        let number = before.bytes().chain(after.bytes()).fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
        let number = if digits.len() < text.len() { -number } else { number };
        Ok(Self::signed(Decimal::new(number, after.len() as u32)))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.small() {
            Some(number) if f.width().is_none() && f.precision().is_none() && !f.sign_plus() => {
                f.write_str(written(number, self.0.scale() as usize, &mut [b'0'; 28]))
            }
            _ => self.0.fmt(f),
        }
    }
}

/// The digits of a number with the point before the last `scale` of them, put at the end of `text`, which is all zeros.
fn written(number: i64, scale: usize, text: &mut [u8; 28]) -> &str {
    let (mut left, mut start) = (number.unsigned_abs(), text.len());
    while left > 0 || text.len() - start <= scale + usize::from(scale > 0) {
        start -= 1;
        if scale > 0 && text.len() - start == scale + 1 {
            text[start] = b'.';
        } else {
            text[start] = b'0' + (left % 10) as u8;
            left /= 10;
        }
    }
    if number < 0 {
        start -= 1;
        text[start] = b'-';
    }
    std::str::from_utf8(&text[start..]).unwrap_or_default()
}

impl PartialEq for Money {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for Money {}

impl PartialOrd for Money {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Money {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text::parsed(deserializer, "an amount as text")
    }
}

#[cfg(test)]
#[path = "money_tests.rs"]
mod tests;
