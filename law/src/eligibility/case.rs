//! A case: what an assessor found, and what they judged.

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::eligibility::codes::{AdultOutcome, AdultWay, Area, CarerOutcome, CarerWay, Who};
use crate::problem::{Problem, says};

/// What was found of one person. It is read from and written as one flat table, with `who` in it;
/// what it holds can only be what the regulations know of that person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub enum Case {
    /// An adult who may have needs for care and support.
    Adult(AdultCase),
    /// A carer who may have needs for support.
    Carer(CarerCase),
}

/// What was found of an adult.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdultCase {
    /// The day of the determination.
    pub as_of: Day,
    /// Whether the needs arise from, or are related to, an impairment or illness.
    pub cause: Option<Found>,
    /// What was looked at, each outcome at most once.
    pub needs: Vec<AdultNeed>,
    /// The judgement of the impact on wellbeing.
    pub wellbeing: Option<Judgement>,
}

/// What was found of a carer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarerCase {
    /// The day of the determination.
    pub as_of: Day,
    /// Whether they provide necessary care for an adult.
    pub necessary_care: Option<Found>,
    /// Whether their health is deteriorating, or at risk of it.
    pub health_at_risk: Option<Found>,
    /// What was looked at, each outcome at most once.
    pub needs: Vec<Need<CarerOutcome, CarerWay>>,
    /// The judgement of the impact on wellbeing.
    pub wellbeing: Option<Judgement>,
}

/// Something that was found to be so, or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Found {
    /// Whether it is so.
    pub found: bool,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who found it; the case, if nobody is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// An outcome that was looked at, as if no carer helped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need<O, W> {
    /// Which.
    pub outcome: O,
    /// In which ways the person is unable to achieve it; in none, if able.
    pub unable: Vec<W>,
    /// Why.
    pub reason: Option<String>,
    /// Whether it fluctuates.
    pub fluctuates: bool,
    /// Over what period it was looked at.
    pub period: Option<String>,
    /// Who found it; the case, if nobody is named.
    pub by: Option<String>,
}

/// An adult’s outcome, and whether a carer helps with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdultNeed {
    /// The outcome, judged as if no carer helped.
    pub need: Need<AdultOutcome, AdultWay>,
    /// Whether a carer is willing and able to meet it.
    pub carer_meets: bool,
}

/// A professional judgement whether the impact on wellbeing is, or is likely to be, significant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Judgement {
    /// Whether it is significant.
    pub significant: bool,
    /// The areas of wellbeing it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<Area>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

impl Judgement {
    /// Whether it was made: a judgement without reasons, or of an impact on nothing, was not.
    pub fn is_made(&self) -> bool {
        says(self.reason.as_ref()) && (!self.significant || !self.areas.is_empty())
    }
}

/// A case as it is written down.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Written {
    as_of: Day,
    who: Who,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cause: Option<Found>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    necessary_care: Option<Found>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    health_at_risk: Option<Found>,
    #[serde(default)]
    outcomes: Vec<WrittenNeed>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    wellbeing: Option<Judgement>,
}

/// Codes are read when it is known whose they are.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct WrittenNeed {
    outcome: String,
    unable: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    carer_meets: Option<bool>,
    #[serde(default)]
    fluctuates: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    period: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<String>,
}

impl TryFrom<Written> for Case {
    type Error = Problem;

    fn try_from(written: Written) -> Result<Self, Problem> {
        match written.who {
            Who::Adult => written.adult().map(Self::Adult),
            Who::Carer => written.carer().map(Self::Carer),
        }
    }
}

impl Written {
    fn adult(self) -> Result<AdultCase, Problem> {
        absent("necessaryCare", self.necessary_care.is_some(), Who::Carer)?;
        absent("healthAtRisk", self.health_at_risk.is_some(), Who::Carer)?;
        let mut needs: Vec<AdultNeed> = Vec::new();
        for (at, written) in self.outcomes.into_iter().enumerate() {
            let carer_meets = written.carer_meets.unwrap_or(false);
            let need = written.need(at, &ADULTS)?;
            once(at, need.outcome.code(), needs.iter().map(|other| other.need.outcome.code()))?;
            needs.push(AdultNeed { need, carer_meets });
        }
        let Self { as_of, cause, wellbeing, .. } = self;
        Ok(AdultCase { as_of, cause, needs, wellbeing })
    }

    fn carer(self) -> Result<CarerCase, Problem> {
        absent("cause", self.cause.is_some(), Who::Adult)?;
        let mut needs: Vec<Need<CarerOutcome, CarerWay>> = Vec::new();
        for (at, written) in self.outcomes.into_iter().enumerate() {
            let field = format!("outcomes[{at}].carerMeets");
            absent(&field, written.carer_meets.is_some(), Who::Adult)?;
            let need = written.need(at, &CARERS)?;
            once(at, need.outcome.code(), needs.iter().map(|other| other.outcome.code()))?;
            needs.push(need);
        }
        let Self { as_of, necessary_care, health_at_risk, wellbeing, .. } = self;
        Ok(CarerCase { as_of, necessary_care, health_at_risk, needs, wellbeing })
    }
}

