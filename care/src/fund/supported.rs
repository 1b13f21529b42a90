//! A supported person as the policy laboratory sees them: their case, and the few things by which a
//! change must not fall unfairly.

use law::charging::{BenefitLevel, Case};
use law::choices;
use law::pence::Pence;
use serde::{Deserialize, Serialize};

/// A person who is charged for their care, or might be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Supported {
    /// Who, in whatever form the file has it; it is never printed.
    #[serde(default)]
    pub id: String,
    /// By what the change is looked at.
    #[serde(default)]
    pub about: About,
    /// Their means and care.
    pub case: Case,
    /// What they pay a week by the books that the case was taken from, where those say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pays: Option<Pence>,
}

/// By what a change is looked at. Age and benefit, where they are left out, are those of the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct About {
    /// Age in whole years.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age: Option<u8>,
    /// Why they are supported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub support_reason: Option<SupportReason>,
    /// Ethnic category.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ethnicity: Option<Ethnicity>,
    /// The level of their disability benefit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disability_benefit: Option<DisabilityBenefit>,
}

/// Why someone is supported: the primary support reasons of Client Level Data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SupportReason {
    /// Getting about, or personal care.
    Physical,
    /// Sight, hearing or both.
    Sensory,
    /// Memory and cognition.
    MemoryAndCognition,
    /// A learning disability.
    LearningDisability,
    /// Mental health.
    MentalHealth,
    /// Social support: isolation, substance misuse, caring.
    Social,
}

/// The level of the disability benefit in payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DisabilityBenefit {
    /// None.
    None,
    /// DLA care, lowest.
    Lowest,
    /// Attendance Allowance lower, PIP standard, DLA care middle.
    Lower,
    /// Attendance Allowance higher, PIP enhanced, DLA care highest.
    Higher,
}

/// An ethnic category: a letter of the NHS Data Dictionary (2001), `A` to `S`, or `Z` not stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "char")]
pub struct Ethnicity(char);

/// A text that should have been an ethnic category, and was not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("‘{0}’ is not an ethnic category: write its letter, A to S, or Z where it was not stated")]
pub struct NotAnEthnicity(String);

impl TryFrom<String> for Ethnicity {
    type Error = NotAnEthnicity;

    fn try_from(text: String) -> Result<Self, NotAnEthnicity> {
        let mut letters = text.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) if "ABCDEFGHJKLMNPRSZ".contains(letter) => Ok(Self(letter)),
            _ => Err(NotAnEthnicity(text)),
        }
    }
}

impl From<Ethnicity> for char {
    fn from(ethnicity: Ethnicity) -> Self {
        ethnicity.0
    }
}

choices! {
    /// One of the ways in which people are grouped to see whether a change falls unfairly.
    Dimension {
        Age "age" "Age",
        SupportReason "support-reason" "Support reason",
        /// The Data Dictionary's headings over its categories.
        Ethnicity "ethnicity" "Ethnic group",
        /// The level of it.
        DisabilityBenefit "disability-benefit" "Disability benefit",
    }
}

impl Dimension {
    /// Its groups, in the order in which they are shown.
    pub const fn groups(self) -> &'static [&'static str] {
        match self {
            Self::Age => {
                &["18 to 24", "25 to 44", "45 to 65", "66 to 74", "75 to 84", "85 and over"]
            }
            Self::SupportReason => &[
                "Physical support",
                "Sensory support",
                "Memory and cognition",
                "Learning disability",
                "Mental health",
                "Social support",
                "Not stated",
            ],
            Self::Ethnicity => &[
                "White",
                "Mixed",
                "Asian or Asian British",
                "Black or Black British",
                "Other",
                "Not stated",
            ],
            Self::DisabilityBenefit => &["None", "Lowest", "Lower", "Higher"],
        }
    }

    /// The group a person is in: its place in [`Dimension::groups`].
    pub(super) fn group_of(self, person: &Supported) -> usize {
        let (about, case) = (&person.about, &person.case);
        match self {
            Self::Age => {
                let known = || case.person.born.age_on(case.as_of).unwrap_or(0);
                match about.age.unwrap_or_else(known) {
                    0..25 => 0,
                    25..45 => 1,
                    45..66 => 2,
                    66..75 => 3,
                    75..85 => 4,
                    _ => 5,
                }
            }
            Self::SupportReason => match about.support_reason {
                Some(SupportReason::Physical) => 0,
                Some(SupportReason::Sensory) => 1,
                Some(SupportReason::MemoryAndCognition) => 2,
                Some(SupportReason::LearningDisability) => 3,
                Some(SupportReason::MentalHealth) => 4,
                Some(SupportReason::Social) => 5,
                None => 6,
            },
            Self::Ethnicity => match about.ethnicity.map(char::from) {
                Some('A'..='C') => 0,
                Some('D'..='G') => 1,
                Some('H'..='L') => 2,
                Some('M'..='P') => 3,
                Some('R' | 'S') => 4,
                _ => 5,
            },
            Self::DisabilityBenefit => {
                match about.disability_benefit.unwrap_or_else(|| benefit_of(case)) {
                    DisabilityBenefit::None => 0,
                    DisabilityBenefit::Lowest => 1,
                    DisabilityBenefit::Lower => 2,
                    DisabilityBenefit::Higher => 3,
                }
            }
        }
    }
}

/// The highest level of disability benefit among the income of a case.
fn benefit_of(case: &Case) -> DisabilityBenefit {
    let paid = case.income.iter().filter(|income| !income.amount.is_nothing());
    match paid.filter_map(|income| income.kind.level).max() {
        None => DisabilityBenefit::None,
        Some(BenefitLevel::Lowest) => DisabilityBenefit::Lowest,
        Some(BenefitLevel::Lower) => DisabilityBenefit::Lower,
        Some(BenefitLevel::Higher) => DisabilityBenefit::Higher,
    }
}
