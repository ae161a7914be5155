//! Playing a scenario, scene by scene.

use std::collections::BTreeMap;

use serde_json::Value;

use super::names::{self, Reference};
use super::{Doing, Expect, Scenario, Scene};
use crate::application::commands::Command;
use crate::application::fields::Description;
use crate::kernel::Failure;
use crate::world::{Comparison, Part, Playground, WorldReply};

/// A scenario, and how far it has been played.
#[derive(Debug, Clone)]
pub struct Player {
    scenario: Scenario,
    next: usize,
    names: BTreeMap<String, String>,
    /// The number of the last input after each scene that was played.
    inputs: Vec<u64>,
}

/// A scene that has been played.
#[derive(Debug, Clone, PartialEq)]
pub struct Played {
    /// Its number, from 1; scenes with nothing but a caption count.
    pub number: usize,
    /// The scene.
    pub scene: Scene,
    /// What came of its command; nothing where it has none.
    pub comparison: Option<Comparison>,
    /// What came of the command beside it.
    pub beside: Option<Comparison>,
    /// The first expectation that was not met: the world, what was expected, and what came.
    pub unmet: Option<String>,
}

impl Player {
    /// At the start of a scenario.
    pub fn new(scenario: Scenario) -> Self {
        Self { scenario, next: 0, names: BTreeMap::new(), inputs: Vec::new() }
    }

    /// What is played.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The scene that is played next.
    pub fn upcoming(&self) -> Option<&Scene> {
        self.scenario.scenes.get(self.next)
    }

    /// How many scenes have been played.
    pub fn played(&self) -> usize {
        self.next
    }

    /// The scene that was played last, with its number.
    pub fn last_played(&self) -> Option<(usize, Box<Scene>)> {
        let scene = self.scenario.scenes.get(self.next.checked_sub(1)?)?;
        Some((self.next, Box::new(scene.clone())))
    }

    /// The ids that names stand for so far.
    pub fn names(&self) -> &BTreeMap<String, String> {
        &self.names
    }

    /// Plays the next scene; `None` when there is no more.
    ///
    /// # Errors
    ///
    /// When the playground fails, or the scene needs an id that no earlier scene has come to create.
    pub fn play_next(&mut self, playground: &mut Playground) -> Result<Option<Played>, Failure> {
        let Some(scene) = self.enter(playground)? else { return Ok(None) };
        let comparisons = match &scene.doing {
            Some(doing) => self.perform(doing, playground)?,
            None => Vec::new(),
        };
        self.leave(scene, comparisons, playground).map(Some)
    }

    /// Begins the next scene in step mode: its commands are held at their first step. `None` when there is no more.
    ///
    /// # Errors
    ///
    /// As [`Player::play_next`].
    pub fn begin_next(&mut self, playground: &mut Playground) -> Result<Option<Scene>, Failure> {
        let Some(scene) = self.enter(playground)? else { return Ok(None) };
        if let Some(doing) = &scene.doing {
            let beside = doing.beside.as_ref().map(|beside| &beside.doing);
            for (doing, after) in std::iter::once((doing, doing.after)).chain(beside.map(|doing| (doing, None))) {
                let Part { command, name, faults } = self.part(doing)?;
                playground.begin(command, after, name, faults)?;
            }
        }
        Ok(Some(scene))
    }

    /// Goes on to the next scene.
    fn enter(&mut self, playground: &mut Playground) -> Result<Option<Scene>, Failure> {
        let Some(scene) = self.scenario.scenes.get(self.next).cloned() else { return Ok(None) };
        self.forget_rewound();
        self.next += 1;
        if let Some(policy) = &scene.set_policy {
            playground.set_policy(policy.clone())?;
        }
        Ok(Some(scene))
    }

    /// A scene is over: what came of its commands is compared with what was expected, and names are bound.
    ///
    /// # Errors
    ///
    /// When an expected text names what no earlier scene has come to create.
    pub fn leave(
        &mut self,
        scene: Scene,
        comparisons: Vec<Comparison>,
        playground: &Playground,
    ) -> Result<Played, Failure> {
        let mut played = Played { number: self.next, scene, comparison: None, beside: None, unmet: None };
        if let Some(doing) = &played.scene.doing {
            let mut comparisons = comparisons.into_iter();
            let alone = doing.beside.is_none();
            let all = [Some(doing), doing.beside.as_ref().map(|beside| &beside.doing)];
            for (doing, slot) in all.into_iter().flatten().zip([&mut played.comparison, &mut played.beside]) {
                *slot = comparisons.next();
                let Some(comparison) = slot else { continue };
                let expect = self.filled(doing)?;
                // Where something goes wrong on purpose, or two meet, what comes of it is what one wants to see.
                let spared = |reply: &&WorldReply| {
                    (alone || expect.is_some()) && !comparison.input.faults.iter().any(|fault| fault.hits(reply.world))
                };
                let unmet = comparison.worlds.iter().filter(spared).find_map(|reply| unmet(expect.as_ref(), reply));
                played.unmet = played.unmet.take().or(unmet);
                self.bind(doing, comparison);
            }
        }
        self.inputs.push(playground.last().map_or(0, |(number, _)| number));
        Ok(played)
    }

