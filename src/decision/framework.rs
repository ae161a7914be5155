//! A framework: the guide and the method beside it, over one list of questions.

use serde_json::Value;

use super::answers::{Answers, Reply, UNKNOWN};
use super::case::{Case, Measured};
use super::chart::Chart;
use super::guide::Guide;
use super::method::Method;
use super::{guide_reading, method_reading};
use crate::application::fields::suggestion;
use crate::files::{self, Mistake, Mistakes, Table};

/// The guide's half, as it rides in the binary.
const GUIDE: (&str, &str) = ("guide.toml", include_str!("../../assets/decision/guide.toml"));

/// This project's half.
const METHOD: (&str, &str) = ("recommender.toml", include_str!("../../assets/decision/recommender.toml"));

/// The shop's contexts with their answers.
const SHOP: (&str, &str) = ("shop.toml", include_str!("../../assets/decision/shop.toml"));

/// Something to ask about a context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its word in answers.
    pub id: String,
    /// The question.
    pub ask: String,
    /// What it means, in a sentence or two.
    pub about: String,
    /// The words of its answers.
    pub answers: Vec<String>,
}

impl Question {
    /// What a word answers.
    ///
    /// # Errors
    ///
    /// When it is none of the answers.
    pub fn reply(&self, word: &str) -> Result<Reply, String> {
        if word.eq_ignore_ascii_case(UNKNOWN) {
            return Ok(Reply::Unknown);
        }
        let found = self.answers.iter().position(|answer| answer.eq_ignore_ascii_case(word));
        found.map(Reply::Is).ok_or_else(|| {
            let known: Vec<_> = self.answers.iter().map(String::as_str).chain([UNKNOWN]).collect();
            format!("{}: `{word}` is no answer; {}", self.id, suggestion(word, &known))
        })
    }

    /// The word of a reply; empty for none.
    pub fn word(&self, reply: Reply) -> &str {
        match reply {
            Reply::Open => "",
            Reply::Unknown => UNKNOWN,
            Reply::Is(answer) => self.answers.get(answer).map_or("", String::as_str),
        }
    }
}

/// The guide and the method beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Framework {
    /// Everything that can be asked: the guide's questions first, then the method's own.
    pub questions: Vec<Question>,
    /// How many of them are the guide's.
    pub guides: usize,
    /// What the guide says.
    pub guide: Guide,
    /// Its Step 1 chart.
    pub chart: Chart,
    /// What this project adds.
    pub method: Method,
}

/// The shipped one; a test makes sure that it is well.
impl Default for Framework {
    fn default() -> Self {
        Self::shipped().unwrap_or_else(|_| Self::empty())
    }
}

impl Framework {
    /// One that asks nothing.
    fn empty() -> Self {
        let guide =
            Guide { title: String::new(), patterns: Vec::new(), overview: String::new(), constraints: Vec::new() };
        let chart = Chart { opens: String::new(), start: 0, nodes: Vec::new(), ends: Vec::new() };
        Self { questions: Vec::new(), guides: 0, guide, chart, method: Method::default() }
    }

    /// The one that comes with the program.
    ///
    /// # Errors
    ///
    /// Never, as a test makes sure.
    pub fn shipped() -> Result<Self, Mistake> {
        Self::of(GUIDE, METHOD)
    }

    /// No criterion weighs more.
    pub const HEAVIEST: u32 = method_reading::HEAVIEST;

    /// The shipped files, for somebody who wants to change a copy: the guide, the method, the shop's contexts.
    pub fn files() -> [&'static str; 3] {
        [GUIDE.1, METHOD.1, SHOP.1]
    }

    /// Reads a file that has a guide (questions, patterns, a chart), a method (rungs, criteria), or both. The half that it has not
    /// is the shipped one.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong.
    pub fn read(origin: &str, text: &str) -> Result<Self, Mistake> {
        let file = (origin, text);
        let has =
            |keys: &[&str]| files::parse(text, origin, |table, _| keys.iter().any(|key| table.get(key).is_some()));
        match (has(&guide_reading::KEYS)?, has(&method_reading::KEYS)?) {
            (true, true) => Self::of(file, file),
            (true, false) => Self::of(file, METHOD),
            (false, true) => Self::of(GUIDE, file),
            (false, false) => Err(Mistake::at(
                origin,
                text,
                0,
                "there is no framework in it; expected a guide ([[question]], [[pattern]], [chart]), a recommender \
                 ([[rung]], [[criterion]]), or both",
            )),
        }
    }

    fn of(guide: (&str, &str), method: (&str, &str)) -> Result<Self, Mistake> {
        let same = guide == method;
        let only = |keys: &'static [&'static str]| {
            move |table: Table<'_>, mistakes: &mut Mistakes| {
                let all: Vec<_> = guide_reading::KEYS.iter().chain(&method_reading::KEYS).copied().collect();
                table.expect_only(if same { &all } else { keys }, mistakes);
            }
        };
        files::parse(guide.1, guide.0, only(&guide_reading::KEYS))?;
        files::parse(method.1, method.0, only(&method_reading::KEYS))?;
        let (mut questions, guide, chart) = files::parse(guide.1, guide.0, guide_reading::read)?;
        let guides = questions.len();
        let read =
            |table: Table<'_>, mistakes: &mut Mistakes| method_reading::read(table, &guide, &mut questions, mistakes);
        let method = files::parse(method.1, method.0, read)?;
        Ok(Self { questions, guides, guide, chart, method })
    }

    /// The question with this word, by its place.
    pub fn question(&self, id: &str) -> Option<usize> {
        self.questions.iter().position(|question| question.id == id)
    }

    /// Answers as one might type them.
    pub fn example(&self) -> String {
        let some = self.questions.iter().take(2);
        some.filter_map(|one| Some(format!("{}={}", one.id, one.answers.first()?))).collect::<Vec<_>>().join(",")
    }

    /// The contexts of the shop with the answers that lead to the guide's own wiring; none where the questions are others.
    pub fn shop(&self) -> Vec<Case> {
        Case::read_all(self, SHOP.0, SHOP.1).unwrap_or_default()
    }

    /// Measured figures, of which those count whose question has a criterion that can be measured.
    pub fn measured<'a>(
        &self,
        figures: impl IntoIterator<Item = (&'a str, String)>,
        settings: &Value,
    ) -> Vec<Measured> {
        let measures = |id: &str| {
            let question = self.question(id);
            self.method.criteria.iter().any(|one| one.measured && Some(one.question) == question)
        };
        let figures = figures.into_iter().filter(|(question, _)| measures(question));
        figures
            .map(|(question, text)| Measured { question: question.to_owned(), text, settings: settings.clone() })
            .collect()
    }

    /// What has to be answered before the guide has an answer.
    pub fn missing(&self, answers: &Answers) -> Option<&Question> {
        let node = self.chart.follow(answers).open()?;
        self.questions.get(self.chart.nodes.get(node)?.question)
    }
}
