//! Lists that pages show, from derived rows: what is due, who is where on the journey.

use care::find::search::{SearchQuery, tokens};
use care::record::derived::{Stage, Task};
use care::record::fact::Identity;
use care::record::ids::{PersonId, RunId, TeamId, UserId};
use care::record::person::ContactState;
use law::day::Day;

use crate::engine::{Row, StoreError, Tx, statements};

statements! {
    key WORK_OF_USER = "select person_id, entry, task, due, urgent, team, user_id
        from work where user_id = $1 and (due, person_id, entry, task) > ($2, $3, $4, $5)
        order by due, person_id, entry, task limit $6";
    key WORK_OF_TEAM = "select person_id, entry, task, due, urgent, team, user_id
        from work where team = $1 and task <> 'send-letter'
        and (due, person_id, entry, task) > ($2, $3, $4, $5)
        order by due, person_id, entry, task limit $6";
    whole WORK_OF_NOBODY = "select person_id, entry, task, due, urgent, team, user_id
        from work where team is null and user_id is null
        and (due, person_id, entry, task) > ($1, $2, $3, $4)
        order by due, person_id, entry, task limit $5";
    whole WORK_OWNERS = "select distinct team, user_id from work";
    key LETTERS_OF_TEAM = "select person_id, entry, task, due, urgent, team, user_id
        from work where team = $1 and task = 'send-letter'
        and (due > $2 or (due = $2 and (person_id > $3 or (person_id = $3 and entry > $4))))
        order by due, person_id, entry limit $5";
    key LETTERS_COUNTED = "select e.kind, count(*) from work w
        join entry e on e.person_id = w.person_id and e.number = w.entry
        where w.team = $1 and w.task = 'send-letter' group by e.kind";
    key OFFERED = "select person_id from summary where offer = $1";
    key CARERS_IN_PRACTICE = "select count(*) from resident r
        join summary s on s.person_id = r.person_id
        where r.practice = $1 and r.restricted = 0 and s.carer = 1
        and s.stage <> 'known'";
    key WORK_ABOUT = "select person_id, entry, task, due, urgent, team, user_id
        from work where person_id = $1 order by due, entry";
    key MEMBERS = "select user_id from member where person_id = $1 order by user_id";
    key PEOPLE_OF_USER = "select m.person_id, s.stage, s.last_on
        from member m join summary s on s.person_id = m.person_id
        where m.user_id = $1 order by m.person_id limit $2";
    key STAGE = "select stage from summary where person_id = $1";
    key IDENTITY = "select identity from summary where person_id = $1";
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
        coalesce(m.keeper, -1), s.stage
        from found f join resident r on r.person_id = f.person_id
        left join member m on m.person_id = f.person_id and m.user_id = $3
        left join summary s on s.person_id = f.person_id
        where f.run_id = $1 and f.practice = $2 order by f.fewer, f.person_id";
}

/// Something due about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// About whom.
    pub person: PersonId,
    /// The entry it comes from.
    pub entry: u32,
    /// What is to be done.
    pub task: Task,
    /// By when.
    pub due: Day,
    /// Whether it cannot wait its turn.
    pub urgent: bool,
    /// The team whose work it is, where no one person's.
    pub team: Option<TeamId>,
    /// The user whose work it is.
    pub user: Option<UserId>,
}

/// Whose something is that is due.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// A team's.
    Team(TeamId),
    /// One user's.
    User(UserId),
    /// Nobody's.
    Nobody,
}

