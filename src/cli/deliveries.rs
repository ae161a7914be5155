//! `diptych deliveries`: what waits to be delivered, and how far each subscriber has come.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use super::settings::Worlds;
use super::stopped::Stopped;
use super::text::{json_line, plain};
use super::{Out, default_directory, note};
use crate::world::{Deliveries, Directory, Opening, Playground, WorldKind};

/// Say what waits to be delivered in each world, and how far each subscriber has come
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  diptych deliveries\n  diptych deliveries --dir DIR --world state --json\n\n\
                  Opening a playground tries once more to deliver what waits under publishing=outbox; what is listed here did not work \
                  this time either.")]
pub(super) struct Arguments {
    /// The playground's directory; otherwise the one in your data directory
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Which worlds
    #[arg(long, value_enum, default_value_t = Worlds::All)]
    world: Worlds,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: Arguments, out: &mut Out) -> Result<(), Stopped> {
    let path = arguments.dir.map_or_else(default_directory, Ok)?;
    let opening = Opening { worlds: arguments.world.kinds(), ..Opening::of(Directory::existing(&path)?) };
    let mut playground = Playground::open(opening)?;
    for notice in playground.take_notices() {
        note(&notice);
    }
    for world in playground.worlds() {
        let deliveries = world.deliveries()?;
        if arguments.json {
            writeln!(out, "{}", json_line(&as_json(world.kind(), &deliveries)))?;
        } else {
            tell(out, world.kind(), &deliveries)?;
        }
    }
    Ok(())
}

fn tell(out: &mut dyn Write, world: WorldKind, deliveries: &Deliveries) -> io::Result<()> {
    writeln!(out, "{}  {} waiting in the outbox", world.name(), deliveries.waiting)?;
    for one in &deliveries.queue {
        let (event, stream) = (plain(&one.event_type), plain(&one.stream));
        let error = one.last_error.as_deref().map_or(String::new(), |error| format!(": {}", plain(error)));
        writeln!(out, "    {event}  {stream}  tried {} times{error}", one.attempts)?;
    }
    for one in &deliveries.subscribers {
        let dropped = if one.dropped == 0 { String::new() } else { format!(", {} duplicates dropped", one.dropped) };
        writeln!(out, "    {:<24} at event {}, {} behind{dropped}", one.name, one.position, one.behind)?;
    }
    Ok(())
}

fn as_json(world: WorldKind, deliveries: &Deliveries) -> Value {
    let queue: Vec<_> = deliveries
        .queue
        .iter()
        .map(|one| {
            json!({
                "event_id": one.event_id,
                "type": one.event_type,
                "stream": one.stream,
                "attempts": one.attempts,
                "last_error": one.last_error,
            })
        })
        .collect();
    let subscribers: Vec<_> = deliveries
        .subscribers
        .iter()
        .map(|one| {
            json!({
                "name": one.name,
                "position": one.position,
                "behind": one.behind,
                "last_event": one.last_event,
                "dropped": one.dropped,
            })
        })
        .collect();
    json!({ "world": world.name(), "waiting": deliveries.waiting, "queue": queue, "subscribers": subscribers })
}
