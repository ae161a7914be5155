//! What things look like: roles and their styles.
//!
//! Code that draws names a role, never a colour. A theme is a text file of roles; the shipped ones ride in the binary. The default
//! one uses the terminal's own sixteen colours on its own background, so that it is as good on light as on dark. Meaning is never
//! in colour alone: a mark, a word or a weight says the same.

mod ascii;
mod depth;
mod reading;

pub use ascii::in_ascii;

use std::sync::LazyLock;

use ratatui::style::Style;

use crate::world::{Pattern, WorldKind};

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Ordinary text, and the ground of everything.
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

impl Role {
    /// All of them, in order, by the names that theme files use.
    const ALL: [(&'static str, Self); 12] = [
        ("text", Self::Text),
        ("dim", Self::Dim),
        ("strong", Self::Strong),
        ("state", Self::State),
        ("events", Self::Events),
        ("good", Self::Good),
        ("refused", Self::Refused),
        ("bad", Self::Bad),
        ("selected", Self::Selected),
        ("focus", Self::Focus),
        ("key", Self::Key),
        ("caption", Self::Caption),
    ];
}

/// How every role looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// The name of a shipped one; one from a file has none.
    name: Option<&'static str>,
    styles: [Style; Role::ALL.len()],
}

/// The themes that ride in the binary, the default one first.
const FILES: [(&str, &str); 3] = [
    ("default", include_str!("../../../assets/themes/default.toml")),
    ("projector", include_str!("../../../assets/themes/projector.toml")),
    ("mono", include_str!("../../../assets/themes/mono.toml")),
];

/// A test reads every one of them, so that none is missing here.
static SHIPPED: LazyLock<Vec<Theme>> = LazyLock::new(|| {
    let read = |(name, text): &(&'static str, &str)| {
        let theme = Theme::UNSTYLED.read_over(name, text).ok()?;
        Some(Theme { name: Some(name), ..theme })
    };
    FILES.iter().filter_map(read).collect()
});

impl Default for Theme {
    fn default() -> Self {
        SHIPPED.first().copied().unwrap_or(Self::UNSTYLED)
    }
}

impl Theme {
    const UNSTYLED: Self = Self { name: None, styles: [Style::new(); Role::ALL.len()] };

    /// The names of the shipped themes.
    pub fn names() -> [&'static str; FILES.len()] {
        FILES.map(|(name, _)| name)
    }

    /// The shipped theme with this name.
    pub fn named(name: &str) -> Option<Self> {
        SHIPPED.iter().find(|theme| theme.name == Some(name)).copied()
    }

    /// Its name; a theme from a file has none.
    pub fn name(self) -> Option<&'static str> {
        self.name
    }

    /// The shipped theme after this one.
    #[must_use]
    pub fn next(self) -> Self {
        let at = SHIPPED.iter().position(|theme| theme.name == self.name);
        let next = at.map_or(0, |at| (at + 1) % SHIPPED.len().max(1));
        SHIPPED.get(next).copied().unwrap_or(self)
    }

    /// How a role looks.
    pub fn style(self, role: Role) -> Style {
        self.styles[role as usize]
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

#[cfg(test)]
mod tests {
    use ratatui::style::Modifier;

    use super::*;

    #[test]
    fn every_shipped_theme_can_be_read_and_is_reached_from_every_other() {
        for (name, text) in FILES {
            Theme::read(name, text).unwrap_or_else(|mistake| panic!("{mistake}"));
        }
        let mut theme = Theme::default();
        let passed: Vec<_> = FILES
            .iter()
            .map(|_| {
                theme = theme.next();
                theme.name().unwrap_or_default()
            })
            .collect();
        assert_eq!(passed, ["projector", "mono", "default"]);
    }

    #[test]
    fn the_selection_is_seen_without_colour_and_mono_has_none() {
        for theme in SHIPPED.iter() {
            let (text, selected) = (theme.style(Role::Text), theme.style(Role::Selected));
            assert!(selected.add_modifier.contains(Modifier::REVERSED) || selected.bg != text.bg);
        }
        let mono = Theme::named("mono").expect("it is shipped");
        assert!(mono.styles.iter().all(|style| style.fg.is_none() && style.bg.is_none()));
    }

    #[test]
    fn roles_stand_in_their_own_order() {
        assert!(Role::ALL.iter().enumerate().all(|(index, (_, role))| *role as usize == index));
    }
}
