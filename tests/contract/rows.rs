//! Rows: versions, lines, order of creation.

use diptych::kernel::changes::{Changes, RowChange};
use diptych::kernel::ledger::{DELIVERIES, PROGRESS};
use diptych::kernel::store::Select;
use diptych::kernel::table::Row;
use diptych::kernel::{Conflict, Expected, Store, Version};
use diptych::storage::tables::{ORDERS, PRODUCTS};

use crate::support::{conflict, failure, order, product, products, put, put_order};

pub fn a_row_is_read_as_it_was_written(store: &dyn Store) {
    let row = order("o", 1, &[("laptop", 1), ("it's \"ünicode\"", 2)]);
    store.commit(&put_order(row.clone(), None, Expected::Any)).unwrap();
    assert_eq!(store.row(&ORDERS, "o"), Ok(Some(row)));
    assert_eq!(store.row(&ORDERS, "O"), Ok(None));
}

pub fn any_version_overwrites(store: &dyn Store) {
    for row in [product("p", "1.00", 5), product("p", "2.00", 2)] {
        store.commit(&put(row.clone(), Expected::Any)).unwrap();
        assert_eq!(store.row(&PRODUCTS, "p"), Ok(Some(row)));
    }
    assert_eq!(store.count(&PRODUCTS), Ok(1));
}

pub fn a_version_check_lets_the_first_writer_through_only(store: &dyn Store) {
    products(store, &[("p", "1.00")]);
    let expected = Expected::Exactly(Version(1));
    store.commit(&put(product("p", "2.00", 2), expected)).unwrap();
    assert_eq!(
        conflict(store, &put(product("p", "3.00", 2), expected)),
        Conflict { what: "product-p".to_owned(), expected, actual: Version(2) }
    );
    assert_eq!(store.row(&PRODUCTS, "p"), Ok(Some(product("p", "2.00", 2))));
    assert_eq!(conflict(store, &put(product("q", "3.00", 2), expected)).actual, Version::NONE);
    assert_eq!(store.count(&PRODUCTS), Ok(1));
}

pub fn a_row_has_its_place_in_the_order_of_creation(store: &dyn Store) {
    products(store, &[("q", "1.00"), ("p", "1.00"), ("r", "1.00")]);
    assert_eq!(
        ["q", "p", "r", "s"].map(|key| store.place(&PRODUCTS, key)),
        [Ok(Some(0)), Ok(Some(1)), Ok(Some(2)), Ok(None)]
    );
}

pub fn a_new_row_is_written_once(store: &dyn Store) {
    for expected in [Expected::NoStream, Expected::Exactly(Version::NONE)] {
        let id = format!("{expected:?}");
        store.commit(&put(product(&id, "1.00", 4), expected)).unwrap();
        assert_eq!(conflict(store, &put(product(&id, "2.00", 1), expected)).actual, Version(4));
        assert_eq!(store.row(&PRODUCTS, &id), Ok(Some(product(&id, "1.00", 4))));
    }
}

pub fn exists_needs_a_row(store: &dyn Store) {
    assert_eq!(conflict(store, &put(product("p", "1.00", 1), Expected::Exists)).actual, Version::NONE);
    assert_eq!(store.count(&PRODUCTS), Ok(0));
    products(store, &[("p", "1.00")]);
    store.commit(&put(product("p", "2.00", 9), Expected::Exists)).unwrap();
    assert_eq!(store.row(&PRODUCTS, "p"), Ok(Some(product("p", "2.00", 9))));
}

pub fn a_table_without_versions_knows_there_and_not_there(store: &dyn Store) {
    let delivery = |at: &str| Row::of(vec!["mail/e1".into(), "mail".into(), "e1".into(), at.into(), 0.into()]);
    let put = |at, expected| Changes {
        rows: vec![RowChange::Put { table: &DELIVERIES, row: delivery(at), before: None, expected }],
        appends: vec![],
    };
    assert_eq!(conflict(store, &put("early", Expected::Exists)).actual, Version::NONE);
    store.commit(&put("first", Expected::NoStream)).unwrap();
    assert_eq!(conflict(store, &put("second", Expected::NoStream)).what, "delivery-mail/e1");
    assert_eq!(store.row(&DELIVERIES, "mail/e1"), Ok(Some(delivery("first"))));
    store.commit(&put("third", Expected::Exists)).unwrap();
    assert_eq!(store.row(&DELIVERIES, "mail/e1"), Ok(Some(delivery("third"))));
    let says = failure(store, &put("fourth", Expected::Exactly(Version(1))));
    assert!(says.contains("rows of deliveries have no version"), "{says}");
}

