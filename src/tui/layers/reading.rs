//! A text to read, longer than the window perhaps: help, details of a row, of an event, of a step.

use std::cell::Cell;

use ratatui::layout::Rect;

use super::{Outcome, boxed};
use crate::tui::action::Action;
use crate::tui::hit::HitMap;
use crate::tui::pen::{Pen, row};
use crate::tui::text;
use crate::tui::theme::Role;

/// Lines and how far one has scrolled.
#[derive(Debug)]
pub struct Reading {
    title: String,
    right: String,
    lines: Vec<(String, Role)>,
    first: usize,
    /// How much was shown when it was drawn last: lines and room.
    drawn: Cell<(usize, usize)>,
}

impl Reading {
    /// A text with a title.
    pub fn new(title: impl Into<String>, right: impl Into<String>) -> Self {
        Self { title: title.into(), right: right.into(), lines: Vec::new(), first: 0, drawn: Cell::new((0, 1)) }
    }

    /// One more line.
    pub fn line(&mut self, text: impl Into<String>, role: Role) {
        self.lines.push((text.into(), role));
    }

    /// Whether nothing is written yet.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// A heading with a blank line before it.
    pub fn heading(&mut self, text: impl Into<String>) {
        if !self.lines.is_empty() {
            self.line("", Role::Text);
        }
        self.line(text, Role::Strong);
    }

    /// The whole text.
    fn text(&self) -> String {
        self.lines.iter().map(|(line, _)| format!("{line}\n")).collect()
    }

    pub(super) fn act(&mut self, action: Action) -> Outcome {
        if action == Action::Copy {
            return Outcome::Copy(self.text());
        }
        let (lines, room) = self.drawn.get();
        let last = lines.saturating_sub(room);
        self.first = match action {
            Action::Up => self.first.saturating_sub(1),
            Action::Down => self.first + 1,
            Action::PageUp => self.first.saturating_sub(room),
            Action::PageDown => self.first + room,
            Action::First => 0,
            Action::Last => last,
            _ => self.first,
        }
        .min(last);
        Outcome::Stay
    }

    pub(super) fn draw(&self, pen: &mut Pen<'_>, hits: &mut HitMap, screen: Rect) {
        let width = screen.width.saturating_sub(4).min(100);
        let room = usize::from(width.saturating_sub(4));
        let lines: Vec<(String, Role)> = self
            .lines
            .iter()
            .flat_map(|(text, role)| indented(text, room).into_iter().map(|line| (line, *role)))
            .collect();
        let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX).min(screen.height.saturating_sub(2));
        let title = [pen.piece(self.title.clone(), Role::Strong)];
        let first = self.first.min(lines.len().saturating_sub(usize::from(height.saturating_sub(2))));
        let more = lines.len() > usize::from(height.saturating_sub(2));
        let right = if more {
            let last = first + usize::from(height.saturating_sub(2));
            format!("{} · {}–{last} of {}", self.right, first + 1, lines.len())
        } else {
            self.right.clone()
        };
        let right = [pen.piece(right, Role::Dim)];
        let inside = boxed(pen, hits, screen, (width, height), Role::Focus, &title, &right);
        self.drawn.set((lines.len(), usize::from(inside.height)));
        for (index, (line, role)) in (0..inside.height).zip(lines.iter().skip(first)) {
            pen.write(row(inside, index), line, *role);
        }
    }
}

/// Wrapped lines keep their indent.
fn indented(line: &str, room: usize) -> Vec<String> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let indent = indent.min(room / 2);
    let wrapped = text::wrap(line.trim_start_matches(' '), room.saturating_sub(indent));
    wrapped.into_iter().map(|line| " ".repeat(indent) + &line).collect()
}
