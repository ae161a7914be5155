//! The facts that no log keeps, remembered while the window is open.
//!
//! State persistence publishes its facts and forgets them. So that one can see what was published, the engine keeps the last of
//! them in memory; with the program they are gone, and the screen says so.

use std::collections::VecDeque;

use crate::kernel::Fact;
use crate::world::{Comparison, WorldKind};

/// At most so many are remembered for each world.
const MOST: usize = 1_000;

/// The last published facts of each world.
#[derive(Debug, Default)]
pub struct Published {
    worlds: Vec<(WorldKind, VecDeque<(u64, Fact)>)>,
}

impl Published {
    /// Takes in what a command raised.
    pub fn take_in(&mut self, comparison: &Comparison) {
        for one in &comparison.worlds {
            let index = match self.worlds.iter().position(|(world, _)| *world == one.world) {
                Some(index) => index,
                None => {
                    self.worlds.push((one.world, VecDeque::new()));
                    self.worlds.len() - 1
                }
            };
            let facts = &mut self.worlds[index].1;
            let not_kept = one.reply.facts.iter().filter(|fact| fact.position.is_none());
            facts.extend(not_kept.map(|fact| (comparison.input.n, fact.clone())));
            while facts.len() > MOST {
                facts.pop_front();
            }
        }
    }

    /// Those of a world that no log keeps; of one stream, or of all.
    pub fn not_kept(&self, world: WorldKind, stream: Option<&str>) -> Vec<Fact> {
        let facts = self.worlds.iter().filter(|(kind, _)| *kind == world).flat_map(|(_, facts)| facts);
        let facts = facts.map(|(_, fact)| fact);
        facts.filter(|fact| stream.is_none_or(|stream| fact.stream == stream)).cloned().collect()
    }

    /// Forgets what came of inputs after this one: they were rewound.
    pub fn forget_after(&mut self, input: u64) {
        for (_, facts) in &mut self.worlds {
            facts.retain(|(number, _)| *number <= input);
        }
    }
}
