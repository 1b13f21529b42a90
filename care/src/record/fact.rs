//! What an entry can say. One case for each thing that happens on the journey.
//!
//! A fact is kept for ever, so its form only grows: a new field has a default, and a change of
//! meaning is a new case.

use std::sync::Arc;

use law::choices;
use law::day::{Day, PartialDay};
use serde::{Deserialize, Serialize};

use super::ids::{EntryNumber, NhsNumber, OrganisationId, RoleId, RunId, TeamId, UserId};
use super::moment::Moment;

pub mod assess;
pub mod carer;
pub mod decision;
pub mod letter;
mod means;
pub mod plan;
pub mod review;

pub use means::{
    ChargeDecided, ChargeTurn, EvidenceSeen, Ground, KeptLine, MeansAsked, MeansList, MeansStated,
    Stated,
};

use assess::{
    FormBegun, FormEnded, FormHandedOver, FormKind, PromptAnswered, Prompted, SectionConfirmed,
    SectionOutdated, SectionWritten,
};
use carer::{CardWritten, CarerLink};
use decision::{
    AuthorityEnded, AuthorityRecorded, CapacityAssessed, ChcConsidered, DecisionMade,
    EligibilityDecided, RiskTalked,
};
use letter::{LetterFormat, LetterGiven, LetterKind};

use plan::{
    ActionMoved, ActionWritten, MeetingHeard, MeetingListed, MessageSeen, MessageSent,
    OutcomeEnded, OutcomeWritten, PlanAnswered,
};
use review::{
    Change, EnablementBegun, EnablementEnded, EnablementWeek, OutcomesScored, ReviewBroughtForward,
    ReviewHeld,
};

/// The version of the facts' written form, kept beside each.
pub const FORM: u32 = 1;

