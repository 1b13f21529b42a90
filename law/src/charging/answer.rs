//! The answer to a case, whole: what people, pages and other programs are given.

use std::borrow::Cow;
use std::ops::Deref;

use serde::Serialize;

use crate::charging::asks::Asked;
use crate::charging::case::{Case, Expense, Income, Problem};
use crate::charging::charge::Outcome;
use crate::charging::kinds::IncomeKind;
use crate::charging::last::Last;
use crate::charging::policy::{Policy, PolicyBook};
use crate::day::Day;
use crate::fraction::Share;
use crate::pence::{Pence, Round};
use crate::period::Every;
use crate::rates::{Figure, NoRates, RateBook, Rates};
use crate::working::{Line, Recorder, Silent, Status};

/// What came of a case, with its working. Amounts are a week's, unless said otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// The day it is of.
    pub as_of: Day,
    /// What it comes to; an answer is read as its outcome.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// The working.
    pub lines: Vec<Line>,
    /// The figures it rests on.
    pub rests_on: Vec<RestsOn>,
    /// The questions it leaves open.
    pub asks: Vec<Asked>,
    /// What would change the charge.
    pub changes: Vec<WouldChange>,
}

/// A figure of the law that an answer rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RestsOn {
    /// Which.
    pub code: &'static str,
    /// How much.
    pub amount: Pence,
    /// From when it is in force.
    pub from: Day,
    /// Where it was read.
    pub source: String,
    /// How far it can be relied on.
    pub status: Status,
}

impl From<&Figure> for RestsOn {
    fn from(figure: &Figure) -> Self {
        Self {
            code: figure.code.code(),
            amount: figure.amount,
            from: figure.from,
            source: figure.source.clone(),
            status: figure.status,
        }
    }
}

/// What the charge would be if something were different.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WouldChange {
    /// If this were so, in plain English.
    pub when: String,
    /// The charge would be this.
    pub charge: Pence,
}

/// Why a case has no answer, in one sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    /// Something in the case.
    #[error(transparent)]
    Problem(#[from] Problem),
    /// No figures for its day.
    #[error("asOf: {0}")]
    NoRates(#[from] NoRates),
}

/// The law's figures and a place's choices, through time.
#[derive(Debug, Clone)]
pub struct Law {
    /// The figures.
    pub rates: RateBook,
    /// The choices.
    pub policy: PolicyBook,
}

impl Law {
    /// The figures and choices in force for a case, with its own choices laid over.
    pub fn on(&self, case: &Case) -> Result<(&Rates, Cow<'_, Policy>), NoAnswer> {
        self.of(case, case.as_of, case.as_of)
    }

    /// The figures of one day and the choices of another, for a case that is as it is.
    fn of(
        &self,
        case: &Case,
        rates_on: Day,
        policy_on: Day,
    ) -> Result<(&Rates, Cow<'_, Policy>), NoAnswer> {
        case.check()?;
        let rates = self.rates.on(rates_on)?;
        let policy = self.policy.on(policy_on);
        let policy = match &case.policy {
            Some(own) => Cow::Owned(policy.clone().with(own)),
            None => Cow::Borrowed(policy),
        };
        Ok((rates, policy))
    }

    /// What comes of a case, with nothing kept of the way there.
    pub fn outcome(&self, case: &Case) -> Result<Outcome, NoAnswer> {
        let (rates, policy) = self.on(case)?;
        Ok(super::assess(case, rates, &policy, &mut Silent))
    }

    /// What would come of a case under the figures of one day and the choices of another. The person
    /// stays as they are on the day of the case: their age, and the clocks of their stay.
    pub fn outcome_under(
        &self,
        case: &Case,
        rates_on: Day,
        policy_on: Day,
    ) -> Result<Outcome, NoAnswer> {
        let (rates, policy) = self.of(case, rates_on, policy_on)?;
        Ok(super::assess(case, rates, &policy, &mut Silent))
    }

    /// A case at the last stage, under the figures of one day and the choices of another, whatever
    /// the place chooses about that stage.
    pub fn at_last(
        &self,
        case: &Case,
        rates_on: Day,
        policy_on: Day,
    ) -> Result<AtLast<'_>, NoAnswer> {
        let (rates, policy) = self.of(case, rates_on, policy_on)?;
        // Whoever is above the limit of capital is taken to have no income of it. So nobody is here:
        // the limit is part of the last stage, which says what they pay.
        let mut open = policy.into_owned();
        open.upper_capital_limit_home = Pence::new(i64::MAX);
        let outcome = super::assess(case, rates, &open, &mut Silent);
        let in_care_home = outcome.regime.in_care_home();
        Ok(AtLast { last: outcome.last, in_care_home, rates, policy: self.policy.on(policy_on) })
    }

    /// What comes of a case, with its working.
    pub fn worked(&self, case: &Case) -> Result<Worked<'_>, NoAnswer> {
        let (rates, policy) = self.on(case)?;
        Ok(Worked::out(case, rates, &policy))
    }

    /// What comes of a case, with its working and all that is told besides.
    pub fn answer(&self, case: &Case) -> Result<Answer, NoAnswer> {
        let (rates, policy) = self.on(case)?;
        let Worked { outcome, lines, .. } = Worked::out(case, rates, &policy);
        let changes = what_would_change(case, rates, &policy, &outcome);
        Ok(Answer::of(case.as_of, outcome, lines, rates, changes))
    }
}

