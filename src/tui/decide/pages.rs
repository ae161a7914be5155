//! The pages beside the chart, as lines: what the recommender says, every question with its weight, the guide's tables, the plan.

use super::chart_draw::accent;
use super::{Decide, Focus, Page, Spot};
use crate::decision::{Change, Reason, Reply};
use crate::lab::evidence;
use crate::tui::text;
use crate::tui::theme::Role;

/// A line of a page.
#[derive(Debug, Default)]
pub struct Line {
    /// Its pieces and how they look.
    pub pieces: Vec<(String, Role)>,
    /// What a click on it means.
    pub spot: Option<Spot>,
    /// Whether it is selected.
    pub selected: bool,
}

/// Lines that are being written.
struct Lines {
    room: usize,
    lines: Vec<Line>,
}

impl Lines {
    fn blank(&mut self) {
        self.lines.push(Line::default());
    }

    fn heading(&mut self, text: &str) {
        if !self.lines.is_empty() {
            self.blank();
        }
        self.text(text, Role::Strong);
    }

    fn text(&mut self, text: &str, role: Role) {
        self.behind("", Role::Text, text, role);
    }

    /// Wrapped text behind a lead, whose width all its lines keep free.
    fn behind(&mut self, lead: &str, lead_role: Role, text: &str, role: Role) {
        let indent = text::width(lead);
        let mark = lead.trim_start_matches(' ');
        let before = " ".repeat(indent - text::width(mark));
        let mut lead = vec![(before, Role::Text), (mark.to_owned(), lead_role)];
        for line in text::wrap(text, self.room.saturating_sub(indent)) {
            lead.push((line, role));
            self.lines.push(Line { pieces: lead, ..Line::default() });
            lead = vec![(" ".repeat(indent), Role::Text)];
        }
    }
}

/// The lines of the page that is shown, for a room of this width.
pub fn lines(decide: &Decide, room: usize) -> Vec<Line> {
    let mut lines = Lines { room, lines: Vec::new() };
    match decide.page {
        Page::Advice => advice(decide, &mut lines),
        Page::Questions => questions(decide, &mut lines),
        Page::Guide => guide(decide, &mut lines),
        Page::Plan => plan(decide, &mut lines),
        Page::Evidence => measured(decide, &mut lines),
    }
    lines.lines
}

