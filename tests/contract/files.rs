//! Files: opened again, by two, by the wrong program, damaged, locked.

use std::fs;
use std::io::{Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::time::Duration;

use diptych::kernel::ledger::DELIVERIES;
use diptych::kernel::store::{LogRange, NotCommitted};
use diptych::kernel::{Expected, Position, Store};
use diptych::storage::tables::PRODUCTS;
use diptych::storage::{Options, SqliteStore};
use rusqlite::Connection;

use crate::support::{append, appended, conflict, failure, product, products, put, whole_log};

fn place() -> (tempfile::TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("world.db");
    (directory, path)
}

fn open(path: &PathBuf) -> SqliteStore {
    SqliteStore::open(path, Options::default()).unwrap()
}

fn refused(path: &PathBuf) -> String {
    SqliteStore::open(path, Options::default()).unwrap_err().to_string()
}

#[test]
fn a_file_opened_again_holds_what_was_committed_and_gives_no_position_twice() {
    let (_directory, path) = place();
    {
        let store = open(&path);
        appended(&store, "order-1", &["a", "b"]);
        products(&store, &[("p", "5")]);
        conflict(&store, &append("order-1", Expected::NoStream, &["c"]));
    }
    let store = open(&path);
    assert_eq!(store.path(), path);
    assert_eq!(whole_log(&store), ["1 order-1 1 id of a", "2 order-1 2 id of b"]);
    assert_eq!(store.row(&PRODUCTS, "p"), Ok(Some(product("p", "5", 1))));
    let receipt = store.commit(&append("order-2", Expected::NoStream, &["c"])).unwrap();
    assert_eq!(receipt.positions, [Position(3)]);
}

#[test]
fn a_file_is_in_wal_mode() {
    let (_directory, path) = place();
    let _store = open(&path);
    let client = Connection::open(&path).unwrap();
    let mode: String = client.query_row("PRAGMA journal_mode", (), |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
}

#[test]
fn a_reader_sees_what_was_committed_and_cannot_write() {
    let (_directory, path) = place();
    let store = open(&path);
    let reader = SqliteStore::open_read_only(&path).unwrap();
    appended(&store, "order-1", &["a"]);
    assert_eq!(whole_log(&reader), ["1 order-1 1 id of a"]);
    let says = failure(&reader, &append("order-1", Expected::Any, &["b"]));
    assert!(says.contains("world.db: it cannot be written") && says.contains("; "), "{says}");
    assert_eq!(whole_log(&store), ["1 order-1 1 id of a"]);
}

#[test]
fn a_reader_needs_a_file_with_our_schema() {
    let (_directory, path) = place();
    let says = SqliteStore::open_read_only(&path).unwrap_err().to_string();
    assert!(says.contains("world.db: it cannot be opened"), "{says}");
    assert!(!path.exists());
    fs::write(&path, "").unwrap();
    let says = SqliteStore::open_read_only(&path).unwrap_err().to_string();
    assert!(says.contains("its schema has version 0, which is older"), "{says}");
}

#[test]
fn a_file_that_is_no_database_is_named_and_left_as_it_is() {
    for garbage in ["x".to_owned(), "These are my notes.\n".repeat(700)] {
        let (directory, path) = place();
        fs::write(&path, &garbage).unwrap();
        let says = refused(&path);
        assert!(
            says.contains("world.db: it is not an SQLite database; restore a copy of it, or move it away"),
            "{says}"
        );
        assert!(SqliteStore::open_read_only(&path).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), garbage);
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1, "nothing is left beside it");
    }
}

