//! What goes through the engine's channel: requests in, updates out.

use std::path::PathBuf;

use super::export::Format;
use super::offers::Offer;
use super::scenario::{Played, Scenario, Scene};
use super::view::{Look, PaneLook, View};
use crate::application::commands::Command;
use crate::application::queries::Query;
use crate::kernel::Failure;
use crate::world::{
    Breakpoint, Comparison, Fault, Policy, QueryReply, Settings, Standing, Stopped, StoredRow, Stride, WorldKind,
};

/// What can be asked of the engine.
#[derive(Debug)]
pub enum Request {
    /// Perform a command in every world.
    Perform(Box<Command>),
    /// Another policy from here on.
    SetPolicy(Policy),
    /// From now on, this is what the screen shows.
    Look(Look),
    /// Another scenario, from its start.
    OpenScenario(Box<Scenario>),
    /// Play the next scene of the scenario that is open.
    NextScene,
    /// Take back the last inputs: so many, or all.
    Rewind(Steps),
    /// Put the next input in again that was taken back.
    Redo,
    /// Write a file.
    Save(Save),
    /// Ask every world the same question.
    Ask(Box<Query>),
    /// What exists of a kind, for a field that takes its id.
    Choices {
        /// The aggregate's name: `product`.
        kind: &'static str,
        /// What its row must hold.
        text: String,
    },
    /// A scenario from a file, or a built-in one by its name.
    ReadScenario(PathBuf),
    /// Step mode: put a command in and hold it at its first step; while one is held, begin a second one beside it. Answered by
    /// [`Update::Stepped`].
    Begin {
        /// The command.
        command: Box<Command>,
        /// What goes wrong on its way.
        faults: Vec<Fault>,
    },
    /// Step mode for the next scene of the open scenario. A scene without a command is played at once.
    BeginScene,
    /// Let one of the held commands go on: to the next step, phase or breakpoint, or to its end. When every one is over, what came of
    /// them is told as if they had been performed, and [`Update::Landed`] follows.
    Go {
        /// Which: 0 for the first, 1 for the second.
        who: usize,
        /// How far.
        stride: Stride,
    },
    /// Let everything that is held go to its end, whoever began first going first.
    Land,
    /// Put a fault into a held command. Where it stands at that step, it strikes when it goes on.
    PutInFault {
        /// Which: 0 for the first, 1 for the second.
        who: usize,
        /// What, where.
        fault: Fault,
    },
    /// Another list of breakpoints; it is kept with the playground. Answered by [`Update::Breakpoints`].
    SetBreakpoints(Vec<Breakpoint>),
    /// Which breakpoints there are.
    Breakpoints,
    /// How one aggregate is stored in a world, by its stream.
    Stored {
        /// In which world.
        world: WorldKind,
        /// `product-<id>`.
        stream: String,
    },
}

/// How far to go back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Steps {
    /// So many inputs.
    Last(usize),
    /// To the beginning.
    All,
}

/// A file to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Save {
    /// Where.
    pub path: PathBuf,
    /// What is in it.
    pub what: Saving,
    /// Whether a file that is there may be replaced.
    pub replace: bool,
}

/// What can be written to a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Saving {
    /// What was put in, as a scenario.
    Scenario {
        /// What it is called.
        title: String,
    },
    /// The whole list of which a pane shows a part, as it is sifted there; facts oldest first.
    List(PaneLook, Format),
    /// A text that the window has made: a picture of the screen, a decision.
    Text {
        /// What it is, in two words.
        what: &'static str,
        /// It.
        text: String,
    },
}

/// What the engine has to say.
#[derive(Debug)]
pub enum Update {
    /// The playground is open.
    Opened {
        /// What it was begun with.
        settings: Box<Settings>,
        /// Where it is.
        path: PathBuf,
        /// What opening it has to say.
        notices: Vec<String>,
    },
    /// A command has been performed.
    Performed(Box<Comparison>),
    /// A scenario is ready to be played.
    ScenarioOpened {
        /// What it is about.
        title: String,
        /// How many scenes it has.
        scenes: usize,
    },
    /// A scene has been played.
    Played(Box<Played>),
    /// There is no further scene.
    ScenarioEnded,
    /// Inputs were taken back, or put in again without a command among them.
    Rewound {
        /// The number of the last command that is left; 0 for none.
        last: u64,
        /// How many commands can be redone.
        redoable: usize,
        /// Where the open scenario stands: how many scenes count as played, and the last of them.
        scene: Option<(usize, Box<Scene>)>,
    },
    /// A file was written.
    Saved {
        /// Where.
        path: PathBuf,
        /// What is in it, in a word or two: `12 rows`.
        what: String,
    },
    /// There is such a file already, and it was left alone.
    Exists(Save),
    /// What exists of a kind.
    Choices {
        /// The aggregate's name: `product`.
        kind: &'static str,
        /// What its rows hold.
        text: String,
        /// Some hundred at most, in order of creation.
        choices: Vec<Offer>,
    },
    /// What each world answers.
    Answered {
        /// The query's name.
        query: &'static str,
        /// A reply of each world.
        replies: Vec<QueryReply>,
    },
    /// How an aggregate is stored.
    Stored {
        /// In which world.
        world: WorldKind,
        /// `product-<id>`.
        stream: String,
        /// Its row; `None` where it has none, only facts.
        row: Option<Box<StoredRow>>,
    },
    /// Where everything stands that is held in step mode, and why it stopped there.
    Stepped {
        /// Each command's way in each world, and what is where.
        standing: Box<Standing>,
        /// Why.
        stopped: Stopped,
    },
    /// A scene has begun in step mode, whose caption belongs to what is held.
    SceneBegun(Box<Scene>),
    /// Nothing is held any more: everything has come to its end.
    Landed,
    /// The breakpoints.
    Breakpoints(Vec<Breakpoint>),
    /// What the screen looks at, as it is now.
    Seen(Box<View>),
    /// Something failed; the engine goes on, unless the playground could not be opened.
    Failed(Failure),
}
