//! A drawn window as a scalable drawing.
//!
//! Text stands in runs whose width is given, and the lines of frames are drawn as lines, so that everything stays in its column
//! whichever font the reader has. The terminal's sixteen colours get the values of a dark screen.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use super::text;

/// A cell, in units of the drawing.
const WIDTH: usize = 8;
const HEIGHT: usize = 18;
/// Where letters stand in their cell.
const BASELINE: usize = 13;
/// Around everything.
const MARGIN: usize = 12;

const BACKGROUND: &str = "#16181d";
const FOREGROUND: &str = "#d7dae0";

/// The cells of each row with their column and width; those that a wide letter covers are not among them.
pub fn rows(buffer: &Buffer) -> impl Iterator<Item = Vec<(usize, &Cell, usize)>> {
    let width = usize::from(buffer.area.width).max(1);
    buffer.content.chunks(width).map(|row| {
        let mut cells = Vec::new();
        let mut at = 0;
        while let Some(cell) = row.get(at) {
            let wide = text::width(cell.symbol()).max(1);
            cells.push((at, cell, wide));
            at += wide;
        }
        cells
    })
}

/// The drawing.
pub fn write(buffer: &Buffer, title: &str) -> String {
    let width = usize::from(buffer.area.width) * WIDTH + 2 * MARGIN;
    let height = usize::from(buffer.area.height) * HEIGHT + 2 * MARGIN;
    let title = escaped(title);
    let mut svg = String::new();
    // Writing into a String cannot fail.
    let _ = write!(
        svg,
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">
<title>{title}</title>
<style>text {{ font: 13px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; white-space: pre }}</style>
<rect width="{width}" height="{height}" rx="8" fill="{BACKGROUND}"/>
<g transform="translate({MARGIN} {MARGIN})">
"#
    );
    for (row, cells) in rows(buffer).enumerate() {
        let mut cells = &*cells;
        while let Some((first, _)) = cells.split_first() {
            let length = cells.iter().take_while(|cell| belongs(first, cell)).count();
            let (run, rest) = cells.split_at(length);
            write_run(&mut svg, row, run);
            cells = rest;
        }
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

/// Whether a cell stands in the run that begins with `first`: it looks the same, and its width is known as well as the first's.
fn belongs(first: &(usize, &Cell, usize), cell: &(usize, &Cell, usize)) -> bool {
    let same_look = Look::of(first.1) == Look::of(cell.1);
    same_look && kind(first.1.symbol()) == kind(cell.1.symbol())
}

/// What a run consists of: blanks, lines, letters that every monospaced font has, or one other letter.
#[derive(PartialEq)]
enum Kind<'a> {
    Blank,
    Line,
    Letters,
    Other(&'a str),
}

fn kind(symbol: &str) -> Kind<'_> {
    match symbol {
        " " | "" => Kind::Blank,
        symbol if line(symbol).is_some() => Kind::Line,
        symbol if symbol.is_ascii() => Kind::Letters,
        symbol => Kind::Other(symbol),
    }
}

fn write_run(svg: &mut String, row: usize, run: &[(usize, &Cell, usize)]) {
    let (Some((column, cell, _)), Some((last, _, wide))) = (run.first(), run.last()) else { return };
    let look = Look::of(cell);
    let (x, y, width) = (column * WIDTH, row * HEIGHT, (last + wide - column) * WIDTH);
    if look.background != BACKGROUND {
        let _ =
            writeln!(svg, r#"<rect x="{x}" y="{y}" width="{width}" height="{HEIGHT}" fill="{}"/>"#, look.background);
    }
    if look.underlined {
        let y = y + BASELINE + 2;
        let _ = writeln!(svg, r#"<path d="M{x} {y}h{width}" stroke="{}"{}/>"#, look.foreground, look.opacity());
    }
    match kind(cell.symbol()) {
        Kind::Blank => {}
        Kind::Line => {
            let mut path = String::new();
            for (column, cell, _) in run {
                path.push_str(&line_path(cell.symbol(), column * WIDTH, y));
            }
            let _ = writeln!(
                svg,
                r#"<path d="{}" fill="none" stroke="{}"{}/>"#,
                joined(&path),
                look.foreground,
                look.opacity()
            );
        }
        Kind::Letters | Kind::Other(_) => {
            let text: String = run.iter().map(|(_, cell, _)| cell.symbol()).collect();
            let weight = if look.bold { r#" font-weight="700""# } else { "" };
            let _ = writeln!(
                svg,
                r#"<text x="{x}" y="{}" textLength="{width}" lengthAdjust="spacingAndGlyphs" fill="{}"{weight}{}>{}</text>"#,
                y + BASELINE,
                look.foreground,
                look.opacity(),
                escaped(&text)
            );
        }
    }
}

/// How a cell looks.
#[derive(PartialEq)]
struct Look {
    foreground: String,
    background: String,
    bold: bool,
    dim: bool,
    underlined: bool,
}

impl Look {
    fn of(cell: &Cell) -> Self {
        let (mut foreground, mut background) = (color(cell.fg, FOREGROUND), color(cell.bg, BACKGROUND));
        if cell.modifier.contains(Modifier::REVERSED) {
            std::mem::swap(&mut foreground, &mut background);
        }
        Self {
            foreground,
            background,
            bold: cell.modifier.contains(Modifier::BOLD),
            dim: cell.modifier.contains(Modifier::DIM),
            underlined: cell.modifier.contains(Modifier::UNDERLINED),
        }
    }

    fn opacity(&self) -> &'static str {
        if self.dim { r#" opacity=".62""# } else { "" }
    }
}

fn color(color: Color, default: &str) -> String {
    match color {
        Color::Reset => default.to_owned(),
        Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
        Color::Indexed(index @ 16..=231) => {
            let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
            let index = index - 16;
            format!("#{:02x}{:02x}{:02x}", level(index / 36), level(index / 6 % 6), level(index % 6))
        }
        Color::Indexed(index @ 232..) => {
            let grey = 8 + 10 * (index - 232);
            format!("#{grey:02x}{grey:02x}{grey:02x}")
        }
        Color::Indexed(index) => sixteen(index).to_owned(),
        Color::Black => sixteen(0).to_owned(),
        Color::Red => sixteen(1).to_owned(),
        Color::Green => sixteen(2).to_owned(),
        Color::Yellow => sixteen(3).to_owned(),
        Color::Blue => sixteen(4).to_owned(),
        Color::Magenta => sixteen(5).to_owned(),
        Color::Cyan => sixteen(6).to_owned(),
        Color::Gray => sixteen(7).to_owned(),
        Color::DarkGray => sixteen(8).to_owned(),
        Color::LightRed => sixteen(9).to_owned(),
        Color::LightGreen => sixteen(10).to_owned(),
        Color::LightYellow => sixteen(11).to_owned(),
        Color::LightBlue => sixteen(12).to_owned(),
        Color::LightMagenta => sixteen(13).to_owned(),
        Color::LightCyan => sixteen(14).to_owned(),
        Color::White => sixteen(15).to_owned(),
    }
}

/// The terminal's own colours, as a dark screen might have them.
fn sixteen(index: u8) -> &'static str {
    const COLORS: [&str; 16] = [
        "#2a2e37", "#f2777a", "#8fc97a", "#e8c06a", "#7aa8f0", "#d08fe0", "#5fc8d0", "#b8bcc6", "#5c6370", "#ff9497",
        "#aee29a", "#ffd98a", "#9cc2ff", "#e4aef2", "#86e2ea", "#ffffff",
    ];
    COLORS[usize::from(index % 16)]
}

/// Where a line's glyph leads: up, right, down, left.
fn line(symbol: &str) -> Option<[bool; 4]> {
    Some(match symbol {
        "─" => [false, true, false, true],
        "│" => [true, false, true, false],
        "╭" | "┌" => [false, true, true, false],
        "╮" | "┐" => [false, false, true, true],
        "╰" | "└" => [true, true, false, false],
        "╯" | "┘" => [true, false, false, true],
        "├" => [true, true, true, false],
        "┤" => [true, false, true, true],
        "┬" => [false, true, true, true],
        "┴" => [true, true, false, true],
        "┼" => [true; 4],
        _ => return None,
    })
}

/// The path of a line's glyph in the cell at this place; a corner is round.
fn line_path(symbol: &str, x: usize, y: usize) -> String {
    let (middle_x, middle_y) = (x + WIDTH / 2, y + HEIGHT / 2);
    let (right, bottom) = (x + WIDTH, y + HEIGHT);
    match line(symbol) {
        Some([false, true, false, true]) => format!("M{x} {middle_y}H{right}"),
        Some([true, false, true, false]) => format!("M{middle_x} {y}V{bottom}"),
        Some([false, true, true, false]) => format!("M{middle_x} {bottom}Q{middle_x} {middle_y} {right} {middle_y}"),
        Some([false, false, true, true]) => format!("M{middle_x} {bottom}Q{middle_x} {middle_y} {x} {middle_y}"),
        Some([true, true, false, false]) => format!("M{middle_x} {y}Q{middle_x} {middle_y} {right} {middle_y}"),
        Some([true, false, false, true]) => format!("M{middle_x} {y}Q{middle_x} {middle_y} {x} {middle_y}"),
        Some(leads) => {
            let ends = [(middle_x, y), (right, middle_y), (middle_x, bottom), (x, middle_y)];
            let lines = ends.into_iter().zip(leads).filter(|(_, leads)| *leads);
            lines.map(|((to_x, to_y), _)| format!("M{middle_x} {middle_y}L{to_x} {to_y}")).collect()
        }
        None => String::new(),
    }
}

/// A path in which a line that goes on where the one before ended is that line, longer.
fn joined(path: &str) -> String {
    let mut joined = String::with_capacity(path.len());
    // Where the last piece began, and how it ended, if it was level.
    let mut level: Option<(String, String)> = None;
    for piece in path.split('M').filter(|piece| !piece.is_empty()) {
        if let Some((start, end)) = piece.split_once('H') {
            level = match level {
                Some((from, until)) if format!("{until} {}", start.split(' ').nth(1).unwrap_or_default()) == start => {
                    Some((from, end.to_owned()))
                }
                before => {
                    flush(&mut joined, before);
                    Some((start.to_owned(), end.to_owned()))
                }
            };
        } else {
            flush(&mut joined, level.take());
            joined.push('M');
            joined.push_str(piece);
        }
    }
    flush(&mut joined, level);
    joined
}

fn flush(path: &mut String, level: Option<(String, String)>) {
    if let Some((start, end)) = level {
        let _ = write!(path, "M{start}H{end}");
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    #[test]
    fn lines_are_drawn_and_letters_keep_their_columns() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 2));
        buffer.set_string(0, 0, "╭───╮", Style::new());
        buffer.set_string(0, 1, "日<&a", Style::new().fg(Color::Red).add_modifier(Modifier::BOLD));
        let svg = write(&buffer, "a & b");
        assert!(svg.contains("<title>a &amp; b</title>"));
        assert!(svg.contains("M8 9H32"), "{svg}");
        assert!(svg.contains(r##"<text x="0" y="31" textLength="16""##), "{svg}");
        assert!(
            svg.contains(
                r##"textLength="24" lengthAdjust="spacingAndGlyphs" fill="#f2777a" font-weight="700">&lt;&amp;a<"##
            ),
            "{svg}"
        );
    }
}
