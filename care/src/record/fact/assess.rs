//! What the forms of an assessment leave on the story: sections as they were written, confirmed or
//! found out of date; forms begun and ended; and what the answers prompt.
//!
//! A writing keeps the version of the form it was given to, and which writings its author had before
//! them: it takes the place of those, and of no other.

use std::collections::{BTreeMap, BTreeSet};

use law::choices;
use law::day::{Day, PartialDay};
use law::pence::Pence;
use serde::{Deserialize, Serialize};

use crate::record::ids::{EntryNumber, FormId, QuestionId, SectionId, TeamId, UserId};

use super::letter::LetterDue;

choices! {
    /// What a form is for.
    FormKind {
        /// What somebody says at the front door.
        Contact "contact" "Contact",
        /// The one shared assessment (Care Act 2014 s9).
        Assessment "assessment" "Assessment",
        /// A carer's own assessment (Care Act 2014 s10).
        Carer "carers-assessment" "Carer’s assessment",
        /// A review (Care Act 2014 s27).
        Review "review" "Review",
        /// Whether somebody has capacity for one decision (Mental Capacity Act 2005 ss2–3).
        Capacity "capacity" "Mental capacity assessment",
        /// What is in somebody's best interests (Mental Capacity Act 2005 s4).
        BestInterests "best-interests" "Best interests",
        /// The Checklist of NHS continuing healthcare.
        Chc "chc-checklist" "Continuing healthcare checklist",
        /// What technology is wanted.
        Telecare "telecare" "Telecare",
        /// An occupational therapist's assessment.
        OccupationalTherapy "occupational-therapy" "Occupational therapy",
        /// A worry that somebody is being harmed (Care Act 2014 s42(1)).
        SafeguardingConcern "safeguarding-concern" "Safeguarding concern",
        /// What was found of it (Care Act 2014 s42(2)).
        SafeguardingEnquiry "safeguarding-enquiry" "Safeguarding enquiry",
        /// What stands in a plan beside what is done: staying well, when things get worse, a carer away,
        /// work (Care Act 2014 s25).
        Plan "plan" "Plan",
        /// What the person wishes for the end of their life.
        EndOfLife "end-of-life" "Wishes for the end of life",
        /// A form of the place's own.
        Other "other" "Other",
    }
}

impl FormKind {
    /// Whether it tells of abuse or neglect: for fewer eyes than the rest.
    pub const fn is_safeguarding(self) -> bool {
        matches!(self, Self::SafeguardingConcern | Self::SafeguardingEnquiry)
    }

    /// Whether its sections stand in the plan: they can be written as soon as there is one, and nobody
    /// begins or ends the form.
    pub const fn is_of_plan(self) -> bool {
        matches!(self, Self::Plan | Self::EndOfLife)
    }
}

choices! {
    /// Whose words a writing is in.
    Voice {
        /// The person wrote it.
        Own "own" "In their own words",
        /// The person said it, and somebody wrote it down for them.
        Recorded "recorded" "In their own words, written down for them",
        /// A professional's observation or judgement.
        Professional "professional" "A professional’s view",
    }
}

choices! {
    /// The two sides that stand beside each other, and never over each other.
    Side {
        /// The person's.
        Person "own" "The person’s own words",
        /// The professionals'.
        Professional "professional" "What professionals say",
    }
}

impl Voice {
    /// On which side it stands.
    pub const fn side(self) -> Side {
        match self {
            Self::Own | Self::Recorded => Side::Person,
            Self::Professional => Side::Professional,
        }
    }

    /// Whether a writing in this voice may take the place of one in the other. What somebody wrote
    /// with their own hand is changed by nobody else, also not by who writes down what they say.
    pub const fn may_replace(self, other: Self) -> bool {
        matches!(
            (self, other),
            (Self::Own, Self::Own | Self::Recorded)
                | (Self::Recorded, Self::Recorded)
                | (Self::Professional, Self::Professional)
        )
    }
}

choices! {
    /// An answer that is yes or no, or that nobody knows.
    YesNo {
        Yes "yes" "Yes",
        No "no" "No",
        /// Nobody knows; which is an answer too.
        NotKnown "not-known" "Not known",
    }
}

/// A person in somebody's life.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Named {
    /// Their name.
    pub name: String,
    /// What they are to the person: daughter, neighbour.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub relation: String,
    /// How to reach them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reach: String,
    /// What they do together, or what they help with.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reply {
    /// They would rather not say: it is not asked again until they wish.
    RatherNotSay,
    /// Words.
    Text(String),
    /// Yes, no, or not known.
    YesNo(YesNo),
    /// One of the choices, by its code.
    Choice(String),
    /// Some of the choices, by their codes.
    Choices(BTreeSet<String>),
    /// A day, as far as known.
    Date(PartialDay),
    /// An amount of money.
    Amount(Pence),
    /// A whole number.
    Number(u32),
    /// A place on a scale from 0 to 10.
    Scale(u8),
    /// People.
    People(Vec<Named>),
    /// Rows of a table: each a text by the id of its column.
    Rows(Vec<BTreeMap<String, String>>),
}

