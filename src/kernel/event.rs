//! Events: facts an aggregate raises, and the envelope they travel and are kept in.

use std::borrow::Cow;
use std::fmt::Debug;
use std::sync::Arc;

use super::clock::Timestamp;
use super::version::{Position, Version};

/// The events of one aggregate. Use [`events!`](crate::events) to make the enum and this implementation from the structs.
pub trait DomainEvent: Clone + Debug + PartialEq + 'static {
    /// The version of the events' shape that this program writes.
    const SCHEMA_VERSION: u32 = 1;

    /// The full name under which it is stored: `OrderPlacedEvent`.
    fn event_type(&self) -> &'static str;

    /// The payload as JSON.
    ///
    /// # Errors
    ///
    /// What serde says; no event of this project has a field that can fail.
    fn to_json(&self) -> Result<String, serde_json::Error>;

    /// Reads a payload whose type is known from its column; `None` for a type this aggregate does not have.
    ///
    /// # Errors
    ///
    /// Where and how the JSON differs from the event's shape.
    fn from_json(event_type: &str, data: &str) -> Result<Option<Self>, serde_json::Error>;
}

/// An event in its envelope: what the store keeps, the bus carries and a subscriber receives.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Unique over all streams; the same for the same fact in every world.
    pub event_id: String,
    /// `order-<id>`.
    pub stream: String,
    /// Its place in the stream.
    pub version: Version,
    /// Its place in the log; `None` where no log keeps it.
    pub position: Option<Position>,
    /// The full name: `OrderPlacedEvent`.
    pub event_type: Cow<'static, str>,
    /// The version of the payload's shape.
    pub schema_version: u32,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// The payload, JSON.
    pub data: String,
    /// Correlation, causation, command and actor, JSON.
    pub metadata: Arc<str>,
}

/// A kept event as a store lends it while reading: borrowed, so that a replay copies nothing.
#[derive(Debug, Clone, Copy)]
pub struct Kept<'a> {
    /// Its place in the log.
    pub position: Position,
    /// Unique over all streams.
    pub event_id: &'a str,
    /// `order-<id>`.
    pub stream: &'a str,
    /// Its place in the stream.
    pub version: Version,
    /// The full name: `OrderPlacedEvent`.
    pub event_type: &'a str,
    /// The version of the payload's shape.
    pub schema_version: u32,
    /// When it was recorded, in the form of [`Timestamp::column`].
    pub recorded_at: &'a str,
    /// The payload, JSON.
    pub data: &'a str,
    /// Correlation, causation, command and actor, JSON.
    pub metadata: &'a str,
}

/// The part of a kept event that a fold looks at.
#[derive(Debug, Clone, Copy)]
pub struct Payload<'a> {
    /// Its place in the stream.
    pub version: Version,
    /// The full name: `OrderPlacedEvent`.
    pub event_type: &'a str,
    /// The version of the payload's shape.
    pub schema_version: u32,
    /// The payload, JSON.
    pub data: &'a str,
}

impl<'a> Kept<'a> {
    /// The part that a fold looks at.
    pub fn payload(&self) -> Payload<'a> {
        let Self { version, event_type, schema_version, data, .. } = *self;
        Payload { version, event_type, schema_version, data }
    }

    /// A copy to keep.
    ///
    /// # Errors
    ///
    /// When the recorded time is not one.
    pub fn to_fact(&self) -> Result<Fact, chrono::ParseError> {
        Ok(Fact {
            event_id: self.event_id.to_owned(),
            stream: self.stream.to_owned(),
            version: self.version,
            position: Some(self.position),
            event_type: Cow::Owned(self.event_type.to_owned()),
            schema_version: self.schema_version,
            recorded_at: Timestamp::parse(self.recorded_at)?,
            data: self.data.to_owned(),
            metadata: self.metadata.into(),
        })
    }
}

/// Makes the enum of an aggregate's events from their structs, and reads and writes them under the guide's full names:
/// `events!(/// Doc. pub ProductEvent: ProductCreated, ProductDeactivated);` stores `ProductCreatedEvent`.
#[macro_export]
macro_rules! events {
    ($(#[$doc:meta])* pub $name:ident: $($event:ident),+ $(,)?) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub enum $name {
            $(#[doc = concat!("See [`", stringify!($event), "`].")] $event($event),)+
        }

        $(impl From<$event> for $name {
            fn from(event: $event) -> Self {
                Self::$event(event)
            }
        })+

        impl $crate::kernel::DomainEvent for $name {
            fn event_type(&self) -> &'static str {
                match self {
                    $(Self::$event(_) => concat!(stringify!($event), "Event"),)+
                }
            }

            fn to_json(&self) -> Result<String, serde_json::Error> {
                match self {
                    $(Self::$event(event) => serde_json::to_string(event),)+
                }
            }

            fn from_json(event_type: &str, data: &str) -> Result<Option<Self>, serde_json::Error> {
                match event_type {
                    $(concat!(stringify!($event), "Event") => {
                        serde_json::from_str::<$event>(data).map(|event| Some(Self::$event(event)))
                    })+
                    _ => Ok(None),
                }
            }
        }
    };
}
