//! Every SNOMED CT id the borough writes is well formed, and on the list its condition says.

use std::collections::{BTreeMap, BTreeSet};

type Row = BTreeMap<String, String>;

fn rows(text: &str) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    reader.deserialize().collect::<Result<_, _>>().expect("a table of ours")
}

fn written() -> Vec<Row> {
    let mut all = rows(include_str!("../data/codes.csv"));
    all.extend(rows(include_str!("../data/minor.csv")));
    all
}

/// Verhoeff's check digit, which ends every SNOMED CT id.
fn verhoeff_holds(id: &str) -> bool {
    let times = |a: usize, b: usize| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b) % 5 + 5,
        (false, true) => (a + 5 - b) % 5 + 5,
        (false, false) => (a + 5 - b) % 5,
    };
    let permuted = |mut digit: usize, times: usize| {
        for _ in 0..times % 8 {
            digit = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4][digit];
        }
        digit
    };
    let digits = id.bytes().rev().map(|byte| usize::from(byte - b'0')).enumerate();
    digits.fold(0, |check, (at, digit)| times(check, permuted(digit, at))) == 0
}

#[test]
fn every_id_passes_its_check_digit_and_stands_once() {
    assert!(verhoeff_holds("44054006") && !verhoeff_holds("44054007"));
    let mut seen = BTreeSet::new();
    for row in written() {
        assert!(verhoeff_holds(&row["snomed"]), "{row:?}");
        assert!(seen.insert(row["snomed"].clone()), "{row:?} stands twice");
    }
    for code in [borough::LIVES_ALONE, borough::IS_A_CARER] {
        assert!(verhoeff_holds(&code.to_string()));
    }
}

#[test]
fn every_id_is_on_the_list_of_its_conditions_and_no_minor_one_is() {
    let list = include_str!("../../policy/cohorts/lists/long-term-conditions.codes.csv");
    let mut listed: BTreeMap<String, BTreeSet<(String, String)>> = BTreeMap::new();
    for row in rows(list) {
        let meaning = (row["condition"].clone(), row["kind"].clone());
        listed.entry(row["code"].clone()).or_default().insert(meaning);
    }
    for row in written() {
        let mut said = BTreeSet::new();
        if let Some(purpose) = row.get("use") {
            said.extend(row["condition"].split(' ').map(|key| (key.to_owned(), purpose.clone())));
        }
        assert_eq!(listed.get(&row["snomed"]).cloned().unwrap_or_default(), said, "{row:?}");
    }
}
