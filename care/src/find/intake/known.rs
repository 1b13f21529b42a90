//! What is remembered of each person while a feed is taken in.

use std::collections::HashMap;
use std::hash::Hasher;

use law::day::PartialDay;

use super::super::fingerprint::Fingerprint;
use super::super::packed::date_number;
use super::super::register::{Death, Resident};
use super::{Alias, Intake, Pointer};
use crate::record::ids::{NhsNumber, PersonId};
use crate::record::moment::Moment;

/// What decides whether an arriving record of a person is news.
#[expect(clippy::struct_excessive_bools, reason = "each is a plain yes or no of its own")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remembered {
    /// A hash of all that the kept record says.
    pub content: u64,
    /// When the source last changed the kept record.
    pub updated: Option<Moment>,
    /// The source record that was kept, as the person it alone would make; several may be about
    /// one person.
    pub record: PersonId,
    /// The NHS number it claims.
    pub number: Option<NhsNumber>,
    /// Whether the person holds that number.
    pub holds: bool,
    /// Whether the number is verified.
    pub verified: bool,
    /// Date of birth.
    pub born: Option<PartialDay>,
    /// Death.
    pub death: Death,
    /// Whether the source withdrew the record.
    pub withdrawn: bool,
    /// Whether the store already holds a row of this person's coded records.
    pub laid: bool,
}

/// What is known of a person, with their practice as a number of [`Names`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub known: Remembered,
    pub practice: Option<u32>,
}

/// What `find` reads of a person beside the coded records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Narrow<'a> {
    /// Date of birth.
    pub born: Option<PartialDay>,
    /// Death.
    pub death: Death,
    /// ODS code of the practice.
    pub practice: Option<&'a str>,
    /// Whether the source withdrew the record.
    pub withdrawn: bool,
}

/// A hash of what a record says: all but whose it is, the number as claimed.
pub fn content(resident: &Resident) -> u64 {
    let flags = [
        resident.nhs_verified,
        resident.interpreter,
        resident.restricted,
        resident.withdrawn,
        // Whether there is a moment, a number, a day: none is not the least of each.
        resident.updated.is_some(),
        resident.nhs_number.is_some(),
    ];
    let flags = flags.iter().fold(0, |bits, flag| bits << 1 | u64::from(*flag));
    let death = match resident.death {
        Death::Alive => 0,
        Death::Undated => 1,
        Death::On(date) => date_number(Some(date)) << 1,
    };
    let optional = |text: &Option<String>| text.as_deref().map_or(0, |text| text.len() as u64 + 1);
    let texts = [
        &resident.ethnicity,
        &resident.language,
        &resident.postcode,
        &resident.lsoa,
        &resident.telephone,
        &resident.practice,
    ];
    let start = Fingerprint::begin("kith resident 1")
        .number(flags)
        .number(resident.updated.map_or(0, |at| at.microseconds().cast_unsigned()))
        .number(resident.nhs_number.map_or(0, NhsNumber::number))
        .number(date_number(resident.born))
        .number(death)
        .text(resident.gender.code())
        .text(&resident.family)
        .text(&resident.given)
        .number(resident.address.len() as u64);
    let lines = resident.address.iter().fold(start, |hash, line| hash.text(line));
    let texts = texts
        .iter()
        .fold(lines, |hash, text| hash.number(optional(text)).text(text.as_deref().unwrap_or("")));
    texts.end()
}

/// For keys that are hashes or numbers already: one multiplication spreads them.
#[derive(Debug, Default, Clone, Copy)]
pub struct IdHasher(u64);

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        if let Some(eight) = bytes.first_chunk() {
            self.write_u64(u64::from_le_bytes(*eight));
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0 ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 ^= self.0 >> 32;
    }

    fn write_usize(&mut self, _length: usize) {}
}

/// ODS codes, each kept once.
#[derive(Debug, Default)]
pub(super) struct Names {
    texts: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl Names {
    pub(super) fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(text.to_owned());
        self.numbers.insert(text.to_owned(), number);
        number
    }

    fn text(&self, number: u32) -> Option<&str> {
        self.texts.get(number as usize).map(String::as_str)
    }
}

/// Filling the memory from the store, and asking it.
impl Intake {
    /// Remembers a resident who is on the register.
    pub fn remember(&mut self, person: PersonId, known: Remembered, practice: Option<&str>) {
        let practice = practice.map(|ods| self.practice_names.number(ods));
        self.known.insert(person, Entry { known, practice });
        let Some(number) = known.number else { return };
        if known.holds {
            self.numbers.insert(number.number(), person);
        } else {
            self.contested.entry(number.number()).or_default().insert(person);
        }
    }

    /// Remembers a source record that is not what is kept of its person.
    pub fn remember_alias(&mut self, record: PersonId, alias: Alias) {
        self.aliases.insert(record, alias);
    }

