//! Checks every chain, and that lists say what stories say. What is wrong is named: whose record,
//! which entry, what.

use std::collections::HashMap;
use std::fmt;

use care::record::chain::Link;
use care::record::derived::derive;
use care::record::entry::Entry;
use care::record::hash::Hash;
use care::record::ids::PersonId;
use care::record::person::Person;

use crate::engine::{Row, Statement, StoreError, Tx, statements};
use crate::walk::{self, Batch, DerivedRows};
use crate::{access, stories};

statements! {
    key STORIES_BETWEEN = "select person_id, length, head from story
        where person_id > $1 and person_id <= $2";
    key ENTRIES_BETWEEN = "select person_id, number, on_date, recorded_at, user_id, user_name, role,
        organisation, audience, corrects, kind, version, body, body_hash, hash
        from entry where person_id > $1 and person_id <= $2 order by person_id, number";
    key LOGS_BETWEEN = "select person_id, length, head from access_log
        where person_id > $1 and person_id <= $2";
    key ACCESSES_BETWEEN = "select person_id, number, at, user_id, user_name, role, organisation,
        what, reason, hash
        from access where person_id > $1 and person_id <= $2 order by person_id, number";
}

/// Something that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Whose record.
    pub person: String,
    /// Their story, or the log of who has looked at it.
    pub chain: Chain,
    /// What is wrong.
    pub wrong: Wrong,
}

/// The two chains of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chain {
    /// The story.
    Story,
    /// Who has looked.
    Access,
}

impl Chain {
    /// As written in a file of heads.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Story => "story",
            Self::Access => "access",
        }
    }
}

/// What can be wrong with a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// Entries from one number to another, both included, are not there.
    Missing(i64, i64),
    /// An entry is not what was written in this place.
    Altered(i64),
    /// The text of an entry is not what was written; all else about it is.
    Text(i64),
    /// An entry is as it was written, but after another than the one that now stands before it.
    Order(i64),
    /// Entries from one number to another are more than the story's own length says.
    Extra(i64, i64),
    /// An entry cannot be read.
    Unreadable(i64, String),
    /// The end noted for the story is not the hash of its last entry.
    Head,
    /// There are entries, and no note of the story.
    Unannounced,
    /// The rows that lists and searches read are not what the story gives.
    Derived,
    /// An earlier list of heads has this story, and it is gone or was cut short before this number.
    Gone(i64),
    /// Up to this number the story is another than an earlier list of heads says.
    Rewritten(i64),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (chain, entry) = match self.chain {
            Chain::Story => ("the story of", "entry"),
            Chain::Access => ("the log of who looked at", "line"),
        };
        write!(f, "{chain} {}: ", self.person)?;
        match &self.wrong {
            Wrong::Missing(from, to) if from == to => write!(f, "{entry} {from} is missing"),
            Wrong::Missing(from, to) => write!(f, "{entry} {from} to {entry} {to} are missing"),
            Wrong::Altered(number) => write!(
                f,
                "{entry} {number} is not what was written there: it was altered, or moved"
            ),
            Wrong::Text(number) => write!(f, "the text of {entry} {number} was altered"),
            Wrong::Order(number) => {
                write!(f, "{entry} {number} followed another than the one now before it")
            }
            Wrong::Extra(from, to) if from == to => write!(f, "{entry} {from} was put in"),
            Wrong::Extra(from, to) => write!(f, "{entry} {from} to {entry} {to} were put in"),
            Wrong::Unreadable(number, why) => write!(f, "{entry} {number} cannot be read ({why})"),
            Wrong::Head => write!(f, "its end is not the hash of its last {entry}"),
            Wrong::Unannounced => write!(f, "it was put in, or the note of it was taken away"),
            Wrong::Derived => {
                write!(f, "lists and searches say something else; ‘kith rebuild’ puts them right")
            }
            Wrong::Gone(number) => write!(f, "{entry} {number}, once the last, is gone"),
            Wrong::Rewritten(number) => {
                write!(f, "it was written anew somewhere up to {entry} {number}")
            }
        }
    }
}

/// What a check went through, and what it found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// People with a story.
    pub stories: u64,
    /// Entries of stories.
    pub entries: u64,
    /// Views written down.
    pub accesses: u64,
    /// Everything that is wrong; nothing in a sound store.
    pub faults: Vec<Fault>,
}

