//! One input of a form: what is typed, what it can be given, and what is wrong with it as it stands.

use crate::application::fields::Kind;
use crate::domain::Product;
use crate::engine::{Offer, Request};
use crate::kernel::Aggregate;
use crate::tui::key::Key;
use crossterm::event::KeyCode;

use super::field::Field;

/// What an order line is made of, in the order in which one types it.
pub(super) const LINE: [(&str, Kind); 3] =
    [("product_id", Kind::Id(Product::NAME)), ("quantity", Kind::Integer), ("unit_price", Kind::Money)];

/// Where an input stands among the order lines: which line, and which part of it.
pub(super) type Place = (usize, usize);

/// What is wrong with what is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Problem {
    /// It is not what the field takes.
    Kind(String),
    /// A rule of the domain would say no.
    Rule(String),
}

/// An input.
#[derive(Debug)]
pub(super) struct Input {
    /// Which of the command's fields.
    pub field: usize,
    /// Which order line, where it is a part of one.
    pub line: Option<Place>,
    /// What it takes.
    pub kind: Kind,
    /// What is typed.
    pub typed: Field,
    /// What it was given last time.
    pub last: Option<String>,
    /// What it can be given, as far as the engine has said.
    pub choices: Vec<Offer>,
    /// Which of the choices is lit.
    pub lit: Option<usize>,
    /// What is wrong with it as it stands.
    pub problem: Option<Problem>,
    /// For which text the engine was asked for choices.
    asked: Option<String>,
}

impl Input {
    pub fn new(field: usize, line: Option<Place>, kind: Kind) -> Self {
        Self {
            field,
            line,
            kind,
            typed: Field::default(),
            last: None,
            choices: Vec::new(),
            lit: None,
            problem: None,
            asked: None,
        }
    }

    /// Types, or takes what was given last time.
    pub fn edit(&mut self, key: Key) {
        match &self.last {
            Some(last) if self.typed.is_empty() && key.code() == KeyCode::Right => self.typed = Field::of(last),
            _ => self.typed.edit(key),
        }
        self.lit = None;
    }

    /// The question for choices that is still to be asked.
    pub fn wants(&mut self, here: bool) -> Option<Request> {
        let Kind::Id(kind) = self.kind else { return None };
        let text = self.typed.text();
        let due = (here || !text.is_empty()) && self.asked.as_ref() != Some(&text);
        due.then(|| {
            self.asked = Some(text.clone());
            Request::Choices { kind, text }
        })
    }

    /// Choices that the engine has found, if they are for what is typed here.
    pub fn take_choices(&mut self, kind: &str, text: &str, choices: &[Offer]) {
        if self.kind == Kind::Id(aggregate(kind)) && self.typed.text() == text {
            self.choices = choices.to_vec();
            self.lit = None;
        }
    }

    /// What can be chosen now: nothing once it is chosen.
    pub fn offered(&self) -> &[Offer] {
        if self.chosen().is_some() { &[] } else { &self.choices }
    }

    /// The choice whose id is typed.
    pub fn chosen(&self) -> Option<&Offer> {
        let typed = self.typed.text();
        self.choices.iter().find(|choice| choice.id == typed)
    }

    /// Takes a choice.
    pub fn choose(&mut self, choice: Offer) {
        self.typed = Field::of(&choice.id);
        self.asked = Some(choice.id.clone());
        self.choices = vec![choice];
        self.lit = None;
    }
}

/// The same name, as the fields have it.
fn aggregate(kind: &str) -> &'static str {
    ["product", "order", "customer", "stock"].into_iter().find(|name| *name == kind).unwrap_or("")
}