    /// Remembers a person known by a story, by NHS number and date of birth.
    pub fn remember_story(&mut self, person: PersonId, number: NhsNumber, born: PartialDay) {
        self.stories.insert(number.number(), (person, born));
    }

    /// Remembers what a reference stands for.
    pub fn remember_organisation(&mut self, name: super::OrganisationRef, pointer: Pointer) {
        self.organisations.insert(name, pointer);
    }

    /// Remembers a practice.
    pub fn remember_practice(&mut self, ods: String, name: String, updated: Option<Moment>) {
        self.practices.insert(ods, (name, updated));
    }

    /// Remembers a code's text.
    pub fn remember_text(&mut self, code: u64, text: String) {
        self.texts.insert(code, text);
    }

    /// How many people are on the register.
    pub fn people(&self) -> usize {
        self.known.len()
    }

    /// What is known of a person.
    pub fn known(&self, person: PersonId) -> Option<&Remembered> {
        self.known.get(&person).map(|entry| &entry.known)
    }

    /// What `find` will read of a person.
    pub fn narrow(&self, person: PersonId) -> Option<Narrow<'_>> {
        let Entry { known, practice } = self.known.get(&person)?;
        Some(Narrow {
            born: known.born,
            death: known.death,
            practice: practice.and_then(|number| self.practice_names.text(number)),
            withdrawn: known.withdrawn,
        })
    }

    /// Says that the store now holds rows of these people's coded records.
    pub fn laid(&mut self, people: &[PersonId]) {
        for person in people {
            if let Some(entry) = self.known.get_mut(person) {
                entry.known.laid = true;
            }
        }
    }

    /// The people of whom the store holds no row of coded records yet, sorted.
    pub fn not_laid(&self) -> Vec<PersonId> {
        let missing = self.known.iter().filter(|(_, entry)| !entry.known.laid);
        let mut people: Vec<PersonId> = missing.map(|(person, _)| *person).collect();
        people.sort_unstable();
        people
    }

    pub(super) fn resolve(&self, record: PersonId) -> PersonId {
        // Two steps: a Bundle's own name leads to the record, the record to the person.
        let next = |person| self.aliases.get(&person).map_or(person, |alias| alias.person);
        next(next(record))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::find::register::Gender;
    use crate::find::testing::resident;

    #[test]
    fn what_a_record_says_is_told_from_whatever_else_it_could_say() {
        let one = resident("gp", "a");
        let text = |text: &str| Some(text.to_owned());
        let when = |text: &str| PartialDay::parse(text).ok();
        let dead = |text: &str| Death::On(PartialDay::parse(text).unwrap());
        let others = [
            one.clone(),
            Resident { nhs_verified: true, ..one.clone() },
            Resident { interpreter: true, ..one.clone() },
            Resident { restricted: true, ..one.clone() },
            Resident { withdrawn: true, ..one.clone() },
            Resident { nhs_number: NhsNumber::parse("9990000018").ok(), ..one.clone() },
            Resident { nhs_number: NhsNumber::parse("9990000026").ok(), ..one.clone() },
            Resident { updated: Moment::parse("1970-01-01T00:00:00Z").ok(), ..one.clone() },
            Resident { updated: Moment::parse("1970-01-01T00:00:01Z").ok(), ..one.clone() },
            Resident { born: when("1950"), ..one.clone() },
            Resident { born: when("1950-01"), ..one.clone() },
            Resident { born: when("1950-01-01"), ..one.clone() },
            Resident { death: Death::Undated, ..one.clone() },
            Resident { death: dead("2020"), ..one.clone() },
            Resident { death: dead("2020-01"), ..one.clone() },
            Resident { death: dead("2020-01-01"), ..one.clone() },
            Resident { death: dead("2020-01-02"), ..one.clone() },
            Resident { gender: Gender::Female, ..one.clone() },
            Resident { family: "A".to_owned(), ..one.clone() },
            Resident { given: "A".to_owned(), ..one.clone() },
            Resident { address: vec!["A".to_owned()], ..one.clone() },
            Resident { address: vec!["A".to_owned(), String::new()], ..one.clone() },
            Resident { ethnicity: text(""), ..one.clone() },
            Resident { ethnicity: text("A"), ..one.clone() },
            Resident { language: text("A"), ..one.clone() },
            Resident { postcode: text("A"), ..one.clone() },
            Resident { lsoa: text("A"), ..one.clone() },
            Resident { telephone: text("A"), ..one.clone() },
            Resident { practice: text("A"), ..one.clone() },
            Resident { interpreter: true, restricted: true, ..one },
        ];
        let told: BTreeSet<u64> = others.iter().map(content).collect();
        assert_eq!(told.len(), others.len());
    }
}
