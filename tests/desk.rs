//! Step mode as a screen asks for it: requests in, updates out.

use std::cell::RefCell;

use diptych::application::commands::Command;
use diptych::engine::scenario::{Scenario, library};
use diptych::engine::{Desk, Request, Steps, Update};
use diptych::kernel::probe::StepKind;
use diptych::world::{Breakpoint, Directory, Opening, Standing, Stopped, Stride, WorldKind};
use serde_json::json;

/// A desk, and what it says.
struct Asked {
    desk: Desk,
}

impl Asked {
    fn new(policy: &str) -> Self {
        let mut opening = Opening::of(Directory::ephemeral().unwrap());
        opening.policy = Some(policy.parse().unwrap());
        Self { desk: Desk::open(opening, &|_| {}).unwrap() }
    }

    fn ask(&mut self, request: Request) -> Vec<Update> {
        let heard = RefCell::new(Vec::new());
        self.desk.work_on(request, &|update| heard.borrow_mut().push(update)).unwrap();
        heard.into_inner()
    }

    fn scenario(&mut self, name: &str) {
        let text = library::named(name).unwrap().text;
        self.ask(Request::OpenScenario(Box::new(Scenario::parse(text, name).unwrap())));
    }
}

fn stepped(updates: &[Update]) -> (&Standing, &Stopped) {
    let stepped = updates.iter().find_map(|update| match update {
        Update::Stepped { standing, stopped } => Some((&**standing, stopped)),
        _ => None,
    });
    stepped.unwrap_or_else(|| panic!("no step among {updates:?}"))
}

fn create(name: &str) -> Request {
    let command = Command::read("CreateProduct", json!({ "name": name, "price": "1" }).as_object().unwrap()).unwrap();
    Request::Begin { command: Box::new(command), faults: Vec::new() }
}

#[test]
fn a_command_goes_step_by_step_phase_by_phase_and_to_its_end() {
    let mut asked = Asked::new("guide");
    let begun = asked.ask(create("Laptop"));
    assert_eq!(stepped(&begun).0.worlds[0].courses[0].at().unwrap().to_string(), "received:1");
    let phase = asked.ask(Request::Go { who: 0, stride: Stride::Phase });
    assert_eq!(stepped(&phase).0.worlds[0].courses[0].at().unwrap().kind, StepKind::Decided);
    let ended = asked.ask(Request::Go { who: 0, stride: Stride::End });
    assert_eq!(stepped(&ended).1, &Stopped::Over);
    assert!(ended.iter().any(|update| matches!(update, Update::Performed(one) if one.difference.is_none())));
    assert!(matches!(ended.last(), Some(Update::Landed)));
}

#[test]
fn a_run_stops_at_a_breakpoint_that_is_on_and_passes_one_that_is_off() {
    let mut asked = Asked::new("mended");
    for (on, expected) in [(true, true), (false, false)] {
        let when = "step=delivered,world=state,event=ProductCreated".parse().unwrap();
        asked.ask(Request::SetBreakpoints(vec![Breakpoint { when, on }]));
        asked.ask(create("Laptop"));
        let run = asked.ask(Request::Go { who: 0, stride: Stride::Breakpoint });
        let (standing, stopped) = stepped(&run);
        assert_eq!(matches!(stopped, Stopped::Breakpoint(WorldKind::State, _)), expected, "{stopped:?}");
        if expected {
            assert_eq!(standing.worlds[0].courses[0].at().unwrap().to_string(), "delivered:1");
            assert_eq!(standing.worlds[0].courses[0].answer.as_ref().unwrap().status.0, 201, "mended answers first");
            asked.ask(Request::Land);
        }
    }
}

#[test]
fn breakpoints_stay_with_the_playground() {
    let place = tempfile::tempdir().unwrap();
    let opening = || Opening::of(Directory::at(place.path()).unwrap());
    let kept = vec![Breakpoint { when: "field=price:0".parse().unwrap(), on: false }];
    let mut desk = Desk::open(opening(), &|_| {}).unwrap();
    desk.work_on(Request::SetBreakpoints(kept.clone()), &|_| {}).unwrap();
    drop(desk);
    assert_eq!(Desk::open(opening(), &|_| {}).unwrap().playground().breakpoints(), kept);
}

#[test]
fn a_scene_is_stepped_through_and_counts_as_played() {
    let mut asked = Asked::new("guide");
    asked.scenario("price-with-a-past");
    assert!(
        asked.ask(Request::BeginScene).iter().any(|update| matches!(update, Update::Played(one) if one.number == 1))
    );
    let begun = asked.ask(Request::BeginScene);
    assert_eq!(stepped(&begun).0.inputs[0].command, "CreateProduct");
    let landed = asked.ask(Request::Land);
    assert!(
        landed.iter().any(|update| matches!(update, Update::Played(one) if one.number == 2 && one.unmet.is_none()))
    );
    asked.ask(Request::NextScene);
    let fourth = asked.ask(Request::NextScene);
    assert!(
        fourth.iter().any(|update| matches!(update, Update::Played(one) if one.number == 4 && one.unmet.is_none())),
        "the name that the stepped scene bound is known"
    );
    asked.ask(Request::BeginScene);
    let back = asked.ask(Request::Rewind(Steps::Last(1)));
    assert!(matches!(back[0], Update::Landed));
    assert!(
        back.iter().any(|update| matches!(update, Update::Rewound { last: 3, scene: Some((4, _)), .. })),
        "{back:?}"
    );
}

#[test]
fn a_second_command_begins_beside_the_first_and_each_moves_when_it_is_told_to() {
    let mut asked = Asked::new("guide");
    asked.ask(create("Laptop"));
    let two = asked.ask(create("Mouse"));
    assert_eq!(stepped(&two).0.courses(), 2);
    let moved = asked.ask(Request::Go { who: 1, stride: Stride::Step });
    let at = |who: usize| stepped(&moved).0.worlds[2].courses[who].at().unwrap().to_string();
    assert_eq!((at(0), at(1)), ("received:1".to_owned(), "validated:1".to_owned()));
    let landed = asked.ask(Request::Land);
    assert_eq!(landed.iter().filter(|update| matches!(update, Update::Performed(_))).count(), 2);
}
