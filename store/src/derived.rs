//! What lists and searches read of a person: computed from the whole story at every append, never
//! kept by hand.

use care::find::search::tokens;
use care::record::derived::{Derived, Membership, PlanStands, Stage, Summary, Task, Work};
use care::record::fact::Identity;
use care::record::fact::review::Risk;
use care::record::ids::{PersonId, TeamId};
use law::day::Day;

use crate::engine::{Row, StoreError, Tx, statements};

statements! {
    key SUMMARY = "select person_id, stage, keeper, objected, begun_on, last_on, identity,
        offer, carer, plan, risk from summary where person_id = $1";
    key WORK = "select person_id, entry, task, due, urgent, team, user_id
        from work where person_id = $1 order by due, entry, task";
    key MEMBERS = "select person_id, user_id, since, keeper
        from member where person_id = $1 order by user_id";
    key SET_SUMMARY = "insert into summary (person_id, stage, keeper, objected, begun_on, last_on,
        identity, born, nhs_number, offer, carer, plan, risk)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        on conflict (person_id) do update set stage = excluded.stage, keeper = excluded.keeper,
        objected = excluded.objected, begun_on = excluded.begun_on, last_on = excluded.last_on,
        identity = excluded.identity, born = excluded.born, nhs_number = excluded.nhs_number,
        offer = excluded.offer, carer = excluded.carer, plan = excluded.plan,
        risk = excluded.risk";
    key ADD_WORK = "insert into work (person_id, entry, task, due, urgent, team, user_id)
        values ($1, $2, $3, $4, $5, $6, $7)";
    key ADD_MEMBER = "insert into member (person_id, user_id, since, keeper)
        values ($1, $2, $3, $4)";
    key DROP_SUMMARY = "delete from summary where person_id = $1";
    key DROP_WORK = "delete from work where person_id = $1";
    key DROP_MEMBERS = "delete from member where person_id = $1";
    key ADD_NAME = "insert into described_name (token, person_id) values ($1, $2)";
    key DROP_NAMES = "delete from described_name where person_id = $1";
}

/// The derived rows of one person, as they are kept; nothing where there are none.
pub fn derived(tx: &mut dyn Tx, person: PersonId) -> Result<Option<Derived>, StoreError> {
    let key = person.to_string();
    let Some(summary) = summary(tx, person)? else { return Ok(None) };
    let work = tx.all(WORK, &[(&key).into()], |row| read_work(row, 1))?;
    let members = tx.all(MEMBERS, &[(&key).into()], |row| read_member(row, 1))?;
    Ok(Some(Derived { summary, work, members }))
}

/// One person's row for lists, if they have a story.
pub fn summary(tx: &mut dyn Tx, person: PersonId) -> Result<Option<Summary>, StoreError> {
    tx.one(SUMMARY, &[(&person.to_string()).into()], |row| read_summary(row, 1))
}

/// Puts the rows derived from a story in the place of those derived before; writes only the kinds
/// that differ.
pub(crate) fn replace(
    tx: &mut dyn Tx,
    key: &str,
    before: Option<&Derived>,
    after: Option<&Derived>,
) -> Result<(), StoreError> {
    let person = || [key.into()];
    let Some(after) = after else {
        for statement in [DROP_SUMMARY, DROP_WORK, DROP_MEMBERS, DROP_NAMES] {
            tx.execute(statement, &person())?;
        }
        return Ok(());
    };
    if before.is_none_or(|before| before.summary != after.summary) {
        set_summary(tx, key, &after.summary)?;
    }
    let named = after.summary.identity.as_ref();
    if before.is_none_or(|before| before.summary.identity.as_ref() != named) {
        set_names(tx, key, named)?;
    }
    if before.map_or(&[][..], |before| &before.work) != after.work {
        tx.execute(DROP_WORK, &person())?;
        for work in &after.work {
            add_work(tx, key, work)?;
        }
    }
    if before.map_or(&[][..], |before| &before.members) != after.members {
        tx.execute(DROP_MEMBERS, &person())?;
        for member in &after.members {
            tx.execute(
                ADD_MEMBER,
                &[
                    key.into(),
                    (&member.user.to_string()).into(),
                    (&member.since.to_string()).into(),
                    member.keeper.into(),
                ],
            )?;
        }
    }
    Ok(())
}

