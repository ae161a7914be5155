//! The log: lines for whoever looks for what went wrong, in a file and never on the screen.
//!
//! The file is made with its first line; one that has grown long is put aside once, as `log.1`.

use std::fs::{File, OpenOptions, create_dir_all, rename};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use clap::ValueEnum;
use tracing::level_filters::LevelFilter;

/// A log that is longer is put aside.
const LONG: u64 = 4 << 20;

/// How much is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Level {
    /// Nothing
    Off,
    /// Panics
    Error,
    /// And failures
    Warn,
    /// And every command in every world
    Info,
    /// And whatever there is
    Debug,
}

/// Logs to a file from here on.
pub(super) fn begin(path: &Path, level: Level) {
    let level = match level {
        Level::Off => LevelFilter::OFF,
        Level::Error => LevelFilter::ERROR,
        Level::Warn => LevelFilter::WARN,
        Level::Info => LevelFilter::INFO,
        Level::Debug => LevelFilter::DEBUG,
    };
    let log = Mutex::new(Log { path: path.to_owned(), file: None });
    let subscriber = tracing_subscriber::fmt().with_max_level(level).with_ansi(false).with_writer(log).finish();
    // A process has one log; where it has one already, that one stays.
    let _ = tracing::subscriber::set_global_default(subscriber);
}

struct Log {
    path: PathBuf,
    file: Option<File>,
}

impl Log {
    fn open(&self) -> io::Result<File> {
        if let Some(parent) = self.path.parent() {
            create_dir_all(parent)?;
        }
        if self.path.metadata().is_ok_and(|about| about.len() > LONG) {
            rename(&self.path, self.path.with_extension("1"))?;
        }
        OpenOptions::new().create(true).append(true).open(&self.path)
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.file.is_none() {
            self.file = Some(self.open()?);
        }
        match &mut self.file {
            Some(file) => file.write(bytes),
            None => Ok(bytes.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), File::flush)
    }
}
