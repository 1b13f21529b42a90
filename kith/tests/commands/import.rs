//! Importing, as someone at the command line meets it: everything accounted for, nothing lost,
//! the same again changes nothing, and a kill in the midst of it is mended by running it again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use care::find::register::Resident;
use care::record::ids::PersonId;
use proptest::prelude::*;
use serde_json::{Value, json};
use store::{Store, StoreError, register};
use tempfile::TempDir;

use crate::running::{Kith, kith};

/// A folder with a feed and a store.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(place.feed()).unwrap();
        place
    }

    fn feed(&self) -> PathBuf {
        self.folder.path().join("feed")
    }

    fn lay(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.feed().join(name), text).unwrap();
    }

    fn address(&self, name: &str) -> String {
        format!("sqlite:{}", self.folder.path().join(name).display())
    }

    fn command(&self, store: &str, more: &[&str]) -> Kith {
        let feed = self.feed();
        let words = [&["import", "fhir", "--json"], more, &[feed.to_str().unwrap()]].concat();
        kith(&words).with(&self.address(store))
    }

    /// Imports the feed: the exit code and the answer.
    fn import(&self, store: &str, more: &[&str]) -> (i32, Value) {
        let answered = self.command(store, more).run();
        (answered.code, answered.json())
    }

    /// The report's lines, each as one text.
    fn report(answer: &Value) -> Vec<String> {
        let Some(path) = answer["report"].as_str() else { return Vec::new() };
        let text = fs::read_to_string(path).unwrap();
        text.lines().skip(1).map(str::to_owned).collect()
    }

    /// All that the register says, person by person.
    fn register(&self, store: &str) -> BTreeMap<PersonId, (Option<Resident>, String)> {
        let store = Store::open(&self.address(store)).unwrap();
        let mut people = Vec::new();
        let scan = |tx: &mut dyn store::engine::Tx| {
            register::scan(tx, &mut |row| people.push((row.person, format!("{row:?}"))))
        };
        store.read(scan).unwrap();
        let mut all = BTreeMap::new();
        for (person, row) in people {
            let read = |tx: &mut dyn store::engine::Tx| register::resident(tx, person);
            all.insert(person, (store.read::<_, StoreError>(read).unwrap(), row));
        }
        all
    }

    fn version(&self, store: &str) -> i64 {
        let store = Store::open(&self.address(store)).unwrap();
        store.read::<_, StoreError>(register::version).unwrap()
    }
}

