//! The deciding memory of an import, filled from what is kept.

use care::find::intake::{Alias, Intake, OrganisationRef, Pointer, Remembered};
use care::record::ids::{NhsNumber, PersonId};
use care::record::moment::Moment;

use super::{read_date, read_death, read_number, read_person};
use crate::engine::{StoreError, Tx, statements};

statements! {
    whole KNOWN = "select person_id, system, source_id, updated, nhs_number, nhs_claimed,
        nhs_verified, born, death, practice, withdrawn, content from resident";
    whole LAID = "select person_id from coded";
    whole ALIASES = "select person_id, stands_for, updated from person_alias";
    whole ORGANISATIONS = "select name, ods, elsewhere from organisation_ref";
    whole PRACTICES = "select ods, name, updated from practice";
    whole STORIES = "select person_id, nhs_number, born from summary
        where nhs_number is not null and born is not null";
    whole TEXTS = "select code, shown from code_text";
}

/// Reads what an import must know of the register: some tens of bytes a person.
pub fn load(tx: &mut dyn Tx) -> Result<Intake, StoreError> {
    let mut intake = Intake::default();
    load_people(tx, &mut intake)?;
    tx.query(ALIASES, &[], &mut |row| {
        let seen = row.optional(2, |text| Moment::parse(text).ok())?;
        let alias = Alias { person: read_person(row, 1)?, seen };
        intake.remember_alias(read_person(row, 0)?, alias);
        Ok(())
    })?;
    tx.query(ORGANISATIONS, &[], &mut |row| {
        let name = OrganisationRef(row.integer(0)?.cast_unsigned());
        let pointer = match (row.optional_text(1)?, row.optional_integer(2)?) {
            (Some(ods), _) => Pointer::Ods(ods.to_owned()),
            (None, Some(name)) => Pointer::Elsewhere(OrganisationRef(name.cast_unsigned())),
            (None, None) => Pointer::Nowhere,
        };
        intake.remember_organisation(name, pointer);
        Ok(())
    })?;
    tx.query(PRACTICES, &[], &mut |row| {
        let updated = row.optional(2, |text| Moment::parse(text).ok())?;
        intake.remember_practice(row.text(0)?.to_owned(), row.text(1)?.to_owned(), updated);
        Ok(())
    })?;
    tx.query(STORIES, &[], &mut |row| {
        let number = row.parsed(1, |text| NhsNumber::parse(text).ok())?;
        if let Some(born) = read_date(row, 2)? {
            intake.remember_story(read_person(row, 0)?, number, born);
        }
        Ok(())
    })?;
    tx.query(TEXTS, &[], &mut |row| {
        intake.remember_text(row.integer(0)?.cast_unsigned(), row.text(1)?.to_owned());
        Ok(())
    })?;
    Ok(intake)
}

fn load_people(tx: &mut dyn Tx, intake: &mut Intake) -> Result<(), StoreError> {
    tx.query(KNOWN, &[], &mut |row| {
        let holds = read_number(row, 4)?;
        let number = if holds.is_some() { holds } else { read_number(row, 5)? };
        let record = PersonId::of_source(row.text(1)?, row.text(2)?);
        let known = Remembered {
            content: row.integer(11)?.cast_unsigned(),
            updated: row.optional(3, |text| Moment::parse(text).ok())?,
            record,
            number,
            holds: holds.is_some(),
            verified: row.yes(6)?,
            born: read_date(row, 7)?,
            death: read_death(row, 8)?,
            withdrawn: row.yes(10)?,
            laid: false,
        };
        intake.remember(read_person(row, 0)?, known, row.optional_text(9)?);
        Ok(())
    })?;
    let mut laid = Vec::new();
    tx.query(LAID, &[], &mut |row| {
        laid.push(read_person(row, 0)?);
        Ok(())
    })?;
    intake.laid(&laid);
    Ok(())
}