fn advice(decide: &Decide, lines: &mut Lines) {
    let (framework, method) = (&decide.framework, &decide.framework.method);
    let (advice, found) = (&decide.found.advice, &decide.found.sensitivity);
    lines.text(&method.label, Role::Dim);
    lines.blank();
    let rung = |rung: Option<usize>| rung.and_then(|rung| method.rungs.get(rung));
    match rung(advice.recommended) {
        Some(rung) => {
            lines.text(&rung.name, accent(rung.pattern));
            lines.text(&rung.about, Role::Text);
        }
        None => lines.text("Every rung is vetoed.", Role::Bad),
    }
    let (answered, whole) = advice.answered;
    lines
        .text(&format!("{} confidence · {answered} of {whole} by weight answered", found.confidence.word()), Role::Dim);
    if let Some(pattern) = decide.pattern()
        && rung(advice.recommended).is_some_and(|rung| rung.pattern != pattern)
    {
        lines.behind("! ", Role::Refused, "The guide says otherwise: see its chart.", Role::Refused);
    }
    lines.heading("Why");
    let reason = |reason: &Reason| {
        Some((reason.strength, &method.criteria.get(reason.criterion)?.answers.get(reason.answer)?.reason))
    };
    for (strength, why) in advice.reasons.iter().filter_map(reason) {
        lines.behind(&format!("{strength:>+3} "), Role::Good, why, Role::Text);
    }
    match advice.counter.as_ref().and_then(reason) {
        Some((strength, why)) => lines.behind(&format!("{strength:>+3} "), Role::Refused, why, Role::Text),
        None => lines.text("nothing that is answered speaks against it", Role::Dim),
    }
    for veto in advice.vetoes.iter().filter_map(|veto| method.vetoes.get(veto.0)) {
        lines.behind("  ✗ ", Role::Bad, &format!("Veto: {} ({})", veto.text, method.cite(veto.source)), Role::Text);
    }
    lines.heading("What would flip it");
    let word = |(question, answer): &(usize, usize)| {
        let question = framework.questions.get(*question)?;
        Some(format!("{} were {}", question.id, question.word(Reply::Is(*answer))))
    };
    match &found.flip {
        Some(flip) => {
            let changes: Vec<_> = flip.changes.iter().filter_map(word).collect();
            let to = rung(Some(flip.rung)).map_or("", |rung| &rung.name);
            lines.text(&format!("if {} → {to}", changes.join(" and ")), Role::Text);
        }
        None => lines.text("no change of up to three answers", Role::Text),
    }
    lines.heading("The ladder");
    let most = advice.ladder.iter().map(|scored| scored.points.abs()).max().unwrap_or_default().max(1);
    for scored in &advice.ladder {
        let Some(rung) = method.rungs.get(scored.rung) else { continue };
        let bar = usize::try_from(scored.points.max(0) * 6 / most).unwrap_or_default();
        let role = if scored.vetoed { Role::Dim } else { accent(rung.pattern) };
        let out = if scored.vetoed { " vetoed" } else { "" };
        let pieces = vec![
            (format!("{:>4} ", scored.points), Role::Text),
            (format!("{:<6} ", "█".repeat(bar)), role),
            (format!("{}{out}", rung.id), role),
        ];
        lines.lines.push(Line { pieces, ..Line::default() });
    }
    matters(decide, lines);
    if !decide.case().measured.is_empty() {
        lines.heading("Measured on this machine");
        for measured in &decide.case().measured {
            lines.behind(&format!("{} ", measured.question), Role::Key, &measured.text, Role::Text);
        }
    }
    let pattern = rung(advice.recommended).map(|rung| rung.pattern);
    for migration in method.migrations.iter().filter(|migration| Some(migration.from) == pattern) {
        let to = framework.guide.patterns.get(migration.to).map_or("", |pattern| &pattern.label);
        lines.heading(&format!("Later to {to}"));
        lines.text(&migration.cost, Role::Text);
        lines.behind("lost ", Role::Refused, &migration.lost, Role::Text);
    }
}

/// Which answers matter at all.
fn matters(decide: &Decide, lines: &mut Lines) {
    let found = &decide.found.sensitivity;
    lines.heading("Which answers matter");
    let named = |which: &dyn Fn(&crate::decision::Matters) -> bool| {
        let ids: Vec<_> = found
            .matters
            .iter()
            .filter(|one| which(one))
            .filter_map(|one| Some(decide.framework.questions.get(one.question)?.id.as_str()))
            .collect();
        if ids.is_empty() { "none alone".to_owned() } else { ids.join(", ") }
    };
    lines.behind("pattern  ", Role::Key, &named(&|one| one.pattern), Role::Text);
    lines.behind("rung     ", Role::Key, &named(&|one| one.rung && !one.pattern), Role::Text);
    lines.behind("guide's  ", Role::Key, &named(&|one| one.guide), Role::Text);
}

