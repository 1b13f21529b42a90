//! What the home and the disability cost: left to the person before a charge (Sch 1 para 2 to 4).

use crate::charging::asks::Ask;
use crate::charging::case::{Expense, Housing};
use crate::charging::kinds::{BenefitLevel, HousingHelp};
use crate::charging::regime::Regime;
use crate::charging::rules;
use crate::charging::sitting::Sitting;
use crate::fraction::Share;
use crate::pence::{Pence, Round};
use crate::words::{Piece, words};
use crate::working::{Input, Line, Part, Trace};

impl<T: Trace> Sitting<'_, T> {
    /// Housing costs a week, net of help and by the person's share; none for a permanent resident.
    pub(super) fn housing_costs(&mut self) -> Pence {
        if self.regime == Regime::Permanent {
            return Pence::ZERO;
        }
        let case = self.case;
        let mut rent_help = self.help_with(HousingHelp::Rent);
        let mut tax_help = self.help_with(HousingHelp::CouncilTax);
        let (mut total, mut no_help) = (Pence::ZERO, Pence::ZERO);
        for (at, cost) in case.housing.iter().enumerate() {
            let help = match cost.kind.help {
                Some(HousingHelp::Rent) => &mut rent_help,
                Some(HousingHelp::CouncilTax) => &mut tax_help,
                None => &mut no_help,
            };
            let weekly = housing_weekly(cost, help);
            if cost.kind.local && !self.policy.housing_allowed.contains(&cost.kind) {
                self.note_housing(at, cost, Pence::ZERO, ": inside what you keep anyway");
                continue;
            }
            self.note_housing(at, cost, weekly, "");
            total += weekly;
        }
        total
    }

    fn note_housing(&mut self, at: usize, cost: &Housing, weekly: Pence, why: &'static str) {
        self.step(|| {
            let by = cost.supplied_by.as_ref();
            let mut formula: Vec<Piece> = Vec::with_capacity(11);
            formula.extend([cost.amount.into(), " ".into(), cost.every.in_words().into()]);
            if let Some(help) = cost.help {
                formula.extend([" − ".into(), help.into(), " help".into()]);
            }
            if !cost.share.is_whole() {
                formula.extend([" × ".into(), cost.share.into()]);
            }
            formula.extend([", after any help with it: ".into(), weekly.into()]);
            formula.push(" a week".into());
            let label = [cost.kind.label, why].concat();
            Line::new(Part::Allowances, cost.kind.line, label, weekly, cost.kind.rule)
                .worked(formula)
                .resting_on(Input::said(words!["housing[", at, "].amount"], cost.amount, by))
        });
    }

    /// Help with housing that stands among the income, a week.
    fn help_with(&self, help: HousingHelp) -> Pence {
        let income = self.case.income.iter().filter(|income| income.kind.help == Some(help));
        income.map(|income| income.every.weekly(income.amount, Round::Down)).sum()
    }

    /// What the disability costs a week: item by item, or the place's standard sum where that is more.
    pub(super) fn disability_expenses(&mut self, benefit: Option<BenefitLevel>) -> Pence {
        if self.regime == Regime::Permanent {
            return Pence::ZERO;
        }
        let case = self.case;
        let mut total = Pence::ZERO;
        for (at, expense) in case.dre.iter().enumerate() {
            total += self.expense(at, expense);
        }
        if !total.is_nothing() && benefit.is_none() {
            self.ask(Ask::ExpenseWithoutBenefit);
        }
        let flat = self.flat_rate(benefit);
        if flat <= total {
            return total;
        }
        let more = flat - total;
        self.step(|| {
            let label = "Standard sum for the costs of a disability";
            Line::new(Part::Allowances, "dre.standard", label, more, rules::DRE_FLAT)
                .worked(words![flat, " − ", total, " allowed above"])
                .resting_on(Input::policy("dre-flat-rates", flat))
        });
        flat
    }

    fn flat_rate(&self, benefit: Option<BenefitLevel>) -> Pence {
        let rates = self.policy.dre_flat_rates;
        match benefit {
            None => Pence::ZERO,
            Some(BenefitLevel::Lowest) => rates.lowest,
            Some(BenefitLevel::Lower) => rates.lower,
            Some(BenefitLevel::Higher) => rates.higher,
        }
    }

    fn expense(&mut self, at: usize, expense: &Expense) -> Pence {
        let weekly = expense.every.weekly(expense.amount, Round::Up);
        let allowed = if expense.allowed { weekly } else { Pence::ZERO };
        if !expense.allowed && expense.reason.as_ref().is_none_or(|why| why.trim().is_empty()) {
            self.ask(Ask::ExpenseReason);
        }
        self.step(|| {
            let by = expense.supplied_by.as_ref();
            let decision = if expense.allowed { "" } else { ": not allowed" };
            let label = ["Disability cost, ", &expense.what, decision].concat();
            let every = expense.every.in_words();
            let formula = match &expense.reason {
                Some(reason) => words![expense.amount, " ", every, "; ", reason.clone()],
                None => words![expense.amount, " ", every],
            };
            Line::new(Part::Allowances, "dre.item", label, allowed, rules::DRE)
                .worked(formula)
                .resting_on(Input::said(words!["dre[", at, "].amount"], expense.amount, by))
        });
        allowed
    }
}

/// A week of a housing cost after help. Help that the cost itself does not name is used up as the
/// costs it can meet are met.
fn housing_weekly(cost: &Housing, help: &mut Pence) -> Pence {
    let share = |amount: Pence, share: Share| share.of(amount, Round::Up);
    if let Some(named) = cost.help {
        let net = (cost.amount - named).or_nothing();
        return share(cost.every.weekly(net, Round::Up), cost.share);
    }
    let theirs = share(cost.every.weekly(cost.amount, Round::Up), cost.share);
    let met = theirs.at_most(*help);
    *help -= met;
    theirs - met
}
