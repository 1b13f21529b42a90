//! Charges through time: week by week, across new facts, new rates, birthdays and the clocks of the
//! law.
//!
//! What is known of a person is a row of cases, each in force from its day until the next. A charge
//! can change only on certain days (a new case, new rates, a birthday, the end of twelve weeks), so
//! it is worked out once for each stretch between them, and charged by the day where a week holds
//! more than one. A week is Monday to Sunday.

use serde::{Deserialize, Serialize};

use crate::charging::answer::{Law, NoAnswer};
use crate::charging::assess;
use crate::charging::case::{Case, Problem};
use crate::charging::charge::Basis;
use crate::charging::kinds::{CapitalTreat, Free};
use crate::charging::policy::ArrearsRounding;
use crate::charging::property;
use crate::day::Day;
use crate::pence::{Pence, Round};
use crate::pension_age;
use crate::working::Silent;

/// Why a charge may change on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// Something new was told.
    NewFacts,
    /// The law's figures changed.
    Rates,
    /// The place's choices changed.
    Policy,
    /// The 25th birthday.
    Birthday,
    /// The person or their partner reached pension age.
    PensionAge,
    /// The home begins to count, or no longer counts.
    Property,
    /// A stay became permanent, or outlasted its limit.
    Stay,
    /// A saving begins to count, or no longer counts.
    Capital,
    /// The free weeks of reablement ended.
    Reablement,
    /// The person was told that a charge may be made.
    Told,
    /// Capital given away shrank by a week's charge.
    Notional,
}

impl Why {
    /// As people say it, after “because”.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::NewFacts => "something new was told",
            Self::Rates => "the government’s figures change",
            Self::Policy => "the council’s policy changes",
            Self::Birthday => "of a 25th birthday",
            Self::PensionAge => "somebody reaches pension age",
            Self::Property => "the home begins to count, or no longer counts",
            Self::Stay => "the kind of stay changes",
            Self::Capital => "some savings begin to count, or no longer count",
            Self::Reablement => "the free weeks of help to recover end",
            Self::Told => "a charge may not begin before the person was told",
            Self::Notional => "money given away counts for less each week",
        }
    }
}

/// Days of one week on which one charge holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Stretch {
    /// The first day.
    pub from: Day,
    /// The last.
    pub until: Day,
    /// The charge for a whole week of such days.
    pub weekly: Pence,
    /// How it came about.
    pub basis: Basis,
    /// Why it may differ from the stretch before.
    pub why: Vec<Why>,
}

/// A week's charge, or a part week's at either end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Week {
    /// The first day.
    pub from: Day,
    /// The last.
    pub until: Day,
    /// What is charged for these days.
    pub charge: Pence,
    /// Its stretches: one, unless something changed within it.
    pub stretches: Vec<Stretch>,
}

/// The longest span that is worked out at once: twenty years.
const MOST_DAYS: i32 = 20 * 366;

/// The charges from a day to another, week by week. `history` holds the cases by their days, the
/// oldest first, the first not after `from`.
pub fn assess_over_time(
    law: &Law,
    history: &[Case],
    from: Day,
    to: Day,
) -> Result<Vec<Week>, NoAnswer> {
    check(history, from, to)?;
    let mut ledger = Ledger { law, history, spent: Pence::ZERO, steady: None };
    let mut weeks = Vec::new();
    let mut first = from;
    while first <= to {
        let last = first.sunday().min(to);
        weeks.push(ledger.week(first, last)?);
        first = last.plus_days(1);
    }
    Ok(weeks)
}

fn check(history: &[Case], from: Day, to: Day) -> Result<(), NoAnswer> {
    let problem = |field: &str, problem: String| {
        Err(NoAnswer::from(Problem { field: field.to_owned(), problem }))
    };
    let Some(first) = history.first() else {
        return problem("history", "is empty: give at least one case".to_owned());
    };
    if first.as_of > from {
        return problem(
            "history[0].asOf",
            format!("is {}, after the first day, {from}", first.as_of),
        );
    }
    if let Some(at) = history.windows(2).position(|pair| pair[0].as_of >= pair[1].as_of) {
        let said = format!("is {}, not after the case before it", history[at + 1].as_of);
        return problem(&format!("history[{}].asOf", at + 1), said);
    }
    if to.epoch_days() - from.epoch_days() > MOST_DAYS {
        return problem("to", format!("is {to}, more than twenty years after {from}"));
    }
    Ok(())
}

