//! Invented finances: which residents are supported, what they have, and what their care costs.
//!
//! Each person is a function of the seed and their number among the residents, as everything here.
//! Amounts of benefits and pensions are the law's figures on the day of the feed; what spreads around
//! them is in [`facts`].

mod facts;
mod means;

use care::find::register::Death;
use care::fund::{About, DisabilityBenefit, Ethnicity, SupportReason, Supported};
use law::charging::{Case, Household, Person, Setting, Stay};
use law::day::{Day, PartialDay};
use law::pension_age;
use law::rates::{Code, RateBook};

use crate::dice::Dice;
use crate::household::Kind;
use crate::residents::{Inhabitant, Residents};
use crate::{Borough, feed_day};

/// The dice of finances are apart from those of households.
const STREAMS: u64 = 1 << 63;

impl Borough {
    /// Its supported people, in the order of its residents.
    pub fn supported(&self) -> SupportedPeople {
        let rates = RateBook::built_in()
            .unwrap_or_else(|faults| panic!("the rates that were built in: {faults:?}"));
        SupportedPeople { seed: self.seed(), residents: self.residents(), number: 0, rates }
    }
}

/// The supported people of a borough.
pub struct SupportedPeople {
    seed: u64,
    residents: Residents,
    number: u64,
    rates: RateBook,
}

impl Iterator for SupportedPeople {
    type Item = Supported;

    fn next(&mut self) -> Option<Supported> {
        loop {
            let inhabitant = self.residents.next()?;
            self.number += 1;
            let dice = Dice::new(self.seed, STREAMS | self.number);
            if let Some(person) = supported(dice, &inhabitant, &self.rates) {
                return Some(person);
            }
        }
    }
}

/// A person while their finances are drawn.
struct Drawing<'a> {
    dice: Dice,
    rates: &'a law::rates::Rates,
    born: Day,
    household: Household,
    setting: Setting,
    /// Whether they have reached pension age.
    old: bool,
}

impl Drawing<'_> {
    /// The place of the person's age in a table of two columns.
    fn column(&self) -> usize {
        usize::from(self.old)
    }

    fn couple(&self) -> bool {
        self.household == Household::Couple
    }
}

fn supported(mut dice: Dice, inhabitant: &Inhabitant, rates: &RateBook) -> Option<Supported> {
    let day = feed_day();
    let need = need(inhabitant);
    let alive = inhabitant.resident.death == Death::Alive && inhabitant.age >= 18;
    if !alive || !is_supported(&mut dice, inhabitant, need) {
        return None;
    }
    let born = inhabitant.resident.born.map(PartialDay::first)?;
    let old = pension_age::reached(born, day);
    let reason = reason(&mut dice, need, old);
    let household = household(&mut dice, inhabitant);
    let setting = match inhabitant.kind {
        Kind::CareHome => Setting::CareHomePermanent,
        _ => weighted(&mut dice, &facts::SETTINGS, usize::from(old)),
    };
    let rates = rates.on(day).ok()?;
    let mut drawing = Drawing { dice, rates, born, household, setting, old };
    let benefit = drawing.benefit();
    let case = drawing.case(inhabitant, benefit);
    let ethnicity = inhabitant.resident.ethnicity.clone();
    Some(Supported {
        id: inhabitant.resident.source.id.clone(),
        about: About {
            age: Some(inhabitant.age),
            support_reason: reason,
            ethnicity: ethnicity.and_then(|letter| Ethnicity::try_from(letter).ok()),
            disability_benefit: Some(benefit),
        },
        case,
        pays: None,
    })
}

/// The support that a condition brings by itself.
fn need(inhabitant: &Inhabitant) -> Option<SupportReason> {
    let mut brings = facts::BRINGS_SUPPORT.iter();
    brings.find(|(key, _)| inhabitant.conditions.contains(key)).map(|&(_, reason)| reason)
}

fn is_supported(dice: &mut Dice, inhabitant: &Inhabitant, need: Option<SupportReason>) -> bool {
    let Some(row) = facts::SUPPORTED.iter().find(|row| inhabitant.age >= row.from) else {
        return false;
    };
    let conditions = u64::try_from(inhabitant.conditions.count_tier_1()).unwrap_or(0);
    let of_need = if need.is_some() { row.need } else { 0 };
    let at_home = row.anyone + conditions * row.each_condition + of_need;
    // Most people who live in a care home are there with the council's support.
    dice.per_mille(if inhabitant.kind == Kind::CareHome { facts::IN_CARE_HOME } else { at_home })
}

