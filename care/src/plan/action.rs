//! Actions: what is done for an outcome, by whom, by when, and how far it has come.

use law::day::Day;

use crate::record::entry::{EntryNumber, NewEntry};
use crate::record::fact::Fact;
use crate::record::fact::plan::{ActionMoved, ActionWritten, Doer, Progress, Source};
use crate::record::person::Person;
use crate::who::actor::{Asking, Needed, Refusal, Together, optional_words, words};
use crate::who::role::Right;

use super::{keeper, require_seen};

/// An action to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The action that this is a newer writing of, and the last entry its writer saw.
    pub of: Option<(EntryNumber, EntryNumber)>,
    /// The outcome it serves.
    pub outcome: EntryNumber,
    /// What is to be done.
    pub what: String,
    /// Where it comes from.
    pub source: Source,
    /// Who does it.
    pub doer: Doer,
    /// By when.
    pub due: Day,
    /// How it will be known.
    pub known_by: String,
    /// Whether it is a draft.
    pub draft: bool,
}

/// What is to be done.
pub const WHAT: Needed = Needed::new("what", "Write what is to be done");

/// How it will be known that it is done.
pub const KNOWN_BY: Needed = Needed::new("known-by", "Write how you will know that it is done");

/// Writes an action, or writes one anew.
pub fn write(
    person: &Person,
    wanted: &Wanted,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require_begun(person)?;
    let written = written(person, wanted, asking)?;
    let mut entries = keeper(person, asking)?;
    entries.push(asking.entry(Fact::ActionWritten(Box::new(written))));
    Ok(entries)
}

/// An action as it is kept, if it can be.
pub(super) fn written(
    person: &Person,
    wanted: &Wanted,
    asking: &Asking<'_>,
) -> Result<ActionWritten, Refusal> {
    asking.require(Right::WritePlan, "Writing in a plan")?;
    let outcome = person.plan.outcome(wanted.outcome);
    let outcome = outcome
        .ok_or_else(|| Refusal::missing("outcome", "Choose the outcome that this is for"))?;
    if outcome.ended.is_some() {
        return Err(Refusal::missing(
            "outcome",
            "That outcome has ended: choose one that is worked for",
        ));
    }
    let of = wanted.of.map(|(id, saw)| newer(person, id, saw, wanted.draft)).transpose()?;
    let (what, doer, (), known_by) = (
        WHAT.words(&wanted.what),
        doer(person, &wanted.doer, asking),
        asking.not_before_today("due", "The day", wanted.due),
        KNOWN_BY.words(&wanted.known_by),
    )
        .together()?;
    Ok(ActionWritten {
        of,
        outcome: wanted.outcome,
        what,
        source: wanted.source,
        doer,
        due: wanted.due,
        known_by,
        draft: wanted.draft,
        agree_by: asking.in_days(asking.promises.agree_plan_days),
    })
}

/// What stands in the plan does not go back to being a draft: others rely on it.
fn newer(
    person: &Person,
    id: EntryNumber,
    saw: EntryNumber,
    draft: bool,
) -> Result<EntryNumber, Refusal> {
    let known = person.plan.action(id).ok_or(Refusal::NoSuchEntry(id))?;
    let written = &known.written;
    if !known.open() && !written.said.draft {
        return Err(Refusal::NotNow("This action is over: write a new one".to_owned()));
    }
    if draft && !written.said.draft {
        return Err(Refusal::missing(
            "draft",
            "This stands in the plan already: it cannot be a draft again",
        ));
    }
    require_seen(written, saw, &written.said.what)?;
    Ok(id)
}

fn doer(person: &Person, wanted: &Doer, asking: &Asking<'_>) -> Result<Doer, Refusal> {
    let own = asking.actor.person == Some(person.id);
    match wanted {
        Doer::Named(name) => Ok(Doer::Named(words("who", name, "Write who does it")?)),
        // What a person asks of services is asked by talking with them, not by giving them work.
        Doer::User { .. } | Doer::Team(_) if own => Err(Refusal::missing(
            "who",
            "Say what you or your family will do; ask your team for the rest",
        )),
        doer => Ok(doer.clone()),
    }
}

/// Says how far an action has come.
pub fn moved(
    person: &Person,
    action: EntryNumber,
    progress: Progress,
    text: &str,
    saw: EntryNumber,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::WritePlan, "Saying how far an action has come")?;
    let known = person.plan.action(action).ok_or(Refusal::NoSuchEntry(action))?;
    if let Some(told) = known.moved.as_ref().filter(|_| !known.open()) {
        return Err(Refusal::NotNow(format!(
            "{} said already that this is over",
            told.author.name
        )));
    }
    if known.written.said.draft {
        return Err(Refusal::NotNow("This is still a draft: finish it first".to_owned()));
    }
    require_seen(&known.written, saw, &known.written.said.what)?;
    let words = match progress {
        Progress::Done => optional_words("words", text)?,
        Progress::GoesOn { next } if next <= asking.today => {
            return Err(Refusal::missing("next", "The next look must be after today"));
        }
        Progress::GoesOn { .. } => words("words", text, "Write how far it has come")?,
        Progress::Stopped => words("words", text, "Write why it will not be done")?,
    };
    Ok(vec![asking.entry(Fact::ActionMoved(ActionMoved { action, progress, words }))])
}
