//! From a block's bytes to its items.

use std::collections::HashMap;
use std::ops::Range;

use care::find::fingerprint::Fingerprint;
use care::find::intake::OrganisationRef;
use care::find::register::Source;
use care::find::snomed::{NotAConceptId, concept_id};
use care::record::ids::PersonId;
use care::record::moment::Moment;
use law::day::PartialDay;
use serde::Deserialize;

use super::alike::Moulds;
use super::blocks::{Block, Entry, Piece};
use super::json::{self, Bundle, BundleEntry, Head};
use super::split::{Event, Splitter};
use super::{Arrived, Item, Json, Lies, Parsed, Place, Raw};

/// The longest text that is kept of any one part, in characters.
const LONGEST_TEXT: usize = 500;

/// Reads resources of one source.
pub(super) struct Parser<'s> {
    pub source: &'s str,
    /// The last reference that was resolved: Conditions of one person often follow each other.
    last_person: (String, PersonId),
    /// Codes that were read, each with the text last shown for it.
    codes: HashMap<String, (Result<u64, NotAConceptId>, String)>,
    pub moulds: Moulds,
    records: Fingerprint,
    organisations: Fingerprint,
    /// Where the block's bytes lie in memory.
    base: Range<usize>,
}

/// What is being read, and where its findings go.
pub(super) struct Reading<'o> {
    pub full_url: Option<&'o str>,
    pub notes: Vec<String>,
    pub text: &'o mut String,
}

/// Why a resource is not taken.
pub(super) enum Refused {
    Left(&'static str),
    Rejected(String),
}

impl<'s> Parser<'s> {
    pub fn new(source: &'s str) -> Self {
        let nobody = PersonId::of_source("", "");
        Self {
            source,
            last_person: (String::new(), nobody),
            codes: HashMap::new(),
            moulds: Moulds::default(),
            records: Fingerprint::begin("kith record").text(source),
            organisations: Fingerprint::begin("kith organisation").text(source),
            base: 0..0,
        }
    }

    /// Reads a block.
    pub fn block(&mut self, block: Block) -> Parsed {
        let mut out = Parsed { file: block.file, position: block.position, ..Parsed::default() };
        let bytes = match block.piece {
            Piece::Lines(bytes) => {
                self.base = span_of(&bytes);
                self.lines(&bytes, &mut out);
                bytes
            }
            Piece::Document(bytes) => {
                self.base = span_of(&bytes);
                let skipped = bytes.len() - bytes.trim_ascii_start().len();
                let line = 1 + count_lines(&bytes[..skipped]);
                self.line(bytes.trim_ascii(), line, &mut out);
                out.advance = count_lines(&bytes);
                bytes
            }
            Piece::Entries(entries) => {
                self.base = 0..0;
                self.entries(&entries, &mut out);
                Vec::new()
            }
            Piece::Trouble(lines, why) => {
                let place = Place { file: block.file, line: lines + 1, entry: None };
                out.reject(place, "?", "", why);
                Vec::new()
            }
            Piece::Advance(lines) => {
                out.advance = lines;
                Vec::new()
            }
        };
        out.bytes = bytes;
        out
    }

    /// Reads one resource that was parked.
    pub fn one(&mut self, place: Place, raw: &Raw) -> Arrived {
        let mut out = Parsed { file: place.file, ..Parsed::default() };
        self.resource(&raw.json, raw.full_url.as_deref(), place, &mut out);
        let nothing =
            Item::Rejected("?".to_owned(), String::new(), "nothing was parked".to_owned());
        out.items.pop().unwrap_or(Arrived { place, item: nothing, notes: Vec::new() })
    }

    fn lines(&mut self, bytes: &[u8], out: &mut Parsed) {
        let mut rest = bytes;
        while !rest.is_empty() {
            let end = memchr::memchr(b'\n', rest);
            let line = &rest[..end.unwrap_or(rest.len())];
            self.line(line.trim_ascii(), out.advance + 1, out);
            out.advance += 1;
            rest = end.map_or(&[], |end| &rest[end + 1..]);
        }
    }

