//! Taking in a feed: what each arriving record does to the register.
//!
//! Pure: [`Intake`] holds, for every person on the register, the few bytes that decide; what must
//! be written is laid in a [`Batch`] for the store. The rules:
//!
//! - A record of a source is always the same person ([`PersonId::of_source`]).
//! - Two records with one *verified* NHS number and one date of birth are one person. Two that share
//!   a number otherwise stay two: the later one is taken without it, and a person is told.
//! - Older news never replaces newer (FHIR `meta.lastUpdated`); the same news changes nothing.
//! - What cannot be settled yet, because what it names has not arrived, waits for the end.

mod account;
mod known;
mod people;

use std::collections::{BTreeSet, HashMap};
use std::hash::BuildHasherDefault;

pub use account::{Account, How, Tally};
use known::IdHasher;
pub use known::{Narrow, Remembered};

use super::register::{Coded, Practice, Resident};
use crate::record::ids::{NhsNumber, PersonId};
use crate::record::moment::Moment;
use law::day::PartialDay;

/// A map whose keys are already evenly spread.
pub type IdMap<K, V> = HashMap<K, V, BuildHasherDefault<IdHasher>>;

/// Whom a coded record is about, as the feed says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The person of a source record.
    Record(PersonId),
    /// Whoever holds this NHS number.
    Number(NhsNumber),
}

/// An organisation, or a role in one, as the feed refers to it: a hash of source and reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OrganisationRef(pub u64);

/// Where a person's GP registration points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Registration {
    /// The record does not say.
    Unsaid,
    /// The practice's ODS code.
    Ods(String),
    /// An organisation or a role that the feed describes elsewhere; the text is for people.
    Reference(OrganisationRef, String),
}

/// What an [`OrganisationRef`] stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pointer {
    /// An organisation with this ODS code.
    Ods(String),
    /// A role, in the organisation of that reference.
    Elsewhere(OrganisationRef),
    /// An organisation that has no ODS code.
    Nowhere,
}

/// A person's record, as it arrives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArrivedPerson {
    /// What it says. `person` is that of the source record; `practice` is not yet set.
    pub resident: Resident,
    /// A second name of the same record (a Bundle's `urn:uuid:`), as a person.
    pub also: Option<PersonId>,
    /// Where the registration points.
    pub registration: Registration,
}

/// An organisation's record, as it arrives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArrivedOrganisation {
    /// The names it goes by in this feed.
    pub refs: Vec<OrganisationRef>,
    /// The practice, if it has an ODS code.
    pub practice: Option<Practice>,
    /// When the source last changed the record.
    pub updated: Option<Moment>,
}

/// A resident as the store keeps them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptResident {
    /// The row. Its NHS number is set only if this person holds it.
    pub resident: Resident,
    /// The number this record claims and another person holds.
    pub claimed: Option<NhsNumber>,
    /// Of all the record says; see [`Remembered::content`].
    pub content: u64,
    /// Whether the person was not on the register before.
    pub new: bool,
}

/// Who holds an NHS number after all, and who only claims it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberSettled {
    /// The person.
    pub person: PersonId,
    /// The number they now hold.
    pub number: NhsNumber,
}

/// A source record of a person of another name, or one that is no longer what is kept of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alias {
    /// The person it is about.
    pub person: PersonId,
    /// The last change that was seen of it: older news of it is not news.
    pub seen: Option<Moment>,
}

/// What must be written, in one transaction.
#[derive(Debug, Default)]
pub struct Batch {
    /// Residents new or changed; where one comes twice, the later is right.
    pub residents: Vec<KeptResident>,
    /// Numbers that found their holder.
    pub settled: Vec<NumberSettled>,
    /// Source records that are not what is kept of their person.
    pub aliases: Vec<(PersonId, Alias)>,
    /// Practices new or changed.
    pub practices: Vec<(Practice, Option<Moment>)>,
    /// What references stand for, new or changed.
    pub organisations: Vec<(OrganisationRef, Pointer)>,
    /// A code's text, as the feed shows it.
    pub texts: Vec<(u64, String)>,
    /// Coded records, each with its person, in the order they came.
    pub records: Vec<(PersonId, Coded)>,
}

impl Batch {
    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.weight() == 0
    }

    /// Roughly how many bytes of memory it holds.
    pub fn weight(&self) -> usize {
        self.residents.len() * 1_000
            + self.records.len() * size_of::<(PersonId, Coded)>()
            + (self.texts.len() + self.organisations.len() + self.practices.len()) * 100
            + self.aliases.len() * size_of::<(PersonId, Alias)>()
            + self.settled.len() * size_of::<NumberSettled>()
    }
}

