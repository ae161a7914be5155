//! `diptych run`: plays scenarios, and says what each world did.

mod as_json;
mod as_text;
#[cfg(debug_assertions)]
mod held;

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use self::as_json::AsJson;
use self::as_text::AsText;
use super::settings::{Settings, Worlds};
use super::stopped::Stopped;
use super::{Out, note};
use crate::engine::scenario::{Played, Player, Scenario};
use crate::world::{Blame, Difference, Directory, Opening, Playground};

/// Play scenarios, each in a fresh playground
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  diptych run price-with-a-past\n  \
                        diptych run mine.toml yours.toml --policy mended\n  \
                        diptych run order-across-contexts --world hybrid --trace\n  \
                        diptych run mine.toml --store DIR        continue the playground in DIR\n\n\
                        A file's seed, start, clock step and wiring are for a new playground; flags win over the file.")]
pub(super) struct Arguments {
    /// Scenarios: files, or names of built-in ones
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Which worlds play
    #[arg(long, value_enum, default_value_t = Worlds::All)]
    world: Worlds,
    /// Continue the playground in DIR, or begin one there
    #[arg(long, value_name = "DIR")]
    store: Option<PathBuf>,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
    /// Print every step of every command, with its SQL
    #[arg(long, conflicts_with = "json")]
    trace: bool,
    /// For tests of real crashes: stand still after so many steps of a scene, and wait to be killed
    #[cfg(debug_assertions)]
    #[arg(long, hide = true, value_name = "SCENE:STEPS", value_parser = str::parse::<held::Hold>)]
    hold: Option<held::Hold>,
    #[command(flatten)]
    settings: Settings,
}

/// Someone who tells how a scenario goes.
trait Report {
    /// The scenario begins.
    fn begin(&mut self, player: &Player, playground: &Playground) -> Result<(), Stopped>;

    /// A scene has been played.
    fn scene(&mut self, played: &Played, player: &Player) -> Result<(), Stopped>;

    /// The scenario is over. The worlds differ, perhaps, and perhaps a fault is to blame.
    fn end(
        &mut self,
        playground: &Playground,
        difference: Option<&Difference>,
        blame: Option<&Blame>,
    ) -> Result<(), Stopped>;
}

pub(super) fn run(arguments: Arguments, out: &mut Out) -> Result<(), Stopped> {
    // All of them are read before any of them is played.
    let scenarios = arguments.files.iter().map(|file| Scenario::open(file)).collect::<Result<Vec<_>, _>>()?;
    for (file, scenario) in arguments.files.iter().zip(scenarios) {
        let mut playground = open(&arguments, &scenario)?;
        playground.watch(arguments.trace);
        for notice in playground.take_notices() {
            note(&notice);
        }
        #[cfg(debug_assertions)]
        if let Some(hold) = arguments.hold {
            return held::run(hold, scenario, &mut playground, out);
        }
        let mut report: Box<dyn Report + '_> =
            if arguments.json { Box::new(AsJson::new(out)) } else { Box::new(AsText::new(out, arguments.trace)) };
        play(file, scenario, &mut playground, &mut *report)?;
    }
    Ok(out.flush()?)
}

fn open(arguments: &Arguments, scenario: &Scenario) -> Result<Playground, Stopped> {
    let directory = arguments.store.as_deref().map_or_else(Directory::ephemeral, Directory::at)?;
    let begun = directory.settings()?.is_some();
    let Settings { policy, wiring, seed, .. } = arguments.settings.clone();
    // A file may be played where others were before; what it says about the beginning is then too late.
    Ok(Playground::open(Opening {
        worlds: arguments.world.kinds(),
        seed: seed.or(scenario.seed.filter(|_| !begun)),
        wiring: wiring.or(scenario.wiring.filter(|_| !begun)),
        policy: policy.or_else(|| scenario.policy.clone()),
        clock: arguments.settings.clock(),
        sync: arguments.settings.sync(),
        ..scenario.opening(directory)
    })?)
}

fn play(file: &Path, scenario: Scenario, playground: &mut Playground, report: &mut dyn Report) -> Result<(), Stopped> {
    let file = file.display();
    let mut player = Player::new(scenario);
    report.begin(&player, playground)?;
    while let Some(played) =
        player.play_next(playground).map_err(|failure| Stopped::Failed(format!("{file}: {failure}")))?
    {
        report.scene(&played, &player)?;
        let number = played.number;
        for one in played.comparison.iter().flat_map(|comparison| &comparison.worlds) {
            if let Some(failure) = &one.undelivered {
                let world = one.world.name();
                note(&format!("{file}: scene {number}: {world}: not delivered yet, tried again later: {failure}"));
            }
        }
        let comparison = played.comparison.as_ref().filter(|comparison| comparison.blame.is_none());
        if let Some(difference) = comparison.and_then(|comparison| comparison.difference.as_ref()) {
            report.end(playground, Some(difference), None)?;
            return Err(Stopped::Unmet(format!("{file}: scene {number}: the worlds disagree: {difference}")));
        }
        if let Some(unmet) = &played.unmet {
            return Err(Stopped::Unmet(format!("{file}: scene {number}: {unmet}")));
        }
    }
    let difference = playground.compare()?;
    // A difference that a fault made is what the scenario is about.
    let blame = if difference.is_some() { playground.blame()? } else { None };
    report.end(playground, difference.as_ref(), blame.as_ref())?;
    match difference.filter(|_| blame.is_none()) {
        None => Ok(()),
        Some(difference) => Err(Stopped::Unmet(format!("{file}: at the end the worlds disagree: {difference}"))),
    }
}
