//! Every SNOMED CT id the borough writes is real, and on the lists its condition says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

type Row = BTreeMap<String, String>;

fn rows(text: &str) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
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
fn every_id_is_on_the_published_lists_of_its_conditions_and_no_minor_one_is() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/codes");
    let read = |file: &str| std::fs::read_to_string(shared.join(file));
    let (Ok(lists), Ok(resolved)) = (read("ltc_codes.csv"), read("resolved_codes.csv")) else {
        println!("left out: the published code lists are not beside the workspace");
        return;
    };
    let mut conditions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in rows(&lists) {
        conditions
            .entry(row["snomed_concept_id"].clone())
            .or_default()
            .insert(row["condition"].clone());
    }
    let resolved: BTreeSet<(String, String)> = rows(&resolved)
        .into_iter()
        .map(|row| (row["snomed_concept_id"].clone(), row["condition"].clone()))
        .collect();
    for row in written() {
        let id = &row["snomed"];
        let listed = conditions.get(id).cloned().unwrap_or_default();
        match row.get("use").map(String::as_str) {
            Some("resolved") => {
                assert!(resolved.contains(&(id.clone(), row["condition"].clone())), "{row:?}");
                assert!(listed.is_empty(), "{row:?} is on {listed:?} too");
            }
            Some(_) => {
                let said = row["condition"].split(' ').map(str::to_owned).collect();
                assert_eq!(listed, said, "{row:?}");
            }
            None => assert!(listed.is_empty(), "{row:?} is on {listed:?}"),
        }
    }
}
