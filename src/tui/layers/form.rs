//! A form: an input for each field of a command or a query, as its own description has them.
//!
//! What is typed is checked at once: against the field's kind, and by the domain's rules where they speak of the field alone. A
//! rule's no keeps nobody from performing the command: the refusal is an answer, and often what one wants to show.

use serde_json::{Map, Value, json};

use super::Outcome;
use super::field::Field;
use super::input::{Input, LINE, Problem};
use crate::application::commands::{Command, Unreadable};
use crate::application::fields::{Description, Kind};
use crate::application::queries::Query;
use crate::engine::{Offer, Request};
use crate::tui::action::Action;
use crate::tui::key::Key;

/// What a form is filled in for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To perform a command.
    Command,
    /// To ask a query.
    Query,
}

/// What was typed into each field, by the field's name.
pub type Remembered = Vec<(&'static str, String)>;

/// What has been typed so far.
#[derive(Debug)]
pub struct Form {
    pub(super) purpose: Purpose,
    pub(super) description: &'static Description,
    pub(super) inputs: Vec<Input>,
    pub(super) at: usize,
    /// The input that is wrong, and what was wrong when it was to be performed.
    pub(super) error: Option<(usize, String)>,
}

impl Form {
    /// The form of a command or query. `known` answers the id of what is selected, for fields that take one; a field that may be
    /// left out stays empty, because an id there means something else. `last` is what was typed last time.
    pub fn new(
        purpose: Purpose,
        description: &'static Description,
        known: impl Fn(&str) -> Option<String>,
        last: Option<&Remembered>,
    ) -> Self {
        let input = |(index, field): (usize, &crate::application::fields::Field)| {
            let mut input = Input::new(index, None, field.kind);
            input.typed = match field.kind {
                Kind::Id(kind) if field.required => known(kind).map(|id| Field::of(&id)).unwrap_or_default(),
                _ => Field::default(),
            };
            let last = last.and_then(|last| last.iter().find(|(name, _)| *name == field.name));
            input.last = last.map(|(_, text)| text.clone());
            input
        };
        let inputs: Vec<_> = description.fields.iter().enumerate().map(input).collect();
        // What is known already needs no typing: the first empty field comes first.
        let at = inputs.iter().position(|input| input.typed.is_empty()).unwrap_or_default();
        let mut form = Self { purpose, description, inputs, at, error: None };
        form.check();
        form
    }

    /// What was typed, for the next form of the same name: no ids, which belong to what is selected then.
    pub fn remembered(&self) -> Remembered {
        let whole = self.inputs.iter().filter(|input| input.line.is_none() && !input.typed.is_empty());
        let texts = whole.filter(|input| matches!(input.kind, Kind::Text | Kind::Money | Kind::Integer));
        texts.map(|input| (self.description.fields[input.field].name, input.typed.text())).collect()
    }

    /// What it is of.
    pub fn name(&self) -> &'static str {
        self.description.name
    }

    pub(super) fn act(&mut self, action: Action) -> Outcome {
        let last = self.inputs.len().saturating_sub(1);
        let offered = self.here().map_or(0, |input| input.offered().len());
        match action {
            Action::Down if offered > 0 => self.light(|lit| lit.map_or(0, |lit| lit + 1) % offered),
            Action::Up if self.here().is_some_and(|input| input.lit.is_some()) => {
                self.light(|lit| lit.unwrap_or_default().checked_sub(1).unwrap_or(offered - 1));
            }
            Action::Choose if offered > 0 => self.light(|_| 0),
            Action::NextField | Action::Down => self.go(if self.at >= last { 0 } else { self.at + 1 }),
            Action::PreviousField | Action::Up => self.go(self.at.checked_sub(1).unwrap_or(last)),
            Action::Clear => self.typed(|input| input.typed.clear()),
            Action::Enter => return self.enter(),
            Action::Submit => return self.submit(),
            _ => {}
        }
        Outcome::Stay
    }

    fn enter(&mut self) -> Outcome {
        if let Some(lit) = self.here().and_then(|input| input.lit) {
            self.choose(lit);
        } else if self.is_new_line() {
            self.add_line();
        } else if self.at + 1 < self.inputs.len() {
            self.go(self.at + 1);
        } else {
            return self.submit();
        }
        Outcome::Stay
    }

    /// Whether one is where order lines can be added.
    fn is_new_line(&self) -> bool {
        self.here().is_some_and(|input| input.kind == Kind::Lines && input.typed.is_empty())
    }

    fn add_line(&mut self) {
        let Some(field) = self.here().map(|input| input.field) else { return };
        let row = self.inputs.iter().filter_map(|input| input.line).map(|(row, _)| row + 1).max().unwrap_or(0);
        let parts = (0..).zip(LINE).map(|(part, (_, kind))| Input::new(field, Some((row, part)), kind));
        self.inputs.splice(self.at..self.at, parts);
    }

    fn go(&mut self, to: usize) {
        if let Some(input) = self.inputs.get_mut(self.at) {
            input.lit = None;
        }
        self.at = to;
    }

    pub(super) fn here(&self) -> Option<&Input> {
        self.inputs.get(self.at)
    }

    fn light(&mut self, which: impl FnOnce(Option<usize>) -> usize) {
        if let Some(input) = self.inputs.get_mut(self.at) {
            input.lit = Some(which(input.lit));
        }
    }

    /// Takes one of the choices, and the price that comes with it; the next input that is empty comes next.
    fn choose(&mut self, index: usize) {
        let Some(input) = self.inputs.get_mut(self.at) else { return };
        let Some(choice) = input.offered().get(index).cloned() else { return };
        let (field, line, price) = (input.field, input.line, choice.price.clone());
        input.choose(choice);
        let mut fill = |part: usize, name: &str, text: &str| {
            let same = |other: &&mut Input| match line {
                Some((row, _)) => other.line == Some((row, part)),
                None => other.field != field && self.description.fields[other.field].name == name,
            };
            if let Some(other) = self.inputs.iter_mut().find(same)
                && other.typed.is_empty()
            {
                other.typed = Field::of(text);
            }
        };
        if let Some(price) = &price {
            fill(2, "unit_price", price);
        }
        if line.is_some() {
            fill(1, "quantity", "1");
        }
        let next = self.at + 1;
        self.go(if next < self.inputs.len() { next } else { self.at });
        self.check();
        self.error = None;
    }

    pub(super) fn edit(&mut self, key: Key) {
        self.typed(|input| input.edit(key));
    }

    pub(super) fn paste(&mut self, text: &str) -> bool {
        // A list in JSON is for the whole field, wherever among its lines one is.
        if text.trim_start().starts_with('[')
            && let Some(field) = self.here().filter(|input| input.line.is_some()).map(|input| input.field)
        {
            self.inputs.retain(|input| input.field != field || input.line.is_none());
            self.at = self.inputs.iter().position(|input| input.field == field).unwrap_or_default();
        }
        let mut whole = true;
        self.typed(|input| whole = input.typed.paste(text));
        whole
    }

    pub(super) fn click(&mut self, index: usize) -> Outcome {
        match index.checked_sub(CHOICES) {
            Some(choice) => self.choose(choice),
            None => self.go(index.min(self.inputs.len().saturating_sub(1))),
        }
        Outcome::Stay
    }

    fn typed(&mut self, edit: impl FnOnce(&mut Input)) {
        if let Some(input) = self.inputs.get_mut(self.at) {
            edit(input);
            self.check();
        }
        if self.error.as_ref().is_some_and(|(index, _)| *index == self.at) {
            self.error = None;
        }
    }

    /// The questions for choices that are still to be asked.
    pub(super) fn wants(&mut self) -> Vec<Request> {
        let at = self.at;
        self.inputs.iter_mut().enumerate().filter_map(|(index, input)| input.wants(index == at)).collect()
    }

    pub(super) fn take_choices(&mut self, kind: &str, text: &str, choices: &[Offer]) {
        self.inputs.iter_mut().for_each(|input| input.take_choices(kind, text, choices));
    }

    /// Looks at each input as it stands.
    fn check(&mut self) {
        for index in 0..self.inputs.len() {
            self.inputs[index].problem = self.problem(&self.inputs[index]);
        }
    }

    /// What is wrong with an input, everything else being in order.
    fn problem(&self, input: &Input) -> Option<Problem> {
        if input.typed.is_empty() {
            return None;
        }
        let fields = self.description.fields;
        let value = input.kind.from_text(&input.typed.text());
        let value = match input.line {
            None => value,
            Some((_, part)) => {
                let mut line = sample_line();
                line.insert(LINE[part].0.to_owned(), value);
                json!([line])
            }
        };
        let mut given = Map::new();
        for (index, field) in fields.iter().enumerate() {
            if index == input.field {
                given.insert(field.name.to_owned(), value.clone());
            } else if field.required {
                given.insert(field.name.to_owned(), sample(field.name, field.kind));
            }
        }
        if self.purpose == Purpose::Query {
            return Query::read(self.name(), &given).err().map(|error| Problem::Kind(what(&error)));
        }
        match Command::read(self.name(), &given) {
            Err(error) => Some(Problem::Kind(what(&error))),
            Ok(command) => command.objection().map(|refusal| Problem::Rule(refusal.text.into_owned())),
        }
    }

    /// What is given, as a command or query reads it.
    fn given(&self) -> Map<String, Value> {
        let mut given = Map::new();
        for (index, field) in self.description.fields.iter().enumerate() {
            let lines = self.lines(index);
            if let Some(input) = self.inputs.iter().find(|input| input.field == index && input.line.is_none()) {
                // An empty text is the domain's to refuse; a field that may be left out is left out.
                if !input.typed.is_empty() || (field.required && lines.is_empty()) {
                    given.insert(field.name.to_owned(), field.kind.from_text(&input.typed.text()));
                    continue;
                }
            }
            if !lines.is_empty() {
                let lines: Vec<_> = lines.into_iter().map(|(_, line)| Value::Object(line)).collect();
                given.insert(field.name.to_owned(), lines.into());
            }
        }
        given
    }

    /// The order lines that are not empty: the input at which each begins, and what it says.
    fn lines(&self, field: usize) -> Vec<(usize, Map<String, Value>)> {
        let mut lines = Vec::new();
        for (index, input) in self.inputs.iter().enumerate() {
            let Some((row, 0)) = input.line.filter(|_| input.field == field) else { continue };
            let parts = self.inputs.iter().filter(|other| other.line.is_some_and(|(other, _)| other == row));
            let given = parts.filter(|part| !part.typed.is_empty()).filter_map(|part| {
                let (name, kind) = LINE[part.line?.1];
                Some((name.to_owned(), kind.from_text(&part.typed.text())))
            });
            let line: Map<_, _> = given.collect();
            if !line.is_empty() {
                lines.push((index, line));
            }
        }
        lines
    }

    fn submit(&mut self) -> Outcome {
        let read = match self.purpose {
            Purpose::Command => Command::read(self.name(), &self.given()).map(|one| Outcome::Perform(Box::new(one))),
            Purpose::Query => Query::read(self.name(), &self.given()).map(|one| Outcome::Ask(Box::new(one))),
        };
        read.unwrap_or_else(|error| {
            let (index, what) = self.blame(&error);
            self.go(index);
            self.error = Some((index, what));
            Outcome::Stay
        })
    }

    /// The input of an error, and the error without the field's name.
    fn blame(&self, error: &Unreadable) -> (usize, String) {
        let Unreadable::Field(mismatch) = error else { return (self.at, error.to_string()) };
        let name = mismatch.field.split(['[', '.']).next().unwrap_or_default();
        let field = self.description.fields.iter().position(|field| field.name == name);
        let inner = mismatch.field.strip_prefix(name).unwrap_or_default();
        let whole = self.inputs.iter().position(|input| Some(input.field) == field && input.line.is_none());
        let part = field.and_then(|field| {
            let (line, part) = inner.strip_prefix('[')?.split_once("].")?;
            let (start, _) = *self.lines(field).get(line.parse::<usize>().ok()?)?;
            let part = LINE.iter().position(|(name, _)| *name == part)?;
            Some(start + part)
        });
        let what = if inner.is_empty() { mismatch.what.clone() } else { mismatch.to_string() };
        (part.or(whole).unwrap_or(self.at), what)
    }
}

/// What can be clicked begins with the inputs; the choices are counted from here.
pub(super) const CHOICES: usize = 10_000;

fn what(error: &Unreadable) -> String {
    match error {
        Unreadable::Field(mismatch) => mismatch.what.clone(),
        other => other.to_string(),
    }
}

/// A value with which nothing is wrong, so that what is wrong is another field's.
fn sample(name: &str, kind: Kind) -> Value {
    match (name, kind) {
        ("email", _) => "a@b".into(),
        ("new_tier", _) => "gold".into(),
        (_, Kind::Id(_) | Kind::Text) => "x".into(),
        (_, Kind::Money) => "1".into(),
        (_, Kind::Integer) => 1.into(),
        (_, Kind::Lines) => json!([sample_line()]),
    }
}

fn sample_line() -> Map<String, Value> {
    LINE.iter().map(|(name, kind)| ((*name).to_owned(), sample(name, *kind))).collect()
}