    fn entries(&mut self, entries: &[Entry], out: &mut Parsed) {
        for entry in entries {
            let place = Place { file: out.file, line: entry.line + 1, entry: Some(entry.number) };
            if entry.number == 1 {
                let item = Item::Bundle;
                out.items.push(Arrived { place, item, notes: Vec::new() });
            }
            match utf8(&entry.json) {
                Ok(text) => self.entry(text, place, out),
                Err(why) => out.reject(place, "?", "", why),
            }
        }
    }

    fn line(&mut self, bytes: &[u8], line: u64, out: &mut Parsed) {
        let place = Place { file: out.file, line, entry: None };
        if bytes.is_empty() {
            out.blank += 1;
            return;
        }
        let text = match utf8(bytes) {
            Ok(text) => text,
            Err(why) => return out.reject(place, "?", "", why),
        };
        let alike = self.moulds.read(text);
        if let Some(texts) = alike {
            let mut reading = Reading { full_url: None, notes: Vec::new(), text: &mut out.text };
            if let Some(item) = self.like(texts, &mut reading) {
                let notes = reading.notes;
                return out.items.push(Arrived { place, item, notes });
            }
        }
        let kind = match kind_at_start(text) {
            Some(kind) => kind.to_owned(),
            None => match kind_anywhere(text) {
                Ok(kind) => kind,
                Err(why) => return out.reject(place, "?", &id_of(text), why),
            },
        };
        if kind == "Bundle" {
            self.bundle(text, place, out);
        } else {
            self.resource_of(&kind, text, None, place, out);
            let taken = matches!(out.items.last(), Some(Arrived { item: Item::Record(_), .. }));
            if taken && alike.is_none() {
                self.moulds.learn(text);
            }
        }
    }

    fn bundle(&mut self, text: &str, place: Place, out: &mut Parsed) {
        let bundle = match serde_json::from_str::<Bundle>(text) {
            Ok(bundle) => bundle,
            Err(error) => return self.damaged_bundle(text, &error, place, out),
        };
        out.items.push(Arrived { place, item: Item::Bundle, notes: Vec::new() });
        let mut line = place.line;
        let mut at = 0;
        for (number, entry) in bundle.entry.iter().flatten().enumerate() {
            // The entry borrows from the text: how far in it starts tells its line.
            let start = entry.get().as_ptr() as usize - text.as_ptr() as usize;
            line += count_lines(&text.as_bytes()[at..start]);
            at = start;
            let entry_place = Place { line, entry: Some(number as u64 + 1), ..place };
            self.entry(entry.get(), entry_place, out);
        }
    }

    /// Takes the entries of a Bundle that stand before the damage.
    fn damaged_bundle(
        &mut self,
        text: &str,
        error: &serde_json::Error,
        place: Place,
        out: &mut Parsed,
    ) {
        let mut splitter = Splitter::default();
        let mut number = 0;
        splitter.feed(text.as_bytes(), &mut |event| {
            let Event::Entry { json, line } = event else { return };
            if number == 0 {
                out.items.push(Arrived { place, item: Item::Bundle, notes: Vec::new() });
            }
            number += 1;
            let place = Place { line: place.line + line, entry: Some(number), ..place };
            match utf8(&json) {
                Ok(entry) => self.entry(entry, place, out),
                Err(why) => out.reject(place, "?", "", why),
            }
        });
        let after = if number == 0 { String::new() } else { format!(" (after entry {number})") };
        let why = format!("the Bundle is damaged{after}: {}", json::why(error));
        out.reject(place, "Bundle", &id_of(text), why);
    }

