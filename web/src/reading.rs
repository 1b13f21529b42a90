//! The one way to a person's record: who asks is checked, the view is written down, and only what
//! they may read comes out; all in one transaction, so that nothing is shown that was not logged.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template as _;
use care::find::register::Resident;
use care::record::derived::{Stage, derive};
use care::record::entry::{Entry, EntryNumber};
use care::record::fact::carer::Share;
use care::record::fact::{Begun, Identity};
use care::record::ids::PersonId;
use care::record::person::Person;
use care::who::access::{
    Access, Relationship, Subject, may_be_told, may_open, may_read, may_read_shared, relationship,
    shared_with, work_since,
};
use care::who::role::{Part, Right};
use store::access::{self, View};
use store::engine::Tx;
use store::runs::Found;
use store::{StoreError, lists, register, runs, stories};

use crate::app::{App, london_midnight};
use crate::error::Failure;
use crate::forms::Form;
use crate::names::{EntryNames, Name};
use crate::owner;
use crate::reason;
use crate::seat::Seat;
use crate::whom::{full_name, identity_of};

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
    /// Where they stand on the journey, by what whoever asks may read.
    pub stage: Option<Stage>,
    /// What the person's entries are called.
    pub names: EntryNames,
}

impl Record {
    /// Who the person is.
    pub fn identity(&self) -> Identity {
        identity_of(self.resident.as_ref(), &self.person)
    }

    /// Their name in full.
    pub fn name(&self) -> String {
        full_name(&self.identity())
    }

    /// The surgery they are registered at.
    pub fn practice(&self) -> Option<&str> {
        self.resident.as_ref()?.practice.as_deref()
    }

    /// Whether whoever asks is told why the person was found. The reason names conditions: it is for those
    /// who see them, or read the invitation itself.
    pub fn tells_why(&self, seat: &Seat) -> bool {
        let role = &seat.actor.role;
        let sees = role.sees(Part::Conditions) || role.sees(Part::Story);
        sees && (self.person.invitation.is_some() || !self.found.is_empty())
    }

    /// What an entry is called.
    pub fn called(&self, entry: EntryNumber) -> Name {
        self.names.called(entry)
    }

    /// The last entry that whoever asks has seen. Of later ones they are not told, nor how many there
    /// are.
    pub fn last_seen(&self) -> Name {
        self.called(self.entries.last().map_or(0, |entry| entry.number))
    }
}

/// What came of asking for a record.
#[derive(Debug, Clone)]
pub enum Opened<T> {
    /// It may be read; with what else was asked for.
    Yes(Box<(Record, T)>),
    /// It may be, once a reason is given.
    WithReason(Box<Identity>),
    /// It is not there, for this user.
    No,
}

/// Everything kept about a person that access rests on.
#[derive(Clone)]
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

impl Known {
    /// Who the person is.
    pub fn identity(&self) -> Identity {
        identity_of(self.resident.as_ref(), &self.person)
    }
}

/// Reads what access rests on; None for somebody neither on the register nor with a story.
pub fn known(tx: &mut dyn Tx, seat: &Seat, id: PersonId) -> Result<Option<Known>, StoreError> {
    let resident = register::resident(tx, id)?;
    let entries = stories::load(tx, id)?;
    if resident.is_none() && entries.is_empty() {
        return Ok(None);
    }
    let person = Person::fold(id, &entries);
    let stage = lists::stage(tx, id)?;
    let found = newest_found(tx, &seat.app, id)?;
    let mut subject = Subject {
        person: id,
        practice: resident.as_ref().and_then(|resident| resident.practice.clone()),
        in_touch: stage.is_some_and(|stage| stage != Stage::Known) || !found.is_empty(),
        members: person.team.iter().map(|member| member.user).collect(),
        teams: BTreeMap::new(),
        restricted: resident.as_ref().is_some_and(|resident| resident.restricted),
    };
    add_teams(tx, seat, &mut subject)?;
    Ok(Some(Known { person, entries, resident, found, subject, stage }))
}

/// As [`known`], where whoever asks may open the record.
pub fn within(tx: &mut dyn Tx, seat: &Seat, id: PersonId) -> Result<Option<Known>, StoreError> {
    let known = known(tx, seat, id)?;
    Ok(known.filter(|known| {
        let access = may_open(&seat.actor, &known.subject, &known.person, seat.now);
        matches!(access, Access::Yes(_))
    }))
}

