//! Pictures of the screen, made by the program: for the README, for documents, for a workshop's slides.
//!
//! The window's own updates and drawing, with the engine's desk on the same thread and no terminal: each request is worked on at
//! once, so that nothing depends on time and the same picture has the same bytes. Durations are hidden, since no two are the same.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Size;

use super::effect::{Effect, Effects};
use super::hit::HitMap;
use super::key::Key;
use super::model::{Appearance, Model};
use super::tab::Tab;
use super::theme::Theme;
use super::update::{Msg, update};
use super::{keymap, svg, view};
use crate::engine::scenario::Scenario;
use crate::engine::{Desk, Request};
use crate::kernel::Failure;
use crate::world::Opening;

/// What is pictured.
#[derive(Debug)]
pub struct Subject {
    /// The playground.
    pub opening: Opening,
    /// Which screen is shown, from the beginning of the presses.
    pub tab: Tab,
    /// The scenario that is open in it.
    pub scenario: Scenario,
    /// How many of its scenes have been played.
    pub scenes: usize,
    /// What is pressed then.
    pub presses: Vec<Press>,
    /// How large the window is, in cells: columns and rows.
    pub size: (u16, u16),
    /// How it looks.
    pub theme: Theme,
    /// Plain letters instead of the program's glyphs.
    pub ascii: bool,
}

/// A key that is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Press(KeyEvent);

/// A picture of the window.
pub struct Picture(Buffer);

/// Draws what a person would see.
///
/// # Errors
///
/// When the playground cannot be opened, or a request fails in a way that the window cannot show.
pub fn draw(subject: Subject) -> Result<Picture, Failure> {
    let Subject { opening, tab, scenario, scenes, presses, size: (width, height), theme, ascii } = subject;
    let appearance = Appearance { theme, ascii, durations: false, ..Appearance::default() };
    let mut sitting = Sitting::begin(opening, appearance)?;
    sitting.take(Msg::Resized { width, height })?;
    sitting.work_on(Request::OpenScenario(Box::new(scenario)))?;
    for _ in 0..scenes {
        sitting.work_on(Request::NextScene)?;
    }
    sitting.see()?;
    sitting.model.tab = tab;
    // Who has played a scene is no newcomer.
    sitting.model.welcome &= scenes == 0;
    let mut terminal = match Terminal::new(TestBackend::new(width, height)) {
        Ok(terminal) => terminal,
        Err(never) => match never {},
    };
    let mut hits = HitMap::default();
    let mut draw = |model: &Model, hits: &mut HitMap| {
        let Ok(_) = terminal.draw(|frame| *hits = view::draw(model, frame));
    };
    draw(&sitting.model, &mut hits);
    for Press(key) in presses {
        if let Some(msg) = keymap::meaning(Event::Key(key), &sitting.model, &hits) {
            sitting.take(msg)?;
        }
        draw(&sitting.model, &mut hits);
    }
    Ok(Picture(terminal.backend().buffer().clone()))
}

/// The window's model and the engine's desk, in one place: for pictures, and for measuring without a terminal.
pub struct Sitting {
    model: Model,
    desk: Desk,
}

impl Sitting {
    /// Opens a playground, in a window without room yet.
    ///
    /// # Errors
    ///
    /// When it cannot be opened.
    pub fn begin(opening: Opening, appearance: Appearance) -> Result<Self, Failure> {
        let heard = std::cell::RefCell::new(Vec::new());
        let desk = Desk::open(opening, &|update| heard.borrow_mut().push(update))?;
        let mut sitting = Self { model: Model::new(Size::ZERO, appearance.into()), desk };
        for said in heard.into_inner() {
            sitting.take(Msg::Engine(said))?;
        }
        Ok(sitting)
    }

    /// Gives the window a size, and sees what there is room for.
    ///
    /// # Errors
    ///
    /// When a store fails.
    pub fn resize(&mut self, width: u16, height: u16) -> Result<(), Failure> {
        self.take(Msg::Resized { width, height })
    }

    /// Presses keys.
    ///
    /// # Errors
    ///
    /// When what they ask for fails in a way that the window cannot show.
    pub fn press(&mut self, presses: &[Press]) -> Result<(), Failure> {
        for Press(key) in presses {
            if let Some(msg) = keymap::meaning(Event::Key(*key), &self.model, &HitMap::default()) {
                self.take(msg)?;
            }
        }
        Ok(())
    }

    /// Draws the window.
    pub fn draw(&self, frame: &mut ratatui::Frame<'_>) {
        view::draw(&self.model, frame);
    }

    /// Takes in a message and everything that follows from it.
    fn take(&mut self, msg: Msg) -> Result<(), Failure> {
        let effects = update(&mut self.model, msg);
        self.follow(effects)
    }