/// What is carried from week to week.
struct Ledger<'a> {
    law: &'a Law,
    history: &'a [Case],
    /// How much of the capital given away has been used up by charges (reg 23).
    spent: Pence,
    /// The last charge that nothing changes until a day: no need to work it out for each week.
    steady: Option<Steady>,
}

/// A charge that holds until a day.
#[derive(Clone, Copy)]
struct Steady {
    until: Day,
    charge: Pence,
    basis: Basis,
    rounding: ArrearsRounding,
}

impl Ledger<'_> {
    fn week(&mut self, first: Day, last: Day) -> Result<Week, NoAnswer> {
        if let Some(steady) = self.steady.filter(|steady| last <= steady.until) {
            return Ok(steady.week(first, last));
        }
        let mut stretches = Vec::new();
        let mut by_capital_given_away = Vec::new();
        let mut from = first;
        let mut rounding = ArrearsRounding::Penny;
        while from <= last {
            let case = self.case_on(from);
            let turns = self.turns(&case);
            let like = last_like(&turns, from);
            let until = like.min(last);
            let (rates, policy) = self.law.on(&case)?;
            let charge = |case: &Case| assess(case, rates, &policy, &mut Silent);
            let outcome = charge(&case);
            let without = nothing_given(&case).map_or(outcome.charge, |case| charge(&case).charge);
            let days = until.epoch_days() - from.epoch_days() + 1;
            by_capital_given_away.push((outcome.charge - without, days));
            let mut why = why(&turns, from);
            if !self.spent.is_nothing() && from == first && outcome.charge != without {
                why.push(Why::Notional);
            }
            rounding = policy.arrears_rounding;
            // Beyond the last figures nothing holds.
            let known_until = rates.until;
            self.steady = (!gives_away(&case)).then_some(Steady {
                until: like.min(known_until),
                charge: outcome.charge,
                basis: outcome.basis,
                rounding,
            });
            stretches.push(Stretch {
                from,
                until,
                weekly: outcome.charge,
                basis: outcome.basis,
                why,
            });
            from = until.plus_days(1);
        }
        let parts = stretches.iter().map(|part| (part.weekly, days_of(part.from, part.until)));
        let charge = by_the_day(parts, rounding);
        self.spent += by_the_day(by_capital_given_away.into_iter(), ArrearsRounding::Penny);
        Ok(Week { from: first, until: last, charge, stretches })
    }

    /// The case in force on a day, as of that day, with what was given away shrunk by what it has
    /// cost so far.
    fn case_on(&self, day: Day) -> Case {
        let after = self.history.partition_point(|case| case.as_of <= day);
        let mut case = self.history[after.saturating_sub(1)].clone();
        case.as_of = day;
        let mut spent = self.spent;
        for item in case.capital.iter_mut().filter(|item| item.kind.treat == CapitalTreat::Notional)
        {
            let used = item.value.at_most(spent);
            item.value -= used;
            spent -= used;
        }
        case
    }

    /// The days on which the charge may change, as the case in force knows them.
    fn turns(&self, case: &Case) -> Vec<(Day, Why)> {
        let mut turns: Vec<(Day, Why)> =
            self.history.iter().map(|case| (case.as_of, Why::NewFacts)).collect();
        turns.extend(self.law.rates.sets().iter().map(|set| (set.from, Why::Rates)));
        turns.extend(self.law.policy.changes().map(|from| (from, Why::Policy)));
        turns.extend(turns_of(case, self.law));
        turns
    }
}

