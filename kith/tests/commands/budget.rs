//! `kith budget` and `kith ras`, as an officer, a tester or another system meets them.

use std::fmt::Write as _;
use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::running::{self, Answered, policy};

fn kith(arguments: &[&str], input: &str) -> Answered {
    running::kith(arguments).given(input).run()
}

fn answers() -> Value {
    json!({
        "washing-and-dressing": "daily", "toilet": "day", "eating": "preparing",
        "housework": "all", "alone-by-day": "hours", "nights": "no", "going-out": "weekly",
        "seeing-people": "some",
    })
}

fn case() -> Value {
    json!({
        "asOf": "2026-06-01",
        "answers": answers(),
        "informalSupport": { "meals": { "level": "most", "willing": true } },
        "services": [{ "what": "Home care", "cost": "391.95", "every": "week" }],
        "gapReason": "Two visits a day cost less than the table foresees",
        "contribution": "56.80",
        "directPayment": {
            "requestedOn": "2026-05-01", "capacity": true, "canManage": true, "appropriate": true,
        },
    })
}

#[test]
fn a_case_becomes_a_statement_in_a_few_lines_in_json_or_with_its_working() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("case.json");
    fs::write(&path, case().to_string()).unwrap();
    let path = path.to_str().unwrap();

    let brief = kith(&["budget", path], "");
    assert_eq!(brief.code, 0, "{}", brief.err);
    for line in [
        "£391.95 a week, on 1 June 2026: what the plan costs",
        "The person pays £56.80; the council pays £335.15.",
        "The table gave £388.45, a gap of £3.50: Two visits a day",
        "A direct payment must be made. It would be £335.15 a week: £1,340.60 from 1 June 2026",
        "Table demonstration-1 (INVENTED)",
        "To be answered first: This table is made up",
    ] {
        assert!(brief.out.contains(line), "no ‘{line}’ in:\n{}", brief.out);
    }

    let answer = kith(&["budget", path, "--json"], "").json();
    assert_eq!(answer["allocation"]["version"], "demonstration-1");
    assert_eq!(answer["allocation"]["points"], "40.3");
    assert_eq!(answer["allocation"]["areas"][1]["need"], "7");
    assert_eq!(answer["allocation"]["areas"][1]["counted"], "2.8");
    assert_eq!(answer["indicative"], "388.45");
    assert_eq!(answer["final"], "391.95");
    assert_eq!(answer["councilPays"], "335.15");
    assert_eq!(answer["directPayment"]["payment"]["weekly"], "335.15");
    let lines = answer["lines"].as_array().unwrap();
    assert!(lines.iter().any(|line| line["rule"]["cite"] == "Care Act 2014 s26(1)(c)"));

    let explained = kith(&["budget", path, "--explain"], "");
    for line in [
        "What you need help with",
        "Do you need help with washing and dressing? Once a day",
        "9.5 points",
        "7 − 60% = 2.8 points",
        "40.3 points: the band from 40 points, £457.00, less 15% kept back",
        "Care Act 2014 s26(1)(a) (from memory)",
    ] {
        assert!(explained.out.contains(line), "no ‘{line}’ in:\n{}", explained.out);
    }
}

