//! The one way to change a record: read it, let the decision be made, add what it says; all in one
//! transaction. Who may not open a record may not change it either, unless at the front door.

use care::record::entry::{Entry, EntryNumber, NewEntry};
use care::record::fact::carer::Share;
use care::record::fact::{Begun, Fact};
use care::record::ids::PersonId;
use care::record::moment::Moment;
use care::record::person::Person;
use care::who::access::{Access, may_open, may_read};
use care::who::actor::{Asking, Refusal};
use care::who::writing::sent_twice;
use store::engine::Tx;
use store::{StoreError, stories};

use crate::ask::{SEEN, SHOWN, note_refusal};
use crate::error::Failure;
use crate::forms::Form;
use crate::names::{EntryNames, Name};
use crate::reading::{self, Known};
use crate::seat::Seat;

/// What a decision is made from.
pub struct Before<'a> {
    /// What the story adds up to.
    pub person: &'a Person,
    /// The entries of it that whoever asks may read.
    pub entries: &'a [Entry],
    /// What would begin the story.
    pub begun: Begun,
    /// Everything else that is known.
    pub known: &'a Known,
}

/// What came of a change; a decision may refuse with more than a reason.
#[derive(Debug)]
pub enum Changed<R = Refusal> {
    /// It was kept.
    Kept,
    /// It had been kept already: the form was sent twice.
    Again,
    /// It was refused, with a reason for the person at the screen.
    Refused(R),
    /// Somebody else changed the same thing meanwhile; these are their entries.
    Conflict(Vec<Entry>),
}

impl Changed {
    /// Whether it is kept, now or before. What was refused is noted on the form.
    ///
    /// # Errors
    ///
    /// [`Failure::Busy`], where somebody else changed the same thing meanwhile.
    pub fn kept(self, form: &mut Form) -> Result<bool, Failure> {
        let mut theirs = Vec::new();
        let kept = self.kept_or_shown(form, &mut theirs);
        if theirs.is_empty() { Ok(kept) } else { Err(Failure::Busy) }
    }

    /// Whether it is kept, now or before. What was refused is noted on the form; what somebody else
    /// wrote meanwhile is left in `theirs`, to be shown beside it.
    pub fn kept_or_shown(self, form: &mut Form, theirs: &mut Vec<Entry>) -> bool {
        match self {
            Self::Kept | Self::Again => return true,
            Self::Refused(refusal) => note_refusal(form, &refusal),
            Self::Conflict(entries) => *theirs = entries,
        }
        false
    }
}

/// Who may make a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// Only somebody who may open the record.
    Within,
    /// Anyone: the front door has no wrong side.
    Anywhere,
    /// Somebody who may open the record once they have given a reason.
    WithReason,
    /// Somebody with whom its person shares a part: decided on what is shared alone.
    Sharing(Share),
}

/// What a form says of the page that it was sent from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sent {
    /// What the entry is called that its writer last saw, if it says.
    seen: Option<Name>,
    /// When it was shown, so that it is not kept twice when it is sent twice.
    pub shown: Option<Moment>,
}

impl Sent {
    /// What a form says.
    pub fn of(form: &Form) -> Self {
        let seen = form.value(SEEN).parse().ok();
        Self { seen, shown: Moment::parse(form.value(SHOWN)).ok() }
    }

    /// The entry that its writer last saw; 0 if it names none of this person.
    pub fn seen(&self, names: &EntryNames) -> EntryNumber {
        self.seen.and_then(|name| names.entry(name)).unwrap_or(0)
    }
}

impl Seat {
    /// Changes a person's record by a decision.
    pub async fn change<R: Send + 'static>(
        &self,
        id: PersonId,
        from: From,
        as_sent: Sent,
        decide: impl Fn(Before<'_>, &Asking<'_>) -> Result<Vec<NewEntry>, R> + Send + 'static,
    ) -> Result<Changed<R>, Failure> {
        let outcome = self.write(move |tx, seat| change(tx, seat, id, from, as_sent, &decide));
        outcome.await?.ok_or(Failure::NotFound)
    }
}

