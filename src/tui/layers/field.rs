//! A line of text that is being typed.

use crossterm::event::KeyCode;

use crate::tui::key::Key;
use crate::tui::text;

/// More than this no field takes; a paste is cut there.
pub const MOST: usize = 20_000;

/// Text and the place of the cursor, in letters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Field {
    letters: Vec<char>,
    cursor: usize,
}

impl Field {
    /// With a text, the cursor behind it.
    pub fn of(text: &str) -> Self {
        let letters: Vec<char> = text.chars().collect();
        Self { cursor: letters.len(), letters }
    }

    /// The text.
    pub fn text(&self) -> String {
        self.letters.iter().collect()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }

    /// No text any more.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Types a letter, or moves the cursor.
    pub fn edit(&mut self, key: Key) {
        if let Some(letter) = key.letter() {
            return self.insert(std::iter::once(letter));
        }
        match key.code() {
            KeyCode::Left => self.cursor = self.cursor.saturating_sub(1),
            KeyCode::Right => self.cursor = (self.cursor + 1).min(self.letters.len()),
            KeyCode::Home => self.cursor = 0,
            KeyCode::End => self.cursor = self.letters.len(),
            KeyCode::Backspace if self.cursor > 0 => {
                self.cursor -= 1;
                self.letters.remove(self.cursor);
            }
            KeyCode::Delete if self.cursor < self.letters.len() => {
                self.letters.remove(self.cursor);
            }
            _ => {}
        }
    }

    /// Pasted text: lines become words, everything else stays as it is. Answers whether there was room for all of it.
    pub fn paste(&mut self, text: &str) -> bool {
        let spaced = text.chars().map(|letter| if matches!(letter, '\n' | '\r' | '\t') { ' ' } else { letter });
        let before = self.letters.len();
        self.insert(spaced);
        // As many letters as have come in have to be all there were.
        text.chars().nth(self.letters.len() - before).is_none()
    }

    fn insert(&mut self, letters: impl Iterator<Item = char>) {
        let room = MOST.saturating_sub(self.letters.len());
        let new: Vec<char> = letters.take(room).collect();
        let count = new.len();
        self.letters.splice(self.cursor..self.cursor, new);
        self.cursor += count;
    }

    /// What is shown in so many cells, and where the cursor stands in them.
    pub fn shown(&self, room: usize) -> (String, usize) {
        let before: String = self.letters[..self.cursor].iter().collect();
        let after: String = self.letters[self.cursor..].iter().collect();
        let before = text::clip_start(&before, room.saturating_sub(1));
        let cursor = text::width(&before);
        let after = text::clip(&after, room.saturating_sub(cursor));
        (before + &after, cursor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_typed_where_the_cursor_stands() {
        let mut field = Field::of("ac");
        for key in [Key::LEFT, Key::char('b'), Key::END, Key::char('d')] {
            field.edit(key);
        }
        assert_eq!(field.text(), "abcd");
        assert_eq!(field.shown(10), ("abcd".to_owned(), 4));
        assert_eq!(field.shown(4), ("…cd".to_owned(), 3));
    }

    #[test]
    fn a_paste_is_one_line_and_has_an_end() {
        let mut field = Field::default();
        assert!(field.paste("a\n"));
        assert!(!field.paste(&"ba\n".repeat(1_000_000)));
        assert_eq!(field.text().len(), MOST);
        assert!(field.text().starts_with("a ba ba "));
    }
}