/// How the codes of one kind of person are read.
struct Codes<O, W> {
    whose: &'static str,
    outcome: fn(&str) -> Option<O>,
    outcomes: &'static [&'static str],
    way: fn(&str) -> Option<W>,
    ways: &'static [&'static str],
}

const ADULTS: Codes<AdultOutcome, AdultWay> = Codes {
    whose: "an adult",
    outcome: AdultOutcome::named,
    outcomes: AdultOutcome::CODES,
    way: AdultWay::named,
    ways: AdultWay::CODES,
};

const CARERS: Codes<CarerOutcome, CarerWay> = Codes {
    whose: "a carer",
    outcome: CarerOutcome::named,
    outcomes: CarerOutcome::CODES,
    way: CarerWay::named,
    ways: CarerWay::CODES,
};

impl WrittenNeed {
    fn need<O, W: PartialEq>(self, at: usize, codes: &Codes<O, W>) -> Result<Need<O, W>, Problem> {
        let whose = codes.whose;
        let outcome = (codes.outcome)(&self.outcome).ok_or_else(|| {
            let allowed = codes.outcomes.join(", ");
            let why = format!("‘{}’ is no outcome of {whose}; there is: {allowed}", self.outcome);
            Problem::new(format!("outcomes[{at}].outcome"), why)
        })?;
        let mut unable = Vec::with_capacity(self.unable.len().min(codes.ways.len()));
        for (nth, code) in self.unable.iter().enumerate() {
            let way = (codes.way)(code).ok_or_else(|| {
                let allowed = codes.ways.join(", ");
                let why =
                    format!("‘{code}’ is no way of being unable for {whose}; there is: {allowed}");
                Problem::new(format!("outcomes[{at}].unable[{nth}]"), why)
            })?;
            if !unable.contains(&way) {
                unable.push(way);
            }
        }
        let Self { reason, fluctuates, period, by, .. } = self;
        Ok(Need { outcome, unable, reason, fluctuates, period, by })
    }
}

/// Refuses a field that belongs to the other kind of person.
fn absent(field: &str, is_there: bool, belongs_to: Who) -> Result<(), Problem> {
    if !is_there {
        return Ok(());
    }
    let why = match belongs_to {
        Who::Adult => {
            "this is said of an adult only; for a carer there is: necessaryCare, \
                       healthAtRisk, outcomes, wellbeing"
        }
        Who::Carer => {
            "this is said of a carer only; for an adult there is: cause, outcomes, wellbeing"
        }
    };
    Err(Problem::new(field, why))
}

/// Refuses an outcome that was said already.
fn once<'a>(
    at: usize,
    code: &str,
    mut before: impl Iterator<Item = &'a str>,
) -> Result<(), Problem> {
    if before.any(|other| other == code) {
        let why = format!("‘{code}’ stands here twice; say each outcome once, with all its ways");
        return Err(Problem::new(format!("outcomes[{at}].outcome"), why));
    }
    Ok(())
}

impl<O, W> Need<O, W> {
    fn written(self, outcome: &str, ways: &[&str], carer_meets: Option<bool>) -> WrittenNeed {
        WrittenNeed {
            outcome: outcome.to_owned(),
            unable: ways.iter().map(|&way| way.to_owned()).collect(),
            reason: self.reason,
            carer_meets,
            fluctuates: self.fluctuates,
            period: self.period,
            by: self.by,
        }
    }
}

impl From<Case> for Written {
    fn from(case: Case) -> Self {
        match case {
            Case::Adult(case) => {
                let need = |AdultNeed { need, carer_meets }: AdultNeed| {
                    let ways: Vec<&str> = need.unable.iter().map(|way| way.code()).collect();
                    let outcome = need.outcome.code();
                    need.written(outcome, &ways, Some(carer_meets))
                };
                Self {
                    as_of: case.as_of,
                    who: Who::Adult,
                    cause: case.cause,
                    necessary_care: None,
                    health_at_risk: None,
                    outcomes: case.needs.into_iter().map(need).collect(),
                    wellbeing: case.wellbeing,
                }
            }
            Case::Carer(case) => {
                let need = |need: Need<CarerOutcome, CarerWay>| {
                    let ways: Vec<&str> = need.unable.iter().map(|way| way.code()).collect();
                    let outcome = need.outcome.code();
                    need.written(outcome, &ways, None)
                };
                Self {
                    as_of: case.as_of,
                    who: Who::Carer,
                    cause: None,
                    necessary_care: case.necessary_care,
                    health_at_risk: case.health_at_risk,
                    outcomes: case.needs.into_iter().map(need).collect(),
                    wellbeing: case.wellbeing,
                }
            }
        }
    }
}
