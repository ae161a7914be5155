//! Draws the model: the screen, what lies over it, and the keys of where one is. Nothing is read or asked for here.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::bars::{self, Bars};
use super::hit::HitMap;
use super::layers::Layer;
use super::model::Model;
use super::pen::Pen;
use super::tab;
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
    if let Some(bars) = Bars::of(model.size) {
        bars::header(model, &mut pen, &mut hits, bars.header);
        tab::draw(model, &mut pen, &mut hits, bars.body);
        let screen = Rect { y: 0, height: bars.message.y, ..bars.body };
        let explore = model.areas();
        if let Some(areas) = explore.filter(|_| model.welcome && model.layers.is_empty()) {
            welcome::draw(&mut pen, Rect { height: areas.caption.y, ..screen });
        }
        // The trace stays in sight under a handler's source.
        let above = |layer: &Layer| match (layer, &explore) {
            (Layer::Source(_), Some(areas)) => Rect { height: areas.trace.y, ..screen },
            _ => screen,
        };
        if let Some(top) = model.layers.last().filter(|_| model.filter().is_none()) {
            pen.tint(above(top), model.appearance.theme.style(Role::Dim));
        }
        for layer in &model.layers {
            layer.draw(&mut pen, &mut hits, above(layer));
        }
        bars::footer(model, &mut pen, &mut hits, bars.footer);
        bars::news(model, &mut pen, bars.message);
    } else {
        bars::too_small(model.size, &mut pen);
    }
    if model.appearance.ascii {
        theme::in_ascii(frame.buffer_mut());
    }
    hits
}
