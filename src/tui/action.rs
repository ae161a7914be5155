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
    Ask,
    OpenScenario,
    PlayAll,
    SaveScenario,
    Zoom,
    Source,
    Filter,
    Sort,
    Turn,
    ColumnsLeft,
    ColumnsRight,
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
    /// A form.
    Form,
    /// A path to type.
    Prompt,
    /// A pane's filter, while it is typed.
    Filter,
}

impl Place {
    /// How the help names it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Everywhere => "Everywhere",
            Self::Explore => "Explore",
            Self::Reading => "Reading",
            Self::Failure => "An error",
            Self::Picker => "Choosing from a list",
            Self::Form => "A form",
            Self::Prompt => "Typing a path",
            Self::Filter => "Typing a filter",
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
        entry(A::Ask, P::Explore, &[c('a')], "ask", "ask every world the same question"),
        entry(A::Flip, P::Explore, &[c('v')], "is/happened", "flip the pane's view: what is, what happened"),
        entry(A::NextWorld, P::Explore, &[c('w')], "world", "another world in this pane"),
        entry(A::NextTable, P::Explore, &[c('t'), Key::RIGHT], "table", "the next table of what is"),
        entry(A::PreviousTable, P::Explore, &[c('T'), Key::LEFT], "", "the table before"),
        entry(A::Follow, P::Explore, &[c('f')], "follow", "show only the stream of the selected row; again: the whole log"),
        entry(A::Open, P::Explore, &[Key::ENTER], "details", "everything about the selected row or step"),
        entry(A::Mend, P::Explore, &[c('p')], "mend", "mend the guide's policy, or have it as written again"),
        entry(A::Rewind, P::Explore, &[c('u')], "rewind", "take back the last input: the log of inputs is run again without it"),
        entry(A::Redo, P::Explore, &[c('U'), Key::ctrl('r')], "", "put the next input in again that was taken back"),
        entry(A::Filter, P::Explore, &[c('/')], "filter", "filter the list: each word must stand somewhere in a row"),
        entry(A::Sort, P::Explore, &[c('s')], "sort", "sort what is by the next column; after the last, by creation"),
        entry(A::Turn, P::Explore, &[c('S')], "", "sort the other way round"),
        entry(A::Clear, P::Explore, &[Key::ESC], "", "clear the pane's filter and order"),
        entry(A::Source, P::Explore, &[c('h')], "handler", "the last command's handler, with the line of the trace's selected step"),
        entry(A::Zoom, P::Explore, &[c('z')], "zoom", "one pane over the whole width, or both again"),
        entry(A::ColumnsLeft, P::Explore, &[c('<')], "", "columns to the left"),
        entry(A::ColumnsRight, P::Explore, &[c('>')], "", "columns to the right"),
        entry(A::FocusNext, P::Explore, &[Key::TAB], "pane", "the next pane; in a small window, the other one"),
        entry(A::FocusPrevious, P::Explore, &[Key::BACK_TAB], "", "the pane before"),
        entry(A::Up, P::Explore, &[Key::UP, c('k')], "", "a row up"),
        entry(A::Down, P::Explore, &[Key::DOWN, c('j')], "", "a row down"),
        entry(A::PageUp, P::Explore, &[Key::PAGE_UP], "", "a page up"),
        entry(A::PageDown, P::Explore, &[Key::PAGE_DOWN], "", "a page down"),
        entry(A::First, P::Explore, &[Key::HOME, c('g')], "", "the first row; of events, the newest"),
        entry(A::Last, P::Explore, &[Key::END, c('G')], "", "the last row"),
        entry(A::OpenScenario, P::Explore, &[c('o')], "scenarios", "open another scenario: a built-in one, or a file"),
        entry(A::PlayAll, P::Explore, &[c('A')], "", "play all scenes that are left; a question holds the play"),
        entry(A::SaveScenario, P::Explore, &[c('W')], "", "save what was put in as a scenario's file"),
        entry(A::Help, P::Explore, &[c('?'), Key::F1], "help", "this help"),
        entry(A::Quit, P::Explore, &[c('q')], "quit", "leave the window"),

