//! A key as a person names it, whatever the terminal sends for it.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

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
