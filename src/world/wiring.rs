//! Which pattern each bounded context uses.

use std::fmt;
use std::str::FromStr;

use crate::application::fields::suggestion;
use crate::domain::Context;

/// How a context is remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pattern {
    /// Simple Entity + State Persistence: rows that are overwritten.
    State,
    /// Aggregate Root + Event Sourcing: facts that are kept.
    Events,
}

impl Pattern {
    /// Its short name.
    pub fn name(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Events => "events",
        }
    }
}

/// The pattern of each context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wiring {
    /// Of products.
    pub catalog: Pattern,
    /// Of orders.
    pub ordering: Pattern,
    /// Of customers.
    pub customers: Pattern,
    /// Of stock.
    pub inventory: Pattern,
}

impl Wiring {
    /// State persistence everywhere.
    pub const STATE: Self = Self::all(Pattern::State);

    /// Event sourcing everywhere.
    pub const EVENTS: Self = Self::all(Pattern::Events);

    /// The guide's hybrid: orders as facts, everything else as rows.
    pub const HYBRID: Self = Self { ordering: Pattern::Events, ..Self::STATE };

    const fn all(pattern: Pattern) -> Self {
        Self { catalog: pattern, ordering: pattern, customers: pattern, inventory: pattern }
    }

    /// The pattern of a context. What goes across contexts has none of its own; ordering leads it.
    pub fn of(&self, context: Context) -> Pattern {
        match context {
            Context::Catalog => self.catalog,
            Context::Ordering | Context::Across => self.ordering,
            Context::Customers => self.customers,
            Context::Inventory => self.inventory,
        }
    }

    fn set(&mut self, context: Context, pattern: Pattern) {
        match context {
            Context::Catalog => self.catalog = pattern,
            Context::Ordering | Context::Across => self.ordering = pattern,
            Context::Customers => self.customers = pattern,
            Context::Inventory => self.inventory = pattern,
        }
    }
}

impl fmt::Display for Wiring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<_> =
            Context::ALL.iter().map(|context| format!("{}={}", context.name(), self.of(*context).name())).collect();
        f.write_str(&parts.join(","))
    }
}

impl FromStr for Wiring {
    type Err = String;

    /// Reads `ordering=events,catalog=state`; contexts left out keep the guide's pattern.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut wiring = Self::HYBRID;
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (context, pattern) = part
                .split_once('=')
                .ok_or_else(|| format!("`{part}` is no wiring; expected CONTEXT=PATTERN, as in ordering=events"))?;
            let known = Context::ALL.map(Context::name);
            let context = Context::named(context.trim())
                .ok_or_else(|| format!("`{context}` is no context; {}", suggestion(context, &known)))?;
            let pattern = match pattern.trim() {
                "state" => Pattern::State,
                "events" => Pattern::Events,
                other => return Err(format!("`{other}` is no pattern; expected state or events")),
            };
            wiring.set(context, pattern);
        }
        Ok(wiring)
    }
}
