//! Where things are on a person's machine, as the XDG base directories have it: data, configuration, state.

use std::path::PathBuf;

use crate::kernel::Failure;

/// Where the playground is that one gets without naming one: `diptych` in the user's data directory.
///
/// # Errors
///
/// When the system does not say where that is.
pub fn default_directory() -> Result<PathBuf, Failure> {
    base("XDG_DATA_HOME", ".local/share").map(|data| data.join("diptych")).ok_or_else(|| {
        Failure::new("neither XDG_DATA_HOME nor HOME says where your data is").remedy("name a directory with --dir")
    })
}

/// The configuration file that is read where none is named.
pub(super) fn config_file() -> Option<PathBuf> {
    base("XDG_CONFIG_HOME", ".config").map(|config| config.join("diptych/config.toml"))
}

/// The log that is written where none is named.
pub(super) fn log_file() -> Option<PathBuf> {
    state().map(|state| state.join("log"))
}

/// Where what a person set in the window is kept.
pub(super) fn window_file() -> Option<PathBuf> {
    state().map(|state| state.join("window.toml"))
}

fn state() -> Option<PathBuf> {
    base("XDG_STATE_HOME", ".local/state").map(|state| state.join("diptych"))
}

/// Relative paths count as none, as the standard has it.
fn base(name: &str, under_home: &str) -> Option<PathBuf> {
    let absolute = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    absolute(name).or_else(|| absolute("HOME").map(|home| home.join(under_home)))
}
