//! `kith ras`: a place's resource allocation tables, and a new one from past cases.

mod show;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, anyhow};
use clap::Subcommand;
use law::budget::{Choices, PastCase, Ras, RasBook, calibrate};
use law::charging::policy::Percent;
use law::day::Day;
use law::direct_payments::Terms;
use law::rates::Fault;

use crate::clock;
use crate::commands::cases;
use crate::context::{Context, read_text};
use crate::json;

/// Look at this place's resource allocation tables, and propose a new one from past cases.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Print a table: its questions, what each answer weighs, and what the points are worth.
    Show {
        /// The table of this version; the one in force, if not given.
        #[arg(value_name = "VERSION", conflicts_with = "as_of")]
        of: Option<String>,
        /// The table in force on this day; today, if not given.
        #[arg(long, value_name = "DATE")]
        as_of: Option<Day>,
        /// A table of the council's own, instead of those in the policy folder.
        #[arg(long, value_name = "FILE")]
        table: Option<PathBuf>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Propose what points are worth, from past cases and what their plans really cost.
    ///
    /// Each line is a case in JSON: its answers, its weekly cost and, if wanted, the groups the person
    /// belongs to: {"answers":{…},"cost":"312.40","groups":{"ageBand":"65-74"}}. Points and costs are
    /// matched rank by rank. Shows how well the proposal fits, and whether it is even-handed between
    /// groups; groups of fewer than five people are not shown. It changes nothing: a place decides,
    /// and writes a new version; past results keep theirs.
    Calibrate {
        /// The past cases, one to a line; `-` reads standard input.
        #[arg(value_name = "CASES.ndjson")]
        cases: PathBuf,
        /// The table whose questions were answered, instead of the one in force today.
        #[arg(long, value_name = "FILE")]
        table: Option<PathBuf>,
        /// The share of the real cost that is offered, in percent; the rest is kept back.
        #[arg(long, value_name = "PERCENT", default_value = "85", value_parser = percent)]
        share: Percent,
        /// Into how many bands.
        #[arg(long, value_name = "NUMBER", default_value_t = 20)]
        bands: usize,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}

fn percent(text: &str) -> Result<Percent, String> {
    Percent::parse(text).map_err(|error| error.to_string())
}

/// Shows a table, or proposes one.
pub fn run(args: &Args, context: &Context) -> anyhow::Result<ExitCode> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let code = match &args.what {
        What::Show { of, as_of, table, json } => {
            let tables = tables(context, table.as_deref())?;
            let ras = match of {
                Some(version) => tables.version(version)?,
                None => tables.on(as_of.unwrap_or_else(clock::today))?,
            };
            if *json {
                json::write(&mut out, ras)?;
            } else {
                show::table(ras, &mut out)?;
            }
            ExitCode::SUCCESS
        }
        What::Calibrate { cases, table, share, bands, json } => {
            let tables = tables(context, table.as_deref())?;
            // A file that is named is meant, whatever the days it is in force.
            let ras = match (table, tables.tables().last()) {
                (Some(_), Some(ras)) => ras,
                _ => tables.on(clock::today())?,
            };
            let choices = Choices { share: *share, bands: *bands };
            propose(cases, ras, choices, *json, &mut out)?
        }
    };
    out.flush()?;
    Ok(code)
}

/// Proposes from the cases that can be read; those that cannot are listed by line.
fn propose(
    path: &Path,
    ras: &Ras,
    choices: Choices,
    json: bool,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    let mut past: Vec<PastCase> = Vec::new();
    let mut rejects = Vec::new();
    cases::each(path, |line, read: Result<PastCase, String>| {
        let checked = read.and_then(|case| match case.check(ras) {
            Ok(()) => Ok(case),
            Err(problem) => Err(problem.to_string()),
        });
        match checked {
            Ok(case) => past.push(case),
            Err(why) => rejects.push((line, why)),
        }
    })?;
    for (line, why) in &rejects {
        eprintln!("{}, line {line}: {why}", cases::name(path));
    }
    let found = calibrate(ras, &past, choices).map_err(|problem| anyhow!("the {problem}"))?;
    if json {
        json::write(out, &found)?;
    } else {
        show::calibration(&found, out)?;
    }
    if rejects.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("{} read, {} rejected", past.len(), rejects.len());
    Ok(ExitCode::from(1))
}

/// The file of a place's terms for direct payments, beside its tables.
const TERMS: &str = "direct-payments.toml";

/// The tables of the policy folder, each file a version; or the one in a file.
pub fn tables(context: &Context, own: Option<&Path>) -> anyhow::Result<RasBook> {
    let mut paths: Vec<PathBuf> = Vec::new();
    if let Some(own) = own {
        paths.push(own.to_owned());
    } else {
        let folder = context.policy.join("budgets");
        let unreadable = || {
            let folder = folder.display();
            format!("cannot read the folder {folder}: check that it is there, or give --policy")
        };
        for entry in std::fs::read_dir(&folder).with_context(unreadable)? {
            let path = entry.with_context(unreadable)?.path();
            let toml = path.extension().is_some_and(|found| found == "toml");
            if toml && path.file_name().is_some_and(|name| name != TERMS) {
                paths.push(path);
            }
        }
        paths.sort();
    }
    let mut texts = Vec::new();
    for path in paths {
        texts.push((path.display().to_string(), read_text(&path)?));
    }
    let files: Vec<(&str, &str)> =
        texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    RasBook::read(&files).map_err(|faults| {
        let said: Vec<String> = faults.iter().map(Fault::to_string).collect();
        anyhow!("the resource allocation tables do not stand: {}", said.join("; "))
    })
}

/// The place's terms for direct payments; what the law says alone where it has none.
pub fn terms(context: &Context) -> anyhow::Result<Terms> {
    let path = context.policy.join("budgets").join(TERMS);
    if !path.exists() {
        return Ok(Terms::default());
    }
    Ok(Terms::read(&path.display().to_string(), &read_text(&path)?)?)
}
