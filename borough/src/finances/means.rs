//! Income, savings, housing, the costs of a disability, and care.

use care::fund::DisabilityBenefit;
use law::charging::{
    Capital, CapitalKind, Expense, Housing, Income, IncomeKind, Kind, OccupiedBy, Row, Service,
    ServiceKind, Setting,
};
use law::day::Day;
use law::fraction::Share;
use law::pence::{Pence, Round};
use law::period::Every;
use law::rates::Code;

use super::{Drawing, facts};
use crate::dice::{Dice, RANKS};
use crate::feed_day;

/// People born from this day have the new State Pension (near enough: women born a year or two later).
const NEW_STATE_PENSION_FROM: (i16, i8, i8) = (1952, 4, 6);

impl Drawing<'_> {
    pub(super) fn income(&mut self, benefit: DisabilityBenefit) -> Vec<Income> {
        let mut income = Vec::with_capacity(6);
        if self.old {
            self.pensions(&mut income);
        } else {
            self.working_age(&mut income);
        }
        let gone = self.setting == Setting::CareHomePermanent
            && !self.dice.per_mille(facts::BENEFIT_STILL_PAID);
        let (higher, lower) = if self.old {
            ("attendance-allowance-higher", "attendance-allowance-lower")
        } else {
            ("pip-daily-living-enhanced", "pip-daily-living-standard")
        };
        match benefit {
            _ if gone => {}
            DisabilityBenefit::Higher => {
                income.push(weekly(higher, self.rates.get(Code::DisabilityHigher)));
            }
            DisabilityBenefit::Lower => {
                income.push(weekly(lower, self.rates.get(Code::DisabilityLower)));
            }
            DisabilityBenefit::Lowest | DisabilityBenefit::None => {}
        }
        income
    }

    /// State Pension, an occupational pension, and Pension Credit where there is little else.
    fn pensions(&mut self, income: &mut Vec<Income>) {
        let (year, month, day) = NEW_STATE_PENSION_FROM;
        let new = Day::new(year, month, day).is_some_and(|from| self.born >= from);
        let full = if new { Code::NewStatePension } else { Code::BasicStatePension };
        let percent = i64::from(self.dice.between(62, 100));
        let state = self.rates.get(full).times(percent, 100, Round::Down);
        income.push(every(state.times(4, 1, Round::Down), Every::FourWeeks, "state-pension"));
        let mut together = state;
        if !new {
            let more = Pence::new(i64::from(self.dice.between(500, 6_500)));
            income.push(weekly("additional-state-pension", more));
            together += more;
        }
        if self.dice.per_mille(facts::HAS_PENSION) {
            let pension = Pence::new(draw(&mut self.dice, &facts::PENSION));
            income.push(every(
                pension.times(52, 12, Round::Down),
                Every::Month,
                "occupational-pension",
            ));
            together += pension;
        }
        let guarantee = self.rates.get(Code::GuaranteeSingle);
        if together < guarantee && self.dice.per_mille(facts::CLAIMS_PENSION_CREDIT) {
            income.push(weekly("pension-credit-guarantee", guarantee - together));
        } else if !new && together > guarantee && self.dice.per_mille(220) {
            let credit = Pence::new(i64::from(self.dice.between(60, 1_700)));
            income.push(weekly("savings-credit", credit));
        }
    }

    fn working_age(&mut self, income: &mut Vec<Income>) {
        if self.dice.per_mille(facts::ON_UNIVERSAL_CREDIT) {
            let amount = Pence::new(facts::UNIVERSAL_CREDIT);
            income.push(every(amount, Every::Month, "universal-credit"));
        } else {
            let amount = Pence::new(facts::SUPPORT_ALLOWANCE);
            income.push(every(amount, Every::Fortnight, "esa-support-group"));
        }
        if self.dice.per_mille(facts::HAS_MOBILITY) {
            let amount = self.rates.get(Code::MobilityHigher);
            income.push(weekly("pip-mobility-enhanced", amount));
        }
        if self.dice.per_mille(60) {
            let amount = Pence::new(i64::from(self.dice.between(3_000, 14_000)));
            income.push(weekly("earnings", amount));
        }
    }

    pub(super) fn capital(&mut self, owner: bool) -> Vec<Capital> {
        let mut capital = Vec::with_capacity(2);
        if self.dice.per_mille(facts::HAS_SAVINGS) {
            let value = Pence::new(draw(&mut self.dice, &facts::SAVINGS));
            capital.push(owned("savings", value));
        }
        if owner {
            let [least, most] = facts::HOME_VALUE;
            let value = Pence::pounds(i64::from(self.dice.between(least, most)));
            let relative = self.dice.per_mille(facts::RELATIVE_AT_HOME);
            let (lives_there, share) = match self.setting {
                Setting::Home => (OccupiedBy::Person, Share::WHOLE),
                _ if self.couple() => (OccupiedBy::Partner, Share::HALF),
                _ if relative => (OccupiedBy::RelativeSixty, Share::WHOLE),
                _ => (OccupiedBy::Nobody, Share::WHOLE),
            };
            let since = feed_day().plus_days(-self.dice.between(4_000, 12_000));
            let home = owned("main-home", value);
            let occupied_by = Some(lives_there);
            capital.push(Capital { share, occupied_by, occupied_since: Some(since), ..home });
        }
        capital
    }

    /// What the home costs, and the help with it that stands among the income.
    pub(super) fn housing(&mut self, owner: bool) -> (Vec<Housing>, Vec<Income>) {
        let (mut costs, mut help) = (Vec::new(), Vec::new());
        let kinds = [
            ("rent", facts::RENT, "housing-benefit", !owner),
            ("council-tax", facts::COUNCIL_TAX, "council-tax-reduction", true),
        ];
        for (cost, [least, most], helps, due) in kinds {
            let amount = Pence::new(i64::from(self.dice.between(least, most)));
            let [some, all] = facts::HELP_PERCENT;
            let percent = i64::from(self.dice.between(some, all));
            let helped = self.dice.per_mille(facts::HAS_HELP);
            if !due || self.setting == Setting::CareHomePermanent {
                continue;
            }
            costs.push(Housing {
                kind: kind(cost),
                amount,
                every: Every::Month,
                share: if self.couple() { Share::HALF } else { Share::WHOLE },
                help: None,
                supplied_by: None,
            });
            if helped {
                let met = amount.times(percent, 100, Round::Down);
                help.push(every(met, Every::Month, helps));
            }
        }
        (costs, help)
    }

    pub(super) fn expenses(&mut self, benefit: DisabilityBenefit) -> Vec<Expense> {
        let most = if benefit == DisabilityBenefit::None { 0 } else { 3 };
        let first = usize::try_from(self.dice.below(6)).unwrap_or(0);
        let items = usize::try_from(self.dice.between(0, most)).unwrap_or(0);
        let drawn = facts::EXPENSES.iter().cycle().skip(first).take(items);
        drawn
            .map(|&(what, [least, most])| {
                let allowed = self.dice.per_mille(860);
                Expense {
                    what: what.to_owned(),
                    amount: Pence::new(i64::from(self.dice.between(least, most))),
                    every: Every::Week,
                    allowed,
                    reason: (!allowed).then(|| "No more than anybody pays".to_owned()),
                    supplied_by: None,
                }
            })
            .collect()
    }

    pub(super) fn services(&mut self) -> Vec<Service> {
        let day = feed_day();
        let in_care_home = self.setting != Setting::Home;
        let [least, most] = if in_care_home { facts::CARE_HOME } else { facts::HOME_CARE };
        let cost = Pence::new(i64::from(self.dice.between(least / 10, most / 10) * 10));
        let nursing = self.dice.per_mille(340);
        let reablement = self.dice.per_mille(facts::IN_REABLEMENT);
        let started = day.plus_days(-self.dice.between(3, 60));
        let main = match (in_care_home, nursing, reablement) {
            (true, true, _) => service("nursing-home", cost),
            (true, false, _) => service("care-home", cost),
            (false, _, true) => Service { started: Some(started), ..service("reablement", cost) },
            (false, _, false) => service("home-care", cost),
        };
        let mut services = vec![main];
        if !in_care_home && self.dice.per_mille(facts::HAS_EQUIPMENT) {
            let cost = Pence::new(i64::from(self.dice.between(4_000, 140_000)));
            services.push(service("equipment", cost));
        }
        services
    }
}

