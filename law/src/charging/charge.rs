//! The charge: what is left over after the allowances, never more than the care costs.

use crate::charging::asks::{Ask, Asks};
use crate::charging::capital::Means;
use crate::charging::case::{Household, LightTouchGround};
use crate::charging::last::{Brought, Last, Steps, Way};
use crate::charging::policy::Percent;
use crate::charging::regime::Regime;
use crate::charging::rules;
use crate::charging::services::Cost;
use crate::charging::sitting::Sitting;
use crate::pence::{Pence, Round};
use crate::rates::RatesUsed;
use crate::words::words;
use crate::working::{Input, Line, Part, Rule, Trace};

/// How a charge came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// By income and savings.
    Means,
    /// In full, because savings are above the limit.
    FullCostCapital,
    /// In full, because the person does not show their means.
    FullCostNotDisclosed,
    /// In full by a lighter assessment, with the person's agreement.
    FullCostLightTouch,
    /// Nothing by a lighter assessment: the benefits show that there is nothing to pay with.
    NothingLightTouch,
    /// Nothing of the care can be charged for.
    Free,
    /// Nothing yet: the person was not told before this day.
    NotYetTold,
}

impl Basis {
    /// Whether it goes by what the person has; otherwise it is the same whatever they have.
    pub const fn goes_by_means(self) -> bool {
        // Who was not told in time may yet pay by their means.
        matches!(self, Self::Means | Self::FullCostCapital | Self::NotYetTold)
    }
}

/// What a case comes to. Amounts are a week's.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// What the person pays.
    pub charge: Pence,
    /// What the council pays.
    pub council_pays: Pence,
    /// What the NHS pays the home for nursing.
    pub nhs_pays: Pence,
    /// What someone pays on top for a dearer place.
    pub top_up: Pence,
    /// What the care costs: the four together.
    pub full_cost: Pence,
    /// The capital that counts (not a week's: a sum).
    pub capital_counted: Pence,
    /// The income that savings are taken to bring.
    pub tariff_income: Pence,
    /// The income that counts, with that of the savings.
    pub income_counted: Pence,
    /// The minimum income guarantee or the personal expenses allowance.
    pub allowance: Pence,
    /// That, and housing costs and the costs of a disability.
    pub allowances: Pence,
    /// What the person could be asked for, before the cost of the care is looked at.
    pub assessed: Pence,
    /// What is left of the counted income after the charge.
    pub left: Pence,
    /// What the council charges besides for arranging care, where that is due.
    pub arrangement_fee: Pence,
    /// What the charge would be, had the person been told in time.
    pub would_be: Pence,
    /// How it came about.
    pub basis: Basis,
    /// Which rules held.
    pub regime: Regime,
    /// The figures that the charge rests on.
    #[serde(skip)]
    pub rests_on: RatesUsed,
    /// What it leaves to ask.
    #[serde(skip)]
    pub asks: Asks,
    /// What the last stage began with.
    #[serde(skip)]
    pub last: Last,
}

