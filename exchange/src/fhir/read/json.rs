//! The parts of FHIR's JSON that are read, borrowed from the line where they can be.
//!
//! What is not named here is passed over, but must be JSON. A named part of the wrong kind (a
//! number where a text belongs), or named twice, makes the whole resource unreadable.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserialize, Deserializer, Visitor};

/// A text; borrowed unless it has escapes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Text<'a>(pub Cow<'a, str>);

impl Text<'_> {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Texts;
        impl<'de> Visitor<'de> for Texts {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }
        from.deserialize_str(Texts)
    }
}

/// Makes structs all of whose parts may be missing or null.
macro_rules! parts {
    ($($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $field:ident: $kind:ty,)+ })+) => { $(
        $(#[$doc])*
        #[derive(Debug, Default, serde::Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub(super) struct $name<'a> {
            $($(#[$about])* #[serde(borrow, default)] pub $field: Option<$kind>,)+
        }
    )+ };
}

parts! {
    /// Any resource or entry, to tell its type.
    Head { resource_type: Text<'a>, }
    Coding { system: Text<'a>, code: Text<'a>, display: Text<'a>, }
    Concept { coding: Vec<Option<Coding<'a>>>, text: Text<'a>, }
    Period { start: Text<'a>, end: Text<'a>, }
    Reference { reference: Text<'a>, identifier: Identifier<'a>, }
    Identifier {
        system: Text<'a>,
        value: Text<'a>,
        period: Period<'a>,
        extension: Vec<Extension<'a>>,
    }
    Meta { last_updated: Text<'a>, security: Vec<Option<Coding<'a>>>, }
    HumanName {
        r#use: Text<'a>,
        text: Text<'a>,
        family: Text<'a>,
        given: Vec<Option<Text<'a>>>,
        period: Period<'a>,
    }
    Telecom { system: Text<'a>, value: Text<'a>, r#use: Text<'a>, }
    Address {
        r#use: Text<'a>,
        text: Text<'a>,
        line: Vec<Option<Text<'a>>>,
        city: Text<'a>,
        district: Text<'a>,
        postal_code: Text<'a>,
        extension: Vec<Extension<'a>>,
    }
    Organization {
        #[expect(dead_code, reason = "read so that naming it twice is an error")]
        resource_type: Text<'a>,
        id: Text<'a>,
        meta: Meta<'a>,
        identifier: Vec<Option<Identifier<'a>>>,
        name: Text<'a>,
    }
    PractitionerRole {
        #[expect(dead_code, reason = "read so that naming it twice is an error")]
        resource_type: Text<'a>,
        id: Text<'a>,
        practitioner: Reference<'a>,
        organization: Reference<'a>,
    }
    Condition {
        #[expect(dead_code, reason = "read so that naming it twice is an error")]
        resource_type: Text<'a>,
        id: Text<'a>,
        meta: Meta<'a>,
        clinical_status: Concept<'a>,
        verification_status: Concept<'a>,
        code: Concept<'a>,
        subject: Reference<'a>,
        onset_date_time: Text<'a>,
        onset_period: Period<'a>,
        abatement_date_time: Text<'a>,
        abatement_period: Period<'a>,
        recorded_date: Text<'a>,
    }
    /// An entry of a Bundle.
    BundleEntry { full_url: Text<'a>, resource: &'a serde_json::value::RawValue, }
    Bundle { entry: Vec<&'a serde_json::value::RawValue>, }
}

/// An extension, as far as the ones we read go.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Extension<'a> {
    #[serde(borrow, default)]
    pub url: Option<Text<'a>>,
    #[serde(borrow, default)]
    pub value_codeable_concept: Option<Concept<'a>>,
    #[serde(borrow, default)]
    pub value_string: Option<Text<'a>>,
    #[serde(default)]
    pub value_boolean: Option<bool>,
}

/// A language someone speaks.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Communication<'a> {
    #[serde(borrow, default)]
    pub language: Option<Concept<'a>>,
    #[serde(default)]
    pub preferred: Option<bool>,
}

/// A link to another Patient.
#[derive(Debug, Default, serde::Deserialize)]
pub(super) struct Link<'a> {
    #[serde(borrow, default)]
    pub other: Option<Reference<'a>>,
    #[serde(borrow, default)]
    pub r#type: Option<Text<'a>>,
}

/// A Patient.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Patient<'a> {
    #[expect(dead_code, reason = "read so that naming it twice is an error")]
    #[serde(borrow, default)]
    pub resource_type: Option<Text<'a>>,
    #[serde(borrow, default)]
    pub id: Option<Text<'a>>,
    #[serde(borrow, default)]
    pub meta: Option<Meta<'a>>,
    #[serde(default)]
    pub active: Option<bool>,
    #[serde(borrow, default)]
    pub extension: Option<Vec<Extension<'a>>>,
    #[serde(borrow, default)]
    pub identifier: Option<Vec<Option<Identifier<'a>>>>,
    #[serde(borrow, default)]
    pub name: Option<Vec<Option<HumanName<'a>>>>,
    #[serde(borrow, default)]
    pub telecom: Option<Vec<Option<Telecom<'a>>>>,
    #[serde(borrow, default)]
    pub gender: Option<Text<'a>>,
    #[serde(borrow, default)]
    pub birth_date: Option<Text<'a>>,
    #[serde(default)]
    pub deceased_boolean: Option<bool>,
    #[serde(borrow, default)]
    pub deceased_date_time: Option<Text<'a>>,
    #[serde(borrow, default)]
    pub address: Option<Vec<Option<Address<'a>>>>,
    #[serde(borrow, default)]
    pub communication: Option<Vec<Option<Communication<'a>>>>,
    #[serde(borrow, default)]
    pub general_practitioner: Option<Vec<Option<Reference<'a>>>>,
    #[serde(borrow, default)]
    pub link: Option<Vec<Option<Link<'a>>>>,
}

/// The text of a part, or an empty one.
#[expect(clippy::ref_option, reason = "parts are fields that may be missing")]
pub(super) fn text<'t>(part: &'t Option<Text<'_>>) -> &'t str {
    part.as_ref().map_or("", |text| text.as_str())
}

/// The members of a list that are there.
#[expect(clippy::ref_option, reason = "parts are fields that may be missing")]
pub(super) fn each<T>(list: &Option<Vec<Option<T>>>) -> impl Iterator<Item = &T> {
    list.iter().flatten().flatten()
}

/// `meta.lastUpdated`, or an empty text.
pub(super) fn last_updated<'t>(meta: Option<&'t Meta<'_>>) -> &'t str {
    meta.map_or("", |meta| text(&meta.last_updated))
}

/// Why a text could not be read, for a person to act on.
pub(super) fn why(error: &serde_json::Error) -> String {
    use serde_json::error::Category;
    let at = error.column();
    match error.classify() {
        Category::Eof => format!(
            "the resource ends in the middle, after {at} characters: the file may have been cut \
             short; send it again"
        ),
        Category::Data => {
            format!("a part of the resource has the wrong form: {error}; correct it at the source")
        }
        _ => format!("this is not valid JSON: {error}"),
    }
}
