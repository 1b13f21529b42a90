//! One determination while it is being made: what adults and carers have in common.

use crate::eligibility::case::{Found, Judgement, Need};
use crate::eligibility::codes::{Area, Determination, Limb};
use crate::problem::says;
use crate::working::{Finding, Input, Question, Rule, Trace};

pub(super) struct Sitting<'a, T> {
    trace: &'a mut T,
    pub(super) asks: Vec<Question>,
    /// Asked only if the case stays undecided without an answer.
    open: Vec<Question>,
}

impl<'a, T: Trace<Finding>> Sitting<'a, T> {
    pub(super) fn new(trace: &'a mut T) -> Self {
        Self { trace, asks: Vec::new(), open: Vec::new() }
    }

    pub(super) fn step(&mut self, line: impl FnOnce() -> Finding) {
        self.trace.step(line);
    }

    /// A question that matters only while the case is undecided.
    pub(super) fn ask_if_undecided(&mut self, question: Question) {
        self.open.push(question);
    }

    /// A limb that is found to be so, or not, or was not looked at.
    pub(super) fn found(
        &mut self,
        found: Option<&Found>,
        field: &'static str,
        label: &'static str,
        question: &'static str,
        rule: Rule,
    ) -> Limb {
        let limb = Limb::of(found.map(|found| found.found));
        match found {
            None => self.open.push(Question::must(field, field, question)),
            Some(found) if !says(found.reason.as_ref()) => {
                let text = "Why? The person is given the reasons in writing.";
                self.asks.push(Question::must("reason", format!("{field}.reason"), text));
            }
            Some(_) => {}
        }
        self.step(|| {
            let (because, by) = match found {
                Some(found) => (found.reason.clone(), found.by.as_ref()),
                None => (None, None),
            };
            let value = match found {
                Some(found) if found.found => "yes",
                Some(_) => "no",
                None => "not said",
            };
            Finding::new(field, label, limb.in_words(), because.unwrap_or_default(), rule)
                .resting_on(Input::said(format!("{field}.found"), value, by))
        });
        limb
    }

    /// One outcome; whether the person is unable to achieve it.
    pub(super) fn outcome<O, W: Copy>(
        &mut self,
        at: usize,
        need: &Need<O, W>,
        (code, label): (&'static str, &'static str),
        way: fn(W) -> &'static str,
        rule: Rule,
    ) -> bool {
        let unable = !need.unable.is_empty();
        if unable && !says(need.reason.as_ref()) {
            let question =
                format!("{label}: why are they unable? The person is given the reasons.");
            self.asks.push(Question::must("reason", format!("outcomes[{at}].reason"), question));
        }
        if need.fluctuates && !says(need.period.as_ref()) {
            let question =
                format!("{label}: the need comes and goes. Over what period was it looked at?");
            self.asks.push(Question::may("period", format!("outcomes[{at}].period"), question));
        }
        self.step(|| {
            let finding = if unable { "Unable" } else { "Able" };
            let ways: Vec<&str> = need.unable.iter().map(|&each| way(each)).collect();
            let mut because = ways.join("; ");
            if let Some(reason) = need.reason.as_ref().filter(|reason| !reason.trim().is_empty()) {
                if !because.is_empty() {
                    because.push_str(": ");
                }
                because.push_str(reason.trim());
            }
            let unable = if ways.is_empty() { "in no way".to_owned() } else { ways.join("; ") };
            Finding::new(format!("outcome.{code}"), label, finding, because, rule)
                .resting_on(Input::said(format!("outcomes[{at}].unable"), unable, need.by.as_ref()))
        });
        if let Some(period) = need.period.as_ref().filter(|_| need.fluctuates) {
            self.step(|| {
                let label = format!("{label}: a need that comes and goes");
                let rule = super::rules::FLUCTUATES;
                Finding::new(
                    format!("outcome.{code}.period"),
                    label,
                    period.clone(),
                    String::new(),
                    rule,
                )
                .resting_on(Input::said(
                    format!("outcomes[{at}].period"),
                    period.clone(),
                    need.by.as_ref(),
                ))
            });
        }
        unable
    }

    /// The judgement of the impact on wellbeing, which nothing computes.
    pub(super) fn judgement(&mut self, judgement: Option<&Judgement>, rule: Rule) -> Limb {
        let made = judgement.filter(|judgement| judgement.is_made());
        let limb = Limb::of(made.map(|judgement| judgement.significant));
        match judgement {
            None => self.open.push(Question::must(
                "wellbeing",
                "wellbeing",
                "Is there, or is there likely to be, a significant impact on the person’s wellbeing? \
                 Someone must judge this, with reasons.",
            )),
            Some(judgement) => self.complete(judgement),
        }
        self.step(|| {
            let because = judgement.and_then(|judgement| judgement.reason.clone());
            let value = match judgement {
                Some(judgement) if judgement.significant => {
                    let areas: Vec<&str> =
                        judgement.areas.iter().map(|&area| Area::in_words(area)).collect();
                    format!("significant: {}", areas.join("; "))
                }
                Some(_) => "not significant".to_owned(),
                None => "not judged".to_owned(),
            };
            let by = judgement.and_then(|judgement| judgement.by.as_ref());
            let label = "A significant impact on wellbeing";
            Finding::new("wellbeing", label, limb.in_words(), because.unwrap_or_default(), rule)
                .resting_on(Input::said("wellbeing.significant", value, by))
        });
        limb
    }

    fn complete(&mut self, judgement: &Judgement) {
        if judgement.significant && judgement.areas.is_empty() {
            let question = "Which areas of wellbeing does it affect?";
            self.open.push(Question::must("wellbeing-areas", "wellbeing.areas", question));
        }
        if !says(judgement.reason.as_ref()) {
            let question = "Why? A judgement without reasons is not yet one.";
            self.open.push(Question::must("wellbeing-reason", "wellbeing.reason", question));
        }
        if !says(judgement.by.as_ref()) {
            self.asks.push(Question::may(
                "wellbeing-by",
                "wellbeing.by",
                "Who made this judgement?",
            ));
        }
    }

    /// Outcomes that nobody looked at: all of them, or those without which none is eligible.
    pub(super) fn not_looked_at(&mut self, effect: Limb, missing: &[&'static str], of: usize) {
        if effect == Limb::NotKnown && missing.len() == of {
            let question = "Which outcomes were looked at, and which can the person not achieve?";
            self.open.push(Question::must("outcomes", "outcomes", question));
        } else if effect == Limb::NotMet && !missing.is_empty() {
            let question = format!(
                "These outcomes were not looked at: {}. Can the person achieve them?",
                missing.join("; ")
            );
            self.asks.push(Question::must("outcomes-not-looked-at", "outcomes", question));
        }
    }

    /// The limbs together.
    pub(super) fn together(&mut self, limbs: [Limb; 3], rule: Rule) -> Determination {
        let determination = Determination::of(limbs);
        if determination == Determination::Undecided {
            self.asks.append(&mut self.open);
        }
        self.step(|| {
            let [cause, effect, consequence] = limbs.map(|limb| limb.in_words().to_lowercase());
            let because = format!(
                "the cause: {cause}; the effect: {effect}; the impact on wellbeing: {consequence}"
            );
            Finding::new(
                "determination",
                "What it comes to",
                determination.in_words(),
                because,
                rule,
            )
        });
        determination
    }
}
