//! Everything a person can do in the window: one table.
//!
//! Keys, footer, help and the mouse all come from it, so that none can say something else than another. Why an action cannot be
//! used now is said here, too, in the words that the screen shows.

use super::key::Key;
use super::model::Model;
use super::tab::{self, Tab};

/// Something a person can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    ToExplore,
    ToDecide,
    NextPage,
    PreviousPage,
    NextContext,
    PreviousContext,
    AddContext,
    RemoveContext,
    NextAnswer,
    PreviousAnswer,
    FirstAnswer,
    SecondAnswer,
    DontKnow,
    TakeBack,
    Heavier,
    Lighter,
    SaveDecision,
    Measure,
    EndMeasuring,
    Quit,
    Leave,
    Help,
    Commands,
    Ask,
    OpenScenario,
    PlayAll,
    SaveScenario,
    Export,
    Picture,
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
    ToSteps,
    ToCrashes,
    CrashScenario,
    CrashPlayground,
    NextHole,
    Interleave,
    Step,
    StepOver,
    RunOn,
    RunToEnd,
    OtherCommand,
    FailHere,
    CrashHere,
    SlowHere,
    BreakHere,
    BreakWhen,
    PresetGuide,
    PresetUnitOfWork,
    PresetMended,
    Outwards,
    Inwards,
    Toggle,
}

/// Where an action can be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The screen with the two panes.
    Explore,
    /// The screen on which commands are held.
    Steps,
    /// The screen with the crash matrix.
    Crashes,
    /// The screen with the decision framework.
    Decide,
    /// Any of the screens, while nothing lies over it.
    Screens,
    /// Wherever one is.
    Everywhere,
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
    /// The help.
    Help,
    /// All actions and commands to choose from.
    Palette,
    /// A question that is answered with yes or no.
    Confirm,
}