    fn entry(&mut self, text: &str, place: Place, out: &mut Parsed) {
        match serde_json::from_str::<BundleEntry>(text) {
            Ok(BundleEntry { full_url, resource: Some(resource) }) => {
                let full_url = full_url.as_ref().map(json::Text::as_str);
                self.resource(resource.get(), full_url, place, out);
            }
            Ok(_) => {
                let why = "an entry without a resource (a deletion, or a search outcome)";
                let item = Item::Left("?".to_owned(), why);
                out.items.push(Arrived { place, item, notes: Vec::new() });
            }
            Err(error) => out.reject(place, "?", &id_of(text), json::why(&error)),
        }
    }

    fn resource(&mut self, text: &str, full_url: Option<&str>, place: Place, out: &mut Parsed) {
        match kind_anywhere(text) {
            Ok(kind) if kind == "Bundle" => {
                let why = "a Bundle inside a Bundle: send it as a file of its own";
                out.reject(place, "Bundle", &id_of(text), why.to_owned());
            }
            Ok(kind) => self.resource_of(&kind, text, full_url, place, out),
            Err(why) => out.reject(place, "?", &id_of(text), why),
        }
    }

    fn resource_of(
        &mut self,
        kind: &str,
        text: &str,
        full_url: Option<&str>,
        place: Place,
        out: &mut Parsed,
    ) {
        let mut reading = Reading { full_url, notes: Vec::new(), text: &mut out.text };
        let read = match kind {
            "Condition" => self.condition(text, &mut reading),
            "Patient" => self.patient(text, &mut reading),
            "Organization" => self.organization(text, &mut reading),
            "PractitionerRole" => self.practitioner_role(text, &mut reading),
            _ => match serde_json::from_str::<Head>(text) {
                Ok(_) => Err(Refused::Left("this type of resource is not needed")),
                Err(error) => Err(Refused::Rejected(json::why(&error))),
            },
        };
        let notes = reading.notes;
        let item = match read {
            Ok(item) => item,
            Err(Refused::Left(why)) => Item::Left(kind.to_owned(), why),
            Err(Refused::Rejected(why)) => Item::Rejected(kind.to_owned(), id_of(text), why),
        };
        out.items.push(Arrived { place, item, notes });
    }

    /// Where a resource lies, so that it can be read again.
    pub fn lies(&self, resource: &str, full_url: Option<&str>) -> Lies {
        let span = span_of(resource.as_bytes());
        let json = if self.base.start <= span.start && span.end <= self.base.end {
            Json::Block(span.start - self.base.start..span.end - self.base.start)
        } else {
            Json::Own(resource.to_owned())
        };
        Lies { full_url: full_url.map(str::to_owned), json }
    }

    /// The person that a record of this source is about.
    pub fn person(&mut self, id: &str) -> PersonId {
        if self.last_person.0 != id {
            self.last_person = (id.to_owned(), PersonId::of_source(self.source, id));
        }
        self.last_person.1
    }

    /// An organisation or a role of this source.
    pub fn organisation_ref(&self, name: &str) -> OrganisationRef {
        OrganisationRef(self.organisations.text(name).end())
    }

    /// A record's number: a hash of its source and id.
    pub fn record_number(&self, id: &str) -> u64 {
        self.records.text(id).end()
    }

    /// A source record of this source.
    pub fn source_of(&self, id: &str) -> Source {
        Source { system: self.source.to_owned(), id: id.to_owned() }
    }

    /// Reads a concept id; feeds repeat few of them.
    pub fn concept(&mut self, code: &str) -> Result<u64, NotAConceptId> {
        if let Some((read, _)) = self.codes.get(code) {
            return *read;
        }
        let read = concept_id(code);
        // A feed of nothing but wrong codes must not fill the memory.
        if self.codes.len() < 100_000 {
            self.codes.insert(code.to_owned(), (read, String::new()));
        }
        read
    }

