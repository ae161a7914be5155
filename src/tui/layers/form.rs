//! A command's form: a line for each of its fields, as the command's own description has them.

use ratatui::layout::Rect;
use serde_json::Map;

use super::field::Field;
use super::{Outcome, boxed};
use crate::application::commands::{Command, Unreadable};
use crate::application::fields::{Description, Kind};
use crate::tui::action::Action;
use crate::tui::hit::{HitMap, Target};
use crate::tui::key::Key;
use crate::tui::pen::{Pen, row};
use crate::tui::text;
use crate::tui::theme::Role;

/// What has been typed so far.
#[derive(Debug)]
pub struct Form {
    command: &'static Description,
    fields: Vec<Field>,
    at: usize,
    /// The field that is wrong, and what is wrong.
    error: Option<(usize, String)>,
}

impl Form {
    /// The form of a command. `known` answers the id of what is selected, for fields that take one; a field that may be left out
    /// stays empty, because an id there means something else.
    pub fn new(command: &'static Description, known: impl Fn(&str) -> Option<String>) -> Self {
        let prefilled = |field: &crate::application::fields::Field| match field.kind {
            Kind::Id(kind) if field.required => known(kind).map(|id| Field::of(&id)).unwrap_or_default(),
            _ => Field::default(),
        };
        let fields: Vec<_> = command.fields.iter().map(prefilled).collect();
        // What is known already needs no typing: the first empty field comes first.
        let at = fields.iter().position(Field::is_empty).unwrap_or_default();
        Self { command, fields, at, error: None }
    }

    pub(super) fn act(&mut self, action: Action) -> Outcome {
        let last = self.fields.len().saturating_sub(1);
        match action {
            Action::NextField => self.at = if self.at >= last { 0 } else { self.at + 1 },
            Action::PreviousField => self.at = self.at.checked_sub(1).unwrap_or(last),
            Action::Clear => self.typed(Field::clear),
            Action::Enter if self.at < last => self.at += 1,
            Action::Enter | Action::Submit => return self.submit(),
            _ => {}
        }
        Outcome::Stay
    }

    pub(super) fn edit(&mut self, key: Key) {
        self.typed(|field| field.edit(key));
    }

    pub(super) fn paste(&mut self, text: &str) -> bool {
        let mut whole = true;
        self.typed(|field| whole = field.paste(text));
        whole
    }

    pub(super) fn click(&mut self, index: usize) -> Outcome {
        self.at = index.min(self.fields.len().saturating_sub(1));
        Outcome::Stay
    }

    fn typed(&mut self, edit: impl FnOnce(&mut Field)) {
        if let Some(field) = self.fields.get_mut(self.at) {
            edit(field);
        }
        if self.error.as_ref().is_some_and(|(index, _)| *index == self.at) {
            self.error = None;
        }
    }

    fn submit(&mut self) -> Outcome {
        let mut given = Map::new();
        for (field, typed) in self.command.fields.iter().zip(&self.fields) {
            // An empty text is the domain's to refuse; a field that may be left out is left out.
            if field.required || !typed.is_empty() {
                given.insert(field.name.to_owned(), field.kind.from_text(&typed.text()));
            }
        }
        match Command::read(self.command.name, &given) {
            Ok(command) => Outcome::Perform(Box::new(command)),
            Err(error) => {
                let (index, what) = self.blame(&error);
                self.at = index;
                self.error = Some((index, what));
                Outcome::Stay
            }
        }
    }

    /// The field of an error, and the error without the field's name.
    fn blame(&self, error: &Unreadable) -> (usize, String) {
        let Unreadable::Field(mismatch) = error else { return (self.at, error.to_string()) };
        let name = mismatch.field.split(['[', '.']).next().unwrap_or_default();
        let index = self.command.fields.iter().position(|field| field.name == name);
        let inner = mismatch.field.strip_prefix(name).unwrap_or_default();
        let what = if inner.is_empty() { mismatch.what.clone() } else { mismatch.to_string() };
        (index.unwrap_or(self.at), what)
    }

    pub(super) fn draw(&self, pen: &mut Pen<'_>, hits: &mut HitMap, screen: Rect) {
        let height = u16::try_from(self.fields.len() + 7).unwrap_or(u16::MAX);
        let title = [pen.piece(self.command.name, Role::Strong)];
        let right = [pen.piece(self.command.context.name(), Role::Dim)];
        let inside = boxed(pen, hits, screen, (78, height), Role::Focus, &title, &right);
        pen.write(row(inside, 0), self.command.about, Role::Dim);
        let longest = self.command.fields.iter().map(|field| field.name.len()).max().unwrap_or_default();
        for ((index, field), typed) in (0_u16..).zip(self.command.fields).zip(&self.fields) {
            let place = row(inside, index + 2);
            let here = usize::from(index) == self.at;
            hits.add(place, Target::Item(usize::from(index)));
            let mark = if here { "▸ " } else { "  " };
            let required = if field.required { "*" } else { " " };
            let name = [
                pen.piece(format!("{mark}{:<longest$}", field.name), if here { Role::Strong } else { Role::Text }),
                pen.piece(format!("{required} "), Role::Key),
            ];
            let used = pen.line(place, &name);
            let room = Rect { x: place.x + used, width: place.width.saturating_sub(used), ..place };
            let (shown, cursor) = typed.shown(usize::from(room.width));
            if shown.is_empty() && !here {
                pen.write(room, hint(field.kind), Role::Dim);
            } else {
                pen.write(room, &shown, Role::Text);
            }
            if here {
                draw_cursor(pen, room, cursor);
            }
        }
        let below = Rect {
            y: (inside.y + 3 + u16::try_from(self.fields.len()).unwrap_or_default()).min(inside.bottom()),
            height: 2,
            ..inside
        }
        .intersection(inside);
        let about = self.command.fields.get(self.at).map(|field| {
            let optional = if field.required { "" } else { "; may be left out" };
            format!("{} Takes {}{optional}.", field.about, takes(field.kind))
        });
        let (lines, role) = match &self.error {
            Some((_, what)) => (format!("✗ {what}"), Role::Refused),
            None => (about.unwrap_or_default(), Role::Dim),
        };
        for (index, line) in (0..below.height).zip(text::wrap(&lines, usize::from(below.width))) {
            pen.write(row(below, index), &line, role);
        }
    }
}

/// What is typed into a field; unlike in a file, without quotes.
fn takes(kind: Kind) -> &'static str {
    match kind {
        Kind::Id(_) => "an id",
        Kind::Text => "text",
        Kind::Money => "a decimal, as in 12.50",
        Kind::Integer => "a whole number",
        Kind::Lines => "a list in JSON",
    }
}

/// What an empty field waits for.
fn hint(kind: Kind) -> &'static str {
    match kind {
        Kind::Id(_) => "id",
        Kind::Text => "text",
        Kind::Money => "12.50",
        Kind::Integer => "whole number",
        Kind::Lines => "[{\"product_id\": \"…\", \"quantity\": 1, \"unit_price\": \"12.50\"}]",
    }
}

/// The cursor as a reversed cell, which every theme and terminal shows.
pub(super) fn draw_cursor(pen: &mut Pen<'_>, area: Rect, at: usize) {
    let at = u16::try_from(at).unwrap_or(u16::MAX);
    if at < area.width {
        pen.tint(Rect { x: area.x + at, width: 1, height: 1, ..area }, pen.theme.style(Role::Selected));
    }
}
