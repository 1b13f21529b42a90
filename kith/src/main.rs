//! Floor 4: the program. It wires the floors together and holds no logic.
//!
//! Every command answers `--help`, says what it did in plain words, and ends with 0 (done), 1 (done,
//! and something needs a person's attention) or 2 (could not be done, and why in one sentence).

mod clock;
mod columns;
mod commands;
mod context;
mod json;
mod naming;
mod place;
mod policy;
mod progress;

use std::process::ExitCode;

use clap::Parser;

/// A story is thousands of small pieces: see docs/decisions/0009-the-allocator.md.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    log_to_stderr();
    let arguments = commands::Arguments::parse();
    match commands::run(arguments) {
        Ok(code) => code,
        // Whoever reads has read enough: `kith find | head`.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("kith: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let kind = |cause: &(dyn std::error::Error + 'static)| {
        let written =
            cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        written.or_else(|| cause.downcast_ref::<std::io::Error>().map(std::io::Error::kind))
    };
    error.chain().any(|cause| kind(cause) == Some(std::io::ErrorKind::BrokenPipe))
}

/// Warnings and faults go to standard error; `RUST_LOG` asks for more. No name, number or free text
/// is ever logged.
fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
