//! Who may sign in, in which seat they sit, and the sessions they have open.

use care::record::ids::{OrganisationId, PersonId, RoleId, TeamId, UserId};
use care::record::moment::Moment;
use law::day::Day;

use crate::engine::{Row, StoreError, Tx, statements};

statements! {
    key ADD_ACCOUNT = "insert into account
        (user_id, login, name, password, active, created_at, person_id)
        values ($1, $2, $3, $4, 1, $5, $6)";
    key SET_PASSWORD = "update account set password = $2 where user_id = $1";
    key SET_ACTIVE = "update account set active = $2 where user_id = $1";
    key SET_SIGNED_IN = "update account set signed_in_at = $2 where user_id = $1";
    key ACCOUNT = "select user_id, login, name, password, active, signed_in_at, person_id
        from account where user_id = $1";
    key ACCOUNT_BY_LOGIN = "select user_id, login, name, password, active, signed_in_at, person_id
        from account where login = $1";
    whole ACCOUNTS = "select user_id, login, name, password, active, signed_in_at, person_id
        from account order by login";
    key ADD_SEAT = "insert into seat (user_id, role, organisation, team, from_day, until_day)
        values ($1, $2, $3, $4, $5, $6)";
    key END_SEATS = "update seat set until_day = $2 where user_id = $1 and until_day is null";
    key SEATS = "select role, organisation, team, from_day, until_day
        from seat where user_id = $1 and from_day <= $2 and (until_day is null or until_day >= $2)
        order by from_day, role, organisation";
    key SEATED = "select s.user_id, s.role from seat s join account a on a.user_id = s.user_id
        where s.team = $1 and a.active = 1 and s.from_day <= $2
        and (s.until_day is null or s.until_day >= $2) order by s.user_id, s.role";
    key BEGIN_SESSION = "insert into session (token_hash, user_id, began_at, used_at)
        values ($1, $2, $3, $4)";
    key SESSION = "select user_id, began_at, used_at from session where token_hash = $1";
    key USE_SESSION = "update session set used_at = $2 where token_hash = $1";
    key END_SESSION = "delete from session where token_hash = $1";
    key END_SESSIONS_OF = "delete from session where user_id = $1";
    key SWEEP_SESSIONS = "delete from session where used_at < $1";
}

/// Somebody who may sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Who.
    pub user: UserId,
    /// What they type to sign in; in lower case.
    pub login: String,
    /// Their name.
    pub name: String,
    /// The hash of their password (PHC form), if they have one here.
    pub password: Option<String>,
    /// Whether they may sign in now.
    pub active: bool,
    /// When they last did.
    pub signed_in_at: Option<Moment>,
    /// The person they are, for residents.
    pub person: Option<PersonId>,
}

/// A role that a user acts in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// The role.
    pub role: RoleId,
    /// The organisation they act for.
    pub organisation: OrganisationId,
    /// The team they act in.
    pub team: Option<TeamId>,
    /// The first day.
    pub from: Day,
    /// The last day, if there is one.
    pub until: Option<Day>,
}

/// A session that somebody has open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Whose.
    pub user: UserId,
    /// When it began.
    pub began: Moment,
    /// When it was last used, to the minute or so.
    pub used: Moment,
}

/// Adds somebody; [`StoreError::Conflict`] where the login is taken.
pub fn add(tx: &mut dyn Tx, account: &Account, at: Moment) -> Result<(), StoreError> {
    let person = account.person.map(|person| person.to_string());
    tx.execute(
        ADD_ACCOUNT,
        &[
            (&account.user.to_string()).into(),
            (&account.login).into(),
            (&account.name).into(),
            account.password.as_deref().into(),
            (&at.to_string()).into(),
            person.as_deref().into(),
        ],
    )?;
    Ok(())
}

/// Replaces a password's hash.
pub fn set_password(tx: &mut dyn Tx, user: UserId, hash: &str) -> Result<(), StoreError> {
    tx.execute(SET_PASSWORD, &[(&user.to_string()).into(), hash.into()])?;
    Ok(())
}

/// Lets somebody sign in, or no longer; and then ends their sessions.
pub fn set_active(tx: &mut dyn Tx, user: UserId, active: bool) -> Result<(), StoreError> {
    tx.execute(SET_ACTIVE, &[(&user.to_string()).into(), active.into()])?;
    if !active {
        end_sessions_of(tx, user)?;
    }
    Ok(())
}

/// Notes that somebody signed in.
pub fn signed_in(tx: &mut dyn Tx, user: UserId, at: Moment) -> Result<(), StoreError> {
    tx.execute(SET_SIGNED_IN, &[(&user.to_string()).into(), (&at.to_string()).into()])?;
    Ok(())
}

/// The account of a user.
pub fn account(tx: &mut dyn Tx, user: UserId) -> Result<Option<Account>, StoreError> {
    tx.one(ACCOUNT, &[(&user.to_string()).into()], read_account)
}

