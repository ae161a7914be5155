//! Explore: two worlds side by side, and the trace of the last command under them.
//!
//! Each pane is a world and a view of it, *what is* or *what happened*; every world has both. The trace shows the same command on
//! its way through both panes' worlds, step beside step.

mod allows;
mod columns;
mod draw;
mod handler;
mod layout;
mod notes;
mod pane;
mod pane_draw;
mod shares;
mod telling;
mod trace;

pub use draw::draw;
pub use handler::Handler;
pub use layout::{Areas, PaneAreas};
pub use pane::{Pane, aggregate};
pub use shares::{Border, Shares};
pub use telling::{Line, Told, align, field_text, heading, is_telling, key_fields, tell};
pub use trace::TracePanel;

use crate::domain::Context;
use crate::engine::{Look, PaneLook, Sift, View};
use crate::kernel::Fact;
use crate::tui::action::Action;
use crate::tui::hit::Target;
use crate::tui::layers::{Filter, Layer};
use crate::world::WorldKind;

/// Left or right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The left pane.
    Left,
    /// The right pane.
    Right,
}

impl Side {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::Left, Self::Right];

    /// Its place in a pair.
    pub fn index(self) -> usize {
        match self {
            Self::Left => 0,
            Self::Right => 1,
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }
}

/// What gets the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// A pane.
    Pane(Side),
    /// The trace.
    Trace,
}

/// The screen.
#[derive(Debug)]
pub struct Explore {
    /// Left and right.
    pub panes: [Pane; 2],
    /// What gets the keys.
    pub focus: Focus,
    /// The pane that had the focus last.
    pub last: Side,
    /// Whether one pane fills the width.
    pub alone: bool,
    /// The last command.
    pub trace: TracePanel,
    /// Whether a person has moved the selection, and the other pane has yet to follow.
    moved: bool,
    /// How many rows each pane has room for.
    rooms: [u16; 2],
}

impl Default for Explore {
    fn default() -> Self {
        Self {
            panes: [Pane::new(WorldKind::State, false), Pane::new(WorldKind::Events, true)],
            focus: Focus::Pane(Side::Left),
            last: Side::Left,
            alone: false,
            trace: TracePanel::default(),
            moved: false,
            rooms: [1, 1],
        }
    }
}

impl Explore {
    /// A pane.
    pub fn pane(&self, side: Side) -> &Pane {
        &self.panes[side.index()]
    }

    fn pane_mut(&mut self, side: Side) -> &mut Pane {
        &mut self.panes[side.index()]
    }

    /// The pane that has the focus.
    pub fn focused_pane(&self) -> Option<&Pane> {
        match self.focus {
            Focus::Pane(side) => Some(self.pane(side)),
            Focus::Trace => None,
        }
    }

    /// The stream of the focused pane's selected row.
    pub fn selected_stream(&self) -> Option<String> {
        self.focused_pane()?.selected_stream()
    }

    /// The world and stream of the focused pane's selected row, if it is a row that is stored.
    pub fn stored_row(&self) -> Option<(WorldKind, String)> {
        let pane = self.focused_pane()?;
        pane.selected_row()?.updated_at?;
        Some((pane.world, pane.selected_stream()?))
    }

    /// What a pane is filtered by, from now on.
    pub fn filter(&mut self, side: Side, text: &str) {
        let pane = self.pane_mut(side);
        if pane.sift.text != text {
            let sift = Sift { text: text.to_owned(), ..pane.sift.clone() };
            pane.sift_by(sift);
        }
    }

    /// The stream that the other pane's rows are linked by: that of the selected row beside them.
    pub fn linked(&self, side: Side) -> Option<String> {
        if self.last == side { None } else { self.pane(side.other()).selected_stream() }
    }

    /// What the focused pane, or the one that had the focus last, looks at.
    pub fn shown(&self) -> PaneLook {
        self.pane(self.last).look(1)
    }

    /// What a file with that list could be called.
    pub fn file_name(&self) -> String {
        let pane = self.pane(self.last);
        match (pane.happened, &pane.stream) {
            (true, Some(stream)) => format!("{stream}.csv"),
            (true, None) => format!("{}-log.csv", pane.world.name()),
            (false, _) => format!("{}-{}.csv", pane.world.name(), aggregate(pane.context)),
        }
    }

