//! What is wrong in a file, and where.

use std::fmt;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How much of a line is shown before and after the place.
const AROUND: usize = 60;

/// The first thing that is wrong in a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Mistake {
    /// The file, or the name of a built-in scenario.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, in characters, from 1.
    pub column: usize,
    /// What is wrong, and what was expected.
    pub what: String,
    before: String,
    after: String,
}

impl Mistake {
    /// What is wrong at a byte of the text.
    pub fn at(file: &str, text: &str, byte: usize, what: impl Into<String>) -> Self {
        let byte = text.floor_char_boundary(byte.min(text.len()));
        let start = text[..byte].rfind('\n').map_or(0, |newline| newline + 1);
        let end = text[byte..].find('\n').map_or(text.len(), |newline| byte + newline);
        let (before, after) = (&text[start..byte], &text[byte..end]);
        let skipped = before.chars().count().saturating_sub(AROUND);
        Self {
            file: file.to_owned(),
            line: text[..start].matches('\n').count() + 1,
            column: before.chars().count() + 1,
            what: what.into(),
            before: plain(before.chars().skip(skipped)),
            after: plain(after.chars().take(AROUND)),
        }
    }
}

/// A caret can only point where every character has a width.
fn plain(text: impl Iterator<Item = char>) -> String {
    text.map(|letter| if letter.width().is_some() { letter } else { ' ' }).collect()
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, column, what, before, after } = self;
        write!(f, "{file}:{line}:{column}: {what}")?;
        let shown = format!("{before}{after}");
        if shown.trim().is_empty() {
            return Ok(());
        }
        let number = line.to_string();
        let (gutter, indent) = (" ".repeat(number.len()), " ".repeat(before.width()));
        write!(f, "\n{gutter} |\n{number} | {}\n{gutter} | {indent}^", shown.trim_end())
    }
}