/// The account of a login, as typed in lower case.
pub fn account_of(tx: &mut dyn Tx, login: &str) -> Result<Option<Account>, StoreError> {
    tx.one(ACCOUNT_BY_LOGIN, &[login.into()], read_account)
}

/// Everybody who may or might sign in, by login.
pub fn accounts(tx: &mut dyn Tx) -> Result<Vec<Account>, StoreError> {
    tx.all(ACCOUNTS, &[], read_account)
}

fn read_account(row: &Row<'_>) -> Result<Account, StoreError> {
    Ok(Account {
        user: row.parsed(0, |text| text.parse().ok())?,
        login: row.text(1)?.to_owned(),
        name: row.text(2)?.to_owned(),
        password: row.optional_text(3)?.map(str::to_owned),
        active: row.yes(4)?,
        signed_in_at: row.optional(5, |text| Moment::parse(text).ok())?,
        person: row.optional(6, |text| text.parse().ok())?,
    })
}

/// Gives a user a seat.
pub fn add_seat(tx: &mut dyn Tx, user: UserId, seat: &Seat) -> Result<(), StoreError> {
    let until = seat.until.map(|day| day.to_string());
    tx.execute(
        ADD_SEAT,
        &[
            (&user.to_string()).into(),
            seat.role.as_str().into(),
            seat.organisation.as_str().into(),
            seat.team.as_ref().map(TeamId::as_str).into(),
            (&seat.from.to_string()).into(),
            until.as_deref().into(),
        ],
    )?;
    Ok(())
}

/// Ends every seat of a user that has no end, after this day.
pub fn end_seats(tx: &mut dyn Tx, user: UserId, last: Day) -> Result<u64, StoreError> {
    tx.execute(END_SEATS, &[(&user.to_string()).into(), (&last.to_string()).into()])
}

/// Who sits in a team on a day and may sign in, in which role.
pub fn seated(
    tx: &mut dyn Tx,
    team: &TeamId,
    day: Day,
) -> Result<Vec<(UserId, RoleId)>, StoreError> {
    tx.all(SEATED, &[team.as_str().into(), (&day.to_string()).into()], |row| {
        Ok((row.parsed(0, |text| text.parse().ok())?, RoleId::new(row.text(1)?)))
    })
}

/// The seats of a user on a day, the longest held first.
pub fn seats(tx: &mut dyn Tx, user: UserId, day: Day) -> Result<Vec<Seat>, StoreError> {
    tx.all(SEATS, &[(&user.to_string()).into(), (&day.to_string()).into()], |row| {
        Ok(Seat {
            role: RoleId::new(row.text(0)?),
            organisation: OrganisationId::new(row.text(1)?),
            team: row.optional_text(2)?.map(TeamId::new),
            from: row.parsed(3, |text| Day::parse(text).ok())?,
            until: row.optional(4, |text| Day::parse(text).ok())?,
        })
    })
}

/// Begins a session under the hash of its token.
pub fn begin_session(
    tx: &mut dyn Tx,
    token_hash: &str,
    session: &Session,
) -> Result<(), StoreError> {
    tx.execute(
        BEGIN_SESSION,
        &[
            token_hash.into(),
            (&session.user.to_string()).into(),
            (&session.began.to_string()).into(),
            (&session.used.to_string()).into(),
        ],
    )?;
    Ok(())
}

/// The session of a token's hash, ended or not: who asks knows what time it is.
pub fn session(tx: &mut dyn Tx, token_hash: &str) -> Result<Option<Session>, StoreError> {
    tx.one(SESSION, &[token_hash.into()], |row| {
        Ok(Session {
            user: row.parsed(0, |text| text.parse().ok())?,
            began: row.parsed(1, |text| Moment::parse(text).ok())?,
            used: row.parsed(2, |text| Moment::parse(text).ok())?,
        })
    })
}

/// Notes that a session was used.
pub fn use_session(tx: &mut dyn Tx, token_hash: &str, at: Moment) -> Result<(), StoreError> {
    tx.execute(USE_SESSION, &[token_hash.into(), (&at.to_string()).into()])?;
    Ok(())
}

/// Ends a session.
pub fn end_session(tx: &mut dyn Tx, token_hash: &str) -> Result<(), StoreError> {
    tx.execute(END_SESSION, &[token_hash.into()])?;
    Ok(())
}

/// Ends every session of a user.
pub fn end_sessions_of(tx: &mut dyn Tx, user: UserId) -> Result<u64, StoreError> {
    tx.execute(END_SESSIONS_OF, &[(&user.to_string()).into()])
}

/// Removes sessions last used before an instant.
pub fn sweep_sessions(tx: &mut dyn Tx, before: Moment) -> Result<u64, StoreError> {
    tx.execute(SWEEP_SESSIONS, &[(&before.to_string()).into()])
}
