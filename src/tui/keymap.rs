//! From what a terminal sends to what it means, layer by layer from the top.
//!
//! A layer that takes text gets the keys that mean nothing else there; what no layer wants goes to the screen under them, unless
//! the layer holds everything back. Events without a meaning are dropped here, so nothing is drawn for them.

use crossterm::event::{Event, MouseButton, MouseEvent, MouseEventKind};

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
        Event::Mouse(event) => mouse(event, model, hits),
        Event::FocusGained | Event::FocusLost => None,
    }
}

fn key(key: Key, model: &Model) -> Option<Msg> {
    let bound = model.place().around().into_iter().find_map(|place| model.keys.action(key, place));
    match bound {
        Some(action) => Some(Msg::Act(action)),
        None => model.layers.last().is_some_and(|layer| layer.takes_text()).then_some(Msg::Edit(key)),
    }
}

fn mouse(event: MouseEvent, model: &Model, hits: &HitMap) -> Option<Msg> {
    match event.kind {
        MouseEventKind::Drag(MouseButton::Left) if model.dragged.is_some() => {
            return Some(Msg::Drag { column: event.column, row: event.row });
        }
        MouseEventKind::Up(MouseButton::Left) if model.dragged.is_some() => return Some(Msg::Drop),
        _ => {}
    }
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
