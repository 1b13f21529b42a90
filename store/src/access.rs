//! Who has looked: at a person's record, chained like their story; and at lists and searches.
//!
//! A view is written down in the transaction that reads. If it cannot be, nothing is shown.
//!
//! A view's hash is SHA-256 over a text of lines that an auditor can rebuild with a shell:
//!
//! ```text
//! kith access 1
//! <hash of the view before, in hex; 64 zeros for the first>
//! <person> <number> <at>
//! <user> <role> <organisation> <the user's name, as a JSON string>
//! <what was looked at, as a JSON string> <the reason given, as a JSON string, or ->
//! ```

use std::collections::BTreeSet;

use care::record::entry::Author;
use care::record::hash::Hash;
use care::record::ids::{PersonId, UserId};
use care::record::moment::Moment;

use crate::engine::{Row, StoreError, Tx, statements};
use crate::stories::author;

statements! {
    key HEAD = "select length, head from access_log where person_id = $1";
    key SET_HEAD = "insert into access_log (person_id, length, head) values ($1, $2, $3)
        on conflict (person_id) do update set length = excluded.length, head = excluded.head";
    key ADD = "insert into access (person_id, number, at, user_id, user_name, role, organisation,
        what, reason, hash) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    key ACCESSES = "select number, at, user_id, user_name, role, organisation, what, reason, hash
        from access where person_id = $1 and number < $2 order by number desc limit $3";
    key LOOKED_SINCE = "select count(*) from access where person_id = $1
        and number > (select length - 200 from access_log where person_id = $1)
        and user_id = $2 and what = $3 and at >= $4";
    key LOOKED_AT = "select distinct person_id from access
        where user_id = $1 and what = $2 and at >= $3";
    key LAST_LOOK = "select at from access where person_id = $1
        and number > (select length - 200 from access_log where person_id = $1)
        and user_id = $2 and what not like $3 order by number desc limit 1";
    key ADD_SEARCH = "insert into search (user_id, at, number, user_name, role, organisation, what,
        shown) select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6, cast($7 as bigint)
        from search where user_id = $1 and at = $2";
    key SEARCHES = "select user_id, user_name, role, organisation, at, what, shown from search
        where user_id = $1 and at >= $2 order by at, number";
}

/// Somebody looks at a person's record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// When.
    pub at: Moment,
    /// Who, with their name and role at the time.
    pub by: Author,
    /// What was shown, in a few words that are right for whoever reads them, the person too: “the record”,
    /// “conditions”.
    pub what: String,
    /// The reason given, where one was asked for.
    pub reason: Option<String>,
}

/// A view that is written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// Its place in the person's log, from 1 without gaps.
    pub number: u32,
    /// What was seen, by whom.
    pub view: View,
    /// The chain's value here.
    pub hash: Hash,
}

/// Somebody looked at a list of people, or searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// When.
    pub at: Moment,
    /// Who.
    pub by: Author,
    /// What list, or what kind of search. Never what was searched for: that names people.
    pub what: String,
    /// How many people were shown.
    pub shown: u32,
}

/// Writes down that somebody looks at a person's record, after every view before.
pub fn append(tx: &mut dyn Tx, person: PersonId, view: &View) -> Result<Access, StoreError> {
    let key = person.to_string();
    let head =
        tx.one(HEAD, &[(&key).into()], |row| Ok((row.count(0)?, row.parsed(1, Hash::parse)?)))?;
    let (length, before) = head.unwrap_or((0, Hash::START));
    let number = length + 1;
    let at = view.at.to_string();
    let hash = hash(before, &key, number, &at, view);
    let text = hash.to_string();
    tx.execute(SET_HEAD, &[(&key).into(), number.into(), (&text).into()])?;
    tx.execute(
        ADD,
        &[
            (&key).into(),
            number.into(),
            (&at).into(),
            (&view.by.user.to_string()).into(),
            (&view.by.name).into(),
            view.by.role.as_str().into(),
            view.by.organisation.as_str().into(),
            (&view.what).into(),
            view.reason.as_ref().into(),
            (&text).into(),
        ],
    )?;
    Ok(Access { number, view: view.clone(), hash })
}