#[test]
fn what_is_wrong_is_one_sentence_and_ends_with_two() {
    let wrong = |path: &[&str], value: Value| {
        let mut case = case();
        let (last, before) = path.split_last().unwrap();
        let mut at = &mut case;
        for step in before {
            at = &mut at[*step];
        }
        at[*last] = value;
        let answered = kith(&["budget", "-"], &case.to_string());
        assert_eq!((answered.code, answered.out.as_str()), (2, ""), "{}", answered.err);
        assert_eq!(answered.err.lines().count(), 1, "{}", answered.err);
        answered.err
    };
    for (path, value, said) in [
        (
            &["answers", "nights"][..],
            json!("often"),
            "answers.nights is ‘often’; answer no, nearby or awake",
        ),
        (
            &["answers", "shoes"],
            json!("two"),
            "answers.shoes is no question of table demonstration-1",
        ),
        (&["colour"], json!("red"), "there is no ‘colour’ here"),
        (&["contribution"], json!("56.805"), "contribution: ‘56.805’ is not an amount"),
        (&["contribution"], json!(56.8), "contribution: this must be an amount in quotes"),
        (&["version"], json!("none"), "version: version ‘none’ is no resource allocation table"),
        (
            &["asOf"],
            json!("2022-03-31"),
            "asOf: no resource allocation table is in force on 2022-03-31",
        ),
        (
            &["informalSupport", "meals", "level"],
            json!("half"),
            "informalSupport.meals.level is ‘half’",
        ),
        (
            &["period"],
            json!({ "from": "2026-06-01", "until": "2026-05-31" }),
            "period.until is 2026-05-31, before",
        ),
        (
            &["directPayment", "stays"],
            json!([{ "from": "2026-02-01", "left": "2026-01-01" }]),
            "directPayment.stays[0].left is 2026-01-01",
        ),
    ] {
        let error = wrong(path, value);
        assert!(error.contains(said), "no ‘{said}’ in: {error}");
    }
}

#[test]
fn a_batch_goes_on_and_lists_what_it_could_not_answer() {
    let bad = json!({ "asOf": "2026-06-01", "answers": {} });
    let input = format!("{}\n\n{bad}\n{}\n", case(), case());
    let answered = kith(&["budget", "--batch", "-"], &input);
    assert_eq!(answered.code, 1, "{}", answered.err);
    let lines: Vec<Value> =
        answered.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!((&lines[0]["budget"], &lines[2]["budget"]), (&json!("391.95"), &json!("391.95")));
    assert_eq!(lines[1]["line"], 3);
    assert!(answered.err.contains("line 3: answers.washing-and-dressing is missing"));
}

#[test]
fn the_schema_has_this_places_questions() {
    let schema = kith(&["budget", "--schema"], "").json();
    let properties = &schema["properties"];
    assert_eq!(
        properties["answers"]["properties"]["toilet"]["enum"],
        json!(["none", "day", "day-and-night"])
    );
    let case = case();
    for name in case.as_object().unwrap().keys() {
        assert!(properties.get(name).is_some(), "the schema has no {name}");
    }
    for name in case["directPayment"].as_object().unwrap().keys() {
        assert!(properties["directPayment"]["properties"].get(name).is_some(), "{name}");
    }
}

#[test]
fn a_table_is_shown_with_its_version_its_source_and_that_it_is_invented() {
    let shown = kith(&["ras", "show", "--as-of", "2026-06-01"], "");
    assert_eq!(shown.code, 0, "{}", shown.err);
    for line in [
        "Table demonstration-1, in force from 1 April 2022",
        "INVENTED. ",
        "9.5  Once a day (daily)",
        "15% is kept back",
    ] {
        assert!(shown.out.contains(line), "no ‘{line}’ in:\n{}", shown.out);
    }
    let json = kith(&["ras", "show", "demonstration-1", "--json"], "").json();
    assert_eq!(json["worth"]["bands"][1]["weekly"], "25.00");
    let none = kith(&["ras", "show", "--as-of", "2022-03-31"], "");
    assert_eq!(none.code, 2);
    assert!(none.err.contains("no resource allocation table is in force on 2022-03-31"));
}

/// Sixty past cases whose cost follows their points, four of them of a small group.
fn past() -> String {
    let levels = ["none", "some-days", "daily", "several-times", "two-people"];
    let mut lines = String::new();
    for at in 0..60usize {
        let mut answers = answers();
        answers["washing-and-dressing"] = json!(levels[at % 5]);
        answers["nights"] = json!(if at % 3 == 0 { "awake" } else { "no" });
        let cost = 300 + [0, 40, 95, 180, 340][at % 5] + if at % 3 == 0 { 450 } else { 0 };
        let case = json!({
            "answers": answers,
            "cost": format!("{cost}.00"),
            "groups": { "supportReason": if at < 4 { "sight" } else { "physical" } },
        });
        writeln!(lines, "{case}").unwrap();
    }
    lines
}

