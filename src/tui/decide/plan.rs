//! Where the parts of the chart stand in a room of a given size: ends as lanes at both sides, questions between them, line by line.

use ratatui::layout::Rect;

use super::route::{Route, route};
use crate::decision::{Framework, Target};
use crate::tui::text;

/// A box with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Its frame, from the room's corner.
    pub area: Rect,
    /// Its text in lines that fit.
    pub lines: Vec<String>,
}

/// The whole drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// The questions, in the chart's order.
    pub nodes: Vec<Placed>,
    /// The ends.
    pub ends: Vec<Placed>,
    /// An arrow for each answer of each question.
    pub routes: Vec<Route>,
}

/// Room for an answer's word on an arrow between a lane and the questions.
const GAP: u16 = 7;

/// Between two questions that stand side by side.
const BETWEEN: u16 = 2;

impl Drawing {
    /// Of a framework's chart, if the room is large enough for it.
    pub fn of(framework: &Framework, width: u16, height: u16) -> Option<Self> {
        let chart = &framework.chart;
        let lane = lane(framework).max(width / 6).min(18);
        let middle = width.checked_sub(2 * (lane + GAP)).filter(|middle| *middle >= 28)?;
        let asked = |node: usize| {
            let question = chart.nodes.get(node).and_then(|node| framework.questions.get(node.question));
            question.map_or("", |question| question.ask.as_str())
        };
        let lines = lines(framework);
        let boxes: Vec<Vec<(usize, u16, Vec<String>)>> = lines
            .iter()
            .map(|line| {
                let count = u16::try_from(line.len()).unwrap_or(u16::MAX).max(1);
                let room = middle.saturating_sub(BETWEEN.saturating_mul(count - 1)) / count;
                let sized = |node: &usize| {
                    let needed = u16::try_from(text::width(asked(*node)) + 4).unwrap_or(u16::MAX);
                    let width = if count == 1 { needed.max(middle * 4 / 5).min(room) } else { room };
                    (*node, width, text::wrap(asked(*node), usize::from(width.saturating_sub(2))))
                };
                line.iter().map(sized).collect()
            })
            .collect();
        if boxes.iter().flatten().any(|(_, width, lines)| *width < 12 || lines.len() > 4) {
            return None;
        }
        let tall = |line: &[(usize, u16, Vec<String>)]| {
            line.iter().map(|(.., lines)| u16::try_from(lines.len()).unwrap_or(u16::MAX)).max().unwrap_or(1) + 2
        };
        let heights: Vec<u16> = boxes.iter().map(|line| tall(line)).collect();
        let needed = heights.iter().sum::<u16>();
        let gaps = u16::try_from(heights.len().saturating_sub(1)).unwrap_or(u16::MAX);
        let spare = height.checked_sub(needed.checked_add(gaps)?)?;
        let gap = 1 + spare.checked_div(gaps).unwrap_or_default().min(1);
        let total = needed + gaps * gap;
        let mut nodes = vec![Placed { area: Rect::ZERO, lines: Vec::new() }; chart.nodes.len()];
        let mut y = 0;
        for (line, height) in boxes.into_iter().zip(heights) {
            let used = line.iter().map(|(_, width, _)| width + BETWEEN).sum::<u16>().saturating_sub(BETWEEN);
            let mut x = lane + GAP + middle.saturating_sub(used) / 2;
            for (node, width, lines) in line {
                if let Some(place) = nodes.get_mut(node) {
                    *place = Placed { area: Rect { x, y, width, height }, lines };
                }
                x += width + BETWEEN;
            }
            y += height + gap;
        }
        let ends = ends(framework, lane, width, total)?;
        let mut drawing = Self { nodes, ends, routes: Vec::new() };
        drawing.routes = drawing.arrows(framework, width, total)?;
        Some(drawing)
    }

    /// How many lines it takes.
    pub fn height(&self) -> u16 {
        self.nodes.iter().chain(&self.ends).map(|placed| placed.area.bottom()).max().unwrap_or_default()
    }

