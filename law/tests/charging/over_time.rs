//! Charges through time: what the law turns on, by the day.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use law::charging::policy::PolicyBook;
use law::charging::{Case, Law, Week, Why, assess_over_time};
use law::day::Day;
use law::pence::Pence;
use proptest::prelude::*;

use crate::LAW;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn case(text: &str) -> Case {
    serde_json::from_str(text).unwrap()
}

fn at_home(as_of: &str, born: &str, income: &str) -> Case {
    case(&format!(
        r#"{{"asOf":"{as_of}","setting":"home","toldOn":"2022-01-01",
            "person":{{"born":"{born}","household":"single"}},
            "income":[{{"kind":"state-pension","amount":"{income}","every":"week"}}],
            "services":[{{"kind":"home-care","cost":"500.00","every":"week"}}]}}"#
    ))
}

fn weeks(history: &[Case], from: &str, to: &str) -> Vec<Week> {
    assess_over_time(&LAW, history, day(from), day(to)).unwrap()
}

fn charges(weeks: &[Week]) -> Vec<String> {
    weeks.iter().map(|week| week.charge.to_string()).collect()
}

#[test]
fn new_rates_change_the_charge_from_their_day() {
    let found = weeks(&[at_home("2026-01-01", "1955-01-01", "300.00")], "2026-03-30", "2026-04-12");
    assert_eq!(charges(&found), ["67.40", "58.55"]);
    assert_eq!(found[1].stretches[0].why, [Why::Rates]);
}

#[test]
fn a_birthday_in_the_week_is_charged_by_the_day() {
    // Two days at 200.00 − 95.40, five at 200.00 − 120.40.
    let found = weeks(&[at_home("2026-05-01", "2001-06-03", "200.00")], "2026-06-01", "2026-06-07");
    assert_eq!(charges(&found), ["86.74"]);
    assert_eq!(found[0].stretches[1].why, [Why::Birthday]);
}

#[test]
fn a_week_that_begins_late_is_charged_for_its_days() {
    let found = weeks(&[at_home("2026-05-01", "1955-01-01", "300.00")], "2026-06-04", "2026-06-10");
    // Four sevenths and three sevenths of 58.55.
    assert_eq!(charges(&found), ["33.45", "25.09"]);
}

#[test]
fn the_home_counts_from_the_day_after_twelve_weeks() {
    let resident = case(
        r#"{"asOf":"2026-03-10","setting":"care-home-permanent","toldOn":"2026-03-01",
            "person":{"born":"1955-01-01","household":"single"},
            "income":[{"kind":"state-pension","amount":"230.00","every":"week"}],
            "capital":[{"kind":"main-home","value":"310000.00","occupiedBy":"nobody"}],
            "services":[{"kind":"care-home","cost":"1000.00","every":"week"}],
            "stay":{"admitted":"2026-03-01","permanentFrom":"2026-03-10"}}"#,
    );
    let found = weeks(&[resident], "2026-05-25", "2026-06-14");
    // One day at 198.20 and six at 1,000.00 in the middle week.
    assert_eq!(charges(&found), ["198.20", "885.45", "1000.00"]);
    assert_eq!(found[1].stretches[1].why, [Why::Property]);
}

#[test]
fn new_facts_change_only_what_comes_after_them() {
    let before = at_home("2026-05-01", "1955-01-01", "300.00");
    let after = at_home("2026-06-10", "1955-01-01", "310.00");
    let alone = weeks(std::slice::from_ref(&before), "2026-06-01", "2026-06-28");
    let both = weeks(&[before, after], "2026-06-01", "2026-06-28");
    assert_eq!(alone[0], both[0]);
    // Two days at 58.55, five at 68.55.
    assert_eq!(charges(&both), ["58.55", "65.69", "68.55", "68.55"]);
    assert_eq!(both[1].stretches[1].why, [Why::NewFacts]);
}

