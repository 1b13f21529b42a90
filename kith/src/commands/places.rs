//! `kith places`: practices, neighbourhoods and networks, and moving a practice between them.

use std::collections::{HashMap, HashSet};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use care::find::judge::Candidate;
use care::find::places::realign::realign;
use care::find::places::sizes::{Fit, NetworkSize, Size};
use care::find::places::teams::Teams;
use care::find::table::TextFile;
use care::who::role::{Part, Right, Role, Roles};
use clap::Subcommand;
use law::day::Day;
use serde_json::json;
use store::{register, users};

use crate::clock;
use crate::columns::{self, grouped};
use crate::context::Context;
use crate::json;
use crate::policy::{self, PlaceTexts};

/// Look at neighbourhoods and networks, and move practices between them.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Check the place's data, and compare sizes with what they should be: 30,000–50,000 people in
    /// a neighbourhood; 100,000–200,000 people and 15–20 practices in a network.
    ///
    /// Sizes are those of the practices' lists in the data; with --db also those registered in the
    /// store, and whether somebody sits where what nobody owns goes, in each borough that has people in
    /// it. Ends with 1 if any size by list is outside its range, or nobody sits there.
    Check {
        /// The day to look at; today, if not given.
        #[arg(long, value_name = "DATE")]
        as_of: Option<Day>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Move a practice to another neighbourhood from a day, and keep where it was before.
    Realign {
        /// The practice's ODS code.
        practice: String,
        /// The neighbourhood's id.
        neighbourhood: String,
        /// The first day there.
        #[arg(long, value_name = "DATE")]
        from: Day,
        /// Say what would change, and change nothing.
        #[arg(long)]
        dry_run: bool,
    },
}

/// Checks the place, or moves a practice.
pub fn run(args: &Args, context: &Context) -> anyhow::Result<ExitCode> {
    let mut out = std::io::stdout().lock();
    match &args.what {
        What::Check { as_of, json } => {
            check(&mut out, context, as_of.unwrap_or_else(clock::today), *json)
        }
        What::Realign { practice, neighbourhood, from, dry_run } => {
            move_practice(&mut out, context, practice, neighbourhood, *from, *dry_run)
        }
    }
}

