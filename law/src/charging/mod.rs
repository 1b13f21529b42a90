//! What a person pays towards their care: Care Act 2014 s14 to 17, and the Care and Support
//! (Charging and Assessment of Resources) Regulations 2014, SI 2014/2672.
//!
//! [`assess`] answers for one day. It is pure: the case, the law's figures for the day and the
//! place's choices go in, and what comes out is the charge, what it rests on, the questions it
//! leaves open and, with a recording trace, every step. Amounts are a week's.
//!
//! A charge is a power, never a duty (s14), and the regulations say what must be left to the person;
//! [`Outcome::left`] is that promise, which the tests hold to for every case they can think of.

mod allowance;
mod answer;
mod asks;
mod capital;
mod case;
mod charge;
pub mod columns;
mod compared;
mod expenses;
mod income;
mod kinds;
pub mod last;
mod over_time;
pub mod policy;
mod property;
mod regime;
mod rules;
mod savings_credit;
mod services;
mod sitting;
mod uprate;

pub use answer::{Answer, AtLast, Law, NoAnswer, RestsOn, Worked, WouldChange};
pub use asks::{Ask, Asked, Asks};
pub use case::{
    Capital, Case, Discretion, EarlierStay, Expense, Fnc, Household, Housing, Income, LightTouch,
    LightTouchGround, MOST_LINES, OccupiedBy, Payer, Person, Premiums, Problem, Service, Setting,
    Stay, TopUp,
};
pub use charge::{Basis, Outcome};
pub use compared::Compared;
pub use kinds::{
    BenefitLevel, CapitalKind, CapitalTreat, Free, HousingHelp, HousingKind, IncomeKind,
    IncomeTreat, Kind, Premium, Rises, Row, ServiceKind, UnknownKind,
};
pub use over_time::{Stretch, Week, Why, assess_over_time, by_the_day};
pub use regime::Regime;
pub use uprate::{Done, Moved, Uprated, uprate};

use crate::rates::Rates;
use crate::working::Trace;

use policy::Policy;
use sitting::Sitting;

/// Works out what a person pays a week, on the day of the case.
///
/// The case must have passed [`Case::check`]; `rates` must be those in force on its day, and
/// `policy` the place's choices of that day with the case's own laid over them.
pub fn assess<T: Trace>(case: &Case, rates: &Rates, policy: &Policy, trace: &mut T) -> Outcome {
    Sitting::new(case, rates, policy, trace).charge()
}

#[cfg(test)]
mod tests;
