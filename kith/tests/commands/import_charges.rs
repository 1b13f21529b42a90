//! `kith import charges` with files that nobody should have sent: each line that cannot be brought in
//! has its sentence, the others come in, and nothing is half written.

use std::fs;

use serde_json::{Value, json};
use store::{Store, StoreError, stories};

use crate::running::{Kith, Place};

/// A council with three people on the register.
struct Council(Place);

const ANA: &str = "9990000018";
const BEN: &str = "9990000026";
const CAI: &str = "9990000034";

impl Council {
    fn new() -> Self {
        let council = Self(Place::new());
        let feed = council.0.path("feed");
        fs::create_dir(&feed).unwrap();
        let patients = [("a", ANA), ("b", BEN), ("c", CAI)].map(|(id, number)| {
            json!({
                "resourceType": "Patient", "id": id, "gender": "female", "birthDate": "1950-02-03",
                "name": [{ "family": "Family", "given": ["Ana"] }],
                "identifier": [{ "system": "https://fhir.nhs.uk/Id/nhs-number", "value": number }],
            })
            .to_string()
        });
        fs::write(feed.join("Patient.ndjson"), patients.join("\n")).unwrap();
        council.command(&["import", "fhir", feed.to_str().unwrap()]).run().ended(0);
        council.0.add_user("samuel", "finance-officer", "lewisham-council", "lewisham-finance");
        council
    }

    fn command(&self, arguments: &[&str]) -> Kith {
        self.0.kith(arguments).on("2026-06-20")
    }

    /// What was brought in and what was not, with the exit code.
    fn came(&self, lines: &[Vec<u8>]) -> (i32, Value) {
        let file = self.0.path("people.ndjson");
        fs::write(&file, lines.join(&b'\n')).unwrap();
        let file = file.to_str().unwrap();
        let words = ["import", "charges", "--as", "samuel", "--json", file];
        let answered = self.command(&words).run();
        (answered.code, answered.json())
    }

    /// How many entries there are about everybody who has a charge.
    fn entries(&self) -> Vec<usize> {
        let store = Store::open(&self.0.store()).unwrap();
        let read = |tx: &mut dyn store::engine::Tx| {
            let people = stories::charged(tx, None, 100)?;
            people.into_iter().map(|person| Ok(stories::load(tx, person)?.len())).collect()
        };
        store.read::<_, StoreError>(read).unwrap()
    }
}

fn case() -> Value {
    json!({
        "asOf": "2026-06-01", "setting": "home",
        "person": { "born": "1950-01-01", "household": "single", "savingsCreditAge": false },
        "income": [pension("300.00")],
        "services": [{ "kind": "home-care", "cost": "500.00", "every": "week" }],
        "toldOn": "2024-05-01",
    })
}

fn pension(amount: impl Into<Value>) -> Value {
    json!({ "kind": "occupational-pension", "amount": amount.into(), "every": "week" })
}

/// A line about somebody, with a field of the case that is another.
fn line(id: &str, field: &str, value: Value) -> Vec<u8> {
    let mut case = case();
    case[field] = value;
    json!({ "id": id, "case": case }).to_string().into_bytes()
}

/// A line that says what the person pays by the system before.
fn paying(id: &str, amount: &str) -> Vec<u8> {
    json!({ "id": id, "case": case(), "pays": amount }).to_string().into_bytes()
}

fn good(id: &str) -> Vec<u8> {
    line(id, "asOf", json!("2026-06-01"))
}

