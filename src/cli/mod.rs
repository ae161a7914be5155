//! The command line: everything the screens show can be had without a terminal, too.
//!
//! One file a subcommand. Answers go to standard output, everything else to standard error. The exit status is 0 when all went
//! well, 1 when an expectation was not met or worlds disagree, and 2 for bad input and for failures of the machine.

mod bench;
mod commands;
mod completions;
mod config;
mod crashes;
mod decide;
mod deliveries;
mod export;
mod file;
mod interleave;
mod log;
mod measure;
mod places;
mod plain;
mod policy;
mod query;
mod run;
mod scenarios;
mod settings;
mod setup;
mod shot;
mod step;
mod stepping;
mod stopped;
mod telling;
mod text;
mod window;

use std::ffi::OsString;
use std::io::{self, BufWriter, StdoutLock, Write};
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Parser, Subcommand};

pub use self::places::default_directory;
use self::stopped::Stopped;

/// Where answers go.
type Out = BufWriter<StdoutLock<'static>>;

/// One domain, remembered in three ways, side by side.
///
/// The same commands run over state persistence, event sourcing and a hybrid of both. Without a subcommand, diptych opens its
/// window on a playground in your data directory.
#[derive(Debug, Parser)]
#[command(name = "diptych", version, args_conflicts_with_subcommands = true, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Option<Ask>,
    #[command(flatten)]
    window: window::Options,
}

const EXAMPLES: &str = "\
Examples:
  diptych                                        open the window
  diptych --ephemeral                            the same, leaving nothing behind
  diptych --plain                                the same without a full screen, line by line
  diptych scenarios                              which scenarios come with the program
  diptych run price-with-a-past                  play one in all three worlds
  diptych run my.toml --policy mended --json     play a file; one JSON object a line
  diptych step price-with-a-past --scene 4       one of its commands, micro-step by micro-step
  diptych crashes order-across-contexts          a crash at every step, and what each leaves behind
  diptych query average-price --dir DIR          ask a playground a question
  diptych decide                                 which pattern suits a context, and why

Exit status: 0 all went well; 1 an expectation was not met, or worlds disagree; 2 bad input, or a failure.";

#[derive(Debug, Subcommand)]
enum Ask {
    Run(run::Arguments),
    Step(step::Arguments),
    Crashes(crashes::Arguments),
    Interleave(interleave::Arguments),
    Policy(policy::Arguments),
    Deliveries(deliveries::Arguments),
    Query(query::Arguments),
    Export(export::Arguments),
    Decide(decide::Arguments),
    Measure(measure::Arguments),
    Shot(shot::Arguments),
    Scenarios(scenarios::Arguments),
    Commands(commands::Arguments),
    Bench(bench::Arguments),
    Completions(completions::Arguments),
    Config(config::Arguments),
}

/// Does what the arguments of the process say.
pub fn main() -> ExitCode {
    let mut out: Out = BufWriter::new(io::stdout().lock());
    let ended = answer(std::env::args_os(), &mut out).and_then(|()| Ok(out.flush()?));
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(stopped) => {
            // What was said before the stop still counts; if that fails too, there is nobody left to tell.
            let _ = out.flush();
            if let Some(message) = stopped.message() {
                note(message);
            }
            stopped.status()
        }
    }
}

fn answer(arguments: impl Iterator<Item = OsString>, out: &mut Out) -> Result<(), Stopped> {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            return Ok(error.print()?);
        }
        Err(error) => {
            let message = error.render().to_string();
            return Err(Stopped::Failed(message.strip_prefix("error: ").unwrap_or(&message).trim_end().to_owned()));
        }
    };
    match cli.command {
        None if cli.window.plain => plain::run(cli.window, out),
        None => window::run(cli.window),
        Some(Ask::Run(arguments)) => run::run(arguments, out),
        Some(Ask::Step(arguments)) => step::run(&arguments, out),
        Some(Ask::Crashes(arguments)) => crashes::run(&arguments, out),
        Some(Ask::Interleave(arguments)) => interleave::run(&arguments, out),
        Some(Ask::Policy(arguments)) => policy::run(&arguments, out),
        Some(Ask::Deliveries(arguments)) => deliveries::run(arguments, out),
        Some(Ask::Query(arguments)) => query::run(arguments, out),
        Some(Ask::Export(arguments)) => export::run(arguments, out),
        Some(Ask::Decide(arguments)) => decide::run(arguments, out),
        Some(Ask::Measure(arguments)) => measure::run(arguments, out),
        Some(Ask::Shot(arguments)) => shot::run(arguments, out),
        Some(Ask::Scenarios(arguments)) => scenarios::run(&arguments, out),
        Some(Ask::Commands(arguments)) => commands::run(&arguments, out),
        Some(Ask::Bench(arguments)) => bench::run(&arguments, out),
        Some(Ask::Completions(arguments)) => completions::run(&arguments, out),
        Some(Ask::Config(arguments)) => config::run(&arguments, out),
    }
}

/// Tells the person something, apart from the answers.
fn note(message: &str) {
    // Without a standard error there is nobody to tell.
    let _ = writeln!(io::stderr(), "diptych: {}", text::plain_lines(message));
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_arguments_make_sense_to_clap() {
        super::Cli::command().debug_assert();
    }
}
