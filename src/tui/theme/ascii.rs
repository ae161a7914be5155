//! Plain letters for terminals that know no others.

use ratatui::buffer::Buffer;

/// Replaces the glyphs that the program draws by plain letters of the same width. What people typed stays as it is.
pub fn in_ascii(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if let Some(plain) = plain(cell.symbol()) {
            cell.set_symbol(plain);
        }
    }
}

fn plain(symbol: &str) -> Option<&'static str> {
    Some(match symbol {
        "─" | "–" | "—" => "-",
        "━" => "=",
        "┃" | "┏" | "┓" | "┛" | "┗" | "┣" | "┳" | "┫" | "┻" | "╋" => "#",
        "│" | "▌" | "▐" | "█" => "|",
        "╭" | "╮" | "╰" | "╯" | "┌" | "┐" | "└" | "┘" | "├" | "┤" | "┬" | "┴" | "┼" => "+",
        "▸" | "▶" | "→" | "›" => ">",
        "◀" | "←" | "‹" => "<",
        "↑" | "▲" => "^",
        "↓" | "▼" => "v",
        "…" => "~",
        "·" => "-",
        "•" | "●" | "★" => "*",
        "○" | "☆" => ".",
        "✓" => "=",
        "✗" => "!",
        "µ" => "u",
        "“" | "”" => "\"",
        "‘" | "’" => "'",
        _ => return None,
    })
}
