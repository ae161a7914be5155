//! Drawing the screen: header, panes, trace, caption, news, keys.

use ratatui::layout::{Rect, Size};

use super::layout::LEAST;
use super::{Areas, Border, Side, pane_draw, trace};
use crate::tui::action::{Action, Place};
use crate::tui::hit::{HitMap, Target};
use crate::tui::keys::Binding;
use crate::tui::layers::Layer;
use crate::tui::model::{Model, News};
use crate::tui::pen::{self, Pen, row};
use crate::tui::theme::Role;

/// Draws the screen as large as the window is.
pub fn draw(model: &Model, pen: &mut Pen<'_>, hits: &mut HitMap) {
    let Some(areas) = model.areas() else { return too_small(model.size, pen) };
    header(model, pen, areas.header);
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

fn too_small(size: Size, pen: &mut Pen<'_>) {
    let area = Rect { x: 0, y: 0, width: size.width, height: size.height };
    let lines = [
        format!("diptych needs {}×{}", LEAST.width, LEAST.height),
        format!("and has {}×{}", size.width, size.height),
        "enlarge the window, or q".to_owned(),
    ];
    let top = size.height.saturating_sub(3) / 2;
    for (index, line) in (0..).zip(&lines) {
        pen.write(row(area, top + index), line, if index == 0 { Role::Strong } else { Role::Text });
    }
}

fn header(model: &Model, pen: &mut Pen<'_>, area: Rect) {
    let right = match &model.standing {
        Some(standing) => {
            let mut at = format!("shop · {}", standing.policy);
            if let Some((number, time)) = standing.last {
                at.push_str(&format!(" · #{number} · {}", time.clock_time()));
            }
            vec![pen.piece(at, Role::Text), pen.piece("  ● live ", Role::Good)]
        }
        None => vec![pen.piece("opening… ", Role::Dim)],
    };
    let left = [
        pen.piece(" dip", Role::State),
        pen.piece("tych", Role::Events),
        pen.piece("  1", Role::Key),
        pen.piece(" Explore", Role::Strong),
    ];
    let from = pen.line_right(area, &right);
    pen.line(Rect { width: from.saturating_sub(area.x + 2), ..area }, &left);
}

/// The keys of the place one is in, each of which can be clicked.
pub fn footer(model: &Model, pen: &mut Pen<'_>, hits: &mut HitMap, area: Rect) {
    let place = model.place();
    // What no key does any more is still to be found in the palette.
    let named = |one: &&Binding| !one.entry.name.is_empty() && !one.keys.is_empty();
    let mut shown: Vec<_> = model.keys.of(place).filter(named).collect();
    let pieces = |binding: &Binding, pen: &Pen<'_>| {
        let entry = binding.entry;
        let usable = entry.action.enabled(model).is_ok();
        let key = binding.keys.first().map(ToString::to_string).unwrap_or_default();
        let name = match (entry.action, model.layers.last()) {
            (Action::Mend, _) => model.mend_name(),
            (Action::Submit, Some(Layer::Form(form))) => form.verb(),
            _ => entry.name,
        };
        [
            pen.piece(key, if usable { Role::Key } else { Role::Dim }),
            pen.piece(format!(" {name}"), if usable { Role::Text } else { Role::Dim }),
        ]
    };
    // What has no room goes, the least needed first; help and the way out stay.
    let width = |shown: &[&Binding], pen: &Pen<'_>| -> u16 {
        shown.iter().map(|entry| pen::width(&pieces(entry, pen)) + 2).sum()
    };
    let stay = if place == Place::Explore { 2 } else { 1 };
    while shown.len() > stay + 1 && width(&shown, pen) > area.width {
        shown.remove(shown.len() - stay - 1);
    }
    let mut x = area.x + 1;
    for binding in shown {
        let place = Rect { x, width: area.right().saturating_sub(x), ..area };
        let pieces = pieces(binding, pen);
        let used = pen.line(place, &pieces);
        hits.add(Rect { width: used, ..place }, Target::Press(binding.entry.action));
        x += used + 2;
        if x >= area.right() {
            break;
        }
    }
}

/// The message bar.
pub fn news(model: &Model, pen: &mut Pen<'_>, area: Rect) {
    let Some((kind, text, waiting)) = model.news.shown() else { return };
    pen.clear(area);
    let (mark, role) = match kind {
        News::Done => (" ✓ ", Role::Good),
        News::Refused => (" ✗ ", Role::Refused),
        News::Failed => (" ✗ ", Role::Bad),
        News::Said => (" › ", Role::Dim),
    };
    let mut room = area;
    if waiting > 0 {
        let more = [pen.piece(format!(" {waiting} more "), Role::Bad)];
        room.width = pen.line_right(area, &more) - area.x;
    }
    let pieces = [pen.piece(mark, role), pen.piece(text, Role::Text)];
    pen.line(room, &pieces);
}