    /// What copying copies: the selected row or event as JSON, the selected step's statements as SQL.
    pub fn copied(&self) -> Option<String> {
        match self.focused_pane() {
            None => self.trace.copied(self.panes.each_ref().map(|pane| pane.world)),
            Some(pane) => match (pane.selected_row(), pane.selected_fact()) {
                (Some(row), _) => serde_json::to_string_pretty(&row.state).ok(),
                (None, Some(fact)) => Some(fact_as_json(fact)),
                (None, None) => None,
            },
        }
    }

    /// Whether there is something to open.
    pub fn has_details(&self) -> bool {
        match self.focused_pane() {
            Some(pane) => pane.selected_stream().is_some(),
            None => self.trace.last.is_some(),
        }
    }

    /// The id of this kind of aggregate that a person most likely means: the focused pane's selection, else the other's.
    pub fn selected_id(&self, kind: &str) -> Option<String> {
        [self.last, self.last.other()].into_iter().find_map(|side| self.pane(side).selected_id(kind))
    }

    /// Fits the lists to the areas, and says what to ask the engine for.
    pub fn settle(&mut self, areas: Option<&Areas>) -> Look {
        if self.moved
            && let Some(stream) = self.selected_stream()
            && let Focus::Pane(side) = self.focus
        {
            self.moved = false;
            self.pane_mut(side.other()).reveal(stream);
        }
        for (index, pane) in self.panes.iter_mut().enumerate() {
            let area = areas.and_then(|areas| areas.panes[index]);
            let room = area.map_or(1, |area| PaneAreas::of(area).rows.height);
            self.rooms[index] = room;
            pane.scroll(room);
        }
        if let Some(areas) = areas {
            self.trace.settle(areas.trace.height.saturating_sub(2), self.panes.each_ref().map(|pane| pane.world));
        }
        Look { panes: [self.panes[0].look(self.rooms[0]), self.panes[1].look(self.rooms[1])] }
    }

    /// Takes what the engine saw.
    pub fn take(&mut self, view: View) {
        for (pane, seen) in self.panes.iter_mut().zip(view.panes) {
            pane.take(seen);
        }
    }

    /// Does what a person asked for; answers the layer that opens.
    pub fn act(&mut self, action: Action) -> Option<Layer> {
        match (action, self.focus) {
            (Action::FocusNext, _) => self.move_focus(1),
            (Action::FocusPrevious, _) => self.move_focus(2),
            (Action::Up, _) => self.step(-1),
            (Action::Down, _) => self.step(1),
            (Action::PageUp, _) => self.step(-self.page()),
            (Action::PageDown, _) => self.step(self.page()),
            (Action::First, _) => self.step(i64::MIN),
            (Action::Last, _) => self.step(i64::MAX),
            (Action::Open, _) => return self.details(),
            (Action::Flip, Focus::Pane(side)) => {
                let pane = self.pane_mut(side);
                pane.happened = !pane.happened;
                pane.renew();
            }
            (Action::NextWorld, Focus::Pane(side)) => {
                let pane = self.pane_mut(side);
                pane.world = next(&WorldKind::ALL, pane.world, 1);
                pane.rewind();
            }
            (Action::NextTable, Focus::Pane(side)) => self.turn(side, 1),
            (Action::PreviousTable, Focus::Pane(side)) => self.turn(side, Context::ALL.len() - 1),
            (Action::Follow, Focus::Pane(side)) => self.follow(side),
            (Action::Source, _) => return self.trace.source(self.panes.each_ref().map(|pane| pane.world)),
            (Action::Zoom, _) => self.alone = !self.alone,
            (Action::Filter, Focus::Pane(side)) => {
                return Some(Layer::Filter(Filter::new(side, &self.pane(side).sift.text)));
            }
            (Action::Sort, Focus::Pane(side)) => self.pane_mut(side).sort_on(),
            (Action::Turn, Focus::Pane(side)) => self.pane_mut(side).turn_round(),
            (Action::Clear, Focus::Pane(side)) => self.pane_mut(side).sift_by(Sift::default()),
            (Action::ColumnsRight, Focus::Pane(side)) => self.pane_mut(side).shift(1),
            (Action::ColumnsLeft, Focus::Pane(side)) => self.pane_mut(side).shift(-1),
            _ => {}
        }
        None
    }

