//! What is known of a person without asking them: from the register of residents, and from what was
//! said of how to speak with them and at the front door.

use law::day::{Day, PartialDay};

use crate::find::register::Resident;
use crate::record::entry::EntryNumber;
use crate::record::fact::assess::{Reply, YesNo};
use crate::record::person::{Person, Told};

use super::form::KnownFrom;

/// What the register knows of a person, as far as whoever asks may see it.
#[derive(Debug, Clone, Copy, Default)]
pub struct OnRegister<'a> {
    /// The person on the register of residents.
    pub resident: Option<&'a Resident>,
    /// The name of their GP practice.
    pub practice: Option<&'a str>,
    /// The conditions that the surgery has coded.
    pub conditions: &'a [Condition],
}

/// A condition on the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Its id in the place's code list.
    pub id: String,
    /// Our own name for it.
    pub name: String,
    /// Since when, as far as known.
    pub since: Option<PartialDay>,
}

/// Something known without asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// As an answer.
    pub reply: Reply,
    /// Who said it, and when; the register, where nobody is named.
    pub said: Option<Said>,
}

/// Who said something outside the forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Their name.
    pub by: String,
    /// When.
    pub on: Day,
    /// In which entry.
    pub entry: EntryNumber,
}

/// What is known from a source; what was last said to us before what a feed says.
pub fn known(from: KnownFrom, person: &Person, register: &OnRegister<'_>) -> Option<Fact> {
    let resident = register.resident;
    let fed = |text: String| {
        let text = text.trim().to_owned();
        (!text.is_empty()).then_some(Fact { reply: Reply::Text(text), said: None })
    };
    let identity = person.begun.as_ref().map(|begun| &begun.said.identity);
    let communication = person.communication.as_ref();
    let said = |text: &str| {
        let by = communication.map(said_by);
        (!text.is_empty()).then(|| Fact { reply: Reply::Text(text.to_owned()), said: by })
    };
    match from {
        KnownFrom::Name => match (resident, identity) {
            (Some(resident), _) => fed(format!("{} {}", resident.given, resident.family)),
            (None, Some(identity)) => fed(format!("{} {}", identity.given, identity.family)),
            (None, None) => None,
        },
        KnownFrom::Born => {
            let born = resident.map_or_else(|| identity?.born, |resident| resident.born)?;
            Some(Fact { reply: Reply::Date(born), said: None })
        }
        KnownFrom::Address => {
            let (lines, postcode) = match (resident, identity) {
                (Some(resident), _) => (&resident.address, &resident.postcode),
                (None, Some(identity)) => (&identity.address, &identity.postcode),
                (None, None) => return None,
            };
            let lines: Vec<&str> = lines
                .iter()
                .chain(postcode)
                .map(String::as_str)
                .filter(|l| !l.is_empty())
                .collect();
            fed(lines.join("\n"))
        }
        KnownFrom::Telephone => {
            let number = match resident {
                Some(resident) => resident.telephone.clone(),
                None => identity?.telephone.clone(),
            };
            fed(number?)
        }
        KnownFrom::Practice => fed(register.practice?.to_owned()),
        KnownFrom::Conditions => fed(conditions(register.conditions)),
        KnownFrom::Language => communication
            .and_then(|told| said(told.said.language.as_deref()?))
            .or_else(|| fed(resident?.language.clone()?)),
        KnownFrom::Interpreter => interpreter(person, resident),
        KnownFrom::Communication => said(&communication?.said.needs),
        KnownFrom::Adjustments => said(&communication?.said.adjustments),
        KnownFrom::Contact => {
            let contact = &person.contacts.last()?.contact;
            let reply = Reply::Text(contact.said.words.clone());
            Some(Fact { reply, said: Some(said_by(contact)) })
        }
    }
}

/// A register that does not name an interpreter has not said that none is needed.
fn interpreter(person: &Person, resident: Option<&Resident>) -> Option<Fact> {
    if let Some(told) = &person.communication {
        let needed = if told.said.interpreter { YesNo::Yes } else { YesNo::No };
        return Some(Fact { reply: Reply::YesNo(needed), said: Some(said_by(told)) });
    }
    let needed = resident.is_some_and(|resident| resident.interpreter);
    needed.then_some(Fact { reply: Reply::YesNo(YesNo::Yes), said: None })
}

fn conditions(conditions: &[Condition]) -> String {
    let line = |condition: &Condition| match condition.since {
        Some(since) => format!("{}, since {}", condition.name, since.in_words()),
        None => condition.name.clone(),
    };
    conditions.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn said_by<T>(told: &Told<T>) -> Said {
    Said { by: told.author.name.clone(), on: told.on, entry: told.entry }
}
