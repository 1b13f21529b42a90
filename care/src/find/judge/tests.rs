use proptest::prelude::*;

use super::*;
use crate::find::testing::*;

const AS_OF: &str = "2026-11-22";

fn adult(records: &[Coded]) -> Candidate<'_> {
    Candidate { born: when("1950-06-01"), death: Death::Alive, withdrawn: false, records }
}

fn conditions(records: &[Coded]) -> u32 {
    judge(&criterion(CRITERION), day(AS_OF), adult(records)).conditions
}

#[test]
fn conditions_are_counted_not_codes() {
    let cases: [(&[u64], u32, &str); 7] = [
        (&[], 0, "nothing"),
        (&[ASTHMA, ASTHMA], 1, "one condition twice"),
        (&[ASTHMA, DIABETES], 2, "two conditions"),
        (&[DIABETES, DIABETES_AND_COPD], 2, "a code in two conditions"),
        (&[DIABETES_AND_COPD, ASTHMA], 3, "three with two codes"),
        (&[ASTHMA, GOUT], 1, "a condition of another tier"),
        (&[ASTHMA, OTHER], 1, "a code of no list"),
    ];
    for (codes, expected, name) in cases {
        let records: Vec<Coded> = codes.iter().map(|&code| coded(code, "2020-01-01")).collect();
        assert_eq!(conditions(&records), expected, "{name}");
    }
}

#[test]
fn the_latest_code_wins_and_a_doubt_keeps_the_condition() {
    // Diagnosed, resolved, whether the condition still counts.
    let cases = [
        ("2010-01-01", "2015-01-01", 0, "resolved later"),
        ("2015-01-01", "2010-01-01", 1, "resolved before"),
        ("2015-01-01", "2015-01-01", 0, "on one day"),
        ("2015", "2015", 0, "in one year, both"),
        ("2015-03", "2015", 1, "one cannot tell: resolved some day of that year"),
        ("2015", "2015-03", 1, "one cannot tell: diagnosed some day of that year"),
        ("2015", "2015-12-31", 0, "resolved on the year's last day"),
        ("2015-01-01", "2015", 0, "diagnosed on the year's first day"),
        ("2015", "2016", 0, "years apart"),
        ("", "2015-01-01", 0, "an undated diagnosis is earlier than every date"),
        ("2015-01-01", "", 1, "an undated end is earlier than every date"),
        ("", "", 0, "both undated"),
        ("2015-01-01", "2030-01-01", 1, "resolved after the day looked at"),
        ("2030-01-01", "2010-01-01", 0, "diagnosed after the day looked at"),
        ("2026", "2010", 1, "this year, perhaps not yet: it may have begun"),
    ];
    for (diagnosed, resolved, expected, name) in cases {
        let records = [coded(ASTHMA, diagnosed), coded(ASTHMA_RESOLVED, resolved)];
        assert_eq!(conditions(&records), expected, "{name}: {diagnosed} then {resolved}");
    }
}

#[test]
fn a_new_diagnosis_after_the_end_counts_again() {
    let ended = [coded(ASTHMA, "2001"), coded(ASTHMA_RESOLVED, "2010"), coded(ASTHMA, "2009-05")];
    assert_eq!(conditions(&ended), 0);
    let again = [ended[0], ended[1], coded(ASTHMA, "2019-05")];
    assert_eq!(conditions(&again), 1);
}

#[test]
fn what_is_over_takes_away_its_own_condition_and_no_other() {
    const COPD_RESOLVED: u64 = 941_201_000_000_103;
    let copd = |diagnosed, resolved| [coded(COPD, diagnosed), coded(COPD_RESOLVED, resolved)];
    let others = [coded(ASTHMA, "2001"), coded(DIABETES, "2002")];
    for (copd, counted) in [(copd("2009", "2010"), 2), (copd("2011", "2010"), 3)] {
        let records = [others, copd].concat();
        assert_eq!(conditions(&records), counted, "{copd:?}");
        let criterion = criterion(CRITERION);
        let verdict = judge(&criterion, day(AS_OF), adult(&records));
        let shown = evidence(&criterion, day(AS_OF), &records, verdict);
        assert_eq!(u32::try_from(shown.len()).unwrap(), counted, "{shown:?}");
    }
}

