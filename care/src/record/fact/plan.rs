//! What makes the one plan: outcomes the person chose, the actions that serve them, what the person
//! says to it all, what the team said to each other about it.

use law::choices;
use law::day::Day;
use serde::{Deserialize, Serialize};

use super::decision::Made;
use crate::record::ids::{EntryNumber, TeamId, UserId};

choices! {
    /// What an outcome is about: the outcomes of the Care Act (SI 2015/313 reg 2), and what plans are
    /// made for besides.
    Area {
        /// Reg 2(2)(a).
        Nutrition "nutrition" "Eating and drinking well",
        /// Reg 2(2)(b).
        Hygiene "hygiene" "Keeping myself and my clothes clean",
        /// Reg 2(2)(c).
        Toilet "toilet" "Using the toilet",
        /// Reg 2(2)(d).
        Clothing "clothing" "Being dressed for the day",
        /// Reg 2(2)(e).
        Home "home" "Being safe and able in my home",
        /// Reg 2(2)(f).
        Habitable "habitable" "Keeping my home as I want it",
        /// Reg 2(2)(g).
        Relationships "relationships" "Family and friends",
        /// Reg 2(2)(h).
        Work "work" "Work, learning and volunteering",
        /// Reg 2(2)(i).
        Community "community" "Getting out, and what goes on around me",
        /// Reg 2(2)(j).
        Caring "caring" "Looking after a child",
        /// Staying well, and living with a condition.
        Health "health" "My health",
        /// For a carer: a life beside caring, and being able to go on (reg 3).
        CarersLife "carers-life" "My own life beside caring",
    }
}

/// An outcome that the person chose, in their words; or a newer writing of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeWritten {
    /// The entry that first wrote it, where this is a newer writing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<EntryNumber>,
    /// What they want, in their words.
    pub words: String,
    /// What it is about.
    pub area: Area,
    /// The need behind it, as it was assessed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub need: String,
    /// How things are now: where goal attainment starts from.
    pub now: String,
    /// How they would be if it goes as hoped: the middle of the goal's scale.
    pub hoped: String,
    /// The day by which the person says whether they agree with the plan as it now stands.
    pub agree_by: Day,
}

choices! {
    /// What became of an outcome.
    OutcomeEnd {
        /// It was reached.
        Reached "reached" "Reached",
        /// The person no longer wants it.
        NoLonger "no-longer" "No longer wanted",
    }
}

/// An outcome is no longer worked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeEnded {
    /// The entry that first wrote it.
    pub outcome: EntryNumber,
    /// Why.
    pub end: OutcomeEnd,
    /// In the person's words, where there are any.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

choices! {
    /// Where support comes from: first what is there already, and formal support last.
    Source {
        /// What the person does.
        Myself "myself" "What I do myself",
        Family "family" "Family and friends",
        /// What there is in the community.
        Community "community" "In my community",
        /// What technology or equipment does.
        Technology "technology" "Technology and equipment",
        /// What the NHS does.
        Health "health" "The NHS",
        /// What the council does.
        Council "council" "The council",
    }
}

/// Whose an action is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doer {
    /// The person's own.
    Person,
    /// Somebody's in the person's life, or an organisation's that does not sign in, by name.
    Named(String),
    /// A user's.
    User {
        /// Who.
        id: UserId,
        /// Their name then.
        name: String,
    },
    /// A team's.
    Team(TeamId),
}

/// An action, or a newer writing of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionWritten {
    /// The entry that first wrote it, where this is a newer writing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<EntryNumber>,
    /// The outcome it serves, by the entry that first wrote that.
    pub outcome: EntryNumber,
    /// What is to be done.
    pub what: String,
    /// Where it comes from.
    pub source: Source,
    /// Who does it.
    pub doer: Doer,
    /// By when.
    pub due: Day,
    /// How it will be known that it is done.
    pub known_by: String,
    /// Whether its writer is not done with it: a draft asks nothing of anybody else.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub draft: bool,
    /// The day by which the person says whether they agree with it; of a draft, by which it is finished.
    pub agree_by: Day,
}

/// How far an action has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "progress")]
pub enum Progress {
    /// It is done.
    Done,
    /// It goes on, and is looked at again.
    GoesOn {
        /// When.
        next: Day,
    },
    /// It will not be done.
    Stopped,
}

/// Somebody said how far an action has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionMoved {
    /// The entry that first wrote the action.
    pub action: EntryNumber,
    /// How far.
    #[serde(flatten)]
    pub progress: Progress,
    /// What came of it; why, where it was stopped.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

choices! {
    /// What a person says to their plan.
    Agreement {
        /// They agree.
        Agrees "agrees" "Yes, I agree with it",
        /// They agree with some of it.
        InPart "in-part" "I agree with part of it",
        /// They do not.
        Disagrees "disagrees" "No, I do not agree with it",
    }
}

choices! {
    /// How they said so.
    Way {
        /// Signed in themselves.
        SignedIn "signed-in" "By signing in",
        OnPaper "on-paper" "On paper",
        /// Said it, and somebody wrote it down with them.
        Spoken "spoken" "Said it, and it was written down with them",
    }
}

/// What the person says to the plan as it stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanAnswered {
    /// The last entry that they had before them.
    pub seen: EntryNumber,
    /// What they say.
    pub answer: Agreement,
    /// In their own words; always, where they do not agree with all of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// How.
    pub way: Way,
    /// Who was with them because they wished it: a daughter, an advocate.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub with: String,
    /// Who said it: the person, or whoever may lawfully decide for them.
    pub made: Made,
    /// Where they do not agree with all of it, and have not been talked with about that: the day by which
    /// they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub talk_by: Option<Day>,
}

choices! {
    /// Why a meeting may talk about somebody.
    Basis {
        /// They were asked, and agree.
        Agreed "agreed" "The person agrees",
        /// Direct care, of which they know (NHS Act 2006; Health and Social Care Act 2012 s251B).
        DirectCare "direct-care" "For their own care, and they know of it",
        BestInterests "best-interests" "They cannot decide this, and it is in their best interests",
        Harm "harm" "Somebody could come to serious harm",
    }
}

/// A person is on the list of a meeting: of a team, on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingListed {
    /// The team whose meeting it is.
    pub team: TeamId,
    /// The day of it.
    pub on: Day,
    /// Why the person is on it.
    pub why: String,
    /// Why they may be talked about.
    pub basis: Basis,
}

/// What the meeting said of the person. What is to be done follows as actions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingHeard {
    /// The entry that listed them.
    pub listed: EntryNumber,
    /// Who was there, each with their organisation.
    pub there: String,
    /// What was decided.
    pub decided: String,
    /// Whether they were not talked about after all; `decided` then says why.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub put_off: bool,
}

/// A message on the record, to one who works with the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageSent {
    /// To whom: a user …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<UserId>,
    /// … by the name they had, …
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// … or a team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// What it says.
    pub words: String,
    /// The entry of the message that it answers, if it answers one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<EntryNumber>,
    /// The day by which it is looked at.
    pub answer_by: Day,
}

/// A message was seen, and perhaps answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageSeen {
    /// The entry of the message.
    pub message: EntryNumber,
    /// The answer, if there is one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}
