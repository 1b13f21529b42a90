//! `kith find`: whom a criterion finds on the register, where, and why.

use std::collections::HashSet;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use care::find::criterion::Criterion;
use care::find::judge::Candidate;
use care::find::places::Places;
use care::find::run::{Basis, FoundPerson, Outcome, Run};
use care::record::ids::{PersonId, RunId};
use law::day::Day;
use serde::Serialize;
use store::engine::Tx;
use store::{Store, StoreError, lists, register, runs};

use crate::columns::{self, grouped};
use crate::context::Context;
use crate::json;
use crate::progress::Progress;
use crate::{clock, policy};

mod list;
mod one;

/// Find the people whom a criterion looks for, and say where and why.
///
/// Each run is kept with what it rested on and whom it found; the same run again changes nothing.
/// Someone who said no when they were invited is not found again.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The criterion, by the name of its file in the policy folder `cohorts`.
    #[arg(long, value_name = "ID", default_value = "three-conditions")]
    criterion: String,
    /// The day to look at; today, if not given.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
    /// Say only how many were found, and not where.
    #[arg(long, conflicts_with_all = ["json", "explain"])]
    brief: bool,
    /// Also write the people found to this CSV file. It names people: keep it safe.
    #[arg(long, value_name = "FILE.csv", conflicts_with = "explain")]
    list: Option<PathBuf>,
    /// Explain one person instead: by NHS number, person id, or id in their source system.
    #[arg(long, value_name = "ID")]
    explain: Option<String>,
    /// Find, but do not keep the run.
    #[arg(long, conflicts_with = "explain")]
    dry_run: bool,
}

/// Finds, or explains one person.
pub fn run(args: &Args, context: &Context) -> anyhow::Result<ExitCode> {
    let cohorts = policy::cohorts(context)?;
    let criterion = cohorts.criterion(&args.criterion)?;
    let as_of = args.as_of.unwrap_or_else(clock::today);
    let store = context.open_store()?;
    let mut out = std::io::stdout().lock();
    if let Some(id) = &args.explain {
        return one::explain(&mut out, &store, criterion, as_of, id, args.json);
    }
    let places = policy::places(context)?;
    let finding = find(&store, criterion, &places, as_of)?;
    if !args.dry_run {
        keep(&store, criterion, &finding)?;
    }
    if let Some(path) = &args.list {
        list::write(path, &store, &finding, &places)?;
    }
    if args.json {
        let run = (!args.dry_run).then_some(finding.id);
        json::write(&mut out, &Answer { run, outcome: &finding.outcome })?;
    } else {
        print_count(&mut out, &finding.outcome)?;
        if !args.brief {
            print_places(&mut out, &finding.outcome)?;
        }
        if let Some(path) = &args.list {
            let found = grouped(finding.outcome.found);
            writeln!(out, "\nWrote {found} people to {}.", path.display())?;
        }
    }
    if finding.outcome.registered == 0 {
        eprintln!("kith: nobody is on the register: bring people in with `kith import fhir PATH`");
        return Ok(ExitCode::from(1));
    }
    Ok(ExitCode::SUCCESS)
}

/// What a run came to, ready to be kept.
struct Finding {
    id: RunId,
    register_version: i64,
    outcome: Outcome,
    found: Vec<FoundPerson>,
}

/// The answer in JSON: the run's id, if it was kept, and what it came to.
#[derive(Serialize)]
struct Answer<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<RunId>,
    #[serde(flatten)]
    outcome: &'a Outcome,
}

/// Applies a criterion to everybody, on one unmoving picture of the store.
fn find(
    store: &Store,
    criterion: &Criterion,
    places: &Places,
    as_of: Day,
) -> Result<Finding, StoreError> {
    store.read(|tx| {
        let objected = objected(tx)?;
        let register_version = register::version(tx)?;
        let mut run = Run::new(criterion, places, as_of);
        let mut found = Vec::new();
        let mut progress = Progress::on_terminal();
        let mut seen = 0;
        register::scan(tx, &mut |row| {
            seen += 1;
            progress.tell(|| format!("{} people looked at", grouped(seen)));
            let (born, death) = (row.born, row.death);
            let known = Candidate { born, death, withdrawn: false, records: row.coded };
            let said_no = |person| objected.contains(&person);
            found.extend(run.see(row.person, row.practice, known, said_no));
        })?;
        progress.end();
        let basis =
            Basis { criterion: criterion.digest, places: places.digest, as_of, register_version };
        let id = basis.run_id(objected.iter().copied());
        Ok(Finding { id, register_version, outcome: run.outcome(), found })
    })
}