    fn follow(&mut self, effects: Effects) -> Result<(), Failure> {
        let mut asked = false;
        for effect in effects {
            match effect {
                Effect::Ask(request) => {
                    self.work_on(request)?;
                    asked = true;
                }
                // A picture is taken of a window, whoever leaves it.
                Effect::Mouse(_) | Effect::Copy(_) | Effect::Suspend | Effect::Measure(_) | Effect::EndMeasuring => {}
                Effect::Leave(why) => return why.map_or(Ok(()), Err),
            }
        }
        if asked { self.see() } else { Ok(()) }
    }

    fn work_on(&mut self, request: Request) -> Result<(), Failure> {
        let heard = std::cell::RefCell::new(Vec::new());
        self.desk.work_on(request, &|update| heard.borrow_mut().push(update))?;
        heard.into_inner().into_iter().try_for_each(|said| self.take(Msg::Engine(said)))
    }

    /// Sees what the window looks at, as it is now.
    ///
    /// # Errors
    ///
    /// When a store fails.
    pub fn see(&mut self) -> Result<(), Failure> {
        match self.desk.see()? {
            Some(view) => self.take(Msg::Engine(crate::engine::Update::Seen(Box::new(view)))),
            None => Ok(()),
        }
    }
}

impl Press {
    /// The presses of a text: keys by the names that the footer shows, between spaces, and in double quotes what is typed.
    ///
    /// # Errors
    ///
    /// The first word that names no key.
    pub fn read(text: &str) -> Result<Vec<Self>, String> {
        let mut presses = Vec::new();
        // Every second part stands between quotes.
        for (index, part) in text.split('"').enumerate() {
            if index % 2 == 1 {
                presses.extend(part.chars().map(|letter| Self::of(KeyCode::Char(letter), false)));
                continue;
            }
            for word in part.split_whitespace() {
                presses.push(Self::named(word).ok_or_else(|| {
                    let shown: String = word.escape_debug().take(40).collect();
                    format!(
                        "`{shown}` is no key; keys are named as in the footer: n, enter, tab, up, ^S; \"text\" is typed"
                    )
                })?);
            }
        }
        Ok(presses)
    }

    fn of(code: KeyCode, control: bool) -> Self {
        Self(KeyEvent::new(code, if control { KeyModifiers::CONTROL } else { KeyModifiers::NONE }))
    }

    fn named(word: &str) -> Option<Self> {
        let named = [
            KeyCode::Enter,
            KeyCode::Esc,
            KeyCode::Tab,
            KeyCode::BackTab,
            KeyCode::Up,
            KeyCode::Down,
            KeyCode::Left,
            KeyCode::Right,
            KeyCode::PageUp,
            KeyCode::PageDown,
            KeyCode::Home,
            KeyCode::End,
            KeyCode::Backspace,
            KeyCode::Delete,
            KeyCode::Char(' '),
        ];
        let presses = named.into_iter().chain((1..=12).map(KeyCode::F)).map(|code| Self::of(code, false));
        let is_named =
            |press: &Self| Key::pressed(press.0).is_some_and(|key| key.to_string().eq_ignore_ascii_case(word));
        if let Some(found) = presses.into_iter().find(is_named) {
            return Some(found);
        }
        let (control, letter) = match word.strip_prefix('^').filter(|rest| !rest.is_empty()) {
            Some(rest) => (true, rest),
            None => (false, word),
        };
        let mut letters = letter.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) => Some(Self::of(KeyCode::Char(letter), control)),
            _ => None,
        }
    }
}

impl Picture {
    /// A window as it is.
    pub(super) fn of(model: &Model) -> Self {
        let mut terminal = match Terminal::new(TestBackend::new(model.size.width, model.size.height)) {
            Ok(terminal) => terminal,
            Err(never) => match never {},
        };
        let Ok(_) = terminal.draw(|frame| {
            view::draw(model, frame);
        });
        Self(terminal.backend().buffer().clone())
    }

    /// Lines of text, without what is blank at their ends.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for row in svg::rows(&self.0) {
            let mut line = String::new();
            for (_, cell, _) in row {
                line.push_str(cell.symbol());
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    /// A drawing, dark whatever the reader's screen is. `title` says what it shows.
    pub fn to_svg(&self, title: &str) -> String {
        svg::write(&self.0, title)
    }
}

#[cfg(test)]
mod tests {
    use super::Press;

    #[test]
    fn keys_are_named_as_in_the_footer_and_text_is_quoted() {
        assert_eq!(Press::read("n \"ab\" enter ^S shift-tab F1 space ^").map(|presses| presses.len()), Ok(9));
        assert!(Press::read("enter nosuchkey").is_err_and(|error| error.contains("`nosuchkey` is no key")));
    }
}
