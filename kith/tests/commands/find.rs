//! Finding people, criteria and places, as someone at the command line meets them.

use std::fs;
use std::path::PathBuf;

use care::record::entry::{Audience, Author, NewEntry};
use care::record::fact::{Answer, Begun, Fact, Identity, InvitationAnswered, Invited};
use care::record::ids::{OrganisationId, PersonId, RoleId, RunId, TeamId, UserId};
use care::record::moment::Moment;
use law::day::Day;
use serde_json::{Value, json};
use store::{Store, stories};
use uuid::Uuid;

use crate::running::{self, Answered};

const AS_OF: &str = "2026-11-22";
const HYPERTENSION: &str = "38341003";
const DIABETES: &str = "73211009";
const ASTHMA: &str = "195967001";
const ASTHMA_RESOLVED: &str = "162660004";
const COPD: &str = "13645005";
const ALONE: &str = "105529008";

/// A store of one's own, with the policy that ships or a copy of it.
struct Place {
    store: running::Place,
    policy: PathBuf,
}

impl Place {
    fn new() -> Self {
        Self { store: running::Place::new(), policy: running::policy() }
    }

    /// A place whose policy may be changed.
    fn with_own_policy() -> Self {
        let mut place = Self::new();
        let own = place.store.path("policy");
        for folder in ["cohorts", "cohorts/lists", "places"] {
            fs::create_dir_all(own.join(folder)).unwrap();
            for entry in fs::read_dir(place.policy.join(folder)).unwrap() {
                let path = entry.unwrap().path();
                if path.is_file() {
                    let name = path.file_name().unwrap();
                    fs::copy(&path, own.join(folder).join(name)).unwrap();
                }
            }
        }
        place.policy = own;
        place
    }

    fn kith(&self, arguments: &[&str]) -> Answered {
        self.store.kith(arguments).by(&self.policy).run()
    }

    fn without_store(&self, arguments: &[&str]) -> Answered {
        running::kith(arguments).by(&self.policy).run()
    }

    /// Brings five people in: `one` to `three` and `five` are registered in Stockwell, `four`
    /// nowhere in the place.
    fn with_people(self) -> Self {
        let people = [
            ("one", "9990000018", "1950-03-01", "G85028"),
            ("two", "9990000026", "1940-03-01", "G85028"),
            ("three", "9990000034", "1990-03-01", "G85028"),
            ("four", "9990000042", "1960-03-01", "X99999"),
            ("five", "9990000050", "2015-03-01", "G85028"),
        ];
        let all = [HYPERTENSION, DIABETES, ASTHMA];
        let mut lines: Vec<String> = people.map(patient).to_vec();
        for person in ["one", "four", "five"] {
            lines.extend(all.map(|code| condition(person, code, "2015-04-01")));
        }
        lines.push(condition("one", COPD, "2030-01-01"));
        lines.extend([HYPERTENSION, DIABETES, ALONE].map(|code| condition("two", code, "2015")));
        lines.extend(all.map(|code| condition("three", code, "2015-04-01")));
        lines.push(condition("three", ASTHMA_RESOLVED, "2020-04-01"));
        let file = self.store.path("people.ndjson");
        fs::write(&file, lines.join("\n") + "\n").unwrap();
        let answered = self.kith(&["import", "fhir", file.to_str().unwrap()]);
        assert_eq!(answered.code, 0, "{}{}", answered.out, answered.err);
        self
    }

    fn find(&self, more: &[&str]) -> Value {
        let answered = self.kith(&[&["find", "--as-of", AS_OF, "--json"], more].concat());
        assert_eq!(answered.code, 0, "{}", answered.err);
        answered.json()
    }
}

fn patient((id, number, born, practice): (&str, &str, &str, &str)) -> String {
    json!({
        "resourceType": "Patient",
        "id": id,
        "identifier": [{ "system": "https://fhir.nhs.uk/Id/nhs-number", "value": number }],
        "name": [{ "family": format!("=Family {id}"), "given": ["Given"] }],
        "birthDate": born,
        "generalPractitioner": [{
            "type": "Organization",
            "identifier": {
                "system": "https://fhir.nhs.uk/Id/ods-organization-code",
                "value": practice,
            },
        }],
    })
    .to_string()
}

fn condition(person: &str, code: &str, onset: &str) -> String {
    json!({
        "resourceType": "Condition",
        "id": format!("{person}-{code}"),
        "subject": { "reference": format!("Patient/{person}") },
        "code": {
            "coding": [{
                "system": "http://snomed.info/sct",
                "code": code,
                "display": format!("Text of {code}"),
            }],
        },
        "onsetDateTime": onset,
    })
    .to_string()
}

