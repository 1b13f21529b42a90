use law::charging::policy::PolicyBook;
use law::rates::RateBook;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::sweep::{Axis, Swept};
use super::*;
use crate::fund::supported::Ethnicity;

fn law(choices: &str) -> Law {
    let text = format!("version = \"1\"\n[from.2022-04-11]\n{choices}\n");
    Law {
        rates: RateBook::built_in().unwrap(),
        policy: PolicyBook::read("charging.toml", &text).unwrap(),
    }
}

fn reform<'a>(base: &'a Law, changed: &'a Law) -> Reform<'a> {
    Reform { base: Side::as_it_stands(base), changed: Side::as_it_stands(changed) }
}

/// Somebody of 76, single, with one pension and so much saved.
fn person(setting: &str, income: &str, saved: &str, cost: &str, about: &Value) -> Supported {
    let home = setting == "home";
    let stay = json!({ "admitted": "2024-05-01", "permanentFrom": "2024-05-01" });
    serde_json::from_value(json!({ "id": "x", "about": about, "case": {
        "asOf": "2026-06-01", "setting": setting,
        "person": { "born": "1950-01-01", "household": "single", "savingsCreditAge": false },
        "income": [{ "kind": "occupational-pension", "amount": income, "every": "week" }],
        "capital": [{ "kind": "savings", "value": saved }],
        "services": [{ "kind": if home { "home-care" } else { "care-home" }, "cost": cost, "every": "week" }],
        "stay": if home { Value::Null } else { stay },
        "toldOn": "2024-05-01",
    }}))
    .unwrap()
}

fn five() -> Vec<Supported> {
    let about = json!({ "ethnicity": "A" });
    vec![
        person("home", "300.00", "0", "500.00", &about),
        person("home", "243.45", "0", "500.00", &about),
        person("home", "200.00", "0", "500.00", &about),
        person("home", "300.00", "30000.00", "150.00", &about),
        person("care-home-permanent", "300.00", "0", "900.00", &about),
    ]
}

fn pounds(text: &str) -> Pence {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |text| (-1, text));
    Pence::parse(text).unwrap().times(sign, 1, law::pence::Round::Down)
}

/// The guarantee is £241.45 and the allowance in a care home £31.80. As it is, £3.00 is added to the
/// first; as it would be, nothing is, £1.20 to the other, and people keep £35,000 before they pay in
/// full at home. So the five pay 55.55, 0, 0, 150.00 and 268.20, and would pay 58.55, 2.00, 0, 94.55
/// (tariff income of £36) and 267.00.
#[test]
fn five_people_worked_out_by_hand() {
    let base = law("mig-uplift-sum = \"3.00\"");
    let changed = law("pea-uplift-sum = \"1.20\"\nupper-capital-limit-home = \"35000.00\"");
    let (found, rejected) = simulate(&reform(&base, &changed), &five());
    assert_eq!(rejected, []);
    let [before, after, change] = ["473.75", "422.10", "-51.65"].map(pounds);
    assert_eq!(found.weekly, Income { before, after, change });
    let [before, after, change] = ["24635.00", "21949.20", "-2685.80"].map(pounds);
    assert_eq!(found.yearly, Income { before, after, change });
    let part = |people, median, most| {
        let (median, most) = (Some(pounds(median)), Some(pounds(most)));
        Part { people, basis_points: people * 2_000, median, most }
    };
    assert_eq!(found.more, part(2, "2.00", "3.00"));
    assert_eq!(found.less, part(2, "-1.20", "-55.45"));
    assert_eq!(found.same, part(1, "0", "0"));
    assert_eq!((found.newly_paying, found.no_longer_paying), (1, 0));
    let bands: Vec<(&str, u64)> = found
        .bands
        .iter()
        .filter(|band| band.people > 0)
        .map(|band| (band.label.as_str(), band.people))
        .collect();
    let expected = [
        ("over £50.00 less", 1),
        ("£0.01 to £2.00 less", 1),
        ("no change", 1),
        ("£0.01 to £2.00 more", 1),
        ("£2.01 to £5.00 more", 1),
    ];
    assert_eq!(bands, expected);
    let white = found.spread[2].groups[0].figures.unwrap();
    assert_eq!((white.people, white.mean_before), (5, pounds("94.75")));
    assert_eq!((white.mean_change, white.mark), (pounds("-10.33"), None));
    assert_eq!((white.paying_more, white.paying_less), (4_000, 4_000));
}

