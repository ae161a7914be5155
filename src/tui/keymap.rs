//! From what a terminal sends to what it means, layer by layer from the top.
//!
//! A layer that takes text gets the keys that mean nothing else there; what no layer wants goes to the screen under them, unless
//! the layer holds everything back. Events without a meaning are dropped here, so nothing is drawn for them.

use crossterm::event::{Event, MouseButton, MouseEvent, MouseEventKind};

use super::action::{Action, Place, entries};
use super::hit::{HitMap, Target};
use super::key::Key;
use super::model::Model;
use super::update::Msg;

/// What an event means now, if it means anything.
pub fn meaning(event: Event, model: &Model, hits: &HitMap) -> Option<Msg> {
    match event {
        Event::Key(event) => key(Key::pressed(event)?, model),
        Event::Paste(text) => model.layers.last().is_some_and(|layer| layer.takes_text()).then_some(Msg::Paste(text)),
        Event::Resize(width, height) => Some(Msg::Resized { width, height }),
        Event::Mouse(event) => mouse(event, hits),
        Event::FocusGained | Event::FocusLost => None,
    }
}

fn key(key: Key, model: &Model) -> Option<Msg> {
    if let Some(action) = bound(key, Place::Everywhere) {
        return Some(Msg::Act(action));
    }
    let place = model.place();
    if let Some(action) = bound(key, place) {
        return Some(Msg::Act(action));
    }
    model.layers.last().is_some_and(|layer| layer.takes_text()).then_some(Msg::Edit(key))
}

fn bound(key: Key, place: Place) -> Option<Action> {
    entries(place).find(|entry| entry.keys.contains(&key)).map(|entry| entry.action)
}

fn mouse(event: MouseEvent, hits: &HitMap) -> Option<Msg> {
    let target = hits.at(event.column, event.row)?.clone();
    match event.kind {
        MouseEventKind::Down(MouseButton::Left) => match target {
            Target::Press(action) => Some(Msg::Act(action)),
            target => Some(Msg::Click(target)),
        },
        MouseEventKind::ScrollUp => Some(Msg::Wheel(target, -1)),
        MouseEventKind::ScrollDown => Some(Msg::Wheel(target, 1)),
        _ => None,
    }
}