/// The person invited, and saying no.
fn objects(place: &Place, id: &str) {
    let person = PersonId::of_source("gp", id);
    let day = Day::parse(AS_OF).unwrap();
    let author = Author {
        user: UserId::from_uuid(Uuid::from_u128(1)),
        name: "Ada".to_owned(),
        role: RoleId::new("coordinator"),
        organisation: OrganisationId::new("lambeth-council"),
    };
    let invited = Invited {
        run: RunId::from_uuid(Uuid::from_u128(2)),
        criterion: "three-conditions".to_owned(),
        version: "1".to_owned(),
        reason: "…".to_owned(),
        as_of: day,
        evidence: Vec::new(),
        how: "letter".to_owned(),
        team: TeamId::new("lambeth-stockwell-team"),
        ask_by: day,
    };
    let answer = InvitationAnswered { answer: Answer::Objected, words: String::new() };
    let begun = Begun { identity: Identity::default(), on_register: true };
    let entries = [Fact::Begun(begun), Fact::Invited(invited), Fact::InvitationAnswered(answer)]
        .map(|fact| NewEntry {
            on: day,
            recorded_at: Moment::parse("2026-11-22T09:00:00Z").unwrap(),
            author: author.clone(),
            audience: Audience::Everyone,
            corrects: None,
            fact,
        });
    let store = Store::open(&place.store.store()).unwrap();
    store.write(move |tx| stories::append(tx, person, 0, &entries)).unwrap();
}

#[test]
fn people_are_found_by_network_neighbourhood_and_practice() {
    let place = Place::new().with_people();
    let found = place.find(&[]);
    assert_eq!(found["criterion"], "three-conditions");
    assert_eq!(found["asOf"], AS_OF);
    let numbers = ["registered", "adults", "found", "objected"].map(|key| found[key].clone());
    assert_eq!(numbers, [json!(5), json!(4), json!(2), json!(0)]);
    assert_eq!(found["byConditionCount"], json!({ "0": 0, "2": 2, "3": 2 }));
    let network = &found["byNetwork"][0];
    assert_eq!(network["network"], "lambeth-north");
    let neighbourhood = &network["neighbourhoods"][0];
    assert_eq!(neighbourhood["neighbourhood"], "lambeth-stockwell");
    let practice = &neighbourhood["practices"][0];
    assert_eq!((&practice["practice"], &practice["found"]), (&json!("G85028"), &json!(1)));
    let elsewhere = &found["byNetwork"][1];
    assert_eq!((&elsewhere["network"], &elsewhere["found"]), (&Value::Null, &json!(1)));

    let table = place.kith(&["find", "--as-of", AS_OF]);
    assert_eq!(table.code, 0, "{}", table.err);
    assert!(table.out.contains("22 November 2026: 2 found, among 5 people"), "{}", table.out);
    for line in ["Lambeth north", "  Stockwell", "    G85028  Stockwell Group Practice"] {
        assert!(table.out.lines().any(|l| l.starts_with(line)), "{line}: {}", table.out);
    }
    let brief = place.kith(&["find", "--as-of", AS_OF, "--brief"]).out;
    assert!(table.out.starts_with(&brief), "the same, without the places: {brief}");
    assert_eq!(brief.lines().count(), 2, "{brief}");
}

#[test]
fn an_earlier_day_sees_what_was_there_then() {
    let place = Place::new().with_people();
    let early = place.kith(&["find", "--as-of", "2019-01-01", "--json"]).json();
    assert_eq!(early["found"], 3, "before the asthma of one of them was over");
    let late = place.kith(&["find", "--as-of", "2031-01-01", "--json"]).json();
    assert_eq!(late["byConditionCount"]["4"], 1, "after the fourth condition of another began");
}

#[test]
fn the_same_run_is_kept_once_and_a_dry_run_not_at_all() {
    let place = Place::new().with_people();
    let dry = place.find(&["--dry-run"]);
    assert_eq!(dry["run"], Value::Null);
    let store = Store::open(&place.store.store()).unwrap();
    let latest = || store.read(|tx| store::runs::latest(tx, "three-conditions")).unwrap();
    assert_eq!(latest(), None);
    let one = place.find(&[]);
    let kept = latest().unwrap();
    assert_eq!(json!(kept.id), one["run"]);
    assert_eq!((kept.found, kept.registered, kept.version.as_str()), (2, 5, "1"));
    assert_eq!(place.find(&[]), one);
    assert_eq!(latest(), Some(kept), "the second run changed nothing");
    let person = PersonId::of_source("gp", "one");
    let found = store.read(|tx| store::runs::found_of(tx, person)).unwrap();
    assert_eq!(found.len(), 1);
    let evidence: Value = serde_json::from_str(&found[0].evidence).unwrap();
    assert_eq!(evidence[0]["code"], HYPERTENSION);
    assert_eq!(evidence.as_array().unwrap().len(), 3);
}

