//! Goes through all people, a batch at a time: memory stays flat, and each batch is read by key.

use std::collections::{BTreeSet, HashMap};

use care::find::search::tokens;
use care::record::derived::{Derived, Membership, Summary, Work};

use crate::derived::{read_member, read_summary, read_work};
use crate::engine::{Row, Statement, StoreError, Tx, statements};

statements! {
    key NEXT_STORIES = "select max(person_id), count(*) from (
        select person_id from story where person_id > $1 order by person_id limit $2) as next";
    key NEXT_LOGS = "select max(person_id), count(*) from (
        select person_id from access_log where person_id > $1 order by person_id limit $2) as next";
    key SUMMARIES_BETWEEN = "select person_id, stage, keeper, objected, begun_on, last_on, identity,
        offer, carer, plan, risk from summary where person_id > $1 and person_id <= $2";
    key WORK_BETWEEN = "select person_id, entry, task, due, urgent, team, user_id
        from work where person_id > $1 and person_id <= $2 order by person_id, due, entry, task";
    key MEMBERS_BETWEEN = "select person_id, user_id, since, keeper
        from member where person_id > $1 and person_id <= $2 order by person_id, user_id";
    key NAMES_BETWEEN = "select person_id, token
        from described_name where person_id > $1 and person_id <= $2";
}

/// How many people are held in memory at once.
const BATCH: u32 = 500;

/// Comes after every person's id, whatever the database's alphabet: ids are hexadecimal.
const END: &str = "z";

/// The people after one id, up to and with another.
#[derive(Debug, Clone)]
pub(crate) struct Batch {
    pub(crate) after: String,
    pub(crate) to: String,
    /// How many of them there are, going by the table that is walked.
    pub(crate) people: u64,
}

/// The batch after an id; the last reaches to the end, so that rows without a person are met too.
fn next(tx: &mut dyn Tx, walk: &Statement, after: String) -> Result<(Batch, bool), StoreError> {
    let found = tx.one(walk, &[(&after).into(), BATCH.into()], |row| {
        Ok((row.optional_text(0)?.map(str::to_owned), row.count(1)?))
    })?;
    let (to, people) = found.unwrap_or((None, 0));
    let is_last = people < BATCH;
    let to = to.filter(|_| !is_last).unwrap_or_else(|| END.to_owned());
    Ok((Batch { after, to, people: people.into() }, is_last))
}

/// Does something with each batch of those who have a story.
pub(crate) fn stories(
    tx: &mut dyn Tx,
    each: impl FnMut(&mut dyn Tx, &Batch) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    walk(tx, NEXT_STORIES, each)
}

/// Does something with each batch of those whose record was looked at.
pub(crate) fn logs(
    tx: &mut dyn Tx,
    each: impl FnMut(&mut dyn Tx, &Batch) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    walk(tx, NEXT_LOGS, each)
}

fn walk(
    tx: &mut dyn Tx,
    statement: &Statement,
    mut each: impl FnMut(&mut dyn Tx, &Batch) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut after = String::new();
    loop {
        let (batch, is_last) = next(tx, statement, after)?;
        each(tx, &batch)?;
        if is_last {
            return Ok(());
        }
        after = batch.to;
    }
}

/// The derived rows of one person as they lie in the store. What cannot be read is not there.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct DerivedRows {
    summary: Option<Summary>,
    work: Vec<Work>,
    members: Vec<Membership>,
    names: BTreeSet<String>,
    unreadable: bool,
}

impl DerivedRows {
    /// The rows that should be there.
    pub(crate) fn of(derived: Option<Derived>) -> Self {
        let Some(mut derived) = derived else { return Self::default() };
        derived.work.sort_by_key(|work| (work.due, work.entry, work.task.code()));
        derived.members.sort_by_key(|member| member.user);
        let who = derived.summary.identity.as_ref();
        let names = who.map(|who| tokens(&who.family, &who.given)).unwrap_or_default();
        Self {
            names: names.into_iter().collect(),
            summary: Some(derived.summary),
            work: derived.work,
            members: derived.members,
            unreadable: false,
        }
    }
}

/// The derived rows of a batch of people, by person.
pub(crate) fn kept(
    tx: &mut dyn Tx,
    batch: &Batch,
) -> Result<HashMap<String, DerivedRows>, StoreError> {
    let mut all: HashMap<String, DerivedRows> = HashMap::new();
    take(tx, SUMMARIES_BETWEEN, batch, &mut all, |row, kept| {
        kept.summary = Some(read_summary(row, 1)?);
        Ok(())
    })?;
    take(tx, WORK_BETWEEN, batch, &mut all, |row, kept| {
        kept.work.push(read_work(row, 1)?);
        Ok(())
    })?;
    take(tx, MEMBERS_BETWEEN, batch, &mut all, |row, kept| {
        kept.members.push(read_member(row, 1)?);
        Ok(())
    })?;
    take(tx, NAMES_BETWEEN, batch, &mut all, |row, kept| {
        kept.names.insert(row.text(1)?.to_owned());
        Ok(())
    })?;
    Ok(all)
}

fn take(
    tx: &mut dyn Tx,
    statement: &Statement,
    batch: &Batch,
    all: &mut HashMap<String, DerivedRows>,
    read: impl Fn(&Row<'_>, &mut DerivedRows) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    tx.query(statement, &[(&batch.after).into(), (&batch.to).into()], &mut |row| {
        let person = row.text(0)?;
        if !all.contains_key(person) {
            all.insert(person.to_owned(), DerivedRows::default());
        }
        let Some(kept) = all.get_mut(person) else { return Ok(()) };
        match read(row, kept) {
            Err(StoreError::Corrupt(_)) => {
                kept.unreadable = true;
                Ok(())
            }
            other => other,
        }
    })
}
