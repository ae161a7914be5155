//! The trace of the last command: the same steps in both panes' worlds.

use std::time::Duration;

use ratatui::layout::Rect;

use super::handler::{Handler, rule};
use super::telling::{self, Line, Told};
use super::{Explore, Focus};
use crate::tui::hit::{HitMap, Target};
use crate::tui::layers::{Layer, Source};
use crate::tui::model::Model;
use crate::tui::pen::{Pen, Piece, row};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::world::{Comparison, WorldKind};

/// The panel's own model.
#[derive(Debug, Default)]
pub struct TracePanel {
    /// What came of the last command.
    pub last: Option<Box<Comparison>>,
    /// The selected line.
    pub selected: usize,
    offset: usize,
    room: u16,
    lines: usize,
}

impl TracePanel {
    /// Takes another command's outcome.
    pub fn take(&mut self, comparison: Box<Comparison>) {
        self.last = Some(comparison);
        (self.selected, self.offset) = (0, 0);
    }

    /// Forgets a command that was rewound.
    pub fn forget_after(&mut self, input: u64) {
        if self.last.as_ref().is_some_and(|last| last.input.n > input) {
            *self = Self { room: self.room, ..Self::default() };
        }
    }

    /// Its lines in two worlds.
    pub fn told(&self, worlds: [WorldKind; 2]) -> Vec<Line> {
        let Some(comparison) = &self.last else { return Vec::new() };
        let [left, right] = worlds.map(|world| {
            let reply = comparison.worlds.iter().find(|one| one.world == world);
            reply.map(|one| telling::tell(&one.reply)).unwrap_or_default()
        });
        telling::align(left, right)
    }

    /// Fits the selection to the room there is.
    pub fn settle(&mut self, room: u16, worlds: [WorldKind; 2]) {
        self.room = room;
        self.lines = self.told(worlds).len();
        self.selected = self.selected.min(self.lines.saturating_sub(1));
        let room = usize::from(room.max(1));
        self.offset = self.offset.min(self.selected).max((self.selected + 1).saturating_sub(room));
        self.offset = self.offset.min(self.lines.saturating_sub(room));
    }

    /// Moves the selection.
    pub fn step(&mut self, by: i64) {
        let by = isize::try_from(by).unwrap_or(if by < 0 { isize::MIN } else { isize::MAX });
        self.selected = self.selected.saturating_add_signed(by).min(self.lines.saturating_sub(1));
    }

    /// How far a page goes.
    pub fn page(&self) -> i64 {
        i64::from(self.room.max(2) - 1)
    }

    /// The selected line's statements in both worlds, as SQL that can be run.
    pub fn copied(&self, worlds: [WorldKind; 2]) -> Option<String> {
        let line = self.told(worlds).into_iter().nth(self.selected)?;
        let mut sql = String::new();
        for (world, told) in worlds.iter().zip(&line) {
            let Some(told) = told else { continue };
            sql.push_str(&format!("-- {}: {}\n", world.name(), told.label));
            told.statements.iter().for_each(|one| sql.push_str(&format!("{};\n", one.text.trim_end_matches(';'))));
        }
        Some(sql)
    }

    /// Everything about the selected line.
    pub fn details(&self, worlds: [WorldKind; 2]) -> Option<Layer> {
        let line = self.told(worlds).into_iter().nth(self.selected)?;
        let (handler, marks) = self.marked(worlds)?;
        let rule = marks[self.selected].and_then(|at| rule(handler.lines[at]));
        Some(Layer::step(worlds, &line, rule))
    }

    /// The handler of the last command, and which line of it each line of the trace happened in.
    fn marked(&self, worlds: [WorldKind; 2]) -> Option<(Handler, Vec<Option<usize>>)> {
        let comparison = self.last.as_ref()?;
        let handler = Handler::of(&comparison.input.command)?;
        let marks = worlds.map(|world| {
            let reply = comparison.worlds.iter().find(|one| one.world == world);
            reply.map(|one| handler.marks(&one.reply.trace)).unwrap_or_default()
        });
        let mark = |line: &Line| {
            line.iter().zip(&marks).find_map(|(told, marks)| marks.get(told.as_ref()?.step).copied().flatten())
        };
        let marked = self.told(worlds).iter().map(mark).collect();
        Some((handler, marked))
    }

    /// The handler's source, at the selected line.
    pub fn source(&self, worlds: [WorldKind; 2]) -> Option<Layer> {
        let (handler, marks) = self.marked(worlds)?;
        let command = self.last.as_ref()?.input.command.clone();
        Some(Layer::Source(Source::new(command, handler, marks, self.selected)))
    }
}

/// Columns of the trace that are narrower say less.
const NARROW: u16 = 46;