    /// Lays a code's text beside the items, unless that very text was the last laid.
    pub fn display(&mut self, code: &str, shown: &str, reading: &mut Reading) -> Range<usize> {
        let end = reading.text.len();
        match self.codes.get_mut(code) {
            Some((_, last)) if last == shown => return end..end,
            Some((_, last)) => shown.clone_into(last),
            None => {}
        }
        let shown = reading.clean(shown, "the text of a code");
        reading.lay(&shown)
    }
}

impl Parsed {
    /// An id or a text that an item points to.
    pub fn text(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or("")
    }

    fn reject(&mut self, place: Place, kind: &str, id: &str, why: String) {
        let item = Item::Rejected(kind.to_owned(), id.to_owned(), why);
        self.items.push(Arrived { place, item, notes: Vec::new() });
    }
}

impl Reading<'_> {
    /// Lays a text beside the items.
    pub fn lay(&mut self, text: &str) -> Range<usize> {
        let start = self.text.len();
        self.text.push_str(text);
        start..self.text.len()
    }

    /// A text without control characters, within limits.
    pub fn clean(&mut self, text: &str, what: &str) -> String {
        let mut clean = text.trim().to_owned();
        if clean.len() <= LONGEST_TEXT && clean.bytes().all(|byte| (b' '..0x7f).contains(&byte)) {
            return clean;
        }
        clean.retain(|letter| !letter.is_control());
        if let Some((end, _)) = clean.char_indices().nth(LONGEST_TEXT) {
            clean.truncate(end);
            self.notes
                .push(format!("{what} is too long: its first {LONGEST_TEXT} characters are kept"));
        }
        clean
    }

    /// As [`Reading::clean`]; none if nothing is left.
    pub fn clean_some(&mut self, text: &str, what: &str) -> Option<String> {
        Some(self.clean(text, what)).filter(|text| !text.is_empty())
    }

    /// A date as far as it is known: the day of a FHIR `date` or `dateTime`, as written there.
    pub fn date(&mut self, text: &str, what: &str) -> Option<PartialDay> {
        if text.is_empty() {
            return None;
        }
        let date = match text.get(10..) {
            Some(time) if !time.is_empty() => {
                text.get(..10).filter(|_| is_time(time)).map(PartialDay::parse)
            }
            _ => Some(PartialDay::parse(text)),
        };
        if let Some(Ok(date)) = date {
            return Some(date);
        }
        let shown: String = text.chars().take(40).collect();
        self.notes.push(format!("{what} ‘{shown}’ is not a date: taken without it"));
        None
    }

    /// When the source last changed the resource (`meta.lastUpdated`).
    pub fn updated(&mut self, text: &str) -> Option<Moment> {
        if text.is_empty() {
            return None;
        }
        let moment = Moment::parse(text).ok();
        if moment.is_none() {
            let note = "meta.lastUpdated is not a date and time with a time zone: taken as if it \
                        were absent";
            self.notes.push(note.to_owned());
        }
        moment
    }
}

/// What a reference leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target<'a> {
    /// A resource of this type and id.
    Local(&'a str, &'a str),
    /// An entry of the same Bundle, by its name there.
    Urn(&'a str),
    /// A resource inside the same resource.
    Contained,
    /// Nothing that can be followed.
    Nothing,
}

/// Reads a relative, absolute or Bundle-internal reference (FHIR R4 2.3.0.1).
pub(super) fn target(reference: &str) -> Target<'_> {
    if reference.starts_with('#') {
        return Target::Contained;
    }
    if reference.starts_with("urn:") {
        return Target::Urn(reference);
    }
    let mut parts = reference.rsplit('/');
    let last = (parts.next(), parts.next());
    // A reference to one version of a resource is one to the resource.
    let named = if last.1 == Some("_history") { (parts.next(), parts.next()) } else { last };
    match named {
        (Some(id), Some(kind)) if !id.is_empty() && !kind.is_empty() => Target::Local(kind, id),
        _ => Target::Nothing,
    }
}

