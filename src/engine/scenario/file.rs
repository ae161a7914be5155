//! From a file, or from a name, to a scenario.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use toml::de::DeTable;

use super::mistake::Mistake;
use super::reading::{Mistakes, Table};
use super::{Scenario, library, scene};
use crate::application::fields::suggestion;
use crate::kernel::Failure;

/// A scenario is written by people. What is larger is something else, and is not read at all.
const LARGEST: u64 = 5_000_000;

/// Why a scenario cannot be played.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Unplayable {
    /// Its file cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Failure),
    /// Something is wrong in it.
    #[error(transparent)]
    Mistaken(#[from] Mistake),
}

impl Scenario {
    /// Reads the file of this path or, where there is none, the built-in scenario of this name.
    ///
    /// # Errors
    ///
    /// When there is neither, the file cannot be read, or something is wrong in it.
    pub fn open(path_or_name: &Path) -> Result<Self, Unplayable> {
        let named = path_or_name.to_str().and_then(library::named);
        match named {
            Some(shipped) if !path_or_name.exists() => Ok(Self::parse(shipped.text, shipped.name)?),
            _ => Self::read(path_or_name),
        }
    }

    fn read(path: &Path) -> Result<Self, Unplayable> {
        let text = String::from_utf8(bytes(path)?).map_err(|error| {
            let place = error.utf8_error().valid_up_to();
            // What comes before the place is text, so this cuts nothing but what follows it.
            let text = String::from_utf8_lossy(error.as_bytes());
            Mistake::at(&path.display().to_string(), &text, place, "the file is not text in UTF-8")
        })?;
        Ok(Self::parse(&text, &path.display().to_string())?)
    }

    /// Reads a scenario from text. `origin` is the file's name, for what is said about it.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong.
    pub fn parse(text: &str, origin: &str) -> Result<Self, Mistake> {
        let document = DeTable::parse(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            Mistake::at(origin, text, at, format!("not TOML: {}", error.message().replace('\n', "; ")))
        })?;
        let mut mistakes = Mistakes::default();
        let scenario = scene::scenario(Table::new(document.get_ref(), 0), &mut mistakes);
        match mistakes.first() {
            None => Ok(scenario),
            Some((at, what)) => Err(Mistake::at(origin, text, at, what)),
        }
    }
}

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let unreadable = |error: io::Error| {
        let failure = Failure::new(format!("cannot be read: {error}")).on(path);
        match error.kind() {
            io::ErrorKind::NotFound => {
                let known: Vec<_> = library::all().iter().map(|shipped| shipped.name).collect();
                let name = path.to_string_lossy();
                failure
                    .remedy(format!("give a file, or the name of a built-in scenario; {}", suggestion(&name, &known)))
            }
            io::ErrorKind::PermissionDenied => failure.remedy("check the file's permissions"),
            _ => failure,
        }
    };
    let file = File::open(path).map_err(unreadable)?;
    if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
        return Err(Failure::new("is a directory").on(path).remedy("give a scenario's file"));
    }
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Failure::new("is larger than 5 MB")
            .on(path)
            .remedy("a scenario is a text of some scenes: split it"));
    }
    Ok(bytes)
}
