//! Who is asking: a signed-in user in the role they act in; and what a decision is told.

use std::collections::BTreeSet;

use law::day::Day;

use crate::record::entry::{Audience, Author, EntryNumber, NewEntry};
use crate::record::fact::decision::Matter;
use crate::record::fact::letter::LetterDue;
use crate::record::fact::{Begun, Fact};
use crate::record::ids::{OrganisationId, PersonId, TeamId, UserId};
use crate::record::moment::Moment;
use crate::record::person::Person;

use super::role::{Right, Role};

/// A signed-in user, in one role for one organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// The role they act in, with its rights.
    pub role: Role,
    /// The organisation they act for.
    pub organisation: OrganisationId,
    /// The team they act in.
    pub team: Option<TeamId>,
    /// The practices whose patients are their concern today: of their team's neighbourhood or
    /// network, or their own surgery. Sorted.
    pub practices: Vec<String>,
    /// The person this user is, when a resident signs in.
    pub person: Option<PersonId>,
    /// The person for whom this user acts, when somebody with lawful authority signs in.
    pub represents: Option<PersonId>,
    /// The matters in which they act for that person today.
    pub acts_in: BTreeSet<Matter>,
    /// The teams whose work can have come to theirs: that closed, or whose surgeries moved.
    pub took_over: BTreeSet<TeamId>,
}

impl Actor {
    /// Their name under an entry.
    pub fn author(&self) -> Author {
        Author {
            user: self.user,
            name: self.name.clone(),
            role: self.role.id.clone(),
            organisation: self.organisation.clone(),
        }
    }

    /// Whether a practice's patients are their concern.
    pub fn covers(&self, practice: &str) -> bool {
        self.practices.binary_search_by(|covered| covered.as_str().cmp(practice)).is_ok()
    }
}

/// What the place promises, in days (`policy/promises.toml`).
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Promises {
    /// Days in which a contact is answered; an urgent one is due the same day.
    pub answer_contact_days: u16,
    /// Days after an invitation when somebody asks for the answer.
    pub ask_for_answer_days: u16,
    /// Days after a yes when somebody is named to work with the person.
    pub name_keeper_days: u16,
    /// Days in which an opening from outside the team is looked at.
    pub review_opening_days: u16,
    /// Hours for which a record opened with a reason stays open.
    pub opening_hours: u16,
    /// Days after it was asked for in which a financial assessment is done.
    pub assess_means_days: u16,
    /// Days in which a draft of one is decided.
    pub decide_charge_days: u16,
    /// Days in which somebody says what comes of a prompt; of one about harm, the same day.
    pub answer_prompt_days: u16,
    /// Days in which something that was found out of date is asked again.
    pub ask_again_days: u16,
    /// Days in which the person says whether they agree with a plan that was made or changed, and in which
    /// what they do not agree with is talked about again.
    pub agree_plan_days: u16,
    /// Days in which a message is looked at.
    pub answer_message_days: u16,
    /// Days in which a review is held when something has changed; where somebody may be harmed, in
    /// half of them.
    pub review_changed_days: u16,
    /// Months after which somebody at high risk is looked at again, and at medium risk; at low risk it
    /// is a year (Care and support statutory guidance 13.32).
    pub review_high_risk_months: u8,
    /// See `review_high_risk_months`.
    pub review_medium_risk_months: u8,
    /// Days in which the person is given the letter about what was assessed or decided.
    pub send_letter_days: u16,
}

impl Promises {
    /// Reads the place's file.
    pub fn read(text: &str) -> Result<Self, BadPromises> {
        toml::from_str(text).map_err(|error| BadPromises(error.message().to_owned()))
    }
}

/// The place's promises could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("promises.toml is not as it should be: {0}")]
pub struct BadPromises(String);

/// What every decision is told: who asks, when, and what the place promises.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// Who asks.
    pub actor: &'a Actor,
    /// The day in the place.
    pub today: Day,
    /// The instant.
    pub now: Moment,
    /// What the place promises.
    pub promises: &'a Promises,
}