        entry(A::Up, P::Picker, &[Key::UP, Key::ctrl('p')], "", "the entry before"),
        entry(A::Down, P::Picker, &[Key::DOWN, Key::ctrl('n')], "", "the next entry"),
        entry(A::Choose, P::Picker, &[Key::ENTER], "choose", "open what is selected"),
        entry(A::Clear, P::Picker, &[Key::ctrl('u')], "clear", "clear the filter"),
        entry(A::Close, P::Picker, &[Key::ESC], "close", "close the list"),

        entry(A::Submit, P::Form, &[Key::ctrl('s')], "perform", "perform the command, or ask the query, in every world"),
        entry(A::Enter, P::Form, &[Key::ENTER], "", "take what is lit, else the next field; on the last one, perform"),
        entry(A::NextField, P::Form, &[Key::TAB], "next field", "the next field"),
        entry(A::PreviousField, P::Form, &[Key::BACK_TAB], "", "the field before"),
        entry(A::Down, P::Form, &[Key::DOWN], "", "where something can be chosen, the next of it; else the next field"),
        entry(A::Up, P::Form, &[Key::UP], "", "where something is lit, the one before; else the field before"),
        entry(A::Choose, P::Form, &[Key::ctrl(' ')], "", "choose from what exists"),
        entry(A::Clear, P::Form, &[Key::ctrl('u')], "clear", "clear the field"),
        entry(A::Close, P::Form, &[Key::ESC], "close", "close the form; nothing is done"),

        entry(A::Enter, P::Filter, &[Key::ENTER, Key::DOWN, Key::TAB], "keep", "keep the filter and go to the list"),
        entry(A::Clear, P::Filter, &[Key::ctrl('u')], "", "clear what is typed"),
        entry(A::Close, P::Filter, &[Key::ESC], "no filter", "close it; the whole list is shown again"),

        entry(A::Enter, P::Prompt, &[Key::ENTER], "go on", "use the path"),
        entry(A::Clear, P::Prompt, &[Key::ctrl('u')], "clear", "clear the path"),
        entry(A::Close, P::Prompt, &[Key::ESC], "close", "close it; nothing is done"),

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
            Self::Commands
            | Self::Mend
            | Self::NextScene
            | Self::PlayAll
            | Self::Ask
            | Self::OpenScenario
            | Self::SaveScenario
                if !model.is_open() =>
            {
                Err("the playground is still opening")
            }
            Self::Rewind if model.standing.as_ref().is_none_or(|standing| standing.last.is_none()) => {
                Err("there is nothing to rewind")
            }
            Self::SaveScenario if model.standing.as_ref().is_none_or(|standing| standing.last.is_none()) => {
                Err("nothing was put in yet that could be saved")
            }
            Self::Redo if model.redoable == 0 => Err("there is nothing to redo"),
            Self::NextScene | Self::PlayAll => match &model.scenario {
                None => Err("no scenario is open"),
                Some(playing) if playing.has_ended() => Err("the scenario has ended: all its scenes have been played"),
                Some(_) => Ok(()),
            },
            Self::NextTable | Self::PreviousTable if model.explore.focused_pane().is_none_or(|pane| pane.happened) => {
                Err("what happened is one list; v flips the pane to the tables of what is")
            }
            Self::Follow if model.explore.selected_stream().is_none() => Err("no row is selected here to follow"),
            Self::Open if !model.explore.has_details() => Err("no row is selected here"),
            Self::Source if model.explore.trace.last.is_none() => Err("no command yet whose handler could be shown"),
            Self::Sort if model.explore.focused_pane().is_some_and(|pane| pane.happened) => {
                Err("what happened stands in its order, newest first; v flips the pane to what is")
            }
            Self::Turn if model.explore.focused_pane().is_some_and(|pane| pane.sift.sort.is_none()) => {
                Err("nothing is sorted here; s sorts by a column")
            }
            Self::Clear if model.explore.focused_pane().is_some_and(|pane| pane.sift.is_idle()) => {
                Err("nothing is filtered or sorted here")
            }
            Self::Flip
            | Self::NextWorld
            | Self::Filter
            | Self::Sort
            | Self::Turn
            | Self::Clear
            | Self::ColumnsLeft
            | Self::ColumnsRight
                if model.explore.focused_pane().is_none() =>
            {
                Err("the trace has the focus; tab goes to a pane")
            }
            _ => Ok(()),
        }
    }
}
