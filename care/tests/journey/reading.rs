//! Who reads what of a story, as tables over every kind of fact: a change of them shows in review.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use care::record::entry::{Audience, Author, Entry};
use care::record::fact::Fact;
use care::record::fact::carer::Share;
use care::record::fact::decision::Matter;
use care::record::hash::Hash;
use care::record::ids::{PersonId, TeamId, UserId};
use care::record::moment::Moment;
use care::record::person::Person;
use care::who::access::{
    Access, Relationship, Subject, acts_in, card_for, is_to, may_be_told, may_open, may_read,
    may_read_shared, represents_in_money, shared_with,
};
use care::who::actor::Actor;
use care::who::role::Right;

use crate::facts::WRITTEN;
use crate::place::{Telling, actor, day, person_id, roles};

/// Somebody of another place, who is none of those who read.
fn someone() -> Author {
    Author {
        user: UserId::from_uuid(uuid::Uuid::from_u128(7)),
        ..actor("contact-officer").author()
    }
}

fn entry(number: u32, audience: Audience, fact: &str) -> Entry {
    Entry {
        person: person_id(),
        number,
        on: day("2026-11-20"),
        recorded_at: Moment::parse("2026-11-20T09:30:00Z").unwrap(),
        author: someone(),
        audience,
        corrects: None,
        fact: serde_json::from_str(fact).unwrap(),
        hash: Hash::START,
    }
}

fn subject() -> Subject {
    Subject {
        person: person_id(),
        practice: None,
        in_touch: true,
        members: Vec::new(),
        teams: BTreeMap::new(),
        restricted: false,
    }
}

/// The kinds of fact, by what is said of each: facts of a kind of which other things are said stand under
/// both.
fn by_answer(mut answer: impl FnMut(&str) -> String) -> String {
    let mut kinds: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (kind, text) in WRITTEN {
        kinds.entry(answer(text)).or_default().insert(kind);
    }
    let mut table = String::new();
    for (answer, kinds) in kinds {
        let kinds: Vec<&str> = kinds.into_iter().collect();
        writeln!(table, "{answer}\n    {}", kinds.join(", ")).unwrap();
    }
    table
}

#[test]
fn the_table_of_what_members_read_and_are_told_is_as_agreed() {
    let members: Vec<Actor> = roles().iter().map(|role| actor(role.id.as_str())).collect();
    let names = |chosen: &dyn Fn(&Actor) -> bool| {
        let chosen = members.iter().filter(|actor| chosen(actor));
        chosen.map(|actor| actor.role.id.as_str()).collect::<Vec<_>>().join(" ")
    };
    let table = by_answer(|text| {
        let entry = entry(1, Audience::Everyone, text);
        let read = names(&|actor| may_read(actor, &subject(), Relationship::Member, &entry));
        let told = names(&|actor| may_be_told(actor, &entry));
        format!("read by {read}\n  lists tell {}", if told == read { "them" } else { &told })
    });
    insta::assert_snapshot!(table);
}

#[test]
fn the_table_of_what_authority_lets_somebody_read_is_as_agreed() {
    let acting = |matter: Matter| {
        let mut actor = actor("representative");
        actor.name = "Ada Okonkwo".to_owned();
        actor.acts_in.insert(matter);
        actor.role = actor.role.acting_in(&actor.acts_in);
        actor
    };
    let reads = |matter: Matter, entry: &Entry| {
        may_read(&acting(matter), &subject(), Relationship::Represents, entry)
    };
    let table = by_answer(|text| {
        let open = entry(1, Audience::Everyone, text);
        let closed = entry(1, Audience::Professionals, text);
        assert!(!Matter::ALL.iter().any(|matter| reads(*matter, &closed)), "{text}");
        let matters = Matter::ALL.iter().filter(|matter| reads(**matter, &open));
        let matters: Vec<&str> = matters.map(|matter| matter.code()).collect();
        format!("whoever acts in: {}", matters.join(" "))
    });
    insta::assert_snapshot!(table);
}

#[test]
fn the_table_of_what_a_person_can_share_is_as_agreed() {
    let table = by_answer(|text| {
        let share = |audience, private: bool, share: Share| {
            let entry = entry(1, audience, text);
            may_read_shared(&BTreeSet::from([share]), |_, _| private, &entry)
        };
        let shares = Share::ALL.iter().filter(|one| share(Audience::Everyone, false, **one));
        let shares: Vec<&str> = shares.map(|share| share.code()).collect();
        let any = |audience, private| Share::ALL.iter().any(|one| share(audience, private, *one));
        assert!(!any(Audience::Professionals, false), "{text}");
        let private = if any(Audience::Everyone, true) { "" } else { ", unless private" };
        format!("shared as: {}{}", shares.join(" "), if shares.is_empty() { "" } else { private })
    });
    insta::assert_snapshot!(table);
}

