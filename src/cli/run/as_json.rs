//! A run as lines of JSON: for programs, and for comparing two runs byte by byte.

use std::io::Write;

use serde_json::{Map, Value, json};

use super::super::Out;
use super::super::stopped::Stopped;
use super::super::text::json_line;
use super::Report;
use crate::engine::scenario::{Played, Player};
use crate::kernel::Fact;
use crate::world::{Blame, Difference, Playground};

/// One object a line: one for each scene and world, one for each world's final rows, and whether they agree.
pub(super) struct AsJson<'a>(&'a mut Out);

impl<'a> AsJson<'a> {
    pub fn new(out: &'a mut Out) -> Self {
        Self(out)
    }

    fn line(&mut self, value: &Value) -> Result<(), Stopped> {
        Ok(writeln!(self.0, "{}", json_line(value))?)
    }
}

impl Report for AsJson<'_> {
    fn begin(&mut self, _: &Player, _: &Playground) -> Result<(), Stopped> {
        Ok(())
    }

    fn scene(&mut self, played: &Played, _: &Player) -> Result<(), Stopped> {
        let comparisons = || played.comparison.iter().chain(&played.beside);
        for (comparison, one) in comparisons().flat_map(|one| one.worlds.iter().map(move |reply| (one, reply))) {
            let result = &one.reply.result;
            let mut line = json!({
                "scene": played.number,
                "world": one.world.name(),
                "command": comparison.input.command,
                "status": result.status,
                "result": result.result,
                "error": result.error,
                "events": one.reply.facts.iter().map(event).collect::<Vec<_>>(),
            });
            let faults: Vec<_> = comparison.input.faults.iter().filter(|fault| fault.hits(one.world)).collect();
            if !faults.is_empty() {
                line["faults"] = json!(faults);
            }
            if let Some(place) = one.crashed {
                line["crashed"] = json!(place.to_string());
            }
            self.line(&line)?;
        }
        // Whoever reads along must see an answer as soon as it is given.
        Ok(self.0.flush()?)
    }

    fn end(
        &mut self,
        playground: &Playground,
        difference: Option<&Difference>,
        blame: Option<&Blame>,
    ) -> Result<(), Stopped> {
        for world in playground.worlds() {
            self.line(&json!({ "world": world.kind().name(), "final": playground.final_rows(world)? }))?;
        }
        self.line(&match difference {
            None => json!({ "agree": true }),
            Some(difference) => {
                let mut line = json!({ "agree": false, "difference": as_value(difference) });
                if let Some(blame) = blame {
                    line["blame"] = json!({ "command": blame.input, "faults": blame.faults, "order": blame.order });
                }
                line
            }
        })?;
        Ok(self.0.flush()?)
    }
}

fn event(fact: &Fact) -> Value {
    let data: Value = serde_json::from_str(&fact.data).unwrap_or_else(|_| Value::from(fact.data.as_str()));
    json!({ "type": fact.event_type, "data": data })
}

fn as_value(difference: &Difference) -> Value {
    let values: Map<String, Value> =
        difference.values.iter().map(|(world, value)| (world.name().to_owned(), value.clone())).collect();
    json!({ "of": difference.of, "field": difference.field, "values": values })
}
