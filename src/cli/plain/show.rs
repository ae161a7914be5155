//! What there is to see, as lines: what is, what happened, the trace, the worlds.

use std::io::Write;

use serde_json::{Map, Value, json};

use crate::cli::stopped::Stopped;
use crate::cli::telling::{self, Show};
use crate::cli::text::{self, plain};
use crate::domain::Context;
use crate::engine::{Desk, PaneLook, Sift, Sight};
use crate::kernel::Fact;
use crate::kernel::store::Window;
use crate::kernel::table::Value as Cell;
use crate::tui::{Told, align, clip, key_fields, short_stream, shorten_ids, tell, width};
use crate::world::{Comparison, StoredRow, WorldKind};

/// What is, in a world.
pub(super) fn what_is(out: &mut dyn Write, desk: &Desk, kind: WorldKind, show: Show<'_>) -> Result<(), Stopped> {
    let Some(world) = desk.playground().world(kind) else { return Ok(()) };
    writeln!(out, "{}  {}: what is", kind.name(), kind.title())?;
    let mut empty = true;
    for context in Context::ALL {
        empty &= world.collection(context).count()? == 0;
    }
    if empty {
        writeln!(out, "\n  nothing yet")?;
    }
    telling::tables(out, desk.playground(), world, show)?;
    let kept = world.store().head()?.0;
    writeln!(out, "\n  rows overwritten {}, facts raised {}, facts kept {kept}", world.overwritten(), world.facts())?;
    Ok(())
}

/// The last facts of a world, oldest first.
pub(super) fn what_happened(out: &mut dyn Write, desk: &Desk, world: WorldKind, limit: u64) -> Result<(), Stopped> {
    let look = PaneLook {
        world,
        sight: Sight::Happened(None),
        sift: Sift::default(),
        window: Window { offset: 0, limit },
        reveal: None,
    };
    let mut view = desk.glance(&look)?;
    writeln!(out, "{}  {}: what happened", world.name(), world.title())?;
    view.facts.reverse();
    let rows: Vec<Value> = view.facts.iter().map(line).collect();
    if rows.is_empty() {
        writeln!(out, "    nothing yet")?;
    } else {
        text::table(out, "    ", &rows, str::to_owned)?;
    }
    let earlier = view.total.saturating_sub(view.facts.len() as u64);
    if earlier > 0 {
        writeln!(out, "    and {earlier} before them")?;
    }
    match view.raised.saturating_sub(view.kept) {
        0 => writeln!(out, "  facts kept: {}", view.kept)?,
        lost => {
            writeln!(
                out,
                "  facts kept: {}; published and not kept: {lost}, shown while this session lasts",
                view.kept
            )?;
        }
    }
    Ok(())
}

fn line(fact: &Fact) -> Value {
    let position = fact.position.map_or("not kept".to_owned(), |position| position.to_string());
    let event = fact.event_type.strip_suffix("Event").unwrap_or(&fact.event_type);
    json!({
        "#": position,
        "stream": short_stream(&fact.stream),
        "v": fact.version.to_string(),
        "event": event,
        "recorded": fact.recorded_at.clock_time(),
        "what": clip(&key_fields(fact), 48),
    })
}

/// How wide a world's side of the trace is.
const SIDE: usize = 50;

/// The last command's steps, as the window tells them: the same step of two worlds in a line.
pub(super) fn trace(out: &mut dyn Write, last: &Comparison, worlds: [WorldKind; 2]) -> Result<(), Stopped> {
    let told = worlds.map(|kind| {
        let one = last.worlds.iter().find(|one| one.world == kind);
        one.map(|one| tell(&one.reply)).unwrap_or_default()
    });
    let [left, right] = worlds.map(WorldKind::name);
    writeln!(out, "{}", telling::command(&last.input.command, &last.input.with, None, &shorten_ids))?;
    writeln!(out, "{:<10}{left:<SIDE$}{right}", "")?;
    let [one, other] = told;
    for line in align(one, other) {
        let label = line.iter().flatten().next().map_or("", |told| told.label);
        let side = |told: &Option<Told>| told.as_ref().map_or(String::new(), |told| clip(&told.text, SIDE - 2));
        let (left, right) = (side(&line[0]), side(&line[1]));
        let gap = " ".repeat(SIDE.saturating_sub(width(&left)));
        writeln!(out, "{}", format!("  {label:<8}{left}{gap}{right}").trim_end())?;
    }
    Ok(())
}

/// Every step with its statements and how long it took.
pub(super) fn trace_sql(
    out: &mut dyn Write,
    last: &Comparison,
    worlds: [WorldKind; 2],
    show: Show<'_>,
) -> Result<(), Stopped> {
    for one in last.worlds.iter().filter(|one| worlds.contains(&one.world)) {
        writeln!(out, "{}", one.world.name())?;
        telling::steps(out, one, show)?;
    }
    Ok(())
}

/// How one aggregate is stored.
pub(super) fn stored(out: &mut dyn Write, world: WorldKind, row: Option<&StoredRow>) -> Result<(), Stopped> {
    let Some(row) = row else {
        writeln!(out, "{:<6}  no row: computed from facts, or not there", world.name())?;
        return Ok(());
    };
    writeln!(out, "{:<6}  a row of {}", world.name(), row.table)?;
    text::table(out, "        ", &[record(&row.cells)], str::to_owned)?;
    let lines: Vec<_> = row.lines.iter().map(|line| record(line)).collect();
    if !lines.is_empty() {
        writeln!(out, "        and its lines")?;
        text::table(out, "        ", &lines, str::to_owned)?;
    }
    Ok(())
}

fn record(cells: &[(&'static str, Cell)]) -> Value {
    let value = |cell: &Cell| match (cell.as_str(), cell.as_integer()) {
        (Some(text), _) => Value::from(text),
        (None, Some(number)) => Value::from(number),
        (None, None) => Value::Null,
    };
    let cells: Map<_, _> = cells.iter().map(|(name, cell)| ((*name).to_owned(), value(cell))).collect();
    Value::from(cells)
}

/// The worlds, and whether everything in them agrees.
pub(super) fn worlds(out: &mut dyn Write, desk: &Desk, show: Show<'_>) -> Result<(), Stopped> {
    let playground = desk.playground();
    for world in playground.worlds() {
        let kind = world.kind();
        writeln!(out, "{:<6}  {:<24}  {}", kind.name(), kind.title(), world.wiring())?;
    }
    match playground.compare()? {
        None => writeln!(out, "{} worlds agree on everything", playground.worlds().len())?,
        Some(difference) => writeln!(out, "the worlds disagree: {}", plain(&show(&difference.to_string())))?,
    }
    Ok(())
}