    /// Stands where it stood after this input: inputs after it were rewound, or this one was redone.
    pub fn go_to(&mut self, input: u64) {
        self.next = self.inputs.iter().take_while(|number| **number <= input).count();
    }

    /// What was rewound will not be redone: something else was put in.
    pub fn forget_rewound(&mut self) {
        self.inputs.truncate(self.next);
    }

    fn perform(&self, doing: &Doing, playground: &mut Playground) -> Result<Vec<Comparison>, Failure> {
        let first = self.part(doing)?;
        let Some(beside) = &doing.beside else {
            let Part { command, name, faults } = first;
            return Ok(vec![playground.perform_with(command, doing.after, name, faults)?]);
        };
        let second = self.part(&beside.doing)?;
        playground.perform_together([first, second], doing.after, beside.order.clone())
    }

    fn part(&self, doing: &Doing) -> Result<Part, Failure> {
        Ok(Part { command: self.command(doing)?, name: doing.name.clone(), faults: doing.faults.clone() })
    }

    /// The command of a scene, with ids in place of names.
    ///
    /// # Errors
    ///
    /// When a name stands for nothing yet.
    pub fn command(&self, doing: &Doing) -> Result<Command, Failure> {
        let mut with = doing.with.clone();
        if let Some(description) = description(doing) {
            names::for_each_id(description, &mut with, |_, id| {
                *id = match Reference::read(id) {
                    Reference::Name(name) => self.id(name)?,
                    Reference::Id(text) => text.to_owned(),
                };
                Ok::<(), Failure>(())
            })?;
        }
        Command::read(&doing.command, &with).map_err(|error| self.failure(error.to_string()))
    }

    /// Binds the id that the first world to succeed has created.
    fn bind(&mut self, doing: &Doing, comparison: &Comparison) {
        let Some(name) = &doing.name else { return };
        let Some(field) = description(doing).and_then(|description| description.creates) else { return };
        let ids = comparison.worlds.iter().filter(|one| one.reply.result.is_success());
        let mut ids = ids.filter_map(|one| one.reply.result.result.as_ref()?.get(field).and_then(Value::as_str));
        if let Some(id) = ids.next() {
            self.names.insert(name.clone(), id.to_owned());
        }
    }

    /// The expectation, with ids in place of names.
    fn filled(&self, doing: &Doing) -> Result<Option<Expect>, Failure> {
        let Some(mut expect) = doing.expect.clone() else { return Ok(None) };
        if let Some(text) = &expect.error {
            let filled = names::fill_in(text, |name| self.names.get(name).cloned());
            expect.error = Some(filled.map_err(|name| self.unbound(&name))?);
        }
        Ok(Some(expect))
    }

    fn id(&self, name: &str) -> Result<String, Failure> {
        self.names.get(name).cloned().ok_or_else(|| self.unbound(name))
    }

    fn unbound(&self, name: &str) -> Failure {
        self.failure(format!("@{name} names nothing: the scene that should have created it did not"))
    }

    fn failure(&self, what: String) -> Failure {
        Failure::new(format!("scene {}: {what}", self.next))
    }
}

fn description(doing: &Doing) -> Option<&'static Description> {
    Command::ALL.iter().find(|description| description.name == doing.command)
}

/// What was expected of a world and did not come.
fn unmet(expect: Option<&Expect>, reply: &WorldReply) -> Option<String> {
    let result = &reply.reply.result;
    let met = match expect {
        None => result.is_success(),
        Some(expect) => {
            expect.status.is_none_or(|status| status == result.status.0)
                && expect.error.as_ref().is_none_or(|error| result.error.as_ref() == Some(error))
        }
    };
    if met {
        return None;
    }
    let expected = match expect {
        None => "a success".to_owned(),
        Some(Expect { status: Some(status), error: Some(error) }) => format!("{status} \"{error}\""),
        Some(Expect { status: Some(status), error: None }) => status.to_string(),
        Some(Expect { error, .. }) => format!("the error \"{}\"", error.as_deref().unwrap_or_default()),
    };
    let got = match &result.error {
        None => result.status.to_string(),
        Some(error) => format!("{} \"{error}\"", result.status),
    };
    Some(format!("{}: expected {expected}, got {got}", reply.world.name()))
}