fn patient(id: &str, number: Option<&str>) -> String {
    let mut patient = json!({
        "resourceType": "Patient", "id": id, "gender": "female", "birthDate": "1950-02-03",
        "name": [{"family": format!("Family{id}"), "given": ["Ana"]}],
    });
    if let Some(number) = number {
        patient["identifier"] =
            json!([{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": number}]);
    }
    patient.to_string()
}

fn condition(id: &str, patient: &str, code: &str) -> String {
    json!({
        "resourceType": "Condition", "id": id, "recordedDate": "2020-02",
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": code}]},
        "subject": {"reference": format!("Patient/{patient}")},
    })
    .to_string()
}

fn counts(answer: &Value, kind: &str) -> [u64; 6] {
    let of = if kind == "all" { &answer["total"] } else { &answer["byType"][kind] };
    ["read", "new", "changed", "unchanged", "left", "rejected"]
        .map(|name| of[name].as_u64().unwrap_or(0))
}

#[test]
fn the_same_again_changes_nothing_and_newer_replaces() {
    let place = Place::new();
    place.lay("Patient.ndjson", [patient("a", None), patient("b", None)].join("\n"));
    place.lay("Condition.ndjson", condition("c", "a", "73211009"));
    let (code, first) = place.import("s", &[]);
    assert_eq!((code, counts(&first, "all")), (0, [3, 3, 0, 0, 0, 0]));
    assert_eq!(first["people"], 2);
    assert_eq!(first["report"], Value::Null);
    let (before, version) = (place.register("s"), place.version("s"));
    let (code, second) = place.import("s", &[]);
    assert_eq!((code, counts(&second, "all")), (0, [3, 0, 0, 3, 0, 0]));
    assert_eq!((place.register("s"), place.version("s")), (before, version));
    place.lay("Condition.ndjson", condition("c", "a", "195967001"));
    let (_, third) = place.import("s", &[]);
    assert_eq!(counts(&third, "Condition"), [1, 0, 1, 0, 0, 0]);
    assert!(place.version("s") > version);
    let (_, other) = place.import("s", &["--source", "hospital"]);
    assert_eq!((counts(&other, "all"), &other["people"]), ([3, 3, 0, 0, 0, 0], &json!(4)));
}

#[test]
fn what_is_wrong_is_told_with_file_line_and_reason_and_the_rest_is_taken() {
    let place = Place::new();
    let lines = [
        patient("a", Some("9990000018")),
        "{\"resourceType\":\"Patient\",\"id\":\"broken\"".to_owned(),
        String::new(),
        patient("b", Some("9990000018")),
        patient("c", Some("9434765918")),
        json!({"resourceType": "Observation", "id": "o"}).to_string(),
    ];
    place.lay("Patient.ndjson", lines.join("\n"));
    let nobody = condition("x", "nobody", "73211009");
    place.lay("Condition.ndjson", format!("{}\n{nobody}\n", condition("y", "a", "73211009")));
    let (code, answer) = place.import("s", &[]);
    assert_eq!(code, 1);
    assert_eq!(counts(&answer, "Patient"), [4, 3, 0, 0, 0, 1]);
    assert_eq!(counts(&answer, "Condition"), [2, 1, 0, 0, 0, 1]);
    assert_eq!(counts(&answer, "Observation"), [1, 0, 0, 0, 1, 0]);
    assert_eq!((&answer["linesBlank"], &answer["people"]), (&json!(1), &json!(3)));
    let report = Place::report(&answer);
    let expected = [
        ["rejected,", "Patient.ndjson,2,", "Patient,broken,", "ends in the middle"],
        ["warning,", "Patient.ndjson,4,", "Patient,b,", "already that of another person"],
        ["warning,", "Patient.ndjson,5,", "Patient,c,", "NHS number is wrong"],
        ["rejected,", "Condition.ndjson,2,", "Condition,x,", "send the Patient too"],
    ];
    assert_eq!(report.len(), expected.len(), "{report:#?}");
    for (line, parts) in report.iter().zip(expected) {
        assert!(parts.iter().all(|part| line.contains(part)), "{line}");
    }
}

#[test]
fn order_of_files_and_lines_does_not_matter() {
    let place = Place::new();
    // Names that put Conditions first and the surgery last.
    let surgery = json!({
        "resourceType": "Organization", "id": "o", "name": "The Surgery",
        "identifier": [{"system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": "G85001"}],
    });
    let mut registered: Value = serde_json::from_str(&patient("a", Some("9990000018"))).unwrap();
    registered["generalPractitioner"] = json!([{"reference": "Organization/o"}]);
    let by_number = condition("n", "", "195967001").replace(
        r#"{"reference":"Patient/"}"#,
        r#"{"identifier":{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"9990000018"}}"#,
    );
    let conditions = format!("{}\n{by_number}", condition("c", "a", "73211009"));
    place.lay("1.ndjson", &conditions);
    place.lay("2.ndjson", registered.to_string());
    place.lay("3.ndjson", surgery.to_string());
    let (code, answer) = place.import("s", &[]);
    assert_eq!((code, counts(&answer, "all")), (0, [4, 4, 0, 0, 0, 0]), "{answer:#}");
    fs::remove_dir_all(place.feed()).unwrap();
    fs::create_dir(place.feed()).unwrap();
    place.lay("1.ndjson", format!("{surgery}\n{registered}\n{conditions}"));
    place.import("t", &[]);
    let register = place.register("s");
    assert_eq!(register, place.register("t"));
    let (resident, row) = register.values().next().unwrap();
    assert_eq!(resident.as_ref().unwrap().practice.as_deref(), Some("G85001"));
    assert!(row.contains("73211009") && row.contains("195967001"), "{row}");
}

#[test]
fn a_trial_says_the_same_and_changes_nothing() {
    let place = Place::new();
    place.lay("all.ndjson", format!("{}\n{}", patient("a", None), condition("c", "a", "73211009")));
    let (code, trial) = place.import("s", &["--dry-run"]);
    assert_eq!((code, counts(&trial, "all")), (0, [2, 2, 0, 0, 0, 0]));
    assert!(place.register("s").is_empty());
    assert_eq!(place.version("s"), 0);
    let (_, real) = place.import("s", &[]);
    assert_eq!(real["total"], trial["total"]);
}

#[test]
fn a_path_that_is_not_there_is_said_before_anything_is_done() {
    let place = Place::new();
    let said = place.command("s", &["not-there"]).run().ended(2).err;
    assert!(said.contains("cannot read not-there"), "{said}");
}

#[test]
fn american_data_is_imported() {
    let examples =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/fhir/synthea-10-patients");
    if !examples.is_dir() {
        eprintln!("LEFT OUT: importing American data, as {} is not there", examples.display());
        return;
    }
    let place = Place::new();
    for entry in fs::read_dir(examples).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, place.feed().join(path.file_name().unwrap())).unwrap();
    }
    let (code, answer) = place.import("s", &[]);
    assert_eq!(code, 0);
    assert_eq!(counts(&answer, "Condition"), [555, 555, 0, 0, 0, 0]);
    assert_eq!((counts(&answer, "Patient")[1], &answer["total"]["read"]), (13, &json!(5945)));
}

/// An invented borough of 2,000, by the program itself.
fn borough(place: &Place) {
    let feed = place.feed();
    let borough = ["borough", "--residents", "2000", "--seed", "5", "--out"];
    kith(&[&borough[..], &[feed.to_str().unwrap()]].concat()).run().ended(0);
}

#[test]
fn killed_at_any_moment_it_is_finished_by_running_it_again() {
    let place = Place::new();
    borough(&place);
    let (_, whole) = place.import("whole", &[]);
    let expected = place.register("whole");
    assert!(expected.len() > 1_900, "{whole}");
    let mut unfinished = 0;
    for wait in [5, 20, 40, 60, 80, 110, 140, 180, 240, 320] {
        unfinished += usize::from(place.command("killed", &[]).killed_after(wait));
    }
    assert!(unfinished > 0, "every run ended before it could be killed: nothing was shown");
    let (code, _) = place.import("killed", &[]);
    assert_eq!(code, 0);
    assert_eq!(place.register("killed"), expected);
    kith(&["verify"]).with(&place.address("killed")).run().ended(0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn whatever_a_feed_holds_is_accounted_for(
        kinds in proptest::collection::vec(0usize..8, 1..60), seed in any::<u64>(),
    ) {
        let place = Place::new();
        let mut taken = 0;
        let mut lines: Vec<String> = Vec::new();
        for (number, kind) in kinds.iter().enumerate() {
            let id = number.to_string();
            lines.push(match kind {
                0 | 1 => patient(&id, None),
                // Of a patient that comes, or does not.
                2..=4 => condition(&id, &(number / 2).to_string(), "73211009"),
                5 => json!({"resourceType": "Encounter", "id": id}).to_string(),
                6 => format!("{{\"resourceType\":\"Patient\",\"id\":\"{id}"),
                _ => json!({"resourceType": "Bundle", "entry": [
                    {"resource": serde_json::from_str::<Value>(&patient(&id, None)).unwrap()},
                    {"resource": {"resourceType": "Procedure"}},
                ]}).to_string(),
            });
            taken += u64::from(matches!(kind, 0 | 1 | 7));
        }
        let people: std::collections::BTreeSet<usize> =
            kinds.iter().enumerate().filter(|(_, kind)| matches!(kind, 0 | 1 | 7)).map(|(at, _)| at).collect();
        let records = kinds.iter().enumerate()
            .filter(|(at, kind)| (2..=4).contains(*kind) && people.contains(&(at / 2)))
            .count() as u64;
        let mut state = seed;
        for at in (1..lines.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            lines.swap(at, usize::try_from(state >> 33).unwrap() % (at + 1));
        }
        let bundles = kinds.iter().filter(|kind| **kind == 7).count() as u64;
        // One good line first: a file that begins with a broken one may be one document.
        lines.insert(0, patient("first", None));
        place.lay("feed.ndjson", lines.join("\n"));
        let (_, answer) = place.import("s", &[]);
        let [read, new, changed, unchanged, left, rejected] = counts(&answer, "all");
        prop_assert_eq!(read, kinds.len() as u64 + bundles + 1);
        prop_assert_eq!(read, new + changed + unchanged + left + rejected);
        prop_assert_eq!(new, taken + records + 1);
        let register = place.register("s");
        prop_assert_eq!(register.len() as u64, taken + 1);
        let kept: usize = register.values().map(|(_, row)| row.matches("73211009").count()).sum();
        prop_assert_eq!(kept as u64, records);
        let (_, again) = place.import("s", &[]);
        prop_assert_eq!(counts(&again, "all"), [read, 0, 0, new, left, rejected]);
    }
}
