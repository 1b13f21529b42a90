//! Inviting a person who was found, and keeping to their answer.

use law::day::Day;

use crate::record::entry::NewEntry;
use crate::record::fact::{Answer, Begun, Evidence, Fact, InvitationAnswered, Invited};
use crate::record::ids::{RunId, TeamId};
use crate::record::person::Person;
use crate::who::actor::{Asking, Refusal, optional_words, words};
use crate::who::role::Right;

/// What a run found of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The run.
    pub run: RunId,
    /// The criterion's id.
    pub criterion: String,
    /// The criterion's version.
    pub version: String,
    /// What the criterion looks for, in plain words.
    pub reason: String,
    /// The day the run looked at.
    pub as_of: Day,
    /// What counted.
    pub evidence: Vec<Evidence>,
}

/// Invites a found person; their story begins with it where it has not.
pub fn invite(
    person: &Person,
    found: Found,
    how: &str,
    team: TeamId,
    begun: Begun,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::Invite, "Inviting someone")?;
    match (&person.invitation, person.answer()) {
        (_, Some(Answer::Objected)) => {
            let message = "This person said no to being contacted in this way, and that stands";
            return Err(Refusal::NotNow(message.to_owned()));
        }
        (_, Some(Answer::Accepted { .. })) => {
            return Err(Refusal::NotNow("This person has already said yes".to_owned()));
        }
        (Some(invitation), answer) => {
            let on = invitation.invited.on.in_words();
            let message = match answer {
                Some(Answer::MoreTime { until }) => {
                    format!("This person asked for time until {}", until.in_words())
                }
                _ => format!("This person was already invited on {on}"),
            };
            return Err(Refusal::NotNow(message));
        }
        (None, _) => {}
    }
    let how = words("how", how, "Say how the person is invited")?;
    let mut entries = asking.begin(person, begun);
    entries.push(asking.entry(Fact::Invited(Invited {
        run: found.run,
        criterion: found.criterion,
        version: found.version,
        reason: found.reason,
        as_of: found.as_of,
        evidence: found.evidence,
        how,
        team,
        ask_by: asking.in_days(asking.promises.ask_for_answer_days),
    })));
    Ok(entries)
}

/// What the person says to the invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// Yes.
    Yes,
    /// Not yet: ask again on this day.
    Later(Day),
    /// No: and not to be found again.
    No,
}

/// Records the answer: by the person, or by somebody they told. A yes or a no may be changed later;
/// the person decides, and may decide otherwise.
pub fn answer(
    person: &Person,
    reply: Reply,
    said: &str,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    let own = asking.actor.person == Some(person.id);
    let right = if own { Right::AnswerInvitation } else { Right::Invite };
    asking.require(right, "Answering the invitation")?;
    if person.invitation.is_none() {
        return Err(Refusal::NotNow("This person has not been invited".to_owned()));
    }
    let answer = match reply {
        Reply::Yes => {
            let keeper_by = asking.in_days(asking.promises.name_keeper_days);
            Answer::Accepted { keeper_by }
        }
        Reply::No => Answer::Objected,
        Reply::Later(until) if until > asking.today && until <= asking.in_days(LATER_MAX_DAYS) => {
            Answer::MoreTime { until }
        }
        Reply::Later(_) => {
            let message = "The day to ask again must be after today and within a year";
            return Err(Refusal::missing("until", message));
        }
    };
    let standing = person.answer().is_some_and(|standing| same(standing, answer));
    if standing {
        return Err(Refusal::NotNow("This is already the answer on record".to_owned()));
    }
    let words = optional_words("words", said)?;
    Ok(vec![asking.entry(Fact::InvitationAnswered(InvitationAnswered { answer, words }))])
}

/// A year: nobody is forgotten for longer.
const LATER_MAX_DAYS: u16 = 366;

fn same(one: Answer, other: Answer) -> bool {
    match (one, other) {
        (Answer::MoreTime { until: one }, Answer::MoreTime { until: other }) => one == other,
        _ => std::mem::discriminant(&one) == std::mem::discriminant(&other),
    }
}
