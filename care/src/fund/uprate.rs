//! April: the charge of everybody who has one, decided again under the figures of a new financial
//! year.
//!
//! A new charge begins on a Monday that is still to come, so a week that was charged stays as it was.
//! Whoever has a charge decided for the new year already is left alone, so the run can be repeated.
//! What it cannot work out becomes an officer's work.

use std::fmt::Write as _;
use std::sync::Arc;

use law::charging::{Ask, Asks, Case, Done, Law, Moved, NoAnswer, Row as _};
use law::day::Day;
use law::pence::Pence;

use crate::record::entry::NewEntry;
use crate::record::fact::letter::LetterDue;
use crate::record::fact::{Fact, Ground, MeansAsked};
use crate::record::ids::TeamId;
use crate::record::person::Person;
use crate::who::actor::{Asking, Refusal};
use crate::who::role::Right;

use super::settle::{Settled, settled};

/// A new financial year, for whoever has a charge.
#[derive(Debug, Clone, Copy)]
pub struct NewYear<'a> {
    /// The figures and the place's choices.
    pub law: &'a Law,
    /// The year, such as 2026-27.
    pub name: &'a str,
    /// Its first day.
    pub first: Day,
    /// The day from which new charges hold: the first day, or the Monday after the run if that is
    /// later ([`begins`]).
    pub begins: Day,
    /// The team whose work it is to look at what cannot be worked out.
    pub team: &'a TeamId,
}

/// The day from which a run on `today` may change charges.
pub fn begins(first: Day, today: Day) -> Day {
    first.max(today.sunday().plus_days(1))
}

/// What a new year does to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Uprated {
    /// Their charge is decided again.
    Decided {
        /// What is added to their story.
        new: Box<NewEntry>,
        /// What they would pay on that day as things stand.
        before: Pence,
        /// What they pay from then.
        after: Pence,
        /// The figures of the law that nobody has checked.
        unverified: Vec<String>,
        /// Questions that the charge did not leave open before, and does now.
        asks: Vec<&'static str>,
    },
    /// Their charge for the year is decided already.
    Already,
    /// Nothing has been decided about them that the year could change.
    NoCharge,
    /// Somebody must look at it.
    Look {
        /// What is added to their story: the work of doing so, unless it waits already.
        new: Option<Box<NewEntry>>,
        /// Why.
        why: String,
    },
}

impl Uprated {
    /// What is added to the person's story.
    pub fn entries(&self) -> &[NewEntry] {
        match self {
            Self::Decided { new, .. } | Self::Look { new: Some(new), .. } => {
                std::slice::from_ref(new)
            }
            Self::Look { new: None, .. } | Self::Already | Self::NoCharge => &[],
        }
    }
}

/// Decides a person's charge for a new year.
pub fn uprate(
    person: &Person,
    year: &NewYear<'_>,
    asking: &Asking<'_>,
) -> Result<Uprated, Refusal> {
    asking.require(Right::DecideCharge, "Deciding what people pay in a new year")?;
    let means = &person.means;
    if means.in_force().last().is_some_and(|last| last.said.from() >= year.first) {
        return Ok(Uprated::Already);
    }
    let Some(now) = means.on(year.begins) else { return Ok(Uprated::NoCharge) };
    if means.draft.is_some() {
        let why = "A draft waits to be decided: decide it, then run this again".to_owned();
        return Ok(Uprated::Look { new: None, why });
    }
    let before = now.said.weekly_on(year.begins);
    match decided(&now.said.case, year) {
        Ok(Settled { mut decided, asks }) => {
            decided.letter = Some(LetterDue { team: Some(year.team.clone()), ..asking.letter() });
            Ok(Uprated::Decided {
                before,
                after: decided.charge,
                unverified: decided.unverified.clone(),
                asks: newly(asks, &now.said.case, year.law),
                new: Box::new(asking.entry(Fact::ChargeDecided(Arc::new(decided)))),
            })
        }
        Err(why) => {
            Ok(Uprated::Look { new: look(person, &now.said.case, year, &why, asking), why })
        }
    }
}

fn decided(case: &Case, year: &NewYear<'_>) -> Result<Settled, String> {
    let (case, moved) = risen(case, year.begins, year.law).map_err(|why| why.to_string())?;
    let ground = Ground::NewRates(year.name.to_owned());
    let mut settled = settled(ground, case, year.law).map_err(|why| why.to_string())?;
    settled.decided.words = words(year, &moved);
    Ok(settled)
}

/// The questions that were not open when the case was decided on.
fn newly(asks: Asks, before: &Case, law: &Law) -> Vec<&'static str> {
    let mut open = asks.iter().filter(|&ask| ask != Ask::Unverified).peekable();
    if open.peek().is_none() {
        return Vec::new();
    }
    let had = law.outcome(before).map(|outcome| outcome.asks).unwrap_or_default();
    open.filter(|&ask| !had.has(ask)).map(Ask::text).collect()
}

/// Asks for an assessment by hand, unless one is asked for.
fn look(
    person: &Person,
    case: &Case,
    year: &NewYear<'_>,
    why: &str,
    asking: &Asking<'_>,
) -> Option<Box<NewEntry>> {
    if person.means.waits().is_some() {
        return None;
    }
    let asked = person.means.asked.as_ref().map(|asked| asked.said.told_on);
    let words = format!(
        "The charge could not be worked out again under the figures for {}. {why}",
        year.name
    );
    Some(Box::new(asking.entry(Fact::MeansAsked(MeansAsked {
        told_on: case.told_on.or(asked).unwrap_or(case.as_of),
        words,
        to: year.team.clone(),
        due: asking.in_days(asking.promises.assess_means_days),
    }))))
}

/// A case as it stands on a later day, when benefits and pensions have risen, and what became of each
/// income.
pub fn risen(case: &Case, day: Day, law: &Law) -> Result<(Case, Vec<Moved>), NoAnswer> {
    let risen = law::charging::uprate(case, &law.rates, case.as_of, day)?;
    Ok((risen.case, risen.incomes))
}

/// What the letter says of the new year.
fn words(year: &NewYear<'_>, moved: &[Moved]) -> String {
    let mut words = format!(
        "The government’s figures changed for the year {}, so we worked out your charge again.",
        year.name
    );
    for one in moved {
        if let Done::Raised { from, to, .. } = one.done {
            let _ = write!(
                words,
                " We counted {} as {} {}; it was {}.",
                one.kind.in_words(),
                to.in_words(),
                one.every.in_words(),
                from.in_words()
            );
        }
    }
    if moved.iter().any(|one| matches!(one.done, Done::LeftAsItWas { .. })) {
        words.push_str(" Other income is counted as you last told us.");
    }
    words.push_str(" If any of this is not what you are paid, tell us.");
    words
}
