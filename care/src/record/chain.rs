//! The hash chain of a story: an entry that was altered, dropped or moved shows.
//!
//! An entry's hash is SHA-256 over a text of lines that an auditor can rebuild with a shell:
//!
//! ```text
//! kith entry 1
//! <hash of the entry before, in hex; 64 zeros for the first>
//! <person> <number> <on> <recorded at> <audience> <number it corrects, or ->
//! <user> <role> <organisation> <author's name, as a JSON string>
//! <kind of fact> <version of its form>
//! <SHA-256 of the body's stored text, in hex>
//! ```
//!
//! Only the body's digest goes in, so that a lawful erasure can take the content away and leave
//! the link standing.

use super::entry::Author;
use super::hash::Hash;
use super::ids::{EntryNumber, PersonId};

/// What is hashed of an entry, as it lies in the store: texts, so that what is checked is exactly
/// what was kept.
#[derive(Debug, Clone, Copy)]
pub struct Link<'a> {
    /// Whose story.
    pub person: PersonId,
    /// The entry's number.
    pub number: EntryNumber,
    /// The day it happened, as stored.
    pub on: &'a str,
    /// The instant it was recorded, as stored.
    pub recorded_at: &'a str,
    /// Who may read it, as stored.
    pub audience: &'a str,
    /// The entry it corrects.
    pub corrects: Option<EntryNumber>,
    /// Who wrote it.
    pub author: &'a Author,
    /// The kind of fact, as stored.
    pub kind: &'a str,
    /// The version of the fact's form.
    pub version: u32,
    /// The digest of the body's stored text.
    pub body: Hash,
}

impl Link<'_> {
    /// The entry's hash, given that of the entry before it.
    pub fn hash(&self, before: Hash) -> Hash {
        let corrects = self.corrects.map_or_else(|| "-".to_owned(), |number| number.to_string());
        let name = serde_json::Value::from(self.author.name.as_str());
        let text = format!(
            "kith entry 1\n{before}\n{} {} {} {} {} {corrects}\n{} {} {} {name}\n{} {}\n{}\n",
            self.person,
            self.number,
            self.on,
            self.recorded_at,
            self.audience,
            self.author.user,
            self.author.role,
            self.author.organisation,
            self.kind,
            self.version,
            self.body,
        );
        Hash::of(text.as_bytes())
    }
}
