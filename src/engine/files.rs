//! Files that are written for a person: whole or not at all, and nothing that is there is replaced unasked.

use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::kernel::Failure;

/// Why a file was not written.
#[derive(Debug)]
pub enum NotWritten {
    /// There is such a file already, and it was left alone.
    Exists,
    /// The system says no.
    Failed(Failure),
}

/// Writes a file. Where one is there already, it is replaced only if `replace` says so.
///
/// # Errors
///
/// [`NotWritten::Exists`] without `replace`, [`NotWritten::Failed`] with what the system says; what was there is still there.
pub fn write(path: &Path, content: &str, replace: bool) -> Result<(), NotWritten> {
    match fs::metadata(path) {
        Ok(_) if !replace => return Err(NotWritten::Exists),
        // A device or a pipe is written to, not replaced.
        Ok(found) if !found.is_file() && !found.is_dir() => {
            let mut file = fs::OpenOptions::new().write(true).open(path).map_err(|error| failed(path, &error))?;
            return file.write_all(content.as_bytes()).map_err(|error| failed(path, &error));
        }
        _ => {}
    }
    put(path, content, replace).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists if !replace => NotWritten::Exists,
        _ => failed(path, &error),
    })
}

/// Written aside first, so that a full disk leaves what was there. A link stays a link: what it leads to is replaced.
fn put(path: &Path, content: &str, replace: bool) -> io::Result<()> {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // As any new file: what the person's mask leaves of it, or as the file was that is replaced.
    let permissions = fs::metadata(&path).map_or_else(|_| Permissions::from_mode(0o666), |there| there.permissions());
    let mut file = tempfile::Builder::new().prefix(".diptych-").permissions(permissions).tempfile_in(folder)?;
    file.write_all(content.as_bytes())?;
    if replace {
        file.persist(&path)?
    } else {
        file.persist_noclobber(&path)?
    };
    Ok(())
}

fn failed(path: &Path, error: &io::Error) -> NotWritten {
    NotWritten::Failed(Failure::new(format!("cannot be written: {error}")).on(path).remedy("choose another file"))
}

#[cfg(test)]
mod tests {
    use super::{NotWritten, write};

    #[test]
    fn a_file_is_replaced_only_when_asked_and_keeps_its_permissions() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a temporary directory can be made");
        let path = folder.path().join("table.csv");
        assert!(write(&path, "one", false).is_ok());
        assert!(matches!(write(&path, "two", false), Err(NotWritten::Exists)));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).expect("it is there");
        assert!(write(&path, "three", true).is_ok());
        assert_eq!(std::fs::read_to_string(&path).expect("it is there"), "three");
        assert_eq!(std::fs::metadata(&path).expect("it is there").permissions().mode() & 0o777, 0o640);
        let names: Vec<_> = std::fs::read_dir(folder.path()).expect("it is there").flatten().collect();
        assert_eq!(names.len(), 1, "{names:?}");
    }

    #[test]
    fn what_cannot_be_written_says_why_and_a_folder_is_no_file() {
        let folder = tempfile::tempdir().expect("a temporary directory can be made");
        for path in [folder.path().join("no/such/place.csv"), folder.path().to_owned()] {
            let Err(NotWritten::Failed(failure)) = write(&path, "one", true) else { panic!("{path:?} was written") };
            assert!(failure.to_string().contains("cannot be written"), "{failure}");
        }
    }
}
