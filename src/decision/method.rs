//! What this project adds beside the guide: rungs between its two ends, criteria with points and sources, vetoes, migrations.

use super::migration::Migration;

/// A way to remember, between the guide's two ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    /// Its word.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Which of the guide's patterns it is a form of.
    pub pattern: usize,
    /// What counts against it from the start.
    pub cost: i64,
    /// In a sentence.
    pub about: String,
    /// A command that shows it at work.
    pub run: String,
}

/// Something to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its word in the file.
    pub id: String,
    /// Who wrote it.
    pub author: String,
    /// What it is called.
    pub title: String,
}

/// What a source says about a criterion, in this project's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Says {
    /// Which source.
    pub source: usize,
    /// What it says.
    pub text: String,
}

/// What an answer means for each rung.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriterionAnswer {
    /// Points for each rung, in their order.
    pub points: Vec<i64>,
    /// Why: a sentence that is a reason for what the points favour, and a counter-argument to the rest.
    pub reason: String,
}

/// Something that speaks for one rung or another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// Which question it asks.
    pub question: usize,
    /// How much it counts, unless a person moves it.
    pub weight: u32,
    /// Whether a run on this machine can say something about it.
    pub measured: bool,
    /// What the guide says about it.
    pub guide: String,
    /// What others say.
    pub says: Vec<Says>,
    /// One for each answer of its question.
    pub answers: Vec<CriterionAnswer>,
}

/// What no weight outvotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forbids {
    /// Its word.
    pub id: String,
    /// The answers that call it: a question and one of its answers each.
    pub when: Vec<(usize, usize)>,
    /// The rungs that are out then.
    pub rungs: Vec<usize>,
    /// Why.
    pub text: String,
    /// Who says so.
    pub source: usize,
}

/// The method.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Method {
    /// Whose it is, for every screen that shows it.
    pub label: String,
    /// The ladder, the simplest rung first.
    pub rungs: Vec<Rung>,
    /// What is read.
    pub sources: Vec<Source>,
    /// What is weighed.
    pub criteria: Vec<Criterion>,
    /// What is not weighed.
    pub vetoes: Vec<Forbids>,
    /// What it costs to change one's mind.
    pub migrations: Vec<Migration>,
    /// When to look again: a pattern, and a sign.
    pub revisit: Vec<(usize, String)>,
}

impl Method {
    /// Each criterion's weight, unless a person moves it.
    pub fn weights(&self) -> Vec<u32> {
        self.criteria.iter().map(|criterion| criterion.weight).collect()
    }

    /// A source as one cites it.
    pub fn cite(&self, source: usize) -> String {
        self.sources.get(source).map_or(String::new(), |source| format!("{}, “{}”", source.author, source.title))
    }
}
