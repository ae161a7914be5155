//! Drawing a form: its inputs, what is to be said of the one that has the cursor, and what that one can be given.

use ratatui::layout::Rect;

use super::boxed;
use super::form::{CHOICES, Form, Purpose};
use super::input::{Input, LINE, Problem};
use crate::application::fields::Kind;
use crate::tui::hit::{HitMap, Target};
use crate::tui::pen::{Pen, row};
use crate::tui::text;
use crate::tui::theme::Role;

/// So many choices are shown at a time.
const SHOWN: u16 = 6;

impl Form {
    pub(super) fn draw(&self, pen: &mut Pen<'_>, hits: &mut HitMap, screen: Rect) {
        let rows = self.inputs.iter().filter(|input| begins_row(input)).count();
        let takes_ids = self.inputs.iter().any(|input| matches!(input.kind, Kind::Id(_) | Kind::Lines));
        let choices = if takes_ids { SHOWN + 1 } else { 0 };
        let height = u16::try_from(rows + 7).unwrap_or(u16::MAX).saturating_add(choices);
        let title = [pen.piece(self.name(), Role::Strong)];
        let right = [pen.piece(self.description.context.name(), Role::Dim)];
        let inside = boxed(pen, hits, screen, (84, height), Role::Focus, &title, &right);
        pen.write(row(inside, 0), self.description.about, Role::Dim);
        // Where there is no room for all, the one with the cursor is shown.
        let below = 3 + if inside.height > choices + 6 { choices } else { 0 };
        let room = inside.height.saturating_sub(2 + below).max(1);
        let at_row = self.inputs.iter().take(self.at + 1).filter(|input| begins_row(input)).count().saturating_sub(1);
        let first = (at_row + 1).saturating_sub(usize::from(room));
        let fields = Rect { y: inside.y + 2, height: room.min(inside.height.saturating_sub(2)), ..inside };
        self.draw_inputs(pen, hits, fields, first);
        let used = u16::try_from(rows - first.min(rows)).unwrap_or(room).min(room);
        let said = Rect { y: fields.y + used + 1, height: 2, ..inside }.intersection(inside);
        self.draw_said(pen, said);
        let top = said.bottom();
        let offered = Rect { y: top, height: inside.bottom().saturating_sub(top), ..inside };
        self.draw_choices(pen, hits, offered);
    }

    fn draw_inputs(&self, pen: &mut Pen<'_>, hits: &mut HitMap, area: Rect, first: usize) {
        let longest = self.description.fields.iter().map(|field| field.name.len()).max().unwrap_or_default();
        let mut at_row: usize = 0;
        for (index, input) in self.inputs.iter().enumerate() {
            if begins_row(input) && index > 0 {
                at_row += 1;
            }
            let Some(place) = at_row.checked_sub(first).and_then(|line| u16::try_from(line).ok()) else { continue };
            let place = row(area, place);
            if place.is_empty() {
                continue;
            }
            let here = index == self.at;
            let field = &self.description.fields[input.field];
            let mark = if here { "▸ " } else { "  " };
            let (label, required) = match input.line {
                None => (format!("{mark}{:<longest$}", field.name), field.required),
                Some((line, 0)) => (format!("{mark}{:<longest$}", format!("line {}", line + 1)), false),
                Some((_, part)) => (format!("{mark}{}", LINE[part].0), false),
            };
            let width = u16::try_from(longest + 4).unwrap_or(u16::MAX);
            // A line's parts stand beside each other: product, quantity, price.
            let place = match input.line {
                None => place,
                Some((_, 0)) => Rect { width: place.width.saturating_sub(40), ..place },
                Some((_, part)) => {
                    let right = if part == 1 { 40 } else { 22 };
                    let width = if part == 1 { 17 } else { 22 };
                    Rect { x: place.right().saturating_sub(right), width, ..place }
                }
            };
            hits.add(place, Target::Item(index));
            let name = [
                pen.piece(label, if here { Role::Strong } else { Role::Text }),
                pen.piece(if required { "* " } else { "  " }, Role::Key),
            ];
            let used = pen.line(place, &name).max(if input.line.is_some_and(|(_, part)| part > 0) { 0 } else { width });
            let room = Rect { x: place.x + used.min(place.width), width: place.width.saturating_sub(used), ..place };
            draw_input(input, here, pen, room);
        }
    }

