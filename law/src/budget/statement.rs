//! The personal budget: what it costs, what the person pays, what the council pays (s26).

use serde::Serialize;

use crate::budget::allocate::{Allocation, allocate};
use crate::budget::case::{Case, Period, days_in};
use crate::budget::rules;
use crate::budget::table::Ras;
use crate::charging::Asked;
use crate::direct_payments::{self, Terms};
use crate::pence::{Pence, Round};
use crate::working::{Input, Line, Part, Trace};

/// Whether a budget is rough or agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Before the plan is costed: the table's figure.
    Indicative,
    /// What the plan costs.
    Final,
}

/// A budget over the days it covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PeriodBudget {
    /// How many days it covers.
    pub days: i64,
    /// On how many of them the weekly plan runs.
    pub usual_days: i64,
    /// On how many the person is away in respite.
    pub respite_days: i64,
    /// What the weekly plan costs over its days.
    pub usual: Pence,
    /// What the respite costs.
    pub respite: Pence,
    /// The two together.
    pub budget: Pence,
    /// What the person pays of it.
    pub person_pays: Pence,
    /// What the council pays of it.
    pub council_pays: Pence,
}

/// The statement. Amounts are a week's, unless said otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Statement {
    /// What the table gives.
    pub allocation: Allocation,
    /// Whether the table is made up.
    pub invented: bool,
    /// Whether the budget is rough or agreed.
    pub stage: Stage,
    /// The table's figure.
    pub indicative: Pence,
    /// What the plan costs, once it is costed.
    #[serde(rename = "final")]
    pub agreed: Option<Pence>,
    /// By how much the plan costs more than the table's figure; negative where it costs less.
    pub gap: Option<Pence>,
    /// Why.
    pub gap_reason: Option<String>,
    /// The budget: what the plan costs, or until then the table's figure.
    pub budget: Pence,
    /// What the person pays.
    pub person_pays: Pence,
    /// What the council pays.
    pub council_pays: Pence,
    /// Over the days it covers.
    pub period: Option<PeriodBudget>,
    /// What comes of the direct payment.
    pub direct_payment: Option<direct_payments::Outcome>,
    /// What is left to ask.
    pub asks: Vec<Asked>,
}

const fn ask(code: &'static str, must_answer: bool, question: &'static str) -> Asked {
    Asked { code, question, must_answer }
}

const CARER_WILLING: Asked = ask(
    "carer-willing",
    false,
    "Has the carer said that they are willing and able to go on? Until they have, nothing is taken off for what they do.",
);
const GAP_REASON: Asked = ask(
    "gap-reason",
    true,
    "The plan does not cost what the table gives. Why? The person is told the reason.",
);
const CONTRIBUTION: Asked = ask(
    "contribution",
    true,
    "What does the person pay? The statement must say it; the financial assessment gives it.",
);
const PLAN: Asked = ask(
    "plan",
    false,
    "This is a first figure. Is it enough to meet the needs? The budget is what the agreed plan really costs.",
);
const DIRECT_PAYMENT: Asked = ask(
    "direct-payment-offered",
    true,
    "Has the person been told that they may have some or all of the budget as a direct payment?",
);
const INVENTED: Asked = ask(
    "invented-table",
    true,
    "This table is made up, to show how it works. Put the council’s own in its place before anyone relies on it.",
);

