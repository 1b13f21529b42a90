//! `kith borough`: writes an invented borough as FHIR, ready to import.

use std::fs::File;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
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
    #[arg(long, value_name = "DIR", required_unless_present_any = ["describe", "finances"])]
    out: Option<PathBuf>,
    /// The file to write the supported residents into, one to a line: their means and their care as a
    /// case that `kith charge` reads, with their age, support reason, ethnicity and benefit.
    #[arg(long, value_name = "FILE.ndjson")]
    finances: Option<PathBuf>,
    /// Compress the files (.ndjson.gz).
    #[arg(long)]
    gzip: bool,
    /// Count instead of writing: how many adults have how many conditions, by age, and how common
    /// each is against the source.
    #[arg(long, conflicts_with_all = ["out", "finances"])]
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
    }
    if let Some(file) = &args.finances {
        let people = write_finances(&borough, file)
            .with_context(|| format!("cannot write {}", file.display()))?;
        if args.json {
            writeln!(out, "{}", serde_json::json!({ "supported": people, "file": file }))?;
        } else {
            writeln!(out, "Wrote {people} supported people:\n  {}", file.display())?;
        }
    }
    if args.describe {
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

/// Writes the supported people, and says how many there are. The file takes its name when all is
/// written.
fn write_finances(borough: &Borough, path: &Path) -> anyhow::Result<u32> {
    let unfinished = path.with_extension("part");
    let mut file = BufWriter::new(File::create(&unfinished)?);
    let mut people = 0;
    for person in borough.supported() {
        serde_json::to_writer(&mut file, &person)?;
        writeln!(file)?;
        people += 1;
    }
    file.into_inner()?.sync_all()?;
    std::fs::rename(&unfinished, path)?;
    Ok(people)
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
