//! The team around a person: joining it, keeping the record, leaving.

use crate::record::entry::NewEntry;
use crate::record::fact::{Fact, TeamJoined, TeamLeft};
use crate::record::person::Person;

use super::actor::{Actor, Asking, Refusal, optional_words};
use super::role::Right;

/// Takes somebody into the team; the first in it keeps the record, and a later one may take it over.
pub fn join(
    person: &Person,
    joins: &Actor,
    keeper: bool,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::JoinTeam, "Joining a team")?;
    asking.require_begun(person)?;
    let keeper = keeper || person.keeper().is_none();
    let already = person.team.iter().find(|member| member.user == joins.user);
    if already.is_some_and(|member| member.keeper || !keeper) {
        return Err(Refusal::NotNow(format!("{} is already in the team", joins.name)));
    }
    Ok(vec![asking.entry(Fact::TeamJoined(TeamJoined {
        user: joins.user,
        name: joins.name.clone(),
        role: joins.role.id.clone(),
        organisation: joins.organisation.clone(),
        keeper,
    }))])
}

/// Takes whoever asks out of the team. The keeper cannot leave while others could keep the record:
/// one of them takes it over first.
pub fn leave(person: &Person, reason: &str, asking: &Asking<'_>) -> Result<Vec<NewEntry>, Refusal> {
    let user = asking.actor.user;
    let member = person.team.iter().find(|member| member.user == user);
    let Some(member) = member else {
        return Err(Refusal::NotNow("You are not in this person’s team".to_owned()));
    };
    if member.keeper {
        let message = "You keep this record: somebody else has to take that over before you leave";
        return Err(Refusal::NotNow(message.to_owned()));
    }
    let words = optional_words("words", reason)?;
    Ok(vec![asking.entry(Fact::TeamLeft(TeamLeft { user, words }))])
}
