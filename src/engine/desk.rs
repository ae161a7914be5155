//! A playground, and how requests are worked on there.
//!
//! The engine's thread has one; whoever needs no thread (plain input line by line, a picture of the screen) has one of their own,
//! so that the same request does the same everywhere.

use std::cell::RefCell;

use super::export::Sheet;
use super::files::{self, NotWritten};
use super::messages::{Request, Save, Saving, Steps, Update};
use super::offers::offers;
use super::published::Published;
use super::scenario::{Player, Scenario, Scene, Unplayable};
use super::sift::Sieve;
use super::tally::Tally;
use super::view::{Look, PaneLook, PaneView, View};
use crate::application::commands::Command;
use crate::application::queries::Query;
use crate::kernel::Failure;
use crate::kernel::store::Window;
use crate::world::{Comparison, Opening, Playground, Redone, Stopped};

/// How it tells what it has done.
pub(super) type Tell<'a> = &'a dyn Fn(Update);

/// A playground, and what belongs to looking at it.
pub struct Desk {
    pub(super) playground: Playground,
    published: Published,
    look: Option<Look>,
    pub(super) player: Option<Player>,
    /// The scene whose commands are held.
    pub(super) held: Option<Scene>,
    sieve: RefCell<Sieve>,
    tally: RefCell<Tally>,
}

impl Desk {
    /// Opens a playground, and tells so.
    ///
    /// # Errors
    ///
    /// As [`Playground::open`].
    pub fn open(opening: Opening, tell: Tell<'_>) -> Result<Self, Failure> {
        let mut playground = Playground::open(opening)?;
        playground.watch(true);
        tell(Update::Opened {
            settings: Box::new(playground.settings().clone()),
            path: playground.directory().path().to_owned(),
            notices: playground.take_notices(),
        });
        Ok(Self {
            playground,
            published: Published::default(),
            look: None,
            player: None,
            held: None,
            sieve: RefCell::default(),
            tally: RefCell::default(),
        })
    }

    /// The playground, to read.
    pub fn playground(&self) -> &Playground {
        &self.playground
    }

    /// What one pane would see now.
    ///
    /// # Errors
    ///
    /// When the store fails, or the pane's world is not open.
    pub fn glance(&self, pane: &PaneLook) -> Result<PaneView, Failure> {
        pane.see(&self.playground, &self.published, &mut self.sieve.borrow_mut(), &mut self.tally.borrow_mut())
    }

    /// Does what is asked, and tells what came of it.
    ///
    /// # Errors
    ///
    /// When it cannot be done; what was there before is still there.
    pub fn work_on(&mut self, request: Request, tell: Tell<'_>) -> Result<(), Failure> {
        match request {
            Request::Perform(command) => self.perform(*command, tell),
            Request::SetPolicy(policy) => self.playground.set_policy(policy),
            Request::Look(look) => {
                self.look = Some(look);
                Ok(())
            }
            Request::OpenScenario(scenario) => {
                self.begin(*scenario, tell);
                Ok(())
            }
            Request::ReadScenario(path) => {
                let scenario = Scenario::open(&path).map_err(|error| match error {
                    Unplayable::Unreadable(failure) => failure,
                    Unplayable::Mistaken(mistake) => {
                        Failure::new(mistake.to_string()).remedy("put the file right and open it again")
                    }
                })?;
                self.begin(scenario, tell);
                Ok(())
            }
            Request::Choices { kind, text } => {
                let choices = offers(&self.playground, self.sieve.get_mut(), self.tally.get_mut(), kind, &text)?;
                tell(Update::Choices { kind, text, choices });
                Ok(())
            }
            Request::NextScene => self.play_next(tell),
            Request::Rewind(steps) => self.rewind(steps, tell),
            Request::Redo => self.redo(tell),
            Request::Save(save) => self.save(save, tell),
            Request::Ask(query) => self.ask(&query, tell),
            Request::Begin { command, faults } => self.begin_steps(*command, faults, tell),
            Request::BeginScene => self.begin_scene(tell),
            Request::Go { who, stride } => self.go(who, stride, tell),
            Request::Land => self.go_to_the_end(tell),
            Request::PutInFault { who, fault } => {
                self.playground.put_in_fault(who, fault)?;
                self.stepped(Stopped::There, tell);
                Ok(())
            }
            Request::SetBreakpoints(breakpoints) => {
                self.playground.set_breakpoints(breakpoints)?;
                tell(Update::Breakpoints(self.playground.breakpoints().to_vec()));
                Ok(())
            }
            Request::Breakpoints => {
                tell(Update::Breakpoints(self.playground.breakpoints().to_vec()));
                Ok(())
            }
            Request::Stored { world, stream } => {
                let row = match self.playground.world(world) {
                    Some(world) => world.stored(&stream)?,
                    None => None,
                };
                tell(Update::Stored { world, stream, row: row.map(Box::new) });
                Ok(())
            }
        }
    }

