//! One line to type: a path to open a scenario from or to write a file to, a name, a breakpoint.

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

/// What the line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineFor {
    /// To open the scenario there.
    Opening,
    /// A path to save the playground to.
    Saving,
    /// A path to write the pane's list to.
    Exporting,
    /// A path to write a picture of the screen to.
    Picturing,
    /// To save the decision there.
    Record,
    /// To name a context.
    Context,
    /// The numbers that are measured with.
    Load,
    /// When a run is to stop.
    Breakpoint,
}

/// The prompt and what is typed.
#[derive(Debug)]
pub struct Prompt {
    purpose: LineFor,
    path: Field,
}

impl Prompt {
    /// A prompt, with a path to begin with.
    pub fn new(purpose: LineFor, path: &str) -> Self {
        Self { purpose, path: Field::of(path) }
    }

    pub(super) fn act(&mut self, action: Action) -> Outcome {
        match action {
            Action::Clear => self.path.clear(),
            Action::Enter | Action::Submit if !self.path.is_empty() => {
                return Outcome::Typed(self.purpose, home(&self.path.text()).to_owned());
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
        let (title, what, about) = match self.purpose {
            LineFor::Record => (
                "save the decision",
                "file ",
                "A record (MADR) of every context that is decided; as JSON where the name ends in .json.",
            ),
            LineFor::Load => (
                "measure on this machine, with your numbers",
                "numbers ",
                "Commands a day, events per aggregate, reads per write, read models. It takes some seconds; esc ends it.",
            ),
            LineFor::Context => {
                ("a bounded context", "name ", "It is answered for itself; contexts that differ make a hybrid.")
            }
            LineFor::Opening => {
                ("open a scenario", "file ", "The scenario begins at its first scene; the playground stays as it is.")
            }
            LineFor::Saving => (
                "save the playground as a scenario",
                "file ",
                "Every input becomes a scene. Playing it gives the same.",
            ),
            LineFor::Exporting => (
                "export the list",
                "file ",
                "The whole list as it is filtered and sorted: .csv, .json or .md, as the name ends.",
            ),
            LineFor::Picturing => {
                ("save a picture of the screen", "file ", "A drawing (.svg) or text (.txt), as the name ends.")
            }
            LineFor::Breakpoint => (
                "a breakpoint",
                "when ",
                "All that is said must hold: step=committed,world=state · event=OrderPlaced · aggregate=order · \
                 field=status:paid. One that is there is turned off, or on again; with - before it, it goes.",
            ),
        };
        let title = [pen.piece(title, Role::Strong)];
        let inside = boxed(pen, hits, screen, (84, 6), Role::Focus, &title, &[]);
        let prompt = [pen.piece(what, Role::Dim), pen.piece("› ", Role::Key)];
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
