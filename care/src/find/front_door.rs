//! The front door: somebody comes, by any route, about anyone. There is no wrong door.

use crate::record::entry::{EntryNumber, NewEntry};
use crate::record::fact::review::Change;
use crate::record::fact::{
    Begun, Contact, ContactKind, ContactOutcome, ContactPassedOn, Fact, Identity, Outcome,
    Reported, Route,
};
use crate::record::ids::TeamId;
use crate::record::person::{ContactState, Person};
use crate::who::actor::{Asking, Needed, Refusal, Together, optional_words, words};
use crate::who::role::Right;

/// What somebody said at the front door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What kind of contact it is.
    pub contact: ContactKind,
    /// By which route it came.
    pub route: Route,
    /// Who it came from.
    pub from: String,
    /// What they said.
    pub words: String,
    /// Whether somebody must answer today.
    pub urgent: bool,
    /// Whether the person knows and agrees; None where nobody asked.
    pub person_agrees: Option<bool>,
    /// The team that is to answer.
    pub to: TeamId,
    /// What has happened to the person that changes what they need, if something has.
    pub change: Option<Change>,
}

/// What was said or asked.
pub const WORDS: Needed = Needed::new("words", "Write what was said or asked");

/// Records a contact; begins the story where there is none. What has happened to somebody with a plan brings
/// its review forward.
pub fn record(
    person: &Person,
    said: Said,
    begun: Begun,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::RecordContact, "Recording a contact")?;
    let from = match said.route {
        Route::Myself => optional_words("from", &said.from),
        _ => words("from", &said.from, "Say who it came from: a name, and how to reach them"),
    };
    let (from, words) = (from, WORDS.words(&said.words)).together()?;
    let days = if said.urgent { 0 } else { asking.promises.answer_contact_days };
    let contact = Contact {
        contact: said.contact,
        route: said.route,
        from,
        words,
        urgent: said.urgent,
        person_agrees: said.person_agrees,
        to: said.to,
        answer_by: asking.in_days(days),
        changed: said.change.map(|change| Reported {
            change,
            review_by: asking.in_days(asking.promises.review_changed_days),
        }),
    };
    let mut entries = asking.begin(person, begun);
    entries.push(asking.entry(Fact::Contact(contact)));
    Ok(entries)
}

/// Checks how a person not on the register was described.
pub fn describe(identity: Identity) -> Result<Begun, Refusal> {
    let family = words("family", &identity.family, "Enter a family name, or ‘not known’")?;
    let given = optional_words("given", &identity.given)?;
    let postcode = identity.postcode.map(|text| text.trim().to_uppercase());
    let telephone = identity.telephone.map(|text| text.trim().to_owned());
    let identity = Identity {
        family,
        given,
        born: identity.born,
        nhs_number: identity.nhs_number,
        address: identity
            .address
            .iter()
            .map(|line| line.trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect(),
        postcode: postcode.filter(|text| !text.is_empty()),
        telephone: telephone.filter(|text| !text.is_empty()),
    };
    Ok(Begun { identity, on_register: false })
}

/// Records what came of a contact.
pub fn answer(
    person: &Person,
    contact: EntryNumber,
    outcome: Outcome,
    text: &str,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::AnswerContact, "Answering a contact")?;
    open_contact(person, contact)?;
    let words = words("words", text, "Write what was done, for the person who asked")?;
    let keeper_by =
        (outcome == Outcome::Assessment).then(|| asking.in_days(asking.promises.name_keeper_days));
    let outcome = ContactOutcome { contact, outcome, words, keeper_by };
    Ok(vec![asking.entry(Fact::ContactOutcome(outcome))])
}

/// Passes a contact to another team, who then owns it. Whoever recorded it may, too.
pub fn pass_on(
    person: &Person,
    contact: EntryNumber,
    to: TeamId,
    text: &str,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    let state = open_contact(person, contact)?;
    if state.contact.author.user != asking.actor.user {
        asking.require(Right::AnswerContact, "Passing on a contact")?;
    }
    if state.owner == to {
        return Err(Refusal::missing("to", "That team already has this contact: choose another"));
    }
    let words = words("words", text, "Say why it goes to that team")?;
    Ok(vec![asking.entry(Fact::ContactPassedOn(ContactPassedOn { contact, to, words }))])
}

fn open_contact(person: &Person, contact: EntryNumber) -> Result<&ContactState, Refusal> {
    let state = person.contact(contact).ok_or(Refusal::NoSuchEntry(contact))?;
    match &state.outcome {
        None => Ok(state),
        Some(outcome) => Err(Refusal::NotNow(format!(
            "{} has already answered this contact",
            outcome.author.name
        ))),
    }
}
