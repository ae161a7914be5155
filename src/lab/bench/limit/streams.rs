//! W1, W2 and W3 by hand: orders as streams of events.

use std::time::{Duration, Instant};

use rusqlite::{Connection, Statement, params};
use serde::Serialize;

use super::order::Order;
use super::{Done, Ids};
use crate::domain::Money;
use crate::kernel::Timestamp;
use crate::lab::bench::work::{SHORT, Script, Size};

const INSERT: &str = "INSERT INTO events \
     (event_id, stream_id, version, event_type, schema_version, recorded_at, data, metadata) \
     VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6, ?7)";
const LOAD: &str = "SELECT event_type, data FROM events WHERE stream_id = ?1 ORDER BY version";

#[derive(Serialize)]
struct Metadata<'a> {
    correlation: &'a str,
    causation: &'a str,
    command: &'a str,
    number: u64,
    actor: &'a str,
}

/// An order's id, and the stream it names.
struct Named {
    id: String,
    stream: String,
}

impl Named {
    fn new(id: String) -> Self {
        Self { stream: format!("order-{id}"), id }
    }
}

/// What is written beside each event of one command.
struct Envelope {
    recorded_at: String,
    at: String,
    now: Timestamp,
    metadata: String,
}

impl Envelope {
    fn new(ids: &mut Ids, command: &str, number: u64) -> Done<Self> {
        let (id, now) = (ids.random(), Script::time(number));
        let metadata = Metadata { correlation: &id, causation: &id, command, number, actor: "operator" };
        Ok(Self { recorded_at: now.column(), at: now.to_string(), now, metadata: serde_json::to_string(&metadata)? })
    }
}

/// W1. One `INSERT` outside of any transaction is a transaction of its own.
pub(in crate::lab::bench) fn commands(connection: &Connection, script: &Script, size: &Size) -> Done<Duration> {
    let (mut load, mut insert) = (connection.prepare(LOAD)?, connection.prepare(INSERT)?);
    let (mut ids, mut data) = (Ids::new(), Vec::new());
    let mut orders: Vec<Named> = Vec::with_capacity(size.orders);
    let mut number = 0;
    let start = Instant::now();
    for index in 0..SHORT {
        for which in 0..size.orders {
            number += 1;
            let step = script.step(which, index, SHORT);
            if index == 0 {
                orders.push(Named::new(ids.random()));
            }
            let order = &orders[which];
            let state = if index == 0 { Order::new() } else { read(&mut load, &order.stream)? };
            state.allows(&step)?;
            let envelope = Envelope::new(&mut ids, "Step", number)?;
            let event_type = state.event(&order.id, &step, &envelope.at, &mut data)?;
            write(&mut insert, &mut ids, order, state.version + 1, event_type, &envelope, &data)?;
        }
    }
    Ok(start.elapsed())
}

/// W2.
pub(in crate::lab::bench) fn lives(
    connection: &Connection,
    script: &Script,
    orders: usize,
    events: usize,
) -> Done<Duration> {
    let (mut begin, mut commit) = (connection.prepare("BEGIN IMMEDIATE")?, connection.prepare("COMMIT")?);
    let mut insert = connection.prepare(INSERT)?;
    let (mut ids, mut data) = (Ids::new(), Vec::new());
    let start = Instant::now();
    for which in 0..orders {
        let order = Named::new(ids.random());
        let envelope = Envelope::new(&mut ids, "Import", which as u64 + 1)?;
        let mut state = Order::new();
        begin.raw_execute()?;
        for index in 0..events {
            let step = script.step(which, index, events);
            state.allows(&step)?;
            let event_type = state.event(&order.id, &step, &envelope.at, &mut data)?;
            write(&mut insert, &mut ids, &order, state.version + 1, event_type, &envelope, &data)?;
            state.take(&step);
        }
        commit.raw_execute()?;
    }
    Ok(start.elapsed())
}

/// W3.
pub(in crate::lab::bench) fn loads(connection: &Connection, orders: &[String]) -> Done<(Duration, Money)> {
    let mut load = connection.prepare(LOAD)?;
    let mut stream = String::new();
    let mut sum = Money::ZERO;
    let start = Instant::now();
    for id in orders {
        stream.clear();
        stream.push_str("order-");
        stream.push_str(id);
        sum = sum.plus(read(&mut load, &stream)?.total()?)?;
    }
    Ok((start.elapsed(), sum))
}

fn read(load: &mut Statement<'_>, stream: &str) -> Done<Order> {
    let mut order = Order::new();
    let mut rows = load.query(params![stream])?;
    while let Some(row) = rows.next()? {
        order.fold(row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?)?;
    }
    Ok(order)
}

fn write(
    insert: &mut Statement<'_>,
    ids: &mut Ids,
    order: &Named,
    version: i64,
    event_type: &str,
    envelope: &Envelope,
    data: &[u8],
) -> Done<()> {
    insert.execute(params![
        ids.event(envelope.now),
        order.stream,
        version,
        event_type,
        envelope.recorded_at,
        std::str::from_utf8(data)?,
        envelope.metadata,
    ])?;
    Ok(())
}
