#![allow(dead_code, reason = "each suite uses its part of it")]
//! What several suites use: a playground, and commands in a line.

use diptych::application::commands::Command;
use diptych::kernel::OperationResult;
use diptych::kernel::store::Select;
use diptych::kernel::table::{Row, Table};
use diptych::world::{Comparison, Directory, Opening, Playground, WorldKind};
use serde_json::Value;

/// A fresh playground under a policy.
pub fn playground(policy: &str) -> Playground {
    let mut opening = Opening::of(Directory::ephemeral().unwrap());
    opening.policy = Some(policy.parse().unwrap());
    let mut playground = Playground::open(opening).unwrap();
    playground.watch(true);
    playground
}

/// Performs a command; its fields are a JSON object.
pub fn perform(playground: &mut Playground, name: &str, with: Value) -> Comparison {
    let command = Command::read(name, with.as_object().unwrap()).unwrap();
    playground.perform(command, None, None).unwrap()
}

/// Performs a command that must succeed, and gives the id in `field` of its result.
pub fn begin(playground: &mut Playground, name: &str, with: Value, field: &str) -> String {
    let comparison = perform(playground, name, with);
    let result = result(&comparison, WorldKind::State).result.as_ref().unwrap();
    result[field].as_str().unwrap().to_owned()
}

/// The answer of one world.
pub fn result(comparison: &Comparison, world: WorldKind) -> &OperationResult {
    &comparison.worlds.iter().find(|one| one.world == world).unwrap().reply.result
}

/// All rows of a table of one world.
pub fn rows(playground: &Playground, world: WorldKind, table: &'static Table) -> Vec<Row> {
    playground.world(world).unwrap().store().select(&Select::all(table)).unwrap()
}
