//! What the crash matrix plays: the commands of a scenario, or of a playground, as they were put in.

use super::scenario::{Player, Scenario};
use crate::kernel::Failure;
use crate::lab::crashes::Plan;
use crate::world::{CommandInput, Directory, Input, Playground, Policy, WorldKind};

/// A scenario's commands under these policies, or under the three presets where there are none. It is played once, so that names
/// become ids; what it says about policies and faults is left out.
///
/// # Errors
///
/// When it cannot be played.
pub fn plan(scenario: Scenario, policies: &[Policy]) -> Result<Plan, Failure> {
    let mut playground = Playground::open(scenario.opening(Directory::ephemeral()?))?;
    let mut player = Player::new(scenario);
    let mut scenes = Vec::new();
    while let Some(played) = player.play_next(&mut playground)? {
        let comparisons = played.comparison.iter().chain(&played.beside);
        scenes.extend(comparisons.map(|_| played.number));
    }
    let mut plan = of_playground(&playground, policies)?;
    for (slot, scene) in plan.commands.iter_mut().zip(scenes) {
        slot.0 = scene;
    }
    Ok(plan)
}

/// The same for what was put into a playground: the number of a command stands for its scene's.
///
/// # Errors
///
/// When its log cannot be read.
pub fn of_playground(playground: &Playground, policies: &[Policy]) -> Result<Plan, Failure> {
    let presets = || Policy::PRESETS.iter().filter_map(|name| Policy::preset(name)).collect();
    let settings = playground.settings();
    let commands = playground.inputs()?.into_iter().flat_map(Input::commands);
    let number = |input: &CommandInput| usize::try_from(input.n).unwrap_or(usize::MAX);
    Ok(Plan {
        commands: commands.map(|input| (number(&input), CommandInput { faults: Vec::new(), ..input })).collect(),
        seed: settings.seed,
        wiring: settings.wiring.parse().map_err(Failure::new)?,
        policies: if policies.is_empty() { presets() } else { policies.to_vec() },
        worlds: WorldKind::ALL.to_vec(),
        jobs: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
    })
}