/// As [`Seat::change`], among other work of one transaction; None where there is no such record for
/// whoever asks.
pub fn change<R>(
    tx: &mut dyn Tx,
    seat: &Seat,
    id: PersonId,
    from: From,
    as_sent: Sent,
    decide: impl Fn(Before<'_>, &Asking<'_>) -> Result<Vec<NewEntry>, R>,
) -> Result<Option<Changed<R>>, StoreError> {
    let Some((known, shared, readable)) = let_in(tx, seat, id, from)? else { return Ok(None) };
    let decided = |known: &Known, readable: &[Entry]| {
        let before = Before {
            person: shared.as_ref().unwrap_or(&known.person),
            entries: readable,
            begun: reading::begun(known),
            known,
        };
        decide(before, &seat.asking())
    };
    let sent_before = |new: &[NewEntry]| {
        as_sent.shown.is_some_and(|shown| sent_twice(&known.entries, new, shown))
    };
    let new = match decided(&known, &readable) {
        Ok(new) => new,
        Err(refusal) => {
            // What has been done can often not be done again: ask of the record as the form saw it.
            let then = as_sent.shown.and_then(|shown| as_shown(&known, &readable, seat, shown));
            let done = then.and_then(|(known, readable)| decided(&known, &readable).ok());
            let again = done.is_some_and(|new| sent_before(&new));
            return Ok(Some(if again { Changed::Again } else { Changed::Refused(refusal) }));
        }
    };
    if sent_before(&new) {
        return Ok(Some(Changed::Again));
    }
    let theirs = replaced_meanwhile(&readable, &new, as_sent.seen(&seat.names(id)));
    if !theirs.is_empty() {
        return Ok(Some(Changed::Conflict(theirs)));
    }
    stories::append_to(tx, known.person, known.entries, &new)?;
    Ok(Some(Changed::Kept))
}

/// A record and its readable entries as they were at an instant; None where whoever asks has written
/// nothing in it since.
fn as_shown(
    known: &Known,
    readable: &[Entry],
    seat: &Seat,
    shown: Moment,
) -> Option<(Known, Vec<Entry>)> {
    let later = |entry: &&Entry| entry.recorded_at > shown;
    let mine = |entry: &Entry| entry.author.user == seat.actor.user;
    known.entries.iter().filter(later).any(mine).then(|| {
        let until = |entries: &[Entry]| -> Vec<Entry> {
            entries.iter().filter(|entry| !later(entry)).cloned().collect()
        };
        let entries = until(&known.entries);
        let person = Person::fold(known.person.id, &entries);
        (Known { person, entries, ..Known::clone(known) }, until(readable))
    })
}

/// A record, the entries that whoever asks may read, and what those add up to where nothing else counts.
type LetIn = (Known, Option<Person>, Vec<Entry>);

/// The record for whoever may change it.
fn let_in(
    tx: &mut dyn Tx,
    seat: &Seat,
    id: PersonId,
    from: From,
) -> Result<Option<LetIn>, StoreError> {
    if let From::Sharing(share) = from {
        let shared = reading::shared(tx, seat, id)?;
        let shared = shared.filter(|shared| shared.shares.contains(&share));
        return Ok(shared.map(|one| (one.known, Some(one.person), one.entries)));
    }
    let Some(known) = reading::known(tx, seat, id)? else { return Ok(None) };
    let access = may_open(&seat.actor, &known.subject, &known.person, seat.now);
    let may = match from {
        From::Within => matches!(access, Access::Yes(_)),
        From::Anywhere => matches!(access, Access::Yes(_)) || !known.subject.restricted,
        From::WithReason => access == Access::WithReason,
        From::Sharing(_) => false,
    };
    let reads = |entry: &Entry| match access {
        Access::Yes(by) => may_read(&seat.actor, &known.subject, by, entry),
        Access::WithReason | Access::No => false,
    };
    let readable: Vec<Entry> = known.entries.iter().filter(|e| reads(e)).cloned().collect();
    Ok(may.then_some((known, None, readable)))
}

/// What others wrote since, where the new entries would replace it unseen.
fn replaced_meanwhile(readable: &[Entry], new: &[NewEntry], seen: EntryNumber) -> Vec<Entry> {
    let replaces = |fact: &Fact| {
        matches!(fact, Fact::Communication(_) | Fact::InvitationAnswered(_))
            || matches!(fact, Fact::TeamJoined(joined) if joined.keeper)
    };
    let same = |entry: &&Entry| {
        entry.number > seen
            && new.iter().any(|new| match (new.corrects, entry.corrects) {
                (Some(mine), Some(theirs)) => mine == theirs,
                (None, None) => replaces(&new.fact) && new.fact.kind() == entry.fact.kind(),
                _ => false,
            })
    };
    readable.iter().filter(same).cloned().collect()
}
