//! A Patient: a resident, as a source describes them.

use care::find::intake::{ArrivedPerson, Pointer, Registration};
use care::find::register::{Death, Gender, Resident};
use care::record::ids::NhsNumber;

use super::Item;
use super::json::{self, Address, Extension, Patient, each, last_updated, text};
use super::organisation::ods_of;
use super::parse::{Parser, Reading, Refused, id};
use crate::fhir::systems;

/// Lines of an address that are kept.
const LONGEST_ADDRESS: usize = 8;

impl Parser<'_> {
    pub(super) fn patient(
        &mut self,
        resource: &str,
        reading: &mut Reading,
    ) -> Result<Item, Refused> {
        let patient: Patient =
            serde_json::from_str(resource).map_err(|error| Refused::Rejected(json::why(&error)))?;
        let urn = reading.full_url.filter(|url| url.starts_with("urn:"));
        let own = id(text(&patient.id)).or(urn).ok_or_else(|| {
            Refused::Rejected(
                "the Patient has no id: read again, it would be another person".into(),
            )
        })?;
        let person = self.person(own);
        let also = urn.map(|urn| self.person(urn));
        let (nhs_number, nhs_verified) = nhs_number(&patient, reading);
        let (family, given) = name(&patient, reading);
        let (address, postcode, lsoa) = address(&patient, reading);
        let resident = Resident {
            person,
            source: self.source_of(own),
            updated: reading.updated(last_updated(patient.meta.as_ref())),
            nhs_number,
            nhs_verified,
            family,
            given,
            born: reading.date(text(&patient.birth_date), "birthDate"),
            death: death(&patient, reading),
            gender: gender(&patient, reading),
            ethnicity: ethnicity(&patient, reading),
            language: language(&patient, reading),
            interpreter: extensions(&patient.extension, systems::EXTENSION_INTERPRETER)
                .any(|extension| extension.value_boolean == Some(true)),
            address,
            postcode,
            lsoa,
            telephone: telephone(&patient, reading),
            practice: None,
            restricted: restricted(&patient),
            withdrawn: withdrawn(&patient, reading),
        };
        let registration = self.registration(&patient, reading);
        let lies = Box::new(self.lies(resource, reading.full_url));
        Ok(Item::Person(Box::new(ArrivedPerson { resident, also, registration }), lies))
    }

    /// The practice: of several the one that has not ended, then the one that began last.
    fn registration(&mut self, patient: &Patient, reading: &mut Reading) -> Registration {
        let rank = |reference: &&json::Reference| {
            let period = reference.identifier.as_ref().and_then(|known| known.period.as_ref());
            let end = period.map_or("", |period| text(&period.end));
            let start = period.map_or("", |period| text(&period.start));
            (end.is_empty(), end.to_owned(), start.to_owned())
        };
        let Some(reference) = each(&patient.general_practitioner).max_by_key(rank) else {
            return Registration::Unsaid;
        };
        if let Some(ods) = ods_of(reference) {
            return reading
                .clean_some(ods, "the ODS code")
                .map_or(Registration::Unsaid, Registration::Ods);
        }
        if let Some(Pointer::Elsewhere(name)) = self.pointer(reference) {
            let shown = reading.clean(text(&reference.reference), "the GP practice");
            return Registration::Reference(name, shown);
        }
        let note = "its generalPractitioner does not lead to an organisation by ODS code or \
                    reference: taken without a practice";
        reading.notes.push(note.to_owned());
        Registration::Unsaid
    }
}

#[expect(clippy::ref_option, reason = "parts are fields that may be missing")]
fn extensions<'e, 'a>(
    list: &'e Option<Vec<Extension<'a>>>,
    url: &str,
) -> impl Iterator<Item = &'e Extension<'a>> {
    list.iter().flatten().filter(move |extension| text(&extension.url) == url)
}

fn nhs_number(patient: &Patient, reading: &mut Reading) -> (Option<NhsNumber>, bool) {
    let found = each(&patient.identifier).find(|known| text(&known.system) == systems::NHS_NUMBER);
    let Some(identifier) = found.filter(|found| !text(&found.value).is_empty()) else {
        return (None, false);
    };
    match NhsNumber::parse(text(&identifier.value)) {
        Err(error) => {
            reading.notes.push(format!("its NHS number is wrong: {error}: taken without it"));
            (None, false)
        }
        Ok(number) => {
            let verified = extensions(&identifier.extension, systems::EXTENSION_NHS_NUMBER_STATUS)
                .filter_map(|extension| extension.value_codeable_concept.as_ref())
                .flat_map(|status| each(&status.coding))
                // 01, and what it is called where the code system uses words.
                .any(|status| matches!(text(&status.code), "01" | "number-present-and-verified"));
            (Some(number), verified)
        }
    }
}