/// A section of a form was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionWritten {
    /// The form.
    pub form: FormId,
    /// What it is for, as it was then.
    pub purpose: FormKind,
    /// Its version, to which the answers were given.
    pub version: u32,
    /// The entry that began it, where the form is filled in anew each time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occasion: Option<EntryNumber>,
    /// The section.
    pub section: SectionId,
    /// Whose words it is in.
    pub voice: Voice,
    /// The answers.
    pub replies: BTreeMap<QuestionId, Reply>,
    /// What it rests on: a visit, a letter, what a daughter said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rests_on: String,
    /// The writings of this section that its author had before them, and that it takes the place of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub saw: Vec<EntryNumber>,
    /// The team it was written in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// The day from which none of what it gave anew can be relied on unasked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub good_until: Option<Day>,
}

/// What was written was looked at again, and is still so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionConfirmed {
    /// What its form is for.
    pub purpose: FormKind,
    /// The entry of the writing.
    pub written: EntryNumber,
    /// The questions whose answers were confirmed; all of them, where none is named.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub questions: BTreeSet<QuestionId>,
    /// With whom it was confirmed, or what it rests on.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// The day from which none of these can be relied on unasked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub good_until: Option<Day>,
}

/// What was written is no longer so: it is to be asked again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionOutdated {
    /// What its form is for.
    pub purpose: FormKind,
    /// The entry of the writing.
    pub written: EntryNumber,
    /// The questions whose answers are out of date; all of them, where none is named.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub questions: BTreeSet<QuestionId>,
    /// Why.
    pub why: String,
    /// The day by which it is asked again.
    pub ask_by: Day,
}

/// A form was asked for, or begun: from here on it is somebody's work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormBegun {
    /// The form.
    pub form: FormId,
    /// What it is for.
    pub purpose: FormKind,
    /// The newest version then.
    pub version: u32,
    /// What this one is about: for a capacity assessment the decision, for a concern what happened.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// Why it was asked for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// The team whose work it is …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// … or the one user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserId>,
    /// The day by which it is promised.
    pub due: Day,
}

/// A form that was begun is somebody else’s work from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormHandedOver {
    /// What the form is for.
    pub purpose: FormKind,
    /// The entry that began it.
    pub begun: EntryNumber,
    /// The team whose work it is now …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// … or the one user …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserId>,
    /// … with their name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Why.
    pub why: String,
}

choices! {
    /// How a form came to its end.
    Ending {
        /// It is as complete as it has to be.
        Finished "finished" "Finished",
        /// The person does not want it (Care Act 2014 s11).
        Declined "declined" "The person does not want it",
        NotNeeded "not-needed" "Not needed after all",
    }
}

/// A form that was begun came to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormEnded {
    /// What the form is for.
    pub purpose: FormKind,
    /// The entry that began it.
    pub begun: EntryNumber,
    /// How.
    pub ending: Ending,
    /// What else to know; why, where it was not finished.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// The day by which what it says is reviewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_by: Option<Day>,
    /// The letter that tells the person: whose work it is, and by when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<LetterDue>,
}

choices! {
    /// Something that answers can call for. A prompt asks; it decides nothing.
    Prompt {
        /// Think of NHS continuing healthcare.
        Chc "chc" "Think of NHS continuing healthcare: do a checklist, or say why not",
        /// Offer a carer their own assessment.
        CarersAssessment "carers-assessment" "Offer the carer an assessment of their own",
        Advocacy "advocacy" "Think of an independent advocate",
        /// Assess capacity for a decision.
        Capacity "capacity" "Assess whether the person can make this decision",
        /// Think of harm, abuse or neglect.
        Safeguarding "safeguarding" "Think of safeguarding: is somebody being harmed?",
        /// Think of technology.
        Technology "technology" "See what technology could do",
        OccupationalTherapy "occupational-therapy" "Ask an occupational therapist",
        /// Help the person to people: nobody is there.
        Network "network" "Plan with the person how to build a network: nobody is there",
    }
}

/// Answers called for something to be thought of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prompted {
    /// What the form is for whose answers called for it.
    pub purpose: FormKind,
    /// What.
    pub prompt: Prompt,
    /// Whom it is about, where it is about one: the carer who was named.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// Why, in plain words.
    pub because: String,
    /// The team of whoever gave the answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// The day by which somebody says what comes of it.
    pub due: Day,
}

/// What came of a prompt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromptAnswered {
    /// What the form is for whose answers called for it.
    pub purpose: FormKind,
    /// The entry of the prompt.
    pub prompted: EntryNumber,
    /// Whether it was done; otherwise the words say why not.
    pub done: bool,
    /// What was done, or why nothing.
    pub words: String,
}
