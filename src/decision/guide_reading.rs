//! From a file to the guide's half of a framework. Whatever would leave a person stuck in the chart is refused with its place.

use super::chart::{Chart, End, Node, Target};
use super::framework::Question;
use super::guide::{Cell, Constraint, Guide, Mark, Pattern, PlanStep};
use crate::application::fields::suggestion;
use crate::files::{Mistakes, Table};

/// The keys of this half.
pub(super) const KEYS: [&str; 6] = ["title", "overview", "pattern", "question", "chart", "constraint"];

pub(super) fn read(file: Table<'_>, mistakes: &mut Mistakes) -> (Vec<Question>, Guide, Chart) {
    let patterns = file.tables("pattern", mistakes);
    if patterns.is_empty() {
        mistakes.note(usize::MAX, "pattern: is missing; expected at least one [[pattern]]");
    }
    let patterns: Vec<_> = patterns.into_iter().map(|one| pattern(one, mistakes)).collect();
    let questions = questions(file, mistakes);
    let chart = match file.table("chart", mistakes) {
        Some(table) => chart(table, &questions, &patterns, mistakes),
        None => {
            mistakes
                .note(usize::MAX, "chart: is missing; expected a table [chart] with [[chart.node]] and [[chart.end]]");
            Chart { opens: String::new(), start: 0, nodes: Vec::new(), ends: Vec::new() }
        }
    };
    let constraints = file.tables("constraint", mistakes);
    let constraints = constraints.into_iter().map(|one| constraint(one, &patterns, mistakes)).collect();
    let guide = Guide {
        title: file.needed("title", mistakes),
        patterns,
        overview: file.needed("overview", mistakes),
        constraints,
    };
    (questions, guide, chart)
}

fn pattern(table: Table<'_>, mistakes: &mut Mistakes) -> Pattern {
    const KEYS: [&str; 13] = [
        "id",
        "name",
        "label",
        "stars",
        "best_for",
        "infrastructure",
        "when",
        "features",
        "warnings",
        "means",
        "wiring",
        "mixed",
        "step",
    ];
    table.expect_only(&KEYS, mistakes);
    let texts = |key: &str, mistakes: &mut Mistakes| {
        table.texts(key, mistakes).into_iter().map(|(text, _)| text.to_owned()).collect::<Vec<_>>()
    };
    let stars = table.number("stars", mistakes).unwrap_or(1);
    if !(1..=5).contains(&stars)
        && let Some(at) = table.place_of("stars")
    {
        mistakes.note(at, "stars: expected 1 to 5");
    }
    let steps = table.tables("step", mistakes);
    let plan = steps.into_iter().map(|step| {
        step.expect_only(&["title", "text"], mistakes);
        PlanStep { title: step.needed("title", mistakes), text: step.needed("text", mistakes) }
    });
    let plan = plan.collect();
    Pattern {
        id: table.needed("id", mistakes),
        name: table.needed("name", mistakes),
        label: table.needed("label", mistakes),
        stars: u8::try_from(stars).unwrap_or(1).clamp(1, 5),
        best_for: table.needed("best_for", mistakes),
        infrastructure: table.needed("infrastructure", mistakes),
        when: table.needed("when", mistakes),
        features: texts("features", mistakes),
        warnings: texts("warnings", mistakes),
        means: texts("means", mistakes),
        wiring: wiring(table, mistakes),
        mixed: table.get("mixed").and_then(|value| value.get_ref().as_bool()).unwrap_or_default(),
        plan,
    }
}

/// The shop knows two patterns.
fn wiring(table: Table<'_>, mistakes: &mut Mistakes) -> Option<String> {
    let read = |text: &str| match text {
        "state" | "events" => Ok(text.to_owned()),
        other => Err(format!("`{other}` is no pattern of the shop; expected state or events")),
    };
    table.parsed("wiring", mistakes, read)
}

/// The `[[question]]`s, each with a word of its own and at least two answers.
fn questions(file: Table<'_>, mistakes: &mut Mistakes) -> Vec<Question> {
    let mut questions: Vec<Question> = Vec::new();
    for table in file.tables("question", mistakes) {
        table.expect_only(&["id", "ask", "about", "answers"], mistakes);
        let answers = table.texts("answers", mistakes).into_iter().map(|(answer, _)| answer.to_owned()).collect();
        let question = Question {
            id: table.needed("id", mistakes),
            ask: table.needed("ask", mistakes),
            about: table.needed("about", mistakes),
            answers,
        };
        let place = table.place_of("id").unwrap_or(table.at);
        check(&question, place, &questions, mistakes);
        questions.push(question);
    }
    questions
}

