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

use std::fmt;

use sha2::{Digest, Sha256};

use super::entry::{Author, EntryNumber};
use super::ids::PersonId;

/// A SHA-256 digest.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash([u8; 32]);

impl Hash {
    /// What stands before the first entry.
    pub const START: Self = Self([0; 32]);

    /// The digest of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The digest as bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Reads 64 lower-case hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.as_bytes();
        if text.len() != 64 {
            return None;
        }
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Some(byte - b'0'),
            b'a'..=b'f' => Some(byte - b'a' + 10),
            _ => None,
        };
        let mut bytes = [0u8; 32];
        for (byte, pair) in bytes.iter_mut().zip(text.chunks_exact(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Some(Self(bytes))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = [0; 64];
        for (pair, byte) in text.chunks_exact_mut(2).zip(self.0) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 15)];
        }
        // Digits are always UTF-8. One write, since every entry of every story is hashed by it.
        f.write_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

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