/// Works out the statement. The case must have passed [`Case::check`] with this table.
pub fn state<T: Trace>(case: &Case, ras: &Ras, terms: &Terms, trace: &mut T) -> Statement {
    let mut asks = Vec::new();
    let allocation = allocate(ras, &case.answers, &case.informal_support, trace);
    if case.informal_support.values().any(|informal| informal.willing.is_none()) {
        asks.push(CARER_WILLING);
    }
    if ras.invented {
        asks.push(INVENTED);
    }
    let indicative = allocation.weekly;
    let agreed = (!case.services.is_empty()).then(|| plan_cost(case, trace));
    let gap = agreed.map(|agreed| agreed - indicative);
    let reason = case.gap_reason.as_ref().filter(|reason| !reason.trim().is_empty()).cloned();
    if gap.is_some_and(|gap| !gap.is_nothing()) && reason.is_none() {
        asks.push(GAP_REASON);
    }
    if agreed.is_none() {
        asks.push(PLAN);
    }
    let budget = agreed.unwrap_or(indicative);
    trace
        .step(|| Line::new(Part::Result, "budget.cost", "The budget, a week", budget, rules::COST));
    if case.contribution.is_none() {
        asks.push(CONTRIBUTION);
    }
    let contribution = case.contribution.unwrap_or_default();
    let person_pays = contribution.at_most(budget);
    let council_pays = budget - person_pays;
    trace.step(|| {
        Line::new(Part::Result, "budget.person", "What you pay, a week", person_pays, rules::PERSON)
            .worked(format!("{}, no more than {}", contribution.in_words(), budget.in_words()))
            .resting_on(Input::case("contribution", contribution))
    });
    trace.step(|| {
        let label = "What the council pays, a week";
        Line::new(Part::Result, "budget.council", label, council_pays, rules::COUNCIL)
            .worked(format!("{} − {}", budget.in_words(), person_pays.in_words()))
    });
    let period = case.period.as_ref().map(|period| over(period, budget, contribution, trace));
    let direct_payment = case.direct_payment.as_ref().map(|request| {
        let request = request.with_money(budget, person_pays);
        direct_payments::consider(&request, case.as_of, terms, trace)
    });
    if direct_payment.is_none() {
        asks.push(DIRECT_PAYMENT);
    }
    Statement {
        invented: ras.invented,
        stage: if agreed.is_some() { Stage::Final } else { Stage::Indicative },
        allocation,
        indicative,
        agreed,
        gap,
        gap_reason: reason,
        budget,
        person_pays,
        council_pays,
        period,
        direct_payment,
        asks,
    }
}

/// What the plan costs a week, free reablement left out.
fn plan_cost<T: Trace>(case: &Case, trace: &mut T) -> Pence {
    let mut sum = Pence::ZERO;
    for (at, service) in case.services.iter().enumerate() {
        let weekly = service.every.weekly(service.cost, Round::Up);
        let (amount, rule) = if service.free_reablement {
            (Pence::ZERO, rules::EXCLUDED)
        } else {
            (weekly, rules::COST)
        };
        sum += amount;
        trace.step(|| {
            let formula = if service.free_reablement {
                format!("{}, free and not part of the budget", weekly.in_words())
            } else {
                format!("{} {}", service.cost.in_words(), service.every.in_words())
            };
            let code = format!("budget.services[{at}]");
            Line::new(Part::Services, code, service.what.clone(), amount, rule)
                .worked(formula)
                .resting_on(Input::case(format!("services[{at}].cost"), service.cost))
        });
    }
    sum
}

/// A budget for a period: its days are counted, never fifty-two weeks taken for a year.
fn over<T: Trace>(
    period: &Period,
    weekly: Pence,
    contribution: Pence,
    trace: &mut T,
) -> PeriodBudget {
    let days = days_in(period.from, period.until);
    let respite_days: i64 = period.respite.iter().map(|away| days_in(away.from, away.until)).sum();
    let usual_days = days - respite_days;
    let usual = weekly.times(usual_days, 7, Round::Up);
    let respite = period.respite.iter().map(|away| away.cost).sum();
    let mut person_pays = contribution.times(usual_days, 7, Round::Down).at_most(usual);
    for away in &period.respite {
        let asked = away.contribution.unwrap_or(contribution);
        let asked = asked.times(days_in(away.from, away.until), 7, Round::Down);
        person_pays += asked.at_most(away.cost);
    }
    let budget = usual + respite;
    trace.step(|| {
        let label = "The weekly plan over its days";
        Line::new(Part::Result, "budget.period.usual", label, usual, rules::PERIOD)
            .worked(format!("{} × {usual_days} days ÷ 7", weekly.in_words()))
    });
    if respite_days > 0 {
        trace.step(|| {
            let label = format!("Respite, {respite_days} days, budgeted apart");
            Line::new(Part::Result, "budget.period.respite", label, respite, rules::PERIOD)
        });
    }
    trace.step(|| {
        let label =
            format!("The budget from {} to {}", period.from.in_words(), period.until.in_words());
        Line::new(Part::Result, "budget.period", label, budget, rules::PERIOD).worked(format!(
            "{} + {}",
            usual.in_words(),
            respite.in_words()
        ))
    });
    trace.step(|| {
        let label = "What you pay of it";
        Line::new(Part::Result, "budget.period.person", label, person_pays, rules::PERSON)
            .worked("each day’s part, no more than the care of those days costs")
    });
    trace.step(|| {
        let (label, rest) = ("What the council pays of it", budget - person_pays);
        Line::new(Part::Result, "budget.period.council", label, rest, rules::COUNCIL)
            .worked(format!("{} − {}", budget.in_words(), person_pays.in_words()))
    });
    PeriodBudget {
        days,
        usual_days,
        respite_days,
        usual,
        respite,
        budget,
        person_pays,
        council_pays: budget - person_pays,
    }
}
