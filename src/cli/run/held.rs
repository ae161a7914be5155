//! A process that stands still at a micro-step until it is killed: for tests of real crashes, and in debug builds only.

use std::io::Write;
use std::str::FromStr;

use serde_json::{Map, Value, json};

use super::super::Out;
use super::super::stopped::Stopped;
use crate::engine::scenario::{Player, Scenario};
use crate::world::{Playground, Stride};

/// After how many steps of which scene.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hold {
    scene: usize,
    steps: usize,
}

impl FromStr for Hold {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let read = |number: &str| number.parse().map_err(|_| format!("`{number}` is no number"));
        let (scene, steps) = text.split_once(':').ok_or("expected SCENE:STEPS, as in 3:7")?;
        Ok(Self { scene: read(scene)?, steps: read(steps)? })
    }
}

/// Plays up to the scene and goes so many steps into it, says where each world stands, and stands there for ever. A scene that has
/// fewer steps ends, and so does the process.
pub(super) fn run(hold: Hold, scenario: Scenario, playground: &mut Playground, out: &mut Out) -> Result<(), Stopped> {
    let mut player = Player::new(scenario);
    for _ in 1..hold.scene {
        player.play_next(playground)?;
    }
    player.begin_next(playground)?;
    for _ in 0..hold.steps {
        playground.go(0, Stride::Step)?;
    }
    let Some(standing) = playground.standing().filter(|standing| !standing.is_over(0)) else {
        return Ok(writeln!(out, "{}", json!({ "over": true }))?);
    };
    let at: Map<String, Value> = standing
        .worlds
        .iter()
        .map(|world| {
            let course = world.courses.first().filter(|course| !course.over);
            let place = course.and_then(|course| Some(course.at()?.to_string()));
            (world.world.name().to_owned(), place.map_or(Value::Null, Value::from))
        })
        .collect();
    writeln!(out, "{}", json!({ "held": at }))?;
    out.flush()?;
    loop {
        std::thread::park();
    }
}
