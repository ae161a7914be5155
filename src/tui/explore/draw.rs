//! Drawing the screen: panes, trace, caption.

use ratatui::layout::Rect;

use super::{Areas, Border, Side, pane_draw, trace};
use crate::tui::hit::{HitMap, Target};
use crate::tui::model::Model;
use crate::tui::pen::Pen;

/// Draws the screen as large as the window is.
pub fn draw(model: &Model, pen: &mut Pen<'_>, hits: &mut HitMap) {
    let Some(areas) = model.areas() else { return };
    for (side, area) in Side::BOTH.into_iter().zip(areas.panes) {
        if let Some(area) = area {
            pane_draw::draw(model, pen, hits, side, area);
        }
    }
    trace::draw(model, pen, hits, areas.trace, areas.panes);
    borders(&areas, hits);
    if let Some(playing) = &model.scenario {
        playing.draw(pen, areas.caption);
    }
}

/// Where panes and trace can be dragged apart: the line between the panes, and the trace's upper one.
fn borders(areas: &Areas, hits: &mut HitMap) {
    if let [Some(left), Some(_)] = areas.panes {
        hits.add(Rect { x: left.right().saturating_sub(1), width: 2, ..left }, Target::Border(Border::Panes));
    }
    hits.add(Rect { height: 1, ..areas.trace }, Target::Border(Border::Trace));
}