/// Family and given names: of several the usual one, then the official, never a former one if
/// there is another.
fn name(patient: &Patient, reading: &mut Reading) -> (String, String) {
    let rank = |name: &&json::HumanName| {
        let rank = match text(&name.r#use) {
            "usual" => 0,
            "official" => 1,
            "" => 2,
            "nickname" | "anonymous" | "temp" => 3,
            _ => 4,
        };
        (name.period.as_ref().is_some_and(|period| period.end.is_some()) && rank > 0, rank)
    };
    let Some(name) = each(&patient.name).min_by_key(rank) else {
        return (String::new(), String::new());
    };
    let given: Vec<&str> = each(&name.given).map(json::Text::as_str).collect();
    let given = reading.clean(&given.join(" "), "the given name");
    let family = reading.clean(text(&name.family), "the family name");
    if family.is_empty() && given.is_empty() {
        return (reading.clean(text(&name.text), "the name"), given);
    }
    (family, given)
}

fn death(patient: &Patient, reading: &mut Reading) -> Death {
    match text(&patient.deceased_date_time) {
        "" if patient.deceased_boolean == Some(true) => Death::Undated,
        "" => Death::Alive,
        date => reading.date(date, "deceasedDateTime").map_or(Death::Undated, Death::On),
    }
}

fn gender(patient: &Patient, reading: &mut Reading) -> Gender {
    match text(&patient.gender) {
        "" => Gender::Unknown,
        code => Gender::named(code).unwrap_or_else(|| {
            let note = "its gender is no code of FHIR's: taken as not recorded";
            reading.notes.push(note.to_owned());
            Gender::Unknown
        }),
    }
}

fn ethnicity(patient: &Patient, reading: &mut Reading) -> Option<String> {
    let code = extensions(&patient.extension, systems::EXTENSION_ETHNIC_CATEGORY)
        .filter_map(|extension| extension.value_codeable_concept.as_ref())
        .flat_map(|category| each(&category.coding))
        .map(|coding| text(&coding.code))
        .next()?;
    reading.clean_some(code, "the ethnic category")
}

fn language(patient: &Patient, reading: &mut Reading) -> Option<String> {
    let communication =
        each(&patient.communication).max_by_key(|one| u8::from(one.preferred == Some(true)));
    let first = each(&patient.communication).next();
    let chosen = communication.filter(|one| one.preferred == Some(true)).or(first)?;
    let language = chosen.language.as_ref()?;
    let code =
        each(&language.coding).map(|coding| text(&coding.code)).find(|code| !code.is_empty());
    reading.clean_some(code.unwrap_or(text(&language.text)), "the language")
}

fn address(
    patient: &Patient,
    reading: &mut Reading,
) -> (Vec<String>, Option<String>, Option<String>) {
    let rank = |address: &&Address| match text(&address.r#use) {
        "home" => 0,
        "" => 1,
        "temp" => 2,
        _ => 3,
    };
    let Some(address) = each(&patient.address).min_by_key(rank) else {
        return (Vec::new(), None, None);
    };
    let mut lines = Vec::new();
    let parts = [text(&address.district), text(&address.city)];
    for line in each(&address.line).map(json::Text::as_str).chain(parts) {
        if lines.len() < LONGEST_ADDRESS {
            let line = reading.clean_some(line, "the address");
            lines.extend(line.filter(|line| !lines.contains(line)));
        }
    }
    if lines.is_empty() {
        lines.extend(reading.clean_some(text(&address.text), "the address"));
    }
    let lsoa = extensions(&address.extension, systems::EXTENSION_CENSUS_AREA)
        .find_map(|extension| extension.value_string.as_ref())
        .and_then(|area| reading.clean_some(area.as_str(), "the census area"));
    (lines, reading.clean_some(text(&address.postal_code), "the postcode"), lsoa)
}

fn telephone(patient: &Patient, reading: &mut Reading) -> Option<String> {
    let rank = |use_: &str| match use_ {
        "mobile" => 0,
        "home" | "" => 1,
        _ => 2,
    };
    let phone = each(&patient.telecom)
        .filter(|one| text(&one.system) == "phone" && text(&one.r#use) != "old")
        .min_by_key(|one| rank(text(&one.r#use)))?;
    reading.clean_some(text(&phone.value), "the telephone number")
}

/// PDS: R restricted, V very restricted (`meta.security`).
fn restricted(patient: &Patient) -> bool {
    let labels = patient.meta.as_ref().map(|meta| &meta.security);
    labels.is_some_and(|labels| {
        each(labels).any(|label| {
            text(&label.system) == systems::CONFIDENTIALITY
                && matches!(text(&label.code), "R" | "V")
        })
    })
}

fn withdrawn(patient: &Patient, reading: &mut Reading) -> bool {
    let replaced = each(&patient.link).find(|link| text(&link.r#type) == "replaced-by");
    if let Some(link) = replaced {
        let other = link.other.as_ref().map_or("", |other| text(&other.reference));
        let other = if other.is_empty() { "another record" } else { other };
        reading.notes.push(format!(
            "the source replaced it by {other}: kept, and not counted as registered"
        ));
        return true;
    }
    patient.active == Some(false)
}