/// Every question: its answer, its weight, and whether another answer would change something.
fn questions(decide: &Decide, lines: &mut Lines) {
    let framework = &decide.framework;
    lines.text("answer, weight (+ -), and what another answer would change", Role::Dim);
    for (index, question) in framework.questions.iter().enumerate() {
        if index == framework.guides {
            lines.heading("What the chart does not ask");
        } else if index == 0 {
            lines.heading("The guide's");
        }
        let word = match decide.case().answers.reply(index) {
            Reply::Open => "·",
            Reply::Unknown => "don't know",
            reply => question.word(reply),
        };
        let criterion = framework.method.criteria.iter().position(|one| one.question == index);
        let weight = criterion.and_then(|criterion| decide.case().weights.get(criterion));
        let weight = weight.map_or("  ".to_owned(), |weight| format!("×{weight}"));
        let matters = decide.found.sensitivity.matters.get(index);
        let does = match matters {
            Some(one) if one.pattern => ("pattern", Role::Refused),
            Some(one) if one.rung => ("rung", Role::Text),
            _ => ("", Role::Dim),
        };
        let selected = decide.question == index;
        let mark = if selected { "▸" } else { " " };
        let pieces = vec![
            (format!("{mark}{:<14} ", question.id), Role::Text),
            (text::fit(word, 11, false), if word == "·" { Role::Dim } else { Role::Key }),
            (format!(" {weight} "), Role::Text),
            (does.0.to_owned(), does.1),
        ];
        let selected = selected && decide.focus == Focus::Page;
        lines.lines.push(Line { pieces, spot: Some(Spot::Question(index)), selected });
    }
    lines.blank();
    if let Some(question) = framework.questions.get(decide.question) {
        lines.text(&question.ask, Role::Strong);
        lines.text(&question.about, Role::Text);
        for (answer, word) in question.answers.iter().enumerate() {
            let mark = if decide.case().answers.reply(decide.question) == Reply::Is(answer) { "●" } else { "○" };
            let pieces = vec![
                (format!("  {mark} "), Role::Key),
                (word.clone(), Role::Text),
                (change(decide, answer), Role::Dim),
            ];
            lines.lines.push(Line { pieces, spot: Some(Spot::Answer(decide.question, answer)), selected: false });
        }
        let mark = if decide.case().answers.reply(decide.question) == Reply::Unknown { "●" } else { "○" };
        let pieces = vec![(format!("  {mark} "), Role::Key), ("don't know".to_owned(), Role::Text)];
        let spot = Some(Spot::Answer(decide.question, question.answers.len()));
        lines.lines.push(Line { pieces, spot, selected: false });
    }
}

/// What would be recommended with another answer to the selected question.
fn change(decide: &Decide, answer: usize) -> String {
    let matters = decide.found.sensitivity.matters.get(decide.question);
    let change: Option<&Change> = matters.and_then(|one| one.changes.iter().find(|change| change.answer == answer));
    let rung = change.filter(|change| change.rung != decide.found.advice.recommended).and_then(|change| change.rung);
    let rung = rung.and_then(|rung| decide.framework.method.rungs.get(rung));
    rung.map_or(String::new(), |rung| format!("  → {}", rung.id))
}

/// The guide's matrix, its first chart and the Step 2 table.
fn guide(decide: &Decide, lines: &mut Lines) {
    let guide = &decide.framework.guide;
    lines.heading("The matrix");
    for (index, pattern) in guide.patterns.iter().enumerate() {
        let stars =
            format!("{}{}", "★".repeat(usize::from(pattern.stars)), "☆".repeat(usize::from(5 - pattern.stars.min(5))));
        lines.text(&pattern.name, accent(index));
        lines.behind(
            &format!("  {stars} "),
            Role::Text,
            &format!("{}; needs: {}", pattern.best_for, pattern.infrastructure),
            Role::Text,
        );
    }
    lines.heading(&format!("The first chart: {}", guide.overview));
    for (index, pattern) in guide.patterns.iter().enumerate() {
        lines.behind(&format!("  {} → ", pattern.when), Role::Text, &pattern.label, accent(index));
        for feature in &pattern.features {
            lines.behind("    ✓ ", Role::Good, feature, Role::Text);
        }
        for warning in &pattern.warnings {
            lines.behind("    ! ", Role::Refused, warning, Role::Text);
        }
        lines.behind("    = ", Role::Dim, &pattern.means.join(", "), Role::Dim);
    }
    lines.heading("Step 2, constraints");
    let chosen = decide.pattern();
    for constraint in &guide.constraints {
        lines.text(&constraint.name, Role::Text);
        for (index, (cell, pattern)) in constraint.cells.iter().zip(&guide.patterns).enumerate() {
            let here = if chosen == Some(index) { "▸" } else { " " };
            let role = match cell.mark {
                crate::decision::Mark::Fits => Role::Good,
                crate::decision::Mark::Costs => Role::Bad,
                crate::decision::Mark::Depends => Role::Refused,
            };
            let pieces = vec![
                (format!(" {here}"), Role::Key),
                (format!("{} ", cell.mark.glyph()), role),
                (text::fit(&pattern.id, 14, false), if chosen == Some(index) { accent(index) } else { Role::Dim }),
                (format!(" {}", cell.text), Role::Text),
            ];
            lines.lines.push(Line { pieces, ..Line::default() });
        }
    }
}

