//! `diptych` alone: the window.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::config::{self, Found};
use super::log::{self, Level};
use super::places;
use super::settings::Settings;
use super::stopped::Stopped;
use crate::application::fields::suggestion;
use crate::engine::scenario::Scenario;
use crate::kernel::Failure;
use crate::tui::{self, Appearance, Kept, Setup, Theme, WindowOptions};
use crate::world::{Directory, Opening};

/// What Space plays when nothing else is asked for.
const FIRST: &str = "price-with-a-past";

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
    #[arg(long, value_name = "NAME|FILE", value_parser = theme)]
    pub theme: Option<Theme>,
    /// Plain letters instead of lines and marks
    #[arg(long)]
    pub ascii: bool,
    /// A configuration file; otherwise the one in your configuration directory
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
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
    #[command(flatten)]
    pub settings: Settings,
}

pub(super) fn run(options: Options) -> Result<(), Stopped> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(Stopped::Failed(
            "the window needs a terminal, and standard input or output is none; without one, use a subcommand: \
             `diptych run FILE`, `diptych query NAME`, `diptych scenarios` (`diptych --help` lists all)"
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
    let scenario = options.scenario.as_deref().unwrap_or(Path::new(FIRST));
    let scenario = Scenario::open(scenario)?;
    let directory = match (&options.dir, options.ephemeral) {
        (_, true) => Directory::ephemeral()?,
        (Some(path), false) => Directory::at(path)?,
        (None, false) => Directory::at(&super::default_directory()?)?,
    };
    let settings = &options.settings;
    let log = options.log_file.clone().or_else(places::log_file);
    if let Some(log) = &log {
        log::begin(log, options.log);
    }
    let mut setup = setup(&options)?;
    setup.about.insert(0, ("playground", directory.path().display().to_string()));
    setup.about.push(("log", named(log.as_deref())));
    let opening = Opening {
        seed: settings.seed,
        wiring: settings.wiring,
        clock: settings.clock(),
        sync: settings.sync(),
        policy: settings.policy.clone(),
        ..Opening::of(directory)
    };
    Ok(tui::run(WindowOptions { opening, scenario: Some(scenario), setup, keep: Box::new(keep) })?)
}

/// What the command line, the configuration, the environment and the last window say, in this order.
fn setup(options: &Options) -> Result<Setup, Stopped> {
    let found = Found::read(options.config.as_deref())?;
    let mut wrong = Vec::new();
    let (config, configured) = found.used().unwrap_or_else(|mistakes| {
        wrong.push(
            Failure::new(config::several(&mistakes))
                .remedy("the defaults serve until the file is well; `diptych config check` looks again"),
        );
        Default::default()
    });
    let kept = kept(&mut wrong);
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let theme = options
        .theme
        .or(configured)
        .or_else(|| no_color.then(|| Theme::named("mono")).flatten())
        .or_else(|| kept.theme.as_deref().and_then(Theme::named))
        .unwrap_or_default();
    let sixteen = !has_many_colours();
    let appearance = Appearance {
        theme: if sixteen { theme.in_sixteen() } else { theme },
        ascii: options.ascii || config.ascii.unwrap_or_default(),
        sixteen,
        ..Appearance::default()
    };
    Ok(Setup {
        appearance,
        keys: config.keys,
        mouse: config.mouse.unwrap_or(true),
        kept,
        wrong,
        about: vec![("config", named(found.path.as_deref()))],
        #[cfg(debug_assertions)]
        panics: options.panic,
        #[cfg(not(debug_assertions))]
        panics: false,
    })
}

fn named(path: Option<&Path>) -> String {
    path.map_or("none: neither XDG directories nor HOME are set".to_owned(), |path| path.display().to_string())
}

/// Whether the terminal says that it knows more than sixteen colours.
fn has_many_colours() -> bool {
    let says = |name: &str, words: &[&str]| {
        std::env::var(name).is_ok_and(|value| words.iter().any(|word| value.contains(word)))
    };
    says("TERM", &["256color", "direct", "kitty", "alacritty", "ghostty", "foot"])
        || says("COLORTERM", &["truecolor", "24bit"])
}

/// What the last window left; a file that cannot be read is left alone and said.
fn kept(wrong: &mut Vec<Failure>) -> Kept {
    let Some(path) = places::window_file() else { return Kept::default() };
    let read = match std::fs::read_to_string(&path) {
        Ok(text) => Kept::read(&text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Kept::default(),
        Err(error) => Err(error.to_string()),
    };
    read.unwrap_or_else(|what| {
        let failure = Failure::new(format!("what the last window kept cannot be read: {what}")).on(path);
        wrong.push(failure.remedy("it is not used, and is written anew when this window closes"));
        Kept::default()
    })
}

/// Whole or not at all.
fn keep(kept: &Kept) {
    let write = |path: PathBuf| -> io::Result<()> {
        let folder = path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(kept.to_text().as_bytes())?;
        file.persist(&path)?;
        Ok(())
    };
    if let Some(Err(error)) = places::window_file().map(write) {
        tracing::warn!(%error, "what the window was set to is not kept");
    }
}

fn theme(name: &str) -> Result<Theme, String> {
    if let Some(theme) = Theme::named(name) {
        return Ok(theme);
    }
    let path = Path::new(name);
    if name.contains('/') || name.ends_with(".toml") || path.exists() {
        return config::read_theme(path).map_err(|what| what.to_string());
    }
    Err(format!("there is no such theme; {}, or a file", suggestion(name, &Theme::names())))
}
