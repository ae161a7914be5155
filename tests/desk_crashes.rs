//! The crash matrix as a screen asks for it: beside the playground, with progress, and cancelled when nobody wants it any more.

use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use diptych::engine::scenario::{Scenario, library};
use diptych::engine::{Commands, Engine, Request, Update};
use diptych::lab::crashes::Matrix;
use diptych::world::{Directory, Opening};

fn engine() -> (Engine, Receiver<Update>) {
    let (sender, updates) = channel();
    let tell = move |update| drop(sender.send(update));
    let engine = Engine::start(Opening::of(Directory::ephemeral().unwrap()), tell).unwrap();
    let text = library::named("price-with-a-past").unwrap().text;
    engine.ask(Request::OpenScenario(Box::new(Scenario::parse(text, "price").unwrap())));
    (engine, updates)
}

fn ask(engine: &Engine) {
    let policies = vec!["guide".parse().unwrap()];
    engine.ask(Request::Crashes { of: Commands::Scenario, policies });
}

/// The matrix, and how often progress was told before it.
fn ended(updates: &Receiver<Update>) -> (Option<Box<Matrix>>, usize) {
    let mut told = 0;
    loop {
        match updates.recv_timeout(Duration::from_mins(2)).expect("the matrix comes to an end") {
            Update::CrashesRunning(_) => told += 1,
            Update::Crashes { matrix, summary, .. } => {
                assert_eq!(matrix.is_some(), !summary.is_empty());
                return (matrix, told);
            }
            Update::Failed(failure) => panic!("{failure}"),
            _ => {}
        }
    }
}

#[test]
fn it_runs_beside_the_playground_and_tells_how_far_it_has_come() {
    let (engine, updates) = engine();
    ask(&engine);
    engine.ask(Request::NextScene);
    let (matrix, told) = ended(&updates);
    assert_eq!(told, 24);
    assert!(matrix.unwrap().cells.iter().any(|cell| !cell.verdict.holes().is_empty()));
}

#[test]
fn it_is_cancelled_when_it_is_asked_to_be() {
    let (engine, updates) = engine();
    ask(&engine);
    engine.ask(Request::CancelCrashes);
    assert_eq!(ended(&updates).0, None);
}