#[test]
fn a_policy_equal_to_the_base_changes_nothing() {
    let base = law("taper-percent = \"90\"");
    let (found, _) = simulate(&reform(&base, &base), &five());
    assert_eq!(found.weekly.change, Pence::ZERO);
    assert_eq!((found.more.people, found.less.people, found.same.people), (0, 0, 5));
    assert_eq!((found.more.median, found.less.most), (None, None));
}

/// With the guarantee and the allowance of 2025-26 the same people, no younger, pay more or the same.
#[test]
fn the_rates_of_another_year_are_tried_on_the_same_people() {
    let law = law("");
    let day = law.rates.years()[3].from;
    let before = Side { rates_on: Some(day), ..Side::as_it_stands(&law) };
    let reform = Reform { base: before, changed: Side::as_it_stands(&law) };
    let home = &five()[0].case;
    let rates = |day| law.rates.on(day).unwrap().get(law::rates::Code::MigSinglePension);
    let change = reform.changed.weekly(home).unwrap() - reform.base.weekly(home).unwrap();
    assert_eq!(change, rates(day) - rates(home.as_of));
    assert!(change < Pence::ZERO);
}

#[test]
fn who_cannot_be_assessed_is_given_back_and_not_counted() {
    let law = law("");
    let mut people = five();
    people[3].case.as_of = Day::parse("2019-01-01").unwrap();
    people[3].case.person.born = Day::parse("1943-01-01").unwrap();
    let (found, rejected) = simulate(&reform(&law, &law), &people);
    assert_eq!((found.people, rejected.len(), rejected[0].0), (4, 1, 3));
    assert!(rejected[0].1.to_string().contains("2019-01-01"), "{}", rejected[0].1);
}

/// A council may change its policy within a year of rates: a sweep keeps the two apart.
#[test]
fn people_assessed_under_two_policies_of_one_year_are_swept_each_under_their_own() {
    let text = "version = \"2\"\n[from.2022-04-11]\nmig-uplift-sum = \"3.00\"\n\
                [from.2026-05-01]\ntaper-percent = \"80\"\n";
    let base = Law {
        rates: RateBook::built_in().unwrap(),
        policy: PolicyBook::read("charging.toml", text).unwrap(),
    };
    // The first is assessed under the second policy, and again under the first: the taper tells.
    let mut people = five();
    people.push(people[0].clone());
    people[5].case.as_of = Day::parse("2026-04-20").unwrap();
    let as_it_is = reform(&base, &base);
    let mut swept = Swept::default();
    for person in &people {
        swept.assess(&as_it_is, person).unwrap();
    }
    let trials = sweep::trials(&[Axis::parse("minimum-charge=0,2,40").unwrap()]).unwrap();
    for (tried, least) in swept.under(&trials).into_iter().zip(["0", "2.00", "40.00"]) {
        let line = format!("minimum-charge = \"{least}\"\n");
        let text = text.replace("[from.2026", &format!("{line}[from.2026"));
        let changed = Law {
            rates: RateBook::built_in().unwrap(),
            policy: PolicyBook::read("charging.toml", &format!("{text}{line}")).unwrap(),
        };
        let (alone, _) = simulate(&reform(&base, &changed), &people);
        assert_eq!((tried.weekly, tried.people), (alone.weekly, alone.people), "{least}");
    }
}

