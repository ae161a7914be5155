//! `diptych` alone: the window.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::Args;

use super::log::{self, Level};
use super::settings::Settings;
use super::stopped::Stopped;
use super::{places, setup};
use crate::engine::scenario::Scenario;
use crate::tui::{self, Theme, WindowOptions};
use crate::world::{Directory, Opening};

/// What Space plays when nothing else is asked for.
pub(super) const FIRST: &str = "price-with-a-past";

/// How the window is opened.
#[derive(Debug, Clone, Args)]
pub(super) struct Options {
    /// The playground's directory; otherwise the one in your data directory
    #[arg(long, value_name = "DIR", conflicts_with = "ephemeral")]
    pub dir: Option<PathBuf>,
    /// A playground that leaves nothing behind
    #[arg(long)]
    pub ephemeral: bool,
    /// A scenario to play with Space: a file, or the name of a built-in one
    #[arg(long, value_name = "NAME|FILE")]
    pub scenario: Option<PathBuf>,
    /// How the window looks: default, projector, mono (also with NO_COLOR), or a file
    #[arg(long, value_name = "NAME|FILE", value_parser = setup::theme)]
    pub theme: Option<Theme>,
    /// Plain letters instead of lines and marks
    #[arg(long)]
    pub ascii: bool,
    /// A configuration file; otherwise the one in your configuration directory
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// What Decide asks: charts, criteria and weights of your own
    #[arg(long, value_name = "FILE")]
    pub framework: Option<PathBuf>,
    /// How much goes into the log
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t = Level::Warn)]
    pub log: Level,
    /// The log; otherwise the one in your state directory
    #[arg(long, value_name = "FILE")]
    pub log_file: Option<PathBuf>,
    /// Panics after the first draw: for the test that the terminal is given back
    #[cfg(debug_assertions)]
    #[arg(long, hide = true)]
    pub panic: bool,
    /// No window: what happens is printed line by line, and commands are taken by number or name
    #[arg(long, conflicts_with_all = ["theme", "ascii"])]
    pub plain: bool,
    #[command(flatten)]
    pub settings: Settings,
}

impl Options {
    /// Where the log is written.
    fn log_file(&self) -> Option<PathBuf> {
        self.log_file.clone().or_else(places::log_file)
    }
}

pub(super) fn run(options: Options) -> Result<(), Stopped> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(Stopped::Failed(
            "the window needs a terminal, and standard input or output is none; without one, `diptych --plain` takes \
             the same commands line by line, and there are subcommands: `diptych run FILE`, `diptych query NAME`, `diptych scenarios` (`diptych --help` lists all)"
                .to_owned(),
        ));
    }
    if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
        return Err(Stopped::Failed(
            "TERM is dumb: this terminal cannot show a window; use `diptych --plain`, or a subcommand as `diptych run FILE`"
                .to_owned(),
        ));
    }
    open_window(options)
}

fn open_window(options: Options) -> Result<(), Stopped> {
    let mut setup = setup::of(&options)?;
    let log = setup::named(options.log_file());
    let (opening, scenario) = opening(options)?;
    setup.about.insert(0, ("playground", opening.directory.path().display().to_string()));
    setup.about.push(("log", log));
    Ok(tui::run(WindowOptions { opening, scenario: Some(scenario), setup, keep: Box::new(setup::keep) })?)
}

/// The playground and the scenario that were asked for, or the usual ones.
pub(super) fn opening(options: Options) -> Result<(Opening, Scenario), Stopped> {
    if let Some(log) = options.log_file() {
        log::begin(&log, options.log);
    }
    let scenario = options.scenario.as_deref().unwrap_or(Path::new(FIRST));
    let scenario = Scenario::open(scenario)?;
    let directory = match (&options.dir, options.ephemeral) {
        (_, true) => Directory::ephemeral()?,
        (Some(path), false) => Directory::at(path)?,
        (None, false) => Directory::at(&super::default_directory()?)?,
    };
    let settings = options.settings;
    let opening = Opening {
        seed: settings.seed,
        wiring: settings.wiring,
        clock: settings.clock(),
        sync: settings.sync(),
        policy: settings.policy,
        ..Opening::of(directory)
    };
    Ok((opening, scenario))
}
