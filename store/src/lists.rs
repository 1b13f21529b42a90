//! Lists that pages show, from derived rows: who is where on the journey.

use care::find::search::{SearchQuery, tokens};
use care::record::derived::{PlanStands, Stage};
use care::record::fact::Identity;
use care::record::ids::{PersonId, RunId, UserId};
use care::record::person::ContactState;
use law::day::Day;

use crate::engine::{Row, StoreError, Tx, statements};
use crate::register::read_date;

/// The columns that [`read_whom`] reads, in its order.
macro_rules! whom_columns {
    () => {
        "r.given, r.family, r.born, r.practice, r.restricted, s.identity"
    };
}

pub(crate) use whom_columns;

statements! {
    key OFFERED = "select person_id from summary where offer = $1";
    key CARERS_IN_PRACTICE = "select count(*) from resident r
        join summary s on s.person_id = r.person_id
        where r.practice = $1 and r.restricted = 0 and s.carer = 1
        and s.stage <> 'known'";
    key MEMBERS = "select user_id from member where person_id = $1 order by user_id";
    key PEOPLE_OF_USER = concat!("select m.person_id, s.stage, s.last_on, ", whom_columns!(),
        " from member m join summary s on s.person_id = m.person_id
        left join resident r on r.person_id = m.person_id
        where m.user_id = $1 order by m.person_id limit $2");
    key STAGE = "select stage from summary where person_id = $1";
    key WHOM = concat!("select ", whom_columns!(),
        " from (select cast($1 as text) as person_id) next
        left join summary s on s.person_id = next.person_id
        left join resident r on r.person_id = next.person_id");
    key DESCRIBED_BY_NAME = "select s.person_id, s.identity from described_name n
        join summary s on s.person_id = n.person_id
        where n.token >= $1 and n.token < $2 and s.identity is not null
        order by s.person_id limit $3";
    key DESCRIBED_BY_NUMBER = "select person_id, identity from summary
        where nhs_number = $1 and identity is not null order by person_id limit $2";
    key CONTACTS_OF_USER = "select person_id, number from entry
        where user_id = $1 and kind = 'contact' order by recorded_at desc, person_id, number
        limit $2";
    key OBJECTED = "select person_id from summary where objected = 1";
    key STANDING_IN_PRACTICE = "select f.person_id, f.fewer, r.practice, r.restricted,
        coalesce(m.keeper, -1), s.stage, s.plan, coalesce(s.objected, 0)
        from found f join resident r on r.person_id = f.person_id
        left join member m on m.person_id = f.person_id and m.user_id = $3
        left join summary s on s.person_id = f.person_id
        where f.run_id = $1 and f.practice = $2 order by f.fewer, f.person_id";
}

/// Somebody as lists know them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whom {
    /// Who.
    pub person: PersonId,
    /// Who they are: by the register of residents, otherwise as they were described; of the register
    /// the names and the date of birth alone.
    pub identity: Option<Identity>,
    /// ODS code of the practice where they are registered.
    pub practice: Option<String>,
    /// Whether lists name them only to their own team.
    pub restricted: bool,
}

/// Reads whom a row is about, from its columns of these on.
pub(crate) fn read_whom(person: PersonId, row: &Row<'_>, at: usize) -> Result<Whom, StoreError> {
    let identity = match row.optional_text(at)? {
        Some(given) => Some(Identity {
            given: given.to_owned(),
            family: row.text(at + 1)?.to_owned(),
            born: read_date(row, at + 2)?,
            ..Identity::default()
        }),
        None => row.optional(at + 5, |text| serde_json::from_str(text).ok())?,
    };
    let practice = row.optional_text(at + 3)?.map(str::to_owned);
    let restricted = row.optional_integer(at + 4)?.is_some_and(|restricted| restricted != 0);
    Ok(Whom { person, identity, practice, restricted })
}

/// Somebody as lists know them: with neither name nor practice where nothing is known of them.
pub fn whom(tx: &mut dyn Tx, person: PersonId) -> Result<Whom, StoreError> {
    let whom = tx.one(WHOM, &[(&person.to_string()).into()], |row| read_whom(person, row, 0))?;
    let nobody = Whom { person, identity: None, practice: None, restricted: false };
    Ok(whom.unwrap_or(nobody))
}

/// Whose offer of a link a code belongs to, if it waits for an answer.
pub fn offered(tx: &mut dyn Tx, code: &str) -> Result<Option<PersonId>, StoreError> {
    tx.one(OFFERED, &[code.into()], |row| row.parsed(0, |text| text.parse().ok()))
}

/// How many patients of a practice are known to care for somebody, of those whom lists may count.
pub fn carers_in(tx: &mut dyn Tx, practice: &str) -> Result<u32, StoreError> {
    let count = tx.one(CARERS_IN_PRACTICE, &[practice.into()], |row| row.count(0))?;
    Ok(count.unwrap_or_default())
}

/// The users in a person's team.
pub fn members(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<UserId>, StoreError> {
    tx.all(MEMBERS, &[(&person.to_string()).into()], |row| row.parsed(0, |text| text.parse().ok()))
}

/// The people whose team a user is in: where they stand, and when something last happened.
pub fn people_of_user(
    tx: &mut dyn Tx,
    user: UserId,
    most: u32,
) -> Result<Vec<(Whom, Stage, Day)>, StoreError> {
    tx.all(PEOPLE_OF_USER, &[(&user.to_string()).into(), most.into()], |row| {
        Ok((
            read_whom(row.parsed(0, |text| text.parse().ok())?, row, 3)?,
            row.parsed(1, Stage::named)?,
            row.parsed(2, |text| Day::parse(text).ok())?,
        ))
    })
}

/// Where a person stands, if their story has begun.
pub fn stage(tx: &mut dyn Tx, person: PersonId) -> Result<Option<Stage>, StoreError> {
    tx.one(STAGE, &[(&person.to_string()).into()], |row| row.parsed(0, Stage::named))
}

/// People whom the register does not know and who fit a query; at most so many by its first word.
/// Somebody of whose birth only the year or month is known fits any day in it.
pub fn described(
    tx: &mut dyn Tx,
    query: &SearchQuery,
    most: u32,
) -> Result<Vec<(PersonId, Identity)>, StoreError> {
    let read = |row: &Row<'_>| {
        let person = row.parsed(0, |text| text.parse().ok())?;
        Ok((person, row.parsed(1, |text| serde_json::from_str::<Identity>(text).ok())?))
    };
    let mut found = match (query.number, query.words.first()) {
        (Some(number), _) => {
            tx.all(DESCRIBED_BY_NUMBER, &[(&number.to_string()).into(), most.into()], read)?
        }
        (None, Some(word)) => {
            let end = format!("{word}\u{10FFFF}");
            tx.all(DESCRIBED_BY_NAME, &[word.into(), (&end).into(), most.into()], read)?
        }
        (None, None) => Vec::new(),
    };
    found.dedup_by_key(|(person, _)| *person);
    found.retain(|(_, identity)| {
        let born =
            |day: Day| identity.born.is_none_or(|born| born.first() <= day && day <= born.last());
        let tokens = tokens(&identity.family, &identity.given);
        query.born.is_none_or(born)
            && query.words.iter().all(|word| tokens.iter().any(|token| token.starts_with(word)))
    });
    Ok(found)
}

/// The contacts a user recorded, as they stand: the newest first.
pub fn contacts_of_user(
    tx: &mut dyn Tx,
    user: UserId,
    most: u32,
) -> Result<Vec<(PersonId, ContactState)>, StoreError> {
    let entries = tx.all(CONTACTS_OF_USER, &[(&user.to_string()).into(), most.into()], |row| {
        Ok((row.parsed(0, |text| text.parse::<PersonId>().ok())?, row.count(1)?))
    })?;
    let mut contacts = Vec::with_capacity(entries.len());
    for (person, number) in entries {
        let state = crate::stories::person(tx, person)?.contact(number).cloned();
        contacts.extend(state.map(|state| (person, state)));
    }
    Ok(contacts)
}

/// Everyone who said no, and is not to be found again.
pub fn objected(tx: &mut dyn Tx) -> Result<Vec<PersonId>, StoreError> {
    tx.all(OBJECTED, &[], |row| row.parsed(0, |text| text.parse().ok()))
}

/// Somebody whom a run found, as they stand now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Who.
    pub person: PersonId,
    /// How many conditions counted.
    pub conditions: u32,
    /// ODS code of the practice where they are registered now.
    pub practice: Option<String>,
    /// Whether the record is restricted now.
    pub restricted: bool,
    /// Whether the user asked about is in their team.
    pub member: bool,
    /// Where they are on the journey; None for those not yet in touch.
    pub stage: Option<Stage>,
    /// Where their plan stands.
    pub plan: Option<PlanStands>,
    /// Whether they said no.
    pub objected: bool,
}

/// Everyone a run found in a practice, as they stand now to a user, those with most conditions
/// first. Whom of them the user may see is not decided here.
pub fn standing(
    tx: &mut dyn Tx,
    run: RunId,
    practice: &str,
    user: UserId,
) -> Result<Vec<Standing>, StoreError> {
    let (run, user) = (run.to_string(), user.to_string());
    tx.all(STANDING_IN_PRACTICE, &[(&run).into(), practice.into(), (&user).into()], |row| {
        let conditions = u32::try_from(-row.integer(1)?)
            .map_err(|_| StoreError::Corrupt("a found person has no conditions".to_owned()))?;
        Ok(Standing {
            person: row.parsed(0, |text| text.parse().ok())?,
            conditions,
            practice: row.optional_text(2)?.map(str::to_owned),
            restricted: row.yes(3)?,
            member: row.integer(4)? >= 0,
            stage: row.optional(5, Stage::named)?,
            plan: row.optional(6, PlanStands::named)?,
            objected: row.yes(7)?,
        })
    })
}
