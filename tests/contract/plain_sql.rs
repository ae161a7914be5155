//! What a person with another SQLite client finds in the file.

use diptych::kernel::store::NotCommitted;
use diptych::kernel::table::{Kind, Table};
use diptych::kernel::{Expected, Store};
use diptych::storage::{SqliteStore, tables};
use diptych::world::TABLES;
use rusqlite::Connection;

use crate::support::{append, appended, order, products, put_order, whole_log};

fn open() -> (tempfile::TempDir, SqliteStore, Connection) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("world.db");
    let store = SqliteStore::open(&path, Default::default()).unwrap();
    let client = Connection::open(path).unwrap();
    (directory, store, client)
}

/// Name, type and whether it is generated, of each column.
fn columns(client: &Connection, table: &str) -> Vec<(String, String, bool)> {
    let mut statement = client.prepare("SELECT name, type, hidden <> 0 FROM pragma_table_xinfo(?1)").unwrap();
    let columns = statement.query_map([table], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    columns.map(Result::unwrap).collect()
}

#[test]
fn every_table_has_its_columns_and_a_number_beside_each_amount() {
    let (_directory, _store, client) = open();
    let with_lines = |table: &'static Table| [Some(table), table.lines].into_iter().flatten();
    for table in TABLES.into_iter().flat_map(with_lines) {
        let (generated, kept): (Vec<_>, Vec<_>) =
            columns(&client, table.name).into_iter().partition(|(_, _, generated)| *generated);
        let kept: Vec<_> = kept.into_iter().map(|(name, sql_type, _)| (name, sql_type)).collect();
        let wanted = table.columns.iter().map(|column| {
            let sql_type = match column.kind {
                Kind::Integer | Kind::Bool => "INTEGER",
                Kind::Text | Kind::Money | Kind::Time => "TEXT",
            };
            (column.name.to_owned(), sql_type.to_owned())
        });
        assert_eq!(kept, wanted.collect::<Vec<_>>(), "{}", table.name);
        let amounts = table.columns.iter().filter(|column| column.kind == Kind::Money);
        let values: Vec<_> =
            amounts.map(|column| (format!("{}_value", column.name), "REAL".to_owned(), true)).collect();
        assert_eq!(generated, values, "{}", table.name);
        if let Some(version) = table.version {
            assert_eq!(table.columns[version].name, "version");
        }
    }
}

#[test]
fn prices_can_be_averaged_ordered_and_compared() {
    let (_directory, store, client) = open();
    products(&store, &[("a", "1000.00"), ("b", "999.99"), ("c", "20"), ("d", "9.01")]);
    let average: f64 = client.query_row("SELECT avg(price_value) FROM products", (), |row| row.get(0)).unwrap();
    assert_eq!(average, 507.25);
    let cheap = "SELECT group_concat(id, '') FROM \
                 (SELECT id FROM products WHERE price_value < 1000 ORDER BY price_value)";
    let cheap: String = client.query_row(cheap, (), |row| row.get(0)).unwrap();
    assert_eq!(cheap, "dcb");
}

#[test]
fn nobody_can_change_or_delete_an_event() {
    let (_directory, store, client) = open();
    appended(&store, "order-1", &["a", "b"]);
    let before = whole_log(&store);
    for sql in ["UPDATE events SET data = '{}'", "DELETE FROM events WHERE position = 2", "DELETE FROM events"] {
        let says = client.execute(sql, ()).unwrap_err().to_string();
        assert!(says.contains("events are facts"), "{sql}: {says}");
    }
    assert_eq!(whole_log(&store), before);
}

#[test]
fn only_lines_that_differ_are_written() {
    let (_directory, store, _client) = open();
    let before = order("o", 1, &[("a", 1), ("b", 2), ("c", 3), ("d", 4)]);
    store.commit(&put_order(before.clone(), None, Expected::NoStream)).unwrap();
    store.watch(true);
    let after = order("o", 2, &[("a", 1), ("b", 9), ("c", 3)]);
    store.commit(&put_order(after, Some(before), Expected::Exactly(diptych::kernel::Version(1)))).unwrap();
    let statements = store.statements();
    let texts: Vec<_> = statements.iter().map(|statement| (statement.text.as_str(), statement.rows)).collect();
    let [("BEGIN IMMEDIATE", 0), (update, 1), (line, 1), (cut, 1), ("COMMIT", 0)] = texts[..] else {
        panic!("{texts:#?}")
    };
    assert!(update.starts_with("UPDATE orders SET status = 'draft'") && update.ends_with("id = 'o' AND version = 1"));
    assert!(line.starts_with("UPDATE order_items SET product_id = 'b', quantity = 9"), "{line}");
    assert!(line.ends_with("WHERE order_id = 'o' AND line = 2"), "{line}");
    assert_eq!(cut, "DELETE FROM order_items WHERE order_id = 'o' AND line > 3");
}

#[test]
fn an_append_is_two_statements_in_a_transaction() {
    let (_directory, store, _client) = open();
    store.watch(true);
    store.commit(&append("order-1", Expected::NoStream, &["a"])).unwrap();
    let texts: Vec<_> = store.statements().into_iter().map(|statement| statement.text).collect();
    assert_eq!(texts.len(), 4, "{texts:#?}");
    assert_eq!((&*texts[0], &*texts[3]), ("BEGIN IMMEDIATE", "COMMIT"));
    assert!(texts[2].contains("VALUES ('id of a', 'order-1', 1, 'ThingHappenedEvent', 1, '2024-01-01T10:00:00.000Z'"));
}

#[test]
fn an_amount_that_somebody_broke_is_named() {
    let (_directory, store, client) = open();
    products(&store, &[("a", "5")]);
    client.execute("UPDATE products SET price = 'cheap'", ()).unwrap();
    let select = diptych::kernel::store::Select::all(&tables::PRODUCTS).filter(
        "price",
        diptych::kernel::store::Comparison::Less,
        "1000",
    );
    let says = store.select(&select).unwrap_err().to_string();
    assert!(says.contains("world.db") && says.contains("products.price: `cheap` is not a decimal"), "{says}");
}

#[test]
fn a_failing_trigger_leaves_nothing_and_the_store_goes_on() {
    let (_directory, store, client) = open();
    client
        .execute_batch("CREATE TRIGGER no_b BEFORE INSERT ON events WHEN NEW.stream_id = 'b' BEGIN SELECT RAISE(FAIL, 'no b'); END")
        .unwrap();
    let mut changes = append("a", Expected::Any, &["one"]);
    changes.join(append("b", Expected::Any, &["two"]));
    assert!(matches!(store.commit(&changes), Err(NotCommitted::Failed(_))));
    assert_eq!(whole_log(&store), [""; 0]);
    appended(&store, "a", &["one"]);
    assert_eq!(whole_log(&store), ["1 a 1 id of one"]);
}

#[test]
fn streams_are_listed_from_an_index_without_sorting() {
    let (_directory, store, client) = open();
    appended(&store, "order-1", &["a"]);
    store.watch(true);
    crate::support::streams(&store, "order-");
    let listing = store.statements().remove(0).text;
    let mut statement = client.prepare(&format!("EXPLAIN QUERY PLAN {listing}")).unwrap();
    let plan = statement.query_map((), |row| row.get::<_, String>(3)).unwrap();
    let plan: Vec<_> = plan.map(Result::unwrap).collect();
    assert_eq!(plan, ["SCAN events USING COVERING INDEX first_events"]);
}