/// What is due for an owner, the earliest first, after a line of the same list.
pub fn work_of(
    tx: &mut dyn Tx,
    owner: &Owner,
    after: Option<&Due>,
    most: u32,
) -> Result<Vec<Due>, StoreError> {
    let (due, person) = after
        .map_or_else(Default::default, |after| (after.due.to_string(), after.person.to_string()));
    let (entry, task) = after.map_or((0, ""), |after| (after.entry, after.task.as_str()));
    let [due, person] = [&due, &person];
    match owner {
        Owner::Team(team) => {
            let of = team.as_str().into();
            let values = [of, due.into(), person.into(), entry.into(), task.into(), most.into()];
            tx.all(WORK_OF_TEAM, &values, read_due)
        }
        Owner::User(user) => {
            let of = user.to_string();
            let values =
                [(&of).into(), due.into(), person.into(), entry.into(), task.into(), most.into()];
            tx.all(WORK_OF_USER, &values, read_due)
        }
        Owner::Nobody => {
            let values = [due.into(), person.into(), entry.into(), task.into(), most.into()];
            tx.all(WORK_OF_NOBODY, &values, read_due)
        }
    }
}

/// Everyone who has something due, of those that are named: teams and users.
pub fn work_owners(tx: &mut dyn Tx) -> Result<Vec<Owner>, StoreError> {
    tx.all(WORK_OWNERS, &[], |row| {
        let team = row.optional_text(0)?.map(|team| Owner::Team(TeamId::new(team)));
        let user = row.optional(1, |text| text.parse().ok())?.map(Owner::User);
        Ok(team.or(user).unwrap_or(Owner::Nobody))
    })
}

/// The letters that a team has to give, the earliest first: those that come after one, if it is named.
pub fn letters_of_team(
    tx: &mut dyn Tx,
    team: &TeamId,
    after: Option<(Day, PersonId, u32)>,
    most: u32,
) -> Result<Vec<Due>, StoreError> {
    let (due, person, entry) = after.map_or_else(
        || (String::new(), String::new(), 0),
        |(due, person, entry)| (due.to_string(), person.to_string(), entry),
    );
    let values = [team.as_str().into(), (&due).into(), (&person).into(), entry.into(), most.into()];
    tx.all(LETTERS_OF_TEAM, &values, read_due)
}

/// How many letters a team has to give, by the kind of entry that each tells of.
pub fn letters_counted(tx: &mut dyn Tx, team: &TeamId) -> Result<Vec<(String, u32)>, StoreError> {
    tx.all(LETTERS_COUNTED, &[team.as_str().into()], |row| {
        Ok((row.text(0)?.to_owned(), row.count(1)?))
    })
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

/// What is due about a person.
pub fn work_about(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<Due>, StoreError> {
    tx.all(WORK_ABOUT, &[(&person.to_string()).into()], read_due)
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
) -> Result<Vec<(PersonId, Stage, Day)>, StoreError> {
    tx.all(PEOPLE_OF_USER, &[(&user.to_string()).into(), most.into()], |row| {
        Ok((
            row.parsed(0, |text| text.parse().ok())?,
            row.parsed(1, Stage::parse)?,
            row.parsed(2, |text| Day::parse(text).ok())?,
        ))
    })
}

/// Where a person stands, if their story has begun.
pub fn stage(tx: &mut dyn Tx, person: PersonId) -> Result<Option<Stage>, StoreError> {
    tx.one(STAGE, &[(&person.to_string()).into()], |row| row.parsed(0, Stage::parse))
}

/// Who a person is whom the register does not know.
pub fn identity(tx: &mut dyn Tx, person: PersonId) -> Result<Option<Identity>, StoreError> {
    let found = tx.one(IDENTITY, &[(&person.to_string()).into()], |row| {
        row.optional(0, |text| serde_json::from_str(text).ok())
    })?;
    Ok(found.flatten())
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
            stage: row.optional(5, Stage::parse)?,
        })
    })
}

fn read_due(row: &Row<'_>) -> Result<Due, StoreError> {
    Ok(Due {
        person: row.parsed(0, |text| text.parse().ok())?,
        entry: row.count(1)?,
        task: row.parsed(2, Task::parse)?,
        due: row.parsed(3, |text| Day::parse(text).ok())?,
        urgent: row.yes(4)?,
        team: row.optional_text(5)?.map(TeamId::new),
        user: row.optional(6, |text| text.parse().ok())?,
    })
}
