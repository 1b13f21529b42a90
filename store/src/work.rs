//! Lists of what is due, from derived rows: each line with the entry it comes from and whom it is about,
//! read in one statement.

use care::record::derived::Task;
use care::record::entry::Entry;
use care::record::fact::review::Risk;
use care::record::ids::{PersonId, TeamId, UserId};
use law::day::Day;

use crate::engine::{Row, StoreError, Tx, Value, statements};
use crate::lists::{Whom, read_whom, whom_columns};
use crate::stories::{self, entry_columns};

/// Lines of work, by the rows of `work` that are listed.
macro_rules! lines {
    ($($listed:tt)+) => {
        concat!(
            "select next.person_id, next.entry, next.task, next.due, next.urgent, next.team,
            next.user_id, s.risk, ",
            whom_columns!(),
            ", ",
            entry_columns!(),
            " from (",
            $($listed)+,
            ") next
            join entry e on e.person_id = next.person_id and e.number = next.entry
            left join summary s on s.person_id = next.person_id
            left join resident r on r.person_id = next.person_id"
        )
    };
}

/// So many lines after the first so many ($3, $4) of those that some words choose, in the order of
/// [`Order::place`].
macro_rules! lines_in_order {
    ($whose:literal) => {
        lines!(concat!(
            "select w.person_id, w.entry, w.task, w.due, w.urgent, w.team, w.user_id from work w
            left join summary o on o.person_id = w.person_id where ",
            $whose,
            " order by w.urgent desc, case when w.due < $1 then 0 else 1 end, cast($2 as bigint)
            * case o.risk when 'high' then 0 when 'low' then 2 else 1 end,
            w.due, w.person_id, w.entry, w.task limit $3 offset $4"
        ))
    };
}

