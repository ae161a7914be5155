//! Single steps on a command's way: reading an event, folding a stream, sealing what was decided, one commit.
//!
//! `cargo bench --bench steps`

use std::hint::black_box;

use diptych::domain::order::{OrderItemAdded, OrderItemQuantityChanged};
use diptych::domain::{Order, OrderEvent, OrderId};
use diptych::kernel::call::Circumstances;
use diptych::kernel::changes::Append;
use diptych::kernel::{
    Aggregate, Call, Changes, Decision, DomainEvent, Expected, Fact, Id, Probe, Root, Store, Timestamp,
};
use diptych::storage::{Options, SqliteStore};
use divan::Bencher;
use futures_util::FutureExt;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

fn order() -> OrderId {
    Id::new("0b7a9c6e-2a55-4c36-9d61-0f8f0f7d1c11")
}

/// Ten lines, then ten other quantities of them.
fn life() -> Vec<OrderEvent> {
    let product = |line: i64| Id::new(format!("5d3c3e1e-7a15-4f0a-8f43-00000000000{}", line % 10));
    let at = Timestamp::start();
    let added = (0..10).map(|line| {
        let unit_price = "12.50".parse().expect("an amount");
        OrderItemAdded { order_id: order(), product_id: product(line), quantity: 1, unit_price, added_at: at }.into()
    });
    let changed = (10..20).map(|line| {
        let (old_quantity, new_quantity) = (1, line);
        let product_id = product(line);
        OrderItemQuantityChanged { order_id: order(), product_id, old_quantity, new_quantity, changed_at: at }.into()
    });
    added.chain(changed).collect()
}

fn call(number: u64) -> Call {
    let now = Timestamp::start();
    Call::new(Circumstances { command: "AddOrderItem", number, seed: 1, now, not_before: now, actor: "bench" })
}

/// A root for which `events` were decided and not yet saved.
fn decided(events: Vec<OrderEvent>) -> Root<Order> {
    let mut root = Root::start(order(), Probe::none());
    root.decide(|_| Ok(Decision { events, remark: None }))
        .now_or_never()
        .expect("nobody holds it up")
        .expect("no rule says no");
    root
}

fn facts(number: u64) -> Vec<Fact> {
    call(number).seal(&decided(life()[..1].to_vec())).expect("events can be written as JSON")
}

#[divan::bench]
fn decode_a_typed_event(bencher: Bencher<'_, '_>) {
    let event = &life()[0];
    let data = event.to_json().expect("events can be written as JSON");
    bencher.bench(|| OrderEvent::from_json(black_box(event.event_type()), black_box(&data)));
}

#[divan::bench]
fn fold_twenty_events(bencher: Bencher<'_, '_>) {
    let events = life();
    bencher.bench(|| {
        let mut state = Order::new(order());
        events.iter().for_each(|event| state.apply(black_box(event)));
        state
    });
}

#[divan::bench]
fn begin_a_call(bencher: Bencher<'_, '_>) {
    bencher.bench(|| call(black_box(17)));
}

#[divan::bench]
fn seal_twenty_events(bencher: Bencher<'_, '_>) {
    let root = decided(life());
    bencher.with_inputs(|| call(1)).bench_local_refs(|call| call.seal(black_box(&root)));
}

#[divan::bench]
fn commit_one_event(bencher: Bencher<'_, '_>) {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let store = SqliteStore::open(directory.path().join("log.db"), Options::default()).expect("a new file");
    let mut number = 0;
    bencher
        .with_inputs(|| {
            number += 1;
            let stream = format!("order-{number}");
            let append = Append { stream, expected: Expected::NoStream, facts: facts(number) };
            Changes { rows: Vec::new(), appends: vec![append] }
        })
        .bench_local_refs(|changes| store.commit(changes).expect("nobody else writes"));
}
