//! Identifiers, one type for each kind of thing, so that one cannot stand for another.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Where an entry stands in its person's story: 1 for the first.
pub type EntryNumber = u32;

/// A text that should have been an identifier, and was not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("‘{0}’ is not an identifier of the right form")]
pub struct NotAnId(pub String);

macro_rules! uuid_kind {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Takes a number made elsewhere: this crate has no chance in it.
            pub fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// From its bytes, in network order.
            pub fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }

            /// The bytes, in network order.
            pub fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0.hyphenated())
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            /// Reads the hyphenated form only, so that each id has one spelling.
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let id = Uuid::try_parse(text).map(Self).map_err(|_| NotAnId(text.to_owned()))?;
                if text.len() == 36 { Ok(id) } else { Err(NotAnId(text.to_owned())) }
            }
        }
    };
}

uuid_kind! {
    /// A person: a resident, a carer, someone a contact is about.
    PersonId
}
uuid_kind! {
    /// Someone who signs in.
    UserId
}
uuid_kind! {
    /// One run of a criterion over the register.
    RunId
}

uuid_kind! {
    /// A link between a carer and the person they care for.
    LinkId
}

uuid_kind! {
    /// A note of practice worth sharing.
    NoteId
}

impl PersonId {
    /// The person that a record in a source system is about.
    ///
    /// The same record always gives the same person, so an import can be repeated, and a Condition
    /// can be laid with its person without asking the store.
    pub fn of_source(system: &str, id: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"kith person\0");
        hash.update(system.as_bytes());
        hash.update([0]);
        hash.update(id.as_bytes());
        let digest: [u8; 32] = hash.finalize().into();
        let mut bytes = [0u8; 16];
        bytes.copy_from_slice(&digest[..16]);
        Self(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }
}

macro_rules! code_kind {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes the code as it is written in its source.
            pub fn new(code: impl Into<String>) -> Self {
                Self(code.into())
            }

            /// The code as written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

code_kind! {
    /// An organisation: its ODS code where it has one, otherwise the place's own short name.
    OrganisationId
}
code_kind! {
    /// A team, by the place's own short name (`policy/places/teams.toml`).
    TeamId
}
code_kind! {
    /// A role, by its name in `policy/access/roles.toml`.
    RoleId
}

code_kind! {
    /// A form, by its id in `policy/forms`.
    FormId
}
code_kind! {
    /// A section, by its id in its form.
    SectionId
}
code_kind! {
    /// A question, by its id in its section.
    QuestionId
}

/// A ten-digit NHS number whose check digit is right (NHS Data Dictionary: NHS NUMBER).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NhsNumber(u64);

/// Why a text is not an NHS number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAnNhsNumber {
    /// It does not have ten digits.
    #[error("an NHS number has 10 digits")]
    Length,
    /// The tenth digit does not agree with the others (modulus 11).
    #[error("the last digit of the NHS number does not fit the others; one digit may be mistyped")]
    CheckDigit,
}

impl NhsNumber {
    /// Reads ten digits, with or without the usual spaces or hyphens.
    pub fn parse(text: &str) -> Result<Self, NotAnNhsNumber> {
        let mut number = 0u64;
        let mut digits = 0u32;
        let mut weighted = 0u64;
        for character in text.chars().filter(|c| !matches!(c, ' ' | '-')) {
            let digit = u64::from(character.to_digit(10).ok_or(NotAnNhsNumber::Length)?);
            if digits == 10 {
                return Err(NotAnNhsNumber::Length);
            }
            weighted += digit * u64::from(10u32.saturating_sub(digits));
            number = number * 10 + digit;
            digits += 1;
        }
        if digits != 10 {
            return Err(NotAnNhsNumber::Length);
        }
        // The check digit was added with weight 1 (10 − 9), so the whole sum divides by 11.
        if weighted.is_multiple_of(11) { Ok(Self(number)) } else { Err(NotAnNhsNumber::CheckDigit) }
    }

    /// The number as an integer below 10^10.
    pub fn number(self) -> u64 {
        self.0
    }

    /// As people read it aloud: “999 123 4567”.
    pub fn spaced(self) -> String {
        let digits = self.to_string();
        format!("{} {} {}", &digits[..3], &digits[3..6], &digits[6..])
    }
}

impl fmt::Display for NhsNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:010}", self.0)
    }
}

/// Never the number itself: debug output ends in logs.
impl fmt::Debug for NhsNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NhsNumber(…)")
    }
}

impl Serialize for NhsNumber {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for NhsNumber {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(from)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nhs_numbers_are_checked() {
        assert_eq!(NhsNumber::parse("943 476 5919").unwrap().to_string(), "9434765919");
        assert_eq!(NhsNumber::parse("9000000009").unwrap().spaced(), "900 000 0009");
        assert_eq!(NhsNumber::parse("9434765918"), Err(NotAnNhsNumber::CheckDigit));
        for text in ["", "943476591", "94347659190", "943476591X", "١٢٣٤٥٦٧٨٩٠"] {
            assert_eq!(NhsNumber::parse(text), Err(NotAnNhsNumber::Length), "{text}");
        }
    }

    #[test]
    fn a_source_record_is_always_the_same_person() {
        let one = PersonId::of_source("emis", "a1");
        assert_eq!(one, PersonId::of_source("emis", "a1"));
        assert_ne!(one, PersonId::of_source("emis", "a2"));
        assert_ne!(PersonId::of_source("a", "bc"), PersonId::of_source("ab", "c"));
        assert_eq!(one.to_string().parse::<PersonId>().unwrap(), one);
        assert!("550e8400e29b41d4a716446655440000".parse::<PersonId>().is_err());
    }
}
