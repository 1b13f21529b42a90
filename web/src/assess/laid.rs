//! What a page of this room rests on: the record as whoever asks may read it, what the register knows,
//! and the form that an address names.

use care::assess::Ground;
use care::assess::form::{Form, Forms};
use care::assess::register::{Condition, OnRegister};
use care::find::register::Resident;
use care::record::entry::{Entry, EntryNumber};
use care::record::fact::Identity;
use care::record::fact::assess::FormKind;
use care::record::ids::{FormId, PersonId};
use care::record::person::Person;
use care::record::person::assessment::{Assessment, BegunForm};
use care::who::access::part_of_form;
use care::who::role::{Part, Right};
use store::StoreError;
use store::engine::Tx;

use crate::app::Place;
use crate::error::Failure;
use crate::names::{EntryNames, Name};
use crate::reading::Record;
use crate::record::{conditions, person};
use crate::seat::Seat;
use crate::whom::first_name;

/// A record, laid out for the forms.
pub struct Laid {
    /// The record.
    pub record: Record,
    /// The person, folded from the entries that whoever asks may read.
    pub readable: Person,
    /// What the register knows.
    pub outside: Outside,
    /// Whether it is about whoever asks.
    pub own: bool,
}

/// What the register knows of a person, as far as whoever asks may see it.
#[derive(Debug, Clone, Default)]
pub struct Outside {
    resident: Option<Resident>,
    practice: Option<String>,
    conditions: Vec<Condition>,
}

impl Outside {
    fn read(tx: &mut dyn Tx, seat: &Seat, record: &Record) -> Result<Self, StoreError> {
        let place = &seat.app.place;
        let mut resident = record.resident.clone();
        if let Some(resident) = &mut resident {
            // The register has a code; people read its name.
            resident.language = resident.language.as_deref().map(person::language_name);
        }
        let practice = resident.as_ref().and_then(|resident| resident.practice.as_deref());
        let conditions = if seat.actor.role.sees(Part::Conditions) {
            conditions::held(tx, &place.cohorts, record.person.id)?
        } else {
            Vec::new()
        };
        Ok(Self { practice: practice.map(|ods| place.practice_name(ods)), resident, conditions })
    }

    /// As the forms take it.
    pub fn register(&self) -> OnRegister<'_> {
        OnRegister {
            resident: self.resident.as_ref(),
            practice: self.practice.as_deref(),
            conditions: &self.conditions,
        }
    }
}

/// Folds what of a story whoever asks may read.
pub fn readable(id: PersonId, entries: &[Entry]) -> Person {
    Person::fold(id, entries)
}

impl Laid {
    /// Opens a record for a page of this room, all in one read; there is no such page where `has` says
    /// so.
    pub async fn open(
        seat: &Seat,
        id: PersonId,
        looked_at: &'static str,
        has: impl Fn(&Person, &Seat) -> bool + Send + Sync + 'static,
    ) -> Result<Self, Failure> {
        let more = move |tx: &mut dyn Tx, seat: &Seat, record: &Record| {
            let readable = readable(record.person.id, &record.entries);
            if !has(&readable, seat) {
                return Ok(None);
            }
            Ok(Some((readable, Outside::read(tx, seat, record)?)))
        };
        let own = seat.actor.person == Some(id);
        let (record, (readable, outside)) = seat.record_and(id, looked_at, more).await?;
        Ok(Self { record, readable, outside, own })
    }

    /// What the decisions of this room stand on.
    pub fn ground<'a>(&'a self, place: &'a Place, register: &'a OnRegister<'a>) -> Ground<'a> {
        Ground { forms: &place.forms, readable: &self.readable.assessment, register }
    }

    /// Who it is about.
    pub fn identity(&self) -> Identity {
        self.record.identity()
    }

    /// Their name in full.
    pub fn name(&self) -> String {
        self.record.name()
    }

    /// What they are called within a sentence: by their first name.
    pub fn given(&self) -> String {
        first_name(&self.identity())
    }

    /// What the person's entries are called.
    pub fn names(&self) -> &EntryNames {
        &self.record.names
    }

    /// What an entry is called.
    pub fn called(&self, entry: EntryNumber) -> Name {
        self.record.called(entry)
    }

    /// The entry that a text names.
    pub fn entry(&self, text: &str) -> Option<EntryNumber> {
        self.record.names.read(text)
    }