#[test]
fn the_database_of_another_program_is_left_as_it_is() {
    let (_directory, path) = place();
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE bookmarks (url TEXT)").unwrap();
    let before = fs::read(&path).unwrap();
    let says = refused(&path);
    assert!(says.contains("world.db: it is the database of another program"), "{says}");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_file_of_an_older_diptych_is_brought_up_to_date_with_what_it_holds() {
    let (_directory, path) = place();
    let older = Connection::open(&path).unwrap();
    older.execute_batch(include_str!("../../src/storage/sqlite/migrations/001_state_and_log.sql")).unwrap();
    older.execute_batch("INSERT INTO deliveries VALUES ('mail/e1', 'mail', 'e1', '2024-01-01T10:00:00.000Z')").unwrap();
    older.pragma_update(None, "application_id", 0x6469_7074).unwrap();
    older.pragma_update(None, "user_version", 1).unwrap();
    drop(older);
    assert!(SqliteStore::open_read_only(&path).is_err_and(|failure| failure.to_string().contains("older")));
    let receipt = open(&path).row(&DELIVERIES, "mail/e1").unwrap().unwrap();
    assert_eq!((receipt.text(2), receipt.integer(4)), ("e1", 0));
}

#[test]
fn a_file_of_a_newer_diptych_is_refused() {
    let (_directory, path) = place();
    drop(open(&path));
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let before = fs::read(&path).unwrap();
    let says = refused(&path);
    assert!(says.contains("world.db: a newer diptych wrote it") && says.contains("version 99"), "{says}");
    assert!(SqliteStore::open_read_only(&path).is_err());
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_damaged_page_is_a_failure_that_names_the_file() {
    let (_directory, path) = place();
    let store = open(&path);
    for number in 0..200 {
        appended(&store, &format!("order-{number}"), &[&format!("event {number}")]);
    }
    drop(store);
    let client = Connection::open(&path).unwrap();
    let of = |sql: &str| client.query_row(sql, (), |row| row.get::<_, u32>(0)).unwrap();
    let page = of("SELECT rootpage FROM sqlite_schema WHERE name = 'events'");
    let size = of("PRAGMA page_size");
    drop(client);
    let mut file = fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.seek(SeekFrom::Start(u64::from((page - 1) * size))).unwrap();
    file.write_all(&vec![0xA5; size as usize]).unwrap();
    drop(file);

    let store = open(&path);
    let says = store.log(LogRange::after(Position(0), 1000), &mut |_| Ok(())).unwrap_err().to_string();
    assert!(says.contains("world.db: the database is damaged") && says.contains("restore a copy"), "{says}");
    let says = failure(&store, &append("order-1", Expected::Any, &["new"]));
    assert!(says.contains("world.db: the database is damaged"), "{says}");
}

#[test]
fn a_file_cut_short_is_named() {
    let (_directory, path) = place();
    drop(open(&path));
    let length = fs::metadata(&path).unwrap().len();
    fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(length / 2).unwrap();
    let says = refused(&path);
    assert!(says.contains("world.db: the database is damaged"), "{says}");
    assert_eq!(fs::metadata(&path).unwrap().len(), length / 2);
}

#[test]
fn a_file_that_another_program_holds_locked_is_named_and_usable_after() {
    let (_directory, path) = place();
    let store = SqliteStore::open(&path, Options { patience: Duration::ZERO, ..Options::default() }).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let Err(NotCommitted::Failed(failure)) = store.commit(&put(product("p", "1", 1), Expected::Any)) else {
        panic!("the lock was not seen")
    };
    assert_eq!(failure.file, Some(path));
    assert!(failure.what.contains("another program holds it locked"), "{failure}");
    assert!(failure.remedy.is_some());
    assert_eq!(store.count(&PRODUCTS), Ok(0), "reading goes on meanwhile");
    other.execute_batch("ROLLBACK").unwrap();
    products(&store, &[("p", "1")]);
    assert_eq!(store.count(&PRODUCTS), Ok(1));
}

#[test]
fn a_missing_directory_and_a_directory_in_place_of_a_file_are_named() {
    let (directory, _) = place();
    for path in [directory.path().join("no/such/world.db"), directory.path().to_path_buf()] {
        let failure = SqliteStore::open(&path, Options::default()).unwrap_err();
        assert_eq!(failure.file, Some(path));
        assert!(failure.what.contains("cannot be opened") && failure.remedy.is_some(), "{failure}");
    }
}
