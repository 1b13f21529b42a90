//! Lists that pages show, from derived rows: what is due, who is where on the journey.

use care::find::search::{SearchQuery, tokens};
use care::record::derived::{PlanStands, Stage, Task};
use care::record::fact::Identity;
use care::record::fact::review::Risk;
use care::record::ids::{PersonId, RunId, TeamId, UserId};
use care::record::person::ContactState;
use law::day::Day;

use crate::engine::{Row, StoreError, Tx, statements};

statements! {
    key WORK_OF_USER = "select w.person_id, w.entry, w.task, w.due, w.urgent, w.team, w.user_id,
        s.risk from work w left join summary s on s.person_id = w.person_id
        where w.user_id = $1 order by w.urgent desc,
        case when w.due < $2 then 0 else 1 end, cast($3 as bigint)
        * case s.risk when 'high' then 0 when 'low' then 2 else 1 end,
        w.due, w.person_id, w.entry, w.task limit $4 offset $5";
    key WORK_OF_TEAM = "select w.person_id, w.entry, w.task, w.due, w.urgent, w.team, w.user_id,
        s.risk from work w left join summary s on s.person_id = w.person_id
        where w.team = $1 and w.task <> 'send-letter' order by w.urgent desc,
        case when w.due < $2 then 0 else 1 end, cast($3 as bigint)
        * case s.risk when 'high' then 0 when 'low' then 2 else 1 end,
        w.due, w.person_id, w.entry, w.task limit $4 offset $5";
    whole WORK_OF_NOBODY = "select w.person_id, w.entry, w.task, w.due, w.urgent, w.team, w.user_id,
        s.risk from work w left join summary s on s.person_id = w.person_id
        where w.team is null and w.user_id is null order by w.urgent desc,
        case when w.due < $1 then 0 else 1 end, cast($2 as bigint)
        * case s.risk when 'high' then 0 when 'low' then 2 else 1 end,
        w.due, w.person_id, w.entry, w.task limit $3 offset $4";
    whole WORK_BY = "select w.person_id, w.entry, w.task, w.due, w.urgent, w.team, w.user_id, s.risk,
        r.practice from work w join resident r on r.person_id = w.person_id
        left join summary s on s.person_id = w.person_id
        where w.due <= $1 and w.task <> 'send-letter'";
    whole WORK_OWNERS = "select distinct team, user_id from work";
    key LETTERS_OF_TEAM = "select person_id, entry, task, due, urgent, team, user_id,
        cast(null as text) from work where team = $1 and task = 'send-letter'
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
    key WORK_ABOUT = "select person_id, entry, task, due, urgent, team, user_id,
        cast(null as text) from work where person_id = $1 order by due, entry";
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
        coalesce(m.keeper, -1), s.stage, s.plan, coalesce(s.objected, 0)
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
    /// The person’s risk, as the last review saw it; only in lists of work.
    pub risk: Option<Risk>,
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

/// In what order lines of work stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// The day by which a line is late.
    pub today: Day,
    /// Whether the risk of each person counts: only for those who may know of it.
    pub by_risk: bool,
}

impl Order {
    /// Where a line stands: what cannot wait; then what is late; of either, those at greatest risk, then
    /// the earliest. Somebody whose risk nobody has said stands with those at medium risk.
    pub fn place(self, due: &Due) -> impl Ord + use<> {
        let risk = match due.risk.filter(|_| self.by_risk) {
            Some(Risk::High) => 0,
            Some(Risk::Low) => 2,
            Some(Risk::Medium) | None => 1,
        };
        (
            !due.urgent,
            due.due >= self.today,
            risk,
            due.due,
            due.person,
            due.entry,
            due.task.as_str(),
        )
    }
}

/// What is due for an owner, in order: so many lines, after the first so many.
pub fn work_of(
    tx: &mut dyn Tx,
    owner: &Owner,
    order: Order,
    (after, most): (u32, u32),
) -> Result<Vec<Due>, StoreError> {
    let (today, by_risk) = (order.today.to_string(), order.by_risk);
    let of = match owner {
        Owner::Team(team) => Some((WORK_OF_TEAM, team.to_string())),
        Owner::User(user) => Some((WORK_OF_USER, user.to_string())),
        Owner::Nobody => None,
    };
    match &of {
        Some((list, of)) => {
            let values = [of.into(), (&today).into(), by_risk.into(), most.into(), after.into()];
            tx.all(list, &values, read_due)
        }
        None => {
            let values = [(&today).into(), by_risk.into(), most.into(), after.into()];
            tx.all(WORK_OF_NOBODY, &values, read_due)
        }
    }
}

/// Everything due by a day, but for letters, about people on the register, each with the practice of the
/// person: in no order.
pub fn work_by(tx: &mut dyn Tx, day: Day) -> Result<Vec<(Due, Option<String>)>, StoreError> {
    tx.all(WORK_BY, &[(&day.to_string()).into()], |row| {
        Ok((read_due(row)?, row.optional_text(8)?.map(str::to_owned)))
    })
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
            stage: row.optional(5, Stage::parse)?,
            plan: row.optional(6, PlanStands::parse)?,
            objected: row.yes(7)?,
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
        risk: row.optional(7, Risk::parse)?,
    })
}
