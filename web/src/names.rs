//! What an entry is called in addresses and forms.
//!
//! Entries of a story are numbered 1, 2, 3: whoever saw the numbers of those they may read would see gaps,
//! and learn that others were written. So outside, an entry has a name: its number and its person under a
//! cipher whose secret the store keeps. Names carry neither order nor count; one of another person's story,
//! or one that was made up, is no name (the person takes up 96 of its 128 bits). See decision 10.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use aes::Aes128;
use aes::cipher::{Array, BlockCipherDecrypt as _, BlockCipherEncrypt as _, KeyInit as _};
use axum::extract::{FromRef, FromRequestParts, Path};
use axum::http::request::Parts;
use care::record::entry::EntryNumber;
use care::record::hash::Hash;
use care::record::ids::PersonId;
use store::{Store, names};

use crate::error::Failure;

/// The names of all entries of a store.
#[derive(Clone)]
pub struct Names(Arc<Aes128>);

/// The names of the entries of one person.
#[derive(Clone)]
pub struct EntryNames {
    cipher: Arc<Aes128>,
    person: [u8; PERSON],
}

/// The name of an entry, or of none: 26 small letters and digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Name([u8; BLOCK]);

/// A text that no entry is called by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAName;

/// The person and the entry that an address names. An address with another name leads nowhere.
pub struct AtEntry(pub PersonId, pub EntryNumber);

const BLOCK: usize = 16;
const PERSON: usize = 12;
/// Base 32 (RFC 4648) in small letters: safe in addresses, in names of fields, and when read aloud.
const SIGNS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
/// How many signs write 128 bits, five to a sign.
const LENGTH: usize = 26;

impl Names {
    /// The names of a store's entries; its secret is made here where it has none yet.
    pub fn of(store: &Store) -> Result<Self, Failure> {
        let mut new = [0; names::BYTES];
        getrandom::fill(&mut new).map_err(Failure::broken)?;
        let secret = names::secret(store, new)?;
        Ok(Self(Arc::new(Aes128::new(&Array::from(secret)))))
    }

    /// The names of a person's entries.
    pub fn of_person(&self, person: PersonId) -> EntryNames {
        let mut bound = [0; PERSON];
        bound.copy_from_slice(&Hash::of(person.as_bytes()).as_bytes()[..PERSON]);
        EntryNames { cipher: Arc::clone(&self.0), person: bound }
    }
}

impl EntryNames {
    /// What an entry is called.
    pub fn called(&self, entry: EntryNumber) -> Name {
        let mut block = [0; BLOCK];
        block[..4].copy_from_slice(&entry.to_be_bytes());
        block[4..].copy_from_slice(&self.person);
        let mut block = Array::from(block);
        self.cipher.encrypt_block(&mut block);
        Name(block.into())
    }

    /// The entry of this person that is called so; there may be none of its number.
    pub fn entry(&self, name: Name) -> Option<EntryNumber> {
        let mut block = Array::from(name.0);
        self.cipher.decrypt_block(&mut block);
        let (number, person) = block.split_first_chunk::<4>()?;
        (person == self.person).then(|| EntryNumber::from_be_bytes(*number))
    }

    /// The entry of this person that a text names.
    pub fn read(&self, text: &str) -> Option<EntryNumber> {
        self.entry(text.parse().ok()?)
    }
}

/// Never the secret: debug output ends in logs.
impl fmt::Debug for EntryNames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EntryNames(…)")
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bits = u128::from_be_bytes(self.0);
        let text: String = (0..LENGTH).map(|place| char::from(sign(bits, place))).collect();
        f.write_str(&text)
    }
}

/// The sign at a place: the last has three bits, and two that say nothing.
fn sign(bits: u128, place: usize) -> u8 {
    let bits = if place + 1 == LENGTH { bits << 2 } else { bits >> (123 - 5 * place) };
    SIGNS[usize::from(bits.to_be_bytes()[BLOCK - 1] & 31)]
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Name({self})")
    }
}

impl FromStr for Name {
    type Err = NotAName;

    /// Reads the one spelling that each name has.
    fn from_str(text: &str) -> Result<Self, NotAName> {
        if text.len() != LENGTH {
            return Err(NotAName);
        }
        let mut bits: u128 = 0;
        for (place, byte) in text.bytes().enumerate() {
            let value = SIGNS.iter().position(|sign| *sign == byte).ok_or(NotAName)? as u128;
            if place + 1 == LENGTH {
                if value & 3 != 0 {
                    return Err(NotAName);
                }
                bits = bits << 3 | value >> 2;
            } else {
                bits = bits << 5 | value;
            }
        }
        Ok(Self(bits.to_be_bytes()))
    }
}

impl<S> FromRequestParts<S> for AtEntry
where
    Names: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let named = Path::<(PersonId, String)>::from_request_parts(parts, state).await;
        let Path((person, name)) = named.map_err(|_| Failure::NotFound)?;
        let entry =
            Names::from_ref(state).of_person(person).read(&name).ok_or(Failure::NotFound)?;
        Ok(Self(person, entry))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names(secret: [u8; 16]) -> Names {
        Names(Arc::new(Aes128::new(&Array::from(secret))))
    }

    fn person(number: u8) -> PersonId {
        PersonId::from_bytes([number; 16])
    }

    proptest! {
        #[test]
        fn a_name_leads_to_its_entry_in_its_story_alone(
            secret: [u8; 16], entry: u32, at in 0..26usize, other in 0..32usize,
        ) {
            let here = names(secret).of_person(person(1));
            let name = here.called(entry).to_string();
            prop_assert_eq!(name.len(), LENGTH);
            prop_assert_eq!(here.read(&name), Some(entry));
            prop_assert_eq!(names(secret).of_person(person(2)).read(&name), None);
            let mut tampered = name.clone().into_bytes();
            tampered[at] = SIGNS[other];
            let tampered = String::from_utf8(tampered).unwrap();
            if tampered != name {
                prop_assert_eq!(here.read(&tampered), None, "{}", tampered);
            }
            prop_assert_eq!(here.read(&name.to_uppercase()), None, "it has one spelling");
        }

        #[test]
        fn names_in_their_own_order_say_nothing_of_the_order_of_entries(secret: [u8; 16]) {
            // Of 64 entries in a row, the names stand sorted with a chance of one in 64!; that three in
            // four neighbours rise has one in thousands.
            let here = names(secret).of_person(person(1));
            let called: Vec<String> = (1..=64).map(|entry| here.called(entry).to_string()).collect();
            let rising = called.windows(2).filter(|pair| pair[0] < pair[1]).count();
            prop_assert!((12..=52).contains(&rising), "{rising} of 63");
        }
    }

    #[test]
    fn what_is_no_name_is_none() {
        let here = names([7; 16]).of_person(person(1));
        for text in ["", "3", "99999999999", &"a".repeat(26), &"a".repeat(25), &"é".repeat(13)] {
            assert_eq!(here.read(text), None, "{text}");
        }
    }
}
