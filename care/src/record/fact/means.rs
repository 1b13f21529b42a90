//! What a person has and what they pay: asked for, stated, decided.

use law::charging::{Basis, Case, Why};
use law::day::Day;
use law::pence::Pence;
use serde::{Deserialize, Serialize};

use super::super::ids::{EntryNumber, TeamId};
use super::letter::LetterDue;

/// A financial assessment was asked for (Care Act 2014 s17).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeansAsked {
    /// The day the person was told that a charge may be made: none can begin before it.
    pub told_on: Day,
    /// What the person was told, and what to know of them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// The team that is to do it.
    pub to: TeamId,
    /// The day by which the place promises it.
    pub due: Day,
}

/// Who says what the means are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stated {
    /// The person.
    ByPerson,
    /// Somebody with lawful authority to act for the person about money.
    ByRepresentative,
    /// An officer, as the draft of an assessment.
    AsDraft,
}

/// A list of somebody's means that evidence is seen for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MeansList {
    /// What comes in.
    Income,
    /// What is saved or owned.
    Capital,
    /// What the home costs.
    Housing,
    /// What the disability costs.
    Dre,
}

/// Evidence that an officer saw for one row of the means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceSeen {
    /// In which list of the case the row stands.
    pub list: MeansList,
    /// Which row of it, from 0.
    pub row: usize,
    /// What was seen: “Bank statement to 3 November”.
    pub what: String,
}

/// Somebody said what the person's means are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeansStated {
    /// Who says it.
    pub stated: Stated,
    /// The means, from the day of the case.
    pub case: Case,
    /// The evidence that was seen, row by row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seen: Vec<EvidenceSeen>,
    /// What else to know.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// For a draft: the team whose second pair of eyes decides, and by when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decide: Option<(TeamId, Day)>,
}

/// One line of a working, as it stood when it was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptLine {
    /// Its code.
    pub code: String,
    /// What it is.
    pub label: String,
    /// The amount; below nothing where something is taken off.
    #[serde(with = "law::pence::signed")]
    pub amount: Pence,
    /// How it was worked out.
    pub formula: String,
    /// The rule.
    pub cite: String,
}

/// What a charge was decided on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// An officer's draft, by the entry that holds it.
    Draft(EntryNumber),
    /// The rates of a new financial year, such as 2026-27.
    NewRates(String),
    /// It was decided before the place used Kith, and brought in.
    BroughtIn,
}

/// A day on which a charge changes by what is known already: twelve weeks end, a birthday comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargeTurn {
    /// The first day of the new charge.
    pub from: Day,
    /// What the person pays a week from then.
    pub charge: Pence,
    /// Why.
    pub why: Vec<Why>,
}

/// What the person pays was decided. It holds from its day until the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargeDecided {
    /// What it was decided on.
    pub ground: Ground,
    /// The change of circumstances, by the entry of its draft, that this decision about later days
    /// follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<EntryNumber>,
    /// The means it rests on; the day of the case is the first on which it holds.
    pub case: Case,
    /// What the person pays a week.
    pub charge: Pence,
    /// When it changes by itself, until the end of the financial year.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<ChargeTurn>,
    /// What the care costs a week.
    pub full_cost: Pence,
    /// How it came about.
    pub basis: Basis,
    /// The version of the place's charging policy.
    pub policy: String,
    /// The working, kept as it was: figures corrected later do not change it.
    pub working: Vec<KeptLine>,
    /// The figures of the law that nobody had checked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unverified: Vec<String>,
    /// What the person is told besides.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// The letter that tells the person: whose work it is, and by when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<LetterDue>,
}

impl ChargeDecided {
    /// The first day on which it holds.
    pub fn from(&self) -> Day {
        self.case.as_of
    }

    /// What it comes to a week on a day from its first on.
    pub fn weekly_on(&self, day: Day) -> Pence {
        self.turned(day).map_or(self.charge, |turn| turn.charge)
    }

    /// Since when it has come to that.
    pub fn since(&self, day: Day) -> Day {
        self.turned(day).map_or(self.from(), |turn| turn.from)
    }

    fn turned(&self, day: Day) -> Option<&ChargeTurn> {
        self.later.iter().rev().find(|turn| turn.from <= day)
    }
}
