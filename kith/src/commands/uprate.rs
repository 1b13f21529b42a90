//! `kith uprate`: April, for everybody who has a charge.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use care::fund::uprate::{self, NewYear, Uprated};
use care::record::ids::{PersonId, TeamId};
use care::record::person::Person;
use care::who::actor::{Actor, Asking};
use law::day::Day;
use law::pence::Pence;
use law::rates::{Code, Year};
use serde::Serialize;
use store::engine::Tx;
use store::{Store, register, stories};
use web::app::{Place, london_day};

use crate::columns::grouped;
use crate::context::Context;
use crate::json;
use crate::progress::Progress;
use crate::{clock, naming, place};

/// Decide everybody's charge again under the figures of a new financial year.
///
/// Benefits and pensions with a published rate move to the new one; other income stays as it was last
/// told. Each new charge is kept on the person's story with its working, and its letter is on the
/// page of what they pay. It holds from the first day of the year, or from the Monday after today if
/// that is later: a week that was charged stays as it was. Whoever has a charge for the new year is
/// left alone, so a run that was broken off is finished by running it again. Who cannot be worked
/// out is listed, and becomes work for the officer's team.
///
/// Ends with 0 if everybody has their charge, 1 if somebody must be looked at, 2 if it could not be
/// run.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The year that ends, such as 2025-26.
    #[arg(long, value_name = "YYYY-YY")]
    from: String,
    /// The year that begins.
    #[arg(long, value_name = "YYYY-YY")]
    to: String,
    /// The sign-in of the officer who decides; the charges of their organisation are decided.
    #[arg(long = "as", value_name = "LOGIN")]
    officer: String,
    /// Say what would be decided, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// How many people are decided about in one transaction.
const LOT: u32 = 200;

/// What every transaction of the run needs.
struct NewCharges {
    place: Place,
    officer: Actor,
    team: TeamId,
    year: Year,
    begins: Day,
    dry_run: bool,
}

/// What a run comes to.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    year: String,
    begins: Option<Day>,
    dry_run: bool,
    /// How many people's charges were decided.
    decided: u64,
    /// How many had a charge for the year.
    already: u64,
    /// How many are another organisation's, or have died.
    left: u64,
    pays_more: u64,
    pays_less: u64,
    /// A week, of those decided.
    before: Pence,
    after: Pence,
    /// The figures that nobody has checked, and how many charges rest on each.
    unverified: BTreeMap<String, u64>,
    /// Questions that decided charges leave open newly.
    asks: Vec<Ask>,
    /// Those whom somebody must look at.
    look: Vec<Look>,
}

#[derive(Serialize)]
struct Ask {
    person: PersonId,
    ask: &'static str,
}

#[derive(Serialize)]
struct Look {
    person: PersonId,
    why: String,
}

