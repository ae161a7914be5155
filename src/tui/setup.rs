//! What a window is opened with, besides its playground.

use super::kept::Kept;
use super::keys::Keys;
use super::model::Appearance;
use crate::decision::Framework;
use crate::kernel::Failure;

/// What a person has asked for, on the command line, in files, or by what they left behind.
#[derive(Debug, Clone)]
pub struct Setup {
    /// How things are shown.
    pub appearance: Appearance,
    /// The keys in force.
    pub keys: Keys,
    /// Whether the mouse is the window's from the start.
    pub mouse: bool,
    /// What was kept of the window before.
    pub kept: Kept,
    /// What Decide asks.
    pub framework: Framework,
    /// What was wrong with any of these: shown first.
    pub wrong: Vec<Failure>,
    /// What the help says about this run: a name and a place.
    pub about: Vec<(&'static str, String)>,
    /// Panics after the first draw, so that a test can see the terminal being given back. Only the command line of a debug build
    /// can ask for it.
    pub panics: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Self::from(Appearance::default())
    }
}

impl From<Appearance> for Setup {
    fn from(appearance: Appearance) -> Self {
        Self {
            appearance,
            keys: Keys::default(),
            mouse: true,
            kept: Kept::default(),
            framework: Framework::default(),
            wrong: Vec::new(),
            about: Vec::new(),
            panics: false,
        }
    }
}
