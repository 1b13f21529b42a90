//! No wrong door: a contact from any route is answered, or passed on, and is always somebody's.

use care::find::front_door::{self, Said};
use care::record::derived::{Stage, Task};
use care::record::fact::{ContactKind, Fact, Identity, Outcome, Route};
use care::record::ids::TeamId;
use care::who::actor::Refusal;

use crate::place::{Telling, actor, begun, day};

fn said(route: Route, words: &str) -> Said {
    Said {
        contact: ContactKind::Referral,
        route,
        from: if route == Route::Myself { String::new() } else { "Dr A Mensah".to_owned() },
        words: words.to_owned(),
        urgent: false,
        person_agrees: Some(true),
        to: TeamId::new("team-contact-officer"),
        change: None,
    }
}

#[test]
fn every_role_may_record_a_contact_by_every_route() {
    for role in crate::place::roles().iter() {
        for route in Route::ALL {
            let mut story = Telling::new();
            let told = story.tell(&actor(role.id.as_str()), |person, asking| {
                front_door::record(person, said(*route, "Not managing the stairs"), begun(), asking)
            });
            assert_eq!(told, Ok(()), "{} by {}", role.id, route.code());
            assert_eq!(story.derived().summary.stage, Stage::Contact);
        }
    }
}

#[test]
fn who_is_not_on_the_register_is_described_without_what_is_empty() {
    let described = front_door::describe(Identity {
        family: " Adeyemi ".to_owned(),
        given: String::new(),
        born: None,
        nhs_number: None,
        address: vec![" 12 Rye Lane ".to_owned(), "  ".to_owned(), "London".to_owned()],
        postcode: Some(" se15 4jr ".to_owned()),
        telephone: Some("  ".to_owned()),
    })
    .unwrap();
    assert!(!described.on_register);
    let identity = described.identity;
    assert_eq!((identity.family.as_str(), identity.given.as_str()), ("Adeyemi", ""));
    assert_eq!(identity.address, ["12 Rye Lane", "London"]);
    assert_eq!((identity.postcode.as_deref(), identity.telephone), (Some("SE15 4JR"), None));
    let nobody = Identity { family: " ".to_owned(), ..begun().identity };
    assert!(front_door::describe(nobody).is_err());
    let told = Identity {
        postcode: Some(" ".to_owned()),
        telephone: Some(" 1 ".to_owned()),
        ..begun().identity
    };
    let told = front_door::describe(told).unwrap().identity;
    assert_eq!((told.postcode, told.telephone.as_deref()), (None, Some("1")));
}

#[test]
fn who_recorded_a_contact_passes_it_on_and_others_only_where_they_answer_contacts() {
    for (recorder, passer, may) in [
        ("provider-worker", "provider-worker", true),
        ("contact-officer", "provider-worker", false),
        ("provider-worker", "contact-officer", true),
    ] {
        let mut story = Telling::new();
        story
            .tell(&actor(recorder), |person, asking| {
                front_door::record(person, said(Route::Myself, "The stairs"), begun(), asking)
            })
            .unwrap();
        let passed = story.tell(&actor(passer), |person, asking| {
            front_door::pass_on(person, 2, TeamId::new("n1"), "They know her", asking)
        });
        assert_eq!(passed.is_ok(), may, "recorded by {recorder}, passed on by {passer}");
    }
}

#[test]
fn a_contact_is_its_teams_work_until_it_is_answered() {
    let mut story = Telling::new();
    let officer = actor("contact-officer");
    story
        .tell(&officer, |person, asking| {
            front_door::record(person, said(Route::Gp, "Falls at home"), begun(), asking)
        })
        .unwrap();
    let work = story.derived().work;
    assert_eq!(work.len(), 1);
    assert_eq!((work[0].task, work[0].due), (Task::AnswerContact, day("2026-11-25")));
    assert_eq!(work[0].team, Some(TeamId::new("team-contact-officer")));

    let nurses = TeamId::new("team-community-nurse");
    story
        .tell(&officer, |person, asking| {
            front_door::pass_on(person, 2, nurses.clone(), "She knows the nurses", asking)
        })
        .unwrap();
    assert_eq!(story.derived().work[0].team, Some(nurses.clone()), "the owner changed");
    assert_eq!(story.derived().work[0].due, day("2026-11-25"), "and the promise did not");

    let nurse = actor("community-nurse");
    story
        .tell(&nurse, |person, asking| {
            front_door::answer(person, 2, Outcome::Assessment, "We will visit", asking)
        })
        .unwrap();
    let work = story.derived().work;
    assert_eq!(work.len(), 1, "the promise of an assessment is work in its turn");
    assert_eq!((work[0].task, work[0].due), (Task::NameKeeper, day("2026-11-30")));

    let again = story.tell(&nurse, |person, asking| {
        front_door::answer(person, 2, Outcome::Advice, "Again", asking)
    });
    let says = "A community-nurse has already answered this contact";
    assert_eq!(again.unwrap_err().to_string(), says);
}

#[test]
fn what_is_missing_is_asked_for_by_field() {
    let officer = actor("contact-officer");
    let mut empty = said(Route::Gp, "  ");
    let mut story = Telling::new();
    let refused = story.tell(&officer, |person, asking| {
        front_door::record(person, empty.clone(), begun(), asking)
    });
    assert!(matches!(refused, Err(Refusal::Missing { field: "words", .. })), "{refused:?}");
    empty.words = "x".to_owned();
    empty.from = String::new();
    let refused =
        story.tell(&officer, |person, asking| front_door::record(person, empty, begun(), asking));
    assert!(matches!(refused, Err(Refusal::Missing { field: "from", .. })), "{refused:?}");
    assert!(story.entries.is_empty(), "nothing was half written");
}

#[test]
fn an_urgent_contact_is_due_today() {
    let mut story = Telling::new();
    let mut urgent = said(Route::Family, "She has not eaten for two days");
    urgent.urgent = true;
    story
        .tell(&actor("care-navigator"), |person, asking| {
            front_door::record(person, urgent, begun(), asking)
        })
        .unwrap();
    let work = &story.derived().work[0];
    assert_eq!((work.due, work.urgent), (story.today, true));
    assert!(
        matches!(story.entries[0].fact, Fact::Begun(_)),
        "the story begins with who it is about"
    );
}
