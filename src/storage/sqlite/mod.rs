//! A store in one SQLite file.
//!
//! Every commit is one `BEGIN IMMEDIATE` … `COMMIT`, so that what is expected is checked and written under the same lock. Statements
//! are prepared once and kept; their texts are made once a table. Events are read as the database lends them, without a copy.

mod commit;
mod errors;
mod events;
mod open;
mod rows;
mod schema;
mod select;
mod texts;
mod watch;

use std::cell::RefCell;
use std::fmt;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

use rusqlite::{CachedStatement, Connection};

use self::texts::Texts;
use self::watch::Watch;
use crate::kernel::changes::Changes;
use crate::kernel::store::{
    Each, EachPayload, Last, LogRange, NotCommitted, Receipt, Scanned, Select, Statement, Window,
};
use crate::kernel::table::{Row, Table};
use crate::kernel::{Failure, Position, Store, Version};

/// A store in one SQLite file.
pub struct SqliteStore {
    connection: Connection,
    path: PathBuf,
    texts: RefCell<Vec<Rc<Texts>>>,
    watch: Watch,
}

/// How a file is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// What survives a power cut.
    pub sync: Sync,
    /// How long a statement waits for a lock that another program holds.
    pub patience: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self { sync: Sync::Normal, patience: Duration::from_secs(5) }
    }
}

/// When the disk is told to write: what is lost when the power fails. A crash of the program alone loses nothing under either.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sync {
    /// From time to time: a power cut may take back the last commits, and never leaves half of one.
    Normal,
    /// At each commit: what was committed stays.
    Full,
    /// Never: for files that are thrown away before anybody could miss them.
    Never,
}

impl SqliteStore {
    /// Opens the file, which is made when there is none, and brings its schema up to date.
    ///
    /// # Errors
    ///
    /// When it is not a database, is another program's, was written by a newer diptych, cannot be written or cannot be opened; it
    /// is left as it is then.
    pub fn open(path: impl AsRef<Path>, options: Options) -> Result<Self, Failure> {
        let path = path.as_ref().to_path_buf();
        open::writable(&path, options).map(|connection| Self::over(connection, path))
    }

    /// Opens a file for reading only, beside a store that writes to it: for long reads on other threads.
    ///
    /// # Errors
    ///
    /// As for [`SqliteStore::open`], and when there is no file or its schema is an older one.
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Self, Failure> {
        let path = path.as_ref().to_path_buf();
        open::read_only(&path).map(|connection| Self::over(connection, path))
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn over(connection: Connection, path: PathBuf) -> Self {
        Self { connection, path, texts: RefCell::default(), watch: Watch::default() }
    }

    fn prepare(&self, sql: &str) -> rusqlite::Result<CachedStatement<'_>> {
        self.connection.prepare_cached(sql)
    }

    /// Runs a statement that has no values, such as `COMMIT`.
    fn run(&self, sql: &str) -> rusqlite::Result<()> {
        let mut statement = self.prepare(sql)?;
        statement.raw_execute()?;
        self.watch.saw(&statement, 0);
        Ok(())
    }

    /// The SQL of a table, made when the table is first spoken of.
    fn texts(&self, table: &'static Table) -> Rc<Texts> {
        let mut texts = self.texts.borrow_mut();
        if let Some(known) = texts.iter().find(|texts| std::ptr::eq(texts.table, table)) {
            return Rc::clone(known);
        }
        texts.push(Rc::new(Texts::of(table)));
        Rc::clone(&texts[texts.len() - 1])
    }

    fn failed(&self, error: &rusqlite::Error) -> Failure {
        errors::failure(error, &self.path)
    }
}

impl fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SqliteStore").field(&self.path).finish()
    }
}

impl Store for SqliteStore {
    fn commit(&self, changes: &Changes) -> Result<Receipt, NotCommitted> {
        commit::commit(self, changes)
    }

