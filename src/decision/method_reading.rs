//! From a file to the method's half of a framework.

use super::framework::Question;
use super::guide::Guide;
use super::guide_reading;
use super::method::{Criterion, CriterionAnswer, Forbids, Method, Rung, Says, Source};
use super::migration::Migration;
use crate::application::fields::suggestion;
use crate::files::{Mistakes, Table};

/// The keys of this half.
pub(super) const KEYS: [&str; 7] = ["label", "rung", "source", "criterion", "veto", "migration", "revisit"];

/// A weight above this would make all others meaningless.
pub(super) const HEAVIEST: u32 = 9;

/// What names are looked up in while a file is read.
struct Names<'a> {
    patterns: Vec<&'a str>,
    rungs: Vec<&'a str>,
    sources: Vec<&'a str>,
}

/// Reads the method; its own questions are added to those of the guide.
pub(super) fn read(file: Table<'_>, guide: &Guide, questions: &mut Vec<Question>, mistakes: &mut Mistakes) -> Method {
    let patterns: Vec<_> = guide.patterns.iter().filter(|one| !one.mixed).map(|one| one.id.as_str()).collect();
    let rungs: Vec<_> =
        file.tables("rung", mistakes).into_iter().map(|one| rung(one, guide, &patterns, mistakes)).collect();
    if rungs.is_empty() {
        mistakes.note(usize::MAX, "rung: is missing; expected at least one [[rung]]");
    }
    let sources: Vec<_> = file.tables("source", mistakes).into_iter().map(|one| source(one, mistakes)).collect();
    let names = Names {
        patterns,
        rungs: rungs.iter().map(|rung| rung.id.as_str()).collect(),
        sources: sources.iter().map(|source| source.id.as_str()).collect(),
    };
    let mut criteria: Vec<Criterion> = Vec::new();
    for table in file.tables("criterion", mistakes) {
        let read = criterion(table, questions, &names, mistakes);
        if criteria.iter().any(|one| one.question == read.question) {
            mistakes.note(table.place_of("id").unwrap_or(table.at), "id: there are two criteria for this question");
        }
        criteria.push(read);
    }
    let vetoes = file.tables("veto", mistakes);
    let vetoes = vetoes.into_iter().map(|one| veto(one, questions, &names, mistakes)).collect();
    let migrations = file.tables("migration", mistakes);
    let migrations = migrations.into_iter().map(|one| migration(one, guide, &names, mistakes)).collect();
    let mut revisit = Vec::new();
    for table in file.tables("revisit", mistakes) {
        table.expect_only(&["pattern", "text"], mistakes);
        let named = named(table, "pattern", &names.patterns, mistakes);
        let pattern = guide.pattern(names.patterns.get(named).copied().unwrap_or_default()).unwrap_or_default();
        revisit.push((pattern, table.needed("text", mistakes)));
    }
    let label = file.needed("label", mistakes);
    drop(names);
    Method { label, rungs, sources, criteria, vetoes, migrations, revisit }
}

/// The place of a name among those that are known; the first where it is not, with a note.
fn named(table: Table<'_>, key: &str, known: &[&str], mistakes: &mut Mistakes) -> usize {
    let name = table.needed(key, mistakes);
    let found = known.iter().position(|one| *one == name);
    if found.is_none() && !name.is_empty() {
        let at = table.place_of(key).unwrap_or(table.at);
        mistakes.note(at, format!("{key}: there is no `{name}`; {}", suggestion(&name, known)));
    }
    found.unwrap_or_default()
}

fn rung(table: Table<'_>, guide: &Guide, patterns: &[&str], mistakes: &mut Mistakes) -> Rung {
    table.expect_only(&["id", "name", "pattern", "cost", "about", "run"], mistakes);
    let pattern = named(table, "pattern", patterns, mistakes);
    Rung {
        id: table.needed("id", mistakes),
        name: table.needed("name", mistakes),
        pattern: guide.pattern(patterns.get(pattern).copied().unwrap_or_default()).unwrap_or_default(),
        cost: i64::try_from(table.number("cost", mistakes).unwrap_or_default()).unwrap_or_default().min(1000),
        about: table.needed("about", mistakes),
        run: table.needed("run", mistakes),
    }
}

fn source(table: Table<'_>, mistakes: &mut Mistakes) -> Source {
    table.expect_only(&["id", "author", "title"], mistakes);
    Source {
        id: table.needed("id", mistakes),
        author: table.needed("author", mistakes),
        title: table.needed("title", mistakes),
    }
}

