//! A decision as JSON.

use serde_json::{Map, Value, json};

use super::advice::{Reason, advise};
use super::answers::Reply;
use super::case::{Application, Case};
use super::chart::{Target, Way};
use super::framework::Framework;
use super::sensitivity::sensitivity;

/// A context: what the guide says of it, and what the recommender says beside that.
pub fn context_json(framework: &Framework, case: &Case) -> Value {
    let outcome = framework.chart.follow(&case.answers);
    let pattern = outcome.pattern(&framework.chart);
    let mut json = Map::new();
    let mut put = |key: &str, value: Value| drop(json.insert(key.to_owned(), value));
    put("context", json!(case.name));
    put("path", outcome.ways.first().map_or(Value::Null, |way| path(framework, way)));
    put("guide", pattern_json(framework, pattern));
    if outcome.ways.len() > 1 {
        let branch = |way: &Way| {
            let end = match way.at {
                Target::End(end) => framework.chart.ends.get(end).map(|end| end.pattern),
                Target::Ask(_) => None,
            };
            json!({ "path": path(framework, way), "guide": pattern_json(framework, end) })
        };
        put("branches", outcome.ways.iter().map(branch).collect());
    }
    let answers = case.answers.given().filter_map(|(question, reply)| {
        let question = framework.questions.get(question)?;
        Some((question.id.clone(), Value::from(question.word(reply))))
    });
    put("answers", Value::Object(answers.collect()));
    if let Some(index) = pattern
        && let Some(chosen) = framework.guide.patterns.get(index)
    {
        put("means", json!(chosen.means));
        let constraints = framework.guide.constraints.iter().filter_map(|constraint| {
            let cell = constraint.cells.get(index)?;
            Some(json!({ "constraint": constraint.name, "mark": cell.mark.word(), "text": cell.text }))
        });
        put("constraints", constraints.collect());
        let plan = chosen.plan.iter().map(|step| json!({ "title": step.title, "text": step.text }));
        put("plan", plan.collect());
    }
    put("recommender", recommender(framework, case));
    if !case.measured.is_empty() {
        let measured = case.measured.iter();
        let one =
            |one: &super::Measured| json!({ "question": one.question, "measured": one.text, "settings": one.settings });
        put("measured", measured.map(one).collect());
    }
    Value::Object(json)
}

/// What contexts make together.
pub fn application_json(framework: &Framework, cases: &[Case]) -> Value {
    let application = Application::of(framework, cases);
    let wiring = application.wiring.iter().map(|(name, pattern)| (name.clone(), pattern_json(framework, *pattern)));
    json!({
        "application": pattern_json(framework, application.pattern),
        "wiring": wiring.collect::<Map<_, _>>(),
        "shop_wiring": application.shop_wiring(framework),
    })
}

fn pattern_json(framework: &Framework, pattern: Option<usize>) -> Value {
    pattern.and_then(|pattern| framework.guide.patterns.get(pattern)).map_or(Value::Null, |pattern| json!(pattern.id))
}

fn path(framework: &Framework, way: &Way) -> Value {
    let step = |step: &super::Step| {
        let question = framework.questions.get(framework.chart.nodes.get(step.node)?.question)?;
        Some(format!("{}={}", question.id, question.word(Reply::Is(step.answer))))
    };
    way.steps.iter().filter_map(step).collect()
}

fn recommender(framework: &Framework, case: &Case) -> Value {
    let (method, answers) = (&framework.method, &case.answers);
    let advice = advise(framework, answers, &case.weights);
    let sensitivity = sensitivity(framework, answers, &case.weights);
    let rung = |rung: Option<usize>| rung.and_then(|rung| method.rungs.get(rung)).map(|rung| rung.id.as_str());
    let pattern = |index: Option<usize>| {
        let pattern = index.and_then(|index| method.rungs.get(index)).map(|rung| rung.pattern);
        pattern_json(framework, pattern)
    };
    let question = |question: usize| framework.questions.get(question).map_or("", |question| question.id.as_str());
    let word = |index: usize, answer: usize| {
        framework.questions.get(index).map_or("", |question| question.word(Reply::Is(answer)))
    };
    let reason = |reason: &Reason| {
        let criterion = method.criteria.get(reason.criterion)?;
        let text = &criterion.answers.get(reason.answer)?.reason;
        let says = criterion.says.iter().map(|says| json!({ "source": method.cite(says.source), "says": says.text }));
        Some(json!({
            "question": question(criterion.question),
            "answer": word(criterion.question, reason.answer),
            "text": text,
            "strength": reason.strength,
            "guide": criterion.guide,
            "sources": says.collect::<Vec<_>>(),
        }))
    };
    let ladder = advice
        .ladder
        .iter()
        .map(|scored| json!({ "rung": rung(Some(scored.rung)), "points": scored.points, "vetoed": scored.vetoed }));
    let vetoes = advice.vetoes.iter().filter_map(|veto| {
        let veto = method.vetoes.get(veto.0)?;
        let forbids: Vec<_> = veto.rungs.iter().map(|one| rung(Some(*one))).collect();
        Some(json!({ "veto": veto.id, "text": veto.text, "forbids": forbids, "source": method.cite(veto.source) }))
    });
    let flip = sensitivity.flip.as_ref().map(|flip| {
        let changes = flip.changes.iter().map(|(index, answer)| (question(*index).to_owned(), json!(word(*index, *answer))));
        json!({ "if": changes.collect::<Map<_, _>>(), "then": rung(Some(flip.rung)), "pattern": pattern(Some(flip.rung)) })
    });
    let matters = sensitivity.matters.iter().map(|one| {
        let changes = one.changes.iter().map(|change| {
            json!({
                "answer": word(one.question, change.answer),
                "rung": rung(change.rung),
                "flips": change.flips,
                "guide": pattern_json(framework, change.guide),
            })
        });
        json!({
            "question": question(one.question),
            "pattern": one.pattern,
            "rung": one.rung,
            "guide": one.guide,
            "changes": changes.collect::<Vec<_>>(),
        })
    });
    let weights = method
        .criteria
        .iter()
        .zip(&case.weights)
        .map(|(one, weight)| (question(one.question).to_owned(), json!(weight)));
    json!({
        "label": method.label,
        "recommendation": rung(advice.recommended),
        "pattern": pattern(advice.recommended),
        "confidence": sensitivity.confidence.word(),
        "answered": { "weight": advice.answered.0, "of": advice.answered.1 },
        "ladder": ladder.collect::<Vec<_>>(),
        "vetoes": vetoes.collect::<Vec<_>>(),
        "reasons": advice.reasons.iter().filter_map(reason).collect::<Vec<_>>(),
        "counter": advice.counter.as_ref().and_then(reason),
        "flip": flip,
        "matters": matters.collect::<Vec<_>>(),
        "weights": weights.collect::<Map<_, _>>(),
    })
}
