//! How fast the store keeps, beside plain `SQLite` doing the same in the same run: appends that are
//! on the disk when they are acknowledged, loading and folding a story, and a rebuild.
//!
//! `cargo run --release -p store --example keeping` prints a line of JSON for each measurement, and
//! one for each comparison. What each side does not do is said in the field `not`. An argument
//! (`append`, `story` or `rebuild`) asks for one of them only.
#![expect(clippy::disallowed_methods, reason = "measuring is what this program is for")]

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use care::record::entry::{Audience, Author, NewEntry};
use care::record::fact::{Begun, Fact, Identity, Note, TeamJoined};
use care::record::ids::{OrganisationId, PersonId, RoleId, UserId};
use care::record::moment::Moment;
use care::record::person::Person;
use law::day::Day;
use rusqlite::Connection;
use serde_json::{Value, json};
use store::rebuild::rebuild;
use store::stories::{self, AppendError};
use store::{Store, StoreError};
use uuid::Uuid;

type Anything = Box<dyn std::error::Error + Send + Sync>;

/// One of the measurements, in a folder of its own.
type Measure = fn(&Path) -> Result<(), Anything>;

const ROUNDS: usize = 3;
/// How many appends a client makes in a round, by how many clients there are.
const APPENDS: [(u32, u32); 3] = [(1, 1_000), (16, 250), (32, 150)];
/// How many people each client writes about.
const PEOPLE: u32 = 20;
/// The people and entries of the rebuild.
const REBUILD: (u32, u32) = (20_000, 6);

