//! A playground on disk: `playground.toml`, `inputs.jsonl`, and a file for each world.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tempfile::TempDir;

use super::world::WorldKind;
use crate::kernel::{Failure, Timestamp};

/// The newest form of a playground's directory that this program knows.
const FORMAT: u32 = 1;
const SETTINGS: &str = "playground.toml";
/// What the name of a file begins with that is not whole yet.
const UNFINISHED: &str = ".playground-";

/// What a playground was begun with, and the policy it has now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The form of the directory.
    pub format: u32,
    /// What the ids follow from.
    pub seed: u64,
    /// When the clock starts.
    pub start: Timestamp,
    /// How far it moves a command, in milliseconds.
    pub step_ms: i64,
    /// The hybrid world's wiring.
    pub wiring: String,
    /// The policy in force.
    pub policy: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            format: FORMAT,
            seed: 1,
            start: Timestamp::start(),
            step_ms: 60_000,
            wiring: super::Wiring::HYBRID.to_string(),
            policy: super::Policy::guide().to_string(),
        }
    }
}

/// Where a playground is.
#[derive(Debug)]
pub struct Directory {
    path: PathBuf,
    /// Removes an ephemeral one at the end.
    temporary: Option<TempDir>,
}

impl Directory {
    /// A directory that is removed with its last user.
    ///
    /// # Errors
    ///
    /// When the system has no room for temporary files.
    pub fn ephemeral() -> Result<Self, Failure> {
        let temporary = tempfile::Builder::new().prefix("diptych-").tempdir().map_err(|error| {
            Failure::new(format!("no temporary directory can be made: {error}"))
                .on(std::env::temp_dir())
                .remedy("set TMPDIR to a directory that may be written to")
        })?;
        Ok(Self { path: temporary.path().to_owned(), temporary: Some(temporary) })
    }

    /// A directory that stays; it is made if it is not there.
    ///
    /// # Errors
    ///
    /// When it is a file, cannot be made, or holds other things than a playground.
    pub fn at(path: &Path) -> Result<Self, Failure> {
        if path.exists() && !path.is_dir() {
            return Err(Failure::new("is a file").on(path).remedy("a playground is a directory: choose another path"));
        }
        fs::create_dir_all(path).map_err(|error| {
            Failure::new(format!("cannot be made: {error}"))
                .on(path)
                .remedy("choose a directory that may be written to")
        })?;
        let directory = Self { path: path.to_owned(), temporary: None };
        if !directory.file(SETTINGS).exists() && directory.holds_something()? {
            return Err(Failure::new("holds files, and no playground")
                .on(path)
                .remedy("choose an empty or a new directory, so that nothing of yours is touched"));
        }
        Ok(directory)
    }

    /// A directory in which a playground was begun already. Nothing is made.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn existing(path: &Path) -> Result<Self, Failure> {
        let directory = Self { path: path.to_owned(), temporary: None };
        if !directory.file(SETTINGS).exists() {
            return Err(Failure::new("holds no playground")
                .on(path)
                .remedy("name the directory of one, or begin one there by playing a scenario or opening the window"));
        }
        Ok(directory)
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file of a world.
    pub fn world(&self, kind: WorldKind) -> PathBuf {
        self.file(&format!("{}.db", kind.name()))
    }

    /// The log of inputs.
    pub fn inputs(&self) -> PathBuf {
        self.file("inputs.jsonl")
    }

    /// The breakpoints.
    pub(super) fn breakpoints(&self) -> PathBuf {
        self.file("breakpoints.toml")
    }

    /// The settings, if a playground was begun here.
    ///
    /// # Errors
    ///
    /// When they cannot be read, or a newer program wrote them.
    pub fn settings(&self) -> Result<Option<Settings>, Failure> {
        let file = self.file(SETTINGS);
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Failure::new(format!("cannot be read: {error}")).on(file)),
        };
        let settings: Settings = toml::from_str(&text).map_err(|error| {
            Failure::new(error.to_string().trim_end().to_owned())
                .on(&file)
                .remedy("mend the line, or start a new playground in another directory")
        })?;
        if settings.format > FORMAT {
            return Err(Failure::new(format!("has format {}, and this program knows {FORMAT}", settings.format))
                .on(file)
                .remedy("a newer diptych wrote it: use that one"));
        }
        Ok(Some(settings))
    }

    /// Writes the settings: whole, or not at all.
    ///
    /// # Errors
    ///
    /// When the directory cannot be written to.
    pub fn write_settings(&self, settings: &Settings) -> Result<(), Failure> {
        let file = self.file(SETTINGS);
        let text = toml::to_string(settings).map_err(|error| Failure::new(error.to_string()).on(&file))?;
        let about = "# A diptych playground. The worlds' files beside this one are plain SQLite.";
        self.write_whole(&file, &format!("{about}\n{text}\n"))
    }

    /// Writes one of its files: whole, or not at all.
    pub(super) fn write_whole(&self, file: &Path, text: &str) -> Result<(), Failure> {
        let failed = |error: io::Error| {
            Failure::new(format!("cannot be written: {error}"))
                .on(file)
                .remedy("choose a directory that may be written to and has room")
        };
        let mut new = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(&self.path).map_err(failed)?;
        new.write_all(text.as_bytes()).map_err(failed)?;
        // An ephemeral playground need not survive a power cut.
        let stays = self.temporary.is_none();
        if stays {
            new.as_file().sync_all().map_err(failed)?;
        }
        new.persist(file).map_err(|error| failed(error.error))?;
        if stays {
            // So that the name is on disk, too; where a directory cannot be opened as a file, it is the system's to do.
            let _ = fs::File::open(&self.path).and_then(|directory| directory.sync_all());
        }
        Ok(())
    }

    /// Whether there is anything in it but what a playground leaves that was cut short while it began.
    fn holds_something(&self) -> Result<bool, Failure> {
        let entries = fs::read_dir(&self.path)
            .map_err(|error| Failure::new(format!("cannot be read: {error}")).on(&self.path))?;
        Ok(entries.flatten().any(|entry| {
            let name = entry.file_name();
            let empty_log = entry.path() == self.inputs() && entry.metadata().is_ok_and(|found| found.len() == 0);
            !empty_log && !name.to_string_lossy().starts_with(UNFINISHED)
        }))
    }

    fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }
}
