//! The program from outside: arguments in; standard output, standard error and exit status out.

mod bad_input;
mod config;
mod decide;
mod experiments;
mod export;
mod golden;
mod killed;
mod measure;
mod plain;
mod questions;
mod shot;
mod step;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The program, with nothing of the tester's own data in reach.
fn diptych(directory: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_diptych"));
    command
        .current_dir(directory)
        .env("XDG_DATA_HOME", directory.join("data"))
        .env("XDG_CONFIG_HOME", directory.join("config"));
    command.env("XDG_STATE_HOME", directory.join("state")).env("NO_COLOR", "1");
    command
}

/// Runs the program in `directory` and waits for its end.
fn run(directory: &Path, arguments: &[&str]) -> Output {
    diptych(directory).args(arguments).output().expect("the program was built for this test")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("answers are UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages are UTF-8")
}

fn directory() -> tempfile::TempDir {
    tempfile::tempdir().expect("the test may make a temporary directory")
}

/// Writes a file into `directory`, and answers its name.
fn file(directory: &Path, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = directory.join(name);
    std::fs::write(&path, content).expect("the test may write into its directory");
    path
}

/// Everything under a directory, with its bytes.
fn everything(directory: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(directory).expect("it is a directory") {
        let path = entry.expect("its entries can be read").path();
        if path.is_dir() {
            found.push((path.clone(), Vec::new()));
            found.extend(everything(&path));
        } else {
            let bytes = std::fs::read(&path).unwrap_or_default();
            found.push((path, bytes));
        }
    }
    found.sort();
    found
}