#[test]
fn calibration_proposes_a_table_and_shows_its_fit_and_whether_it_is_even_handed() {
    let answered = kith(&["ras", "calibrate", "-", "--json"], &past());
    assert_eq!(answered.code, 0, "{}", answered.err);
    let found = answered.json();
    assert_eq!((&found["cases"], &found["contingencyPercent"]), (&json!(60), &json!("15")));
    assert_eq!(found["bands"][0], json!({ "from": "0", "weekly": "300.00" }));
    assert_eq!(found["fit"]["rSquared"], 10_000, "the cost follows the points, so every case fits");
    assert!(found["heldOut"]["cases"].as_u64().unwrap() == 30);
    let groups = &found["equity"][0]["groups"];
    assert_eq!(groups[0], json!({ "group": "physical", "people": 56, "offeredOfActual": 8_500 }));
    assert_eq!(groups[1], json!({ "group": "sight", "people": null, "offeredOfActual": null }));

    let shown = kith(&["ras", "calibrate", "-"], &past());
    for line in [
        "weekly = \"300.00\"",
        "R² 1.0000",
        "fewer than 5",
        "85.00%",
        "Past results keep the version",
    ] {
        assert!(shown.out.contains(line), "no ‘{line}’ in:\n{}", shown.out);
    }
}

#[test]
fn calibration_lists_what_it_cannot_read_and_asks_for_enough() {
    let bad = json!({ "answers": answers(), "cost": "0.00" });
    let answered =
        kith(&["ras", "calibrate", "-", "--json"], &format!("{}{bad}\nnothing\n", past()));
    assert_eq!(answered.code, 1);
    assert!(answered.err.contains("line 61: cost is 0.00"), "{}", answered.err);
    assert!(answered.err.contains("line 62: this is not JSON"), "{}", answered.err);
    assert_eq!(answered.json()["cases"], 60);

    let few = kith(&["ras", "calibrate", "-"], "");
    assert_eq!(few.code, 2);
    assert!(few.err.contains("the cases are 0: at least 10 are needed"), "{}", few.err);
    let share = kith(&["ras", "calibrate", "-", "--share", "101"], &past());
    assert_eq!(share.code, 2);
    assert!(share.err.contains("the share is 101"), "{}", share.err);
}

/// What calibration proposes can be put into a file and used: the same questions, a new version.
#[test]
fn a_proposed_table_is_used_by_its_own_version_and_leaves_the_other_as_it_was() {
    let folder = TempDir::new().unwrap();
    let table = folder.path().join("next.toml");
    let ours = fs::read_to_string(policy().join("budgets/ras.toml")).unwrap();
    let questions = ours.split("[[band]]").next().unwrap();
    let bands = "[[band]]\nfrom = \"0\"\nweekly = \"10.00\"\n";
    fs::write(&table, questions.replace("demonstration-1", "next-2") + bands).unwrap();
    let table = table.to_str().unwrap();
    let next = kith(&["budget", "-", "--json", "--table", table], &case().to_string()).json();
    assert_eq!(
        (&next["allocation"]["version"], &next["indicative"]),
        (&json!("next-2"), &json!("8.50"))
    );
    let before = kith(&["budget", "-", "--json"], &case().to_string()).json();
    assert_eq!(before["indicative"], "388.45");
    fs::write(table, questions).unwrap();
    let broken = kith(&["budget", "-", "--table", table], &case().to_string());
    assert_eq!(broken.code, 2);
    assert!(
        broken.err.contains("give either price-per-point or a table of bands"),
        "{}",
        broken.err
    );
}