/// Goes through everything. `progress` is told how many people have been done, now and then.
pub fn verify(tx: &mut dyn Tx, progress: &mut dyn FnMut(u64)) -> Result<Report, StoreError> {
    let mut report = Report::default();
    walk::stories(tx, |tx, batch| {
        story_batch(tx, batch, &mut report)?;
        report.stories += batch.people;
        progress(report.stories);
        Ok(())
    })?;
    walk::logs(tx, |tx, batch| access_batch(tx, batch, &mut report))?;
    Ok(report)
}

fn story_batch(tx: &mut dyn Tx, batch: &Batch, report: &mut Report) -> Result<(), StoreError> {
    let mut heads = heads(tx, STORIES_BETWEEN, batch)?;
    let mut kept = walk::kept(tx, batch)?;
    let mut check = Check::new(Chain::Story);
    let mut told = Vec::new();
    let between = [(&batch.after).into(), (&batch.to).into()];
    tx.query(ENTRIES_BETWEEN, &between, &mut |row| {
        let person = row.text(0)?;
        if check.person != person {
            compare(&mut check, &mut told, &mut kept);
            check.finish(&mut heads);
            check.start(person);
        }
        report.entries += 1;
        match read_entry(person, row) {
            Ok((entry, body_is_sound)) => {
                check.take(row.integer(1)?, entry.hash, |before| {
                    hash_of(row, &entry, before).unwrap_or(Hash::START)
                });
                if !body_is_sound {
                    check.wrong(Wrong::Text(row.integer(1)?));
                }
                told.push(entry);
            }
            Err(StoreError::Corrupt(why)) => {
                check.unreadable(row.integer(1)?, row.text(14).ok().and_then(Hash::parse), why);
            }
            Err(error) => return Err(error),
        }
        Ok(())
    })?;
    compare(&mut check, &mut told, &mut kept);
    check.finish(&mut heads);
    check.without_entries(heads);
    for (person, _) in kept {
        check.start(&person);
        check.wrong(Wrong::Derived);
    }
    report.faults.append(&mut check.faults);
    Ok(())
}

/// Whether the derived rows of the person just gone through are what their story gives.
fn compare(check: &mut Check, told: &mut Vec<Entry>, kept: &mut HashMap<String, DerivedRows>) {
    let Ok(person) = check.person.parse::<PersonId>() else { return };
    let kept = kept.remove(&check.person).unwrap_or_default();
    if check.readable && kept != DerivedRows::of(derive(&Person::fold(person, told))) {
        check.wrong(Wrong::Derived);
    }
    told.clear();
}

/// An entry, and whether its text is the one that its digest was made of.
fn read_entry(person: &str, row: &Row<'_>) -> Result<(Entry, bool), StoreError> {
    let person: PersonId =
        person.parse().map_err(|_| StoreError::Corrupt("the person's id is not one".to_owned()))?;
    let digest = row.parsed(13, Hash::parse)?;
    let sound = Hash::of(row.text(12)?.as_bytes()) == digest;
    match stories::read(person, row, 1) {
        Ok(entry) => Ok((entry, sound)),
        Err(_) if !sound => Err(StoreError::Corrupt("its text was altered".to_owned())),
        Err(error) => Err(error),
    }
}

/// The entry's hash, of the texts as they are stored.
fn hash_of(row: &Row<'_>, entry: &Entry, before: Hash) -> Result<Hash, StoreError> {
    let link = Link {
        person: entry.person,
        number: entry.number,
        on: row.text(2)?,
        recorded_at: row.text(3)?,
        audience: row.text(8)?,
        corrects: entry.corrects,
        author: &entry.author,
        kind: row.text(10)?,
        version: row.count(11)?,
        body: row.parsed(13, Hash::parse)?,
    };
    Ok(link.hash(before))
}

fn access_batch(tx: &mut dyn Tx, batch: &Batch, report: &mut Report) -> Result<(), StoreError> {
    let mut heads = heads(tx, LOGS_BETWEEN, batch)?;
    let mut check = Check::new(Chain::Access);
    let between = [(&batch.after).into(), (&batch.to).into()];
    tx.query(ACCESSES_BETWEEN, &between, &mut |row| {
        let person = row.text(0)?;
        if check.person != person {
            check.finish(&mut heads);
            check.start(person);
        }
        report.accesses += 1;
        match access::read(row, 1) {
            Ok(line) => {
                let at = row.text(2)?;
                check.take(row.integer(1)?, line.hash, |before| {
                    access::hash(before, person, line.number, at, &line.view)
                });
            }
            Err(StoreError::Corrupt(why)) => {
                check.unreadable(row.integer(1)?, row.text(9).ok().and_then(Hash::parse), why);
            }
            Err(error) => return Err(error),
        }
        Ok(())
    })?;
    check.finish(&mut heads);
    check.without_entries(heads);
    report.faults.append(&mut check.faults);
    Ok(())
}

