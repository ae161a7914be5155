//! `diptych decide`: which pattern suits which bounded context, asked line by line or from answers, as text, JSON or a record.

mod as_text;
mod asking;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use self::asking::ask;
use super::stopped::Stopped;
use super::text::{json_line, plain_lines};
use super::{Out, file};
use crate::application::fields::suggestion;
use crate::decision::{Answers, Case, Framework, Measured, application_json, context_json, madr};
use crate::files::{self, Mistake};
use crate::lab::evidence::{self as lab, Evidence};

/// Decide which pattern suits a bounded context
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  diptych decide                                     asks, line by line\n  \
                        diptych decide --answers rules=yes,audit=yes,temporal=no,experience=high\n  \
                        diptych decide --answers contexts.toml --format madr --out docs/decisions/0001-persistence.md\n  \
                        diptych decide --shop --format json                the shop's four contexts\n  \
                        diptych decide --print shop > contexts.toml        a file of contexts to begin with\n\n\
                        Questions and their answers: rules, audit, temporal, performance (yes, no), experience (high, low), and those of \
                        the recommender; unknown is an answer and follows every branch. Exit status: 2 when an answer is missing, not \
                        known or contradicts another.")]
pub(super) struct Arguments {
    /// Answers, as in rules=yes,audit=no, or a file with contexts
    #[arg(long, value_name = "ANSWERS|FILE")]
    answers: Option<String>,
    /// The shop's four contexts
    #[arg(long, conflicts_with = "answers")]
    shop: bool,
    /// What the context is called
    #[arg(long, value_name = "NAME", default_value = "context", conflicts_with = "shop")]
    context: String,
    /// Other weights for the recommender's criteria, 0 to 9, as in audit=5,history=0
    #[arg(long, value_name = "WEIGHTS", default_value = "")]
    weights: String,
    /// Measured figures: a file that `diptych measure --json` has written
    #[arg(long, value_name = "FILE")]
    evidence: Option<PathBuf>,
    /// As what
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Another chart, other criteria: a file
    #[arg(long, value_name = "FILE")]
    framework: Option<PathBuf>,
    /// Where to; otherwise standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace a file that is there
    #[arg(long, requires = "out")]
    force: bool,
    /// Print a file of the program's own instead, to change a copy of it
    #[arg(long, value_enum, value_name = "FILE", conflicts_with_all = ["answers", "shop", "weights", "framework", "format"])]
    print: Option<Shipped>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading here
    Text,
    /// One JSON object a line: each context, and what they make together
    Json,
    /// A record of the decision, in Markdown
    Madr,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shipped {
    /// The guide's charts, table and plans
    Guide,
    /// What this project adds
    Recommender,
    /// The shop's contexts with their answers
    Shop,
}

pub(super) fn run(arguments: Arguments, out: &mut Out) -> Result<(), Stopped> {
    if let Some(shipped) = arguments.print {
        let [guide, recommender, shop] = Framework::files();
        let text = match shipped {
            Shipped::Guide => guide,
            Shipped::Recommender => recommender,
            Shipped::Shop => shop,
        };
        return deliver(&arguments, text, out);
    }
    let framework = match &arguments.framework {
        None => Framework::shipped()?,
        Some(path) => framework(path)?,
    };
    let mut cases = cases(&arguments, &framework)?;
    let weights = weights(&arguments.weights, &framework)?;
    cases.iter_mut().for_each(|case| case.weights.clone_from(&weights));
    if let Some(path) = &arguments.evidence {
        let measured = evidence(path, &framework)?;
        cases.iter_mut().for_each(|case| case.measured.clone_from(&measured));
    }
    if let Some((case, question)) = cases.iter().find_map(|case| Some((case, framework.missing(&case.answers)?))) {
        let words: Vec<_> = question.answers.iter().map(String::as_str).chain(["unknown"]).collect();
        let expected = format!("expected {}={}", question.id, words.join("|"));
        let what = format!("{}: {} is not answered: {}; {expected}", case.name, question.id, question.ask);
        return Err(Stopped::Failed(what));
    }
    let text = match arguments.format {
        Format::Text => as_text::text(&framework, &cases),
        Format::Json => {
            let mut lines: Vec<_> = cases.iter().map(|case| context_json(&framework, case)).collect();
            if cases.len() > 1 {
                lines.push(application_json(&framework, &cases));
            }
            lines.iter().map(|line| json_line(line) + "\n").collect()
        }
        Format::Madr => madr(&framework, &cases, &again(&arguments, &framework, &cases)),
    };
    deliver(&arguments, &text, out)
}

/// A framework of one's own.
pub(super) fn framework(path: &Path) -> Result<Framework, Stopped> {
    let (origin, text) = read(path, "a framework")?;
    Ok(Framework::read(&origin, &text)?)
}

/// The contexts that are asked for: the shop's, those of a file, one with answers, or one that is asked about.
fn cases(arguments: &Arguments, framework: &Framework) -> Result<Vec<Case>, Stopped> {
    match &arguments.answers {
        _ if arguments.shop => match framework.shop() {
            shop if shop.is_empty() => Err(Stopped::Failed(
                "--shop: this framework asks other questions than the shop has answers to".to_owned(),
            )),
            shop => Ok(shop),
        },
        None => Ok(vec![ask(framework, &arguments.context)?]),
        Some(answers) if answers.contains('=') => {
            let answers = Answers::read(framework, answers).map_err(Stopped::Failed)?;
            Ok(vec![Case { answers, ..Case::new(framework, &arguments.context) }])
        }
        Some(path) => {
            let (origin, text) = read(Path::new(path), "answers")?;
            Ok(Case::read_all(framework, &origin, &text)?)
        }
    }
}

fn read(path: &Path, what: &str) -> Result<(String, String), Stopped> {
    let origin = path.display().to_string();
    let bytes = files::bytes(path, what, || {
        "give a file; `diptych decide --print shop` or `--print guide` shows one".to_owned()
    })?;
    let text = files::text(bytes, &origin)?;
    Ok((origin, text))
}

/// What a run has measured, for the criteria that can be measured.
fn evidence(path: &Path, framework: &Framework) -> Result<Vec<Measured>, Stopped> {
    let (origin, text) = read(path, "evidence")?;
    let evidence: Evidence = serde_json::from_str(&text).map_err(|error| {
        Stopped::Failed(format!(
            "{origin}:{}:{}: is no evidence: {error}; `diptych measure --json` writes some",
            error.line(),
            error.column()
        ))
    })?;
    Ok(framework.measured(
        lab::figures(&evidence),
        &serde_json::json!({ "load": evidence.load, "settings": evidence.settings }),
    ))
}

/// The weights of the criteria, some of which are given.
fn weights(given: &str, framework: &Framework) -> Result<Vec<u32>, Stopped> {
    let mut weights = framework.method.weights();
    let known: Vec<_> =
        framework.method.criteria.iter().filter_map(|one| framework.questions.get(one.question)).collect();
    let known: Vec<_> = known.iter().map(|question| question.id.as_str()).collect();
    for part in given.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let wrong = |what: String| Stopped::Failed(format!("--weights: {what}"));
        let (id, weight) = part
            .split_once('=')
            .ok_or_else(|| wrong(format!("`{part}` is no weight; expected CRITERION=WEIGHT, as in audit=5")))?;
        let criterion = known.iter().position(|one| *one == id.trim());
        let place = criterion.and_then(|index| weights.get_mut(index));
        let place = place.ok_or_else(|| wrong(format!("`{id}` is no criterion; {}", suggestion(id.trim(), &known))))?;
        let read = weight.trim().parse().ok().filter(|weight| *weight <= Framework::HEAVIEST);
        *place =
            read.ok_or_else(|| wrong(format!("{id}: `{weight}` is no weight; expected 0 to {}", Framework::HEAVIEST)))?;
    }
    Ok(weights)
}

