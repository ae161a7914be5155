//! The filter of a pane while it is typed: the list under it follows each letter.

use super::Outcome;
use super::field::Field;
use crate::tui::action::Action;
use crate::tui::explore::Side;
use crate::tui::key::Key;

/// Which pane is filtered, and what is typed.
#[derive(Debug)]
pub struct Filter {
    side: Side,
    typed: Field,
}

impl Filter {
    /// A filter for a pane, with the one that it has.
    pub fn new(side: Side, text: &str) -> Self {
        Self { side, typed: Field::of(text) }
    }

    /// Which pane is filtered.
    pub fn side(&self) -> Side {
        self.side
    }

    /// What is typed.
    pub fn text(&self) -> String {
        self.typed.text()
    }

    /// What is typed, in so many cells, and where the cursor stands in it.
    pub fn shown(&self, room: usize) -> (String, usize) {
        self.typed.shown(room)
    }

    pub(super) fn act(&mut self, action: Action) -> Outcome {
        match action {
            Action::Enter => Outcome::Close,
            Action::Clear => {
                self.typed.clear();
                Outcome::Stay
            }
            Action::Close => {
                self.typed.clear();
                Outcome::Close
            }
            _ => Outcome::Stay,
        }
    }

    pub(super) fn edit(&mut self, key: Key) {
        self.typed.edit(key);
    }

    pub(super) fn paste(&mut self, text: &str) -> bool {
        self.typed.paste(text)
    }
}
