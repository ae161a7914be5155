//! One context to decide about, and the application that several of them make.

use serde_json::Value;

use super::answers::Answers;
use super::framework::Framework;
use crate::domain::Context;
use crate::files::{self, Mistake, Mistakes, Table};

/// A context with its answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The context's name.
    pub name: String,
    /// What was answered.
    pub answers: Answers,
    /// Each criterion's weight.
    pub weights: Vec<u32>,
    /// What was measured on this machine for it.
    pub measured: Vec<Measured>,
}

/// A figure from a run, never an estimate.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// The word of the question that it says something about.
    pub question: String,
    /// The figures, in a sentence.
    pub text: String,
    /// How the run was made.
    pub settings: Value,
}

impl Case {
    /// A context that nothing is answered about yet.
    pub fn new(framework: &Framework, name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            answers: Answers::none(framework),
            weights: framework.method.weights(),
            measured: Vec::new(),
        }
    }

    /// Reads a file with contexts: `[[context]]`, each with its `name` and its answers.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong.
    pub fn read_all(framework: &Framework, origin: &str, text: &str) -> Result<Vec<Self>, Mistake> {
        files::parse(text, origin, |file, mistakes| {
            file.expect_only(&["context"], mistakes);
            let tables = file.tables("context", mistakes);
            if tables.is_empty() {
                mistakes
                    .note(usize::MAX, "context: is missing; expected at least one [[context]] with a name and answers");
            }
            let mut cases: Vec<Self> = Vec::new();
            for table in tables {
                let case = Self::read(framework, table, mistakes);
                if cases.iter().any(|one| one.name == case.name) {
                    let at = table.place_of("name").unwrap_or(table.at);
                    mistakes.note(at, format!("name: there are two contexts `{}`", case.name));
                }
                cases.push(case);
            }
            cases
        })
    }

    fn read(framework: &Framework, table: Table<'_>, mistakes: &mut Mistakes) -> Self {
        let mut case = Self::new(framework, table.needed("name", mistakes));
        for (question, at, value) in table.entries().into_iter().filter(|(key, ..)| *key != "name") {
            let taken = match value.get_ref().as_str() {
                Some(answer) => case.answers.take(framework, question, answer),
                None => Err(format!(
                    "{question}: {} is not what it takes; expected text in quotes",
                    files::kind(value.get_ref())
                )),
            };
            if let Err(what) = taken {
                // A word that is wrong stands where the value does, a question that is not known at its own place.
                let at = if framework.question(question).is_some() { value.span().start } else { at };
                mistakes.note(at, what);
            }
        }
        case
    }
}

/// Several contexts, and what they make of the application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// Each context's pattern by the guide, where it has one.
    pub wiring: Vec<(String, Option<usize>)>,
    /// The pattern of the whole: that of all contexts, or the mixed one; none while one is undecided.
    pub pattern: Option<usize>,
}

impl Application {
    /// Of these contexts.
    pub fn of(framework: &Framework, cases: &[Case]) -> Self {
        let pattern = |case: &Case| framework.chart.follow(&case.answers).pattern(&framework.chart);
        let wiring: Vec<_> = cases.iter().map(|case| (case.name.clone(), pattern(case))).collect();
        let decided: Option<Vec<usize>> = wiring.iter().map(|(_, pattern)| *pattern).collect();
        let pattern = decided.and_then(|all| {
            let first = *all.first()?;
            let mixed = framework.guide.patterns.iter().position(|pattern| pattern.mixed);
            if all.iter().all(|one| *one == first) { Some(first) } else { mixed }
        });
        Self { wiring, pattern }
    }

    /// The shop wired as decided, as the flag `--wiring` takes it; none where no decided context is one of the shop's.
    pub fn shop_wiring(&self, framework: &Framework) -> Option<String> {
        let wired = self.wiring.iter().filter_map(|(name, pattern)| {
            let context = Context::named(name)?;
            let pattern = framework.guide.patterns.get((*pattern)?)?.wiring.as_ref()?;
            Some(format!("{}={pattern}", context.name()))
        });
        let wired: Vec<_> = wired.collect();
        if wired.is_empty() { None } else { Some(wired.join(",")) }
    }
}
