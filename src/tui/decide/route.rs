//! Finding the way of an arrow from box to box: short, with few corners, around the boxes, never along another arrow.
//!
//! Dijkstra over the cells of the room and the direction one comes from; of equal ways the first found is taken, so that the same
//! room always gives the same drawing.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use ratatui::layout::Rect;

/// A cell of the room.
pub type Cell = (u16, u16);

/// Right, down, left, up.
const STEPS: [(i32, i32); 4] = [(1, 0), (0, 1), (-1, 0), (0, -1)];

const CORNER: u32 = 12;
const CROSSING: u32 = 30;

/// An arrow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Whose question it leaves.
    pub node: usize,
    /// With which answer.
    pub answer: usize,
    /// Its cells between the boxes, in order.
    pub cells: Vec<Cell>,
    /// The cells of the frames where it leaves and arrives.
    pub ports: (Cell, Cell),
    /// Where its word begins.
    pub label: Cell,
    /// The answer's word.
    pub word: String,
}

/// The cells of an arrow, and the cells of the frames that it joins. Nothing where there is no way.
pub fn route(
    size: (u16, u16),
    boxes: &[Rect],
    others: &[Route],
    from: Rect,
    to: Rect,
) -> Option<(Vec<Cell>, (Cell, Cell))> {
    let blocked = |(x, y): Cell| x >= size.0 || y >= size.1 || boxes.iter().any(|one| inside(*one, (x, y)));
    let goals: HashMap<(Cell, usize), (Cell, u32)> = ports(to)
        .into_iter()
        // One arrives against the direction in which one would leave.
        .map(|(port, outside, direction, off)| ((outside, (direction + 2) % 4), (port, off)))
        .collect();
    let mut best: HashMap<(Cell, usize), u32> = HashMap::new();
    let mut came: HashMap<(Cell, usize), (Cell, usize)> = HashMap::new();
    let mut left: HashMap<(Cell, usize), Cell> = HashMap::new();
    let mut open = BinaryHeap::new();
    for (port, outside, direction, off) in ports(from) {
        if !blocked(outside) && lines_at(others, outside).is_none() {
            best.insert((outside, direction), off);
            left.insert((outside, direction), port);
            open.push(Reverse((off, outside, direction, false)));
        }
    }
    while let Some(Reverse((cost, cell, direction, arrived))) = open.pop() {
        if arrived {
            let port = goals.get(&(cell, direction))?.0;
            return Some(back(&came, &left, (cell, direction), port));
        }
        if best.get(&(cell, direction)).is_some_and(|least| *least < cost) {
            continue;
        }
        if let Some((_, off)) = goals.get(&(cell, direction)).filter(|_| lines_at(others, cell).is_none()) {
            open.push(Reverse((cost + off, cell, direction, true)));
        }
        let crossed = lines_at(others, cell);
        for (next, (dx, dy)) in STEPS.iter().enumerate() {
            // No turning round; and over another arrow only straight ahead.
            if next == (direction + 2) % 4 || (crossed.is_some() && next != direction) {
                continue;
            }
            let Some(place) = step(cell, (*dx, *dy)).filter(|place| !blocked(*place)) else { continue };
            let over = match lines_at(others, place) {
                Some(straight) if straight == Some(next % 2 == 1) => continue,
                Some(None) => continue,
                Some(_) => CROSSING,
                None => 0,
            };
            let cost = cost + 1 + over + if next == direction { 0 } else { CORNER };
            if best.get(&(place, next)).is_none_or(|least| cost < *least) {
                best.insert((place, next), cost);
                came.insert((place, next), (cell, direction));
                open.push(Reverse((cost, place, next, false)));
            }
        }
    }
    None
}

/// The way back from where one has arrived.
fn back(
    came: &HashMap<(Cell, usize), (Cell, usize)>,
    left: &HashMap<(Cell, usize), Cell>,
    end: (Cell, usize),
    port: Cell,
) -> (Vec<Cell>, (Cell, Cell)) {
    let mut cells = vec![end.0];
    let mut at = end;
    while let Some(before) = came.get(&at) {
        at = *before;
        cells.push(at.0);
    }
    cells.reverse();
    (cells, (left.get(&at).copied().unwrap_or(at.0), port))
}

