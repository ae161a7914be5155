//! `diptych step`: one scene of a scenario, micro-step by micro-step.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::settings::{Settings, Worlds};
use super::stopped::Stopped;
use super::text::json_line;
use super::{Out, stepping};
use crate::engine::scenario::{Player, Scenario};
use crate::kernel::Failure;
use crate::world::{
    Breakpoint, Directory, Fault, HowFar, Move, Opening, Order, Playground, Standing, Stopped as Why, Stride, When,
};

/// Go through one scene of a scenario step by step: what the root holds, and what is where
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  diptych step price-with-a-past --scene 4\n  \
                  diptych step order-across-contexts --scene 7 --policy mended --world hybrid --json\n  \
                  diptych step price-with-a-past --scene 4 --fault crash@committed:1@state\n  \
                  diptych step order-across-contexts --scene 7 --until event=StockReduced,step=publishing\n\n\
                  Each world does a step at a time. What has changed since the last step is marked + new, ~ changed, - gone; \
                  with --json, everything is listed. A fault is KIND@STEP@WORLD (fail, crash or slow; without a world, in every \
                  one). A breakpoint has parts: step=KIND, world=WORLD, event=TYPE, aggregate=STREAM, field=NAME:VALUE.")]
pub(super) struct Arguments {
    /// A scenario: a file, or the name of a built-in one
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Which scene; those before it are played
    #[arg(long, value_name = "N")]
    scene: usize,
    /// Which worlds
    #[arg(long, value_enum, default_value_t = Worlds::All)]
    world: Worlds,
    /// What goes wrong, as in crash@committed:1@state; can be given more than once
    #[arg(long = "fault", value_name = "FAULT", value_parser = str::parse::<Fault>)]
    faults: Vec<Fault>,
    /// Show only the steps at which one of these breakpoints holds, and the last one
    #[arg(long, value_name = "BREAKPOINT", value_parser = str::parse::<When>)]
    until: Vec<When>,
    /// One JSON object a line: a world at a step
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    settings: Settings,
}

pub(super) fn run(arguments: &Arguments, out: &mut Out) -> Result<(), Stopped> {
    let scenario = Scenario::open(&arguments.file)?;
    let scenes = scenario.scenes.len();
    let doing = arguments.scene.checked_sub(1).and_then(|index| scenario.scenes.get(index));
    let Some(doing) = doing.map(|scene| &scene.doing) else {
        return Err(Stopped::Failed(format!("--scene {}: the scenario has scenes 1 to {scenes}", arguments.scene)));
    };
    let Some(doing) = doing else {
        return Err(Stopped::Failed(format!("--scene {}: there is no command in it to step through", arguments.scene)));
    };
    let order = doing.beside.as_ref().map(|beside| beside.order.clone()).unwrap_or_default();
    let mut playground = open(arguments, &scenario)?;
    let mut player = Player::new(scenario);
    for _ in 1..arguments.scene {
        player.play_next(&mut playground)?;
    }
    let until = arguments.until.iter().map(|when| Breakpoint { when: when.clone(), on: true }).collect();
    playground.set_breakpoints(until)?;
    let scene = player.begin_next(&mut playground)?.ok_or_else(|| Failure::new("there is no such scene"))?;
    for fault in &arguments.faults {
        playground.put_in_fault(0, *fault)?;
    }
    let mut steps = Steps { out, arguments, number: 0 };
    steps.show(&playground, &Why::There)?;
    follow(&mut playground, &order, &mut steps)?;
    let played = {
        let comparisons = playground.land()?;
        player.leave(scene, comparisons, &playground)?
    };
    match played.unmet.filter(|_| arguments.faults.is_empty()) {
        Some(unmet) => Err(Stopped::Unmet(format!("scene {}: {unmet}", arguments.scene))),
        None => Ok(steps.out.flush()?),
    }
}

fn open(arguments: &Arguments, scenario: &Scenario) -> Result<Playground, Stopped> {
    let Settings { policy, wiring, seed, .. } = arguments.settings.clone();
    let begun = scenario.opening(Directory::ephemeral()?);
    Ok(Playground::open(Opening {
        worlds: arguments.world.kinds(),
        seed: seed.or(begun.seed),
        wiring: wiring.or(begun.wiring),
        policy: policy.or_else(|| begun.policy.clone()),
        clock: arguments.settings.clock(),
        sync: arguments.settings.sync(),
        ..begun
    })?)
}

/// Goes on as the scene's order has it, then each to its end.
fn follow(playground: &mut Playground, order: &Order, steps: &mut Steps<'_>) -> Result<(), Stopped> {
    let Some(standing) = playground.standing() else { return Ok(()) };
    let rest = (0..standing.courses()).map(|who| Move { who, how_far: HowFar::End });
    // The first step of each has been taken by beginning.
    let mut begun = vec![false; standing.courses()];
    for one in order.moves().iter().copied().chain(rest) {
        let mut taken = u32::from(!std::mem::replace(&mut begun[one.who], true));
        while let Some(standing) = playground.standing().filter(|standing| !standing.is_over(one.who)) {
            let there = match one.how_far {
                HowFar::Steps(wanted) => taken >= wanted,
                HowFar::Until(place) => stands(&standing, one.who, place),
                HowFar::End => false,
            };
            if there {
                break;
            }
            let stride = if steps.arguments.until.is_empty() { Stride::Step } else { Stride::Breakpoint };
            let one_by_one = matches!(one.how_far, HowFar::Steps(_) | HowFar::Until(_));
            let why = playground.go(one.who, if one_by_one { Stride::Step } else { stride })?;
            taken += 1;
            steps.show(playground, &why)?;
        }
    }
    Ok(())
}

fn stands(standing: &Standing, who: usize, place: crate::world::Place) -> bool {
    standing.worlds.iter().any(|world| world.courses.get(who).is_some_and(|course| course.at() == Some(place)))
}

/// Where the steps are shown.
struct Steps<'a> {
    out: &'a mut Out,
    arguments: &'a Arguments,
    number: usize,
}

impl Steps<'_> {
    fn show(&mut self, playground: &Playground, why: &Why) -> Result<(), Stopped> {
        let Some(standing) = playground.standing() else { return Ok(()) };
        self.number += 1;
        if self.arguments.json {
            for world in &standing.worlds {
                let mut line = stepping::as_json(world);
                line["step"] = self.number.into();
                if let Why::Breakpoint(kind, when) = why
                    && *kind == world.world
                {
                    line["breakpoint"] = json!(when.to_string());
                }
                writeln!(self.out, "{}", json_line(&line))?;
            }
            return Ok(());
        }
        let stopped = match why {
            Why::Breakpoint(world, when) => format!("  breakpoint {when} in {}", world.name()),
            Why::There | Why::Over => String::new(),
        };
        writeln!(self.out, "{:>3}{stopped}", self.number)?;
        Ok(stepping::tell(self.out, &standing, &str::to_owned)?)
    }
}
