//! Drawing a pane: its tables or its log, its rows, and what it honestly is.

use ratatui::layout::Rect;

use super::columns::{self, Fitted};
use super::layout::PaneAreas;
use super::notes;
use super::pane::Pane;
use super::{Focus, Side, key_fields};
use crate::engine::{PaneView, Sight};
use crate::tui::hit::{HitMap, Target};
use crate::tui::layers::Filter;
use crate::tui::model::Model;
use crate::tui::pen::{Pen, Piece, row};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::world::WorldKind;

/// Below this width columns stand closer together.
const NARROW: u16 = 44;

/// Draws a pane.
pub fn draw(model: &Model, pen: &mut Pen<'_>, hits: &mut HitMap, side: Side, area: Rect) {
    let pane = model.explore.pane(side);
    let focused = model.explore.focus == Focus::Pane(side) && model.screen_has_keys();
    let style = if focused { pen.theme.world(pane.world) } else { pen.theme.style(Role::Dim) };
    hits.add(area, Target::Pane(side));
    let left = title(pane, pen, focused, area.width, model.filter().filter(|filter| filter.side() == side));
    let right = [pen.piece(if pane.happened { "what happened" } else { "what is" }, Role::Strong)];
    pen.frame(area, style, &left, &right);
    let areas = PaneAreas::of(area);
    let Some(view) = pane.view() else {
        if !model.is_open() {
            pen.write(pad(row(areas.rows, areas.rows.height / 2)), "opening…", Role::Dim);
        }
        return;
    };
    if pane.happened {
        log(pane, view, pen, pad(areas.tables));
    } else {
        tables(pane, view, pen, hits, side, pad(areas.tables));
    }
    rows(model, pen, hits, side, view, &areas);
    draw_notes(pane, view, pen, pad(areas.notes));
}

/// The world's name in its accent, and the guide's name for its pattern where it fits.
fn title(pane: &Pane, pen: &Pen<'_>, focused: bool, width: u16, typing: Option<&Filter>) -> Vec<Piece> {
    let name = pane.world.name().to_uppercase();
    let mut pieces = Vec::new();
    if focused {
        pieces.push(pen.styled("▸", pen.theme.world(pane.world)));
    }
    match pane.world {
        // It takes each accent from its contexts.
        WorldKind::Hybrid => {
            pieces.push(pen.piece("HYB", Role::State));
            pieces.push(pen.piece("RID", Role::Events));
        }
        world => pieces.push(pen.styled(name, pen.theme.world(world))),
    }
    if let Some(filter) = typing {
        let (typed, cursor) = filter.shown(usize::from(width.saturating_sub(40)).max(8));
        let mut typed: Vec<char> = typed.chars().collect();
        typed.push(' ');
        let after = typed.split_off(cursor.min(typed.len() - 1));
        let (at, after) = after.split_at(1);
        pieces.push(pen.piece("  /", Role::Key));
        pieces.push(pen.piece(typed.iter().collect::<String>(), Role::Strong));
        pieces.push(pen.piece(at.iter().collect::<String>(), Role::Selected));
        pieces.push(pen.piece(after.iter().collect::<String>(), Role::Strong));
        return pieces;
    }
    if !pane.sift.text.trim().is_empty() {
        pieces.push(pen.piece("  /", Role::Key));
        pieces.push(pen.piece(text::clip(pane.sift.text.trim(), usize::from(width / 3)), Role::Strong));
        pieces.push(pen.piece(" esc clears", Role::Dim));
        return pieces;
    }
    if width >= 56 {
        pieces.push(pen.piece(format!("  {}", pane.world.title()), Role::Text));
    }
    pieces
}

fn tables(pane: &Pane, view: &PaneView, pen: &mut Pen<'_>, hits: &mut HitMap, side: Side, area: Rect) {
    let mut x = area.x;
    for one in &view.counts {
        let chosen = one.context == pane.context;
        let style = pen.theme.pattern(one.pattern);
        let name = pen.styled(one.table, if chosen { style.underlined() } else { pen.theme.style(Role::Dim) });
        let count = pen.piece(format!(" {}", one.count), if chosen { Role::Text } else { Role::Dim });
        let place = Rect { x, width: area.right().saturating_sub(x), ..area };
        let used = pen.line(place, &[name, count]);
        hits.add(Rect { width: used, ..place }, Target::Table(side, one.context));
        x += used + 2;
        if x >= area.right() {
            break;
        }
    }
}

fn log(pane: &Pane, view: &PaneView, pen: &mut Pen<'_>, area: Rect) {
    let total =
        if pane.sift.text.trim().is_empty() { format!(" {}", view.total) } else { format!(" {} found", view.total) };
    let pieces = match &pane.stream {
        None => vec![pen.piece("log", Role::Strong), pen.piece(total, Role::Text)],
        Some(stream) => vec![
            pen.piece(text::short_stream(stream), Role::Strong),
            pen.piece(total, Role::Text),
            pen.piece("  this stream only", Role::Dim),
        ],
    };
    pen.line(area, &pieces);
}

