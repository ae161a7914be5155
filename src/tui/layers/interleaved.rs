//! What can come of two commands at once, world by world: every outcome with the shortest way to it.

use super::Layer;
use super::reading::Reading;
use crate::lab::interleavings::{Exploration, Kind, Outcome};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::world::letter;

impl Layer {
    /// The outcomes in each world.
    pub fn interleavings(explored: &[Exploration]) -> Self {
        let policy = explored.first().map_or("", |one| one.policy.as_str());
        let mut reading = Reading::new("every interleaving of the two", policy);
        for one in explored {
            reading.heading(format!("{}  {}", one.world.name().to_uppercase(), one.world.title()));
            let all = if one.complete { "all that can be told apart" } else { "too many: the first of them" };
            reading.line(format!("{} run, {all}", one.run), Role::Dim);
            one.outcomes.iter().for_each(|outcome| outcome_of(&mut reading, outcome));
        }
        reading.heading("An example is who moves, step by step");
        reading
            .line("a@loaded:1 b* a*  a goes until it stands at loaded:1, b to its end, then a to its end", Role::Dim);
        Self::Reading(reading)
    }
}

fn outcome_of(reading: &mut Reading, outcome: &Outcome) {
    let Outcome { kind, statuses: [first, second], errors, again, ways, example } = outcome;
    let role = match kind {
        _ if kind.is_anomaly() => Role::Bad,
        Kind::Failed => Role::Bad,
        Kind::Conflict | Kind::Refused => Role::Refused,
        _ => Role::Good,
    };
    let ways = if *ways == 1 { "1 way".to_owned() } else { format!("{ways} ways") };
    reading.line(format!("{:<18} a {first}, b {second} · {ways}, as in {example}", kind.name()), role);
    for (who, (error, again)) in errors.iter().zip(again).enumerate() {
        let Some(error) = error.as_ref().filter(|_| *kind != Kind::BothApplied) else { continue };
        let again = again.map_or(String::new(), |status| format!("; loaded and decided again: {status}"));
        reading.line(format!("  {}: {}{again}", letter(who), text::shorten_ids(error)), Role::Dim);
    }
}
