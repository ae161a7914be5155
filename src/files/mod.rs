//! Files that people write: TOML with the place of each value, and what is wrong in them with line and column.
//!
//! Scenarios, decision frameworks and configurations are read with it, so that all of them are told about in the same way.

mod mistake;
mod reading;

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use toml::de::DeTable;

pub use self::mistake::Mistake;
pub use self::reading::{Mistakes, Placed, Table, kind};
use crate::kernel::Failure;

/// People write no more by hand. What is larger is something else, and is not read at all.
const LARGEST: u64 = 5_000_000;

/// The bytes of a file. `what` it should be is said where it is something else; `missing` is the remedy where there is none.
///
/// # Errors
///
/// When it cannot be read, is a directory, or is larger than 5 MB.
pub fn bytes(path: &Path, what: &str, missing: impl FnOnce() -> String) -> Result<Vec<u8>, Failure> {
    let unreadable = |error: io::Error| {
        let failure = Failure::new(format!("cannot be read: {error}")).on(path);
        match error.kind() {
            io::ErrorKind::NotFound => failure.remedy(missing()),
            io::ErrorKind::PermissionDenied => failure.remedy("check the file's permissions"),
            _ => failure,
        }
    };
    let file = File::open(path).map_err(unreadable)?;
    if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
        return Err(Failure::new("is a directory").on(path).remedy(format!("give {what}'s file")));
    }
    let mut bytes = Vec::new();
    let broken = |error| Failure::new(format!("cannot be read: {error}")).on(path);
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(broken)?;
    if bytes.len() as u64 > LARGEST {
        let remedy = format!("{what} is a text that people write: split it");
        return Err(Failure::new("is larger than 5 MB").on(path).remedy(remedy));
    }
    Ok(bytes)
}

/// Bytes as text.
///
/// # Errors
///
/// Where they cease to be UTF-8.
pub fn text(bytes: Vec<u8>, origin: &str) -> Result<String, Mistake> {
    String::from_utf8(bytes).map_err(|error| {
        let place = error.utf8_error().valid_up_to();
        // What comes before the place is text, so this cuts nothing but what follows it.
        let text = String::from_utf8_lossy(error.as_bytes());
        Mistake::at(origin, &text, place, "the file is not text in UTF-8")
    })
}

/// Reads TOML. `origin` is the file's name, for what is said about it.
///
/// # Errors
///
/// The first thing that is wrong, by its place.
pub fn parse<T>(text: &str, origin: &str, read: impl FnOnce(Table<'_>, &mut Mistakes) -> T) -> Result<T, Mistake> {
    let document = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        Mistake::at(origin, text, at, format!("not TOML: {}", error.message().replace('\n', "; ")))
    })?;
    let mut mistakes = Mistakes::default();
    let value = read(Table::new(document.get_ref(), 0), &mut mistakes);
    match mistakes.first() {
        None => Ok(value),
        Some((at, what)) => Err(Mistake::at(origin, text, at, what)),
    }
}