    fn row(&self, table: &'static Table, key: &str) -> Result<Option<Row>, Failure> {
        rows::row(self, table, key)
    }

    fn select(&self, select: &Select) -> Result<Vec<Row>, Failure> {
        select::select(self, select)
    }

    fn count(&self, table: &'static Table) -> Result<u64, Failure> {
        rows::count(self, table)
    }

    fn stream(&self, stream: &str, after: Version, each: Each<'_>) -> Result<(), Failure> {
        events::stream(self, stream, after, each)
    }

    fn payloads(&self, stream: &str, after: Version, each: EachPayload<'_>) -> Result<(), Failure> {
        events::payloads(self, stream, after, each)
    }

    fn log_of(&self, range: LogRange, wanted: &dyn Fn(&str) -> bool, each: Each<'_>) -> Result<Scanned, Failure> {
        events::log_of(self, range, wanted, each)
    }

    fn log(&self, range: LogRange, each: Each<'_>) -> Result<(), Failure> {
        events::log(self, range, each)
    }

    fn head(&self) -> Result<Position, Failure> {
        events::head(self)
    }

    fn streams(&self, prefix: &str, window: Window) -> Result<Vec<String>, Failure> {
        events::streams(self, prefix, window)
    }

    fn count_streams(&self, prefix: &str) -> Result<u64, Failure> {
        events::count_streams(self, prefix)
    }

    fn last_of(&self, stream: &str) -> Result<Option<Last>, Failure> {
        events::last_of(self, stream)
    }

    fn place(&self, table: &'static Table, key: &str) -> Result<Option<u64>, Failure> {
        rows::place(self, table, key)
    }

    fn place_of_stream(&self, prefix: &str, stream: &str) -> Result<Option<u64>, Failure> {
        events::place_of_stream(self, prefix, stream)
    }

    fn file(&self) -> Option<&Path> {
        Some(&self.path)
    }

    fn watch(&self, on: bool) {
        self.watch.turn(on);
    }

    fn statements(&self) -> Vec<Statement> {
        self.watch.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::ledger::DELIVERIES;
    use crate::kernel::table::Row;

    #[test]
    fn the_disk_is_told_to_write_as_the_options_say() {
        let directory = tempfile::tempdir().expect("a temporary directory can be made");
        for (sync, level) in [(Sync::Normal, 1), (Sync::Full, 2), (Sync::Never, 0)] {
            let options = Options { sync, ..Options::default() };
            let store = SqliteStore::open(directory.path().join("world.db"), options).expect("the file can be opened");
            let set: i64 =
                store.connection.query_row("PRAGMA synchronous", (), |row| row.get(0)).expect("it is a pragma");
            assert_eq!(set, level, "{sync:?}");
        }
    }

    #[test]
    fn a_full_disk_leaves_nothing_of_a_commit_and_the_store_usable() {
        let directory = tempfile::tempdir().expect("a temporary directory can be made");
        let store = SqliteStore::open(directory.path().join("world.db"), Options::default()).expect("it is a new file");
        let limit = |pages: i64| store.connection.pragma_update(None, "max_page_count", pages).expect("it is a pragma");
        let mut changes = Changes::default();
        let at = "2024-01-01T10:00:00.000Z";
        changes.put(&DELIVERIES, Row::of(vec!["small".into(), "a".into(), "hello".into(), at.into(), 0.into()]));
        changes.put(
            &DELIVERIES,
            Row::of(vec!["large".into(), "a".into(), "x".repeat(1 << 20).into(), at.into(), 0.into()]),
        );

        limit(1);
        let Err(NotCommitted::Failed(failure)) = store.commit(&changes) else { panic!("there was room") };
        assert!(failure.what.contains("the disk is full"), "{failure}");
        assert_eq!(store.count(&DELIVERIES), Ok(0));

        limit(1 << 20);
        store.commit(&changes).expect("there is room now");
        assert_eq!(store.count(&DELIVERIES), Ok(2));
    }
}
