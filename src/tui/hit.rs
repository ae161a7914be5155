//! What can be pointed at: the areas of the last drawn frame, and what each of them is.
//!
//! Drawing fills the map, so that the mouse always means what is on the screen; what was drawn later lies on top.

use ratatui::layout::{Position, Rect};

use super::action::Action;
use super::decide::Spot;
use super::explore::{Border, Side};
use crate::domain::Context;

/// What an area is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A key's hint: the same as pressing it.
    Press(Action),
    /// A pane's ground.
    Pane(Side),
    /// A row of a pane, counted from the start of its list.
    Row(Side, u64),
    /// The name of a table in a pane.
    Table(Side, Context),
    /// A border that can be dragged.
    Border(Border),
    /// A cell of the crash matrix: row and column.
    Cell(usize, usize),
    /// The trace's ground.
    Trace,
    /// A line of the trace.
    Step(usize),
    /// Something of Decide.
    Decide(Spot),
    /// The ground of the layer on top.
    Layer,
    /// An entry of the layer on top.
    Item(usize),
    /// What lies beside the layer on top.
    Outside,
}

/// The areas of a frame.
#[derive(Debug, Default)]
pub struct HitMap {
    areas: Vec<(Rect, Target)>,
}

impl HitMap {
    /// Notes an area. Later ones lie on top of earlier ones.
    pub fn add(&mut self, area: Rect, target: Target) {
        if !area.is_empty() {
            self.areas.push((area, target));
        }
    }

    /// What is at a place.
    pub fn at(&self, column: u16, row: u16) -> Option<&Target> {
        let place = Position::new(column, row);
        self.areas.iter().rev().find(|(area, _)| area.contains(place)).map(|(_, target)| target)
    }
}
