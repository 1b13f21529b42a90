//! What a carer, or somebody cared for, writes in the plan of the other: where that person agreed to it, and
//! for as long as both are linked (`who::access::shared_with`).

use crate::record::entry::{EntryNumber, NewEntry};
use crate::record::fact::Fact;
use crate::record::fact::plan::{ActionWritten, Doer, Progress, Source};
use crate::record::person::Person;
use crate::who::access::Right;
use crate::who::actor::{Asking, Refusal, words};

use super::action;

/// So many days from now somebody asks how it goes.
const ASK_IN_DAYS: u16 = 28;

/// Writes what the other side of a link does for an outcome. It is theirs, by name; whoever keeps the record asks
/// how it goes, and the person whether they agree.
pub fn offer(
    person: &Person,
    outcome: EntryNumber,
    what: &str,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::WritePlan, "Writing in a plan")?;
    let known = person.plan.outcome(outcome).ok_or(Refusal::NoSuchEntry(outcome))?;
    if known.ended.is_some() {
        return Err(Refusal::NotNow("They no longer work for that: choose another".to_owned()));
    }
    let written = ActionWritten {
        of: None,
        outcome,
        what: words("words", what, "Write what you do, or would do")?,
        source: Source::Family,
        doer: Doer::Named(asking.actor.name.clone()),
        due: asking.in_days(ASK_IN_DAYS),
        known_by: "They tell us how it goes".to_owned(),
        draft: false,
        agree_by: asking.in_days(asking.promises.agree_plan_days),
    };
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
    let words = words("words", text, "Write how it goes")?;
    let next = asking.in_days(ASK_IN_DAYS);
    let progress = if done { Progress::Done } else { Progress::GoesOn { next } };
    action::moved(person, entry, progress, &words, saw, asking)
}

/// Whether an action is the person's own, or somebody's in their life.
pub const fn is_families(doer: &Doer) -> bool {
    matches!(doer, Doer::Person | Doer::Named(_))
}
