//! A key as a person names it, whatever the terminal sends for it.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::application::fields::nearest;

/// A key, with Ctrl or without. Shift is in the letter already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    control: bool,
}

impl Key {
    pub const ENTER: Self = Self::of(KeyCode::Enter);
    pub const ESC: Self = Self::of(KeyCode::Esc);
    pub const TAB: Self = Self::of(KeyCode::Tab);
    pub const BACK_TAB: Self = Self::of(KeyCode::BackTab);
    pub const UP: Self = Self::of(KeyCode::Up);
    pub const DOWN: Self = Self::of(KeyCode::Down);
    pub const LEFT: Self = Self::of(KeyCode::Left);
    pub const RIGHT: Self = Self::of(KeyCode::Right);
    pub const PAGE_UP: Self = Self::of(KeyCode::PageUp);
    pub const PAGE_DOWN: Self = Self::of(KeyCode::PageDown);
    pub const HOME: Self = Self::of(KeyCode::Home);
    pub const END: Self = Self::of(KeyCode::End);
    pub const DELETE: Self = Self::of(KeyCode::Delete);
    pub const F1: Self = Self::of(KeyCode::F(1));

    const fn of(code: KeyCode) -> Self {
        Self { code, control: false }
    }

    pub const fn char(letter: char) -> Self {
        Self::of(KeyCode::Char(letter))
    }

    pub const fn ctrl(letter: char) -> Self {
        Self { code: KeyCode::Char(letter), control: true }
    }

    /// The key of an event; releases are none, and Alt belongs to the terminal.
    pub fn pressed(event: KeyEvent) -> Option<Self> {
        if event.kind == KeyEventKind::Release || event.modifiers.contains(KeyModifiers::ALT) {
            return None;
        }
        let control = event.modifiers.contains(KeyModifiers::CONTROL);
        let code = match event.code {
            KeyCode::Tab if event.modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
            KeyCode::Char(letter) if control => KeyCode::Char(letter.to_ascii_lowercase()),
            code => code,
        };
        Some(Self { code, control })
    }

    /// The letter it types, if it types one.
    pub fn letter(self) -> Option<char> {
        match self.code {
            KeyCode::Char(letter) if !self.control => Some(letter),
            _ => None,
        }
    }

    /// What it is, for text fields.
    pub fn code(self) -> KeyCode {
        self.code
    }
}

/// The names of keys that are no letters, as a configuration file has them.
const NAMED: [(&str, KeyCode); 17] = [
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("shift-tab", KeyCode::BackTab),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("insert", KeyCode::Insert),
    ("space", KeyCode::Char(' ')),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("pgup", KeyCode::PageUp),
    ("pgdn", KeyCode::PageDown),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("F1", KeyCode::F(1)),
];

impl Key {
    /// The key with this name: a letter, `enter`, `pgup`, `F5`, `ctrl-s` …
    ///
    /// # Errors
    ///
    /// What a key may be called.
    pub fn named(name: &str) -> Result<Self, String> {
        let (control, plain) = match name.strip_prefix("ctrl-") {
            Some(plain) => (true, plain),
            None => (false, name),
        };
        let mut letters = plain.chars();
        let code = match (letters.next(), letters.next()) {
            (Some(letter), None) if !letter.is_control() && (!control || letter.is_ascii_alphabetic()) => {
                Some(KeyCode::Char(if control { letter.to_ascii_lowercase() } else { letter }))
            }
            _ => {
                NAMED.iter().find(|(known, _)| known.eq_ignore_ascii_case(plain)).map(|(_, code)| *code).or_else(|| {
                    let number = plain.strip_prefix(['F', 'f'])?.parse().ok()?;
                    (1..=12).contains(&number).then_some(KeyCode::F(number))
                })
            }
        };
        let known: Vec<_> = NAMED.iter().map(|(name, _)| *name).collect();
        code.map(|code| Self { code, control }).ok_or_else(|| match nearest(plain, &known) {
            Some(near) => format!("`{name}` is no key; did you mean `{near}`?"),
            None => {
                format!(
                    "`{name}` is no key; a key is a letter, ctrl- and a letter, F1 to F12, or one of {}",
                    known.join(", ")
                )
            }
        })
    }

    /// Its name as a configuration file has it.
    pub fn name(self) -> String {
        let named = NAMED.iter().find(|(_, code)| *code == self.code).map(|(name, _)| (*name).to_owned());
        let plain = named.unwrap_or_else(|| match self.code {
            KeyCode::Char(letter) => letter.to_string(),
            KeyCode::F(number) => format!("F{number}"),
            other => other.to_string().to_lowercase(),
        });
        if self.control { format!("ctrl-{plain}") } else { plain }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.control {
            f.write_str("^")?;
        }
        match self.code {
            KeyCode::Char(' ') => f.write_str("space"),
            KeyCode::Char(letter) if self.control => write!(f, "{}", letter.to_ascii_uppercase()),
            KeyCode::Char(letter) => write!(f, "{letter}"),
            KeyCode::Enter => f.write_str("enter"),
            KeyCode::Esc => f.write_str("esc"),
            KeyCode::Tab => f.write_str("tab"),
            KeyCode::BackTab => f.write_str("shift-tab"),
            KeyCode::Up => f.write_str("up"),
            KeyCode::Down => f.write_str("down"),
            KeyCode::Left => f.write_str("left"),
            KeyCode::Right => f.write_str("right"),
            KeyCode::PageUp => f.write_str("pgup"),
            KeyCode::PageDown => f.write_str("pgdn"),
            KeyCode::Home => f.write_str("home"),
            KeyCode::End => f.write_str("end"),
            KeyCode::F(number) => write!(f, "F{number}"),
            other => write!(f, "{other}"),
        }
    }
}
