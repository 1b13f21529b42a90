//! Real cases, damaged: turned down in a sentence or answered as the law says, never a panic.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

#[path = "../../fuzz/promises.rs"]
mod promises;

use std::cell::RefCell;
use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;

use crate::LAW;

/// Every case of charging that the law answers.
static CASES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let cases = RefCell::new(Vec::new());
    crate::cases::each(|case| cases.borrow_mut().push(serde_json::to_value(case).unwrap()));
    cases.into_inner()
});

/// What stands in the cases, and what stands at the edges of what may be written.
static VALUES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let edges = r#"["1000000000.00","1000000000.01","0.00","0.01","-0.01","0","1","1/1000000","999999/1000000",
        "0/1","0.000001","9999-12-31","0001-01-01","2022-04-11","2027-04-11","2024-02-29","","week","year","day",
        null,true,false,0,1,20,255,256,-1,[],{},"care-home-permanent","couple"]"#;
    let mut values: Vec<Value> = serde_json::from_str(edges).unwrap();
    for case in CASES.iter() {
        places(case, &mut String::new(), &mut |place| {
            let value = case.pointer(place).unwrap();
            if !values.contains(value) {
                values.push(value.clone());
            }
        });
    }
    values
});

/// Each place of a value, as a JSON pointer.
fn places(value: &Value, at: &mut String, found: &mut impl FnMut(&str)) {
    let inside: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(list) => (0..).map(|at: usize| at.to_string()).zip(list).collect(),
        _ => Vec::new(),
    };
    for (name, value) in inside {
        let whole = at.len();
        *at += "/";
        *at += &name;
        found(at);
        places(value, at, found);
        at.truncate(whole);
    }
}

/// One place of a case with another value in it.
fn with(case: &mut Value, place: Index, value: Index) {
    let mut all = Vec::new();
    places(case, &mut String::new(), &mut |place| all.push(place.to_owned()));
    if !all.is_empty()
        && let Some(slot) = case.pointer_mut(place.get::<String>(&all))
    {
        *slot = value.get(&VALUES).clone();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_case_with_other_values_in_it_is_answered_or_turned_down(
        case in any::<Index>(), damage in vec(any::<(Index, Index)>(), 1..6),
    ) {
        let mut case = case.get(&CASES).clone();
        for (place, value) in damage {
            with(&mut case, place, value);
        }
        promises::hold(&LAW, case.to_string().as_bytes());
    }

    #[test]
    fn a_case_with_damaged_bytes_is_answered_or_turned_down(
        case in any::<Index>(), damage in vec(any::<(Index, u8)>(), 1..4), cut in any::<Index>(),
    ) {
        let mut bytes = case.get(&CASES).to_string().into_bytes();
        for (place, byte) in damage {
            *place.get_mut(&mut bytes) = byte;
        }
        promises::hold(&LAW, &bytes);
        promises::hold(&LAW, &bytes[..cut.index(bytes.len())]);
    }
}

#[test]
fn the_cases_themselves_are_answered() {
    assert!(CASES.iter().all(|case| promises::hold(&LAW, case.to_string().as_bytes())));
}