    /// The frame of a question or an end.
    pub fn area(&self, target: Target) -> Option<Rect> {
        let placed = match target {
            Target::Ask(node) => self.nodes.get(node),
            Target::End(end) => self.ends.get(end),
        };
        placed.map(|placed| placed.area)
    }

    /// Every arrow, the shortest ones first: they have the least choice.
    fn arrows(&self, framework: &Framework, width: u16, height: u16) -> Option<Vec<Route>> {
        let mut wanted = Vec::new();
        for (index, node) in framework.chart.nodes.iter().enumerate() {
            for (answer, next) in node.next.iter().enumerate() {
                let word = framework.questions.get(node.question).and_then(|question| question.answers.get(answer));
                let (from, to) = (self.area(Target::Ask(index))?, self.area(*next)?);
                wanted.push((distance(from, to), index, answer, from, to, word.cloned().unwrap_or_default()));
            }
        }
        wanted.sort_by_key(|(distance, node, answer, ..)| (*distance, *node, *answer));
        let boxes: Vec<Rect> = self.nodes.iter().chain(&self.ends).map(|placed| placed.area).collect();
        let mut routes: Vec<Route> = Vec::new();
        for (_, node, answer, from, to, word) in wanted {
            let (cells, ports) = route((width, height), &boxes, &routes, from, to)?;
            let mut found = Route { node, answer, cells, ports, label: (0, 0), word };
            found.place_label(&boxes, &routes, width);
            routes.push(found);
        }
        Some(routes)
    }
}

/// How wide a lane is, so that no word of its text has to be broken.
fn lane(framework: &Framework) -> u16 {
    let words = framework.guide.patterns.iter().flat_map(|pattern| pattern.label.split(' ')).map(text::width);
    u16::try_from(words.max().unwrap_or_default() + 4).unwrap_or(u16::MAX)
}

/// The questions in the lines they stand in. In a line, what leads to the left end stands left.
pub fn lines(framework: &Framework) -> Vec<Vec<usize>> {
    let chart = &framework.chart;
    let depths = chart.depths();
    let mut lines = vec![Vec::new(); depths.iter().max().map_or(0, |deepest| deepest + 1)];
    for (node, depth) in depths.iter().enumerate() {
        lines[*depth].push(node);
    }
    let leans = |node: &usize| {
        let next = chart.nodes.get(*node).map_or(&[][..], |node| &node.next);
        let lean = |target: &Target| match target {
            Target::End(end) if *end < left(chart.ends.len()) => -1,
            Target::End(_) => 1,
            Target::Ask(_) => 0,
        };
        next.iter().map(lean).sum::<i32>()
    };
    lines.iter_mut().for_each(|line| line.sort_by_key(leans));
    lines
}

/// How many ends stand at the left.
fn left(ends: usize) -> usize {
    ends.div_ceil(2)
}

/// The ends as lanes over the whole height, which they share where there are several at a side.
fn ends(framework: &Framework, lane: u16, width: u16, height: u16) -> Option<Vec<Placed>> {
    let ends = &framework.chart.ends;
    let at_left = left(ends.len());
    let mut placed = Vec::new();
    for (index, end) in ends.iter().enumerate() {
        let (x, place, count) =
            if index < at_left { (0, index, at_left) } else { (width - lane, index - at_left, ends.len() - at_left) };
        let (place, count) = (u16::try_from(place).ok()?, u16::try_from(count).ok()?);
        let share = height.checked_div(count)?;
        let label = framework.guide.patterns.get(end.pattern).map_or("", |pattern| pattern.label.as_str());
        let lines = text::wrap(label, usize::from(lane.saturating_sub(4)));
        let area = Rect { x, y: place * share, width: lane, height: share };
        if lines.len() + 2 > usize::from(share) {
            return None;
        }
        placed.push(Placed { area, lines });
    }
    Some(placed)
}

fn distance(one: Rect, other: Rect) -> u16 {
    let apart = |start: u16, end: u16, other_start: u16, other_end: u16| {
        other_start.saturating_sub(end).max(start.saturating_sub(other_end))
    };
    apart(one.x, one.right(), other.x, other.right()) + apart(one.y, one.bottom(), other.y, other.bottom())
}
