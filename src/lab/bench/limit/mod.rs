//! The limit: the same works as a good engineer would write them by hand, for just this job and this database.
//!
//! Same file, same pragmas, same rows and events, the same rules asked and the expected version checked (in streams by
//! `UNIQUE (stream_id, version)`, in rows by `WHERE version = ?`). But statements are prepared once and kept, JSON is read as the
//! database lends it, only what a step needs is read and decoded, only the columns a step changes are written, and there is no
//! aggregate, repository, command, envelope, pipeline or bus. Amounts and times are diptych's own types on both sides, so what is
//! compared is the way from a request to the disk and back.

mod order;
mod rows;
mod streams;
mod summary;

use std::error::Error;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use uuid::Builder;

pub(super) use self::rows::commands_on_rows;
pub(super) use self::streams::{commands, lives, loads};
pub(super) use self::summary::{clear, rebuild};
use crate::kernel::{Failure, Timestamp};
use crate::storage::{Options, SqliteStore, Sync};

type Done<T> = Result<T, Box<dyn Error>>;

/// Opens a file as diptych's store does, schema and settings alike.
pub(super) fn open(file: &Path, options: Options) -> Result<Connection, Failure> {
    drop(SqliteStore::open(file, options)?);
    let set_up = || {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(file, flags)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", if options.sync == Sync::Full { "FULL" } else { "NORMAL" })?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "cache_size", -16_000)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        Ok(connection)
    };
    set_up().map_err(|error: rusqlite::Error| Failure::new(error.to_string()).on(file))
}

/// Ids as cheap as they come, unique all the same.
struct Ids {
    random: u64,
    events: u64,
    text: [u8; 36],
}

impl Ids {
    fn new() -> Self {
        Self { random: 0x2024_0101, events: 0, text: [0; 36] }
    }

    /// Of an order or a correlation: random, so that its index grows everywhere, as it does with anyone's UUIDs.
    fn random(&mut self) -> String {
        let mut bytes = [0; 16];
        for half in bytes.chunks_exact_mut(8) {
            // SplitMix64, by Sebastiano Vigna (public domain).
            self.random = self.random.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut mixed = self.random;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            half.copy_from_slice(&(mixed ^ (mixed >> 31)).to_be_bytes());
        }
        Builder::from_random_bytes(bytes).into_uuid().as_hyphenated().encode_lower(&mut self.text).to_owned()
    }

    /// Of an event: by time, so that its index grows at the end.
    fn event(&mut self, at: Timestamp) -> &str {
        self.events += 1;
        let mut tail = [0; 10];
        tail[2..].copy_from_slice(&self.events.to_be_bytes());
        let millis = u64::try_from(at.millis()).unwrap_or_default();
        Builder::from_unix_timestamp_millis(millis, &tail).into_uuid().as_hyphenated().encode_lower(&mut self.text)
    }
}
