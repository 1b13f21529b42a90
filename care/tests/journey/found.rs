//! Found, invited, answered: and an answer is kept to.

use care::find::invitation::{self, Found, Reply};
use care::record::derived::{Stage, Task};
use care::record::ids::{RunId, TeamId};
use care::who::actor::Refusal;
use care::who::team;

use crate::place::{Telling, actor, begun, day};

fn found() -> Found {
    Found {
        run: RunId::from_uuid(uuid::Uuid::from_u128(1)),
        criterion: "three-conditions".to_owned(),
        version: "1".to_owned(),
        reason: "you live with three or more long-term conditions".to_owned(),
        as_of: day("2026-11-01"),
        evidence: Vec::new(),
    }
}

fn invited() -> Telling {
    let mut story = Telling::new();
    story
        .tell(&actor("social-worker"), |person, asking| {
            invitation::invite(person, found(), "letter", TeamId::new("n1"), begun(), asking)
        })
        .unwrap();
    story
}

#[test]
fn an_invitation_waits_for_its_answer() {
    let story = invited();
    let derived = story.derived();
    assert_eq!(derived.summary.stage, Stage::Invited);
    assert_eq!(derived.work[0].task, Task::AskForAnswer);
    assert_eq!(derived.work[0].due, day("2026-12-07"));
    let mut story = story;
    let twice = story.tell(&actor("gp-practice"), |person, asking| {
        invitation::invite(person, found(), "letter", TeamId::new("n1"), begun(), asking)
    });
    let says = "This person was already invited on 23 November 2026";
    assert_eq!(twice.unwrap_err().to_string(), says);
}

#[test]
fn a_yes_is_somebodys_work_until_somebody_is_named() {
    let mut story = invited();
    story
        .tell(&actor("resident"), |person, asking| {
            invitation::answer(person, Reply::Yes, "I would like that", asking)
        })
        .unwrap();
    assert_eq!(story.derived().summary.stage, Stage::Accepted);
    assert_eq!(story.derived().work[0].task, Task::NameKeeper);
    let nurse = actor("community-nurse");
    story.tell(&nurse, |person, asking| team::join(person, &nurse, false, asking)).unwrap();
    assert!(story.derived().work.is_empty());
    assert_eq!(story.derived().summary.keeper, Some(nurse.user), "the first to join keeps it");
    let leaving = story.tell(&nurse, |person, asking| team::leave(person, "", asking));
    let says = "You keep this record: somebody else has to take that over before you leave";
    assert_eq!(leaving.unwrap_err().to_string(), says);
    let worker = actor("social-worker");
    story.tell(&worker, |person, asking| team::join(person, &worker, true, asking)).unwrap();
    story.tell(&nurse, |person, asking| team::leave(person, "new post", asking)).unwrap();
    assert_eq!(story.derived().summary.keeper, Some(worker.user));
    assert_eq!(story.derived().members.len(), 1);
}

#[test]
fn time_to_think_is_given_and_remembered() {
    let mut story = invited();
    let resident = actor("resident");
    for wrong in ["2026-11-23", "2026-11-01", "2028-01-01"] {
        let refused = story.tell(&resident, |person, asking| {
            invitation::answer(person, Reply::Later(day(wrong)), "", asking)
        });
        assert!(matches!(refused, Err(Refusal::Missing { field: "until", .. })), "{wrong}");
    }
    story
        .tell(&resident, |person, asking| {
            invitation::answer(person, Reply::Later(day("2027-01-10")), "after Christmas", asking)
        })
        .unwrap();
    // The same again is on record; another day is another answer; and nobody invites them meanwhile.
    let mut later = story.clone();
    let answers = |story: &mut Telling, until: &str| {
        story.tell(&resident, |person, asking| {
            invitation::answer(person, Reply::Later(day(until)), "", asking)
        })
    };
    let same = answers(&mut later, "2027-01-10").unwrap_err().to_string();
    assert!(same.contains("already the answer"), "{same}");
    answers(&mut later, "2027-02-01").unwrap();
    let invited = later.tell(&actor("social-worker"), |person, asking| {
        invitation::invite(person, found(), "letter", TeamId::new("n1"), begun(), asking)
    });
    let why = invited.unwrap_err().to_string();
    assert!(why.contains("asked for time until 1 February 2027"), "{why}");
    later
        .tell(&resident, |person, asking| invitation::answer(person, Reply::No, "", asking))
        .unwrap();
    let no = later
        .tell(&resident, |person, asking| invitation::answer(person, Reply::No, "", asking))
        .unwrap_err();
    assert!(no.to_string().contains("already the answer"), "{no}");
    let derived = story.derived();
    assert_eq!(derived.summary.stage, Stage::Thinking);
    assert_eq!(
        (derived.work[0].task, derived.work[0].due),
        (Task::AskForAnswer, day("2027-01-10"))
    );
}

#[test]
fn a_no_stands_and_may_be_taken_back_by_the_person() {
    let mut story = invited();
    story
        .tell(&actor("resident"), |person, asking| {
            invitation::answer(person, Reply::No, "Leave me alone please", asking)
        })
        .unwrap();
    assert!(story.derived().summary.objected);
    assert!(story.derived().work.is_empty(), "and nobody chases");
    let again = story.tell(&actor("social-worker"), |person, asking| {
        invitation::invite(person, found(), "letter", TeamId::new("n1"), begun(), asking)
    });
    let says = "This person said no to being contacted in this way, and that stands";
    assert_eq!(again.unwrap_err().to_string(), says);
    story.days_later(40);
    story
        .tell(&actor("resident"), |person, asking| {
            invitation::answer(person, Reply::Yes, "I changed my mind", asking)
        })
        .unwrap();
    assert!(!story.derived().summary.objected);
}

#[test]
fn only_those_with_the_right_invite() {
    for role in crate::place::roles().iter() {
        let mut story = Telling::new();
        let told = story.tell(&actor(role.id.as_str()), |person, asking| {
            invitation::invite(person, found(), "letter", TeamId::new("n1"), begun(), asking)
        });
        let may = role.may(care::who::role::Right::Invite);
        assert_eq!(told.is_ok(), may, "{}", role.id);
        assert_eq!(story.entries.is_empty(), !may, "{}", role.id);
    }
}
