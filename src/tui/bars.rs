//! The bars around every screen: tabs above, news and keys below; and the room that is left between them.

use ratatui::layout::{Rect, Size};

use super::action::Place;
use super::hit::{HitMap, Target};
use super::keys::Binding;
use super::model::{Model, News};
use super::pen::{self, Pen, Piece, row};
use super::tab::Tab;
use super::theme::Role;

/// The least window.
const LEAST: Size = Size { width: 60, height: 16 };

/// Where the bars stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bars {
    /// Tabs, and what the playground is at.
    pub header: Rect,
    /// The screen.
    pub body: Rect,
    /// News; the same line as the footer where lines are few.
    pub message: Rect,
    /// Keys.
    pub footer: Rect,
}

impl Bars {
    /// Of a window of this size, if it is large enough.
    pub fn of(size: Size) -> Option<Self> {
        if size.width < LEAST.width || size.height < LEAST.height {
            return None;
        }
        let line = |y, height| Rect { x: 0, y, width: size.width, height };
        let footer = line(size.height - 1, 1);
        let message = if size.height >= 30 { line(size.height - 2, 1) } else { footer };
        Some(Self { header: line(0, 1), body: line(1, message.y - 1), message, footer })
    }
}

/// What is said where there is no room for any screen.
pub fn too_small(size: Size, pen: &mut Pen<'_>) {
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

/// The tabs, each of which can be clicked, and what the playground is at: as much of it as the tabs leave room for.
pub fn header(model: &Model, pen: &mut Pen<'_>, hits: &mut HitMap, area: Rect) {
    let name = [pen.piece(" dip", Role::State), pen.piece("tych", Role::Events)];
    let tabs: Vec<_> = Tab::ALL.into_iter().map(|tab| (tab, tab_pieces(model, pen, tab))).collect();
    let left: u16 = pen::width(&name) + tabs.iter().map(|(_, pieces)| pen::width(pieces) + 2).sum::<u16>();
    let mut told = standing(model, pen);
    // The policy goes last, after the name and the time.
    while told.len() > 1 && left + pen::width(&told) + 1 > area.width {
        told.remove(if told.len() == 3 { 1 } else { 0 });
    }
    let mut room = Rect { width: pen.line_right(area, &told).saturating_sub(area.x + 1), ..area };
    let mut used = pen.line(room, &name) + 2;
    for (tab, pieces) in tabs {
        room = Rect { x: area.x + used, width: room.right().saturating_sub(area.x + used), ..room };
        let width = pen.line(room, &pieces);
        hits.add(Rect { width, ..room }, Target::Press(tab.action()));
        used += width + 2;
    }
}

fn tab_pieces(model: &Model, pen: &Pen<'_>, tab: Tab) -> [Piece; 2] {
    let key = model.keys.of(Place::Screens).find(|one| one.entry.action == tab.action());
    let key = key.and_then(|one| one.keys.first()).map(ToString::to_string).unwrap_or_default();
    let role = if tab == model.tab { Role::Strong } else { Role::Dim };
    [pen.piece(key, Role::Key), pen.piece(format!(" {}", tab.title()), role)]
}

/// What the playground is at: its name, its policy, the last command, its state.
fn standing(model: &Model, pen: &Pen<'_>) -> Vec<Piece> {
    let Some(standing) = &model.standing else { return vec![pen.piece("opening… ", Role::Dim)] };
    let mut told = vec![pen.piece("shop · ", Role::Text)];
    told.push(pen.piece(standing.policy.clone(), Role::Text));
    let last = standing.last.map(|(number, time)| format!(" · #{number} · {}", time.clock_time()));
    told.push(pen.piece(last.unwrap_or_default(), Role::Text));
    let (state, role) = if model.steps.held { ("  ● held ", Role::Refused) } else { ("  ● live ", Role::Good) };
    told.push(pen.piece(state, role));
    told
}

/// The keys of the place one is in, each of which can be clicked.
pub fn footer(model: &Model, pen: &mut Pen<'_>, hits: &mut HitMap, area: Rect) {
    let place = model.place();
    // What no key does any more is still to be found in the palette.
    let named = |one: &&Binding| !one.entry.name.is_empty() && !one.keys.is_empty();
    let mut shown: Vec<_> = model.keys.offered(place).filter(named).collect();
    let pieces = |binding: &Binding, pen: &Pen<'_>| {
        let entry = binding.entry;
        let usable = entry.action.enabled(model).is_ok();
        let key = binding.keys.first().map(ToString::to_string).unwrap_or_default();
        let name = model.name_now(entry.action).unwrap_or(entry.name);
        [
            pen.piece(key, if usable { Role::Key } else { Role::Dim }),
            pen.piece(format!(" {name}"), if usable { Role::Text } else { Role::Dim }),
        ]
    };
    // What has no room goes, the least needed first; help and the way out stay.
    let width = |shown: &[&Binding], pen: &Pen<'_>| -> u16 {
        shown.iter().map(|entry| pen::width(&pieces(entry, pen)) + 2).sum()
    };
    let stay = if place.is_screen() { 2 } else { 1 };
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