fn set_summary(tx: &mut dyn Tx, key: &str, summary: &Summary) -> Result<(), StoreError> {
    let who = summary.identity.as_ref();
    let identity = who.map(serde_json::to_string).transpose();
    let identity = identity.map_err(|error| StoreError::Engine {
        doing: "writing a summary".to_owned(),
        why: error.to_string(),
    })?;
    tx.execute(
        SET_SUMMARY,
        &[
            key.into(),
            summary.stage.code().into(),
            summary.keeper.map(|user| user.to_string()).as_ref().into(),
            summary.objected.into(),
            (&summary.begun_on.to_string()).into(),
            (&summary.last_on.to_string()).into(),
            identity.as_ref().into(),
            who.and_then(|who| who.born).map(|born| born.to_string()).as_ref().into(),
            who.and_then(|who| who.nhs_number).map(|number| number.to_string()).as_ref().into(),
            summary.offer.as_ref().into(),
            summary.carer.into(),
            summary.plan.map(PlanStands::code).into(),
            summary.risk.map(Risk::code).into(),
        ],
    )
    .map(drop)
}

/// The words by which somebody is found whom the register does not know.
fn set_names(tx: &mut dyn Tx, key: &str, who: Option<&Identity>) -> Result<(), StoreError> {
    tx.execute(DROP_NAMES, &[key.into()])?;
    let Some(who) = who else { return Ok(()) };
    for token in tokens(&who.family, &who.given) {
        tx.execute(ADD_NAME, &[(&token).into(), key.into()])?;
    }
    Ok(())
}

fn add_work(tx: &mut dyn Tx, key: &str, work: &Work) -> Result<(), StoreError> {
    tx.execute(
        ADD_WORK,
        &[
            key.into(),
            work.entry.into(),
            work.task.code().into(),
            (&work.due.to_string()).into(),
            work.urgent.into(),
            work.team.as_ref().map(TeamId::as_str).into(),
            work.user.map(|user| user.to_string()).as_ref().into(),
        ],
    )
    .map(drop)
}

/// Reads a summary from a row whose columns, from `at` on, are those of [`SUMMARY`] after the person.
pub(crate) fn read_summary(row: &Row<'_>, at: usize) -> Result<Summary, StoreError> {
    Ok(Summary {
        stage: row.parsed(at, Stage::named)?,
        keeper: row.optional(at + 1, |text| text.parse().ok())?,
        objected: row.yes(at + 2)?,
        begun_on: row.parsed(at + 3, |text| Day::parse(text).ok())?,
        last_on: row.parsed(at + 4, |text| Day::parse(text).ok())?,
        identity: row.optional(at + 5, |text| serde_json::from_str(text).ok())?,
        offer: row.optional_text(at + 6)?.map(str::to_owned),
        carer: row.yes(at + 7)?,
        plan: row.optional(at + 8, PlanStands::named)?,
        risk: row.optional(at + 9, Risk::named)?,
    })
}

/// Reads a line of work from a row whose columns, from `at` on, are those of [`WORK`] after the
/// person.
pub(crate) fn read_work(row: &Row<'_>, at: usize) -> Result<Work, StoreError> {
    Ok(Work {
        entry: row.count(at)?,
        task: row.parsed(at + 1, Task::named)?,
        due: row.parsed(at + 2, |text| Day::parse(text).ok())?,
        urgent: row.yes(at + 3)?,
        team: row.optional_text(at + 4)?.map(TeamId::new),
        user: row.optional(at + 5, |text| text.parse().ok())?,
    })
}

/// Reads a member from a row whose columns, from `at` on, are those of [`MEMBERS`] after the person.
pub(crate) fn read_member(row: &Row<'_>, at: usize) -> Result<Membership, StoreError> {
    Ok(Membership {
        user: row.parsed(at, |text| text.parse().ok())?,
        since: row.parsed(at + 1, |text| Day::parse(text).ok())?,
        keeper: row.yes(at + 2)?,
    })
}
