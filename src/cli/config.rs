//! `diptych config`: the configuration file, and the keys in force.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::stopped::Stopped;
use super::{Out, places};
use crate::files::Mistake;
use crate::kernel::Failure;
use crate::tui::{Config, Keys, Theme};

/// Look at the configuration file and the keys in force
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  diptych config check               is the file well?\n  \
                        diptych config show > keys.toml    everything that can be set, as it is now\n  \
                        diptych config keys --markdown     the table of keys for a page of text\n\n\
                        A file of your own needs only what you change:\n\n  \
                        theme = \"projector\"\n  ascii = false\n  mouse = true\n\n  \
                        [keys]\n  commands = \"c\"          # action = key, or a list of keys; [] for none\n  \
                        up = [\"up\", \"i\"]\n\n  \
                        [form-keys]             # other places have tables of their own\n  submit = \"F5\"")]
pub(super) struct Arguments {
    #[command(subcommand)]
    ask: Ask,
}

#[derive(Debug, Subcommand)]
enum Ask {
    /// Say what is wrong in a configuration file; exit status 2 if anything is
    Check {
        /// The file; otherwise the one in your configuration directory
        file: Option<PathBuf>,
    },
    /// Print where the file is, and what is in force, as TOML
    Show {
        /// The file; otherwise the one in your configuration directory
        file: Option<PathBuf>,
    },
    /// Print the keys
    Keys {
        /// As a table for a page of text
        #[arg(long)]
        markdown: bool,
    },
}

pub(super) fn run(arguments: &Arguments, out: &mut Out) -> Result<(), Stopped> {
    match &arguments.ask {
        Ask::Check { file } => check(file.as_deref(), out),
        Ask::Show { file } => {
            let found = Found::read(file.as_deref())?;
            let (config, theme) = found.used().map_err(|wrong| Stopped::Failed(several(&wrong)))?;
            writeln!(out, "# {}", found.said())?;
            let name = theme.map_or("default".to_owned(), |_| config.theme.clone().unwrap_or_default());
            writeln!(out, "theme = {}", toml::Value::from(name))?;
            writeln!(out, "ascii = {}", config.ascii.unwrap_or_default())?;
            writeln!(out, "mouse = {}\n", config.mouse.unwrap_or(true))?;
            Ok(write!(out, "{}", config.keys.to_toml())?)
        }
        Ask::Keys { markdown: true } => Ok(write!(out, "{}", Keys::default().to_markdown())?),
        Ask::Keys { markdown: false } => Ok(write!(out, "{}", Keys::default().to_toml())?),
    }
}

fn check(file: Option<&Path>, out: &mut Out) -> Result<(), Stopped> {
    let found = Found::read(file)?;
    match found.used() {
        Ok(_) => Ok(writeln!(out, "{}: well", found.said())?),
        Err(wrong) => Err(Stopped::Failed(several(&wrong))),
    }
}

/// Several mistakes as one message.
pub(super) fn several(wrong: &[Mistake]) -> String {
    wrong.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// A configuration file, as far as there is one.
pub(super) struct Found {
    /// Where it is, or would be.
    pub path: Option<PathBuf>,
    text: Option<String>,
}

impl Found {
    /// The file that is named has to be there; the one in the configuration directory need not.
    pub fn read(named: Option<&Path>) -> Result<Self, Failure> {
        let path = named.map(Path::to_owned).or_else(places::config_file);
        let Some(path) = path else { return Ok(Self { path: None, text: None }) };
        match std::fs::read_to_string(&path) {
            Ok(text) => Ok(Self { path: Some(path), text: Some(text) }),
            Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
                Ok(Self { path: Some(path), text: None })
            }
            Err(error) => Err(Failure::new(format!("the configuration cannot be read: {error}")).on(path)),
        }
    }

    /// What it says, with the theme that it names.
    pub fn used(&self) -> Result<(Config, Option<Theme>), Vec<Mistake>> {
        let (Some(path), Some(text)) = (&self.path, &self.text) else { return Ok((Config::default(), None)) };
        let file = path.display().to_string();
        let config = Config::read(&file, text)?;
        let beside = |name: &str| path.parent().unwrap_or(Path::new("")).join(name);
        let theme = match &config.theme {
            None => None,
            Some(name) => Some(match Theme::named(name) {
                Some(theme) => theme,
                None => read_theme(&beside(name)).map_err(|what| vec![what.at(&file, text, "theme")])?,
            }),
        };
        Ok((config, theme))
    }

    /// In a few words.
    fn said(&self) -> String {
        match (&self.path, &self.text) {
            (Some(path), Some(_)) => path.display().to_string(),
            (Some(path), None) => format!("{} is not there; the defaults serve", path.display()),
            (None, _) => "neither XDG_CONFIG_HOME nor HOME says where a file could be; the defaults serve".to_owned(),
        }
    }
}

/// Why a theme's file is not used.
pub(super) enum Unusable {
    /// It cannot be read.
    Unread(String),
    /// Something in it is wrong.
    Wrong(Box<Mistake>),
}

impl Unusable {
    /// Where the file that names the theme does so.
    fn at(self, file: &str, text: &str, key: &str) -> Mistake {
        match self {
            Self::Wrong(mistake) => *mistake,
            Self::Unread(what) => {
                let place = text.lines().position(|line| line.trim_start().starts_with(key)).unwrap_or_default();
                let byte = text.split_inclusive('\n').take(place).map(str::len).sum();
                Mistake::at(file, text, byte, what)
            }
        }
    }
}

impl std::fmt::Display for Unusable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unread(what) => f.write_str(what),
            Self::Wrong(mistake) => mistake.fmt(f),
        }
    }
}

/// A theme from a file.
pub(super) fn read_theme(path: &Path) -> Result<Theme, Unusable> {
    let name = path.display();
    let text = std::fs::read_to_string(path)
        .map_err(|error| Unusable::Unread(format!("the theme {name} cannot be read: {error}")))?;
    Theme::read(&name.to_string(), &text).map_err(|mistake| Unusable::Wrong(Box::new(mistake)))
}