    /// The form that an address names.
    pub fn at<'a>(&'a self, segment: &str, forms: &'a Forms) -> Option<At<'a>> {
        At::find(self.names(), segment, forms, &self.readable.assessment)
    }

    /// The form that an entry began or wrote in.
    pub fn at_entry<'a>(&'a self, entry: EntryNumber, forms: &'a Forms) -> Option<At<'a>> {
        At::of_entry(self.names(), entry, forms, &self.readable.assessment)
    }

    /// The person's page of this room.
    pub fn path(&self) -> String {
        format!("/person/{}", self.record.person.id)
    }
}

/// A form, and of one that is filled in anew each time the occasion.
#[derive(Clone, Copy)]
pub struct At<'a> {
    /// The form.
    pub form: &'a Form,
    /// The entry that began it, where it is filled in anew each time.
    pub occasion: Option<EntryNumber>,
    /// What that entry is called.
    called: Option<Name>,
    /// The work that it is or was last; None where nobody asked for it.
    pub begun: Option<&'a BegunForm>,
}

impl<'a> At<'a> {
    /// The form that an address names: by itself, by the entry that began it, or by a writing in it.
    pub fn find(
        names: &EntryNames,
        segment: &str,
        forms: &'a Forms,
        assessment: &'a Assessment,
    ) -> Option<Self> {
        match names.read(segment) {
            Some(entry) => Self::of_entry(names, entry, forms, assessment),
            None => Self::new(names, forms.get(&FormId::new(segment))?, None, assessment),
        }
    }

    /// The form that an entry began or wrote in.
    fn of_entry(
        names: &EntryNames,
        entry: EntryNumber,
        forms: &'a Forms,
        assessment: &'a Assessment,
    ) -> Option<Self> {
        if let Some(writing) = assessment.writing(entry) {
            let said = &writing.told.said;
            return Self::new(names, forms.get(&said.form)?, said.occasion, assessment);
        }
        let begun = assessment.form_begun(entry)?;
        Self::new(names, forms.get(&begun.begun.said.form)?, Some(entry), assessment)
    }

    /// A form on an occasion; None for one that is filled in each time, and is named without.
    pub fn new(
        names: &EntryNames,
        form: &'a Form,
        entry: Option<EntryNumber>,
        assessment: &'a Assessment,
    ) -> Option<Self> {
        if form.each_time {
            let begun = assessment.form_begun(entry?)?;
            let called = entry.map(|entry| names.called(entry));
            return Some(Self { form, occasion: entry, called, begun: Some(begun) });
        }
        let mut works =
            assessment.begun.iter().rev().filter(|begun| begun.begun.said.form == form.id);
        let open = works.clone().find(|begun| begun.ended.is_none());
        Some(Self { form, occasion: None, called: None, begun: open.or_else(|| works.next()) })
    }

    /// Its own part of the address.
    pub fn segment(&self) -> String {
        self.called.map_or_else(|| self.form.id.to_string(), |entry| entry.to_string())
    }

    /// Its address.
    pub fn path(&self, person: PersonId) -> String {
        if self.form.kind == FormKind::Assessment && self.occasion.is_none() {
            return format!("/person/{person}/assessment");
        }
        if self.form.kind.is_of_plan() {
            return format!("/person/{person}/plan");
        }
        format!("/person/{person}/form/{}", self.segment())
    }

    /// Where one of its sections is written.
    pub fn section_path(&self, person: PersonId, section: &str) -> String {
        format!("/person/{person}/form/{}/{section}", self.segment())
    }

    /// Whether sections of it may still be written.
    pub fn is_open(&self) -> bool {
        self.occasion.is_none() || self.begun.is_none_or(|begun| begun.ended.is_none())
    }
}

/// Whether whoever asks may see a form of a kind: by their part of the page; of a concern that somebody
/// is harmed, whoever may raise one sees what they wrote of it.
pub fn may_see(kind: FormKind, seat: &Seat) -> bool {
    let role = &seat.actor.role;
    let sees = part_of_form(kind).is_none_or(|part| role.sees(part));
    sees || (kind == FormKind::SafeguardingConcern && role.may(Right::Write))
}

/// Whether whoever asks may write a form of a kind.
pub fn may_write(kind: FormKind, seat: &Seat) -> bool {
    care::assess::require_to_write(kind, &seat.asking()).is_ok()
}
