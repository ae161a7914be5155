//! From a file, or from a name, to a scenario.

use std::path::Path;

use super::{Scenario, library, scene};
use crate::application::fields::suggestion;
use crate::files::{self, Mistake};
use crate::kernel::Failure;

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
        let bytes = files::bytes(path, "a scenario", || {
            let known: Vec<_> = library::all().iter().map(|shipped| shipped.name).collect();
            let name = path.to_string_lossy();
            format!("give a file, or the name of a built-in scenario; {}", suggestion(&name, &known))
        })?;
        let origin = path.display().to_string();
        Ok(Self::parse(&files::text(bytes, &origin)?, &origin)?)
    }

    /// Reads a scenario from text. `origin` is the file's name, for what is said about it.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong.
    pub fn parse(text: &str, origin: &str) -> Result<Self, Mistake> {
        files::parse(text, origin, scene::scenario)
    }
}
