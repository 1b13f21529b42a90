//! Writing what an import decided.

use std::borrow::Cow;
use std::collections::BTreeMap;

use care::find::intake::{Batch, How, Intake, KeptResident, Narrow, Pointer, Tally, merge};
use care::find::packed::{pack, unpack};
use care::find::register::Coded;
use care::find::search::{sort_key, tokens};
use care::record::ids::PersonId;
use care::record::moment::Moment;

use super::{IdText, death_text, number_value};
use crate::engine::{Bulk, Clash, Rows, StoreError, Tx, Value, statements};

statements! {
    key LET_NUMBER_GO = "update resident set nhs_number = null where person_id = $1";
    key SETTLE_NUMBER = "update resident set nhs_number = $2, nhs_claimed = null
        where person_id = $1";
    key NAMES_OF = "select family, given from resident where person_id = $1";
    key DROP_NAME = "delete from resident_name where token = $1 and person_id = $2";
    key RECORDS_OF = "select records from coded where person_id = $1";
    key MOVE_VERSION = "update register_state set version = version + 1 where id = 1";
    key RECORD_RUN = "insert into import_run (run_id, started_at, ended_at, source, account)
        values ($1, $2, $3, $4, $5)";
}

const NEW_RESIDENTS: &Bulk = &Bulk {
    table: "resident",
    columns: &[
        "person_id",
        "system",
        "source_id",
        "updated",
        "nhs_number",
        "nhs_claimed",
        "nhs_verified",
        "family",
        "given",
        "sort_key",
        "born",
        "death",
        "gender",
        "ethnicity",
        "language",
        "interpreter",
        "address",
        "postcode",
        "lsoa",
        "telephone",
        "practice",
        "restricted",
        "withdrawn",
        "content",
    ],
    key: 1,
    clash: Clash::Refuse,
};
const CHANGED_RESIDENTS: &Bulk = &Bulk { clash: Clash::Replace, ..*NEW_RESIDENTS };

const NEW_NAMES: &Bulk = &Bulk {
    table: "resident_name",
    columns: &["token", "person_id"],
    key: 2,
    clash: Clash::Refuse,
};
const CHANGED_NAMES: &Bulk = &Bulk { clash: Clash::Keep, ..*NEW_NAMES };

const CODED: &[&str] = &["person_id", "born", "death", "practice", "withdrawn", "records"];
const NEW_CODED: &Bulk = &Bulk { table: "coded", columns: CODED, key: 1, clash: Clash::Refuse };
const CHANGED_CODED: &Bulk = &Bulk { clash: Clash::Replace, ..*NEW_CODED };

const PRACTICES: &Bulk = &Bulk {
    table: "practice",
    columns: &["ods", "name", "updated"],
    key: 1,
    clash: Clash::Replace,
};

const ORGANISATIONS: &Bulk = &Bulk {
    table: "organisation_ref",
    columns: &["name", "ods", "elsewhere"],
    key: 1,
    clash: Clash::Replace,
};

const TEXTS: &Bulk =
    &Bulk { table: "code_text", columns: &["code", "shown"], key: 1, clash: Clash::Replace };

const ALIASES: &Bulk = &Bulk {
    table: "person_alias",
    columns: &["person_id", "stands_for", "updated"],
    key: 1,
    clash: Clash::Replace,
};

/// What keeping a batch did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeptBatch {
    /// Coded records by what they did; only `new`, `changed` and `unchanged` are counted here.
    pub records: Tally,
    /// People who now have a row of coded records: tell the intake once this is committed.
    pub laid: Vec<PersonId>,
}

