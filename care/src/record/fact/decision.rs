//! What was decided on an assessment, by whom and with what authority: eligibility, the checklist,
//! capacity, lawful authority, decisions by the person or for them, and risks that were talked about.

use std::collections::{BTreeMap, BTreeSet};

use law::choices;
use law::day::Day;
use law::{chc, eligibility};
use serde::{Deserialize, Serialize};

use super::letter::LetterDue;
use crate::record::ids::EntryNumber;

/// One line of a working that found something other than an amount, as it stood when it was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptFinding {
    /// Its code.
    pub code: String,
    /// What was looked at.
    pub label: String,
    /// What was found.
    pub finding: String,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub because: String,
    /// The rule.
    pub cite: String,
    /// Whether the rule is from memory, and was read by nobody.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unverified: bool,
}

/// Something that follows, as it stood when it was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptDuty {
    /// Its code.
    pub code: String,
    /// What must or may be done.
    pub says: String,
    /// The rule.
    pub cite: String,
    /// Whether the rule is from memory, and was read by nobody.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unverified: bool,
}

/// Whether somebody's needs are eligible was determined (Care Act 2014 s13).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EligibilityDecided {
    /// What was found and judged, with the reasons.
    pub case: eligibility::Case,
    /// What it comes to.
    pub determination: eligibility::Determination,
    /// The eligible needs, by outcome; a carer's health is `health-at-risk`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub eligible_needs: Vec<String>,
    /// Those that a carer is willing and able to meet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub met_by_carer: Vec<String>,
    /// Those that are left for the council to meet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to_meet: Vec<String>,
    /// The working, kept as it was.
    pub working: Vec<KeptFinding>,
    /// What the council must or may do next.
    pub follows: Vec<KeptDuty>,
    /// The writings of the assessment that it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rests_on: Vec<EntryNumber>,
    /// What the person is told besides: where nothing is eligible, what can help instead (s13(5)).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// The letter that tells the person: whose work it is, and by when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<LetterDue>,
}

/// The Checklist of NHS continuing healthcare was done, or it was decided not to, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChcConsidered {
    /// What was marked, or why nothing was.
    pub case: chc::Case,
    /// How the marks stand to the threshold, where there are marks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threshold: Option<chc::Threshold>,
    /// The entry that began the form it was marked in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occasion: Option<EntryNumber>,
    /// The working, kept as it was.
    pub working: Vec<KeptFinding>,
    /// What is to be done or thought of next.
    pub follows: Vec<KeptDuty>,
    /// The questions it leaves open, such as when the board received it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asks: Vec<String>,
    /// What else to know.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// The day by which it is thought of again, or the board’s decision asked after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again_by: Option<Day>,
    /// The letter that tells the person: whose work it is, and by when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<LetterDue>,
}

choices! {
    /// What somebody must be able to do to make a decision (Mental Capacity Act 2005 s3(1)).
    Ability {
        Understand "understand" "Understand what matters for the decision",
        Retain "retain" "Keep it in mind for long enough",
        Weigh "weigh" "Use it and weigh it up",
        /// Tell what they decide.
        Communicate "communicate" "Tell what they decide, by any means",
    }
}

choices! {
    /// What a decision is about. Some decisions nobody makes for another (ss27–29: marriage, sexual
    /// relations, voting): they have no place here.
    Matter {
        /// Treatment.
        Treatment "treatment" "Medical treatment",
        Care "care" "Care and support",
        Residence "residence" "Where to live",
        Contact "contact" "Whom to see",
        Information "information" "Who is told what",
        Money "money" "Property and money",
        /// Benefits.
        Benefits "benefits" "Benefits from the state",
    }
}

/// Whether somebody has an ability, and what shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Whether they have it.
    pub able: bool,
    /// What they said or did.
    pub seen: String,
}

choices! {
    /// What a capacity assessment comes to.
    Conclusion {
        /// They can decide.
        Has "has-capacity" "They have capacity for this decision",
        /// They cannot.
        Lacks "lacks-capacity" "They lack capacity for this decision",
    }
}

/// Capacity was assessed, for one decision at one time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapacityAssessed {
    /// The decision, in words.
    pub decision: String,
    /// What it is about.
    pub matter: Matter,
    /// What was done to help the person decide.
    pub support: String,
    /// The four abilities, looked at first.
    pub abilities: BTreeMap<Ability, Shown>,
    /// Where one is missing: the impairment that causes it, and how; None where none does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
    /// What it comes to: it follows from the rest.
    pub conclusion: Conclusion,
    /// Until when it can be relied on, where they lack capacity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub good_until: Option<Day>,
    /// The entry that began the form in which it was written down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occasion: Option<EntryNumber>,
    /// What else to know.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// The letter that tells the person: whose work it is, and by when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<LetterDue>,
}

/// What causes somebody to be unable to decide (s2(1)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    /// The impairment of, or disturbance in the functioning of, the mind or brain.
    pub impairment: String,
    /// How it causes what was found.
    pub how: String,
}