fn check(
    out: &mut impl Write,
    context: &Context,
    as_of: Day,
    as_json: bool,
) -> anyhow::Result<ExitCode> {
    let places = policy::places(context)?;
    let teams = policy::teams(context, &places)?;
    let registered = context.db.as_ref().map(|_| registered(context, as_of)).transpose()?;
    let alone = match &registered {
        Some(counts) => {
            let here = counts.keys().filter_map(|ods| places.practice(ods));
            let boroughs = here.map(|practice| practice.borough.as_str()).collect();
            unattended(context, &teams, &boroughs, as_of)?
        }
        None => Vec::new(),
    };
    let sizes = match &registered {
        Some(counts) => {
            let count = |practice: &str| counts.get(practice).copied().unwrap_or(0);
            places.sizes(as_of, Some(&count))
        }
        None => places.sizes(as_of, None),
    };
    let outside = sizes.iter().map(outside).sum::<usize>();
    if as_json {
        let answer = json!({
            "asOf": as_of, "outside": outside, "networks": sizes, "unattended": alone
        });
        json::write(out, &answer)?;
    } else {
        print(out, &sizes, as_of, outside)?;
        for team in &alone {
            writeln!(
                out,
                "\nWhat nobody owns goes to ‘{team}’, where nobody sits who may see all of it: seat a \
                 team lead or a social worker there."
            )?;
        }
    }
    Ok(if outside == 0 && alone.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Whether somebody in a role is told of all that nobody may own, as a lead is: of what was assessed,
/// what tells of harm and what tells of money.
pub fn is_told_all(role: &Role) -> bool {
    role.may(Right::SeeWork)
        && [Part::Assessment, Part::Safeguarding, Part::Means].iter().all(|part| role.sees(*part))
}

/// The teams that are named for what nobody owns, in boroughs with people, in which nobody sits who is
/// told of all of it: it would be on nobody's list.
fn unattended(
    context: &Context,
    teams: &Teams,
    boroughs: &HashSet<&str>,
    as_of: Day,
) -> anyhow::Result<Vec<String>> {
    let roles = Roles::read(&context.policy_text("access/roles.toml")?)?;
    let store = context.open_store()?;
    let mut alone = Vec::new();
    for fallback in teams.fallbacks().filter(|one| boroughs.contains(one.borough.as_str())) {
        let seated = store.read(|tx| users::seated(tx, &fallback.team, as_of))?;
        if !seated.iter().any(|(_, role)| roles.get(role).is_some_and(is_told_all)) {
            alone.push(fallback.team.to_string());
        }
    }
    Ok(alone)
}

/// Living people in the store by practice.
fn registered(context: &Context, as_of: Day) -> anyhow::Result<HashMap<String, u64>> {
    let store = context.open_store()?;
    let mut counts: HashMap<String, u64> = HashMap::new();
    store.read(|tx| {
        register::scan(tx, &mut |row| {
            let (born, death) = (row.born, row.death);
            let known = Candidate { born, death, withdrawn: false, records: row.coded };
            if let Some(practice) = row.practice.filter(|_| known.registered(as_of)) {
                match counts.get_mut(practice) {
                    Some(count) => *count += 1,
                    None => {
                        counts.insert(practice.to_owned(), 1);
                    }
                }
            }
        })
    })?;
    Ok(counts)
}

/// How many sizes by list, of a network and its neighbourhoods, are outside their range.
fn outside(network: &NetworkSize) -> usize {
    let own = [network.size.listed_fit, network.practices_fit];
    let parts = network.neighbourhoods.iter().map(|neighbourhood| neighbourhood.size.listed_fit);
    own.into_iter().chain(parts).filter(|fit| *fit != Fit::Within).count()
}

fn print(
    out: &mut impl Write,
    sizes: &[NetworkSize],
    as_of: Day,
    outside: usize,
) -> anyhow::Result<()> {
    let with_store = sizes.iter().any(|network| network.size.registered.is_some());
    let mut heads = vec!["Network / neighbourhood", "Practices", "On lists", ""];
    if with_store {
        heads.extend(["In the store", ""]);
    }
    let mut rows = Vec::new();
    for network in sizes {
        let practices = marked(network.size.practices, network.practices_fit);
        rows.push(row(&network.name, practices, network.size));
        for neighbourhood in &network.neighbourhoods {
            let name = format!("  {}", neighbourhood.name);
            let practices = grouped(neighbourhood.size.practices);
            rows.push(row(&name, practices, neighbourhood.size));
        }
    }
    writeln!(out, "On {}:\n", as_of.in_words())?;
    columns::write(out, &heads, &rows)?;
    let unlisted: u64 = sizes.iter().map(|network| network.size.practices_without_list).sum();
    if unlisted > 0 {
        writeln!(out, "\n{unlisted} practices have no list size in the data and count as 0.")?;
    }
    match outside {
        0 => writeln!(out, "\nEvery size is within its range.")?,
        _ => writeln!(
            out,
            "\n{outside} sizes are outside their range (30,000–50,000 people in a neighbourhood; \
             100,000–200,000 people and 15–20 practices in a network)."
        )?,
    }
    Ok(())
}

fn row(name: &str, practices: String, size: Size) -> Vec<String> {
    let mut row = vec![name.to_owned(), practices, grouped(size.listed), sign(size.listed_fit)];
    if let (Some(registered), Some(fit)) = (size.registered, size.registered_fit) {
        row.extend([grouped(registered), sign(fit)]);
    }
    row
}

fn marked(number: u64, fit: Fit) -> String {
    match fit {
        Fit::Within => grouped(number),
        fit => format!("{} ({})", grouped(number), sign(fit)),
    }
}

fn sign(fit: Fit) -> String {
    match fit {
        Fit::Below => "too few",
        Fit::Within => "fits",
        Fit::Above => "too many",
    }
    .to_owned()
}

fn move_practice(
    out: &mut impl Write,
    context: &Context,
    practice: &str,
    neighbourhood: &str,
    from: Day,
    dry_run: bool,
) -> anyhow::Result<ExitCode> {
    let mut texts = PlaceTexts::read(context)?;
    let places = texts.places()?;
    let Some(to) = places.neighbourhood(neighbourhood) else {
        let known: Vec<&str> = places.neighbourhoods().map(|n| n.id.as_str()).collect();
        bail!("there is no neighbourhood ‘{neighbourhood}’; there is: {}", known.join(", "));
    };
    let (name, text) = &texts.placements;
    let moved = realign(TextFile { name, text }, practice, neighbourhood, from)?;
    let path = name.clone();
    texts.placements.1 = moved;
    // The place as it will be must be as sound as it was.
    let after = texts.places()?;
    let before = places.neighbourhood_of(practice, from.plus_days(-1));
    let name = after.practice(practice).map_or("", |practice| practice.name.as_str());
    let would = if dry_run { "would move" } else { "moves" };
    if !dry_run {
        replace(Path::new(&path), &texts.placements.1)?;
    }
    writeln!(
        out,
        "{practice} {name} {would} from {} to {} on {}. What was before stays as it was.",
        before.map_or("nowhere", |before| &before.name),
        to.name,
        from.in_words()
    )?;
    Ok(ExitCode::SUCCESS)
}

/// Replaces a file as a whole: whoever reads it sees the old text or the new, never a part.
fn replace(path: &Path, text: &str) -> anyhow::Result<()> {
    let cannot = || format!("cannot write {}; it is as it was", path.display());
    let beside = path.with_extension("csv.new");
    let mut file = std::fs::File::create(&beside).with_context(cannot)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).with_context(cannot)?;
    std::fs::rename(&beside, path).with_context(cannot)
}
