//! Floor 4: the program. It wires the floors together and holds no logic.
//!
//! Every command answers `--help`, says what it did in plain words, and ends with 0 (done), 1 (done,
//! and something needs a person's attention) or 2 (could not be done, and why in one sentence).

mod clock;
mod columns;
mod commands;
mod context;
mod place;
mod policy;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let arguments = commands::Arguments::parse();
    match commands::run(arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("kith: {error:#}");
            ExitCode::from(2)
        }
    }
}