    fn begin(&mut self, scenario: Scenario, tell: Tell<'_>) {
        tell(Update::ScenarioOpened { title: scenario.title.clone(), scenes: scenario.scenes.len() });
        self.player = Some(Player::new(scenario));
    }

    /// What the screen looks at, as it is now; nothing before it has looked.
    ///
    /// # Errors
    ///
    /// When a store fails.
    pub fn see(&self) -> Result<Option<View>, Failure> {
        let Some(look) = &self.look else { return Ok(None) };
        let panes = look.panes.iter().map(|pane| self.glance(pane)).collect::<Result<_, _>>()?;
        Ok(Some(View { panes, last: self.playground.last(), policy: self.playground.policy().badge() }))
    }

    fn perform(&mut self, command: Command, tell: Tell<'_>) -> Result<(), Failure> {
        let comparison = self.playground.perform(command, None, None)?;
        if let Some(player) = &mut self.player {
            player.forget_rewound();
        }
        self.performed(comparison, tell);
        Ok(())
    }

    pub(super) fn performed(&mut self, comparison: Comparison, tell: Tell<'_>) {
        self.take_in(&comparison);
        tell(Update::Performed(Box::new(comparison)));
    }

    pub(super) fn take_in(&mut self, comparison: &Comparison) {
        self.published.take_in(comparison);
        self.tally.get_mut().take_in(comparison);
        self.sieve.get_mut().forget();
    }

    fn play_next(&mut self, tell: Tell<'_>) -> Result<(), Failure> {
        let Some(player) = &mut self.player else {
            return Err(Failure::new("no scenario is open").remedy("open one first"));
        };
        match player.play_next(&mut self.playground)? {
            Some(played) => {
                for comparison in played.comparison.iter().chain(&played.beside) {
                    self.take_in(comparison);
                }
                tell(Update::Played(Box::new(played)));
            }
            None => tell(Update::ScenarioEnded),
        }
        Ok(())
    }

    fn rewind(&mut self, steps: Steps, tell: Tell<'_>) -> Result<(), Failure> {
        if self.playground.is_under_way() {
            // What is held is the last input. It ends before it is taken back, so that the scene it belongs to is left, too.
            self.land(&|_| {})?;
            tell(Update::Landed);
        }
        match steps {
            Steps::Last(steps) => self.playground.rewind(steps)?,
            Steps::All => self.playground.reset()?,
        }
        let last = self.last();
        self.published.forget_after(last);
        self.tally.get_mut().forget();
        self.sieve.get_mut().forget();
        self.rewound(tell);
        Ok(())
    }

    fn redo(&mut self, tell: Tell<'_>) -> Result<(), Failure> {
        match self.playground.redo()? {
            Redone::Command(comparison) => self.performed(*comparison, tell),
            Redone::Together(comparisons) => comparisons.into_iter().for_each(|one| self.performed(one, tell)),
            Redone::Policy => {}
            Redone::Nothing => return Err(Failure::new("there is nothing to redo")),
        }
        self.rewound(tell);
        Ok(())
    }

    fn rewound(&mut self, tell: Tell<'_>) {
        let last = self.last();
        if let Some(player) = &mut self.player {
            player.go_to(last);
        }
        tell(Update::Rewound {
            last,
            redoable: self.playground.redoable(),
            scene: self.player.as_ref().and_then(Player::last_played),
        });
    }

    fn last(&self) -> u64 {
        self.playground.last().map_or(0, |(number, _)| number)
    }

    fn save(&self, save: Save, tell: Tell<'_>) -> Result<(), Failure> {
        let (what, text) = match &save.what {
            Saving::Scenario { title } => ("the scenario".to_owned(), Scenario::of(&self.playground, title)?.to_toml()),
            Saving::List(look, format) => {
                let whole = PaneLook { window: Window::ALL, reveal: None, ..look.clone() };
                let seen = self.glance(&whole)?;
                let sheet = Sheet::of(&seen);
                let rows = seen.rows.len() + seen.facts.len();
                let bound = if seen.bound.is_some() { ", of which a search found the first" } else { "" };
                (format!("{rows} {}{bound}", if rows == 1 { "row" } else { "rows" }), sheet.to_text(*format))
            }
            Saving::Text { what, text } => ((*what).to_owned(), text.clone()),
        };
        match files::write(&save.path, &text, save.replace) {
            Ok(()) => tell(Update::Saved { path: save.path, what }),
            Err(NotWritten::Exists) => tell(Update::Exists(save)),
            Err(NotWritten::Failed(failure)) => return Err(failure),
        }
        Ok(())
    }

    fn ask(&self, query: &Query, tell: Tell<'_>) -> Result<(), Failure> {
        let replies = self.playground.ask(query)?;
        tell(Update::Answered { query: query.description().name, replies });
        Ok(())
    }
}
