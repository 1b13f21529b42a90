//! `kith eligibility` and `kith chc`, as an officer, a tester or another system meets them.

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::running::{self, Answered};

fn kith(arguments: &[&str], input: &str) -> Answered {
    running::kith(arguments).given(input).run()
}

fn adult() -> Value {
    json!({
        "asOf": "2026-06-01", "who": "adult",
        "cause": { "found": true, "reason": "A stroke." },
        "outcomes": [
            { "outcome": "nutrition", "unable": ["assistance"], "reason": "Cannot lift a pan.", "carerMeets": true },
            { "outcome": "hygiene", "unable": ["longer"], "reason": "Two hours to wash." },
        ],
        "wellbeing": { "significant": true, "areas": ["dignity"], "reason": "Goes unwashed.", "by": "A. Shah" },
    })
}

fn checklist() -> Value {
    json!({
        "asOf": "2026-06-30",
        "checklist": { "levels": { "behaviour": "A" }, "consent": "given" },
        "dates": { "noticeReceived": "2026-06-01" },
    })
}

#[test]
fn a_case_in_a_file_is_answered_in_a_few_lines_in_json_or_with_its_working() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("case.json");
    fs::write(&path, adult().to_string()).unwrap();
    let path = path.to_str().unwrap();

    let brief = kith(&["eligibility", path], "");
    assert_eq!(brief.code, 0, "{}", brief.err);
    assert!(brief.out.starts_with("Some needs are eligible, on 1 June 2026.\n"), "{}", brief.out);

    let answer = kith(&["eligibility", path, "--json"], "").json();
    assert_eq!(answer["determination"], "eligible");
    assert_eq!(answer["toMeet"], json!(["hygiene"]));
    assert_eq!(answer["lines"][1]["inputs"][0]["name"], "outcomes[0].unable");

    let explained = kith(&["eligibility", path, "--explain"], "");
    for said in ["Two hours to wash.", "SI 2015/313 reg 2(3)", "A. Shah", "What follows", "s13(2)"]
    {
        assert!(explained.out.contains(said), "‘{said}’ is not in\n{}", explained.out);
    }
}

#[test]
fn standard_input_holds_a_case_as_well() {
    let answered = kith(&["chc", "-", "--json"], &checklist().to_string());
    assert_eq!(answered.code, 0, "{}", answered.err);
    let answer = answered.json();
    assert_eq!(answer["checklist"]["threshold"], "reached");
    assert_eq!(answer["clocks"][1]["day"], "2026-06-30");
}

#[test]
fn continuing_healthcare_says_that_it_decides_nothing() {
    for mode in [&["chc", "-"][..], &["chc", "-", "--json"], &["chc", "-", "--explain"]] {
        let answered = kith(mode, &checklist().to_string());
        assert!(
            answered.out.contains("Only the integrated care board decides"),
            "{}",
            answered.out
        );
    }
    let explained = kith(&["chc", "-", "--explain"], &checklist().to_string());
    assert!(explained.out.contains("The forms, to be completed as they are"), "{}", explained.out);
}

#[test]
fn bad_input_is_one_sentence_with_the_field_the_value_and_what_is_allowed() {
    let mut wrong_way = adult();
    wrong_way["outcomes"][1]["unable"][0] = json!("slowly");
    let mut unknown = adult();
    unknown["income"] = json!([]);
    let mut mark = checklist();
    mark["checklist"]["levels"]["behaviour"] = json!("D");
    let cases = [
        (
            "eligibility",
            wrong_way,
            "outcomes[1].unable[0]: ‘slowly’ is no way of being unable for an adult; there is: assistance",
        ),
        ("eligibility", unknown, "there is no ‘income’ here; there is: ‘asOf’, ‘who’, ‘cause’"),
        (
            "eligibility",
            json!({ "asOf": "1 June", "who": "adult" }),
            "asOf: ‘1 June’ is not a date",
        ),
        ("eligibility", json!({ "asOf": "2026-06-01" }), "‘who’ is missing"),
        (
            "eligibility",
            json!({ "asOf": "2026-06-01", "who": "child" }),
            "who: ‘child’ is not one of these: ‘adult’ or ‘carer’",
        ),
        (
            "eligibility",
            json!({ "asOf": "2026-06-01", "who": "adult", "outcomes": 3 }),
            "outcomes: this must be a list, not integer ‘3’",
        ),
        ("chc", mark, "checklist.levels.behaviour: ‘D’ is not one of these: ‘C’, ‘B’, ‘A’"),
        ("chc", json!("text"), "this must be an object, not string \"text\""),
    ];
    for (command, case, said) in cases {
        let answered = kith(&[command, "-"], &case.to_string());
        assert_eq!(answered.code, 2, "{case}");
        assert!(answered.out.is_empty(), "{}", answered.out);
        assert_eq!(answered.err.lines().count(), 1, "{}", answered.err);
        assert!(answered.err.contains(said), "‘{said}’ is not in {}", answered.err);
    }
    for input in ["", "{", "nothing"] {
        let answered = kith(&["chc", "-"], input);
        assert_eq!(answered.code, 2);
        assert!(answered.err.contains("this is not JSON"), "{}", answered.err);
    }
}

