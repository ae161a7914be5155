//! `diptych completions`: what a shell needs to complete the arguments.

use std::io::Write;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::stopped::Stopped;
use super::{Cli, Out};

/// Print completions for a shell
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  diptych completions bash > ~/.local/share/bash-completion/completions/diptych")]
pub(super) struct Arguments {
    /// Which shell
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments, out: &mut Out) -> Result<(), Stopped> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "diptych", &mut script);
    Ok(out.write_all(&script)?)
}
