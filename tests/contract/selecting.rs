//! Questions to one table: filters, order, window, exact amounts.

use diptych::kernel::store::{Comparison, Select, Window};
use diptych::kernel::{Expected, Store};
use diptych::storage::tables::{ORDERS, PRODUCTS};

use crate::support::{order, products, put_order};

fn ids(store: &dyn Store, select: &Select) -> Vec<String> {
    store.select(select).unwrap().iter().map(|row| row.key().to_owned()).collect()
}

fn priced(comparison: Comparison, price: &str) -> Select {
    Select::all(&PRODUCTS).filter("price", comparison, price)
}

pub fn all_rows_come_in_order_of_creation(store: &dyn Store) {
    products(store, &[("z", "1"), ("a", "1"), ("m", "1")]);
    assert_eq!(ids(store, &Select::all(&PRODUCTS)), ["z", "a", "m"]);
}

pub fn amounts_are_compared_as_numbers(store: &dyn Store) {
    products(store, &[("below", "999.999999"), ("at", "1000.00"), ("above", "1000.000001"), ("nine", "9")]);
    assert_eq!(ids(store, &priced(Comparison::Less, "1000")), ["below", "nine"]);
    assert_eq!(ids(store, &priced(Comparison::Equal, "1000")), ["at"]);
    assert_eq!(ids(store, &priced(Comparison::NotEqual, "1000")), ["below", "above", "nine"]);
    assert_eq!(ids(store, &priced(Comparison::Greater, "1000")), ["above"]);
    assert_eq!(ids(store, &Select::all(&PRODUCTS).filter("price", Comparison::Less, 10)), ["nine"]);
}

const LONG: [(&str, &str); 4] = [
    ("a", "999999999999999998.000001"),
    ("b", "999999999999999998"),
    ("c", "999999999999999999"),
    ("d", "999999999999999997.999999"),
];

pub fn amounts_of_eighteen_digits_are_compared_exactly(store: &dyn Store) {
    products(store, &LONG);
    assert_eq!(ids(store, &priced(Comparison::Less, "999999999999999998")), ["d"]);
    assert_eq!(ids(store, &priced(Comparison::Equal, "999999999999999998.000000")), ["b"]);
    assert_eq!(ids(store, &priced(Comparison::NotEqual, "999999999999999998")), ["a", "c", "d"]);
    assert_eq!(ids(store, &priced(Comparison::Greater, "999999999999999998")), ["a", "c"]);
}

pub fn amounts_are_ordered_as_numbers(store: &dyn Store) {
    products(
        store,
        &[("a", "100"), ("b", "20.5"), ("c", "-0.5"), ("d", "20.25"), ("e", "-3"), ("f", "0"), ("g", "0.3")],
    );
    assert_eq!(ids(store, &Select::all(&PRODUCTS).order_by("price", false)), ["e", "c", "f", "g", "d", "b", "a"]);
    assert_eq!(ids(store, &Select::all(&PRODUCTS).order_by("price", true)), ["a", "b", "d", "g", "f", "c", "e"]);
}

pub fn amounts_of_eighteen_digits_are_ordered_exactly(store: &dyn Store) {
    products(store, &LONG);
    products(store, &[("e", "-999999999999999998.000002"), ("f", "-999999999999999998.000001")]);
    assert_eq!(ids(store, &Select::all(&PRODUCTS).order_by("price", false)), ["e", "f", "d", "b", "a", "c"]);
    assert_eq!(ids(store, &Select::all(&PRODUCTS).order_by("price", true)), ["c", "a", "b", "d", "f", "e"]);
}

pub fn the_window_is_counted_after_the_filters(store: &dyn Store) {
    products(store, &[("a", "5"), ("b", "999.999999"), ("c", "1000"), ("d", "3"), ("e", "4"), ("f", "1000.000001")]);
    let cheap = priced(Comparison::Less, "1000");
    assert_eq!(ids(store, &cheap.clone().window(Window { offset: 1, limit: 2 })), ["b", "d"]);
    assert_eq!(ids(store, &cheap.clone().window(Window { offset: 3, limit: 9 })), ["e"]);
    assert_eq!(ids(store, &cheap.clone().window(Window { offset: 0, limit: 0 })), [""; 0]);
    let ordered = cheap.order_by("price", true).window(Window { offset: 1, limit: 2 });
    assert_eq!(ids(store, &ordered), ["a", "e"]);
    assert_eq!(ids(store, &Select::all(&PRODUCTS).window(Window { offset: 4, limit: 9 })), ["e", "f"]);
}

