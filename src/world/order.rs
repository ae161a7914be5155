//! Who moves, when two commands are on their way at once.
//!
//! `a@loaded:1 b* a*`: the first goes until it stands at its first *loaded*, then the second to its end, then the first to its end.
//! `a3 b` is three steps of the first and one of the second. A command's first step is its first move. What is left when the order ends
//! goes to its end, the first before the second. Each world follows it for itself.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::fault::Place;

/// More moves than this are none that a person or this program has written.
const MOST: usize = 10_000;

/// Who moves, move by move.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Order(Vec<Move>);

/// One of them goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// Which: 0 for the first, 1 for the second.
    pub who: usize,
    /// How far.
    pub how_far: HowFar,
}

/// How far one goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HowFar {
    /// So many micro-steps.
    Steps(u32),
    /// Until it stands at this step, or to its end where it never does.
    Until(Place),
    /// To its end.
    End,
}

impl Order {
    /// The moves.
    pub fn moves(&self) -> &[Move] {
        &self.0
    }

    /// One more; steps of the same one are counted together.
    pub fn push(&mut self, next: Move) {
        if let (Some(Move { who, how_far: HowFar::Steps(steps) }), HowFar::Steps(more)) =
            (self.0.last_mut(), next.how_far)
            && *who == next.who
        {
            *steps += more;
            return;
        }
        self.0.push(next);
    }

    /// How often it is another one's turn.
    pub fn switches(&self) -> usize {
        self.0.windows(2).filter(|pair| pair[0].who != pair[1].who).count()
    }
}

/// The letter by which one is called in an order.
pub fn letter(who: usize) -> char {
    if who == 0 { 'a' } else { 'b' }
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, one) in self.0.iter().enumerate() {
            write!(f, "{}{}", if index == 0 { "" } else { " " }, letter(one.who))?;
            match one.how_far {
                HowFar::Steps(1) => {}
                HowFar::Steps(steps) => write!(f, "{steps}")?,
                HowFar::Until(place) => write!(f, "@{place}")?,
                HowFar::End => f.write_str("*")?,
            }
        }
        Ok(())
    }
}

impl FromStr for Order {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut order = Self::default();
        for word in text.split_whitespace() {
            order.0.push(read(word)?);
            if order.0.len() > MOST {
                return Err(format!("has more than {MOST} moves"));
            }
        }
        Ok(order)
    }
}

fn read(word: &str) -> Result<Move, String> {
    let shown: String = word.escape_debug().take(60).collect();
    let expected = "expected one as in a, b3, a@committed:1 or b*";
    let none = || format!("`{shown}` is no move; {expected}");
    let mut letters = word.chars();
    let who = match letters.next() {
        Some('a') => 0,
        Some('b') => 1,
        _ => return Err(none()),
    };
    let how_far = match letters.as_str() {
        "" => HowFar::Steps(1),
        "*" => HowFar::End,
        rest => match rest.strip_prefix('@') {
            Some(place) => HowFar::Until(place.parse()?),
            None => HowFar::Steps(rest.parse().ok().filter(|steps| (1..=10_000).contains(steps)).ok_or_else(none)?),
        },
    };
    Ok(Move { who, how_far })
}

impl Serialize for Order {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Order {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_reads_back_as_it_is_written() {
        for text in ["", "a", "a3 b a@committed:1 b* a*", "b@delivered:12 a"] {
            assert_eq!(text.parse::<Order>().map(|order| order.to_string()).as_deref(), Ok(text));
        }
        for text in ["c", "a0", "a-1", "a@", "a@loaded", "ab", "a**", "a99999999999"] {
            assert!(text.parse::<Order>().is_err(), "{text}");
        }
    }

    #[test]
    fn steps_of_the_same_one_are_counted_together() {
        let mut order = Order::default();
        for who in [0, 0, 1, 0] {
            order.push(Move { who, how_far: HowFar::Steps(1) });
        }
        assert_eq!(order.to_string(), "a2 b a");
        assert_eq!(order.switches(), 2);
    }
}