/// Facts by their kinds: the enum, the names under which they are stored, and their reading.
macro_rules! facts {
    ($($(#[$doc:meta])* $name:ident($said:ty) = $kind:literal;)+) => {
        /// One thing that happened.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "kind")]
        pub enum Fact { $($(#[$doc])* #[serde(rename = $kind)] $name($said),)+ }

        impl Fact {
            /// The kind's name, as stored.
            pub fn kind(&self) -> &'static str {
                match self { $(Self::$name(_) => $kind,)+ }
            }

            /// Reads a fact of a kind that is known, as it was written. The general way must keep
            /// all of a text until it has met its kind.
            fn of_kind(kind: &str, text: &str) -> Option<serde_json::Result<Self>> {
                match kind {
                    $($kind => Some(serde_json::from_str(text).map(Self::$name)),)+
                    _ => None,
                }
            }
        }
    };
}

facts! {
    /// The story begins, with who the person is as far as was known.
    Begun(Begun) = "begun";
    /// How to speak with the person.
    Communication(Communication) = "communication";
    /// Somebody came to the front door about the person.
    Contact(Contact) = "contact";
    /// What came of a contact.
    ContactOutcome(ContactOutcome) = "contact-outcome";
    /// A contact was passed to another team, who now owns it.
    ContactPassedOn(ContactPassedOn) = "contact-passed-on";
    /// The person was found, and offered the new way of working.
    Invited(Invited) = "invited";
    /// The person answered the invitation.
    InvitationAnswered(InvitationAnswered) = "invitation-answered";
    /// Somebody joined the team around the person.
    TeamJoined(TeamJoined) = "team-joined";
    /// Somebody left it.
    TeamLeft(TeamLeft) = "team-left";
    /// A note on the record.
    Note(Note) = "note";
    /// Somebody outside the person's team opened the record, and said why.
    RecordOpened(RecordOpened) = "record-opened";
    /// The record's keeper looked at such an opening.
    OpeningReviewed(OpeningReviewed) = "opening-reviewed";
    /// A financial assessment was asked for.
    MeansAsked(MeansAsked) = "means-asked";
    /// Somebody said what the person's means are: the person, or an officer as a draft.
    MeansStated(Box<MeansStated>) = "means-stated";
    /// What the person pays was decided.
    ChargeDecided(Arc<ChargeDecided>) = "charge-decided";
    /// A form was asked for, or begun.
    FormBegun(Box<FormBegun>) = "form-begun";
    /// A form that was begun came to its end.
    FormEnded(FormEnded) = "form-ended";
    /// A form that was begun was handed over.
    FormHandedOver(FormHandedOver) = "form-handed-over";
    /// A section of a form was written.
    SectionWritten(Box<SectionWritten>) = "section-written";
    /// What was written was confirmed.
    SectionConfirmed(SectionConfirmed) = "section-confirmed";
    /// What was written is no longer so.
    SectionOutdated(SectionOutdated) = "section-outdated";
    /// Answers called for something to be thought of.
    Prompted(Box<Prompted>) = "prompted";
    /// What came of it.
    PromptAnswered(PromptAnswered) = "prompt-answered";
    /// Who is eligible was determined.
    EligibilityDecided(Box<EligibilityDecided>) = "eligibility-decided";
    /// The Checklist of continuing healthcare was done, or decided not to be.
    ChcConsidered(Box<ChcConsidered>) = "chc-considered";
    /// Capacity for one decision was assessed.
    CapacityAssessed(Box<CapacityAssessed>) = "capacity-assessed";
    /// Lawful authority to decide for the person was seen.
    AuthorityRecorded(Box<AuthorityRecorded>) = "authority-recorded";
    /// It came to its end.
    AuthorityEnded(AuthorityEnded) = "authority-ended";
    /// A decision was made, by the person or for them.
    DecisionMade(Box<DecisionMade>) = "decision-made";
    /// A risk was talked about.
    RiskTalked(Box<RiskTalked>) = "risk-talked";
    /// An outcome that the person chose was written.
    OutcomeWritten(Box<OutcomeWritten>) = "outcome-written";
    /// It is no longer worked for.
    OutcomeEnded(OutcomeEnded) = "outcome-ended";
    /// An action that serves an outcome was written.
    ActionWritten(Box<ActionWritten>) = "action-written";
    /// Somebody said how far it has come.
    ActionMoved(ActionMoved) = "action-moved";
    /// The person said what they think of the plan.
    PlanAnswered(Box<PlanAnswered>) = "plan-answered";
    /// The person is on the list of a meeting.
    MeetingListed(MeetingListed) = "meeting-listed";
    /// The meeting talked about them.
    MeetingHeard(MeetingHeard) = "meeting-heard";
    /// Somebody wrote to somebody about the person.
    MessageSent(MessageSent) = "message-sent";
    /// It was seen.
    MessageSeen(MessageSeen) = "message-seen";
    /// Somebody said how the outcomes stand.
    OutcomesScored(OutcomesScored) = "outcomes-scored";
    /// A review is to be sooner than it was.
    ReviewBroughtForward(ReviewBroughtForward) = "review-brought-forward";
    /// A review was held.
    ReviewHeld(Box<ReviewHeld>) = "review-held";
    /// Enablement began.
    EnablementBegun(EnablementBegun) = "enablement-begun";
    /// A week of it was told of.
    EnablementWeek(EnablementWeek) = "enablement-week";
    /// It came to its end.
    EnablementEnded(EnablementEnded) = "enablement-ended";
    /// The person was given a letter.
    LetterGiven(LetterGiven) = "letter-given";
    /// A link with a carer, or with the person cared for, was offered, agreed, changed or ended.
    CarerLink(Box<CarerLink>) = "carer-link";
    /// What is to be done if a carer cannot was written down.
    CardWritten(Box<CardWritten>) = "card-written";
}

impl Fact {
    /// Reads a fact from its stored text, beside which its kind is stored.
    pub fn read(kind: &str, text: &str) -> serde_json::Result<Self> {
        let begins = text.strip_prefix("{\"kind\":\"").and_then(|rest| rest.strip_prefix(kind));
        let says_so = begins.is_some_and(|rest| rest.starts_with('"'));
        let read = says_so.then(|| Self::of_kind(kind, text)).flatten();
        read.unwrap_or_else(|| serde_json::from_str(text))
    }

    /// What the form is for that it belongs to, where it belongs to one.
    pub fn of_form(&self) -> Option<FormKind> {
        match self {
            Self::FormBegun(begun) => Some(begun.purpose),
            Self::FormEnded(ended) => Some(ended.purpose),
            Self::FormHandedOver(handed) => Some(handed.purpose),
            Self::SectionWritten(written) => Some(written.purpose),
            Self::SectionConfirmed(confirmed) => Some(confirmed.purpose),
            Self::SectionOutdated(outdated) => Some(outdated.purpose),
            Self::Prompted(prompted) => Some(prompted.purpose),
            Self::PromptAnswered(answered) => Some(answered.purpose),
            Self::EligibilityDecided(_) | Self::RiskTalked(_) => Some(FormKind::Assessment),
            Self::ChcConsidered(_) => Some(FormKind::Chc),
            Self::CapacityAssessed(_) => Some(FormKind::Capacity),
            Self::DecisionMade(_) => Some(FormKind::BestInterests),
            Self::CarerLink(_) | Self::CardWritten(_) => Some(FormKind::Carer),
            Self::LetterGiven(given) => match given.letter {
                LetterKind::Assessment | LetterKind::Eligibility | LetterKind::Risk => {
                    Some(FormKind::Assessment)
                }
                LetterKind::Capacity => Some(FormKind::Capacity),
                LetterKind::Decision => Some(FormKind::BestInterests),
                LetterKind::Chc => Some(FormKind::Chc),
                LetterKind::Carer => Some(FormKind::Carer),
                LetterKind::Charge | LetterKind::Review => None,
            },
            _ => None,
        }
    }

    /// Whether it stands in the plan, which everybody sees with whom the person's plan is shared.
    pub const fn is_of_plan(&self) -> bool {
        matches!(
            self,
            Self::OutcomeWritten(_)
                | Self::OutcomeEnded(_)
                | Self::ActionWritten(_)
                | Self::ActionMoved(_)
                | Self::PlanAnswered(_)
                | Self::OutcomesScored(_)
                | Self::EnablementBegun(_)
                | Self::EnablementWeek(_)
                | Self::EnablementEnded(_)
        )
    }

    /// Whether it is what professionals made of the plan, at a review, a meeting or in a message: for
    /// those who see the assessment.
    pub const fn is_about_plan(&self) -> bool {
        matches!(
            self,
            Self::ReviewHeld(_)
                | Self::ReviewBroughtForward(_)
                | Self::MeetingListed(_)
                | Self::MeetingHeard(_)
                | Self::MessageSent(_)
                | Self::MessageSeen(_)
                | Self::LetterGiven(LetterGiven { letter: LetterKind::Review, .. })
        )
    }

    /// Whether it tells of the person's money: for fewer eyes than the rest.
    pub const fn is_of_means(&self) -> bool {
        matches!(
            self,
            Self::MeansAsked(_)
                | Self::MeansStated(_)
                | Self::ChargeDecided(_)
                | Self::LetterGiven(LetterGiven { letter: LetterKind::Charge, .. })
        )
    }
}

/// The story begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    /// Who the person is: from the register, or as they were described at the front door.
    pub identity: Identity,
    /// Whether the identity came from the register of residents, which then keeps it up to date.
    pub on_register: bool,
}

/// Who a person is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Identity {
    /// Given names, as written.
    pub given: String,
    /// Family name, as written.
    pub family: String,
    /// Date of birth, as far as known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born: Option<PartialDay>,
    /// NHS number, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nhs_number: Option<NhsNumber>,
    /// The address in lines, without the postcode.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub address: Vec<String>,
    /// The postcode, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    /// Telephone, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telephone: Option<String>,
}

/// How to speak with the person (Accessible Information Standard, DAPB1605).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Communication {
    /// The language the person would rather speak, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Whether an interpreter is needed.
    #[serde(default)]
    pub interpreter: bool,
    /// What helps: large print, a hearing loop, a quiet room, a call before a letter.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub needs: String,
    /// Reasonable adjustments (Equality Act 2010 s20).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub adjustments: String,
    /// The form in which the person is written to, where it was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letters: Option<LetterFormat>,
}

choices! {
    /// The way somebody came: there is no wrong door.
    Route {
        Myself "myself" "the person themselves",
        Family "family" "a relative, friend or carer",
        /// A GP practice.
        Gp "gp" "a GP surgery",
        Hospital "hospital" "a hospital",
        Professional "professional" "another professional",
        Voluntary "voluntary" "a voluntary or community group",
    }
}

choices! {
    /// What kind of contact it is.
    ContactKind {
        /// Somebody asks that the person be helped.
        Referral "referral" "A request for help (referral)",
        /// Somebody asks something.
        Enquiry "enquiry" "A question",
        /// Anything else that should be known.
        Contact "contact" "Something we should know",
    }
}

/// Somebody came to the front door about the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// What kind of contact.
    pub contact: ContactKind,
    /// By which route.
    pub route: Route,
    /// Who it came from, in words; empty when it is the person.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// What they said, as near as possible in their own words.
    pub words: String,
    /// Whether somebody must answer today.
    #[serde(default)]
    pub urgent: bool,
    /// Whether the person knows of it and agrees (None: not asked yet).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person_agrees: Option<bool>,
    /// The team that is to answer it.
    pub to: TeamId,
    /// The day by which the place promises an answer.
    pub answer_by: Day,
    /// What has happened to the person that changes what they need, if something has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed: Option<Reported>,
}

