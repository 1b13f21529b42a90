//! Closed lists of the law: each has a code for programs and a name for people.

/// Declares an enum whose cases have a code and a name; it is read and written by its code.
macro_rules! coded {
    ($(#[$meta:meta])* $name:ident { $($case:ident = $code:literal, $label:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = $label] $case,)+
        }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$case,)+];
            /// Their codes, in the same order.
            pub const CODES: &[&str] = &[$($code,)+];

            /// A stable code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$case => $code,)+ }
            }

            /// Its name, in plain English.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$case => $label,)+ }
            }

            /// The one with this code.
            pub fn named(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$case),)+ _ => None }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.code())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let code = std::borrow::Cow::<str>::deserialize(from)?;
                Self::named(&code)
                    .ok_or_else(|| serde::de::Error::unknown_variant(&code, Self::CODES))
            }
        }
    };
}

pub(crate) use coded;

/// What is wrong with a case, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {why}")]
pub struct Problem {
    /// The field: `outcomes[1].unable[0]`.
    pub field: String,
    /// What stands there, and what is allowed.
    pub why: String,
}

impl Problem {
    pub(crate) fn new(field: impl Into<String>, why: impl Into<String>) -> Self {
        Self { field: field.into(), why: why.into() }
    }
}

/// Whether a text says something.
pub(crate) fn says(text: Option<&String>) -> bool {
    text.is_some_and(|text| !text.trim().is_empty())
}
