//! Time as a value. Nothing below the engine asks the machine what time it is.

use std::fmt;

use chrono::{DateTime, SecondsFormat, SubsecRound, TimeDelta, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A moment in UTC, exact to the millisecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(DateTime<Utc>);

impl Timestamp {
    /// The start of every playground's clock: 2024-01-01 10:00 UTC, the first moment the guide shows.
    pub fn start() -> Self {
        Self::from_millis(1_704_103_200_000).expect("a moment in 2024 is within chrono's range")
    }

    /// From milliseconds since 1970, where chrono can tell that date.
    pub fn from_millis(millis: i64) -> Option<Self> {
        DateTime::from_timestamp_millis(millis).map(Self)
    }

    /// A moment of chrono's, cut to the millisecond.
    pub fn at(moment: DateTime<Utc>) -> Self {
        Self(moment.trunc_subsecs(3))
    }

    /// Reads RFC 3339; another offset than UTC is converted.
    ///
    /// # Errors
    ///
    /// What chrono says is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, chrono::ParseError> {
        Ok(Self::at(DateTime::parse_from_rfc3339(text)?.with_timezone(&Utc)))
    }

    /// Milliseconds since 1970.
    pub fn millis(self) -> i64 {
        self.0.timestamp_millis()
    }

    /// This much later, or `None` beyond the calendar's end.
    pub fn plus(self, delta: TimeDelta) -> Option<Self> {
        self.0.checked_add_signed(delta).map(Self)
    }

    /// The form of the store's columns: always with milliseconds, so that text order is time order.
    pub fn column(self) -> String {
        self.0.to_rfc3339_opts(SecondsFormat::Millis, true)
    }

    /// Hours and minutes, as short columns show them.
    pub fn clock_time(self) -> String {
        self.0.format("%H:%M").to_string()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}