/// Runs the year's beginning.
pub fn run(args: &Args, context: &Context) -> anyhow::Result<ExitCode> {
    let store = context.open_store()?;
    let run = Arc::new(prepare(args, context, &store)?);
    let mut answer = Answer {
        year: run.year.name.clone(),
        begins: Some(run.begins),
        dry_run: args.dry_run,
        ..Answer::default()
    };
    let mut progress = Progress::on_terminal();
    let mut after = None;
    loop {
        let people = store.read(|tx| stories::charged(tx, after, LOT))?;
        let Some(last) = people.last() else { break };
        after = Some(*last);
        for (person, what) in lot(&store, &run, people)? {
            answer.take(person, what);
        }
        progress.tell(|| format!("{} charges decided", grouped(answer.decided)));
    }
    progress.end();
    let mut out = io::stdout().lock();
    if args.json {
        json::write(&mut out, &answer)?;
    } else {
        answer.print(&mut out, &run)?;
    }
    Ok(if answer.look.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn prepare(args: &Args, context: &Context, store: &Store) -> anyhow::Result<NewCharges> {
    let place = place::read(context, "")?;
    let years = place.law.rates.years();
    let at = |name: &str, flag: &str| {
        years.iter().position(|year| year.name == name).with_context(|| {
            let known: Vec<&str> = years.iter().map(|known| known.name.as_str()).collect();
            format!("{flag}: ‘{name}’ is not a year with rates; there is: {}", known.join(", "))
        })
    };
    let (from, to) = (at(&args.from, "--from")?, at(&args.to, "--to")?);
    if to != from + 1 {
        bail!("--to: {} does not follow {}: run the years one after another", args.to, args.from);
    }
    let year = years[to].clone();
    let today = clock::today();
    let begins = uprate::begins(year.from, today);
    if begins > year.until {
        bail!("--to: {} ended on {}; a week that was charged is not changed", args.to, year.until);
    }
    let officer = naming::actor(store, &place, &args.officer, today)?;
    let team = officer.team.clone().with_context(|| {
        format!("‘{}’ is in no team: what must be looked at would be nobody’s work", args.officer)
    })?;
    Ok(NewCharges { place, officer, team, year, begins, dry_run: args.dry_run })
}

/// Decides about some people, in one transaction.
fn lot(
    store: &Store,
    run: &Arc<NewCharges>,
    people: Vec<PersonId>,
) -> anyhow::Result<Vec<(PersonId, Option<Uprated>)>> {
    let dry_run = run.dry_run;
    let run = Arc::clone(run);
    let work = move |tx: &mut dyn Tx| {
        let one = |&person: &PersonId| Ok((person, run.one(tx, person)?));
        people.iter().map(one).collect::<anyhow::Result<Vec<_>>>()
    };
    if dry_run { store.read(work) } else { store.write(work) }
}

impl NewCharges {
    /// Decides about one person; nothing about somebody who died or is another organisation's.
    fn one(&self, tx: &mut dyn Tx, id: PersonId) -> anyhow::Result<Option<Uprated>> {
        let story = stories::load(tx, id)?;
        let person = Person::fold(id, &story);
        let theirs = person
            .means
            .on(self.begins)
            .is_some_and(|decided| decided.author.organisation != self.officer.organisation);
        let died =
            register::resident(tx, id)?.is_some_and(|resident| resident.death.by(self.begins));
        if theirs || died {
            return Ok(None);
        }
        let now = clock::now();
        let asking = Asking {
            actor: &self.officer,
            today: london_day(now),
            now,
            promises: &self.place.promises,
        };
        let year = NewYear {
            law: &self.place.law,
            name: &self.year.name,
            first: self.year.from,
            begins: self.begins,
            team: &self.team,
        };
        let what = uprate::uprate(&person, &year, &asking)?;
        if !self.dry_run {
            stories::append_to(tx, person, story, what.entries())
                .with_context(|| format!("person {id}"))?;
        }
        Ok(Some(what))
    }
}

impl Answer {
    fn take(&mut self, person: PersonId, what: Option<Uprated>) {
        match what {
            Some(Uprated::Decided { before, after, unverified, asks, .. }) => {
                self.decided += 1;
                let asks = asks.into_iter().map(|ask| Ask { person, ask });
                self.asks.extend(asks);
                self.pays_more += u64::from(after > before);
                self.pays_less += u64::from(after < before);
                self.before += before;
                self.after += after;
                for code in unverified {
                    *self.unverified.entry(code).or_default() += 1;
                }
            }
            Some(Uprated::Already) => self.already += 1,
            Some(Uprated::NoCharge) | None => self.left += 1,
            Some(Uprated::Look { why, .. }) => self.look.push(Look { person, why }),
        }
    }

    fn print(&self, out: &mut impl Write, run: &NewCharges) -> io::Result<()> {
        let would = if self.dry_run { "would be decided" } else { "decided" };
        writeln!(
            out,
            "{} charges {would} for {}, from {}; {} were decided before.",
            grouped(self.decided),
            self.year,
            run.begins.in_words(),
            grouped(self.already)
        )?;
        if self.left > 0 {
            let left = grouped(self.left);
            writeln!(out, "{left} people left: another organisation’s, no charge yet, or died.")?;
        }
        if self.decided > 0 {
            let (more, less) = (grouped(self.pays_more), grouped(self.pays_less));
            let (before, after) = (self.before.in_words(), self.after.in_words());
            writeln!(out, "{more} pay more, {less} pay less.")?;
            writeln!(out, "Together they paid {before} a week, and pay {after}.")?;
        }
        if run.begins > run.year.from && self.decided > 0 {
            writeln!(
                out,
                "The year began on {}: the weeks before {} stay as they were charged.",
                run.year.from.in_words(),
                run.begins.in_words()
            )?;
        }
        for (code, charges) in &self.unverified {
            let what = Code::named(code).map_or(code.as_str(), |figure| figure.in_words());
            let charges = grouped(*charges);
            writeln!(out, "{charges} charges rest on a figure nobody has checked: {what}.")?;
        }
        if !self.asks.is_empty() {
            writeln!(out, "\nTo be asked ({}):", grouped(self.asks.len() as u64))?;
            for Ask { person, ask } in &self.asks {
                writeln!(out, "  {person}  {ask}")?;
            }
        }
        if !self.look.is_empty() {
            writeln!(out, "\nTo be looked at ({}):", grouped(self.look.len() as u64))?;
            for Look { person, why } in &self.look {
                writeln!(out, "  {person}  {why}")?;
            }
        }
        Ok(())
    }
}
