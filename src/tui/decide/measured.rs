//! A measurement as the screen knows it: begun for a context, so far on its way, done.

use super::{Decide, Page};
use crate::lab::evidence::{self, Evidence, Load};

impl Decide {
    /// A measurement begins, for the context that is shown.
    pub fn begin_measuring(&mut self, load: Load) {
        self.measuring = Some((self.case().name.clone(), 0, load));
        self.turn_to(Page::Evidence);
    }

    /// How far it has come, in hundredths.
    pub fn measured_so_far(&mut self, percent: u64) {
        if let Some((_, so_far, _)) = &mut self.measuring {
            *so_far = percent;
        }
    }

    /// It was ended, or failed.
    pub fn end_measuring(&mut self) {
        self.measuring = None;
    }

    /// What was measured: for the context that it was begun for.
    pub fn take_evidence(&mut self, evidence: Evidence) {
        let settings = serde_json::json!({ "load": evidence.load, "settings": evidence.settings });
        let measured = self.framework.measured(evidence::figures(&evidence), &settings);
        let begun_for = self.measuring.take().map(|(name, ..)| name);
        if let Some(case) = self.cases.iter_mut().find(|case| Some(&case.name) == begun_for.as_ref()) {
            case.measured = measured;
        }
        self.evidence = Some(evidence);
    }
}
