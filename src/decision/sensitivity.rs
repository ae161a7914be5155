//! Which answers matter: every other answer to every question is tried, and the smallest change that flips the pattern is found.

use super::advice::{Confidence, advise, recommended};
use super::answers::{Answers, Reply};
use super::framework::Framework;

/// How many answers are changed together at most, to look for a flip.
const TOGETHER: usize = 3;

/// What another answer to one question would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The other answer.
    pub answer: usize,
    /// What would be recommended.
    pub rung: Option<usize>,
    /// Whether that is a rung of another pattern.
    pub flips: bool,
    /// What the guide would say: none where the way is open or ends in several patterns.
    pub guide: Option<usize>,
}

/// Whether a question's answer matters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matters {
    /// Which question.
    pub question: usize,
    /// Its other answers, or all of them where it is open.
    pub changes: Vec<Change>,
    /// Whether one of them changes the recommended pattern.
    pub pattern: bool,
    /// Whether one of them changes the rung at least.
    pub rung: bool,
    /// Whether one of them changes what the guide says.
    pub guide: bool,
}

/// The smallest change of answers that leads to another pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flip {
    /// Questions and their other answers.
    pub changes: Vec<(usize, usize)>,
    /// What would be recommended then.
    pub rung: usize,
}

/// What depends on what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sensitivity {
    /// One for each question.
    pub matters: Vec<Matters>,
    /// The nearest flip, if so few changes make one.
    pub flip: Option<Flip>,
    /// What follows for the recommendation.
    pub confidence: Confidence,
}

/// Tries everything.
pub fn sensitivity(framework: &Framework, answers: &Answers, weights: &[u32]) -> Sensitivity {
    let now = recommended(framework, answers, weights);
    let pattern_of = |rung: Option<usize>| rung.and_then(|rung| Some(framework.method.rungs.get(rung)?.pattern));
    let guide_of = |answers: &Answers| framework.chart.follow(answers).pattern(&framework.chart);
    let (pattern, guide) = (pattern_of(now), guide_of(answers));
    let matter = |question: usize| {
        let changes: Vec<_> = others(framework, answers, question)
            .map(|answer| {
                let changed = answers.with(question, Reply::Is(answer));
                let rung = recommended(framework, &changed, weights);
                Change { answer, rung, flips: pattern_of(rung) != pattern, guide: guide_of(&changed) }
            })
            .collect();
        Matters {
            question,
            pattern: changes.iter().any(|change| change.flips),
            rung: changes.iter().any(|change| change.rung != now),
            guide: changes.iter().any(|change| change.guide != guide),
            changes,
        }
    };
    let matters: Vec<_> = (0..framework.questions.len()).map(matter).collect();
    let flip = pattern.and_then(|pattern| nearest(framework, answers, weights, pattern));
    let given = |question: usize| matches!(answers.reply(question), Reply::Is(_));
    let flips = |is_given: bool| matters.iter().any(|one| one.pattern && given(one.question) == is_given);
    let (answered, whole) = advise(framework, answers, weights).answered;
    let confidence = match () {
        () if flips(false) || answered * 2 < whole => Confidence::Low,
        () if flips(true) => Confidence::Moderate,
        () => Confidence::High,
    };
    Sensitivity { matters, flip, confidence }
}

/// The answers that were not given to a question.
fn others(framework: &Framework, answers: &Answers, question: usize) -> impl Iterator<Item = usize> {
    let count = framework.questions.get(question).map_or(0, |question| question.answers.len());
    let given = answers.reply(question);
    (0..count).filter(move |answer| given != Reply::Is(*answer))
}

/// The flip with the fewest changes; of those the one with the least weight, then the first.
fn nearest(framework: &Framework, answers: &Answers, weights: &[u32], pattern: usize) -> Option<Flip> {
    let weight = |question: usize| {
        let criteria = framework.method.criteria.iter().zip(weights);
        criteria.filter(|(criterion, _)| criterion.question == question).map(|(_, weight)| *weight).sum::<u32>()
    };
    let mut sets: Vec<Vec<(usize, usize)>> = vec![Vec::new()];
    for _ in 0..TOGETHER {
        let mut larger = Vec::new();
        let mut found: Option<(u32, Flip)> = None;
        for set in &sets {
            let first = set.last().map_or(0, |(question, _)| question + 1);
            for question in first..framework.questions.len() {
                for answer in others(framework, answers, question) {
                    let mut changes = set.clone();
                    changes.push((question, answer));
                    let mut changed = answers.clone();
                    changes.iter().for_each(|(question, answer)| changed.set(*question, Reply::Is(*answer)));
                    let flipped = recommended(framework, &changed, weights)
                        .filter(|rung| framework.method.rungs.get(*rung).is_some_and(|rung| rung.pattern != pattern));
                    if let Some(rung) = flipped {
                        let sum = changes.iter().map(|(question, _)| weight(*question)).sum();
                        if found.as_ref().is_none_or(|(least, _)| sum < *least) {
                            found = Some((sum, Flip { changes: changes.clone(), rung }));
                        }
                    }
                    larger.push(changes);
                }
            }
        }
        if let Some((_, flip)) = found {
            return Some(flip);
        }
        sets = larger;
    }
    None
}
