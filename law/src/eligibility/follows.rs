//! What a determination obliges the council to do.

use serde::Serialize;

use crate::eligibility::codes::{Determination, Who};
use crate::eligibility::rules;
use crate::working::Rule;

/// Something the council must or may do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Duty {
    /// A stable code.
    pub code: &'static str,
    /// What, and by which rule.
    pub rule: Rule,
}

const fn duty(code: &'static str, rule: Rule) -> Duty {
    Duty { code, rule }
}

/// What follows; nothing, while the case is undecided.
pub(super) fn follows(determination: Determination, who: Who, carer_helps: bool) -> Vec<Duty> {
    let mut duties = Vec::new();
    match (determination, who) {
        (Determination::Undecided, _) => return duties,
        (Determination::Eligible, Who::Adult) => duties.extend([
            duty("written-record", rules::WRITTEN_RECORD),
            duty("consider-meeting", rules::ADULT_MEETING),
            duty("ask-wishes", rules::ADULT_WISHES),
            duty("ordinary-residence", rules::ADULT_RESIDENCE),
        ]),
        (Determination::Eligible, Who::Carer) => duties.extend([
            duty("written-record", rules::WRITTEN_RECORD),
            duty("consider-meeting", rules::CARER_MEETING),
            duty("ordinary-residence", rules::CARER_RESIDENCE),
        ]),
        (Determination::NotEligible, _) => duties.extend([
            duty("written-record", rules::WRITTEN_RECORD),
            duty("advice", rules::ADVICE),
            duty("power-to-meet", rules::POWER),
        ]),
    }
    if who == Who::Adult {
        if carer_helps {
            if determination == Determination::Eligible {
                duties.push(duty("met-by-carer", rules::MET_BY_CARER));
            }
            duties.push(duty("carers-assessment", rules::CARERS_ASSESSMENT));
        }
        duties.push(duty("nhs-continuing-healthcare", rules::NHS));
    }
    duties
}
