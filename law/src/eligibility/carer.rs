//! Carers: regulation 3.

use crate::eligibility::case::CarerCase;
use crate::eligibility::codes::{CarerOutcome, CarerWay, Determination, Limb, Who};
use crate::eligibility::follows::follows;
use crate::eligibility::sitting::Sitting;
use crate::eligibility::{Outcome, rules};
use crate::working::{Finding, Question, Trace};

/// How many outcomes a carer must be unable to achieve, where their health is not at risk.
const NEEDED: usize = 1;
/// The eligible need of a carer whose health is at risk.
const HEALTH: &str = "health-at-risk";

pub(super) fn determine(case: &CarerCase, trace: &mut impl Trace<Finding>) -> Outcome {
    let mut sitting = Sitting::new(trace);
    let first = sitting.found(
        case.necessary_care.as_ref(),
        "necessaryCare",
        "The needs come from giving necessary care",
        "Do the needs arise from giving care that the adult needs and cannot do for themself?",
        rules::NECESSARY_CARE,
    );
    let health = sitting.health(case);
    let mut unable = Vec::new();
    for (at, need) in case.needs.iter().enumerate() {
        let name = (need.outcome.code(), need.outcome.in_words());
        if sitting.outcome(at, need, name, CarerWay::in_words, rules::CARER_UNABLE) {
            unable.push(need.outcome.code());
        }
    }
    let effect = sitting.effect_on_carer(case, health, unable.len());
    let consequence = sitting.judgement(case.wellbeing.as_ref(), rules::CARER_CONSEQUENCE);
    let determination = sitting.together([first, effect, consequence], rules::CARER_ALL);
    let count = unable.len();
    let mut eligible_needs = Vec::new();
    if determination == Determination::Eligible {
        if health == Limb::Met {
            eligible_needs.push(HEALTH);
        }
        eligible_needs.append(&mut unable);
    }
    Outcome {
        as_of: case.as_of,
        who: Who::Carer,
        determination,
        cause: first,
        effect,
        consequence,
        unable: count,
        needed: NEEDED,
        to_meet: eligible_needs.clone(),
        eligible_needs,
        met_by_carer: Vec::new(),
        follows: follows(determination, Who::Carer, false),
        asks: sitting.asks,
    }
}

impl<T: Trace<Finding>> Sitting<'_, T> {
    fn health(&mut self, case: &CarerCase) -> Limb {
        // Whether it must be asked depends on the outcomes too, so the question comes with them.
        let Some(found) = case.health_at_risk.as_ref() else { return Limb::NotKnown };
        self.found(
            Some(found),
            "healthAtRisk",
            "The carer’s health is deteriorating or at risk",
            "",
            rules::CARER_HEALTH,
        )
    }

    /// Health at risk, or any one of the eight.
    fn effect_on_carer(&mut self, case: &CarerCase, health: Limb, unable: usize) -> Limb {
        let effect = if health == Limb::Met || unable >= NEEDED {
            Limb::Met
        } else if health == Limb::NotMet && !case.needs.is_empty() {
            Limb::NotMet
        } else {
            Limb::NotKnown
        };
        if effect == Limb::NotKnown && health == Limb::NotKnown {
            let question =
                "Is the carer’s physical or mental health deteriorating, or at risk of it?";
            self.ask_if_undecided(Question::must(HEALTH, "healthAtRisk", question));
        }
        let looked_at =
            |outcome: &CarerOutcome| case.needs.iter().any(|need| need.outcome == *outcome);
        let missing: Vec<&str> = CarerOutcome::ALL
            .iter()
            .filter(|outcome| !looked_at(outcome))
            .map(|outcome| outcome.in_words())
            .collect();
        self.not_looked_at(effect, &missing, CarerOutcome::ALL.len());
        self.step(|| {
            let label = "Health at risk, or an outcome that cannot be achieved";
            let because = format!(
                "health at risk: {}; {unable} of the 8 outcomes, where any 1 is enough",
                health.in_words().to_lowercase()
            );
            Finding::new("outcomes", label, effect.in_words(), because, rules::CARER_EFFECT)
        });
        effect
    }
}
