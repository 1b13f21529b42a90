//! `kith charge` and `kith rates`, as an officer or another system uses them.

use std::io::Write as _;

use crate::running::{self, Answered};

const CASE: &str = r#"{"asOf":"2026-06-01","setting":"home","toldOn":"2026-05-01",
  "person":{"born":"1986-05-01","household":"single","children":0,"partnerBorn":null},
  "premiums":{"disability":true,"enhancedDisability":true,"carer":false},
  "income":[{"kind":"universal-credit","amount":"424.90","every":"month"},
            {"kind":"pip-daily-living-enhanced","amount":"114.60","every":"week"},
            {"kind":"occupational-pension","amount":"60.00","every":"week","share":"0.5"}],
  "capital":[{"kind":"savings","value":"18436.00","share":"1"},
             {"kind":"main-home","value":"310000.00","debt":"0","occupiedBy":"nobody"}],
  "housing":[{"kind":"rent","amount":"10.00","every":"week"}],
  "dre":[{"what":"extra laundry","amount":"6.42","every":"week","allowed":true}],
  "services":[{"kind":"home-care","cost":"391.95","every":"week"}]}"#;

fn kith(arguments: &[&str], input: &str) -> Answered {
    running::kith(arguments).given(input).run()
}

#[test]
fn a_charge_is_answered_in_words_in_json_and_with_its_working() {
    let brief = kith(&["charge", "-"], CASE).out;
    assert!(brief.starts_with("£46.13 a week, on 1 June 2026\n"), "{brief}");
    let explained = kith(&["charge", "-", "--explain"], CASE).out;
    for words in
        ["£424.90 × 12 ÷ 52 = £98.05", "SI 2014/2672 reg 25", "NOT CHECKED", "What would change it"]
    {
        assert!(explained.contains(words), "{words}: {explained}");
    }
    let answer = kith(&["charge", "-", "--json"], CASE).json();
    for (name, amount) in [
        ("charge", "46.13"),
        ("councilPays", "345.82"),
        ("fullCost", "391.95"),
        ("tariffIncome", "17.00"),
        ("incomeCounted", "259.65"),
        ("allowance", "197.10"),
        ("allowances", "213.52"),
        ("assessed", "46.13"),
    ] {
        assert_eq!(answer[name], amount, "{name}");
    }
    let unverified =
        answer["restsOn"].as_array().unwrap().iter().filter(|rate| rate["status"] == "unverified");
    assert_eq!(unverified.count(), 2);
    assert!(answer["asks"].as_array().unwrap().iter().any(|ask| ask["code"] == "unverified-rate"));
}

#[test]
fn choices_of_policy_stand_in_the_case_or_in_a_file() {
    let own = CASE.replacen('{', r#"{"policy":{"taper-percent":"50"},"#, 1);
    let answer = kith(&["charge", "-", "--json"], &own).json();
    assert_eq!(answer["charge"], "23.06");
    let mut file = tempfile::NamedTempFile::new().unwrap();
    writeln!(file, "version = \"1\"\n[from.2026-01-01]\ntaper-percent = \"50\"").unwrap();
    let path = file.path().to_str().unwrap();
    let answer = kith(&["charge", "-", "--json", "--policy", path], CASE).json();
    assert_eq!(answer["charge"], "23.06");
}

#[test]
fn what_is_wrong_is_one_sentence_that_names_the_field_and_what_is_allowed() {
    for (from, to, words) in [
        (
            "\"universal-credit\"",
            "\"pip\"",
            "income[0].kind: ‘pip’ is not a kind of income; near it: pip-daily",
        ),
        ("\"424.90\"", "424.90", "income[0].amount: this must be an amount in quotes"),
        ("\"month\"", "\"moon\"", "income[0].every: ‘moon’ is not one of these: "),
        ("\"asOf\":\"2026-06-01\"", "\"asOf\":\"2031-06-01\"", "no rates for 2031-06-01"),
        ("\"1986-05-01\"", "\"2010-05-01\"", "person.born is 2010-05-01"),
        (
            "\"children\":0",
            "\"children\":300",
            "person.children: this must be a small whole number",
        ),
        ("\"children\":0", "\"children\":21", "person.children is 21: at most 20"),
        ("\"disability\":true", "\"disability\":1", "this must be true or false, not integer"),
        ("\"dre\"", "\"drew\"", "there is no ‘drew’ here"),
    ] {
        let output = kith(&["charge", "-"], &CASE.replacen(from, to, 1));
        let sentence = &output.err;
        assert_eq!(output.code, 2, "{sentence}");
        assert!(sentence.contains(words), "{words}: {sentence}");
        assert_eq!(sentence.lines().count(), 1, "{sentence}");
    }
}

#[test]
fn a_batch_goes_on_and_lists_its_rejects() {
    let case = CASE.replace('\n', " ");
    let lines = format!("{case}\nnot a case\n{case}\n");
    let output = kith(&["charge", "--batch", "-"], &lines);
    assert_eq!(output.code, 1);
    assert_eq!(output.out.matches("\"charge\":\"46.13\"").count(), 2);
    assert!(output.err.contains("line 2: this is not JSON"), "{}", output.err);
}

#[test]
fn the_schema_names_every_kind() {
    let schema = kith(&["charge", "--schema"], "").json();
    let kinds = &schema["properties"]["income"]["items"]["properties"]["kind"]["oneOf"];
    assert!(kinds.as_array().unwrap().iter().any(|kind| kind["const"] == "universal-credit"));
}

#[test]
fn every_choice_of_policy_is_in_the_schema_and_in_the_places_file() {
    let schema = kith(&["charge", "--schema"], "").json();
    let names: Vec<&String> =
        schema["properties"]["policy"]["properties"].as_object().unwrap().keys().collect();
    let unset = serde_json::to_value(law::charging::policy::Policy::default()).unwrap();
    let known: Vec<&String> = unset.as_object().unwrap().keys().collect();
    assert_eq!(names, known);
    let file =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../policy/charging.toml"))
            .unwrap();
    for name in names {
        assert!(file.contains(name.as_str()), "{name} is not in policy/charging.toml");
    }
}

#[test]
fn rates_are_printed_with_their_sources_and_checked() {
    let year = kith(&["rates", "--year", "2025-26"], "").out;
    assert!(year.contains("mig-single-25-to-pension-age") && year.contains("112.50"), "{year}");
    let output = kith(&["rates", "check"], "");
    assert_eq!(output.code, 0, "{}", output.err);
    assert!(output.out.contains("every one has a source"));
    let output = kith(&["rates", "--year", "1999-00"], "");
    assert_eq!(output.code, 2);
    assert!(output.err.contains("there is no year ‘1999-00’"));
    let mut file = tempfile::NamedTempFile::new().unwrap();
    writeln!(
        file,
        "year = \"2026-27\"\nfrom = \"2026-04-06\"\nuntil = \"2027-04-11\"\n[[figure]]\ncode = \"pea\"\n\
         amount = \"32.00\"\nper = \"week\"\nsource = \"\"\nstatus = \"sourced\""
    )
    .unwrap();
    let output = kith(&["rates", "check", "--rates", file.path().to_str().unwrap()], "");
    assert_eq!(output.code, 2);
    assert!(output.err.contains("pea from 2026-04-06 has no source"), "{}", output.err);
}