fn rows(model: &Model, pen: &mut Pen<'_>, hits: &mut HitMap, side: Side, view: &PaneView, areas: &PaneAreas) {
    let pane = model.explore.pane(side);
    let focused = model.explore.focus == Focus::Pane(side) && model.screen_has_keys();
    let gap = if areas.rows.width < NARROW { 1 } else { 2 };
    let room = usize::from(areas.rows.width.saturating_sub(2));
    let today = model.standing.as_ref().and_then(|standing| standing.last).map(|(_, at)| at);
    let columns = if pane.happened {
        columns::of_facts(view, pane.first_column, room, gap, today)
    } else {
        columns::of_rows(view, pane.first_column, room, gap, today)
    };
    if view.total == 0 {
        pen.write(pad(row(areas.rows, 0)), empty(pane), Role::Dim);
        bounded(pen, view, areas);
        return;
    }
    let all = if pane.happened { 6 } else { view.columns.len() + 2 };
    let skipped = pane.first_column.min(all.saturating_sub(2));
    let head: Vec<_> = columns.iter().map(|column| text::fit(&column.title, column.width, column.right)).collect();
    pen.write(pad(areas.head), &head.join(&" ".repeat(gap)), Role::Dim);
    // Columns out of sight are pointed at.
    if skipped > 0 {
        pen.write(Rect { width: 1, ..areas.head }, "‹", Role::Key);
    }
    if columns.len() + skipped < all {
        pen.write(Rect { x: areas.head.right().saturating_sub(1), width: 1, ..areas.head }, "›", Role::Key);
    }
    let linked = model.explore.linked(side);
    for line in 0..areas.rows.height {
        let index = pane.offset + u64::from(line);
        let Some(at) = index.checked_sub(view.look.window.offset).and_then(|at| usize::try_from(at).ok()) else {
            continue;
        };
        let place = row(areas.rows, line);
        let Some(text) = cells(&columns, at, gap) else { break };
        hits.add(place, Target::Row(side, index));
        let selected = index == pane.selected;
        if selected {
            let role = if focused { Role::Selected } else { Role::Strong };
            let full = text::fit(&format!("▸{text}"), usize::from(place.width), false);
            pen.write(place, &full, role);
        } else if linked.is_some() && pane.stream_at(index) == linked {
            pen.write(Rect { width: 1, ..place }, "•", Role::Key);
            pen.write(pad(place), &text, Role::Strong);
        } else {
            pen.write(pad(place), &text, Role::Text);
        }
    }
    more(pen, view, pane, areas);
}

fn cells(columns: &[Fitted], at: usize, gap: usize) -> Option<String> {
    let cells: Option<Vec<_>> =
        columns.iter().map(|column| Some(text::fit(column.cells.get(at)?, column.width, column.right))).collect();
    Some(cells?.join(&" ".repeat(gap)))
}

/// How much of a long list is not shown, at the right of the columns' names.
fn more(pen: &mut Pen<'_>, view: &PaneView, pane: &Pane, areas: &PaneAreas) {
    let shown = u64::from(areas.rows.height);
    if view.total > shown {
        let (first, last) = (pane.offset + 1, (pane.offset + shown).min(view.total));
        let pieces = [pen.piece(format!(" {first}–{last} of {}", view.total), Role::Dim)];
        pen.line_right(pad(areas.tables), &pieces);
    }
    bounded(pen, view, areas);
}

/// That sifting has not looked at everything.
fn bounded(pen: &mut Pen<'_>, view: &PaneView, areas: &PaneAreas) {
    if let Some(bound) = view.bound {
        let which = if matches!(view.look.sight, Sight::Happened(_)) { "newest" } else { "first" };
        let pieces = [pen.piece(format!(" only the {which} {bound} were searched"), Role::Refused)];
        pen.line_right(pad(areas.head), &pieces);
    }
}

fn empty(pane: &Pane) -> &'static str {
    if !pane.sift.text.trim().is_empty() {
        return "nothing here matches the filter";
    }
    match (pane.happened, &pane.stream) {
        (true, None) => "nothing has happened yet",
        (true, Some(_)) => "nothing of this stream is known here",
        (false, _) => "none yet",
    }
}

/// What the selected event says, and under it what this view is.
fn draw_notes(pane: &Pane, view: &PaneView, pen: &mut Pen<'_>, area: Rect) {
    let honest = text::wrap(&notes::honest(pane, view), usize::from(area.width));
    let honest_room = if pane.happened { area.height.min(1).max(area.height.saturating_sub(1)) } else { area.height };
    let honest: Vec<_> = honest.into_iter().take(usize::from(honest_room)).collect();
    let lines = u16::try_from(honest.len()).unwrap_or_default();
    if let Some(fact) = pane.selected_fact()
        && area.height > lines
    {
        pen.write(row(area, area.height - lines - 1), &key_fields(fact), Role::Text);
    }
    for (index, line) in (0..).zip(&honest) {
        pen.write(row(area, area.height - lines + index), line, Role::Dim);
    }
}

/// A cell free on both sides: the left one is the marker's.
fn pad(area: Rect) -> Rect {
    Rect { x: area.x + area.width.min(1), width: area.width.saturating_sub(2), ..area }
}