#[test]
fn who_said_no_is_not_found_again() {
    let place = Place::new().with_people();
    let before = place.find(&[]);
    objects(&place, "one");
    let after = place.find(&[]);
    assert_eq!((&after["found"], &after["objected"]), (&json!(1), &json!(1)));
    assert_ne!(before["run"], after["run"], "it is another run");
    let list = place.store.path("found.csv");
    place.find(&["--list", list.to_str().unwrap()]);
    assert!(!fs::read_to_string(&list).unwrap().contains("Family one"));
    let explained = place.kith(&["find", "--as-of", AS_OF, "--explain", "9990000018"]);
    assert!(explained.out.contains("said no when invited"), "{}", explained.out);
}

#[test]
fn the_list_names_the_people_and_what_counted() {
    let place = Place::new().with_people();
    let path = place.store.path("found.csv");
    place.find(&["--list", path.to_str().unwrap()]);
    let mut csv = csv::Reader::from_path(&path).unwrap();
    let heads = csv.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
    let field = |row: usize, head: &str| {
        rows[row].get(heads.iter().position(|known| known == head).unwrap()).unwrap().to_owned()
    };
    assert_eq!(rows.len(), 2);
    assert_eq!(field(1, "nhs_number"), "9990000018");
    assert_eq!(field(1, "neighbourhood"), "lambeth-stockwell");
    assert_eq!(field(1, "conditions"), "3");
    assert!(field(1, "what_counted").contains("Diabetes (73211009, 2015-04-01)"));
    assert_eq!(field(1, "family_name"), "'=Family one", "no formula for a spreadsheet");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let nowhere = place.kith(&["find", "--list", "/no/such/folder/found.csv"]);
    assert_eq!(nowhere.code, 2);
    assert!(nowhere.err.contains("cannot write the list"), "{}", nowhere.err);
}

#[test]
fn one_person_is_explained_by_any_of_their_ids() {
    let place = Place::new().with_people();
    let explain = |id: &str| place.kith(&["find", "--as-of", AS_OF, "--json", "--explain", id]);
    let three = PersonId::of_source("gp", "three").to_string();
    let by_number = explain("999 000 0034").json();
    assert_eq!(by_number["person"], json!(three));
    assert_eq!(explain(&three).json(), by_number);
    assert_eq!(explain("three").json(), by_number);
    assert_eq!(by_number["found"], false);
    assert_eq!(by_number["counted"].as_array().unwrap().len(), 2);
    let not_counted = by_number["notCounted"].as_array().unwrap();
    assert_eq!(not_counted.len(), 2);
    assert_eq!(not_counted[1]["why"], "a later record says the condition is over");
    assert_eq!(by_number["texts"][DIABETES], format!("Text of {DIABETES}"));
    let nobody = explain("9990000069");
    assert_eq!(nobody.code, 2);
    assert!(nobody.err.contains("nobody on the register goes by ‘9990000069’"), "{}", nobody.err);
}

#[test]
fn a_place_adds_a_criterion_as_a_file() {
    let place = Place::with_own_policy().with_people();
    assert_eq!(place.find(&["--criterion", "older-alone"])["found"], 1);
    let third = r#"
id = "younger-with-asthma"
version = "1"
title = "Adults under 40 with asthma, now or before"
reason = "You have or had asthma."
sources = ["a test"]
[ages]
from = 18
to = 39
[conditions]
title = "asthma once, or high blood pressure"
list = "chest"
list-version = "3"
at-least = 1
"#;
    let cohorts = place.policy.join("cohorts");
    fs::write(cohorts.join("younger-with-asthma.toml"), third).unwrap();
    let conditions = "# version: 3\ncondition,name,tier,body_system\nchest,Asthma ever,1,\n";
    fs::write(cohorts.join("lists/chest.conditions.csv"), conditions).unwrap();
    let codes = "# version: 3\ncondition,code,kind,source\nchest,195967001,diagnosis,test\n";
    fs::write(cohorts.join("lists/chest.codes.csv"), codes).unwrap();
    let found = place.find(&["--criterion", "younger-with-asthma"]);
    assert_eq!((&found["found"], &found["ofAge"]), (&json!(1), &json!(1)));
    assert_eq!(found["lists"], json!({ "chest": "3" }));
    let checked = place.without_store(&["cohorts", "check", "--json"]);
    assert_eq!(checked.code, 0, "{}", checked.err);
    assert_eq!(checked.json()["criteria"].as_array().unwrap().len(), 3);
}

