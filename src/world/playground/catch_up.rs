//! What opening a playground puts right after a crash: worlds that were left behind, deliveries that were not made.

use std::rc::Rc;

use super::{Playground, circumstances, finish, last_of, together};
use crate::kernel::Failure;
use crate::world::inputs::{Input, Setting};
use crate::world::lane::Lane;
use crate::world::policy::Policy;
use crate::world::world::World;

impl Playground {
    /// Gives a world the inputs after its own number, under the policy each of them had. Inputs that wrote nothing are given again,
    /// and write nothing again.
    pub(super) fn catch_up(&mut self) -> Result<(), Failure> {
        let last = self.last.map_or(0, |(number, _)| number);
        let ahead = self.worlds.iter().map(World::last_input).max().unwrap_or_default();
        if ahead > last {
            self.notices.push(format!(
                "the log of inputs ends at {last}, but a world has written input {ahead}: a power cut took the log's end"
            ));
            let at = self.last.map_or(self.settings.start, |(_, at)| at);
            self.last = Some((ahead, at));
        }
        if self.worlds.iter().all(|world| world.last_input() >= last) {
            return self.deliver_all();
        }
        let mut policy = Rc::new(Policy::guide());
        let mut not_before = self.settings.start;
        for input in self.inputs.read()? {
            match input {
                Input::Set { set: Setting::Policy(text) } => {
                    policy = Rc::new(text.parse().map_err(|error: String| self.unreadable(&error))?);
                }
                Input::Command(input) => {
                    let command = self.read_input(&input)?;
                    let seed = self.settings.seed;
                    for world in self.worlds.iter_mut().filter(|world| world.last_input() < input.n) {
                        world.set_policy(Rc::clone(&policy));
                        let of = circumstances(seed, &input, not_before);
                        Lane::through(world, command.clone(), of, &input.faults, false)?;
                    }
                    not_before = not_before.max(input.over());
                }
                Input::Together { together, order } => {
                    let commands = together.iter().map(|one| self.read_input(one)).collect::<Result<Vec<_>, _>>()?;
                    let Some((number, over)) = last_of(&together) else { continue };
                    let seed = self.settings.seed;
                    for world in self.worlds.iter_mut().filter(|world| world.last_input() + 1 < number) {
                        world.set_policy(Rc::clone(&policy));
                        together::through(world, &commands, &together, &order, seed, not_before)?;
                    }
                    not_before = not_before.max(over);
                }
            }
        }
        for world in &self.worlds {
            world.set_policy(Rc::clone(&self.policy));
        }
        self.deliver_all()
    }

    /// The machine's clock may have jumped back before the last input; recorded time goes on from the last that a log has.
    pub(super) fn never_backwards(&mut self) -> Result<(), Failure> {
        for world in &self.worlds {
            if let (Some((_, last)), Some(recorded)) = (&mut self.last, world.last_recorded()?) {
                *last = recorded.max(*last);
            }
        }
        Ok(())
    }

    /// What a crash left in an outbox, or unread in a log.
    fn deliver_all(&mut self) -> Result<(), Failure> {
        for world in &self.worlds {
            if let Err(failure) = finish(world.deliver())? {
                self.notices.push(format!("{}: not delivered yet: {failure}", world.kind().name()));
            }
        }
        Ok(())
    }
}