impl Place {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::Explore,
        Self::Screens,
        Self::Everywhere,
        Self::Steps,
        Self::Crashes,
        Self::Decide,
        Self::Palette,
        Self::Picker,
        Self::Form,
        Self::Prompt,
        Self::Filter,
        Self::Reading,
        Self::Help,
        Self::Confirm,
        Self::Failure,
    ];

    /// Whether it is a screen of its own.
    pub fn is_screen(self) -> bool {
        Tab::ALL.iter().any(|tab| tab.place() == self)
    }

    /// The places whose keys hold here, the one that comes first wins.
    pub fn around(self) -> Vec<Self> {
        let mut around = vec![Self::Everywhere, self];
        if self.is_screen() {
            around.push(Self::Screens);
        }
        around
    }

    /// Its table in a configuration file.
    pub fn table(self) -> &'static str {
        match self {
            Self::Everywhere | Self::Screens | Self::Explore => "keys",
            Self::Steps => "steps-keys",
            Self::Crashes => "crashes-keys",
            Self::Decide => "decide-keys",
            Self::Reading => "reading-keys",
            Self::Failure => "failure-keys",
            Self::Picker => "picker-keys",
            Self::Form => "form-keys",
            Self::Prompt => "prompt-keys",
            Self::Filter => "filter-keys",
            Self::Help => "help-keys",
            Self::Palette => "palette-keys",
            Self::Confirm => "confirm-keys",
        }
    }

    /// Whether letters are typed there.
    pub fn takes_text(self) -> bool {
        matches!(self, Self::Picker | Self::Form | Self::Prompt | Self::Filter | Self::Help | Self::Palette)
    }

    /// How the help names it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Everywhere => "Everywhere",
            Self::Explore => "Explore",
            Self::Steps => "Steps",
            Self::Crashes => "Crashes",
            Self::Decide => "Decide",
            Self::Screens => "Every screen",
            Self::Reading => "Reading",
            Self::Failure => "An error",
            Self::Picker => "Choosing from a list",
            Self::Form => "A form",
            Self::Prompt => "Typing a path",
            Self::Filter => "Typing a filter",
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
        entry(A::Step, P::Explore, &[c('s')], "step", "step mode: hold the next scene's command, or one of your own, at each micro-step"),
        entry(A::Sort, P::Explore, &[c(']')], "sort", "sort what is by the next column; after the last, by creation"),
        entry(A::Turn, P::Explore, &[c('[')], "", "sort the other way round"),
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
        entry(A::Export, P::Explore, &[c('e')], "", "export the pane's list as it is filtered: CSV, JSON or Markdown"),
        entry(A::Copy, P::Explore, &[c('y')], "", "copy the selected row, event or step's statements"),
        entry(A::Reset, P::Explore, &[c('R')], "", "begin anew: take back every input, once you have said yes"),
        entry(A::Wider, P::Explore, &[c('}')], "", "more room for the left pane"),
        entry(A::Narrower, P::Explore, &[c('{')], "", "less room for the left pane"),
        entry(A::Taller, P::Explore, &[c('+')], "", "more room for the trace"),
        entry(A::Lower, P::Explore, &[c('-')], "", "less room for the trace"),

        entry(A::Step, P::Steps, &[c('s')], "step", "go on to the next micro-step, in every world"),
        entry(A::StepOver, P::Steps, &[c('S')], "step over", "go on to the next phase"),
        entry(A::RunOn, P::Steps, &[c('r')], "run", "run to the next breakpoint, or to the end"),
        entry(A::RunToEnd, P::Steps, &[c('e')], "end", "let everything that is held come to its end"),
        entry(A::Commands, P::Steps, &[c('n')], "command", "hold a command at its first step; while one is held, a second beside it"),
        entry(A::NextScene, P::Steps, &[c(' ')], "next scene", "hold the next scene's command, or reveal the answer"),
        entry(A::OtherCommand, P::Steps, &[c('x')], "who moves", "of two commands, it is the other one's turn to move"),
        entry(A::Interleave, P::Steps, &[c('i')], "interleave", "run every interleaving of the two held commands on copies, and list what can come of them"),
        entry(A::FailHere, P::Steps, &[c('f')], "fail", "what comes next fails in this pane's world: the store refuses, a subscriber throws"),
        entry(A::CrashHere, P::Steps, &[c('c')], "crash", "this pane's world is gone where it stands, and its file is opened again"),
        entry(A::SlowHere, P::Steps, &[c('l')], "", "what comes next takes a second longer in this pane's world, by the playground's clock"),
        entry(A::BreakHere, P::Steps, &[c('b')], "break", "a breakpoint at steps of this kind; where there is one, it goes"),
        entry(A::BreakWhen, P::Steps, &[c('B')], "", "type a breakpoint: step, world, event, aggregate, field; or turn one off"),
        entry(A::NextWorld, P::Steps, &[c('w')], "world", "another world in this pane"),
        entry(A::FocusNext, P::Steps, &[Key::TAB], "pane", "the other pane"),
        entry(A::FocusPrevious, P::Steps, &[Key::BACK_TAB], "", "the other pane"),
        entry(A::Up, P::Steps, &[Key::UP, c('k')], "", "what is where, a line up; while nothing is held, the behaviour before"),
        entry(A::Down, P::Steps, &[Key::DOWN, c('j')], "", "a line down; while nothing is held, the next behaviour"),
        entry(A::PageUp, P::Steps, &[Key::PAGE_UP], "", "six lines up"),
        entry(A::PageDown, P::Steps, &[Key::PAGE_DOWN], "", "six lines down"),
        entry(A::First, P::Steps, &[Key::HOME], "", "the first line"),
        entry(A::Last, P::Steps, &[Key::END], "", "the last line"),
        entry(A::PresetGuide, P::Steps, &[c('g')], "", "the policy as the guide writes it"),
        entry(A::PresetUnitOfWork, P::Steps, &[c('o')], "", "the policy of the guide's last section: a unit of work"),
        entry(A::PresetMended, P::Steps, &[c('m')], "", "the mended policy"),
        entry(A::Outwards, P::Steps, &[c('<')], "", "the selected behaviour of the pipeline a box outwards"),
        entry(A::Inwards, P::Steps, &[c('>')], "", "the selected behaviour a box inwards"),
        entry(A::Toggle, P::Steps, &[Key::ENTER], "", "take the selected behaviour out of the pipeline, or put it in"),
        entry(A::Rewind, P::Steps, &[c('u')], "", "take back the last input: the log of inputs is run again without it"),

        entry(A::FirstAnswer, P::Decide, &[c('y'), c('h')], "yes/high", "the first answer to the selected question"),
        entry(A::SecondAnswer, P::Decide, &[c('n'), c('l')], "no/low", "the second answer"),
        entry(A::DontKnow, P::Decide, &[c('d')], "don't know", "answer that you don't know: every branch is followed"),
        entry(A::Choose, P::Decide, &[Key::ENTER, c(' ')], "", "the next answer; in the plan: tick the step, or take the tick away"),
        entry(A::NextAnswer, P::Decide, &[Key::RIGHT], "", "the next answer, around to none"),
        entry(A::PreviousAnswer, P::Decide, &[Key::LEFT], "", "the answer before"),
        entry(A::TakeBack, P::Decide, &[c('x'), Key::DELETE], "", "take the answer back"),
        entry(A::FocusNext, P::Decide, &[Key::TAB], "chart/page", "from the chart to the page beside it, and back"),
        entry(A::NextContext, P::Decide, &[c('t')], "context", "the next context"),
        entry(A::PreviousContext, P::Decide, &[c('T')], "", "the context before"),
        entry(A::AddContext, P::Decide, &[c('a')], "add", "add a context of your own"),
        entry(A::NextPage, P::Decide, &[c('v')], "page", "the next page: advice, answers and weights, the guide's tables, the plan, evidence"),
        entry(A::PreviousPage, P::Decide, &[c('V')], "", "the page before"),
        entry(A::Open, P::Decide, &[c('i')], "about", "what the question means, what the guide and others say, what each answer is worth"),
        entry(A::Heavier, P::Decide, &[c('+')], "", "the selected question counts for more in the recommender"),
        entry(A::Lighter, P::Decide, &[c('-')], "", "it counts for less"),
        entry(A::SaveDecision, P::Decide, &[c('W')], "save", "save the decision as a record (MADR) or as JSON"),
        entry(A::Measure, P::Decide, &[c('e')], "measure", "measure on this machine, with your own numbers"),
        entry(A::EndMeasuring, P::Decide, &[Key::ESC], "", "end the measurement"),
        entry(A::Copy, P::Decide, &[c('c')], "", "copy the record of the decision"),
        entry(A::RemoveContext, P::Decide, &[c('X')], "", "remove the context"),
        entry(A::Clear, P::Decide, &[c('R')], "", "take back every answer about this context"),
        entry(A::FocusPrevious, P::Decide, &[Key::BACK_TAB], "", "the same"),
        entry(A::Up, P::Decide, &[Key::UP, c('k')], "", "the question, step or line before"),
        entry(A::Down, P::Decide, &[Key::DOWN, c('j')], "", "the next question, step or line"),
        entry(A::PageUp, P::Decide, &[Key::PAGE_UP], "", "the page, ten lines up"),
        entry(A::PageDown, P::Decide, &[Key::PAGE_DOWN], "", "the page, ten lines down"),
        entry(A::First, P::Decide, &[Key::HOME, c('g')], "", "the first"),
        entry(A::Last, P::Decide, &[Key::END, c('G')], "", "the last"),

        entry(A::CrashScenario, P::Crashes, &[c('r')], "run", "crash at every micro-step of every command of the open scenario, under each policy, in each world"),
        entry(A::CrashPlayground, P::Crashes, &[c('a')], "run what was put in", "the same with the commands that were put into this playground"),
        entry(A::NextPage, P::Crashes, &[c('t'), Key::TAB], "policy", "the next policy"),
        entry(A::PreviousPage, P::Crashes, &[c('T'), Key::BACK_TAB], "", "the policy before"),
        entry(A::NextHole, P::Crashes, &[c('n')], "next hole", "the next crash that leaves a hole"),
        entry(A::Open, P::Crashes, &[Key::ENTER], "step through it", "the selected crash once more, step by step"),
        entry(A::Up, P::Crashes, &[Key::UP, c('k')], "", "the row before"),
        entry(A::Down, P::Crashes, &[Key::DOWN, c('j')], "", "the next row"),
        entry(A::PreviousAnswer, P::Crashes, &[Key::LEFT, c('h')], "", "the step before"),
        entry(A::NextAnswer, P::Crashes, &[Key::RIGHT, c('l')], "", "the next step"),
        entry(A::PageUp, P::Crashes, &[Key::PAGE_UP], "", "nine rows up"),
        entry(A::PageDown, P::Crashes, &[Key::PAGE_DOWN], "", "nine rows down"),
        entry(A::First, P::Crashes, &[Key::HOME, c('g')], "", "the first row"),
        entry(A::Last, P::Crashes, &[Key::END, c('G')], "", "the last row"),
        entry(A::Clear, P::Crashes, &[Key::ESC], "", "leave the rest of the matrix out"),

        entry(A::ToExplore, P::Screens, &[c('1')], "", "Explore: two worlds side by side, and the trace of the last command"),
        entry(A::ToDecide, P::Screens, &[c('2')], "", "Decide: which pattern suits which context"),
        entry(A::ToSteps, P::Screens, &[c('3')], "", "Steps: a command held at each micro-step, with what is where"),
        entry(A::ToCrashes, P::Screens, &[c('4')], "", "Crashes: a crash at every micro-step, and what each leaves behind"),
        entry(A::Picture, P::Screens, &[c('P')], "", "save a picture of the screen: a drawing, or text"),
        entry(A::Theme, P::Screens, &[Key::ctrl('t')], "", "the next theme: default, projector, mono"),
        entry(A::Mouse, P::Screens, &[c('M')], "", "give the mouse to the terminal, to select text; again: take it back"),
        entry(A::Palette, P::Screens, &[c(':'), Key::ctrl('p')], "palette", "find any action or command by typing a part of it"),
        entry(A::Help, P::Screens, &[c('?'), Key::F1], "help", "this help"),
        entry(A::Quit, P::Screens, &[c('q')], "quit", "leave the window"),

        entry(A::Up, P::Palette, &[Key::UP, Key::ctrl('p')], "", "the entry before"),
        entry(A::Down, P::Palette, &[Key::DOWN, Key::ctrl('n')], "", "the next entry"),
        entry(A::PageUp, P::Palette, &[Key::PAGE_UP], "", "ten entries up"),
        entry(A::PageDown, P::Palette, &[Key::PAGE_DOWN], "", "ten entries down"),
        entry(A::Choose, P::Palette, &[Key::ENTER], "do it", "do what is selected"),
        entry(A::Clear, P::Palette, &[Key::ctrl('u')], "clear", "clear what is typed"),
        entry(A::Close, P::Palette, &[Key::ESC], "close", "close the palette"),

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

        entry(A::Enter, P::Prompt, &[Key::ENTER], "go on", "use what is typed"),
        entry(A::Clear, P::Prompt, &[Key::ctrl('u')], "clear", "clear what is typed"),
        entry(A::Close, P::Prompt, &[Key::ESC], "close", "close it; nothing is done"),

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
            Self::Commands
            | Self::Mend
            | Self::NextScene
            | Self::PlayAll
            | Self::Ask
            | Self::OpenScenario
            | Self::SaveScenario
            | Self::Export
            | Self::Reset
                if !model.is_open() =>
            {
                Err("the playground is still opening")
            }
            Self::Rewind | Self::Reset if model.standing.as_ref().is_none_or(|standing| standing.last.is_none()) => {
                Err("there is nothing to rewind")
            }
            Self::SaveScenario if model.standing.as_ref().is_none_or(|standing| standing.last.is_none()) => {
                Err("nothing was put in yet that could be saved")
            }
            Self::Redo if model.redoable == 0 => Err("there is nothing to redo"),
            Self::NextScene | Self::PlayAll => match &model.scenario {
                None => Err("no scenario is open"),
                Some(playing) if playing.has_ended() => Err("the scenario has ended: all its scenes have been played"),
                Some(_) => tab::allows(model, self),
            },
            Self::Commands | Self::Mend | Self::Redo if model.steps.held && model.tab != Tab::Steps => {
                Err("a command is held at a step; the screen Steps shows it")
            }
            action => tab::allows(model, action),
        }
    }
}
