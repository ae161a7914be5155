//! What lies over the screen: a stack of layers, each small and with a model of its own.
//!
//! Events go to the top layer. It says what is to follow; it never reaches into another layer or the screen.

mod answers;
mod confirm;
mod details;
mod failure;
mod field;
mod filter;
mod form;
mod form_draw;
mod help;
mod input;
mod interleaved;
mod palette;
mod picker;
mod prompt;
mod reading;
mod source;

pub use answers::Answers;
pub use confirm::Confirm;
pub use failure::FailureBox;
pub use field::MOST as FIELD_MOST;
pub use filter::Filter;
pub use form::{Form, Purpose, Remembered};
pub use help::Help;
pub use palette::Palette;
pub use picker::{Pick, Picker};
pub use prompt::{LineFor, Prompt};
pub use reading::Reading;
pub use source::{Source, draw_source};

use ratatui::layout::Rect;

use super::action::{Action, Place};
use super::hit::{HitMap, Target};
use super::key::Key;
use super::pen::{Pen, Piece};
use super::theme::Role;
use crate::application::commands::Command;
use crate::application::queries::Query;
use crate::engine::{Offer, Request};

/// A layer.
#[derive(Debug)]
pub enum Layer {
    /// A list to choose from.
    Picker(Picker),
    /// The fields of a command or query.
    Form(Form),
    /// A path or a name to type.
    Prompt(Prompt),
    /// A pane's filter, while it is typed.
    Filter(Filter),
    /// A handler's source, step by step.
    Source(Source),
    /// What each world answers to a query.
    Answers(Answers),
    /// A text to read.
    Reading(Reading),
    /// An error.
    Failure(FailureBox),
    /// The help.
    Help(Help),
    /// All actions and commands to choose from.
    Palette(Palette),
    /// A question that is answered with yes or no.
    Confirm(Confirm),
}

/// What follows from what a person did in a layer.
#[derive(Debug)]
pub enum Outcome {
    /// Nothing more.
    Stay,
    /// The layer closes.
    Close,
    /// The layer closes, and what was chosen is opened.
    Picked(Pick),
    /// The layer closes and the query is asked.
    Ask(Box<Query>),
    /// The layer closes and the line is used.
    Typed(LineFor, String),
    /// The layer closes and the command is performed.
    Perform(Box<Command>),
    /// The layer closes and this is done.
    Act(Action),
    /// The layer closes and this is asked of the engine.
    Request(Box<Request>),
    /// The text is copied.
    Copy(String),
}

impl Layer {
    /// Where one is when it lies on top.
    pub fn place(&self) -> Place {
        match self {
            Self::Picker(_) => Place::Picker,
            Self::Form(_) => Place::Form,
            Self::Prompt(_) => Place::Prompt,
            Self::Filter(_) => Place::Filter,
            Self::Reading(_) | Self::Answers(_) | Self::Source(_) => Place::Reading,
            Self::Failure(_) => Place::Failure,
            Self::Help(_) => Place::Help,
            Self::Palette(_) => Place::Palette,
            Self::Confirm(_) => Place::Confirm,
        }
    }

    /// Whether letters are typed into it.
    pub fn takes_text(&self) -> bool {
        self.place().takes_text()
    }

    /// Does what a person asked for.
    pub fn act(&mut self, action: Action) -> Outcome {
        match (self, action) {
            (Self::Filter(filter), action) => filter.act(action),
            (_, Action::Close) => Outcome::Close,
            (Self::Picker(picker), action) => picker.act(action),
            (Self::Form(form), action) => form.act(action),
            (Self::Prompt(prompt), action) => prompt.act(action),
            (Self::Answers(answers), action) => answers.act(action),
            (Self::Source(source), action) => source.act(action),
            (Self::Reading(reading), action) => reading.act(action),
            (Self::Failure(_), _) => Outcome::Stay,
            (Self::Help(help), action) => help.act(action),
            (Self::Palette(palette), action) => palette.act(action),
            (Self::Confirm(confirm), action) => confirm.act(action),
        }
    }

    /// A key that is bound to nothing here: for the text.
    pub fn edit(&mut self, key: Key) {
        match self {
            Self::Picker(picker) => picker.edit(key),
            Self::Form(form) => form.edit(key),
            Self::Prompt(prompt) => prompt.edit(key),
            Self::Filter(filter) => filter.edit(key),
            Self::Help(help) => help.edit(key),
            Self::Palette(palette) => palette.edit(key),
            Self::Reading(_) | Self::Answers(_) | Self::Source(_) | Self::Failure(_) | Self::Confirm(_) => {}
        }
    }

