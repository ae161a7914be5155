//! The recommender: what it says, and that what it claims to depend on is what it depends on.

use diptych::decision::{Advice, Answers, Case, Confidence, Framework, Reply, advise, sensitivity};
use proptest::prelude::*;

use crate::{all, case, shipped};

fn advice(framework: &Framework, case: &Case) -> Advice {
    advise(framework, &case.answers, &case.weights)
}

fn recommended(framework: &Framework, case: &Case) -> String {
    let rung = advice(framework, case).recommended.expect("not everything is vetoed");
    framework.method.rungs[rung].id.clone()
}

fn pattern(framework: &Framework, answers: &Answers, weights: &[u32]) -> Option<usize> {
    advise(framework, answers, weights).recommended.map(|rung| framework.method.rungs[rung].pattern)
}

#[test]
fn without_answers_it_starts_simple_and_is_not_sure() {
    let framework = shipped();
    let nothing = Case::new(&framework, "new");
    assert_eq!(recommended(&framework, &nothing), "state");
    assert_eq!(sensitivity(&framework, &nothing.answers, &nothing.weights).confidence, Confidence::Low);
    assert_eq!(advice(&framework, &nothing).reasons, []);
}

#[test]
fn the_rungs_between_the_ends_are_reached() {
    let framework = shipped();
    let rung = |text: &str| recommended(&framework, &case(&framework, "x", text));
    assert_eq!(rung("contention=high"), "state-version");
    assert_eq!(rung("integration=some,contention=high"), "state-outbox");
    assert_eq!(rung("audit=yes,experience=low,operations=few,freshness=immediate,read-models=few"), "state-audit");
    assert_eq!(rung("audit=yes,temporal=yes,history=yes,length=short"), "events");
    assert_eq!(rung("audit=yes,temporal=yes,history=yes,length=long"), "events-snapshots");
}

#[test]
fn a_veto_stands_apart_from_the_points() {
    let framework = shipped();
    let text = "rules=yes,audit=yes,temporal=yes,history=yes,experience=high,retention=erase";
    assert_eq!(recommended(&framework, &case(&framework, "x", &format!("{text},shredding=yes"))), "events");
    let vetoed = advice(&framework, &case(&framework, "x", &format!("{text},shredding=no")));
    let best = &vetoed.ladder[0];
    assert_eq!(framework.method.rungs[best.rung].id, "state-audit");
    let events = vetoed.ladder.iter().find(|scored| framework.method.rungs[scored.rung].id == "events").unwrap();
    assert!(events.vetoed && events.points > best.points, "the points are the same as ever");
    assert_eq!(framework.method.vetoes[vetoed.vetoes[0].0].id, "erasure");
}

#[test]
fn weights_move_the_recommendation() {
    let framework = shipped();
    let mut moved =
        case(&framework, "x", "temporal=yes,freshness=immediate,read-models=few,operations=few,contention=low");
    assert_eq!(recommended(&framework, &moved), "state");
    for (weight, criterion) in moved.weights.iter_mut().zip(&framework.method.criteria) {
        *weight = if framework.questions[criterion.question].id == "temporal" { 9 } else { 0 };
    }
    assert_eq!(recommended(&framework, &moved), "events");
}

#[test]
fn reasons_are_the_strongest_and_the_counter_argument_is_against() {
    let framework = shipped();
    for shop in framework.shop() {
        let advice = advice(&framework, &shop);
        assert!(advice.reasons.len() <= 3 && advice.reasons.iter().all(|reason| reason.strength > 0));
        assert!(advice.reasons.is_sorted_by_key(|reason| std::cmp::Reverse(reason.strength)));
        assert!(advice.counter.iter().all(|reason| reason.strength < 0));
    }
}

/// Every combination of the guide's answers with some others, and whatever a person may leave open.
#[test]
fn a_claimed_flip_flips_and_an_unclaimed_one_does_not() {
    let framework = shipped();
    let weights = framework.method.weights();
    let ids = ["rules", "audit", "temporal", "experience", "retention", "shredding", "contention", "history"];
    let questions: Vec<_> = ids.iter().map(|id| framework.question(id).unwrap()).collect();
    for answers in all(&framework, &questions) {
        holds(&framework, &answers, &weights);
    }
}

fn holds(framework: &Framework, answers: &Answers, weights: &[u32]) {
    let now = advise(framework, answers, weights);
    let now_pattern = pattern(framework, answers, weights);
    let found = sensitivity(framework, answers, weights);
    let mut singles = false;
    for (index, question) in framework.questions.iter().enumerate() {
        let matters = &found.matters[index];
        assert_eq!(matters.question, index);
        let (mut flips, mut rungs) = (false, false);
        for answer in (0..question.answers.len()).filter(|answer| answers.reply(index) != Reply::Is(*answer)) {
            let changed = answers.with(index, Reply::Is(answer));
            let after = advise(framework, &changed, weights).recommended;
            let flipped = pattern(framework, &changed, weights) != now_pattern;
            let claimed = matters.changes.iter().find(|change| change.answer == answer).expect("every change is tried");
            assert_eq!((claimed.rung, claimed.flips), (after, flipped), "{}", question.id);
            flips |= flipped;
            rungs |= after != now.recommended;
        }
        assert_eq!((matters.pattern, matters.rung), (flips, rungs), "{}", question.id);
        singles |= flips;
    }
    match found.flip {
        Some(flip) => {
            let mut changed = answers.clone();
            flip.changes.iter().for_each(|(question, answer)| changed.set(*question, Reply::Is(*answer)));
            assert_eq!(advise(framework, &changed, weights).recommended, Some(flip.rung));
            assert_ne!(pattern(framework, &changed, weights), now_pattern);
            assert_eq!(flip.changes.len() == 1, singles, "the nearest is a single one where there is one");
        }
        None => assert!(!singles),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn so_it_is_for_any_answers_and_weights(
        replies in prop::collection::vec(0usize..4, 16),
        moved in prop::collection::vec(0u32..10, 16),
    ) {
        let framework = shipped();
        let mut answers = Answers::none(&framework);
        for (index, reply) in replies.iter().enumerate().take(framework.questions.len()) {
            let count = framework.questions[index].answers.len();
            answers.set(index, match reply {
                3 => Reply::Open,
                reply if *reply < count => Reply::Is(*reply),
                _ => Reply::Unknown,
            });
        }
        holds(&framework, &answers, &moved[..framework.method.criteria.len()]);
    }
}
