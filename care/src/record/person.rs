//! A person: what their story adds up to.
//!
//! Loading a person is reading their entries and folding them; there is no cache to keep true.

use std::collections::BTreeMap;

use law::day::Day;

use super::entry::{Audience, Author, Entry, EntryNumber};
use super::fact::{
    Answer, Begun, Communication, Contact, ContactOutcome, Fact, Invited, RecordOpened, TeamJoined,
    letter::LetterGiven,
};
use super::ids::{OrganisationId, PersonId, RoleId, TeamId, UserId};
use super::moment::Moment;

pub mod assessment;
pub mod carers;
pub mod decisions;
pub mod letters;
mod means;
pub mod plan;
pub mod review;

pub use means::Means;

use assessment::Assessment;
use carers::Carers;
use decisions::Decisions;
use plan::Plan;
use review::Reviews;

/// What a person's story adds up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who the story is about.
    pub id: PersonId,
    /// The number of the last entry; 0 for a story not yet begun.
    pub last: EntryNumber,
    /// When the story began, and with what.
    pub begun: Option<Told<Begun>>,
    /// How to speak with the person, as last said.
    pub communication: Option<Told<Communication>>,
    /// The contacts at the front door, in order.
    pub contacts: Vec<ContactState>,
    /// The last invitation.
    pub invitation: Option<Invitation>,
    /// The team around the person now, in the order they joined.
    pub team: Vec<Member>,
    /// Openings of the record from outside the team, in order.
    pub openings: Vec<Opening>,
    /// The person's means, and what they pay.
    pub means: Means,
    /// What was assessed: with them, and by whom.
    pub assessment: Assessment,
    /// What was decided on it, and who may lawfully decide for them.
    pub decisions: Decisions,
    /// The one plan.
    pub plan: Plan,
    /// How it was looked at since.
    pub reviews: Reviews,
    /// The letters that were given to them, in order.
    pub letters_given: Vec<Told<LetterGiven>>,
    /// The carers they are linked with, or whom they care for; and their emergency card.
    pub carers: Carers,
    /// The day of the last thing that happened.
    pub last_on: Option<Day>,
}

/// Something an entry said, with the entry it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told<T> {
    /// The entry's number: the corrected one, where it was corrected.
    pub entry: EntryNumber,
    /// When it happened.
    pub on: Day,
    /// Who said it.
    pub author: Author,
    /// Who may read it.
    pub audience: Audience,
    /// What was said.
    pub said: T,
}

/// A contact, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactState {
    /// What was recorded.
    pub contact: Told<Contact>,
    /// The team that owns it now.
    pub owner: TeamId,
    /// What came of it, once something has.
    pub outcome: Option<Told<ContactOutcome>>,
}

/// An invitation, and the answer to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// What was offered, and why.
    pub invited: Told<Invited>,
    /// The last answer, if there is one.
    pub answer: Option<Told<Answer>>,
}

/// Somebody in the team around the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub user: UserId,
    /// Their name when they joined.
    pub name: String,
    /// In which role.
    pub role: RoleId,
    /// For which organisation.
    pub organisation: OrganisationId,
    /// Since when.
    pub since: Day,
    /// Whether they keep the record.
    pub keeper: bool,
}

/// An opening of the record from outside the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Who opened it, and why.
    pub opened: Told<RecordOpened>,
    /// Whether the keeper has looked at it.
    pub reviewed: bool,
}

impl Person {
    /// A person whose story has not begun.
    pub fn unwritten(id: PersonId) -> Self {
        Self {
            id,
            last: 0,
            begun: None,
            communication: None,
            contacts: Vec::new(),
            invitation: None,
            team: Vec::new(),
            openings: Vec::new(),
            means: Means::default(),
            assessment: Assessment::default(),
            decisions: Decisions::default(),
            plan: Plan::default(),
            reviews: Reviews::default(),
            letters_given: Vec::new(),
            carers: Carers::default(),
            last_on: None,
        }
    }

    /// Folds a story, in order, into the person it tells of.
    pub fn fold(id: PersonId, entries: &[Entry]) -> Self {
        let mut person = Self::unwritten(id);
        person.follow(entries);
        person
    }

    /// Takes in what a story became longer by: `entries` is all of it, in order.
    pub fn lengthen(&mut self, entries: &[Entry]) {
        let known = entries.partition_point(|entry| entry.number <= self.last);
        let new = &entries[known..];
        // What an earlier entry said is another thing now: the story is told again.
        let corrects = |entry: &Entry| entry.corrects.is_some_and(|number| number <= self.last);
        if new.iter().any(corrects) {
            *self = Self::fold(self.id, entries);
        } else {
            self.follow(new);
        }
    }

    /// Takes entries in order, each as they correct one another.
    fn follow(&mut self, entries: &[Entry]) {
        let mut corrections: BTreeMap<EntryNumber, &Fact> = BTreeMap::new();
        for entry in entries {
            if let Some(number) = entry.corrects {
                corrections.insert(number, &entry.fact);
            }
        }
        for entry in entries {
            if entry.corrects.is_none() {
                let fact = corrections.get(&entry.number).copied().unwrap_or(&entry.fact);
                self.take(entry, fact);
            }
            self.last = entry.number;
            self.last_on = self.last_on.max(Some(entry.on));
        }
    }

