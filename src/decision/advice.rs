//! The recommendation: points for each rung, what forbids one, and the strongest reasons either way.
//!
//! A rung's points are the sum over all criteria of weight × points of the answer, less what the rung costs. What is not answered
//! counts for nothing. A vetoed rung keeps its points, for everyone to see, and is never recommended. Of equals, the simplest.

use super::answers::{Answers, Reply};
use super::framework::Framework;

/// A rung with what it came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    /// Which rung.
    pub rung: usize,
    /// The sum.
    pub points: i64,
    /// Whether a veto forbids it.
    pub vetoed: bool,
}

/// Something that speaks for the recommendation, or against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Which criterion.
    pub criterion: usize,
    /// Which answer to its question.
    pub answer: usize,
    /// Weight × the points between the recommendation and the alternative: above 0 for it, below 0 against it.
    pub strength: i64,
}

/// A veto that was called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Veto(
    /// Which of the method's.
    pub usize,
);

/// How sure one can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// An answer that is still open would change the pattern, or more than half of the weight is not answered.
    Low,
    /// One of the answers given, were it another, would change the pattern.
    Moderate,
    /// No single answer changes the pattern.
    High,
}

impl Confidence {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Moderate => "moderate",
            Self::High => "high",
        }
    }
}

/// What is recommended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// Every rung, the best first; vetoed ones at the end.
    pub ladder: Vec<Scored>,
    /// The rung; none where every one is vetoed.
    pub recommended: Option<usize>,
    /// The best rung of another pattern, vetoed or not: what the reasons compare with.
    pub alternative: Option<usize>,
    /// The strongest reasons for it, three at most.
    pub reasons: Vec<Reason>,
    /// The strongest against it.
    pub counter: Option<Reason>,
    /// The vetoes that were called.
    pub vetoes: Vec<Veto>,
    /// How much of the weight is answered: so much, of so much.
    pub answered: (u32, u32),
}

/// Weighs the answers. `weights` has one for each criterion.
pub fn advise(framework: &Framework, answers: &Answers, weights: &[u32]) -> Advice {
    let method = &framework.method;
    let points = points(framework, answers, weights);
    let vetoes = called(framework, answers);
    let out = |rung: usize| vetoes.iter().any(|Veto(veto)| method.vetoes[*veto].rungs.contains(&rung));
    let mut ladder: Vec<Scored> =
        points.iter().enumerate().map(|(rung, points)| Scored { rung, points: *points, vetoed: out(rung) }).collect();
    ladder.sort_by_key(|scored| (scored.vetoed, std::cmp::Reverse(scored.points), scored.rung));
    let recommended = ladder.first().filter(|scored| !scored.vetoed).map(|scored| scored.rung);
    let pattern = recommended.and_then(|rung| Some(method.rungs.get(rung)?.pattern));
    let other = |scored: &&Scored| method.rungs.get(scored.rung).map(|rung| rung.pattern) != pattern;
    let alternative = pattern.and_then(|_| ladder.iter().find(other)).map(|scored| scored.rung);
    let mut reasons = match (recommended, alternative) {
        (Some(for_it), Some(against)) => compared(framework, answers, weights, for_it, against),
        _ => Vec::new(),
    };
    // Stable, so that of equals the first criterion in the file comes first.
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.strength));
    let counter = reasons.iter().filter(|reason| reason.strength < 0).min_by_key(|reason| reason.strength).cloned();
    reasons.retain(|reason| reason.strength > 0);
    reasons.truncate(3);
    let whole = weights.iter().sum();
    let known = |(index, _): &(usize, &u32)| {
        method.criteria.get(*index).is_some_and(|one| matches!(answers.reply(one.question), Reply::Is(_)))
    };
    let answered = weights.iter().enumerate().filter(known).map(|(_, weight)| *weight).sum();
    Advice { ladder, recommended, alternative, reasons, counter, vetoes, answered: (answered, whole) }
}

/// Each rung's points.
pub(super) fn points(framework: &Framework, answers: &Answers, weights: &[u32]) -> Vec<i64> {
    let method = &framework.method;
    let mut sums: Vec<i64> = method.rungs.iter().map(|rung| -rung.cost).collect();
    for (criterion, weight) in method.criteria.iter().zip(weights) {
        let Reply::Is(answer) = answers.reply(criterion.question) else { continue };
        let Some(answer) = criterion.answers.get(answer) else { continue };
        for (sum, points) in sums.iter_mut().zip(&answer.points) {
            *sum += i64::from(*weight) * points;
        }
    }
    sums
}

/// The vetoes that these answers call.
pub(super) fn called(framework: &Framework, answers: &Answers) -> Vec<Veto> {
    let calls = |when: &[(usize, usize)]| {
        !when.is_empty() && when.iter().all(|(question, answer)| answers.reply(*question) == Reply::Is(*answer))
    };
    let vetoes = framework.method.vetoes.iter().enumerate();
    vetoes.filter(|(_, veto)| calls(&veto.when)).map(|(index, _)| Veto(index)).collect()
}

/// The rung that these answers lead to, and nothing else: what is asked again and again for sensitivity.
pub(super) fn recommended(framework: &Framework, answers: &Answers, weights: &[u32]) -> Option<usize> {
    let points = points(framework, answers, weights);
    let vetoes = called(framework, answers);
    let allowed = |rung: &usize| !vetoes.iter().any(|Veto(veto)| framework.method.vetoes[*veto].rungs.contains(rung));
    (0..points.len()).filter(allowed).min_by_key(|rung| (std::cmp::Reverse(points[*rung]), *rung))
}

fn compared(framework: &Framework, answers: &Answers, weights: &[u32], for_it: usize, against: usize) -> Vec<Reason> {
    let criteria = framework.method.criteria.iter().zip(weights).enumerate();
    let reason = |(index, (criterion, weight)): (usize, (&super::Criterion, &u32))| {
        let Reply::Is(answer) = answers.reply(criterion.question) else { return None };
        let points = &criterion.answers.get(answer)?.points;
        let strength = i64::from(*weight) * (points.get(for_it)? - points.get(against)?);
        Some(Reason { criterion: index, answer, strength })
    };
    criteria.filter_map(reason).collect()
}
