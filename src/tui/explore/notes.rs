//! What a view honestly is, in a sentence: nobody shall learn that event sourcing has no present state, or that state persistence
//! raises no facts.

use crate::engine::PaneView;
use crate::tui::explore::columns::table;
use crate::world::{Pattern, WorldKind};

use super::pane::Pane;

/// The sentence under a pane's rows.
pub fn honest(pane: &Pane, view: &PaneView) -> String {
    let lost = view.raised.saturating_sub(view.kept);
    let pattern = view.counts.iter().find(|one| one.context == pane.context).map(|one| one.pattern);
    match (pane.happened, pane.world, pattern) {
        (false, WorldKind::State, _) => {
            format!("{}; {} published, none kept", overwritten(view.overwritten), facts(view.raised))
        }
        (false, WorldKind::Events, _) => format!("computed from {}, not stored", facts(view.kept)),
        (false, WorldKind::Hybrid, Some(Pattern::Events)) => {
            format!("{} by events: computed from facts, not stored", table(view, pane.context))
        }
        (false, WorldKind::Hybrid, _) => {
            let table = table(view, pane.context);
            format!("{table} by state: {} in this world; facts not kept", overwritten(view.overwritten))
        }
        (true, WorldKind::State, _) => "published, not kept: gone when this window closes".to_owned(),
        (true, WorldKind::Events, _) => format!("{} kept, nothing overwritten", facts(view.kept)),
        (true, WorldKind::Hybrid, _) => {
            format!("{} kept; {} published, not kept (–): gone when this window closes", facts(view.kept), lost)
        }
    }
}

fn overwritten(number: u64) -> String {
    match number {
        0 => "nothing overwritten yet".to_owned(),
        1 => "overwritten once".to_owned(),
        2 => "overwritten twice".to_owned(),
        number => format!("overwritten {number} times"),
    }
}

fn facts(number: u64) -> String {
    if number == 1 { "1 fact".to_owned() } else { format!("{number} facts") }
}