#[test]
fn the_middle_change_is_that_of_whoever_stands_in_the_middle() {
    // Of those whose week rises, how many by how much; the median and the most.
    for (groups, median, most) in [
        (&[("A", 1, "1.00")][..], "1.00", "1.00"),
        (&[("A", 1, "1.00"), ("M", 1, "4.00")], "1.00", "4.00"),
        (&[("A", 1, "1.00"), ("M", 2, "4.00")], "4.00", "4.00"),
        (&[("A", 3, "1.00"), ("M", 2, "4.00"), ("D", 2, "6.00")], "4.00", "6.00"),
        (&[("A", 10, "1.00"), ("M", 9, "4.00")], "1.00", "4.00"),
    ] {
        let found = rises(groups);
        assert_eq!(
            (found.more.median, found.more.most),
            (Some(pounds(median)), Some(pounds(most))),
            "{groups:?}"
        );
        assert_eq!((found.same.people, found.same.median, found.same.most), (0, None, None));
        assert_eq!((found.less.median, found.less.most), (None, None));
    }
    let same = rises(&[("A", 2, "0")]).same;
    assert_eq!((same.median, same.most), (Some(Pence::ZERO), Some(Pence::ZERO)));
}

#[test]
fn dimensions_are_spelled_as_files_spell_them_and_named_each_otherwise() {
    let mut labels = std::collections::BTreeSet::new();
    for &dimension in Dimension::ALL {
        assert_eq!(serde_json::to_value(dimension).unwrap(), dimension.code());
        assert!(labels.insert(dimension.in_words()) && dimension.in_words().len() > 2);
    }
}

#[test]
fn everybody_is_in_the_group_that_their_age_ethnic_category_and_benefits_say() {
    let group = |dimension: Dimension, about: Value| {
        let one = person("home", "300.00", "0", "500.00", &about);
        dimension.groups()[dimension.group_of(&one)]
    };
    for (from, to, label) in [
        (0, 24, "18 to 24"),
        (25, 44, "25 to 44"),
        (45, 65, "45 to 65"),
        (66, 74, "66 to 74"),
        (75, 84, "75 to 84"),
        (85, 110, "85 and over"),
    ] {
        for age in [from, to] {
            assert_eq!(group(Dimension::Age, json!({ "age": age })), label, "{age}");
        }
    }
    // Born on 1 January 1950, and asked about on 1 June 2026.
    assert_eq!(group(Dimension::Age, json!({})), "75 to 84");
    for (letters, label) in [
        ("ABC", "White"),
        ("DEFG", "Mixed"),
        ("HJKL", "Asian or Asian British"),
        ("MNP", "Black or Black British"),
        ("RS", "Other"),
        ("Z", "Not stated"),
    ] {
        for letter in letters.chars() {
            let about = json!({ "ethnicity": letter.to_string() });
            assert_eq!(group(Dimension::Ethnicity, about), label, "{letter}");
        }
    }
    for (kind, amount, label) in [
        ("occupational-pension", "50.00", "None"),
        ("attendance-allowance-lower", "0", "None"),
        ("attendance-allowance-lower", "73.90", "Lower"),
        ("attendance-allowance-higher", "110.40", "Higher"),
    ] {
        let mut one = person("home", "300.00", "0", "500.00", &json!({}));
        let income = json!({ "kind": kind, "amount": amount, "every": "week" });
        one.case.income.push(serde_json::from_value(income).unwrap());
        let dimension = Dimension::DisabilityBenefit;
        assert_eq!(dimension.groups()[dimension.group_of(&one)], label, "{kind} of {amount}");
    }
}

/// So many people of each ethnic category, each of whose week rises by so much.
fn rises(groups: &[(&str, u64, &str)]) -> Simulation {
    let mut tally = Tally::default();
    for &(letter, people, rise) in groups {
        let one = person("home", "300.00", "0", "500.00", &json!({ "ethnicity": letter }));
        for _ in 0..people {
            tally.add(&one, pounds("10.00"), pounds("10.00") + pounds(rise));
        }
    }
    tally.report()
}

/// Each ethnic group that is there, and how it is shown.
fn ethnicity(found: &Simulation) -> Vec<(&'static str, &'static str)> {
    let groups = found.spread.iter().find(|spread| spread.dimension == Dimension::Ethnicity);
    let shown = |group: &Group| match group.figures.map(|figures| figures.mark) {
        None => "hidden",
        Some(None) => "shown",
        Some(Some(Mark::Harder)) => "harder",
        Some(Some(Mark::Easier)) => "easier",
    };
    groups.unwrap().groups.iter().map(|group| (group.label, shown(group))).collect()
}

