//! What must be left to the person: the minimum income guarantee outside a care home (reg 7), the
//! personal expenses allowance in one (reg 6).

use crate::charging::asks::Ask;
use crate::charging::case::{Household, Premiums};
use crate::charging::kinds::Premium;
use crate::charging::regime::Regime;
use crate::charging::rules;
use crate::charging::sitting::Sitting;
use crate::pence::{Pence, Round};
use crate::rates::Code;
use crate::words::words;
use crate::working::{Input, Line, Part, Trace};

/// For whom an amount is, where there is another for others (reg 7).
const fn for_whom(code: Code) -> Option<&'static str> {
    Some(match code {
        Code::MigSingleYoung => "somebody single, under 25",
        Code::MigSingle => "somebody single, from 25 to State Pension age",
        Code::MigSinglePension => "somebody single, of State Pension age",
        Code::MigLoneParent => "a lone parent",
        Code::MigCouple => "one of a couple, under State Pension age",
        Code::MigCouplePension => "one of a couple, one or both of State Pension age",
        Code::MigDisability | Code::MigEnhanced => "somebody single",
        Code::MigDisabilityCouple | Code::MigEnhancedCouple => "one of a couple",
        _ => return None,
    })
}

impl<T: Trace> Sitting<'_, T> {
    /// The guarantee or the allowance, a week, before what the place adds to the guarantee.
    pub(super) fn allowance(&mut self) -> Pence {
        match self.regime {
            Regime::Home => self.minimum_income_guarantee(),
            Regime::Permanent | Regime::Temporary => self.personal_expenses_allowance(),
        }
    }

    fn personal_expenses_allowance(&mut self) -> Pence {
        let law = self.rate(Code::Pea);
        let more = self.policy.pea_uplift_sum;
        let allowance = law + more;
        self.step(|| {
            let label = "Personal expenses allowance, which you keep";
            let line = Line::new(Part::Allowances, "allowance.pea", label, allowance, rules::PEA)
                .resting_on(Input::rate(Code::Pea.code(), law));
            if more.is_nothing() {
                return line;
            }
            line.worked(words![law, " + ", more]).resting_on(Input::policy("pea-uplift-sum", more))
        });
        allowance
    }

    fn minimum_income_guarantee(&mut self) -> Pence {
        let base = self.base_code();
        let mut total = self.guarantee_line(base, "Minimum income guarantee, which you keep");
        let children = self.case.person.children;
        if children > 0 {
            let each = self.guarantee_rate(Code::MigChild);
            let all = each.times(i64::from(children), 1, Round::Up);
            self.step(|| {
                Line::new(
                    Part::Allowances,
                    "allowance.children",
                    "For the children",
                    all,
                    rules::MIG,
                )
                .worked(words![each, " × ", children])
                .resting_on(Input::rate(Code::MigChild.code(), each))
                .resting_on(Input::case("person.children", children.to_string()))
            });
            total += all;
        }
        total += self.premiums_total();
        total
    }

    /// Which base rate holds: by household, and by age on the day.
    fn base_code(&mut self) -> Code {
        let person = &self.case.person;
        let old = self.pension_age(person.born);
        match person.household {
            Household::Couple => {
                if person.partner_born.is_none() && !old {
                    self.ask(Ask::PartnerBorn);
                }
                let partner_old = person.partner_born.is_some_and(|born| self.pension_age(born));
                if old || partner_old { Code::MigCouplePension } else { Code::MigCouple }
            }
            Household::LoneParent if old => {
                self.ask(Ask::LoneParentPension);
                Code::MigSinglePension
            }
            Household::LoneParent => Code::MigLoneParent,
            Household::Single if old => Code::MigSinglePension,
            Household::Single if person.born.age_on(self.day()) >= Some(25) => Code::MigSingle,
            Household::Single => Code::MigSingleYoung,
        }
    }

    /// The law's rate, or the place's own where it is higher.
    fn guarantee_rate(&mut self, code: Code) -> Pence {
        let law = self.rate(code);
        match self.policy.mig_table.get(code.code()) {
            Some(&own) if own < law => {
                self.ask(Ask::RateBelowLaw);
                law
            }
            Some(&own) => own,
            None => law,
        }
    }

    fn guarantee_line(&mut self, code: Code, label: &'static str) -> Pence {
        let amount = self.guarantee_rate(code);
        let policy = self.policy;
        self.step(|| {
            let input = if policy.mig_table.contains_key(code.code()) {
                Input::policy("mig-table", amount)
            } else {
                Input::rate(code.code(), amount)
            };
            let name = ["allowance.", code.code()].concat();
            let line = Line::new(Part::Allowances, name, label, amount, rules::MIG);
            let line = match for_whom(code) {
                Some(whom) => line.worked(words!["the amount for ", whom]),
                None => line,
            };
            line.resting_on(input)
        });
        amount
    }

    fn premiums_total(&mut self) -> Pence {
        let old = self.pension_age(self.case.person.born);
        let premiums = match self.case.premiums {
            Some(said) => {
                if old && (said.disability || said.enhanced_disability) {
                    self.ask(Ask::PremiumPensionAge);
                }
                said
            }
            None => self.premiums_from_benefits(old),
        };
        let couple = self.case.person.household == Household::Couple;
        let (disability, enhanced) = if couple {
            (Code::MigDisabilityCouple, Code::MigEnhancedCouple)
        } else {
            (Code::MigDisability, Code::MigEnhanced)
        };
        let mut total = Pence::ZERO;
        if premiums.disability {
            total += self.guarantee_line(disability, "Disability premium, which you keep as well");
        }
        if premiums.enhanced_disability {
            total += self
                .guarantee_line(enhanced, "Enhanced disability premium, which you keep as well");
        }
        if premiums.carer {
            total += self.guarantee_line(Code::MigCarer, "Carer premium, which you keep as well");
        }
        total
    }

    /// The premiums that the benefits in payment show. Those for disability are for working age.
    fn premiums_from_benefits(&self, old: bool) -> Premiums {
        let paid =
            |premium| self.case.income.iter().any(|income| income.kind.premiums.contains(&premium));
        Premiums {
            disability: !old && paid(Premium::Disability),
            enhanced_disability: !old && paid(Premium::Enhanced),
            carer: paid(Premium::Carer),
        }
    }

    /// What the place adds to the guarantee.
    pub(super) fn note_uplift(&mut self, total: Pence, uplift: Pence) {
        let policy = self.policy;
        if !uplift.is_nothing() {
            self.step(|| {
                let label = "The council’s addition to the guarantee";
                let percent = policy.mig_uplift_percent.to_string();
                let formula = words![percent.clone(), "% of ", total, " + ", policy.mig_uplift_sum];
                Line::new(Part::Allowances, "allowance.uplift", label, uplift, rules::MIG_UPLIFT)
                    .worked(formula)
                    .resting_on(Input::policy("mig-uplift-percent", percent))
                    .resting_on(Input::policy("mig-uplift-sum", policy.mig_uplift_sum))
            });
        }
    }
}
