//! Whom a page is about: who they are, what they are called, and whether a list may name them.

use std::collections::{BTreeMap, BTreeSet};

use care::find::register::Resident;
use care::record::fact::Identity;
use care::record::ids::PersonId;
use care::record::person::Person;
use store::engine::Tx;
use store::lists::Whom;
use store::{StoreError, lists};

use crate::seat::Seat;

/// Who a person is: from the register where it knows them, otherwise as they were described.
pub fn identity_of(resident: Option<&Resident>, person: &Person) -> Identity {
    match (resident, &person.begun) {
        (Some(resident), _) => resident.identity(),
        (None, Some(begun)) => begun.said.identity.clone(),
        (None, None) => Identity::default(),
    }
}

/// A person's name in full.
pub fn full_name(identity: &Identity) -> String {
    let name = format!("{} {}", identity.given, identity.family);
    let name = name.trim();
    if name.is_empty() { "Name not known".to_owned() } else { name.to_owned() }
}

/// What a person is called within a sentence.
pub fn first_name(identity: &Identity) -> String {
    let first = identity.given.split_whitespace().next();
    first.map_or_else(|| "the person".to_owned(), str::to_owned)
}

/// A person's name as lists show it.
pub fn name(whom: &Whom) -> String {
    full_name(whom.identity.as_ref().unwrap_or(&Identity::default()))
}

/// The names on a page that several people have: each of them is shown with the date of birth.
#[derive(Debug, Default)]
pub struct Namesakes(BTreeSet<String>);

impl Namesakes {
    /// Those of some people.
    pub fn of<'a>(people: impl IntoIterator<Item = &'a Whom>) -> Self {
        let mut first: BTreeMap<String, PersonId> = BTreeMap::new();
        let mut several = BTreeSet::new();
        for whom in people {
            let name = name(whom);
            if *first.entry(name.clone()).or_insert(whom.person) != whom.person {
                several.insert(name);
            }
        }
        Self(several)
    }

    /// A person's name, so that nobody is taken for another on this page.
    pub fn name(&self, whom: &Whom) -> String {
        let name = name(whom);
        let born = whom.identity.as_ref().and_then(|identity| identity.born);
        match born.filter(|_| self.0.contains(&name)) {
            Some(born) => format!("{name}, born {}", born.in_words()),
            None => name,
        }
    }
}

/// Whether lists must not name a person to whoever asks: the record is restricted to their team.
pub fn hidden(tx: &mut dyn Tx, seat: &Seat, whom: &Whom) -> Result<bool, StoreError> {
    let own = seat.actor.person == Some(whom.person);
    Ok(whom.restricted && !own && !lists::members(tx, whom.person)?.contains(&seat.actor.user))
}

#[cfg(test)]
mod tests {
    use law::day::{Day, PartialDay};

    use super::*;

    #[test]
    fn two_people_of_one_name_are_told_apart() {
        let whom = |id: &str, given: &str, born: Option<&str>| Whom {
            person: PersonId::of_source("test", id),
            identity: Some(Identity {
                given: given.to_owned(),
                family: "Webb".to_owned(),
                born: born.and_then(|born| Day::parse(born).ok()).map(PartialDay::from),
                ..Identity::default()
            }),
            practice: None,
            restricted: false,
        };
        let (one, other) = (whom("1", "Keith", Some("1950-03-05")), whom("2", "Keith", None));
        let third = whom("3", "Ann", Some("1961-01-02"));
        // Somebody with two lines is no namesake of themself.
        let names = Namesakes::of([&one, &one, &third]);
        assert_eq!(names.name(&one), "Keith Webb");
        let names = Namesakes::of([&one, &third, &other, &one]);
        assert_eq!(names.name(&one), "Keith Webb, born 5 March 1950");
        assert_eq!(names.name(&other), "Keith Webb", "nobody knows when they were born");
        assert_eq!(names.name(&third), "Ann Webb");
    }
}
