//! The screens of the window, one at a time behind numbered tabs.
//!
//! Each has its own module with a model, and its own place in the table of actions; what every screen does is asked for here, so
//! that nothing else knows which screens there are. What lies over a screen, the bars around it and the playground under it are
//! the same for all.

use ratatui::layout::Rect;

use super::action::{Action, Place};
use super::crashes::{self, Follows};
use super::effect::{Effect, Effects};
use super::hit::{HitMap, Target};
use super::model::Model;
use super::pen::Pen;
use super::{decide, explore, steps};
use crate::engine::Request;

/// A screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tab {
    /// Two worlds side by side, and the trace under them.
    #[default]
    Explore,
    /// Commands held at each micro-step.
    Steps,
    /// The crash matrix.
    Crashes,
    /// The decision framework.
    Decide,
}

impl Tab {
    /// All of them, in the order of their tabs.
    pub const ALL: [Self; 4] = [Self::Explore, Self::Decide, Self::Steps, Self::Crashes];

    /// What its tab says.
    pub fn title(self) -> &'static str {
        match self {
            Self::Explore => "Explore",
            Self::Steps => "Steps",
            Self::Crashes => "Crashes",
            Self::Decide => "Decide",
        }
    }

    /// Its name where what a person set is kept.
    pub fn name(self) -> &'static str {
        match self {
            Self::Explore => "explore",
            Self::Steps => "steps",
            Self::Crashes => "crashes",
            Self::Decide => "decide",
        }
    }

    /// Where one is on it.
    pub fn place(self) -> Place {
        match self {
            Self::Explore => Place::Explore,
            Self::Steps => Place::Steps,
            Self::Crashes => Place::Crashes,
            Self::Decide => Place::Decide,
        }
    }

    /// What shows it.
    pub fn action(self) -> Action {
        match self {
            Self::Explore => Action::ToExplore,
            Self::Steps => Action::ToSteps,
            Self::Crashes => Action::ToCrashes,
            Self::Decide => Action::ToDecide,
        }
    }
}

/// Draws the screen between the bars.
pub fn draw(model: &Model, pen: &mut Pen<'_>, hits: &mut HitMap, body: Rect) {
    match model.tab {
        Tab::Explore => explore::draw(model, pen, hits),
        Tab::Steps => steps::draw(model, pen, hits),
        Tab::Crashes => crashes::draw(&model.crashes, pen, hits, body),
        Tab::Decide => decide::draw(&model.decide, pen, hits, body),
    }
}

/// Whether the screen allows an action now.
///
/// # Errors
///
/// Why it does not, for the message bar.
pub fn allows(model: &Model, action: Action) -> Result<(), &'static str> {
    match model.tab {
        Tab::Explore => model.explore.allows(action),
        Tab::Steps => model.steps.allows(action),
        Tab::Crashes => model.crashes.allows(action),
        Tab::Decide => model.decide.allows(action),
    }
}

/// Does on the screen what a person asked for.
pub fn act(model: &mut Model, action: Action) -> Effects {
    match model.tab {
        Tab::Explore => {
            if let (Action::Open, Some((world, stream))) = (action, model.explore.stored_row()) {
                return vec![Effect::Ask(Request::Stored { world, stream })];
            }
            model.layers.extend(model.explore.act(action));
        }
        Tab::Decide if action == Action::EndMeasuring => return vec![Effect::EndMeasuring],
        Tab::Steps => {
            let policy = model.policy();
            return model.steps.act(action, &policy).map(Effect::Ask).into_iter().collect();
        }
        Tab::Decide => model.layers.extend(model.decide.act(action)),
        Tab::Crashes => match model.crashes.act(action) {
            Follows::Nothing => {}
            Follows::Ask(request) => return vec![Effect::Ask(*request)],
            Follows::Opens(layer) => model.layers.push(*layer),
        },
    }
    Effects::new()
}

/// A click on something of the screen.
pub fn click(model: &mut Model, target: &Target) -> Effects {
    match model.tab {
        Tab::Explore => model.layers.extend(model.explore.click(target)),
        Tab::Steps => {
            if let Target::Pane(side) = target {
                model.steps.side = *side;
            }
        }
        Tab::Crashes => match target {
            Target::Item(policy) => model.crashes.select_policy(*policy),
            Target::Cell(row, column) => model.crashes.select(*row, *column),
            _ => {}
        },
        Tab::Decide => {
            if let Target::Decide(spot) = target {
                model.layers.extend(model.decide.click(*spot));
            }
        }
    }
    Effects::new()
}

/// The wheel over something of the screen.
pub fn wheel(model: &mut Model, target: &Target, by: i64) {
    match model.tab {
        Tab::Explore => model.explore.wheel(target, by),
        Tab::Steps => {
            if let Target::Pane(side) = target {
                model.steps.side = *side;
            }
            model.steps.scroll(by as isize);
        }
        Tab::Crashes => model.crashes.scroll(by),
        Tab::Decide => {
            if let Target::Decide(spot) = target {
                model.decide.wheel(*spot, by);
            }
        }
    }
}

/// What copying copies.
pub fn copied(model: &Model) -> Option<String> {
    match model.tab {
        Tab::Explore => model.explore.copied(),
        Tab::Steps | Tab::Crashes => None,
        Tab::Decide => Some(model.decide.record(false)),
    }
}
