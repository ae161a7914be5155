//! The decision: the guide's chart as it is, frameworks from files, the recommender and what depends on what, the record.

mod files;
mod guide;
mod recommender;
mod record;

use diptych::decision::{Answers, Case, Framework, Reply};

fn shipped() -> Framework {
    Framework::shipped().unwrap_or_else(|mistake| panic!("{mistake}"))
}

fn answers(framework: &Framework, text: &str) -> Answers {
    Answers::read(framework, text).unwrap_or_else(|wrong| panic!("{wrong}"))
}

fn case(framework: &Framework, name: &str, text: &str) -> Case {
    Case { answers: answers(framework, text), ..Case::new(framework, name) }
}

/// Every combination of answers to some questions.
fn all(framework: &Framework, questions: &[usize]) -> Vec<Answers> {
    let mut combinations = vec![Answers::none(framework)];
    for question in questions {
        let count = framework.questions[*question].answers.len();
        combinations = combinations
            .iter()
            .flat_map(|answers| (0..count).map(|answer| answers.with(*question, Reply::Is(answer))))
            .collect();
    }
    combinations
}
