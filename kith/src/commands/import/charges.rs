//! `kith import charges`: what people pay already, from the system that the place had before.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use care::fund::{Supported, decide};
use care::record::fact::Begun;
use care::record::moment::Moment;
use care::who::actor::{Actor, Asking};
use serde_json::json;
use store::engine::Tx;
use store::{Store, StoreError, stories};
use web::app::{Place, london_day};

use crate::columns::grouped;
use crate::commands::cases;
use crate::context::Context;
use crate::json;
use crate::progress::Progress;
use crate::{clock, naming, place};

/// Bring in what people pay already: a person a line, with the means their charge rests on.
///
/// Each line is `{"id": …, "case": …, "pays": …}`: an id by which the register knows the person, a
/// case as `kith charge` reads it, as of the day from which the charge holds, and what the person pays
/// a week by the system before, if that is known. The charge is worked out from the case, under the
/// place's policy, and kept on the person's story as brought in; where it is not what they pay, the
/// line is rejected and says both. Somebody who has a charge is left as they are, so the same file
/// again changes nothing.
///
/// Ends with 0 if all were brought in or had a charge, 1 if a line was rejected, 2 if it could not be
/// run.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The people, one to a line; `-` reads standard input.
    #[arg(value_name = "FILE.ndjson")]
    people: PathBuf,
    /// The sign-in of the officer who brings them in.
    #[arg(long = "as", value_name = "LOGIN")]
    officer: String,
    /// Say what would be brought in, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// How many people are kept in one transaction.
const LOT: usize = 200;

/// How many letters of an id are said again.
const ID_SHOWN: usize = 60;

/// What bringing in needs, in every transaction.
struct Bringing {
    place: Place,
    officer: Actor,
    dry_run: bool,
}

/// What came of one line.
type Came = Result<bool, String>;

#[derive(Default)]
struct Counts {
    new: u64,
    had: u64,
    rejected: Vec<(u64, String)>,
}

/// Brings them in.
pub fn run(args: &Args, context: &Context) -> anyhow::Result<ExitCode> {
    let store = context.open_store()?;
    let place = place::read(context, "")?;
    let officer = naming::actor(&store, &place, &args.officer, clock::today())?;
    let bringing = Arc::new(Bringing { place, officer, dry_run: args.dry_run });
    let mut progress = Progress::on_terminal();
    let mut counts = Counts::default();
    let mut lot = Vec::with_capacity(LOT);
    let mut failed = None;
    cases::each(&args.people, |line, read: Result<Supported, String>| {
        match read {
            Ok(person) => lot.push((line, person)),
            Err(why) => counts.rejected.push((line, why)),
        }
        if lot.len() == LOT && failed.is_none() {
            failed = bring(&store, &bringing, std::mem::take(&mut lot), &mut counts).err();
            progress.tell(|| format!("{} people brought in", grouped(counts.new)));
        }
    })?;
    if failed.is_none() {
        failed = bring(&store, &bringing, lot, &mut counts).err();
    }
    progress.end();
    failed.map_or(Ok(()), Err)?;
    tell(args, counts)
}

fn tell(args: &Args, mut counts: Counts) -> anyhow::Result<ExitCode> {
    counts.rejected.sort_unstable();
    let mut out = std::io::stdout().lock();
    if args.json {
        let rejected = counts.rejected.iter();
        let rejected: Vec<_> =
            rejected.map(|(line, error)| json!({ "line": line, "error": error })).collect();
        let answer = json!({ "dryRun": args.dry_run, "new": counts.new, "unchanged": counts.had,
            "rejected": rejected });
        json::write(&mut out, &answer)?;
    } else {
        let would = if args.dry_run { "would be brought in" } else { "brought in" };
        let (new, had) = (grouped(counts.new), grouped(counts.had));
        writeln!(out, "{new} charges {would}; {had} people had one already.")?;
    }
    for (line, why) in &counts.rejected {
        eprintln!("{}, line {line}: {why}", cases::name(&args.people));
    }
    Ok(if counts.rejected.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn bring(
    store: &Store,
    bringing: &Arc<Bringing>,
    lot: Vec<(u64, Supported)>,
    counts: &mut Counts,
) -> anyhow::Result<()> {
    let now = clock::now();
    let systems = store.read(naming::systems)?;
    let (lot, with) = (Arc::new(lot), Arc::clone(bringing));
    let work = {
        let lot = Arc::clone(&lot);
        move |tx: &mut dyn Tx| {
            let one = |(_, person): &(u64, Supported)| with.one(tx, &systems, person, now);
            lot.iter().map(one).collect::<Result<Vec<Came>, StoreError>>()
        }
    };
    let came = if bringing.dry_run { store.read(work)? } else { store.write(work)? };
    for (&(line, _), came) in lot.iter().zip(came) {
        match came {
            Ok(true) => counts.new += 1,
            Ok(false) => counts.had += 1,
            Err(why) => counts.rejected.push((line, why)),
        }
    }
    Ok(())
}

/// Why an id is nobody's; of a long one only as much as tells which it is.
fn unknown(id: &str) -> String {
    if id.trim().is_empty() {
        return "it is missing".to_owned();
    }
    let short: String = id.chars().take(ID_SHOWN).collect();
    let more = if short.len() < id.len() { "…" } else { "" };
    format!("nobody on the register goes by ‘{short}{more}’")
}

impl Bringing {
    fn one(
        &self,
        tx: &mut dyn Tx,
        systems: &[String],
        person: &Supported,
        now: Moment,
    ) -> Result<Came, StoreError> {
        let Some(resident) = naming::resident(tx, systems, &person.id)? else {
            return Ok(Err(format!(
                "id: {}: give an NHS number, a person id, or the id of the record in its source \
                 system",
                unknown(&person.id)
            )));
        };
        let id = resident.person;
        let story = stories::person(tx, id)?;
        if !story.means.decided.is_empty() {
            return Ok(Ok(false));
        }
        let asking = Asking {
            actor: &self.officer,
            today: london_day(now),
            now,
            promises: &self.place.promises,
        };
        let begun = Begun { identity: resident.identity(), on_register: true };
        let case = person.case.clone();
        match decide::bring_in(&story, case, person.pays, &self.place.law, begun, &asking) {
            Ok(new) if self.dry_run => drop(new),
            Ok(new) => drop(stories::append(tx, id, story.last, &new)?),
            Err(why) => return Ok(Err(why.to_string())),
        }
        Ok(Ok(true))
    }
}
