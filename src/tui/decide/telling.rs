//! What there is to take along and to read: the record of a decision, and everything about a question.

use super::Decide;
use crate::decision::{Case, application_json, context_json, madr};
use crate::tui::layers::Reading;
use crate::tui::theme::Role;

impl Decide {
    /// The record of all contexts that the chart has an answer for.
    pub fn record(&self, as_json: bool) -> String {
        let decided: Vec<Case> =
            self.cases.iter().filter(|case| self.framework.missing(&case.answers).is_none()).cloned().collect();
        if as_json {
            let mut lines: Vec<_> = decided.iter().map(|case| context_json(&self.framework, case)).collect();
            lines.push(application_json(&self.framework, &decided));
            return lines.iter().map(|line| format!("{line}\n")).collect();
        }
        let again: Vec<_> = decided
            .iter()
            .map(|case| {
                let name: String = case.name.chars().filter(|letter| !letter.is_control()).collect();
                let name = name.replace('\'', "'\\''");
                format!(
                    "diptych decide --context '{name}' --answers {}{}",
                    case.answers.to_text(&self.framework),
                    self.moved_weights(case)
                )
            })
            .collect();
        madr(&self.framework, &decided, &again.join("\n"))
    }

    /// The weights that a person has moved, as the command line takes them.
    fn moved_weights(&self, case: &Case) -> String {
        let criteria = self.framework.method.criteria.iter().zip(&case.weights);
        let moved =
            criteria.filter(|(criterion, weight)| criterion.weight != **weight).filter_map(|(criterion, weight)| {
                Some(format!("{}={weight}", self.framework.questions.get(criterion.question)?.id))
            });
        let moved: Vec<_> = moved.collect();
        if moved.is_empty() { String::new() } else { format!(" --weights {}", moved.join(",")) }
    }

    pub(super) fn file_stem(&self) -> String {
        if self.cases.len() > 1 { "application".to_owned() } else { "context".to_owned() }
    }

    /// Everything about the selected question: what it means, what the guide says, what others say, what its answers are worth.
    pub(super) fn about(&self) -> Reading {
        let framework = &self.framework;
        let Some(question) = framework.questions.get(self.question) else { return Reading::new("", "") };
        let mut reading = Reading::new(question.ask.clone(), question.id.clone());
        reading.line(question.about.clone(), Role::Text);
        let Some(index) = framework.method.criteria.iter().position(|one| one.question == self.question) else {
            return reading;
        };
        let criterion = &framework.method.criteria[index];
        reading.heading("The guide");
        reading.line(criterion.guide.clone(), Role::Text);
        reading.heading("Others");
        for says in &criterion.says {
            reading.line(format!("{}:", framework.method.cite(says.source)), Role::Dim);
            reading.line(format!("  {}", says.text), Role::Text);
        }
        reading.heading(format!(
            "What an answer is worth (weight {})",
            self.case().weights.get(index).copied().unwrap_or_default()
        ));
        for (word, answer) in question.answers.iter().zip(&criterion.answers) {
            reading.line(format!("{word}: {}", answer.reason), Role::Text);
            let points = framework
                .method
                .rungs
                .iter()
                .zip(&answer.points)
                .map(|(rung, points)| format!("{} {points:+}", rung.id));
            reading.line(format!("  {}", points.collect::<Vec<_>>().join(" · ")), Role::Dim);
        }
        for measured in self.case().measured.iter().filter(|measured| measured.question == question.id) {
            reading.heading("Measured on this machine");
            reading.line(measured.text.clone(), Role::Text);
            reading.line(format!("  settings {}", measured.settings), Role::Dim);
        }
        reading
    }
}