impl Asking<'_> {
    /// Refuses unless the role of whoever asks has a right.
    pub fn require(&self, right: Right, what: &'static str) -> Result<(), Refusal> {
        if self.actor.role.may(right) {
            return Ok(());
        }
        Err(Refusal::NotYours { what, role: self.actor.role.title.clone() })
    }

    /// Refuses unless the story has begun.
    pub fn require_begun(&self, person: &Person) -> Result<(), Refusal> {
        if person.begun.is_some() {
            return Ok(());
        }
        Err(Refusal::NotNow("Nobody has started to work with this person yet".to_owned()))
    }

    /// What begins a story, where it has not begun.
    pub fn begin(&self, person: &Person, begun: Begun) -> Vec<NewEntry> {
        if person.begun.is_some() { Vec::new() } else { vec![self.entry(Fact::Begun(begun))] }
    }

    /// The day so many days from today.
    pub fn in_days(&self, days: u16) -> Day {
        self.today.plus_days(i32::from(days))
    }

    /// Refuses a day that is yet to come.
    pub fn not_after_today(
        &self,
        field: &'static str,
        what: &str,
        day: Day,
    ) -> Result<(), Refusal> {
        if day <= self.today {
            return Ok(());
        }
        Err(Refusal::missing(field, format!("{what} cannot be in the future")))
    }

    /// Refuses a day that has gone.
    pub fn not_before_today(
        &self,
        field: &'static str,
        what: &str,
        day: Day,
    ) -> Result<(), Refusal> {
        if day >= self.today {
            return Ok(());
        }
        Err(Refusal::missing(field, format!("{what} must be today or later")))
    }

    /// Refuses a day that has gone, and one more than a year ahead.
    pub fn within_a_year(&self, field: &'static str, day: Day) -> Result<(), Refusal> {
        if (self.today..=self.today.plus_months(12)).contains(&day) {
            return Ok(());
        }
        Err(Refusal::missing(field, "Choose a day from today, within the next 12 months"))
    }

    /// The letter about what whoever asks decides today: their team's work.
    pub fn letter(&self) -> LetterDue {
        let due = self.in_days(self.promises.send_letter_days);
        LetterDue { team: self.actor.team.clone(), due }
    }

    /// An entry by whoever asks, about today, for everyone.
    pub fn entry(&self, fact: Fact) -> NewEntry {
        self.entry_for(Audience::Everyone, fact)
    }

    /// An entry by whoever asks, about today, for an audience.
    pub fn entry_for(&self, audience: Audience, fact: Fact) -> NewEntry {
        NewEntry {
            on: self.today,
            recorded_at: self.now,
            author: self.actor.author(),
            audience,
            corrects: None,
            fact,
        }
    }
}

/// Why a change was not made, in words for the person at the screen.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The role has no right to it.
    #[error("{what}: your role ({role}) cannot do this here")]
    NotYours {
        /// What was tried.
        what: &'static str,
        /// The role's title.
        role: String,
    },
    /// Something was left out, or is not as it should be.
    #[error("{message}")]
    Missing {
        /// The field of the form.
        field: &'static str,
        /// What to do.
        message: String,
        /// The same of further fields of that form.
        others: Vec<(&'static str, String)>,
    },
    /// The record does not stand where the change supposes.
    #[error("{0}")]
    NotNow(String),
    /// There is no such entry of the right kind in the story.
    #[error("the record has no such entry ({0}); it may have changed: look at it again")]
    NoSuchEntry(EntryNumber),
}

impl Refusal {
    /// That something in a field was left out, or is not as it should be; and what to do.
    pub fn missing(field: &'static str, message: impl Into<String>) -> Self {
        Self::Missing { field, message: message.into(), others: Vec::new() }
    }

    /// Adds what another check of the same form said. What is not about a field comes before what is: it
    /// is not put right by filling the form in otherwise.
    fn and(self, next: Self) -> Self {
        match (self, next) {
            (
                Self::Missing { field, message, mut others },
                Self::Missing { field: also, message: says, others: more },
            ) => {
                others.push((also, says));
                others.extend(more);
                Self::Missing { field, message, others }
            }
            (Self::Missing { .. }, other) => other,
            (first, _) => first,
        }
    }
}

/// Checks of one form: whoever filled it in is told at once of every field that is not as it should be.
pub trait Together {
    /// What the checks give where nothing is missing.
    type Sound;
    /// What every check gives; or everything that is missing.
    fn together(self) -> Result<Self::Sound, Refusal>;
}

impl<A, B> Together for (Result<A, Refusal>, Result<B, Refusal>) {
    type Sound = (A, B);
    fn together(self) -> Result<(A, B), Refusal> {
        match self {
            (Ok(one), Ok(other)) => Ok((one, other)),
            (Err(one), Err(other)) => Err(one.and(other)),
            (Err(refusal), Ok(_)) | (Ok(_), Err(refusal)) => Err(refusal),
        }
    }
}

/// Of more than two: the first with the rest.
macro_rules! together {
    ($($first:ident $($rest:ident)+;)+) => {
        $(impl<$first, $($rest),+> Together
            for (Result<$first, Refusal>, $(Result<$rest, Refusal>),+)
        {
            type Sound = ($first, $($rest),+);
            #[expect(non_snake_case, reason = "each value is named as its type")]
            fn together(self) -> Result<Self::Sound, Refusal> {
                let ($first, $($rest),+) = self;
                let ($first, ($($rest),+)) = ($first, ($($rest),+).together()).together()?;
                Ok(($first, $($rest),+))
            }
        })+
    };
}

together! {
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
}

/// The longest text a person may write in one go, in characters.
pub const WORDS_MAX: usize = 20_000;

/// A field of a form in which something has to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needed {
    /// Its name.
    pub field: &'static str,
    /// What to do where nothing is written in it.
    pub ask: &'static str,
}

impl Needed {
    /// A field, and what to do where nothing is written in it.
    pub const fn new(field: &'static str, ask: &'static str) -> Self {
        Self { field, ask }
    }

    /// Its words, without white space around them.
    pub fn words(self, text: &str) -> Result<String, Refusal> {
        words(self.field, text, self.ask)
    }
}

/// Words that were required, without white space around them.
pub fn words(field: &'static str, text: &str, ask: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::missing(field, ask));
    }
    optional_words(field, text)
}

/// Words that may be left out, without white space around them.
pub fn optional_words(field: &'static str, text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    let length = text.chars().count();
    if length > WORDS_MAX {
        let message = format!("This is {length} characters long: keep it to {WORDS_MAX}");
        return Err(Refusal::missing(field, message));
    }
    // Control characters would be invisible on the page and in print.
    Ok(text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect())
}
