//! Snapshots make no difference to what is recalled, whatever state they are in.

use std::num::NonZeroU64;

use diptych::domain::Product;
use diptych::kernel::call::Circumstances;
use diptych::kernel::ledger::SNAPSHOTS;
use diptych::kernel::root::Recalled;
use diptych::kernel::store::{Select, Store};
use diptych::kernel::table::Value;
use diptych::kernel::{Aggregate, Call, Changes, Id, Persistence, Probe, Root, Timestamp};
use diptych::storage::EventSourcing;
use futures_util::FutureExt;

const EVERY_THIRD: EventSourcing = EventSourcing { snapshots: NonZeroU64::new(3) };

fn id() -> Id<Product> {
    Id::new("laptop")
}

fn recall(store: &dyn Store, persistence: EventSourcing) -> Recalled<Product> {
    persistence.recall(store, &id()).unwrap().unwrap()
}

/// A product whose price has changed so often that its stream has eight events, saved with snapshots.
fn a_product_of_eight_events(store: &dyn Store) {
    let at = Timestamp::start();
    for number in 1..=8 {
        let call =
            Call::new(Circumstances { command: "Test", number, seed: 1, now: at, not_before: at, actor: "test" });
        let mut root = match EVERY_THIRD.recall(store, &id()).unwrap() {
            Some(recalled) => Root::recalled(id(), recalled, Probe::none()),
            None => Root::start(id(), Probe::none()),
        };
        let price = number.to_string().parse().unwrap();
        let decided = root.decide(|product: &Product| match number {
            1 => product.create("Laptop".to_owned(), price, at),
            _ => product.update_price(price, at),
        });
        decided.now_or_never().unwrap().unwrap();
        let facts = call.seal(&root).unwrap();
        store.commit(&EVERY_THIRD.changes(&root, &facts, at)).unwrap();
    }
}

/// Changes cells of the latest snapshot, the one at version 6.
fn spoil(store: &dyn Store, cells: &[(&str, Value)]) {
    let mut rows = store.select(&Select::all(&SNAPSHOTS).order_by("version", false)).unwrap();
    let mut row = rows.pop().unwrap();
    for (column, value) in cells {
        row.cells[SNAPSHOTS.column(column).unwrap()] = value.clone();
    }
    let mut changes = Changes::default();
    changes.put(&SNAPSHOTS, row);
    store.commit(&changes).unwrap();
}

fn is_what_a_whole_fold_gives(store: &dyn Store) -> String {
    let with = recall(store, EVERY_THIRD);
    let without = recall(store, EventSourcing::WITHOUT_SNAPSHOTS);
    assert_eq!((&with.state, with.version), (&without.state, without.version));
    with.remark.unwrap_or_default()
}

pub fn a_snapshot_is_kept_every_so_many_events_and_recalls_the_same(store: &dyn Store) {
    a_product_of_eight_events(store);
    let kept: Vec<_> = store
        .select(&Select::all(&SNAPSHOTS))
        .unwrap()
        .iter()
        .map(|row| row.integer(SNAPSHOTS.column("version").unwrap()))
        .collect();
    assert_eq!(kept, [3, 6]);
    assert_eq!(is_what_a_whole_fold_gives(store), "from the snapshot at version 6");
}

pub fn a_bad_snapshot_means_folding_from_the_start(store: &dyn Store) {
    a_product_of_eight_events(store);
    spoil(store, &[("state", Value::from("{\"id\": 7}"))]);
    assert!(is_what_a_whole_fold_gives(store).starts_with("the snapshot at version 6 cannot be read"));
}

pub fn a_snapshot_of_another_fold_does_not_count(store: &dyn Store) {
    a_product_of_eight_events(store);
    let other = i64::from(Product::FOLD_VERSION) + 1;
    spoil(store, &[("fold_version", other.into()), ("state", Value::from("not even JSON"))]);
    assert_eq!(is_what_a_whole_fold_gives(store), "from the snapshot at version 3");
}

pub fn a_snapshot_of_another_history_is_passed_over(store: &dyn Store) {
    a_product_of_eight_events(store);
    spoil(store, &[("version", 9.into())]);
    assert!(is_what_a_whole_fold_gives(store).contains("of another history"));
}