#[test]
fn what_is_not_meant_or_not_active_does_not_count() {
    for &verification in Verification::ALL {
        let record = Coded { verification, ..coded(ASTHMA, "2020") };
        let expected = match verification {
            Verification::Refuted | Verification::EnteredInError => 0,
            _ => 1,
        };
        assert_eq!(conditions(&[record]), expected, "{verification:?}");
        // An end that was not meant ends nothing.
        let end = Coded { verification, ..coded(ASTHMA_RESOLVED, "2021") };
        assert_eq!(conditions(&[coded(ASTHMA, "2020"), end]), 1 - expected, "{verification:?}");
    }
    for &clinical in Clinical::ALL {
        let record = Coded { clinical, ..coded(ASTHMA, "2020") };
        let expected = match clinical {
            Clinical::Inactive | Clinical::Resolved | Clinical::Remission => 0,
            _ => 1,
        };
        assert_eq!(conditions(&[record]), expected, "{clinical:?}");
        let end = Coded { clinical, ..coded(ASTHMA_RESOLVED, "2021") };
        assert_eq!(conditions(&[coded(ASTHMA, "2020"), end]), 0, "an end, whatever its status");
    }
}

#[test]
fn the_recorded_date_stands_in_for_the_onset() {
    let late = Coded { recorded: when("2018"), ..coded(ASTHMA, "") };
    assert_eq!(conditions(&[late, coded(ASTHMA_RESOLVED, "2015")]), 1);
    let onset = Coded { recorded: when("2018"), ..coded(ASTHMA, "2010") };
    assert_eq!(conditions(&[onset, coded(ASTHMA_RESOLVED, "2015")]), 0);
}

#[test]
fn people_are_of_age_when_they_certainly_are() {
    let records = [coded(ASTHMA, "2020"), coded(DIABETES, "2020")];
    let criterion = criterion(&CRITERION.replace("from = 18", "from = 18\nto = 64"));
    let cases = [
        ("2008-11-22", true, "18 today"),
        ("2008-11-23", false, "18 tomorrow"),
        ("2008-11", false, "18 this month, perhaps not yet"),
        ("2008", false, "18 this year, perhaps not yet"),
        ("2007", true, "18 for certain"),
        ("", false, "not known"),
        ("1961-11-23", true, "64"),
        ("1961-11-22", false, "65 today"),
        ("1961", false, "perhaps 65"),
        ("1962", true, "64 at most"),
    ];
    for (born, expected, name) in cases {
        let known = Candidate {
            born: when(born),
            death: Death::Alive,
            withdrawn: false,
            records: &records,
        };
        let verdict = judge(&criterion, day(AS_OF), known);
        assert_eq!((verdict.of_age, verdict.found), (expected, expected), "{name}");
    }
}

#[test]
fn the_dead_and_the_unborn_are_not_found() {
    let records = [coded(ASTHMA, "2020"), coded(DIABETES, "2020")];
    let cases = [
        (Death::Alive, true),
        (Death::Undated, false),
        (Death::On(when("2026-11-22").unwrap()), false),
        (Death::On(when("2026-11-23").unwrap()), true),
        (Death::On(when("2026").unwrap()), false),
    ];
    for (death, expected) in cases {
        let known = Candidate { death, ..adult(&records) };
        assert_eq!(known.registered(day(AS_OF)), expected, "{death:?}");
        assert_eq!(judge(&criterion(CRITERION), day(AS_OF), known).found, expected, "{death:?}");
    }
    assert!(!Candidate { withdrawn: true, ..adult(&records) }.registered(day(AS_OF)));
    let unborn =
        Candidate { born: when("2027"), death: Death::Alive, withdrawn: false, records: &[] };
    assert!(!unborn.registered(day(AS_OF)));
}

#[test]
fn a_further_clause_must_be_met_as_well() {
    let criterion = criterion(&format!("{CRITERION}{ALSO_ALONE}"));
    let mut records = vec![coded(ASTHMA, "2020"), coded(DIABETES, "2020")];
    assert!(!judge(&criterion, day(AS_OF), adult(&records)).found);
    records.push(coded(ALONE, "2024"));
    let verdict = judge(&criterion, day(AS_OF), adult(&records));
    assert!(verdict.found);
    assert_eq!(verdict.conditions, 2, "living alone is not one of the conditions");
    let names: Vec<String> = evidence(&criterion, day(AS_OF), &records, verdict)
        .into_iter()
        .map(|evidence| evidence.label)
        .collect();
    assert_eq!(names, ["Asthma", "Diabetes", "Living alone"]);
}

