//! A budget case: what was answered, what the plan costs, and what the person pays.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::budget::table::Ras;
use crate::charging::Problem;
use crate::day::Day;
use crate::direct_payments::Request;
use crate::pence::Pence;
use crate::period::Every;

/// A case. Amounts are pounds and pence in quotes; a name that is not here is an error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Case {
    /// The day the budget is set for.
    pub as_of: Day,
    /// The version of the table, where it is not the one in force on that day: a past result keeps
    /// its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The answer to each question of the table, by their codes.
    pub answers: BTreeMap<String, String>,
    /// What a carer does, by area.
    #[serde(default)]
    pub informal_support: BTreeMap<String, Informal>,
    /// The plan, costed; none yet, and the budget is indicative.
    #[serde(default)]
    pub services: Vec<Service>,
    /// Why the plan costs more or less than the table's figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gap_reason: Option<String>,
    /// What the person pays a week, from the financial assessment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contribution: Option<Pence>,
    /// The days a budget for a period covers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// What is asked and known about a direct payment; what it pays and what the person pays are
    /// taken from the budget.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direct_payment: Option<Request>,
}

/// What a carer does in an area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Informal {
    /// How much, by the table's codes.
    pub level: String,
    /// Whether the carer has said that they are willing and able to go on; nobody has asked, if
    /// absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub willing: Option<bool>,
}

/// A part of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Service {
    /// What.
    pub what: String,
    /// What it costs the council.
    pub cost: Pence,
    /// How often.
    pub every: Every,
    /// Whether it is free intermediate care or reablement, which no budget holds.
    #[serde(default)]
    pub free_reablement: bool,
}

/// The days of a budget, the first and the last included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Period {
    /// The first day.
    pub from: Day,
    /// The last.
    pub until: Day,
    /// The times away, during which the weekly plan rests.
    #[serde(default)]
    pub respite: Vec<Respite>,
}

/// A time away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Respite {
    /// The first day.
    pub from: Day,
    /// The last.
    pub until: Day,
    /// What all of it costs the council.
    pub cost: Pence,
    /// What the person pays a week meanwhile, where it is not as usual.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contribution: Option<Pence>,
}

/// How many days lie between two, both included; none where they are the wrong way round.
pub(super) fn days_in(from: Day, until: Day) -> i64 {
    (i64::from(until.epoch_days()) - i64::from(from.epoch_days()) + 1).max(0)
}

/// The longest period a budget may cover, in days: three years.
const LONGEST: i64 = 1_096;
const MOST_LINES: usize = 1_000;

fn wrong(field: impl Into<String>, problem: impl Into<String>) -> Result<(), Problem> {
    Err(Problem { field: field.into(), problem: problem.into() })
}

impl Case {
    /// Whether the case makes sense with its table: every question answered by an answer it has,
    /// dates in order.
    pub fn check(&self, ras: &Ras) -> Result<(), Problem> {
        check_answers(&self.answers, ras)?;
        check_informal(&self.informal_support, ras)?;
        if self.services.len() > MOST_LINES {
            return wrong(
                "services",
                format!("has {} lines: at most {MOST_LINES}", self.services.len()),
            );
        }
        self.period.as_ref().map_or(Ok(()), Period::check)?;
        self.direct_payment.as_ref().map_or(Ok(()), |request| {
            request.check(self.as_of).map_err(|problem| Problem {
                field: format!("directPayment.{}", problem.field),
                ..problem
            })
        })
    }
}

/// Every question of a table is answered by one of its answers, and nothing else is.
pub(super) fn check_answers(answers: &BTreeMap<String, String>, ras: &Ras) -> Result<(), Problem> {
    if let Some(unknown) = answers.keys().find(|code| ras.question(code).is_none()) {
        let known = codes(ras.questions.iter().map(|question| &question.code));
        return wrong(
            format!("answers.{unknown}"),
            format!("is no question of table {}; it asks {known}", ras.version),
        );
    }
    for question in &ras.questions {
        let known = || codes(question.answer.iter().map(|answer| &answer.code));
        let field = || format!("answers.{}", question.code);
        match answers.get(&question.code) {
            None => return wrong(field(), format!("is missing; answer {}", known())),
            Some(code) if !question.answer.iter().any(|answer| answer.code == *code) => {
                return wrong(field(), format!("is ‘{code}’; answer {}", known()));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// What carers do is said of the table's areas, in its words.
pub(super) fn check_informal(
    informal: &BTreeMap<String, Informal>,
    ras: &Ras,
) -> Result<(), Problem> {
    for (area, informal) in informal {
        if !ras.areas.iter().any(|known| known.code == *area) {
            let known = codes(ras.areas.iter().map(|area| &area.code));
            return wrong(
                format!("informalSupport.{area}"),
                format!("is no area of table {}; it has {known}", ras.version),
            );
        }
        if !ras.support.iter().any(|known| known.code == informal.level) {
            let known = codes(ras.support.iter().map(|support| &support.code));
            return wrong(
                format!("informalSupport.{area}.level"),
                format!("is ‘{}’; table {} has {known}", informal.level, ras.version),
            );
        }
    }
    Ok(())
}

fn codes<'a>(codes: impl Iterator<Item = &'a String>) -> String {
    let codes: Vec<&str> = codes.map(String::as_str).collect();
    match codes.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => "nothing".to_owned(),
    }
}

impl Period {
    fn check(&self) -> Result<(), Problem> {
        if self.until < self.from {
            return wrong(
                "period.until",
                format!("is {}, before period.from, {}", self.until, self.from),
            );
        }
        let days = days_in(self.from, self.until);
        if days > LONGEST {
            return wrong("period", format!("has {days} days: at most {LONGEST}, three years"));
        }
        if self.respite.len() > MOST_LINES {
            return wrong(
                "period.respite",
                format!("has {} lines: at most {MOST_LINES}", self.respite.len()),
            );
        }
        for (at, away) in self.respite.iter().enumerate() {
            let field = format!("period.respite[{at}]");
            if away.until < away.from {
                return wrong(
                    format!("{field}.until"),
                    format!("is {}, before it begins, {}", away.until, away.from),
                );
            }
            if away.from < self.from || away.until > self.until {
                return wrong(field, "is not wholly inside the period");
            }
            let overlaps = |other: &Respite| other.from <= away.until && away.from <= other.until;
            if self.respite.iter().take(at).any(overlaps) {
                return wrong(field, "overlaps an earlier one");
            }
        }
        Ok(())
    }
}
