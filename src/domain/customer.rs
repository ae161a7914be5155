//! Customer, of customers: the guide's entity between simple and complex.

use serde::{Deserialize, Serialize};

use super::money::Money;
use super::order::OrderId;
use crate::events;
use crate::kernel::{Aggregate, Decision, Id, Refusal, Rule, Timestamp};

/// The id of a customer.
pub type CustomerId = Id<Customer>;

/// How loyal a customer is (the guide names tiers and benefits but gives none; these are added).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say what they are")]
pub enum Tier {
    Bronze,
    Silver,
    Gold,
    Platinum,
}

impl Tier {
    /// Every tier, lowest first.
    pub const ALL: [Self; 4] = [Self::Bronze, Self::Silver, Self::Gold, Self::Platinum];

    /// Its name in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bronze => "bronze",
            Self::Silver => "silver",
            Self::Gold => "gold",
            Self::Platinum => "platinum",
        }
    }

    /// The tier with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tier| tier.name() == name)
    }

    /// The points from which on it can be had.
    pub fn threshold(self) -> i64 {
        match self {
            Self::Bronze => 0,
            Self::Silver => 500,
            Self::Gold => 2_000,
            Self::Platinum => 5_000,
        }
    }

    /// What it brings.
    pub fn benefits(self) -> &'static [&'static str] {
        match self {
            Self::Bronze => &[],
            Self::Silver => &["free shipping"],
            Self::Gold => &["free shipping", "early access"],
            Self::Platinum => &["free shipping", "early access", "personal service"],
        }
    }
}

/// Someone who buys.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Customer {
    /// Which.
    pub id: CustomerId,
    /// What they are called.
    pub name: String,
    /// Where they are written to.
    pub email: String,
    /// How loyal they are.
    pub loyalty_tier: Tier,
    /// What they have earned.
    pub loyalty_points: i64,
    /// How many purchases were recorded.
    pub purchases: i64,
    /// What these came to.
    pub total_spent: Money,
    /// When they registered.
    pub created_at: Option<Timestamp>,
}

/// Someone became a customer (added).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields say what they are")]
pub struct CustomerRegistered {
    pub customer_id: CustomerId,
    pub name: String,
    pub email: String,
    pub registered_at: Timestamp,
}

/// A customer has another name or address now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are the guide's own")]
pub struct CustomerProfileUpdated {
    pub customer_id: CustomerId,
    pub name: String,
    pub email: String,
    pub updated_at: Timestamp,
}

/// A customer rose to a higher tier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are the guide's own")]
pub struct CustomerLoyaltyUpgraded {
    pub customer_id: CustomerId,
    pub new_tier: Tier,
    pub earned_points: i64,
    pub benefits: Vec<String>,
}

/// A customer bought something (added).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields say what they are")]
pub struct CustomerPurchaseRecorded {
    pub customer_id: CustomerId,
    pub order_id: OrderId,
    pub amount: Money,
    pub recorded_at: Timestamp,
}

events! {
    /// Every fact of a customer.
    pub CustomerEvent:
        CustomerRegistered,
        CustomerProfileUpdated,
        CustomerLoyaltyUpgraded,
        CustomerPurchaseRecorded
}

impl Customer {
    /// Someone becomes a customer (added).
    ///
    /// # Errors
    ///
    /// A blank name; an address without text on both sides of one `@`.
    pub fn register(&self, name: String, email: String, at: Timestamp) -> Rule<CustomerEvent> {
        profile(&name, &email)?;
        Ok(Decision::fact(CustomerRegistered { customer_id: self.id.clone(), name, email, registered_at: at }))
    }

    /// Another name or address.
    ///
    /// # Errors
    ///
    /// A blank name; an address without text on both sides of one `@`.
    pub fn update_profile(&self, name: String, email: String, at: Timestamp) -> Rule<CustomerEvent> {
        profile(&name, &email)?;
        if name == self.name && email == self.email {
            return Ok(Decision::nothing("name and e-mail are the same"));
        }
        Ok(Decision::fact(CustomerProfileUpdated { customer_id: self.id.clone(), name, email, updated_at: at }))
    }

