//! What each world answers to the same question, side by side: the rows, where they come from, how fresh they are, the SQL.

use std::cell::Cell;

use ratatui::layout::Rect;
use serde_json::Value;

use super::{Outcome, boxed};
use crate::application::queries::Source;
use crate::tui::action::Action;
use crate::tui::hit::HitMap;
use crate::tui::pen::{Pen, row};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::world::{Freshness, QueryReply, WorldKind};

/// Columns narrower than this say too little: the worlds then stand one under the other.
const NARROW: u16 = 30;

/// The answers.
#[derive(Debug)]
pub struct Answers {
    query: &'static str,
    replies: Vec<QueryReply>,
    durations: bool,
    first: usize,
    /// Lines and room of the last drawing.
    drawn: Cell<(usize, usize)>,
}

impl Answers {
    /// Each world's reply.
    pub fn new(query: &'static str, replies: Vec<QueryReply>, durations: bool) -> Self {
        Self { query, replies, durations, first: 0, drawn: Cell::new((0, 1)) }
    }

    pub(super) fn act(&mut self, action: Action) -> Outcome {
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
        let width = screen.width.saturating_sub(4).min(180);
        let worlds = u16::try_from(self.replies.len().max(1)).unwrap_or(1);
        let room = width.saturating_sub(4);
        let beside = (room + 2) / worlds >= NARROW + 2;
        let column = if beside { ((room + 2) / worlds).saturating_sub(2) } else { room };
        let told: Vec<_> = self.replies.iter().map(|reply| tell(reply, self.durations, usize::from(column))).collect();
        let lines = if beside {
            told.iter().map(Vec::len).max().unwrap_or_default()
        } else {
            told.iter().map(|lines| lines.len() + 1).sum::<usize>().saturating_sub(1)
        };
        let height = u16::try_from(lines + 4).unwrap_or(u16::MAX).min(screen.height.saturating_sub(2));
        let title = [pen.piece(self.query, Role::Strong)];
        let right = [pen.piece(self.agreement(), Role::Dim)];
        let inside = boxed(pen, hits, screen, (width, height), Role::Focus, &title, &right);
        let shown = Rect { y: inside.y + 1, height: inside.height.saturating_sub(2), ..inside };
        self.drawn.set((lines, usize::from(shown.height)));
        if beside {
            for (index, (reply, lines)) in (0..).zip(self.replies.iter().zip(&told)) {
                let place = Rect { x: shown.x + index * (column + 2), width: column, ..shown };
                self.write(pen, place, reply.world, lines.iter().skip(self.first));
            }
        } else {
            // One under the other they scroll as one list.
            let blank = (String::new(), Role::Text);
            let each = self.replies.iter().zip(&told);
            let all = each.flat_map(|(reply, lines)| lines.iter().chain([&blank]).map(|line| (reply.world, line)));
            for (index, (world, line)) in (0..shown.height).zip(all.skip(self.first)) {
                self.write(pen, row(shown, index), world, std::iter::once(line));
            }
        }
    }

    fn write<'a>(
        &self,
        pen: &mut Pen<'_>,
        area: Rect,
        world: WorldKind,
        lines: impl Iterator<Item = &'a (String, Role)>,
    ) {
        for (index, (line, role)) in (0..area.height).zip(lines) {
            let style = if *role == Role::Strong { pen.theme.world(world) } else { pen.theme.style(*role) };
            let piece = [pen.styled(line.clone(), style)];
            pen.line(row(area, index), &piece);
        }
    }

    /// Whether all of them say the same. They need not: a read model may be behind, and one is as the guide writes it.
    fn agreement(&self) -> &'static str {
        let rows: Vec<_> = self.replies.iter().map(|reply| &reply.answer.rows).collect();
        if rows.windows(2).all(|pair| pair[0] == pair[1]) { "✓ the same answer" } else { "✗ the answers differ" }
    }
}

/// A world's reply, in lines of so many cells.
fn tell(reply: &QueryReply, durations: bool, room: usize) -> Vec<(String, Role)> {
    let mut lines = Vec::new();
    let mut say = |text: &str, role| lines.extend(text::wrap(text, room).into_iter().map(|line| (line, role)));
    say(&format!("{} · {}", reply.world.name().to_uppercase(), reply.world.title()), Role::Strong);
    let source = match &reply.answer.source {
        Source::Table(table) => format!("rows of {table}"),
        Source::Stream(stream) => format!("the fold of {}", text::short_stream(stream)),
    };
    say(&source, Role::Text);
    let fresh = match reply.freshness {
        Freshness::Current => "what the commands wrote".to_owned(),
        Freshness::ReadModel { at, behind: 0 } => format!("a read model, up to date at event {at}"),
        Freshness::ReadModel { at, behind } => format!("a read model at event {at}, {behind} behind the log"),
    };
    say(&fresh, Role::Dim);
    let took = if durations { format!("{} µs", reply.took.as_micros()) } else { "– µs".to_owned() };
    say(&took, Role::Dim);
    say("", Role::Text);
    if reply.answer.rows.is_empty() {
        say("nothing", Role::Dim);
    }
    for row in &reply.answer.rows {
        say(&one_line(row), Role::Text);
    }
    say("", Role::Text);
    for statement in &reply.statements {
        say(&text::shorten_ids(&statement.text), Role::Dim);
    }
    lines
}

/// A row's fields one after the other, ids shortened.
fn one_line(row: &Value) -> String {
    let Some(fields) = row.as_object() else { return row.to_string() };
    let shown = |value: &Value| match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => text::shorten_ids(text),
        other => text::shorten_ids(&other.to_string()),
    };
    let fields: Vec<_> = fields.iter().map(|(name, value)| format!("{name} {}", shown(value))).collect();
    fields.join(" · ")
}