impl Steady {
    fn week(self, first: Day, last: Day) -> Week {
        let charge = by_the_day([(self.charge, days_of(first, last))].into_iter(), self.rounding);
        let (weekly, basis) = (self.charge, self.basis);
        let stretch = Stretch { from: first, until: last, weekly, basis, why: Vec::new() };
        Week { from: first, until: last, charge, stretches: vec![stretch] }
    }
}

/// The last day on which nothing can have changed since a day.
fn last_like(turns: &[(Day, Why)], day: Day) -> Day {
    let next = turns.iter().map(|&(turn, _)| turn).filter(|&turn| turn > day).min();
    next.map_or(Day::LAST, |turn| turn.plus_days(-1))
}

/// Why the charge may change on a day.
fn why(turns: &[(Day, Why)], day: Day) -> Vec<Why> {
    let here = turns.iter().filter(|&&(turn, _)| turn == day);
    let mut why: Vec<Why> = here.map(|&(_, why)| why).collect();
    why.sort_unstable();
    why.dedup();
    why
}

/// The case as if nothing had been given away, where something was.
fn nothing_given(case: &Case) -> Option<Case> {
    gives_away(case).then(|| {
        let mut without = case.clone();
        without.capital.retain(|item| item.kind.treat != CapitalTreat::Notional);
        without
    })
}

/// Whether something was given away, which shrinks by each week's charge.
fn gives_away(case: &Case) -> bool {
    case.capital.iter().any(|item| item.kind.treat == CapitalTreat::Notional)
}

/// The days on which a case itself may come out otherwise.
fn turns_of(case: &Case, law: &Law) -> Vec<(Day, Why)> {
    let mut turns = Vec::new();
    let person = &case.person;
    turns.push((person.born.plus_months(25 * 12), Why::Birthday));
    for born in [Some(person.born), person.partner_born].into_iter().flatten() {
        turns.push((pension_age::on(born), Why::PensionAge));
    }
    if let Some(stay) = &case.stay {
        turns.extend(property::turns(stay).into_iter().map(|turn| (turn, Why::Property)));
        turns.extend(stay.permanent_from.map(|from| (from, Why::Stay)));
        let nights = law.policy.on(case.as_of).short_term_nights;
        let own = case.policy.as_ref().and_then(|own| own.short_term_nights);
        turns.push((stay.admitted.plus_days(i32::from(own.unwrap_or(nights))), Why::Stay));
    }
    for item in &case.capital {
        let weeks = item.kind.weeks.unwrap_or(0);
        let over = item.received.map(|received| received.plus_days(i32::from(weeks) * 7));
        let choice = item.disregard.as_ref().and_then(|choice| choice.until);
        let turn = [over, choice.map(|until| until.plus_days(1)), item.kind.from];
        turns.extend(turn.into_iter().flatten().map(|turn| (turn, Why::Capital)));
    }
    for service in
        case.services.iter().filter(|service| service.kind.free == Some(Free::Reablement))
    {
        turns.extend(service.started.map(|started| (started.plus_days(42), Why::Reablement)));
    }
    turns.extend(case.told_on.map(|told| (told, Why::Told)));
    turns
}

fn days_of(from: Day, until: Day) -> i32 {
    until.epoch_days() - from.epoch_days() + 1
}

/// What some days of weekly charges come to: so many sevenths of each, rounded down once; a whole week
/// is as it is.
pub fn by_the_day(parts: impl Iterator<Item = (Pence, i32)>, rounding: ArrearsRounding) -> Pence {
    let parts: Vec<(Pence, i32)> = parts.collect();
    if let [(weekly, 7)] = parts.as_slice() {
        return *weekly;
    }
    let sevenths: Pence =
        parts.iter().map(|&(weekly, days)| weekly.times(i64::from(days), 1, Round::Down)).sum();
    let whole = sevenths.times(1, 7, Round::Down);
    let step = match rounding {
        ArrearsRounding::Penny => 1,
        ArrearsRounding::TenPence => 10,
        ArrearsRounding::Pound => 100,
    };
    Pence::new(whole.pence() - whole.pence() % step)
}
