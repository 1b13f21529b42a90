//! Reading the register: all of it for finding, one person's for their page.

use care::find::packed::unpack;
use care::find::register::{Coded, Death, Gender, Resident, Source};
use care::record::ids::PersonId;
use care::record::moment::Moment;
use law::day::PartialDay;

use super::{IdText, read_date, read_death, read_number, read_person};
use crate::engine::{Row, StoreError, Tx, statements};

/// The columns that [`resident_of`] reads, in its order.
macro_rules! resident_columns {
    () => {
        "r.person_id, r.system, r.source_id, r.updated, r.nhs_number, r.nhs_verified, r.family, \
         r.given, r.born, r.death, r.gender, r.ethnicity, r.language, r.interpreter, r.address, \
         r.postcode, r.lsoa, r.telephone, r.practice, r.restricted, r.withdrawn"
    };
}

pub(super) use resident_columns;

statements! {
    whole SCAN = "select person_id, born, death, practice, records from coded where withdrawn = 0";
    key RESIDENT = concat!("select ", resident_columns!(),
        " from resident r where r.person_id = $1");
    key RECORDS = "select records from coded where person_id = $1";
    key STANDS_FOR = "select stands_for from person_alias where person_id = $1";
    whole PRACTICE_NAMES = "select ods, name from practice order by ods";
    key CODE_TEXT = "select shown from code_text where code = $1";
    whole CODE_TEXTS = "select code, shown from code_text order by code";
    key VERSION = "select version from register_state where id = 1";
    whole LAST_IMPORTS = "select run_id, started_at, ended_at, source, account from import_run
        order by started_at desc, run_id limit $1";
}

/// What finding reads of one person.
#[derive(Debug, Clone, Copy)]
pub struct CodedRow<'a> {
    /// The person.
    pub person: PersonId,
    /// Date of birth.
    pub born: Option<PartialDay>,
    /// Death.
    pub death: Death,
    /// ODS code of the practice.
    pub practice: Option<&'a str>,
    /// All coded records.
    pub coded: &'a [Coded],
}

/// Hands over everyone on the register whose record is in use, in no order. One list of records
/// is used for all.
pub fn scan(tx: &mut dyn Tx, each: &mut dyn FnMut(CodedRow<'_>)) -> Result<(), StoreError> {
    let mut coded = Vec::new();
    tx.query(SCAN, &[], &mut |row| {
        let person = read_person(row, 0)?;
        unpack(row.bytes(4)?, &mut coded)
            .map_err(|why| StoreError::Corrupt(format!("{person}: {why}")))?;
        each(CodedRow {
            person,
            born: read_date(row, 1)?,
            death: read_death(row, 2)?,
            practice: row.optional_text(3)?,
            coded: &coded,
        });
        Ok(())
    })
}

/// A resident, if they are on the register.
pub fn resident(tx: &mut dyn Tx, person: PersonId) -> Result<Option<Resident>, StoreError> {
    tx.one(RESIDENT, &[IdText::new(person).as_str().into()], resident_of)
}

/// The person that a source record is about: usually its own, unless two records turned out to be
/// one person's.
pub fn person_of(tx: &mut dyn Tx, record: PersonId) -> Result<PersonId, StoreError> {
    let id = IdText::new(record);
    let other = tx.one(STANDS_FOR, &[id.as_str().into()], |row| read_person(row, 0))?;
    Ok(other.unwrap_or(record))
}

/// A person's coded records, sorted by their number; none if they are not on the register.
pub fn coded_of(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<Coded>, StoreError> {
    let mut coded = Vec::new();
    tx.query(RECORDS, &[IdText::new(person).as_str().into()], &mut |row| {
        unpack(row.bytes(0)?, &mut coded)
            .map_err(|why| StoreError::Corrupt(format!("{person}: {why}")))
    })?;
    Ok(coded)
}

/// Every practice's ODS code and name, sorted by code.
pub fn practice_names(tx: &mut dyn Tx) -> Result<Vec<(String, String)>, StoreError> {
    tx.all(PRACTICE_NAMES, &[], |row| Ok((row.text(0)?.to_owned(), row.text(1)?.to_owned())))
}

/// A code's text as a feed shows it.
pub fn code_text(tx: &mut dyn Tx, code: u64) -> Result<Option<String>, StoreError> {
    tx.one(CODE_TEXT, &[code.cast_signed().into()], |row| Ok(row.text(0)?.to_owned()))
}

/// Every code's text as a feed shows it, sorted by code.
pub fn code_texts(tx: &mut dyn Tx) -> Result<Vec<(u64, String)>, StoreError> {
    tx.all(CODE_TEXTS, &[], |row| Ok((row.integer(0)?.cast_unsigned(), row.text(1)?.to_owned())))
}

/// A number that moves when the register changes, and only then.
pub fn version(tx: &mut dyn Tx) -> Result<i64, StoreError> {
    Ok(tx.one(VERSION, &[], |row| row.integer(0))?.unwrap_or(0))
}

/// An import that ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRun {
    /// Its id.
    pub id: String,
    /// When it began.
    pub started: Moment,
    /// When it ended.
    pub ended: Moment,
    /// The feed's name.
    pub source: String,
    /// Its account, as JSON.
    pub account: String,
}

/// The last imports, the latest first.
pub fn last_imports(tx: &mut dyn Tx, limit: u32) -> Result<Vec<ImportRun>, StoreError> {
    tx.all(LAST_IMPORTS, &[limit.into()], |row| {
        let moment = |column| row.parsed(column, |text| Moment::parse(text).ok());
        Ok(ImportRun {
            id: row.text(0)?.to_owned(),
            started: moment(1)?,
            ended: moment(2)?,
            source: row.text(3)?.to_owned(),
            account: row.text(4)?.to_owned(),
        })
    })
}

pub(super) fn resident_of(row: &Row<'_>) -> Result<Resident, StoreError> {
    let some = |column| Ok::<_, StoreError>(row.optional_text(column)?.map(str::to_owned));
    let address = row.text(14)?;
    Ok(Resident {
        person: read_person(row, 0)?,
        source: Source { system: row.text(1)?.to_owned(), id: row.text(2)?.to_owned() },
        updated: row.optional(3, |text| Moment::parse(text).ok())?,
        nhs_number: read_number(row, 4)?,
        nhs_verified: row.yes(5)?,
        family: row.text(6)?.to_owned(),
        given: row.text(7)?.to_owned(),
        born: read_date(row, 8)?,
        death: read_death(row, 9)?,
        gender: row.parsed(10, Gender::named)?,
        ethnicity: some(11)?,
        language: some(12)?,
        interpreter: row.yes(13)?,
        address: address.lines().map(str::to_owned).collect(),
        postcode: some(15)?,
        lsoa: some(16)?,
        telephone: some(17)?,
        practice: some(18)?,
        restricted: row.yes(19)?,
        withdrawn: row.yes(20)?,
    })
}
