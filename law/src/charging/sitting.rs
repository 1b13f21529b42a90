//! One assessment while it is being worked out.

use crate::charging::asks::{Ask, Asks};
use crate::charging::case::Case;
use crate::charging::last::Choices;
use crate::charging::policy::Policy;
use crate::charging::regime::Regime;
use crate::day::Day;
use crate::pence::Pence;
use crate::rates::{Code, Rates, RatesUsed};
use crate::working::{Line, Trace};

/// The desk at which one case is worked out: what goes in, and what is noted on the way.
///
/// Each quantity has its own file, which adds a method here.
pub(super) struct Sitting<'a, T> {
    pub(super) case: &'a Case,
    pub(super) policy: &'a Policy,
    pub(super) regime: Regime,
    pub(super) choices: Choices,
    rates: &'a Rates,
    trace: &'a mut T,
    pub(super) used: RatesUsed,
    pub(super) asks: Asks,
}

impl<'a, T: Trace> Sitting<'a, T> {
    pub(super) fn new(
        case: &'a Case,
        rates: &'a Rates,
        policy: &'a Policy,
        trace: &'a mut T,
    ) -> Self {
        let mut asks = Asks::default();
        let regime = Regime::of(case, policy, &mut asks);
        let choices = if regime.in_care_home() {
            Choices::in_care_home(rates)
        } else {
            Choices::at_home(rates, policy)
        };
        Self { case, policy, regime, choices, rates, trace, used: RatesUsed::default(), asks }
    }

    /// The day of the assessment.
    pub(super) fn day(&self) -> Day {
        self.case.as_of
    }

    /// A figure of the law, noted as used.
    pub(super) fn rate(&mut self, code: Code) -> Pence {
        self.used.note(code);
        self.rates.get(code)
    }

    /// Whether any of some figures could not be checked.
    pub(super) fn is_unverified(&self, figures: RatesUsed) -> bool {
        figures.meets(self.rates.unverified())
    }

    pub(super) fn ask(&mut self, ask: Ask) {
        self.asks.add(ask);
    }

    /// Whether someone born on a day has reached pension age.
    pub(super) fn pension_age(&self, born: Day) -> bool {
        crate::pension_age::reached(born, self.day())
    }

    /// Notes a step.
    pub(super) fn step(&mut self, line: impl FnOnce() -> Line) {
        self.trace.step(line);
    }
}
