//! Actions of the window itself, whatever its screen shows: theme, mouse, copying, sharing out the room, beginning anew.

use super::action::Action;
use super::effect::{Effect, Effects};
use super::explore::Border;
use super::layers::{Confirm, Layer};
use super::model::{Model, News};
use super::tab;
use super::text;
use crate::engine::{Request, Steps};

/// A terminal takes no more: most cut what is longer, some drop it.
const MOST_COPIED: usize = 74_994;

/// Does one of them.
pub fn act(model: &mut Model, action: Action) -> Effects {
    match action {
        Action::Theme => {
            let theme = model.appearance.theme.next();
            model.appearance.theme = if model.appearance.sixteen { theme.in_sixteen() } else { theme };
            model.say(News::Said, format!("theme: {}", theme.name().unwrap_or_default()));
        }
        Action::Mouse => {
            model.mouse = !model.mouse;
            let key = model.keys.offered(model.place()).find(|one| one.entry.action == Action::Mouse);
            let key = key.and_then(|one| one.keys.first()).map(ToString::to_string).unwrap_or_default();
            let news = match model.mouse {
                true => "the mouse is the window's again".to_owned(),
                false => format!("the mouse is the terminal's: text can be selected; {key} takes it back"),
            };
            model.say(News::Said, news);
            return vec![Effect::Mouse(model.mouse)];
        }
        Action::Copy => {
            if let Some(text) = tab::copied(model) {
                return copy(model, text);
            }
        }
        Action::Reset => {
            let question = "Begin anew?";
            let detail = "Every input is taken back, in every world. Redo puts them in again, one by one.";
            let yes = Request::Rewind(Steps::All);
            model.layers.push(Layer::Confirm(Confirm::new(question, detail, yes)));
        }
        Action::Wider | Action::Narrower | Action::Taller | Action::Lower => {
            if let Some(areas) = model.areas() {
                let border =
                    if matches!(action, Action::Taller | Action::Lower) { Border::Trace } else { Border::Panes };
                model.shares.step(border, &areas, matches!(action, Action::Wider | Action::Taller));
            }
        }
        _ => {}
    }
    Effects::new()
}

/// Puts a text onto the clipboard, by way of the terminal; whether the terminal does so, it does not say.
pub fn copy(model: &mut Model, text: String) -> Effects {
    if text.len() > MOST_COPIED {
        model.say(News::Failed, format!("too long to be copied: {} bytes", text::grouped(text.len() as u64)));
        return Effects::new();
    }
    let lines = text.lines().count();
    let lines = if lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") };
    model.say(News::Done, format!("{lines} handed to the terminal's clipboard"));
    vec![Effect::Copy(text)]
}
