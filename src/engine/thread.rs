//! The engine's thread.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use super::desk::Desk;
use super::scenario::{Played, Scenario, Scene};
use super::view::{Look, View};
use crate::application::commands::Command;
use crate::application::queries::Query;
use crate::kernel::Failure;
use crate::world::{Comparison, Opening, Policy, QueryReply, Settings, StoredRow, WorldKind};

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
    /// Write what was put in as a scenario.
    Save(Save),
    /// Ask every world the same question.
    Ask(Box<Query>),
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

/// A scenario file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Save {
    /// Where.
    pub path: PathBuf,
    /// What the scenario is called.
    pub title: String,
    /// Whether a file that is there may be replaced.
    pub replace: bool,
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
    /// A scenario was written.
    Saved(PathBuf),
    /// There is such a file already, and it was left alone.
    Exists(Save),
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
    /// What the screen looks at, as it is now.
    Seen(Box<View>),
    /// Something failed; the engine goes on, unless the playground could not be opened.
    Failed(Failure),
}

/// The handle to the thread. When it is dropped, the thread ends what it is doing, closes the playground and ends.
#[derive(Debug)]
pub struct Engine {
    requests: Option<Sender<Request>>,
    thread: Option<JoinHandle<()>>,
}

impl Engine {
    /// Opens a playground on a new thread. `tell` is called there with each update.
    ///
    /// # Errors
    ///
    /// When the system gives no thread.
    pub fn start(opening: Opening, tell: impl Fn(Update) + Send + 'static) -> Result<Self, Failure> {
        let (requests, inbox) = channel();
        let thread = std::thread::Builder::new()
            .name("engine".to_owned())
            .spawn(move || run(opening, &inbox, &tell))
            .map_err(|error| Failure::new(format!("the engine cannot be started: {error}")))?;
        Ok(Self { requests: Some(requests), thread: Some(thread) })
    }

    /// Asks for something. After the engine has failed to open its playground, nothing happens.
    pub fn ask(&self, request: Request) {
        if let Some(requests) = &self.requests {
            // An engine that is gone has already told why.
            let _ = requests.send(request);
        }
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.requests.take();
        if let Some(thread) = self.thread.take() {
            // A panic there has been reported by the panic hook already.
            let _ = thread.join();
        }
    }
}

fn run(opening: Opening, inbox: &Receiver<Request>, tell: &dyn Fn(Update)) {
    let mut desk = match Desk::open(opening, tell) {
        Ok(desk) => desk,
        Err(failure) => return tell(Update::Failed(failure)),
    };
    while let Ok(first) = inbox.recv() {
        for request in std::iter::once(first).chain(inbox.try_iter()) {
            if let Err(failure) = desk.work_on(request, tell) {
                tell(Update::Failed(failure));
            }
        }
        match desk.see() {
            Ok(Some(view)) => tell(Update::Seen(Box::new(view))),
            Ok(None) => {}
            Err(failure) => tell(Update::Failed(failure)),
        }
    }
}
