//! Everything a person can do in the window: one table.
//!
//! Keys, footer, help and the mouse all come from it, so that none can say something else than another. Why an action cannot be
//! used now is said here, too, in the words that the screen shows.

use super::key::Key;
use super::model::Model;

/// Something a person can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    Quit,
    Leave,
    Help,
    Commands,
    NextScene,
    Mend,
    Rewind,
    Redo,
    FocusNext,
    FocusPrevious,
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
    Flip,
    NextWorld,
    NextTable,
    PreviousTable,
    Follow,
    Open,
    Close,
    Choose,
    NextField,
    PreviousField,
    Enter,
    Submit,
    Clear,
}

/// Where an action can be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Wherever one is.
    Everywhere,
    /// The screen with the two panes.
    Explore,
    /// A text to read: help, details.
    Reading,
    /// An error.
    Failure,
    /// The list of commands.
    Picker,
    /// A command's form.
    Form,
}

impl Place {
    /// How the help names it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Everywhere => "Everywhere",
            Self::Explore => "Explore",
            Self::Reading => "Reading",
            Self::Failure => "An error",
            Self::Picker => "Choosing a command",
            Self::Form => "A command's form",
        }
    }
}

/// A line of the table.
#[derive(Debug)]
pub struct Entry {
    /// What is done.
    pub action: Action,
    /// Where.
    pub place: Place,
    /// The keys that do it.
    pub keys: &'static [Key],
    /// In a word or two, for the footer; empty where the footer has no room for it.
    pub name: &'static str,
    /// In a sentence.
    pub about: &'static str,
}

const fn entry(action: Action, place: Place, keys: &'static [Key], name: &'static str, about: &'static str) -> Entry {
    Entry { action, place, keys, name, about }
}

