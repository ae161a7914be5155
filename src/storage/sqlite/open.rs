//! Opening a file: is it a database, ours, of a version we know, and can it be written?
//!
//! All of this is asked before anything is changed, so that a file that is something else stays as it is.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, MAIN_DB, OpenFlags};

use super::schema::{self, APPLICATION, LATEST};
use super::{Options, Sync, errors};
use crate::kernel::Failure;

/// How every SQLite file begins.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// Room for every statement a world uses, so that none is prepared twice.
const STATEMENTS: usize = 256;

/// A connection that writes, to a file of the latest schema.
pub(super) fn writable(path: &Path, options: Options) -> Result<Connection, Failure> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let failed = |error: rusqlite::Error| errors::failure(&error, path);
    begins_as_a_database(path)?;
    let mut connection = Connection::open_with_flags(path, flags).map_err(failed)?;
    connection.busy_timeout(options.patience).map_err(failed)?;
    let version = known(&connection, path)?;
    // SQLite opens a write-protected file without a word, for reading.
    if connection.is_readonly(MAIN_DB).map_err(failed)? {
        return Err(Failure::new("it cannot be written: the file is read-only")
            .on(path)
            .remedy("give yourself the right to write it, or work on a copy"));
    }
    let set_up = |connection: &Connection| {
        connection.pragma_update(None, "journal_mode", "WAL")?;
        let synchronous = match options.sync {
            Sync::Normal => "NORMAL",
            Sync::Full => "FULL",
            Sync::Never => "OFF",
        };
        connection.pragma_update(None, "synchronous", synchronous)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "cache_size", -16_000)
    };
    set_up(&connection).map_err(failed)?;
    if version < LATEST {
        schema::migrations().to_latest(&mut connection).map_err(|error| not_migrated(error, path))?;
        connection.pragma_update(None, "application_id", APPLICATION).map_err(failed)?;
    }
    keep_statements(&connection).map_err(failed)?;
    Ok(connection)
}

/// A connection that reads, from a file of the latest schema.
pub(super) fn read_only(path: &Path) -> Result<Connection, Failure> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let failed = |error: rusqlite::Error| errors::failure(&error, path);
    begins_as_a_database(path)?;
    let connection = Connection::open_with_flags(path, flags).map_err(failed)?;
    connection.busy_timeout(Options::default().patience).map_err(failed)?;
    let version = known(&connection, path)?;
    if version < LATEST {
        return Err(Failure::new(format!("its schema has version {version}, which is older than {LATEST}"))
            .on(path)
            .remedy("open it for writing once, which brings it up to date"));
    }
    keep_statements(&connection).map_err(failed)?;
    Ok(connection)
}

/// SQLite takes a file that is shorter than its header for an empty one and writes over it, so that is looked at here. A journal
/// beside the file means that its creation was cut short, which SQLite puts right by itself.
fn begins_as_a_database(path: &Path) -> Result<(), Failure> {
    let Ok(file) = File::open(path) else { return Ok(()) };
    let mut journal = path.as_os_str().to_owned();
    journal.push("-journal");
    let mut beginning = Vec::new();
    let read = file.take(MAGIC.len() as u64).read_to_end(&mut beginning).is_ok();
    if read && !beginning.is_empty() && beginning != MAGIC && !Path::new(&journal).exists() {
        return Err(errors::not_a_database(path));
    }
    Ok(())
}

/// Each statement is prepared once and keeps its plan. Otherwise SQLite plans some anew whenever other values are bound (a `LIMIT ?`,
/// or a column that a partial index has in its condition), which costs more than running them.
fn keep_statements(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(drop)
}

/// The version of the schema, 0 for a new file; an error for a file that is not ours to open.
fn known(connection: &Connection, path: &Path) -> Result<i64, Failure> {
    let number = |sql: &str| {
        connection.query_row(sql, (), |row| row.get::<_, i64>(0)).map_err(|error| errors::failure(&error, path))
    };
    let version = number("PRAGMA user_version")?;
    let (application, tables) = (number("PRAGMA application_id")?, number("SELECT count(*) FROM sqlite_schema")?);
    if tables > 0 && application != APPLICATION {
        return Err(Failure::new("it is the database of another program")
            .on(path)
            .remedy("choose another file; diptych does not touch it"));
    }
    if version > LATEST {
        return Err(Failure::new(format!(
            "a newer diptych wrote it: its schema has version {version}, and this one knows {LATEST}"
        ))
        .on(path)
        .remedy("use that newer version of diptych"));
    }
    Ok(version)
}

fn not_migrated(error: rusqlite_migration::Error, path: &Path) -> Failure {
    match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => errors::failure(&err, path),
        other => Failure::new(format!("its schema cannot be brought up to date: {other}"))
            .on(path)
            .remedy("restore a copy of it"),
    }
}