#[test]
fn what_is_wrong_with_a_criterion_is_said() {
    let place = Place::with_own_policy();
    let fine = place.without_store(&["cohorts", "check"]);
    assert_eq!((fine.code, fine.out.ends_with("Nothing is wrong.\n")), (0, true), "{}", fine.err);
    let older = place.policy.join("cohorts/older-alone.toml");
    let text = fs::read_to_string(&older).unwrap();
    fs::write(&older, text.replace("2026.1", "2025.4")).unwrap();
    let wrong = place.without_store(&["cohorts", "check"]);
    assert_eq!(wrong.code, 1);
    assert!(wrong.out.contains("it was made for version 2025.4 of the list"), "{}", wrong.out);
    let refused = place.kith(&["find", "--criterion", "older-alone"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("it was made for version 2025.4"), "{}", refused.err);
    let unknown = place.kith(&["find", "--criterion", "frail"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("there is no criterion ‘frail’"), "{}", unknown.err);
}

#[test]
fn an_empty_register_asks_for_an_import() {
    let answered = Place::new().kith(&["find"]);
    assert_eq!(answered.code, 1);
    assert!(answered.err.contains("nobody is on the register"), "{}", answered.err);
}

#[test]
fn places_are_checked_against_their_ranges() {
    let place = Place::new().with_people();
    let without_store = place.without_store(&["places", "check", "--as-of", AS_OF, "--json"]);
    assert_eq!(without_store.code, 1, "some of the real sizes are outside: {}", without_store.err);
    let networks = without_store.json()["networks"].clone();
    let network = |id: &str| {
        networks.as_array().unwrap().iter().find(|n| n["network"] == id).unwrap().clone()
    };
    assert_eq!(network("southwark-south")["listed"], 147_265);
    assert_eq!(network("southwark-south")["listedFit"], "within");
    assert_eq!(network("lewisham")["listedFit"], "above");
    assert_eq!(network("lewisham")["registered"], Value::Null);

    let with_store = place.kith(&["places", "check", "--as-of", AS_OF]);
    assert!(with_store.out.contains("In the store"), "{}", with_store.out);
    let line = with_store.out.lines().find(|line| line.starts_with("  Stockwell")).unwrap();
    assert_eq!(
        line.split_whitespace().collect::<Vec<_>>(),
        ["Stockwell", "5", "44,810", "fits", "4", "too", "few"]
    );
}

#[test]
fn a_practice_moves_from_a_day_and_earlier_days_stay() {
    let place = Place::with_own_policy().with_people();
    let file = place.policy.join("places/placements.csv");
    let before = fs::read_to_string(&file).unwrap();
    let to = ["places", "realign", "G85028", "lambeth-fiveways", "--from", "2026-04-01"];
    let dry = place.without_store(&[&to[..], &["--dry-run"]].concat());
    assert_eq!(dry.code, 0, "{}", dry.err);
    assert!(dry.out.contains("would move from Stockwell to"), "{}", dry.out);
    assert_eq!(fs::read_to_string(&file).unwrap(), before);

    assert_eq!(place.without_store(&to).code, 0);
    let lies_in = |day: &str| {
        let found = place.kith(&["find", "--as-of", day, "--json"]).json();
        found["byNetwork"][0]["neighbourhoods"][0]["neighbourhood"].clone()
    };
    assert_eq!(lies_in("2026-03-31"), "lambeth-stockwell");
    assert_eq!(lies_in("2026-04-01"), "lambeth-fiveways");

    let after = fs::read_to_string(&file).unwrap();
    for (arguments, expected) in [
        (to, "already lies in ‘lambeth-fiveways’"),
        (["places", "realign", "G85028", "nowhere", "--from", "2027-01-01"], "no neighbourhood"),
        (["places", "realign", "Z1", "lewisham-north", "--from", "2027-01-01"], "Z1 has no line"),
    ] {
        let refused = place.without_store(&arguments);
        assert_eq!(refused.code, 2);
        assert!(refused.err.contains(expected), "{}", refused.err);
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), after, "a refusal changes nothing");
}
