//! What things look like: roles and their styles, and the plain letters for terminals that know no others.
//!
//! Code that draws names a role, never a colour. The default theme uses the terminal's own sixteen colours on its own background,
//! so that it is as good on light as on dark. Meaning is never in colour alone: a mark, a word or a weight says the same.

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

use crate::world::{Pattern, WorldKind};

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Ordinary text.
    Text,
    /// What matters less.
    Dim,
    /// A name, a heading.
    Strong,
    /// State persistence: what is.
    State,
    /// Event sourcing: what happened.
    Events,
    /// Success, agreement.
    Good,
    /// A rule said no.
    Refused,
    /// The machine failed, the worlds differ.
    Bad,
    /// The line of the selected row, where its pane has the focus.
    Selected,
    /// The frame of what has the focus, where it has no accent of its own.
    Focus,
    /// A key to press.
    Key,
    /// A caption for the room.
    Caption,
}

/// Which theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// The terminal's sixteen colours on its own background.
    #[default]
    Default,
    /// No colour at all.
    Mono,
}

impl Theme {
    /// The names by which a person chooses.
    pub const NAMES: [(&'static str, Self); 2] = [("default", Self::Default), ("mono", Self::Mono)];

    /// The theme with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, theme)| *theme)
    }

    /// How a role looks.
    pub fn style(self, role: Role) -> Style {
        let plain = Style::new();
        let weight = match role {
            Role::Text => plain,
            Role::Dim => plain.add_modifier(Modifier::DIM),
            Role::Strong | Role::Focus | Role::Key | Role::Caption | Role::State | Role::Events => {
                plain.add_modifier(Modifier::BOLD)
            }
            Role::Selected => plain.add_modifier(Modifier::REVERSED),
            Role::Good | Role::Refused | Role::Bad => plain.add_modifier(Modifier::BOLD),
        };
        match (self, role) {
            (Self::Mono, Role::Bad | Role::Refused) => weight.add_modifier(Modifier::UNDERLINED),
            (Self::Mono, _) => weight,
            (Self::Default, Role::State) => weight.fg(Color::Cyan),
            (Self::Default, Role::Events) => weight.fg(Color::Magenta),
            (Self::Default, Role::Good) => weight.fg(Color::Green),
            (Self::Default, Role::Refused) => weight.fg(Color::Yellow),
            (Self::Default, Role::Bad) => weight.fg(Color::Red),
            (Self::Default, Role::Key) => weight.fg(Color::Blue),
            (Self::Default, _) => weight,
        }
    }

    /// The accent of a pattern.
    pub fn pattern(self, pattern: Pattern) -> Style {
        match pattern {
            Pattern::State => self.style(Role::State),
            Pattern::Events => self.style(Role::Events),
        }
    }

    /// A world's frame: its accent; the hybrid has none of its own, it takes each from its contexts.
    pub fn world(self, world: WorldKind) -> Style {
        match world {
            WorldKind::State => self.style(Role::State),
            WorldKind::Events => self.style(Role::Events),
            WorldKind::Hybrid => self.style(Role::Focus),
        }
    }
}

/// Replaces the glyphs that the program draws by plain letters of the same width. What people typed stays as it is.
pub fn in_ascii(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if let Some(plain) = plain(cell.symbol()) {
            cell.set_symbol(plain);
        }
    }
}

fn plain(symbol: &str) -> Option<&'static str> {
    Some(match symbol {
        "─" | "━" | "–" | "—" => "-",
        "│" | "┃" | "▌" | "▐" | "█" => "|",
        "╭" | "╮" | "╰" | "╯" | "┌" | "┐" | "└" | "┘" | "├" | "┤" | "┬" | "┴" | "┼" => "+",
        "▸" | "→" | "›" => ">",
        "←" | "‹" => "<",
        "↑" | "▲" => "^",
        "↓" | "▼" => "v",
        "…" => "~",
        "·" => "-",
        "•" | "●" => "*",
        "✓" => "=",
        "✗" => "!",
        "µ" => "u",
        "“" | "”" => "\"",
        "‘" | "’" => "'",
        _ => return None,
    })
}