pub fn nothing_equals_nothing_and_is_never_less(store: &dyn Store) {
    for (id, customer) in [("none", None), ("one", Some("anna"))] {
        let mut row = order(id, 1, &[]);
        row.cells[2] = diptych::kernel::table::Value::text(customer);
        store.commit(&put_order(row, None, Expected::Any)).unwrap();
    }
    let null = || diptych::kernel::table::Value::Null;
    let of = |comparison, value| ids(store, &Select::all(&ORDERS).filter("customer_id", comparison, value));
    assert_eq!(of(Comparison::Equal, null()), ["none"]);
    assert_eq!(of(Comparison::NotEqual, null()), ["one"]);
    assert_eq!(of(Comparison::NotEqual, "berta".into()), ["none", "one"]);
    assert_eq!(of(Comparison::Less, "berta".into()), ["one"]);
    assert_eq!(of(Comparison::Less, null()), [""; 0]);
    assert_eq!(of(Comparison::Greater, null()), [""; 0]);
}

pub fn text_and_numbers_are_filtered_as_they_stand(store: &dyn Store) {
    products(store, &[("a", "1"), ("b", "1"), ("B", "1")]);
    let named = |comparison| ids(store, &Select::all(&PRODUCTS).filter("name", comparison, "name of b"));
    assert_eq!(named(Comparison::Equal), ["b"]);
    assert_eq!(named(Comparison::Less), ["a", "B"]);
    let active = Select::all(&PRODUCTS).filter("is_active", Comparison::Equal, true);
    assert_eq!(ids(store, &active.clone().filter("id", Comparison::Greater, "a")), ["b"]);
    assert_eq!(ids(store, &active.filter("version", Comparison::Greater, 1)), [""; 0]);
}

pub fn ties_are_in_order_of_creation_in_both_directions(store: &dyn Store) {
    products(store, &[("z", "5.00"), ("a", "5"), ("m", "5.0"), ("b", "4")]);
    assert_eq!(ids(store, &Select::all(&PRODUCTS).order_by("price", false)), ["b", "z", "a", "m"]);
    assert_eq!(ids(store, &Select::all(&PRODUCTS).order_by("price", true)), ["z", "a", "m", "b"]);
    assert_eq!(ids(store, &Select::all(&PRODUCTS).order_by("is_active", true)), ["z", "a", "m", "b"]);
    assert_eq!(ids(store, &Select::all(&PRODUCTS).order_by("id", true)), ["z", "m", "b", "a"]);
}

pub fn an_unknown_column_is_a_failure(store: &dyn Store) {
    let asked = [
        Select::all(&PRODUCTS).filter("1 = 1 --", Comparison::Equal, 1),
        Select::all(&PRODUCTS).order_by("price_value", false),
    ];
    for select in asked {
        let says = store.select(&select).unwrap_err().to_string();
        assert!(says.contains("products has no column"), "{says}");
    }
}

pub fn an_amount_that_is_none_is_a_failure(store: &dyn Store) {
    let says = store.select(&priced(Comparison::Less, "cheap")).unwrap_err().to_string();
    assert!(says.contains("products.price: `cheap` is not a decimal"), "{says}");
}

pub fn selected_orders_have_their_lines(store: &dyn Store) {
    let rows = [order("o", 1, &[("a", 1), ("b", 2)]), order("p", 1, &[]), order("q", 1, &[("c", 3)])];
    for row in &rows {
        store.commit(&put_order(row.clone(), None, Expected::Any)).unwrap();
    }
    assert_eq!(store.select(&Select::all(&ORDERS)), Ok(rows.to_vec()));
}
