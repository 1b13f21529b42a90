//! NHS continuing healthcare: SI 2012/2996 Part 6 and the National Framework of 2022.
//!
//! Only an integrated care board decides, on what a team recommends. Nothing here decides, adds
//! levels up or scores: it reads what was marked in the national tools, says what that prompts, which
//! dates run, and what nobody has recorded yet. The tools’ own words stand in the tools, which may
//! not be changed or shortened; here are only the names of their domains and levels.

mod case;
mod checklist;
mod clocks;
mod codes;
mod rules;
mod support;

use serde::Serialize;

pub use case::{Case, Checklist, Dates, DecisionSupport, FastTrack, Marks, Member, Reasoned};
pub use checklist::{ChecklistReading, ways};
pub use clocks::Clock;
pub use codes::{
    ChecklistDomain, Clinician, Consent, Domain, Level, Mark, Occasion, Pattern, Sector, Stand,
    Threshold, Way,
};
pub use support::{SupportReading, pattern};

use crate::day::Day;
use crate::problem::says;
use crate::working::{Finding, Input, Question, Recorder, Rule, Trace};

/// What every answer says of itself.
pub const NOTE: &str =
    "These are prompts. Only the integrated care board decides, on what a team recommends.";

/// The national forms, which are completed as they are.
pub const FORMS: &[&str] = &[
    "NHS continuing healthcare checklist (Department of Health and Social Care, on GOV.UK)",
    "NHS continuing healthcare decision support tool (Department of Health and Social Care, on GOV.UK)",
    "NHS continuing healthcare fast track pathway tool (Department of Health and Social Care, on GOV.UK)",
];

/// What a case prompts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// The day it is of.
    pub as_of: Day,
    /// What it is, and is not.
    pub note: &'static str,
    /// What the Checklist’s marks say.
    pub checklist: Option<ChecklistReading>,
    /// What the levels of the Decision Support Tool prompt.
    pub decision_support: Option<SupportReading>,
    /// Whether a Fast Track Tool stands by itself.
    pub fast_track: Option<FastTrackReading>,
    /// What to do or to think of next.
    pub prompts: Vec<Prompt>,
    /// The dates that run.
    pub clocks: Vec<Clock>,
    /// The questions it leaves open.
    pub asks: Vec<Question>,
    /// Where the forms are.
    pub forms: &'static [&'static str],
}

/// How a Fast Track Tool stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FastTrackReading {
    /// Whether it is sufficient by itself: an appropriate clinician completed it.
    pub sufficient: bool,
}

/// Something to do, or to think of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Prompt {
    /// A stable code.
    pub code: &'static str,
    /// What, and by which rule.
    pub rule: Rule,
}

/// The outcome of a case with its working.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// What it prompts.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// Every step.
    pub lines: Vec<Finding>,
}

/// Reads a case, noting each step.
pub fn read(case: &Case, trace: &mut impl Trace<Finding>) -> Outcome {
    let mut sitting = Sitting { trace, prompts: Vec::new(), asks: Vec::new() };
    let fast_track = sitting.fast_track(case);
    let by_fast_track = fast_track.is_some_and(|reading| reading.sufficient);
    sitting.considered(case, by_fast_track);
    let checklist = case.checklist.as_ref().map(|checklist| sitting.checklist(checklist));
    let decision_support = case.decision_support.as_ref().map(|support| sitting.support(support));
    let reached = checklist.as_ref().is_some_and(|read| read.threshold == Threshold::Reached);
    let clocks = sitting.clocks(case, reached && !by_fast_track);
    let Sitting { prompts, asks, .. } = sitting;
    Outcome {
        as_of: case.as_of,
        note: NOTE,
        checklist,
        decision_support,
        fast_track,
        prompts,
        clocks,
        asks,
        forms: FORMS,
    }
}

/// Reads a case and shows the working.
pub fn answer(case: &Case) -> Answer {
    let mut recorder = Recorder::default();
    let outcome = read(case, &mut recorder);
    Answer { outcome, lines: recorder.lines }
}

/// The desk at which one case is read.
struct Sitting<'a, T> {
    trace: &'a mut T,
    prompts: Vec<Prompt>,
    asks: Vec<Question>,
}

impl<T: Trace<Finding>> Sitting<'_, T> {
    fn prompt(&mut self, code: &'static str, rule: Rule) {
        self.prompts.push(Prompt { code, rule });
    }

    fn step(&mut self, line: impl FnOnce() -> Finding) {
        self.trace.step(line);
    }

    fn fast_track(&mut self, case: &Case) -> Option<FastTrackReading> {
        let tool = case.fast_track.as_ref()?;
        let sufficient = tool.clinician != Clinician::Other;
        if sufficient {
            self.prompt("fast-track-act", rules::FAST_TRACK);
        } else {
            let question = "A Fast Track Tool counts when a doctor or a nurse completes it who is \
                            responsible for the person’s diagnosis, treatment or care. Who will?";
            self.asks.push(Question::must("fast-track-clinician", "fastTrack.clinician", question));
        }
        self.step(|| {
            let finding = if sufficient { "Sufficient by itself" } else { "Not sufficient yet" };
            let who = tool.clinician.in_words();
            Finding::new("fast-track", "Fast Track Tool", finding, who, rules::FAST_TRACK)
                .resting_on(Input::case("fastTrack.clinician", tool.clinician.code()))
        });
        Some(FastTrackReading { sufficient })
    }

    /// Whether a Checklist is due, and what stands beside it.
    fn considered(&mut self, case: &Case, by_fast_track: bool) {
        if case.section_117 {
            self.prompt("section-117", rules::AFTER_CARE);
        }
        if by_fast_track || case.checklist.is_some() {
            return;
        }
        match &case.checklist_not_done {
            Some(chosen) => {
                self.prompt("checklist-not-done", rules::NOT_DONE);
                if !says(chosen.reason.as_ref()) {
                    let question = "Why is no Checklist done? The reasons are recorded.";
                    self.asks.push(Question::must("reason", "checklistNotDone.reason", question));
                }
                self.step(|| {
                    let why = chosen.reason.clone().unwrap_or_default();
                    let name = "No Checklist";
                    Finding::new("checklist-not-done", name, "Not done", why, rules::NOT_DONE)
                        .resting_on(Input::said("checklistNotDone", "said", chosen.by.as_ref()))
                });
            }
            None if !case.considered_because.is_empty() => {
                self.prompt("consider-checklist", rules::CONSIDER);
                if case.in_acute_hospital {
                    self.prompt("after-recovery", rules::HOSPITAL);
                }
                let question = "Will a Checklist be done? If not, why not?";
                self.asks.push(Question::must("checklist", "checklist", question));
                self.step(|| {
                    let why: Vec<&str> =
                        case.considered_because.iter().map(|why| why.in_words()).collect();
                    let name = "Whether to do a Checklist";
                    Finding::new(
                        "consider",
                        name,
                        "To be considered",
                        why.join("; "),
                        rules::CONSIDER,
                    )
                });
            }
            None => {}
        }
    }
}

#[cfg(test)]
mod tests;
