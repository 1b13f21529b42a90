//! The third room of the journey: one plan, made with the person.
//!
//! The person chooses outcomes ([`outcome`]); every action serves one of them and is somebody's
//! ([`action`]); the person says whether they agree ([`agree`]). The team talks on the record
//! ([`message`]) and meets ([`meeting`]). All of it stands on the person's story, and what is left open
//! is somebody's work.
//!
//! Deliberately absent: approval by a manager. What the person and their team agree is the plan; what
//! it costs is looked at in another room.

pub mod action;
pub mod agree;
pub mod carer;
pub mod meeting;
pub mod message;
pub mod outcome;
pub mod practice;

use crate::record::entry::{EntryNumber, NewEntry};
use crate::record::person::{Person, Told};
use crate::who::actor::{Asking, Refusal};
use crate::who::role::Right;
use crate::who::team;

/// What begins a plan besides what is written in it: a plan always has a keeper, so the first who
/// writes in it for the person keeps it until somebody takes it over.
fn keeper(person: &Person, asking: &Asking<'_>) -> Result<Vec<NewEntry>, Refusal> {
    if person.keeper().is_some() || !asking.actor.role.may(Right::JoinTeam) {
        return Ok(Vec::new());
    }
    team::join(person, asking.actor, true, asking)
}

/// Refuses where somebody else changed what is to be changed since it was looked at, and says what they
/// wrote: nothing is written over unseen.
fn require_seen<T>(told: &Told<T>, saw: EntryNumber, theirs: &str) -> Result<(), Refusal> {
    if saw >= told.entry {
        return Ok(());
    }
    Err(Refusal::NotNow(format!(
        "{} changed this on {} while you were writing. It now says: ‘{theirs}’. Yours is still here: look \
         at both, then save again",
        told.author.name,
        told.on.in_words()
    )))
}
