//! Step mode at the desk: commands that are held at each micro-step.

use chrono::TimeDelta;

use super::desk::{Desk, Tell};
use super::messages::{Commands, Steps, Update};
use crate::application::commands::Command;
use crate::kernel::{Failure, Timestamp};
use crate::world::{CommandInput, Fault, Input, Policy, Stopped, Stride};

impl Desk {
    /// A command is put in and held at its first step.
    pub(super) fn begin_steps(&mut self, command: Command, faults: Vec<Fault>, tell: Tell<'_>) -> Result<(), Failure> {
        self.playground.begin(command, None, None, faults)?;
        if let Some(player) = self.player.as_mut().filter(|_| self.held.is_none()) {
            player.forget_rewound();
        }
        self.stepped(Stopped::There, tell);
        Ok(())
    }

    /// The playground begins anew under a policy and goes on up to a scene, or to a command that was put in; that one is held, with a
    /// fault on its way.
    pub(super) fn reenact(
        &mut self,
        of: Commands,
        upto: usize,
        who: usize,
        (policy, fault): (Policy, Fault),
        tell: Tell<'_>,
    ) -> Result<(), Failure> {
        let inputs = match of {
            Commands::Scenario => Vec::new(),
            Commands::Playground => self.commands_upto(upto)?,
        };
        self.rewind(Steps::All, tell)?;
        self.playground.set_policy(policy.clone())?;
        match of {
            Commands::Scenario => self.replay_scenes(upto, &policy, tell)?,
            Commands::Playground => self.replay_commands(inputs, tell)?,
        }
        self.playground.put_in_fault(who, fault)?;
        self.stepped(Stopped::There, tell);
        Ok(())
    }

    /// What was put in up to a number. Whatever cannot be read is found before anything is taken back.
    fn commands_upto(&self, number: usize) -> Result<Vec<(Command, CommandInput)>, Failure> {
        let inputs = self.playground.inputs()?.into_iter().flat_map(Input::commands);
        let wanted = inputs.filter(|input| usize::try_from(input.n).is_ok_and(|n| n <= number));
        wanted
            .map(|input| match Command::read(&input.command, &input.with) {
                Ok(command) => Ok((command, input)),
                Err(error) => Err(Failure::new(format!("input {}: {error}", input.n))),
            })
            .collect()
    }

    /// All scenes before one, whatever they say about the policy; that one is held.
    fn replay_scenes(&mut self, upto: usize, policy: &Policy, tell: Tell<'_>) -> Result<(), Failure> {
        while self.player.as_ref().is_some_and(|player| player.played() + 1 < upto) {
            self.play_next(tell)?;
            self.playground.set_policy(policy.clone())?;
        }
        self.begin_scene(tell)
    }

    /// All commands but the last; that one is held.
    fn replay_commands(&mut self, mut inputs: Vec<(Command, CommandInput)>, tell: Tell<'_>) -> Result<(), Failure> {
        let Some((held, last)) = inputs.pop() else { return Err(Failure::new("no such command was put in")) };
        let mut now: Option<Timestamp> = None;
        let mut after = |at: Timestamp| {
            let before = now.replace(at);
            before.map(|before| TimeDelta::milliseconds(at.millis() - before.millis()))
        };
        for (command, input) in inputs {
            let comparison = self.playground.perform(command, after(input.at), input.name)?;
            self.take_in(&comparison);
        }
        self.playground.begin(held, after(last.at), last.name, Vec::new())?;
        self.stepped(Stopped::There, tell);
        Ok(())
    }

    /// The commands of the next scene are held at their first step.
    pub(super) fn begin_scene(&mut self, tell: Tell<'_>) -> Result<(), Failure> {
        if self.playground.is_under_way() {
            return Err(Failure::new("a command is on its way, held at a step").remedy("let it go on to its end first"));
        }
        let Some(player) = &mut self.player else {
            return Err(Failure::new("no scenario is open").remedy("open one first"));
        };
        let Some(scene) = player.begin_next(&mut self.playground)? else {
            tell(Update::ScenarioEnded);
            return Ok(());
        };
        let holds = scene.doing.is_some();
        tell(Update::SceneBegun(Box::new(scene.clone())));
        self.held = Some(scene);
        if holds {
            self.stepped(Stopped::There, tell);
            return Ok(());
        }
        self.land(tell)
    }

    /// One of them goes on.
    pub(super) fn go(&mut self, who: usize, stride: Stride, tell: Tell<'_>) -> Result<(), Failure> {
        let stopped = self.playground.go(who, stride)?;
        self.stepped(stopped, tell);
        let over = self
            .playground
            .standing()
            .is_none_or(|standing| (0..standing.inputs.len()).all(|who| standing.is_over(who)));
        if over { self.land(tell) } else { Ok(()) }
    }

    /// Everything that is held goes to its end; where it stands there is told before what came of it.
    pub(super) fn go_to_the_end(&mut self, tell: Tell<'_>) -> Result<(), Failure> {
        let commands = self.playground.standing().map_or(0, |standing| standing.inputs.len());
        for who in 0..commands {
            if self.playground.standing().is_some_and(|standing| !standing.is_over(who)) {
                self.playground.go(who, Stride::End)?;
            }
        }
        self.stepped(Stopped::Over, tell);
        self.land(tell)
    }

    /// Everything that is held goes to its end, and what came of it is told.
    pub(super) fn land(&mut self, tell: Tell<'_>) -> Result<(), Failure> {
        let comparisons = self.playground.land()?;
        match (self.held.take(), &mut self.player) {
            (Some(scene), Some(player)) => {
                let played = player.leave(scene, comparisons, &self.playground)?;
                for comparison in played.comparison.iter().chain(&played.beside) {
                    self.take_in(comparison);
                }
                tell(Update::Played(Box::new(played)));
            }
            _ => comparisons.into_iter().for_each(|comparison| self.performed(comparison, tell)),
        }
        tell(Update::Landed);
        Ok(())
    }

    pub(super) fn stepped(&self, stopped: Stopped, tell: Tell<'_>) {
        if let Some(standing) = self.playground.standing() {
            tell(Update::Stepped { standing: Box::new(standing), stopped });
        }
    }
}
