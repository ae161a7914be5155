//! Files from the window: the playground as a scenario, the list of a pane, a picture of the screen, a decision. The ending of a file's name
//! says what it becomes.

use std::path::{Path, PathBuf};

use super::action::Action;
use super::effect::{Effect, Effects};
use super::layers::{FailureBox, Layer, LineFor, Prompt};
use super::model::{Model, News};
use super::picture::Picture;
use crate::engine::export::Format;
use crate::engine::{Request, Save, Saving};
use crate::kernel::Failure;

/// Asks for a path, and offers one.
pub fn ask(model: &mut Model, action: Action) {
    let (purpose, offered) = match action {
        Action::Export => (LineFor::Exporting, model.explore.file_name()),
        Action::Picture => (LineFor::Picturing, format!("{}.svg", model.tab.name())),
        _ => (LineFor::Saving, "my-shop.toml".to_owned()),
    };
    model.layers.push(Layer::Prompt(Prompt::new(purpose, &offered)));
}

/// Does what the line was asked for.
pub fn follow(model: &mut Model, purpose: LineFor, line: &str) -> Effects {
    let path = PathBuf::from(line);
    let what = match purpose {
        LineFor::Opening => return vec![Effect::Ask(Request::ReadScenario(path))],
        LineFor::Saving => {
            let title = path.file_stem().map(|stem| stem.to_string_lossy().replace('-', " "));
            Ok(Saving::Scenario { title: title.unwrap_or_default() })
        }
        LineFor::Exporting => Format::of(&path).map(|format| Saving::List(model.explore.shown(), format)),
        LineFor::Picturing => picture(model, &path).map(|text| Saving::Text { what: "the picture", text }),
        LineFor::Record => {
            let as_json = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
            Ok(Saving::Text { what: "the decision", text: model.decide.record(as_json) })
        }
        LineFor::Load => match line.parse() {
            Ok(load) => {
                model.decide.begin_measuring(load);
                return vec![Effect::Measure(load)];
            }
            Err(what) => {
                model.say(News::Said, what);
                return Effects::new();
            }
        },
        LineFor::Breakpoint => return Effects::new(),
        LineFor::Context => {
            if let Err(what) = model.decide.add(line) {
                model.say(News::Said, what);
            }
            return Effects::new();
        }
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
