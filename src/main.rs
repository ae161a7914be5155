//! The program: everything is in the library.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// A replay makes and drops small texts by the thousand, which this allocator does in less time than the system's.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    diptych::cli::main()
}
