//! The record, and that nothing in a name breaks it.

use diptych::decision::{context_json, madr};

use crate::{case, shipped};

#[test]
fn the_shops_record_reads_like_this() {
    let framework = shipped();
    insta::assert_snapshot!(madr(&framework, &framework.shop(), "diptych decide --shop --format madr"));
}

#[test]
fn a_name_cannot_break_the_record() {
    let framework = shipped();
    let record = madr(&framework, &[case(&framework, "a\n# b | `c` \u{1b}[2J", "rules=no")], "x");
    assert!(record.starts_with("# How a \\# b \\| \\`c\\` \\[2J is remembered\n"), "{}", &record[..60]);
    assert!(!record.contains('\u{1b}'));
}

/// What common linters ask of a document: one title, headings apart from what is around them and in order, lists apart, no blanks
/// at the end of a line, no two blank lines, one newline at the end.
#[test]
fn the_record_is_tidy_markdown() {
    let framework = shipped();
    let record = madr(&framework, &framework.shop(), "diptych decide --shop");
    let lines: Vec<_> = record.lines().collect();
    assert!(record.ends_with('\n') && !record.ends_with("\n\n"));
    assert_eq!(lines.iter().filter(|line| line.starts_with("# ")).count(), 1);
    let level = |line: &str| line.chars().take_while(|letter| *letter == '#').count();
    let kind = |line: &str| match line {
        line if line.starts_with("* ") => 1,
        line if line.starts_with(|letter: char| letter.is_ascii_digit()) => 2,
        line if line.starts_with('|') => 3,
        line if line.starts_with("```") => 4,
        _ => 0,
    };
    let (mut depth, mut code) = (0, false);
    for pair in lines.windows(2) {
        let (line, next) = (pair[0], pair[1]);
        assert_eq!(line, line.trim_end());
        assert!(!(line.is_empty() && next.is_empty()), "two blank lines before `{next}`");
        if line.starts_with("```") {
            code = !code;
            continue;
        }
        if code {
            continue;
        }
        if level(line) > 0 {
            assert!(next.is_empty() && level(line) <= depth + 1, "{line}");
            depth = level(line);
        }
        if level(next) > 0 {
            assert!(line.is_empty(), "no blank line before `{next}`");
        }
        if kind(line) != kind(next) {
            assert!(line.is_empty() || next.is_empty(), "`{line}` and `{next}` stand together");
        }
    }
    let mut headings: Vec<_> = lines.iter().filter(|line| line.starts_with('#')).collect();
    headings.sort();
    assert!(headings.windows(2).all(|pair| pair[0] != pair[1]), "two headings are the same");
}

#[test]
fn the_json_of_a_context_reads_like_this() {
    let framework = shipped();
    let case = case(&framework, "ordering", "rules=yes,audit=unknown,temporal=yes,performance=yes,contention=low");
    insta::assert_snapshot!(serde_json::to_string_pretty(&context_json(&framework, &case)).unwrap());
}
