//! A theme's file: roles, and styles in words.

use ratatui::style::{Color, Modifier, Style};
use toml::de::{DeTable, DeValue};

use super::{Role, Theme};
use crate::application::fields::suggestion;
use crate::files::Mistake;

const MODIFIERS: [(&str, Modifier); 5] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underlined", Modifier::UNDERLINED),
    ("reversed", Modifier::REVERSED),
];

/// What a colour may be.
const ALLOWED: &str = "a style is words: bold, dim, italic, underlined, reversed; a colour; `on` a colour. A colour is black, red, \
                       green, yellow, blue, magenta, cyan, gray, dark-gray, light-red …, white, a number from 0 to 255, or #rrggbb";

impl Theme {
    /// Reads a theme's file. A role that it does not name looks as in the default theme.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong, with its place and what is allowed.
    pub fn read(file: &str, text: &str) -> Result<Self, Mistake> {
        Self { name: None, ..Self::default() }.read_over(file, text)
    }

    /// Reads a theme's file; what it does not name stays as it is.
    pub(super) fn read_over(mut self, file: &str, text: &str) -> Result<Self, Mistake> {
        let wrong = |at: usize, what: String| Mistake::at(file, text, at, what);
        let parsed = DeTable::parse(text)
            .map_err(|error| wrong(error.span().map_or(0, |span| span.start), error.message().to_owned()))?;
        for (key, value) in parsed.get_ref() {
            let DeValue::Table(roles) = value.get_ref() else {
                return Err(wrong(key.span().start, format!("`{}` is no key here; expected [roles]", key.get_ref())));
            };
            if key.get_ref() != "roles" {
                return Err(wrong(key.span().start, format!("[{}] is no table here; expected [roles]", key.get_ref())));
            }
            for (name, value) in roles {
                let names = Role::ALL.map(|(name, _)| name);
                let Some((_, role)) = Role::ALL.iter().find(|(known, _)| name.get_ref() == known) else {
                    let what = format!("`{}` is no role; {}", name.get_ref(), suggestion(name.get_ref(), &names));
                    return Err(wrong(name.span().start, what));
                };
                let DeValue::String(words) = value.get_ref() else {
                    return Err(wrong(value.span().start, format!("{}: {ALLOWED}", name.get_ref())));
                };
                self.styles[*role as usize] =
                    style(words).map_err(|what| wrong(value.span().start, format!("{}: {what}", name.get_ref())))?;
            }
        }
        Ok(self)
    }
}

/// A style in words.
fn style(words: &str) -> Result<Style, String> {
    let mut style = Style::new();
    let mut words = words.split_whitespace();
    while let Some(word) = words.next() {
        if let Some((_, modifier)) = MODIFIERS.iter().find(|(name, _)| *name == word) {
            style = style.add_modifier(*modifier);
        } else if word == "on" {
            style = style.bg(colour(words.next().unwrap_or_default())?);
        } else {
            style = style.fg(colour(word)?);
        }
    }
    Ok(style)
}

fn colour(word: &str) -> Result<Color, String> {
    word.parse().map_err(|_| format!("`{word}` is neither a colour nor a modifier; {ALLOWED}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_words() {
        let read = Theme::read("my.toml", "[roles]\nbad = \"bold underlined #ff0000 on 231\"\n").expect("it is well");
        let bad = Style::new().fg(Color::Rgb(255, 0, 0)).bg(Color::Indexed(231));
        assert_eq!(read.style(Role::Bad), bad.add_modifier(Modifier::BOLD | Modifier::UNDERLINED));
        assert_eq!(read.style(Role::State), Theme::default().style(Role::State));
        assert_eq!(read.name(), None);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place_and_what_is_allowed() {
        for (text, line, what) in [
            ("[roles]\ntext = \"\"\nbad = \"bold raed\"", 3, "bad: `raed` is neither a colour nor a modifier"),
            ("[roles]\nstaet = \"\"", 2, "`staet` is no role; did you mean `state`?"),
            ("[roles]\nstate = 7", 2, "state: a style is words"),
            ("[roles]\nstate = \"on\"", 2, "state: `` is neither"),
            ("[rolls]\n", 1, "expected [roles]"),
            ("title = \"x\"", 1, "expected [roles]"),
            ("[roles\n", 1, ""),
        ] {
            let mistake = Theme::read("my.toml", text).expect_err(text);
            assert_eq!(mistake.line, line, "{mistake}");
            assert!(mistake.what.contains(what), "{mistake}");
        }
    }
}
