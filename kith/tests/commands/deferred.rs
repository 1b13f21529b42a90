//! `kith deferred`, as an officer, a tester or another system meets it.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::running::{self, Answered};

/// A policy folder with a council's own fees, basis and rate of interest, and a case in a file.
fn place(case: &Value) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("rates")).unwrap();
    fs::write(
        folder.path().join("charging.toml"),
        "version = \"1\"\nsource = \"Cabinet, March\"\n[from.2024-04-01]\n\
         deferred-interest-basis = \"daily\"\ndeferred-setup-fee = \"800.00\"\ndeferred-yearly-fee = \"200.00\"\n",
    )
    .unwrap();
    fs::write(
        folder.path().join("rates/deferred-interest-own.toml"),
        "[[rate]]\nfrom = \"2026-01-01\"\npercent = \"4.00\"\nsource = \"The council’s notice\"\nstatus = \"sourced\"\n",
    )
    .unwrap();
    fs::write(folder.path().join("case.json"), case.to_string()).unwrap();
    folder
}

fn kith(folder: &Path, arguments: &[&str]) -> Answered {
    running::kith(arguments).by(folder).from(folder).run()
}

fn case() -> Value {
    json!({
        "asOf": "2026-06-30",
        "application": {
            "setting": "care-home", "otherCapital": "10000.00", "homeDisregarded": false,
            "firstCharge": true, "termsAgreed": true, "value": "300000.00",
            "weeklyCost": "1000.00", "income": "300.00",
        },
        "agreement": {
            "opened": "2026-01-01", "security": "300000.00", "equityLimit": "255750.00",
            "deferrals": [{ "from": "2026-01-01", "weekly": "844.00" }],
        },
        "topUp": { "fee": "1000.00", "budget": "850.00", "payer": "first-party", "ground": "deferred-payment" },
    })
}

#[test]
fn a_case_is_answered_with_the_councils_own_fees_basis_and_interest() {
    let folder = place(&case());
    let brief = kith(folder.path(), &["deferred", "case.json"]);
    assert_eq!(brief.code, 0, "{}", brief.err);
    for line in [
        "A deferred payment agreement must be offered.",
        "£844.00 a week is deferred, up to £255,750.00 in all.",
        "interest 4% a year, added each day; fees £800.00 once and £200.00 a year",
        "1 January 2026 to 30 June 2026: £0.00 + £21,100.00 deferred + £225.39 interest + £800.00 fees",
        "The next statement is due by 1 July 2026.",
        "A top-up of £150.00 a week may not be taken as it stands.",
        "To be answered first: Is there at least one suitable place",
    ] {
        assert!(brief.out.contains(line), "no ‘{line}’ in:\n{}", brief.out);
    }
    let json = kith(folder.path(), &["deferred", "case.json", "--json"]);
    let answer: Value = json.json();
    assert_eq!(answer["toldBefore"]["interest"]["source"], "The council’s notice");
    assert_eq!(answer["standing"]["statements"][0]["fees"], "800.00");
    let explained = kith(folder.path(), &["deferred", "case.json", "--explain"]);
    for line in [
        "£300,000.00 × 90% − £14,250.00",
        "each day’s, at 4% a year, added each day",
        "£800.00 on 1 January 2026 setting up the agreement",
        "SI 2014/2671 reg 9",
    ] {
        assert!(explained.out.contains(line), "{line}: {}", explained.out);
    }
}

#[test]
fn what_is_wrong_is_one_sentence_and_ends_with_two() {
    for (field, value, said) in [
        (
            "application",
            json!({ "setting": "castle" }),
            "application.setting: ‘castle’ is not one of these",
        ),
        (
            "agreement",
            json!({ "opened": "2026-01-01", "security": "1.00", "equityLimit": 3 }),
            "agreement.equityLimit",
        ),
        ("asOf", json!("2026-07-01"), "there is no interest rate for 2026-07-01"),
        ("policy", json!({}), "policy"),
    ] {
        let mut case = case();
        case[field] = value;
        let folder = place(&case);
        let wrong = kith(folder.path(), &["deferred", "case.json"]);
        assert_eq!(wrong.code, 2, "{field}");
        assert!(wrong.err.contains(said), "{said}: {}", wrong.err);
    }
}

#[test]
fn the_schema_names_all_a_case_may_say_and_the_rates_show_the_interest() {
    let folder = place(&case());
    let schema: Value = kith(folder.path(), &["deferred", "--schema"]).json();
    for (part, fields) in case().as_object().unwrap() {
        let known = &schema["properties"][part];
        assert!(known.is_object(), "{part}");
        for field in fields.as_object().into_iter().flatten() {
            assert!(known["properties"][field.0].is_object(), "{part}.{}", field.0);
        }
    }
    let rates = kith(folder.path(), &["rates", "--year", "2025-26"]);
    assert!(rates.out.contains("The council’s notice"), "{}", rates.out);
    let check = kith(folder.path(), &["rates", "check"]);
    assert!(check.out.contains("half-year from 2026-01-01: 4%"), "{}", check.out);
    fs::write(
        folder.path().join("rates/deferred-interest-own.toml"),
        "[[rate]]\nfrom = \"2026-01-01\"\npercent = \"4\"\nstatus = \"sourced\"\n",
    )
    .unwrap();
    let check = kith(folder.path(), &["rates", "check"]);
    assert_eq!(check.code, 2);
    assert!(check.err.contains("has no source"), "{}", check.err);
}
