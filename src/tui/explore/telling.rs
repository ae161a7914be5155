//! A command told in a few lines: of each micro-step what it says best, and both worlds' lines side by side.
//!
//! A trace has every step and statement. What a person first wants to see is less: loaded, decided, committed, published,
//! returned, with the one statement of a commit that shows how this world remembers.

use std::time::Duration;

use serde_json::Value;

use crate::kernel::probe::StepKind;
use crate::kernel::store::Statement;
use crate::kernel::{Fact, Version};
use crate::tui::text;
use crate::world::{CommandInput, Reply, RowChange, TraceStep};

/// Statements about these tables are how a world keeps its books, not how it remembers the domain.
const BOOKKEEPING: [&str; 5] = ["progress", "checkpoints", "deliveries", "outbox", "notifications"];

/// A line of the trace in one world.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The step's name.
    pub label: &'static str,
    /// What it says.
    pub text: String,
    /// The same where room is short.
    pub short: String,
    /// Whether it is a no.
    pub refused: bool,
    /// How long it took, what led to it included.
    pub took: Duration,
    /// Everything the store was asked for it.
    pub statements: Vec<Statement>,
    /// Which step of the trace it tells.
    pub step: usize,
    /// Rows that it changed.
    pub rows: Vec<RowChange>,
    /// Facts that it folded.
    pub folded: Vec<Fact>,
}

/// The same line in two worlds; either may be missing.
pub type Line = [Option<Told>; 2];

/// Tells a world's trace.
pub fn tell(reply: &Reply) -> Vec<Told> {
    let mut told: Vec<Told> = Vec::new();
    let mut pending: (Duration, Vec<Statement>) = Default::default();
    for (index, step) in reply.trace.iter().enumerate() {
        match line(step, reply) {
            Some(mut line) => {
                line.step = index;
                line.took += std::mem::take(&mut pending.0);
                line.statements.splice(0..0, std::mem::take(&mut pending.1));
                told.push(line);
            }
            // What follows a publication or a commit belongs to it; what comes before the first line, to that.
            None => match (step.step.kind, told.last_mut()) {
                (StepKind::Delivered | StepKind::Cleared, Some(last)) => {
                    last.took += step.took;
                    last.statements.extend(step.statements.iter().cloned());
                    last.rows.extend(step.rows.iter().cloned());
                }
                _ => {
                    pending.0 += step.took;
                    pending.1.extend(step.statements.iter().cloned());
                }
            },
        }
    }
    told
}

fn line(step: &TraceStep, reply: &Reply) -> Option<Told> {
    let (subject, detail) = (&step.step.subject, &step.step.detail);
    let refused = detail.starts_with("refused: ");
    let (label, long, short) = match step.step.kind {
        StepKind::Validated if refused => ("validate", detail.clone(), None),
        StepKind::Loaded => ("load", format!("{}, {detail}", text::short_stream(subject)), Some(detail.clone())),
        StepKind::Decided => ("decide", detail.replace("Event,", ","), None),
        StepKind::Saving if !detail.ends_with(" pending") => ("save", detail.clone(), None),
        StepKind::Committed => {
            let long = commit(step, reply);
            let short = long.replace(" … version ", " v").replace("expected ", "exp. ");
            ("commit", long, Some(short))
        }
        StepKind::Publishing => {
            ("publish", format!("{} → {detail}", text::short_event(subject)), Some(detail.replace(" to ", " → ")))
        }
        StepKind::Delivered if detail.contains("from the log") => {
            ("deliver", format!("{subject}: {detail}"), Some(detail.clone()))
        }
        StepKind::Returned => ("return", detail.clone(), None),
        _ => return None,
    };
    let refused = refused || (label == "return" && !reply.result.is_success());
    let text = text::shorten_ids(&long);
    let short = short.map_or_else(|| text.clone(), |short| text::shorten_ids(&short));
    Some(Told {
        label,
        text,
        short,
        refused,
        took: step.took,
        statements: step.statements.clone(),
        step: 0,
        rows: step.rows.clone(),
        folded: step.folded.clone(),
    })
}

/// The statement that shows how this world remembers, in short, and the version it leads to.
fn commit(step: &TraceStep, reply: &Reply) -> String {
    let telling: Vec<_> = step.statements.iter().filter(|statement| is_write(&statement.text)).collect();
    let Some(first) = telling.first() else { return step.step.detail.clone() };
    let mut text = in_short(&first.text);
    if let Some(version) = version(step, reply) {
        let before = version.0.saturating_sub(1);
        text.push_str(&match (text.contains("events"), before) {
            (true, 0) => format!(" … version {version}, expected none"),
            (true, _) => format!(" … version {version}, expected {before}"),
            (false, 0) => format!(" … version {version}"),
            (false, _) => format!(" … version {before} → {version}"),
        });
    }
    if telling.len() > 1 {
        text.push_str(&format!(" +{}", telling.len() - 1));
    }
    text
}

