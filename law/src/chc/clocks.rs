//! The dates that run: each from a day the case names.

use serde::Serialize;

use crate::chc::case::Case;
use crate::chc::codes::{Clinician, Stand};
use crate::chc::{Sitting, rules};
use crate::day::Day;
use crate::working::{Finding, Input, Question, Rule, Trace};

/// A date, and how it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Clock {
    /// A stable code.
    pub code: &'static str,
    /// What is due.
    pub label: &'static str,
    /// The last day in time; of a refund, its first day.
    pub day: Day,
    /// How it stands on the day of the case.
    pub stand: Stand,
    /// By which rule.
    pub rule: Rule,
}

/// How a due day stands, if the thing was done on a day or not.
fn stand(due: Day, done: Option<Day>, as_of: Day) -> Stand {
    match done {
        Some(done) if done <= due => Stand::Done,
        Some(_) => Stand::DoneLate,
        None if as_of <= due => Stand::Running,
        None => Stand::Passed,
    }
}

impl<T: Trace<Finding>> Sitting<'_, T> {
    /// The dates that run; `reached` where a Checklist reached its threshold and no fast track
    /// stands in its place.
    pub(super) fn clocks(&mut self, case: &Case, reached: bool) -> Vec<Clock> {
        let mut clocks = Vec::new();
        self.decision(case, reached, &mut clocks);
        self.fast_track_care(case, &mut clocks);
        self.reviews(case, &mut clocks);
        if let Some(told) = case.dates.told {
            let clock = Clock {
                code: "ask-for-review",
                label: "Last day to ask for a review of the decision",
                day: told.plus_months(6),
                stand: stand(told.plus_months(6), None, case.as_of),
                rule: rules::ASK_FOR_REVIEW,
            };
            self.clock(clock, ("dates.told", told), &mut clocks);
        }
        self.ask_of_days_to_come(case);
        clocks
    }

    fn clock(&mut self, clock: Clock, from: (&'static str, Day), clocks: &mut Vec<Clock>) {
        self.step(|| {
            let finding =
                format!("{}: {}", clock.day.in_words(), clock.stand.in_words().to_lowercase());
            let because = format!("from {}", from.1.in_words());
            Finding::new(format!("clock.{}", clock.code), clock.label, finding, because, clock.rule)
                .resting_on(Input::case(from.0, from.1))
        });
        clocks.push(clock);
    }

    /// 28 days to the decision; where it is late, day 29.
    fn decision(&mut self, case: &Case, reached: bool, clocks: &mut Vec<Clock>) {
        let Some(notice) = case.dates.notice_received else {
            if reached {
                let question = "When did the integrated care board receive the Checklist? The 28 days run from there.";
                self.asks.push(Question::must("notice-received", "dates.noticeReceived", question));
            }
            return;
        };
        let due = notice.plus_days(28);
        let stands = stand(due, case.dates.decided, case.as_of);
        let clock = Clock {
            code: "decision",
            label: "Last of the 28 days for the integrated care board to decide",
            day: due,
            stand: stands,
            rule: rules::DECISION,
        };
        self.clock(clock, ("dates.noticeReceived", notice), clocks);
        if matches!(stands, Stand::Passed | Stand::DoneLate) {
            let clock = Clock {
                code: "refund-from",
                label: "Day from which the NHS refunds, should it be the one to pay",
                day: notice.plus_days(29),
                stand: stand(due, None, case.as_of),
                rule: rules::REFUND,
            };
            self.clock(clock, ("dates.noticeReceived", notice), clocks);
        }
    }

    fn fast_track_care(&mut self, case: &Case, clocks: &mut Vec<Clock>) {
        let Some(tool) = case.fast_track.as_ref() else { return };
        if tool.clinician == Clinician::Other {
            return;
        }
        let (field, from) = match tool.received_on {
            Some(received) => ("fastTrack.receivedOn", received),
            None => ("fastTrack.completedOn", tool.completed_on),
        };
        let due = from.plus_days(2);
        let clock = Clock {
            code: "fast-track-care",
            label: "End of the 48 hours in which fast track care begins",
            day: due,
            stand: stand(due, tool.care_began, case.as_of),
            rule: rules::FAST_TRACK_CARE,
        };
        self.clock(clock, (field, from), clocks);
    }

    /// At three months, then each twelve from the last.
    fn reviews(&mut self, case: &Case, clocks: &mut Vec<Clock>) {
        let (code, label, day, from) = match (case.dates.care_began, case.dates.last_review) {
            (_, Some(last)) => {
                ("review", "Next review", last.plus_months(12), ("dates.lastReview", last))
            }
            (Some(began), None) => {
                ("first-review", "First review", began.plus_months(3), ("dates.careBegan", began))
            }
            (None, None) => return,
        };
        let stand = stand(day, None, case.as_of);
        self.clock(Clock { code, label, day, stand, rule: rules::REVIEW }, from, clocks);
    }

    /// A day that has not come yet is asked after.
    fn ask_of_days_to_come(&mut self, case: &Case) {
        let dates = &case.dates;
        let checklist = case.checklist.as_ref();
        let fast_track = case.fast_track.as_ref();
        let said = [
            ("checklist.completedOn", checklist.and_then(|tool| tool.completed_on)),
            ("checklist.copyGivenOn", checklist.and_then(|tool| tool.copy_given_on)),
            ("fastTrack.completedOn", fast_track.map(|tool| tool.completed_on)),
            ("fastTrack.receivedOn", fast_track.and_then(|tool| tool.received_on)),
            ("fastTrack.careBegan", fast_track.and_then(|tool| tool.care_began)),
            ("dates.noticeReceived", dates.notice_received),
            ("dates.decided", dates.decided),
            ("dates.told", dates.told),
            ("dates.careBegan", dates.care_began),
            ("dates.lastReview", dates.last_review),
        ];
        for (field, day) in said {
            if day.is_some_and(|day| day > case.as_of) {
                let question = "This day had not come on the day of the case. Is it right?";
                self.asks.push(Question::must("day-to-come", field, question));
            }
        }
    }
}
