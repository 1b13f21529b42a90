//! What the finances of an invented borough promise: the same on every machine, people like those a
//! council supports, and cases that the law can assess, on every branch.

use std::collections::BTreeSet;

use borough::Borough;
use care::fund::{DisabilityBenefit, Supported};
use law::charging::policy::PolicyBook;
use law::charging::{Basis, Law, Regime, Setting};
use law::rates::RateBook;

fn supported(seed: u64, residents: u32) -> Vec<Supported> {
    Borough::new(seed, residents).expect("a size in range").supported().collect()
}

fn lines(people: &[Supported]) -> Vec<String> {
    people.iter().map(|person| serde_json::to_string(person).expect("it can be written")).collect()
}

#[test]
fn the_same_seed_gives_the_same_finances_and_a_larger_borough_begins_with_them() {
    let (one, larger) = (lines(&supported(5, 2_000)), lines(&supported(5, 4_000)));
    assert_eq!(one, lines(&supported(5, 2_000)));
    assert_eq!(one, larger[..one.len()]);
    assert_ne!(one, lines(&supported(6, 2_000)));
    let back: Vec<Supported> =
        one.iter().map(|line| serde_json::from_str(line).expect("it can be read")).collect();
    assert_eq!(lines(&back), one);
}

/// How many in a thousand.
fn per_mille(people: &[Supported], which: impl Fn(&Supported) -> bool) -> usize {
    people.iter().filter(|person| which(person)).count() * 1_000 / people.len()
}

#[test]
fn they_are_like_the_people_a_council_supports() {
    let borough = Borough::new(1, 40_000).expect("a size in range");
    let adults = borough.residents().filter(|one| one.age >= 18).count();
    let people: Vec<Supported> = borough.supported().collect();
    let setting = |setting| per_mille(&people, |person| person.case.setting == setting);
    let short = setting(Setting::CareHomeTemporary) + setting(Setting::CareHomeShortTerm);
    let higher =
        |person: &Supported| person.about.disability_benefit == Some(DisabilityBenefit::Higher);
    let of_age = |person: &Supported| person.about.age.is_some_and(|age| age >= 66);
    let found = [
        ("supported, of 10,000 adults", people.len() * 10_000 / adults, 150, 200),
        ("of pension age, of 1,000", per_mille(&people, of_age), 610, 720),
        ("at home", setting(Setting::Home), 660, 760),
        ("in a care home to stay", setting(Setting::CareHomePermanent), 200, 300),
        ("in a care home for a time", short, 30, 75),
        ("with the higher benefit", per_mille(&people, higher), 380, 540),
    ];
    for (_, figure, from, to) in found {
        assert!((from..=to).contains(&figure), "{found:?}");
    }
}

#[test]
fn everybody_can_be_assessed_and_every_way_to_a_charge_is_walked() {
    let law = Law { rates: RateBook::built_in().expect("rates"), policy: PolicyBook::law_alone() };
    let people = supported(2, 40_000);
    let outcomes: Vec<_> = people
        .iter()
        .map(|person| {
            law.outcome(&person.case).unwrap_or_else(|why| panic!("{}: {why}", person.id))
        })
        .collect();
    let regimes: BTreeSet<String> =
        outcomes.iter().map(|outcome| format!("{:?}", outcome.regime)).collect();
    assert_eq!(regimes.len(), 3, "{regimes:?}");
    let bases: BTreeSet<String> =
        outcomes.iter().map(|outcome| format!("{:?}", outcome.basis)).collect();
    for basis in [Basis::Means, Basis::FullCostCapital, Basis::FullCostNotDisclosed, Basis::Free] {
        assert!(bases.contains(&format!("{basis:?}")), "{bases:?}");
    }
    let nothing = outcomes.iter().filter(|outcome| outcome.charge.is_nothing()).count();
    let home = outcomes.iter().filter(|outcome| outcome.regime == Regime::Home).count();
    assert!(nothing * 10 > home, "at least a tenth pay nothing: {nothing} of {home}");
    assert!(outcomes.iter().all(|outcome| !outcome.council_pays.pence().is_negative()));
}
