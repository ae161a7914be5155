//! The palette: every action of the screen and every command, found by typing a part of it.
//!
//! What cannot be used now is shown with the reason, and says it again when it is chosen.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use ratatui::layout::Rect;

use super::field::Field;
use super::{Outcome, Pick, boxed};
use crate::application::commands::Command;
use crate::application::fields::Description;
use crate::tui::action::Action;
use crate::tui::hit::{HitMap, Target};
use crate::tui::key::Key;
use crate::tui::model::Model;
use crate::tui::pen::{Pen, row};
use crate::tui::theme::Role;

/// How far a page goes.
const PAGE: usize = 10;

/// What can be chosen, what is typed, and what of it is left.
#[derive(Debug)]
pub struct Palette {
    items: Vec<Item>,
    typed: Field,
    /// The items that match, the best first.
    shown: Vec<usize>,
    selected: usize,
}

#[derive(Debug)]
struct Item {
    name: String,
    about: &'static str,
    keys: String,
    /// Why it cannot be used now.
    off: Option<&'static str>,
    does: Does,
}

#[derive(Debug, Clone, Copy)]
enum Does {
    Act(Action),
    Fill(&'static Description),
}

impl Palette {
    /// Over what the model shows.
    pub fn of(model: &Model) -> Self {
        let actions = model.keys.offered(model.place()).filter(|one| one.entry.action != Action::Palette);
        let actions = actions.map(|one| Item {
            name: one.entry.action.name(),
            about: one.entry.about,
            keys: one.keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
            off: one.entry.action.enabled(model).err(),
            does: Does::Act(one.entry.action),
        });
        let closed = (!model.is_open()).then_some("the playground is still opening");
        let commands = Command::ALL.iter().map(|one| Item {
            name: one.name.to_owned(),
            about: one.about,
            keys: String::new(),
            off: closed,
            does: Does::Fill(one),
        });
        let items: Vec<_> = actions.chain(commands).collect();
        let shown = (0..items.len()).collect();
        Self { items, typed: Field::default(), shown, selected: 0 }
    }

    pub(super) fn act(&mut self, action: Action) -> Outcome {
        let last = self.shown.len().saturating_sub(1);
        match action {
            Action::Up => self.selected = self.selected.checked_sub(1).unwrap_or(last),
            Action::Down => self.selected = if self.selected >= last { 0 } else { self.selected + 1 },
            Action::PageUp => self.selected = self.selected.saturating_sub(PAGE),
            Action::PageDown => self.selected = (self.selected + PAGE).min(last),
            Action::Clear => {
                self.typed.clear();
                self.match_again();
            }
            Action::Choose => return self.click(self.selected),
            _ => {}
        }
        Outcome::Stay
    }

    pub(super) fn edit(&mut self, key: Key) {
        self.typed.edit(key);
        self.match_again();
    }

    pub(super) fn paste(&mut self, text: &str) -> bool {
        let whole = self.typed.paste(text);
        self.match_again();
        whole
    }

    pub(super) fn click(&mut self, index: usize) -> Outcome {
        let chosen = self.shown.get(index).and_then(|index| self.items.get(*index));
        match chosen.map(|item| (item.does, item.off)) {
            Some((Does::Act(action), _)) => Outcome::Act(action),
            Some((Does::Fill(_), Some(_))) => Outcome::Act(Action::Commands),
            Some((Does::Fill(description), None)) => Outcome::Picked(Pick::Command(description)),
            None => Outcome::Stay,
        }
    }

    /// The best match first; a match in the name counts twice.
    fn match_again(&mut self) {
        self.selected = 0;
        let pattern = Pattern::parse(&self.typed.text(), CaseMatching::Ignore, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut letters = Vec::new();
        let mut score = |text: &str| pattern.score(Utf32Str::new(text, &mut letters), &mut matcher);
        let mut found: Vec<(u32, usize)> = Vec::new();
        for (index, item) in self.items.iter().enumerate() {
            let (name, all) = (score(&item.name), score(&format!("{} {}", item.name, item.about)));
            if let Some(best) = name.map(|score| score * 2).max(all) {
                found.push((best, index));
            }
        }
        found.sort_by_key(|(score, index)| (std::cmp::Reverse(*score), *index));
        self.shown = found.into_iter().map(|(_, index)| index).collect();
    }

    pub(super) fn draw(&self, pen: &mut Pen<'_>, hits: &mut HitMap, screen: Rect) {
        let height =
            u16::try_from(self.items.len() + 4).unwrap_or(u16::MAX).min(screen.height.saturating_sub(2)).min(26);
        let title = [pen.piece("everything one can do", Role::Strong)];
        let right = [pen.piece(format!("{} of {}", self.shown.len(), self.items.len()), Role::Dim)];
        let width = screen.width.saturating_sub(2).min(100);
        let inside = boxed(pen, hits, screen, (width, height), Role::Focus, &title, &right);
        let (typed, cursor) = self.typed.shown(usize::from(inside.width.saturating_sub(3)));
        let (typed, role) = if typed.is_empty() { ("type to find".to_owned(), Role::Dim) } else { (typed, Role::Text) };
        let prompt = [pen.piece("› ", Role::Key), pen.piece(typed, role)];
        pen.line(row(inside, 0), &prompt);
        super::form_draw::draw_cursor(pen, Rect { x: inside.x + 2, ..row(inside, 0) }, cursor);
        let list = Rect { y: inside.y + 2, height: inside.height.saturating_sub(2), ..inside };
        if self.shown.is_empty() {
            pen.write(row(list, 0), "nothing is called so", Role::Dim);
        }
        let first = (self.selected + 1).saturating_sub(usize::from(list.height));
        for (line, (at, index)) in (0..list.height).zip(self.shown.iter().enumerate().skip(first)) {
            let (place, Some(item)) = (row(list, line), self.items.get(*index)) else { continue };
            hits.add(place, Target::Item(at));
            item.draw(pen, place, at == self.selected);
        }
    }
}

impl Item {
    fn draw(&self, pen: &mut Pen<'_>, place: Rect, selected: bool) {
        let keys = [pen.piece(format!(" {}", self.keys), Role::Key)];
        let room = Rect { width: pen.line_right(place, &keys).saturating_sub(place.x), ..place };
        let mark = if selected { "▸ " } else { "  " };
        let (name, about) = match self.off {
            Some(_) => (Role::Dim, Role::Dim),
            None => (Role::Strong, Role::Text),
        };
        let reason = self.off.map(|reason| format!("not now: {reason}"));
        let pieces = [
            pen.piece(format!("{mark}{:<20} ", self.name), name),
            pen.piece(reason.unwrap_or_else(|| self.about.to_owned()), about),
        ];
        pen.line(room, &pieces);
        if selected {
            pen.tint(place, pen.theme.style(Role::Selected));
        }
    }
}
