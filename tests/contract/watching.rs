//! Statements, for whoever watches.

use diptych::kernel::store::Select;
use diptych::kernel::{Expected, Store, Version};
use diptych::storage::tables::PRODUCTS;

use crate::support::{append, product, put, whole_log};

pub fn nothing_is_remembered_unwatched(store: &dyn Store) {
    store.commit(&append("order-1", Expected::Any, &["a"])).unwrap();
    assert_eq!(store.statements(), []);
    store.watch(true);
    whole_log(store);
    store.watch(false);
    whole_log(store);
    assert_eq!(store.statements(), []);
}

pub fn statements_have_their_values_in_place(store: &dyn Store) {
    store.watch(true);
    let mut changes = put(product("p-17", "12.50", 1), Expected::Any);
    changes.join(append("order-4", Expected::NoStream, &["a"]));
    store.commit(&changes).unwrap();
    store.row(&PRODUCTS, "p-17").unwrap();
    store.select(&Select::all(&PRODUCTS)).unwrap();
    let statements = store.statements();
    let about = |text: &str| statements.iter().filter(|statement| statement.text.contains(text)).count();
    assert!(about("p-17") >= 2, "{statements:#?}");
    assert!(about("order-4") >= 1, "{statements:#?}");
    assert!(statements.iter().all(|statement| !statement.text.contains('?')), "{statements:#?}");
    assert!(statements.iter().all(|statement| !statement.text.contains("  ")), "{statements:#?}");
    assert_eq!(statements.last().map(|statement| statement.rows), Some(1));
}

pub fn statements_are_given_out_once(store: &dyn Store) {
    store.watch(true);
    store.row(&PRODUCTS, "p").unwrap();
    assert_eq!(store.statements().len(), 1);
    assert_eq!(store.statements(), []);
}

pub fn a_reading_says_how_many_events_it_read(store: &dyn Store) {
    store.commit(&append("order-1", Expected::Any, &["a", "b", "c"])).unwrap();
    store.watch(true);
    whole_log(store);
    store.stream("order-1", Version(1), &mut |_| Ok(())).unwrap();
    let rows: Vec<_> = store.statements().iter().map(|statement| statement.rows).collect();
    assert_eq!(rows, [3, 2]);
}
