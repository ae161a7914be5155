//! Rewind: the log of inputs run again without its end, and redo: its end put in again.
//!
//! Rewinding is the laboratory's, not the shop's: inside a world nothing is ever removed from a log, and the undo of a fact is
//! another command. The worlds are built anew beside the old ones and swapped in; a crash on the way leaves a longer log than
//! some worlds know, and opening lets those catch up.

use std::fs;
use std::path::Path;
use std::rc::Rc;

use super::{Comparison, Last, Playground, circumstances, last_of, together};
use crate::kernel::Failure;
use crate::storage::Sync;
use crate::world::inputs::{Input, Setting};
use crate::world::lane::Lane;
use crate::world::policy::Policy;
use crate::world::world::{World, WorldKind};

/// What one step of redo did.
#[derive(Debug)]
pub enum Redone {
    /// A command was performed again.
    Command(Box<Comparison>),
    /// Two commands were performed again, at once.
    Together(Vec<Comparison>),
    /// A policy was set again.
    Policy,
    /// There is nothing to redo.
    Nothing,
}

impl Playground {
    /// Takes back the last `steps` inputs, commands and changes of policy alike. They can be redone until something new is put in.
    ///
    /// # Errors
    ///
    /// When the log cannot be read, or the worlds cannot be built anew; then everything is as it was.
    pub fn rewind(&mut self, steps: usize) -> Result<(), Failure> {
        // What is on its way is the last input: it comes to its end before it is taken back.
        self.land()?;
        let inputs = self.inputs.read()?;
        let kept = inputs.len().saturating_sub(steps);
        self.go_back(inputs, kept)
    }

    /// Takes back every input but the settings that the playground was begun with.
    ///
    /// # Errors
    ///
    /// As [`Playground::rewind`].
    pub fn reset(&mut self) -> Result<(), Failure> {
        self.land()?;
        let inputs = self.inputs.read()?;
        let kept = inputs.iter().take_while(|input| matches!(input, Input::Set { .. })).count();
        self.go_back(inputs, kept)
    }

    fn go_back(&mut self, inputs: Vec<Input>, kept: usize) -> Result<(), Failure> {
        if kept == inputs.len() {
            return Ok(());
        }
        let aside = tempfile::Builder::new().prefix(".rewind-").tempdir_in(self.directory.path()).map_err(|error| {
            Failure::new(format!("no room to rewind in: {error}"))
                .on(self.directory.path())
                .remedy("check that the directory may be written to and has room")
        })?;
        let kinds: Vec<_> = self.worlds.iter().map(World::kind).collect();
        let (policy, last) = self.build(&kinds, aside.path(), &inputs[..kept])?;
        if let Err(failure) = self.swap_in(&kinds, aside.path()) {
            // The log is still whole: what was swapped already catches up, and nothing has been rewound.
            self.reopen(&kinds)?;
            self.catch_up()?;
            return Err(failure);
        }
        self.inputs.keep(kept)?;
        self.last = last;
        self.settings.policy = policy.to_string();
        self.directory.write_settings(&self.settings)?;
        self.policy = policy;
        self.reopen(&kinds)?;
        self.redo.extend(inputs.into_iter().skip(kept).rev());
        Ok(())
    }

    /// Puts the next input in again that rewinding took away.
    ///
    /// # Errors
    ///
    /// As [`Playground::perform`].
    pub fn redo(&mut self) -> Result<Redone, Failure> {
        match self.redo.last().cloned() {
            None => Ok(Redone::Nothing),
            Some(Input::Command(input)) => {
                let command = self.read_input(&input)?;
                let comparison = self.put_in(command, input)?;
                self.redo.pop();
                Ok(Redone::Command(Box::new(comparison)))
            }
            Some(Input::Together { together, order }) => {
                let comparisons = self.put_in_together(together, order)?;
                self.redo.pop();
                Ok(Redone::Together(comparisons))
            }
            Some(Input::Set { set: Setting::Policy(text) }) => {
                self.put_in_policy(text.parse().map_err(|error: String| self.unreadable(&error))?)?;
                self.redo.pop();
                Ok(Redone::Policy)
            }
        }
    }

    /// How many commands can be redone.
    pub fn redoable(&self) -> usize {
        self.redo.iter().filter(|input| !matches!(input, Input::Set { .. })).count()
    }

    /// Runs inputs in new worlds, whose files are in `aside`. Answers the policy and the last command at their end.
    fn build(&self, kinds: &[WorldKind], aside: &Path, inputs: &[Input]) -> Result<(Rc<Policy>, Last), Failure> {
        let mut policy = Rc::new(Policy::guide());
        let mut last: Last = None;
        let mut worlds = kinds
            .iter()
            .map(|kind| World::open(*kind, &file(aside, *kind), self.hybrid, &policy, Sync::Normal))
            .collect::<Result<Vec<_>, _>>()?;
        for input in inputs {
            match input {
                Input::Set { set: Setting::Policy(text) } => {
                    policy = Rc::new(text.parse().map_err(|error: String| self.unreadable(&error))?);
                    worlds.iter().for_each(|world| world.set_policy(Rc::clone(&policy)));
                }
                Input::Command(input) => {
                    let command = self.read_input(input)?;
                    let not_before = last.map_or(input.at, |(_, at)| at);
                    for world in &mut worlds {
                        let of = circumstances(self.settings.seed, input, not_before);
                        Lane::through(world, command.clone(), of, &input.faults, false)?;
                    }
                    last = Some((input.n, input.over().max(not_before)));
                }
                Input::Together { together, order } => {
                    let commands = together.iter().map(|one| self.read_input(one)).collect::<Result<Vec<_>, _>>()?;
                    let not_before = last.map_or(self.settings.start, |(_, at)| at);
                    for world in &mut worlds {
                        together::through(world, &commands, together, order, self.settings.seed, not_before)?;
                    }
                    last = last_of(together).map(|(number, over)| (number, over.max(not_before)));
                }
            }
        }
        Ok((policy, last))
    }

    /// Puts the files of `aside` in the place of the worlds' own.
    fn swap_in(&mut self, kinds: &[WorldKind], aside: &Path) -> Result<(), Failure> {
        // The last connection that closes moves everything from the write-ahead log into the file.
        self.worlds.clear();
        for kind in kinds {
            let own = self.directory.world(*kind);
            for ending in ["-wal", "-shm"] {
                let mut beside = own.clone().into_os_string();
                beside.push(ending);
                if Path::new(&beside).exists() {
                    fs::remove_file(&beside).map_err(|error| Failure::new(error.to_string()).on(&own))?;
                }
            }
            fs::rename(file(aside, *kind), &own).map_err(|error| {
                Failure::new(format!("cannot be replaced: {error}")).on(&own).remedy("open the playground again")
            })?;
        }
        Ok(())
    }

    fn reopen(&mut self, kinds: &[WorldKind]) -> Result<(), Failure> {
        for kind in kinds {
            let file = self.directory.world(*kind);
            self.worlds.push(World::open(*kind, &file, self.hybrid, &self.policy, self.sync)?);
        }
        Ok(())
    }
}

fn file(aside: &Path, kind: WorldKind) -> std::path::PathBuf {
    aside.join(format!("{}.db", kind.name()))
}
