//! Roles: which parts of a person's page they see, what they may do, and how far they reach
//! (`policy/access/roles.toml`).

use std::collections::{BTreeMap, BTreeSet};

use law::choices;
use serde::Deserialize;

use crate::record::fact::decision::Matter;
use crate::record::ids::RoleId;

choices! {
    /// A part of a person's page.
    Part {
        /// Name, date of birth, address, telephone, NHS number.
        Identity "identity" "who they are",
        /// Language, communication needs, reasonable adjustments.
        Communication "communication" "how to speak with them",
        /// Conditions from the GP record.
        Conditions "conditions" "conditions",
        /// The team around the person.
        Team "team" "team",
        /// The story as a timeline.
        Story "story" "story",
        /// Who has looked at the record.
        Lookers "lookers" "who has looked",
        /// The person's money, and what they pay for care.
        Means "means" "what they pay for care",
        /// The shared assessment, and what was decided on it.
        Assessment "assessment" "assessment",
        /// The plan: what the person wants, and what is done for it.
        Plan "plan" "plan",
        /// Concerns and enquiries about abuse or neglect.
        Safeguarding "safeguarding" "safeguarding",
    }
}

choices! {
    /// Something a role can do.
    Right {
        /// Record a contact, for anyone, by any route.
        RecordContact "record-contact" "record a contact",
        /// Answer a contact, or pass it on.
        AnswerContact "answer-contact" "answer or pass on a contact",
        /// See the people found in one's area.
        SeeFound "see-found" "see the people found",
        /// Invite a found person, and record their answer.
        Invite "invite" "invite, and record the answer",
        /// Answer an invitation to oneself.
        AnswerInvitation "answer-invitation" "answer their own invitation",
        JoinTeam "join-team" "join the team, name its keeper",
        /// Write notes, and how to speak with the person.
        Write "write" "write notes",
        /// See the work of one's area.
        SeeWork "see-work" "see the work",
        /// Find anyone on the register by exact details.
        Search "search" "search",
        /// Open a record outside one's caseload, with a reason.
        OpenWithReason "open-with-reason" "open a record with a reason",
        /// See the work of one's area that nobody owns.
        FindOwner "find-owner" "see the work that nobody owns, and find it an owner",
        ReviewOpenings "review-openings" "look at openings by others",
        AskMeans "ask-means" "ask for a financial assessment",
        StateMeans "state-means" "say what their own means are",
        AssessMeans "assess-means" "draft a financial assessment",
        DecideCharge "decide-charge" "decide what somebody pays, on another’s draft",
        /// Write sections of the assessment, confirm them, ask for and end its forms.
        WriteAssessment "write-assessment" "write the assessment",
        /// Decide who is eligible for care and support.
        DecideEligibility "decide-eligibility" "decide on eligibility",
        /// Assess capacity, and record decisions made for somebody and the authority for them.
        AssessCapacity "assess-capacity" "assess capacity, record lawful authority",
        /// Write in the plan, say how far an action has come.
        WritePlan "write-plan" "write in the plan",
        /// Hold reviews, bring them forward, run meetings and enablement.
        Review "review" "hold reviews and meetings",
    }
}

choices! {
    /// How far a role reaches without being in a person's team.
    Reach {
        /// Only themselves.
        Myself "myself" "their own record",
        /// Only the person they act for, while the record holds their authority to.
        Represents "represents" "the person they have authority to act for",
        /// Their surgery's patients.
        Practice "practice" "patients of their surgery",
        /// People found, invited or in touch, in their team's area.
        Area "area" "people in touch with us in their team's area",
        /// Only where they are in the team, or their team owns a contact.
        Team "team" "people whose team they are in",
    }
}

/// A role: what it sees and may do (`policy/access/roles.toml`).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Its id.
    pub id: RoleId,
    /// Its name in plain words.
    pub title: String,
    /// How far it reaches.
    pub reach: Reach,
    /// The parts of a page it sees.
    pub sees: BTreeSet<Part>,
    /// What it may do.
    pub may: BTreeSet<Right>,
    /// Of a role that acts for somebody: the parts it sees besides, by what its authority is about.
    #[serde(default, rename = "sees-in")]
    pub sees_in: BTreeMap<Matter, BTreeSet<Part>>,
}

impl Role {
    /// Whether whoever holds it works with people, and is not here for themself or for somebody they act for.
    pub fn works(&self) -> bool {
        !matches!(self.reach, Reach::Myself | Reach::Represents)
    }

    /// Whether this role sees a part of the page.
    pub fn sees(&self, part: Part) -> bool {
        self.sees.contains(&part)
    }

    /// This role as somebody holds it who acts for another in these matters.
    #[must_use]
    pub fn acting_in(mut self, matters: &BTreeSet<Matter>) -> Self {
        let parts = matters.iter().filter_map(|matter| self.sees_in.get(matter)).flatten().copied();
        let parts: BTreeSet<Part> = parts.collect();
        self.sees.extend(parts);
        // Nobody states what they do not see.
        if !self.sees(Part::Means) {
            self.may.remove(&Right::StateMeans);
        }
        self
    }

    /// Whether this role may do something.
    pub fn may(&self, right: Right) -> bool {
        self.may.contains(&right)
    }
}

/// The roles of a place, by id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roles(BTreeMap<RoleId, Role>);

/// The place's roles could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadRoles {
    /// The file is not in the right form.
    #[error("roles.toml is not as it should be: {0}")]
    Form(String),
    /// Two roles have one id.
    #[error("roles.toml names the role ‘{0}’ twice: keep one of them")]
    Twice(RoleId),
}

impl Roles {
    /// Reads the place's file.
    pub fn read(text: &str) -> Result<Self, BadRoles> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct File {
            #[expect(dead_code, reason = "kept beside the data for those who read it")]
            version: String,
            role: Vec<Role>,
        }
        let file: File =
            toml::from_str(text).map_err(|error| BadRoles::Form(error.message().to_owned()))?;
        let mut roles = BTreeMap::new();
        for role in file.role {
            if let Some(twice) = roles.insert(role.id.clone(), role) {
                return Err(BadRoles::Twice(twice.id));
            }
        }
        Ok(Self(roles))
    }

    /// The role of this id.
    pub fn get(&self, id: &RoleId) -> Option<&Role> {
        self.0.get(id)
    }

    /// Every role, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Role> {
        self.0.values()
    }
}
