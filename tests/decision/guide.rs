//! The Step 1 chart as the guide has it.

use diptych::decision::{Application, Case, Mark, Reply};

use crate::{all, answers, case, shipped};

/// Rules, audit, temporal, performance, experience; yes and high first. E is event-sourced, S is simple.
const TABLE: [(&str, char); 32] = [
    ("yyyyh", 'E'),
    ("yyyyl", 'E'),
    ("yyynh", 'E'),
    ("yyynl", 'E'),
    ("yynyh", 'E'),
    ("yynyl", 'S'),
    ("yynnh", 'E'),
    ("yynnl", 'S'),
    ("ynyyh", 'S'),
    ("ynyyl", 'S'),
    ("ynynh", 'E'),
    ("ynynl", 'S'),
    ("ynnyh", 'S'),
    ("ynnyl", 'S'),
    ("ynnnh", 'E'),
    ("ynnnl", 'S'),
    ("nyyyh", 'S'),
    ("nyyyl", 'S'),
    ("nyynh", 'S'),
    ("nyynl", 'S'),
    ("nynyh", 'S'),
    ("nynyl", 'S'),
    ("nynnh", 'S'),
    ("nynnl", 'S'),
    ("nnyyh", 'S'),
    ("nnyyl", 'S'),
    ("nnynh", 'S'),
    ("nnynl", 'S'),
    ("nnnyh", 'S'),
    ("nnnyl", 'S'),
    ("nnnnh", 'S'),
    ("nnnnl", 'S'),
];

#[test]
fn all_combinations_end_where_the_guide_has_them_end() {
    let framework = shipped();
    let guides: Vec<_> = (0..framework.guides).collect();
    let mut counted = [0, 0];
    for (answers, (letters, end)) in all(&framework, &guides).iter().zip(TABLE) {
        let said: String =
            guides.iter().map(|one| framework.questions[*one].word(answers.reply(*one))[..1].to_owned()).collect();
        assert_eq!(said, letters);
        let outcome = framework.chart.follow(answers);
        assert_eq!(outcome.ways.len(), 1);
        let pattern = outcome.pattern(&framework.chart).expect("every combination ends");
        assert_eq!(
            framework.guide.patterns[pattern].id,
            if end == 'E' { "event-sourced" } else { "simple" },
            "{letters}"
        );
        counted[pattern] += 1;
    }
    assert_eq!(counted, [24, 8]);
}

#[test]
fn the_chart_asks_only_what_lies_on_the_way() {
    let framework = shipped();
    let asked = |text: &str| framework.missing(&answers(&framework, text)).map(|question| question.id.clone());
    assert_eq!(asked("").as_deref(), Some("rules"));
    assert_eq!(asked("rules=no"), None);
    assert_eq!(asked("rules=yes,audit=no").as_deref(), Some("performance"));
    assert_eq!(asked("rules=yes,audit=no,performance=no,temporal=yes").as_deref(), Some("experience"));
    assert_eq!(asked("rules=yes,audit=yes,temporal=yes"), None);
}

#[test]
fn who_does_not_know_sees_both_branches() {
    let framework = shipped();
    let outcome = framework.chart.follow(&answers(&framework, "rules=yes,audit=unknown,performance=yes,temporal=yes"));
    assert_eq!(outcome.ways.len(), 2);
    assert!(outcome.ways.iter().all(|way| way.steps[1].assumed && !way.steps[0].assumed));
    assert_eq!(outcome.pattern(&framework.chart), None);
    let same = framework.chart.follow(&answers(&framework, "rules=unknown,audit=no,performance=yes"));
    assert_eq!((same.ways.len(), same.pattern(&framework.chart)), (2, Some(0)), "both branches end simple");
}

#[test]
fn contexts_that_differ_make_the_application_hybrid() {
    let framework = shipped();
    let shop = framework.shop();
    let names: Vec<_> = shop.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names, ["catalog", "ordering", "customers", "inventory"]);
    let application = Application::of(&framework, &shop);
    let patterns: Vec<_> = application.wiring.iter().map(|(_, pattern)| pattern.expect("it is decided")).collect();
    assert_eq!(patterns, [0, 1, 0, 0], "the guide's own wiring");
    assert_eq!(application.pattern.map(|one| framework.guide.patterns[one].id.as_str()), Some("hybrid"));
    let wiring = "catalog=state,ordering=events,customers=state,inventory=state";
    assert_eq!(application.shop_wiring(&framework).as_deref(), Some(wiring));
    let alike = Application::of(&framework, &shop[2..]);
    assert_eq!(alike.pattern, Some(0));
    let open = [case(&framework, "a", "rules=no"), Case::new(&framework, "b")];
    assert_eq!(Application::of(&framework, &open).pattern, None);
}

#[test]
fn the_matrix_the_table_and_the_plans_are_the_guides() {
    let framework = shipped();
    let patterns = &framework.guide.patterns;
    let stars: Vec<_> = patterns.iter().map(|pattern| pattern.stars).collect();
    let steps: Vec<_> = patterns.iter().map(|pattern| pattern.plan.len()).collect();
    assert_eq!((stars, steps), (vec![2, 5, 3], vec![4, 6, 4]));
    let marks: Vec<Vec<Mark>> =
        framework.guide.constraints.iter().map(|row| row.cells.iter().map(|cell| cell.mark).collect()).collect();
    let usual = vec![Mark::Fits, Mark::Costs, Mark::Depends];
    let audit = vec![Mark::Costs, Mark::Fits, Mark::Depends];
    assert_eq!(marks, [usual.clone(), usual.clone(), usual.clone(), usual, audit]);
}

#[test]
fn an_answer_can_be_taken_back() {
    let framework = shipped();
    let mut answers = answers(&framework, "rules=yes,audit=yes,temporal=yes");
    answers.set(0, Reply::Open);
    assert_eq!(answers.to_text(&framework), "audit=yes,temporal=yes");
    assert_eq!(framework.chart.follow(&answers).ways[0].steps, []);
}
