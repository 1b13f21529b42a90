//! Carers: the link between a carer and the person they care for, each side's consent on its own story;
//! and what is to be done if the carer cannot.
//!
//! A link has one id on both stories. Each story says by itself what its person agreed that the other
//! may see; nothing else of either is on the other's.

use std::collections::BTreeSet;

use law::choices;
use law::day::Day;
use serde::{Deserialize, Serialize};

use crate::record::ids::{LinkId, PersonId, TeamId};

use super::assess::Named;
use super::decision::Made;

choices! {
    /// Which side of a link somebody is.
    LinkSide {
        /// They care for the other.
        Carer "carer" "I look after them",
        /// The other cares for them.
        CaredFor "cared-for" "They look after me",
    }
}

impl LinkSide {
    /// The other side.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Carer => Self::CaredFor,
            Self::CaredFor => Self::Carer,
        }
    }
}

choices! {
    /// What somebody can agree that the other side of a link may see.
    Share {
        Communication "communication" "How to speak with me",
        /// Their team.
        Team "team" "Who works with me",
        /// Their assessment, and what was decided on it.
        Assessment "assessment" "My assessment, and whether I am eligible",
        /// Their plan: to read, and to write in.
        Plan "plan" "My plan: they may also write what they do for it, and how it goes",
        /// Their emergency card; those who work with the other may see it too.
        Card "card" "My emergency card: also for those who work with the other person",
    }
}

/// Something was said of a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarerLink {
    /// Which.
    pub link: LinkId,
    /// What.
    pub said: LinkSaid,
}

/// What was said of a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum LinkSaid {
    /// The person offers a link, with a code by which the other side answers.
    Offered {
        /// What the person is.
        side: LinkSide,
        /// Whom they offer it to, as they call them.
        name: String,
        /// The code.
        code: String,
        /// What they agree that the other may see.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        shares: BTreeSet<Share>,
        /// The last day on which it can be answered.
        until: Day,
        /// What was said, where somebody wrote it down for them.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        words: String,
        /// Who agreed: the person, or somebody for them.
        #[serde(default, skip_serializing_if = "Made::is_plain")]
        made: Made,
    },
    /// The person answers an offer, and the link is made.
    Agreed {
        /// What the person is.
        side: LinkSide,
        /// The other.
        other: PersonId,
        /// The other's name.
        name: String,
        /// What they agree that the other may see.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        shares: BTreeSet<Share>,
        /// What was said, where somebody wrote it down for them.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        words: String,
        /// Who agreed: the person, or somebody for them.
        #[serde(default, skip_serializing_if = "Made::is_plain")]
        made: Made,
    },
    /// The other answered the person's offer.
    Made {
        /// The other.
        other: PersonId,
    },
    /// The person changes what the other may see.
    Shares {
        /// What they agree to from now on.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        shares: BTreeSet<Share>,
        /// What was said, where somebody wrote it down for them.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        words: String,
        /// Who agreed: the person, or somebody for them.
        #[serde(default, skip_serializing_if = "Made::is_plain")]
        made: Made,
    },
    /// One of the two ended it: from then on neither sees anything of the other.
    Ended {
        /// Whether it was this person.
        by_person: bool,
    },
}

/// What is to be done if a carer cannot, written down on the carer's own record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardWritten {
    /// Whom the carer looks after, as the card names them.
    pub looks_after: String,
    /// Who steps in, in the order in which they are called.
    pub steps_in: Vec<Named>,
    /// What has to be done, and what has to be known.
    pub must_know: String,
    /// Where the key is, in the carer's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// The day on which it is looked at again.
    pub review_by: Day,
    /// The team that does so, where nobody keeps the carer's record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
}
