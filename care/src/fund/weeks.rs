//! What was decided, week by week: what each week costs the person, Monday to Sunday.

use law::charging::{Law, Why, by_the_day};
use law::day::Day;
use law::pence::Pence;

use crate::record::fact::ChargeDecided;

/// A week's charge, or a part week's at either end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargedWeek {
    /// The first day.
    pub from: Day,
    /// The last.
    pub until: Day,
    /// What is charged for these days.
    pub charge: Pence,
    /// Days of one weekly charge: one such, unless something changed within the week.
    pub parts: Vec<Days>,
}

/// Days on which one charge holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Days {
    /// The first day.
    pub from: Day,
    /// The last.
    pub until: Day,
    /// The charge for a whole week of such days.
    pub weekly: Pence,
    /// Why it differs from what held the day before.
    pub why: Vec<Why>,
}

/// The weeks from one day to another under decisions in the order of their first days
/// ([`crate::record::person::Means::in_force`]). Days before the first decision cost nothing.
pub fn weeks(decided: &[&ChargeDecided], law: &Law, from: Day, to: Day) -> Vec<ChargedWeek> {
    let mut weeks = Vec::new();
    let mut first = from;
    while first <= to {
        let last = first.sunday().min(to);
        weeks.push(week(decided, law, first, last));
        first = last.plus_days(1);
    }
    weeks
}

/// What some weeks come to.
pub fn sum(weeks: &[ChargedWeek]) -> Pence {
    weeks.iter().map(|week| week.charge).sum()
}

fn week(decided: &[&ChargeDecided], law: &Law, first: Day, last: Day) -> ChargedWeek {
    let mut parts: Vec<Days> = Vec::new();
    let mut day = first;
    while day <= last {
        let weekly = weekly_on(decided, day);
        match parts.last_mut().filter(|part| part.weekly == weekly) {
            Some(part) => part.until = day,
            None => parts.push(Days { from: day, until: day, weekly, why: why(decided, day) }),
        }
        day = day.plus_days(1);
    }
    let sevenths = parts.iter().map(|part| {
        let days = part.until.epoch_days() - part.from.epoch_days() + 1;
        (part.weekly, days)
    });
    let charge = by_the_day(sevenths, law.policy.on(first).arrears_rounding);
    ChargedWeek { from: first, until: last, charge, parts }
}

fn on<'a>(decided: &[&'a ChargeDecided], day: Day) -> Option<&'a ChargeDecided> {
    decided.iter().rev().find(|one| one.from() <= day).copied()
}

fn weekly_on(decided: &[&ChargeDecided], day: Day) -> Pence {
    on(decided, day).map_or(Pence::ZERO, |one| one.weekly_on(day))
}

fn why(decided: &[&ChargeDecided], day: Day) -> Vec<Why> {
    let Some(one) = on(decided, day) else { return Vec::new() };
    if one.from() == day {
        return vec![match one.ground {
            crate::record::fact::Ground::NewRates(_) => Why::Rates,
            _ => Why::NewFacts,
        }];
    }
    one.later.iter().find(|turn| turn.from == day).map(|turn| turn.why.clone()).unwrap_or_default()
}