choices! {
    /// The kinds of lawful authority to decide or act for somebody.
    AuthorityKind {
        LpaHealth "lpa-health" "Lasting power of attorney for health and welfare",
        LpaProperty "lpa-property" "Lasting power of attorney for property and money",
        /// Enduring power of attorney, made before October 2007.
        Enduring "enduring-power" "Enduring power of attorney",
        /// Deputy for welfare.
        DeputyWelfare "deputy-welfare" "Court-appointed deputy for welfare",
        DeputyProperty "deputy-property" "Court-appointed deputy for property and money",
        Court "court-order" "Order of the Court of Protection",
        Appointee "appointee" "Appointee for benefits",
        /// An authorisation under the Deprivation of Liberty Safeguards.
        Liberty "deprivation-of-liberty" "Authorised deprivation of liberty",
    }
}

impl AuthorityKind {
    /// Whether it must be registered with the Office of the Public Guardian before it is used for
    /// somebody who lacks capacity.
    pub const fn is_registered(self) -> bool {
        matches!(self, Self::LpaHealth | Self::LpaProperty | Self::Enduring)
    }
}

/// Lawful authority to decide or act for the person was seen and recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorityRecorded {
    /// What kind.
    pub authority: AuthorityKind,
    /// Who holds it; for an order or an authorisation, who made it.
    pub holder: String,
    /// What it is about.
    pub scope: BTreeSet<Matter>,
    /// The limits and conditions that stand in it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub limits: String,
    /// The first day on which it holds.
    pub from: Day,
    /// The last, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// The document, and its number.
    pub document: String,
    /// When whoever recorded this saw it.
    pub seen_on: Day,
    /// When it was registered with the Office of the Public Guardian, where it must be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registered_on: Option<Day>,
}

/// Authority came to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorityEnded {
    /// The entry that recorded it.
    pub authority: EntryNumber,
    /// The last day on which it held.
    pub last_day: Day,
    /// Why.
    pub why: String,
}

/// By whom a decision was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum Made {
    /// By the person.
    Person {
        /// Whether others think it unwise: theirs all the same (s1(4)).
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        unwise: bool,
    },
    /// For the person, by who holds authority.
    Holder {
        /// The entry in which they were found to lack capacity for it.
        capacity: EntryNumber,
        /// The entry of the authority.
        authority: EntryNumber,
    },
    /// For the person, in their best interests (ss4–5).
    BestInterests {
        /// The entry in which they were found to lack capacity for it.
        capacity: EntryNumber,
    },
}

impl Default for Made {
    fn default() -> Self {
        Self::Person { unwise: false }
    }
}

impl Made {
    /// Whether it was made by the person, and nobody thinks it unwise.
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

/// A decision of the person's was made, by them or for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionMade {
    /// The decision that was to be made.
    pub decision: String,
    /// What it is about.
    pub matter: Matter,
    /// What was decided.
    pub decided: String,
    /// By whom.
    pub made: Made,
    /// What was gone by, where it was made for the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interests: Option<Interests>,
    /// The day by which it is looked at again, where it was made for the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_by: Option<Day>,
    /// The letter that tells the person: whose work it is, and by when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<LetterDue>,
}

/// What a decision in somebody's best interests goes by (s4).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Interests {
    /// What the person wants now and wanted before, and what would weigh with them.
    pub wishes: String,
    /// Who was asked, and what they said.
    pub consulted: String,
    /// The choices that were there.
    pub options: String,
    /// Why this one, and how it is the one that restricts them least.
    pub least: String,
    /// Whether they are under continuous supervision and control, and not free to leave.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deprives: bool,
    /// Whether there is nobody right to ask who is not paid to care for them (ss37–39).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nobody_to_ask: bool,
}

choices! {
    /// How likely somebody thinks something is.
    Likelihood {
        Unlikely "unlikely" "Unlikely",
        Possible "possible" "Possible",
        Likely "likely" "Likely",
        Sure "sure" "Almost sure",
    }
}

choices! {
    /// How bad somebody thinks it would be.
    Harm {
        Slight "slight" "A nuisance",
        Moderate "moderate" "It would set me or them back",
        Serious "serious" "Serious",
        /// Their life, or for good.
        Severe "severe" "A danger to life, or harm for good",
    }
}

/// How somebody sees a risk.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct View {
    /// How likely; None where they would not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likelihood: Option<Likelihood>,
    /// How bad.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub harm: Option<Harm>,
    /// In their words.
    pub words: String,
}

/// A risk was talked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RiskTalked {
    /// The decision it is about: whether to go out alone.
    pub decision: String,
    /// What could happen.
    pub what: String,
    /// What it is worth to the person.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub worth: String,
    /// As the person sees it.
    pub person: View,
    /// As the professional sees it.
    pub professional: View,
    /// What is done about it.
    pub done: String,
    /// What was chosen.
    pub choice: String,
    /// By whom.
    pub made: Made,
    /// The day by which it is talked about again.
    pub review_by: Day,
    /// The entry of the talk before about the same risk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<EntryNumber>,
    /// The letter that tells the person: whose work it is, and by when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<LetterDue>,
}
