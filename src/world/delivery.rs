//! Delivery after the answer: the outbox for facts of state contexts, readers of the log for facts that are kept.
//!
//! Both deliver at least once. What came from the outbox is dropped by event id when it comes again; a reader's checkpoint moves in
//! the same commit as its rows, so it never comes again.

use super::bus;
use super::outbox;
use super::policy::Publishing;
use super::world::World;
use crate::application::read_models::{Batch, Subscriber};
use crate::kernel::changes::RowChange;
use crate::kernel::ledger::{CHECKPOINTS, DELIVERIES, OUTBOX};
use crate::kernel::probe::{Step, StepKind};
use crate::kernel::store::{LogRange, NotCommitted, Scanned, Select, Window};
use crate::kernel::table::Row;
use crate::kernel::{Changes, Expected, Fact, Failure, Position, Probe};

/// How many facts a reader of the log deals with in one commit.
const BATCH: usize = 1_000;

pub(super) async fn deliver(world: &World, probe: &Probe) -> Result<(), Failure> {
    if world.policy().publishing != Publishing::Outbox {
        return Ok(());
    }
    empty_outbox(world, probe).await?;
    let bus = world.bus().clone();
    for subscriber in bus.subscribers() {
        catch_up(world, subscriber, probe).await?;
    }
    Ok(())
}

/// Lets a subscriber read the log on from its checkpoint to the end; answers how many facts it has read.
pub(super) async fn catch_up(world: &World, subscriber: &dyn Subscriber, probe: &Probe) -> Result<u64, Failure> {
    let mut all = 0;
    let mut rows = Batch::new(world.shared_store());
    loop {
        let read = read_log(world, subscriber, probe, &mut rows).await?;
        all += read as u64;
        if read < BATCH {
            return Ok(all);
        }
    }
}

async fn empty_outbox(world: &World, probe: &Probe) -> Result<(), Failure> {
    loop {
        let window = Window { offset: 0, limit: BATCH as u64 };
        let waiting = world.store().select(&Select::all(&OUTBOX).window(window))?;
        if waiting.is_empty() {
            return Ok(());
        }
        for row in waiting {
            let fact = outbox::fact(&row)?;
            if let Err(failure) = hand_over(world, &fact, probe).await {
                let mut attempt = Changes::default();
                attempt.put(&OUTBOX, outbox::failed(row, &failure));
                commit(world, &attempt)?;
                return Err(failure);
            }
            let mut delivered = Changes::default();
            delivered.delete(&OUTBOX, fact.event_id.as_str());
            commit(world, &delivered)?;
            let step = || Step::new(StepKind::Cleared, "outbox", format!("{} deleted", fact.event_type));
            probe.reach(step).await?;
        }
    }
}

/// Hands a fact of the outbox to everyone who listens and has not had it yet.
async fn hand_over(world: &World, fact: &Fact, probe: &Probe) -> Result<(), Failure> {
    let bus = world.bus();
    let listening = bus.listening(&fact.event_type).count();
    let detail = || format!("outbox to {}", bus::so_many(listening));
    let step = || Step::new(StepKind::Publishing, fact.event_type.as_ref(), detail());
    probe.reach(step).await?;
    for subscriber in bus.listening(&fact.event_type) {
        let delivery = format!("{}/{}", subscriber.name(), fact.event_id);
        let duplicate = world.store().row(&DELIVERIES, &delivery)?.is_some();
        if !duplicate {
            let mut rows = Batch::new(world.shared_store());
            bus::react(subscriber, fact, &mut rows)?;
            let mut changes = rows.take();
            changes.rows.push(receipt(&delivery, subscriber, fact));
            commit(world, &changes)?;
        }
        let detail = if duplicate { "a duplicate, dropped" } else { fact.event_type.as_ref() };
        probe.reach(|| Step::new(StepKind::Delivered, subscriber.name(), detail)).await?;
    }
    Ok(())
}

fn receipt(delivery: &str, subscriber: &dyn Subscriber, fact: &Fact) -> RowChange {
    RowChange::Put {
        table: &DELIVERIES,
        row: Row::of(vec![
            delivery.into(),
            subscriber.name().into(),
            fact.event_id.as_str().into(),
            fact.recorded_at.column().into(),
        ]),
        before: None,
        expected: Expected::NoStream,
    }
}

/// Reads the log on from a subscriber's checkpoint; answers how many facts it has read.
async fn read_log(
    world: &World,
    subscriber: &dyn Subscriber,
    probe: &Probe,
    rows: &mut Batch,
) -> Result<usize, Failure> {
    let checkpoint = world.store().row(&CHECKPOINTS, subscriber.name())?;
    let from = Position(checkpoint.as_ref().map_or(0, bus::position));
    let mut dealt_with = 0;
    let wanted = |event_type: &str| subscriber.listens_to(event_type);
    let scanned = world.store().log_of(LogRange::after(from, BATCH), &wanted, &mut |kept| {
        dealt_with += 1;
        let fact = kept
            .to_fact()
            .map_err(|error| Failure::new(format!("event #{} has no time that can be read: {error}", kept.position)))?;
        subscriber.react(&fact, rows)
    })?;
    if scanned.events > 0 {
        let Scanned { position, event_id, recorded_at, .. } = &scanned;
        bus::advance(subscriber, Some(*position), event_id, recorded_at, rows)?;
        // Whoever watches may hold this up, and let another delivery write these rows before it goes on: then they are read anew.
        let changes = if probe.is_watched() { rows.take() } else { rows.changes() };
        commit(world, &changes)?;
        let detail = || format!("{dealt_with} of {} from the log, checkpoint {position}", scanned.events);
        probe.reach(|| Step::new(StepKind::Delivered, subscriber.name(), detail())).await?;
    }
    Ok(scanned.events)
}

fn commit(world: &World, changes: &Changes) -> Result<(), Failure> {
    match world.store().commit(changes) {
        Ok(_) => Ok(()),
        Err(NotCommitted::Failed(failure)) => Err(failure),
        Err(NotCommitted::Conflict(conflict)) => Err(Failure::new(conflict.to_string())),
    }
}
