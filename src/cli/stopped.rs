//! Why the program stopped before its end, and its exit status.

use std::io;
use std::process::ExitCode;

use crate::application::commands::Unreadable;
use crate::engine::scenario::Unplayable;
use crate::kernel::Failure;

/// Why the program stopped.
#[derive(Debug)]
pub(super) enum Stopped {
    /// An expectation was not met, or worlds disagree.
    Unmet(String),
    /// Bad input, or a failure of the machine.
    Failed(String),
    /// Nobody reads the answers any more.
    Closed,
}

impl Stopped {
    /// What to say about it.
    pub fn message(&self) -> Option<&str> {
        match self {
            Self::Unmet(message) | Self::Failed(message) => Some(message),
            Self::Closed => None,
        }
    }

    /// 1 for what was not met, 2 otherwise.
    pub fn status(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Unmet(_) => 1,
            Self::Failed(_) | Self::Closed => 2,
        })
    }
}

impl From<Failure> for Stopped {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure.to_string())
    }
}

impl From<Unplayable> for Stopped {
    fn from(unplayable: Unplayable) -> Self {
        Self::Failed(unplayable.to_string())
    }
}

impl From<Unreadable> for Stopped {
    fn from(unreadable: Unreadable) -> Self {
        Self::Failed(unreadable.to_string())
    }
}

/// Standard output is the only thing that the command line writes to itself.
impl From<io::Error> for Stopped {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::Closed,
            _ => Self::Failed(format!("standard output cannot be written: {error}")),
        }
    }
}