/// A case at the last stage, and what it rests on there.
#[derive(Debug, Clone, Copy)]
pub struct AtLast<'a> {
    /// What the person brings.
    pub last: Last,
    /// Whether they are in a care home for the purpose of the rules, where a place has no choice.
    pub in_care_home: bool,
    /// The figures.
    pub rates: &'a Rates,
    /// The place's choices, without the case's own.
    pub policy: &'a Policy,
}

/// An outcome with its working: what is kept of a decision.
#[derive(Debug, Clone)]
pub struct Worked<'a> {
    /// What it comes to.
    pub outcome: Outcome,
    /// The working, in the order in which a person reads.
    pub lines: Vec<Line>,
    rates: &'a Rates,
}

impl<'a> Worked<'a> {
    fn out(case: &Case, rates: &'a Rates, policy: &Policy) -> Self {
        let mut recorder = Recorder::default();
        let outcome = super::assess(case, rates, policy, &mut recorder);
        let mut lines = recorder.lines;
        // Not in the order in which it is worked out.
        lines.sort_by_key(|line| line.part);
        Self { outcome, lines, rates }
    }

    /// The figures it rests on that nobody could check.
    pub fn unverified(&self) -> impl Iterator<Item = &'a Figure> {
        let rates = self.rates;
        let figures = self.outcome.rests_on.iter().map(|code| rates.figure(code));
        figures.filter(|figure| figure.status == Status::Unverified)
    }
}

impl Deref for Answer {
    type Target = Outcome;

    fn deref(&self) -> &Outcome {
        &self.outcome
    }
}

impl Answer {
    fn of(
        as_of: Day,
        outcome: Outcome,
        lines: Vec<Line>,
        rates: &Rates,
        changes: Vec<WouldChange>,
    ) -> Self {
        let figures = outcome.rests_on.iter().map(|code| rates.figure(code));
        let rests_on = figures.map(RestsOn::from).collect();
        let asks = outcome.asks.iter().map(Asked::from).collect();
        Self { as_of, outcome, lines, rests_on, asks, changes }
    }

    /// The figures that nobody could check.
    pub fn unverified(&self) -> impl Iterator<Item = &RestsOn> {
        self.rests_on.iter().filter(|figure| figure.status == Status::Unverified)
    }
}

/// The charge under small changes of what was said: those that make a difference.
fn what_would_change(
    case: &Case,
    rates: &Rates,
    policy: &Policy,
    outcome: &Outcome,
) -> Vec<WouldChange> {
    let mut changes = Vec::new();
    let mut look = |when: &str, other: &Case| {
        let charge = super::assess(other, rates, policy, &mut Silent).charge;
        if charge != outcome.charge {
            changes.push(WouldChange { when: when.to_owned(), charge });
        }
    };
    look("your income were £10 a week more", &with_income(case, Pence::pounds(10)));
    look("your disability cost you £10 a week more", &with_expense(case, Pence::pounds(10)));
    if let Some(other) = with_less_saved(case, Pence::pounds(1_000)) {
        look("you had £1,000 less in savings", &other);
    }
    if let Some(other) = with_dearer_care(case, Pence::pounds(50)) {
        look("your care cost £50 a week more", &other);
    }
    changes
}

fn with_income(case: &Case, amount: Pence) -> Case {
    let mut other = case.clone();
    if let Ok(kind) = IncomeKind::named("state-pension") {
        let (every, share) = (Every::Week, Share::WHOLE);
        let income = Income { kind, amount, every, tax: Pence::ZERO, share, supplied_by: None };
        other.income.push(income);
    }
    other
}

fn with_expense(case: &Case, amount: Pence) -> Case {
    let mut other = case.clone();
    other.dre.push(Expense {
        what: "more".to_owned(),
        amount,
        every: Every::Week,
        allowed: true,
        reason: None,
        supplied_by: None,
    });
    other
}

/// The largest sum of money that counts, made smaller.
fn with_less_saved(case: &Case, by: Pence) -> Option<Case> {
    let mut other = case.clone();
    let money = other.capital.iter_mut().filter(|item| !item.kind.sale && item.value > by);
    let largest = money.max_by_key(|item| item.value)?;
    largest.value -= by;
    Some(other)
}

fn with_dearer_care(case: &Case, by: Pence) -> Option<Case> {
    let mut other = case.clone();
    let service = other.services.iter_mut().find(|service| service.kind.free.is_none())?;
    service.cost = service.every.weekly(service.cost, Round::Down) + by;
    service.every = Every::Week;
    Some(other)
}
