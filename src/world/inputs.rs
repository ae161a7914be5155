//! The log of a playground's inputs: a line of JSON each, written before the input is dispatched.
//!
//! It is the playground: whatever the worlds' files hold follows from it. So a world that was left behind catches up from here.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::fault::Fault;
use super::order::Order;
use super::world::WorldKind;
use crate::kernel::{Failure, Timestamp};

/// Something that was put into a playground.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Input {
    /// A command.
    Command(CommandInput),
    /// Two commands at once.
    Together {
        /// The two, in the order in which they began.
        together: Vec<CommandInput>,
        /// Who moves.
        order: Order,
    },
    /// Another setting from here on.
    Set {
        /// What is set.
        set: Setting,
    },
}

impl Input {
    /// The commands in it.
    pub fn commands(self) -> Vec<CommandInput> {
        match self {
            Self::Command(command) => vec![command],
            Self::Together { together, .. } => together,
            Self::Set { .. } => Vec::new(),
        }
    }
}

/// What is added to a command while it is on its way, as a line of its own behind it: a line that is written is never changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Addition {
    /// The number of the command.
    pub to: u64,
    /// One more fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<Fault>,
    /// Another command beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beside: Option<CommandInput>,
    /// Who has moved, of two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
}

impl Addition {
    pub fn to(to: u64) -> Self {
        Self { to, fault: None, beside: None, order: None }
    }

    /// Adds it to the input that it is about.
    fn add(self, input: &mut Input) {
        let Self { to, fault, beside, order: more } = self;
        if let (Some(beside), Input::Command(first)) = (beside, &mut *input) {
            *input = Input::Together { together: vec![first.clone(), beside], order: Order::default() };
        }
        let faulted = match input {
            Input::Command(one) => Some(one).filter(|one| one.n == to),
            Input::Together { together, order } => {
                for one in more.iter().flat_map(Order::moves) {
                    order.push(*one);
                }
                together.iter_mut().find(|one| one.n == to)
            }
            Input::Set { .. } => None,
        };
        if let (Some(one), Some(fault)) = (faulted, fault) {
            one.faults.push(fault);
        }
    }
}

/// A line of the log.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    Addition(Addition),
    Input(Input),
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
    /// What goes wrong on purpose while it is on its way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Fault>,
}

impl CommandInput {
    /// How long its faults hold it up in the world where they do so longest, in milliseconds.
    fn delay(&self) -> i64 {
        let in_world =
            |world| self.faults.iter().filter(|fault| fault.hits(world)).map(Fault::delay).map(i64::from).sum();
        WorldKind::ALL.into_iter().map(in_world).max().unwrap_or_default()
    }

    /// When it was over: slow steps take the playground's time, not the wall's.
    pub fn over(&self) -> Timestamp {
        self.at.plus(TimeDelta::milliseconds(self.delay())).unwrap_or(self.at)
    }
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
    /// The last command, or the two last at once.
    pub last: Vec<CommandInput>,
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
        self.write(input)
    }

    /// Adds to the input that was written last.
    ///
    /// # Errors
    ///
    /// When it cannot be written; then it must not happen.
    pub(super) fn add(&mut self, addition: &Addition) -> Result<(), Failure> {
        self.write(addition)
    }

    fn write(&mut self, line: &impl Serialize) -> Result<(), Failure> {
        let mut line = serde_json::to_vec(line).map_err(|error| self.failure(&error.to_string()))?;
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

    /// Every input, in order, with everything that was added to it.
    ///
    /// # Errors
    ///
    /// The first line that is none.
    pub fn read(&self) -> Result<Vec<Input>, Failure> {
        let mut inputs: Vec<Input> = Vec::new();
        for (index, line) in self.lines()?.enumerate() {
            let line = line.map_err(|error| self.failure(&error.to_string()))?;
            match (self.parse(&line, &format!("line {}", index + 1))?, inputs.last_mut()) {
                (Line::Input(input), _) => inputs.push(input),
                (Line::Addition(addition), Some(input)) => addition.add(input),
                (Line::Addition(_), None) => {}
            }
        }
        Ok(inputs)
    }

    fn lines(&self) -> Result<impl Iterator<Item = io::Result<Vec<u8>>>, Failure> {
        let file = File::open(&self.path).map_err(|error| self.failure(&error.to_string()))?;
        Ok(BufReader::new(file).split(b'\n'))
    }

    /// Cuts the log after so many inputs, which keep what was added to them.
    ///
    /// # Errors
    ///
    /// When it cannot be read or written.
    pub fn keep(&mut self, inputs: usize) -> Result<(), Failure> {
        let (mut length, mut seen) = (0, 0);
        for (index, line) in self.lines()?.enumerate() {
            let line = line.map_err(|error| self.failure(&error.to_string()))?;
            seen += usize::from(matches!(self.parse(&line, &format!("line {}", index + 1))?, Line::Input(_)));
            if seen > inputs {
                break;
            }
            length += line.len() as u64 + 1;
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
    fn last_inputs(&mut self) -> Result<(Vec<CommandInput>, Option<Setting>), Failure> {
        let mut last_set = None;
        let mut additions = Vec::new();
        let mut end = self.file.metadata().map_err(|error| self.failure(&error.to_string()))?.len();
        while end > 0 {
            let start = self.last_line_start(end - 1).map_err(|error| self.failure(&error.to_string()))?;
            let mut line = vec![0; usize::try_from(end - 1 - start).unwrap_or_default()];
            self.file
                .seek(SeekFrom::Start(start))
                .and_then(|_| self.file.read_exact(&mut line))
                .map_err(|error| self.failure(&error.to_string()))?;
            match self.parse(&line, &format!("the line at byte {start}"))? {
                Line::Addition(addition) => additions.push(addition),
                Line::Input(Input::Set { set }) => last_set = last_set.or(Some(set)),
                Line::Input(mut input) => {
                    additions.into_iter().rev().for_each(|addition| addition.add(&mut input));
                    return Ok((input.commands(), last_set));
                }
            }
            end = start;
        }
        Ok((Vec::new(), last_set))
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

    fn parse(&self, line: &[u8], place: &str) -> Result<Line, Failure> {
        serde_json::from_slice(line).map_err(|error| {
            self.failure(&format!("{place} is no input: {error}"))
                .remedy("restore the file from a copy, or start a new playground in another directory")
        })
    }

    fn failure(&self, what: &str) -> Failure {
        Failure::new(what).on(&self.path)
    }
}
