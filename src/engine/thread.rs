//! The engine's thread.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use super::published::Published;
use super::scenario::{Played, Player, Scenario};
use super::view::{Look, View};
use crate::application::commands::Command;
use crate::kernel::Failure;
use crate::world::{Comparison, Opening, Playground, Policy, Settings};

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
}

/// What the engine has to say.
#[derive(Debug)]
pub enum Update {
    /// The playground is open.
    Opened {
        /// What it was begun with.
        settings: Box<Settings>,
        /// Where it is.
        path: std::path::PathBuf,
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
    let mut playground = match Playground::open(opening) {
        Ok(playground) => playground,
        Err(failure) => return tell(Update::Failed(failure)),
    };
    playground.watch(true);
    tell(Update::Opened {
        settings: Box::new(playground.settings().clone()),
        path: playground.directory().path().to_owned(),
        notices: playground.take_notices(),
    });
    let mut desk = Desk { playground, published: Published::default(), look: None, player: None };
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

/// What the thread works with.
struct Desk {
    playground: Playground,
    published: Published,
    look: Option<Look>,
    player: Option<Player>,
}

impl Desk {
    fn work_on(&mut self, request: Request, tell: &dyn Fn(Update)) -> Result<(), Failure> {
        match request {
            Request::Perform(command) => {
                let comparison = self.playground.perform(*command, None, None)?;
                self.published.take_in(&comparison);
                tell(Update::Performed(Box::new(comparison)));
            }
            Request::SetPolicy(policy) => self.playground.set_policy(policy)?,
            Request::Look(look) => self.look = Some(look),
            Request::OpenScenario(scenario) => {
                tell(Update::ScenarioOpened { title: scenario.title.clone(), scenes: scenario.scenes.len() });
                self.player = Some(Player::new(*scenario));
            }
            Request::NextScene => {
                let Some(player) = &mut self.player else {
                    return Err(Failure::new("no scenario is open").remedy("open one first"));
                };
                match player.play_next(&mut self.playground)? {
                    Some(played) => {
                        if let Some(comparison) = &played.comparison {
                            self.published.take_in(comparison);
                        }
                        tell(Update::Played(Box::new(played)));
                    }
                    None => tell(Update::ScenarioEnded),
                }
            }
        }
        Ok(())
    }

    fn see(&self) -> Result<Option<View>, Failure> {
        let Some(look) = &self.look else { return Ok(None) };
        let panes =
            look.panes.iter().map(|pane| pane.see(&self.playground, &self.published)).collect::<Result<_, _>>()?;
        Ok(Some(View { panes, last: self.playground.last(), policy: self.playground.policy().badge() }))
    }
}
