//! Opening a record from outside the caseload: with a reason, told to the record's keeper, and
//! looked at afterwards.

use crate::record::entry::{Audience, EntryNumber, NewEntry};
use crate::record::fact::{Begun, Fact, OpeningReviewed, RecordOpened};
use crate::record::ids::TeamId;
use crate::record::person::Person;

use super::actor::{Asking, Refusal, optional_words, words};
use super::role::Right;

/// Opens the record with a reason. `begun` begins the story where there is none; `tell` is the team
/// that looks at it where the record has no keeper.
pub fn open_with_reason(
    person: &Person,
    reason: &str,
    begun: Begun,
    tell: Option<TeamId>,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::OpenWithReason, "Opening a record with a reason")?;
    let reason = words("reason", reason, "Say why you need to open this record")?;
    if reason.chars().count() < REASON_MIN {
        let message = "Say why in a few words: the person can read it, and their team will ask";
        return Err(Refusal::missing("reason", message));
    }
    let hours = i64::from(asking.promises.opening_hours);
    let mut entries = asking.begin(person, begun);
    entries.push(asking.entry(Fact::RecordOpened(RecordOpened {
        reason,
        until: asking.now.plus_seconds(hours * 3600),
        tell,
        review_by: asking.in_days(asking.promises.review_opening_days),
    })));
    Ok(entries)
}

/// The shortest reason that can mean something, in characters.
const REASON_MIN: usize = 8;

/// Records that an opening was looked at, by the keeper or a lead.
pub fn review_opening(
    person: &Person,
    opening: EntryNumber,
    justified: bool,
    note: &str,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    let keeper = person.keeper().is_some_and(|keeper| keeper.user == asking.actor.user);
    if !keeper {
        asking.require(Right::ReviewOpenings, "Looking at an opening")?;
    }
    let found = person
        .openings
        .iter()
        .find(|candidate| candidate.opened.entry == opening)
        .ok_or(Refusal::NoSuchEntry(opening))?;
    if found.opened.author.user == asking.actor.user {
        let message = "Somebody else has to look at your own opening of a record".to_owned();
        return Err(Refusal::NotNow(message));
    }
    if found.reviewed {
        return Err(Refusal::NotNow("This opening has already been looked at".to_owned()));
    }
    let note = if justified {
        optional_words("words", note)?
    } else {
        words("words", note, "Say what was wrong, and what you have done about it")?
    };
    let review = OpeningReviewed { opening, justified, words: note };
    Ok(vec![asking.entry_for(Audience::Everyone, Fact::OpeningReviewed(review))])
}