/// Who has looked at a person's record, latest first: at most `limit`, from before a number if one
/// is given.
pub fn accesses(
    tx: &mut dyn Tx,
    person: PersonId,
    before: Option<u32>,
    limit: u32,
) -> Result<Vec<Access>, StoreError> {
    let before = before.map_or(i64::MAX, i64::from);
    tx.all(ACCESSES, &[(&person.to_string()).into(), before.into(), limit.into()], |row| {
        read(row, 0)
    })
}

/// Whether a user has looked at something of a person's record since an instant, as far as the newest
/// 200 views say: a log of years is not read for it.
pub fn looked_since(
    tx: &mut dyn Tx,
    person: PersonId,
    user: UserId,
    what: &str,
    since: Moment,
) -> Result<bool, StoreError> {
    let (person, user, since) = (person.to_string(), user.to_string(), since.to_string());
    let of = [(&person).into(), (&user).into(), what.into(), (&since).into()];
    Ok(tx.one(LOOKED_SINCE, &of, |row| row.count(0))?.is_some_and(|count| count > 0))
}

/// At whose record a user has looked for something since an instant.
pub fn looked_at(
    tx: &mut dyn Tx,
    user: UserId,
    what: &str,
    since: Moment,
) -> Result<BTreeSet<PersonId>, StoreError> {
    let (user, since) = (user.to_string(), since.to_string());
    let of = [(&user).into(), what.into(), (&since).into()];
    let people = tx.all(LOOKED_AT, &of, |row| row.parsed(0, |text| text.parse().ok()))?;
    Ok(people.into_iter().collect())
}

/// When a user looked at a person's record last, but for what begins with some words: as far as the newest
/// 200 views say.
pub fn last_look(
    tx: &mut dyn Tx,
    person: PersonId,
    user: UserId,
    but_for: &str,
) -> Result<Option<Moment>, StoreError> {
    let (person, user, but_for) = (person.to_string(), user.to_string(), format!("{but_for}%"));
    tx.one(LAST_LOOK, &[(&person).into(), (&user).into(), (&but_for).into()], |row| {
        row.parsed(0, |text| Moment::parse(text).ok())
    })
}

/// Writes down that somebody looked at a list, or searched.
pub fn append_search(tx: &mut dyn Tx, search: &Search) -> Result<(), StoreError> {
    tx.execute(
        ADD_SEARCH,
        &[
            (&search.by.user.to_string()).into(),
            (&search.at.to_string()).into(),
            (&search.by.name).into(),
            search.by.role.as_str().into(),
            search.by.organisation.as_str().into(),
            (&search.what).into(),
            search.shown.into(),
        ],
    )?;
    Ok(())
}

/// What a user searched and listed since an instant, earliest first.
pub fn searches(tx: &mut dyn Tx, user: UserId, since: Moment) -> Result<Vec<Search>, StoreError> {
    tx.all(SEARCHES, &[(&user.to_string()).into(), (&since.to_string()).into()], |row| {
        Ok(Search {
            by: author(row, 0)?,
            at: row.parsed(4, |text| Moment::parse(text).ok())?,
            what: row.text(5)?.to_owned(),
            shown: row.count(6)?,
        })
    })
}

/// The hash of a view, given that of the one before it and the texts that are stored.
pub(crate) fn hash(before: Hash, person: &str, number: u32, at: &str, view: &View) -> Hash {
    let json = |text: &str| serde_json::Value::from(text).to_string();
    let text = format!(
        "kith access 1\n{before}\n{person} {number} {at}\n{} {} {} {}\n{} {}\n",
        view.by.user,
        view.by.role,
        view.by.organisation,
        json(&view.by.name),
        json(&view.what),
        view.reason.as_deref().map_or_else(|| "-".to_owned(), json),
    );
    Hash::of(text.as_bytes())
}

/// Reads a view from a row whose columns, from `at` on, are those of [`ACCESSES`].
pub(crate) fn read(row: &Row<'_>, at: usize) -> Result<Access, StoreError> {
    Ok(Access {
        number: row.count(at)?,
        view: View {
            at: row.parsed(at + 1, |text| Moment::parse(text).ok())?,
            by: author(row, at + 2)?,
            what: row.text(at + 6)?.to_owned(),
            reason: row.optional_text(at + 7)?.map(str::to_owned),
        },
        hash: row.parsed(at + 8, Hash::parse)?,
    })
}
