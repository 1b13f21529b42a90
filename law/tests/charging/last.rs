//! The last stage of charging, for one person and in columns, is what the whole law does.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use law::charging::Compared;
use law::charging::columns::{Columns, Small};
use law::charging::last::{Amount as _, Choices};
use law::charging::policy::{Change, Policy, PolicyBook};
use law::charging::{Basis, Case, Law, LightTouch, LightTouchGround};
use law::pence::Pence;
use law::rates::RateBook;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

use crate::promises;

prop_compose! {
    /// Choices about the last stage, from none to more than anybody has.
    fn choices()(percent in 0u32..=100_000, sum in 0i64..20_000, taper in 0u32..=10_000,
                 least in 0i64..5_000, most in option::of(0i64..40_000),
                 limit in select(vec![0, 2_325_000, 2_325_001, 3_000_000, 100_000_000_000])) -> Change {
        let hundredths = |part: u32| Pence::new(part.into()).to_string();
        let pounds = |pence: i64| Pence::new(pence).to_string();
        serde_json::from_value(json!({
            "mig-uplift-percent": hundredths(percent), "mig-uplift-sum": pounds(sum),
            "taper-percent": hundredths(taper), "minimum-charge": pounds(least),
            "maximum-charge": pounds(most.unwrap_or(0)), "upper-capital-limit-home": pounds(limit),
        })).unwrap()
    }
}

prop_compose! {
    /// Cases of every kind, also those that are not decided by means.
    fn case()(case in promises::case(), ground in option::weighted(0.2, select(vec![
                  LightTouchGround::CanPayInFull, LightTouchGround::BenefitsShowNothing,
                  LightTouchGround::SmallCharge])), agreed in any::<bool>(), arranged in any::<bool>(),
              later in option::weighted(0.2, 1i32..60), own in option::weighted(0.1, choices())) -> Case {
        let told_on = later.map_or(case.told_on, |days| Some(case.as_of.plus_days(days)));
        let light_touch = ground.map(|ground| LightTouch { ground, agreed });
        Case { told_on, light_touch, arranged_by_council: arranged, policy: own, ..case }
    }
}

