//! Budgets: the cases of `law/cases/budget`, and what holds for every table and every answer.

mod casebook;

use std::collections::BTreeMap;

use casebook::{hold_all, read, shown};
use law::budget::{Case, Choices, PastCase, Points, Ras, Worth, allocate, calibrate, state};
use law::charging::policy::Percent;
use law::direct_payments::Terms;
use law::pence::Pence;
use law::working::{Recorder, Silent};
use proptest::prelude::*;
use toml::Value;

const DEMONSTRATION: &str = include_str!("../../policy/budgets/ras.toml");

#[test]
fn every_case_comes_out_as_the_law_says() {
    hold_all("budget", 20, |of, mut case| {
        assert_eq!(of, "statement", "this scheme answers with a statement");
        let Some(Value::Table(table)) = case.remove("ras") else {
            return Err("the case has no table".into());
        };
        let ras = Ras::read("ras.toml", &table.to_string()).map_err(|faults| {
            faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        })?;
        let case: Case = read(case)?;
        case.check(&ras).map_err(|problem| problem.to_string())?;
        let mut recorder = Recorder::default();
        let statement = state(&case, &ras, &Terms::default(), &mut recorder);
        assert_eq!(
            statement,
            state(&case, &ras, &Terms::default(), &mut Silent),
            "the traces agree"
        );
        assert!(recorder.lines.iter().any(|line| line.code == "budget.council"));
        shown(&statement)
    });
}

fn demonstration() -> Ras {
    Ras::read("ras.toml", DEMONSTRATION).expect("the table that ships is sound")
}

/// One answer to each question of the demonstration table, by number.
fn answers(ras: &Ras, picks: &[usize]) -> BTreeMap<String, String> {
    ras.questions
        .iter()
        .zip(picks)
        .filter_map(|(question, pick)| {
            let answer = question.answer.get(pick % question.answer.len())?;
            Some((question.code.clone(), answer.code.clone()))
        })
        .collect()
}

fn picks() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(0usize..20, 8)
}

proptest! {
    #[test]
    fn more_points_are_never_worth_less(picks in picks(), question in 0usize..8, price in prop::option::of(0i64..5_000)) {
        let mut ras = demonstration();
        if let Some(price) = price {
            ras.worth = Worth::PricePerPoint(Pence::new(price));
        }
        let before = answers(&ras, &picks);
        let asked = &ras.questions[question];
        let most = asked.answer.iter().max_by_key(|answer| answer.points).expect("has answers");
        let mut after = before.clone();
        after.insert(asked.code.clone(), most.code.clone());
        let none = BTreeMap::new();
        let less = allocate(&ras, &before, &none, &mut Silent);
        let more = allocate(&ras, &after, &none, &mut Silent);
        prop_assert!(more.points >= less.points && more.weekly >= less.weekly);
        let mut recorder = Recorder::default();
        prop_assert_eq!(&less, &allocate(&ras, &before, &none, &mut recorder));
        prop_assert_eq!(recorder.lines.len(), ras.questions.len() + 1);
        prop_assert_eq!(less.points, less.areas.iter().map(|area| area.counted).sum::<Points>());
    }

    #[test]
    fn a_proposed_table_is_sound_and_gives_more_for_more(
        drawn in prop::collection::vec((picks(), 1i64..200_000), 10..120),
        bands in 2usize..30,
    ) {
        let ras = demonstration();
        let cases: Vec<PastCase> = drawn
            .into_iter()
            .map(|(picks, cost)| PastCase {
                answers: answers(&ras, &picks),
                informal_support: BTreeMap::new(),
                cost: Pence::new(cost),
                groups: BTreeMap::from([("half".to_owned(), (cost % 2).to_string())]),
            })
            .collect();
        let choices = Choices { share: Percent::parse("85").expect("a percentage"), bands };
        let found = calibrate(&ras, &cases, choices).expect("enough cases");
        prop_assert_eq!(found.bands[0].from, Points::ZERO);
        for pair in found.bands.windows(2) {
            prop_assert!(pair[0].from < pair[1].from && pair[0].weekly <= pair[1].weekly);
        }
        let least = cases.iter().map(|case| case.cost).min().expect("some");
        let most = cases.iter().map(|case| case.cost).max().expect("some");
        prop_assert!(found.bands.iter().all(|band| (least..=most).contains(&band.weekly)));
        prop_assert!(found.fit.r_squared.is_none_or(|r| r <= 10_000));
        for group in found.equity.iter().flat_map(|kind| &kind.groups) {
            prop_assert!(group.people.is_none_or(|people| people >= 5));
            prop_assert_eq!(group.people.is_some(), group.offered_of_actual.is_some());
        }
    }
}

