//! Reading the log, its streams and the list of them.

use diptych::kernel::store::{Last, LogRange, Window};
use diptych::kernel::{Failure, Position, Store, Version};
use diptych::world::TABLES;

use crate::support::{appended, streams, stretch, version_of, whole_log};

pub fn a_new_store_is_empty(store: &dyn Store) {
    assert_eq!(store.head(), Ok(Position(0)));
    assert_eq!(store.count_streams(""), Ok(0));
    for table in TABLES {
        assert_eq!(store.count(table), Ok(0), "{}", table.name);
        assert_eq!(store.row(table, "any"), Ok(None), "{}", table.name);
    }
}

pub fn a_stream_is_read_after_a_version(store: &dyn Store) {
    appended(store, "order-1", &["a", "b", "c"]);
    appended(store, "order-10", &["d"]);
    let read = |after| {
        let mut read = Vec::new();
        store
            .stream("order-1", Version(after), &mut |kept| {
                read.push(kept.version.0);
                Ok(())
            })
            .unwrap();
        read
    };
    assert_eq!(read(0), [1, 2, 3]);
    assert_eq!(read(2), [3]);
    assert_eq!(read(3), [0; 0]);
    assert_eq!(read(u64::MAX), [0; 0]);
}

pub fn the_log_is_read_forwards_from_a_position(store: &dyn Store) {
    appended(store, "order-1", &["a", "b", "c", "d"]);
    assert_eq!(stretch(store, LogRange::after(Position(1), 2)), ["2 order-1 2 id of b", "3 order-1 3 id of c"]);
    assert_eq!(stretch(store, LogRange::after(Position(4), 2)), [""; 0]);
    assert_eq!(stretch(store, LogRange::after(Position(u64::MAX), 2)), [""; 0]);
    assert_eq!(stretch(store, LogRange::after(Position(0), 0)), [""; 0]);
}

pub fn the_log_is_read_backwards_from_the_end_or_a_position(store: &dyn Store) {
    appended(store, "order-1", &["a", "b", "c", "d"]);
    assert_eq!(stretch(store, LogRange::tail(2)), ["4 order-1 4 id of d", "3 order-1 3 id of c"]);
    let before = |position| LogRange { from: Position(position), limit: 2, newest_first: true };
    assert_eq!(stretch(store, before(3)), ["2 order-1 2 id of b", "1 order-1 1 id of a"]);
    assert_eq!(stretch(store, before(1)), [""; 0]);
    assert_eq!(stretch(store, before(99)), stretch(store, LogRange::tail(2)));
}

pub fn whoever_reads_can_stop(store: &dyn Store) {
    appended(store, "order-1", &["a", "b", "c"]);
    let mut read = 0;
    let stopped = store.log(LogRange::after(Position(0), 10), &mut |_| {
        read += 1;
        if read == 2 { Err(Failure::new("enough")) } else { Ok(()) }
    });
    assert_eq!((stopped, read), (Err(Failure::new("enough")), 2));
    appended(store, "order-1", &["d"]);
    assert_eq!(version_of(store, "order-1"), Version(4));
}

pub fn streams_are_in_order_of_their_first_event(store: &dyn Store) {
    for (stream, name) in [("order-9", "a"), ("order-1", "b"), ("product-5", "c"), ("order-9", "d"), ("order-5", "e")] {
        appended(store, stream, &[name]);
    }
    assert_eq!(streams(store, "order-"), ["order-9", "order-1", "order-5"]);
    assert_eq!(streams(store, ""), ["order-9", "order-1", "product-5", "order-5"]);
    assert_eq!(store.streams("order-", Window { offset: 1, limit: 1 }), Ok(vec!["order-1".to_owned()]));
    assert_eq!(store.streams("order-", Window { offset: 3, limit: 9 }), Ok(vec![]));
    assert_eq!(store.count_streams("order-"), Ok(3));
    assert_eq!(whole_log(store).len(), 5);
}

pub fn a_stream_and_its_last_event_have_their_places(store: &dyn Store) {
    for (stream, name) in [("order-9", "a"), ("product-5", "b"), ("order-1", "c"), ("order-9", "d")] {
        appended(store, stream, &[name]);
    }
    assert_eq!(store.last_of("order-9"), Ok(Some(Last { version: Version(2), position: Position(4) })));
    assert_eq!(store.last_of("order-2"), Ok(None));
    assert_eq!(store.place_of_stream("order-", "order-9"), Ok(Some(0)));
    assert_eq!(store.place_of_stream("order-", "order-1"), Ok(Some(1)));
    assert_eq!(store.place_of_stream("", "order-1"), Ok(Some(2)));
    assert_eq!(store.place_of_stream("order-", "order-2"), Ok(None));
    assert_eq!(store.place_of_stream("order-", "product-5"), Ok(None));
}

pub fn a_prefix_catches_no_other_kind_of_stream(store: &dyn Store) {
    appended(store, "orders-1", &["a"]);
    appended(store, "order", &["b"]);
    appended(store, "order-1", &["c"]);
    assert_eq!(streams(store, "order-"), ["order-1"]);
    assert_eq!(store.count_streams("order-"), Ok(1));
    assert_eq!(version_of(store, "order-"), Version::NONE);
}

pub fn a_prefix_is_text_and_no_pattern(store: &dyn Store) {
    appended(store, "order-1", &["a"]);
    appended(store, "ünder%-1", &["b"]);
    for pattern in ["order%", "order_", "ORDER-", "*", "[o]rder-"] {
        assert_eq!(streams(store, pattern), [""; 0], "{pattern}");
    }
    assert_eq!(streams(store, "ünder%"), ["ünder%-1"]);
}
