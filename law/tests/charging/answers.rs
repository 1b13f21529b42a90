//! What an answer tells besides the charge: what would change it, and which of its figures nobody could
//! check. And what a case is when it is written out again.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use law::charging::{Case, MOST_LINES};
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
        ("you had £1,000 less in savings", with(&text, "/capital/0/value", &json!("17436.00"))),
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

#[test]
fn a_charge_in_full_rests_on_what_the_care_costs_alone() {
    let mut text = with(&at_home(), "/person/household", &json!("couple"));
    text["disclosed"] = json!(false);
    let at_home = LAW.answer(&case(&text)).unwrap();
    assert!(at_home.rests_on.is_empty(), "{:?}", at_home.rests_on);
    text["setting"] = json!("care-home-permanent");
    text["services"] = json!([{ "kind": "nursing-home", "cost": "1200.00", "every": "week" }]);
    let in_a_home = LAW.answer(&case(&text)).unwrap();
    let figures: Vec<_> = in_a_home.rests_on.iter().map(|figure| figure.code).collect();
    assert_eq!(figures, ["fnc-standard"], "what the NHS pays comes off it");
}

#[test]
fn a_case_is_written_out_as_it_was_told() {
    let mut text = json!({
        "asOf": "2026-06-01", "setting": "care-home-temporary",
        "person": { "born": "1950-05-01", "household": "couple", "children": 0,
            "partnerBorn": "1951-01-01", "cjd": true },
        "income": [
            { "kind": "state-pension", "amount": "200.00", "every": "week" },
            { "kind": "occupational-pension", "amount": "90.00", "every": "week", "tax": "4.00",
                "share": "1/2", "suppliedBy": "the person" },
        ],
        "capital": [
            { "kind": "savings", "value": "1000.00" },
            { "kind": "main-home", "value": "310000.00", "share": "1/2", "debt": "20.00",
                "occupiedBy": "nobody" },
        ],
        "housing": [
            { "kind": "rent", "amount": "70.00", "every": "week" },
            { "kind": "rent", "amount": "70.00", "every": "week", "share": "1/2", "help": "20.00" },
        ],
        "dre": [],
        "services": [{ "kind": "care-home", "cost": "900.00", "every": "week" }],
        "stay": { "admitted": "2026-05-01", "spousePassedHalfPension": false, "plansToReturn": false },
        "toldOn": "2026-04-01",
        "disclosed": false, "arrangedByCouncil": true,
    });
    assert_eq!(serde_json::to_value(case(&text)).unwrap(), text);
    // What is as usual need not be told, and is not written.
    for usual in ["disclosed", "arrangedByCouncil"] {
        text.as_object_mut().unwrap().remove(usual);
    }
    text["person"].as_object_mut().unwrap().remove("cjd");
    assert_eq!(serde_json::to_value(case(&text)).unwrap(), text);
}

#[test]
fn a_list_of_a_case_has_at_most_a_thousand_lines() {
    let text = |lines: usize| {
        with(&at_home(), "/income", &json!(vec![at_home()["income"][0].clone(); lines]))
    };
    assert!(LAW.outcome(&case(&text(MOST_LINES))).is_ok());
    let refused = LAW.outcome(&case(&text(MOST_LINES + 1))).unwrap_err();
    assert_eq!(refused.to_string(), "income has 1001 lines: at most 1000");
}
