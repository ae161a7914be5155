//! Every interleaving of two commands at the desk: in each world of a playground, as it is now.

use super::desk::{Desk, Tell};
use super::messages::Update;
use super::scenario::{Player, Scenario};
use crate::application::commands::Command;
use crate::kernel::{Failure, Timestamp};
use crate::lab::interleavings::{Exploration, Meeting, explore};
use crate::world::{Opening, Playground, WorldKind};

/// Explores two commands in every world of a playground, which is only read.
///
/// # Errors
///
/// When a store fails, or a world is too large to be copied again and again.
pub fn interleavings(playground: &Playground, commands: &[Command; 2]) -> Result<Vec<Exploration>, Failure> {
    let settings = playground.settings();
    let (number, at) = playground.last().unwrap_or((0, Timestamp::start()));
    let explored = playground.worlds().iter().map(|world| {
        explore(&Meeting {
            world,
            wiring: settings.wiring.parse().map_err(Failure::new)?,
            policy: playground.policy().clone(),
            commands: commands.clone(),
            seed: settings.seed,
            number: number + 1,
            at,
        })
    });
    explored.collect()
}

/// Plays a scenario up to a scene, and finds the commands of two scenes (counted from 1) as they would be put in there: the scene's own
/// and that of `beside`, or the one it has beside it, or the same command twice.
///
/// # Errors
///
/// When a scene is not there, has no command, or needs what is not there yet.
pub fn meeting(
    scenario: Scenario,
    scene: usize,
    beside: Option<usize>,
    opening: Opening,
) -> Result<(Playground, [Command; 2]), Failure> {
    let scenes = scenario.scenes.len();
    let doing = |number: usize| {
        let scene = number.checked_sub(1).and_then(|index| scenario.scenes.get(index));
        let scene =
            scene.ok_or_else(|| Failure::new(format!("there is no scene {number}: the scenario has 1 to {scenes}")))?;
        scene.doing.clone().ok_or_else(|| Failure::new(format!("scene {number} has no command")))
    };
    let first = doing(scene)?;
    let second = match (beside, &first.beside) {
        (Some(beside), _) => doing(beside)?,
        (None, Some(beside)) => beside.doing.clone(),
        (None, None) => first.clone(),
    };
    let mut playground = Playground::open(opening)?;
    let mut player = Player::new(scenario);
    for _ in 1..scene {
        player.play_next(&mut playground)?;
    }
    let commands = [player.command(&first)?, player.command(&second)?];
    Ok((playground, commands))
}

impl Desk {
    /// Explores two commands in every world, as it is now.
    pub(super) fn interleave(&self, commands: &[Command; 2], tell: Tell<'_>) -> Result<(), Failure> {
        // What is held and has written nothing yet leaves the worlds as they are.
        let written = self.playground.standing().is_some_and(|standing| standing.has_written());
        if written {
            return Err(
                Failure::new("a command is on its way and has written already").remedy("let it go on to its end first")
            );
        }
        tell(Update::Interleaved(interleavings(&self.playground, commands)?));
        Ok(())
    }
}

/// The worlds in which an outcome is found that nobody is told of.
pub fn with_anomalies(explorations: &[Exploration]) -> Vec<WorldKind> {
    let has = |one: &&Exploration| one.outcomes.iter().any(|outcome| outcome.kind.is_anomaly());
    explorations.iter().filter(has).map(|one| one.world).collect()
}
