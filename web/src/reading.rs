//! The one way to a person's record: who asks is checked, the view is written down, and only what
//! they may read comes out; all in one transaction, so that nothing is shown that was not logged.

use care::find::register::Resident;
use care::record::derived::{Stage, Task};
use care::record::entry::Entry;
use care::record::fact::{Begun, Identity};
use care::record::ids::{PersonId, TeamId};
use care::record::person::Person;
use care::who::access::{Access, Relationship, Right, Subject, may_open, may_read};
use store::access::{self, View};
use store::engine::Tx;
use store::runs::Found;
use store::{StoreError, lists, register, runs, stories};

use crate::app::App;
use crate::error::Failure;
use crate::seat::Seat;

/// A record that may be read.
#[derive(Debug, Clone)]
pub struct Record {
    /// What the whole story adds up to. What of it may be shown is in `entries`.
    pub person: Person,
    /// The entries that whoever asks may read.
    pub entries: Vec<Entry>,
    /// The person as the register of residents knows them.
    pub resident: Option<Resident>,
    /// What the newest runs found of them.
    pub found: Vec<Found>,
    /// Why it may be read.
    pub relationship: Relationship,
    /// Where they stand on the journey.
    pub stage: Option<Stage>,
}

/// What came of asking for a record.
#[derive(Debug, Clone)]
pub enum Opened {
    /// It may be read.
    Yes(Box<Record>),
    /// It may be, once a reason is given.
    WithReason(Box<Identity>),
    /// It is not there, for this user.
    No,
}

/// Everything kept about a person that access rests on.
pub struct Known {
    /// Their story, folded.
    pub person: Person,
    /// All its entries.
    pub entries: Vec<Entry>,
    /// The person on the register.
    pub resident: Option<Resident>,
    /// What the newest runs found of them.
    pub found: Vec<Found>,
    /// What access needs to know.
    pub subject: Subject,
    /// Where they stand.
    pub stage: Option<Stage>,
}

/// Reads what access rests on; None for somebody neither on the register nor with a story.
pub fn known(tx: &mut dyn Tx, app: &App, id: PersonId) -> Result<Option<Known>, StoreError> {
    let resident = register::resident(tx, id)?;
    let entries = stories::load(tx, id)?;
    if resident.is_none() && entries.is_empty() {
        return Ok(None);
    }
    let person = Person::fold(id, &entries);
    let stage = lists::stage(tx, id)?;
    let found = newest_found(tx, app, id)?;
    let teams = teams(tx, id)?;
    let subject = Subject {
        person: id,
        practice: resident.as_ref().and_then(|resident| resident.practice.clone()),
        in_touch: stage.is_some_and(|stage| stage != Stage::Known) || !found.is_empty(),
        members: person.team.iter().map(|member| member.user).collect(),
        teams,
        restricted: resident.as_ref().is_some_and(|resident| resident.restricted),
    };
    Ok(Some(Known { person, entries, resident, found, subject, stage }))
}

/// The teams that have work to do for a person. Looking at why a record was opened is not such
/// work: otherwise whoever opens a record would open it to their own team, and for as long as
/// nobody looks.
pub fn teams(tx: &mut dyn Tx, id: PersonId) -> Result<Vec<TeamId>, StoreError> {
    let due = lists::work_about(tx, id)?.into_iter();
    Ok(due.filter(|due| due.task != Task::ReviewOpening).filter_map(|due| due.team).collect())
}

/// Whether lists must not name a person to whoever asks: the record is restricted to their team.
pub fn hidden(tx: &mut dyn Tx, seat: &Seat, id: PersonId) -> Result<bool, StoreError> {
    let restricted = register::resident(tx, id)?.is_some_and(|resident| resident.restricted);
    let own = seat.actor.person == Some(id);
    Ok(restricted && !own && !lists::members(tx, id)?.contains(&seat.actor.user))
}

/// What the newest run of each criterion found of a person.
pub fn newest_found(tx: &mut dyn Tx, app: &App, id: PersonId) -> Result<Vec<Found>, StoreError> {
    let mut found = runs::found_of(tx, id)?;
    if found.is_empty() {
        return Ok(found);
    }
    let mut newest = Vec::new();
    for criterion in app.place.cohorts.criteria.keys() {
        newest.extend(runs::latest(tx, criterion)?.map(|run| run.id));
    }
    found.retain(|one| newest.contains(&one.run));
    Ok(found)
}

