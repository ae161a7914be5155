//! Files that the program writes for a person: nothing that is there is replaced unasked.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;

use super::stopped::Stopped;
use crate::kernel::Failure;

/// Writes a file. One that is there already is left alone, unless `force` says otherwise.
pub(super) fn write(path: &Path, content: &str, force: bool) -> Result<(), Stopped> {
    let mut options = OpenOptions::new();
    options.write(true);
    if force {
        options.create(true).truncate(true)
    } else {
        options.create_new(true)
    };
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::AlreadyExists => {
            Failure::new("is there already, and was left alone").on(path).remedy("--force replaces it")
        }
        _ => Failure::new(format!("cannot be written: {error}")).on(path).remedy("choose another file"),
    };
    let mut file = options.open(path).map_err(failed)?;
    Ok(file.write_all(content.as_bytes()).map_err(failed)?)
}