/// Something that changes what the person needs, as somebody reported it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    /// What happened.
    pub change: Change,
    /// The day by which their plan, if they have one, is reviewed because of it.
    pub review_by: Day,
}

choices! {
    /// What can come of a contact.
    Outcome {
        /// Answered with information or advice (Care Act 2014 s4).
        Advice "advice" "Answered with information or advice",
        /// Put in touch with something in the community (Care Act 2014 s2).
        Community "community" "Put in touch with help in the community",
        /// An assessment is to be offered (Care Act 2014 s9 or s10).
        Assessment "assessment" "An assessment will be offered",
        NothingMore "nothing-more" "Nothing more is wanted",
    }
}

/// What came of a contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactOutcome {
    /// The entry that recorded the contact.
    pub contact: EntryNumber,
    /// What came of it.
    pub outcome: Outcome,
    /// In words, for the person who asked.
    pub words: String,
    /// When an assessment is to follow: the day by which somebody is named to work with the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keeper_by: Option<Day>,
}

/// A contact changed hands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactPassedOn {
    /// The entry that recorded the contact.
    pub contact: EntryNumber,
    /// Who owns it now.
    pub to: TeamId,
    /// Why.
    pub words: String,
}

/// The person was found and invited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    /// The run that found them.
    pub run: RunId,
    /// The criterion, by its id.
    pub criterion: String,
    /// The criterion's version.
    pub version: String,
    /// What the criterion looks for, in plain words, as they stood then.
    pub reason: String,
    /// The day the run looked at.
    pub as_of: Day,
    /// What counted, as it was on the register that day.
    pub evidence: Vec<Evidence>,
    /// How the invitation was made: “letter”, “telephone”, “at the surgery”.
    pub how: String,
    /// The team that invited.
    pub team: TeamId,
    /// The day by which somebody asks for the answer.
    pub ask_by: Day,
}

