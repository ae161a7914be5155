//! The record of a decision in the form of MADR (Markdown Architectural Decision Records): context, drivers, options, outcome,
//! how it is confirmed, and when to look again.

use std::fmt::Write;

use super::advice::{Reason, advise};
use super::answers::Reply;
use super::case::{Application, Case};
use super::chart::{Target, Way};
use super::framework::Framework;
use super::sensitivity::sensitivity;

/// The record of one or more contexts. `again` is the command that gives the same decision again.
pub fn madr(framework: &Framework, cases: &[Case], again: &str) -> String {
    let mut text = String::new();
    let names: Vec<_> = cases.iter().map(|case| inline(&case.name)).collect();
    // Writing into a String cannot fail.
    let _ = writeln!(text, "# How {} {} remembered\n", names.join(", "), if names.len() == 1 { "is" } else { "are" });
    let _ = writeln!(text, "## Context and Problem Statement\n");
    let _ = writeln!(text, "Which persistence pattern suits each bounded context: {}?\n", names.join(", "));
    let _ = writeln!(
        text,
        "The guide is “{}”; its chart is followed as it is. Beside it stands {}. Points and weights are an opinion; answers, paths and \
         sources are given so that the decision can be reviewed.\n",
        inline(&framework.guide.title),
        inline(&framework.method.label)
    );
    let _ = writeln!(text, "## Decision Drivers\n");
    for case in cases {
        let _ = writeln!(text, "* {}: {}", inline(&case.name), given(framework, case));
    }
    options(framework, &mut text);
    let _ = writeln!(text, "\n## Decision Outcome");
    for case in cases {
        outcome(framework, case, &mut text);
    }
    if cases.len() > 1 {
        application(framework, cases, &mut text);
    }
    confirmation(framework, cases, again, &mut text);
    good_and_bad(framework, &mut text);
    more(framework, cases, &mut text);
    text
}

