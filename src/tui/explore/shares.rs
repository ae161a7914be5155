//! How the room is shared out between the panes and the trace, and how a person changes that.

use serde::{Deserialize, Serialize};

use super::Areas;

/// No pane is narrower.
const LEAST_WIDTH: u16 = 30;

/// No pane is lower, and no trace.
const LEAST_HEIGHT: u16 = 5;

/// What a key moves a border by.
const STEP: u16 = 50;

/// A border that can be moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Border {
    /// Between the panes.
    Panes,
    /// Between the panes and the trace.
    Trace,
}

/// Shares in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Shares {
    /// The left pane's, of the width.
    left: u16,
    /// The trace's, of the height of panes and trace; what suits the size, where nobody has said.
    #[serde(skip_serializing_if = "Option::is_none")]
    trace: Option<u16>,
}

impl Default for Shares {
    fn default() -> Self {
        Self { left: 500, trace: None }
    }
}

impl Shares {
    /// The left pane's cells, of so many.
    pub fn left_of(self, width: u16) -> u16 {
        let most = width.saturating_sub(LEAST_WIDTH).max(LEAST_WIDTH);
        part(self.left, width).clamp(LEAST_WIDTH, most)
    }

    /// The trace's lines, of so many.
    pub fn trace_of(self, height: u16) -> u16 {
        let most = height.saturating_sub(LEAST_HEIGHT);
        match self.trace {
            Some(share) => part(share, height).clamp(LEAST_HEIGHT.min(most), most),
            None => (height * 2 / 5).clamp(5, 7).max(height / 5).min(14).min(most),
        }
    }

    /// A border was dragged to a place.
    pub fn drag(&mut self, border: Border, areas: &Areas, column: u16, row: u16) {
        match border {
            Border::Panes => self.left = share(column.saturating_sub(areas.body.x), areas.body.width).clamp(100, 900),
            Border::Trace => {
                let (top, bottom) = (areas.body.y, areas.trace.bottom());
                let lines = bottom.saturating_sub(row.max(top));
                self.trace = Some(share(lines, bottom.saturating_sub(top)).clamp(100, 900));
            }
        }
    }

    /// A border is moved by a key: the left pane, or the trace, gets more or less.
    pub fn step(&mut self, border: Border, areas: &Areas, more: bool) {
        let moved = |now: u16| if more { now + STEP } else { now.saturating_sub(STEP) }.clamp(100, 900);
        match border {
            Border::Panes => self.left = moved(self.left),
            Border::Trace => {
                let height = areas.trace.bottom().saturating_sub(areas.body.y);
                self.trace = Some(moved(self.trace.unwrap_or_else(|| share(areas.trace.height, height))));
            }
        }
    }
}

fn part(share: u16, whole: u16) -> u16 {
    u16::try_from(u32::from(share.min(1000)) * u32::from(whole) / 1000).unwrap_or(whole)
}

fn share(part: u16, whole: u16) -> u16 {
    u16::try_from((u32::from(part) * 1000).div_ceil(u32::from(whole.max(1)))).unwrap_or(1000).min(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_stay_within_what_a_pane_needs() {
        let shares = |left, trace| Shares { left, trace };
        assert_eq!(shares(500, None).left_of(121), 60);
        assert_eq!(shares(0, None).left_of(80), 30);
        assert_eq!(shares(1000, None).left_of(80), 50);
        for trace in [Some(0), Some(60_000), None] {
            for height in 8..100 {
                let lines = shares(500, trace).trace_of(height);
                assert!(lines < height && height - lines >= 5 && lines >= 3, "{lines} of {height}");
            }
        }
        assert_eq!(part(share(37, 120), 120), 37);
    }
}
