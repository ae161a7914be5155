//! Step mode in lines: where each command stands in each world, what the root holds, and what is where.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::telling::Show;
use super::text::{cell, plain};
use crate::kernel::Fact;
use crate::kernel::probe::RootView;
use crate::world::{Breakpoint, Change, CourseStanding, Holding, Standing, TraceStep, WorldStanding, letter};

/// Where everything stands, and what the last step has changed.
pub(super) fn tell(out: &mut dyn Write, standing: &Standing, show: Show<'_>) -> io::Result<()> {
    for world in &standing.worlds {
        for (who, course) in world.courses.iter().enumerate() {
            let name = if standing.courses() > 1 { format!("{} ", letter(who)) } else { String::new() };
            writeln!(out, "{:<6}  {name}{}", world.world.name(), at(course, show))?;
            if let Some(root) = course.trace.last().and_then(|step| step.step.root.as_deref()).filter(|_| !course.over)
            {
                writeln!(out, "          root  {}", root_line(root, show))?;
            }
        }
        for holding in world.holdings.iter().filter(|holding| holding.change != Change::None) {
            writeln!(out, "          {}", holding_line(holding, show))?;
        }
    }
    Ok(())
}

fn at(course: &CourseStanding, show: Show<'_>) -> String {
    let Some(step) = course.trace.last() else { return "nowhere yet".to_owned() };
    let said = plain(&show(&format!("{}  {} {}", step.place(), step.step.subject, step.step.detail)));
    match (course.over, course.lost) {
        (true, Some(place)) => format!("over, crashed at {place}; last {said}"),
        (true, None) => format!("over; last {said}"),
        (false, _) => format!("{:<11} {said}", step.phase().name()),
    }
}

fn root_line(root: &RootView, show: Show<'_>) -> String {
    let pending: Vec<_> = root.pending.iter().map(|(event, _)| *event).collect();
    let pending =
        if pending.is_empty() { "nothing pending".to_owned() } else { format!("pending {}", pending.join(", ")) };
    plain(&show(&format!("{} v{}, {pending}: {}", root.stream, root.version, root.state)))
}

fn holding_line(holding: &Holding, show: Show<'_>) -> String {
    let sign = match holding.change {
        Change::New => '+',
        Change::Gone => '-',
        Change::Other | Change::None => '~',
    };
    let cells: Vec<_> = holding.cells.iter().map(|(name, value)| format!("{name} {}", cell(value, &show))).collect();
    format!("{sign} {}: {}  {}", holding.place.name(), plain(&show(&holding.key)), cells.join("  "))
}

/// The breakpoints, numbered.
pub(super) fn breakpoints(out: &mut dyn Write, breakpoints: &[Breakpoint]) -> io::Result<()> {
    if breakpoints.is_empty() {
        return writeln!(out, "  no breakpoints");
    }
    for (index, one) in breakpoints.iter().enumerate() {
        writeln!(out, "{:>3}  {:<3}  {}", index + 1, if one.on { "on" } else { "off" }, plain(&one.when.to_string()))?;
    }
    Ok(())
}

/// A world's standing: the step at which each command stands, and what is where.
pub(super) fn as_json(world: &WorldStanding) -> Value {
    let courses: Vec<_> = world
        .courses
        .iter()
        .enumerate()
        .map(|(who, course)| {
            let mut line = course.trace.last().map(step_json).unwrap_or_default();
            line["command"] = letter(who).to_string().into();
            line["over"] = course.over.into();
            line["answer"] = json!(course.answer);
            if let Some(place) = course.lost {
                line["crashed"] = place.to_string().into();
            }
            line
        })
        .collect();
    json!({
        "world": world.world.name(),
        "commands": courses,
        "holds": world.holdings.iter().map(holding_json).collect::<Vec<_>>(),
    })
}

/// A step with everything that is known of it.
pub(super) fn step_json(step: &TraceStep) -> Value {
    let statements: Vec<_> = step.statements.iter().map(|one| json!({ "sql": one.text, "rows": one.rows })).collect();
    let mut line = json!({
        "at": step.place().to_string(),
        "phase": step.phase().name(),
        "subject": step.step.subject,
        "detail": step.step.detail,
        "statements": statements,
    });
    if let Some(root) = &step.step.root {
        line["root"] = root_json(root);
    }
    if let Some(fact) = &step.step.fact {
        line["fact"] = fact_json(fact);
    }
    if let Some(fault) = step.fault {
        line["fault"] = fault.name().into();
    }
    line
}

fn root_json(root: &RootView) -> Value {
    let pending: Vec<_> = root.pending.iter().map(|(event, data)| json!({ "type": event, "data": data })).collect();
    json!({ "stream": root.stream, "version": root.version, "state": root.state, "pending": pending })
}

fn fact_json(fact: &Fact) -> Value {
    let data: Value = serde_json::from_str(&fact.data).unwrap_or_else(|_| fact.data.as_str().into());
    json!({ "event_id": fact.event_id, "stream": fact.stream, "type": fact.event_type, "data": data })
}

fn holding_json(holding: &Holding) -> Value {
    let cells: Map<String, Value> = holding.cells.clone();
    json!({ "where": holding.place.name(), "key": holding.key, "says": cells, "change": holding.change.name() })
}
