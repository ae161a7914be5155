//! A question before something is done that cannot simply be undone.

use ratatui::layout::Rect;

use super::{Outcome, boxed};
use crate::engine::Request;
use crate::tui::action::Action;
use crate::tui::hit::HitMap;
use crate::tui::pen::{Pen, row};
use crate::tui::text;
use crate::tui::theme::Role;

/// The question, what it is about, and what *yes* asks of the engine.
#[derive(Debug)]
pub struct Confirm {
    question: String,
    detail: String,
    yes: Option<Box<Request>>,
}

impl Confirm {
    /// Asks.
    pub fn new(question: impl Into<String>, detail: impl Into<String>, yes: Request) -> Self {
        Self { question: question.into(), detail: detail.into(), yes: Some(Box::new(yes)) }
    }

    pub(super) fn act(&mut self, action: Action) -> Outcome {
        match action {
            Action::Yes => self.yes.take().map_or(Outcome::Close, Outcome::Request),
            _ => Outcome::Stay,
        }
    }

    pub(super) fn draw(&self, pen: &mut Pen<'_>, hits: &mut HitMap, screen: Rect) {
        let width = screen.width.saturating_sub(4).min(76);
        let room = usize::from(width.saturating_sub(4));
        let asked = text::wrap(&self.question, room).into_iter().map(|line| (line, Role::Strong));
        let detail = text::wrap(&self.detail, room).into_iter().map(|line| (line, Role::Text));
        let lines: Vec<_> = asked.chain(std::iter::once((String::new(), Role::Text))).chain(detail).collect();
        let height = u16::try_from(lines.len() + 4).unwrap_or(u16::MAX).min(screen.height);
        let title = [pen.piece("are you sure?", Role::Refused)];
        let inside = boxed(pen, hits, screen, (width, height), Role::Refused, &title, &[]);
        for (index, (line, role)) in (1..inside.height).zip(&lines) {
            pen.write(row(inside, index), line, *role);
        }
    }
}
