//! Facts, rows and readings in few words.

use diptych::kernel::changes::{Append, Changes, RowChange};
use diptych::kernel::store::{LogRange, NotCommitted, Window};
use diptych::kernel::table::{Row, Value};
use diptych::kernel::{Conflict, Expected, Fact, Position, Store, Timestamp, Version};
use diptych::storage::tables::{ORDERS, PRODUCTS};

/// A fact of a stream; the same name gives the same event id.
pub fn fact(stream: &str, name: &str) -> Fact {
    Fact {
        event_id: format!("id of {name}"),
        stream: stream.to_owned(),
        version: Version::NONE,
        position: None,
        event_type: "ThingHappenedEvent".into(),
        schema_version: 1,
        recorded_at: Timestamp::start(),
        data: format!("{{\"name\":\"{name}\"}}"),
        metadata: "{}".into(),
    }
}

/// An append of facts with these names.
pub fn append(stream: &str, expected: Expected, names: &[&str]) -> Changes {
    let facts = names.iter().map(|name| fact(stream, name)).collect();
    Changes { rows: vec![], appends: vec![Append { stream: stream.to_owned(), expected, facts }] }
}

/// The same, with whatever is expected met.
pub fn appended(store: &dyn Store, stream: &str, names: &[&str]) {
    store.commit(&append(stream, Expected::Any, names)).unwrap();
}

/// A write of one row of products.
pub fn product(id: &str, price: &str, version: u64) -> Row {
    let at = Timestamp::start().column();
    Row::of(vec![
        id.into(),
        format!("name of {id}").into(),
        price.into(),
        true.into(),
        Version(version).into(),
        at.as_str().into(),
        at.as_str().into(),
    ])
}

/// A row of orders with these lines: product, quantity.
pub fn order(id: &str, version: u64, lines: &[(&str, i64)]) -> Row {
    let at = Timestamp::start().column();
    let mut cells = vec![Value::Null; ORDERS.columns.len()];
    cells[0] = id.into();
    cells[1] = "draft".into();
    cells[3] = "1.00".into();
    cells[11] = Version(version).into();
    cells[13] = at.into();
    let lines = (1..).zip(lines).map(|(number, (product, quantity))| {
        vec![id.into(), Value::Integer(number), (*product).into(), (*quantity).into(), "1.00".into(), "1.00".into()]
            .into()
    });
    Row { cells, lines: lines.collect() }
}

/// A checked write of a product.
pub fn put(row: Row, expected: Expected) -> Changes {
    Changes { rows: vec![RowChange::Put { table: &PRODUCTS, row, before: None, expected }], appends: vec![] }
}

/// A checked write of an order by someone who has read `before`.
pub fn put_order(row: Row, before: Option<Row>, expected: Expected) -> Changes {
    Changes {
        rows: vec![RowChange::Put { table: &ORDERS, row, before: before.map(std::rc::Rc::new), expected }],
        appends: vec![],
    }
}

/// Writes products in this order.
pub fn products(store: &dyn Store, rows: &[(&str, &str)]) {
    for (id, price) in rows {
        store.commit(&put(product(id, price, 1), Expected::Any)).unwrap();
    }
}

/// The whole log as `position stream version event_id`.
pub fn whole_log(store: &dyn Store) -> Vec<String> {
    stretch(store, LogRange::after(Position(0), usize::MAX))
}

/// A stretch of the log in the same form.
pub fn stretch(store: &dyn Store, range: LogRange) -> Vec<String> {
    let mut read = Vec::new();
    store
        .log(range, &mut |kept| {
            read.push(format!("{} {} {} {}", kept.position, kept.stream, kept.version, kept.event_id));
            Ok(())
        })
        .unwrap();
    read
}

/// The version a stream is at.
pub fn version_of(store: &dyn Store, stream: &str) -> Version {
    let mut version = Version::NONE;
    store
        .stream(stream, Version::NONE, &mut |kept| {
            version = kept.version;
            Ok(())
        })
        .unwrap();
    version
}

/// All streams with a prefix.
pub fn streams(store: &dyn Store, prefix: &str) -> Vec<String> {
    store.streams(prefix, Window::ALL).unwrap()
}

/// The conflict that a commit ends with.
pub fn conflict(store: &dyn Store, changes: &Changes) -> Conflict {
    match store.commit(changes) {
        Err(NotCommitted::Conflict(conflict)) => conflict,
        other => panic!("a conflict was due, not {other:?}"),
    }
}

/// What the failure says that a commit ends with.
pub fn failure(store: &dyn Store, changes: &Changes) -> String {
    match store.commit(changes) {
        Err(NotCommitted::Failed(failure)) => failure.to_string(),
        other => panic!("a failure was due, not {other:?}"),
    }
}
