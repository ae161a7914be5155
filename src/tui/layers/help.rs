//! The help: every key and what it does, from the table of actions, and the few words one needs.

use super::{Layer, Reading};
use crate::tui::action::{Place, entries};
use crate::tui::theme::Role;

impl Layer {
    /// The help.
    pub fn help() -> Self {
        let mut reading = Reading::new(concat!("diptych ", env!("CARGO_PKG_VERSION")), "help");
        reading.line("One domain, written once, remembered in different ways. Each command runs in every", Role::Text);
        reading.line("world; the trace shows its steps side by side, and the worlds must agree.", Role::Text);
        for place in [
            Place::Explore,
            Place::Filter,
            Place::Picker,
            Place::Form,
            Place::Prompt,
            Place::Reading,
            Place::Everywhere,
        ] {
            reading.heading(place.title());
            for entry in entries(place) {
                let keys: Vec<_> = entry.keys.iter().map(ToString::to_string).collect();
                reading.line(format!("  {:<14} {}", keys.join("  "), entry.about), Role::Text);
            }
        }
        reading.heading("Words");
        for (word, meaning) in WORDS {
            reading.line(format!("  {word:<14} {meaning}"), Role::Text);
        }
        Self::Reading(reading)
    }
}

const WORDS: [(&str, &str); 8] = [
    ("what is", "the present state: read from rows, or computed from facts"),
    ("what happened", "the facts: kept in a log, or only published"),
    ("v", "the version: how many facts an aggregate has"),
    ("#", "a fact's place in the whole log; – where no log keeps it"),
    ("refused", "a rule of the domain said no; nothing has changed"),
    ("as written", "saves and publishing as the guide has them"),
    ("mended", "one commit a command, versions checked, delivery after the answer"),
    ("pending events", "the guide also says domain events, or uncommitted events"),
];
