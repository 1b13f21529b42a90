//! Whether a direct payment is to be made, and all that follows from the request.

use serde::Serialize;

use crate::charging::Asked;
use crate::day::Day;
use crate::direct_payments::asks;
use crate::direct_payments::payment::{Payment, Surplus, Terms, pay, surplus};
use crate::direct_payments::request::{Relationship, Relative, Request};
use crate::direct_payments::rules;
use crate::direct_payments::stays::{CareHomeWeeks, count};
use crate::pence::Pence;
use crate::working::{Input, Line, Part, Rule, Trace};

/// Whether a condition is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Met {
    /// It is.
    Yes,
    /// It is not.
    No,
    /// Nobody has said.
    NotKnown,
}

/// A condition of the law, and whether it is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Condition {
    /// Its code.
    pub code: &'static str,
    /// Whether it is met.
    pub met: Met,
    /// The rule.
    pub rule: Rule,
}

/// What the conditions come to. None of it refuses care: where no payment is made, the council
/// arranges the care itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Every condition is met: the council must make it.
    MustBeMade,
    /// Something is not known yet.
    ToBeDecided,
    /// A condition is not met; the reason is recorded and told.
    ConditionNotMet,
    /// Schedule 1 rules it out for now.
    Excluded,
    /// Nobody has asked for one.
    NotRequested,
}

/// Whether someone near to the adult may be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MayBePaid {
    /// They may: the regulation does not name them, or they live elsewhere.
    Yes,
    /// They may, as the council considers it necessary.
    Necessary,
    /// Not unless the council considers it necessary.
    OnlyIfNecessary,
}

/// When the payment is reviewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReviewDue {
    /// The last day on which the next review is in time.
    pub by: Day,
    /// Whether that day has passed.
    pub overdue: bool,
    /// Whether something has happened since the last that calls for one now.
    pub called_for: bool,
}

/// What comes of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// What the conditions come to.
    pub standing: Standing,
    /// Each condition.
    pub conditions: Vec<Condition>,
    /// For each relative, in order, whether they may be paid.
    pub relatives: Vec<MayBePaid>,
    /// The four weeks in a care home.
    pub care_home: CareHomeWeeks,
    /// How much is paid.
    pub payment: Payment,
    /// When it is reviewed, once it has started.
    pub review: Option<ReviewDue>,
    /// What is over in the account, where it was looked at.
    pub surplus: Option<Surplus>,
    /// What is left to ask.
    pub asks: Vec<Asked>,
}

fn met(known: Option<bool>) -> Met {
    match known {
        Some(true) => Met::Yes,
        Some(false) => Met::No,
        None => Met::NotKnown,
    }
}

/// Considers a request on a day. It must have passed [`Request::check`].
pub fn consider<T: Trace>(request: &Request, as_of: Day, terms: &Terms, trace: &mut T) -> Outcome {
    let mut asks = Vec::new();
    let conditions = conditions(request, &mut asks);
    let standing = standing(request, &conditions, &mut asks);
    let relatives = relatives(request, &mut asks, trace);
    let care_home = care_home(request, &mut asks, trace);
    let payment = pay(request, request.started.map_or(as_of, |day| day.max(as_of)), terms, trace);
    if payment.contribution > payment.gross {
        asks.push(asks::CONTRIBUTION_OVER);
    } else {
        asks.push(asks::SUFFICIENT);
    }
    let review = review(request, as_of, terms, &mut asks, trace);
    let surplus = surplus(request, terms, trace);
    if surplus.is_some_and(|surplus| !surplus.to_council.is_nothing()) {
        asks.push(asks::SURPLUS);
    }
    asks.dedup();
    Outcome { standing, conditions, relatives, care_home, payment, review, surplus, asks }
}

fn conditions(request: &Request, asks: &mut Vec<Asked>) -> Vec<Condition> {
    let mut all = Vec::with_capacity(8);
    let mut look = |code, known: Option<bool>, rule, ask: Asked| {
        let met = met(known);
        if met == Met::NotKnown {
            asks.push(ask);
        }
        all.push(Condition { code, met, rule });
    };
    look("requested", Some(request.requested_on.is_some()), rules::REQUEST, asks::REQUESTED);
    let lawful = request.excluded.is_none();
    look("not-excluded", Some(lawful), rules::SCHEDULE_1, asks::EXCLUDED);
    match request.capacity {
        None => look("capacity", None, rules::REQUEST, asks::CAPACITY),
        Some(true) => {
            if let Some(nominee) = &request.nominee {
                look("nominee-agrees", nominee.agrees, rules::NOMINEE, asks::NOMINEE);
            }
        }
        Some(false) => match &request.authorised {
            None => look("authorised-person", None, rules::AUTHORISED, asks::AUTHORISED),
            Some(person) => {
                if !person.attorney_or_deputy {
                    if person.attorney_agrees == Some(false) {
                        look("attorney-agrees", Some(false), rules::AUTHORISED, asks::ATTORNEY);
                    }
                    look("suitable", person.suitable, rules::AUTHORISED, asks::SUITABLE);
                }
                look(
                    "best-interests",
                    person.best_interests,
                    rules::BEST_INTERESTS,
                    asks::BEST_INTERESTS,
                );
                if request.objects {
                    look("no-objection", None, rules::OBJECTS, asks::OBJECTS);
                }
            }
        },
    }
    look("can-manage", request.can_manage, rules::MANAGE, asks::CAN_MANAGE);
    look("appropriate", request.appropriate, rules::APPROPRIATE, asks::APPROPRIATE);
    if let Some(person) = request.authorised.as_ref().filter(|_| request.capacity == Some(false)) {
        if !person.attorney_or_deputy && person.attorney_agrees.is_none() {
            asks.push(asks::ATTORNEY);
        }
        if !person.family_or_friend && !person.check_considered {
            asks.push(asks::CHECK);
        }
    }
    all
}