/// A line, and what is said of it.
fn hostile() -> Vec<(Vec<u8>, &'static str)> {
    let with = |field, value| line(BEN, field, value);
    let of = |amount: Value| line(BEN, "income", json!([pension(amount)]));
    let pays = |amount| paying(BEN, amount);
    let half = |whole: Vec<u8>| whole[..60].to_vec();
    let not_utf8 =
        [&b"{\"id\":\"999\xff\",\"case\":"[..], case().to_string().as_bytes(), b"}"].concat();
    let long = [&b"{\"id\":\""[..], &vec![b'9'; 2_000_000], b"\",\"case\":{}}"].concat();
    let deep = format!("{{\"id\":\"1\",\"case\":{}", "[".repeat(100_000)).into_bytes();
    let deeper = format!("{{\"id\":\"1\",\"about\":{}", "{\"a\":".repeat(100_000)).into_bytes();
    let as_list = json!([BEN, {}, case()]).to_string().into_bytes();
    vec![
        (not_utf8, "this is not JSON: invalid unicode code point"),
        (half(good(BEN)), "this is not JSON"),
        (b"\xef\xbb\xbf{}".to_vec(), "this is not JSON"),
        (b"[]".to_vec(), "this must be an object, not a list"),
        (as_list, "this must be an object, not a list"),
        (b"null".to_vec(), "this must be an object, not null"),
        (b"{\"id\":7,\"case\":{}}".to_vec(), "id: this must be a string, not integer ‘7’"),
        (format!("{{\"id\":\"{BEN}\"}}").into_bytes(), "‘case’ is missing"),
        (b"{\"id\":\"1\",\"id\":\"2\",\"case\":{}}".to_vec(), "‘id’ stands here twice"),
        (b"{\"id\":\"1\",\"colour\":\"red\"}".to_vec(), "colour: there is no ‘colour’ here"),
        (with("colour", json!("red")), "case.colour: there is no ‘colour’ here"),
        (with("services", Value::Null), "case.services: this must be a list, not null"),
        (with("setting", json!("moon")), "case.setting: ‘moon’ is not one of these"),
        (of(json!(300)), "case.income[0].amount: this must be an amount in quotes"),
        (of(json!("99999999999.00")), "case.income[0].amount: ‘99999999999.00’ is not an amount"),
        (of(json!("-1.00")), "case.income[0].amount: ‘-1.00’ is not an amount"),
        (with("asOf", json!("2026-02-30")), "case.asOf: ‘2026-02-30’ is not a date"),
        (with("asOf", json!("0001-01-01")), "person.born is 1950-01-01, after asOf, 0001-01-01"),
        (with("asOf", json!("9999-12-31")), "asOf: there are no rates for 9999-12-31"),
        (
            with("income", json!(vec![pension("1.00"); 2_000])),
            "income has 2000 lines: at most 1000",
        ),
        (with("toldOn", Value::Null), "This must be answered first: When was the person told"),
        (pays("183.55"), "They pay £183.55 a week, and by these means it comes to £"),
        (pays("-1.00"), "pays: ‘-1.00’ is not an amount"),
        (deep, "case[0]: this must be a string, not a list"),
        (deeper, "about.a: there is no ‘a’ here"),
        (long, "the case is too long: at most 1048576 bytes"),
        (good("9990000042"), "id: nobody on the register goes by ‘9990000042’: give an NHS number"),
        (good(""), "id: it is missing: give an NHS number"),
        (good(&"x".repeat(5_000)), "x…’: give an NHS number"),
        (good("9990000026\0"), "id: nobody on the register goes by"),
    ]
}

#[test]
fn every_line_that_cannot_come_in_has_its_sentence_and_the_others_come_in() {
    let council = Council::new();
    let hostile = hostile();
    let mut lines = vec![good(ANA)];
    lines.extend(hostile.iter().map(|(line, _)| line.clone()));
    lines.extend([Vec::new(), paying(CAI, "58.55"), good(ANA)]);
    let (code, answer) = council.came(&lines);
    assert_eq!((code, &answer["new"], &answer["unchanged"]), (1, &json!(2), &json!(1)), "{answer}");
    let rejected = answer["rejected"].as_array().unwrap();
    assert_eq!(rejected.len(), hostile.len(), "{answer}");
    for (at, ((_, words), said)) in hostile.iter().zip(rejected).enumerate() {
        let error = said["error"].as_str().unwrap();
        assert_eq!(said["line"], at + 2, "{error}");
        assert!(error.contains(words), "line {}: {error}; expected {words}", at + 2);
        assert!(error.len() < 600 && !error.contains('\n'), "line {}: one sentence", at + 2);
    }
    // A story begins, and has its charge: nothing of those who were rejected.
    let before = council.entries();
    assert_eq!(before, [2, 2]);
    let (code, again) = council.came(&lines);
    assert_eq!((code, &again["new"], &again["unchanged"]), (1, &json!(0), &json!(3)));
    assert_eq!(again["rejected"], answer["rejected"]);
    assert_eq!(council.entries(), before, "the same file again changes nothing");
    council.command(&["verify"]).run().ended(0);
}

#[test]
fn what_cannot_be_run_ends_with_2_and_one_sentence() {
    let council = Council::new();
    for (arguments, words) in [
        (["not-there.ndjson", "--as", "samuel"], "cannot read not-there.ndjson"),
        ([".", "--as", "samuel"], "cannot read ."),
        (["not-there.ndjson", "--as", "nobody"], "nobody signs in as ‘nobody’"),
    ] {
        let command = council.command(&[&["import", "charges"][..], &arguments].concat());
        let said = command.from(council.0.folder()).run().ended(2).err;
        assert!(said.contains(words) && said.trim_end().lines().count() == 1, "{said}");
    }
    let (code, answer) = council.came(&[]);
    assert_eq!((code, &answer["new"]), (0, &json!(0)), "an empty file is nobody");
    assert!(council.entries().is_empty());
}
