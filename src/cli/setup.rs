//! How the window looks and which keys it knows: from flags, the configuration file, the environment, and what the last window kept.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::config::{self, Found};
use super::stopped::Stopped;
use super::window::Options;
use super::{decide, places};
use crate::application::fields::suggestion;
use crate::decision::Framework;
use crate::files::Mistake;
use crate::kernel::Failure;
use crate::tui::{Appearance, Kept, Setup, Theme};

/// What the command line, the configuration, the environment and the last window say, in this order.
pub(super) fn of(options: &Options) -> Result<Setup, Stopped> {
    let found = Found::read(options.config.as_deref())?;
    let mut wrong = Vec::new();
    let (config, configured) = found.used().unwrap_or_else(|mistakes| {
        wrong.push(
            Failure::new(mistakes.iter().map(place_and_what).collect::<Vec<_>>().join("\n"))
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
        framework: framework(options)?,
        wrong,
        about: vec![("config", named(found.path))],
        #[cfg(debug_assertions)]
        panics: options.panic,
        #[cfg(not(debug_assertions))]
        panics: false,
    })
}

/// What Decide asks.
fn framework(options: &Options) -> Result<Framework, Stopped> {
    match &options.framework {
        Some(path) => decide::framework(path),
        None => Ok(Framework::default()),
    }
}

/// Without the line that it is about: a box breaks lines where it has to.
fn place_and_what(mistake: &Mistake) -> String {
    format!("{}:{}:{}: {}", mistake.file, mistake.line, mistake.column, mistake.what)
}

pub(super) fn named(path: Option<PathBuf>) -> String {
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
pub(super) fn keep(kept: &Kept) {
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

/// The theme of this name, or in this file.
pub(super) fn theme(name: &str) -> Result<Theme, String> {
    if let Some(theme) = Theme::named(name) {
        return Ok(theme);
    }
    let path = Path::new(name);
    if name.contains('/') || name.ends_with(".toml") || path.exists() {
        return config::read_theme(path).map_err(|what| what.to_string());
    }
    Err(format!("there is no such theme; {}, or a file", suggestion(name, &Theme::names())))
}