/// A record of which something is shared with whoever asks.
pub struct Shared {
    /// All of it.
    pub known: Known,
    /// What its person agreed to.
    pub shares: BTreeSet<Share>,
    /// The entries that are shared.
    pub entries: Vec<Entry>,
    /// What they add up to.
    pub person: Person,
}

/// What a person shares with whoever asks, where the two are linked.
pub fn shared(tx: &mut dyn Tx, seat: &Seat, id: PersonId) -> Result<Option<Shared>, StoreError> {
    let Some(known) = known(tx, seat, id)? else { return Ok(None) };
    let shares = shared_with(&seat.actor, &known.subject, &known.person);
    let Some(shares) = shares else { return Ok(None) };
    let forms = &seat.app.place.forms;
    let entries = known.entries.iter().filter(|one| {
        may_read_shared(&shares, |form, section| forms.keeps_private(form, section), one)
    });
    let entries: Vec<Entry> = entries.cloned().collect();
    let person = Person::fold(id, &entries);
    Ok(Some(Shared { known, shares, entries, person }))
}

/// Adds to what access needs to know the work by which whoever asks works with a person: looked for
/// only where nothing nearer opens the record.
pub fn add_teams(tx: &mut dyn Tx, seat: &Seat, subject: &mut Subject) -> Result<(), StoreError> {
    if relationship(&seat.actor, subject).is_none() {
        subject.teams.extend(owner::works_by(tx, seat, subject.person)?);
    }
    Ok(())
}

