//! The people of a store, or of a file. A file is read through once by all processors: one cuts it
//! into lines, each takes some and adds up what it finds, and the sums are joined at the end.

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use anyhow::anyhow;
use care::fund::simulate::{Gather, Reform};
use care::fund::{About, Ethnicity, Supported};
use care::record::ids::PersonId;
use law::charging::Case;
use law::day::Day;
use serde::Deserialize as _;
use store::engine::Tx;
use store::{Store, StoreError, register, stories};

use crate::columns::grouped;
use crate::commands::cases;
use crate::progress::Progress;

/// How many bytes of lines are handed over at a time.
const LOT_BYTES: usize = 1 << 18;

/// How many people of a store are gone through at a time.
const LOT: u32 = 500;

/// What came of the people.
#[derive(Default)]
pub struct Read<T> {
    /// What was gathered of them.
    pub gathered: T,
    /// Those who were not assessed, by their line or their place, and why.
    pub rejected: Vec<(u64, String)>,
    /// The latest day of a case.
    pub last_day: Option<Day>,
}

/// Lines of the file: the number of the first, all of them, and where each ends.
#[derive(Default)]
struct Lot {
    first: u64,
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

/// Assesses the people of a file.
pub fn read<'a, T: Gather<'a> + Send>(path: &Path, reform: &Reform<'a>) -> anyhow::Result<Read<T>> {
    let workers = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let (sender, receiver) = sync_channel::<Lot>(2 * workers);
    let receiver = Mutex::new(receiver);
    let (cut, parts) = thread::scope(|scope| {
        let workers: Vec<_> =
            (0..workers).map(|_| scope.spawn(|| work(&receiver, reform))).collect();
        // The sender goes with the cutting, and with it the workers end.
        let cut = cut(path, |lot| sender.send(lot).is_ok());
        drop(sender);
        (cut, workers.into_iter().map(thread::ScopedJoinHandle::join).collect::<Vec<_>>())
    });
    cut?;
    let mut all = Read::<T>::default();
    for part in parts {
        let part =
            part.map_err(|_| anyhow!("a part of the simulation stopped: please report it"))?;
        all.gathered.join(part.gathered);
        all.rejected.extend(part.rejected);
        all.last_day = all.last_day.max(part.last_day);
    }
    all.rejected.sort_unstable();
    Ok(all)
}

/// Assesses everybody in a store who has a charge, with their means as they stand on a day.
pub fn stored<'a, T: Gather<'a>>(
    store: &Store,
    day: Day,
    reform: &Reform<'a>,
) -> Result<Read<T>, StoreError> {
    let mut done = Read::<T> { last_day: Some(day), ..Read::default() };
    let mut progress = Progress::on_terminal();
    store.read::<_, StoreError>(|tx| {
        let mut after = None;
        let mut seen = 0;
        loop {
            let people = stories::charged(tx, after, LOT)?;
            let Some(last) = people.last() else { return Ok(()) };
            after = Some(*last);
            for id in people {
                seen += 1;
                let Some(person) = supported(tx, id, day)? else { continue };
                if let Err(why) = done.gathered.assess(reform, &person) {
                    done.rejected.push((seen, format!("person {id}: {why}")));
                }
            }
            progress.tell(|| format!("{} people assessed", grouped(seen)));
        }
    })?;
    progress.end();
    Ok(done)
}

/// A person who has a charge on a day, and lives.
fn supported(tx: &mut dyn Tx, id: PersonId, day: Day) -> Result<Option<Supported>, StoreError> {
    let means = stories::person(tx, id)?.means;
    let Some(decided) = means.on(day) else { return Ok(None) };
    let resident = register::resident(tx, id)?;
    if resident.as_ref().is_some_and(|resident| resident.death.by(day)) {
        return Ok(None);
    }
    let ethnicity = resident.and_then(|resident| resident.ethnicity);
    let ethnicity = ethnicity.and_then(|letter| Ethnicity::try_from(letter).ok());
    let case = Case { as_of: day, ..decided.said.case.clone() };
    let about = About { ethnicity, ..About::default() };
    Ok(Some(Supported { id: String::new(), about, case, pays: None }))
}

/// Hands over the lines of a file in lots, until it ends or nobody takes them.
fn cut(path: &Path, mut hand_over: impl FnMut(Lot) -> bool) -> anyhow::Result<()> {
    let mut lot = Lot { first: 1, ..Lot::default() };
    cases::each_line(path, |bytes| {
        lot.bytes.extend_from_slice(bytes);
        lot.ends.push(lot.bytes.len());
        if lot.bytes.len() < LOT_BYTES {
            return true;
        }
        let next = lot.first + lot.ends.len() as u64;
        let full = std::mem::replace(&mut lot, Lot { first: next, ..Lot::default() });
        hand_over(full)
    })?;
    hand_over(lot);
    Ok(())
}

fn work<'a, T: Gather<'a>>(lots: &Mutex<Receiver<Lot>>, reform: &Reform<'a>) -> Read<T> {
    let mut done = Read::<T>::default();
    let take = || lots.lock().unwrap_or_else(PoisonError::into_inner).recv();
    while let Ok(lot) = take() {
        let mut from = 0;
        for (number, &end) in (lot.first..).zip(&lot.ends) {
            let line = &lot.bytes[from..end];
            from = end;
            if line.trim_ascii().is_empty() {
                continue;
            }
            let assessed = person(line).and_then(|person| {
                done.last_day = done.last_day.max(Some(person.case.as_of));
                done.gathered.assess(reform, &person).map_err(|why| why.to_string())
            });
            if let Err(why) = assessed {
                done.rejected.push((number, why));
            }
        }
    }
    done
}

/// A person, or a case alone.
fn person(line: &[u8]) -> Result<Supported, String> {
    let mut json = serde_json::Deserializer::from_slice(line);
    if let Ok(person) = Supported::deserialize(&mut json)
        && json.end().is_ok()
    {
        return Ok(person);
    }
    // Read again to say what is wrong and where. A line without a case inside is a case.
    match serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(line) {
        Ok(object) if !object.contains_key("case") => cases::read::<Case>(line)
            .map(|case| Supported { id: String::new(), about: About::default(), case, pays: None }),
        _ => cases::read(line),
    }
}
