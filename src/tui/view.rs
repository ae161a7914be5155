//! Draws the model: the screen, what lies over it, and the keys of where one is. Nothing is read or asked for here.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::explore;
use super::hit::HitMap;
use super::layers::Layer;
use super::model::Model;
use super::pen::Pen;
use super::theme::{self, Role};
use super::welcome;

/// Draws a frame; answers what can be pointed at in it.
pub fn draw(model: &Model, frame: &mut Frame<'_>) -> HitMap {
    let mut hits = HitMap::default();
    let mut pen = Pen::new(frame, model.appearance.theme);
    // The ground of everything, for themes that have a background of their own.
    let ground = pen.theme.style(Role::Text);
    if ground != Style::new() {
        pen.tint(Rect { x: 0, y: 0, width: model.size.width, height: model.size.height }, ground);
    }
    explore::draw(model, &mut pen, &mut hits);
    if let Some(areas) = model.areas() {
        let screen = Rect { x: 0, y: 0, width: model.size.width, height: areas.message.y };
        if model.welcome && model.layers.is_empty() {
            welcome::draw(&mut pen, Rect { height: areas.caption.y, ..screen });
        }
        // The trace stays in sight under a handler's source.
        let above = |layer: &Layer| match layer {
            Layer::Source(_) => Rect { height: areas.trace.y, ..screen },
            _ => screen,
        };
        if let Some(top) = model.layers.last().filter(|_| model.filter().is_none()) {
            pen.tint(above(top), model.appearance.theme.style(Role::Dim));
        }
        for layer in &model.layers {
            layer.draw(&mut pen, &mut hits, above(layer));
        }
        explore::footer(model, &mut pen, &mut hits, areas.footer);
        explore::news(model, &mut pen, areas.message);
    }
    if model.appearance.ascii {
        theme::in_ascii(frame.buffer_mut());
    }
    hits
}