/// Whether a statement shows how a world remembers; the others begin, end and keep the books.
pub fn is_telling(sql: &str) -> bool {
    match sql.split_whitespace().next().unwrap_or_default() {
        "SELECT" => true,
        _ => is_write(sql),
    }
}

fn is_write(sql: &str) -> bool {
    match sql.split_whitespace().next().unwrap_or_default() {
        "INSERT" | "UPDATE" | "DELETE" => !BOOKKEEPING.contains(&table(sql)),
        _ => false,
    }
}

/// The table of a statement that writes.
fn table(sql: &str) -> &str {
    let words = sql.split_whitespace().find(|word| !["INSERT", "INTO", "UPDATE", "DELETE", "FROM"].contains(word));
    words.map_or("", |word| word.split('(').next().unwrap_or(word))
}

fn in_short(sql: &str) -> String {
    let verb = sql.split_whitespace().next().unwrap_or_default();
    match (verb, sql.contains("DO UPDATE")) {
        ("INSERT", true) => format!("UPSERT {}", table(sql)),
        _ => format!("{verb} {}", table(sql)),
    }
}

/// The version that the stream or row of a commit has come to.
fn version(step: &TraceStep, reply: &Reply) -> Option<Version> {
    let about = |fact: &&Fact| {
        let id = fact.stream.split_once('-').map_or("", |(_, id)| id);
        fact.stream == step.step.subject || step.statements.iter().any(|statement| statement.text.contains(id))
    };
    reply.facts.iter().filter(about).map(|fact| fact.version).next()
}

/// Puts the lines of two worlds side by side, as many of the same step beside each other as can be.
pub fn align(left: Vec<Told>, right: Vec<Told>) -> Vec<Line> {
    let (rows, columns) = (left.len(), right.len());
    // same[i][j]: how many lines of left[i..] and right[j..] can stand beside each other.
    let mut same = vec![vec![0_u32; columns + 1]; rows + 1];
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            let apart = same[i + 1][j].max(same[i][j + 1]);
            let beside = if left[i].label == right[j].label { same[i + 1][j + 1] + 1 } else { 0 };
            same[i][j] = apart.max(beside);
        }
    }
    let (mut i, mut j) = (0, 0);
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    let mut lines = Vec::new();
    loop {
        let line = match (left.peek(), right.peek()) {
            (None, None) => return lines,
            (Some(one), Some(other)) if one.label == other.label && same[i][j] == same[i + 1][j + 1] + 1 => {
                [left.next(), right.next()]
            }
            (Some(_), Some(_)) if same[i + 1][j] >= same[i][j + 1] => [left.next(), None],
            (Some(_), None) => [left.next(), None],
            _ => [None, right.next()],
        };
        i += usize::from(line[0].is_some());
        j += usize::from(line[1].is_some());
        lines.push(line);
    }
}

/// What a fact says besides its ids and times, what changed first: `old_price 999.99 → new_price 899.99`.
pub fn key_fields(fact: &Fact) -> String {
    let fields = crate::engine::payload(fact);
    let mut said: Vec<String> = Vec::new();
    for (name, value) in &fields {
        if name.ends_with("_at") || (name.ends_with("_id") && fact.stream.ends_with(value.as_str().unwrap_or(" "))) {
            continue;
        }
        match name.strip_prefix("old_").map(|name| format!("new_{name}")) {
            Some(new) if fields.contains_key(&new) => {
                said.push(format!("{name} {} → {new} {}", short_value(value), short_value(&fields[&new])));
            }
            _ if name.strip_prefix("new_").is_some_and(|rest| fields.contains_key(&format!("old_{rest}"))) => {}
            _ => said.push(field_text(name, value)),
        }
    }
    text::visible(&said.join(" · ")).into_owned()
}

/// A command's fields in a line.
pub fn heading(input: &CommandInput) -> String {
    input.with.iter().map(|(name, value)| field_text(name, value)).collect::<Vec<_>>().join(" · ")
}

/// A field with its value: `price 899.99`, ids short.
pub fn field_text(name: &str, value: &Value) -> String {
    match value {
        Value::Array(_) => short_value(value),
        _ => format!("{} {}", name.strip_suffix("_id").unwrap_or(name), short_value(value)),
    }
}

fn short_value(value: &Value) -> String {
    match value {
        Value::String(text) => text::shorten_ids(text),
        Value::Array(items) if items.len() == 1 => "1 item".to_owned(),
        Value::Array(items) => format!("{} items", items.len()),
        other => other.to_string(),
    }
}
