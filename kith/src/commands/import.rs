//! `kith import`: takes coded records from a feed into the register.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use care::find::intake::{Account, Tally};
use care::record::moment::Moment;
use clap::Subcommand;
use exchange::fhir::read::Feed;
use serde::Serialize;
use store::{Store, register};

use crate::clock;
use crate::columns::{self, grouped};
use crate::context::{Context, data_folder};
use crate::json;
use crate::progress::Progress;

mod charges;
mod report;
mod taking;

use report::Report;
use taking::{Keeper, Stopped, Taken, Taking};

/// Take coded records into the register of residents, or charges that were decided before.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    format: Format,
}

#[derive(Debug, Subcommand)]
enum Format {
    Charges(charges::Args),
    Fhir(Fhir),
}

/// FHIR R4 in JSON: a resource a line (NDJSON), single resources and Bundles, plain or gzip.
///
/// Patients, Conditions, and the Organizations and PractitionerRoles that GP registrations lead to
/// are taken. Every line, and every entry of a Bundle, is taken, left or rejected, and counted.
/// The same data again changes nothing; newer data replaces older. An import that was broken off
/// is finished by running it again.
///
/// Ends with 0 if all was taken or left, 1 if something was rejected, 2 if it could not be run.
#[derive(Debug, clap::Args)]
struct Fhir {
    /// Files and folders.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The name of the feed. Records of one feed are told apart by their ids; those of two feeds
    /// never meet but by NHS number.
    #[arg(long, value_name = "NAME", default_value = "gp", value_parser = feed_name)]
    source: String,
    /// Where to write what was rejected, and what was taken with a warning (CSV). It may name
    /// people: keep it safe.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
    /// Say what would be taken, and change nothing. On SQLite nobody else can write meanwhile.
    #[arg(long)]
    dry_run: bool,
}

fn feed_name(text: &str) -> Result<String, String> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    if (1..=40).contains(&text.len()) && text.bytes().all(fits) {
        Ok(text.to_owned())
    } else {
        Err("a feed's name has up to 40 letters, digits, hyphens, dots and underscores".to_owned())
    }
}

/// Imports.
pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    match args.format {
        Format::Charges(args) => charges::run(&args, context),
        Format::Fhir(args) => run_fhir(&args, context),
    }
}