    /// What is wrong with the input, or what it takes.
    fn draw_said(&self, pen: &mut Pen<'_>, area: Rect) {
        let Some(input) = self.here() else { return };
        let field = &self.description.fields[input.field];
        let about = || {
            let optional = if field.required { "" } else { "; may be left out" };
            match input.line {
                None => format!("{} Takes {}{optional}.", field.about, takes(input.kind)),
                Some((_, part)) => format!("Takes {}. A line left empty is left out.", takes(LINE[part].1)),
            }
        };
        let (said, role) = match (&self.error, &input.problem) {
            (Some((index, what)), _) if *index == self.at => (format!("✗ {what}"), Role::Refused),
            (_, Some(Problem::Kind(what))) => (format!("✗ {what}"), Role::Refused),
            (_, Some(Problem::Rule(what))) => {
                (format!("✗ {what} — so says the domain's rule; perform it to see the refusal"), Role::Refused)
            }
            (_, None) => (about(), Role::Dim),
        };
        for (index, line) in (0..area.height).zip(text::wrap(&said, usize::from(area.width))) {
            pen.write(row(area, index), &line, role);
        }
    }

    fn draw_choices(&self, pen: &mut Pen<'_>, hits: &mut HitMap, area: Rect) {
        let Some(input) = self.here() else { return };
        let offered = input.offered();
        if offered.is_empty() || area.height < 2 {
            return;
        }
        let shown = usize::from((area.height - 1).min(SHOWN));
        let lit = input.lit.unwrap_or_default();
        let first = (lit + 1).saturating_sub(shown);
        let more = offered.len().saturating_sub(first + shown);
        let many = if more > 0 { format!(", {more} more") } else { String::new() };
        let hint = if input.lit.is_some() { "enter takes it" } else { "↓ chooses, typing filters" };
        pen.write(row(area, 0), &format!("  {hint}{many}"), Role::Dim);
        for (line, (index, choice)) in (1..).zip(offered.iter().enumerate().skip(first).take(shown)) {
            let place = row(area, line);
            hits.add(place, Target::Item(CHOICES + index));
            let mark = if input.lit == Some(index) { "  ▸ " } else { "    " };
            let pieces = [
                pen.piece(format!("{mark}{}", text::fit(&choice.name, 24, false)), Role::Strong),
                pen.piece(format!("  {}", text::fit(&choice.note, 30, false)), Role::Text),
                pen.piece(format!("  {}", text::short_id(&choice.id)), Role::Dim),
            ];
            pen.line(place, &pieces);
            if input.lit == Some(index) {
                pen.tint(place, pen.theme.style(Role::Selected));
            }
        }
    }

    /// What performing it is called, for the footer's name of the key.
    pub fn verb(&self) -> &'static str {
        match self.purpose {
            Purpose::Command => "perform",
            Purpose::Query => "ask",
        }
    }
}

fn begins_row(input: &Input) -> bool {
    input.line.is_none_or(|(_, part)| part == 0)
}

fn draw_input(input: &Input, here: bool, pen: &mut Pen<'_>, room: Rect) {
    let chosen = input.chosen().map(|choice| format!("{} · {}", choice.name, choice.note));
    let (shown, cursor) = input.typed.shown(usize::from(room.width));
    match (shown.is_empty(), &input.last, here, chosen) {
        (true, Some(last), true, _) => {
            pen.write(room, &format!("{last}  (→ as last time)"), Role::Dim);
        }
        (true, _, true, _) if input.kind == Kind::Lines => {
            pen.write(room, "  enter adds a line; or paste a list in JSON", Role::Dim);
        }
        (true, _, false, _) => {
            pen.write(room, hint(input.kind), Role::Dim);
        }
        // In a line there is room for a name or an id, and names tell more.
        (false, _, false, Some(chosen)) if input.line.is_some() => {
            pen.write(room, &chosen, Role::Text);
        }
        (_, _, _, chosen) => {
            let role = if input.problem.is_some() { Role::Refused } else { Role::Text };
            let used = pen.write(room, &shown, role);
            if let Some(chosen) = chosen {
                let rest = Rect { x: room.x + used, width: room.width.saturating_sub(used), ..room };
                pen.write(rest, &format!("  {chosen}"), Role::Dim);
            }
        }
    }
    if here {
        draw_cursor(pen, room, cursor);
    }
}

/// What is typed into a field; unlike in a file, without quotes.
fn takes(kind: Kind) -> &'static str {
    match kind {
        Kind::Id(_) => "an id",
        Kind::Text => "text",
        Kind::Money => "a decimal, as in 12.50",
        Kind::Integer => "a whole number",
        Kind::Lines => "lines, or a list in JSON",
    }
}

/// What an empty field waits for.
fn hint(kind: Kind) -> &'static str {
    match kind {
        Kind::Id(_) => "id",
        Kind::Text => "text",
        Kind::Money => "12.50",
        Kind::Integer => "whole number",
        Kind::Lines => "lines: product, quantity, unit price",
    }
}

/// The cursor as a reversed cell, which every theme and terminal shows.
pub(super) fn draw_cursor(pen: &mut Pen<'_>, area: Rect, at: usize) {
    let at = u16::try_from(at).unwrap_or(u16::MAX);
    if at < area.width {
        pen.tint(Rect { x: area.x + at, width: 1, height: 1, ..area }, pen.theme.style(Role::Selected));
    }
}