    fn move_focus(&mut self, by: usize) {
        let order = [Focus::Pane(Side::Left), Focus::Pane(Side::Right), Focus::Trace];
        self.focus_on(next(&order, self.focus, by));
    }

    fn focus_on(&mut self, focus: Focus) {
        self.focus = focus;
        if let Focus::Pane(side) = focus {
            self.last = side;
        }
    }

    fn page(&self) -> i64 {
        match self.focus {
            Focus::Pane(side) => i64::from(self.rooms[side.index()].max(2) - 1),
            Focus::Trace => self.trace.page(),
        }
    }

    fn step(&mut self, by: i64) {
        match self.focus {
            Focus::Pane(side) => {
                self.pane_mut(side).step(by);
                self.moved = true;
            }
            Focus::Trace => self.trace.step(by),
        }
    }

    fn turn(&mut self, side: Side, by: usize) {
        let pane = self.pane_mut(side);
        pane.context = next(&Context::ALL, pane.context, by);
        pane.renew();
    }

    /// The stream of the selected row: in the other pane where this one shows what is, here where it shows what happened.
    fn follow(&mut self, side: Side) {
        let Some(stream) = self.pane(side).selected_stream() else { return };
        let shown = if self.pane(side).happened { side } else { side.other() };
        let pane = self.pane_mut(shown);
        let already = pane.happened && pane.stream.as_ref() == Some(&stream);
        pane.stream = if already { None } else { Some(stream) };
        pane.happened = true;
        pane.renew();
    }

    fn details(&self) -> Option<Layer> {
        match self.focus {
            Focus::Trace => self.trace.details(self.panes.each_ref().map(|pane| pane.world)),
            Focus::Pane(side) => {
                let pane = self.pane(side);
                match (pane.selected_row(), pane.selected_fact()) {
                    (Some(row), _) => Some(Layer::row(pane, row)),
                    (None, Some(fact)) => Some(Layer::fact(pane, fact)),
                    (None, None) => None,
                }
            }
        }
    }

    /// What a click does: the focus goes there, and what was pointed at is selected; a click on what is selected opens it.
    pub fn click(&mut self, target: &Target) -> Option<Layer> {
        match target {
            Target::Pane(side) => self.focus_on(Focus::Pane(*side)),
            Target::Row(side, index) => {
                let again = self.focus == Focus::Pane(*side) && self.pane(*side).selected == *index;
                self.focus_on(Focus::Pane(*side));
                self.pane_mut(*side).selected = *index;
                self.moved = true;
                if again {
                    return self.details();
                }
            }
            Target::Table(side, context) => {
                self.focus_on(Focus::Pane(*side));
                let pane = self.pane_mut(*side);
                pane.context = *context;
                pane.renew();
            }
            Target::Trace => self.focus = Focus::Trace,
            Target::Step(index) => {
                let again = self.focus == Focus::Trace && self.trace.selected == *index;
                self.focus = Focus::Trace;
                self.trace.selected = *index;
                if again {
                    return self.details();
                }
            }
            _ => {}
        }
        None
    }

    /// What the wheel does: it moves what is under it.
    pub fn wheel(&mut self, target: &Target, by: i64) {
        match target {
            Target::Pane(side) | Target::Row(side, _) | Target::Table(side, _) => self.pane_mut(*side).step(by),
            Target::Trace | Target::Step(_) => self.trace.step(by),
            _ => {}
        }
    }
}

/// A fact with what stands around it.
fn fact_as_json(fact: &Fact) -> String {
    let parsed = |text: &str| serde_json::from_str(text).unwrap_or_else(|_| serde_json::Value::from(text));
    let fact = serde_json::json!({
        "stream": fact.stream,
        "version": fact.version.0,
        "type": fact.event_type,
        "recorded_at": fact.recorded_at.to_string(),
        "event_id": fact.event_id,
        "data": parsed(&fact.data),
        "metadata": parsed(&fact.metadata),
    });
    serde_json::to_string_pretty(&fact).unwrap_or_default()
}

fn next<T: Copy + PartialEq>(all: &[T], now: T, by: usize) -> T {
    let index = all.iter().position(|one| *one == now).unwrap_or_default();
    all.get((index + by) % all.len().max(1)).copied().unwrap_or(now)
}
