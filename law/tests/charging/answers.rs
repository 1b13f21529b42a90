//! What an answer tells besides the charge: what would change it, and which of its figures nobody could
//! check.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use law::charging::Case;
use law::pence::Pence;
use law::working::Status;
use serde_json::{Value, json};

use crate::LAW;

/// A working man with savings, a house that is worth what is owed on it, and care that is partly free.
fn at_home() -> Value {
    json!({
        "asOf": "2026-06-01", "setting": "home",
        "person": { "born": "1986-05-01", "household": "single" },
        "income": [{ "kind": "occupational-pension", "amount": "260.00", "every": "week" }],
        "capital": [
            { "kind": "savings", "value": "1000.00" },
            { "kind": "savings", "value": "18436.00" },
            { "kind": "property", "value": "150000.00", "debt": "140000.00" },
        ],
        "dre": [],
        "services": [
            { "kind": "reablement", "cost": "80.00", "every": "week", "started": "2026-05-20" },
            { "kind": "home-care", "cost": "130.00", "every": "fortnight" },
        ],
        "toldOn": "2026-05-01",
    })
}

fn case(text: &Value) -> Case {
    serde_json::from_value(text.clone()).unwrap()
}

/// The case with something put at a place of it.
fn with(text: &Value, place: &str, value: &Value) -> Value {
    let mut other = text.clone();
    *other.pointer_mut(place).unwrap() = value.clone();
    other
}

fn charge(text: &Value) -> Pence {
    LAW.outcome(&case(text)).unwrap().charge
}

fn changes(text: &Value) -> Vec<(String, Pence)> {
    let changes = LAW.answer(&case(text)).unwrap().changes;
    changes.into_iter().map(|change| (change.when, change.charge)).collect()
}

#[test]
fn what_would_change_the_charge_is_what_is_charged_when_it_has_changed() {
    let (more, extra) = (
        json!([{ "kind": "occupational-pension", "amount": "270.00", "every": "week" }]),
        json!([{ "what": "laundry", "amount": "10.00", "every": "week", "allowed": true }]),
    );
    // The care costs less than they could pay: only its cost tells.
    let text = at_home();
    let dearer = with(
        &text,
        "/services/1",
        &json!({ "kind": "home-care", "cost": "115.00", "every": "week" }),
    );
    assert_eq!(charge(&text), Pence::new(6_500));
    assert_eq!(changes(&text), [("your care cost £50 a week more".to_owned(), charge(&dearer))]);
    // It costs more: their income, their costs and their savings tell.
    let text = with(&text, "/services/1/cost", &json!("900.00"));
    let expected = [
        ("your income were £10 a week more", with(&text, "/income", &more)),
        ("your disability cost you £10 a week more", with(&text, "/dre", &extra)),
        ("you had £1,000 less in savings", with(&text, "/capital/1/value", &json!("17436.00"))),
    ];
    let expected = expected.map(|(when, other)| (when.to_owned(), charge(&other)));
    assert_eq!(changes(&text), expected);
    assert!(expected[0].1 > charge(&text) && expected[1].1 < charge(&text));
    assert!(expected[2].1 < charge(&text));
    // Too little saved for a thousand less, and all their care free.
    let text = with(&text, "/capital", &json!([{ "kind": "savings", "value": "999.00" }]));
    let text = with(&text, "/services", &json!([text["services"][0]]));
    assert_eq!(charge(&text), Pence::ZERO);
    assert_eq!(changes(&text), []);
}

#[test]
fn the_figures_that_nobody_could_check_are_told_apart() {
    for (household, some) in [("couple", true), ("single", false)] {
        let case = case(&with(&at_home(), "/person/household", &json!(household)));
        let answer = LAW.answer(&case).unwrap();
        let told: Vec<_> = answer.unverified().map(|figure| figure.code).collect();
        let all = answer.rests_on.iter().filter(|figure| figure.status == Status::Unverified);
        assert_eq!(told, all.map(|figure| figure.code).collect::<Vec<_>>());
        let worked = LAW.worked(&case).unwrap();
        let of_worked: Vec<_> = worked.unverified().map(|figure| figure.code.code()).collect();
        assert_eq!(of_worked, told);
        assert_eq!(!told.is_empty(), some, "{household}: {told:?}");
        assert!(told.len() < answer.rests_on.len(), "some of them were read");
    }
}
