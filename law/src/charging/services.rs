//! What the care costs, and what of it a person can be charged for.

use std::borrow::Cow;

use crate::charging::asks::Ask;
use crate::charging::case::{Fnc, Payer, Service};
use crate::charging::kinds::Free;
use crate::charging::property::TWELVE_WEEKS;
use crate::charging::regime::Regime;
use crate::charging::rules;
use crate::charging::sitting::Sitting;
use crate::pence::{Pence, Round};
use crate::rates::Code;
use crate::words::words;
use crate::working::{Input, Line, Part, Rule, Trace};

/// The care of a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Cost {
    /// What all of it costs.
    pub(super) full: Pence,
    /// What of it may be charged for.
    pub(super) chargeable: Pence,
    /// What the NHS pays of it.
    pub(super) nhs: Pence,
    /// What someone pays on top, for a dearer place.
    pub(super) top_up: Pence,
}

/// The free spell of reablement: six weeks from its first day.
const SIX_WEEKS: i32 = 6 * 7;

impl<T: Trace> Sitting<'_, T> {
    /// All services of a week.
    pub(super) fn cost(&mut self) -> Cost {
        let case = self.case;
        let mut cost = Cost::default();
        for (at, service) in case.services.iter().enumerate() {
            let once = service.kind.free == Some(Free::Equipment);
            let weekly =
                if once { service.cost } else { service.every.weekly(service.cost, Round::Down) };
            let free = self.free(service);
            let nhs = self.nursing(service).at_most(weekly);
            self.note_service(at, service, weekly, free);
            // What is bought once is no part of a week: it is free, or charged for by itself.
            if once {
                continue;
            }
            cost.full += weekly;
            cost.nhs += nhs;
            if free.is_none() {
                cost.chargeable += weekly - nhs;
            }
        }
        self.top_up(&mut cost);
        cost
    }

    fn note_service(&mut self, at: usize, service: &Service, weekly: Pence, free: Option<Rule>) {
        self.step(|| {
            let label = match free {
                Some(_) => Cow::Owned([service.kind.label, ": free"].concat()),
                None => Cow::Borrowed(service.kind.label),
            };
            let rule = free.unwrap_or(service.kind.rule);
            Line::new(Part::Services, service.kind.line, label, weekly, rule)
                .worked(match service.kind.free {
                    Some(Free::Equipment) => words![service.cost, " once"],
                    _ => words![service.cost, " ", service.every.in_words()],
                })
                .resting_on(Input::case(words!["services[", at, "].cost"], service.cost))
        });
    }

    /// Why a service is free on this day, if it is.
    fn free(&mut self, service: &Service) -> Option<Rule> {
        if self.case.person.cjd {
            return Some(rules::CJD);
        }
        let carer = service.kind.carer && !self.policy.charge_carers;
        if carer || self.policy.not_charged.contains(&service.kind) {
            return Some(rules::NOT_CHARGED);
        }
        match service.kind.free? {
            Free::Always => Some(service.kind.rule),
            Free::Equipment => {
                (service.cost <= self.rate(Code::FreeEquipment)).then_some(service.kind.rule)
            }
            Free::Reablement => {
                let Some(started) = service.started else {
                    self.ask(Ask::ReablementStarted);
                    return Some(service.kind.rule);
                };
                (self.day() < started.plus_days(SIX_WEEKS)).then_some(service.kind.rule)
            }
        }
    }

    /// NHS-funded nursing care, which is paid to the home.
    fn nursing(&mut self, service: &Service) -> Pence {
        let usual = if service.kind.nursing { Fnc::Standard } else { Fnc::None };
        let (code, label) = match service.fnc.unwrap_or(usual) {
            Fnc::None => return Pence::ZERO,
            Fnc::Standard => (Code::FncStandard, "The NHS pays the home for nursing"),
            Fnc::Higher => (Code::FncHigher, "The NHS pays the home for nursing, high band"),
        };
        let paid = self.rate(code);
        self.step(|| {
            Line::new(Part::Services, "service.fnc", label, -paid, rules::FNC)
                .resting_on(Input::rate(code.code(), paid))
        });
        paid
    }

    /// A top-up is paid on top: neither the charge nor the council's part covers it.
    fn top_up(&mut self, cost: &mut Cost) {
        let Some(top_up) = &self.case.top_up else { return };
        let weekly = top_up.every.weekly(top_up.amount, Round::Up).at_most(cost.chargeable);
        if top_up.payer == Payer::FirstParty && !self.may_pay_own_top_up() {
            self.ask(Ask::FirstPartyTopUp);
        }
        cost.top_up = weekly;
        cost.chargeable -= weekly;
        self.step(|| {
            Line::new(
                Part::Services,
                "service.top-up",
                "Top-up for a dearer place",
                -weekly,
                rules::TOP_UP,
            )
            .worked(words![top_up.amount, " ", top_up.every.in_words()])
            .resting_on(Input::case("topUp.amount", top_up.amount))
        });
    }

    /// The person may pay it themself while the home is left out for twelve weeks.
    fn may_pay_own_top_up(&self) -> bool {
        let from = self.case.stay.as_ref().and_then(|stay| stay.permanent_from);
        self.regime == Regime::Permanent
            && from.is_some_and(|from| self.day() < from.plus_days(TWELVE_WEEKS))
    }
}