/// Keeps a batch. The intake is the one that made it.
pub fn keep(tx: &mut dyn Tx, batch: &Batch, intake: &Intake) -> Result<KeptBatch, StoreError> {
    let residents = last_of_each(&batch.residents);
    keep_residents(tx, &residents)?;
    for settled in &batch.settled {
        let person = IdText::new(settled.person);
        let values = [person.as_str().into(), number_value(Some(settled.number))];
        tx.execute(SETTLE_NUMBER, &values)?;
    }
    keep_small(tx, batch)?;
    let (kept, changed) = keep_records(tx, batch, &residents, intake)?;
    let elsewhere = !(residents.is_empty()
        && batch.settled.is_empty()
        && batch.aliases.is_empty()
        && batch.practices.is_empty()
        && batch.organisations.is_empty()
        && batch.texts.is_empty());
    if changed || elsewhere {
        tx.execute(MOVE_VERSION, &[])?;
    }
    Ok(kept)
}

/// Lays an empty row for people of whom no coded record has come: they are registered all the same.
pub fn lay_missing(
    tx: &mut dyn Tx,
    people: &[PersonId],
    intake: &Intake,
) -> Result<(), StoreError> {
    if people.is_empty() {
        return Ok(());
    }
    let none = pack(&[]);
    tx.bulk(NEW_CODED, &mut |rows| {
        people.iter().try_for_each(|person| put_coded(rows, *person, intake, &none))
    })?;
    tx.execute(MOVE_VERSION, &[])?;
    Ok(())
}

/// Records that an import ended, with its account.
pub fn record_run(
    tx: &mut dyn Tx,
    run: &str,
    (started, ended): (Moment, Moment),
    source: &str,
    account: &str,
) -> Result<(), StoreError> {
    let (started, ended) = (started.to_string(), ended.to_string());
    let values = [run.into(), (&started).into(), (&ended).into(), source.into(), account.into()];
    tx.execute(RECORD_RUN, &values)?;
    Ok(())
}

/// Of each person the last row, sorted by person; `new` if any of them was.
fn last_of_each(residents: &[KeptResident]) -> Vec<(&KeptResident, bool)> {
    let mut sorted: Vec<(&KeptResident, bool)> =
        residents.iter().map(|kept| (kept, kept.new)).collect();
    sorted.sort_by_key(|(kept, _)| kept.resident.person);
    sorted.dedup_by(|later, first| {
        let same = later.0.resident.person == first.0.resident.person;
        if same {
            *first = (later.0, first.1 || later.1);
        }
        same
    });
    sorted
}

fn keep_residents(tx: &mut dyn Tx, residents: &[(&KeptResident, bool)]) -> Result<(), StoreError> {
    for (kept, _) in residents.iter().filter(|(_, new)| !new) {
        let person = IdText::new(kept.resident.person);
        // A number may pass from one person to another in this batch, in whatever order.
        tx.execute(LET_NUMBER_GO, &[person.as_str().into()])?;
        let names = |row: &crate::engine::Row<'_>| Ok(tokens(row.text(0)?, row.text(1)?));
        let old = tx.one(NAMES_OF, &[person.as_str().into()], names)?.unwrap_or_default();
        let new = tokens(&kept.resident.family, &kept.resident.given);
        for token in old.iter().filter(|token| !new.contains(token)) {
            tx.execute(DROP_NAME, &[token.as_bytes().into(), person.as_str().into()])?;
        }
    }
    let (new, changed): (Vec<_>, Vec<_>) = residents.iter().partition(|(_, new)| *new);
    put_residents(tx, &new, (NEW_RESIDENTS, NEW_NAMES))?;
    put_residents(tx, &changed, (CHANGED_RESIDENTS, CHANGED_NAMES))
}

fn put_residents(
    tx: &mut dyn Tx,
    residents: &[(&KeptResident, bool)],
    (into, names_into): (&Bulk, &Bulk),
) -> Result<(), StoreError> {
    put_all(tx, into, residents.iter(), |(kept, _), rows| put_resident(rows, kept))?;
    let mut names: Vec<(String, PersonId)> = Vec::with_capacity(residents.len() * 3);
    for (KeptResident { resident, .. }, _) in residents {
        let tokens = tokens(&resident.family, &resident.given);
        names.extend(tokens.into_iter().map(|token| (token, resident.person)));
    }
    names.sort_unstable();
    put_all(tx, names_into, names.into_iter(), |(token, person), rows| {
        rows.put(&[token.as_bytes().into(), IdText::new(person).as_str().into()])
    })
}