    /// A higher tier, for a customer who qualifies; nothing for one who does not, and the remark says why.
    ///
    /// # Errors
    ///
    /// An unknown tier; negative points; more points than can be counted.
    pub fn upgrade_loyalty(&self, new_tier: &str, earned_points: i64) -> Rule<CustomerEvent> {
        let Some(tier) = Tier::named(new_tier) else {
            return Err(Refusal::rule(format!("Unknown tier: {new_tier}")));
        };
        if earned_points < 0 {
            return Err(Refusal::rule("Earned points must not be negative"));
        }
        let Some(points) = self.loyalty_points.checked_add(earned_points) else {
            return Err(Refusal::rule("Earned points are too many"));
        };
        if tier <= self.loyalty_tier {
            return Ok(Decision::nothing(format!("{} is not above {}", tier.name(), self.loyalty_tier.name())));
        }
        if points < tier.threshold() {
            return Ok(Decision::nothing(format!("{} needs {} points, not {points}", tier.name(), tier.threshold())));
        }
        Ok(Decision::fact(CustomerLoyaltyUpgraded {
            customer_id: self.id.clone(),
            new_tier: tier,
            earned_points,
            benefits: tier.benefits().iter().map(|benefit| (*benefit).to_owned()).collect(),
        }))
    }

    /// A purchase is written down to the customer (added).
    ///
    /// # Errors
    ///
    /// A sum that grows too large.
    pub fn record_purchase(&self, order_id: &OrderId, amount: Money, at: Timestamp) -> Rule<CustomerEvent> {
        self.total_spent.plus(amount)?;
        Ok(Decision::fact(CustomerPurchaseRecorded {
            customer_id: self.id.clone(),
            order_id: order_id.clone(),
            amount,
            recorded_at: at,
        }))
    }
}

fn profile(name: &str, email: &str) -> Result<(), Refusal> {
    if name.trim().is_empty() {
        return Err(Refusal::rule("Customer name is required"));
    }
    match email.split_once('@') {
        Some((local, host)) if !local.trim().is_empty() && !host.trim().is_empty() && !host.contains('@') => Ok(()),
        _ => Err(Refusal::rule("Email is not valid")),
    }
}

impl Aggregate for Customer {
    type Event = CustomerEvent;

    const NAME: &'static str = "customer";

    fn new(id: CustomerId) -> Self {
        Self {
            id,
            name: String::new(),
            email: String::new(),
            loyalty_tier: Tier::Bronze,
            loyalty_points: 0,
            purchases: 0,
            total_spent: Money::ZERO,
            created_at: None,
        }
    }

    fn apply(&mut self, event: &CustomerEvent) {
        match event {
            CustomerEvent::CustomerRegistered(event) => {
                self.name.clone_from(&event.name);
                self.email.clone_from(&event.email);
                self.created_at = Some(event.registered_at);
            }
            CustomerEvent::CustomerProfileUpdated(event) => {
                self.name.clone_from(&event.name);
                self.email.clone_from(&event.email);
            }
            CustomerEvent::CustomerLoyaltyUpgraded(event) => {
                self.loyalty_tier = event.new_tier;
                self.loyalty_points = self.loyalty_points.saturating_add(event.earned_points);
            }
            CustomerEvent::CustomerPurchaseRecorded(event) => {
                self.purchases = self.purchases.saturating_add(1);
                self.total_spent = self.total_spent.plus(event.amount).unwrap_or(self.total_spent);
            }
        }
    }

    fn not_found(_: &CustomerId) -> String {
        "Customer not found".to_owned()
    }
}

#[cfg(test)]
#[path = "customer_tests.rs"]
mod tests;
