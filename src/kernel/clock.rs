//! Time as a value. Nothing below the engine asks the machine what time it is.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, SubsecRound, TimeDelta, Timelike, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::text;

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
        match Self::parse_own(text.as_bytes()) {
            Some(moment) => Ok(moment),
            None => Ok(Self::at(DateTime::parse_from_rfc3339(text)?.with_timezone(&Utc))),
        }
    }

    /// Reads the two forms that are written here: `2024-01-01T10:00:00Z`, and with three digits of a second. Every event and row holds
    /// some, so this is worth a way of its own; anything else is chrono's to read.
    fn parse_own(text: &[u8]) -> Option<Self> {
        let (text, millis) = match text {
            [text @ .., b'Z'] if text.len() == 19 => (text, 0),
            [text @ .., b'.', a, b, c, b'Z'] if text.len() == 19 => (text, pair(b'0', *a)? * 100 + pair(*b, *c)?),
            _ => return None,
        };
        let [y1, y2, y3, y4, b'-', mo1, mo2, b'-', d1, d2, b'T', h1, h2, b':', mi1, mi2, b':', s1, s2] = *text else {
            return None;
        };
        let year = i32::try_from(pair(y1, y2)? * 100 + pair(y3, y4)?).ok()?;
        let date = NaiveDate::from_ymd_opt(year, pair(mo1, mo2)?, pair(d1, d2)?)?;
        let time = date.and_hms_milli_opt(pair(h1, h2)?, pair(mi1, mi2)?, pair(s1, s2)?, millis)?;
        Some(Self(time.and_utc()))
    }

    /// Writes one of those two forms; `None` outside of the years they have room for.
    fn write_own(self, text: &mut [u8; 24], with_millis: bool) -> Option<&str> {
        let (date, time) = (self.0.date_naive(), self.0.time());
        let year = u32::try_from(date.year()).ok().filter(|year| *year < 10_000)?;
        text.copy_from_slice(b"0000-00-00T00:00:00.000Z");
        digits(&mut text[..4], year);
        digits(&mut text[5..7], date.month());
        digits(&mut text[8..10], date.day());
        digits(&mut text[11..13], time.hour());
        digits(&mut text[14..16], time.minute());
        digits(&mut text[17..19], time.second());
        let millis = time.nanosecond() / 1_000_000;
        let end = if with_millis || millis > 0 {
            digits(&mut text[20..23], millis);
            24
        } else {
            text[19] = b'Z';
            20
        };
        std::str::from_utf8(&text[..end]).ok()
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
        match self.write_own(&mut [0; 24], true) {
            Some(text) => text.to_owned(),
            None => self.0.to_rfc3339_opts(SecondsFormat::Millis, true),
        }
    }

    /// Hours and minutes, as short columns show them.
    pub fn clock_time(self) -> String {
        self.0.format("%H:%M").to_string()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.write_own(&mut [0; 24], false) {
            Some(text) => f.write_str(text),
            None => f.write_str(&self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
        }
    }
}

/// The number of two digits, if that is what they are.
fn pair(tens: u8, ones: u8) -> Option<u32> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then(|| u32::from(tens) * 10 + u32::from(ones))
}

/// Puts a number's last digits over the ones that are there.
fn digits(place: &mut [u8], mut number: u32) {
    for digit in place.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

impl FromStr for Timestamp {
    type Err = chrono::ParseError;

    fn from_str(text: &str) -> Result<Self, chrono::ParseError> {
        Self::parse(text)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.write_own(&mut [0; 24], false) {
            Some(text) => serializer.serialize_str(text),
            None => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text::parsed(deserializer, "a moment as text")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Moments of many kinds: before 1970, leap days, ends of years, all milliseconds.
    fn moments() -> impl Iterator<Item = Timestamp> {
        (0..20_000).filter_map(|index: i64| Timestamp::from_millis(index * 7_654_321_987 - 50_000_000_000_000))
    }

    #[test]
    fn times_are_written_as_chrono_writes_them() {
        for moment in moments() {
            assert_eq!(moment.column(), moment.0.to_rfc3339_opts(SecondsFormat::Millis, true));
            assert_eq!(moment.to_string(), moment.0.to_rfc3339_opts(SecondsFormat::AutoSi, true));
        }
    }

    #[test]
    fn times_are_read_back_from_either_form() {
        for moment in moments() {
            assert_eq!(Timestamp::parse(&moment.column()), Ok(moment));
            assert_eq!(Timestamp::parse(&moment.to_string()), Ok(moment));
        }
    }

    #[test]
    fn other_forms_are_read_and_nonsense_is_not() {
        let noon = Timestamp::parse("2024-02-29T12:00:00Z").expect("a moment");
        for same in ["2024-02-29T13:00:00+01:00", "2024-02-29T12:00:00.000999Z", "2024-02-29 12:00:00z"] {
            assert_eq!(Timestamp::parse(same), Ok(noon), "{same}");
        }
        for none in
            ["", "Z", "2023-02-29T12:00:00Z", "2024-13-01T00:00:00Z", "2024-01-01T24:00:00Z", "2024-01-01T10:00:0 Z"]
        {
            assert!(Timestamp::parse(none).is_err(), "{none}");
        }
        assert_eq!(
            Timestamp::from_millis(253_402_300_800_000).map(|far| far.to_string()),
            Some("+10000-01-01T00:00:00Z".into())
        );
    }
}