/// The command that gives the same decision again.
fn again(arguments: &Arguments, framework: &Framework, cases: &[Case]) -> String {
    let mut command = "diptych decide".to_owned();
    let mut add = |flag: &str, value: &str| command.push_str(&format!(" {flag} {}", quoted(value)));
    if let Some(framework) = &arguments.framework {
        add("--framework", &framework.display().to_string());
    }
    if let Some(evidence) = &arguments.evidence {
        add("--evidence", &evidence.display().to_string());
    }
    if !arguments.weights.is_empty() {
        add("--weights", &arguments.weights);
    }
    match (&arguments.answers, cases) {
        _ if arguments.shop => command.push_str(" --shop"),
        (Some(path), _) if !path.contains('=') => add("--answers", path),
        (_, [case]) => {
            add("--context", &case.name);
            add("--answers", &case.answers.to_text(framework));
        }
        _ => {}
    }
    command
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "-_./=,".contains(letter);
    let word: String = word.chars().filter(|letter| !letter.is_control()).collect();
    if !word.is_empty() && word.chars().all(plain) { word } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

fn deliver(arguments: &Arguments, text: &str, out: &mut Out) -> Result<(), Stopped> {
    match &arguments.out {
        Some(path) => file::write(path, text, arguments.force),
        None if io::stdout().is_terminal() => Ok(write!(out, "{}", plain_lines(text))?),
        None => Ok(out.write_all(text.as_bytes())?),
    }
}

impl From<Mistake> for Stopped {
    fn from(mistake: Mistake) -> Self {
        Self::Failed(mistake.to_string())
    }
}
