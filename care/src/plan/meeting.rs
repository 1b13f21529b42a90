//! Meetings of a team about people: who is on the list and why, what was said of each.

use law::day::Day;

use crate::record::entry::{Audience, EntryNumber, NewEntry};
use crate::record::fact::Fact;
use crate::record::fact::plan::{Basis, MeetingHeard, MeetingListed};
use crate::record::ids::TeamId;
use crate::record::person::Person;
use crate::who::actor::{Asking, Needed, Refusal, Together, words};
use crate::who::role::Right;

/// Why somebody is talked about.
pub const WHY: Needed = Needed::new("why", "Write what the meeting should help with");

/// Puts a person on the list of a team's meeting.
pub fn list(
    person: &Person,
    team: TeamId,
    on: Day,
    why: &str,
    basis: Basis,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::Review, "Putting somebody on a meeting’s list")?;
    asking.require_begun(person)?;
    asking.not_before_today("on", "The meeting", on)?;
    let there = person.plan.meetings.iter().any(|meeting| {
        let said = &meeting.listed.said;
        meeting.heard.is_none() && said.team == team && said.on == on
    });
    if there {
        return Err(Refusal::NotNow("They are on that list already".to_owned()));
    }
    let why = WHY.words(why)?;
    let fact = Fact::MeetingListed(MeetingListed { team, on, why, basis });
    Ok(vec![asking.entry_for(audience(basis), fact)])
}

/// Keeps what a meeting said of a person, or why they were not talked about.
pub fn heard(
    person: &Person,
    listed: EntryNumber,
    there: &str,
    decided: &str,
    put_off: bool,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::Review, "Writing what a meeting said")?;
    let meeting = person.plan.meeting(listed).ok_or(Refusal::NoSuchEntry(listed))?;
    if let Some(heard) = &meeting.heard {
        let by = &heard.author.name;
        return Err(Refusal::NotNow(format!("{by} has written already what the meeting said")));
    }
    let there = if put_off {
        Ok(String::new())
    } else {
        words("there", there, "Write who was there, each with their organisation")
    };
    let ask = if put_off { "Write why it was put off" } else { "Write what was decided" };
    let (there, decided) = (there, words("decided", decided, ask)).together()?;
    let fact = Fact::MeetingHeard(MeetingHeard { listed, there, decided, put_off });
    Ok(vec![asking.entry_for(meeting.listed.audience, fact)])
}

/// Where somebody could come to harm, telling everybody could bring it about.
const fn audience(basis: Basis) -> Audience {
    match basis {
        Basis::Harm => Audience::Professionals,
        Basis::Agreed | Basis::DirectCare | Basis::BestInterests => Audience::Everyone,
    }
}