#[test]
fn a_small_group_is_not_shown_nor_told_by_taking_the_others_from_all() {
    let black = "Black or Black British";
    let found = rises(&[("A", 50, "1.00"), ("M", 4, "1.00"), ("D", 20, "1.00")]);
    assert_eq!(ethnicity(&found), [("White", "shown"), ("Mixed", "hidden"), (black, "hidden")]);
    let found = rises(&[("A", 50, "1.00"), ("M", 4, "1.00"), ("D", 1, "1.00")]);
    assert_eq!(ethnicity(&found), [("White", "shown"), ("Mixed", "hidden"), (black, "hidden")]);
    let found = rises(&[("A", 50, "1.00"), ("M", 2, "1.00"), ("D", 1, "1.00")]);
    assert_eq!(ethnicity(&found), [("White", "hidden"), ("Mixed", "hidden"), (black, "hidden")]);
    let found = rises(&[("A", 50, "1.00"), ("M", 5, "1.00")]);
    assert_eq!(ethnicity(&found), [("White", "shown"), (black, "shown")]);
}

/// Both sides of both halves of the rule: a pound, and a quarter of everybody's change.
#[test]
fn a_group_whose_mean_is_far_from_everybodys_is_marked() {
    let marks = |white, black| {
        let found = rises(&[("A", 10, white), ("M", 10, black)]);
        ethnicity(&found).into_iter().map(|(_, shown)| shown).collect::<Vec<_>>()
    };
    assert_eq!(marks("1.00", "3.00"), ["easier", "harder"]);
    assert_eq!(marks("1.01", "3.00"), ["shown", "shown"], "99½p from the mean");
    assert_eq!(marks("9.00", "15.00"), ["easier", "harder"]);
    assert_eq!(marks("9.01", "15.00"), ["shown", "shown"], "less than a quarter of £12.00½");
    assert_eq!(marks("0", "0"), ["shown", "shown"]);
}

#[test]
fn an_ethnic_category_that_is_none_is_an_error_that_says_so() {
    for letter in ["", "AA", "I", "a", "99"] {
        let error = Ethnicity::try_from(letter.to_owned()).unwrap_err().to_string();
        assert!(error.contains(&format!("‘{letter}’")), "{error}");
    }
}

proptest! {
    /// Nobody is lost or counted twice, and parts that are joined are the whole.
    #[test]
    fn everybody_is_counted_once(people in prop::collection::vec((0..9_i64, 0..9_i64, 0..5_usize, any::<bool>()), 0..60)) {
        let (mut whole, mut parts) = (Tally::default(), [Tally::default(), Tally::default()]);
        let by_letter: Vec<Supported> = ["A", "D", "H", "M", "Z"]
            .map(|letter| person("home", "1.00", "0", "1.00", &json!({ "ethnicity": letter })))
            .into();
        for &(before, after, letter, second) in &people {
            let (before, after) = (Pence::new(before * 100), Pence::new(after * 100));
            whole.add(&by_letter[letter], before, after);
            parts[usize::from(second)].add(&by_letter[letter], before, after);
        }
        let [mut joined, other] = parts;
        joined.join(other);
        prop_assert_eq!(&joined, &whole);
        let found = whole.report();
        let all = people.len() as u64;
        prop_assert_eq!(found.more.people + found.less.people + found.same.people, all);
        prop_assert_eq!(found.bands.iter().map(|band| band.people).sum::<u64>(), all);
        prop_assert_eq!(found.weekly.after - found.weekly.before, found.weekly.change);
        for spread in &found.spread {
            let hidden = spread.groups.iter().filter(|group| group.figures.is_none()).count();
            let shown: u64 =
                spread.groups.iter().filter_map(|group| group.figures).map(|it| it.people).sum();
            prop_assert!(hidden == 0 || shown + 5 <= all || spread.groups.len() == hidden);
            prop_assert!(hidden > 0 || shown == all);
        }
    }
}

