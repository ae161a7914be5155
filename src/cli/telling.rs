//! What happened, told in lines of text: scenes, what each world did with a command, and what is there in the end.
//!
//! `run` tells a whole scenario with it, `--plain` one thing after the other. `show` is how ids are written: by a scenario's names,
//! or short.

use std::io::{self, Write};
use std::time::Duration;

use serde_json::{Map, Value};

use super::stopped::Stopped;
use super::text::{self, plain};
use crate::engine::scenario::{Beside, Played, Scene};
use crate::kernel::Timestamp;
use crate::world::{Comparison, Playground, World, WorldReply};

/// How a text is written that may hold ids.
pub(super) type Show<'a> = &'a dyn Fn(&str) -> String;

/// The scene's captions and what it does, behind its number. What is yet to be found out is told only where `reveal` says so.
pub(super) fn scene(out: &mut dyn Write, played: &Played, reveal: bool) -> io::Result<()> {
    let Played { number, scene, .. } = played;
    let Scene { say, ask, set_policy, doing, .. } = scene;
    let mut lead = format!("{number:>3}  ");
    let told = scene.reveal.as_deref().filter(|_| reveal);
    writeln!(out)?;
    for (sign, caption) in [("", say.as_deref()), ("? ", ask.as_deref()), ("> ", told)] {
        if let Some(caption) = caption {
            text::caption(out, &format!("{lead}{sign}"), caption)?;
            lead = " ".repeat(5);
        }
    }
    if let Some(policy) = set_policy {
        writeln!(out, "{lead}policy: {policy}")?;
        lead = " ".repeat(5);
    }
    if let (Some(doing), Some(comparison)) = (doing, &played.comparison) {
        let line = command(&doing.command, &doing.with, doing.name.as_deref(), &str::to_owned);
        writeln!(out, "{lead}{}  {line}", minute(comparison.input.at))?;
    }
    Ok(())
}

/// The command at the same time, and who moved.
pub(super) fn beside(out: &mut dyn Write, beside: &Beside) -> io::Result<()> {
    let Beside { doing, order } = beside;
    let line = command(&doing.command, &doing.with, doing.name.as_deref(), &str::to_owned);
    writeln!(out, "     at the same time  {line}\n       who moved: {order}")
}

/// A command in a line.
pub(super) fn command(name: &str, with: &Map<String, Value>, as_name: Option<&str>, show: Show<'_>) -> String {
    let mut line = plain(name);
    for (field, value) in with {
        line.push_str(&format!("  {field} {}", text::cell(value, &show)));
    }
    if let Some(name) = as_name {
        line.push_str(&format!("  as @{}", plain(name)));
    }
    line
}

/// What each world did, a line each; with `trace` step by step.
pub(super) fn worlds(out: &mut dyn Write, comparison: &Comparison, trace: bool, show: Show<'_>) -> io::Result<()> {
    for fault in &comparison.input.faults {
        writeln!(out, "       fault put in: {fault}")?;
    }
    for one in &comparison.worlds {
        writeln!(out, "       {:<6}  {}", one.world.name(), outcome(one, show))?;
        if trace {
            steps(out, one, show)?;
        }
    }
    if let Some(difference) = &comparison.difference {
        let since =
            comparison.blame.as_ref().map_or(String::new(), |blame| format!("; since the fault put in: {blame}"));
        writeln!(out, "       the worlds disagree: {}{since}", plain(&show(&difference.to_string())))?;
    }
    Ok(())
}

/// Everything that is in a world.
pub(super) fn tables(
    out: &mut dyn Write,
    playground: &Playground,
    world: &World,
    show: Show<'_>,
) -> Result<(), Stopped> {
    let rows = playground.final_rows(world)?;
    for (table, rows) in rows.as_object().into_iter().flatten() {
        let rows: &[Value] = rows.as_array().map_or(&[], Vec::as_slice);
        if !rows.is_empty() {
            writeln!(out, "\n  {table}")?;
            text::table(out, "    ", rows, show)?;
        }
    }
    Ok(())
}

/// To the minute, as people write it.
pub(super) fn minute(at: Timestamp) -> String {
    at.column().chars().take("2024-01-01 10:00".len()).map(|letter| if letter == 'T' { ' ' } else { letter }).collect()
}

fn outcome(one: &WorldReply, show: Show<'_>) -> String {
    let reply = &one.reply;
    let facts: Vec<_> = reply.facts.iter().map(|fact| plain(&fact.event_type)).collect();
    let mut line = format!("{:<19}", reply.result.status.to_string());
    let reason = reply.result.result.as_ref().and_then(|result| result.get("reason")).and_then(Value::as_str);
    match (&reply.result.error, facts.is_empty()) {
        (Some(error), true) => line.push_str(&plain(&show(error))),
        (Some(error), false) => {
            line.push_str(&format!("{}; saved before it: {}", plain(&show(error)), facts.join(", ")));
        }
        (None, false) => line.push_str(&facts.join(", ")),
        (None, true) => line.push_str(&reason.map_or("no event".to_owned(), |why| format!("no event: {}", plain(why)))),
    }
    line
}

/// Every step of a command in one world, with its statements.
pub(super) fn steps(out: &mut dyn Write, one: &WorldReply, show: Show<'_>) -> io::Result<()> {
    for step in &one.reply.trace {
        let (kind, took) = (step.step.kind.name(), duration(step.took));
        let (subject, detail) = (plain(&show(&step.step.subject)), plain(&show(&step.step.detail)));
        let said = if subject.is_empty() { detail } else { format!("{subject}: {detail}") };
        let fault = step.fault.map_or(String::new(), |fault| format!("  <- fault: {}", fault.name()));
        writeln!(out, "         {kind:<10} {took:>9}  {said}{fault}")?;
        for statement in &step.statements {
            let sql: Vec<_> = statement.text.split_whitespace().collect();
            writeln!(out, "           {:>3} rows  {}", statement.rows, plain(&sql.join(" ")))?;
        }
    }
    Ok(())
}

fn duration(took: Duration) -> String {
    match took.as_micros() {
        micros @ 0..10_000 => format!("{micros} µs"),
        micros => format!("{} ms", micros / 1_000),
    }
}
