//! The configuration file: keys, and how the window looks.
//!
//! A file with anything wrong in it is not used at all, so that nobody has to guess which half of it holds: the defaults serve, and
//! everything that is wrong is said with its line and column.

use toml::de::{DeTable, DeValue};
use toml::{Spanned, de::DeString};

use super::action::{ACTIONS, Action, Place};
use super::key::Key;
use super::keys::Keys;
use super::theme::Theme;
use crate::application::fields::suggestion;
use crate::files::Mistake;

/// What a person has asked for in a file.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The keys in force.
    pub keys: Keys,
    /// The name of a theme, or its file.
    pub theme: Option<String>,
    /// Plain letters instead of lines and marks.
    pub ascii: Option<bool>,
    /// Whether the mouse is the window's.
    pub mouse: Option<bool>,
}

type Entry<'a> = (&'a Spanned<DeString<'a>>, &'a Spanned<DeValue<'a>>);

impl Config {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// Everything that is wrong in it, in order.
    pub fn read(file: &str, text: &str) -> Result<Self, Vec<Mistake>> {
        let mut reader = Reader { config: Self::default(), wrong: Vec::new(), given: Vec::new() };
        match DeTable::parse(text) {
            Ok(table) => table.get_ref().iter().for_each(|entry| reader.top(entry)),
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                reader.wrong.push((at, error.message().to_owned()));
            }
        }
        reader.conflicts();
        if reader.wrong.is_empty() {
            return Ok(reader.config);
        }
        reader.wrong.sort();
        Err(reader.wrong.into_iter().map(|(at, what)| Mistake::at(file, text, at, what)).collect())
    }
}

struct Reader {
    config: Config,
    wrong: Vec<(usize, String)>,
    /// The keys that were given, and where.
    given: Vec<(usize, Place, Key)>,
}

impl Reader {
    fn note(&mut self, at: usize, what: impl Into<String>) {
        self.wrong.push((at, what.into()));
    }

    fn top(&mut self, (key, value): Entry<'_>) {
        let at = value.span().start;
        let places: Vec<_> = Place::ALL.into_iter().filter(|place| place.table() == *key.get_ref()).collect();
        if !places.is_empty() {
            return self.keys(&places, (key, value));
        }
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("theme", DeValue::String(theme)) => {
                let is_file = theme.contains('/') || theme.ends_with(".toml");
                if !is_file && Theme::named(theme).is_none() {
                    let names = Theme::names();
                    self.note(at, format!("theme: there is no `{theme}`; {}, or a file", suggestion(theme, &names)));
                }
                self.config.theme = Some(theme.clone().into_owned());
            }
            ("theme", _) => self.note(at, "theme: expected a name or a file, in quotes"),
            ("ascii", DeValue::Boolean(on)) => self.config.ascii = Some(*on),
            ("mouse", DeValue::Boolean(on)) => self.config.mouse = Some(*on),
            (name @ ("ascii" | "mouse"), _) => self.note(at, format!("{name}: expected true or false")),
            (name, _) => {
                let mut known = vec!["theme", "ascii", "mouse"];
                known.extend(Place::ALL.map(Place::table));
                known.dedup();
                self.note(key.span().start, format!("`{name}` is no key here; {}", suggestion(name, &known)));
            }
        }
    }

    /// The keys of some places.
    fn keys(&mut self, places: &[Place], (name, value): Entry<'_>) {
        match value.get_ref() {
            DeValue::Table(keys) => keys.iter().for_each(|entry| self.binding(places, entry)),
            _ => self.note(value.span().start, format!("{}: expected a table: action = \"key\"", name.get_ref())),
        }
    }

    fn binding(&mut self, places: &[Place], (name, value): Entry<'_>) {
        let here: Vec<_> = ACTIONS.iter().filter(|entry| places.contains(&entry.place)).collect();
        let Some(entry) = here.iter().find(|entry| entry.action.name() == *name.get_ref()) else {
            let names: Vec<_> = here.iter().map(|entry| entry.action.name()).collect();
            let names: Vec<_> = names.iter().map(String::as_str).collect();
            let what = format!("there is no action `{}` here; {}", name.get_ref(), suggestion(name.get_ref(), &names));
            return self.note(name.span().start, what);
        };
        let one = [value];
        let values: Vec<_> = match value.get_ref() {
            DeValue::Array(values) => values.iter().collect(),
            _ => one.to_vec(),
        };
        let mut keys = Vec::new();
        for value in values {
            let at = value.span().start;
            let DeValue::String(text) = value.get_ref() else {
                return self.note(at, format!("{}: expected a key in quotes, or a list of keys", name.get_ref()));
            };
            match Key::named(text) {
                Ok(key) if entry.place.takes_text() && key.letter().is_some() && !entry.keys.contains(&key) => {
                    self.note(
                        at,
                        format!("{}: `{text}` is typed as text there; take ctrl- or a named key", name.get_ref()),
                    );
                }
                Ok(key) => {
                    self.given.push((at, entry.place, key));
                    keys.push(key);
                }
                Err(what) => self.note(at, format!("{}: {what}", name.get_ref())),
            }
        }
        self.config.keys.set(entry.place, entry.action, keys);
    }

    /// A key that would do two things is said where it was given.
    fn conflicts(&mut self) {
        for (at, place, key) in std::mem::take(&mut self.given) {
            let mut places = Place::ALL.into_iter().filter(|other| other.around().contains(&place));
            let conflict = places.find_map(|place| Some((place, self.config.keys.conflict(place, key)?)));
            if let Some((place, [one, other])) = conflict {
                let (key, place) = (key.name(), place.title());
                let what = format!(
                    "`{key}` would do two things ({place}): {} and {}; give one of them another key, or none: []",
                    one.name(),
                    other.name()
                );
                self.note(at, what);
            }
        }
    }
}

