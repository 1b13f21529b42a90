//! Letters: what is owed to the person in writing, and what was given, in which form and by which way.

use law::choices;
use law::day::Day;
use serde::{Deserialize, Serialize};

use crate::record::ids::{EntryNumber, TeamId};

choices! {
    /// What a letter tells of.
    LetterKind {
        /// The assessment itself (Care Act 2014 s12(3)).
        Assessment "assessment" "The assessment",
        /// A carer's own assessment (Care Act 2014 s12(4)).
        Carer "carers-assessment" "The carer’s assessment",
        /// Whether needs are eligible (Care Act 2014 s13(2)).
        Eligibility "eligibility" "What was decided on eligibility",
        /// Whether they can make a decision (Mental Capacity Act 2005 ss2–3).
        Capacity "capacity" "Whether the person can make a decision",
        /// A decision of theirs, made by them or for them.
        Decision "decision" "What was decided",
        /// Continuing healthcare: what a checklist says, or why none was done.
        Chc "chc" "NHS continuing healthcare",
        Risk "risk" "What was said of a risk",
        /// What was decided at a review (Care Act 2014 s27).
        Review "review" "What was decided at the review",
        /// What the person pays, and why (Care Act 2014 s17).
        Charge "charge" "What the person pays",
    }
}

choices! {
    /// The form a letter has (Accessible Information Standard, DAPB1605).
    LetterFormat {
        Standard "standard" "Ordinary print",
        /// Print of at least 18 points.
        Large "large" "Large print",
        /// Short sentences, one idea each, with a place for a picture.
        EasyRead "easy-read" "Easy read",
    }
}

choices! {
    /// The way a letter came to the person.
    LetterRoute {
        /// By post.
        Posted "posted" "Sent by post",
        /// From hand to hand.
        HandedOver "handed-over" "Handed over",
        /// Somebody read it to them.
        ReadAloud "read-aloud" "Read aloud to them",
        /// They read it where they sign in.
        SignIn "sign-in" "Read at their own sign-in",
    }
}

/// A letter that is promised: whose work it is, and by when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterDue {
    /// The team that sends it, where nobody keeps the record or it is not for the keeper to send.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// The day by which the place promises it.
    pub due: Day,
}

/// A letter was given to the person: on the day of the entry, by its author.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterGiven {
    /// What it tells of.
    pub letter: LetterKind,
    /// The entry that it tells of: the end of an assessment, or a decision.
    pub about: EntryNumber,
    /// The form in which it was given.
    pub format: LetterFormat,
    /// The way in which.
    pub route: LetterRoute,
    /// What else to know: with whom it was read, to which address it went.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}
