//! What is taken of a Patient and a Condition, and what is said of the rest.

use care::find::intake::{ArrivedPerson, Pointer, Registration, Subject};
use care::find::register::{Clinical, Coded, Death, Gender, Verification};
use care::record::ids::PersonId;
use law::day::PartialDay;
use serde_json::{Value, json};

use super::*;

fn person(patient: &Value) -> (ArrivedPerson, Vec<String>) {
    let mut arrived = read(patient.to_string().as_bytes());
    let arrived = arrived.remove(0);
    match arrived.item {
        Item::Person(person, _) => (*person, arrived.notes),
        item => panic!("{item:?}"),
    }
}

fn with(base: &Value, name: &str, value: Value) -> Value {
    let mut changed = base.clone();
    changed[name] = value;
    changed
}

fn date(text: &str) -> Option<PartialDay> {
    PartialDay::parse(text).ok()
}

#[test]
fn a_uk_core_patient_is_taken_whole() {
    let (ArrivedPerson { resident, registration, .. }, notes) = person(&json!({
        "resourceType": "Patient", "id": "p1",
        "meta": {
            "lastUpdated": "2026-03-01T10:00:00Z",
            "security": [{
                "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R",
            }],
        },
        "extension": [
            {
                "url": "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-EthnicCategory",
                "valueCodeableConcept": {"coding": [{"code": "M"}]},
            },
            {
                "url": "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired",
                "valueBoolean": true,
            },
            {"url": "http://example.org/other", "valueDecimal": 1.5},
        ],
        "identifier": [
            {"system": "http://example.org/local", "value": "77"},
            {
                "system": "https://fhir.nhs.uk/Id/nhs-number", "value": "999 000 0018",
                "extension": [{
                    "url": "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus",
                    "valueCodeableConcept": {"coding": [{"code": "01"}]},
                }],
            },
        ],
        "name": [
            {"use": "old", "family": "Before", "given": ["Ana"]},
            {"use": "official", "family": "O'Neill-Őz", "given": ["Ana", null, "María"]},
        ],
        "telecom": [
            {"system": "email", "value": "a@example.org"},
            {"system": "phone", "value": "020 7000 0000", "use": "home"},
            {"system": "phone", "value": "07700 900000", "use": "mobile"},
        ],
        "gender": "female", "birthDate": "1950-02",
        "deceasedDateTime": "2026-01-31T23:59:00+00:00",
        "address": [
            {"use": "old", "line": ["Elsewhere"]},
            {
                "use": "home", "line": ["1 High Street", "Peckham"], "city": "London",
                "postalCode": "SE15 1AA",
                "extension": [{
                    "url": "http://hl7.org/fhir/StructureDefinition/iso21090-ADXP-censusTract",
                    "valueString": "E01003900",
                }],
            },
        ],
        "communication": [
            {"language": {"coding": [{"code": "en"}]}},
            {"language": {"coding": [{"code": "es"}]}, "preferred": true},
        ],
        "generalPractitioner": [
            {"identifier": {
                "system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": "G85001",
                "period": {"start": "2010-01-01", "end": "2020-01-01"},
            }},
            {"identifier": {
                "system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": "G85002",
                "period": {"start": "2020-01-01"},
            }},
        ],
    }));
    assert_eq!(notes, Vec::<String>::new());
    assert_eq!(resident.person, PersonId::of_source("gp", "p1"));
    assert_eq!(resident.updated.unwrap().to_string(), "2026-03-01T10:00:00.000000Z");
    assert_eq!(resident.nhs_number.unwrap().to_string(), "9990000018");
    assert!(resident.nhs_verified && resident.restricted && resident.interpreter);
    assert_eq!((&*resident.family, &*resident.given), ("O'Neill-Őz", "Ana María"));
    assert_eq!(resident.born, date("1950-02"));
    assert_eq!(resident.death, Death::On(PartialDay::parse("2026-01-31").unwrap()));
    assert_eq!(resident.gender, Gender::Female);
    assert_eq!(resident.ethnicity.as_deref(), Some("M"));
    assert_eq!(resident.language.as_deref(), Some("es"));
    assert_eq!(resident.address, ["1 High Street", "Peckham", "London"]);
    assert_eq!(resident.postcode.as_deref(), Some("SE15 1AA"));
    assert_eq!(resident.lsoa.as_deref(), Some("E01003900"));
    assert_eq!(resident.telephone.as_deref(), Some("07700 900000"));
    assert_eq!(registration, Registration::Ods("G85002".to_owned()));
    assert!(!resident.withdrawn);
}

