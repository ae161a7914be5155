//! Files that the program writes for a person: nothing that is there is replaced unasked.

use std::path::Path;

use super::stopped::Stopped;
use crate::engine::files::{self, NotWritten};
use crate::kernel::Failure;

/// Writes a file. One that is there already is left alone, unless `force` says otherwise.
pub(super) fn write(path: &Path, content: &str, force: bool) -> Result<(), Stopped> {
    files::write(path, content, force).map_err(|why| {
        let failure = match why {
            NotWritten::Exists => {
                Failure::new("is there already, and was left alone").on(path).remedy("--force replaces it")
            }
            NotWritten::Failed(failure) => failure,
        };
        failure.into()
    })
}
