//! What the database says, for the person who reads it: what happened, on which file, and what to do.

use std::path::Path;

use rusqlite::{Error, ErrorCode};

use crate::kernel::Failure;

/// The failure behind an error of the database.
pub(super) fn failure(error: &Error, path: &Path) -> Failure {
    let (what, remedy) = match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => return not_a_database(path),
        Some(ErrorCode::DatabaseCorrupt) => (format!("the database is damaged ({error})"), Some(RESTORE)),
        Some(ErrorCode::ReadOnly) => (
            "it cannot be written: the file, its directory or this connection is read-only".to_owned(),
            Some("give yourself the right to write both, or work on a copy"),
        ),
        Some(ErrorCode::DiskFull) => {
            ("the disk is full; nothing was written".to_owned(), Some("make room and try again"))
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => (
            "another program holds it locked; nothing was written".to_owned(),
            Some("close the other program, or end its transaction, and try again"),
        ),
        Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => (
            "it cannot be opened".to_owned(),
            Some("see that the directory exists, that this is a file and that you may read and write both"),
        ),
        Some(ErrorCode::SystemIoFailure) => {
            (format!("reading or writing failed ({error})"), Some("see that the disk is there and whole"))
        }
        _ => (format!("the database failed: {error}"), None),
    };
    let failure = Failure::new(what).on(path);
    match remedy {
        Some(remedy) => failure.remedy(remedy),
        None => failure,
    }
}

/// The failure of opening something else.
pub(super) fn not_a_database(path: &Path) -> Failure {
    Failure::new("it is not an SQLite database").on(path).remedy(RESTORE)
}

const RESTORE: &str = "restore a copy of it, or move it away to begin anew; diptych does not touch it";

#[cfg(test)]
mod tests {
    use rusqlite::ffi;

    use super::*;

    #[test]
    fn every_trouble_with_a_file_names_it_and_says_what_to_do() {
        let troubles = [
            (ffi::SQLITE_NOTADB, "not an SQLite database"),
            (ffi::SQLITE_CORRUPT, "damaged"),
            (ffi::SQLITE_READONLY, "cannot be written"),
            (ffi::SQLITE_FULL, "the disk is full"),
            (ffi::SQLITE_BUSY, "another program holds it locked"),
            (ffi::SQLITE_CANTOPEN, "cannot be opened"),
            (ffi::SQLITE_IOERR, "reading or writing failed"),
        ];
        for (code, words) in troubles {
            let failure = failure(&Error::SqliteFailure(ffi::Error::new(code), None), Path::new("world.db"));
            assert_eq!(failure.file.as_deref(), Some(Path::new("world.db")));
            assert!(failure.what.contains(words), "{failure}");
            assert!(failure.remedy.is_some(), "{failure}");
        }
    }
}
