//! The matrix in words, for somebody who was not there.

use std::collections::BTreeMap;

use super::cell::{Cell, Hole, Verdict};
use super::{Matrix, Plan};
use crate::world::Policy;

/// What the matrix says about each policy, a paragraph each.
pub fn summary(plan: &Plan, matrix: &Matrix) -> Vec<String> {
    plan.policies.iter().map(|policy| about(policy, &matrix.of(policy).collect::<Vec<_>>())).collect()
}

fn about(policy: &Policy, cells: &[&Cell]) -> String {
    let (crashes, whole): (Vec<&&Cell>, Vec<&&Cell>) = cells.iter().partition(|cell| cell.at.is_some());
    let count = |verdict: &Verdict| crashes.iter().filter(|cell| cell.verdict == *verdict).count();
    let (consistent, caught_up) = (count(&Verdict::Consistent), count(&Verdict::CaughtUp));
    let holes = crashes.len() - consistent - caught_up;
    let mut text = format!("{policy}: {} crashes, at every step of every command, in each world. ", crashes.len());
    if holes == 0 {
        text.push_str("None leaves a hole. ");
    } else {
        text.push_str(&format!("{holes} leave a hole. "));
    }
    text.push_str(&format!("{consistent} leave all of the command or nothing of it."));
    if caught_up > 0 {
        text.push_str(&format!(
            " After {caught_up} more, read models were stale until the file was opened again, and what was waiting was delivered."
        ));
    }
    let dropped: u32 = crashes.iter().map(|cell| cell.dropped).sum();
    if dropped > 0 {
        text.push_str(&format!(
            " {} came a second time and {} dropped by event id.",
            facts(dropped),
            if dropped == 1 { "was" } else { "were" }
        ));
    }
    let mut found: BTreeMap<Hole, Vec<&&Cell>> = BTreeMap::new();
    for cell in &crashes {
        cell.verdict.holes().iter().for_each(|hole| found.entry(*hole).or_default().push(cell));
    }
    for (hole, cells) in &found {
        let Some(example) = cells.first() else { continue };
        text.push_str(&format!(
            " {} ({}×): {} As in {}.",
            capital(hole.name()),
            cells.len(),
            meaning(*hole),
            at(example)
        ));
    }
    let by_itself: Vec<_> = whole.iter().filter(|cell| !cell.verdict.holes().is_empty()).collect();
    if let Some(first) = by_itself.first() {
        text.push_str(&format!(
            " Without any crash, {} left half of what it does, as in scene {} in {}.",
            if by_itself.len() == 1 {
                "1 refused command".to_owned()
            } else {
                format!("each of {} refused commands", by_itself.len())
            },
            first.scene,
            first.world.name()
        ));
    }
    text
}

fn facts(number: u32) -> String {
    if number == 1 { "1 fact".to_owned() } else { format!("{number} facts") }
}

fn at(cell: &Cell) -> String {
    let place = cell.at.map_or(String::new(), |place| format!("at {place} of "));
    format!("scene {}, {place}{}, in {}", cell.scene, cell.command, cell.world.name())
}

fn meaning(hole: Hole) -> &'static str {
    match hole {
        Hole::HalfKept => {
            "each save is a commit of its own, so those before the crash stay and those after it never come."
        }
        Hole::EventLost => {
            "it was saved, and whoever listens never hears of it: nothing remembers that it was still to be published."
        }
        Hole::PublishedWithoutState => "it went out before the commit, and the commit never came.",
        Hole::DeliveredTwice => {
            "nobody was answered, so the command is given again, and the same goes out under another event id."
        }
        Hole::AnswerLost => "somebody was told that it is done, and it is not there.",
        Hole::Other => "what is there is neither what was before nor what should be.",
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