fn reason(dice: &mut Dice, need: Option<SupportReason>, old: bool) -> Option<SupportReason> {
    let other = weighted(dice, &facts::OTHER_REASONS, usize::from(old));
    (!dice.per_mille(facts::NO_REASON)).then(|| need.unwrap_or(other))
}

fn household(dice: &mut Dice, inhabitant: &Inhabitant) -> Household {
    match inhabitant.kind {
        Kind::OlderCouple | Kind::Couple | Kind::Family => Household::Couple,
        // A grown-up child of the house has no partner there, and neither has a grandparent.
        Kind::GrownFamily if inhabitant.age > 40 => Household::Couple,
        Kind::OlderWithChild if inhabitant.age > 62 && dice.per_mille(400) => Household::Couple,
        Kind::LoneParent => Household::LoneParent,
        _ => Household::Single,
    }
}

/// One of a table of two columns of weights.
fn weighted<T: Copy>(dice: &mut Dice, table: &[(T, [u32; 2])], column: usize) -> T {
    table[dice.weighted(table.iter().map(|(_, weights)| weights[column]))].0
}

impl Drawing<'_> {
    fn benefit(&mut self) -> DisabilityBenefit {
        let weights = facts::BENEFIT[self.column()];
        match self.dice.weighted(weights.into_iter()) {
            0 => DisabilityBenefit::None,
            1 => DisabilityBenefit::Lower,
            _ => DisabilityBenefit::Higher,
        }
    }

    fn case(&mut self, inhabitant: &Inhabitant, benefit: DisabilityBenefit) -> Case {
        let day = feed_day();
        let owner = self.dice.per_mille(facts::OWNS_HOME[self.column()]);
        let partner_born = self.couple().then(|| {
            let years = self.dice.between(-5, 5);
            self.born.plus_months(years * 12 + self.dice.between(-6, 6))
        });
        let children = match inhabitant.kind {
            Kind::LoneParent | Kind::Family => u8::try_from(self.dice.between(1, 3)).unwrap_or(1),
            _ => 0,
        };
        let stay = self.stay(inhabitant.kind == Kind::CareHome);
        let (housing, help) = self.housing(owner);
        let mut income = self.income(benefit);
        income.extend(help);
        let mut case = Case {
            as_of: day,
            setting: self.setting,
            person: Person {
                born: self.born,
                household: self.household,
                children,
                partner_born,
                savings_credit_age: None,
                cjd: false,
            },
            premiums: None,
            income,
            capital: self.capital(owner),
            housing,
            dre: self.expenses(benefit),
            services: self.services(),
            stay,
            top_up: None,
            told_on: Some(day.plus_days(-self.dice.between(20, 1_500))),
            earlier_start_reason: None,
            disclosed: !self.dice.per_mille(facts::DOES_NOT_DISCLOSE),
            light_touch: None,
            arranged_by_council: self.dice.per_mille(500),
            policy: None,
        };
        // Only who pays in full asks the council to arrange it.
        case.arranged_by_council &= case.setting == Setting::Home
            && case.capital.iter().any(|one| {
                one.occupied_by.is_none() && one.value > self.rates.get(Code::CapitalUpper)
            });
        case
    }

    /// A stay in a care home; people whose home it was already came some time ago.
    fn stay(&mut self, settled: bool) -> Option<Stay> {
        let (least, most) = match self.setting {
            Setting::Home => return None,
            Setting::CareHomePermanent if settled => (120, 1_800),
            Setting::CareHomePermanent => (10, 900),
            Setting::CareHomeTemporary => (5, 300),
            Setting::CareHomeShortTerm => (1, 54),
        };
        let ago = self.dice.between(least, most);
        let permanent = self.setting == Setting::CareHomePermanent;
        let after = self.dice.between(0, 60).min(ago);
        Some(Stay {
            admitted: feed_day().plus_days(-ago),
            permanent_from: permanent.then(|| feed_day().plus_days(after - ago)),
            spouse_passed_half_pension: permanent && self.couple() && self.dice.per_mille(400),
            plans_to_return: true,
            earlier: Vec::new(),
            relative_left: None,
        })
    }
}