/// Whether an arrow runs through a cell: vertically (`Some(true)`), horizontally, or with a corner or an end there (`None`).
fn lines_at(routes: &[Route], cell: Cell) -> Option<Option<bool>> {
    routes.iter().find_map(|route| {
        let at = route.cells.iter().position(|one| *one == cell)?;
        let before = if at == 0 { route.ports.0 } else { route.cells[at - 1] };
        let after = route.cells.get(at + 1).copied();
        Some(match after {
            Some(after) if before.0 == after.0 => Some(true),
            Some(after) if before.1 == after.1 => Some(false),
            _ => None,
        })
    })
}

/// Where an arrow may leave a box: the frame's cell, the cell outside of it, the direction, and how far off the middle it is.
fn ports(area: Rect) -> Vec<(Cell, Cell, usize, u32)> {
    let mut ports = Vec::new();
    let middle = (area.x + area.width / 2, area.y + area.height / 2);
    for y in area.y + 1..area.bottom().saturating_sub(1) {
        // A lane is as high as the chart, and an arrow arrives at its own height.
        let off = if area.height > area.width { 0 } else { u32::from(y.abs_diff(middle.1)) };
        ports.push(((area.right() - 1, y), (area.right(), y), 0, off));
        if area.x > 0 {
            ports.push(((area.x, y), (area.x - 1, y), 2, off));
        }
    }
    for x in area.x + 1..area.right().saturating_sub(1) {
        let off = u32::from(x.abs_diff(middle.0)) / 2;
        ports.push(((x, area.bottom() - 1), (x, area.bottom()), 1, off));
        if area.y > 0 {
            ports.push(((x, area.y), (x, area.y - 1), 3, off));
        }
    }
    ports
}

fn step((x, y): Cell, (dx, dy): (i32, i32)) -> Option<Cell> {
    Some((u16::try_from(i32::from(x) + dx).ok()?, u16::try_from(i32::from(y) + dy).ok()?))
}

fn inside(area: Rect, (x, y): Cell) -> bool {
    (area.x..area.right()).contains(&x) && (area.y..area.bottom()).contains(&y)
}

impl Route {
    /// Finds a place for the word: on a level part that is long enough, else beside an upright one.
    pub fn place_label(&mut self, boxes: &[Rect], others: &[Self], width: u16) {
        let room = u16::try_from(crate::tui::text::width(&self.word)).unwrap_or(u16::MAX);
        // The longest level part, without the cell of the arrow's head.
        let body = &self.cells[..self.cells.len().saturating_sub(1)];
        let mut longest: &[Cell] = &[];
        for run in body.chunk_by(|one, next| one.1 == next.1) {
            if run.len() > longest.len() {
                longest = run;
            }
        }
        let (first, last) = (longest.first(), longest.last());
        if let (Some(first), Some(last)) = (first, last)
            && longest.len() > usize::from(room)
        {
            let (left, right) = (first.0.min(last.0), first.0.max(last.0));
            self.label = (left + (right - left + 1 - room) / 2, first.1);
            return;
        }
        let free = |cell: Cell| {
            cell.0 < width
                && !boxes.iter().any(|one| inside(*one, cell))
                && !self.cells.contains(&cell)
                && !others.iter().any(|other| other.cells.contains(&cell) || other.covers(cell))
        };
        let beside = |(x, y): &Cell| {
            let right = x.checked_add(2).filter(|start| (*start - 1..start + room).all(|x| free((x, *y))));
            let left = x.checked_sub(room + 1).filter(|start| (*start..*x).all(|x| free((x, *y))));
            right.or(left).map(|start| (start, *y))
        };
        let at = self.cells.iter().find_map(beside);
        self.label = at.or_else(|| self.cells.first().copied()).unwrap_or_default();
    }

    /// Whether the word stands on a cell.
    fn covers(&self, (x, y): Cell) -> bool {
        let room = u16::try_from(crate::tui::text::width(&self.word)).unwrap_or(u16::MAX);
        y == self.label.1 && (self.label.0..self.label.0.saturating_add(room)).contains(&x)
    }
}
