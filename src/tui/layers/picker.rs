//! The commands to choose from, grouped by context; typing filters them.

use ratatui::layout::Rect;

use super::field::Field;
use super::{Outcome, boxed};
use crate::application::commands::Command;
use crate::application::fields::Description;
use crate::tui::action::Action;
use crate::tui::hit::{HitMap, Target};
use crate::tui::key::Key;
use crate::tui::pen::{Pen, row};
use crate::tui::theme::Role;

/// The list and what is typed.
#[derive(Debug, Default)]
pub struct Picker {
    filter: Field,
    selected: usize,
}

impl Picker {
    /// The commands that match what is typed: each word of it, in the name, the context or the description.
    fn matching(&self) -> Vec<&'static Description> {
        let filter = self.filter.text().to_lowercase();
        let matches = |one: &&Description| {
            let text = format!("{} {} {}", one.name, one.context.name(), one.about).to_lowercase();
            filter.split_whitespace().all(|word| text.contains(word))
        };
        Command::ALL.iter().filter(matches).collect()
    }

    pub(super) fn act(&mut self, action: Action) -> Outcome {
        let last = self.matching().len().saturating_sub(1);
        match action {
            Action::Up => self.selected = self.selected.checked_sub(1).unwrap_or(last),
            Action::Down => self.selected = if self.selected >= last { 0 } else { self.selected + 1 },
            Action::Clear => {
                self.filter.clear();
                self.selected = 0;
            }
            Action::Choose => return self.click(self.selected),
            _ => {}
        }
        Outcome::Stay
    }

    pub(super) fn edit(&mut self, key: Key) {
        self.filter.edit(key);
        self.selected = 0;
    }

    pub(super) fn paste(&mut self, text: &str) -> bool {
        self.selected = 0;
        self.filter.paste(text)
    }

    pub(super) fn click(&mut self, index: usize) -> Outcome {
        self.matching().get(index).map_or(Outcome::Stay, |description| Outcome::Fill(description))
    }

    pub(super) fn draw(&self, pen: &mut Pen<'_>, hits: &mut HitMap, screen: Rect) {
        let matching = self.matching();
        // A line for each command, one for each context's name and one between contexts; as many as the full list has.
        let lines = lines(&matching);
        let full = Command::ALL.len() + 5;
        let height = u16::try_from(full + 4).unwrap_or(u16::MAX).min(screen.height.saturating_sub(2));
        let title = [pen.piece("a command, in every world", Role::Strong)];
        let inside = boxed(pen, hits, screen, (78, height), Role::Focus, &title, &[]);
        let (typed, cursor) = self.filter.shown(usize::from(inside.width.saturating_sub(3)));
        let prompt = if typed.is_empty() {
            [pen.piece("› ", Role::Key), pen.piece("type to filter", Role::Dim)]
        } else {
            [pen.piece("› ", Role::Key), pen.piece(typed, Role::Text)]
        };
        pen.line(row(inside, 0), &prompt);
        super::form::draw_cursor(pen, Rect { x: inside.x + 2, ..row(inside, 0) }, cursor);
        let list = Rect { y: inside.y + 2, height: inside.height.saturating_sub(2), ..inside };
        if matching.is_empty() {
            pen.write(row(list, 0), "no command is called so", Role::Dim);
        }
        let selected_line = lines.iter().position(|line| *line == Line::Item(self.selected)).unwrap_or_default();
        let first = (selected_line + 2).saturating_sub(usize::from(list.height)).min(selected_line);
        for (index, line) in (0..list.height).zip(lines.iter().skip(first)) {
            let place = row(list, index);
            match line {
                Line::Context(name) => {
                    pen.write(place, name, Role::Dim);
                }
                Line::Item(item) => {
                    let Some(one) = matching.get(*item) else { continue };
                    hits.add(place, Target::Item(*item));
                    let mark = if *item == self.selected { "▸ " } else { "  " };
                    let pieces =
                        [pen.piece(format!("{mark}{:<20}", one.name), Role::Strong), pen.piece(one.about, Role::Text)];
                    pen.line(place, &pieces);
                    if *item == self.selected {
                        pen.tint(place, pen.theme.style(Role::Selected));
                    }
                }
            }
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Line {
    Context(&'static str),
    Item(usize),
}

fn lines(matching: &[&'static Description]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut context = None;
    for (index, one) in matching.iter().enumerate() {
        if context != Some(one.context) {
            context = Some(one.context);
            lines.push(Line::Context(one.context.name()));
        }
        lines.push(Line::Item(index));
    }
    lines
}