/// All of them; the footer keeps this order.
#[rustfmt::skip]
pub const ACTIONS: &[Entry] = {
    use Action as A;
    use Place as P;
    const fn c(letter: char) -> Key { Key::char(letter) }
    &[
        entry(A::Commands, P::Explore, &[c('n')], "command", "choose a command and fill in its form"),
        entry(A::NextScene, P::Explore, &[c(' ')], "next scene", "play the scenario's next scene, or reveal the answer"),
        entry(A::Flip, P::Explore, &[c('v')], "is/happened", "flip the pane's view: what is, what happened"),
        entry(A::NextWorld, P::Explore, &[c('w')], "world", "another world in this pane"),
        entry(A::NextTable, P::Explore, &[c('t'), Key::RIGHT], "table", "the next table of what is"),
        entry(A::PreviousTable, P::Explore, &[c('T'), Key::LEFT], "", "the table before"),
        entry(A::Follow, P::Explore, &[c('f')], "follow", "show only the stream of the selected row; again: the whole log"),
        entry(A::Open, P::Explore, &[Key::ENTER], "details", "everything about the selected row or step"),
        entry(A::Mend, P::Explore, &[c('p')], "mend", "mend the guide's policy, or have it as written again"),
        entry(A::Rewind, P::Explore, &[c('u')], "rewind", "take back the last input: the log of inputs is run again without it"),
        entry(A::Redo, P::Explore, &[c('U'), Key::ctrl('r')], "", "put the next input in again that was taken back"),
        entry(A::FocusNext, P::Explore, &[Key::TAB], "pane", "the next pane; in a small window, the other one"),
        entry(A::FocusPrevious, P::Explore, &[Key::BACK_TAB], "", "the pane before"),
        entry(A::Up, P::Explore, &[Key::UP, c('k')], "", "a row up"),
        entry(A::Down, P::Explore, &[Key::DOWN, c('j')], "", "a row down"),
        entry(A::PageUp, P::Explore, &[Key::PAGE_UP], "", "a page up"),
        entry(A::PageDown, P::Explore, &[Key::PAGE_DOWN], "", "a page down"),
        entry(A::First, P::Explore, &[Key::HOME, c('g')], "", "the first row; of events, the newest"),
        entry(A::Last, P::Explore, &[Key::END, c('G')], "", "the last row"),
        entry(A::Help, P::Explore, &[c('?'), Key::F1], "help", "this help"),
        entry(A::Quit, P::Explore, &[c('q')], "quit", "leave the window"),

        entry(A::Up, P::Picker, &[Key::UP, Key::ctrl('p')], "", "the entry before"),
        entry(A::Down, P::Picker, &[Key::DOWN, Key::ctrl('n')], "", "the next entry"),
        entry(A::Choose, P::Picker, &[Key::ENTER], "choose", "open the command's form"),
        entry(A::Clear, P::Picker, &[Key::ctrl('u')], "clear", "clear the filter"),
        entry(A::Close, P::Picker, &[Key::ESC], "close", "close the list"),

        entry(A::Submit, P::Form, &[Key::ctrl('s')], "perform", "perform the command in every world"),
        entry(A::Enter, P::Form, &[Key::ENTER], "", "the next field; on the last one, perform"),
        entry(A::NextField, P::Form, &[Key::TAB, Key::DOWN], "next field", "the next field"),
        entry(A::PreviousField, P::Form, &[Key::BACK_TAB, Key::UP], "", "the field before"),
        entry(A::Clear, P::Form, &[Key::ctrl('u')], "clear", "clear the field"),
        entry(A::Close, P::Form, &[Key::ESC], "close", "close the form; nothing is done"),

        entry(A::Up, P::Reading, &[Key::UP, c('k')], "", "a line up"),
        entry(A::Down, P::Reading, &[Key::DOWN, c('j')], "scroll", "a line down"),
        entry(A::PageUp, P::Reading, &[Key::PAGE_UP], "", "a page up"),
        entry(A::PageDown, P::Reading, &[Key::PAGE_DOWN, c(' ')], "", "a page down"),
        entry(A::First, P::Reading, &[Key::HOME, c('g')], "", "the start"),
        entry(A::Last, P::Reading, &[Key::END, c('G')], "", "the end"),
        entry(A::Close, P::Reading, &[Key::ESC, Key::ENTER, c('q'), c('?')], "close", "back to where one was"),

        entry(A::Close, P::Failure, &[Key::ENTER, Key::ESC, c('q')], "go on", "close the message and go on"),

        entry(A::Leave, P::Everywhere, &[Key::ctrl('c')], "", "leave the window at once"),
    ]
};

/// The table's lines of one place.
pub fn entries(place: Place) -> impl Iterator<Item = &'static Entry> {
    ACTIONS.iter().filter(move |entry| entry.place == place)
}

impl Action {
    /// Whether it can be used now.
    ///
    /// # Errors
    ///
    /// Why it cannot, for the message bar.
    pub fn enabled(self, model: &Model) -> Result<(), &'static str> {
        if !model.layers.is_empty() {
            return Ok(());
        }
        match self {
            Self::Commands | Self::Mend | Self::NextScene if !model.is_open() => Err("the playground is still opening"),
            Self::Rewind if model.standing.as_ref().is_none_or(|standing| standing.last.is_none()) => {
                Err("there is nothing to rewind")
            }
            Self::Redo if model.redoable == 0 => Err("there is nothing to redo"),
            Self::NextScene => match &model.scenario {
                None => Err("no scenario is open"),
                Some(playing) if playing.has_ended() => Err("the scenario has ended: all its scenes have been played"),
                Some(_) => Ok(()),
            },
            Self::NextTable | Self::PreviousTable if model.explore.focused_pane().is_none_or(|pane| pane.happened) => {
                Err("what happened is one list; v flips the pane to the tables of what is")
            }
            Self::Follow if model.explore.selected_stream().is_none() => Err("no row is selected here to follow"),
            Self::Open if !model.explore.has_details() => Err("no row is selected here"),
            Self::Flip | Self::NextWorld if model.explore.focused_pane().is_none() => {
                Err("the trace has the focus; tab goes to a pane")
            }
            _ => Ok(()),
        }
    }
}
