//! One line to type: a path to open a scenario from, or to write a file to.

use std::path::PathBuf;

use ratatui::layout::Rect;

use super::field::Field;
use super::form_draw::draw_cursor;
use super::{Outcome, boxed};
use crate::tui::action::Action;
use crate::tui::hit::HitMap;
use crate::tui::key::Key;
use crate::tui::pen::{Pen, row};
use crate::tui::text;
use crate::tui::theme::Role;

/// What the path is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathFor {
    /// To open the scenario there.
    Opening,
    /// To save the playground there.
    Saving,
    /// To write the pane's list there.
    Exporting,
    /// To write a picture of the screen there.
    Picturing,
}

/// The prompt and what is typed.
#[derive(Debug)]
pub struct Prompt {
    purpose: PathFor,
    path: Field,
}

impl Prompt {
    /// A prompt, with a path to begin with.
    pub fn new(purpose: PathFor, path: &str) -> Self {
        Self { purpose, path: Field::of(path) }
    }

    pub(super) fn act(&mut self, action: Action) -> Outcome {
        match action {
            Action::Clear => self.path.clear(),
            Action::Enter | Action::Submit if !self.path.is_empty() => {
                return Outcome::Path(self.purpose, PathBuf::from(home(&self.path.text())));
            }
            _ => {}
        }
        Outcome::Stay
    }

    pub(super) fn edit(&mut self, key: Key) {
        self.path.edit(key);
    }

    pub(super) fn paste(&mut self, text: &str) -> bool {
        self.path.paste(text.trim())
    }

    pub(super) fn draw(&self, pen: &mut Pen<'_>, hits: &mut HitMap, screen: Rect) {
        let (title, about) = match self.purpose {
            PathFor::Opening => {
                ("open a scenario", "The scenario begins at its first scene; the playground stays as it is.")
            }
            PathFor::Saving => {
                ("save the playground as a scenario", "Every input becomes a scene. Playing it gives the same.")
            }
            PathFor::Exporting => (
                "export the list",
                "The whole list as it is filtered and sorted: .csv, .json or .md, as the name ends.",
            ),
            PathFor::Picturing => {
                ("save a picture of the screen", "A drawing (.svg) or text (.txt), as the name ends.")
            }
        };
        let title = [pen.piece(title, Role::Strong)];
        let inside = boxed(pen, hits, screen, (84, 6), Role::Focus, &title, &[]);
        let prompt = [pen.piece("file ", Role::Dim), pen.piece("› ", Role::Key)];
        let used = pen.line(row(inside, 0), &prompt);
        let room = Rect { x: inside.x + used, width: inside.width.saturating_sub(used), ..row(inside, 0) };
        let (shown, cursor) = self.path.shown(usize::from(room.width));
        pen.write(room, &shown, Role::Text);
        draw_cursor(pen, room, cursor);
        for (index, line) in (2..inside.height).zip(text::wrap(about, usize::from(inside.width))) {
            pen.write(row(inside, index), &line, Role::Dim);
        }
    }
}

/// A path as typed: `~` stays what it is, for update reads no environment. Blanks around it are none of it.
fn home(path: &str) -> &str {
    path.trim()
}
