//! What a newcomer sees over an empty playground: how to get to the first compared command. The first key closes it, and does
//! what it always does; once something was performed it never comes back.

use ratatui::layout::Rect;

use super::pen::{Pen, row};
use super::theme::Role;

/// Key, and what it brings.
const WAYS: [(&str, &str); 4] = [
    ("n", "give a command: type “create”, enter, a name, enter, a price"),
    ("space", "or watch: plays the scenario below, a scene at a time"),
    ("?", "every key; whatever stands in the footer can be clicked"),
    ("q", "leave; the playground stays as it is"),
];

/// Draws it in the middle of the panes.
pub fn draw(pen: &mut Pen<'_>, screen: Rect) {
    let (width, height) = (76.min(screen.width), 10.min(screen.height));
    let area =
        Rect { x: screen.x + (screen.width - width) / 2, y: screen.y + (screen.height - height) / 3, width, height };
    pen.clear(Rect { x: area.x.saturating_sub(1), width: area.width + 2, ..area }.intersection(screen));
    let title = [pen.piece("welcome to dip", Role::State), pen.piece("tych", Role::Events)];
    let inside = pen.frame(area, pen.theme.style(Role::Focus), &title, &[]);
    let inside = Rect { x: inside.x + inside.width.min(2), width: inside.width.saturating_sub(4), ..inside };
    pen.write(row(inside, 1), "One shop, remembered in different ways: as rows that are overwritten,", Role::Text);
    pen.write(row(inside, 2), "as events that are kept. Each command runs in both, step beside step.", Role::Text);
    for (index, (key, about)) in (4..).zip(WAYS) {
        let place = row(inside, index);
        let pieces = [pen.piece(format!("{key:<7}"), Role::Key), pen.piece(about, Role::Text)];
        pen.line(place, &pieces);
    }
}