/// Each reform of a sweep is what trying it by itself is, for everybody, also for those whose case
/// makes its own choices, and for parts that are joined.
#[test]
fn a_sweep_is_each_of_its_reforms_tried_alone() {
    let base = law(
        "mig-uplift-sum = \"3.00\"\narrangement-fee = { amount = \"260.00\", every = \"year\" }",
    );
    let mut people = five();
    people[3].case.arranged_by_council = true;
    let own: law::charging::policy::Change =
        serde_json::from_value(json!({ "taper-percent": "40", "maximum-charge": "20.00" }))
            .unwrap();
    people.push(people[0].clone());
    people[5].case.policy = Some(own);
    people.push(person("home", "90000.00", "9000000.00", "2000000.00", &json!({})));
    let mut parts = [Swept::default(), Swept::default()];
    let as_it_is = reform(&base, &base);
    for (at, person) in people.iter().enumerate() {
        parts[at % 2].assess(&as_it_is, person).unwrap();
    }
    let [mut swept, other] = parts;
    swept.join(other);
    let axes = [
        "taper-percent=70..100/15",
        "mig-uplift-sum=0,10",
        "minimum-charge=0,56",
        "upper-capital-limit-home=0,35000",
    ]
    .map(|text| Axis::parse(text).unwrap());
    let trials = sweep::trials(&axes).unwrap();
    assert_eq!(trials.len(), 3 * 2 * 2 * 2);
    let mut different = std::collections::BTreeSet::new();
    for (trial, tried) in trials.iter().zip(swept.under(&trials)) {
        let lines = trial.choices.iter().map(|(name, value)| format!("{name} = \"{value}\""));
        let fee = "arrangement-fee = { amount = \"260.00\", every = \"year\" }".to_owned();
        let text: Vec<String> = lines.chain([fee]).collect();
        let changed = law(&text.join("\n"));
        let (alone, _) = simulate(&reform(&base, &changed), &people);
        assert_eq!(
            (tried.people, tried.weekly, tried.yearly),
            (alone.people, alone.weekly, alone.yearly),
            "{trial:?}"
        );
        assert_eq!(
            (tried.more, tried.less, tried.same),
            (alone.more.people, alone.less.people, alone.same.people)
        );
        assert_eq!(
            (tried.newly_paying, tried.no_longer_paying),
            (alone.newly_paying, alone.no_longer_paying)
        );
        different.insert(tried.weekly.after);
    }
    assert!(different.len() > 6, "the choices tell: {different:?}");
}

#[test]
fn what_cannot_be_swept_is_said() {
    for (text, why) in [
        ("taper-percent", "write a choice and its values"),
        ("night-care-disregard=1", "‘night-care-disregard’ is not a choice of the last stage"),
        ("taper-percent=50..x", "‘x’ is not a figure of nought or more"),
        ("taper-percent=", "‘’ is not a figure of nought or more"),
        ("taper-percent=-5..50", "‘-5’ is not a figure of nought or more"),
        ("taper-percent=100..50/5", "go up from the first to the last"),
        ("taper-percent=50..100/0", "by a step"),
        ("minimum-charge=0..1000/0.01", "more than 1000 values"),
    ] {
        let error = Axis::parse(text).unwrap_err().to_string();
        assert!(
            error.starts_with(&format!("‘{text}’: ")) && error.contains(why),
            "{text}: {error}"
        );
    }
    let one = Axis::parse("taper-percent=50..50").unwrap();
    assert_eq!(
        one,
        Axis::parse("taper-percent=50").unwrap(),
        "from a value to itself is that value"
    );
    let trials = |texts: &[&str]| {
        let axes: Vec<Axis> = texts.iter().map(|text| Axis::parse(text).unwrap()).collect();
        sweep::trials(&axes).map(|trials| trials.len())
    };
    assert_eq!(trials(&["taper-percent=50..100/5", "minimum-charge=0,2.50"]), Ok(22));
    let said = |texts: &[&str]| trials(texts).unwrap_err().to_string();
    assert!(said(&["taper-percent=100..101"]).contains("at most 100"));
    assert!(said(&["taper-percent=1", "taper-percent=2"]).contains("named twice"));
    assert_eq!(trials(&["minimum-charge=1..1000"]), Ok(1000));
    assert_eq!(trials(&["taper-percent=1..20", "minimum-charge=1..50"]), Ok(1000));
    assert!(said(&["taper-percent=1..13", "minimum-charge=1..77"]).contains("more than 1000"));
}
