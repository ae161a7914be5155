//! The log of a playground's inputs: a line of JSON each, written before the input is dispatched.
//!
//! It is the playground: whatever the worlds' files hold follows from it. So a world that was left behind catches up from here.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::kernel::{Failure, Timestamp};

/// Something that was put into a playground.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Input {
    /// A command.
    Command(CommandInput),
    /// Another setting from here on.
    Set {
        /// What is set.
        set: Setting,
    },
}

/// A command as it was put in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommandInput {
    /// Its number, from 1.
    pub n: u64,
    /// When it happened, by the playground's clock.
    pub at: Timestamp,
    /// The command's name.
    #[serde(rename = "do")]
    pub command: String,
    /// Its fields.
    pub with: Map<String, Value>,
    /// The name under which a scenario knows the id that it began.
    #[serde(rename = "as", default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A setting that can change while a playground runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Setting {
    /// The policy, as [`Policy`](super::Policy) reads it.
    Policy(String),
}

/// The open log. While it is open, no other process can open it.
#[derive(Debug)]
pub struct InputLog {
    path: PathBuf,
    file: File,
    durable: bool,
}

/// What opening found.
#[derive(Debug, Default, PartialEq)]
pub struct Found {
    /// The last command.
    pub last: Option<CommandInput>,
    /// The last setting after it: a crash may have come before it was written anywhere else.
    pub set: Option<Setting>,
    /// Bytes of a line that a crash cut off; they were never dispatched, and are gone.
    pub torn: usize,
}

impl InputLog {
    /// Opens or creates the log, locks it, and cuts off a line that a crash left unfinished. With `durable`, an input is on disk
    /// before it is dispatched.
    ///
    /// # Errors
    ///
    /// When another process has it, or it cannot be read or written.
    pub fn open(path: &Path, durable: bool) -> Result<(Self, Found), Failure> {
        let failed = |what: &str, error: &std::io::Error| {
            Failure::new(format!("{what}: {error}"))
                .on(path)
                .remedy("check that the directory may be written to and has room")
        };
        let file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .open(path)
            .map_err(|error| failed("cannot be opened", &error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Failure::new("another diptych has this playground open")
                    .on(path.parent().unwrap_or(path))
                    .remedy("close it first, or choose another directory"));
            }
            Err(TryLockError::Error(error)) => return Err(failed("cannot be locked", &error)),
        }
        let mut log = Self { path: path.to_owned(), file, durable };
        let torn = log.cut_torn_line().map_err(|error| failed("cannot be mended", &error))?;
        let (last, set) = log.last_inputs()?;
        Ok((log, Found { last, set, torn }))
    }

    /// Writes an input.
    ///
    /// # Errors
    ///
    /// When it cannot be written; then it must not be dispatched.
    pub fn append(&mut self, input: &Input) -> Result<(), Failure> {
        let mut line = serde_json::to_vec(input).map_err(|error| self.failure(&error.to_string()))?;
        line.push(b'\n');
        let before = self.file.metadata().map_or(0, |metadata| metadata.len());
        let written =
            self.file.write_all(&line).and_then(|()| if self.durable { self.file.sync_data() } else { Ok(()) });
        written.map_err(|error| {
            // Half a line must not stand before the next one; if even that fails, opening cuts it off.
            let _ = self.file.set_len(before);
            self.failure(&format!("cannot be written: {error}"))
        })
    }

    /// Every input, in order.
    ///
    /// # Errors
    ///
    /// The first line that is none.
    pub fn read(&self) -> Result<Vec<Input>, Failure> {
        let file = File::open(&self.path).map_err(|error| self.failure(&error.to_string()))?;
        let lines = BufReader::new(file).split(b'\n').enumerate();
        lines
            .map(|(index, line)| {
                let line = line.map_err(|error| self.failure(&error.to_string()))?;
                self.parse(&line, &format!("line {}", index + 1))
            })
            .collect()
    }

    /// Cuts the log after so many inputs.
    ///
    /// # Errors
    ///
    /// When it cannot be read or written.
    pub fn keep(&mut self, inputs: usize) -> Result<(), Failure> {
        let file = File::open(&self.path).map_err(|error| self.failure(&error.to_string()))?;
        let mut length = 0;
        for line in BufReader::new(file).split(b'\n').take(inputs) {
            length += line.map_err(|error| self.failure(&error.to_string()))?.len() as u64 + 1;
        }
        self.file
            .set_len(length)
            .and_then(|()| if self.durable { self.file.sync_data() } else { Ok(()) })
            .map_err(|error| self.failure(&format!("cannot be cut: {error}")))
    }

    /// A log ends with a line's end. What stands behind the last one was cut off while it was written.
    fn cut_torn_line(&mut self) -> std::io::Result<usize> {
        let length = self.file.metadata()?.len();
        let end = self.last_line_start(length)?;
        let torn = length - end;
        if torn > 0 {
            self.file.set_len(end)?;
        }
        Ok(usize::try_from(torn).unwrap_or(usize::MAX))
    }

    /// The last command and the last setting after it: most often in the last lines, so that opening does not depend on how long
    /// the log is.
    fn last_inputs(&mut self) -> Result<(Option<CommandInput>, Option<Setting>), Failure> {
        let mut last_set = None;
        let mut end = self.file.metadata().map_err(|error| self.failure(&error.to_string()))?.len();
        while end > 0 {
            let start = self.last_line_start(end - 1).map_err(|error| self.failure(&error.to_string()))?;
            let mut line = vec![0; usize::try_from(end - 1 - start).unwrap_or_default()];
            self.file
                .seek(SeekFrom::Start(start))
                .and_then(|_| self.file.read_exact(&mut line))
                .map_err(|error| self.failure(&error.to_string()))?;
            match self.parse(&line, &format!("the line at byte {start}"))? {
                Input::Command(command) => return Ok((Some(command), last_set)),
                Input::Set { set } => last_set = last_set.or(Some(set)),
            }
            end = start;
        }
        Ok((None, last_set))
    }

    /// Where the line begins that ends, without its line's end, at `end`.
    fn last_line_start(&mut self, end: u64) -> std::io::Result<u64> {
        const CHUNK: u64 = 4096;
        let mut chunk_end = end;
        while chunk_end > 0 {
            let chunk_start = chunk_end.saturating_sub(CHUNK);
            let mut chunk = vec![0; usize::try_from(chunk_end - chunk_start).unwrap_or_default()];
            self.file.seek(SeekFrom::Start(chunk_start))?;
            self.file.read_exact(&mut chunk)?;
            if let Some(newline) = chunk.iter().rposition(|byte| *byte == b'\n') {
                return Ok(chunk_start + newline as u64 + 1);
            }
            chunk_end = chunk_start;
        }
        Ok(0)
    }

    fn parse(&self, line: &[u8], place: &str) -> Result<Input, Failure> {
        serde_json::from_slice(line).map_err(|error| {
            self.failure(&format!("{place} is no input: {error}"))
                .remedy("restore the file from a copy, or start a new playground in another directory")
        })
    }

    fn failure(&self, what: &str) -> Failure {
        Failure::new(what).on(&self.path)
    }
}
