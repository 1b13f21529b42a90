//! `kith verify`, `rebuild`, `backup` and `restore`: keeping what is kept.

use std::fs::File;
use std::io::{BufReader, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use serde_json::json;
use store::verify::{self, Fault, Report};
use store::{backup, heads, rebuild, restore};

use crate::columns::grouped;
use crate::context::Context;

/// Check that no entry of any story was altered, taken away or moved.
///
/// Goes through every story and every log of who has looked, and names each entry that is not as it
/// was written. A whole story that was taken away, with the note of it, shows only against a list
/// of heads from an earlier day: write one daily, and keep it elsewhere.
///
/// Ends with 0 if all is sound, 1 if not, 2 if it could not be checked.
#[derive(Debug, clap::Args)]
pub struct VerifyArgs {
    /// Also check against a list of heads written earlier.
    #[arg(long, value_name = "FILE")]
    heads: Option<PathBuf>,
    /// Write where every chain ends now.
    #[arg(long, value_name = "FILE")]
    write_heads: Option<PathBuf>,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// Checks the store.
pub fn verify(args: &VerifyArgs, context: &Context) -> anyhow::Result<ExitCode> {
    let store = context.open_store()?;
    let mut report = store.read(|tx| verify::verify(tx, &mut progress("checked")))?;
    if let Some(path) = &args.heads {
        let mut file = BufReader::new(open(path)?);
        let more = store.read(|tx| heads::check(tx, &mut file))?;
        report.faults.extend(more);
    }
    clear();
    if let (Some(path), true) = (&args.write_heads, report.faults.is_empty()) {
        let mut file = BufWriter::new(create(path)?);
        let count = store.read(|tx| heads::write(tx, &mut file))?;
        sync(file, path)?;
        eprintln!("Wrote {} heads to {}.", grouped(count), path.display());
    }
    print_report(&report, args.json)?;
    Ok(if report.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn print_report(report: &Report, as_json: bool) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    if as_json {
        let faults: Vec<String> = report.faults.iter().map(Fault::to_string).collect();
        let answer = json!({
            "stories": report.stories,
            "entries": report.entries,
            "views": report.accesses,
            "faults": faults,
        });
        writeln!(out, "{answer:#}")?;
        return Ok(());
    }
    for fault in &report.faults {
        writeln!(out, "{fault}")?;
    }
    let verdict = match report.faults.len() {
        0 => "everything is as it was written".to_owned(),
        1 => "1 fault; compare with a backup".to_owned(),
        count => format!("{count} faults; compare with a backup"),
    };
    writeln!(
        out,
        "{} stories with {} entries and {} views: {verdict}.",
        grouped(report.stories),
        grouped(report.entries),
        grouped(report.accesses)
    )?;
    Ok(())
}

/// Recompute everything that lists and searches read, from the stories alone.
///
/// On a sound store this changes nothing. Others may go on working meanwhile.
#[derive(Debug, clap::Args)]
pub struct RebuildArgs {
    /// Say how many people's rows differ, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// Recomputes derived rows.
pub fn rebuild(args: &RebuildArgs, context: &Context) -> anyhow::Result<ExitCode> {
    let store = context.open_store()?;
    let (people, differed) = if args.dry_run {
        let report = store.read(|tx| verify::verify(tx, &mut progress("compared")))?;
        let differ = report.faults.iter().filter(|fault| fault.wrong == verify::Wrong::Derived);
        (report.stories, u64::try_from(differ.count())?)
    } else {
        let rebuilt = rebuild::rebuild(&store, &mut progress("rebuilt"))?;
        (rebuilt.people, rebuilt.differed)
    };
    clear();
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{}", json!({ "people": people, "differed": differed }))?;
    } else {
        let done = if args.dry_run { "would change" } else { "changed" };
        let (people, differed) = (grouped(people), grouped(differed));
        writeln!(out, "{people} people with a story; the rows of {differed} {done}.")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Write the whole store, as it is at one moment, to one file; others go on working.
///
/// The file can be restored on either engine. It holds everything about everyone: keep it safe.
#[derive(Debug, clap::Args)]
pub struct BackupArgs {
    /// The file to write. It must not be there yet.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Backs the store up.
pub fn backup(args: &BackupArgs, context: &Context) -> anyhow::Result<ExitCode> {
    let store = context.open_store()?;
    let path = &args.file;
    if path.exists() {
        anyhow::bail!("{} is there already: choose another name", path.display());
    }
    // Under another name until it is whole, so that nobody takes half a backup for one.
    let partial = path.with_extension("partial");
    let mut file = BufWriter::new(create(&partial)?);
    let rows = backup::backup(&store, &mut file, &mut progress("rows written"))?;
    sync(file, &partial)?;
    std::fs::rename(&partial, path)
        .with_context(|| format!("cannot give the backup its name {}", path.display()))?;
    clear();
    println!("Wrote {} rows to {}.", grouped(rows), path.display());
    Ok(ExitCode::SUCCESS)
}

/// Fill an empty store from a backup, after checking every line and every chain of it.
#[derive(Debug, clap::Args)]
pub struct RestoreArgs {
    /// A file that `kith backup` wrote.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Restores a backup.
pub fn restore(args: &RestoreArgs, context: &Context) -> anyhow::Result<ExitCode> {
    let file = open(&args.file)?;
    let store = context.open_store()?;
    let report = restore::restore(file, &store, &mut progress("rows restored"))
        .with_context(|| format!("{} was not restored", args.file.display()))?;
    clear();
    print_report(&report, false)?;
    Ok(ExitCode::SUCCESS)
}

fn open(path: &Path) -> anyhow::Result<File> {
    File::open(path).with_context(|| format!("cannot read {}", path.display()))
}

fn create(path: &Path) -> anyhow::Result<File> {
    File::create(path).with_context(|| format!("cannot write {}", path.display()))
}

/// Sees to it that a file is on the disk before anyone is told that it is.
fn sync(file: BufWriter<File>, path: &Path) -> anyhow::Result<()> {
    let file = file.into_inner().map_err(std::io::IntoInnerError::into_error);
    file.and_then(|file| file.sync_all())
        .with_context(|| format!("cannot write {} to the end", path.display()))
}

/// Tells a terminal how far long work has come.
fn progress(what: &'static str) -> impl FnMut(u64) {
    let shown = std::io::stderr().is_terminal();
    move |count| {
        if shown {
            eprint!("\r{} {what}", grouped(count));
        }
    }
}

fn clear() {
    if std::io::stderr().is_terminal() {
        eprint!("\r{:40}\r", "");
    }
}
