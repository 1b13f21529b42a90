//! What a review leaves: how the outcomes stand, what was decided, when the next one is; what brought
//! one forward; and enablement, the programme that ends in a decision.

use law::choices;
use law::day::Day;
use serde::{Deserialize, Serialize};

use super::letter::LetterDue;
use crate::record::ids::{EntryNumber, TeamId};

/// How far an outcome was reached, from two less than hoped (-2) over as hoped (0) to two more (+2):
/// goal attainment scaling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "i8", into = "i8")]
pub struct Attained(i8);

impl Attained {
    /// Every point, from the least.
    pub const ALL: [Self; 5] = [Self(-2), Self(-1), Self(0), Self(1), Self(2)];

    /// The point, from -2 to 2.
    pub const fn points(self) -> i8 {
        self.0
    }

    /// As people say it.
    pub const fn in_words(self) -> &'static str {
        match self.0 {
            ..=-2 => "Much less than hoped",
            -1 => "Less than hoped",
            0 => "As hoped",
            1 => "More than hoped",
            2.. => "Much more than hoped",
        }
    }

    /// Reads `points`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::try_from(text.parse::<i8>().ok()?).ok()
    }
}

/// A point that the scale does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not on the scale from -2 to 2")]
pub struct OffScale(i8);

impl TryFrom<i8> for Attained {
    type Error = OffScale;

    fn try_from(points: i8) -> Result<Self, OffScale> {
        if (-2..=2).contains(&points) { Ok(Self(points)) } else { Err(OffScale(points)) }
    }
}

impl From<Attained> for i8 {
    fn from(attained: Attained) -> Self {
        attained.0
    }
}

/// How one outcome stands, as each of them sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// The entry that first wrote the outcome.
    pub outcome: EntryNumber,
    /// As the person sees it; nothing where they would rather not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Attained>,
    /// As the professional sees it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worker: Option<Attained>,
}

/// How the outcomes stand on a day: at the start of the plan, at a review, at the end of a programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomesScored {
    /// Each outcome that was scored, once.
    pub scores: Vec<Score>,
    /// How well the person feels, from 0 to 10, as they say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wellbeing: Option<u8>,
}

choices! {
    /// Why there is a review.
    ReviewGround {
        /// The first, six to eight weeks after the plan began (Care and support statutory guidance 13.32).
        First "first" "The first look, some weeks after the plan began",
        /// Within twelve months of the last (same, 13.32).
        Planned "planned" "The next look, within a year of the last",
        /// Somebody asked for it, and it is reasonable (Care Act 2014 s27(1)(b)).
        Asked "asked" "It was asked for",
        /// Something has changed (Care Act 2014 s27(4)).
        Changed "changed" "Something has changed",
    }
}

choices! {
    /// What brings a review forward.
    Change {
        /// Somebody asked.
        Asked "asked" "The person, or somebody for them, asked for it",
        /// Into hospital.
        Admitted "admitted" "They went into hospital",
        /// Out of it.
        Discharged "discharged" "They came home from hospital",
        /// The carer fell ill.
        CarerIll "carer-ill" "Their carer is ill or away",
        CarerDied "carer-died" "Their carer has died",
        Safeguarding "safeguarding" "Somebody may be harming them",
        Crisis "crisis" "A service was put in for a crisis",
        /// Anything else that changes what they need.
        Other "other" "Something else has changed",
    }
}

impl Change {
    /// The ground of the review that it brings.
    pub const fn ground(self) -> ReviewGround {
        match self {
            Self::Asked => ReviewGround::Asked,
            _ => ReviewGround::Changed,
        }
    }
}

/// A review is to be sooner than it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewBroughtForward {
    /// What happened.
    pub change: Change,
    /// In words.
    pub words: String,
    /// The day by which the review is now due.
    pub by: Day,
}

choices! {
    /// How great the risk is that something goes wrong before the next look.
    Risk {
        /// Looked at soonest.
        High "high" "High",
        /// In between.
        Medium "medium" "Medium",
        /// A year is soon enough.
        Low "low" "Low",
    }
}

choices! {
    /// What follows from a review.
    ReviewEnd {
        Same "same" "The plan goes on as it is",
        /// More or other support is needed.
        More "more" "More support, or other support",
        /// Less support is needed.
        Less "less" "Less support",
        Ends "ends" "Support ends",
    }
}

impl ReviewEnd {
    /// Whether support becomes less: then each need must be shown to be met still.
    pub const fn reduces(self) -> bool {
        matches!(self, Self::Less | Self::Ends)
    }
}

/// How the need behind an outcome is met although support becomes less.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StillMet {
    /// The entry that first wrote the outcome.
    pub outcome: EntryNumber,
    /// How.
    pub how: String,
}

/// A review was held, and ended in a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewHeld {
    /// Why there was one.
    pub ground: ReviewGround,
    /// How the person says it goes.
    pub person: String,
    /// How it goes, as the professional sees it.
    pub worker: String,
    /// What follows.
    pub end: ReviewEnd,
    /// Why.
    pub why: String,
    /// Where support becomes less: how the need behind each outcome is met still.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub still_met: Vec<StillMet>,
    /// The risk until the next look.
    pub risk: Risk,
    /// The day by which the next review is held; none once support has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_by: Option<Day>,
    /// The letter that tells the person: whose work it is, and by when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<LetterDue>,
}

/// Enablement began: a programme with goals and an end (SI 2014/2672 reg 3: free for its first six weeks).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnablementBegun {
    /// The outcomes it works for, by the entries that first wrote them.
    pub outcomes: Vec<EntryNumber>,
    /// The team that gives it.
    pub team: TeamId,
    /// Its first day.
    pub from: Day,
    /// The day on which it is planned to end.
    pub until: Day,
    /// Hours of support a week at its start, in quarter hours.
    pub quarters: u16,
}

/// A week of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnablementWeek {
    /// The entry that began it.
    pub begun: EntryNumber,
    /// A day of the week it tells of.
    pub week: Day,
    /// Hours of support given in it, in quarter hours.
    pub quarters: u16,
    /// What the person can do now, and what they cannot yet.
    pub words: String,
}

choices! {
    /// What enablement came to.
    EnablementEnd {
        /// Nothing more is needed.
        NoSupport "no-support" "No further support",
        Less "less" "Less support than before",
        Same "same" "As much support as before",
        More "more" "More support than before",
        Hospital "hospital" "They went into hospital",
        Died "died" "They died",
    }
}

/// It came to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnablementEnded {
    /// The entry that began it.
    pub begun: EntryNumber,
    /// What it came to.
    pub end: EnablementEnd,
    /// Hours of support a week at its end, in quarter hours.
    pub quarters: u16,
    /// What was decided to follow, and why.
    pub next: String,
}
