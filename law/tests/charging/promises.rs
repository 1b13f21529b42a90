//! What charging promises of every case, and not only of those somebody thought of.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use law::charging::{
    Basis, Capital, CapitalKind, Case, Expense, Household, Housing, HousingKind, Income,
    IncomeKind, OccupiedBy, Person, Service, ServiceKind, Setting, Stay,
};
use law::day::Day;
use law::fraction::Share;
use law::pence::Pence;
use law::period::Every;
use law::working::Part;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::LAW;

fn amount(most: i64) -> impl Strategy<Value = Pence> {
    (0..=most).prop_map(Pence::new)
}

fn every() -> impl Strategy<Value = Every> {
    select(Every::ALL.to_vec())
}

fn share() -> impl Strategy<Value = Share> {
    (0u32..=12, 1u32..=12)
        .prop_map(|(top, bottom)| Share::new(top.min(bottom), bottom).unwrap_or(Share::WHOLE))
}

fn day(from: &str, to: &str) -> impl Strategy<Value = Day> {
    let days = Day::parse(from).unwrap().epoch_days()..=Day::parse(to).unwrap().epoch_days();
    days.prop_map(|days| Day::from_epoch_days(days).unwrap())
}

prop_compose! {
    fn income()(kind in select(IncomeKind::all().collect::<Vec<_>>()), amount in amount(60_000),
                every in every(), tax in amount(2_000), share in share()) -> Income {
        Income { kind, amount, every, tax, share, supplied_by: None }
    }
}

prop_compose! {
    fn capital()(kind in select(CapitalKind::all().collect::<Vec<_>>()), value in amount(4_000_000),
                 share in share(), debt in amount(100_000),
                 occupied_by in option::of(select(vec![OccupiedBy::Nobody, OccupiedBy::Partner, OccupiedBy::Other])),
                 received in option::of(day("2022-01-01", "2027-01-01"))) -> Capital {
        Capital { kind, value, share, share_value: None, debt, sale_costs: None, occupied_by,
                  occupied_since: None, received, disregard: None, supplied_by: None }
    }
}

prop_compose! {
    fn housing()(kind in select(HousingKind::all().collect::<Vec<_>>()), amount in amount(80_000),
                 every in every(), share in share(), help in option::of(amount(20_000))) -> Housing {
        Housing { kind, amount, every, share, help, supplied_by: None }
    }
}

prop_compose! {
    fn expense()(amount in amount(10_000), every in every(), allowed in any::<bool>()) -> Expense {
        Expense { what: "laundry".into(), amount, every, allowed, reason: None, supplied_by: None }
    }
}

prop_compose! {
    fn service()(kind in select(ServiceKind::all().collect::<Vec<_>>()), cost in amount(150_000),
                 every in every(), started in option::of(day("2022-01-01", "2027-01-01"))) -> Service {
        Service { kind, cost, every, started, fnc: None }
    }
}

prop_compose! {
    fn stay(as_of: Day)(before in 0i32..800, permanent in option::of(0i32..400),
                        passed in any::<bool>(), plans in any::<bool>()) -> Stay {
        let admitted = as_of.plus_days(-before);
        Stay { admitted, permanent_from: permanent.map(|days| admitted.plus_days(days)),
               spouse_passed_half_pension: passed, plans_to_return: plans,
               earlier: Vec::new(), relative_left: None }
    }
}

pub fn case() -> impl Strategy<Value = Case> {
    let settings = vec![
        Setting::Home,
        Setting::CareHomePermanent,
        Setting::CareHomeTemporary,
        Setting::CareHomeShortTerm,
    ];
    let households = vec![Household::Single, Household::Couple, Household::LoneParent];
    let who = (
        day("1925-01-01", "2003-01-01"),
        select(households),
        0u8..4,
        option::of(day("1925-01-01", "2003-01-01")),
    );
    (day("2022-04-11", "2027-04-11"), select(settings), who)
        .prop_flat_map(|(as_of, setting, who)| {
            let lists = (
                vec(income(), 0..6),
                vec(capital(), 0..5),
                vec(housing(), 0..3),
                vec(expense(), 0..3),
                vec(service(), 0..4),
            );
            (
                Just((as_of, setting, who)),
                lists,
                option::of(stay(as_of)),
                any::<bool>(),
                any::<bool>(),
            )
        })
        .prop_map(|((as_of, setting, who), lists, stay, told, disclosed)| {
            let (born, household, children, partner_born) = who;
            let (income, capital, housing, dre, services) = lists;
            let person = Person {
                born,
                household,
                children,
                partner_born,
                savings_credit_age: None,
                cjd: false,
            };
            Case {
                as_of,
                setting,
                person,
                premiums: None,
                income,
                capital,
                housing,
                dre,
                services,
                stay,
                top_up: None,
                told_on: told.then_some(as_of),
                earlier_start_reason: None,
                disclosed,
                light_touch: None,
                arranged_by_council: false,
                policy: None,
            }
        })
}

