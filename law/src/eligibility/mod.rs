//! Who is eligible for care and support, or for support: Care Act 2014 s13 and the Care and Support
//! (Eligibility Criteria) Regulations 2015, SI 2015/313.
//!
//! Three limbs: a cause, an effect on outcomes, and a significant impact on wellbeing. The first two
//! follow from what was found. The third is a person’s judgement with reasons: where nobody made it,
//! nothing here makes it up, and the case stays undecided. Needs are judged as if no carer helped;
//! that a carer meets some of them changes what the council must do, never whether they are eligible.
//! A council cannot tighten any of it, so nothing here asks for its policy.

mod adult;
mod carer;
mod case;
mod codes;
mod follows;
mod rules;
mod sitting;

use serde::Serialize;

pub use crate::problem::Problem;
pub use case::{AdultCase, AdultNeed, CarerCase, Case, Found, Judgement, Need};
pub use codes::{AdultOutcome, AdultWay, Area, CarerOutcome, CarerWay, Determination, Limb, Who};
pub use follows::Duty;

use crate::day::Day;
use crate::working::{Finding, Question, Recorder, Trace};

/// What a case comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// The day of the determination.
    pub as_of: Day,
    /// Whose needs.
    pub who: Who,
    /// What it comes to.
    pub determination: Determination,
    /// The first limb: the needs come from an impairment or illness, or from necessary care.
    pub cause: Limb,
    /// The second: what the person is unable to achieve, or a carer’s health.
    pub effect: Limb,
    /// The third: a significant impact on wellbeing.
    pub consequence: Limb,
    /// How many outcomes the person is unable to achieve.
    pub unable: usize,
    /// How many they must be unable to achieve.
    pub needed: usize,
    /// The eligible needs, by outcome; a carer’s health is `health-at-risk`.
    pub eligible_needs: Vec<&'static str>,
    /// Those of them that a carer is willing and able to meet.
    pub met_by_carer: Vec<&'static str>,
    /// Those that are left for the council to meet.
    pub to_meet: Vec<&'static str>,
    /// What the council must or may do next.
    pub follows: Vec<Duty>,
    /// The questions it leaves open.
    pub asks: Vec<Question>,
}

/// The outcome of a case with its working.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// What it comes to.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// Every step.
    pub lines: Vec<Finding>,
}

/// Determines a case, noting each step.
pub fn determine(case: &Case, trace: &mut impl Trace<Finding>) -> Outcome {
    match case {
        Case::Adult(case) => adult::determine(case, trace),
        Case::Carer(case) => carer::determine(case, trace),
    }
}

/// Determines a case and shows the working.
pub fn answer(case: &Case) -> Answer {
    let mut recorder = Recorder::default();
    let outcome = determine(case, &mut recorder);
    Answer { outcome, lines: recorder.lines }
}

#[cfg(test)]
mod tests;
