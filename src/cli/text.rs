//! Text for a terminal: plain, wrapped, in columns.
//!
//! What came out of data is never sent as it is: a name may hold an escape sequence, and a terminal would obey it.

use std::io::{self, Write};

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

/// How wide captions are.
const WIDTH: usize = 96;

/// One line without anything that a terminal might obey.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .map(|letter| if obeyed(letter) { letter.escape_default().to_string() } else { letter.into() })
        .collect()
}

/// The same for a text of several lines.
pub(super) fn plain_lines(text: &str) -> String {
    text.split('\n').map(plain).collect::<Vec<_>>().join("\n")
}

/// A value as a line of JSON, with every control character escaped: JSON itself allows some of them.
pub(super) fn json_line(value: &Value) -> String {
    json_text(&value.to_string())
}

/// JSON of any number of lines, with every other control character escaped.
pub(super) fn json_text(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for letter in json.chars() {
        if letter != '\n' && obeyed(letter) {
            text.push_str(&format!("\\u{:04x}", u32::from(letter)));
        } else {
            text.push(letter);
        }
    }
    text
}

/// Control characters, and those that turn the direction of what follows.
fn obeyed(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Writes a caption: wrapped, each line behind `indent`, the first one behind `lead`.
pub(super) fn caption(out: &mut dyn Write, lead: &str, text: &str) -> io::Result<()> {
    let indent = " ".repeat(lead.width());
    let mut begin = lead.to_owned();
    for paragraph in text.trim_end().lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && line.width() + 1 + word.width() > WIDTH {
                writeln!(out, "{begin}{}", plain(&line))?;
                begin.clone_from(&indent);
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        writeln!(out, "{}", format!("{begin}{}", plain(&line)).trim_end())?;
        begin.clone_from(&indent);
    }
    Ok(())
}

/// A table that is wider than most terminals is written as records.
const WIDEST: usize = 110;

/// Writes rows in columns under their names. Columns that hold nothing in any row are left out.
pub(super) fn table(
    out: &mut dyn Write,
    indent: &str,
    rows: &[Value],
    show: impl Fn(&str) -> String,
) -> io::Result<()> {
    let mut names: Vec<&str> = Vec::new();
    for row in rows.iter().filter_map(Value::as_object) {
        for (name, value) in row {
            let holds = !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty());
            if holds && !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
    }
    // Rows may begin to hold a column late; the first row's order is the one people know.
    if let Some(first) = rows.first().and_then(Value::as_object) {
        let place = |name: &str| first.keys().position(|key| key == name).unwrap_or(usize::MAX);
        names.sort_by_key(|name| place(name));
    }
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| names.iter().map(|name| cell(row.get(*name).unwrap_or(&Value::Null), &show)).collect())
        .collect();
    let widths: Vec<usize> = names
        .iter()
        .enumerate()
        .map(|(column, name)| cells.iter().map(|row| row[column].width()).fold(name.width(), usize::max))
        .collect();
    if indent.width() + widths.iter().map(|width| width + 2).sum::<usize>() > WIDEST {
        return records(out, indent, &names, &cells);
    }
    let mut line = |cells: &mut dyn Iterator<Item = &str>| {
        let mut line = String::from(indent);
        for (text, width) in cells.zip(&widths) {
            line.push_str(text);
            line.push_str(&" ".repeat(width - text.width() + 2));
        }
        writeln!(out, "{}", line.trim_end())
    };
    line(&mut names.iter().copied())?;
    for row in &cells {
        line(&mut row.iter().map(String::as_str))?;
    }
    Ok(())
}

/// Rows that are too wide to stand side by side: a line a value, and an empty line between two rows. The first value leads.
fn records(out: &mut dyn Write, indent: &str, names: &[&str], rows: &[Vec<String>]) -> io::Result<()> {
    let widest = names.iter().map(|name| name.width()).max().unwrap_or_default();
    for (index, row) in rows.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        let held = names.iter().zip(row).filter(|(_, value)| value.as_str() != "-");
        for (name, value) in held {
            writeln!(out, "{indent}{name}{}  {value}", " ".repeat(widest - name.width()))?;
        }
    }
    Ok(())
}

/// One value in a cell, or among a command's fields.
pub(super) fn cell(value: &Value, show: &impl Fn(&str) -> String) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::String(text) => plain(&show(text)),
        Value::Array(items) if items.is_empty() => "none".to_owned(),
        Value::Array(items) => items.iter().map(|item| cell(item, show)).collect::<Vec<_>>().join(", "),
        Value::Object(line) => match (line.get("quantity"), line.get("product_id"), line.get("unit_price")) {
            (Some(quantity), Some(product), Some(price)) => {
                format!("{} × {} at {}", cell(quantity, show), cell(product, show), cell(price, show))
            }
            _ => plain(&value.to_string()),
        },
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{json_line, plain, plain_lines, table};

    #[test]
    fn a_terminal_is_sent_nothing_to_obey() {
        assert_eq!(plain("a\x1b[31m\u{9b}b\u{202e}\n"), "a\\u{1b}[31m\\u{9b}b\\u{202e}\\n");
        assert_eq!(plain_lines("a\nb\r"), "a\nb\\r");
        assert_eq!(json_line(&json!({ "name": "\x1b\u{9b}é" })), r#"{"name":"\u001b\u009bé"}"#);
    }

    #[test]
    fn columns_line_up_and_empty_ones_are_left_out() {
        let rows = [json!({ "id": "a", "at": null, "price": "1" }), json!({ "id": "bcd", "at": null, "price": "20" })];
        let mut out = Vec::new();
        table(&mut out, "  ", &rows, str::to_owned).expect("a vector takes everything");
        assert_eq!(String::from_utf8_lossy(&out), "  id   price\n  a    1\n  bcd  20\n");
    }

    #[test]
    fn what_is_too_wide_for_columns_is_written_as_records() {
        let long = "x".repeat(120);
        let rows = [json!({ "id": "a", "at": null, "name": long }), json!({ "id": "b", "at": "now", "name": "y" })];
        let mut out = Vec::new();
        table(&mut out, " ", &rows, str::to_owned).expect("a vector takes everything");
        let expected = format!(" id    a\n name  {long}\n\n id    b\n at    now\n name  y\n");
        assert_eq!(String::from_utf8_lossy(&out), expected);
    }
}