impl<T: Trace> Sitting<'_, T> {
    /// Works the case out.
    pub(super) fn charge(mut self) -> Outcome {
        let means = self.means();
        let earned = self.earned(means.tariff);
        let income_counted = earned.counted + means.tariff;
        self.step(|| {
            let label = "Income that counts";
            Line::new(Part::Income, "income.counted", label, income_counted, rules::COUNTED)
                .worked("all the income above that counts")
        });
        let housing = self.housing_costs();
        let expenses = self.disability_expenses(earned.benefit);
        let guarantee = self.allowance();
        let of_means = std::mem::take(&mut self.used);
        let cost = self.cost();
        let of_cost = self.used;
        self.used.join(of_means);
        let brought = Brought {
            capital: means.counted,
            income: income_counted,
            guarantee,
            besides: housing + expenses,
            cost: cost.chargeable,
            fee: self.fee(),
        };
        let steps = self.choices.stage(brought);
        let allowance = steps.kept - brought.besides;
        self.note_uplift(guarantee, allowance - guarantee);
        self.note_left_over(income_counted, &steps);
        let (would_be, basis) = self.decide(&steps, &means, &cost);
        // What is charged whatever somebody has rests on no figure about what they have.
        let rests_on = if basis.goes_by_means() { self.used } else { of_cost };
        let last = Last { brought, way: self.way(basis) };
        let (charge, basis) = self.told(would_be, basis);
        self.step(|| {
            Line::new(Part::Result, "result.charge", "What you pay a week", charge, rules::CHARGE)
        });
        self.note_fee(steps.fee);
        if self.regime == Regime::Temporary && self.case.person.household == Household::Couple {
            self.ask(Ask::PartnerAtHome);
        }
        if self.is_unverified(rests_on) {
            self.ask(Ask::Unverified);
        }
        Outcome {
            charge,
            council_pays: cost.full - cost.nhs - cost.top_up - charge,
            nhs_pays: cost.nhs,
            top_up: cost.top_up,
            full_cost: cost.full,
            capital_counted: means.counted,
            tariff_income: means.tariff,
            income_counted,
            allowance,
            allowances: steps.kept,
            assessed: steps.taken,
            left: income_counted - charge,
            arrangement_fee: steps.fee,
            would_be,
            basis,
            regime: self.regime,
            rests_on,
            asks: self.asks,
            last,
        }
    }

    /// What is left over, and the part of it that the place takes.
    fn note_left_over(&mut self, income: Pence, steps: &Steps) {
        let Steps { kept, left_over, taken, .. } = *steps;
        self.step(|| {
            let formula = words![income, " − ", kept, ", not below nothing"];
            Line::new(
                Part::Result,
                "result.available",
                "Left over after what you keep",
                left_over,
                rules::ASSESSED,
            )
            .worked(formula)
            .resting_on(Input::line("income.counted", income))
            .resting_on(Input::line("all allowances", kept))
        });
        let taper = self.choices.taper;
        if taper == Percent::HUNDRED {
            return;
        }
        self.step(|| {
            let label = "The part of it that the council takes";
            Line::new(Part::Result, "result.taper", label, taken, rules::TAPER)
                .worked(words![left_over, " × ", taper.to_string(), "%"])
                .resting_on(Input::policy("taper-percent", taper.to_string()))
        });
    }

    /// The charge by whichever rule decides it.
    fn decide(&mut self, steps: &Steps, means: &Means, cost: &Cost) -> (Pence, Basis) {
        let full = cost.chargeable;
        if full.is_nothing() {
            return (Pence::ZERO, Basis::Free);
        }
        if let Some(light) = &self.case.light_touch {
            if !light.agreed && light.ground != LightTouchGround::BenefitsShowNothing {
                self.ask(Ask::LightTouchAgreed);
            } else {
                match light.ground {
                    LightTouchGround::CanPayInFull => {
                        return self.in_full(full, Basis::FullCostLightTouch, rules::LIGHT_TOUCH);
                    }
                    LightTouchGround::BenefitsShowNothing => {
                        return (Pence::ZERO, Basis::NothingLightTouch);
                    }
                    LightTouchGround::SmallCharge => {}
                }
            }
        }
        if !self.case.disclosed {
            self.ask(Ask::NotDisclosed);
            return self.in_full(full, Basis::FullCostNotDisclosed, rules::FULL_COST_REFUSED);
        }
        if means.over {
            return self.in_full(full, Basis::FullCostCapital, rules::CAPITAL);
        }
        self.note_by_means(steps, full);
        (steps.by_means, Basis::Means)
    }

    fn in_full(&mut self, full: Pence, basis: Basis, rule: Rule) -> (Pence, Basis) {
        self.step(|| {
            Line::new(Part::Result, "result.full-cost", "The full cost is charged", full, rule)
        });
        (full, basis)
    }

    fn note_by_means(&mut self, steps: &Steps, full: Pence) {
        let Steps { taken, within_cost, at_most, by_means, .. } = *steps;
        if within_cost < taken {
            self.step(|| {
                Line::new(
                    Part::Result,
                    "result.cost",
                    "No more than the care costs",
                    full,
                    rules::AT_MOST_COST,
                )
            });
        }
        if at_most < within_cost {
            self.step(|| {
                Line::new(
                    Part::Result,
                    "result.maximum",
                    "The most the council charges",
                    at_most,
                    rules::MAXIMUM,
                )
                .resting_on(Input::policy("maximum-charge", at_most))
            });
        }
        if by_means < at_most {
            let least = self.choices.least;
            self.step(|| {
                let label = "Too small to collect";
                Line::new(Part::Result, "result.minimum", label, -at_most, rules::MINIMUM)
                    .worked(words![at_most, " is less than ", least])
                    .resting_on(Input::policy("minimum-charge", least))
            });
        }
    }

    /// By what the charge is decided, whatever the place chooses about the last stage.
    fn way(&self, basis: Basis) -> Way {
        match basis {
            _ if self.not_told_yet() => Way::Nothing,
            Basis::Means | Basis::FullCostCapital => Way::Means,
            Basis::FullCostNotDisclosed | Basis::FullCostLightTouch => Way::InFull,
            Basis::NothingLightTouch | Basis::Free | Basis::NotYetTold => Way::Nothing,
        }
    }

    /// Whether the person is told only later, and nobody says why the charge starts before.
    fn not_told_yet(&self) -> bool {
        let reason = self.case.earlier_start_reason.as_ref();
        self.case.told_on.is_some_and(|told| told > self.day())
            && reason.is_none_or(|reason| reason.trim().is_empty())
    }

    /// A charge cannot start before the person was told it may be made.
    fn told(&mut self, charge: Pence, basis: Basis) -> (Pence, Basis) {
        if charge.is_nothing() {
            return (charge, basis);
        }
        let Some(told) = self.case.told_on else {
            self.ask(Ask::ToldOn);
            return (charge, basis);
        };
        if told <= self.day() {
            return (charge, basis);
        }
        if !self.not_told_yet() {
            self.ask(Ask::EarlierStart);
            return (charge, basis);
        }
        self.ask(Ask::StartsBeforeTold);
        self.step(|| {
            Line::new(
                Part::Result,
                "result.not-yet-told",
                "Not charged before you were told",
                -charge,
                rules::TOLD,
            )
            .worked(format!("told on {}", told.in_words()))
            .resting_on(Input::case("toldOn", told))
        });
        (Pence::ZERO, Basis::NotYetTold)
    }

    /// What arranging their care at home would cost someone above the limit who asked for it, a week.
    fn fee(&self) -> Pence {
        let asked = self.case.arranged_by_council && self.regime == Regime::Home;
        let fee = self.policy.arrangement_fee.filter(|_| asked);
        fee.map_or(Pence::ZERO, |fee| fee.every.weekly(fee.amount, Round::Down))
    }

    fn note_fee(&mut self, weekly: Pence) {
        let Some(fee) = self.policy.arrangement_fee.filter(|_| !weekly.is_nothing()) else {
            return;
        };
        self.ask(Ask::ArrangementFee);
        self.step(|| {
            let label = "Fee for arranging the care, besides";
            Line::new(Part::Result, "result.arrangement-fee", label, weekly, rules::ARRANGEMENT_FEE)
                .worked(words![fee.amount, " ", fee.every.in_words()])
                .resting_on(Input::policy("arrangement-fee", fee.amount))
        });
    }
}