fn criterion(table: Table<'_>, questions: &mut Vec<Question>, names: &Names<'_>, mistakes: &mut Mistakes) -> Criterion {
    let keys = ["id", "ask", "about", "answers", "weight", "measured", "guide", "says", "answer"];
    table.expect_only(&keys, mistakes);
    let question = question(table, questions, mistakes);
    let weight = table.number("weight", mistakes).unwrap_or(1);
    let weight = u32::try_from(weight).ok().filter(|weight| *weight <= HEAVIEST).unwrap_or_else(|| {
        mistakes.note(table.place_of("weight").unwrap_or(table.at), format!("weight: expected 0 to {HEAVIEST}"));
        1
    });
    let says = table.tables("says", mistakes);
    let says = says.into_iter().map(|one| {
        one.expect_only(&["source", "text"], mistakes);
        Says { source: named(one, "source", &names.sources, mistakes), text: one.needed("text", mistakes) }
    });
    let says = says.collect();
    let words = questions.get(question).map(|question| question.answers.clone()).unwrap_or_default();
    let mut answers: Vec<Option<CriterionAnswer>> = vec![None; words.len()];
    let known: Vec<_> = words.iter().map(String::as_str).collect();
    for one in table.tables("answer", mistakes) {
        one.expect_only(&["is", "points", "reason"], mistakes);
        let place = named(one, "is", &known, mistakes);
        let points = one.integers("points", mistakes);
        let at = one.place_of("points").unwrap_or(one.at);
        if points.len() != names.rungs.len() {
            let (have, need) = (points.len(), names.rungs.join(", "));
            mistakes.note(at, format!("points: has {have}; expected one for each rung: {need}"));
        }
        if points.iter().any(|point| point.abs() > 100) {
            mistakes.note(at, "points: expected -100 to 100");
        }
        let points = points.into_iter().map(|point| point.clamp(-100, 100)).collect();
        if let Some(answer) = answers.get_mut(place) {
            *answer = Some(CriterionAnswer { points, reason: one.needed("reason", mistakes) });
        }
    }
    for (word, _) in words.iter().zip(&answers).filter(|(_, answer)| answer.is_none()) {
        mistakes.note(
            table.at,
            format!("answer: nothing is said about `{word}`; expected [[criterion.answer]] with is = \"{word}\""),
        );
    }
    let nothing = || CriterionAnswer { points: vec![0; names.rungs.len()], reason: String::new() };
    Criterion {
        question,
        weight,
        measured: table.get("measured").and_then(|value| value.get_ref().as_bool()).unwrap_or_default(),
        guide: table.needed("guide", mistakes),
        says,
        answers: answers.into_iter().map(|answer| answer.unwrap_or_else(nothing)).collect(),
    }
}

/// The guide's question of this id, or a new one.
fn question(table: Table<'_>, questions: &mut Vec<Question>, mistakes: &mut Mistakes) -> usize {
    let id = table.needed("id", mistakes);
    let asks = ["ask", "about", "answers"].iter().find_map(|key| table.place_of(key));
    match (questions.iter().position(|question| question.id == id), asks) {
        (Some(known), None) => known,
        (Some(known), Some(at)) => {
            mistakes.note(at, format!("`{id}` is asked already; a criterion for it has no question of its own"));
            known
        }
        (None, _) => {
            let answers = table.texts("answers", mistakes).into_iter().map(|(answer, _)| answer.to_owned()).collect();
            let (ask, about) = (table.needed("ask", mistakes), table.needed("about", mistakes));
            let question = Question { id, ask, about, answers };
            guide_reading::check(&question, table.place_of("id").unwrap_or(table.at), questions, mistakes);
            questions.push(question);
            questions.len() - 1
        }
    }
}

fn veto(table: Table<'_>, questions: &[Question], names: &Names<'_>, mistakes: &mut Mistakes) -> Forbids {
    table.expect_only(&["id", "when", "forbids", "text", "source"], mistakes);
    let mut when = Vec::new();
    match table.table("when", mistakes) {
        Some(answers) => {
            let known: Vec<_> = questions.iter().map(|question| question.id.as_str()).collect();
            answers.expect_only(&known, mistakes);
            for (index, question) in questions.iter().enumerate().filter(|(_, one)| answers.get(&one.id).is_some()) {
                let words: Vec<_> = question.answers.iter().map(String::as_str).collect();
                when.push((index, named(answers, &question.id, &words, mistakes)));
            }
        }
        None => mistakes.note(table.at, "when: is missing; expected the answers that call the veto"),
    }
    let mut rungs = Vec::new();
    for (name, at) in table.texts("forbids", mistakes) {
        match names.rungs.iter().position(|rung| *rung == name) {
            Some(rung) => rungs.push(rung),
            None => {
                mistakes.note(at, format!("forbids: there is no rung `{name}`; {}", suggestion(name, &names.rungs)))
            }
        }
    }
    Forbids {
        id: table.needed("id", mistakes),
        when,
        rungs,
        text: table.needed("text", mistakes),
        source: named(table, "source", &names.sources, mistakes),
    }
}

fn migration(table: Table<'_>, guide: &Guide, names: &Names<'_>, mistakes: &mut Mistakes) -> Migration {
    table.expect_only(&["from", "to", "cost", "lost", "steps", "source"], mistakes);
    let mut pattern = |key: &str| {
        let named = named(table, key, &names.patterns, mistakes);
        guide.pattern(names.patterns.get(named).copied().unwrap_or_default()).unwrap_or_default()
    };
    let (from, to) = (pattern("from"), pattern("to"));
    Migration {
        from,
        to,
        cost: table.needed("cost", mistakes),
        lost: table.needed("lost", mistakes),
        steps: table.texts("steps", mistakes).into_iter().map(|(step, _)| step.to_owned()).collect(),
        source: named(table, "source", &names.sources, mistakes),
    }
}
