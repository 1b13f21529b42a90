//! `kith borough`: writes an invented borough as FHIR, ready to import.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use borough::{Borough, Options, Written, describe, write_ndjson};

use crate::context::Context;

/// Write an invented borough as FHIR R4 UK Core files, or describe it.
///
/// The practices and areas of Lambeth, Southwark and Lewisham are real, and so is how common
/// conditions are; the people are not. The same seed gives the same files on every machine.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How many residents: 1,000 to 2,000,000.
    #[arg(long, value_name = "N", default_value_t = 30_000)]
    residents: u32,
    /// The number all chance comes from.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// The folder to write Organization, Patient and Condition files into.
    #[arg(long, value_name = "DIR", required_unless_present = "describe")]
    out: Option<PathBuf>,
    /// Compress the files (.ndjson.gz).
    #[arg(long)]
    gzip: bool,
    /// Count instead of writing: how many adults have how many conditions, by age, and how common
    /// each is against the source.
    #[arg(long, conflicts_with = "out")]
    describe: bool,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// Writes or describes the borough.
pub fn run(args: &Args, _context: &Context) -> anyhow::Result<ExitCode> {
    let borough = Borough::new(args.seed, args.residents)?;
    let mut out = std::io::stdout().lock();
    if let Some(folder) = &args.out {
        let options = Options { gzip: args.gzip };
        let shown = std::io::stderr().is_terminal();
        let mut progress = |done: u32| {
            if shown {
                eprint!("\r{done} of {} residents", args.residents);
            }
        };
        let written = write_ndjson(&borough, folder, options, &mut progress)?;
        if shown {
            eprintln!();
        }
        if args.json {
            serde_json::to_writer(&mut out, &written)?;
            writeln!(out)?;
        } else {
            print(&mut out, &written)?;
        }
    } else {
        let description = describe(&borough);
        if args.json {
            serde_json::to_writer(&mut out, &description)?;
            writeln!(out)?;
        } else {
            write!(out, "{description}")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn print(out: &mut impl Write, written: &Written) -> std::io::Result<()> {
    writeln!(
        out,
        "Wrote {} residents of {} practices, with {} coded records:",
        written.residents, written.practices, written.conditions
    )?;
    for file in &written.files {
        writeln!(out, "  {}", file.display())?;
    }
    Ok(())
}