#[test]
fn a_charge_begins_on_the_day_the_person_was_told() {
    let mut told = at_home("2026-05-01", "1955-01-01", "300.00");
    told.told_on = Some(day("2026-06-03"));
    // Five sevenths of 58.55.
    assert_eq!(charges(&weeks(&[told], "2026-06-01", "2026-06-14")), ["41.82", "58.55"]);
}

#[test]
fn reablement_is_free_for_six_weeks() {
    let mut spell = at_home("2026-05-01", "1955-01-01", "300.00");
    spell.services = case(
        r#"{"asOf":"2026-05-01","setting":"home","person":{"born":"1955-01-01","household":"single"},
            "services":[{"kind":"reablement","cost":"200.00","every":"week","started":"2026-05-04"}]}"#,
    )
    .services;
    let found = weeks(&[spell], "2026-06-08", "2026-06-21");
    assert_eq!(charges(&found), ["0.00", "58.55"]);
    assert_eq!(found[1].stretches[0].why, [Why::Reablement]);
}

#[test]
fn capital_given_away_shrinks_by_what_it_costs() {
    let mut giver = at_home("2026-05-01", "1955-01-01", "241.45");
    giver.capital = case(
        r#"{"asOf":"2026-05-01","setting":"home","person":{"born":"1955-01-01","household":"single"},
            "capital":[{"kind":"notional","value":"20000.00"}]}"#,
    )
    .capital;
    // 20,000 brings 23 a week; after eleven weeks of 23 it is 19,747, which brings 22.
    let found = weeks(&[giver], "2026-06-01", "2026-08-30");
    let charged = charges(&found);
    assert_eq!(charged[..11], vec!["23.00"; 11]);
    assert_eq!(charged[11], "22.00");
    assert!(found[0].stretches[0].why.is_empty(), "nothing has been used up in the first week");
    assert_eq!(found[1].stretches[0].why, [Why::Notional]);
}

#[test]
fn only_what_the_gift_itself_costs_uses_it_up() {
    // 58.55 by the pension alone, and 23 a week more for 20,000 given away, held in two sums.
    let mut giver = at_home("2026-05-01", "1955-01-01", "300.00");
    giver.capital = case(
        r#"{"asOf":"2026-05-01","setting":"home","person":{"born":"1955-01-01","household":"single"},
            "capital":[{"kind":"notional","value":"15.00"},{"kind":"notional","value":"19985.00"}]}"#,
    )
    .capital;
    let found = weeks(&[giver], "2026-06-01", "2026-08-30");
    let charged = charges(&found);
    assert_eq!(charged[..11], vec!["81.55"; 11], "eleven weeks of 23 make 253, not of 140");
    assert_eq!(charged[11], "80.55");
}

#[test]
fn a_gift_that_costs_nothing_is_no_reason_for_a_charge() {
    let mut giver = at_home("2026-01-05", "1955-01-01", "300.00");
    giver.capital = case(
        r#"{"asOf":"2026-01-05","setting":"home","person":{"born":"1955-01-01","household":"single"},
            "capital":[{"kind":"notional","value":"14500.00"}]}"#,
    )
    .capital;
    // One pound a week for the first 250, used up after 250 weeks: then the gift is below the limit.
    let found = weeks(&[giver.clone()], "2026-01-05", "2026-04-19");
    let with: Vec<bool> =
        found.iter().map(|week| week.stretches[0].why.contains(&Why::Notional)).collect();
    assert!(!with[0] && with[1..].iter().all(|why| *why), "{with:?}");
    // New rates inside a week begin a stretch; what the gift cost so far is a reason once a week.
    let again: Vec<usize> = found
        .iter()
        .map(|week| week.stretches.iter().filter(|part| part.why.contains(&Why::Notional)).count())
        .collect();
    assert!(again[1..].iter().all(|times| *times == 1), "{again:?}");

    giver.capital[0].value = Pence::pounds(14_000);
    let found = weeks(&[giver], "2026-01-05", "2026-04-19");
    assert!(
        found
            .iter()
            .flat_map(|week| &week.stretches)
            .all(|part| !part.why.contains(&Why::Notional))
    );
}

