//! The help: every key in force from the table of actions, the few words one needs, and where this run keeps its files.
//!
//! Typing searches it: what is left are the lines that hold every word.

use ratatui::layout::Rect;

use super::field::Field;
use super::{Layer, Outcome, Reading};
use crate::tui::action::{Action, Place};
use crate::tui::hit::HitMap;
use crate::tui::key::Key;
use crate::tui::model::Model;
use crate::tui::pen::Pen;
use crate::tui::theme::Role;

/// What there is to read, and what is searched for.
#[derive(Debug)]
pub struct Help {
    /// A heading and its lines; the first has no heading.
    sections: Vec<(String, Vec<String>)>,
    search: Field,
    shown: Reading,
}

impl Layer {
    /// The help.
    pub fn help(model: &Model) -> Self {
        let mut sections = vec![(String::new(), BEGINNING.map(str::to_owned).to_vec())];
        for place in Place::ALL {
            let line = |binding: &crate::tui::keys::Binding| {
                let keys: Vec<_> = binding.keys.iter().map(ToString::to_string).collect();
                format!("  {:<14} {}", keys.join("  "), binding.entry.about)
            };
            sections.push((place.title().to_owned(), model.keys.of(place).map(line).collect()));
        }
        let words = WORDS.map(|(word, meaning)| format!("  {word:<14} {meaning}"));
        sections.push(("Words".to_owned(), words.to_vec()));
        let about = model.about.iter().map(|(name, place)| format!("  {name:<14} {place}"));
        let version = format!("  {:<14} {}", "version", env!("CARGO_PKG_VERSION"));
        sections.push(("This run".to_owned(), std::iter::once(version).chain(about).collect()));
        let shown = reading(&sections, &Field::default());
        Self::Help(Help { sections, search: Field::default(), shown })
    }
}

impl Help {
    pub(super) fn act(&mut self, action: Action) -> Outcome {
        if action == Action::Clear {
            self.search.clear();
            self.refresh();
        }
        self.shown.act(action)
    }

    pub(super) fn edit(&mut self, key: Key) {
        self.search.edit(key);
        self.refresh();
    }

    pub(super) fn paste(&mut self, text: &str) -> bool {
        let whole = self.search.paste(text);
        self.refresh();
        whole
    }

    fn refresh(&mut self) {
        self.shown = reading(&self.sections, &self.search);
    }

    pub(super) fn draw(&self, pen: &mut Pen<'_>, hits: &mut HitMap, screen: Rect) {
        self.shown.draw(pen, hits, screen);
    }
}

/// The sections with the lines that hold every word of the search.
fn reading(sections: &[(String, Vec<String>)], search: &Field) -> Reading {
    let words: Vec<String> = search.text().split_whitespace().map(str::to_lowercase).collect();
    let right = if words.is_empty() { "type to search".to_owned() } else { format!("search: {}", search.text()) };
    let mut reading = Reading::new(concat!("diptych ", env!("CARGO_PKG_VERSION")), right);
    for (heading, lines) in sections {
        let found = |line: &&String| {
            let line = format!("{heading} {line}").to_lowercase();
            words.iter().all(|word| line.contains(word))
        };
        let mut found = lines.iter().filter(found).peekable();
        if found.peek().is_some() && !heading.is_empty() {
            reading.heading(heading);
        }
        found.for_each(|line| reading.line(line, Role::Text));
    }
    if reading.is_empty() {
        reading.line("nothing here says so", Role::Dim);
    }
    reading
}

const BEGINNING: [&str; 2] = [
    "One domain, written once, remembered in different ways. Each command runs in every",
    "world; the trace shows its steps side by side, and the worlds must agree.",
];

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