/// What became of an arriving person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PersonOutcome {
    /// The practice it names is not known yet, or another record of the same person is kept, and
    /// may still change: bring it again at the end.
    Waits,
    /// Taken. The notes say, for a person to read, what was not taken as it stood.
    Taken(How, Vec<String>),
}

/// The deciding memory of an import: some tens of bytes for each person on the register.
#[derive(Debug, Default)]
pub struct Intake {
    known: IdMap<PersonId, known::Entry>,
    /// Who holds each NHS number.
    numbers: IdMap<u64, PersonId>,
    /// Numbers let go of in this import, by whom: theirs again if they come back for them.
    released: IdMap<u64, PersonId>,
    /// Numbers claimed by people who do not hold them.
    contested: HashMap<u64, BTreeSet<PersonId>>,
    aliases: IdMap<PersonId, Alias>,
    /// Source records that wait for the end of the feed, with the newest change of each that does.
    waiting: IdMap<PersonId, Option<Moment>>,
    /// People known by their stories only, by NHS number.
    stories: HashMap<u64, (PersonId, PartialDay)>,
    organisations: HashMap<OrganisationRef, Pointer>,
    practices: HashMap<String, (String, Option<Moment>)>,
    practice_names: known::Names,
    texts: HashMap<u64, String>,
}

impl Intake {
    /// The person a coded record is about, if they are on the register.
    ///
    /// By NHS number only if no other record claims the number too.
    pub fn person_of(&self, subject: Subject) -> Option<PersonId> {
        let person = match subject {
            Subject::Record(person) => self.resolve(person),
            Subject::Number(number) if !self.contested.contains_key(&number.number()) => {
                *self.numbers.get(&number.number())?
            }
            Subject::Number(_) => return None,
        };
        self.known.contains_key(&person).then_some(person)
    }

    /// Takes an organisation's record.
    pub fn take_organisation(&mut self, arrived: ArrivedOrganisation, batch: &mut Batch) -> How {
        let pointer = match &arrived.practice {
            Some(practice) => Pointer::Ods(practice.ods.clone()),
            None => Pointer::Nowhere,
        };
        let mut how = How::Unchanged;
        for name in &arrived.refs {
            how = how.max(self.point(*name, pointer.clone(), true, batch));
        }
        let Some(practice) = arrived.practice else { return how };
        let before = self.practices.get(&practice.ods);
        let same = |(name, updated): &(String, Option<Moment>)| {
            (*name == practice.name && *updated == arrived.updated)
                || matches!((*updated, arrived.updated), (Some(kept), Some(new)) if new < kept)
        };
        match before {
            Some(kept) if same(kept) => return how,
            Some(_) => how = how.max(How::Changed),
            None => how = How::New,
        }
        let kept = (practice.name.clone(), arrived.updated);
        self.practices.insert(practice.ods.clone(), kept);
        batch.practices.push((practice, arrived.updated));
        how
    }

    /// Takes what a role says: the names it goes by stand for its organisation.
    pub fn take_role(
        &mut self,
        refs: &[OrganisationRef],
        organisation: &Pointer,
        batch: &mut Batch,
    ) -> How {
        let point = |name: &OrganisationRef| self.point(*name, organisation.clone(), false, batch);
        refs.iter().map(point).max().unwrap_or(How::Unchanged)
    }

    /// Of two roles of one practitioner the lesser pointer stands, whichever comes first.
    fn point(
        &mut self,
        name: OrganisationRef,
        to: Pointer,
        replaces: bool,
        batch: &mut Batch,
    ) -> How {
        let how = match self.organisations.get(&name) {
            None => How::New,
            Some(kept) if *kept == to || (!replaces && *kept < to) => return How::Unchanged,
            Some(_) => How::Changed,
        };
        self.organisations.insert(name, to.clone());
        batch.organisations.push((name, to));
        how
    }

    /// Takes the text a feed shows for a code. Of several the shortest stands, so that the order
    /// in which they come does not matter.
    pub fn take_text(&mut self, code: u64, text: &str, batch: &mut Batch) {
        if let Some(kept) = self.texts.get(&code)
            && (kept.len(), kept.as_str()) <= (text.len(), text)
        {
            return;
        }
        self.texts.insert(code, text.to_owned());
        batch.texts.push((code, text.to_owned()));
    }
}

/// Lays a record with the others of its person, which are sorted by their number.
pub fn merge(records: &mut Vec<Coded>, arrived: Coded) -> How {
    match records.binary_search_by_key(&arrived.record, |record| record.record) {
        Err(place) => {
            records.insert(place, arrived);
            How::New
        }
        Ok(place) => {
            let kept = &mut records[place];
            let older = matches!((kept.updated, arrived.updated), (Some(k), Some(a)) if a < k);
            if older || *kept == arrived {
                return How::Unchanged;
            }
            *kept = arrived;
            How::Changed
        }
    }
}

#[cfg(test)]
mod tests;