/// How long each chain of a batch says it is, and its end.
type Heads = HashMap<String, (i64, Option<Hash>)>;

fn heads(tx: &mut dyn Tx, statement: &Statement, batch: &Batch) -> Result<Heads, StoreError> {
    let mut heads = HashMap::new();
    tx.query(statement, &[(&batch.after).into(), (&batch.to).into()], &mut |row| {
        heads.insert(row.text(0)?.to_owned(), (row.integer(1)?, Hash::parse(row.text(2)?)));
        Ok(())
    })?;
    Ok(heads)
}

/// Goes along the chains, entry by entry.
struct Check {
    chain: Chain,
    person: String,
    /// The number of the last entry gone through.
    last: i64,
    /// The last entry's hash as it is stored, and as it should be. None after a gap.
    stored: Option<Hash>,
    computed: Option<Hash>,
    /// Every hash met in this chain, to tell a moved neighbour from an altered entry.
    met: Vec<Hash>,
    readable: bool,
    faults: Vec<Fault>,
}

impl Check {
    fn new(chain: Chain) -> Self {
        Self {
            chain,
            person: String::new(),
            last: 0,
            stored: None,
            computed: None,
            met: Vec::new(),
            readable: true,
            faults: Vec::new(),
        }
    }

    fn start(&mut self, person: &str) {
        person.clone_into(&mut self.person);
        self.last = 0;
        self.stored = Some(Hash::START);
        self.computed = None;
        self.met.clear();
        self.met.push(Hash::START);
        self.readable = true;
    }

    fn wrong(&mut self, wrong: Wrong) {
        self.faults.push(Fault { person: self.person.clone(), chain: self.chain, wrong });
    }

    fn gap_before(&mut self, number: i64) {
        if number > self.last + 1 {
            self.wrong(Wrong::Missing(self.last + 1, number - 1));
            (self.stored, self.computed) = (None, None);
        }
        self.last = number;
    }

    /// The next entry: its hash as stored, and how to compute it from the one before.
    fn take(&mut self, number: i64, stored: Hash, hash: impl Fn(Hash) -> Hash) {
        self.gap_before(number);
        // After an entry whose hash alone was altered, the next still follows from what it was.
        let befores = [self.stored, self.computed];
        let computed = befores.map(|before| before.map(&hash));
        let follows = befores == [None, None] || computed.contains(&Some(stored));
        if !follows {
            let moved = self.met.iter().any(|before| hash(*before) == stored);
            self.wrong(if moved { Wrong::Order(number) } else { Wrong::Altered(number) });
        }
        self.computed = if follows { None } else { computed[0] };
        self.stored = Some(stored);
        self.met.push(stored);
    }

    fn unreadable(&mut self, number: i64, stored: Option<Hash>, why: String) {
        self.gap_before(number);
        self.wrong(Wrong::Unreadable(number, why));
        self.readable = false;
        (self.stored, self.computed) = (stored, None);
        self.met.extend(stored);
    }

    /// The end of a chain: is it where it says, and what it says?
    fn finish(&mut self, heads: &mut Heads) {
        if self.person.is_empty() {
            return;
        }
        let Some((length, head)) = heads.remove(&self.person) else {
            self.wrong(Wrong::Unannounced);
            return;
        };
        if length > self.last {
            self.wrong(Wrong::Missing(self.last + 1, length));
        } else if length < self.last {
            self.wrong(Wrong::Extra(length + 1, self.last));
        } else if self.stored.is_some() && head != self.stored && head != self.computed {
            self.wrong(Wrong::Head);
        }
    }

    /// Chains that should have entries, and have none.
    fn without_entries(&mut self, heads: Heads) {
        let mut heads: Vec<_> = heads.into_iter().collect();
        heads.sort_by(|one, other| one.0.cmp(&other.0));
        for (person, (length, _)) in heads {
            self.start(&person);
            self.wrong(Wrong::Missing(1, length.max(1)));
        }
    }
}