/// Draws the panel.
pub fn draw(model: &Model, pen: &mut Pen<'_>, hits: &mut HitMap, area: Rect, panes: [Option<Rect>; 2]) {
    let explore = &model.explore;
    let focused = match model.layers.last() {
        Some(Layer::Source(_)) => true,
        _ => explore.focus == Focus::Trace && model.screen_has_keys(),
    };
    hits.add(area, Target::Trace);
    let style = pen.theme.style(if focused { Role::Focus } else { Role::Dim });
    let (left, right) = titles(explore, pen);
    let inside = pen.frame(area, style, &left, &right);
    let worlds = explore.panes.each_ref().map(|pane| pane.world);
    let lines = explore.trace.told(worlds);
    if lines.is_empty() {
        let text = "no command yet: what it does in both worlds will stand here, step beside step";
        pen.write(inset(row(inside, inside.height / 2)), text, Role::Dim);
        return;
    }
    let columns = columns(area, inside, panes);
    for (at, (index, line)) in lines.iter().enumerate().skip(explore.trace.offset).enumerate() {
        let Ok(at) = u16::try_from(at) else { break };
        let place = row(inside, at);
        if place.is_empty() {
            break;
        }
        hits.add(place, Target::Step(index));
        for (told, column) in line.iter().zip(columns.sides) {
            if let (Some(told), Some(column)) = (told, column) {
                step(model, pen, Rect { y: place.y, height: 1, ..column }, told);
            }
        }
        if let Some(x) = columns.between {
            pen.put(x, place.y, "│", pen.theme.style(Role::Dim));
        }
        if focused && index == explore.trace.selected {
            pen.tint(place, pen.theme.style(Role::Selected));
            pen.put(place.x, place.y, "▸", pen.theme.style(Role::Selected));
        }
    }
    let below = lines.len().saturating_sub(explore.trace.offset + usize::from(inside.height));
    if below > 0 {
        let more = [pen.piece(format!(" {below} more below "), Role::Dim)];
        pen.line_right(Rect { y: area.bottom() - 1, height: 1, width: area.width.saturating_sub(2), ..area }, &more);
    }
}

/// Where the two worlds' lines stand, and the line between them. Under a single pane it is that pane's world alone.
struct Columns {
    sides: [Option<Rect>; 2],
    between: Option<u16>,
}

fn columns(area: Rect, inside: Rect, panes: [Option<Rect>; 2]) -> Columns {
    match panes {
        [Some(left), Some(_)] => {
            let between = left.right().saturating_sub(1);
            Columns {
                sides: [
                    Some(Rect { width: between.saturating_sub(inside.x), ..inside }),
                    Some(Rect { x: between + 1, width: inside.right().saturating_sub(between + 1), ..inside }),
                ],
                between: Some(between).filter(|x| *x > area.x),
            }
        }
        panes => Columns { sides: panes.map(|pane| pane.map(|_| inside)), between: None },
    }
}

fn step(model: &Model, pen: &mut Pen<'_>, column: Rect, told: &Told) {
    let column = inset(column);
    // What happened matters more than how long it took; the details say both.
    let narrow = column.width < NARROW;
    let label = if narrow { 8 } else { 9 };
    let duration = if narrow { String::new() } else { duration(told.took, model.appearance.durations) };
    let room = u16::try_from(text::width(&duration)).unwrap_or_default() + u16::from(!narrow);
    pen.write(column, told.label, Role::Dim);
    let rest = Rect { x: column.x + label.min(column.width), width: column.width.saturating_sub(label), ..column };
    let role = if told.refused { Role::Refused } else { Role::Text };
    pen.write(
        Rect { width: rest.width.saturating_sub(room), ..rest },
        if narrow { &told.short } else { &told.text },
        role,
    );
    let duration = [pen.piece(duration, Role::Dim)];
    pen.line_right(rest, &duration);
}

/// Microseconds, as all of them are compared.
fn duration(took: Duration, shown: bool) -> String {
    match (shown, took.as_nanos()) {
        (false, _) => "– µs".to_owned(),
        (true, 0..10_000) => format!("{:.1} µs", took.as_secs_f64() * 1e6),
        (true, _) => format!("{} µs", took.as_micros()),
    }
}

fn titles(explore: &Explore, pen: &Pen<'_>) -> (Vec<Piece>, Vec<Piece>) {
    let Some(comparison) = &explore.trace.last else { return (vec![pen.piece("trace", Role::Dim)], Vec::new()) };
    let mut left = vec![pen.piece(comparison.input.command.clone(), Role::Strong)];
    let fields = telling::heading(&comparison.input);
    if !fields.is_empty() {
        left.push(pen.piece(" ── ", Role::Dim));
        left.push(pen.piece(fields, Role::Text));
    }
    let right = match &comparison.difference {
        None => vec![pen.piece(format!("✓ {} worlds agree", comparison.worlds.len()), Role::Good)],
        Some(difference) => vec![pen.piece(format!("✗ {}", text::shorten_ids(&difference.to_string())), Role::Bad)],
    };
    (left, right)
}

fn inset(area: Rect) -> Rect {
    Rect { x: area.x + area.width.min(1), width: area.width.saturating_sub(2), ..area }
}