fn state_pension(pence: i64) -> Income {
    let kind = IncomeKind::named("state-pension").unwrap();
    Income {
        kind,
        amount: Pence::new(pence),
        every: Every::Week,
        tax: Pence::ZERO,
        share: Share::WHOLE,
        supplied_by: None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn a_charge_lies_between_nothing_and_the_cost_and_the_parts_make_the_whole(case in case()) {
        let outcome = LAW.outcome(&case).unwrap();
        prop_assert!(outcome.charge >= Pence::ZERO);
        prop_assert!(outcome.charge <= outcome.full_cost);
        prop_assert!(outcome.council_pays >= Pence::ZERO);
        let parts = outcome.charge + outcome.council_pays + outcome.nhs_pays + outcome.top_up;
        prop_assert_eq!(parts, outcome.full_cost);
    }

    #[test]
    fn a_charge_by_means_leaves_the_allowances(case in case()) {
        let outcome = LAW.outcome(&case).unwrap();
        if outcome.basis == Basis::Means && outcome.charge > Pence::ZERO {
            prop_assert!(outcome.left >= outcome.allowances);
            prop_assert!(outcome.allowances >= outcome.allowance);
        }
    }

    #[test]
    fn the_working_comes_to_what_the_silent_trace_says(case in case()) {
        let (outcome, answer) = (LAW.outcome(&case).unwrap(), LAW.answer(&case).unwrap());
        prop_assert_eq!(outcome.charge, answer.charge);
        prop_assert_eq!(outcome.assessed, answer.assessed);
        prop_assert_eq!(outcome.rests_on.iter().count(), answer.rests_on.len());
        let sum = |part, total: &str| -> Pence {
            let lines = answer.lines.iter().filter(|line| line.part == part && line.code != total);
            lines.map(|line| line.amount).sum()
        };
        prop_assert_eq!(sum(Part::Income, "income.counted"), answer.income_counted);
        prop_assert_eq!(sum(Part::Allowances, ""), answer.allowances);
        prop_assert_eq!(sum(Part::Capital, "capital.counted"), answer.capital_counted);
        for line in &answer.lines {
            prop_assert!(!line.label.is_empty() && !line.rule.cite.is_empty() && !line.formula.to_string().is_empty());
        }
    }

    #[test]
    fn more_to_pay_with_never_lowers_and_more_cost_never_raises(case in case(), more in 1i64..50_000) {
        let mut case = case;
        // Savings credit turns on income, and not evenly.
        case.person.savings_credit_age = Some(false);
        case.income.retain(|income| income.kind.code != "savings-credit");
        let charge = |case: &Case| LAW.outcome(case).unwrap().would_be;
        let before = charge(&case);
        let mut richer = case.clone();
        richer.income.push(state_pension(more));
        prop_assert!(charge(&richer) >= before);
        let mut saver = case.clone();
        let kind = CapitalKind::named("savings").unwrap();
        saver.capital.push(Capital { kind, value: Pence::new(more * 100), share: Share::WHOLE, share_value: None,
            debt: Pence::ZERO, sale_costs: None, occupied_by: None, occupied_since: None, received: None,
            disregard: None, supplied_by: None });
        prop_assert!(charge(&saver) >= before);
        let mut disabled = case.clone();
        disabled.dre.push(Expense { what: "heating".into(), amount: Pence::new(more), every: Every::Week,
            allowed: true, reason: None, supplied_by: None });
        prop_assert!(charge(&disabled) <= before);
        let mut dearer = case.clone();
        dearer.services.push(Service { kind: ServiceKind::named("home-care").unwrap(), cost: Pence::new(more),
            every: Every::Week, started: None, fnc: None });
        prop_assert!(charge(&dearer) >= before);
    }

    #[test]
    fn a_case_is_written_as_it_is_read(case in case()) {
        let text = serde_json::to_string(&case).unwrap();
        prop_assert_eq!(serde_json::from_str::<Case>(&text).unwrap(), case);
    }
}
