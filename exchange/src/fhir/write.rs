//! Writing FHIR R4 with the UK Core profiles: one resource, one line of JSON (NDJSON).
//!
//! Only what a register's feed carries is written, so that the lines stay small: Organization for a
//! GP practice, Patient, and Condition. What is absent in the value is absent in the line.

use std::io::Write as _;

use care::find::register::{Clinical, Death, Gender, Practice, Resident, Verification};
use care::record::moment::Moment;
use law::day::PartialDay;

use super::systems;

/// A coded record about a person, as it is written: FHIR `Condition`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem<'a> {
    /// The record's own id (`Condition.id`: letters, digits, `-` and `.`, at most 64).
    pub id: &'a str,
    /// The id of the Patient it is about, without `Patient/`.
    pub patient: &'a str,
    /// SNOMED CT concept id.
    pub code: u64,
    /// The record's words for the code.
    pub words: &'a str,
    /// When it began, as far as known.
    pub onset: Option<PartialDay>,
    /// When it was written down.
    pub recorded: Option<PartialDay>,
    /// Whether it is active; not written for a record entered in error (FHIR invariant con-5).
    pub clinical: Clinical,
    /// How sure it is.
    pub verification: Verification,
    /// When the source last changed it.
    pub updated: Option<Moment>,
}

