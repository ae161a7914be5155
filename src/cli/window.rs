//! `diptych` alone: the window.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::Args;

use super::settings::Settings;
use super::stopped::Stopped;
use crate::application::fields::suggestion;
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
    /// How the window looks: default, or mono without any colour (also with NO_COLOR)
    #[arg(long, value_name = "THEME", value_parser = theme)]
    pub theme: Option<Theme>,
    /// Plain letters instead of lines and marks
    #[arg(long)]
    pub ascii: bool,
    /// No window: what happens is printed line by line, and commands are taken by number or name
    #[arg(long, conflicts_with_all = ["theme", "ascii"])]
    pub plain: bool,
    #[command(flatten)]
    pub settings: Settings,
}

pub(super) fn run(options: Options) -> Result<(), Stopped> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(Stopped::Failed(
            "the window needs a terminal, and standard input or output is none; without one, `diptych --plain` takes \
             the same commands line by line, and there are subcommands: `diptych run FILE`, `diptych query NAME`, `diptych scenarios` (`diptych --help` lists all)"
                .to_owned(),
        ));
    }
    open_window(options)
}

fn open_window(options: Options) -> Result<(), Stopped> {
    let (theme, ascii) = (options.theme.unwrap_or_else(default_theme), options.ascii);
    let (opening, scenario) = opening(options)?;
    Ok(tui::run(WindowOptions { opening, scenario: Some(scenario), theme, ascii })?)
}

/// The playground and the scenario that were asked for, or the usual ones.
pub(super) fn opening(options: Options) -> Result<(Opening, Scenario), Stopped> {
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

/// Whoever sets `NO_COLOR` to anything wants none.
fn default_theme() -> Theme {
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if no_color { Theme::Mono } else { Theme::Default }
}

/// The theme of this name.
pub(super) fn theme(name: &str) -> Result<Theme, String> {
    let known = Theme::NAMES.map(|(name, _)| name);
    Theme::named(name).ok_or_else(|| format!("there is no such theme; {}", suggestion(name, &known)))
}
