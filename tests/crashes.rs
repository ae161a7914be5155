//! The crash matrix shows the holes that each policy has by its nature, exactly those, and none under `mended`.
//!
//! What is expected is derived from the order of the steps alone, by what the guide's rulings say about it; what the matrix shows was
//! run and compared.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use diptych::engine::crashes::plan;
use diptych::engine::scenario::{Scenario, library};
use diptych::kernel::probe::StepKind;
use diptych::lab::crashes::{self, Hole, Matrix, Plan, Verdict};
use diptych::world::{Directory, Opening, Playground, Stage, Trace, WorldKind};

fn scenario(name: &str) -> Scenario {
    Scenario::parse(library::named(name).unwrap().text, name).unwrap()
}

fn planned(name: &str, policy: &str) -> Plan {
    plan(scenario(name), &[policy.parse().unwrap()]).unwrap()
}

fn run(plan: &Plan) -> Matrix {
    crashes::run(plan, &|_| {}, &AtomicBool::new(false)).unwrap().unwrap()
}

/// The traces of every command where nothing crashes: by scene and world.
fn traces(name: &str, policy: &str) -> Vec<(usize, WorldKind, Trace)> {
    let plan = planned(name, policy);
    let mut opening = Opening::of(Directory::ephemeral().unwrap());
    opening.seed = Some(plan.seed);
    opening.policy = Some(policy.parse().unwrap());
    let mut playground = Playground::open(opening).unwrap();
    playground.watch(true);
    let mut traces = Vec::new();
    for (scene, input) in &plan.commands {
        let command = diptych::application::commands::Command::read(&input.command, &input.with).unwrap();
        for one in playground.perform(command, None, None).unwrap().worlds {
            traces.push((*scene, one.world, one.reply.trace));
        }
    }
    traces
}

/// Which of the steps are commits of something that has changed.
fn commits(trace: &Trace) -> Vec<usize> {
    let mut commits = Vec::new();
    let mut pending = false;
    for (index, step) in trace.iter().enumerate() {
        match step.step.kind {
            StepKind::Saving => pending |= step.step.detail.ends_with(" pending"),
            StepKind::Committed if pending => {
                commits.push(index);
                pending = false;
            }
            _ => {}
        }
    }
    commits
}

fn delivered(trace: &Trace) -> impl Iterator<Item = (usize, &str)> {
    let delivered = trace.iter().enumerate().filter(|(_, step)| step.step.kind == StepKind::Delivered);
    delivered.map(|(index, step)| (index, &*step.step.subject))
}

/// Rulings 23 and 24: each save is a commit, and what is published after it is lost when nobody is there to publish it.
fn expected_of_the_guide(trace: &Trace, at: usize) -> Vec<Hole> {
    let commits = commits(trace);
    let done = commits.iter().filter(|commit| **commit <= at).count();
    let half = 0 < done && done < commits.len();
    let lost = delivered(trace)
        .any(|(index, _)| index > at && commits.iter().rfind(|one| **one < index).is_some_and(|one| *one <= at));
    [(half, Hole::HalfKept), (lost, Hole::EventLost)].into_iter().filter(|(is, _)| *is).map(|(_, hole)| hole).collect()
}

/// Ruling 26: what acts outside has acted before the commit, and acts again when the command is given again.
fn expected_of_the_unit_of_work(trace: &Trace, at: usize) -> Vec<Hole> {
    let told = delivered(trace).any(|(index, name)| index <= at && name == "notifications");
    let committed = commits(trace).iter().any(|commit| *commit <= at);
    if told && !committed { vec![Hole::PublishedWithoutState, Hole::DeliveredTwice] } else { Vec::new() }
}

fn assert_exactly(name: &str, policy: &str, expected: fn(&Trace, usize) -> Vec<Hole>) -> BTreeSet<Hole> {
    let matrix = run(&planned(name, policy));
    let mut seen = BTreeSet::new();
    for (scene, world, trace) in traces(name, policy) {
        let cells: Vec<_> = matrix
            .cells
            .iter()
            .filter(|cell| cell.scene == scene && cell.world == world && cell.at.is_some())
            .collect();
        assert_eq!(cells.len(), trace.len(), "{policy}, scene {scene}, {world:?}");
        for (index, (cell, step)) in cells.iter().zip(&trace).enumerate() {
            assert_eq!(cell.at, Some(step.place()));
            let holes = cell.verdict.holes();
            assert_eq!(holes, expected(&trace, index), "{policy}, scene {scene}, {world:?}, crash at {}", step.place());
            seen.extend(holes.iter().copied());
        }
    }
    seen
}

#[test]
fn the_guide_loses_events_and_keeps_half_commands_exactly_where_its_commits_and_publications_are() {
    let seen = assert_exactly("order-across-contexts", "guide", expected_of_the_guide);
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), [Hole::HalfKept, Hole::EventLost]);
}

#[test]
fn the_unit_of_work_publishes_what_it_then_forgets_exactly_between_dispatch_and_commit() {
    let seen = assert_exactly("order-across-contexts", "unit-of-work", expected_of_the_unit_of_work);
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), [Hole::PublishedWithoutState, Hole::DeliveredTwice]);
}

#[test]
fn mended_has_no_hole_at_all() {
    for name in ["order-across-contexts", "life-of-an-order"] {
        let matrix = run(&planned(name, "mended"));
        let caught_up = matrix.cells.iter().filter(|cell| cell.verdict == Verdict::CaughtUp).count();
        let dropped: u32 = matrix.cells.iter().map(|cell| cell.dropped).sum();
        assert!(caught_up > 0 && dropped > 0, "nothing had to be caught up with");
        for cell in &matrix.cells {
            assert_eq!(cell.verdict.holes(), [], "{cell:?}");
        }
    }
}

#[test]
fn a_refused_command_of_the_guide_keeps_half_of_itself_without_any_crash() {
    let by_itself = |policy: &str| {
        let matrix = run(&planned("order-across-contexts", policy));
        matrix.cells.iter().filter(|cell| cell.at.is_none() && !cell.verdict.holes().is_empty()).count()
    };
    assert_eq!(by_itself("guide"), 3, "the second ProcessOrder, in each world");
}

#[test]
fn the_matrix_is_the_same_on_one_thread_and_on_many() {
    let mut plan = planned("price-with-a-past", "mended");
    plan.jobs = 1;
    let one = run(&plan);
    plan.jobs = 4;
    assert_eq!(run(&plan), one);
    assert!(one.cells.iter().all(|cell| cell.at.is_none_or(|at| at.nth > 0)));
}

#[test]
fn a_cancelled_matrix_ends_early_and_says_how_far_it_came() {
    let plan = planned("price-with-a-past", "guide");
    let (cancelled, told) = (AtomicBool::new(false), AtomicUsize::new(0));
    let progress = |progress: crashes::Progress| {
        assert_eq!(progress.of, 8 * 3);
        told.store(progress.done, Ordering::Relaxed);
        cancelled.store(true, Ordering::Relaxed);
    };
    assert_eq!(crashes::run(&plan, &progress, &cancelled).unwrap(), None);
    assert!((1..24).contains(&told.load(Ordering::Relaxed)));
}

#[test]
fn delivery_after_the_answer_is_part_of_the_matrix() {
    let traces = traces("price-with-a-past", "mended");
    assert!(traces.iter().any(|(_, _, trace)| trace.iter().any(|step| step.stage == Stage::Delivery)));
}