pub fn lines_become_fewer_more_and_different(store: &dyn Store) {
    let lives: [&[(&str, i64)]; 7] = [
        &[("a", 1), ("b", 2), ("c", 3)],
        &[("a", 1)],
        &[("a", 1), ("d", 4), ("e", 5), ("f", 6)],
        &[("a", 9), ("d", 4), ("e", 8), ("f", 6)],
        &[],
        &[("f", 6), ("a", 1)],
        &[("a", 1), ("f", 6)],
    ];
    for (with_before, id) in [(true, "diffed"), (false, "whole")] {
        for check in [true, false] {
            let id = format!("{id} {check}");
            let mut before = None;
            for (version, lines) in (0..).zip(lives) {
                let row = order(&id, version + 1, lines);
                let expected = if check { Expected::Exactly(Version(version)) } else { Expected::Any };
                let known = if with_before { before } else { None };
                store.commit(&put_order(row.clone(), known, expected)).unwrap();
                assert_eq!(store.row(&ORDERS, &id), Ok(Some(row.clone())), "{id} {version}");
                before = Some(row);
            }
        }
    }
}

pub fn lines_are_what_the_last_writer_says_whatever_it_had_read(store: &dyn Store) {
    let first = order("o", 1, &[("a", 1), ("b", 2), ("c", 3)]);
    store.commit(&put_order(first.clone(), None, Expected::Any)).unwrap();
    let hers = order("o", 2, &[("x", 7), ("y", 8)]);
    store.commit(&put_order(hers, Some(first.clone()), Expected::Any)).unwrap();
    let his = order("o", 2, &[("a", 1), ("b", 2), ("c", 4)]);
    store.commit(&put_order(his.clone(), Some(first), Expected::Any)).unwrap();
    assert_eq!(store.row(&ORDERS, "o"), Ok(Some(his)));
}

pub fn a_deleted_row_is_gone_with_its_lines(store: &dyn Store) {
    store.commit(&put_order(order("o", 1, &[("a", 1), ("b", 2)]), None, Expected::Any)).unwrap();
    let mut changes = Changes::default();
    changes.delete(&ORDERS, "o");
    store.commit(&changes).unwrap();
    assert_eq!(store.row(&ORDERS, "o"), Ok(None));
    assert_eq!(store.count(&ORDERS), Ok(0));
    let again = order("o", 1, &[]);
    store.commit(&put_order(again.clone(), None, Expected::NoStream)).unwrap();
    assert_eq!(store.row(&ORDERS, "o"), Ok(Some(again)));
}

pub fn deleting_what_is_not_there_does_nothing(store: &dyn Store) {
    products(store, &[("p", "1.00")]);
    let mut changes = Changes::default();
    changes.delete(&PRODUCTS, "q");
    store.commit(&changes).unwrap();
    assert_eq!(store.count(&PRODUCTS), Ok(1));
}

pub fn rows_stay_in_order_of_creation(store: &dyn Store) {
    products(store, &[("c", "1"), ("a", "2"), ("b", "3"), ("c", "9"), ("a", "8")]);
    let ids = || -> Vec<String> {
        store.select(&Select::all(&PRODUCTS)).unwrap().iter().map(|row| row.key().to_owned()).collect()
    };
    assert_eq!(ids(), ["c", "a", "b"]);
    let mut changes = Changes::default();
    changes.delete(&PRODUCTS, "c");
    changes.put(&PRODUCTS, product("c", "1", 1));
    store.commit(&changes).unwrap();
    assert_eq!(ids(), ["a", "b", "c"]);
}

pub fn a_row_of_the_wrong_width_is_a_failure(store: &dyn Store) {
    let mut changes = Changes::default();
    changes.put(&PROGRESS, Row::of(vec!["command".into()]));
    let says = failure(store, &changes);
    assert!(says.contains("a row of progress has 4 cells, not 1"), "{says}");
}