statements! {
    key WORK_OF_USER = lines_in_order!("w.user_id = $5");
    key WORK_OF_TEAM = lines_in_order!("w.team = $5 and w.task <> 'send-letter'");
    whole WORK_OF_NOBODY = lines_in_order!("w.team is null and w.user_id is null");
    whole WORK_BY = "select w.person_id, w.entry, w.task, r.practice from work w
        join resident r on r.person_id = w.person_id
        where w.due <= $1 and w.task <> 'send-letter'";
    key LINE = lines!("select person_id, entry, task, due, urgent, team, user_id from work
        where person_id = $1 and entry = $2 and task = $3");
    key WORK_ABOUT = lines!("select person_id, entry, task, due, urgent, team, user_id from work
        where person_id = $1");
    whole WORK_OWNERS = "select distinct team, user_id from work";
    key LETTERS_OF_TEAM = lines!("select person_id, entry, task, due, urgent, team, user_id
        from work where team = $1 and task = 'send-letter'
        and (due > $2 or (due = $2 and (person_id > $3 or (person_id = $3 and entry > $4))))
        order by due, person_id, entry limit $5");
    key LETTERS_COUNTED = "select e.kind, count(*) from work w
        join entry e on e.person_id = w.person_id and e.number = w.entry
        where w.team = $1 and w.task = 'send-letter' group by e.kind";
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
    /// The person’s risk, as the last review saw it.
    pub risk: Option<Risk>,
}

/// A line of a list of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What is due.
    pub due: Due,
    /// The entry it comes from.
    pub entry: Entry,
    /// Whom it is about.
    pub whom: Whom,
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
        (!due.urgent, due.due >= self.today, risk, due.due, due.person, due.entry, due.task.code())
    }
}

/// What is due for an owner, in order: so many lines, after the first so many. A team's letters have a
/// list of their own.
pub fn of(
    tx: &mut dyn Tx,
    owner: &Owner,
    order: Order,
    (after, most): (u32, u32),
) -> Result<Vec<Line>, StoreError> {
    let (list, whose) = match owner {
        Owner::Team(team) => (WORK_OF_TEAM, Some(team.to_string())),
        Owner::User(user) => (WORK_OF_USER, Some(user.to_string())),
        Owner::Nobody => (WORK_OF_NOBODY, None),
    };
    let today = order.today.to_string();
    let mut values: Vec<Value<'_>> =
        vec![(&today).into(), order.by_risk.into(), most.into(), after.into()];
    values.extend(whose.as_ref().map(Value::from));
    let mut lines = tx.all(list, &values, read)?;
    lines.sort_by_cached_key(|line| order.place(&line.due));
    Ok(lines)
}

/// Everything due by a day, but for letters, about people of the practices that are wanted: in no order.
pub fn by_day(
    tx: &mut dyn Tx,
    day: Day,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<Line>, StoreError> {
    let mut places = Vec::new();
    tx.query(WORK_BY, &[(&day.to_string()).into()], &mut |row| {
        if row.optional_text(3)?.is_some_and(&wanted) {
            places.push((row.text(0)?.to_owned(), row.integer(1)?, row.text(2)?.to_owned()));
        }
        Ok(())
    })?;
    // Most of a borough's lines are not wanted: their entries are not read.
    let mut lines = Vec::with_capacity(places.len());
    for (person, entry, task) in &places {
        lines.extend(tx.one(LINE, &[person.into(), (*entry).into(), task.into()], read)?);
    }
    Ok(lines)
}

/// What is due about a person, by the entries it comes from.
pub fn about(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<Line>, StoreError> {
    let mut lines = tx.all(WORK_ABOUT, &[(&person.to_string()).into()], read)?;
    lines.sort_by_key(|line| (line.due.due, line.due.entry));
    Ok(lines)
}

/// Everyone who has something due, of those that are named: teams and users.
pub fn owners(tx: &mut dyn Tx) -> Result<Vec<Owner>, StoreError> {
    tx.all(WORK_OWNERS, &[], |row| {
        let team = row.optional_text(0)?.map(|team| Owner::Team(TeamId::new(team)));
        let user = row.optional(1, |text| text.parse().ok())?.map(Owner::User);
        Ok(team.or(user).unwrap_or(Owner::Nobody))
    })
}

/// Where a letter stands among a team's.
pub type LetterPlace = (Day, PersonId, u32);

impl Due {
    /// Where it stands among a team's letters, if it is one.
    pub const fn letter_place(&self) -> LetterPlace {
        (self.due, self.person, self.entry)
    }
}

/// The letters that a team has to give, the earliest first: those that come after one, if it is named.
pub fn letters_of(
    tx: &mut dyn Tx,
    team: &TeamId,
    after: Option<LetterPlace>,
    most: u32,
) -> Result<Vec<Line>, StoreError> {
    let (due, person, entry) = after.map_or_else(
        || (String::new(), String::new(), 0),
        |(due, person, entry)| (due.to_string(), person.to_string(), entry),
    );
    let values = [team.as_str().into(), (&due).into(), (&person).into(), entry.into(), most.into()];
    let mut lines = tx.all(LETTERS_OF_TEAM, &values, read)?;
    lines.sort_by_key(|line| line.due.letter_place());
    Ok(lines)
}

/// How many letters a team has to give, by the kind of entry that each tells of.
pub fn letters_counted(tx: &mut dyn Tx, team: &TeamId) -> Result<Vec<(String, u32)>, StoreError> {
    tx.all(LETTERS_COUNTED, &[team.as_str().into()], |row| {
        Ok((row.text(0)?.to_owned(), row.count(1)?))
    })
}

/// Where in a line the columns stand that say whom it is about, and those of the entry.
const WHOM: usize = 8;
const ENTRY: usize = WHOM + 6;

fn read(row: &Row<'_>) -> Result<Line, StoreError> {
    let person = row.parsed(0, |text| text.parse().ok())?;
    let due = Due {
        person,
        entry: row.count(1)?,
        task: row.parsed(2, Task::named)?,
        due: row.parsed(3, |text| Day::parse(text).ok())?,
        urgent: row.yes(4)?,
        team: row.optional_text(5)?.map(TeamId::new),
        user: row.optional(6, |text| text.parse().ok())?,
        risk: row.optional(7, Risk::named)?,
    };
    let whom = read_whom(person, row, WHOM)?;
    Ok(Line { due, entry: stories::read(person, row, ENTRY)?, whom })
}
