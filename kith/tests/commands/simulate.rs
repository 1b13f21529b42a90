//! `kith simulate` over the people `kith borough --finances` writes, as somebody who plans a policy
//! uses them.

use std::path::Path;

use serde_json::Value;

use crate::running::{self, Answered};

const CHANGE: &str = "version = \"1\"\nsource = \"tried\"\n[from.2022-04-11]\n\
                      pea-uplift-sum = \"5.00\"\nminimum-charge = \"3.00\"\n";

fn kith(arguments: &[&str]) -> Answered {
    running::kith(arguments).run()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The supported people of a small borough, in a file.
fn people(folder: &Path) -> String {
    let file = folder.join("people.ndjson");
    let written =
        kith(&["borough", "--residents", "6000", "--seed", "3", "--finances", text(&file)]);
    assert_eq!(written.code, 0, "{}", written.err);
    text(&file).to_owned()
}

#[test]
fn a_change_is_shown_in_tables_in_json_and_as_plots() {
    let folder = tempfile::tempdir().unwrap();
    let people = people(folder.path());
    let (policy, plots) = (folder.path().join("new.toml"), folder.path().join("plots"));
    std::fs::write(&policy, CHANGE).unwrap();
    let arguments = ["simulate", "--policy", text(&policy), "--people", &people];
    let shown = kith(&arguments);
    assert_eq!(shown.code, 0, "{}", shown.err);
    let shown = shown.out;
    for words in ["people assessed", "A year of 52 weeks", "No longer paying:", "Ethnic group"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let answered = kith(&[&arguments[..], &["--json", "--svg", text(&plots)]].concat());
    let answer: Value = answered.json();
    let count = |part: &str| answer[part]["people"].as_u64().unwrap();
    let lines = std::fs::read_to_string(&people).unwrap().lines().count() as u64;
    assert_eq!(answer["people"], lines);
    assert_eq!(count("more") + count("less") + count("same"), lines);
    assert!(
        count("less") > 0 && count("more") == 0,
        "a higher allowance, and small charges let go"
    );
    assert_eq!(answer["less"]["median"], "-5.00", "in care homes, and not at home");
    for name in ["change", "age", "support-reason", "ethnicity", "disability-benefit"] {
        let svg = std::fs::read_to_string(plots.join(format!("{name}.svg"))).unwrap();
        assert!(
            svg.contains("<title") && svg.contains("<desc") && svg.ends_with("</svg>\n"),
            "{svg}"
        );
    }
}

#[test]
fn the_same_policy_changes_nothing_and_another_years_rates_do() {
    let folder = tempfile::tempdir().unwrap();
    let people = people(folder.path());
    let run = |more: &[&str]| -> Value {
        let arguments = [&["simulate", "--people", &people, "--json"], more].concat();
        kith(&arguments).json()
    };
    let same = run(&[]);
    assert_eq!(same["weekly"]["change"], "0.00");
    assert_eq!(same["same"]["people"], same["people"]);
    let earlier = run(&["--year", "2025-26"]);
    assert!(earlier["more"]["people"].as_u64().unwrap() > 0, "{earlier}");
    let unknown = kith(&["simulate", "--people", &people, "--year", "2031-32"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("‘2031-32’ is not a year with rates; there is: 2022-23"));
}

#[test]
fn a_line_that_cannot_be_assessed_is_listed_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mixed.ndjson");
    let case = r#"{"asOf":"2026-06-01","setting":"home","person":{"born":"1986-05-01","household":"single"}}"#;
    let lines = [
        case.to_owned(),
        String::new(),
        format!(r#"{{"id":"a","about":{{"supportReason":"physical"}},"case":{case}}}"#),
        format!(r#"{{"id":"b","about":{{"ethnicity":"I"}},"case":{case}}}"#),
        case.replace("single", "alone"),
        case.replace("2026-06-01", "2019-06-01"),
        "{".to_owned(),
    ];
    std::fs::write(&file, lines.join("\n")).unwrap();
    let output = kith(&["simulate", "--people", text(&file), "--json"]);
    assert_eq!(output.code, 1);
    let answer: Value = output.json();
    assert_eq!(answer["people"], 2);
    let said = output.err;
    let rejected = [
        "line 4: about.ethnicity: ‘I’ is not an ethnic category",
        "line 5: person.household: ‘alone’ is not one of these",
        "line 6: asOf: there are no rates for 2019-06-01",
        "line 7: this is not JSON",
        "2 assessed, 4 rejected",
    ];
    for words in rejected {
        assert!(said.contains(words), "{words}: {said}");
    }
    let missing = kith(&["simulate", "--people", "nowhere.ndjson"]);
    assert_eq!(missing.code, 2);
}

/// A sweep's row is what the same change by itself comes to, and all forms of it agree.
#[test]
fn a_sweep_shows_each_reform_in_a_table_in_json_on_a_page_and_as_plots() {
    let folder = tempfile::tempdir().unwrap();
    let people = people(folder.path());
    let (plots, page) = (folder.path().join("plots"), folder.path().join("sweep.html"));
    let arguments = ["simulate", "--people", &people, "--sweep", "taper-percent=80..100/10"];
    let arguments = [&arguments[..], &["--sweep", "minimum-charge=0,3"]].concat();
    let shown = kith(&arguments).out;
    for words in ["What is tried", "taper-percent 80, minimum-charge 3", "No longer pay"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let more = ["--json", "--svg", text(&plots), "--page", text(&page)];
    let answered = kith(&[&arguments[..], &more].concat());
    assert_eq!(answered.code, 0, "{}", answered.err);
    let answer: Value = answered.json();
    let reforms = answer["reforms"].as_array().unwrap();
    assert_eq!(reforms.len(), 6);
    let policy = folder.path().join("one.toml");
    let places = std::fs::read_to_string("../policy/charging.toml").unwrap();
    let one = "\n[from.2026-05-31]\ntaper-percent = \"80\"\nminimum-charge = \"3.00\"\n";
    std::fs::write(&policy, places + one).unwrap();
    let alone = kith(&["simulate", "--policy", text(&policy), "--people", &people, "--json"]);
    let alone: Value = alone.json();
    let tried = reforms
        .iter()
        .find(|one| {
            one["choices"]["taper-percent"] == "80" && one["choices"]["minimum-charge"] == "3"
        })
        .unwrap();
    assert_eq!(tried["weekly"], alone["weekly"]);
    assert_eq!(tried["less"], alone["less"]["people"]);
    assert!(tried["less"].as_u64().unwrap() > 0, "a lower taper takes less");
    for name in ["income", "more", "less", "newly"] {
        let svg = std::fs::read_to_string(plots.join(format!("{name}.svg"))).unwrap();
        assert!(svg.contains("by taper-percent, minimum-charge</title>"), "{svg}");
        assert!(svg.contains("80, 3: ") && svg.ends_with("</svg>\n"), "{svg}");
    }
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains("taper-percent 80") && page.contains("<svg"), "{page}");
    let wrong = kith(&["simulate", "--people", &people, "--sweep", "taper-percent=50..200/50"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("--sweep: taper-percent is 150: at most 100"), "{}", wrong.err);
}

#[test]
fn a_policy_that_begins_later_says_how_to_try_it() {
    let folder = tempfile::tempdir().unwrap();
    let people = people(folder.path());
    let policy = folder.path().join("later.toml");
    std::fs::write(&policy, CHANGE.replace("2022-04-11", "2027-04-12")).unwrap();
    let arguments = ["simulate", "--policy", text(&policy), "--people", &people, "--json"];
    let now = kith(&arguments);
    assert!(now.err.contains("--on 2027-04-12 tries it"), "{}", now.err);
    let then = kith(&[&arguments[..], &["--on", "2027-04-12"]].concat());
    let answer: Value = then.json();
    assert!(answer["less"]["people"].as_u64().unwrap() > 0, "{}", then.err);
}
