//! Adults: regulation 2.

use crate::eligibility::case::{AdultCase, AdultNeed};
use crate::eligibility::codes::{AdultOutcome, AdultWay, Determination, Limb, Who};
use crate::eligibility::follows::follows;
use crate::eligibility::sitting::Sitting;
use crate::eligibility::{Outcome, rules};
use crate::working::{Finding, Question, Trace};

/// How many outcomes an adult must be unable to achieve.
const NEEDED: usize = 2;

pub(super) fn determine(case: &AdultCase, trace: &mut impl Trace<Finding>) -> Outcome {
    let mut sitting = Sitting::new(trace);
    let first = sitting.found(
        case.cause.as_ref(),
        "cause",
        "The needs come from an impairment or illness",
        "Do the needs arise from, or are they related to, a physical or mental impairment or illness?",
        rules::CAUSE,
    );
    let mut unable = Vec::new();
    for (at, AdultNeed { need, .. }) in case.needs.iter().enumerate() {
        let name = (need.outcome.code(), need.outcome.in_words());
        if sitting.outcome(at, need, name, AdultWay::in_words, rules::ADULT_UNABLE) {
            unable.push(need.outcome.code());
        }
    }
    let effect = sitting.effect(case, unable.len());
    let consequence = sitting.judgement(case.wellbeing.as_ref(), rules::ADULT_CONSEQUENCE);
    let determination = sitting.together([first, effect, consequence], rules::ADULT_ALL);
    let eligible = determination == Determination::Eligible;
    let eligible_needs = if eligible { unable.clone() } else { Vec::new() };
    let met_by_carer = sitting.met_by_carer(case, &eligible_needs);
    let to_meet =
        eligible_needs.iter().copied().filter(|code| !met_by_carer.contains(code)).collect();
    let carer_helps = case.needs.iter().any(|need| need.carer_meets);
    Outcome {
        as_of: case.as_of,
        who: Who::Adult,
        determination,
        cause: first,
        effect,
        consequence,
        unable: unable.len(),
        needed: NEEDED,
        eligible_needs,
        met_by_carer,
        to_meet,
        follows: follows(determination, Who::Adult, carer_helps),
        asks: sitting.asks,
    }
}

impl<T: Trace<Finding>> Sitting<'_, T> {
    /// Two or more of the ten. Nobody is found not to need who was not looked at.
    fn effect(&mut self, case: &AdultCase, unable: usize) -> Limb {
        let known = (!case.needs.is_empty()).then_some(unable >= NEEDED);
        let effect = Limb::of(known);
        let looked_at = |outcome: &AdultOutcome| {
            case.needs.iter().any(|AdultNeed { need, .. }| need.outcome == *outcome)
        };
        let missing: Vec<&str> = AdultOutcome::ALL
            .iter()
            .filter(|outcome| !looked_at(outcome))
            .map(|outcome| outcome.in_words())
            .collect();
        self.not_looked_at(effect, &missing, AdultOutcome::ALL.len());
        self.step(|| {
            let label = "Outcomes that cannot be achieved, as if no carer helped";
            let because = format!("{unable} of the 10 outcomes; 2 or more are needed");
            Finding::new("outcomes", label, effect.in_words(), because, rules::ADULT_EFFECT)
        });
        effect
    }

    /// Eligible needs that a carer is willing and able to meet.
    fn met_by_carer(&mut self, case: &AdultCase, eligible: &[&'static str]) -> Vec<&'static str> {
        let mut met = Vec::new();
        for (at, AdultNeed { need, carer_meets }) in case.needs.iter().enumerate() {
            let code = need.outcome.code();
            if !carer_meets || !eligible.contains(&code) {
                continue;
            }
            met.push(code);
            let label = need.outcome.in_words();
            let question =
                format!("{label}: has the carer said that they are willing and able to go on?");
            self.asks.push(Question::may(
                "carer-willing",
                format!("outcomes[{at}].carerMeets"),
                question,
            ));
            self.step(|| {
                let because = "the need stays eligible, also while a carer meets it";
                Finding::new(
                    format!("carer.{code}"),
                    label,
                    "Met by a carer",
                    because,
                    rules::CARER_BLIND,
                )
            });
        }
        met
    }
}
