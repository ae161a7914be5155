//! While nothing is held: how one begins, and the pipeline that a command will go through, as boxes one inside the other. Their order
//! and presence can be changed.

use ratatui::layout::Rect;

use super::Steps;
use crate::tui::pen::{Pen, row};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::world::{Behaviour, Policy};

/// All behaviours.
const ALL: [Behaviour; 4] = [Behaviour::Logging, Behaviour::Validation, Behaviour::Transaction, Behaviour::Dispatch];

const HOW: [(&str, &str); 8] = [
    ("n", "hold a command of your own at its first step"),
    ("s", "hold the next scene's; then: the next micro-step"),
    ("S", "over the rest of a phase"),
    ("r  e", "to the next breakpoint, to the end"),
    ("f  c", "what comes next fails, or the world crashes"),
    ("b  B", "a breakpoint here, or one that is typed"),
    ("g o m", "the policy: guide, unit of work, mended"),
    ("< > ⏎", "a behaviour outwards, inwards, out or in"),
];

/// The behaviours as they can be selected: those of the pipeline, outermost first, then those that are not in it.
fn listed(pipeline: &[Behaviour]) -> Vec<(Behaviour, bool)> {
    let there = pipeline.iter().map(|behaviour| (*behaviour, true));
    there.chain(ALL.into_iter().filter(|one| !pipeline.contains(one)).map(|one| (one, false))).collect()
}

impl Steps {
    /// Selects another behaviour.
    pub(super) fn select(&mut self, by: isize) {
        self.behaviour = self.behaviour.saturating_add_signed(by).min(ALL.len() - 1);
    }

    /// The policy with the selected behaviour moved outwards or inwards.
    pub(super) fn moved(&mut self, policy: &Policy, inwards: bool) -> Option<Policy> {
        let mut pipeline = policy.pipeline.clone();
        let from = self.behaviour;
        let to = if inwards { from + 1 } else { from.checked_sub(1)? };
        if from >= pipeline.len() || to >= pipeline.len() {
            return None;
        }
        pipeline.swap(from, to);
        self.behaviour = to;
        Some(policy.with_pipeline(pipeline))
    }

    /// The policy with the selected behaviour put in, innermost, or taken out.
    pub(super) fn toggled(&mut self, policy: &Policy) -> Option<Policy> {
        let mut pipeline = policy.pipeline.clone();
        let (behaviour, there) = *listed(&pipeline).get(self.behaviour)?;
        if there {
            pipeline.retain(|one| *one != behaviour);
        } else {
            pipeline.push(behaviour);
            self.behaviour = pipeline.len() - 1;
        }
        Some(policy.with_pipeline(pipeline))
    }

    /// Draws how one begins, and the boxes.
    pub(super) fn draw_idle(&self, policy: &Policy, pen: &mut Pen<'_>, area: Rect) {
        let title = [pen.piece("nothing is held", Role::Strong)];
        let inside = pen.frame(area, pen.theme.style(Role::Dim), &title, &[]);
        let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
        let beside = inside.width >= 100;
        let (left, right) = if beside {
            let half = inside.width / 2;
            (Rect { width: half - 2, ..inside }, Rect { x: inside.x + half, width: inside.width - half, ..inside })
        } else {
            let boxes = 2 * u16::try_from(policy.pipeline.len()).unwrap_or(u16::MAX) + 4;
            let below = inside.height.saturating_sub(boxes).clamp(3, 9).min(inside.height);
            (Rect { height: below, ..inside }, Rect { y: inside.y + below, height: inside.height - below, ..inside })
        };
        for (line, (keys, about)) in (0..).zip(HOW) {
            let pieces = [pen.piece(text::fit(keys, 9, false), Role::Key), pen.piece(about, Role::Text)];
            pen.line(row(left, line), &pieces);
        }
        self.boxes(policy, pen, right);
    }

    fn boxes(&self, policy: &Policy, pen: &mut Pen<'_>, area: Rect) {
        let listed = listed(&policy.pipeline);
        let head = [pen.piece("the pipeline ", Role::Strong), pen.piece(format!("of {}", policy.badge()), Role::Dim)];
        pen.line(row(area, 0), &head);
        let boxes = 2 * u16::try_from(policy.pipeline.len()).unwrap_or(u16::MAX) + 3;
        let height = area.height.saturating_sub(3).min(boxes);
        let mut place = Rect { y: area.y + 1, height, width: area.width.min(64), ..area };
        let below = row(area, height + 1);
        let fits = |place: Rect| place.height >= 3 && place.width >= 16;
        for (index, (behaviour, _)) in listed.iter().enumerate().filter(|(_, (_, there))| *there) {
            if !fits(place) {
                break;
            }
            let selected = index == self.behaviour;
            let style = pen.theme.style(if selected { Role::Key } else { Role::Dim });
            let mark = if selected { "▸" } else { "" };
            let title =
                [pen.piece(format!("{mark}{}", behaviour.name()), if selected { Role::Strong } else { Role::Text })];
            let note = [pen.piece(note(*behaviour), Role::Dim)];
            place = pen.frame(place, style, &title, &note);
            place = Rect { x: place.x + 1, width: place.width.saturating_sub(2), ..place };
        }
        pen.write(row(place, place.height / 2), "the handler: load, decide, save", Role::Text);
        let left_out: Vec<_> = listed.iter().enumerate().filter(|(_, (_, there))| !there).collect();
        if let Some((first, _)) = left_out.first() {
            let names = left_out.iter().map(|(index, (behaviour, _))| {
                format!("{}{}", if *index == self.behaviour { "▸" } else { "" }, behaviour.name())
            });
            let names = names.collect::<Vec<_>>().join(" · ");
            let role = if self.behaviour >= *first { Role::Text } else { Role::Dim };
            pen.write(below, &format!("left out: {names}"), role);
        }
    }
}

/// What a behaviour is there for.
fn note(behaviour: Behaviour) -> &'static str {
    match behaviour {
        Behaviour::Logging => "writes down how it went",
        Behaviour::Validation => "refuses what no one can mean",
        Behaviour::Transaction => "commits when it succeeds",
        Behaviour::Dispatch => "publishes when it succeeds",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn behaviours_are_moved_taken_out_and_put_in_again() {
        let mut steps = Steps::default();
        let guide = Policy::guide();
        assert_eq!(guide.pipeline, [Behaviour::Validation, Behaviour::Logging]);
        let turned = steps.moved(&guide, true).expect("there is one further in");
        assert_eq!(turned.pipeline, [Behaviour::Logging, Behaviour::Validation]);
        assert_eq!(steps.moved(&turned, true), None, "it is the innermost");
        let without = steps.toggled(&turned).expect("one is selected");
        assert_eq!(without.pipeline, [Behaviour::Logging]);
        steps.select(9);
        let with = steps.toggled(&without).expect("one is selected");
        assert_eq!(with.pipeline, [Behaviour::Logging, Behaviour::Dispatch]);
    }
}