/// A value of a distribution: straight between the values of its table.
fn draw(dice: &mut Dice, table: &facts::Quantiles) -> i64 {
    let steps = u64::try_from(table.len() - 1).unwrap_or(1);
    let along = dice.rank() * steps;
    let at = usize::try_from(along / RANKS).unwrap_or(0);
    let (low, high) = (table[at], table[at + 1]);
    let part = i64::try_from(along % RANKS).unwrap_or(0);
    let ranks = i64::try_from(RANKS).unwrap_or(1);
    low + (high - low) * part / ranks
}

/// A kind of the law's tables; a name that is not there is a fault of ours, which a test would find.
fn kind<R: Row>(name: &str) -> Kind<R> {
    Kind::named(name).unwrap_or_else(|error| panic!("the borough's finances: {error}"))
}

fn weekly(name: &str, amount: Pence) -> Income {
    every(amount, Every::Week, name)
}

fn every(amount: Pence, every: Every, name: &str) -> Income {
    let kind: IncomeKind = kind(name);
    Income { kind, amount, every, tax: Pence::ZERO, share: Share::WHOLE, supplied_by: None }
}

fn owned(name: &str, value: Pence) -> Capital {
    let kind: CapitalKind = kind(name);
    Capital {
        kind,
        value,
        share: Share::WHOLE,
        share_value: None,
        debt: Pence::ZERO,
        sale_costs: None,
        occupied_by: None,
        occupied_since: None,
        received: None,
        disregard: None,
        supplied_by: None,
    }
}

fn service(name: &str, cost: Pence) -> Service {
    let kind: ServiceKind = kind(name);
    Service { kind, cost, every: Every::Week, started: None, fnc: None }
}
