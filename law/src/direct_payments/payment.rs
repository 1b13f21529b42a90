//! How much is paid, and when: gross or net, every four weeks or by the days of the month.

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::direct_payments::request::{Paid, Request, Schedule};
use crate::direct_payments::rules;
use crate::pence::{Pence, Round};
use crate::working::{Input, Line, Part, Trace};

/// A council's terms for direct payments: what the law leaves to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Terms {
    /// Which version of the file this is.
    pub version: String,
    /// Where it was decided.
    pub source: String,
    /// Net or gross.
    #[serde(default)]
    pub paid: Paid,
    /// How often.
    #[serde(default)]
    pub schedule: Schedule,
    /// How many weeks' money may stay in the account before a surplus is looked at.
    #[serde(default = "eight")]
    pub surplus_weeks: u16,
    /// How many weeks' money is paid once at the start, for what cannot be foreseen.
    #[serde(default)]
    pub contingency_weeks: u16,
    /// When the first review is held, in weeks, where that is before six months.
    #[serde(default)]
    pub first_review_weeks: Option<u16>,
}

fn eight() -> u16 {
    8
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            version: "none".into(),
            source: "no terms of the council’s own".into(),
            paid: Paid::Net,
            schedule: Schedule::FourWeekly,
            surplus_weeks: eight(),
            contingency_weeks: 0,
            first_review_weeks: None,
        }
    }
}

impl Terms {
    /// Reads `direct-payments.toml`.
    pub fn read(name: &str, text: &str) -> Result<Self, crate::rates::Fault> {
        let fault = |said: String| crate::rates::Fault(format!("{name}: {said}"));
        let terms: Self = toml::from_str(text)
            .map_err(|error| fault(error.to_string().trim().replace('\n', " ")))?;
        let most = [
            ("surplus-weeks", terms.surplus_weeks),
            ("contingency-weeks", terms.contingency_weeks),
        ];
        if let Some((field, weeks)) = most.into_iter().find(|&(_, weeks)| weeks > 52) {
            return Err(fault(format!("{field} is {weeks}: at most 52")));
        }
        if let Some(weeks) = terms.first_review_weeks.filter(|weeks| !(1..=26).contains(weeks)) {
            return Err(fault(format!(
                "first-review-weeks is {weeks}: from 1 to 26, as the law asks for one in six months"
            )));
        }
        if terms.source.trim().is_empty() {
            return Err(fault("source is empty: say where the terms were decided".into()));
        }
        Ok(terms)
    }
}

/// One payment, and the days it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Instalment {
    /// The first day it is for.
    pub from: Day,
    /// The last.
    pub until: Day,
    /// How much.
    pub amount: Pence,
}

/// What is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Payment {
    /// What the needs it is for cost, a week.
    pub gross: Pence,
    /// What the person pays, a week.
    pub contribution: Pence,
    /// What the council pays into the account, a week.
    pub weekly: Pence,
    /// Net or gross.
    pub paid: Paid,
    /// How often.
    pub schedule: Schedule,
    /// The instalment that covers the day of the case.
    pub next: Instalment,
    /// Sums paid once at the start, and the contingency.
    pub once: Pence,
}

/// The instalment that begins on a day: four weeks from it, or the rest of its calendar month.
///
/// A fraction of a penny goes up, to the person's advantage.
pub fn instalment(weekly: Pence, schedule: Schedule, from: Day) -> Instalment {
    let until = match schedule {
        Schedule::FourWeekly => from.plus_days(27),
        Schedule::Monthly => {
            let first = from.plus_days(1 - i32::from(from.day_of_month()));
            first.plus_months(1).plus_days(-1)
        }
    };
    let days = i64::from(until.epoch_days()) - i64::from(from.epoch_days()) + 1;
    Instalment { from, until, amount: weekly.times(days, 7, Round::Up) }
}

/// Every instalment from a day up to another, the last one cut short where that day falls within.
pub fn instalments(weekly: Pence, schedule: Schedule, from: Day, until: Day) -> Vec<Instalment> {
    let mut all = Vec::new();
    let mut day = from;
    while day <= until && all.len() < 1_300 {
        let mut next = instalment(weekly, schedule, day);
        if next.until > until {
            let days = i64::from(until.epoch_days()) - i64::from(day.epoch_days()) + 1;
            next = Instalment { from: day, until, amount: weekly.times(days, 7, Round::Up) };
        }
        day = next.until.plus_days(1);
        all.push(next);
    }
    all
}

