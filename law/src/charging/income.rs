//! Income: what of it counts, a week (SI 2014/2672 reg 13 to 17 and Sch 1).

use std::borrow::Cow;

use crate::charging::asks::Ask;
use crate::charging::case::Income;
use crate::charging::kinds::{BenefitLevel, IncomeTreat};
use crate::charging::regime::Regime;
use crate::charging::rules;
use crate::charging::sitting::Sitting;
use crate::pence::{Pence, Round};
use crate::rates::Code;
use crate::words::{Piece, Words, words};
use crate::working::{Input, Line, Part, Rule, Trace};

/// What the income comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Earned {
    /// What counts a week.
    pub(super) counted: Pence,
    /// The highest level of disability benefit that is counted.
    pub(super) benefit: Option<BenefitLevel>,
}

/// How much of one income counts, and why not the rest.
struct Counts {
    amount: Pence,
    rule: Rule,
    why: Option<&'static str>,
}

impl<T: Trace> Sitting<'_, T> {
    /// All income, apart from what savings are taken to bring.
    pub(super) fn earned(&mut self, tariff: Pence) -> Earned {
        let case = self.case;
        let mut earned = Earned::default();
        let (mut credit, mut qualifying) = (Pence::ZERO, tariff);
        for (at, income) in case.income.iter().enumerate() {
            let weekly = weekly(income);
            let counts = self.counts(income, weekly);
            earned.counted += counts.amount;
            if income.kind.treat == IncomeTreat::DisabilityBenefit && !counts.amount.is_nothing() {
                earned.benefit = earned.benefit.max(income.kind.level);
            }
            if income.kind.qualifying {
                qualifying += weekly;
            }
            if income.kind.treat == IncomeTreat::SavingsCredit {
                credit += weekly;
            }
            self.note(at, income, weekly, &counts);
        }
        let left_out = self.leave_out_savings_credit(credit, qualifying, earned.counted);
        earned.counted -= left_out;
        earned
    }

    fn note(&mut self, at: usize, income: &Income, weekly: Pence, counts: &Counts) {
        if income.kind.other {
            self.ask(Ask::OtherKind);
        }
        self.step(|| {
            let label = match counts.why {
                Some(why) => Cow::Owned([income.kind.label, ": ", why].concat()),
                None => Cow::Borrowed(income.kind.label),
            };
            let by = income.supplied_by.as_ref();
            Line::new(Part::Income, income.kind.line, label, counts.amount, counts.rule)
                .worked(weekly_in_words(income, weekly))
                .resting_on(Input::said(words!["income[", at, "].amount"], income.amount, by))
                .resting_on(Input::said(words!["income[", at, "].every"], income.every.code(), by))
        });
    }

    /// What counts of one income of so much a week.
    fn counts(&mut self, income: &Income, weekly: Pence) -> Counts {
        let rule = income.kind.rule;
        let all = Counts { amount: weekly, rule, why: None };
        let none = |why| Counts { amount: Pence::ZERO, rule, why: Some(why) };
        match income.kind.treat {
            IncomeTreat::Counted | IncomeTreat::SavingsCredit => all,
            IncomeTreat::Disregarded => none("left out"),
            IncomeTreat::Capital => none("left out here, because it counts as savings"),
            IncomeTreat::CareHomeOnly if self.regime.in_care_home() => all,
            IncomeTreat::CareHomeOnly => none("left out at home"),
            IncomeTreat::DisabilityBenefit => self.disability_benefit(income, weekly),
            IncomeTreat::Occupational => self.occupational(weekly, rule),
            IncomeTreat::WarPension => {
                let first = self.rate(Code::WarPension);
                let amount = (weekly - first).or_nothing();
                Counts { amount, rule, why: Some("the first £10 left out") }
            }
            IncomeTreat::Lodger => {
                let first = self.rate(Code::Lodger);
                let amount = (weekly - first).or_nothing().times(1, 2, Round::Down);
                Counts { amount, rule, why: Some("£20 and half of the rest left out") }
            }
        }
    }

    /// Counted, except in a temporary stay; the part for nights may be left out by policy.
    fn disability_benefit(&mut self, income: &Income, weekly: Pence) -> Counts {
        let rule = income.kind.rule;
        let all = Counts { amount: weekly, rule, why: None };
        match self.regime {
            Regime::Temporary => Counts {
                amount: Pence::ZERO,
                rule: rules::TEMPORARY_BENEFIT,
                why: Some("left out in a temporary stay"),
            },
            Regime::Permanent => {
                let past = |admitted: crate::day::Day| self.day() >= admitted.plus_days(28);
                if self.case.stay.as_ref().is_some_and(|stay| past(stay.admitted)) {
                    self.ask(Ask::BenefitAfter28Days);
                }
                all
            }
            Regime::Home
                if self.nights_left_out() && income.kind.level == Some(BenefitLevel::Higher) =>
            {
                let nights = self.rate(Code::DisabilityHigher) - self.rate(Code::DisabilityLower);
                Counts {
                    amount: (weekly - nights.or_nothing()).or_nothing(),
                    rule: rules::NIGHT,
                    why: Some("the part for nights left out"),
                }
            }
            Regime::Home => all,
        }
    }

    fn nights_left_out(&self) -> bool {
        self.policy.night_care_disregard
            && !self.case.services.iter().any(|service| service.kind.night)
    }

    /// Half is left out for a permanent resident who passes at least half to a spouse elsewhere.
    fn occupational(&mut self, weekly: Pence, rule: Rule) -> Counts {
        let stay = self.case.stay.as_ref();
        let passed = self.regime == Regime::Permanent
            && stay.is_some_and(|stay| stay.spouse_passed_half_pension);
        if !passed {
            return Counts { amount: weekly, rule: rules::COUNTED, why: None };
        }
        let amount = weekly - weekly.times(1, 2, Round::Up);
        Counts { amount, rule, why: Some("half left out for the husband, wife or civil partner") }
    }

    fn leave_out_savings_credit(
        &mut self,
        received: Pence,
        qualifying: Pence,
        counted: Pence,
    ) -> Pence {
        let Some(credit) = self.savings_credit(received, qualifying) else { return Pence::ZERO };
        let left_out = credit.left_out.at_most(counted);
        self.step(|| {
            let rule =
                crate::charging::kinds::IncomeKind::named("savings-credit").map(|kind| kind.rule);
            Line::new(
                Part::Income,
                "income.savings-credit-left-out",
                "Savings credit left out",
                -left_out,
                rule.unwrap_or(rules::ASSESSED),
            )
            .worked(credit.why)
            .resting_on(Input::line("income.savings-credit", received))
            .resting_on(Input::line("qualifying income", qualifying))
        });
        left_out
    }
}

/// A week of an income after tax, by the person's share; a fraction of a penny is left to them.
fn weekly(income: &Income) -> Pence {
    let after_tax = (income.amount - income.tax).or_nothing();
    let (top, bottom) = income.every.to_week();
    let (part, parts) = income.share.parts();
    after_tax.times(top * i64::from(part), bottom * i64::from(parts), Round::Down)
}

fn weekly_in_words(income: &Income, weekly: Pence) -> Words {
    let mut text: Vec<Piece> = Vec::new();
    if !income.tax.is_nothing() {
        text.extend(["(".into(), income.amount.into(), " − ".into()]);
        text.extend([income.tax.into(), " tax)".into()]);
    }
    let (top, bottom) = income.every.to_week();
    let mut by = |sign: &'static str, factor: Piece| {
        if text.is_empty() {
            text.push(income.amount.into());
        }
        text.extend([sign.into(), factor]);
    };
    if top != 1 {
        by(" × ", top.into());
    }
    if bottom != 1 {
        by(" ÷ ", bottom.into());
    }
    if !income.share.is_whole() {
        by(" × ", income.share.into());
    }
    if text.is_empty() {
        return weekly.into();
    }
    text.extend([" = ".into(), weekly.into()]);
    text.into()
}
