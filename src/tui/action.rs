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
    Palette,
    Theme,
    Mouse,
    Copy,
    Reset,
    Wider,
    Narrower,
    Taller,
    Lower,
    Suspend,
    Yes,
}

/// Where an action can be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The screen with the two panes.
    Explore,
    /// Wherever one is.
    Everywhere,
    /// A text to read: help, details.
    Reading,
    /// An error.
    Failure,
    /// The list of commands.
    Picker,
    /// A command's form.
    Form,
    /// The help.
    Help,
    /// All actions and commands to choose from.
    Palette,
    /// A question that is answered with yes or no.
    Confirm,
}

impl Place {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Explore,
        Self::Everywhere,
        Self::Palette,
        Self::Picker,
        Self::Form,
        Self::Reading,
        Self::Help,
        Self::Confirm,
        Self::Failure,
    ];

    /// Its table in a configuration file.
    pub fn table(self) -> &'static str {
        match self {
            Self::Everywhere | Self::Explore => "keys",
            Self::Reading => "reading-keys",
            Self::Failure => "failure-keys",
            Self::Picker => "picker-keys",
            Self::Form => "form-keys",
            Self::Help => "help-keys",
            Self::Palette => "palette-keys",
            Self::Confirm => "confirm-keys",
        }
    }

    /// Whether letters are typed there.
    pub fn takes_text(self) -> bool {
        matches!(self, Self::Picker | Self::Form | Self::Help | Self::Palette)
    }

    /// How the help names it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Everywhere => "Everywhere",
            Self::Explore => "Explore",
            Self::Reading => "Reading",
            Self::Failure => "An error",
            Self::Picker => "Choosing a command",
            Self::Form => "A command's form",
            Self::Help => "Help",
            Self::Palette => "The palette",
            Self::Confirm => "A question",
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
        entry(A::Copy, P::Explore, &[c('y')], "", "copy the selected row, event or step's statements"),
        entry(A::Reset, P::Explore, &[c('R')], "", "begin anew: take back every input, once you have said yes"),
        entry(A::Wider, P::Explore, &[c('>')], "", "more room for the left pane"),
        entry(A::Narrower, P::Explore, &[c('<')], "", "less room for the left pane"),
        entry(A::Taller, P::Explore, &[c('+')], "", "more room for the trace"),
        entry(A::Lower, P::Explore, &[c('-')], "", "less room for the trace"),
        entry(A::Theme, P::Explore, &[Key::ctrl('t')], "", "the next theme: default, projector, mono"),
        entry(A::Mouse, P::Explore, &[c('M')], "", "give the mouse to the terminal, to select text; again: take it back"),
        entry(A::Palette, P::Explore, &[c(':'), Key::ctrl('p')], "palette", "find any action or command by typing a part of it"),
        entry(A::Help, P::Explore, &[c('?'), Key::F1], "help", "this help"),
        entry(A::Quit, P::Explore, &[c('q')], "quit", "leave the window"),

        entry(A::Up, P::Palette, &[Key::UP, Key::ctrl('p')], "", "the entry before"),
        entry(A::Down, P::Palette, &[Key::DOWN, Key::ctrl('n')], "", "the next entry"),
        entry(A::PageUp, P::Palette, &[Key::PAGE_UP], "", "ten entries up"),
        entry(A::PageDown, P::Palette, &[Key::PAGE_DOWN], "", "ten entries down"),
        entry(A::Choose, P::Palette, &[Key::ENTER], "do it", "do what is selected"),
        entry(A::Clear, P::Palette, &[Key::ctrl('u')], "clear", "clear what is typed"),
        entry(A::Close, P::Palette, &[Key::ESC], "close", "close the palette"),

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
        entry(A::Copy, P::Reading, &[c('y')], "copy", "copy the text"),
        entry(A::Close, P::Reading, &[Key::ESC, Key::ENTER, c('q'), c('?')], "close", "back to where one was"),

        entry(A::Up, P::Help, &[Key::UP], "", "a line up"),
        entry(A::Down, P::Help, &[Key::DOWN], "scroll", "a line down"),
        entry(A::PageUp, P::Help, &[Key::PAGE_UP], "", "a page up"),
        entry(A::PageDown, P::Help, &[Key::PAGE_DOWN], "", "a page down"),
        entry(A::First, P::Help, &[Key::HOME], "", "the start"),
        entry(A::Last, P::Help, &[Key::END], "", "the end"),
        entry(A::Clear, P::Help, &[Key::ctrl('u')], "clear", "clear what is searched for"),
        entry(A::Close, P::Help, &[Key::ESC, Key::ENTER, Key::F1, c('?')], "close", "back to where one was"),

        entry(A::Yes, P::Confirm, &[c('y'), Key::ENTER], "yes", "yes, do it"),
        entry(A::Close, P::Confirm, &[Key::ESC, c('n'), c('q')], "no", "no, leave everything as it is"),

        entry(A::Close, P::Failure, &[Key::ENTER, Key::ESC, c('q')], "go on", "close the message and go on"),

        entry(A::Suspend, P::Everywhere, &[Key::ctrl('z')], "", "stop the program; fg in the shell continues it"),
        entry(A::Leave, P::Everywhere, &[Key::ctrl('c')], "", "leave the window at once"),
    ]
};

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
            Self::Reset if !model.is_open() => Err("the playground is still opening"),
            Self::Rewind | Self::Reset if model.standing.as_ref().is_none_or(|standing| standing.last.is_none()) => {
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
            Self::Open | Self::Copy if !model.explore.has_details() => Err("no row is selected here"),
            Self::Flip | Self::NextWorld if model.explore.focused_pane().is_none() => {
                Err("the trace has the focus; tab goes to a pane")
            }
            _ => Ok(()),
        }
    }
}
