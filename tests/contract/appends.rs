//! Appending: expected versions, all or nothing, positions.

use diptych::kernel::changes::Changes;
use diptych::kernel::store::Receipt;
use diptych::kernel::{Conflict, Expected, Position, Store, Timestamp, Version};
use diptych::storage::tables::PRODUCTS;

use crate::support::{append, appended, conflict, fact, failure, product, version_of, whole_log};

pub fn any_version_is_always_met_and_numbers_on(store: &dyn Store) {
    store.commit(&append("order-1", Expected::Any, &["a", "b"])).unwrap();
    store.commit(&append("order-1", Expected::Any, &["c"])).unwrap();
    assert_eq!(whole_log(store), ["1 order-1 1 id of a", "2 order-1 2 id of b", "3 order-1 3 id of c"]);
}

pub fn no_stream_is_met_once(store: &dyn Store) {
    store.commit(&append("order-1", Expected::NoStream, &["a"])).unwrap();
    let expected = Expected::NoStream;
    assert_eq!(
        conflict(store, &append("order-1", expected, &["b"])),
        Conflict { what: "order-1".to_owned(), expected, actual: Version(1) }
    );
    assert_eq!(whole_log(store), ["1 order-1 1 id of a"]);
}

pub fn exists_is_met_from_the_first_event_on(store: &dyn Store) {
    assert_eq!(conflict(store, &append("order-1", Expected::Exists, &["a"])).actual, Version::NONE);
    appended(store, "order-1", &["a"]);
    store.commit(&append("order-1", Expected::Exists, &["b"])).unwrap();
    assert_eq!(version_of(store, "order-1"), Version(2));
}

pub fn an_exact_version_is_met_by_that_version_only(store: &dyn Store) {
    appended(store, "order-1", &["a", "b"]);
    for wrong in [1, 3] {
        let expected = Expected::Exactly(Version(wrong));
        let conflict = conflict(store, &append("order-1", expected, &["c"]));
        assert_eq!((conflict.expected, conflict.actual), (expected, Version(2)));
    }
    store.commit(&append("order-1", Expected::Exactly(Version(2)), &["c"])).unwrap();
    assert_eq!(version_of(store, "order-1"), Version(3));
}

pub fn exactly_zero_means_no_stream(store: &dyn Store) {
    let expected = Expected::Exactly(Version::NONE);
    store.commit(&append("order-1", expected, &["a"])).unwrap();
    assert_eq!(conflict(store, &append("order-1", expected, &["b"])).actual, Version(1));
}

pub fn two_appends_to_one_stream_in_one_commit_see_each_other(store: &dyn Store) {
    let mut changes = append("order-1", Expected::NoStream, &["a"]);
    changes.join(append("order-1", Expected::Exactly(Version(1)), &["b"]));
    store.commit(&changes).unwrap();
    assert_eq!(whole_log(store), ["1 order-1 1 id of a", "2 order-1 2 id of b"]);
}

pub fn positions_follow_the_order_of_the_appends(store: &dyn Store) {
    let mut changes = append("order-1", Expected::Any, &["a", "b"]);
    changes.join(append("product-1", Expected::Any, &["c"]));
    changes.join(append("order-1", Expected::Any, &["d"]));
    let receipt = store.commit(&changes).unwrap();
    assert_eq!(receipt.positions, [1, 2, 3, 4].map(Position));
    assert_eq!(
        whole_log(store),
        ["1 order-1 1 id of a", "2 order-1 2 id of b", "3 product-1 1 id of c", "4 order-1 3 id of d"]
    );
    assert_eq!(store.head(), Ok(Position(4)));
}

pub fn a_failed_commit_uses_up_no_position(store: &dyn Store) {
    appended(store, "order-1", &["a"]);
    let mut changes = append("order-2", Expected::Any, &["b", "c"]);
    changes.join(append("order-3", Expected::Exists, &["d"]));
    conflict(store, &changes);
    assert_eq!(store.head(), Ok(Position(1)));
    let receipt = store.commit(&append("order-4", Expected::Any, &["e"])).unwrap();
    assert_eq!(receipt.positions, [Position(2)]);
}

pub fn a_conflict_in_the_last_part_leaves_nothing(store: &dyn Store) {
    store.commit(&crate::support::put(product("kept", "1.00", 1), Expected::Any)).unwrap();
    store.commit(&crate::support::put(product("changed", "1.00", 1), Expected::Any)).unwrap();
    let mut changes = Changes::default();
    changes.put(&PRODUCTS, product("new", "5.00", 1));
    changes.put(&PRODUCTS, product("changed", "9.00", 2));
    changes.delete(&PRODUCTS, "kept");
    changes.join(append("order-1", Expected::NoStream, &["a"]));
    changes.join(append("order-2", Expected::Exactly(Version(7)), &["b"]));
    assert_eq!(conflict(store, &changes).what, "order-2");

    assert_eq!(store.row(&PRODUCTS, "new"), Ok(None));
    assert_eq!(store.row(&PRODUCTS, "changed").unwrap(), Some(product("changed", "1.00", 1)));
    assert_eq!(store.row(&PRODUCTS, "kept").unwrap(), Some(product("kept", "1.00", 1)));
    assert_eq!(whole_log(store), [""; 0]);
    assert_eq!(crate::support::streams(store, ""), [""; 0]);
    store.commit(&append("order-1", Expected::NoStream, &["a"])).expect("the id of `a` was not used up");
}

pub fn an_event_id_is_taken_once(store: &dyn Store) {
    appended(store, "order-1", &["a"]);
    let mut changes = append("order-2", Expected::Any, &["b", "a"]);
    changes.put(&PRODUCTS, product("new", "5.00", 1));
    let says = failure(store, &changes);
    assert!(says.contains("event id of a of order-2 is in the log already"), "{says}");
    assert_eq!(whole_log(store), ["1 order-1 1 id of a"]);
    assert_eq!(store.count(&PRODUCTS), Ok(0));
    appended(store, "order-2", &["b"]);
    assert_eq!(store.head(), Ok(Position(2)));
}

pub fn an_event_id_twice_in_one_commit_writes_nothing(store: &dyn Store) {
    failure(store, &append("order-1", Expected::Any, &["a", "a"]));
    assert_eq!(whole_log(store), [""; 0]);
    appended(store, "order-1", &["a"]);
}

pub fn an_event_is_read_as_it_was_written(store: &dyn Store) {
    let mut changes = append("order-1", Expected::Any, &[]);
    let mut written = fact("order-1", "a ünicode 'quoted' name");
    written.event_type = "OrderPlacedEvent".into();
    written.schema_version = 3;
    written.recorded_at = Timestamp::parse("2024-02-29T23:59:59.999Z").unwrap();
    written.metadata = "{\"actor\":\"someone\"}".into();
    changes.appends[0].facts.push(written.clone());
    store.commit(&changes).unwrap();

    let mut read = Vec::new();
    store
        .stream("order-1", Version::NONE, &mut |kept| {
            read.push(kept.to_fact().expect("the time is one"));
            Ok(())
        })
        .unwrap();
    (written.version, written.position) = (Version(1), Some(Position(1)));
    assert_eq!(read, [written]);
}

pub fn an_empty_commit_writes_nothing(store: &dyn Store) {
    assert_eq!(store.commit(&Changes::default()), Ok(Receipt::default()));
    assert_eq!(store.head(), Ok(Position(0)));
}
