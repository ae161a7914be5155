//! One contender's run: every command timed, the reads after it, and the delivery that brings the read models up to date.

use std::ops::ControlFlow;
use std::path::Path;
use std::rc::Rc;
use std::time::Instant;

use super::figures::{Figures, Taken};
use super::{Contender, Load, SNAPSHOTS, Settings};
use crate::application::read_models::{Notifications, OrderSummary, OrderSummaryCorrected, Subscriber};
use crate::domain::OrderId;
use crate::kernel::{Failure, Id};
use crate::lab::bench::diptych::{circumstances, command, finish, stopped};
use crate::lab::bench::work::Script;
use crate::storage::{Options, SqliteStore};
use crate::world::{Bus, Policy, Wiring, World, WorldKind};

/// So often progress is told.
const BREATH: u64 = 20;

/// Runs one contender on a fresh file; nothing where `step` ended it.
pub(super) fn run(
    contender: Contender,
    file: &Path,
    load: &Load,
    settings: &Settings,
    script: &Script,
    step: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<Option<Figures>, Failure> {
    let world = world(contender, file, load)?;
    let (aggregates, events) = (index(settings.aggregates), index(load.events_per_aggregate));
    let mut orders: Vec<OrderId> = Vec::with_capacity(aggregates);
    let mut taken = Vec::with_capacity(aggregates * events);
    let mut number = 0;
    for event in 0..events {
        for order in 0..aggregates {
            number += 1;
            if number % BREATH == 0 && step(number).is_break() {
                return Ok(None);
            }
            let command = command(orders.get(order), script.step(order, event, events));
            let of = circumstances(command.description().name, number);
            let start = Instant::now();
            let reply = finish(world.dispatch(command, of))?;
            let write = start.elapsed();
            if let Some(error) = reply.result.error {
                return Err(Failure::new(format!("{}, command {number}: {error}", contender.name())));
            }
            if event == 0 {
                let id = reply.result.result.as_ref().and_then(|result| result["order_id"].as_str());
                orders.push(Id::new(id.unwrap_or_default()));
            }
            let start = Instant::now();
            finish(world.deliver())??;
            let lag = start.elapsed();
            // Every read is a command's own: nothing of the one before is at hand.
            let reads = settings.reads_per_write.max(1);
            let start = Instant::now();
            if let Some(id) = orders.get(order) {
                for _ in 0..reads {
                    finish(world.open_shop(circumstances("Read", number)).orders.load(id))?.map_err(stopped)?;
                }
            }
            let read = start.elapsed() / u32::try_from(reads).unwrap_or(u32::MAX);
            taken.push(Taken { version: event as u64 + 1, write, read, lag });
        }
    }
    // Closing writes the log of the database into its file.
    drop(world);
    let broken = |error: std::io::Error| Failure::new(format!("cannot be looked at: {error}")).on(file);
    let bytes = std::fs::metadata(file).map_err(broken)?.len();
    Ok(Some(Figures::of(contender, &taken, bytes, load.read_models > 0)))
}

fn world(contender: Contender, file: &Path, load: &Load) -> Result<World, Failure> {
    let policy = match contender {
        Contender::EventsSnapshots => format!("mended,snapshots={SNAPSHOTS}"),
        Contender::State | Contender::Events => "mended".to_owned(),
    };
    let policy: Policy = policy.parse().map_err(Failure::new)?;
    let (kind, wiring) = match contender {
        Contender::State => (WorldKind::State, Wiring::STATE),
        Contender::Events | Contender::EventsSnapshots => (WorldKind::Events, Wiring::EVENTS),
    };
    let models: [Box<dyn Subscriber>; 3] =
        [Box::new(OrderSummary), Box::new(OrderSummaryCorrected), Box::new(Notifications)];
    let followed = models.into_iter().take(index(load.read_models)).collect();
    World::new(kind, wiring, Rc::new(policy), Rc::new(SqliteStore::open(file, Options::default())?), Bus::of(followed))
}

fn index(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
