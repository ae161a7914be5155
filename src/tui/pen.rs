//! Drawing text where there is room for it, and never beside it.
//!
//! Everything the window shows is written with a pen: it makes text visible, cuts it to its room and stays inside the screen, so
//! that no name, number or window size can break a frame.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::text;
use super::theme::{Role, Theme};

/// A piece of a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    text: String,
    style: Style,
}

/// Writes into a frame's buffer.
pub struct Pen<'a> {
    buffer: &'a mut Buffer,
    /// How roles look.
    pub theme: Theme,
}

impl<'a> Pen<'a> {
    /// A pen for a frame.
    pub fn new(frame: &'a mut Frame<'_>, theme: Theme) -> Self {
        Self { buffer: frame.buffer_mut(), theme }
    }

    /// A piece in a role.
    pub fn piece(&self, text: impl Into<String>, role: Role) -> Piece {
        Piece { text: text.into(), style: self.theme.style(role) }
    }

    /// A piece in a style.
    pub fn styled(&self, text: impl Into<String>, style: Style) -> Piece {
        Piece { text: text.into(), style }
    }

    /// Writes pieces one after the other into the first line of an area; what has no room is cut off. Answers the cells used.
    pub fn line(&mut self, area: Rect, pieces: &[Piece]) -> u16 {
        let area = area.intersection(self.buffer.area);
        if area.is_empty() {
            return 0;
        }
        let mut used = 0;
        for piece in pieces {
            let room = area.width - used;
            let shown = text::clip(&piece.text, usize::from(room));
            let width = u16::try_from(text::width(&shown)).unwrap_or(room).min(room);
            let place = Rect { x: area.x + used, width, height: 1, ..area };
            self.clear(place);
            self.buffer.set_stringn(place.x, place.y, &shown, usize::from(room), piece.style);
            used += width;
            if used == area.width {
                break;
            }
        }
        used
    }

    /// Writes pieces at the right end of the first line of an area, where they fit; answers where they start.
    pub fn line_right(&mut self, area: Rect, pieces: &[Piece]) -> u16 {
        let width = width(pieces).min(area.width);
        let place = Rect { x: area.right() - width, width, ..area };
        self.line(place, pieces);
        place.x
    }

    /// One text in one role.
    pub fn write(&mut self, area: Rect, text: &str, role: Role) -> u16 {
        let piece = self.piece(text, role);
        self.line(area, &[piece])
    }

    /// A style over what is there.
    pub fn tint(&mut self, area: Rect, style: Style) {
        self.buffer.set_style(area.intersection(self.buffer.area), style);
    }

    /// Blank cells.
    pub fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        let ground = self.theme.style(Role::Text);
        for y in area.top()..area.bottom() {
            for x in area.left()..area.right() {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.reset();
                    cell.set_style(ground);
                }
            }
        }
    }

    /// A frame with a title on each side of its top; answers what is inside.
    pub fn frame(&mut self, area: Rect, style: Style, left: &[Piece], right: &[Piece]) -> Rect {
        let area = area.intersection(self.buffer.area);
        if area.width < 2 || area.height < 2 {
            return Rect { width: 0, height: 0, ..area };
        }
        let (last_x, last_y) = (area.right() - 1, area.bottom() - 1);
        for x in area.x..=last_x {
            self.put(x, area.y, "─", style);
            self.put(x, last_y, "─", style);
        }
        for y in area.y..=last_y {
            self.put(area.x, y, "│", style);
            self.put(last_x, y, "│", style);
        }
        for (x, y, corner) in
            [(area.x, area.y, "╭"), (last_x, area.y, "╮"), (area.x, last_y, "╰"), (last_x, last_y, "╯")]
        {
            self.put(x, y, corner, style);
        }
        let top = Rect { x: area.x + 1, width: area.width - 2, height: 1, ..area };
        let room_right = width(right).saturating_add(4);
        // What is said at the right is short and matters; a long title at the left gives way to it.
        let left_room = if width(left).saturating_add(room_right) <= top.width || room_right <= top.width / 2 {
            self.line_right(Rect { width: top.width.saturating_sub(1), ..top }, &padded(right));
            top.width - room_right
        } else {
            top.width.saturating_sub(1)
        };
        if !left.is_empty() {
            self.line(Rect { width: left_room, ..top }, &padded(left));
        }
        Rect { x: area.x + 1, y: area.y + 1, width: area.width - 2, height: area.height - 2 }
    }

    /// A line from side to side of a frame.
    pub fn put(&mut self, x: u16, y: u16, symbol: &str, style: Style) {
        if let Some(cell) = self.buffer.cell_mut((x, y)) {
            cell.set_symbol(symbol).set_style(style);
        }
    }
}

fn padded(pieces: &[Piece]) -> Vec<Piece> {
    if pieces.is_empty() {
        return Vec::new();
    }
    let space = || Piece { text: " ".to_owned(), style: Style::new() };
    std::iter::once(space()).chain(pieces.iter().cloned()).chain(std::iter::once(space())).collect()
}

/// How many cells pieces take.
pub fn width(pieces: &[Piece]) -> u16 {
    let cells: usize = pieces.iter().map(|piece| text::width(&text::visible(&piece.text))).sum();
    u16::try_from(cells).unwrap_or(u16::MAX)
}

/// The line of an area, counted from its top; empty where the area has none.
pub fn row(area: Rect, index: u16) -> Rect {
    if index < area.height {
        Rect { y: area.y + index, height: 1, ..area }
    } else {
        Rect { width: 0, height: 0, ..area }
    }
}