/// Work opens what came before it for everyone, and what came since.
#[test]
fn work_opens_what_came_since() {
    let worker = actor("social-worker");
    let mut subject = subject();
    subject.teams.insert(worker.team.clone().unwrap(), 5);
    let note = r#"{"kind":"note","words":"Likes to be called Bea"}"#;
    let reads = |number, audience, relationship| {
        may_read(&worker, &subject, relationship, &entry(number, audience, note))
    };
    let cases = [
        (4, Audience::Everyone, true),
        (4, Audience::Professionals, false),
        (5, Audience::Professionals, true),
        (6, Audience::Professionals, true),
    ];
    for (number, audience, expected) in cases {
        assert_eq!(reads(number, audience, Relationship::Work), expected, "{number}");
        assert!(reads(number, audience, Relationship::Member), "{number}");
    }
    let mut own = entry(4, Audience::Professionals, note);
    own.author = worker.author();
    assert!(may_read(&worker, &subject, Relationship::Work, &own), "one’s own");
}

const AUTHORITY: &str = r#"{"kind":"authority-recorded","authority":"KIND","holder":" ada okonkwo","scope":["care","money"],"from":"2026-01-01","document":"1","seen_on":"2026-11-20","registered_on":"2025-12-01"}"#;
const CAPACITY: &str = r#"{"kind":"capacity-assessed","decision":"Whether to move","matter":"care","support":"Pictures","abilities":{},"conclusion":"FOUND","good_until":"2027-02-01","words":""}"#;

#[test]
fn who_holds_authority_acts_where_it_is_of_use() {
    let mut actor = actor("representative");
    actor.name = "Ada Okonkwo".to_owned();
    let acts = |actor: &Actor, kind: &str, found: Option<&str>| {
        let mut entries = vec![entry(1, Audience::Everyone, &AUTHORITY.replace("KIND", kind))];
        if let Some(found) = found {
            entries.push(entry(2, Audience::Everyone, &CAPACITY.replace("FOUND", found)));
        }
        let person = Person::fold(person_id(), &entries);
        let acts = acts_in(actor, &person, day("2026-12-01"));
        let money = represents_in_money(actor, &person, day("2026-12-01"));
        assert_eq!(money, acts.contains(&Matter::Money), "{kind}");
        let acts: Vec<&str> = acts.iter().map(|matter| matter.code()).collect();
        acts.join(" ")
    };
    let cases = [
        ("lpa-health", None, ""),
        ("lpa-health", Some("lacks-capacity"), "care"),
        ("lpa-health", Some("has-capacity"), ""),
        ("deputy-welfare", None, "care money"),
        ("deputy-welfare", Some("lacks-capacity"), "care money"),
        ("deputy-welfare", Some("has-capacity"), "money"),
        ("lpa-property", None, "care money"),
        ("deprivation-of-liberty", Some("lacks-capacity"), ""),
    ];
    for (kind, found, expected) in cases {
        assert_eq!(acts(&actor, kind, found), expected, "{kind}, {found:?}");
    }
    let other = Actor { name: "Somebody Else".to_owned(), ..actor.clone() };
    assert_eq!(acts(&other, "lpa-property", None), "");
    let of_another = Actor { represents: Some(PersonId::of_source("test", "bea")), ..actor };
    assert_eq!(acts(&of_another, "lpa-property", None), "");
}

#[test]
fn who_acts_for_somebody_says_their_means_only_where_they_see_them() {
    let may = |matter: Matter| {
        let role = actor("representative").role.acting_in(&BTreeSet::from([matter]));
        role.may(Right::StateMeans)
    };
    assert!(may(Matter::Money) && may(Matter::Benefits));
    assert!(!may(Matter::Care) && !may(Matter::Residence));
}

