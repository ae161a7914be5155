//! `diptych shot`: a picture of the screen, made without one.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::stopped::Stopped;
use super::{Out, file, window};
use crate::engine::scenario::Scenario;
use crate::kernel::Failure;
use crate::tui::picture::{self, Press, Subject};
use crate::tui::{Tab, Theme};
use crate::world::Directory;

/// Make a picture of a screen: a drawing (.svg) or text
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  diptych shot                                            as text, on standard output\n  \
                        diptych shot --scenes 7 --size 110x32 --out explore.svg\n  \
                        diptych shot --scenes 3 --keys 'n \"price\" enter' --out form.svg --theme mono\n  \
                        diptych shot --out README.md --force                    the text between <!-- picture: explore --> and\n  \
                                                                                <!-- /picture -->\n\n\
                        The playground leaves nothing behind, and durations are hidden: the same picture has the same bytes."
)]
pub(super) struct Arguments {
    /// Which screen
    #[arg(long, value_enum, default_value_t = Screen::Explore)]
    screen: Screen,
    /// Columns and rows
    #[arg(long, value_name = "WIDTHxHEIGHT", default_value = "120x36", value_parser = size)]
    size: (u16, u16),
    /// Where to: FILE.svg, FILE.txt, or FILE.md with a place marked for it; otherwise text on standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace a file that is there
    #[arg(long)]
    force: bool,
    /// What is played: a file, or the name of a built-in scenario
    #[arg(long, value_name = "NAME|FILE", default_value = window::FIRST)]
    scenario: PathBuf,
    /// How many of its scenes; otherwise all
    #[arg(long, value_name = "N")]
    scenes: Option<usize>,
    /// How it looks
    #[arg(long, value_name = "THEME", value_parser = super::setup::theme, default_value = "default")]
    theme: Theme,
    /// Plain letters instead of lines and marks
    #[arg(long)]
    ascii: bool,
    /// What is pressed then: keys as the footer names them, and "text" that is typed
    #[arg(long, value_name = "KEYS", value_parser = keys, default_value = "", hide_default_value = true)]
    keys: Keys,
}

/// The screens there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Screen {
    /// Two worlds side by side, and the trace
    Explore,
    /// Which pattern suits which context
    Decide,
    /// Commands held at each micro-step
    Steps,
    /// The crash matrix
    Crashes,
}

#[derive(Debug, Clone)]
struct Keys(Vec<Press>);

/// What a file is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Drawing,
    Text,
    /// Between two marks of a Markdown file.
    Marked,
}

pub(super) fn run(arguments: Arguments, out: &mut Out) -> Result<(), Stopped> {
    let Arguments { screen, size, out: path, force, scenario, scenes, theme, ascii, keys } = arguments;
    let form = path.as_deref().map(form).transpose()?;
    let scenario = Scenario::open(&scenario)?;
    let there = scenario.scenes.len();
    let scenes = scenes.unwrap_or(there);
    if scenes > there {
        return Err(Stopped::Failed(format!("--scenes {scenes}: the scenario has {there}")));
    }
    let tab = match screen {
        Screen::Explore => Tab::Explore,
        Screen::Decide => Tab::Decide,
        Screen::Steps => Tab::Steps,
        Screen::Crashes => Tab::Crashes,
    };
    let title = format!("diptych, the screen {}: {}", tab.title(), scenario.title);
    let opening = scenario.opening(Directory::ephemeral()?);
    let picture = picture::draw(Subject { opening, tab, scenario, scenes, presses: keys.0, size, theme, ascii })?;
    match (path, form) {
        (Some(path), Some(Form::Drawing)) => file::write(&path, &picture.to_svg(&title), force),
        (Some(path), Some(Form::Marked)) => {
            let unreadable = |error: std::io::Error| Failure::new(format!("cannot be read: {error}")).on(&path);
            let text = fs::read_to_string(&path).map_err(unreadable)?;
            let Some(filled) = between_marks(&text, tab.name(), &picture.to_text()) else {
                let marks = format!("has no line <!-- picture: {} --> with <!-- /picture --> after it", tab.name());
                return Err(Failure::new(marks).on(&path).remedy("add both where the picture is to stand").into());
            };
            file::write(&path, &filled, force)
        }
        (Some(path), _) => file::write(&path, &picture.to_text(), force),
        (None, _) => Ok(out.write_all(picture.to_text().as_bytes())?),
    }
}

/// A Markdown text with a picture between the marks of this name.
fn between_marks(text: &str, name: &str, picture: &str) -> Option<String> {
    let begin = format!("<!-- picture: {name} -->\n");
    let (before, rest) = text.split_once(&begin)?;
    let (_, after) = rest.split_once("<!-- /picture -->")?;
    Some(format!("{before}{begin}```\n{picture}```\n<!-- /picture -->{after}"))
}

fn form(path: &Path) -> Result<Form, Stopped> {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("svg") => Ok(Form::Drawing),
        Some("txt") => Ok(Form::Text),
        Some("md") => Ok(Form::Marked),
        _ => Err(Failure::new("is no kind of picture").on(path).remedy("its name ends in .svg, .txt or .md").into()),
    }
}

fn size(text: &str) -> Result<(u16, u16), String> {
    const MOST: (u16, u16) = (500, 200);
    let size = text.split_once('x').and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    match size {
        Some((width @ 1.., height @ 1..)) if width <= MOST.0 && height <= MOST.1 => Ok((width, height)),
        Some(_) => Err(format!("a picture has 1x1 to {}x{} cells", MOST.0, MOST.1)),
        None => Err("expected columns and rows, as in 120x36".to_owned()),
    }
}

fn keys(text: &str) -> Result<Keys, String> {
    Press::read(text).map(Keys)
}
