//! Savings credit: how much of it is left out (SI 2014/2672 Sch 1 para 40; CSSG Annex C).

use crate::charging::asks::Ask;
use crate::charging::case::{Household, Person};
use crate::charging::regime::Regime;
use crate::charging::sitting::Sitting;
use crate::day::Day;
use crate::pence::{Pence, Round};
use crate::rates::Code;
use crate::working::Trace;

/// What savings credit takes out of the income, and by which arm of the rule.
pub(super) struct SavingsCredit {
    /// How much is left out a week.
    pub(super) left_out: Pence,
    /// Why, in words.
    pub(super) why: &'static str,
}

impl<T: Trace> Sitting<'_, T> {
    /// Below the threshold nothing; between it and the guarantee what is received, to the limit;
    /// above the guarantee the limit, if savings credit is in payment or the income is too high for
    /// any. Only for those who reached pension age before 6 April 2016.
    pub(super) fn savings_credit(
        &mut self,
        received: Pence,
        qualifying: Pence,
    ) -> Option<SavingsCredit> {
        let in_payment = !received.is_nothing();
        if !in_payment && !self.is_of_the_age(qualifying) {
            return None;
        }
        // The Department sees each of a couple as single once one has moved to a care home to stay.
        let couple =
            self.case.person.household == Household::Couple && self.regime != Regime::Permanent;
        let (threshold, guarantee, limit) = if couple {
            (Code::ThresholdCouple, Code::GuaranteeCouple, Code::SavingsCreditCouple)
        } else {
            (Code::ThresholdSingle, Code::GuaranteeSingle, Code::SavingsCreditSingle)
        };
        let (threshold, guarantee) = (self.rate(threshold), self.rate(guarantee));
        if !in_payment && qualifying <= too_high(threshold, guarantee) {
            if qualifying > guarantee {
                self.ask(Ask::SavingsCreditClaim);
            }
            return None;
        }
        if qualifying > guarantee {
            let left_out = self.rate(limit);
            return Some(SavingsCredit {
                left_out,
                why: "income above the Pension Credit guarantee: the whole weekly limit",
            });
        }
        // The other half of a couple's income is not in the case: what is in payment tells more.
        if qualifying < threshold && !couple {
            self.ask(Ask::SavingsCreditLow);
            return Some(SavingsCredit {
                left_out: Pence::ZERO,
                why: "income below where savings credit begins: nothing",
            });
        }
        let left_out = received.at_most(self.rate(limit));
        Some(SavingsCredit { left_out, why: "what is received, up to the weekly limit" })
    }

    /// Whether someone without savings credit is of the age that could have had it.
    fn is_of_the_age(&mut self, qualifying: Pence) -> bool {
        let known = before_new_pension(&self.case.person);
        if known.is_none() && qualifying > Pence::ZERO {
            self.ask(Ask::SavingsCreditAge);
        }
        known == Some(true)
    }
}

/// Whether a person reached State Pension age before 6 April 2016, when the new State Pension began
/// and savings credit closed: men born before 6 April 1951, women born before 6 April 1953. Between
/// the two, only someone who was asked can say.
pub(super) fn before_new_pension(person: &Person) -> Option<bool> {
    let born_before = |year| Day::new(year, 4, 6).is_some_and(|day| person.born < day);
    match person.savings_credit_age {
        Some(known) => Some(known),
        None if born_before(1951) => Some(true),
        None if born_before(1953) => None,
        None => Some(false),
    }
}

/// The income at which savings credit ends: it is 60% of what lies between threshold and guarantee,
/// less 40% of what lies above the guarantee (State Pension Credit Act 2002 s3).
fn too_high(threshold: Pence, guarantee: Pence) -> Pence {
    guarantee + (guarantee - threshold).times(3, 2, Round::Down)
}