    /// Text that was pasted; answers whether there was room for all of it.
    pub fn paste(&mut self, text: &str) -> bool {
        match self {
            Self::Picker(picker) => picker.paste(text),
            Self::Form(form) => form.paste(text),
            Self::Prompt(prompt) => prompt.paste(text),
            Self::Filter(filter) => filter.paste(text),
            Self::Help(help) => help.paste(text),
            Self::Palette(palette) => palette.paste(text),
            Self::Reading(_) | Self::Answers(_) | Self::Source(_) | Self::Failure(_) | Self::Confirm(_) => true,
        }
    }

    /// A click on something of the frame.
    pub fn click(&mut self, target: &Target) -> Outcome {
        match (self, target) {
            (_, Target::Outside) => Outcome::Close,
            (Self::Picker(picker), Target::Item(index)) => picker.click(*index),
            (Self::Form(form), Target::Item(index)) => form.click(*index),
            (Self::Palette(palette), Target::Item(index)) => palette.click(*index),
            _ => Outcome::Stay,
        }
    }

    /// The wheel.
    pub fn wheel(&mut self, by: i64) {
        let action = if by < 0 { Action::Up } else { Action::Down };
        match self {
            Self::Picker(picker) => drop(picker.act(action)),
            Self::Reading(reading) => drop(reading.act(action)),
            Self::Answers(answers) => drop(answers.act(action)),
            Self::Source(source) => drop(source.act(action)),
            Self::Form(form) => drop(form.act(action)),
            Self::Help(help) => drop(help.act(action)),
            Self::Palette(palette) => drop(palette.act(action)),
            Self::Prompt(_) | Self::Filter(_) | Self::Failure(_) | Self::Confirm(_) => {}
        }
    }

    /// What it still wants to know from the engine.
    pub fn wants(&mut self) -> Vec<Request> {
        match self {
            Self::Form(form) => form.wants(),
            _ => Vec::new(),
        }
    }

    /// What exists of a kind, for whoever has asked.
    pub fn take_choices(&mut self, kind: &str, text: &str, choices: &[Offer]) {
        if let Self::Form(form) = self {
            form.take_choices(kind, text, choices);
        }
    }

    /// Draws it over what is there.
    pub fn draw(&self, pen: &mut Pen<'_>, hits: &mut HitMap, screen: Rect) {
        // A filter is drawn in its pane's title: the list under it is what one looks at.
        if !matches!(self, Self::Filter(_)) {
            hits.add(screen, Target::Outside);
        }
        match self {
            Self::Filter(_) => {}
            Self::Picker(picker) => picker.draw(pen, hits, screen),
            Self::Form(form) => form.draw(pen, hits, screen),
            Self::Prompt(prompt) => prompt.draw(pen, hits, screen),
            Self::Answers(answers) => answers.draw(pen, hits, screen),
            Self::Source(source) => source.draw(pen, hits, screen),
            Self::Reading(reading) => reading.draw(pen, hits, screen),
            Self::Failure(failure) => failure.draw(pen, hits, screen),
            Self::Help(help) => help.draw(pen, hits, screen),
            Self::Palette(palette) => palette.draw(pen, hits, screen),
            Self::Confirm(confirm) => confirm.draw(pen, hits, screen),
        }
    }
}

/// A framed box in the middle of the screen; answers what is inside.
fn boxed(
    pen: &mut Pen<'_>,
    hits: &mut HitMap,
    screen: Rect,
    size: (u16, u16),
    role: Role,
    title: &[Piece],
    right: &[Piece],
) -> Rect {
    let (width, height) = (size.0.min(screen.width), size.1.min(screen.height));
    let area =
        Rect { x: screen.x + (screen.width - width) / 2, y: screen.y + (screen.height - height) / 3, width, height };
    // A cell free on each side, so that the box stands apart from what is under it.
    let around = Rect { x: area.x.saturating_sub(1), width: area.width + 2, ..area };
    pen.clear(around.intersection(screen));
    hits.add(area, Target::Layer);
    let style = pen.theme.style(role);
    let inside = pen.frame(area, style, title, right);
    Rect { x: inside.x + inside.width.min(1), width: inside.width.saturating_sub(2), ..inside }
}
