//! The means that are known: as they were last stated, and as a decision rests on them.

use std::sync::Arc;

use care::fund::supplied::with_suppliers;
use care::record::entry::EntryNumber;
use care::record::fact::{ChargeDecided, EvidenceSeen, Fact, Ground, MeansStated, Stated};
use care::record::person::Told;

use super::entry::Base;
use crate::reading::Record;

/// The means that were last told: a draft that waits, what the person said since, or what the last
/// decision rests on.
pub fn latest(record: &Record) -> Option<Base> {
    let means = &record.person.means;
    let waiting: [Option<&Told<MeansStated>>; 2] = [means.draft.as_ref(), means.said.as_ref()];
    let newest = waiting.into_iter().flatten().map(|told| told.entry).max();
    let decided = means.decided.last();
    match (newest, decided) {
        (Some(newest), Some(decided)) if newest < decided.entry => under(record, decided),
        (Some(newest), _) => told(record, newest),
        (None, Some(decided)) => under(record, decided),
        (None, None) => None,
    }
}

/// The means that a decision rests on.
pub fn under(record: &Record, decided: &Told<Arc<ChargeDecided>>) -> Option<Base> {
    match decided.said.ground {
        Ground::Draft(draft) => told(record, draft),
        Ground::NewRates(_) | Ground::BroughtIn => {
            let seen = seen_before(record, decided.entry);
            told(record, decided.entry).map(|base| Base { seen, ..base })
        }
    }
}

/// The evidence that was seen for the draft before an entry: a new year's figures leave every row in
/// its place.
fn seen_before(record: &Record, number: EntryNumber) -> Vec<EvidenceSeen> {
    let earlier = record.entries.iter().rev().filter(|entry| entry.number < number);
    let mut drafts = earlier.filter_map(|entry| match &entry.fact {
        Fact::MeansStated(stated) if stated.stated == Stated::AsDraft => Some(&stated.seen),
        _ => None,
    });
    drafts.next().cloned().unwrap_or_default()
}

/// The means that an entry tells, if whoever asks may read it.
pub fn told(record: &Record, number: EntryNumber) -> Option<Base> {
    let entry = record.entries.iter().find(|entry| entry.number == number)?;
    let (case, seen) = match &entry.fact {
        Fact::MeansStated(stated) => (with_suppliers(stated, &entry.author), stated.seen.clone()),
        Fact::ChargeDecided(decided) => (decided.case.clone(), Vec::new()),
        _ => return None,
    };
    Some(Base { entry: number, case, seen })
}