/// Everyone who said no. A record may since have turned out to be about a person of another name:
/// their no goes with them.
fn objected(tx: &mut dyn Tx) -> Result<HashSet<PersonId>, StoreError> {
    let mut people = HashSet::new();
    for person in lists::objected(tx)? {
        people.insert(person);
        people.insert(register::person_of(tx, person)?);
    }
    Ok(people)
}

/// Keeps a run, unless it is the newest of its criterion already.
fn keep(store: &Store, criterion: &Criterion, finding: &Finding) -> anyhow::Result<()> {
    let newest = store.read(|tx| runs::latest(tx, &criterion.id))?;
    if newest.is_some_and(|newest| newest.id == finding.id) {
        return Ok(());
    }
    let outcome = &finding.outcome;
    let count = |people: u64| u32::try_from(people).unwrap_or(u32::MAX);
    let run = runs::Run {
        id: finding.id,
        criterion: criterion.id.clone(),
        version: criterion.version.clone(),
        reason: criterion.reason.clone(),
        digest: criterion.digest.to_string(),
        as_of: outcome.as_of,
        register_version: finding.register_version,
        at: clock::now(),
        registered: count(outcome.registered),
        adults: count(outcome.of_age),
        found: count(outcome.found),
        objected: count(outcome.objected),
        summary: serde_json::to_string(outcome)?,
    };
    let mut found = Vec::with_capacity(finding.found.len());
    for person in &finding.found {
        found.push(runs::Found {
            person: person.person,
            run: finding.id,
            practice: person.practice.clone(),
            neighbourhood: person.neighbourhood.clone(),
            network: person.network.clone(),
            conditions: person.conditions,
            evidence: serde_json::to_string(&person.evidence)?,
        });
    }
    store.bulk_write(|tx| runs::save(tx, &run, &found))?;
    Ok(())
}

fn print_count(out: &mut impl Write, outcome: &Outcome) -> std::io::Result<()> {
    writeln!(out, "{} ({}, version {})", outcome.title, outcome.criterion, outcome.version)?;
    writeln!(
        out,
        "On {}: {} found, among {} people on the register ({} adults).",
        outcome.as_of.in_words(),
        grouped(outcome.found),
        grouped(outcome.registered),
        grouped(outcome.adults)
    )?;
    if outcome.objected > 0 {
        let objected = grouped(outcome.objected);
        writeln!(out, "{objected} more said no when they were invited, and are left out.")?;
    }
    Ok(())
}

fn print_places(out: &mut impl Write, outcome: &Outcome) -> std::io::Result<()> {
    writeln!(out)?;
    let mut rows = Vec::new();
    let mut row = |name: String, tally: care::find::run::Tally| {
        let numbers = [tally.found, tally.adults, tally.registered].map(grouped);
        rows.push([vec![name], numbers.to_vec()].concat());
    };
    for network in &outcome.by_network {
        row(network.name.clone(), network.tally);
        for neighbourhood in &network.neighbourhoods {
            if neighbourhood.neighbourhood.is_some() {
                row(format!("  {}", neighbourhood.name), neighbourhood.tally);
            }
            for practice in &neighbourhood.practices {
                let code = practice.practice.as_deref().unwrap_or("–");
                row(format!("    {code}  {}", practice.name), practice.tally);
            }
        }
    }
    let heads = ["Network / neighbourhood / practice", "Found", "Adults", "Registered"];
    columns::write(out, &heads, &rows)?;
    writeln!(out)?;
    let counts: Vec<Vec<String>> = outcome
        .by_condition_count
        .iter()
        .map(|(conditions, people)| vec![conditions.to_string(), grouped(*people)])
        .collect();
    columns::write(out, &["Conditions", "People of the criterion's ages"], &counts)
}