#[test]
fn a_new_table_leaves_past_results_as_they_were() {
    let ras = demonstration();
    let chosen = answers(&ras, &[2, 1, 1, 1, 1, 0, 1, 0]);
    let then = allocate(&ras, &chosen, &BTreeMap::new(), &mut Silent);
    let cases: Vec<PastCase> = (0..60usize)
        .map(|at| PastCase {
            answers: answers(&ras, &[at, at / 3, at / 2, at, at / 5, at / 7, at, at]),
            informal_support: BTreeMap::new(),
            cost: Pence::pounds(i64::try_from(at).expect("small") * 10 + 50),
            groups: BTreeMap::new(),
        })
        .collect();
    let choices = Choices { share: Percent::parse("85").expect("a percentage"), bands: 10 };
    let found = calibrate(&ras, &cases, choices).expect("enough cases");
    assert!(found.held_out.is_some(), "sixty cases are enough to hold some back");
    let new = found.proposed(&ras, "proposed-2");
    let now = allocate(&new, &chosen, &BTreeMap::new(), &mut Silent);
    assert_eq!((then.version.as_str(), now.version.as_str()), ("demonstration-1", "proposed-2"));
    assert_eq!(then, allocate(&ras, &chosen, &BTreeMap::new(), &mut Silent));
    assert_eq!(then.points, now.points, "only what points are worth has changed");
}

/// Twenty people whose cost is ten pounds a point: what calibration should find can be told by hand.
#[test]
fn calibration_finds_the_price_that_was_paid_and_shows_who_gets_less() {
    let table = "version = \"t\"\nsource = \"test\"\nfrom = \"2026-01-01\"\nprice-per-point = \"1.00\"\n\
        area = [{ code = \"a\", name = \"A\" }]\n[[question]]\ncode = \"q\"\narea = \"a\"\nasks = \"?\"\n";
    let answers: Vec<String> = (1..=20)
        .map(|n| format!("[[question.answer]]\ncode = \"{n}\"\nsays = \"{n}\"\npoints = \"{n}\"\n"))
        .collect();
    let answers = answers.concat();
    let ras = Ras::read("t", &format!("{table}{answers}")).expect("sound");
    let cases: Vec<PastCase> = (1..=20)
        .map(|n| PastCase {
            answers: BTreeMap::from([("q".to_owned(), n.to_string())]),
            informal_support: BTreeMap::new(),
            cost: Pence::pounds(n * 10),
            groups: BTreeMap::from([(
                "supportReason".to_owned(),
                if n <= 4 { "rare" } else { "usual" }.to_owned(),
            )]),
        })
        .collect();
    let share = Percent::parse("85").expect("a percentage");
    let found = calibrate(&ras, &cases, Choices { share, bands: 20 }).expect("enough cases");
    assert_eq!(found.bands.len(), 20);
    assert_eq!(found.bands[9].weekly, Pence::pounds(100));
    assert_eq!(found.fit.r_squared, Some(10_000));
    assert_eq!(found.fit.within_tenth, 10_000);
    assert_eq!(found.contingency_percent.to_string(), "15");
    let groups = &found.equity[0].groups;
    assert_eq!((groups[0].people, groups[0].offered_of_actual), (None, None), "four are too few");
    assert_eq!((groups[1].people, groups[1].offered_of_actual), (Some(16), Some(8_500)));
    let offered = allocate(
        &found.proposed(&ras, "t2"),
        &BTreeMap::from([("q".to_owned(), "10".to_owned())]),
        &BTreeMap::new(),
        &mut Silent,
    );
    assert_eq!(offered.weekly, Pence::pounds(85), "85% of the £100 that ten points cost");
}
