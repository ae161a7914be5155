//! Ids that know what they identify, and the streams they name.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::aggregate::Aggregate;

/// The id of an `A`: any text without control characters. An `Id<Product>` cannot be given where an `Id<Order>` is due.
///
/// An empty id is allowed to exist, because refusing it is a rule of the domain and not of the type.
pub struct Id<A> {
    text: String,
    of: PhantomData<fn() -> A>,
}

impl<A> Id<A> {
    /// An id from text that is already known to be one: generated, or read back from a store.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), of: PhantomData }
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The same text as the id of something else, where two aggregates share an identity.
    pub fn cast<B>(&self) -> Id<B> {
        Id::new(self.text.clone())
    }
}

impl<A: Aggregate> Id<A> {
    /// The stream of this aggregate: `order-<id>`.
    pub fn stream(&self) -> String {
        let mut stream = String::with_capacity(A::NAME.len() + 1 + self.text.len());
        stream.push_str(A::NAME);
        stream.push('-');
        stream.push_str(&self.text);
        stream
    }
}

impl<A> Clone for Id<A> {
    fn clone(&self) -> Self {
        Self::new(self.text.clone())
    }
}

impl<A> PartialEq for Id<A> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<A> Eq for Id<A> {}

impl<A> PartialOrd for Id<A> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<A> Ord for Id<A> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl<A> Hash for Id<A> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl<A> fmt::Debug for Id<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({})", self.text)
    }
}

impl<A> fmt::Display for Id<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<A> Serialize for Id<A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de, A> Deserialize<'de> for Id<A> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}