fn run_fhir(args: &Fhir, context: &Context) -> anyhow::Result<ExitCode> {
    let feed = Feed::find(&args.paths)?;
    let store = context.open_store()?;
    let started = clock::now();
    let folder = working_folder(&store)?;
    let report = match &args.report {
        Some(path) => Report::create(path.clone())?,
        None => {
            let name = started.to_string().replace(':', "-");
            Report::at(folder.join(format!("import-{}.csv", &name[..26])))
        }
    };
    let taken = take(args, &store, &feed, &folder, report)?;
    let ended = clock::now();
    let answer = Answer::new(args, &feed, &taken, (started, ended));
    if !args.dry_run {
        let account = serde_json::to_string(&answer)?;
        let run = clock::new_id().to_string();
        let (source, times) = (args.source.clone(), (started, ended));
        store.write::<_, store::StoreError>(move |tx| {
            register::record_run(tx, &run, times, &source, &account)
        })?;
        if answer.total.new + answer.total.changed > 0 {
            store.analyze()?;
        }
    }
    let mut out = std::io::stdout().lock();
    if args.json {
        json::write(&mut out, &answer)?;
    } else {
        out.write_all(summary(&answer, &taken.account)?.as_bytes())?;
    }
    Ok(if answer.total.rejected == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// A folder on a disk with room: beside the store, otherwise the data folder.
fn working_folder(store: &Store) -> anyhow::Result<PathBuf> {
    match store.path().and_then(Path::parent) {
        Some(folder) if folder.as_os_str().is_empty() => Ok(PathBuf::from(".")),
        Some(folder) => Ok(folder.to_owned()),
        None => data_folder(),
    }
}

fn take(
    args: &Fhir,
    store: &Store,
    feed: &Feed,
    folder: &Path,
    report: Report,
) -> anyhow::Result<Taken> {
    let intake = store.read::<_, store::StoreError>(register::load)?;
    let progress = Progress::on_terminal();
    let source = &args.source;
    if !args.dry_run {
        let taking = Taking::new(Keeper::Each(store), intake, source, feed, report, progress);
        return Ok(taking.run(folder)?);
    }
    // All of it in one transaction, which is then taken back.
    let mut tried = None;
    let undone = store.bulk_write(|tx| {
        let taking = Taking::new(Keeper::Within(tx), intake, source, feed, report, progress);
        tried = Some(taking.run(folder));
        Err::<(), _>(Stopped::DryRun)
    });
    match (undone, tried) {
        (Err(Stopped::DryRun), Some(taken)) => Ok(taken?),
        (Err(error), _) => Err(error.into()),
        _ => anyhow::bail!("the trial run was not taken back"),
    }
}

/// What an import says of itself.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    source: String,
    dry_run: bool,
    files: usize,
    bytes: u64,
    milliseconds: i64,
    lines_blank: u64,
    bundles: u64,
    total: Counts,
    by_type: std::collections::BTreeMap<String, Counts>,
    left: Vec<Left>,
    people: usize,
    report: Option<PathBuf>,
    passed_over: Vec<PathBuf>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Counts {
    read: u64,
    taken: u64,
    new: u64,
    changed: u64,
    unchanged: u64,
    left: u64,
    rejected: u64,
    warnings: u64,
}

impl From<Tally> for Counts {
    fn from(tally: Tally) -> Self {
        Self {
            read: tally.read,
            taken: tally.taken(),
            new: tally.new,
            changed: tally.changed,
            unchanged: tally.unchanged,
            left: tally.left,
            rejected: tally.rejected,
            warnings: tally.warned,
        }
    }
}

#[derive(Serialize)]
struct Left {
    #[serde(rename = "type")]
    kind: String,
    why: String,
    items: u64,
}

impl Answer {
    fn new(args: &Fhir, feed: &Feed, taken: &Taken, (started, ended): (Moment, Moment)) -> Self {
        let account = &taken.account;
        let left = account.left.iter().map(|((kind, why), items)| Left {
            kind: kind.clone(),
            why: why.clone(),
            items: *items,
        });
        Self {
            source: args.source.clone(),
            dry_run: args.dry_run,
            files: feed.files.len(),
            bytes: feed.size(),
            milliseconds: (ended.microseconds() - started.microseconds()) / 1_000,
            lines_blank: taken.blank,
            bundles: taken.bundles,
            total: account.total().into(),
            by_type: account
                .kinds
                .iter()
                .map(|(kind, tally)| (kind.clone(), (*tally).into()))
                .collect(),
            left: left.collect(),
            people: taken.people,
            report: taken.report.clone(),
            passed_over: feed.passed_over.clone(),
        }
    }
}

fn summary(answer: &Answer, account: &Account) -> anyhow::Result<String> {
    let mut text = Vec::new();
    let heads = ["", "read", "new", "changed", "unchanged", "left", "rejected", "warnings"];
    let row = |name: &str, tally: &Tally| {
        let counts = [
            tally.read,
            tally.new,
            tally.changed,
            tally.unchanged,
            tally.left,
            tally.rejected,
            tally.warned,
        ];
        std::iter::once(name.to_owned()).chain(counts.map(grouped)).collect::<Vec<_>>()
    };
    let mut rows: Vec<_> = account.kinds.iter().map(|(kind, tally)| row(kind, tally)).collect();
    rows.push(row("all", &account.total()));
    columns::write(&mut text, &heads, &rows)?;
    let mut text = String::from_utf8(text).context("the table is not text")?;
    let seconds = format!("{}.{}", answer.milliseconds / 1_000, answer.milliseconds % 1_000 / 100);
    writeln!(text)?;
    writeln!(
        text,
        "{} files, {} bytes, {seconds} seconds. {} people are on the register.",
        grouped(answer.files as u64),
        grouped(answer.bytes),
        grouped(answer.people as u64)
    )?;
    if answer.bundles > 0 {
        let bundles = grouped(answer.bundles);
        writeln!(text, "{bundles} Bundles were opened; their entries are counted, not they.")?;
    }
    for left in &answer.left {
        writeln!(text, "Left {} {}: {}.", grouped(left.items), left.kind, left.why)?;
    }
    if !answer.passed_over.is_empty() {
        let count = grouped(answer.passed_over.len() as u64);
        writeln!(text, "Passed over {count} files in the folders that are not FHIR JSON:")?;
        for path in answer.passed_over.iter().take(10) {
            writeln!(text, "  {}", path.display())?;
        }
    }
    if let Some(report) = &answer.report {
        writeln!(text, "What was rejected or taken with a warning: {}", report.display())?;
    }
    if answer.dry_run {
        writeln!(text, "This was a trial: nothing was changed.")?;
    }
    Ok(text)
}
