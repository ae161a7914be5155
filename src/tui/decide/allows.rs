//! What Decide allows now, and why not the rest.

use super::{Decide, Focus, Page};
use crate::tui::action::Action;

impl Decide {
    /// Whether an action can be used now.
    ///
    /// # Errors
    ///
    /// Why it cannot, for the message bar.
    pub fn allows(&self, action: Action) -> Result<(), &'static str> {
        let answers_are_far = self.focus == Focus::Page && self.page != Page::Questions;
        match action {
            Action::RemoveContext if self.cases.len() == 1 => Err("there is only this context"),
            Action::SecondAnswer
            | Action::FirstAnswer
            | Action::DontKnow
            | Action::NextAnswer
            | Action::PreviousAnswer
                if answers_are_far =>
            {
                Err("tab goes to the chart, v to the questions; there they are answered")
            }
            Action::Measure if self.measuring.is_some() => Err("a measurement is running; esc ends it"),
            Action::EndMeasuring if self.measuring.is_none() => Err("nothing is being measured"),
            Action::Heavier | Action::Lighter if self.weight().is_none() => Err("this question is not weighed"),
            Action::SaveDecision | Action::Copy
                if self.cases.iter().all(|case| self.framework.missing(&case.answers).is_some()) =>
            {
                Err("no context is decided yet")
            }
            _ => Ok(()),
        }
    }

    /// The selected question's weight.
    pub fn weight(&self) -> Option<u32> {
        let criterion = self.framework.method.criteria.iter().position(|one| one.question == self.question)?;
        self.case().weights.get(criterion).copied()
    }
}