fn put_resident(rows: &mut dyn Rows, kept: &KeptResident) -> Result<(), StoreError> {
    let resident = &kept.resident;
    let person = IdText::new(resident.person);
    let updated = resident.updated.map(|moment| moment.to_string());
    let sort_key = sort_key(&resident.family, &resident.given);
    let born = resident.born.map(|date| date.to_string());
    let death = death_text(resident.death);
    let address = resident.address.join("\n");
    rows.put(&[
        person.as_str().into(),
        (&resident.source.system).into(),
        (&resident.source.id).into(),
        updated.as_ref().into(),
        number_value(resident.nhs_number),
        number_value(kept.claimed),
        resident.nhs_verified.into(),
        (&resident.family).into(),
        (&resident.given).into(),
        sort_key.as_bytes().into(),
        born.as_ref().into(),
        death.as_ref().into(),
        resident.gender.code().into(),
        resident.ethnicity.as_ref().into(),
        resident.language.as_ref().into(),
        resident.interpreter.into(),
        (&address).into(),
        resident.postcode.as_ref().into(),
        resident.lsoa.as_ref().into(),
        resident.telephone.as_ref().into(),
        resident.practice.as_ref().into(),
        resident.restricted.into(),
        resident.withdrawn.into(),
        kept.content.cast_signed().into(),
    ])
}

/// Practices, references, texts and aliases. Of those that come twice the last is right.
fn keep_small(tx: &mut dyn Tx, batch: &Batch) -> Result<(), StoreError> {
    let practices: BTreeMap<_, _> = batch
        .practices
        .iter()
        .map(|(practice, updated)| (&practice.ods, (practice, updated)))
        .collect();
    put_all(tx, PRACTICES, practices.into_values(), |(practice, updated), rows| {
        let updated = updated.map(|moment| moment.to_string());
        rows.put(&[(&practice.ods).into(), (&practice.name).into(), updated.as_ref().into()])
    })?;
    let organisations: BTreeMap<_, _> =
        batch.organisations.iter().map(|(name, pointer)| (*name, pointer)).collect();
    put_all(tx, ORGANISATIONS, organisations.into_iter(), |(name, pointer), rows| {
        let (ods, elsewhere) = match pointer {
            Pointer::Ods(ods) => (Some(ods.as_str()), None),
            Pointer::Elsewhere(name) => (None, Some(name.0.cast_signed())),
            Pointer::Nowhere => (None, None),
        };
        rows.put(&[name.0.cast_signed().into(), ods.into(), elsewhere.into()])
    })?;
    let texts: BTreeMap<_, _> = batch.texts.iter().map(|(code, shown)| (*code, shown)).collect();
    put_all(tx, TEXTS, texts.into_iter(), |(code, shown), rows| {
        rows.put(&[code.cast_signed().into(), shown.into()])
    })?;
    let aliases: BTreeMap<_, _> = batch.aliases.iter().copied().collect();
    put_all(tx, ALIASES, aliases.into_iter(), |(record, alias), rows| {
        let (record, person) = (IdText::new(record), IdText::new(alias.person));
        let seen = alias.seen.map(|moment| moment.to_string());
        rows.put(&[record.as_str().into(), person.as_str().into(), seen.as_ref().into()])
    })
}

fn put_all<T>(
    tx: &mut dyn Tx,
    into: &Bulk,
    items: impl ExactSizeIterator<Item = T>,
    put: impl Fn(T, &mut dyn Rows) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    if items.len() == 0 {
        return Ok(());
    }
    let mut items = Some(items);
    tx.bulk(into, &mut |rows| {
        items.take().into_iter().flatten().try_for_each(|item| put(item, rows))
    })?;
    Ok(())
}

