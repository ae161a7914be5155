//! Drawing the chart: boxes and arrows, heavy and lit where the answers lead, light and dim elsewhere.

use ratatui::layout::{Rect, Size};
use ratatui::style::Style;

use super::plan::{Drawing, Placed};
use super::route::Route;
use super::{Decide, Focus, Spot};
use crate::decision::{Reply, Target};
use crate::tui::hit::{HitMap, Target as Hit};
use crate::tui::pen::{Pen, row};
use crate::tui::theme::Role;

/// The lines of a frame or an arrow: level, upright, and the corners from the top left, clockwise.
struct Strokes {
    level: &'static str,
    upright: &'static str,
    corners: [&'static str; 4],
    cross: &'static str,
    /// Where an arrow leaves to the right, below, to the left, above.
    joints: [&'static str; 4],
}

const LIGHT: Strokes =
    Strokes {
        level: "─", upright: "│", corners: ["╭", "╮", "╯", "╰"], cross: "┼", joints: ["├", "┬", "┤", "┴"]
    };
const HEAVY: Strokes =
    Strokes {
        level: "━", upright: "┃", corners: ["┏", "┓", "┛", "┗"], cross: "╋", joints: ["┣", "┳", "┫", "┻"]
    };

/// Draws the chart into a room; answers how many lines it took.
pub fn draw(decide: &Decide, pen: &mut Pen<'_>, hits: &mut HitMap, room: Rect) -> u16 {
    let size = Size { width: room.width, height: room.height };
    match decide.drawing(size) {
        Some(drawing) => {
            draw_boxes(decide, pen, hits, room, &drawing);
            // What is lit lies over what is not.
            for lit in [false, true] {
                for route in
                    drawing.routes.iter().filter(|route| decide.found.outcome.takes(route.node, route.answer) == lit)
                {
                    draw_route(decide, pen, hits, room, &drawing, route, lit);
                }
            }
            drawing.height()
        }
        None => draw_outline(decide, pen, hits, room),
    }
}

/// The accent of a pattern: state, events, then whatever a framework of one's own has.
pub fn accent(pattern: usize) -> Role {
    match pattern {
        0 => Role::State,
        1 => Role::Events,
        _ => Role::Strong,
    }
}

fn draw_boxes(decide: &Decide, pen: &mut Pen<'_>, hits: &mut HitMap, room: Rect, drawing: &Drawing) {
    let chart = &decide.framework.chart;
    for (index, (placed, node)) in drawing.nodes.iter().zip(&chart.nodes).enumerate() {
        let lit = decide.reaches(Target::Ask(index));
        let selected = decide.question == node.question && decide.focus == Focus::Chart;
        let role = if lit { Role::Strong } else { Role::Dim };
        let area = frame(pen, room, placed, lit, pen.theme.style(role));
        let title = if selected { format!(" ▸{} ", node.id) } else { format!(" {} ", node.id) };
        pen.write(
            Rect { x: area.x + 1, width: area.width.saturating_sub(2), height: 1, ..area },
            &title,
            if lit { Role::Key } else { Role::Dim },
        );
        lines(pen, area, placed, role);
        if selected {
            let inside = Rect {
                x: area.x + 1,
                y: area.y + 1,
                width: area.width.saturating_sub(2),
                height: area.height.saturating_sub(2),
            };
            pen.tint(inside, pen.theme.style(Role::Selected));
        }
        hits.add(area, Hit::Decide(Spot::Question(node.question)));
    }
    for (index, (placed, end)) in drawing.ends.iter().zip(&chart.ends).enumerate() {
        let lit = decide.reaches(Target::End(index));
        let role = if lit { accent(end.pattern) } else { Role::Dim };
        let area = frame(pen, room, placed, lit, pen.theme.style(role));
        lines(pen, area, placed, role);
        if decide.now() == Some(end.pattern) {
            let bottom = Rect {
                x: area.x + 2,
                y: area.bottom().saturating_sub(1),
                width: area.width.saturating_sub(4),
                height: 1,
            };
            pen.write(bottom, " ● now ", accent(end.pattern));
        }
    }
}

/// A box's frame; answers where it stands on the screen.
fn frame(pen: &mut Pen<'_>, room: Rect, placed: &Placed, heavy: bool, style: Style) -> Rect {
    let area = Rect { x: room.x + placed.area.x, y: room.y + placed.area.y, ..placed.area };
    let strokes = if heavy { HEAVY } else { LIGHT };
    let (right, bottom) = (area.right().saturating_sub(1), area.bottom().saturating_sub(1));
    for x in area.x..area.right() {
        pen.put(x, area.y, strokes.level, style);
        pen.put(x, bottom, strokes.level, style);
    }
    for y in area.y..area.bottom() {
        pen.put(area.x, y, strokes.upright, style);
        pen.put(right, y, strokes.upright, style);
    }
    for ((x, y), corner) in
        [(area.x, area.y), (right, area.y), (right, bottom), (area.x, bottom)].into_iter().zip(strokes.corners)
    {
        pen.put(x, y, corner, style);
    }
    area
}

/// The text in the middle of its box.
fn lines(pen: &mut Pen<'_>, area: Rect, placed: &Placed, role: Role) {
    let count = u16::try_from(placed.lines.len()).unwrap_or(u16::MAX);
    let top = area.y + area.height.saturating_sub(count) / 2;
    for (line, text) in (top..area.bottom().saturating_sub(1)).zip(&placed.lines) {
        let used = u16::try_from(crate::tui::text::width(text)).unwrap_or(u16::MAX);
        let x = area.x + area.width.saturating_sub(used) / 2;
        pen.write(Rect { x, y: line, width: area.right().saturating_sub(x + 1), height: 1 }, text, role);
    }
}

fn draw_route(
    decide: &Decide,
    pen: &mut Pen<'_>,
    hits: &mut HitMap,
    room: Rect,
    drawing: &Drawing,
    route: &Route,
    lit: bool,
) {
    let strokes = if lit { HEAVY } else { LIGHT };
    let target = decide.framework.chart.nodes.get(route.node).and_then(|node| node.next.get(route.answer));
    let role = match target {
        Some(Target::End(end)) if lit => {
            decide.framework.chart.ends.get(*end).map_or(Role::Strong, |end| accent(end.pattern))
        }
        _ if lit => Role::Strong,
        _ => Role::Dim,
    };
    let style = pen.theme.style(role);
    let mut put = |(x, y): (u16, u16), symbol: &str| pen.put(room.x + x, room.y + y, symbol, style);
    let whole: Vec<_> =
        std::iter::once(route.ports.0).chain(route.cells.iter().copied()).chain([route.ports.1]).collect();
    for triple in whole.windows(3) {
        let [before, at, after] = [triple[0], triple[1], triple[2]];
        let last = after == route.ports.1;
        put(at, if last { head(at, after) } else { stroke(&strokes, before, at, after) });
    }
    if let [from, first, ..] = whole[..] {
        put(from, strokes.joints[direction(from, first)]);
    }
    let crossed = |cell: &(u16, u16)| drawing.routes.iter().any(|other| other != route && other.cells.contains(cell));
    for cell in route.cells.iter().filter(|cell| crossed(cell)) {
        put(*cell, strokes.cross);
    }
    let node = decide.framework.chart.nodes.get(route.node);
    let label = Rect {
        x: room.x + route.label.0,
        y: room.y + route.label.1,
        width: room.width.saturating_sub(route.label.0),
        height: 1,
    };
    let word = if lit && matches!(node.map(|node| decide.case().answers.reply(node.question)), Some(Reply::Unknown)) {
        format!("{}?", route.word)
    } else {
        route.word.clone()
    };
    let width = pen.write(label, &word, if lit { Role::Strong } else { Role::Text });
    if let Some(node) = node {
        hits.add(Rect { width, ..label }, Hit::Decide(Spot::Answer(node.question, route.answer)));
    }
}

/// Right, down, left or up.
fn direction(from: (u16, u16), to: (u16, u16)) -> usize {
    match (to.0.cmp(&from.0), to.1.cmp(&from.1)) {
        (std::cmp::Ordering::Greater, _) => 0,
        (std::cmp::Ordering::Less, _) => 2,
        (_, std::cmp::Ordering::Greater) => 1,
        _ => 3,
    }
}

fn head(at: (u16, u16), to: (u16, u16)) -> &'static str {
    ["▶", "▼", "◀", "▲"][direction(at, to)]
}

fn stroke(strokes: &Strokes, before: (u16, u16), at: (u16, u16), after: (u16, u16)) -> &'static str {
    let [top_left, top_right, bottom_right, bottom_left] = strokes.corners;
    match (direction(before, at), direction(at, after)) {
        (0 | 2, 0 | 2) => strokes.level,
        (1 | 3, 1 | 3) => strokes.upright,
        (0, 1) | (3, 2) => top_right,
        (0, _) | (1, 2) => bottom_right,
        (2, 1) | (3, _) => top_left,
        _ => bottom_left,
    }
}

/// The path as lines, where there is no room for a drawing.
fn draw_outline(decide: &Decide, pen: &mut Pen<'_>, hits: &mut HitMap, room: Rect) -> u16 {
    let mut line = 0;
    for (index, node) in decide.framework.chart.nodes.iter().enumerate() {
        let Some(question) = decide.framework.questions.get(node.question) else { continue };
        let lit = decide.reaches(Target::Ask(index));
        let word = match decide.case().answers.reply(node.question) {
            Reply::Unknown => "don't know".to_owned(),
            reply => question.word(reply).to_owned(),
        };
        let mark = if decide.question == node.question { "▸" } else { " " };
        let role = if lit { Role::Strong } else { Role::Dim };
        let pieces = [pen.piece(format!("{mark}{} {} ", node.id, question.ask), role), pen.piece(word, Role::Key)];
        let place = row(room, line);
        pen.line(place, &pieces);
        hits.add(place, Hit::Decide(Spot::Question(node.question)));
        line += 1;
    }
    let end = decide.pattern().and_then(|pattern| Some((pattern, decide.framework.guide.patterns.get(pattern)?)));
    if let Some((index, pattern)) = end {
        pen.write(row(room, line), &format!("  → {}", pattern.label), accent(index));
    }
    line + 1
}
