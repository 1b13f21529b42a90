//! The Checklist: whether its threshold is reached.

use serde::Serialize;

use crate::chc::case::{Checklist, Marks};
use crate::chc::codes::{ChecklistDomain, Consent, Mark, Threshold, Way};
use crate::chc::{Sitting, rules};
use crate::problem::says;
use crate::working::{Finding, Input, Question, Trace};

/// What the marks of a Checklist say: whether a full assessment follows, and nothing more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChecklistReading {
    /// How it stands to the threshold.
    pub threshold: Threshold,
    /// By which ways it is reached.
    pub ways: Vec<Way>,
    /// The domains at A.
    pub at_a: Vec<ChecklistDomain>,
    /// The domains at B.
    pub at_b: Vec<ChecklistDomain>,
    /// The domains that nobody marked.
    pub not_marked: Vec<ChecklistDomain>,
}

/// The ways by which marks reach the threshold.
pub fn ways(marks: &Marks<ChecklistDomain, Mark>) -> Vec<Way> {
    let (a, b) = (marks.at(Mark::A).count(), marks.at(Mark::B).count());
    let starred = marks.at(Mark::A).any(|domain| domain.starred());
    [
        (Way::TwoA, a >= 2),
        (Way::FiveB, b >= 5),
        (Way::OneAFourB, a >= 1 && b >= 4),
        (Way::StarredA, starred),
    ]
    .into_iter()
    .filter_map(|(way, taken)| taken.then_some(way))
    .collect()
}

impl<T: Trace<Finding>> Sitting<'_, T> {
    pub(super) fn checklist(&mut self, checklist: &Checklist) -> ChecklistReading {
        let marks = &checklist.levels;
        self.marks(checklist);
        let ways = ways(marks);
        let unmarked = |domain: &ChecklistDomain| marks.get(*domain).is_none();
        let not_marked: Vec<_> = ChecklistDomain::ALL.iter().copied().filter(unmarked).collect();
        let threshold = match (ways.is_empty(), not_marked.is_empty()) {
            (false, _) => Threshold::Reached,
            (true, true) => Threshold::NotReached,
            (true, false) => Threshold::Incomplete,
        };
        if !not_marked.is_empty() {
            let names: Vec<&str> = not_marked.iter().map(|domain| domain.in_words()).collect();
            let question = format!("What are the marks of these domains: {}?", names.join("; "));
            self.asks.push(Question::must("domains", "checklist.levels", question));
        }
        self.step(|| {
            let taken: Vec<&str> = ways.iter().map(|way| way.in_words()).collect();
            let because = match threshold {
                Threshold::Reached => taken.join("; "),
                Threshold::NotReached => "none of the four ways".to_owned(),
                Threshold::Incomplete => "none of the four ways so far".to_owned(),
            };
            let name = "The threshold of the Checklist";
            Finding::new("checklist", name, threshold.in_words(), because, rules::THRESHOLD)
        });
        self.next(checklist, threshold);
        self.recorded(checklist);
        let at = |mark| marks.at(mark).copied().collect();
        ChecklistReading { threshold, ways, at_a: at(Mark::A), at_b: at(Mark::B), not_marked }
    }

    fn marks(&mut self, checklist: &Checklist) {
        for (&domain, &mark) in &checklist.levels.0 {
            self.step(|| {
                let code = domain.code();
                let star = if domain.starred() { "a starred domain" } else { "" };
                Finding::new(
                    format!("checklist.{code}"),
                    domain.in_words(),
                    mark.in_words(),
                    star,
                    rules::MARK,
                )
                .resting_on(Input::said(
                    format!("checklist.levels.{code}"),
                    mark.code(),
                    checklist.by.as_ref(),
                ))
            });
        }
    }

    /// What follows, on either side of the threshold.
    fn next(&mut self, checklist: &Checklist, threshold: Threshold) {
        match (threshold, &checklist.refer_anyway) {
            (Threshold::Reached, _) => self.prompt("full-assessment", rules::FULL_ASSESSMENT),
            (_, Some(chosen)) => {
                self.prompt("refer-anyway", rules::REFER_ANYWAY);
                if !says(chosen.reason.as_ref()) {
                    let question = "Why is a full assessment asked for below the threshold?";
                    let field = "checklist.referAnyway.reason";
                    self.asks.push(Question::must("reason", field, question));
                }
            }
            (Threshold::NotReached, None) => self.prompt("ask-again", rules::BELOW),
            (Threshold::Incomplete, None) => {}
        }
    }

    /// Agreement, involvement, and the person’s copy.
    fn recorded(&mut self, checklist: &Checklist) {
        let question = match checklist.consent {
            Some(Consent::Given) => None,
            Some(Consent::BestInterests) => {
                Some("Is the best interests decision recorded, with who was consulted?")
            }
            Some(Consent::NotGiven) => Some(
                "The person did not agree. Was it explained what that means for help from the NHS and \
                 the council?",
            ),
            None => Some("Did the person agree, or was it decided in their best interests?"),
        };
        if let Some(question) = question {
            let must = checklist.consent.is_none();
            let ask = if must { Question::must } else { Question::may };
            self.asks.push(ask("consent", "checklist.consent", question));
        }
        if checklist.person_involved != Some(true) {
            let question = "How did the person, or someone for them, take part?";
            self.asks.push(Question::may("involved", "checklist.personInvolved", question));
        }
        if checklist.copy_given_on.is_none() {
            self.prompt("copy-to-person", rules::COPY);
        }
    }
}
