//! Outcomes: what the person wants, in their words.

use crate::record::entry::{EntryNumber, NewEntry};
use crate::record::fact::Fact;
use crate::record::fact::plan::{Area, OutcomeEnd, OutcomeEnded, OutcomeWritten};
use crate::record::person::Person;
use crate::who::actor::{Asking, Needed, Refusal, Together, optional_words, words};
use crate::who::role::Right;

use super::{keeper, require_seen};

/// An outcome to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The outcome that this is a newer writing of, and the last entry its writer saw.
    pub of: Option<(EntryNumber, EntryNumber)>,
    /// What the person wants, in their words.
    pub words: String,
    /// What it is about.
    pub area: Area,
    /// The need behind it.
    pub need: String,
    /// How things are now.
    pub now: String,
    /// How they would be.
    pub hoped: String,
}

/// What the person wants.
pub const WORDS: Needed = Needed::new("words", "Write what the person wants, in their words");
/// How things are now.
pub const NOW: Needed = Needed::new("now", "Write how things are now");
/// How they would be.
pub const HOPED: Needed = Needed::new("hoped", "Write how things would be if it goes well");

/// Writes an outcome, or writes one anew.
pub fn write(
    person: &Person,
    wanted: &Wanted,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::WritePlan, "Writing in a plan")?;
    asking.require_begun(person)?;
    let mut of = None;
    if let Some((id, saw)) = wanted.of {
        let known = person.plan.outcome(id).ok_or(Refusal::NoSuchEntry(id))?;
        if known.ended.is_some() {
            return Err(Refusal::NotNow("This outcome has ended: write a new one".to_owned()));
        }
        require_seen(&known.written, saw, &known.written.said.words)?;
        of = Some(id);
    }
    let (words, need, now, hoped) = (
        WORDS.words(&wanted.words),
        optional_words("need", &wanted.need),
        NOW.words(&wanted.now),
        HOPED.words(&wanted.hoped),
    )
        .together()?;
    let written = OutcomeWritten {
        of,
        words,
        area: wanted.area,
        need,
        now,
        hoped,
        agree_by: asking.in_days(asking.promises.agree_plan_days),
    };
    let mut entries = keeper(person, asking)?;
    entries.push(asking.entry(Fact::OutcomeWritten(Box::new(written))));
    Ok(entries)
}

/// Ends an outcome: it was reached, or is no longer wanted. What still served it stops being asked for.
pub fn end(
    person: &Person,
    outcome: EntryNumber,
    end: OutcomeEnd,
    text: &str,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::WritePlan, "Ending an outcome")?;
    let known = person.plan.outcome(outcome).ok_or(Refusal::NoSuchEntry(outcome))?;
    if let Some(ended) = &known.ended {
        return Err(Refusal::NotNow(format!("{} has ended this already", ended.author.name)));
    }
    let words = match end {
        OutcomeEnd::Reached => optional_words("words", text)?,
        OutcomeEnd::NoLonger => words("words", text, "Write why it is no longer wanted")?,
    };
    Ok(vec![asking.entry(Fact::OutcomeEnded(OutcomeEnded { outcome, end, words }))])
}