impl Action {
    /// Its name in configuration files: that of the variant, in small letters and dashes.
    pub fn name(self) -> String {
        let mut name = String::new();
        for letter in format!("{self:?}").chars() {
            if letter.is_uppercase() && !name.is_empty() {
                name.push('-');
            }
            name.extend(letter.to_lowercase());
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> Vec<String> {
        let mistakes = Config::read("config.toml", text).expect_err(text);
        mistakes.iter().map(|one| format!("{}:{}: {}", one.line, one.column, one.what)).collect()
    }

    #[test]
    fn keys_are_changed_in_their_place_alone() {
        let config = Config::read(
            "f",
            "ascii = true\n[keys]\ncommands = \"c\"\nup = [\"up\", \"i\"]\n[form-keys]\nsubmit = \"F5\"\n",
        )
        .expect("it is well");
        let key = |name| Key::named(name).expect(name);
        assert_eq!(config.keys.action(key("c"), Place::Explore), Some(Action::Commands));
        assert_eq!(config.keys.action(key("n"), Place::Explore), None);
        assert_eq!(config.keys.action(key("i"), Place::Explore), Some(Action::Up));
        assert_eq!(config.keys.action(key("i"), Place::Reading), None);
        assert_eq!(config.keys.action(key("F5"), Place::Form), Some(Action::Submit));
        assert_eq!(config.ascii, Some(true));
    }

    #[test]
    fn everything_wrong_is_said_with_its_place() {
        assert_eq!(
            wrong("colour = 1\nmouse = 3"),
            [
                "1:1: `colour` is no key here; there are: theme, ascii, mouse, keys, steps-keys, decide-keys, palette-keys, picker-keys, form-keys, prompt-keys, \
             filter-keys, reading-keys, help-keys, confirm-keys, failure-keys",
                "2:9: mouse: expected true or false",
            ]
        );
        assert_eq!(
            wrong("[keys]\ncomands = \"c\""),
            ["2:1: there is no action `comands` here; did you mean `commands`?"]
        );
        assert_eq!(wrong("[keys]\nflip = \"entr\""), ["2:8: flip: `entr` is no key; did you mean `enter`?"]);
        assert_eq!(
            wrong("[from-keys]\nsubmit = \"F5\""),
            ["1:2: `from-keys` is no key here; did you mean `form-keys`?"]
        );
        assert_eq!(
            wrong("[form-keys]\nsubmit = \"x\""),
            ["2:10: submit: `x` is typed as text there; take ctrl- or a named key",]
        );
        assert!(
            wrong("[keys]\nflip = \"n\"")[0].starts_with("2:8: `n` would do two things (Explore): commands and flip")
        );
        assert!(wrong("[keys]\nleave = \"enter\"")[0].starts_with("2:9: `enter` would do two things"));
        assert!(wrong("theme = \"projektor\"")[0].contains("did you mean `projector`?"));
        assert!(wrong("keys")[0].starts_with("1:"));
    }

    #[test]
    fn the_keys_in_force_can_be_read_again() {
        let text = Keys::default().to_toml();
        let read = Config::read("keys.toml", &text).unwrap_or_else(|wrong| panic!("{}\n{text}", wrong[0]));
        assert_eq!(read.keys.to_toml(), text);
    }
}