/// What every question has to be like.
pub(super) fn check(question: &Question, at: usize, before: &[Question], mistakes: &mut Mistakes) {
    let Question { id, answers, .. } = question;
    if before.iter().any(|one| one.id == *id) {
        mistakes.note(at, format!("id: there are two questions `{id}`"));
    }
    let plain = |word: &str| !word.is_empty() && word.chars().all(|letter| letter.is_alphanumeric() || letter == '-');
    if !plain(id) || id == "name" {
        mistakes.note(
            at,
            format!("id: `{id}` is no word for answers; expected letters, digits and dashes, and not `name`"),
        );
    }
    if answers.len() < 2 {
        mistakes.note(at, format!("{id}: has too few answers; expected answers = [\"yes\", \"no\"], or more"));
    }
    for (index, answer) in answers.iter().enumerate() {
        if !plain(answer) || answer == super::answers::UNKNOWN || answers[..index].contains(answer) {
            mistakes.note(at, format!("{id}: the answer `{answer}` is no word of its own, or is given twice"));
        }
    }
}

fn chart(table: Table<'_>, questions: &[Question], patterns: &[Pattern], mistakes: &mut Mistakes) -> Chart {
    table.expect_only(&["opens", "start", "node", "end"], mistakes);
    let (nodes, ends) = (table.tables("node", mistakes), table.tables("end", mistakes));
    let id = |one: &Table<'_>, mistakes: &mut Mistakes| one.needed("id", mistakes);
    let node_ids: Vec<_> = nodes.iter().map(|node| id(node, mistakes)).collect();
    let end_ids: Vec<_> = ends.iter().map(|end| id(end, mistakes)).collect();
    let all: Vec<&str> = node_ids.iter().chain(&end_ids).map(String::as_str).collect();
    for (index, one) in all.iter().enumerate().filter(|(index, one)| all[..*index].contains(one)) {
        let place = nodes.iter().chain(&ends).nth(index).map_or(table.at, |table| table.at);
        mistakes.note(place, format!("id: the chart has two nodes `{one}`"));
    }
    let target = |name: &str| {
        let node = node_ids.iter().position(|id| id == name).map(Target::Ask);
        node.or_else(|| end_ids.iter().position(|id| id == name).map(Target::End))
    };
    let known: Vec<_> = questions.iter().map(|question| question.id.as_str()).collect();
    let mut read_nodes = Vec::new();
    for (node, id) in nodes.iter().zip(&node_ids) {
        node.expect_only(&["id", "question", "next"], mistakes);
        let named = node.needed("question", mistakes);
        let question = known.iter().position(|id| *id == named);
        if question.is_none() && !named.is_empty() {
            let at = node.place_of("question").unwrap_or(node.at);
            mistakes.note(at, format!("question: there is no question `{named}`; {}", suggestion(&named, &known)));
        }
        let question = question.unwrap_or_default();
        let answers = questions.get(question).map_or(&[][..], |question| &question.answers);
        let next = next(node, id, answers, &all, &target, mistakes);
        read_nodes.push(Node { id: id.clone(), question, next });
    }
    let patterns_known: Vec<_> = patterns.iter().filter(|one| !one.mixed).map(|one| one.id.as_str()).collect();
    let read_end = |(end, id): (&Table<'_>, &String), mistakes: &mut Mistakes| {
        end.expect_only(&["id", "pattern", "means"], mistakes);
        let named = end.needed("pattern", mistakes);
        let pattern = patterns.iter().position(|one| one.id == named && !one.mixed);
        if pattern.is_none() && !named.is_empty() {
            let at = end.place_of("pattern").unwrap_or(end.at);
            let hint = suggestion(&named, &patterns_known);
            mistakes.note(at, format!("pattern: `{named}` is no pattern that a context can have; {hint}"));
        }
        let means = end.texts("means", mistakes).into_iter().map(|(text, _)| text.to_owned()).collect();
        End { id: id.clone(), pattern: pattern.unwrap_or_default(), means }
    };
    let read_ends = ends.iter().zip(&end_ids).map(|end| read_end(end, mistakes)).collect();
    let named = table.needed("start", mistakes);
    let start = node_ids.iter().position(|id| *id == named);
    if start.is_none() && !named.is_empty() {
        let at = table.place_of("start").unwrap_or(table.at);
        let known: Vec<_> = node_ids.iter().map(String::as_str).collect();
        mistakes.note(at, format!("start: the chart has no question `{named}`; {}", suggestion(&named, &known)));
    }
    let opens = table.needed("opens", mistakes);
    let chart = Chart { opens, start: start.unwrap_or_default(), nodes: read_nodes, ends: read_ends };
    let places: Vec<_> = nodes.iter().chain(&ends).map(|one| one.place_of("id").unwrap_or(one.at)).collect();
    if start.is_some() && chart.nodes.iter().all(|node| !node.next.is_empty()) {
        every_way_ends(&chart, &places, mistakes);
    }
    chart
}

