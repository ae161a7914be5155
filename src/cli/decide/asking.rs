//! Asking line by line: the chart's questions on their way, then those that the recommender would like to have answered.
//!
//! What is asked goes to standard error, so that standard output holds nothing but the decision.

use std::io::{self, IsTerminal, Write};

use crate::application::fields::suggestion;
use crate::cli::plain::Lines;
use crate::cli::stopped::Stopped;
use crate::decision::{Case, Framework, Question, Reply};

/// What a line means.
enum Said {
    Reply(Reply),
    Nothing,
    End,
}

/// Asks about one context. Ends early where there are no more lines.
pub(super) fn ask(framework: &Framework, name: &str) -> Result<Case, Stopped> {
    let mut case = Case::new(framework, name);
    let mut lines = Lines::new(io::stdin().lock(), !io::stdin().is_terminal());
    let mut told = io::stderr().lock();
    let guide = &framework.guide.title;
    writeln!(told, "{guide}. An answer may be shortened; ? tells what is meant; unknown follows every branch.\n")?;
    while let Some(question) = framework.missing(&case.answers) {
        let index = framework.question(&question.id).unwrap_or_default();
        match said(&mut lines, &mut told, question)? {
            Said::Reply(reply) => case.answers.set(index, reply),
            Said::Nothing => writeln!(told, "the chart cannot go on without; unknown is an answer")?,
            Said::End => return Ok(case),
        }
    }
    writeln!(
        told,
        "\nThe guide has its answer. What follows is asked by {}; an empty line passes.\n",
        framework.method.label
    )?;
    for (index, question) in framework.questions.iter().enumerate() {
        if case.answers.reply(index) == Reply::Open {
            match said(&mut lines, &mut told, question)? {
                Said::Reply(reply) => case.answers.set(index, reply),
                Said::Nothing => {}
                Said::End => break,
            }
        }
    }
    writeln!(told)?;
    Ok(case)
}

fn said(lines: &mut Lines<io::StdinLock<'_>>, told: &mut dyn Write, question: &Question) -> Result<Said, Stopped> {
    let answers: Vec<_> = question.answers.iter().map(String::as_str).chain(["unknown"]).collect();
    let prompt = format!("{} [{}] ", question.ask, answers.join("/"));
    loop {
        let Some(line) = lines.next(told, &prompt)? else { return Ok(Said::End) };
        let word = line.trim().to_lowercase();
        let begins: Vec<_> = answers.iter().filter(|answer| answer.starts_with(&word)).collect();
        match (&*word, &*begins) {
            ("", _) => return Ok(Said::Nothing),
            ("?", _) => writeln!(told, "{}", question.about)?,
            (_, [answer]) => return Ok(Said::Reply(question.reply(answer).map_err(Stopped::Failed)?)),
            _ => writeln!(told, "that is no answer; {}", suggestion(&word, &answers))?,
        }
    }
}
