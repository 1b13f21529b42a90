//! Enablement: support for some weeks so that somebody can do more for themself, with goals, a planned
//! end, a line for each week, and a decision at the end.

use law::day::Day;

use crate::record::entry::{EntryNumber, NewEntry};
use crate::record::fact::Fact;
use crate::record::fact::review::{
    Change, EnablementBegun, EnablementEnd, EnablementEnded, EnablementWeek,
};
use crate::record::ids::TeamId;
use crate::record::person::Person;
use crate::record::person::review::Programme;
use crate::review::hold::happened;
use crate::who::actor::{Asking, Refusal, words};
use crate::who::role::Right;

/// The most days it is planned for: six weeks, in which it is free (SI 2014/2672 reg 3).
const MOST_DAYS: i32 = 6 * 7;

/// The most hours a week can hold, in quarters.
const MOST_QUARTERS: u16 = 7 * 24 * 4;

/// A programme to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begin {
    /// The outcomes it works for.
    pub outcomes: Vec<EntryNumber>,
    /// The team that gives it.
    pub team: TeamId,
    /// Its first day.
    pub from: Day,
    /// Its planned end.
    pub until: Day,
    /// Hours a week at the start, in quarters.
    pub quarters: u16,
}

/// Begins a programme. There is one at a time.
pub fn begin(
    person: &Person,
    begin: &Begin,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::Review, "Beginning enablement")?;
    if person.reviews.under_way().is_some() {
        return Err(Refusal::NotNow("Enablement is under way already: end it first".to_owned()));
    }
    if begin.outcomes.is_empty() {
        return Err(Refusal::missing("outcomes", "Choose what it works for"));
    }
    for &outcome in &begin.outcomes {
        let known = person.plan.outcome(outcome).filter(|outcome| outcome.ended.is_none());
        known.ok_or(Refusal::NoSuchEntry(outcome))?;
    }
    if begin.until <= begin.from {
        return Err(Refusal::missing("until", "The planned end must be after the first day"));
    }
    if begin.until > begin.from.plus_days(MOST_DAYS) {
        return Err(Refusal::missing(
            "until",
            "Plan the end within six weeks: what follows is then decided",
        ));
    }
    Ok(vec![asking.entry(Fact::EnablementBegun(EnablementBegun {
        outcomes: begin.outcomes.clone(),
        team: begin.team.clone(),
        from: begin.from,
        until: begin.until,
        quarters: hours("hours", begin.quarters)?,
    }))])
}

/// Keeps what a week brought.
pub fn week(
    person: &Person,
    begun: EntryNumber,
    week: Day,
    quarters: u16,
    text: &str,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::WritePlan, "Writing a week of enablement")?;
    let programme = open(person, begun)?;
    if week < programme.begun.said.from || week > asking.today {
        return Err(Refusal::missing("week", "Choose a day since it began, and not after today"));
    }
    let told = programme.weeks.iter().find(|told| told.said.week.sunday() == week.sunday());
    if let Some(told) = told {
        let by = &told.author.name;
        return Err(Refusal::NotNow(format!("{by} has written about that week already")));
    }
    Ok(vec![asking.entry(Fact::EnablementWeek(EnablementWeek {
        begun,
        week,
        quarters: hours("hours", quarters)?,
        words: words("words", text, "Write what they can do now, and what not yet")?,
    }))])
}

/// Ends a programme with what it came to, and what was decided to follow.
pub fn end(
    person: &Person,
    begun: EntryNumber,
    end: EnablementEnd,
    quarters: u16,
    next: &str,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::Review, "Ending enablement")?;
    open(person, begun)?;
    let nothing_left = matches!(end, EnablementEnd::NoSupport | EnablementEnd::Died);
    if nothing_left && quarters > 0 {
        return Err(Refusal::missing(
            "hours",
            "With no further support there are no hours: write 0",
        ));
    }
    let next = words("next", next, "Write what was decided to follow, and why")?;
    let sooner = (end == EnablementEnd::Hospital)
        .then(|| happened(person, Change::Admitted, &next, asking))
        .flatten();
    let quarters = hours("hours", quarters)?;
    let ended = EnablementEnded { begun, end, quarters, next };
    let ended = asking.entry(Fact::EnablementEnded(ended));
    Ok(std::iter::once(ended).chain(sooner).collect())
}

fn open(person: &Person, begun: EntryNumber) -> Result<&Programme, Refusal> {
    let programme = person.reviews.programme(begun).ok_or(Refusal::NoSuchEntry(begun))?;
    match &programme.ended {
        None => Ok(programme),
        Some(ended) => Err(Refusal::NotNow(format!(
            "{} ended this on {}",
            ended.author.name,
            ended.on.in_words()
        ))),
    }
}

fn hours(field: &'static str, quarters: u16) -> Result<u16, Refusal> {
    if quarters <= MOST_QUARTERS {
        return Ok(quarters);
    }
    Err(Refusal::missing(field, "A week has 168 hours: write no more"))
}
