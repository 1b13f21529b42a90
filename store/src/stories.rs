//! Stories: entries that are added, each bound to the one before it, and never changed.
//!
//! Whoever appends says which entry they last saw. In the same transaction the rows that lists and
//! searches read are made anew from the whole story.

use care::record::chain::Link;
use care::record::derived::derive;
use care::record::entry::{Audience, Author, Entry, EntryNumber, NewEntry};
use care::record::fact::{FORM, Fact};
use care::record::hash::Hash;
use care::record::ids::{OrganisationId, PersonId, RoleId, UserId};
use care::record::moment::Moment;
use care::record::person::Person;
use law::day::Day;

use crate::derived;
use crate::engine::{Row, StoreError, Tx, statements};

/// The columns that [`read`] reads, in its order.
macro_rules! entry_columns {
    () => {
        "e.number, e.on_date, e.recorded_at, e.user_id, e.user_name, e.role, e.organisation, \
         e.audience, e.corrects, e.kind, e.version, e.body, e.body_hash, e.hash"
    };
}

pub(crate) use entry_columns;

statements! {
    key HEAD = "select length, head from story where person_id = $1";
    key ENTRIES = concat!("select ", entry_columns!(),
        " from entry e where person_id = $1 and number > $2 order by number");
    key SINCE = concat!("select ", entry_columns!(), " from entry e
        where person_id = $1 and number > (select length - $4 from story where person_id = $1)
        and recorded_at > $2 and user_id <> $3 order by number desc");
    key ENTRY = concat!("select ", entry_columns!(),
        " from entry e where person_id = $1 and number = $2");
    key CHARGED = "select distinct person_id from entry
        where kind = 'charge-decided' and person_id > $1 order by person_id limit $2";
    key BEGIN_STORY = "insert into story (person_id, length, head) values ($1, $2, $3)";
    key LENGTHEN_STORY = "update story set length = $3, head = $4
        where person_id = $1 and length = $2";
    key ADD_ENTRY = "insert into entry (person_id, number, on_date, recorded_at, user_id,
        user_name, role, organisation, audience, corrects, kind, version, body, body_hash, hash)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
}

/// Why entries were not added. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// Others wrote in between.
    #[error(
        "somebody else has written in this record since you opened it ({} new); look at what they \
         wrote, then save yours again",
        .since.len()
    )]
    Conflict {
        /// What they wrote, in order, so that both sides can be shown. Empty if the writer had seen
        /// more than there is.
        since: Vec<Entry>,
    },
    /// The store could not.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// For whoever read the story in the same transaction: nobody can have come between.
impl From<AppendError> for StoreError {
    fn from(error: AppendError) -> Self {
        match error {
            AppendError::Conflict { .. } => Self::Busy,
            AppendError::Store(error) => error,
        }
    }
}

