//! Durations as a person writes them: `35m`, `2h30m`, `1d`.

use chrono::TimeDelta;

/// The units, from the longest to the shortest, in milliseconds.
const UNITS: [(&str, i64); 5] = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

/// A century: what is longer is a slip of the finger, and would run into the calendar's end.
const LONGEST: i64 = 36_525 * 86_400_000;

/// Reads a duration.
pub(super) fn parse(text: &str) -> Result<TimeDelta, String> {
    let expected = "expected one as in \"90s\", \"35m\", \"2h30m\" or \"1d\"";
    let shown: String = text.escape_debug().take(40).collect();
    if text.starts_with('-') {
        return Err(format!("`{shown}` is negative, and the clock never runs backwards; {expected}"));
    }
    let no_duration = || format!("`{shown}` is no duration; {expected}");
    let mut rest = text;
    let mut units = UNITS.iter();
    let mut millis: i64 = 0;
    while !rest.is_empty() {
        let (digits, after) = split(rest, |letter| letter.is_ascii_digit());
        let (name, after) = split(after, |letter| letter.is_ascii_alphabetic());
        let (_, unit) = units.find(|(unit, _)| *unit == name).ok_or_else(no_duration)?;
        let amount = digits.parse::<i64>().ok().and_then(|number| number.checked_mul(*unit)).ok_or_else(no_duration)?;
        millis = millis
            .checked_add(amount)
            .filter(|sum| *sum <= LONGEST)
            .ok_or_else(|| format!("`{shown}` is longer than a century; {expected}"))?;
        rest = after;
    }
    if text.is_empty() { Err(no_duration()) } else { Ok(TimeDelta::milliseconds(millis)) }
}

/// Writes a duration as [`parse`] reads it.
pub(super) fn show(delta: TimeDelta) -> String {
    let mut rest = delta.num_milliseconds().max(0);
    let mut text = String::new();
    for (unit, millis) in UNITS {
        if rest >= millis {
            text.push_str(&format!("{}{unit}", rest / millis));
            rest %= millis;
        }
    }
    if text.is_empty() { "0s".to_owned() } else { text }
}

fn split(text: &str, belongs: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|letter| !belongs(letter)).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::parse;

    fn millis(text: &str) -> Option<i64> {
        parse(text).ok().map(|delta| delta.num_milliseconds())
    }

    #[test]
    fn units_add_up_from_the_longest_to_the_shortest() {
        assert_eq!(millis("35m"), Some(35 * 60_000));
        assert_eq!(millis("2h30m"), Some(150 * 60_000));
        assert_eq!(millis("90s"), Some(90_000));
        assert_eq!(millis("1d"), Some(86_400_000));
        assert_eq!(millis("250ms"), Some(250));
        assert_eq!(millis("0s"), Some(0));
    }

    #[test]
    fn what_is_no_duration_is_refused() {
        for text in ["", "m", "35", "35 m", "1.5h", "30m2h", "1h1h", "1y", "-5m", "+5m", "٣m", "99999999999999999999d"]
        {
            assert_eq!(millis(text), None, "{text}");
        }
    }

    #[test]
    fn a_negative_one_and_one_beyond_a_century_say_so() {
        assert!(parse("-5m").is_err_and(|error| error.contains("is negative")));
        assert!(parse("40000d").is_err_and(|error| error.contains("longer than a century")));
    }
}
