//! Files from the window: the playground as a scenario, the list of a pane, a picture of the screen. The ending of a file's name
//! says what it becomes.

use std::path::{Path, PathBuf};

use super::action::Action;
use super::effect::{Effect, Effects};
use super::layers::{FailureBox, Layer, Prompt, PromptFor};
use super::model::Model;
use super::picture::Picture;
use crate::engine::export::Format;
use crate::engine::{Request, Save, Saving};
use crate::kernel::Failure;

/// Asks for a path, and offers one.
pub fn ask(model: &mut Model, action: Action) {
    let (purpose, offered) = match action {
        Action::Export => (PromptFor::Exporting, model.explore.file_name()),
        Action::Picture => (PromptFor::Picturing, format!("{}.svg", model.tab.name())),
        _ => (PromptFor::Saving, "my-shop.toml".to_owned()),
    };
    model.layers.push(Layer::Prompt(Prompt::new(purpose, &offered)));
}

/// Does what the path was asked for.
pub fn follow(model: &mut Model, purpose: PromptFor, path: PathBuf) -> Effects {
    let what = match purpose {
        PromptFor::Opening => return vec![Effect::Ask(Request::ReadScenario(path))],
        PromptFor::Saving => {
            let title = path.file_stem().map(|stem| stem.to_string_lossy().replace('-', " "));
            Ok(Saving::Scenario { title: title.unwrap_or_default() })
        }
        PromptFor::Exporting => Format::of(&path).map(|format| Saving::List(model.explore.shown(), format)),
        PromptFor::Breakpoint => return Effects::new(),
        PromptFor::Picturing => picture(model, &path).map(Saving::Text),
    };
    match what {
        Ok(what) => vec![Effect::Ask(Request::Save(Save { path, what, replace: false }))],
        Err(failure) => {
            model.layers.push(Layer::Failure(FailureBox::new(failure)));
            Effects::new()
        }
    }
}

/// The window as it is, without the line that asks for the path.
fn picture(model: &Model, path: &Path) -> Result<String, Failure> {
    let ending = path.extension().and_then(|ending| ending.to_str());
    match ending {
        Some("svg") => Ok(Picture::of(model).to_svg("diptych")),
        Some("txt") => Ok(Picture::of(model).to_text()),
        _ => Err(Failure::new("is no kind of picture").on(path).remedy("its name ends in .svg or .txt")),
    }
}