/// Opens a record for whoever asks, if it has what they look for, and writes the view down.
fn open(
    tx: &mut dyn Tx,
    seat: &Seat,
    id: PersonId,
    looked_at: &str,
    has: impl Fn(&Record, &Seat) -> bool,
) -> Result<Opened, StoreError> {
    let Some(known) = known(tx, &seat.app, id)? else { return Ok(Opened::No) };
    match may_open(&seat.actor, &known.subject, &known.person, seat.now) {
        Access::No => Ok(Opened::No),
        Access::WithReason => Ok(Opened::WithReason(Box::new(identity(&known)))),
        Access::Yes(relationship) => {
            let reason = relationship == Relationship::Reason;
            let reason = if reason { reason_given(&known.person, seat) } else { None };
            let record = readable(known, relationship, seat);
            if !has(&record, seat) {
                return Ok(Opened::No);
            }
            write_view(tx, seat, id, looked_at, reason)?;
            Ok(Opened::Yes(Box::new(record)))
        }
    }
}

/// Writes down that whoever asks looks at something about a person.
pub fn write_view(
    tx: &mut dyn Tx,
    seat: &Seat,
    id: PersonId,
    looked_at: &str,
    reason: Option<String>,
) -> Result<(), StoreError> {
    let view = View { at: seat.now, by: seat.actor.author(), what: looked_at.to_owned(), reason };
    access::append(tx, id, &view).map(drop)
}

/// Leaves in a record only what whoever asks may read.
pub fn readable(known: Known, relationship: Relationship, seat: &Seat) -> Record {
    let Known { person, mut entries, resident, found, stage, .. } = known;
    entries.retain(|entry| may_read(&seat.actor, person.id, entry.audience, &entry.author));
    Record { person, entries, resident, found, relationship, stage }
}

/// The reason that whoever asks gave last for opening a record.
pub fn reason_given(person: &Person, seat: &Seat) -> Option<String> {
    let own =
        |opening: &&care::record::person::Opening| opening.opened.author.user == seat.actor.user;
    person.openings.iter().rev().find(own).map(|opening| opening.opened.said.reason.clone())
}

/// Who a person is: from the register where it knows them, otherwise as they were described.
pub fn identity(known: &Known) -> Identity {
    identity_of(known.resident.as_ref(), &known.person)
}

/// As [`identity`], from its parts.
pub fn identity_of(resident: Option<&Resident>, person: &Person) -> Identity {
    match (resident, &person.begun) {
        (Some(resident), _) => Identity {
            given: resident.given.clone(),
            family: resident.family.clone(),
            born: resident.born,
            nhs_number: resident.nhs_number,
            address: resident.address.clone(),
            postcode: resident.postcode.clone(),
            telephone: resident.telephone.clone(),
        },
        (None, Some(begun)) => begun.said.identity.clone(),
        (None, None) => Identity::default(),
    }
}

/// What would begin a person's story.
pub fn begun(known: &Known) -> Begun {
    Begun { identity: identity(known), on_register: known.resident.is_some() }
}

/// A person's name in full.
pub fn full_name(identity: &Identity) -> String {
    let name = format!("{} {}", identity.given, identity.family);
    let name = name.trim();
    if name.is_empty() { "Name not known".to_owned() } else { name.to_owned() }
}

impl Seat {
    /// A record that whoever asks may read; otherwise the page that asks for a reason, or none.
    pub async fn record(
        &self,
        id: PersonId,
        looked_at: &'static str,
    ) -> Result<Result<Record, axum::response::Response>, Failure> {
        self.record_with(id, looked_at, |_, _| true).await
    }

    /// As [`Seat::record`], for a page about something that not every record has: without it there
    /// is no such page, and nothing was looked at.
    pub async fn record_with(
        &self,
        id: PersonId,
        looked_at: &'static str,
        has: impl Fn(&Record, &Self) -> bool + Send + Sync + 'static,
    ) -> Result<Result<Record, axum::response::Response>, Failure> {
        match self.write(move |tx, seat| open(tx, seat, id, looked_at, &has)).await? {
            Opened::Yes(record) => Ok(Ok(*record)),
            Opened::WithReason(identity) if self.actor.role.may(Right::OpenWithReason) => {
                Ok(Err(crate::record::open::ask(self, id, &identity)?))
            }
            Opened::WithReason(_) | Opened::No => Err(Failure::NotFound),
        }
    }
}