/// Who looks at an opening: the team that was told, where nobody but the opener keeps the record, and
/// nobody looks at their own.
#[test]
fn an_opening_is_looked_at_by_the_team_that_was_told() {
    let lead = actor("team-lead");
    let opened = |team: &str, keeper: Option<UserId>, opener: UserId, seen: bool| {
        let mut story = vec![entry(
            1,
            Audience::Everyone,
            &format!(
                r#"{{"kind":"record-opened","reason":"Brought in by ambulance","until":"2026-11-20T17:30:00.000000Z","tell":"{team}","review_by":"2026-11-26"}}"#
            ),
        )];
        story[0].author.user = opener;
        if let Some(keeper) = keeper {
            story.push(entry(
                2,
                Audience::Everyone,
                &format!(
                    r#"{{"kind":"team-joined","user":"{keeper}","name":"Ann Lee","role":"social-worker","organisation":"lewisham","keeper":true}}"#
                ),
            ));
        }
        if seen {
            let seen = r#"{"kind":"opening-reviewed","opening":1,"justified":true}"#;
            story.push(entry(3, Audience::Everyone, seen));
        }
        let person = Person::fold(person_id(), &story);
        let now = Telling::new().now;
        may_open(&lead, &subject(), &person, now) == Access::Yes(Relationship::Work)
    };
    let (theirs, other) = (lead.team.clone().unwrap(), someone().user);
    let keeper = actor("social-worker").user;
    assert!(opened(theirs.as_str(), None, other, false));
    assert!(opened(theirs.as_str(), Some(other), other, false), "the opener keeps it");
    assert!(!opened(theirs.as_str(), Some(keeper), other, false), "another keeps it");
    assert!(!opened("another-team", None, other, false));
    assert!(!opened(theirs.as_str(), None, lead.user, false), "their own");
    assert!(!opened(theirs.as_str(), None, other, true), "it was looked at");
    // Nobody without the right, though their team was told.
    let worker = Actor { team: lead.team.clone(), ..actor("social-worker") };
    let told = r#"{"kind":"record-opened","reason":"Brought in by ambulance","until":"2026-11-20T17:30:00.000000Z","tell":"team-team-lead","review_by":"2026-11-26"}"#;
    let person = Person::fold(person_id(), &[entry(1, Audience::Everyone, told)]);
    let now = Telling::new().now;
    let work = Access::Yes(Relationship::Work);
    assert_eq!(may_open(&lead, &subject(), &person, now), work);
    assert_ne!(may_open(&worker, &subject(), &person, now), work);
}

#[test]
fn a_message_is_to_a_user_a_team_or_those_who_took_over_from_it() {
    let mut reader = actor("social-worker");
    let to = |to: &str| {
        let text =
            format!(r#"{{"kind":"message-sent",{to},"words":"?","answer_by":"2026-11-26"}}"#);
        match entry(1, Audience::Professionals, &text).fact {
            Fact::MessageSent(sent) => sent,
            other => panic!("{other:?}"),
        }
    };
    assert!(is_to(&reader, &to(&format!(r#""to":"{}""#, reader.user))));
    assert!(!is_to(&reader, &to(&format!(r#""to":"{}""#, someone().user))));
    assert!(is_to(&reader, &to(r#""team":"team-social-worker""#)));
    assert!(!is_to(&reader, &to(r#""team":"before""#)));
    reader.took_over.insert(TeamId::new("before"));
    assert!(is_to(&reader, &to(r#""team":"before""#)));
}

#[test]
fn what_is_shared_is_for_whoever_is_linked_and_not_of_a_restricted_record() {
    let carer = PersonId::of_source("test", "bea");
    let said = |said: &str| {
        let text = format!(
            r#"{{"kind":"carer-link","link":"00000000-0000-7000-8000-000000000009","said":{said}}}"#
        );
        entry(1, Audience::Everyone, &text)
    };
    let mut linked = vec![
        said(&format!(
            r#"{{"what":"agreed","side":"cared-for","other":"{carer}","name":"Bea","shares":["plan","card"]}}"#
        )),
        said(&format!(r#"{{"what":"made","other":"{carer}"}}"#)),
    ];
    linked[1].number = 2;
    let person = Person::fold(person_id(), &linked);
    let reader = Actor { person: Some(carer), ..actor("resident") };
    let shares = Some(BTreeSet::from([Share::Plan, Share::Card]));
    assert_eq!(shared_with(&reader, &subject(), &person), shares);
    let restricted = Subject { restricted: true, ..subject() };
    assert_eq!(shared_with(&reader, &restricted, &person), None);
    let worker = Actor { person: Some(carer), ..actor("social-worker") };
    assert_eq!(shared_with(&worker, &subject(), &person), None, "in no other seat");

    let (_, card) = WRITTEN.iter().find(|(kind, _)| *kind == "card-written").unwrap();
    linked.push(Entry { number: 3, ..entry(3, Audience::Everyone, card) });
    let with_card = Person::fold(person_id(), &linked);
    assert!(card_for(&with_card, carer).is_some());
    assert!(card_for(&person, carer).is_none(), "no card was written");
    assert!(card_for(&with_card, PersonId::of_source("test", "else")).is_none());
}