#[test]
fn each_reason_for_a_change_reads_after_because() {
    let said: std::collections::BTreeSet<&str> = WHYS.iter().map(|why| why.in_words()).collect();
    assert_eq!(said.len(), WHYS.len(), "two reasons read alike");
    assert!(said.iter().all(|words| words.split(' ').count() > 3), "{said:?}");
}

const WHYS: [Why; 11] = [
    Why::NewFacts,
    Why::Rates,
    Why::Policy,
    Why::Birthday,
    Why::PensionAge,
    Why::Property,
    Why::Stay,
    Why::Capital,
    Why::Reablement,
    Why::Told,
    Why::Notional,
];

#[test]
fn a_history_out_of_order_is_turned_down() {
    let (first, second) =
        (at_home("2026-05-01", "1955-01-01", "1.00"), at_home("2026-04-20", "1955-01-01", "1.00"));
    let said = |history: &[Case], from: &str| {
        assess_over_time(&LAW, history, day(from), day("2026-07-01")).unwrap_err().to_string()
    };
    assert!(said(&[], "2026-06-01").contains("history is empty"));
    assert!(said(&[first.clone(), second], "2026-06-01").contains("history[1].asOf"));
    assert!(said(&[first], "2026-04-30").contains("history[0].asOf"));
}

/// The days on which a stretch of a case begins for a reason, in the four weeks around a day.
fn turns(case: &Case, around: &str, why: Why) -> Vec<String> {
    let around = day(around);
    let mut first = case.clone();
    first.as_of = around.plus_days(-14);
    let found =
        assess_over_time(&LAW, &[first.clone()], first.as_of, around.plus_days(14)).unwrap();
    let stretches = found.iter().flat_map(|week| &week.stretches);
    stretches.filter(|part| part.why.contains(&why)).map(|part| part.from.to_string()).collect()
}

