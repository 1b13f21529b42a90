//! Computes everything derived anew from the stories. On a sound store it changes nothing.

use std::collections::HashMap;

use care::record::derived::derive;
use care::record::entry::Entry;
use care::record::ids::PersonId;
use care::record::person::Person;

use crate::engine::{StoreError, Tx, statements};
use crate::walk::{self, Batch, DerivedRows};
use crate::{Store, derived, stories};

statements! {
    key ENTRIES_BETWEEN = "select person_id, number, on_date, recorded_at, user_id, user_name, role,
        organisation, audience, corrects, kind, version, body, body_hash, hash
        from entry where person_id > $1 and person_id <= $2 order by person_id, number";
}

/// What a rebuild went through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rebuilt {
    /// People with a story.
    pub people: u64,
    /// People whose derived rows were not what their story gives, and now are. 0 on a sound store.
    pub differed: u64,
}

/// Goes through every story, and puts right the derived rows that differ. Others may write
/// meanwhile. `progress` is told how many people have been done, now and then.
pub fn rebuild(store: &Store, progress: &mut dyn FnMut(u64)) -> Result<Rebuilt, StoreError> {
    let mut rebuilt = Rebuilt::default();
    store.read(|tx| {
        walk::stories(tx, |tx, batch| {
            for person in differing(tx, batch)? {
                rebuilt.differed += 1;
                store.write(move |tx| put_right(tx, &person))?;
            }
            rebuilt.people += batch.people;
            progress(rebuilt.people);
            Ok(())
        })
    })?;
    Ok(rebuilt)
}

/// Those of a batch whose derived rows are not what their story gives.
fn differing(tx: &mut dyn Tx, batch: &Batch) -> Result<Vec<String>, StoreError> {
    let mut kept = walk::kept(tx, batch)?;
    let mut wrong = Vec::new();
    let mut story: Vec<Entry> = Vec::new();
    tx.query(ENTRIES_BETWEEN, &[(&batch.after).into(), (&batch.to).into()], &mut |row| {
        let person: PersonId = row.parsed(0, |text| text.parse().ok())?;
        if story.first().is_some_and(|first| first.person != person) {
            compare(&mut story, &mut kept, &mut wrong);
        }
        story.push(stories::read(person, row, 1)?);
        Ok(())
    })?;
    compare(&mut story, &mut kept, &mut wrong);
    // Rows about people who have no story.
    wrong.extend(kept.into_keys());
    Ok(wrong)
}

fn compare(
    story: &mut Vec<Entry>,
    kept: &mut HashMap<String, DerivedRows>,
    wrong: &mut Vec<String>,
) {
    let Some(person) = story.first().map(|entry| entry.person) else { return };
    let key = person.to_string();
    let should = DerivedRows::of(derive(&Person::fold(person, story)));
    if kept.remove(&key).unwrap_or_default() != should {
        wrong.push(key);
    }
    story.clear();
}

/// Makes one person's rows anew, from the story as it is by now.
fn put_right(tx: &mut dyn Tx, key: &str) -> Result<(), StoreError> {
    derived::replace(tx, key, None, None)?;
    if let Ok(id) = key.parse() {
        let after = derive(&stories::person(tx, id)?);
        derived::replace(tx, key, None, after.as_ref())?;
    }
    Ok(())
}
