//! The register of residents: a feed from the coded records of GP surgeries.
//!
//! It is not a set of stories. It holds what the feed says, no more, and is replaced when the feed
//! says otherwise. A story begins when someone starts to work with a person.

use law::choices;
use law::day::{Day, PartialDay};

use crate::record::fact::Identity;
use crate::record::ids::{NhsNumber, PersonId};
use crate::record::moment::Moment;

/// A resident, as a source system describes them.
#[expect(clippy::struct_excessive_bools, reason = "each is a plain yes or no of its own")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resident {
    /// The person this record is about.
    pub person: PersonId,
    /// The source record: which system, and the record's id in it.
    pub source: Source,
    /// When the source last changed the record, if it says so.
    pub updated: Option<Moment>,
    /// NHS number, and how far it has been checked.
    pub nhs_number: Option<NhsNumber>,
    /// Whether the number was verified with the national service (NHS number status 01).
    pub nhs_verified: bool,
    /// Family name, as written.
    pub family: String,
    /// Given names, as written, parted by spaces.
    pub given: String,
    /// Date of birth, as far as known.
    pub born: Option<PartialDay>,
    /// Whether, and when, the person died.
    pub death: Death,
    /// Administrative gender (FHIR R4 `AdministrativeGender`).
    pub gender: Gender,
    /// Ethnic category, a code of the NHS Data Dictionary (`A` White British … `Z` not stated).
    pub ethnicity: Option<String>,
    /// Preferred language, a BCP 47 or NHS human-language code, as sent.
    pub language: Option<String>,
    /// Whether an interpreter is needed.
    pub interpreter: bool,
    /// Address in lines, without the postcode.
    pub address: Vec<String>,
    /// Postcode, as written.
    pub postcode: Option<String>,
    /// The small area the person lives in (ONS LSOA code), if the feed says.
    pub lsoa: Option<String>,
    /// Telephone, as written.
    pub telephone: Option<String>,
    /// ODS code of the GP practice where the person is registered.
    pub practice: Option<String>,
    /// The record is restricted (PDS confidentiality R or V): only the person's own team sees it.
    pub restricted: bool,
    /// The source no longer uses the record (FHIR `active` is false, or another record replaced
    /// it). It is kept, and the person is not counted among those registered.
    pub withdrawn: bool,
}

impl Resident {
    /// Who the person is.
    pub fn identity(&self) -> Identity {
        Identity {
            given: self.given.clone(),
            family: self.family.clone(),
            born: self.born,
            nhs_number: self.nhs_number,
            address: self.address.clone(),
            postcode: self.postcode.clone(),
            telephone: self.telephone.clone(),
        }
    }
}

/// A record in a source system.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Source {
    /// The system, by the name the place gives its feed.
    pub system: String,
    /// The record's id there (FHIR `Patient.id`).
    pub id: String,
}

/// Whether a person has died, as far as the record says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Death {
    /// Not that we know.
    Alive,
    /// On some day not recorded.
    Undated,
    /// On this day, as far as known.
    On(PartialDay),
}

impl Death {
    /// Whether the person had died by the end of a day. An undated death counts on every day; a
    /// partly known date counts from the first day it can be.
    pub fn by(self, day: Day) -> bool {
        match self {
            Self::Alive => false,
            Self::Undated => true,
            Self::On(when) => when.first() <= day,
        }
    }
}

choices! {
    /// Administrative gender (FHIR R4 value set `administrative-gender`).
    Gender {
        Female "female" "Female",
        Male "male" "Male",
        /// Neither of the two.
        Other "other" "Other",
        Unknown "unknown" "Not recorded",
    }
}

/// One coded record about a person: a FHIR Condition, reduced to what finding needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coded {
    /// The record's id in its source, hashed: the same record is always the same number. Only
    /// compared among one person's records.
    pub record: u64,
    /// SNOMED CT concept id (up to 18 digits).
    pub code: u64,
    /// When it began (FHIR `onset[x]`), as far as known.
    pub onset: Option<PartialDay>,
    /// When it was written down (FHIR `recordedDate`), as far as known.
    pub recorded: Option<PartialDay>,
    /// FHIR `clinicalStatus`.
    pub clinical: Clinical,
    /// FHIR `verificationStatus`.
    pub verification: Verification,
    /// When the source last changed it (FHIR `meta.lastUpdated`).
    pub updated: Option<Moment>,
}

impl Coded {
    /// The date the record speaks of: when it began, otherwise when it was written down.
    pub fn when(&self) -> Option<PartialDay> {
        self.onset.or(self.recorded)
    }
}

choices! {
    /// FHIR R4 value set `condition-clinical`.
    Clinical {
        /// Active now.
        Active "active" "active",
        Recurrence "recurrence" "back again",
        Relapse "relapse" "worse again",
        Inactive "inactive" "not active",
        /// Better, but may return.
        Remission "remission" "in remission",
        /// Gone.
        Resolved "resolved" "resolved",
        /// The record does not say.
        Unsaid "unsaid" "not said",
    }
}

choices! {
    /// FHIR R4 value set `condition-ver-status`.
    Verification {
        /// Sure.
        Confirmed "confirmed" "confirmed",
        /// Not yet sure.
        Unconfirmed "unconfirmed" "not yet confirmed",
        /// A working diagnosis.
        Provisional "provisional" "provisional",
        Differential "differential" "one of several possible",
        Refuted "refuted" "shown not to be so",
        /// Written by mistake.
        EnteredInError "entered-in-error" "entered by mistake",
        /// The record does not say.
        Unsaid "unsaid" "not said",
    }
}

/// A GP practice, as a feed describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Practice {
    /// ODS code.
    pub ods: String,
    /// Name, as written.
    pub name: String,
}
