//! `diptych` alone: the window.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use clap::Args;

use super::settings::Settings;
use super::stopped::Stopped;
use crate::kernel::Failure;

/// How the window is opened.
#[derive(Debug, Clone, Args)]
pub(super) struct Options {
    /// The playground's directory; otherwise the one in your data directory
    #[arg(long, value_name = "DIR", conflicts_with = "ephemeral")]
    pub dir: Option<PathBuf>,
    /// A playground that leaves nothing behind
    #[arg(long)]
    pub ephemeral: bool,
    /// A scenario to play with Space: a file, or the name of a built-in one
    #[arg(long, value_name = "NAME|FILE")]
    pub scenario: Option<PathBuf>,
    #[command(flatten)]
    pub settings: Settings,
}

pub(super) fn run(options: Options) -> Result<(), Stopped> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(Stopped::Failed(
            "the window needs a terminal, and standard input or output is none; without one, use a subcommand: \
             `diptych run FILE`, `diptych query NAME`, `diptych scenarios` (`diptych --help` lists all)"
                .to_owned(),
        ));
    }
    open_window(options)
}

fn open_window(options: Options) -> Result<(), Stopped> {
    let _ = options;
    Err(Failure::new("the window is unavailable in this build").remedy("use `diptych run` instead").into())
}