/// Lays the batch's coded records with those kept, and renews the rows of people who changed.
fn keep_records(
    tx: &mut dyn Tx,
    batch: &Batch,
    residents: &[(&KeptResident, bool)],
    intake: &Intake,
) -> Result<(KeptBatch, bool), StoreError> {
    let mut kept = KeptBatch::default();
    let laid = |person| intake.known(person).is_some_and(|known| known.laid);
    // Feeds keep a person's records together: runs of them are sorted, not each. The sort is
    // stable, since of two versions of one record the later in the feed is right.
    let mut runs: Vec<&[(PersonId, Coded)]> =
        batch.records.chunk_by(|(a, _), (b, _)| a == b).collect();
    runs.sort_by_key(|run| run[0].0);
    let people = residents.iter().map(|(resident, _)| resident.resident.person);
    let mut renewed: Vec<PersonId> = people.filter(|person| laid(*person)).collect();
    let mut records = Vec::new();
    let mut new = Packed::default();
    let mut changed = Packed::default();
    for group in runs.chunk_by(|a, b| a[0].0 == b[0].0) {
        let person = group[0][0].0;
        records.clear();
        if laid(person) {
            records_of(tx, person, &mut records)?;
        }
        let before = (kept.records.new, kept.records.changed);
        for (_, coded) in group.iter().copied().flatten() {
            match merge(&mut records, *coded) {
                How::New => kept.records.new += 1,
                How::Changed => kept.records.changed += 1,
                How::Unchanged => kept.records.unchanged += 1,
            }
        }
        let own_row = renewed.binary_search(&person);
        if !laid(person) {
            new.push(person, &records);
        } else if own_row.is_ok() || before != (kept.records.new, kept.records.changed) {
            changed.push(person, &records);
        }
        if let Ok(place) = own_row {
            renewed.remove(place);
        }
    }
    for person in renewed {
        records_of(tx, person, &mut records)?;
        changed.push(person, &records);
    }
    new.put(tx, NEW_CODED, intake)?;
    changed.put(tx, CHANGED_CODED, intake)?;
    let any = !(new.people.is_empty() && changed.people.is_empty());
    kept.laid = new.people.into_iter().map(|(person, _)| person).collect();
    Ok((kept, any))
}

/// People with their packed records, end to end.
#[derive(Default)]
struct Packed {
    people: Vec<(PersonId, usize)>,
    bytes: Vec<u8>,
}

impl Packed {
    fn push(&mut self, person: PersonId, records: &[Coded]) {
        self.bytes.extend_from_slice(&pack(records));
        self.people.push((person, self.bytes.len()));
    }

    fn put(&self, tx: &mut dyn Tx, bulk: &Bulk, intake: &Intake) -> Result<(), StoreError> {
        if self.people.is_empty() {
            return Ok(());
        }
        tx.bulk(bulk, &mut |rows| {
            let mut start = 0;
            for (person, end) in &self.people {
                put_coded(rows, *person, intake, &self.bytes[start..*end])?;
                start = *end;
            }
            Ok(())
        })?;
        Ok(())
    }
}

fn put_coded(
    rows: &mut dyn Rows,
    person: PersonId,
    intake: &Intake,
    records: &[u8],
) -> Result<(), StoreError> {
    let Some(Narrow { born, death, practice, withdrawn }) = intake.narrow(person) else {
        return Err(StoreError::Corrupt(format!("{person} is not on the register")));
    };
    let born: Option<Cow<'_, str>> = born.map(|date| date.to_string().into());
    let death = death_text(death);
    rows.put(&[
        IdText::new(person).as_str().into(),
        born.as_deref().map_or(Value::Null, Value::Text),
        death.as_ref().into(),
        practice.into(),
        withdrawn.into(),
        records.into(),
    ])
}

fn records_of(
    tx: &mut dyn Tx,
    person: PersonId,
    records: &mut Vec<Coded>,
) -> Result<(), StoreError> {
    let id = IdText::new(person);
    records.clear();
    tx.query(RECORDS_OF, &[id.as_str().into()], &mut |row| {
        unpack(row.bytes(0)?, records)
            .map_err(|why| StoreError::Corrupt(format!("{person}: {why}")))
    })
}
