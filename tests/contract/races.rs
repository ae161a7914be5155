//! Two connections to one file, at the same time.

use std::sync::Barrier;
use std::thread;

use diptych::kernel::store::NotCommitted;
use diptych::kernel::{Expected, Position, Store};
use diptych::storage::SqliteStore;

use crate::support::{append, version_of, whole_log};

const ROUNDS: usize = 200;

/// Both have seen the same version when they write: one wins, the other gets one conflict, loads again and wins then.
#[test]
fn of_two_writers_one_wins_and_the_other_has_one_conflict() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("world.db");
    SqliteStore::open(&path, Default::default()).unwrap();
    let together = Barrier::new(2);
    let write = |name: &str| {
        let store = SqliteStore::open(&path, Default::default()).unwrap();
        let mut conflicts = 0;
        for round in 0..ROUNDS {
            together.wait();
            let mut seen = version_of(&store, "order-1");
            together.wait();
            let event = format!("{name} {round}");
            loop {
                match store.commit(&append("order-1", Expected::Exactly(seen), &[&event])) {
                    Ok(_) => break,
                    Err(NotCommitted::Conflict(conflict)) => {
                        conflicts += 1;
                        assert!(conflict.actual > seen);
                        seen = version_of(&store, "order-1");
                    }
                    Err(NotCommitted::Failed(failure)) => panic!("{failure}"),
                }
            }
        }
        conflicts
    };
    let conflicts = thread::scope(|scope| {
        let other = scope.spawn(|| write("left"));
        write("right") + other.join().unwrap()
    });
    assert_eq!(conflicts, ROUNDS);

    let store = SqliteStore::open(&path, Default::default()).unwrap();
    assert_eq!(store.head(), Ok(Position(2 * ROUNDS as u64)));
    for (number, line) in (1..).zip(whole_log(&store)) {
        assert!(line.starts_with(&format!("{number} order-1 {number} ")), "{line}");
    }
}
