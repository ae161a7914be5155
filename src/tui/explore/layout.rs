//! Where everything stands, from the window's size alone: the update asks for as many rows as drawing has room for.

use ratatui::layout::Rect;

use super::{Focus, Shares, Side};

/// Below this width, one pane at a time.
const TWO_PANES: u16 = 76;

/// The areas of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Areas {
    /// All of it.
    pub body: Rect,
    /// Left and right; nothing where one pane fills the window and this is the other one.
    pub panes: [Option<Rect>; 2],
    /// The trace of the last command.
    pub trace: Rect,
    /// The scenario's caption.
    pub caption: Rect,
}

impl Areas {
    /// Of the room between the bars. `caption` is how many lines the caption wants; `alone`: one pane fills the width.
    pub fn of(body: Rect, focus: Focus, last: Side, caption: u16, alone: bool, shares: Shares) -> Self {
        let width = body.width;
        let line = |y, height| Rect { y: body.y + y, height, ..body };
        let caption = caption.min(if body.height >= 18 { 5 } else { 1 });
        let rest = body.height.saturating_sub(caption);
        let trace = shares.trace_of(rest);
        let top = rest - trace;
        let half = shares.left_of(width);
        let panes = if width >= TWO_PANES && !alone {
            let (left, right) =
                (Rect { width: half, ..line(0, top) }, Rect { x: half, width: width - half, ..line(0, top) });
            [Some(left), Some(right)]
        } else {
            let shown = match focus {
                Focus::Pane(side) => side,
                Focus::Trace => last,
            };
            match shown {
                Side::Left => [Some(line(0, top)), None],
                Side::Right => [None, Some(line(0, top))],
            }
        };
        Self { body, panes, trace: line(top, trace), caption: line(top + trace, caption) }
    }
}

/// The parts of a pane's inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaneAreas {
    /// The tables, or the log.
    pub tables: Rect,
    /// The columns' names.
    pub head: Rect,
    /// The rows.
    pub rows: Rect,
    /// What the selected event says, and what this view honestly is.
    pub notes: Rect,
}

impl PaneAreas {
    /// Of a pane with its frame.
    pub fn of(pane: Rect) -> Self {
        let inside = Rect {
            x: pane.x + 1,
            y: pane.y + 1,
            width: pane.width.saturating_sub(2),
            height: pane.height.saturating_sub(2),
        };
        let notes = match inside.height {
            0..=4 => 0,
            5..=7 => 1,
            8..=15 => 2,
            _ => 3,
        };
        let rows = inside.height.saturating_sub(2 + notes);
        let part = |y: u16, height: u16| Rect { y: inside.y + y, height, ..inside };
        let one = |y: u16| part(y, u16::from(inside.height > y));
        Self { tables: one(0), head: one(1), rows: part(2, rows), notes: part(2 + rows, notes.min(inside.height)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_overlaps_and_nothing_is_left_over() {
        for width in (60..300).step_by(7) {
            for height in 14..108 {
                for caption in [0, 1, 3, 5] {
                    let body = Rect { x: 0, y: 1, width, height };
                    let (focus, alone) = (Focus::Pane(Side::Right), caption == 3);
                    let areas = Areas::of(body, focus, Side::Right, caption, alone, Shares::default());
                    let pane = areas.panes[1].expect("the focused one is shown");
                    assert!(pane.height >= 5, "{areas:?}");
                    assert_eq!(pane.y, body.y);
                    assert_eq!(areas.trace.y, pane.bottom());
                    assert_eq!(areas.caption.y, areas.trace.bottom());
                    assert_eq!(areas.caption.bottom(), body.bottom());
                    let inside = PaneAreas::of(pane);
                    assert_eq!(inside.notes.bottom(), pane.bottom() - 1);
                    assert!(inside.rows.height >= 1);
                }
            }
        }
    }
}
