//! Step mode at the desk: commands that are held at each micro-step.

use super::desk::{Desk, Tell};
use super::messages::Update;
use crate::application::commands::Command;
use crate::kernel::Failure;
use crate::world::{Fault, Stopped, Stride};

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
