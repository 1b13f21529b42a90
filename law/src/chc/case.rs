//! A case: what was marked in the national tools, by whom, and the dates that run.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::chc::codes::{
    ChecklistDomain, Clinician, Consent, Domain, Level, Mark, Occasion, Sector,
};
use crate::choices::Listed;
use crate::day::Day;
use crate::problem::Problem;

/// What is known of one person on one day. Each part is there if that tool was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Case {
    /// The day it is looked at.
    pub as_of: Day,
    /// Why continuing healthcare is thought of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub considered_because: Vec<Occasion>,
    /// Whether the person is in an acute hospital.
    #[serde(default)]
    pub in_acute_hospital: bool,
    /// Whether they have after-care under section 117 of the Mental Health Act 1983.
    #[serde(default)]
    pub section_117: bool,
    /// The Checklist.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checklist: Option<Checklist>,
    /// Why no Checklist is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checklist_not_done: Option<Reasoned>,
    /// The Decision Support Tool.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_support: Option<DecisionSupport>,
    /// The Fast Track Pathway Tool.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fast_track: Option<FastTrack>,
    /// Days from which a time runs.
    #[serde(default)]
    pub dates: Dates,
}

/// Something chosen for a reason.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Reasoned {
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who chose; the case, if nobody is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// A Checklist, as it was marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Checklist {
    /// The marks.
    pub levels: Marks<ChecklistDomain, Mark>,
    /// The day it was completed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed_on: Option<Day>,
    /// Who completed it; the case, if nobody is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// How the person’s agreement stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<Consent>,
    /// Whether the person, or someone for them, took part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person_involved: Option<bool>,
    /// The day they were given a copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy_given_on: Option<Day>,
    /// Why the practitioner refers although the threshold is not reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refer_anyway: Option<Reasoned>,
}

/// A Decision Support Tool, as a team completed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DecisionSupport {
    /// The levels, none above what the tool has for its domain.
    #[serde(deserialize_with = "levels")]
    pub levels: Marks<Domain, Level>,
    /// The team.
    #[serde(default)]
    pub team: Vec<Member>,
    /// Whether the council took part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub council_took_part: Option<bool>,
    /// What the team could not agree on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disagreement: Option<String>,
    /// What the team says of the nature of the needs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nature: Option<String>,
    /// Of their intensity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intensity: Option<String>,
    /// Of their complexity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complexity: Option<String>,
    /// Of their unpredictability.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unpredictability: Option<String>,
}

/// A member of the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Member {
    /// Their profession.
    pub profession: String,
    /// Where they work.
    pub sector: Sector,
}

/// A Fast Track Pathway Tool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FastTrack {
    /// Who completed it.
    pub clinician: Clinician,
    /// The day it was completed.
    pub completed_on: Day,
    /// The day the integrated care board received it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_on: Option<Day>,
    /// The day the care began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub care_began: Option<Day>,
}

/// Days from which a time runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Dates {
    /// The integrated care board received the Checklist, or other notice that care may be needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice_received: Option<Day>,
    /// The board decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided: Option<Day>,
    /// The person was told the decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told: Option<Day>,
    /// NHS-funded care began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub care_began: Option<Day>,
    /// It was last reviewed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_review: Option<Day>,
}

/// What was marked, domain by domain; each at most once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Marks<D: Ord, L>(pub BTreeMap<D, L>);

impl<D: Ord + Copy, L: Copy + PartialEq> Marks<D, L> {
    /// What was marked for a domain.
    pub fn get(&self, domain: D) -> Option<L> {
        self.0.get(&domain).copied()
    }

    /// The domains with this mark, in the order of the form.
    pub fn at(&self, mark: L) -> impl Iterator<Item = &D> {
        self.0.iter().filter(move |(_, level)| **level == mark).map(|(domain, _)| domain)
    }
}

impl<'de, D, L> Deserialize<'de> for Marks<D, L>
where
    D: Ord + Copy + Serialize + DeserializeOwned + Listed,
    L: DeserializeOwned,
{
    fn deserialize<F: Deserializer<'de>>(from: F) -> Result<Self, F::Error> {
        from.deserialize_map(Reader(PhantomData))
    }
}

struct Reader<D, L>(PhantomData<(D, L)>);

impl<'de, D, L> Visitor<'de> for Reader<D, L>
where
    D: Ord + Copy + DeserializeOwned + Listed,
    L: DeserializeOwned,
{
    type Value = Marks<D, L>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with a level for each domain")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Marks<D, L>, A::Error> {
        let mut marks = BTreeMap::new();
        while let Some(domain) = map.next_key::<D>()? {
            if marks.insert(domain, map.next_value()?).is_some() {
                return Err(A::Error::custom(format!("‘{}’ stands here twice", domain.code())));
            }
        }
        Ok(Marks(marks))
    }
}

/// Reads levels, of which none may be above what the tool has.
fn levels<'de, F: Deserializer<'de>>(from: F) -> Result<Marks<Domain, Level>, F::Error> {
    let marks = Marks::<Domain, Level>::deserialize(from)?;
    for (&domain, &level) in &marks.0 {
        if level > domain.most() {
            let allowed: Vec<&str> = Level::ALL
                .iter()
                .filter(|&&level| level <= domain.most())
                .map(|level| level.code())
                .collect();
            let why = format!(
                "‘{}’ is above what the tool has; there is: {}",
                level.code(),
                allowed.join(", ")
            );
            return Err(F::Error::custom(Problem::new(domain.code(), why)));
        }
    }
    Ok(marks)
}