/// Appends a Condition (UKCore-Condition, on the problem list) and a line feed.
pub fn condition(out: &mut Vec<u8>, problem: &Problem<'_>) {
    raw(out, r#"{"resourceType":"Condition","id":"#);
    text(out, problem.id);
    meta(out, problem.updated, "UKCore-Condition", None);
    if problem.verification != Verification::EnteredInError && problem.clinical != Clinical::Unsaid
    {
        raw(out, r#","clinicalStatus":"#);
        concept(out, systems::CLINICAL_STATUS, problem.clinical.code());
        raw(out, "}");
    }
    if problem.verification != Verification::Unsaid {
        raw(out, r#","verificationStatus":"#);
        concept(out, systems::VERIFICATION_STATUS, problem.verification.code());
        raw(out, "}");
    }
    raw(out, r#","category":["#);
    concept(out, CONDITION_CATEGORY, "problem-list-item");
    raw(out, r#"}],"code":"#);
    raw(out, r#"{"coding":[{"system":""#);
    raw(out, systems::SNOMED);
    raw(out, r#"","code":""#);
    shown(out, problem.code);
    raw(out, r#""}],"text":"#);
    text(out, problem.words);
    raw(out, r#"},"subject":{"reference":"Patient/"#);
    raw(out, problem.patient);
    raw(out, "\"}");
    for (name, day) in [("onsetDateTime", problem.onset), ("recordedDate", problem.recorded)] {
        if let Some(day) = day {
            member(out, name);
            raw(out, "\"");
            shown(out, day);
            raw(out, "\"");
        }
    }
    raw(out, "}\n");
}

/// FHIR `Condition.category`.
const CONDITION_CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/condition-category";

/// Appends a Patient (UKCore-Patient) and a line feed.
///
/// The last line of the address is its town. The GP practice is a logical reference by ODS code, as
/// the Personal Demographics Service sends it.
pub fn patient(out: &mut Vec<u8>, resident: &Resident) {
    raw(out, r#"{"resourceType":"Patient","id":"#);
    text(out, &resident.source.id);
    meta(out, resident.updated, "UKCore-Patient", resident.restricted.then_some("R"));
    extensions(out, resident);
    if let Some(number) = resident.nhs_number {
        raw(out, r#","identifier":[{"extension":[{"url":""#);
        raw(out, systems::EXTENSION_NHS_NUMBER_STATUS);
        raw(out, r#"","valueCodeableConcept":"#);
        concept(out, systems::NHS_NUMBER_STATUS, if resident.nhs_verified { "01" } else { "02" });
        raw(out, r#"}}],"system":""#);
        raw(out, systems::NHS_NUMBER);
        raw(out, r#"","value":""#);
        shown(out, number);
        raw(out, "\"}]");
    }
    raw(out, r#","active":true,"name":[{"use":"official","family":"#);
    text(out, &resident.family);
    raw(out, r#","given":"#);
    texts(out, resident.given.split(' ').filter(|name| !name.is_empty()));
    raw(out, "}]");
    if let Some(telephone) = &resident.telephone {
        raw(out, r#","telecom":[{"system":"phone","value":"#);
        text(out, telephone);
        let mobile = telephone.starts_with("07");
        raw(out, if mobile { r#","use":"mobile"}]"# } else { r#","use":"home"}]"# });
    }
    if resident.gender != Gender::Unknown {
        member(out, "gender");
        text(out, resident.gender.code());
    }
    if let Some(born) = resident.born {
        member(out, "birthDate");
        raw(out, "\"");
        shown(out, born);
        raw(out, "\"");
    }
    match resident.death {
        Death::Alive => {}
        Death::Undated => raw(out, r#","deceasedBoolean":true"#),
        Death::On(day) => {
            member(out, "deceasedDateTime");
            raw(out, "\"");
            shown(out, day);
            raw(out, "\"");
        }
    }
    address(out, resident);
    if let Some(language) = &resident.language {
        raw(out, r#","communication":[{"language":"#);
        concept(out, systems::LANGUAGE, language);
        raw(out, r#"},"preferred":true}]"#);
    }
    if let Some(practice) = &resident.practice {
        raw(out, r#","generalPractitioner":[{"type":"Organization","identifier":{"system":""#);
        raw(out, systems::ODS_ORGANISATION);
        raw(out, r#"","value":"#);
        text(out, practice);
        raw(out, "}}]");
    }
    raw(out, "}\n");
}

fn extensions(out: &mut Vec<u8>, resident: &Resident) {
    let mut first = true;
    let mut open = |out: &mut Vec<u8>, url: &str| {
        raw(out, if first { r#","extension":[{"url":""# } else { r#",{"url":""# });
        raw(out, url);
        first = false;
    };
    if let Some(category) = &resident.ethnicity {
        open(out, systems::EXTENSION_ETHNIC_CATEGORY);
        raw(out, r#"","valueCodeableConcept":"#);
        concept(out, systems::ETHNIC_CATEGORY, category);
        raw(out, "}}");
    }
    if resident.interpreter {
        open(out, systems::EXTENSION_INTERPRETER);
        raw(out, r#"","valueBoolean":true}"#);
    }
    if !first {
        raw(out, "]");
    }
}

fn address(out: &mut Vec<u8>, resident: &Resident) {
    let Some((town, lines)) = resident.address.split_last() else { return };
    raw(out, r#","address":[{"#);
    if let Some(lsoa) = &resident.lsoa {
        raw(out, r#""extension":[{"url":""#);
        raw(out, systems::EXTENSION_CENSUS_AREA);
        raw(out, r#"","valueString":"#);
        text(out, lsoa);
        raw(out, "}],");
    }
    raw(out, r#""use":"home","line":"#);
    texts(out, lines.iter().map(String::as_str));
    raw(out, r#","city":"#);
    text(out, town);
    if let Some(postcode) = &resident.postcode {
        member(out, "postalCode");
        text(out, postcode);
    }
    raw(out, "}]");
}

/// Appends an Organization (UKCore-Organization) for a GP practice, and a line feed. Its id is its
/// ODS code.
pub fn organisation(out: &mut Vec<u8>, practice: &Practice, postcode: &str, updated: Moment) {
    raw(out, r#"{"resourceType":"Organization","id":"#);
    text(out, &practice.ods);
    meta(out, Some(updated), "UKCore-Organization", None);
    raw(out, r#","identifier":[{"system":""#);
    raw(out, systems::ODS_ORGANISATION);
    raw(out, r#"","value":"#);
    text(out, &practice.ods);
    raw(out, r#"}],"active":true,"type":[{"text":"GP practice"}],"name":"#);
    text(out, &practice.name);
    raw(out, r#","address":[{"postalCode":"#);
    text(out, postcode);
    raw(out, "}]}\n");
}

/// `meta`, with a comma before it.
fn meta(out: &mut Vec<u8>, updated: Option<Moment>, profile: &str, security: Option<&str>) {
    raw(out, r#","meta":{"#);
    if let Some(updated) = updated {
        raw(out, r#""lastUpdated":""#);
        shown(out, updated);
        raw(out, "\",");
    }
    raw(out, r#""profile":["https://fhir.hl7.org.uk/StructureDefinition/"#);
    raw(out, profile);
    raw(out, "\"]");
    if let Some(code) = security {
        raw(out, r#","security":[{"system":""#);
        raw(out, systems::CONFIDENTIALITY);
        raw(out, r#"","code":"#);
        text(out, code);
        raw(out, "}]");
    }
    raw(out, "}");
}

/// A `CodeableConcept` of one coding, left open for a `text`.
fn concept(out: &mut Vec<u8>, system: &str, code: &str) {
    raw(out, r#"{"coding":[{"system":""#);
    raw(out, system);
    raw(out, r#"","code":"#);
    text(out, code);
    raw(out, "}]");
}

fn member(out: &mut Vec<u8>, name: &str) {
    raw(out, ",\"");
    raw(out, name);
    raw(out, "\":");
}

fn raw(out: &mut Vec<u8>, json: &str) {
    out.extend_from_slice(json.as_bytes());
}

/// A value whose text needs no escaping: a number, a date.
fn shown(out: &mut Vec<u8>, value: impl std::fmt::Display) {
    write!(out, "{value}").expect("memory can always be written to");
}

/// A JSON string, quoted and escaped.
fn text(out: &mut Vec<u8>, value: &str) {
    serde_json::to_writer(out, value).expect("a string is always JSON, and memory can be written");
}

fn texts<'a>(out: &mut Vec<u8>, values: impl Iterator<Item = &'a str>) {
    raw(out, "[");
    for (index, value) in values.enumerate() {
        if index > 0 {
            raw(out, ",");
        }
        text(out, value);
    }
    raw(out, "]");
}

#[cfg(test)]
mod tests {
    use super::*;
    use care::find::register::Source;
    use care::record::ids::{NhsNumber, PersonId};
    use law::day::Day;
    use serde_json::{Value, json};

    fn moment() -> Moment {
        Moment::parse("2026-03-27T09:05:00Z").unwrap()
    }

    fn resident() -> Resident {
        Resident {
            person: PersonId::of_source("borough", "r7"),
            source: Source { system: "borough".into(), id: "r7".into() },
            updated: Some(moment()),
            nhs_number: Some(NhsNumber::parse("9990000018").unwrap()),
            nhs_verified: true,
            family: "O'Brien-\"Quoted\"".into(),
            given: "Siobhán Mary".into(),
            born: Some(PartialDay::parse("1950-02-03").unwrap()),
            death: Death::Alive,
            gender: Gender::Female,
            ethnicity: Some("B".into()),
            language: Some("en".into()),
            interpreter: true,
            address: vec!["Flat 3".into(), "27 Larkspur Road".into(), "London".into()],
            postcode: Some("SE1 7AE".into()),
            lsoa: Some("E01003015".into()),
            telephone: Some("020 7946 0123".into()),
            practice: Some("G85136".into()),
            restricted: true,
            withdrawn: false,
        }
    }

    fn parsed(out: &[u8]) -> Value {
        assert_eq!(out.split(|byte| *byte == b'\n').count(), 2, "one line and its end");
        serde_json::from_slice(out).expect("the line is JSON")
    }

    #[test]
    fn a_patient_says_who_where_and_how_to_speak_with_them() {
        let mut out = Vec::new();
        patient(&mut out, &resident());
        let value = parsed(&out);
        let cases = [
            ("/resourceType", json!("Patient")),
            ("/id", json!("r7")),
            ("/meta/lastUpdated", json!("2026-03-27T09:05:00.000000Z")),
            ("/meta/security/0/code", json!("R")),
            ("/extension/0/valueCodeableConcept/coding/0/code", json!("B")),
            ("/extension/1/valueBoolean", json!(true)),
            ("/identifier/0/value", json!("9990000018")),
            ("/identifier/0/extension/0/valueCodeableConcept/coding/0/code", json!("01")),
            ("/name/0/family", json!("O'Brien-\"Quoted\"")),
            ("/name/0/given", json!(["Siobhán", "Mary"])),
            ("/telecom/0/use", json!("home")),
            ("/gender", json!("female")),
            ("/birthDate", json!("1950-02-03")),
            ("/address/0/line", json!(["Flat 3", "27 Larkspur Road"])),
            ("/address/0/city", json!("London")),
            ("/address/0/postalCode", json!("SE1 7AE")),
            ("/address/0/extension/0/valueString", json!("E01003015")),
            ("/communication/0/language/coding/0/code", json!("en")),
            ("/generalPractitioner/0/identifier/value", json!("G85136")),
        ];
        for (pointer, expected) in cases {
            assert_eq!(value.pointer(pointer), Some(&expected), "{pointer}");
        }
    }

    #[test]
    fn what_is_not_known_is_not_written() {
        let mut out = Vec::new();
        let mut bare = resident();
        bare.nhs_number = None;
        bare.gender = Gender::Unknown;
        bare.death = Death::Undated;
        bare.interpreter = false;
        bare.restricted = false;
        (bare.updated, bare.born, bare.ethnicity, bare.language) = (None, None, None, None);
        (bare.address, bare.telephone, bare.practice) = (Vec::new(), None, None);
        patient(&mut out, &bare);
        let value = parsed(&out);
        let names: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(names, ["active", "deceasedBoolean", "id", "meta", "name", "resourceType"]);
    }

    #[test]
    fn a_condition_entered_in_error_has_no_clinical_status() {
        let mut problem = Problem {
            id: "r7-1",
            patient: "r7",
            code: 44_054_006,
            words: "Type 2 diabetes",
            onset: Some(PartialDay::parse("2014-03").unwrap()),
            recorded: Some(Day::parse("2014-04-02").unwrap().into()),
            clinical: Clinical::Active,
            verification: Verification::Confirmed,
            updated: Some(moment()),
        };
        let mut out = Vec::new();
        condition(&mut out, &problem);
        let value = parsed(&out);
        let cases = [
            ("/code/coding/0/code", json!("44054006")),
            ("/code/text", json!("Type 2 diabetes")),
            ("/subject/reference", json!("Patient/r7")),
            ("/onsetDateTime", json!("2014-03")),
            ("/recordedDate", json!("2014-04-02")),
            ("/clinicalStatus/coding/0/code", json!("active")),
            ("/verificationStatus/coding/0/code", json!("confirmed")),
            ("/category/0/coding/0/code", json!("problem-list-item")),
        ];
        for (pointer, expected) in cases {
            assert_eq!(value.pointer(pointer), Some(&expected), "{pointer}");
        }
        problem.verification = Verification::EnteredInError;
        problem.onset = None;
        out.clear();
        condition(&mut out, &problem);
        let value = parsed(&out);
        assert_eq!(value.get("clinicalStatus"), None);
        assert_eq!(value.get("onsetDateTime"), None);
    }

    #[test]
    fn a_practice_is_known_by_its_ods_code() {
        let mut out = Vec::new();
        let practice = Practice { ods: "G85136".into(), name: "Waterloo Health Centre".into() };
        organisation(&mut out, &practice, "SE1 7AE", moment());
        let value = parsed(&out);
        assert_eq!(value.pointer("/identifier/0/value"), Some(&json!("G85136")));
        assert_eq!(value.pointer("/name"), Some(&json!("Waterloo Health Centre")));
        assert_eq!(value.pointer("/address/0/postalCode"), Some(&json!("SE1 7AE")));
    }
}
