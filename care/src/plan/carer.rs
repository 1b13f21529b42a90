//! What a carer, or somebody cared for, writes in the plan of the other: where that person agreed to it, and
//! for as long as both are linked (`who::access::shared_with`).

use crate::record::entry::{EntryNumber, NewEntry};
use crate::record::fact::Fact;
use crate::record::fact::plan::{Doer, Progress, Source};
use crate::record::person::Person;
use crate::who::actor::{Asking, Needed, Refusal};

use super::action::{self, Wanted};

/// So many days from now somebody asks how it goes.
const ASK_IN_DAYS: u16 = 28;

/// What a carer does, or would do, for an outcome.
pub const OFFERS: Needed = Needed::new("words", "Write what you do, or would do");

/// How it goes with what a carer does.
pub const GOES: Needed = Needed::new("words", "Write how it goes");

/// Writes what the other side of a link does for an outcome. It is theirs, by name; whoever keeps the record asks
/// how it goes, and the person whether they agree.
pub fn offer(
    person: &Person,
    outcome: EntryNumber,
    what: &str,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    let wanted = Wanted {
        of: None,
        outcome,
        what: OFFERS.words(what)?,
        source: Source::Family,
        doer: Doer::Named(asking.actor.name.clone()),
        due: asking.in_days(ASK_IN_DAYS),
        known_by: format!("{} says how it goes", asking.actor.name),
        draft: false,
    };
    // Their form has one field for all that they can write about.
    let written = action::written(person, &wanted, asking).map_err(|refusal| match refusal {
        Refusal::Missing { message, .. } => Refusal::NotNow(message),
        other => other,
    })?;
    Ok(vec![asking.entry(Fact::ActionWritten(Box::new(written)))])
}

/// Says how an action goes that is not a professional's.
pub fn tell(
    person: &Person,
    entry: EntryNumber,
    done: bool,
    text: &str,
    saw: EntryNumber,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    let known = person.plan.action(entry).ok_or(Refusal::NoSuchEntry(entry))?;
    if !is_families(&known.written.said.doer) {
        return Err(Refusal::NotNow("Whoever does this says how it goes".to_owned()));
    }
    let words = GOES.words(text)?;
    let next = asking.in_days(ASK_IN_DAYS);
    let progress = if done { Progress::Done } else { Progress::GoesOn { next } };
    action::moved(person, entry, progress, &words, saw, asking)
}

/// Whether an action is the person's own, or somebody's in their life.
pub const fn is_families(doer: &Doer) -> bool {
    matches!(doer, Doer::Person | Doer::Named(_))
}