/// Where a person stands, as far as a list may tell it to whoever asks: to a role that does not see
/// the assessment, or the plan, it is where they would stand without.
pub fn stage_told(
    tx: &mut dyn Tx,
    seat: &Seat,
    id: PersonId,
    stage: Stage,
) -> Result<Stage, StoreError> {
    // A review, which is for those who see the assessment, also ends what the plan says.
    let sees = |part| seat.actor.role.sees(part);
    if sees(Part::Assessment) && sees(Part::Plan) {
        return Ok(stage);
    }
    let mut entries = stories::load(tx, id)?;
    entries.retain(|entry| may_be_told(&seat.actor, entry));
    Ok(derive(&Person::fold(id, &entries)).map_or(Stage::Known, |derived| derived.summary.stage))
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
fn open<T>(
    tx: &mut dyn Tx,
    seat: &Seat,
    id: PersonId,
    looked_at: &str,
    more: impl Fn(&mut dyn Tx, &Seat, &Record) -> Result<Option<T>, StoreError>,
) -> Result<Opened<T>, StoreError> {
    let Some(known) = known(tx, seat, id)? else { return Ok(Opened::No) };
    match may_open(&seat.actor, &known.subject, &known.person, seat.now) {
        Access::No => Ok(Opened::No),
        Access::WithReason => {
            // The page that asks why names the person.
            write_view(tx, seat, id, BEFORE_A_REASON, None)?;
            Ok(Opened::WithReason(Box::new(known.identity())))
        }
        Access::Yes(relationship) => {
            let reason = reason(&known, relationship, seat);
            let record = readable(known, relationship, seat);
            let Some(more) = more(tx, seat, &record)? else { return Ok(Opened::No) };
            write_view(tx, seat, id, looked_at, reason)?;
            Ok(Opened::Yes(Box::new((record, more))))
        }
    }
}

/// How everything that was looked at begins where only a name was shown, and nothing of the record.
pub const ONLY_THE_NAME: &str = "the name";
/// What was looked at where only a name was shown: by the page that asks for a reason, in the lists.
pub const BEFORE_A_REASON: &str = "the name, before giving a reason";
/// As [`BEFORE_A_REASON`], in a list of work.
pub const IN_WORK: &str = "the name, in a list of work";
/// As [`BEFORE_A_REASON`], in the list of contacts that somebody has recorded.
pub const IN_CONTACTS: &str = "the name, in a list of contacts";

/// Writes down that whoever asks sees the names of these people in a list: once a day for each.
pub fn write_names_seen(
    tx: &mut dyn Tx,
    seat: &Seat,
    list: &str,
    people: impl IntoIterator<Item = PersonId>,
) -> Result<(), StoreError> {
    for person in names_unseen(tx, seat, list, people)? {
        append_view(tx, seat, person, list, None)?;
    }
    Ok(())
}

/// Those of some people whose names whoever asks has not been written down today to have seen in a list.
pub fn names_unseen(
    tx: &mut dyn Tx,
    seat: &Seat,
    list: &str,
    people: impl IntoIterator<Item = PersonId>,
) -> Result<Vec<PersonId>, StoreError> {
    let since = london_midnight(seat.now);
    let seen = access::looked_at(tx, seat.actor.user, list, since)?;
    let people: BTreeSet<PersonId> = people.into_iter().collect();
    let unseen = people.difference(&seen).filter(|person| seat.actor.person != Some(**person));
    Ok(unseen.copied().collect())
}

fn looked_today(
    tx: &mut dyn Tx,
    seat: &Seat,
    id: PersonId,
    what: &str,
) -> Result<bool, StoreError> {
    access::looked_since(tx, id, seat.actor.user, what, london_midnight(seat.now))
}

/// Writes down that whoever asks looks at something about a person. A form that is shown again,
/// because it could not be taken, is no further look at what they saw when it was first shown.
pub fn write_view(
    tx: &mut dyn Tx,
    seat: &Seat,
    id: PersonId,
    looked_at: &str,
    reason: Option<String>,
) -> Result<(), StoreError> {
    if seat.posted && looked_today(tx, seat, id, looked_at)? {
        return Ok(());
    }
    append_view(tx, seat, id, looked_at, reason)
}

fn append_view(
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
    let Known { person, mut entries, resident, found, subject, .. } = known;
    entries.retain(|entry| may_read(&seat.actor, &subject, relationship, entry));
    let stage = derive(&Person::fold(person.id, &entries)).map(|derived| derived.summary.stage);
    let names = seat.names(person.id);
    Record { person, entries, resident, found, relationship, stage, names }
}

/// Why a record is open to whoever asks, where that is not plain from who they are: the reason they
/// gave, or the contact that their team has to answer.
pub fn reason(known: &Known, relationship: Relationship, seat: &Seat) -> Option<String> {
    match relationship {
        Relationship::Reason => reason_given(&known.person, seat),
        Relationship::Work => {
            let since = work_since(&seat.actor, &known.subject);
            let contact = since.and_then(|entry| known.person.contact(entry));
            Some(contact.map_or_else(
                || "their team has something to do here".to_owned(),
                |state| {
                    let on = state.contact.on.in_words();
                    format!("their team was sent the contact of {on}")
                },
            ))
        }
        _ => None,
    }
}

/// The reason that whoever asks gave last for opening a record.
fn reason_given(person: &Person, seat: &Seat) -> Option<String> {
    let own =
        |opening: &&care::record::person::Opening| opening.opened.author.user == seat.actor.user;
    person.openings.iter().rev().find(own).map(|opening| opening.opened.said.reason.clone())
}

/// What would begin a person's story.
pub fn begun(known: &Known) -> Begun {
    Begun { identity: known.identity(), on_register: known.resident.is_some() }
}

impl Seat {
    /// A record that whoever asks may read. Otherwise there is none, or they say first why they open it.
    pub async fn record(&self, id: PersonId, looked_at: &'static str) -> Result<Record, Failure> {
        self.record_with(id, looked_at, |_, _| true).await
    }

    /// As [`Seat::record`], for a page about something that not every record has: without it there
    /// is no such page, and nothing was looked at.
    pub async fn record_with(
        &self,
        id: PersonId,
        looked_at: &'static str,
        has: impl Fn(&Record, &Self) -> bool + Send + Sync + 'static,
    ) -> Result<Record, Failure> {
        let has =
            move |_: &mut dyn Tx, seat: &Self, record: &Record| Ok(has(record, seat).then_some(()));
        Ok(self.record_and(id, looked_at, has).await?.0)
    }

    /// As [`Seat::record_with`], for a page that reads more, all in one go: where there is no more to
    /// read there is no such page.
    pub async fn record_and<T: Send + 'static>(
        &self,
        id: PersonId,
        looked_at: &'static str,
        more: impl Fn(&mut dyn Tx, &Self, &Record) -> Result<Option<T>, StoreError>
        + Send
        + Sync
        + 'static,
    ) -> Result<(Record, T), Failure> {
        match self.write(move |tx, seat| open(tx, seat, id, looked_at, &more)).await? {
            Opened::Yes(read) => Ok(*read),
            Opened::WithReason(identity) if self.actor.role.may(Right::OpenWithReason) => {
                let page = reason::ask(self, id, &identity, &Form::blank()).render();
                Err(Failure::SaysFirst(page.map_err(Failure::broken)?))
            }
            Opened::WithReason(_) | Opened::No => Err(Failure::NotFound),
        }
    }
}
