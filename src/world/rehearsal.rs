//! Two commands through one world, moved by hand: for experiments outside of any playground.

use super::fault::Place;
use super::lane::{Lane, Watch};
use super::playground::WorldReply;
use super::world::World;
use crate::application::commands::Command;
use crate::kernel::Failure;
use crate::kernel::call::Circumstances;

/// Two commands on their way through a world.
pub struct Rehearsal {
    world: World,
    lane: Lane,
}

impl Rehearsal {
    /// Neither has taken a step yet.
    pub fn of(world: World, commands: [(Command, Circumstances<'_>); 2]) -> Self {
        let mut lane = Lane::of(world.kind());
        for (command, of) in commands {
            lane.send(&world, command, of, &[], Watch::Hold);
        }
        Self { world, lane }
    }

    /// One of them takes a step.
    ///
    /// # Errors
    ///
    /// When the store cannot say what the machine needs to know; what fails within a command is its answer.
    pub fn step(&mut self, who: usize) -> Result<(), Failure> {
        self.lane.advance(&mut self.world, who)
    }

    /// Whether this one is over.
    pub fn is_over(&self, who: usize) -> bool {
        self.lane.is_over(who)
    }

    /// The step at which this one stands.
    pub fn at(&self, who: usize) -> Option<Place> {
        self.lane.at(who)
    }

    /// The world, and what came of those that are over.
    pub fn end(self) -> (World, Vec<WorldReply>) {
        (self.world, self.lane.end())
    }
}