/// Text from a person or a file in a line of Markdown.
fn inline(text: &str) -> String {
    let mut plain = String::new();
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' => plain.extend(['\\', letter]),
            letter if letter.is_control() => plain.push(' '),
            letter => plain.push(letter),
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn given(framework: &Framework, case: &Case) -> String {
    let word = |(question, reply): (usize, Reply)| {
        let question = framework.questions.get(question)?;
        Some(format!("{} {}", inline(&question.ask), inline(question.word(reply))))
    };
    let given: Vec<_> = case.answers.given().filter_map(word).collect();
    if given.is_empty() { "nothing is answered yet".to_owned() } else { given.join("; ") }
}

fn options(framework: &Framework, text: &mut String) {
    let _ = writeln!(text, "\n## Considered Options\n");
    for rung in &framework.method.rungs {
        let _ = writeln!(text, "* {}", inline(&rung.name));
    }
}

fn outcome(framework: &Framework, case: &Case, text: &mut String) {
    let (method, chart) = (&framework.method, &framework.chart);
    let advice = advise(framework, &case.answers, &case.weights);
    let sensitivity = sensitivity(framework, &case.answers, &case.weights);
    let _ = writeln!(text, "\n### {}\n", inline(&case.name));
    match advice.recommended.and_then(|rung| method.rungs.get(rung)) {
        Some(rung) => {
            let _ = writeln!(
                text,
                "Chosen option: “{}”, with {} confidence. {}\n",
                inline(&rung.name),
                sensitivity.confidence.word(),
                inline(&rung.about)
            );
        }
        None => {
            let _ = writeln!(text, "Chosen option: none; every one is vetoed.\n");
        }
    }
    for way in &framework.chart.follow(&case.answers).ways {
        let _ = writeln!(text, "* The guide: {}", guide_way(framework, way));
    }
    let reason = |reason: &Reason| {
        let criterion = method.criteria.get(reason.criterion)?;
        let sources: Vec<_> = criterion.says.iter().map(|says| inline(&method.cite(says.source))).collect();
        let words = inline(&criterion.answers.get(reason.answer)?.reason);
        Some(format!("{words} (To read: {}.)", sources.join("; ")))
    };
    for reason in advice.reasons.iter().filter_map(reason) {
        let _ = writeln!(text, "* Because: {reason}");
    }
    if let Some(counter) = advice.counter.as_ref().and_then(reason) {
        let _ = writeln!(text, "* Against it: {counter}");
    }
    for veto in advice.vetoes.iter().filter_map(|veto| method.vetoes.get(veto.0)) {
        let rungs: Vec<_> = veto.rungs.iter().filter_map(|rung| Some(inline(&method.rungs.get(*rung)?.name))).collect();
        let _ = writeln!(
            text,
            "* Veto: {} Out: {}. ({})",
            inline(&veto.text),
            rungs.join("; "),
            inline(&method.cite(veto.source))
        );
    }
    let _ = writeln!(text, "* {}", nearest(framework, sensitivity.flip.as_ref()));
    for measured in &case.measured {
        let _ = writeln!(text, "* Measured: {} Settings: `{}`", inline(&measured.text), measured.settings);
    }
    let pattern = framework.chart.follow(&case.answers).pattern(chart);
    if let Some(pattern) = pattern.and_then(|pattern| framework.guide.patterns.get(pattern)) {
        let _ = writeln!(text, "\nThe guide's plan for {}:\n", inline(&pattern.name));
        for (number, step) in (1..).zip(&pattern.plan) {
            let _ = writeln!(text, "{number}. {}: {}", inline(&step.title), inline(&step.text));
        }
    }
}

fn guide_way(framework: &Framework, way: &Way) -> String {
    let step = |step: &super::Step| {
        let question = framework.questions.get(framework.chart.nodes.get(step.node)?.question)?;
        let assumed = if step.assumed { " (assumed)" } else { "" };
        Some(format!("{} {}{assumed}", inline(&question.ask), inline(question.word(Reply::Is(step.answer)))))
    };
    let steps: Vec<_> = way.steps.iter().filter_map(step).collect();
    let end = match way.at {
        Target::End(end) => framework.chart.ends.get(end).and_then(|end| framework.guide.patterns.get(end.pattern)),
        Target::Ask(_) => None,
    };
    let end = end.map_or("not answered further".to_owned(), |pattern| inline(&pattern.name));
    if steps.is_empty() { end } else { format!("{} → {end}", steps.join(" → ")) }
}

fn nearest(framework: &Framework, flip: Option<&super::Flip>) -> String {
    let Some(flip) = flip else { return "What would change it: no change of up to three answers".to_owned() };
    let change = |(question, answer): &(usize, usize)| {
        let question = framework.questions.get(*question)?;
        Some(format!("{} were {}", inline(&question.id), inline(question.word(Reply::Is(*answer)))))
    };
    let changes: Vec<_> = flip.changes.iter().filter_map(change).collect();
    let to = framework.method.rungs.get(flip.rung).map_or(String::new(), |rung| inline(&rung.name));
    format!("What would change it: if {}, then “{to}”", changes.join(" and "))
}

fn application(framework: &Framework, cases: &[Case], text: &mut String) {
    let application = Application::of(framework, cases);
    let name = |pattern: Option<usize>| {
        pattern
            .and_then(|one| framework.guide.patterns.get(one))
            .map_or("undecided".to_owned(), |one| inline(&one.name))
    };
    let _ = writeln!(text, "\n### The application\n\nBy the guide: {}.\n", name(application.pattern));
    let _ = writeln!(text, "| context | pattern |\n| --- | --- |");
    for (context, pattern) in &application.wiring {
        let _ = writeln!(text, "| {} | {} |", inline(context), name(*pattern));
    }
}

fn confirmation(framework: &Framework, cases: &[Case], again: &str, text: &mut String) {
    let _ = writeln!(text, "\n### Confirmation\n\nAnyone can run these with diptych:\n\n```sh\n{again}");
    let mut runs: Vec<&str> = Vec::new();
    for case in cases {
        let rung = advise(framework, &case.answers, &case.weights).recommended;
        if let Some(rung) = rung.and_then(|rung| framework.method.rungs.get(rung))
            && !runs.contains(&rung.run.as_str())
        {
            runs.push(&rung.run);
        }
    }
    for run in runs {
        let _ = writeln!(text, "{run}");
    }
    if let Some(wiring) = Application::of(framework, cases).shop_wiring(framework) {
        let _ = writeln!(text, "diptych run order-across-contexts --world hybrid --wiring {wiring}");
    }
    let _ = writeln!(text, "```");
}

fn good_and_bad(framework: &Framework, text: &mut String) {
    let _ = writeln!(text, "\n## Pros and Cons of the Options");
    for rung in &framework.method.rungs {
        let _ = writeln!(text, "\n### {}\n\n{}\n", inline(&rung.name), inline(&rung.about));
        if let Some(pattern) = framework.guide.patterns.get(rung.pattern) {
            for feature in &pattern.features {
                let _ = writeln!(text, "* Good, by the guide: {}", inline(feature));
            }
            for warning in &pattern.warnings {
                let _ = writeln!(text, "* Bad, by the guide: {}", inline(warning));
            }
            let _ = writeln!(text, "* Needs, by the guide: {}", inline(&pattern.infrastructure));
        }
    }
}

fn more(framework: &Framework, cases: &[Case], text: &mut String) {
    let patterns: Vec<usize> = cases
        .iter()
        .filter_map(|case| advise(framework, &case.answers, &case.weights).recommended)
        .filter_map(|rung| Some(framework.method.rungs.get(rung)?.pattern))
        .collect();
    let _ = writeln!(text, "\n## More Information\n\n### When to look again\n");
    for (_, sign) in framework.method.revisit.iter().filter(|(pattern, _)| patterns.contains(pattern)) {
        let _ = writeln!(text, "* {}", inline(sign));
    }
    let _ = writeln!(text, "* An answer above is no longer true");
    let name = |pattern: usize| framework.guide.patterns.get(pattern).map_or(String::new(), |one| inline(&one.name));
    let _ = writeln!(text, "\n### What changing later costs");
    for migration in &framework.method.migrations {
        let _ = writeln!(text, "\n#### From {} to {}\n", name(migration.from), name(migration.to));
        let _ =
            writeln!(text, "{}\n\nWhat cannot be recovered: {}\n", inline(&migration.cost), inline(&migration.lost));
        for (number, step) in (1..).zip(&migration.steps) {
            let _ = writeln!(text, "{number}. {}", inline(step));
        }
    }
}