fn standing(request: &Request, conditions: &[Condition], asks: &mut Vec<Asked>) -> Standing {
    if request.requested_on.is_none() {
        asks.push(asks::REQUESTED);
        return Standing::NotRequested;
    }
    if request.excluded.is_some() {
        asks.push(asks::EXCLUDED);
        return Standing::Excluded;
    }
    if conditions.iter().any(|condition| condition.met == Met::No) {
        if request.reason.as_ref().is_none_or(|reason| reason.trim().is_empty()) {
            asks.push(asks::REASON);
        }
        return Standing::ConditionNotMet;
    }
    if conditions.iter().any(|condition| condition.met == Met::NotKnown) {
        return Standing::ToBeDecided;
    }
    Standing::MustBeMade
}

/// For each relative, whether they may be paid.
fn relatives<T: Trace>(request: &Request, asks: &mut Vec<Asked>, trace: &mut T) -> Vec<MayBePaid> {
    let mut found = Vec::with_capacity(request.relatives.len());
    for (at, relative) in request.relatives.iter().enumerate() {
        let may = may_be_paid(relative, asks);
        found.push(may);
        trace.step(|| {
            let (label, rule) = match may {
                MayBePaid::Yes => ("May be paid", rules::FAMILY_ELSEWHERE),
                MayBePaid::Necessary => ("May be paid, as it is necessary", rules::FAMILY),
                MayBePaid::OnlyIfNecessary => {
                    ("May be paid only if it is necessary", rules::FAMILY)
                }
            };
            let code = format!("direct-payment.relatives[{at}]");
            let reason = relative.reason.clone().unwrap_or_default();
            Line::new(Part::Services, code, label, Pence::ZERO, rule).worked(reason).resting_on(
                Input::case(
                    format!("relatives[{at}].sameHousehold"),
                    relative.same_household.to_string(),
                ),
            )
        });
    }
    found
}

/// A partner wherever they live, and the named relatives where they share the household.
fn may_be_paid(relative: &Relative, asks: &mut Vec<Asked>) -> MayBePaid {
    let named = match relative.relationship {
        Relationship::Partner => true,
        Relationship::Other => false,
        _ => relative.same_household,
    };
    if !named {
        return MayBePaid::Yes;
    }
    let reasoned = relative.reason.as_ref().is_some_and(|reason| !reason.trim().is_empty());
    if relative.necessary.is_none() || !reasoned {
        asks.push(asks::NECESSARY);
    }
    if relative.necessary == Some(true) && reasoned {
        MayBePaid::Necessary
    } else {
        MayBePaid::OnlyIfNecessary
    }
}

fn care_home<T: Trace>(request: &Request, asks: &mut Vec<Asked>, trace: &mut T) -> CareHomeWeeks {
    let care_home = count(&request.stays);
    if care_home.over_from.is_some() {
        asks.push(asks::CARE_HOME);
    }
    if !request.stays.is_empty() {
        trace.step(|| {
            let label = "Nights in a care home that add up, of 28";
            let formula = match care_home.over_from {
                Some(day) => format!(
                    "{} nights; from {} the council arranges the stay",
                    care_home.nights,
                    day.in_words()
                ),
                None => format!("{} nights", care_home.nights),
            };
            let code = "direct-payment.care-home";
            Line::new(Part::Services, code, label, Pence::ZERO, rules::CARE_HOME)
                .worked(formula)
                .resting_on(Input::case("stays", request.stays.len().to_string()))
        });
    }
    care_home
}

/// Once in the first six months, then at most twelve months apart. A review on the day six months
/// after the first payment is in time, and one the day after is not.
fn review<T: Trace>(
    request: &Request,
    as_of: Day,
    terms: &Terms,
    asks: &mut Vec<Asked>,
    trace: &mut T,
) -> Option<ReviewDue> {
    let started = request.started?;
    let last = request.reviewed.iter().max().copied();
    let by = match last {
        Some(last) => last.plus_months(12),
        None => {
            let six_months = started.plus_months(6);
            terms
                .first_review_weeks
                .map_or(six_months, |weeks| started.plus_days(i32::from(weeks) * 7).min(six_months))
        }
    };
    let overdue = as_of > by;
    let called_for =
        request.events.iter().any(|event| last.is_none_or(|reviewed| event.on > reviewed));
    if overdue {
        asks.push(asks::REVIEW_OVERDUE);
    }
    if called_for {
        asks.push(asks::REVIEW_EVENT);
    }
    trace.step(|| {
        let code = "direct-payment.review";
        let label = format!("The next review is in time until {}", by.in_words());
        let line = Line::new(Part::Result, code, label, Pence::ZERO, rules::REVIEW);
        match last {
            Some(last) => line.worked(format!("twelve months from {}", last.in_words())),
            None => line.worked(format!("the first, from {}", started.in_words())),
        }
        .resting_on(Input::case("started", started))
    });
    Some(ReviewDue { by, overdue, called_for })
}
