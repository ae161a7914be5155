//! What a person has answered about one context.

use super::framework::Framework;
use crate::application::fields::suggestion;

/// What stands for *I don't know* in files and on command lines.
pub const UNKNOWN: &str = "unknown";

/// What was said to a question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Reply {
    /// Nothing yet.
    #[default]
    Open,
    /// That the person does not know.
    Unknown,
    /// One of its answers, by its place.
    Is(usize),
}

/// A reply to each of a framework's questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers(Vec<Reply>);

impl Answers {
    /// None yet.
    pub fn none(framework: &Framework) -> Self {
        Self(vec![Reply::Open; framework.questions.len()])
    }

    /// What was said to a question.
    pub fn reply(&self, question: usize) -> Reply {
        self.0.get(question).copied().unwrap_or_default()
    }

    /// Answers a question, or takes the answer back.
    pub fn set(&mut self, question: usize, reply: Reply) {
        if let Some(place) = self.0.get_mut(question) {
            *place = reply;
        }
    }

    /// The same with another reply to one question.
    #[must_use]
    pub fn with(&self, question: usize, reply: Reply) -> Self {
        let mut other = self.clone();
        other.set(question, reply);
        other
    }

    /// Every question that something was said to, with what was said.
    pub fn given(&self) -> impl Iterator<Item = (usize, Reply)> {
        self.0.iter().copied().enumerate().filter(|(_, reply)| *reply != Reply::Open)
    }

    /// Reads `rules=yes,audit=unknown`.
    ///
    /// # Errors
    ///
    /// What is no answer, is not known, or contradicts itself.
    pub fn read(framework: &Framework, text: &str) -> Result<Self, String> {
        let mut answers = Self::none(framework);
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (question, answer) = part.split_once('=').ok_or_else(|| {
                format!("`{part}` is no answer; expected QUESTION=ANSWER, as in {}", framework.example())
            })?;
            answers.take(framework, question.trim(), answer.trim())?;
        }
        Ok(answers)
    }

    /// Takes one answer by its words.
    ///
    /// # Errors
    ///
    /// When the question or the answer is not known, or another answer was given before.
    pub fn take(&mut self, framework: &Framework, question: &str, answer: &str) -> Result<(), String> {
        let known: Vec<_> = framework.questions.iter().map(|one| one.id.as_str()).collect();
        let index = known
            .iter()
            .position(|id| *id == question)
            .ok_or_else(|| format!("`{question}` is no question; {}", suggestion(question, &known)))?;
        let reply = framework.questions[index].reply(answer)?;
        match self.reply(index) {
            Reply::Open => self.set(index, reply),
            before if before == reply => {}
            before => {
                let before = framework.questions[index].word(before);
                return Err(format!("{question}: is answered twice, {before} and {answer}"));
            }
        }
        Ok(())
    }

    /// As they are given on a command line: `rules=yes,audit=no`.
    pub fn to_text(&self, framework: &Framework) -> String {
        let word = |(question, reply): (usize, Reply)| {
            let question = framework.questions.get(question)?;
            Some(format!("{}={}", question.id, question.word(reply)))
        };
        self.given().filter_map(word).collect::<Vec<_>>().join(",")
    }
}
