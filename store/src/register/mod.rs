//! The register of residents: kept as a feed says, read by finding and searching.

mod keep;
mod load;
mod read;
mod search;

use care::find::register::Death;
use care::record::ids::{NhsNumber, PersonId};
use law::day::PartialDay;

use crate::engine::{Row, Statement, StoreError, Value};

pub use keep::{KeptBatch, keep, lay_missing, record_run};
pub use load::load;
pub use read::{
    CodedRow, ImportRun, code_text, code_texts, coded_of, last_imports, person_of, practice_names,
    resident, scan, version,
};
pub use search::{Page, search};

/// Every statement of the register.
pub(crate) fn statements() -> impl Iterator<Item = &'static Statement> {
    [keep::STATEMENTS, load::STATEMENTS, read::STATEMENTS, search::STATEMENTS]
        .into_iter()
        .flatten()
        .copied()
}

/// An id of 16 bytes as text, without an allocation.
struct IdText([u8; 36]);

impl IdText {
    fn new(person: PersonId) -> Self {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = [b'-'; 36];
        let mut at = 0;
        for byte in person.as_bytes() {
            if matches!(at, 8 | 13 | 18 | 23) {
                at += 1;
            }
            text[at] = DIGITS[usize::from(byte >> 4)];
            text[at + 1] = DIGITS[usize::from(byte & 15)];
            at += 2;
        }
        Self(text)
    }

    fn as_str(&self) -> &str {
        // Hexadecimal digits and hyphens are always UTF-8.
        std::str::from_utf8(&self.0).unwrap_or("")
    }
}

fn death_text(death: Death) -> Option<String> {
    match death {
        Death::Alive => None,
        Death::Undated => Some("undated".to_owned()),
        Death::On(date) => Some(date.to_string()),
    }
}

fn read_death(row: &Row<'_>, column: usize) -> Result<Death, StoreError> {
    let death = row.optional(column, |text| match text {
        "undated" => Some(Death::Undated),
        date => PartialDay::parse(date).ok().map(Death::On),
    })?;
    Ok(death.unwrap_or(Death::Alive))
}

pub(crate) fn read_date(row: &Row<'_>, column: usize) -> Result<Option<PartialDay>, StoreError> {
    row.optional(column, |text| PartialDay::parse(text).ok())
}

fn read_person(row: &Row<'_>, column: usize) -> Result<PersonId, StoreError> {
    row.parsed(column, |text| text.parse().ok())
}

/// NHS numbers have ten digits: they fit.
fn number_value(number: Option<NhsNumber>) -> Value<'static> {
    number.map(|number| number.number().cast_signed()).into()
}

fn read_number(row: &Row<'_>, column: usize) -> Result<Option<NhsNumber>, StoreError> {
    let Some(number) = row.optional_integer(column)? else { return Ok(None) };
    let read = NhsNumber::parse(&format!("{number:010}"));
    read.map(Some).map_err(|_| StoreError::Corrupt("a number that is no NHS number".to_owned()))
}
