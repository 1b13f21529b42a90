//! `kith simulate`: what a change of the charging policy or of the rates would do, to whom.

mod page;
mod people;
mod plot;
mod show;
mod sweep;

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, anyhow};
use care::fund::simulate::sweep::Swept;
use care::fund::simulate::{Gather, Reform, Side, Tally};
use law::charging::Law;
use law::day::Day;
use serde_json::json;

use crate::commands::cases::name;
use crate::context::Context;
use crate::json;
use crate::{clock, policy};

/// Assess everybody under another charging policy, or other rates, and show what that does to whom.
///
/// The base is the place's own policy and the rates as they stand on the day of each case; the change
/// is `--policy` (a file like charging.toml, or a folder that holds one), and the rates of a year or
/// of a file. People stay as they are: their age, their means, their care. Nothing is kept.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The people, one to a line, as `kith borough --finances` writes them; cases alone, as `kith
    /// charge` reads them, will do too. `-` reads standard input. Without it, everybody in the store
    /// who has a charge, with their means as they stand on the day.
    #[arg(long, value_name = "FILE.ndjson")]
    people: Option<PathBuf>,
    /// The policy as it is: a file or a folder.
    #[arg(long, env = "KITH_POLICY", value_name = "PATH", default_value = "policy")]
    base: PathBuf,
    /// A file of rates to try, laid over those that stand; may be given more than once.
    #[arg(long, value_name = "FILE")]
    rates: Vec<PathBuf>,
    /// Try the rates, and the policy, of this financial year, as of its first day.
    #[arg(long, value_name = "YYYY-YY")]
    year: Option<String>,
    /// Try the policy as it stands on this day, and not on the day of each case.
    #[arg(long, value_name = "DATE")]
    on: Option<Day>,
    /// Try many values of a choice about the last stage of charging, such as
    /// `taper-percent=50..100/5` (from, to, step) or `minimum-charge=0,2.50,5`; given more than once,
    /// every combination. The choices: taper-percent, mig-uplift-percent, mig-uplift-sum,
    /// minimum-charge, maximum-charge, upper-capital-limit-home.
    #[arg(long, value_name = "CHOICE=VALUES")]
    sweep: Vec<String>,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
    /// Write a page of it, with its plots, to this file.
    #[arg(long, value_name = "FILE.html")]
    page: Option<PathBuf>,
    /// Write plots into this folder, as SVG.
    #[arg(long, value_name = "DIR")]
    svg: Option<PathBuf>,
}

/// Simulates.
pub fn run(args: &Args, context: &Context) -> anyhow::Result<ExitCode> {
    let base = policy::charging(&Context { db: None, policy: args.base.clone() }, &[])?;
    let changed = policy::charging(context, &args.rates)?;
    let first_day = args.year.as_deref().map(|year| first_day(&changed, year)).transpose()?;
    let policy_on = args.on.or(first_day);
    let reform = Reform {
        base: Side::as_it_stands(&base),
        changed: Side { law: &changed, rates_on: first_day, policy_on },
    };
    let trials = sweep::trials(&args.sweep)?;
    let what = compared(args, context, policy_on);
    let told = if trials.is_empty() {
        let read = gathered::<Tally>(args, context, &reform)?;
        let found = read.gathered.report();
        if let Some(folder) = &args.svg {
            plot::write(&found, folder)?;
        }
        args.put_page(|| page::page(&found, &what))?;
        put(args, &found, &read, |out| show::show(&found, out))?;
        Told::of(&read, found.people)
    } else {
        let read = gathered::<Swept<'_>>(args, context, &reform)?;
        let tried = read.gathered.under(&trials);
        if let Some(folder) = &args.svg {
            sweep::write(&tried, folder)?;
        }
        args.put_page(|| page::swept(&tried, &what))?;
        put(args, &json!({ "reforms": tried }), &read, |out| sweep::show(&tried, out))?;
        Told::of(&read, tried.first().map_or(0, |one| one.people))
    };
    if let Some(later) = changes_later(&changed, policy_on, told.last_day) {
        eprintln!(
            "The policy to try changes on {later}, which is after the day that was looked at: \
             --on {later} tries it as it is then"
        );
    }
    for (which, why) in &told.rejected {
        match &args.people {
            Some(file) => eprintln!("{}, line {which}: {why}", name(file)),
            None => eprintln!("{which}: {why}"),
        }
    }
    if told.rejected.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("{} assessed, {} rejected", told.people, told.rejected.len());
    Ok(ExitCode::from(1))
}

/// What is said after the answer.
struct Told {
    people: u64,
    rejected: Vec<(u64, String)>,
    last_day: Option<Day>,
}

impl Told {
    fn of<T>(read: &people::Read<T>, people: u64) -> Self {
        Self { people, rejected: read.rejected.clone(), last_day: read.last_day }
    }
}

/// The people of the file, or of the store.
fn gathered<'a, T: Gather<'a> + Send>(
    args: &Args,
    context: &Context,
    reform: &Reform<'a>,
) -> anyhow::Result<people::Read<T>> {
    match &args.people {
        Some(file) => people::read(file, reform),
        None => {
            let day = reform.changed.policy_on.unwrap_or_else(clock::today);
            Ok(people::stored(&context.open_store()?, day, reform)?)
        }
    }
}

/// The answer, as JSON or as it is shown.
fn put<T>(
    args: &Args,
    found: &impl serde::Serialize,
    read: &people::Read<T>,
    show: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> anyhow::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    if args.json {
        let rejected =
            read.rejected.iter().map(|(line, error)| json!({ "line": line, "error": error }));
        let mut answer = serde_json::to_value(found)?;
        answer["rejected"] = rejected.collect();
        json::write(&mut out, &answer)?;
    } else {
        show(&mut out)?;
    }
    Ok(out.flush()?)
}

impl Args {
    fn put_page(&self, page: impl FnOnce() -> String) -> anyhow::Result<()> {
        let Some(file) = &self.page else { return Ok(()) };
        fs::write(file, page()).with_context(|| format!("cannot write {}", file.display()))
    }
}

/// What is compared with what, in a sentence.
fn compared(args: &Args, context: &Context, policy_on: Option<Day>) -> String {
    let (base, changed) = (args.base.display(), context.policy.display());
    let year = args.year.as_deref().map(|year| format!(", with the rates of {year}"));
    let on = policy_on.map(|day| format!(", on {}", day.in_words()));
    let (year, on) = (year.unwrap_or_default(), on.unwrap_or_default());
    format!(
        "The policy {changed}{year}{on}, compared with {base} as it stands. Nothing is decided by this."
    )
}

fn first_day(law: &Law, year: &str) -> anyhow::Result<Day> {
    let years = law.rates.years();
    let found = years.iter().find(|known| known.name == year).map(|known| known.from);
    found.ok_or_else(|| {
        let known: Vec<&str> = years.iter().map(|known| known.name.as_str()).collect();
        anyhow!("--year: ‘{year}’ is not a year with rates; there is: {}", known.join(", "))
    })
}

/// The first day on which the policy changes after all that was looked at, if it does.
fn changes_later(law: &Law, policy_on: Option<Day>, last_case: Option<Day>) -> Option<Day> {
    let looked_at = policy_on.or(last_case)?;
    law.policy.changes().find(|&from| from > looked_at)
}