/// What was measured on this machine: how, and its curves.
fn measured(decide: &Decide, lines: &mut Lines) {
    if let Some((name, percent, load)) = &decide.measuring {
        let wide = lines.room.saturating_sub(8).min(40);
        let done = usize::try_from(*percent).unwrap_or_default() * wide / 100;
        lines.text(&format!("Measuring, for {name}: {load}"), Role::Strong);
        let bar = (format!("{}{} ", "█".repeat(done), "·".repeat(wide - done.min(wide))), Role::Good);
        lines.lines.push(Line { pieces: vec![bar, (format!("{percent} %"), Role::Text)], ..Line::default() });
        lines.text("esc ends it", Role::Dim);
        lines.blank();
    }
    let Some(found) = &decide.evidence else {
        lines.text("Nothing was measured yet. e measures orders of the shop as state, as events and as events with snapshots, on this machine, with your own numbers.", Role::Text);
        return;
    };
    let settings = &found.settings;
    let how = format!(
        "{} commands over {} orders each, policy {}, sync {}, {} reads a write, snapshots every {}",
        settings.commands,
        settings.aggregates,
        settings.policy,
        settings.sync,
        settings.reads_per_write,
        settings.snapshots_every
    );
    lines.text(&how, Role::Dim);
    lines.blank();
    for line in evidence::plot(found, lines.room, 8) {
        lines.lines.push(Line { pieces: coloured(&line), ..Line::default() });
    }
    for (question, text) in evidence::figures(found) {
        lines.blank();
        lines.behind(&format!("{question} "), Role::Key, &text, Role::Text);
    }
}

/// A line of a plot: its marks in the accents of what they stand for.
fn coloured(line: &str) -> Vec<(String, Role)> {
    let Some((lead, field)) = line.split_once('│') else { return vec![(line.to_owned(), Role::Text)] };
    let role = |mark: char| match mark {
        's' => Role::State,
        'e' | 'n' => Role::Events,
        _ => Role::Text,
    };
    let marks: Vec<char> = field.chars().collect();
    let runs = marks.chunk_by(|one, next| role(*one) == role(*next));
    let runs = runs.map(|run| (run.iter().collect(), run.first().map_or(Role::Text, |mark| role(*mark))));
    std::iter::once((format!("{lead}│"), Role::Dim)).chain(runs).collect()
}

/// The guide's plan for what its chart has come to, to tick.
fn plan(decide: &Decide, lines: &mut Lines) {
    let Some(index) = decide.planned() else {
        lines.text("The chart has no answer yet, so there is no plan.", Role::Dim);
        return;
    };
    let Some(pattern) = decide.framework.guide.patterns.get(index) else { return };
    lines.text(&format!("Step 3, for {}", pattern.label), accent(index));
    lines.blank();
    let name = &decide.case().name;
    for (step, one) in pattern.plan.iter().enumerate() {
        let done = decide.ticked.contains(&(name.clone(), index, step));
        let pieces = vec![
            (if done { " [✓] " } else { " [ ] " }.to_owned(), Role::Key),
            (format!("{}. {}", step + 1, one.title), if done { Role::Dim } else { Role::Strong }),
        ];
        let selected = decide.step == step;
        lines.lines.push(Line { pieces, spot: Some(Spot::Step(step)), selected });
        lines.behind("        ", Role::Text, &one.text, Role::Dim);
    }
    if let Some(mixed) = decide.framework.guide.mixed().filter(|_| decide.cases.len() > 1) {
        lines.heading(&format!("Where contexts differ: {}", mixed.label));
        for (step, one) in (1..).zip(&mixed.plan) {
            lines.behind(&format!("  {step}. "), Role::Text, &format!("{}: {}", one.title, one.text), Role::Text);
        }
    }
}