fn main() -> Result<(), Anything> {
    let folder = std::env::temp_dir().join(format!("kith-keeping-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let only = std::env::args().nth(1);
    let all: [(&str, Measure); 3] =
        [("append", appends), ("story", one_story), ("rebuild", rebuilds)];
    let mut done = Ok(());
    for (_, measure) in
        all.into_iter().filter(|(name, _)| only.as_ref().is_none_or(|it| it == name))
    {
        done = done.and_then(|()| measure(&folder));
    }
    fs::remove_dir_all(&folder)?;
    done
}

/// What a stretch of work took.
struct Took {
    wall: Duration,
    /// User and system time of the whole process, in hundredths of a second.
    cpu_centiseconds: u64,
}

fn timed<T>(work: impl FnOnce() -> Result<T, Anything>) -> Result<(T, Took), Anything> {
    let (cpu, start) = (cpu_centiseconds()?, Instant::now());
    let value = work()?;
    let wall = start.elapsed();
    Ok((value, Took { wall, cpu_centiseconds: cpu_centiseconds()? - cpu }))
}

/// The kernel counts in ticks of a hundredth of a second (proc(5), fields 14 and 15).
fn cpu_centiseconds() -> Result<u64, Anything> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks = after_name.split_whitespace().skip(11).take(2).map(str::parse::<u64>);
    ticks.sum::<Result<u64, _>>().map_err(Into::into)
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

/// A quotient with two decimals, as text: no floating point in this project.
fn ratio(one: u64, other: u64) -> String {
    let hundredths = one * 100 / other.max(1);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn median(mut of: Vec<u64>) -> u64 {
    of.sort_unstable();
    of.get(of.len() / 2).copied().unwrap_or(0)
}

fn person(number: u32) -> PersonId {
    PersonId::of_source("keeping", &number.to_string())
}

fn entry(number: u32, fact: Fact) -> NewEntry {
    NewEntry {
        on: Day::from_epoch_days(20_000 + i32::try_from(number).unwrap_or(0)).unwrap_or_else(day),
        recorded_at: Moment::parse("2026-11-22T09:00:00Z")
            .unwrap_or_else(|error| panic!("{error}")),
        author: Author {
            user: UserId::from_uuid(Uuid::from_u128(1)),
            name: "Ngozi Okafor".to_owned(),
            role: RoleId::new("social-worker"),
            organisation: OrganisationId::new("southwark"),
        },
        audience: Audience::Everyone,
        corrects: None,
        fact,
    }
}

fn day() -> Day {
    Day::new(2026, 11, 22).unwrap_or_else(|| panic!("a day of the calendar"))
}

/// The first entry begins the story, the second names a keeper, the others are notes of about 300
/// bytes. Each happens a day later, so that the row for lists changes every time.
fn nth(number: u32) -> NewEntry {
    let fact = match number {
        1 => Fact::Begun(Begun { identity: Identity::default(), on_register: true }),
        2 => Fact::TeamJoined(TeamJoined {
            user: UserId::from_uuid(Uuid::from_u128(2)),
            name: "Dele Adeyemi".to_owned(),
            role: RoleId::new("nurse"),
            organisation: OrganisationId::new("gstt"),
            keeper: true,
        }),
        _ => Fact::Note(Note { words: format!("{number} {}", "Seen at home. ".repeat(20)) }),
    };
    entry(number, fact)
}

fn appends(folder: &Path) -> Result<(), Anything> {
    for (clients, each) in APPENDS {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for round in 0..ROUNDS {
            let name = format!("append-{clients}-{round}");
            let kith = Store::open(&format!("sqlite:{}", folder.join(&name).display()))?;
            let one =
                append_round("kith", clients, each, |who, number| append_ours(&kith, who, number))?;
            drop(kith);
            let plain = folder.join(format!("{name}-plain"));
            plain_table(&plain)?;
            let other = append_round("sqlite", clients, each, plain_client(&plain))?;
            ours.push(one);
            theirs.push(other);
        }
        let (ours, theirs) = (median(ours), median(theirs));
        println!(
            "{}",
            json!({
                "what": "append", "clients": clients, "kith_per_second": ours,
                "sqlite_per_second": theirs, "times": ratio(ours, theirs),
                "not": "plain SQLite, each client committing for itself, keeps no chain, head or \
                        derived rows",
            })
        );
    }
    Ok(())
}

/// Lets so many clients append, and gives the appends a second.
fn append_round<C>(side: &str, clients: u32, each: u32, client: C) -> Result<u64, Anything>
where
    C: Fn(u32, u32) -> Result<(), Anything> + Sync,
{
    let (mut latencies, took) = timed(|| {
        thread::scope(|scope| {
            let client = &client;
            let running: Vec<_> = (0..clients)
                .map(|number| scope.spawn(move || one_client(number, each, client)))
                .collect();
            let mut all = Vec::new();
            for client in running {
                all.extend(client.join().map_err(|_| "a client panicked")??);
            }
            Ok(all)
        })
    })?;
    latencies.sort_unstable();
    let at = |percent: usize| latencies.get(latencies.len() * percent / 100).copied();
    let per_second = u64::from(clients * each) * 1_000_000 / micros(took.wall).max(1);
    print_took(
        &json!({
            "what": "append", "side": side, "clients": clients, "per_second": per_second,
            "p50_us": at(50), "p99_us": at(99),
        }),
        &took,
    );
    Ok(per_second)
}

fn print_took(what: &Value, took: &Took) {
    let mut line = what.clone();
    line["wall_us"] = micros(took.wall).into();
    line["cpu_centiseconds"] = took.cpu_centiseconds.into();
    println!("{line}");
}

fn one_client(
    client: u32,
    each: u32,
    append: &(impl Fn(u32, u32) -> Result<(), Anything> + Sync),
) -> Result<Vec<u64>, Anything> {
    let mut latencies = Vec::new();
    for done in 0..each {
        let start = Instant::now();
        append(client * PEOPLE + done % PEOPLE, done / PEOPLE + 1)?;
        latencies.push(micros(start.elapsed()));
    }
    Ok(latencies)
}

fn append_ours(store: &Store, who: u32, number: u32) -> Result<(), Anything> {
    let (who, new) = (person(who), [nth(number)]);
    let added: Result<_, AppendError> =
        store.write(move |tx| stories::append(tx, who, number - 1, &new));
    added.map(drop).map_err(Into::into)
}

const PLAIN_TABLE: &str = "pragma journal_mode = wal;
    create table event (person text, number integer, on_date text, recorded_at text, author text,
        body text, hash text, primary key (person, number)) without rowid";

fn plain_table(path: &Path) -> Result<(), Anything> {
    Ok(Connection::open(path)?.execute_batch(PLAIN_TABLE)?)
}

thread_local! {
    static PLAIN: std::cell::RefCell<Option<(PathBuf, Connection)>> =
        const { std::cell::RefCell::new(None) };
}

/// A client with a connection of its own, that commits each event by itself.
fn plain_client(path: &Path) -> impl Fn(u32, u32) -> Result<(), Anything> + Sync {
    let path = path.to_owned();
    move |who, number| {
        PLAIN.with_borrow_mut(|kept| {
            if kept.as_ref().is_none_or(|(of, _)| *of != path) {
                let connection = Connection::open(&path)?;
                connection.busy_timeout(Duration::from_mins(1))?;
                connection.execute_batch("pragma synchronous = full")?;
                *kept = Some((path.clone(), connection));
            }
            match kept {
                Some((_, connection)) => append_plain(connection, who, number),
                None => Err("no connection".into()),
            }
        })
    }
}

/// The same bytes, with the same check that nobody wrote in between.
fn append_plain(connection: &mut Connection, who: u32, number: u32) -> Result<(), Anything> {
    let (who, new) = (person(who).to_string(), nth(number));
    let body = serde_json::to_string(&new.fact)?;
    let author = serde_json::to_string(&new.author)?;
    let tx = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let last: u32 = tx
        .prepare_cached("select coalesce(max(number), 0) from event where person = ?1")?
        .query_row([&who], |row| row.get(0))?;
    if last + 1 != number {
        return Err("somebody wrote in between".into());
    }
    tx.prepare_cached("insert into event values (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?.execute((
        &who,
        number,
        new.on.to_string(),
        new.recorded_at.to_string(),
        author,
        body,
        "0".repeat(128),
    ))?;
    Ok(tx.commit()?)
}

fn one_story(folder: &Path) -> Result<(), Anything> {
    const TIMES: u64 = 2_000;
    let kith = Store::open(&format!("sqlite:{}", folder.join("story").display()))?;
    let new: Vec<NewEntry> = (1..=200).map(nth).collect();
    let written: Result<_, AppendError> =
        kith.write(move |tx| stories::append(tx, person(1), 0, &new));
    let written = written?;
    let ((), loading) = timed(|| {
        for _ in 0..TIMES {
            let loaded: Result<_, StoreError> = kith.read(|tx| stories::load(tx, person(1)));
            assert_eq!(loaded?.len(), written.len());
        }
        Ok(())
    })?;
    let ((), folding) = timed(|| {
        for _ in 0..TIMES {
            assert_eq!(Person::fold(person(1), &written).last, 200);
        }
        Ok(())
    })?;
    println!(
        "{}",
        json!({
            "what": "story of 200 entries", "load_us": micros(loading.wall) / TIMES,
            "fold_ns": micros(folding.wall) * 1_000 / TIMES,
            "load_cpu_us": loading.cpu_centiseconds * 10_000 / TIMES,
        })
    );
    Ok(())
}

fn rebuilds(folder: &Path) -> Result<(), Anything> {
    let path = folder.join("rebuild");
    let store = Store::open(&format!("sqlite:{}", path.display()))?;
    let (people, entries) = REBUILD;
    for first in (0..people).step_by(1_000) {
        let written: Result<(), AppendError> = store.bulk_write(|tx| {
            let new: Vec<NewEntry> = (1..=entries).map(nth).collect();
            for who in first..first + 1_000 {
                stories::append(tx, person(who), 0, &new)?;
            }
            Ok(())
        });
        written?;
    }
    store.analyze()?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (rebuilt, took) = timed(|| Ok(rebuild(&store, &mut |_| {})?))?;
        assert_eq!((rebuilt.people, rebuilt.differed), (people.into(), 0));
        print_took(&json!({"what": "rebuild", "side": "kith", "people": people}), &took);
        ours.push(took.cpu_centiseconds);
        let (groups, took) = timed(|| group_by(&path))?;
        assert_eq!(groups, u64::from(people));
        print_took(&json!({"what": "rebuild", "side": "sqlite", "people": people}), &took);
        theirs.push(took.cpu_centiseconds);
    }
    let (ours, theirs) = (median(ours), median(theirs));
    println!(
        "{}",
        json!({
            "what": "rebuild", "people": people, "entries": people * entries,
            "kith_cpu_centiseconds": ours, "sqlite_cpu_centiseconds": theirs,
            "times": ratio(ours, theirs),
            "not": "SQLite's scan and GROUP BY reads no body as a fact, derives and compares nothing",
        })
    );
    Ok(())
}

/// `SQLite`'s own way through the same rows.
fn group_by(path: &Path) -> Result<u64, Anything> {
    let connection = Connection::open(path)?;
    let mut statement = connection.prepare(
        "select person_id, count(*), min(on_date), max(on_date), max(recorded_at), max(kind),
         max(length(body)), max(hash) from entry group by person_id",
    )?;
    let mut rows = statement.query([])?;
    let mut groups = 0;
    while rows.next()?.is_some() {
        groups += 1;
    }
    Ok(groups)
}