/// A person's whole story, in order; empty if none has begun.
pub fn load(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<Entry>, StoreError> {
    load_after(tx, person, 0)
}

/// The entries after a number, in order.
pub fn load_after(
    tx: &mut dyn Tx,
    person: PersonId,
    number: EntryNumber,
) -> Result<Vec<Entry>, StoreError> {
    tx.all(ENTRIES, &[(&person.to_string()).into(), number.into()], |row| read(person, row, 0))
}

/// What others than a user wrote after an instant, among the last so many entries: the newest first.
pub fn since(
    tx: &mut dyn Tx,
    person: PersonId,
    at: Moment,
    user: UserId,
    among: u32,
) -> Result<Vec<Entry>, StoreError> {
    let (person_id, at, user) = (person.to_string(), at.to_string(), user.to_string());
    let values = [(&person_id).into(), (&at).into(), (&user).into(), among.into()];
    tx.all(SINCE, &values, |row| read(person, row, 0))
}

/// One entry of a story, if it is there.
pub fn entry(
    tx: &mut dyn Tx,
    person: PersonId,
    number: EntryNumber,
) -> Result<Option<Entry>, StoreError> {
    tx.one(ENTRY, &[(&person.to_string()).into(), number.into()], |row| read(person, row, 0))
}

/// A person, folded from their story.
pub fn person(tx: &mut dyn Tx, person: PersonId) -> Result<Person, StoreError> {
    Ok(Person::fold(person, &load(tx, person)?))
}

/// The next people about whom a charge was decided, in the order of their ids, after the one given.
pub fn charged(
    tx: &mut dyn Tx,
    after: Option<PersonId>,
    most: u32,
) -> Result<Vec<PersonId>, StoreError> {
    let after = after.map(|person| person.to_string()).unwrap_or_default();
    tx.all(CHARGED, &[(&after).into(), most.into()], |row| row.parsed(0, |text| text.parse().ok()))
}

/// Adds entries after the one last seen (0: none), and gives them back in their places.
pub fn append(
    tx: &mut dyn Tx,
    person: PersonId,
    last_seen: EntryNumber,
    new: &[NewEntry],
) -> Result<Vec<Entry>, AppendError> {
    let key = person.to_string();
    let (length, head) = head(tx, &key)?;
    if length != last_seen {
        return Err(AppendError::Conflict { since: load_after(tx, person, last_seen)? });
    }
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let story = load(tx, person)?;
    let before = Person::fold(person, &story);
    Ok(lengthen(tx, before, story, head, new)?)
}

/// Adds entries to a story that was read, and folded, in this very transaction.
pub fn append_to(
    tx: &mut dyn Tx,
    person: Person,
    story: Vec<Entry>,
    new: &[NewEntry],
) -> Result<Vec<Entry>, StoreError> {
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let head = story.last().map_or(Hash::START, |last| last.hash);
    lengthen(tx, person, story, head, new)
}

fn lengthen(
    tx: &mut dyn Tx,
    mut person: Person,
    mut story: Vec<Entry>,
    head: Hash,
    new: &[NewEntry],
) -> Result<Vec<Entry>, StoreError> {
    let (key, length) = (person.id.to_string(), person.last);
    let added = chain(person.id, length, head, new)?;
    set_head(tx, &key, length, added.last().map(|new| &new.entry))?;
    for new in &added {
        insert(tx, &key, new)?;
    }
    let before = derive(&person);
    let known = story.len();
    story.extend(added.into_iter().map(|new| new.entry));
    person.lengthen(&story);
    derived::replace(tx, &key, before.as_ref(), derive(&person).as_ref())?;
    Ok(story.split_off(known))
}

/// Moves the end of a story, before anything else: others who append wait for this row.
fn set_head(
    tx: &mut dyn Tx,
    key: &str,
    length: EntryNumber,
    last: Option<&Entry>,
) -> Result<(), StoreError> {
    let Some(last) = last else { return Ok(()) };
    let (number, hash) = (last.number.into(), last.hash.to_string());
    if length == 0 {
        return tx.execute(BEGIN_STORY, &[key.into(), number, (&hash).into()]).map(drop);
    }
    match tx.execute(LENGTHEN_STORY, &[key.into(), length.into(), number, (&hash).into()])? {
        1 => Ok(()),
        // It was there a moment ago, in this very transaction.
        _ => Err(StoreError::Busy),
    }
}

fn head(tx: &mut dyn Tx, key: &str) -> Result<(EntryNumber, Hash), StoreError> {
    let head =
        tx.one(HEAD, &[key.into()], |row| Ok((row.count(0)?, row.parsed(1, Hash::parse)?)))?;
    Ok(head.unwrap_or((0, Hash::START)))
}

/// An entry in its place, with its body as it is written.
struct Placed {
    entry: Entry,
    body: String,
    body_hash: Hash,
}

/// Numbers new entries and binds each to the one before.
fn chain(
    person: PersonId,
    length: EntryNumber,
    mut head: Hash,
    new: &[NewEntry],
) -> Result<Vec<Placed>, StoreError> {
    let mut added = Vec::with_capacity(new.len());
    for (number, entry) in (length + 1..).zip(new) {
        let body = serde_json::to_string(&entry.fact).map_err(|error| StoreError::Engine {
            doing: "writing an entry".to_owned(),
            why: error.to_string(),
        })?;
        let body_hash = Hash::of(body.as_bytes());
        let link = Link {
            person,
            number,
            on: &entry.on.to_string(),
            recorded_at: &entry.recorded_at.to_string(),
            audience: entry.audience.code(),
            corrects: entry.corrects,
            author: &entry.author,
            kind: entry.fact.kind(),
            version: FORM,
            body: body_hash,
        };
        head = link.hash(head);
        added.push(Placed { entry: placed(person, number, entry, head), body, body_hash });
    }
    Ok(added)
}

fn placed(person: PersonId, number: EntryNumber, entry: &NewEntry, hash: Hash) -> Entry {
    Entry {
        person,
        number,
        on: entry.on,
        recorded_at: entry.recorded_at,
        author: entry.author.clone(),
        audience: entry.audience,
        corrects: entry.corrects,
        fact: entry.fact.clone(),
        hash,
    }
}

fn insert(tx: &mut dyn Tx, key: &str, new: &Placed) -> Result<(), StoreError> {
    let entry = &new.entry;
    tx.execute(
        ADD_ENTRY,
        &[
            key.into(),
            entry.number.into(),
            (&entry.on.to_string()).into(),
            (&entry.recorded_at.to_string()).into(),
            (&entry.author.user.to_string()).into(),
            (&entry.author.name).into(),
            entry.author.role.as_str().into(),
            entry.author.organisation.as_str().into(),
            entry.audience.code().into(),
            entry.corrects.into(),
            entry.fact.kind().into(),
            FORM.into(),
            new.body.as_str().into(),
            (&new.body_hash.to_string()).into(),
            (&entry.hash.to_string()).into(),
        ],
    )
    .map(drop)
}

/// Reads an entry from a row whose columns, from `at` on, are those of [`ENTRIES`].
pub(crate) fn read(person: PersonId, row: &Row<'_>, at: usize) -> Result<Entry, StoreError> {
    let number = row.count(at)?;
    let fact = Fact::read(row.text(at + 9)?, row.text(at + 11)?).map_err(|error| {
        StoreError::Corrupt(format!("entry {number} of {person} cannot be read ({error})"))
    })?;
    Ok(Entry {
        person,
        number,
        on: row.parsed(at + 1, |text| Day::parse(text).ok())?,
        recorded_at: row.parsed(at + 2, |text| Moment::parse(text).ok())?,
        author: author(row, at + 3)?,
        audience: row.parsed(at + 7, Audience::named)?,
        corrects: row.optional_integer(at + 8)?.map(|_| row.count(at + 8)).transpose()?,
        fact,
        hash: row.parsed(at + 13, Hash::parse)?,
    })
}

/// Reads who wrote something: user, name, role, organisation.
pub(crate) fn author(row: &Row<'_>, at: usize) -> Result<Author, StoreError> {
    Ok(Author {
        user: row.parsed(at, |text| text.parse::<UserId>().ok())?,
        name: row.text(at + 1)?.to_owned(),
        role: RoleId::new(row.text(at + 2)?),
        organisation: OrganisationId::new(row.text(at + 3)?),
    })
}
