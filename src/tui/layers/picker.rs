//! A list to choose from: commands, queries, scenarios. Grouped as it stands; typing filters it, the best match first.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use ratatui::layout::Rect;

use super::field::Field;
use super::{Outcome, boxed};
use crate::application::commands::Command;
use crate::application::fields::Description;
use crate::application::queries::Query;
use crate::engine::scenario::{Scenario, library};
use crate::tui::action::Action;
use crate::tui::hit::{HitMap, Target};
use crate::tui::key::Key;
use crate::tui::pen::{Pen, row};
use crate::tui::text;
use crate::tui::theme::Role;

/// What was chosen.
#[derive(Debug, Clone, Copy)]
pub enum Pick {
    /// A command, to fill in its form.
    Command(&'static Description),
    /// A query, to fill in its form.
    Query(&'static Description),
    /// A built-in scenario, by its name.
    Scenario(&'static str),
    /// A scenario's file, whose path is typed next.
    ScenarioFile,
}

#[derive(Debug)]
struct Entry {
    group: &'static str,
    name: String,
    about: String,
    pick: Pick,
}

/// The list and what is typed.
#[derive(Debug)]
pub struct Picker {
    title: &'static str,
    /// What is said where nothing matches.
    none: &'static str,
    entries: Vec<Entry>,
    filter: Field,
    selected: usize,
}

impl Picker {
    fn new(title: &'static str, none: &'static str, entries: Vec<Entry>) -> Self {
        Self { title, none, entries, filter: Field::default(), selected: 0 }
    }

    /// Every command.
    pub fn commands() -> Self {
        let entries = Command::ALL.iter().map(|one| described(one, Pick::Command(one)));
        Self::new("a command, in every world", "no command is called so", entries.collect())
    }

    /// Every query.
    pub fn queries() -> Self {
        let entries = Query::ALL.iter().map(|one| described(one, Pick::Query(one)));
        Self::new("a question, to every world", "no query is called so", entries.collect())
    }

    /// The scenarios that come with the program, and a file of one's own.
    pub fn scenarios() -> Self {
        let shipped = library::all().iter().map(|shipped| {
            // A scenario of the program's own is well; a test plays each.
            let scenario = Scenario::parse(shipped.text, shipped.name).ok();
            let caption = scenario.as_ref().and_then(|one| one.scenes.iter().find_map(|scene| scene.say.clone()));
            let caption = caption.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
            Entry {
                group: "built in",
                name: scenario.map_or_else(|| shipped.name.to_owned(), |one| one.title),
                about: caption,
                pick: Pick::Scenario(shipped.name),
            }
        });
        let file = Entry {
            group: "your own",
            name: "a file…".to_owned(),
            about: "type its path; what is wrong in it is said with line and column".to_owned(),
            pick: Pick::ScenarioFile,
        };
        let entries = shipped.chain([file]).collect();
        Self::new("a scenario, from its first scene; the playground stays", "no scenario is called so", entries)
    }

    /// The entries that match what is typed, the best first: letter by letter in the name, word by word in what it is about.
    fn matching(&self) -> Vec<&Entry> {
        let typed = self.filter.text();
        if typed.trim().is_empty() {
            return self.entries.iter().collect();
        }
        let pattern = Pattern::new(&typed, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut letters = Vec::new();
        let words = typed.to_lowercase();
        let mut scored: Vec<(u32, &Entry)> = self
            .entries
            .iter()
            .filter_map(|entry| {
                let name = pattern.score(Utf32Str::new(&entry.name, &mut letters), &mut matcher);
                let text = format!("{} {}", entry.group, entry.about).to_lowercase();
                let about = words.split_whitespace().all(|word| text.contains(word)).then_some(1);
                name.map(|score| score + 2).or(about).map(|score| (score, entry))
            })
            .collect();
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        scored.into_iter().map(|(_, entry)| entry).collect()
    }

    pub(super) fn act(&mut self, action: Action) -> Outcome {
        let last = self.matching().len().saturating_sub(1);
        match action {
            Action::Up => self.selected = self.selected.checked_sub(1).unwrap_or(last),
            Action::Down => self.selected = if self.selected >= last { 0 } else { self.selected + 1 },
            Action::Clear => {
                self.filter.clear();
                self.selected = 0;
            }
            Action::Choose => return self.click(self.selected),
            _ => {}
        }
        Outcome::Stay
    }

    pub(super) fn edit(&mut self, key: Key) {
        self.filter.edit(key);
        self.selected = 0;
    }

    pub(super) fn paste(&mut self, text: &str) -> bool {
        self.selected = 0;
        self.filter.paste(text)
    }

    pub(super) fn click(&mut self, index: usize) -> Outcome {
        self.matching().get(index).map_or(Outcome::Stay, |entry| Outcome::Picked(entry.pick))
    }

    pub(super) fn draw(&self, pen: &mut Pen<'_>, hits: &mut HitMap, screen: Rect) {
        let matching = self.matching();
        let grouped = self.filter.is_empty();
        let list_of =
            |entries: &[&Entry]| if grouped { lines(entries) } else { (0..entries.len()).map(Line::Item).collect() };
        let lines = list_of(&matching);
        // As high as the full list, so that the box stands still while it is filtered.
        let full = self::lines(&self.entries.iter().collect::<Vec<_>>()).len();
        let height = u16::try_from(full + 4).unwrap_or(u16::MAX).min(screen.height.saturating_sub(2));
        let title = [pen.piece(self.title, Role::Strong)];
        let inside = boxed(pen, hits, screen, (84, height), Role::Focus, &title, &[]);
        let (typed, cursor) = self.filter.shown(usize::from(inside.width.saturating_sub(3)));
        let prompt = if typed.is_empty() {
            [pen.piece("› ", Role::Key), pen.piece("type to filter", Role::Dim)]
        } else {
            [pen.piece("› ", Role::Key), pen.piece(typed, Role::Text)]
        };
        pen.line(row(inside, 0), &prompt);
        super::form_draw::draw_cursor(pen, Rect { x: inside.x + 2, ..row(inside, 0) }, cursor);
        let list = Rect { y: inside.y + 2, height: inside.height.saturating_sub(2), ..inside };
        if matching.is_empty() {
            pen.write(row(list, 0), self.none, Role::Dim);
        }
        let selected_line = lines.iter().position(|line| *line == Line::Item(self.selected)).unwrap_or_default();
        let first = (selected_line + 2).saturating_sub(usize::from(list.height)).min(selected_line);
        let longest = self.entries.iter().map(|entry| text::width(&entry.name)).max().unwrap_or_default().min(32);
        for (index, line) in (0..list.height).zip(lines.iter().skip(first)) {
            let place = row(list, index);
            match line {
                Line::Group(name) => {
                    pen.write(place, name, Role::Dim);
                }
                Line::Item(item) => {
                    let Some(one) = matching.get(*item) else { continue };
                    hits.add(place, Target::Item(*item));
                    let mark = if *item == self.selected { "▸ " } else { "  " };
                    let name = format!("{mark}{}  ", text::fit(&one.name, longest, false));
                    let pieces = [pen.piece(name, Role::Strong), pen.piece(one.about.clone(), Role::Text)];
                    pen.line(place, &pieces);
                    if *item == self.selected {
                        pen.tint(place, pen.theme.style(Role::Selected));
                    }
                }
            }
        }
    }
}

fn described(one: &'static Description, pick: Pick) -> Entry {
    Entry { group: one.context.name(), name: one.name.to_owned(), about: one.about.to_owned(), pick }
}

#[derive(Debug, PartialEq, Eq)]
enum Line {
    Group(&'static str),
    Item(usize),
}

fn lines(entries: &[&Entry]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut group = None;
    for (index, one) in entries.iter().enumerate() {
        if group != Some(one.group) {
            group = Some(one.group);
            lines.push(Line::Group(one.group));
        }
        lines.push(Line::Item(index));
    }
    lines
}