#[test]
fn a_batch_goes_on_and_lists_its_rejects_by_line() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("cases.ndjson");
    let one = json!({ "asOf": "2026-06-01", "who": "adult", "outcomes": [{ "outcome": "toilet", "unable": ["pain"] }] });
    let text = format!("{}\n{one}\n\n{{\n{}\n", adult(), adult());
    fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap();

    let answered = kith(&["eligibility", "--batch", path], "");
    assert_eq!(answered.code, 1, "{}", answered.err);
    let lines = answered.lines();
    assert_eq!(lines.len(), 4, "one for each line that is not empty");
    assert_eq!(lines[0]["determination"], "eligible");
    assert_eq!(lines[1]["line"], 2);
    assert!(lines[1]["error"].as_str().unwrap().starts_with("outcomes[0].unable[0]: ‘pain’"));
    assert_eq!(lines[2]["line"], 4);
    assert_eq!(lines[3]["determination"], "eligible");
    for said in
        ["line 2: outcomes[0].unable[0]", "line 4: this is not JSON", "2 answered, 2 rejected"]
    {
        assert!(answered.err.contains(said), "‘{said}’ is not in {}", answered.err);
    }

    let good = format!("{}\n{}\n", checklist(), checklist());
    let answered = kith(&["chc", "--batch", "-"], &good);
    assert_eq!((answered.code, answered.lines().len()), (0, 2), "{}", answered.err);
}

#[test]
fn the_schema_names_what_a_case_may_say() {
    let schema = kith(&["eligibility", "--schema"], "").json();
    let ways = |at: usize| {
        schema["oneOf"][at]["properties"]["outcomes"]["items"]["properties"]["unable"]["items"]["enum"].clone()
    };
    assert_eq!(ways(0), json!(["assistance", "distress", "danger", "longer"]));
    assert_eq!(ways(1), json!(["assistance", "distress", "danger"]));

    let schema = kith(&["chc", "--schema"], "").json();
    let checklist = &schema["properties"]["checklist"]["properties"]["levels"]["properties"];
    assert_eq!(checklist.as_object().unwrap().len(), 11);
    let levels = &schema["properties"]["decisionSupport"]["properties"]["levels"]["properties"];
    assert_eq!(levels["skin"]["enum"], json!(["no-needs", "low", "moderate", "high", "severe"]));
}

/// The schema and the reader agree: every name of the one is known to the other.
#[test]
fn a_case_with_every_name_of_the_schema_is_read() {
    for (command, variants) in [("eligibility", "/oneOf"), ("chc", "")] {
        let schema = kith(&[command, "--schema"], "").json();
        let schemas = match schema.pointer(variants).unwrap() {
            Value::Array(schemas) => schemas.clone(),
            whole => vec![whole.clone()],
        };
        for schema in schemas {
            let answered = kith(&[command, "-", "--json"], &filled(&schema).to_string());
            assert_eq!(answered.code, 0, "{}", answered.err);
        }
    }
}

/// A value with every property that a schema names.
fn filled(schema: &Value) -> Value {
    if let Some(value) = schema.get("const") {
        return value.clone();
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        return values.last().unwrap().clone();
    }
    match schema["type"].as_str().unwrap() {
        "object" => {
            let properties = schema["properties"].as_object().unwrap();
            properties.iter().map(|(name, schema)| (name.clone(), filled(schema))).collect()
        }
        "array" => json!([filled(&schema["items"])]),
        "boolean" => json!(true),
        _ if schema.get("format").is_some() => json!("2026-06-01"),
        _ => json!("text"),
    }
}
