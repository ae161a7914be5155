//! Where everything stands, from the window's size alone: the update asks for as many rows as drawing has room for.

use ratatui::layout::{Rect, Size};

use super::{Focus, Shares, Side};

/// The least window.
pub const LEAST: Size = Size { width: 60, height: 16 };

/// Below this width, one pane at a time.
const TWO_PANES: u16 = 76;

/// The areas of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Areas {
    /// Tabs, and what the playground is at.
    pub header: Rect,
    /// Left and right; nothing where one pane fills the window and this is the other one.
    pub panes: [Option<Rect>; 2],
    /// The trace of the last command.
    pub trace: Rect,
    /// The scenario's caption.
    pub caption: Rect,
    /// News; the same line as the footer where lines are few.
    pub message: Rect,
    /// Keys.
    pub footer: Rect,
}

impl Areas {
    /// Of a window of this size, if it is large enough. `caption` is how many lines the caption wants; `alone`: one pane fills the
    /// width.
    pub fn of(size: Size, focus: Focus, last: Side, caption: u16, alone: bool, shares: Shares) -> Option<Self> {
        if size.width < LEAST.width || size.height < LEAST.height {
            return None;
        }
        let (width, height) = (size.width, size.height);
        let line = |y, height| Rect { x: 0, y, width, height };
        let own_message = height >= 30;
        let caption = caption.min(if height >= 20 { 5 } else { 1 });
        let footer = line(height - 1, 1);
        let message = if own_message { line(height - 2, 1) } else { footer };
        let rest = message.y - 1 - caption;
        let trace = shares.trace_of(rest);
        let top = rest - trace;
        let half = shares.left_of(width);
        let panes = if width >= TWO_PANES && !alone {
            [Some(Rect { width: half, ..line(1, top) }), Some(Rect { x: half, width: width - half, ..line(1, top) })]
        } else {
            let shown = match focus {
                Focus::Pane(side) => side,
                Focus::Trace => last,
            };
            match shown {
                Side::Left => [Some(line(1, top)), None],
                Side::Right => [None, Some(line(1, top))],
            }
        };
        Some(Self {
            header: line(0, 1),
            panes,
            trace: line(1 + top, trace),
            caption: line(1 + top + trace, caption),
            message,
            footer,
        })
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
            for height in 16..110 {
                for caption in [0, 1, 3, 5] {
                    let size = Size { width, height };
                    let areas = Areas::of(
                        size,
                        Focus::Pane(Side::Right),
                        Side::Right,
                        caption,
                        caption == 3,
                        Shares::default(),
                    )
                    .expect("large enough");
                    let pane = areas.panes[1].expect("the focused one is shown");
                    assert!(pane.height >= 5, "{size}: {areas:?}");
                    assert_eq!(pane.y, areas.header.bottom());
                    assert_eq!(areas.trace.y, pane.bottom());
                    assert_eq!(areas.caption.y, areas.trace.bottom());
                    assert_eq!(areas.message.y, areas.caption.bottom());
                    assert_eq!(areas.footer.bottom(), height);
                    let inside = PaneAreas::of(pane);
                    assert_eq!(inside.notes.bottom(), pane.bottom() - 1);
                    assert!(inside.rows.height >= 1);
                }
            }
        }
    }
}
