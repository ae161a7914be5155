//! An error that one has to see: what happened, on which file, and what to do.

use ratatui::layout::Rect;

use super::boxed;
use crate::kernel::Failure;
use crate::tui::hit::HitMap;
use crate::tui::pen::{Pen, row};
use crate::tui::text;
use crate::tui::theme::Role;

/// The failure.
#[derive(Debug)]
pub struct FailureBox {
    failure: Failure,
}

impl FailureBox {
    /// Shows a failure.
    pub fn new(failure: Failure) -> Self {
        Self { failure }
    }

    pub(super) fn draw(&self, pen: &mut Pen<'_>, hits: &mut HitMap, screen: Rect) {
        let width = screen.width.saturating_sub(4).min(76);
        let room = usize::from(width.saturating_sub(4));
        let mut lines: Vec<(String, Role)> = Vec::new();
        let mut say = |text: &str, role| lines.extend(text::wrap(text, room).into_iter().map(|line| (line, role)));
        say(&self.failure.what, Role::Text);
        if let Some(file) = &self.failure.file {
            say(&format!("on {}", file.display()), Role::Dim);
        }
        if let Some(remedy) = &self.failure.remedy {
            say("", Role::Text);
            say(&format!("→ {remedy}"), Role::Strong);
        }
        let height = u16::try_from(lines.len() + 4).unwrap_or(u16::MAX).min(screen.height);
        let title = [pen.piece("✗ that did not work", Role::Bad)];
        let inside = boxed(pen, hits, screen, (width, height), Role::Bad, &title, &[]);
        for (index, (line, role)) in (1..inside.height).zip(&lines) {
            pen.write(row(inside, index), line, *role);
        }
    }
}
