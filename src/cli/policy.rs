//! `diptych policy`: what a policy is made of, its pipeline as nested boxes.

use std::io::Write;

use clap::Args;
use serde_json::{Map, Value, json};

use super::Out;
use super::stopped::Stopped;
use super::text::json_line;
use crate::world::{Behaviour, Policy};

/// Say what a policy is made of: its parts, and the pipeline as boxes one inside the other
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  diptych policy\n  diptych policy unit-of-work\n  \
                  diptych policy unit-of-work,pipeline=logging+transaction+dispatch --json\n\n\
                  Without a policy, the three presets are told.")]
pub(super) struct Arguments {
    /// A preset, with parts of its own
    #[arg(value_name = "POLICY", value_parser = str::parse::<Policy>)]
    policy: Option<Policy>,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments, out: &mut Out) -> Result<(), Stopped> {
    let presets = || Policy::PRESETS.iter().filter_map(|name| Policy::preset(name)).collect();
    let policies: Vec<Policy> = arguments.policy.clone().map_or_else(presets, |policy| vec![policy]);
    for (index, policy) in policies.iter().enumerate() {
        if arguments.json {
            writeln!(out, "{}", json_line(&as_json(policy)))?;
            continue;
        }
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{policy}")?;
        for (part, value) in policy.parts().iter().filter(|(part, _)| *part != "pipeline") {
            writeln!(out, "  {part:<12} {value}")?;
        }
        for (depth, behaviour) in policy.pipeline.iter().enumerate() {
            let indent = "  ".repeat(depth + 1);
            writeln!(out, "{indent}{}: {}", behaviour.name(), behaviour.about())?;
        }
        writeln!(out, "{}the handler", "  ".repeat(policy.pipeline.len() + 1))?;
    }
    Ok(())
}

fn as_json(policy: &Policy) -> Value {
    let parts: Map<String, Value> =
        policy.parts().into_iter().map(|(part, value)| (part.to_owned(), value.into())).collect();
    json!({ "policy": policy.to_string(), "parts": parts, "pipeline": boxes(&policy.pipeline) })
}

/// A box with the next one inside; the handler is in the innermost.
fn boxes(behaviours: &[Behaviour]) -> Value {
    match behaviours.split_first() {
        None => json!("handler"),
        Some((behaviour, inner)) => {
            json!({ "behaviour": behaviour.name(), "about": behaviour.about(), "inside": boxes(inner) })
        }
    }
}