/// Where each answer of a question leads.
fn next(
    node: &Table<'_>,
    id: &str,
    answers: &[String],
    all: &[&str],
    target: &dyn Fn(&str) -> Option<Target>,
    mistakes: &mut Mistakes,
) -> Vec<Target> {
    let Some(table) = node.table("next", mistakes) else {
        if node.get("next").is_none() {
            mistakes.note(node.at, format!("next: is missing; expected where each answer of `{id}` leads"));
        }
        return Vec::new();
    };
    let known: Vec<_> = answers.iter().map(String::as_str).collect();
    table.expect_only(&known, mistakes);
    let mut targets = Vec::new();
    for answer in answers {
        let Some((name, at)) = table.text(answer, mistakes) else {
            if table.get(answer).is_none() {
                mistakes.note(table.at, format!("next: the answer `{answer}` of `{id}` leads nowhere"));
            }
            continue;
        };
        match target(name) {
            Some(target) => targets.push(target),
            None => mistakes.note(at, format!("{answer}: the chart has no node `{name}`; {}", suggestion(name, all))),
        }
    }
    // Half of the answers would be taken for others.
    if targets.len() == answers.len() { targets } else { Vec::new() }
}

/// No way goes in a circle, and every node is on one.
fn every_way_ends(chart: &Chart, places: &[usize], mistakes: &mut Mistakes) {
    let asks = chart.nodes.len();
    let mut reached = vec![false; asks + chart.ends.len()];
    // A question on the way that is being followed, and one whose ways have all been followed.
    let (mut on_the_way, mut done) = (vec![false; asks], vec![false; asks]);
    let mut stack = vec![(chart.start, 0)];
    while let Some((node, answer)) = stack.pop() {
        reached[node] = true;
        on_the_way[node] = true;
        let Some(next) = chart.nodes[node].next.get(answer) else {
            (on_the_way[node], done[node]) = (false, true);
            continue;
        };
        stack.push((node, answer + 1));
        match *next {
            Target::End(end) => reached[asks + end] = true,
            Target::Ask(next) if on_the_way[next] => {
                let (id, other) = (&chart.nodes[node].id, &chart.nodes[next].id);
                return mistakes
                    .note(places[node], format!("the chart goes in a circle: `{id}` leads back to `{other}`"));
            }
            Target::Ask(next) if !done[next] => stack.push((next, 0)),
            Target::Ask(_) => {}
        }
    }
    let ids = chart.nodes.iter().map(|node| &node.id).chain(chart.ends.iter().map(|end| &end.id));
    for ((id, place), _) in ids.zip(places).zip(&reached).filter(|(_, reached)| !**reached) {
        mistakes.note(*place, format!("id: no answer leads to `{id}`"));
    }
}

fn constraint(table: Table<'_>, patterns: &[Pattern], mistakes: &mut Mistakes) -> Constraint {
    let known: Vec<_> = ["name"].into_iter().chain(patterns.iter().map(|pattern| pattern.id.as_str())).collect();
    table.expect_only(&known, mistakes);
    let cell = |pattern: &Pattern, mistakes: &mut Mistakes| {
        let text = table.needed(&pattern.id, mistakes);
        let parts = text.split_once(": ");
        let mark = parts.and_then(|(word, _)| Mark::ALL.iter().find(|(known, _)| *known == word));
        if mark.is_none() && !text.is_empty() {
            let at = table.place_of(&pattern.id).unwrap_or(table.at);
            mistakes.note(at, format!("{}: expected \"fits: …\", \"costs: …\" or \"depends: …\"", pattern.id));
        }
        let text = parts.map_or(String::new(), |(_, text)| text.to_owned());
        Cell { mark: mark.map_or(Mark::Depends, |(_, mark)| *mark), text }
    };
    let cells = patterns.iter().map(|pattern| cell(pattern, mistakes)).collect();
    Constraint { name: table.needed("name", mistakes), cells }
}