    /// Whether the person said no, and is not to be found again.
    pub fn objected(&self) -> bool {
        matches!(self.answer(), Some(Answer::Objected))
    }

    /// The answer to the last invitation.
    pub fn answer(&self) -> Option<Answer> {
        self.invitation.as_ref()?.answer.as_ref().map(|told| told.said)
    }

    /// Who keeps the record.
    pub fn keeper(&self) -> Option<&Member> {
        self.team.iter().find(|member| member.keeper)
    }

    /// The contact recorded in an entry.
    pub fn contact(&self, entry: EntryNumber) -> Option<&ContactState> {
        self.contacts.iter().find(|state| state.contact.entry == entry)
    }

    /// Whether a user's opening of the record still holds at an instant.
    pub fn open_to(&self, user: UserId, at: Moment) -> bool {
        self.openings
            .iter()
            .any(|opening| opening.opened.author.user == user && at < opening.opened.said.until)
    }

    fn take(&mut self, entry: &Entry, fact: &Fact) {
        match fact {
            Fact::Begun(begun) => self.begun = Some(told(entry, begun)),
            Fact::Communication(said) => self.communication = Some(told(entry, said)),
            Fact::Contact(contact) => {
                self.reviews.take(entry, fact);
                self.contacts.push(ContactState {
                    contact: told(entry, contact),
                    owner: contact.to.clone(),
                    outcome: None,
                });
            }
            Fact::ContactOutcome(outcome) => {
                if let Some(state) = self.contact_mut(outcome.contact) {
                    state.outcome = Some(told(entry, outcome));
                }
            }
            Fact::ContactPassedOn(passed) => {
                if let Some(state) = self.contact_mut(passed.contact) {
                    state.owner = passed.to.clone();
                }
            }
            Fact::Invited(invited) => {
                self.invitation = Some(Invitation { invited: told(entry, invited), answer: None });
            }
            Fact::InvitationAnswered(answered) => {
                if let Some(invitation) = &mut self.invitation {
                    invitation.answer = Some(told(entry, &answered.answer));
                }
            }
            Fact::TeamJoined(joined) => self.join(joined, entry.on),
            Fact::TeamLeft(left) => self.team.retain(|member| member.user != left.user),
            Fact::Note(_) => {}
            Fact::RecordOpened(opened) => {
                self.openings.push(Opening { opened: told(entry, opened), reviewed: false });
            }
            Fact::OpeningReviewed(review) => {
                for opening in &mut self.openings {
                    opening.reviewed |= opening.opened.entry == review.opening;
                }
            }
            Fact::MeansAsked(_) | Fact::MeansStated(_) | Fact::ChargeDecided(_) => {
                self.means.take(entry, fact);
            }
            Fact::FormBegun(_)
            | Fact::FormEnded(_)
            | Fact::FormHandedOver(_)
            | Fact::SectionConfirmed(_)
            | Fact::SectionOutdated(_)
            | Fact::Prompted(_)
            | Fact::PromptAnswered(_) => self.assessment.take(entry, fact),
            Fact::SectionWritten(_) => self.take_section(entry, fact),
            Fact::EligibilityDecided(_)
            | Fact::ChcConsidered(_)
            | Fact::CapacityAssessed(_)
            | Fact::AuthorityRecorded(_)
            | Fact::AuthorityEnded(_)
            | Fact::DecisionMade(_)
            | Fact::RiskTalked(_) => self.decisions.take(entry, fact),
            Fact::OutcomeWritten(_)
            | Fact::OutcomeEnded(_)
            | Fact::ActionWritten(_)
            | Fact::ActionMoved(_)
            | Fact::PlanAnswered(_)
            | Fact::MeetingListed(_)
            | Fact::MeetingHeard(_)
            | Fact::MessageSent(_)
            | Fact::MessageSeen(_) => self.plan.take(entry, fact),
            Fact::OutcomesScored(_)
            | Fact::ReviewBroughtForward(_)
            | Fact::ReviewHeld(_)
            | Fact::EnablementBegun(_)
            | Fact::EnablementWeek(_)
            | Fact::EnablementEnded(_) => self.reviews.take(entry, fact),
            Fact::CarerLink(_) | Fact::CardWritten(_) => self.carers.take(entry, fact),
            Fact::LetterGiven(given) => self.letters_given.push(told(entry, given)),
        }
    }

    /// A section may stand in the plan besides.
    fn take_section(&mut self, entry: &Entry, fact: &Fact) {
        self.assessment.take(entry, fact);
        self.plan.take(entry, fact);
    }

    fn join(&mut self, joined: &TeamJoined, since: Day) {
        self.team.retain(|member| member.user != joined.user);
        if joined.keeper {
            self.team.iter_mut().for_each(|member| member.keeper = false);
        }
        self.team.push(Member {
            user: joined.user,
            name: joined.name.clone(),
            role: joined.role.clone(),
            organisation: joined.organisation.clone(),
            since,
            keeper: joined.keeper,
        });
    }

    fn contact_mut(&mut self, entry: EntryNumber) -> Option<&mut ContactState> {
        self.contacts.iter_mut().find(|state| state.contact.entry == entry)
    }
}

fn told<T: Clone>(entry: &Entry, said: &T) -> Told<T> {
    Told {
        entry: entry.number,
        on: entry.on,
        author: entry.author.clone(),
        audience: entry.audience,
        said: said.clone(),
    }
}
