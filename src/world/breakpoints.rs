//! Breakpoints: where a run stops by itself. `step=committed,world=state`, `event=OrderPlaced`, `aggregate=order,field=status:paid`.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::fault::step_kind;
use super::trace::TraceStep;
use super::world::WorldKind;
use crate::application::fields::suggestion;
use crate::kernel::Failure;
use crate::kernel::probe::StepKind;

/// More than these are not kept.
const MOST: usize = 200;

/// When to stop. All that is said must hold; what is not said holds always.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct When {
    /// At steps of this kind.
    pub step: Option<StepKind>,
    /// In this world.
    pub world: Option<WorldKind>,
    /// When an event of this type is pending, published or delivered; with or without `Event` at its end.
    pub event: Option<String>,
    /// For this aggregate (`order-7f3a…`), or for all of a kind (`order`).
    pub aggregate: Option<String>,
    /// When the state, a pending event or the fact on its way has this value in this field.
    pub field: Option<(String, String)>,
}

/// A breakpoint, on or off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Breakpoint {
    /// When it stops a run.
    #[serde(with = "as_text")]
    pub when: When,
    /// Whether it does.
    pub on: bool,
}

impl When {
    const PARTS: [&'static str; 5] = ["step", "world", "event", "aggregate", "field"];

    /// Whether a step in a world is one to stop at.
    pub fn holds(&self, world: WorldKind, step: &TraceStep) -> bool {
        self.step.is_none_or(|kind| kind == step.step.kind)
            && self.world.is_none_or(|only| only == world)
            && self.event.as_ref().is_none_or(|event| events(step).any(|one| short(one) == short(event)))
            && self.aggregate.as_ref().is_none_or(|wanted| streams(step).any(|stream| is_of(stream, wanted)))
            && self
                .field
                .as_ref()
                .is_none_or(|(field, value)| values(step, field).iter().any(|one| text(one) == *value))
    }

    fn set(&mut self, part: &str, value: &str) -> Result<(), String> {
        if value.is_empty() {
            return Err(format!("`{part}` is given no value; expected {part}=VALUE"));
        }
        match part {
            "step" => self.step = Some(step_kind(value)?),
            "world" => self.world = Some(value.parse()?),
            "event" => self.event = Some(value.to_owned()),
            "aggregate" => self.aggregate = Some(value.to_owned()),
            "field" => {
                let (field, value) = value.split_once(':').ok_or_else(|| {
                    format!("`{}` is no field with its value; expected field=NAME:VALUE", shown(value))
                })?;
                self.field = Some((field.to_owned(), value.to_owned()));
            }
            _ => {
                return Err(format!(
                    "`{}` is no part of a breakpoint; {}",
                    shown(part),
                    suggestion(part, &Self::PARTS)
                ));
            }
        }
        Ok(())
    }
}

fn events(step: &TraceStep) -> impl Iterator<Item = &str> {
    let pending = step.step.root.iter().flat_map(|root| root.pending.iter().map(|(event, _)| *event));
    step.step.fact.iter().map(|fact| &*fact.event_type).chain(pending)
}

fn streams(step: &TraceStep) -> impl Iterator<Item = &str> {
    let of_root = step.step.root.iter().map(|root| &*root.stream);
    let of_fact = step.step.fact.iter().map(|fact| &*fact.stream);
    of_root.chain(of_fact).chain(std::iter::once(&*step.step.subject))
}

fn is_of(stream: &str, wanted: &str) -> bool {
    stream == wanted || stream.strip_prefix(wanted).is_some_and(|rest| rest.starts_with('-'))
}

fn values(step: &TraceStep, field: &str) -> Vec<Value> {
    let root = step.step.root.iter().flat_map(|root| {
        std::iter::once(&root.state).chain(root.pending.iter().map(|(_, data)| data)).filter_map(|one| one.get(field))
    });
    let fact = step.step.fact.as_ref().and_then(|fact| serde_json::from_str::<Value>(&fact.data).ok());
    root.cloned().chain(fact.and_then(|data| data.get(field).cloned())).collect()
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "nothing".to_owned(),
        other => other.to_string(),
    }
}

fn short(event: &str) -> &str {
    event.strip_suffix("Event").unwrap_or(event)
}

fn shown(text: &str) -> String {
    text.escape_debug().take(60).collect()
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            ("step", self.step.map(|kind| kind.name().to_owned())),
            ("world", self.world.map(|world| world.name().to_owned())),
            ("event", self.event.clone()),
            ("aggregate", self.aggregate.clone()),
            ("field", self.field.as_ref().map(|(field, value)| format!("{field}:{value}"))),
        ];
        let said: Vec<_> = parts.into_iter().filter_map(|(part, value)| Some(format!("{part}={}", value?))).collect();
        f.write_str(&said.join(","))
    }
}

impl FromStr for When {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut when = Self::default();
        for part in text.split(',').map(str::trim) {
            match part.split_once('=') {
                Some((part, value)) => when.set(part.trim(), value.trim())?,
                None => {
                    return Err(format!(
                        "`{}` is no part of a breakpoint; expected PART=VALUE, as in step=committed",
                        shown(part)
                    ));
                }
            }
        }
        Ok(when)
    }
}

mod as_text {
    use serde::{Deserialize, Deserializer, Serializer};

    use super::When;

    pub fn serialize<S: Serializer>(when: &When, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(when)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<When, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The file they are kept in.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    #[serde(default, rename = "breakpoint")]
    breakpoints: Vec<Breakpoint>,
}

/// The breakpoints that a file keeps; none where there is no file.
pub(super) fn read(file: &Path) -> Result<Vec<Breakpoint>, Failure> {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Failure::new(format!("cannot be read: {error}")).on(file)),
    };
    let kept: Kept = toml::from_str(&text).map_err(|error| {
        Failure::new(error.to_string().trim_end().to_owned()).on(file).remedy("mend the line, or remove the file")
    })?;
    Ok(kept.breakpoints)
}

/// The text of a file that keeps them.
pub(super) fn written(breakpoints: &[Breakpoint]) -> Result<String, Failure> {
    if breakpoints.len() > MOST {
        return Err(Failure::new(format!("there are {MOST} breakpoints already")).remedy("remove one first"));
    }
    let kept = Kept { breakpoints: breakpoints.to_vec() };
    toml::to_string(&kept).map_err(|error| Failure::new(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_breakpoint_reads_back_as_it_is_written_and_says_what_is_wrong() {
        for text in ["step=committed,world=state", "event=OrderPlaced", "aggregate=order,field=status:placed"] {
            assert_eq!(text.parse::<When>().map(|when| when.to_string()).as_deref(), Ok(text));
        }
        for (text, says) in [
            ("", "expected PART=VALUE"),
            ("step=comitted", "did you mean `committed`?"),
            ("stp=committed", "did you mean `step`?"),
            ("world=moon", "is no world"),
            ("field=status", "field=NAME:VALUE"),
            ("event=", "given no value"),
        ] {
            let error = text.parse::<When>().expect_err(text);
            assert!(error.contains(says), "{text}: {error}");
        }
    }
}
