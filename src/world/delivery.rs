//! Delivery after the answer: the outbox for facts of state contexts, readers of the log for facts that are kept.
//!
//! Both deliver at least once. What came from the outbox is dropped by event id when it comes again; a reader's checkpoint moves in
//! the same commit as its rows, so it never comes again.

use std::rc::Rc;

use super::bus::{self, Bus};
use super::outbox;
use super::policy::Publishing;
use crate::application::read_models::{Batch, Subscriber};
use crate::kernel::changes::RowChange;
use crate::kernel::ledger::{CHECKPOINTS, DELIVERIES, OUTBOX};
use crate::kernel::probe::{Step, StepKind};
use crate::kernel::store::{LogRange, NotCommitted, Scanned, Select, Window};
use crate::kernel::table::Row;
use crate::kernel::{Changes, Expected, Fact, Failure, Position, Probe, Store};

/// How many facts a reader of the log deals with in one commit.
const BATCH: usize = 1_000;

/// What delivering needs of a world, so that it can be on its way beside other things.
pub(super) struct Delivery {
    pub store: Rc<dyn Store>,
    pub bus: Bus,
    pub publishing: Publishing,
    pub probe: Probe,
}

impl Delivery {
    /// Delivers everything that waits, if the policy leaves anything waiting.
    pub async fn run(&self) -> Result<(), Failure> {
        if self.publishing != Publishing::Outbox {
            return Ok(());
        }
        self.empty_outbox().await?;
        for subscriber in self.bus.subscribers() {
            self.catch_up(subscriber).await?;
        }
        Ok(())
    }

    /// Lets a subscriber read the log on from its checkpoint to the end; answers how many facts it has read.
    pub async fn catch_up(&self, subscriber: &dyn Subscriber) -> Result<u64, Failure> {
        let mut all = 0;
        let mut rows = Batch::new(Rc::clone(&self.store));
        loop {
            let read = self.read_log(subscriber, &mut rows).await?;
            all += read as u64;
            if read < BATCH {
                return Ok(all);
            }
        }
    }

    async fn empty_outbox(&self) -> Result<(), Failure> {
        loop {
            let window = Window { offset: 0, limit: BATCH as u64 };
            let waiting = self.store.select(&Select::all(&OUTBOX).window(window))?;
            if waiting.is_empty() {
                return Ok(());
            }
            for row in waiting {
                let fact = outbox::fact(&row)?;
                if let Err(failure) = self.hand_over(&fact).await {
                    // Another delivery may have been through with it while this one was held up.
                    if self.store.row(&OUTBOX, row.key())?.is_some() {
                        self.commit(&outbox::failed(row, &failure))?;
                    }
                    return Err(failure);
                }
                let mut delivered = Changes::default();
                delivered.delete(&OUTBOX, fact.event_id.as_str());
                self.commit(&delivered)?;
                let step =
                    || Step::new(StepKind::Cleared, "outbox", format!("{} deleted", fact.event_type)).about(&fact);
                self.probe.reach(step).await?;
            }
        }
    }

    /// Hands a fact of the outbox to everyone who listens and has not had it yet.
    async fn hand_over(&self, fact: &Fact) -> Result<(), Failure> {
        let listening = self.bus.listening(&fact.event_type).count();
        let detail = || format!("outbox to {}", bus::so_many(listening));
        let step = || Step::new(StepKind::Publishing, fact.event_type.as_ref(), detail()).about(fact);
        self.probe.reach(step).await?;
        for subscriber in self.bus.listening(&fact.event_type) {
            let delivery = format!("{}/{}", subscriber.name(), fact.event_id);
            let had = self.store.row(&DELIVERIES, &delivery)?;
            let detail = if had.is_some() { DROPPED } else { fact.event_type.as_ref() };
            match had {
                Some(receipt) => self.commit(&dropped(receipt))?,
                None => {
                    let mut rows = Batch::new(Rc::clone(&self.store));
                    bus::react(subscriber, fact, &mut rows)?;
                    let mut changes = rows.take();
                    changes.rows.push(receipt(&delivery, subscriber, fact));
                    self.commit(&changes)?;
                }
            }
            self.probe.reach(|| Step::new(StepKind::Delivered, subscriber.name(), detail).about(fact)).await?;
        }
        Ok(())
    }

    /// Reads the log on from a subscriber's checkpoint; answers how many facts it has read.
    async fn read_log(&self, subscriber: &dyn Subscriber, rows: &mut Batch) -> Result<usize, Failure> {
        let checkpoint = self.store.row(&CHECKPOINTS, subscriber.name())?;
        let from = Position(checkpoint.as_ref().map_or(0, bus::position));
        let mut dealt_with = 0;
        let wanted = |event_type: &str| subscriber.listens_to(event_type);
        let scanned = self.store.log_of(LogRange::after(from, BATCH), &wanted, &mut |kept| {
            dealt_with += 1;
            let fact = kept.to_fact().map_err(|error| {
                Failure::new(format!("event #{} has no time that can be read: {error}", kept.position))
            })?;
            subscriber.react(&fact, rows)
        })?;
        if scanned.events > 0 {
            let Scanned { position, event_id, recorded_at, .. } = &scanned;
            bus::advance(subscriber, Some(*position), event_id, recorded_at, rows)?;
            // Whoever watches may hold this up, and let another delivery write these rows before it goes on: then they are read anew.
            let changes = if self.probe.is_watched() { rows.take() } else { rows.changes() };
            self.commit(&changes)?;
            let detail = || format!("{dealt_with} of {} from the log, checkpoint {position}", scanned.events);
            self.probe.reach(|| Step::new(StepKind::Delivered, subscriber.name(), detail())).await?;
        }
        Ok(scanned.events)
    }

    fn commit(&self, changes: &Changes) -> Result<(), Failure> {
        match self.store.commit(changes) {
            Ok(_) => Ok(()),
            Err(NotCommitted::Failed(failure)) => Err(failure),
            Err(NotCommitted::Conflict(conflict)) => Err(Failure::new(conflict.to_string())),
        }
    }
}

/// What the trace says of a fact that a subscriber has had already.
pub(super) const DROPPED: &str = "a duplicate, dropped";

fn receipt(delivery: &str, subscriber: &dyn Subscriber, fact: &Fact) -> RowChange {
    RowChange::Put {
        table: &DELIVERIES,
        row: Row::of(vec![
            delivery.into(),
            subscriber.name().into(),
            fact.event_id.as_str().into(),
            fact.recorded_at.column().into(),
            0.into(),
        ]),
        before: None,
        expected: Expected::NoStream,
    }
}

/// The receipt of a fact that came once more.
fn dropped(mut receipt: Row) -> Changes {
    const TIMES: usize = 4;
    receipt.cells[TIMES] = (receipt.integer(TIMES) + 1).into();
    let mut changes = Changes::default();
    changes.put(&DELIVERIES, receipt);
    changes
}
