//! Holding a review, and bringing one forward.

use law::day::Day;

use crate::record::entry::{EntryNumber, NewEntry};
use crate::record::fact::Fact;
use crate::record::fact::review::{
    Change, ReviewBroughtForward, ReviewEnd, ReviewGround, ReviewHeld, Risk, StillMet,
};
use crate::record::person::Person;
use crate::who::actor::{Asking, Needed, Promises, Refusal, Together, words};
use crate::who::role::Right;

/// The most months between two reviews (Care and support statutory guidance 13.32).
const MOST_MONTHS: u8 = 12;

/// A review that was held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// How the person says it goes.
    pub person: String,
    /// How it goes, as the professional sees it.
    pub worker: String,
    /// What follows.
    pub end: ReviewEnd,
    /// Why.
    pub why: String,
    /// How each need is met still.
    pub still_met: Vec<StillMet>,
    /// The risk until the next look.
    pub risk: Risk,
    /// The day of the next one; by the risk, where none is said.
    pub next_by: Option<Day>,
    /// The last entry that its writer saw.
    pub seen: EntryNumber,
}

/// Keeps a review. Support becomes less only where it is written how each need is met still: it is
/// never less by an answer left out (Care Act 2014 s27(4)).
pub fn hold(person: &Person, held: &Held, asking: &Asking<'_>) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::Review, "Holding a review")?;
    if asking.actor.person == Some(person.id) {
        return Err(Refusal::NotNow("Ask for a review: it is held with you".to_owned()));
    }
    if let Some(last) = person.reviews.last().filter(|last| last.entry > held.seen) {
        return Err(Refusal::NotNow(format!(
            "{} has written a review since you opened this page: look at it first",
            last.author.name
        )));
    }
    let due = person.review_due();
    let ground = due.map_or(ReviewGround::Asked, |due| due.ground);
    if person.plan.began().is_none() {
        return Err(Refusal::NotNow("There is no plan yet to review".to_owned()));
    }
    let (says, worker, why, still_met, next_by) = (
        words("person", &held.person, "Write how the person says it goes"),
        words("worker", &held.worker, "Write how it goes, as you see it"),
        words("why", &held.why, "Write why this follows"),
        still_met(person, held),
        next_by(held, asking),
    )
        .together()?;
    let kept = ReviewHeld {
        ground,
        person: says,
        worker,
        end: held.end,
        why,
        still_met,
        risk: held.risk,
        next_by,
        letter: Some(asking.letter()),
    };
    Ok(vec![asking.entry(Fact::ReviewHeld(Box::new(kept)))])
}

fn still_met(person: &Person, held: &Held) -> Result<Vec<StillMet>, Refusal> {
    let mut met = Vec::new();
    if !held.end.reduces() {
        return Ok(met);
    }
    for outcome in person.plan.open_outcomes() {
        let ask = format!("Write how this need is still met: ‘{}’", outcome.written.said.words);
        let said = held.still_met.iter().find(|met| met.outcome == outcome.id);
        let how = words("still-met", said.map_or("", |met| &met.how), &ask)?;
        met.push(StillMet { outcome: outcome.id, how });
    }
    Ok(met)
}

fn next_by(held: &Held, asking: &Asking<'_>) -> Result<Option<Day>, Refusal> {
    if held.end == ReviewEnd::Ends {
        return Ok(None);
    }
    let latest = asking.today.plus_months(i32::from(MOST_MONTHS));
    let by_risk = asking.today.plus_months(i32::from(months(held.risk, asking.promises)));
    let next = held.next_by.unwrap_or(by_risk);
    if next <= asking.today || next > latest {
        let message = format!("The next review must be after today, and by {}", latest.in_words());
        return Err(Refusal::missing("next-by", message));
    }
    Ok(Some(next))
}

/// The months until the next review, by risk.
pub fn months(risk: Risk, promises: &Promises) -> u8 {
    let months = match risk {
        Risk::High => promises.review_high_risk_months,
        Risk::Medium => promises.review_medium_risk_months,
        Risk::Low => MOST_MONTHS,
    };
    months.min(MOST_MONTHS)
}

/// Why a review is brought forward.
pub const SOONER: Needed = Needed::new("words", "Write what has changed, or what to talk about");

/// Brings the next review forward, because something changed or somebody asks. It never puts one off.
pub fn bring_forward(
    person: &Person,
    change: Change,
    text: &str,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    let own = asking.actor.person == Some(person.id);
    asking.require(if own { Right::WritePlan } else { Right::Write }, "Asking for a review")?;
    if person.plan.began().is_none() {
        return Err(Refusal::NotNow("There is no plan yet to review".to_owned()));
    }
    let words = SOONER.words(text)?;
    Ok(vec![sooner(person, change, words, asking)])
}

/// What is known to have happened brings the review forward by itself: nobody has to think of it. Nothing
/// where there is no plan to review.
pub(super) fn happened(
    person: &Person,
    change: Change,
    words: &str,
    asking: &Asking<'_>,
) -> Option<NewEntry> {
    person.plan.began()?;
    Some(sooner(person, change, words.to_owned(), asking))
}

fn sooner(person: &Person, change: Change, words: String, asking: &Asking<'_>) -> NewEntry {
    let days = asking.promises.review_changed_days;
    let days = if change == Change::Safeguarding { days / 2 } else { days };
    let by = asking.in_days(days);
    let by = person.review_due().map_or(by, |due| due.by.min(by));
    asking.entry(Fact::ReviewBroughtForward(ReviewBroughtForward { change, words, by }))
}
