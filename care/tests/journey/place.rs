//! A small place to try things in: its roles, its promises, a few users and one person.

use std::collections::BTreeSet;

use care::record::derived::{Derived, derive};
use care::record::entry::{Entry, NewEntry};
use care::record::fact::{Begun, Identity};
use care::record::hash::Hash;
use care::record::ids::{OrganisationId, PersonId, RoleId, TeamId, UserId};
use care::record::moment::Moment;
use care::record::person::Person;
use care::who::actor::{Actor, Asking, Promises, Refusal};
use care::who::role::Roles;
use law::day::Day;

pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub fn roles() -> Roles {
    Roles::read(include_str!("../../../policy/access/roles.toml")).unwrap()
}

pub fn promises() -> Promises {
    Promises::read(include_str!("../../../policy/promises.toml")).unwrap()
}

pub fn person_id() -> PersonId {
    PersonId::of_source("test", "rosa")
}

/// A user of a role, in the team of a neighbourhood that covers one practice.
pub fn actor(role: &str) -> Actor {
    let number = RoleId::new(role).as_str().bytes().fold(0u128, |sum, b| sum * 7 + u128::from(b));
    Actor {
        user: UserId::from_uuid(uuid::Uuid::from_u128(number)),
        name: format!("A {role}"),
        role: roles().get(&RoleId::new(role)).unwrap().clone(),
        organisation: OrganisationId::new(format!("org-{role}")),
        team: Some(TeamId::new(format!("team-{role}"))),
        practices: vec!["G85001".to_owned()],
        person: (role == "resident").then(person_id),
        represents: (role == "representative").then(person_id),
        acts_in: BTreeSet::new(),
        took_over: BTreeSet::new(),
    }
}

/// A story being told, one decision after another.
#[derive(Clone)]
pub struct Telling {
    pub of: PersonId,
    pub entries: Vec<Entry>,
    pub today: Day,
    pub now: Moment,
}

impl Telling {
    pub fn new() -> Self {
        Self {
            of: person_id(),
            entries: Vec::new(),
            today: day("2026-11-23"),
            now: Moment::parse("2026-11-23T09:30:00Z").unwrap(),
        }
    }

    pub fn person(&self) -> Person {
        Person::fold(self.of, &self.entries)
    }

    pub fn derived(&self) -> Derived {
        derive(&self.person()).expect("the story has begun")
    }

    /// Lets a user decide something, and writes down what came of it.
    pub fn tell(
        &mut self,
        actor: &Actor,
        decide: impl FnOnce(&Person, &Asking<'_>) -> Result<Vec<NewEntry>, Refusal>,
    ) -> Result<(), Refusal> {
        let promises = promises();
        let asking = Asking { actor, today: self.today, now: self.now, promises: &promises };
        let decided = decide(&self.person(), &asking)?;
        self.write_down(decided);
        Ok(())
    }

    /// Writes down what was decided, also by what another story led to.
    pub fn write_down(&mut self, decided: Vec<NewEntry>) {
        for new in decided {
            let number = u32::try_from(self.entries.len()).unwrap() + 1;
            self.entries.push(Entry {
                person: self.of,
                number,
                on: new.on,
                recorded_at: new.recorded_at,
                author: new.author,
                audience: new.audience,
                corrects: new.corrects,
                fact: new.fact,
                hash: Hash::START,
            });
        }
    }

    pub fn days_later(&mut self, days: i32) {
        self.today = self.today.plus_days(days);
        self.now = self.now.plus_seconds(i64::from(days) * 86_400);
    }
}

pub fn begun() -> Begun {
    Begun {
        identity: Identity {
            given: "Rosa".to_owned(),
            family: "Okonkwo-O’Brien".to_owned(),
            born: None,
            nhs_number: None,
            address: Vec::new(),
            postcode: None,
            telephone: None,
        },
        on_register: false,
    }
}
