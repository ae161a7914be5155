//! Text on its way to the terminal: made visible, measured, cut to the room there is.
//!
//! Whatever a person typed or a database holds goes through here. Control characters are shown as glyphs of their own and never
//! sent, so that no name can move the cursor; widths are those of the terminal's cells, not of bytes or letters.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What stands for text that was cut off.
pub const ELLIPSIS: &str = "…";

/// The text with every control character replaced by a glyph that stands for it.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().any(hidden) {
        Cow::Owned(text.chars().map(|letter| if hidden(letter) { stand_in(letter) } else { letter }).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether a terminal would act on it, or let it hide what stands beside it.
fn hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn stand_in(letter: char) -> char {
    match letter {
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(letter)).unwrap_or('?'),
        '\x7f' => '\u{2421}',
        _ => '\u{fffd}',
    }
}

/// How many cells it takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// At most `room` cells of it, visible; what was cut off leaves an ellipsis.
pub fn clip(text: &str, room: usize) -> String {
    // No letter takes less than nothing, so what lies far behind the room need not be measured.
    let text = visible(text);
    if text.len() <= room || text.width() <= room {
        return text.into_owned();
    }
    if room == 0 {
        return String::new();
    }
    let mut clipped = String::new();
    let mut used = 0;
    for letter in text.chars() {
        let wide = letter.width().unwrap_or_default();
        if used + wide > room - 1 {
            break;
        }
        clipped.push(letter);
        used += wide;
    }
    clipped.push_str(ELLIPSIS);
    clipped
}

/// The end of it in at most `room` cells, for a field whose cursor stands at the end.
pub fn clip_start(text: &str, room: usize) -> String {
    let text = visible(text);
    if text.width() <= room {
        return text.into_owned();
    }
    let mut used = usize::from(room > 0);
    let mut kept = Vec::new();
    for letter in text.chars().rev() {
        used += letter.width().unwrap_or_default();
        if used > room {
            break;
        }
        kept.push(letter);
    }
    let ellipsis = if room > 0 { ELLIPSIS } else { "" };
    ellipsis.chars().chain(kept.into_iter().rev()).collect()
}

/// In exactly `room` cells: clipped, or filled up on the left or the right.
pub fn fit(text: &str, room: usize, right: bool) -> String {
    let clipped = clip(text, room);
    let gap = " ".repeat(room.saturating_sub(clipped.width()));
    if right { gap + &clipped } else { clipped + &gap }
}

/// An id as screens show it: the first four of a UUID's letters, others whole where they are short.
pub fn short_id(id: &str) -> Cow<'_, str> {
    let is_uuid = id.len() == 36 && id.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    if is_uuid { Cow::Borrowed(&id[..4]) } else { Cow::Owned(clip(id, 12)) }
}

/// A stream's name with its id shortened: `product-1c9e`.
pub fn short_stream(stream: &str) -> String {
    match stream.split_once('-') {
        Some((kind, id)) => format!("{kind}-{}", short_id(id)),
        None => clip(stream, 16),
    }
}

/// An event's name without the ending that all of them have.
pub fn short_event(event_type: &str) -> &str {
    event_type.strip_suffix("Event").unwrap_or(event_type)
}

/// A number with its thousands apart: `20,000`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Every id in a text that is a UUID, shortened.
pub fn shorten_ids(text: &str) -> String {
    let mut short = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find(|letter: char| letter.is_ascii_hexdigit()) {
        let (before, here) = rest.split_at(place);
        short.push_str(before);
        let length = here.find(|letter: char| !letter.is_ascii_hexdigit() && letter != '-').unwrap_or(here.len());
        let (word, after) = here.split_at(length.max(1));
        short.push_str(&if word.len() == 36 { short_id(word) } else { Cow::Borrowed(word) });
        rest = after;
    }
    short.push_str(rest);
    short
}

/// The text in lines of at most `room` cells, broken between words; a word that is longer is broken inside.
pub fn wrap(text: &str, room: usize) -> Vec<String> {
    let room = room.max(1);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in visible(paragraph).split(' ') {
            let mut word = Cow::Borrowed(word);
            if !line.is_empty() && line.width() + 1 + word.width() > room {
                lines.push(std::mem::take(&mut line));
            }
            while word.width() > room {
                let cut = split_at_width(&word, room);
                // A letter wider than the room stands alone, and may be the last.
                if cut == word.len() {
                    break;
                }
                lines.push(word[..cut].to_owned());
                word = Cow::Owned(word[cut..].to_owned());
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&word);
        }
        lines.push(line);
    }
    lines
}

/// Where the first `room` cells end, after one letter at least.
fn split_at_width(text: &str, room: usize) -> usize {
    let mut used = 0;
    for (index, letter) in text.char_indices() {
        used += letter.width().unwrap_or_default();
        if used > room && index > 0 {
            return index;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_shown_and_not_sent() {
        assert_eq!(visible("a\x1b[2Jb\x07\x7f\u{202e}"), "a␛[2Jb␇␡\u{fffd}");
    }

    #[test]
    fn wide_letters_are_never_cut_in_half() {
        assert_eq!(clip("日本語", 4), "日…");
        assert_eq!(fit("日本語", 4, false), "日… ");
        assert_eq!(clip_start("日本語", 4), "…語");
        assert_eq!(clip("abc", 0), "");
    }

    #[test]
    fn ids_are_shortened_wherever_they_stand() {
        let id = "1c9e6679-7425-40de-944b-e07fc1f90ae7";
        assert_eq!(short_id(id), "1c9e");
        assert_eq!(short_stream(&format!("product-{id}")), "product-1c9e");
        assert_eq!(shorten_ids(&format!("Stock not found for product {id}!")), "Stock not found for product 1c9e!");
        assert_eq!(shorten_ids("a bad fad-e"), "a bad fad-e");
    }

    #[test]
    fn lines_break_between_words_and_long_words_inside() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("日本", 1), ["日", "本"]);
    }
}
