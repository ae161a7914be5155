//! The keys in force: those of the table of actions, where nothing else was asked for.
//!
//! Footer, help, palette and the keyboard ask here, so that a key that was changed is changed everywhere.

use super::action::{ACTIONS, Action, Entry, Place};
use super::key::Key;

/// A line of the table of actions with the keys that do it now.
#[derive(Debug, Clone)]
pub struct Binding {
    /// The line.
    pub entry: &'static Entry,
    /// Its keys; none where a person wants none.
    pub keys: Vec<Key>,
}

/// All of them, in the table's order.
#[derive(Debug, Clone)]
pub struct Keys(Vec<Binding>);

impl Default for Keys {
    fn default() -> Self {
        Self(ACTIONS.iter().map(|entry| Binding { entry, keys: entry.keys.to_vec() }).collect())
    }
}

impl Keys {
    /// Those of one place, in the table's order.
    pub fn of(&self, place: Place) -> impl Iterator<Item = &Binding> {
        self.0.iter().filter(move |binding| binding.entry.place == place)
    }

    /// Those that a place is told about: its own and, on a screen, those of every screen.
    pub fn offered(&self, place: Place) -> impl Iterator<Item = &Binding> {
        self.of(place).chain(place.is_screen().then_some(Place::Screens).into_iter().flat_map(|place| self.of(place)))
    }

    /// What a key does in a place, if it does something there.
    pub fn action(&self, key: Key, place: Place) -> Option<Action> {
        self.of(place).find(|binding| binding.keys.contains(&key)).map(|binding| binding.entry.action)
    }

    /// Gives an action other keys.
    pub(super) fn set(&mut self, place: Place, action: Action, keys: Vec<Key>) {
        for binding in self.0.iter_mut().filter(|one| one.entry.place == place && one.entry.action == action) {
            binding.keys.clone_from(&keys);
        }
    }

    /// Two actions that one key would do in one place: the key and both.
    pub(super) fn conflict(&self, place: Place, key: Key) -> Option<[Action; 2]> {
        let here = self.0.iter().filter(|one| place.around().contains(&one.entry.place));
        let mut bound = here.filter(|one| one.keys.contains(&key)).map(|one| one.entry.action);
        Some([bound.next()?, bound.next()?])
    }

    /// The keys as a configuration file has them.
    pub fn to_toml(&self) -> String {
        let mut text = String::new();
        for place in Place::ALL {
            match place {
                Place::Everywhere | Place::Screens => {}
                Place::Explore => text.push_str("[keys]\n"),
                _ => text.push_str(&format!("\n[{}]\n", place.table())),
            }
            for binding in self.of(place) {
                let keys: Vec<_> = binding.keys.iter().map(|key| toml::Value::from(key.name()).to_string()).collect();
                text.push_str(&format!("{:<16} = [{}]\n", binding.entry.action.name(), keys.join(", ")));
            }
        }
        text
    }

    /// The keys as a table for a page of text.
    pub fn to_markdown(&self) -> String {
        let mut text = String::from("| where | key | what it does | name |\n|---|---|---|---|\n");
        for binding in Place::ALL.into_iter().flat_map(|place| self.of(place)) {
            let entry = binding.entry;
            let keys: Vec<_> = binding.keys.iter().map(|key| format!("`{}`", key.name().replace('|', "\\|"))).collect();
            let (place, keys, name) = (entry.place.title(), keys.join(" "), entry.action.name());
            text.push_str(&format!("| {place} | {keys} | {} | `{name}` |\n", entry.about));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_does_two_things_in_one_place_and_no_action_stands_twice() {
        let keys = Keys::default();
        for entry in ACTIONS {
            let same = ACTIONS.iter().filter(|one| one.place == entry.place && one.action == entry.action).count();
            assert_eq!(same, 1, "{entry:?}");
            for key in entry.keys {
                assert_eq!(keys.conflict(entry.place, *key), None, "{key} in {:?}", entry.place);
            }
        }
    }

    #[test]
    fn every_key_has_a_name_that_can_be_read_again() {
        for key in ACTIONS.iter().flat_map(|entry| entry.keys) {
            assert_eq!(Key::named(&key.name()), Ok(*key));
        }
        for (name, wrong) in
            [("entr", "did you mean `enter`?"), ("F13", "is no key"), ("", "is no key"), ("ctrl-é", "")]
        {
            assert!(Key::named(name).expect_err(name).contains(wrong));
        }
    }
}