#[test]
fn what_is_wrong_in_a_part_costs_that_part_only() {
    let base = json!({"resourceType": "Patient", "id": "p"});
    let nhs =
        |value: &str| json!([{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": value}]);
    let cases = [
        ("birthDate", json!("1960-02-30"), "birthDate"),
        ("birthDate", json!("yesterday"), "birthDate"),
        ("deceasedDateTime", json!("2020-13-01"), "deceasedDateTime"),
        ("identifier", nhs("9434765918"), "NHS number is wrong"),
        ("identifier", nhs("12345"), "NHS number is wrong"),
        ("gender", json!("F"), "gender"),
        ("meta", json!({"lastUpdated": "last week"}), "lastUpdated"),
        ("generalPractitioner", json!([{"display": "Dr Who"}]), "generalPractitioner"),
        ("name", json!([{"family": "x".repeat(600)}]), "too long"),
        ("link", json!([{"type": "replaced-by", "other": {"reference": "Patient/q"}}]), "replaced"),
    ];
    for (part, value, about) in cases {
        let (arrived, notes) = person(&with(&base, part, value.clone()));
        assert!(notes.len() == 1 && notes[0].contains(about), "{part} {value}: {notes:?}");
        assert_eq!(arrived.resident.nhs_number, None);
    }
    let (arrived, _) = person(&with(&base, "deceasedDateTime", json!("2020-13-01")));
    assert_eq!(arrived.resident.death, Death::Undated, "someone who died stays dead");
    let (arrived, notes) = person(&with(&base, "active", json!(false)));
    assert!(arrived.resident.withdrawn && notes.is_empty());
    let (arrived, _) = person(&with(&base, "name", json!([{"text": "Ana\u{0}\u{7} López"}])));
    assert_eq!(arrived.resident.family, "Ana López", "control characters are dropped");
}

/// A Condition with one part changed: what was read of it, or why not.
fn record(part: &str, value: Value) -> Result<(Subject, Coded, Vec<String>), String> {
    let base: Value = serde_json::from_str(&condition("c", "p")).unwrap();
    let arrived = read(with(&base, part, value).to_string().as_bytes()).remove(0);
    match &arrived.item {
        Item::Record(record) => Ok((record.subject, record.coded, arrived.notes)),
        _ => Err(told(&arrived)),
    }
}

#[test]
fn a_condition_is_taken_with_its_dates_and_statuses() {
    let status = |code: &str| json!({"coding": [{"code": code}]});
    let coded = |part: &str, value: Value| record(part, value).unwrap().1;
    assert_eq!(coded("onsetDateTime", json!("2020-02")).onset, date("2020-02"));
    assert_eq!(
        coded("onsetDateTime", json!("2020-02-03T04:05:06.7+01:00")).onset,
        date("2020-02-03")
    );
    assert_eq!(coded("onsetPeriod", json!({"start": "2019"})).onset, date("2019"));
    assert_eq!(coded("recordedDate", json!("2021-01-01")).recorded, date("2021-01-01"));
    assert_eq!(coded("clinicalStatus", status("remission")).clinical, Clinical::Remission);
    assert_eq!(coded("abatementDateTime", json!("2022")).clinical, Clinical::Resolved);
    assert_eq!(coded("id", json!("c")).clinical, Clinical::Unsaid);
    assert_eq!(
        coded("verificationStatus", status("entered-in-error")).verification,
        Verification::EnteredInError
    );
    for bad in ["2020-02-30", "20200203", "2020-02-03T25:00", "2020-02-03x", "2020-02-03T", "0000"]
    {
        let (_, coded, notes) = record("onsetDateTime", json!(bad)).unwrap();
        assert!(coded.onset.is_none() && notes[0].contains("onset"), "{bad}: {notes:?}");
    }
    let (_, coded, notes) = record("clinicalStatus", status("gone")).unwrap();
    assert!(coded.clinical == Clinical::Unsaid && notes[0].contains("clinicalStatus"));
}

#[test]
fn only_snomed_concepts_are_taken() {
    let coding = |system: &str, code: &str| json!({"system": system, "code": code});
    let sct = "http://snomed.info/sct";
    let read2 = "http://read.info/readv2";
    let of = |codings: Value| record("code", json!({"coding": codings}));
    let both = of(json!([coding(read2, "C10E."), coding(sct, "44054006")]));
    assert_eq!(both.unwrap().1.code, 44_054_006);
    let after_bad = of(json!([coding(sct, "2616470012"), coding(sct, "44054006")]));
    assert_eq!(after_bad.unwrap().1.code, 44_054_006);
    let long = of(json!([coding(sct, "999480451000087102")]));
    assert_eq!(long.unwrap().1.code, 999_480_451_000_087_102, "18 digits, more than 2^53");
    let cases = [
        (json!([coding(read2, "C10E.")]), "left Condition: the Condition has no SNOMED CT code"),
        (json!([]), "left Condition"),
        (
            json!([coding(sct, "37436014")]),
            "rejected Condition c: ‘37436014’ is the SNOMED CT id of a description",
        ),
        (json!([coding(sct, "44054007")]), "last digit does not fit"),
        (json!([coding(sct, "asthma")]), "not a SNOMED CT concept"),
    ];
    for (codings, expected) in cases {
        let told = of(codings.clone()).unwrap_err();
        assert!(told.contains(expected), "{codings}: {told}");
    }
    assert!(record("code", Value::Null).unwrap_err().starts_with("left Condition"));
}

#[test]
fn subjects_are_found_however_they_are_named() {
    let subject = |subject: Value| record("subject", subject).map(|(subject, ..)| subject);
    let reference = |text: &str| subject(json!({"reference": text}));
    let p = Ok(Subject::Record(PersonId::of_source("gp", "p")));
    for text in ["Patient/p", "https://example.org/fhir/Patient/p", "Patient/p/_history/3"] {
        assert_eq!(reference(text), p, "{text}");
    }
    let number = json!({"identifier": {"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9990000018"}});
    assert!(
        matches!(subject(number), Ok(Subject::Number(number)) if number.to_string() == "9990000018")
    );
    let cases = [
        (json!({"reference": "Group/g"}), "left Condition: it is not about one person"),
        (json!({"reference": "#p"}), "inside the resource"),
        (json!({"reference": "p"}), "does not lead to a Patient"),
        (json!({}), "does not lead to a Patient"),
        (json!({"identifier": {"system": "x", "value": "1"}}), "not an NHS number"),
        (
            json!({"identifier": {"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9434765918"}}),
            "NHS number is wrong",
        ),
        (Value::Null, "does not say whom it is about"),
    ];
    for (value, expected) in cases {
        let told = subject(value.clone()).unwrap_err();
        assert!(told.contains(expected), "{value}: {told}");
    }
}

#[test]
fn entries_of_a_bundle_may_name_each_other() {
    let bundle = json!({"resourceType": "Bundle", "type": "transaction", "entry": [
        {"fullUrl": "urn:uuid:1", "resource": {
            "resourceType": "Condition", "subject": {"reference": "urn:uuid:2"},
            "code": {"coding": [{"system": "http://snomed.info/sct", "code": "44054006"}]},
        }},
        {"fullUrl": "urn:uuid:2", "resource": {
            "resourceType": "Patient", "id": "p",
            "generalPractitioner": [{"reference": "urn:uuid:3"}],
        }},
        {"fullUrl": "urn:uuid:3", "resource": {
            "resourceType": "PractitionerRole", "organization": {"reference": "urn:uuid:4"},
        }},
        {"fullUrl": "urn:uuid:4", "resource": {
            "resourceType": "Organization", "name": "The Surgery",
            "identifier": [{"system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": "G85001"}],
        }},
    ]});
    let items: Vec<Item> =
        read(bundle.to_string().as_bytes()).into_iter().map(|one| one.item).collect();
    let [
        Item::Bundle,
        Item::Record(record),
        Item::Person(person, _),
        Item::Role(roles, to),
        Item::Organisation(surgery),
    ] = &items[..]
    else {
        panic!("{items:#?}")
    };
    assert_eq!(Subject::Record(person.also.unwrap()), record.subject);
    assert_ne!(person.also, Some(person.resident.person), "the record's own id makes the person");
    assert!(matches!(&person.registration, Registration::Reference(name, _) if *name == roles[0]));
    assert_eq!(*to, Pointer::Elsewhere(surgery.refs[0]));
    assert_eq!(surgery.practice.as_ref().unwrap().name, "The Surgery");
}

#[test]
fn what_was_laid_aside_reads_the_same_again() {
    let p = patient("p").replace("female", "f\\u0065male");
    let entry = format!(r#"{{"fullUrl":"urn:uuid:7","resource":{p}}}"#);
    let bundle = format!(r#"{{"resourceType":"Bundle","entry":[{entry}]}}"#);
    let pretty = bundle.replacen('{', "{\n", 1);
    let damaged = &bundle[..bundle.len() - 1];
    let lines = format!("{p}\n\n{bundle}\n{p}");
    for (file, count) in [(lines.as_str(), 3), (&pretty, 1), (damaged, 1)] {
        let mut again = 0;
        read_each(file.as_bytes(), &mut |parsed| {
            for arrived in &parsed.items {
                let Item::Person(person, place) = &arrived.item else { continue };
                let read = super::super::read_again("gp", arrived.place, &parsed.raw(place));
                assert!(matches!(read.item, Item::Person(same, _) if same == *person), "{file}");
                again += 1;
            }
        });
        assert_eq!(again, count, "{file}");
    }
}

/// What was read of the last line, without where its texts lie.
fn last(file: &str) -> (String, Vec<String>) {
    let (mut told, mut notes) = (String::new(), Vec::new());
    read_each(file.as_bytes(), &mut |parsed| {
        let last = parsed.items.last().unwrap();
        notes.clone_from(&last.notes);
        told = match &last.item {
            Item::Record(record) => {
                let (id, shown) = (parsed.text(&record.id), parsed.text(&record.display));
                format!("{:?} {:?} {id} {shown}", record.subject, record.coded)
            }
            item => format!("{item:?}"),
        };
    });
    (told, notes)
}

proptest! {
    #[test]
    fn a_line_reads_the_same_whatever_like_it_came_before(
        id in "[a-z\"é]{0,3}", of in "[a-z/#]{0,3}", onset in "(20[0-9]{2}(-[0-2][0-9]){0,2})?|x",
        code in prop_oneof![Just("73211009"), Just("73211008"), Just("37436014"), Just("")],
        shown in "[ -~\t\u{e9}]{0,8}",
    ) {
        let first = condition_of("c1", "p1", "195967001", "2020-02", "Diabetes");
        let line = condition_of(&id, &of, code, &onset, &shown);
        prop_assert_eq!(last(&format!("{first}\n{line}")), last(&line));
    }
}
