//! Closed lists: each choice has a code for programs and plain words for people.

/// One of a closed list, for whoever shows or names any of them.
pub trait Listed: Copy {
    /// A stable code.
    fn code(self) -> &'static str;
    /// In plain words, for a page or a letter.
    fn in_words(self) -> &'static str;
}

/// Makes an enum whose cases each have a code, which is kept, posted and read, and plain words.
#[macro_export]
macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$case_doc:meta])* $case:ident $code:literal $plain:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $(#[doc = $plain] $(#[$case_doc])* $case,)+ }

        impl $name {
            /// Every choice, in the order they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$case),+];
            /// Their codes, in the same order.
            pub const CODES: &'static [&'static str] = &[$($code),+];

            /// A stable code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$case => $code),+ }
            }

            /// The choice with this code.
            pub fn named(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$case),)+ _ => None }
            }

            /// In plain words, for a page or a letter.
            pub const fn in_words(self) -> &'static str {
                match self { $(Self::$case => $plain),+ }
            }
        }

        impl $crate::choices::Listed for $name {
            fn code(self) -> &'static str {
                Self::code(self)
            }

            fn in_words(self) -> &'static str {
                Self::in_words(self)
            }
        }

        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.code())
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let code = std::borrow::Cow::<str>::deserialize(from)?;
                Self::named(&code)
                    .ok_or_else(|| $crate::serde::de::Error::unknown_variant(&code, Self::CODES))
            }
        }
    };
}