fn law(choices: &Policy) -> Law {
    let chosen: Vec<String> = [
        ("mig-uplift-percent", choices.mig_uplift_percent.to_string()),
        ("mig-uplift-sum", choices.mig_uplift_sum.to_string()),
        ("taper-percent", choices.taper_percent.to_string()),
        ("minimum-charge", choices.minimum_charge.to_string()),
        ("maximum-charge", choices.maximum_charge.to_string()),
        ("upper-capital-limit-home", choices.upper_capital_limit_home.to_string()),
    ]
    .map(|(name, value)| format!("{name} = \"{value}\""))
    .into();
    let text = format!(
        "version = \"1\"\n[from.2022-04-11]\n{}\narrangement-fee = {{ amount = \"260.00\", every = \"year\" }}\n",
        chosen.join("\n")
    );
    Law {
        rates: RateBook::built_in().unwrap(),
        policy: PolicyBook::read("charging.toml", &text).unwrap(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// To the penny, for everybody, whatever the place chooses; every step too.
    #[test]
    fn whoever_is_taken_to_the_last_stage_pays_what_the_whole_law_says(
        cases in vec(case(), 1..8), before in choices(), after in choices(),
    ) {
        let before = law(&Policy::default().with(&before));
        let changed = law(&Policy::default().with(&after));
        for case in &cases {
            let outcome = changed.outcome(case).unwrap();
            let at = before.at_last(case, case.as_of, case.as_of).unwrap();
            let chosen = at.policy.clone().with(&after);
            let chosen = case.policy.iter().fold(chosen, Policy::with);
            let choices = if at.in_care_home {
                Choices::in_care_home(at.rates)
            } else {
                Choices::at_home(at.rates, &chosen)
            };
            let whole = outcome.charge + outcome.arrangement_fee;
            prop_assert_eq!(at.last.pays(&choices), whole, "one at a time");
            let earlier = before.outcome(case).unwrap();
            let earlier = earlier.charge + earlier.arrangement_fee;
            let mut columns = Columns::default();
            if !columns.put(&at.last, earlier) {
                continue;
            }
            let mut alone = Compared::default();
            alone.add(earlier, whole);
            prop_assert_eq!(columns.compare(&[choices]), [alone]);
            let mut steps = Vec::new();
            columns.steps(&choices, &mut steps);
            prop_assert_eq!(steps[0].kept.each()[0].pence(), outcome.allowances);
            prop_assert_eq!(steps[0].charge.each()[0].pence(), outcome.charge);
            prop_assert_eq!(steps[0].fee.each()[0].pence(), outcome.arrangement_fee);
            // Whoever is above the limit has no income of their capital in the whole law.
            if outcome.basis != Basis::FullCostCapital {
                prop_assert_eq!(steps[0].taken.each()[0].pence(), outcome.assessed);
            }
        }
    }
}

/// Columns longer than what is worked out at once, and people who do not fit.
#[test]
fn everybody_in_a_column_is_paid_for_in_their_order() {
    let law = law(&Policy::default());
    let mut columns = Columns::default();
    let case = |income: i64, saved: &str| -> Case {
        serde_json::from_value(json!({
            "asOf": "2026-06-01", "setting": "home",
            "person": { "born": "1950-01-01", "household": "single", "savingsCreditAge": false },
            "income": [{ "kind": "occupational-pension", "amount": Pence::new(income), "every": "week" }],
            "capital": [{ "kind": "savings", "value": saved }],
            "services": [{ "kind": "home-care", "cost": "500.00", "every": "week" }],
            "toldOn": "2024-05-01",
        }))
        .unwrap()
    };
    let at = |case: &Case| law.at_last(case, case.as_of, case.as_of).unwrap();
    assert!(columns.is_empty());
    let rich = case(0, "1342177.28");
    let before = Pence::new(30_000);
    assert!(columns.put(&at(&rich).last, before), "the most that fits");
    assert!(!columns.put(&at(&case(0, "1342177.29")).last, before), "a penny more");
    assert!(!columns.put(&at(&rich).last, Small::MOST + Pence::new(1)), "who paid a penny more");
    let earlier = |income: i64| Pence::new(income % 3 * 9_000);
    let incomes: Vec<i64> = (0..3_000).map(|at| 20_000 + at * 7).collect();
    for &income in &incomes {
        assert!(columns.put(&at(&case(income, "0")).last, earlier(income)));
    }
    let choices = Choices::at_home(at(&rich).rates, &Policy::default());
    let of = |case: &Case| law.outcome(case).unwrap().charge;
    let mut expected = vec![of(&rich)];
    let mut alone = Compared::default();
    alone.add(before, of(&rich));
    for &income in &incomes {
        expected.push(of(&case(income, "0")));
        alone.add(earlier(income), of(&case(income, "0")));
    }
    assert_eq!(paid(&columns, &choices), expected);
    assert_eq!((columns.len(), columns.is_empty()), (expected.len(), false));
    let dearer = Choices { most: Pence::new(100), ..choices };
    let [as_now, at_most_a_pound] = columns.compare(&[choices, dearer])[..] else { unreachable!() };
    assert_eq!(as_now, alone);
    assert_eq!(as_now.before + as_now.change(), as_now.after);
    assert!(
        alone.more > 0 && alone.less > 0 && alone.newly > 0 && alone.no_longer > 0,
        "{alone:?}"
    );
    assert_eq!(at_most_a_pound.before, alone.before);
    assert!(at_most_a_pound.after < alone.after);
    let mut joined = Columns::default();
    joined.join(&columns);
    joined.join(&columns);
    alone.join(&alone.clone());
    assert_eq!(joined.compare(&[choices]), [alone], "joined in the midst of a rank");
    assert_eq!(paid(&joined, &choices), [expected.clone(), expected].concat());
    let halves = [Small::new(Pence::new(1)), Small::new(Small::MOST), Small::new(Pence::new(-1))];
    assert_eq!(halves.map(|small| small.is_some()), [true, true, false]);
}

/// What each pays, step by step.
fn paid(columns: &Columns, choices: &Choices) -> Vec<Pence> {
    let mut steps = Vec::new();
    columns.steps(choices, &mut steps);
    let paid = steps.iter().flat_map(|steps| steps.charge.plus(steps.fee).each());
    paid.map(Small::pence).take(columns.len()).collect()
}
