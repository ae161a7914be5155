//! Two commands at once, in an order that is known before they begin.

use chrono::TimeDelta;

use super::{Comparison, Playground, circumstances};
use crate::application::commands::Command;
use crate::kernel::call::Circumstances;
use crate::kernel::{Failure, Timestamp};
use crate::world::fault::Fault;
use crate::world::inputs::{CommandInput, Input};
use crate::world::lane::Lane;
use crate::world::order::Order;
use crate::world::playground::WorldReply;
use crate::world::world::World;

/// One of two commands that are put in at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The command.
    pub command: Command,
    /// What a scenario calls the id that it begins.
    pub name: Option<String>,
    /// What goes wrong on its way.
    pub faults: Vec<Fault>,
}

impl Playground {
    /// Gives two commands to every world at once, and compares what comes of each. They happen at the same time, `after` the last
    /// command or a clock step later.
    ///
    /// # Errors
    ///
    /// As [`Playground::perform`].
    pub fn perform_together(
        &mut self,
        parts: [Part; 2],
        after: Option<TimeDelta>,
        order: Order,
    ) -> Result<Vec<Comparison>, Failure> {
        self.nothing_under_way()?;
        let [first, second] = parts;
        let one = self.next_input(&first.command, after, first.name, first.faults)?;
        let mut other = self.next_input(&second.command, after, second.name, second.faults)?;
        other.n += 1;
        self.redo.clear();
        self.put_in_together(vec![one, other], order)
    }

    /// Logs two inputs, then gives them to every world.
    pub(super) fn put_in_together(
        &mut self,
        together: Vec<CommandInput>,
        order: Order,
    ) -> Result<Vec<Comparison>, Failure> {
        let commands = together.iter().map(|input| self.read_input(input)).collect::<Result<Vec<_>, _>>()?;
        self.inputs.append(&Input::Together { together: together.clone(), order: order.clone() })?;
        let not_before = self.last.map_or(self.settings.start, |(_, at)| at);
        self.last = super::last_of(&together).map(|(number, over)| (number, over.max(not_before)));
        let seed = self.settings.seed;
        let mut replies = Vec::new();
        for world in &mut self.worlds {
            replies.push(through(world, &commands, &together, &order, seed, not_before)?);
        }
        self.compared_each(together, replies)
    }
}

/// Two commands through one world.
pub(super) fn through(
    world: &mut World,
    commands: &[Command],
    inputs: &[CommandInput],
    order: &Order,
    seed: u64,
    not_before: Timestamp,
) -> Result<Vec<WorldReply>, Failure> {
    let parts: Vec<(Command, Circumstances<'_>, &[Fault])> = commands
        .iter()
        .zip(inputs)
        .map(|(command, input)| (command.clone(), circumstances(seed, input, not_before), &*input.faults))
        .collect();
    Lane::together(world, &parts, order)
}
