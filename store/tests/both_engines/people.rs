//! Invented people and what is written about them.

use care::record::entry::{Audience, Author, EntryNumber, NewEntry};
use care::record::fact::{
    Answer, Begun, Contact, ContactKind, ContactOutcome, Fact, Identity, InvitationAnswered,
    Invited, Note, Outcome, Route, TeamJoined,
};
use care::record::ids::{OrganisationId, PersonId, RoleId, RunId, TeamId, UserId};
use care::record::moment::Moment;
use law::day::{Day, PartialDay};
use store::access::View;
use store::stories::{self, AppendError};
use store::{Store, StoreError};
use uuid::Uuid;

pub fn person(number: u32) -> PersonId {
    PersonId::of_source("test", &number.to_string())
}

pub fn user(number: u32) -> UserId {
    UserId::from_uuid(Uuid::from_u128(u128::from(number)))
}

pub fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

pub fn moment(seconds: i64) -> Moment {
    Moment::parse("2026-11-22T09:00:00Z").expect("an instant").plus_seconds(seconds)
}

pub fn author() -> Author {
    Author {
        user: user(7),
        name: "Ngozi “Zee” Okafor\n(bank)".to_owned(),
        role: RoleId::new("social-worker"),
        organisation: OrganisationId::new("southwark"),
    }
}

pub fn entry(fact: Fact) -> NewEntry {
    NewEntry {
        on: day("2026-11-20"),
        recorded_at: moment(0),
        author: author(),
        audience: Audience::Everyone,
        corrects: None,
        fact,
    }
}

pub fn begun(on_register: bool) -> NewEntry {
    let identity = Identity {
        given: "Séan Tomás".to_owned(),
        family: "O’Brien-Ní Dhomhnaill".to_owned(),
        born: PartialDay::parse("1948-02").ok(),
        address: vec!["Flat 2\r".to_owned(), String::new(), "1 Walworth Road".to_owned()],
        ..Identity::default()
    };
    entry(Fact::Begun(Begun { identity, on_register }))
}

pub fn note(words: &str) -> NewEntry {
    entry(Fact::Note(Note { words: words.to_owned() }))
}

pub fn contact() -> NewEntry {
    entry(Fact::Contact(Contact {
        contact: ContactKind::Referral,
        route: Route::Family,
        from: "her daughter".to_owned(),
        words: "She fell twice this week; \u{1f6d1} the \"lift\" is out.\u{0} ".to_owned(),
        urgent: true,
        person_agrees: Some(true),
        to: TeamId::new("north"),
        answer_by: day("2026-11-22"),
        changed: None,
    }))
}

pub fn outcome(contact: EntryNumber) -> NewEntry {
    entry(Fact::ContactOutcome(ContactOutcome {
        contact,
        outcome: Outcome::Assessment,
        words: "We will visit".to_owned(),
        keeper_by: Some(day("2026-12-01")),
    }))
}

pub fn joined(who: u32, keeper: bool) -> NewEntry {
    entry(Fact::TeamJoined(TeamJoined {
        user: user(who),
        name: format!("Worker {who}"),
        role: RoleId::new("nurse"),
        organisation: OrganisationId::new("gstt"),
        keeper,
    }))
}

pub fn invited() -> NewEntry {
    entry(Fact::Invited(Invited {
        run: RunId::from_uuid(Uuid::from_u128(9)),
        criterion: "three-or-more".to_owned(),
        version: "1".to_owned(),
        reason: "three or more long-term conditions".to_owned(),
        as_of: day("2026-11-01"),
        evidence: Vec::new(),
        how: "letter".to_owned(),
        team: TeamId::new("north"),
        ask_by: day("2026-12-04"),
    }))
}

pub fn objected() -> NewEntry {
    entry(Fact::InvitationAnswered(InvitationAnswered {
        answer: Answer::Objected,
        words: "No, thank you".to_owned(),
    }))
}

/// A story of so many entries that touches everything derived.
pub fn story(length: u32) -> Vec<NewEntry> {
    let first =
        [begun(false), contact(), outcome(2), joined(11, true), joined(12, false), invited()];
    let rest = (6..length).map(|number| note(&format!("note {number}")));
    first.into_iter().chain(rest).take(length as usize).collect()
}

pub fn append(
    store: &Store,
    person: PersonId,
    last_seen: EntryNumber,
    new: Vec<NewEntry>,
) -> Result<Vec<care::record::entry::Entry>, AppendError> {
    store.write(move |tx| stories::append(tx, person, last_seen, &new))
}

/// Writes a story of `length` entries about each of so many people, and a few views.
pub fn peopled(store: &Store, people: u32, length: u32) {
    for number in 0..people {
        let who = person(number);
        append(store, who, 0, story(length)).expect("a new story");
        let viewed: Result<(), StoreError> = store.write(move |tx| {
            for second in 0..3 {
                store::access::append(tx, who, &view(second))?;
            }
            Ok(())
        });
        viewed.expect("views are written down");
    }
}

pub fn view(second: i64) -> View {
    View {
        at: moment(second),
        by: author(),
        what: "the record".to_owned(),
        reason: (second == 1).then(|| "asked by “the GP”".to_owned()),
    }
}