/// An id that can be kept: not empty, not longer than a reference may be, printable.
pub(super) fn id(text: &str) -> Option<&str> {
    let fits = !text.is_empty() && text.len() <= 200 && !text.chars().any(char::is_control);
    fits.then_some(text)
}

/// The type of a resource that names it first, as almost all do.
fn kind_at_start(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("{\"resourceType\":")?;
    let rest = rest.strip_prefix(' ').unwrap_or(rest).strip_prefix('"')?;
    let (kind, _) = rest.split_once('"')?;
    is_kind(kind).then_some(kind)
}

fn is_kind(kind: &str) -> bool {
    !kind.is_empty() && kind.len() <= 64 && kind.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn kind_anywhere(text: &str) -> Result<String, String> {
    match serde_json::from_str::<Head>(text) {
        Ok(Head { resource_type: Some(kind) }) if is_kind(kind.as_str()) => {
            Ok(kind.as_str().to_owned())
        }
        Ok(_) => Err("this is JSON without a resourceType, so not a FHIR resource".to_owned()),
        Err(error) if !text.starts_with('{') => {
            let _ = error;
            Err("this is not a FHIR resource in JSON".to_owned())
        }
        Err(error) => Err(json::why(&error)),
    }
}

/// The id of a resource that could not be read, as far as it can be seen.
fn id_of(text: &str) -> String {
    #[derive(Deserialize)]
    struct Id<'a> {
        #[serde(borrow)]
        id: Option<json::Text<'a>>,
    }
    if let Ok(Id { id: Some(found) }) = serde_json::from_str(text) {
        return id(found.as_str()).unwrap_or("").to_owned();
    }
    let after = text.split_once("\"id\":").map_or("", |(_, after)| after.trim_start());
    let found = after.strip_prefix('"').and_then(|after| after.split_once('"'));
    found.and_then(|(found, _)| id(found)).unwrap_or("").to_owned()
}

fn utf8(bytes: &[u8]) -> Result<&str, String> {
    std::str::from_utf8(bytes).map_err(|error| {
        format!(
            "byte {} is not UTF-8: the file may be in another encoding; export it as UTF-8",
            error.valid_up_to() + 1
        )
    })
}

/// Where bytes lie in memory, to find one slice in another.
fn span_of(bytes: &[u8]) -> Range<usize> {
    let start = bytes.as_ptr() as usize;
    start..start + bytes.len()
}

fn count_lines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

/// `Thh:mm`, with seconds, fractions and a zone if need be.
fn is_time(text: &str) -> bool {
    let number = |text: &str, below: u8| {
        text.len() == 2
            && text.bytes().all(|b| b.is_ascii_digit())
            && text.parse::<u8>().is_ok_and(|number| number < below)
    };
    let Some(text) = text.strip_prefix('T') else { return false };
    let zone = text.find(['Z', '+', '-']).unwrap_or(text.len());
    let (time, zone) = text.split_at(zone);
    let zone_fits = match zone.strip_prefix(['+', '-']) {
        None => zone.is_empty() || zone == "Z",
        Some(offset) => offset.split_once(':').is_some_and(|(h, m)| number(h, 15) && number(m, 60)),
    };
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let mut parts = time.split(':');
    zone_fits
        && !fraction.is_empty()
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
        && parts.next().is_some_and(|hour| number(hour, 24))
        && parts.next().is_some_and(|minute| number(minute, 60))
        && parts.next().is_none_or(|second| number(second, 61))
        && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_lead_where_they_say() {
        let cases = [
            ("Patient/a", Target::Local("Patient", "a")),
            ("http://x/fhir/Patient/a/_history/2", Target::Local("Patient", "a")),
            ("urn:uuid:1", Target::Urn("urn:uuid:1")),
            ("#a", Target::Contained),
            ("a", Target::Nothing),
            ("Patient/", Target::Nothing),
            ("", Target::Nothing),
        ];
        for (reference, expected) in cases {
            assert_eq!(target(reference), expected, "{reference}");
        }
    }
}
