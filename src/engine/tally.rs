//! How many aggregates there are, kept in memory: counting a table of a million rows takes longer than drawing a screen.
//!
//! A store is asked once for each context; from then on a first fact means one more. Whatever rewinds worlds makes it forget.

use crate::domain::Context;
use crate::kernel::{Failure, Version};
use crate::world::{Comparison, World, WorldKind};

/// The counts of each world that was looked at.
#[derive(Debug, Default)]
pub(super) struct Tally {
    counts: Vec<((WorldKind, Context), u64)>,
}

impl Tally {
    /// How many there are of a context.
    pub fn count(&mut self, world: &World, context: Context) -> Result<u64, Failure> {
        let key = (world.kind(), context);
        if let Some((_, count)) = self.counts.iter().find(|(known, _)| *known == key) {
            return Ok(*count);
        }
        let count = world.collection(context).count()?;
        self.counts.push((key, count));
        Ok(count)
    }

    /// How many there are as far as is known: 0 where nobody has asked yet.
    pub fn known(&self, world: &World, context: Context) -> u64 {
        let key = (world.kind(), context);
        self.counts.iter().find(|(known, _)| *known == key).map_or(0, |(_, count)| *count)
    }

    /// Takes in what a command raised: who has a first fact is new.
    pub fn take_in(&mut self, comparison: &Comparison) {
        for one in &comparison.worlds {
            let failed = one.reply.result.status.0 >= 500 || !comparison.input.faults.is_empty();
            for fact in &one.reply.facts {
                let Some(context) = Context::of_stream(&fact.stream) else { continue };
                let known = self.counts.iter_mut().find(|(known, _)| *known == (one.world, context));
                if let (Some((_, count)), Version(1)) = (known, fact.version) {
                    *count += 1;
                }
            }
            // What a failure left behind is the store's to say.
            if failed {
                self.counts.retain(|((world, _), _)| *world != one.world);
            }
        }
    }

    /// Worlds were built anew.
    pub fn forget(&mut self) {
        self.counts.clear();
    }
}