#[test]
fn the_evidence_is_the_latest_record_of_each_condition() {
    let records = [
        coded(DIABETES, "2012"),
        coded(DIABETES_AND_COPD, "2019-02-03"),
        coded(ASTHMA, "2001"),
        Coded { verification: Verification::Refuted, ..coded(ASTHMA, "2025") },
    ];
    let criterion = criterion(CRITERION);
    let verdict = judge(&criterion, day(AS_OF), adult(&records));
    let said: Vec<String> = evidence(&criterion, day(AS_OF), &records, verdict)
        .iter()
        .map(|e| format!("{} {} {}", e.condition, e.code, e.when.unwrap()))
        .collect();
    assert_eq!(
        said,
        ["asthma 195967001 2001", "diabetes 44054006 2019-02-03", "copd 44054006 2019-02-03"]
    );
}

fn dates() -> impl Strategy<Value = Option<PartialDay>> {
    let known = (2018..2024i16, 1..13i8, 1..29i8, 0..3u8).prop_map(|(year, month, date, known)| {
        let precision =
            [law::day::Precision::Year, law::day::Precision::Month, law::day::Precision::Day]
                [usize::from(known)];
        PartialDay::new(Day::new(year, month, date).unwrap(), precision)
    });
    prop::option::of(known)
}

fn records() -> impl Strategy<Value = Vec<Coded>> {
    let codes = vec![ASTHMA, ASTHMA_RESOLVED, DIABETES, COPD, DIABETES_AND_COPD, GOUT, OTHER];
    let record = (
        prop::sample::select(codes),
        dates(),
        dates(),
        prop::sample::select(Clinical::ALL),
        prop::sample::select(Verification::ALL),
    )
        .prop_map(|(code, onset, recorded, clinical, verification)| Coded {
            record: 0,
            code,
            onset,
            recorded,
            clinical,
            verification,
            updated: None,
        });
    prop::collection::vec(record, 0..12)
}

proptest! {
    #[test]
    fn the_order_of_records_does_not_matter(
        (one, two) in records().prop_flat_map(|records| {
            (Just(records.clone()), Just(records).prop_shuffle())
        })
    ) {
        let criterion = criterion(CRITERION);
        let verdict = judge(&criterion, day(AS_OF), adult(&one));
        prop_assert_eq!(verdict, judge(&criterion, day(AS_OF), adult(&two)));
        prop_assert_eq!(
            evidence(&criterion, day(AS_OF), &one, verdict),
            evidence(&criterion, day(AS_OF), &two, verdict)
        );
    }

    #[test]
    fn the_same_record_twice_changes_nothing(records in records(), which in any::<prop::sample::Index>()) {
        prop_assume!(!records.is_empty());
        let mut more = records.clone();
        more.push(records[which.index(records.len())]);
        prop_assert_eq!(conditions(&records), conditions(&more));
    }

    #[test]
    fn a_record_that_was_not_meant_changes_nothing(records in records(), also in records()) {
        let mut more = records.clone();
        more.extend(also.into_iter().map(|record| Coded {
            verification: Verification::EnteredInError,
            ..record
        }));
        prop_assert_eq!(conditions(&records), conditions(&more));
    }

    #[test]
    fn another_diagnosis_never_takes_a_condition_away(records in records(), onset in dates()) {
        let criterion = criterion(CRITERION);
        let mut more = records.clone();
        more.push(Coded { onset, ..coded(DIABETES_AND_COPD, "") });
        let before = judge(&criterion, day(AS_OF), adult(&records)).counting;
        let after = judge(&criterion, day(AS_OF), adult(&more)).counting;
        prop_assert_eq!(before & !after, 0);
    }

    #[test]
    fn without_ends_a_later_day_never_shows_fewer(records in records(), days in 0..4_000i32) {
        let criterion = criterion(CRITERION);
        let records: Vec<Coded> =
            records.into_iter().filter(|record| record.code != ASTHMA_RESOLVED).collect();
        let early = day("2015-01-01").plus_days(days);
        let before = judge(&criterion, early, adult(&records)).counting;
        let after = judge(&criterion, early.plus_days(200), adult(&records)).counting;
        prop_assert_eq!(before & !after, 0);
    }

    /// The rule as it is written, pair by pair.
    #[test]
    fn it_agrees_with_the_rule_taken_literally(records in records()) {
        let there: Vec<&Coded> =
            records.iter().filter(|record| is_there(record, day(AS_OF))).collect();
        let literal = there.iter().any(|diagnosis| {
            diagnosis.code == ASTHMA
                && is_active(diagnosis)
                && !there.iter().any(|end| {
                    let (end_span, span) = (span(end), span(diagnosis));
                    end.code == ASTHMA_RESOLVED && end_span.0 >= span.0 && end_span.1 >= span.1
                })
        });
        let criterion = criterion(CRITERION);
        let verdict = judge(&criterion, day(AS_OF), adult(&records));
        prop_assert_eq!(verdict.counting & 1 == 1, literal);
    }
}