/// Works out the payment from a day.
pub(super) fn pay<T: Trace>(request: &Request, from: Day, terms: &Terms, trace: &mut T) -> Payment {
    let (gross, contribution) = (request.weekly, request.contribution);
    let paid = request.paid.unwrap_or(terms.paid);
    let schedule = request.schedule.unwrap_or(terms.schedule);
    let over = contribution > gross;
    let weekly = match paid {
        _ if over => Pence::ZERO,
        Paid::Net => gross - contribution,
        Paid::Gross => gross,
    };
    trace.step(|| {
        let formula = match paid {
            _ if over => {
                format!("{} is more than {}", contribution.in_words(), gross.in_words())
            }
            Paid::Net => format!("{} − {}", gross.in_words(), contribution.in_words()),
            Paid::Gross => format!("{}; {} is billed", gross.in_words(), contribution.in_words()),
        };
        Line::new(Part::Result, "direct-payment.weekly", "Paid to you, a week", weekly, rules::NET)
            .worked(formula)
            .resting_on(Input::case("weekly", gross))
            .resting_on(Input::case("contribution", contribution))
    });
    let next = instalment(weekly, schedule, from);
    trace.step(|| {
        let days = next.until.epoch_days() - next.from.epoch_days() + 1;
        let label = format!("Paid for {} to {}", next.from.in_words(), next.until.in_words());
        Line::new(Part::Result, "direct-payment.next", label, next.amount, rules::INSTALMENT)
            .worked(if days == 7 {
                weekly.in_words()
            } else if days % 7 == 0 {
                format!("{} × {} weeks", weekly.in_words(), days / 7)
            } else {
                format!("{} ÷ 7 × {days} days, a part of a penny rounded up", weekly.in_words())
            })
    });
    let start_up: Pence = request.start_up.iter().map(|sum| sum.amount).sum();
    let contingency = gross.times(i64::from(terms.contingency_weeks), 1, Round::Up);
    let once = if over { Pence::ZERO } else { start_up + contingency };
    if !once.is_nothing() {
        trace.step(|| {
            let label = "Paid once, at the start";
            Line::new(Part::Result, "direct-payment.once", label, once, rules::SUFFICIENT)
                .worked(format!(
                    "{} to start with + {} for what cannot be foreseen",
                    start_up.in_words(),
                    contingency.in_words()
                ))
                .resting_on(Input::policy("contingency-weeks", terms.contingency_weeks.to_string()))
        });
    }
    Payment { gross, contribution, weekly, paid, schedule, next, once }
}

/// What is over in an account, and whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Surplus {
    /// What may stay: so many weeks' money, and what is set aside.
    pub may_stay: Pence,
    /// What goes back to the person: their own money, paid in above what they owed.
    pub to_person: Pence,
    /// What goes back to the council.
    pub to_council: Pence,
}

/// What is over: the person's own money goes back to the person first, whatever the balance.
pub(super) fn surplus<T: Trace>(
    request: &Request,
    terms: &Terms,
    trace: &mut T,
) -> Option<Surplus> {
    let account = request.account.as_ref()?;
    let set_aside: Pence = account.set_aside.iter().map(|sum| sum.amount).sum();
    let weeks = request.weekly.times(i64::from(terms.surplus_weeks), 1, Round::Up);
    let may_stay = weeks + set_aside;
    let to_person = account.overpaid.at_most(account.balance);
    let councils = account.balance - to_person;
    let to_council = (councils - may_stay).or_nothing();
    trace.step(|| {
        let label = "Your own money, overpaid: back to you (a sum)";
        Line::new(Part::Result, "direct-payment.surplus.person", label, to_person, rules::SURPLUS)
            .resting_on(Input::case("account.overpaid", account.overpaid))
    });
    trace.step(|| {
        let label = "Over what may stay: back to the council (a sum)";
        Line::new(Part::Result, "direct-payment.surplus.council", label, to_council, rules::SURPLUS)
            .worked(format!(
                "{} − {} ({} weeks) − {} set aside, not below nothing",
                councils.in_words(),
                weeks.in_words(),
                terms.surplus_weeks,
                set_aside.in_words()
            ))
            .resting_on(Input::policy("surplus-weeks", terms.surplus_weeks.to_string()))
    });
    Some(Surplus { may_stay, to_person, to_council })
}
