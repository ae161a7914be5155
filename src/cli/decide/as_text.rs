//! A decision to read in a terminal.

use std::fmt::Write;

use crate::decision::{Application, Case, Framework, Outcome, Reason, Reply, Target, advise, sensitivity};

pub(super) fn text(framework: &Framework, cases: &[Case]) -> String {
    let mut text = String::new();
    for (index, case) in cases.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        context(framework, case, &mut text);
    }
    if cases.len() > 1 {
        application(framework, cases, &mut text);
    }
    text
}

// Writing into a String cannot fail, here and below.
fn context(framework: &Framework, case: &Case, text: &mut String) {
    let outcome = framework.chart.follow(&case.answers);
    let _ = writeln!(text, "{}\n\n  The guide", case.name);
    ways(framework, &outcome, text);
    if let Some(index) = outcome.pattern(&framework.chart)
        && let Some(pattern) = framework.guide.patterns.get(index)
    {
        for constraint in &framework.guide.constraints {
            if let Some(cell) = constraint.cells.get(index) {
                let _ = writeln!(text, "    {} {:<20} {}", cell.mark.glyph(), constraint.name, cell.text);
            }
        }
        let _ = writeln!(text, "    Its plan:");
        for (number, step) in (1..).zip(&pattern.plan) {
            let _ = writeln!(text, "    {number}. {}: {}", step.title, step.text);
        }
    }
    recommender(framework, case, text);
}

fn ways(framework: &Framework, outcome: &Outcome, text: &mut String) {
    for way in &outcome.ways {
        let step = |step: &crate::decision::Step| {
            let question = framework.questions.get(framework.chart.nodes.get(step.node)?.question)?;
            let assumed = if step.assumed { ", say," } else { "" };
            Some(format!("{}{assumed} {} → ", question.ask, question.word(Reply::Is(step.answer))))
        };
        let steps: String = way.steps.iter().filter_map(step).collect();
        let end = match way.at {
            Target::End(end) => framework.chart.ends.get(end).and_then(|end| framework.guide.patterns.get(end.pattern)),
            Target::Ask(_) => None,
        };
        let _ = writeln!(text, "    {steps}{}", end.map_or("?", |pattern| &pattern.name));
    }
}

fn recommender(framework: &Framework, case: &Case, text: &mut String) {
    let method = &framework.method;
    let advice = advise(framework, &case.answers, &case.weights);
    let found = sensitivity(framework, &case.answers, &case.weights);
    let rung = |rung: Option<usize>| rung.and_then(|rung| method.rungs.get(rung)).map_or("nothing", |rung| &rung.name);
    let word = |question: usize, answer: usize| {
        let question = framework.questions.get(question);
        question.map_or(String::new(), |one| format!("{}={}", one.id, one.word(Reply::Is(answer))))
    };
    let _ = writeln!(text, "\n  Beside it: {}", method.label);
    let (answered, whole) = advice.answered;
    let confidence = found.confidence.word();
    let _ = writeln!(
        text,
        "    {}, with {confidence} confidence ({answered} of {whole} by weight answered)",
        rung(advice.recommended)
    );
    let reason = |reason: &Reason| {
        let criterion = method.criteria.get(reason.criterion)?;
        let why = &criterion.answers.get(reason.answer)?.reason;
        Some(format!("{:>3}  {:<22} {why}", reason.strength.abs(), word(criterion.question, reason.answer)))
    };
    for line in advice.reasons.iter().filter_map(reason) {
        let _ = writeln!(text, "    for    {line}");
    }
    for line in advice.counter.iter().filter_map(reason) {
        let _ = writeln!(text, "    but    {line}");
    }
    for veto in advice.vetoes.iter().filter_map(|veto| method.vetoes.get(veto.0)) {
        let _ = writeln!(text, "    veto        {} ({})", veto.text, method.cite(veto.source));
    }
    let changes = found.flip.as_ref().map(|flip| {
        let changes: Vec<_> = flip.changes.iter().map(|(question, answer)| word(*question, *answer)).collect();
        format!("{} → {}", changes.join(" and "), rung(Some(flip.rung)))
    });
    let _ = writeln!(text, "    flip        {}", changes.unwrap_or("no change of up to three answers".to_owned()));
    let matters = |which: &dyn Fn(&crate::decision::Matters) -> bool| {
        let ids: Vec<_> = found
            .matters
            .iter()
            .filter(|one| which(one))
            .filter_map(|one| Some(framework.questions.get(one.question)?.id.as_str()))
            .collect();
        if ids.is_empty() { "no single one".to_owned() } else { ids.join(", ") }
    };
    let _ = writeln!(text, "    answers that would change the pattern: {}", matters(&|one| one.pattern));
    let _ = writeln!(text, "    answers that would change the rung:    {}", matters(&|one| one.rung));
    let _ = writeln!(text, "    answers that would change the guide's: {}", matters(&|one| one.guide));
    for measured in &case.measured {
        let _ = writeln!(text, "    measured    {}: {}", measured.question, measured.text);
    }
    let _ = writeln!(text, "    ladder");
    for scored in &advice.ladder {
        let veto = if scored.vetoed { "  vetoed" } else { "" };
        let _ = writeln!(text, "    {:>5}  {}{veto}", scored.points, rung(Some(scored.rung)));
    }
    let pattern = advice.recommended.and_then(|rung| Some(method.rungs.get(rung)?.pattern));
    for migration in method.migrations.iter().filter(|migration| Some(migration.from) == pattern) {
        let to = framework.guide.patterns.get(migration.to).map_or("", |pattern| &pattern.name);
        let _ = writeln!(text, "    later to {to}: {}\n      not recoverable: {}", migration.cost, migration.lost);
    }
}

fn application(framework: &Framework, cases: &[Case], text: &mut String) {
    let application = Application::of(framework, cases);
    let name = |pattern: Option<usize>| {
        pattern.and_then(|one| framework.guide.patterns.get(one)).map_or("undecided", |pattern| &pattern.name)
    };
    let _ = writeln!(text, "\nThe application, by the guide: {}\n", name(application.pattern));
    for (context, pattern) in &application.wiring {
        let _ = writeln!(text, "  {context:<16} {}", name(*pattern));
    }
    if let Some(wiring) = application.shop_wiring(framework) {
        let _ = writeln!(text, "\nThe shop runs so with --wiring {wiring}");
    }
}
