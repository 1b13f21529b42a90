//! Looking for residents.

use care::find::register::Resident;
use care::find::search::{SearchQuery, sort_key};
use care::record::ids::PersonId;
use law::day::{PartialDay, Precision};

use super::read::{resident_columns, resident_of};
use super::{IdText, number_value};
use crate::engine::{StoreError, Tx, Value, statements};

statements! {
    key BY_NUMBER = concat!("select ", resident_columns!(), " from resident r
        where r.nhs_number = $1
        and (r.sort_key > $2 or (r.sort_key = $2 and r.person_id > $3))");
    key BY_BIRTH = concat!("select ", resident_columns!(), " from resident r
        where r.born in ($1, $2, $3)
        and (r.sort_key > $4 or (r.sort_key = $4 and r.person_id > $5))
        order by r.sort_key, r.person_id limit $6");
    key BY_NAME = concat!("select ", resident_columns!(), " from resident r
        where r.person_id in
            (select n.person_id from resident_name n where n.token >= $1 and n.token < $2)
        and (r.sort_key > $3 or (r.sort_key = $3 and r.person_id > $4))
        order by r.sort_key, r.person_id limit $5");
}

/// How many rows are looked at in one go, where not all of them may fit.
const CHUNK: u32 = 200;
/// How many goes: a search for two common beginnings must not read the whole register.
const GOES: u32 = 25;

/// A page of an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// The residents found, sorted by family name, given names and person.
    pub residents: Vec<Resident>,
    /// Where the next page begins, if there may be more.
    pub next: Option<PersonId>,
}

/// Residents who fit a query, sorted by name; at most `limit` (1–200) after the person given.
///
/// Who may see them is not decided here.
pub fn search(
    tx: &mut dyn Tx,
    query: &SearchQuery,
    limit: u32,
    after: Option<PersonId>,
) -> Result<Page, StoreError> {
    let mut page = Page::default();
    let wanted = limit.clamp(1, CHUNK) as usize;
    let mut from = match after {
        Some(person) => match super::resident(tx, person)? {
            Some(resident) => Cursor::at(&resident),
            None => return Ok(page),
        },
        None => Cursor::start(),
    };
    if query.is_empty() {
        return Ok(page);
    }
    for _ in 0..GOES {
        let rows = chunk(tx, query, &from)?;
        let full = rows.len() == CHUNK as usize;
        for resident in rows {
            from = Cursor::at(&resident);
            if !query.fits(&resident) {
                continue;
            }
            if page.residents.len() == wanted {
                page.next = page.residents.last().map(|resident| resident.person);
                return Ok(page);
            }
            page.residents.push(resident);
        }
        if !full {
            return Ok(page);
        }
    }
    page.next = page.residents.last().map(|resident| resident.person);
    Ok(page)
}

/// A place in the order of names.
struct Cursor {
    sort_key: String,
    person: Option<PersonId>,
}

impl Cursor {
    fn start() -> Self {
        Self { sort_key: String::new(), person: None }
    }

    fn at(resident: &Resident) -> Self {
        let sort_key = sort_key(&resident.family, &resident.given);
        Self { sort_key, person: Some(resident.person) }
    }
}

/// Candidates by the narrowest way in: the number, the birth, or the longest word.
fn chunk(tx: &mut dyn Tx, query: &SearchQuery, from: &Cursor) -> Result<Vec<Resident>, StoreError> {
    let key = Value::Bytes(from.sort_key.as_bytes());
    let person = from.person.map(IdText::new);
    let person = Value::Text(person.as_ref().map_or("", IdText::as_str));
    if let Some(number) = query.number {
        let values = [number_value(Some(number)), key, person];
        return tx.all(BY_NUMBER, &values, resident_of);
    }
    if let Some(born) = query.born {
        let known = |precision| PartialDay::new(born, precision).to_string();
        let day = known(Precision::Day);
        let (month, year) = (known(Precision::Month), known(Precision::Year));
        let values = [(&day).into(), (&month).into(), (&year).into(), key, person, CHUNK.into()];
        return tx.all(BY_BIRTH, &values, resident_of);
    }
    let Some(word) = query.words.iter().max_by_key(|word| word.len()) else {
        return Ok(Vec::new());
    };
    // No word has a byte 0xff: UTF-8 has none.
    let end = [word.as_bytes(), &[0xff]].concat();
    let values = [word.as_bytes().into(), end.as_slice().into(), key, person, CHUNK.into()];
    tx.all(BY_NAME, &values, resident_of)
}
