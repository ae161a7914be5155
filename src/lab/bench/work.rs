//! The works: what is measured, and the orders' lives that every one of them is made of.
//!
//! Both programs are asked the same things, step by step, by [`Script`]; neither knows how the other does them.

use std::fmt;
use std::str::FromStr;

use crate::domain::Money;
use crate::kernel::{Failure, Timestamp};

/// One of the works of the table in the README.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Work {
    /// Commands over event-sourced orders, round robin, a transaction each.
    W1,
    /// Many events in new streams, a commit a stream.
    W2,
    /// Loads of orders from their streams, without a snapshot.
    W3,
    /// A read model rebuilt from the log.
    W5,
    /// The commands of W1 on the state tables, with a version check.
    W6,
}

impl Work {
    /// Every work, in order.
    pub const ALL: [Self; 5] = [Self::W1, Self::W2, Self::W3, Self::W5, Self::W6];

    /// Its short name.
    pub fn name(self) -> &'static str {
        match self {
            Self::W1 => "W1",
            Self::W2 => "W2",
            Self::W3 => "W3",
            Self::W5 => "W5",
            Self::W6 => "W6",
        }
    }

    /// What it is, in a line.
    pub fn about(self) -> &'static str {
        match self {
            Self::W1 => "order commands over event-sourced orders, round robin, a transaction each",
            Self::W2 => "events in new streams, 100 a commit",
            Self::W3 => "events folded by loading orders of 20 and one of 10,000, no snapshot",
            Self::W5 => "order_summary rebuilt from the log, a commit with its checkpoint per 1,000 events",
            Self::W6 => "the commands of W1 on the state tables, with version check",
        }
    }

    /// What is counted.
    pub fn unit(self) -> &'static str {
        match self {
            Self::W1 | Self::W6 => "cmd/s",
            Self::W2 | Self::W3 | Self::W5 => "events/s",
        }
    }

    /// The part of the limit's throughput that diptych sets itself as a goal.
    pub fn goal(self) -> f64 {
        if self == Self::W5 { 0.70 } else { 0.80 }
    }
}

impl fmt::Display for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Work {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|work| work.name().eq_ignore_ascii_case(text)).ok_or_else(|| {
            format!("`{text}` is no work to measure; expected one of {}", Self::ALL.map(Self::name).join(", "))
        })
    }
}

/// How large the works are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Orders of W1 and W6; each gets 20 commands.
    pub orders: usize,
    /// New streams of W2; each gets 100 events.
    pub streams: usize,
    /// Orders of 20 events that W3 loads.
    pub loads: usize,
    /// Events of the one long order that W3 loads.
    pub long: usize,
    /// Orders of 20 events in the log that W5 reads.
    pub log: usize,
}

impl Size {
    /// As the table of goals has it: 20,000 commands, 200,000 events, 1,000 loads and one of 10,000, a log of 200,000.
    pub const FULL: Self = Self { orders: 1_000, streams: 2_000, loads: 1_000, long: 10_000, log: 10_000 };

    /// A twentieth of that, for a quick look.
    pub const SMALL: Self = Self { orders: 50, streams: 100, loads: 50, long: 500, log: 500 };

    /// What a work counts at this size.
    pub fn count(&self, work: Work) -> usize {
        match work {
            Work::W1 | Work::W6 => self.orders * SHORT,
            Work::W2 => self.streams * COMMIT,
            Work::W3 => self.loads * SHORT + self.long,
            Work::W5 => self.log * SHORT,
        }
    }
}

/// Events of a short order's life.
pub(super) const SHORT: usize = 20;
/// Events of a commit of W2, which is a whole order's life.
pub(super) const COMMIT: usize = 100;

const LINES: usize = 10;
const CUSTOMERS: usize = 500;

/// One thing asked of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lab) enum Step<'a> {
    Add { product: &'a str, quantity: i64, price: Money },
    Change { product: &'a str, quantity: i64 },
    Place { customer: &'a str },
    Pay { reference: &'a str },
    Ship,
    Deliver,
}

/// The lives of orders: ten lines, changes of their quantities, then placed, paid, shipped and delivered.
#[derive(Debug)]
pub(in crate::lab) struct Script {
    products: Vec<(String, Money)>,
    customers: Vec<String>,
    reference: String,
}

impl Script {
    pub fn new() -> Result<Self, Failure> {
        let price = |index: usize| format!("{}.{:02}", 3 + index * 7, (index * 37) % 100).parse::<Money>();
        let product = |index| Ok((text_id(0x9A0D, index), price(index)?));
        let products = (0..LINES).map(product).collect::<Result<_, crate::domain::money::NotMoney>>();
        Ok(Self {
            products: products.map_err(|error| Failure::new(error.to_string()))?,
            customers: (0..CUSTOMERS).map(|index| text_id(0xC057, index)).collect(),
            reference: "PAY-2024-000017".to_owned(),
        })
    }

    /// The step at `index` of a life of `of` steps, of which the last four are placed to delivered.
    pub fn step(&self, order: usize, index: usize, of: usize) -> Step<'_> {
        let (product, price) = &self.products[index % LINES];
        match of - index {
            1 => Step::Deliver,
            2 => Step::Ship,
            3 => Step::Pay { reference: &self.reference },
            4 => Step::Place { customer: &self.customers[order % CUSTOMERS] },
            _ if index < LINES => Step::Add { product, quantity: 1 + ((order + index) % 9) as i64, price: *price },
            _ => Step::Change { product, quantity: index as i64 },
        }
    }

    /// The time of the n-th command: a second after the one before.
    pub fn time(number: u64) -> Timestamp {
        let millis = Timestamp::start().millis() + i64::try_from(number).unwrap_or_default() * 1_000;
        Timestamp::from_millis(millis).unwrap_or_else(Timestamp::start)
    }
}

/// An id with the look and the length of a UUID.
fn text_id(kind: u16, index: usize) -> String {
    format!("{index:08x}-{kind:04x}-4000-8000-{index:012x}")
}
