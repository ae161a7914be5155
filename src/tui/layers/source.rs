//! A handler's source over the panes, with the line of the trace's selected step marked; the trace stays in sight under it.

use ratatui::layout::Rect;

use super::{Outcome, boxed};
use crate::tui::action::Action;
use crate::tui::explore::Handler;
use crate::tui::hit::HitMap;
use crate::tui::pen::{Pen, Piece, row};
use crate::tui::theme::Role;

/// Words of the language, which stand back behind those of the domain.
const KEYWORDS: [&str; 16] = [
    "use", "impl", "for", "async", "fn", "let", "mut", "in", "self", "super", "match", "if", "else", "await", "pub",
    "return",
];

/// A handler, and the steps that a command took through it.
#[derive(Debug)]
pub struct Source {
    command: String,
    handler: Handler,
    /// The line of each line of the trace.
    marks: Vec<Option<usize>>,
    at: usize,
}

impl Source {
    /// A handler with its steps, at one of them.
    pub fn new(command: String, handler: Handler, marks: Vec<Option<usize>>, at: usize) -> Self {
        Self { command, handler, marks, at }
    }

    /// Which line of the trace is shown.
    pub fn at(&self) -> usize {
        self.at
    }

    pub(super) fn act(&mut self, action: Action) -> Outcome {
        let last = self.marks.len().saturating_sub(1);
        self.at = match action {
            Action::Up | Action::PageUp => self.at.saturating_sub(1),
            Action::Down | Action::PageDown => (self.at + 1).min(last),
            Action::First => 0,
            Action::Last => last,
            _ => self.at,
        };
        Outcome::Stay
    }

    pub(super) fn draw(&self, pen: &mut Pen<'_>, hits: &mut HitMap, screen: Rect) {
        let width = screen.width.saturating_sub(2).min(132);
        let height = u16::try_from(self.handler.lines.len() + 2).unwrap_or(u16::MAX).min(screen.height);
        let title = [
            pen.piece(self.command.clone(), Role::Strong),
            pen.piece(" · its handler, the same in every world", Role::Dim),
        ];
        let mark = self.marks.get(self.at).copied().flatten();
        let right = match mark {
            Some(line) => pen.piece(format!("line {}", line + 1), Role::Dim),
            None => pen.piece("this step is the pipeline's, not the handler's", Role::Dim),
        };
        let inside = boxed(pen, hits, screen, (width, height), Role::Focus, &title, &[right]);
        draw_source(pen, inside, &self.handler, &self.marks, self.at);
    }
}

/// As much of a handler's source as there is room for around the line of a step. `marks` holds the line of each step.
pub fn draw_source(pen: &mut Pen<'_>, area: Rect, handler: &Handler, marks: &[Option<usize>], at: usize) {
    let mark = marks.get(at).copied().flatten();
    let room = usize::from(area.height);
    // Without a line of its own a step shows the one before it.
    let shown = marks.iter().take(at + 1).rev().flatten().next().copied().unwrap_or_default();
    let first = shown.saturating_sub(room / 2).min(handler.lines.len().saturating_sub(room));
    for (place, (index, line)) in (0..area.height).zip(handler.lines.iter().enumerate().skip(first)) {
        let here = mark == Some(index);
        let mut pieces = vec![pen.piece(if here { "▸" } else { " " }, Role::Text)];
        pieces.push(pen.piece(format!("{:>3} ", index + 1), Role::Dim));
        pieces.extend(coloured(pen, line));
        let place = row(area, place);
        pen.line(place, &pieces);
        if here {
            pen.tint(place, pen.theme.style(Role::Selected));
        }
    }
}

/// A line's words: keywords and comments stand back, load, decide and save stand out.
fn coloured(pen: &Pen<'_>, line: &str) -> Vec<Piece> {
    if line.trim_start().starts_with("//") {
        return vec![pen.piece(line, Role::Dim)];
    }
    let mut pieces = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
        let begins = rest.starts_with(is_word);
        let end = rest.find(|letter| is_word(letter) != begins).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let role = match word {
            "load" | "load_or_start" | "find" | "start" | "decide" | "save" => Role::Strong,
            word if KEYWORDS.contains(&word) => Role::Dim,
            _ => Role::Text,
        };
        pieces.push(pen.piece(word, role));
        rest = after;
    }
    pieces
}