/// One condition that counted, and the record that made it count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The condition's id in the code list.
    pub condition: String,
    /// Our own name for it.
    pub label: String,
    /// The SNOMED CT concept id that was found; as text, since it can be too long for JavaScript.
    pub code: String,
    /// The date of the record, as far as known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<PartialDay>,
}

/// What the person said to the invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "answer")]
pub enum Answer {
    /// Yes.
    Accepted {
        /// The day by which somebody is named to work with the person.
        keeper_by: Day,
    },
    /// Not yet: ask again on this day.
    MoreTime {
        /// When to ask again.
        until: Day,
    },
    /// No: and not to be found again.
    Objected,
}

/// The person answered the invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationAnswered {
    /// What they said.
    #[serde(flatten)]
    pub answer: Answer,
    /// In their own words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

/// Somebody joined the team around the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamJoined {
    /// Who.
    pub user: UserId,
    /// Their name then.
    pub name: String,
    /// In which role.
    pub role: RoleId,
    /// For which organisation.
    pub organisation: OrganisationId,
    /// Whether they keep the record: the one who is told when somebody else opens it.
    #[serde(default)]
    pub keeper: bool,
}

/// Somebody left the team around the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamLeft {
    /// Who.
    pub user: UserId,
    /// Why, if anything was said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

/// A note on the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What it says.
    pub words: String,
}

/// Somebody without a working relationship opened the record (break-glass).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordOpened {
    /// Why, in their words.
    pub reason: String,
    /// Until when the record stays open to them.
    pub until: Moment,
    /// The team that looks at it when the record has no keeper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tell: Option<TeamId>,
    /// The day by which it is looked at.
    pub review_by: Day,
}

/// The record's keeper looked at an opening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningReviewed {
    /// The entry that recorded the opening.
    pub opening: EntryNumber,
    /// Whether the reason was good.
    pub justified: bool,
    /// What was found, or done about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}