#[test]
fn each_clock_of_the_law_turns_on_its_day_and_no_other() {
    let home = r#""capital":[{"kind":"main-home","value":"310000.00","occupiedBy":"nobody"}]"#;
    let permanent =
        |stay: &str| format!(r#""setting":"care-home-permanent",{home},"stay":{{{stay}}}"#);
    let saved =
        |more: &str| format!(r#""setting":"home","capital":[{{"value":"20000.00",{more}}}]"#);
    let short = |more: &str| {
        format!(r#""setting":"care-home-short-term","stay":{{"admitted":"2026-04-01"}}{more}"#)
    };
    for (said, expected, why) in [
        // Thirty of the 84 days were used before: 54 are left.
        (
            permanent(
                r#""admitted":"2026-03-02","permanentFrom":"2026-03-02",
            "earlier":[{"permanentFrom":"2026-01-01","left":"2026-01-31"}]"#,
            ),
            "2026-04-25",
            Why::Property,
        ),
        (
            permanent(
                r#""admitted":"2025-01-01","permanentFrom":"2025-01-01","relativeLeft":"2026-05-06""#,
            ),
            "2026-05-06",
            Why::Property,
        ),
        (
            permanent(
                r#""admitted":"2025-01-01","permanentFrom":"2025-01-01","relativeLeft":"2026-05-06""#,
            ),
            "2026-07-29",
            Why::Property,
        ),
        (
            permanent(r#""admitted":"2026-03-02","permanentFrom":"2026-05-13""#),
            "2026-05-13",
            Why::Stay,
        ),
        (permanent(r#""admitted":"2026-03-02""#), "2026-05-25", Why::Property),
        (short(""), "2026-05-27", Why::Stay),
        (short(r#","policy":{"short-term-nights":28}"#), "2026-04-29", Why::Stay),
        (
            saved(r#""kind":"personal-injury-payment","received":"2025-05-20""#),
            "2026-05-19",
            Why::Capital,
        ),
        (saved(r#""kind":"money-for-home","received":"2025-11-18""#), "2026-05-19", Why::Capital),
        (
            saved(r#""kind":"savings","disregard":{"until":"2026-05-19","reason":"a new lift"}"#),
            "2026-05-20",
            Why::Capital,
        ),
    ] {
        let case = case(&format!(
            r#"{{"asOf":"2026-04-06","toldOn":"2022-01-01","person":{{"born":"1955-01-01","household":"single"}},
                "services":[{{"kind":"care-home","cost":"1000.00","every":"week"}}],{said}}}"#
        ));
        assert_eq!(turns(&case, expected, why), [expected], "{said}");
    }
}

#[test]
fn a_pension_age_of_either_turns_and_so_does_the_25th_birthday() {
    let couple = |born: &str, partner: &str| {
        case(&format!(
            r#"{{"asOf":"2026-04-06","setting":"home","toldOn":"2022-01-01",
                "person":{{"born":"{born}","household":"couple","partnerBorn":"{partner}"}}}}"#
        ))
    };
    assert_eq!(
        turns(&couple("1980-01-01", "1960-05-20"), "2026-07-20", Why::PensionAge),
        ["2026-07-20"]
    );
    assert_eq!(
        turns(&couple("1960-05-20", "1980-01-01"), "2026-07-20", Why::PensionAge),
        ["2026-07-20"]
    );
    assert_eq!(
        turns(&couple("2001-06-20", "1980-01-01"), "2026-06-20", Why::Birthday),
        ["2026-06-20"]
    );
}

#[test]
fn a_part_week_is_rounded_down_as_the_place_chose() {
    // Four sevenths of 58.55 are 33.457.
    for (rounding, charge) in [("penny", "33.45"), ("ten-pence", "33.40"), ("pound", "33.00")] {
        let mut late = at_home("2026-05-01", "1955-01-01", "300.00");
        let own = format!(r#"{{"arrears-rounding":"{rounding}"}}"#);
        late.policy = Some(serde_json::from_str(&own).unwrap());
        assert_eq!(charges(&weeks(&[late], "2026-06-04", "2026-06-07")), [charge]);
    }
}

#[test]
fn a_choice_of_the_place_turns_on_its_day() {
    let text = "version = \"1\"\n[from.2026-06-03]\nminimum-charge = \"100.00\"\n";
    let policy = PolicyBook::read("charging.toml", text).unwrap();
    let law = Law { rates: LAW.rates.clone(), policy };
    let case = at_home("2026-05-01", "1955-01-01", "300.00");
    let found = assess_over_time(&law, &[case], day("2026-06-01"), day("2026-06-14")).unwrap();
    // Two days at 58.55; from the third it is too small to collect.
    assert_eq!(charges(&found), ["16.72", "0.00"]);
    assert_eq!(found[0].stretches[1].why, [Why::Policy]);
}

#[test]
fn twenty_years_are_followed_and_no_more() {
    let case = at_home("2022-04-11", "1955-01-01", "300.00");
    let to = day("2022-04-11").plus_days(20 * 366);
    let said = |to| {
        assess_over_time(&LAW, std::slice::from_ref(&case), day("2022-04-11"), to)
            .unwrap_err()
            .to_string()
    };
    // The book of rates ends before; it is that which is said, until the span itself is too long.
    assert!(said(to).contains("there are no rates"), "{}", said(to));
    assert!(said(to.plus_days(1)).contains("more than twenty years"), "{}", said(to.plus_days(1)));
}

proptest! {
    #[test]
    fn where_nothing_turns_every_week_is_charged_as_the_day_is(income in 0i64..60_000, start in 0i32..200) {
        let mut one = at_home("2026-04-06", "1955-01-01", "1.00");
        one.income[0].amount = Pence::new(income);
        let from = day("2026-04-06").plus_days(start);
        let weekly = LAW.outcome(&one).unwrap().charge;
        for week in assess_over_time(&LAW, &[one], from, from.plus_days(60)).unwrap() {
            let days = week.until.epoch_days() - week.from.epoch_days() + 1;
            prop_assert_eq!(week.stretches.len(), 1);
            let expected = if days == 7 { weekly } else { Pence::new(weekly.pence() * i64::from(days) / 7) };
            prop_assert_eq!(week.charge, expected);
        }
    }
}
