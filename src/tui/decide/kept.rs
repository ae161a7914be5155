//! The contexts with their answers, as they are kept for the next window.

use serde::{Deserialize, Serialize};

use super::Decide;
use crate::decision::{Answers, Case, Framework};

/// A context as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptCase {
    name: String,
    answers: String,
    #[serde(default)]
    weights: Vec<u32>,
    #[serde(default)]
    ticked: Vec<(usize, usize)>,
}

impl Decide {
    /// What there is to keep.
    pub fn kept(&self) -> Vec<KeptCase> {
        let keep = |case: &Case| KeptCase {
            name: case.name.clone(),
            answers: case.answers.to_text(&self.framework),
            weights: case.weights.clone(),
            ticked: self
                .ticked
                .iter()
                .filter(|(name, ..)| *name == case.name)
                .map(|(_, one, step)| (*one, *step))
                .collect(),
        };
        self.cases.iter().map(keep).collect()
    }

    /// The contexts of the last window; answers that this framework does not know leave everything as it is.
    pub fn restore(&mut self, kept: &[KeptCase]) {
        let read = |kept: &KeptCase| {
            let answers = Answers::read(&self.framework, &kept.answers).ok()?;
            let fresh = Case::new(&self.framework, kept.name.clone());
            let fits =
                kept.weights.len() == fresh.weights.len() && kept.weights.iter().all(|one| *one <= Framework::HEAVIEST);
            let weights = if fits { kept.weights.clone() } else { fresh.weights.clone() };
            Some(Case { answers, weights, ..fresh })
        };
        let Some(cases) = kept.iter().map(read).collect::<Option<Vec<_>>>().filter(|cases| !cases.is_empty()) else {
            return;
        };
        self.cases = cases;
        self.ticked = kept
            .iter()
            .flat_map(|case| case.ticked.iter().map(|(pattern, step)| (case.name.clone(), *pattern, *step)))
            .collect();
        self.show(0);
    }
}
