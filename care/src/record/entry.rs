//! One entry of a person's story: a fact, and everything that makes it evidence.

use law::choices;
use law::day::Day;
use serde::{Deserialize, Serialize};

use super::fact::Fact;
use super::hash::Hash;
pub use super::ids::EntryNumber;
use super::ids::{OrganisationId, PersonId, RoleId, UserId};
use super::moment::Moment;

/// Who wrote an entry, and for whom: the name as it was then, so that it reads the same for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// Who was signed in.
    pub user: UserId,
    /// Their name at the time.
    pub name: String,
    /// The role they wrote in.
    pub role: RoleId,
    /// The organisation they wrote for.
    pub organisation: OrganisationId,
}

choices! {
    /// Who may read an entry, among those who may open the record.
    Audience {
        Everyone "everyone" "The person and everyone working with them",
        /// Those working with the person, but not the person: for what another told in confidence,
        /// or what would cause serious harm to read (Data Protection Act 2018, Schedule 3).
        Professionals "professionals" "Everyone working with the person, but not the person",
        /// Those who work on safeguarding, and whoever wrote it: for what could cause harm where it were
        /// known to more.
        Safeguarding "safeguarding" "Only those who work on safeguarding",
        /// Only the organisation that wrote it.
        Organisation "organisation" "Only my organisation",
    }
}

impl Audience {
    /// Whether not even everyone who works with the person may read it.
    pub const fn is_for_few(self) -> bool {
        matches!(self, Self::Safeguarding | Self::Organisation)
    }
}

/// What an entry says before it has its place in the story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// When it happened.
    pub on: Day,
    /// When it was written down.
    pub recorded_at: Moment,
    /// By whom, for which organisation.
    pub author: Author,
    /// Who may read it.
    pub audience: Audience,
    /// The entry that this one corrects, if it does.
    pub corrects: Option<EntryNumber>,
    /// What it says.
    pub fact: Fact,
}

/// An entry in its place: numbered, and bound to the one before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Whose story.
    pub person: PersonId,
    /// Its number in the story, from 1 without gaps.
    pub number: EntryNumber,
    /// When it happened.
    pub on: Day,
    /// When it was written down.
    pub recorded_at: Moment,
    /// By whom, for which organisation.
    pub author: Author,
    /// Who may read it.
    pub audience: Audience,
    /// The entry that this one corrects, if it does.
    pub corrects: Option<EntryNumber>,
    /// What it says.
    pub fact: Fact,
    /// The chain's value here: see [`super::chain`].
    pub hash: Hash,
}
