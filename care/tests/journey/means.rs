//! What a person pays: asked for, drafted by one, decided by another, and seen by few.

use std::collections::BTreeMap;

use care::assess::authority;
use care::fund::decide;
use care::fund::means::{self, Statement};
use care::fund::supplied::with_suppliers;
use care::record::derived::Task;
use care::record::fact::decision::{AuthorityKind, AuthorityRecorded, Matter};
use care::record::fact::{Fact, Stated};
use care::record::ids::{TeamId, UserId};
use care::who::access::{Access, Relationship, Subject, may_open, may_read};
use care::who::actor::{Actor, Refusal};
use care::who::team;
use law::charging::policy::PolicyBook;
use law::charging::{Case, Law};
use law::rates::RateBook;

use crate::place::{Telling, actor, begun, day, person_id};

fn law() -> Law {
    Law { rates: RateBook::built_in().unwrap(), policy: PolicyBook::law_alone() }
}

fn case(pension: &str) -> Case {
    serde_json::from_str(&format!(
        r#"{{"asOf":"2026-12-01","setting":"home","person":{{"born":"1955-01-01","household":"single"}},
            "income":[{{"kind":"state-pension","amount":"{pension}","every":"week"}}],
            "services":[{{"kind":"home-care","cost":"200.00","every":"week"}}]}}"#
    ))
    .unwrap()
}

fn stated(case: Case, words: &str) -> Statement<'_> {
    Statement { case, seen: Vec::new(), words, before: None }
}

fn second_officer() -> Actor {
    Actor { user: UserId::from_uuid(uuid::Uuid::from_u128(99)), ..actor("finance-officer") }
}

/// A story in which a social worker has asked for an assessment.
fn asked() -> Telling {
    let mut story = Telling::new();
    story
        .tell(&actor("social-worker"), |person, asking| {
            let to = TeamId::new("finance");
            means::ask(person, day("2026-11-20"), "Told at the visit", to, begun(), asking)
        })
        .unwrap();
    story
}

fn drafted() -> Telling {
    let mut story = asked();
    let officer = actor("finance-officer");
    story
        .tell(&officer, |person, asking| {
            means::draft(person, stated(case("300.00"), "Letter seen"), &law(), asking)
        })
        .unwrap();
    story
}

#[test]
fn it_is_the_teams_work_until_drafted_and_then_until_decided() {
    let mut story = asked();
    let work = story.derived().work;
    assert_eq!((work[0].task, work[0].due), (Task::AssessMeans, day("2026-12-07")));
    assert_eq!(work[0].team, Some(TeamId::new("finance")));
    let again = story.tell(&actor("social-worker"), |person, asking| {
        means::ask(person, day("2026-11-20"), "", TeamId::new("finance"), begun(), asking)
    });
    let said = again.expect_err("it is asked for once").to_string();
    assert!(said.contains("asked for a financial assessment already, on "), "{said}");

    let mut story = drafted();
    let work = story.derived().work;
    assert_eq!((work[0].task, work[0].due), (Task::DecideCharge, day("2026-11-28")));
    let draft = work[0].entry;
    let own = story.tell(&actor("finance-officer"), |person, asking| {
        decide::decide(person, draft, "", &law(), asking)
    });
    let says = "You drafted this, so somebody else must decide it";
    assert_eq!(own.unwrap_err().to_string(), says);
    story
        .tell(&second_officer(), |person, asking| decide::decide(person, draft, "", &law(), asking))
        .unwrap();
    let left: Vec<Task> = story.derived().work.iter().map(|line| line.task).collect();
    assert_eq!(left, [Task::SendLetter], "what is decided is told");
    let means = story.person().means;
    let charge = |on: &str| means.on(day(on)).map(|told| told.said.charge.to_string());
    assert_eq!(charge("2026-12-01").as_deref(), Some("58.55"));
    assert_eq!(charge("2026-11-30"), None);
}

#[test]
fn a_letter_about_money_is_its_teams_though_somebody_keeps_the_record() {
    let mut story = drafted();
    let keeper = actor("social-worker");
    story.tell(&keeper, |person, asking| team::join(person, &keeper, true, asking)).unwrap();
    let draft = story.person().means.draft.unwrap().entry;
    story
        .tell(&second_officer(), |person, asking| decide::decide(person, draft, "", &law(), asking))
        .unwrap();
    let work = story.derived().work;
    let letter = work.iter().find(|line| line.task == Task::SendLetter).unwrap();
    assert_eq!((letter.team.clone(), letter.user), (second_officer().team, None));
}

#[test]
fn the_day_somebody_was_told_is_today_or_has_gone() {
    for (told_on, taken) in [("2026-11-24", false), ("2026-11-23", true), ("2020-01-01", true)] {
        let asked = Telling::new().tell(&actor("social-worker"), |person, asking| {
            means::ask(person, day(told_on), "", TeamId::new("finance"), begun(), asking)
        });
        assert_eq!(asked.is_ok(), taken, "{told_on}");
    }
}

#[test]
fn a_new_decision_supersedes_from_its_day_and_changes_nothing_before() {
    let mut story = drafted();
    let decide = |story: &mut Telling| {
        let draft = story.person().means.draft.unwrap().entry;
        story
            .tell(&second_officer(), |person, asking| {
                decide::decide(person, draft, "", &law(), asking)
            })
            .unwrap();
    };
    decide(&mut story);
    let mut later = case("310.00");
    later.as_of = day("2027-01-04");
    story
        .tell(&actor("finance-officer"), |person, asking| {
            means::draft(person, stated(later, ""), &law(), asking)
        })
        .unwrap();
    decide(&mut story);
    let means = story.person().means;
    let charge = |on: &str| means.on(day(on)).unwrap().said.charge.to_string();
    assert_eq!(
        (charge("2027-01-03"), charge("2027-01-04")),
        ("58.55".to_owned(), "68.55".to_owned())
    );
}

#[test]
fn the_charge_does_not_begin_before_the_person_was_told() {
    let mut story = asked();
    let mut early = case("300.00");
    early.as_of = day("2026-11-19");
    story
        .tell(&actor("finance-officer"), |person, asking| {
            means::draft(person, stated(early, ""), &law(), asking)
        })
        .unwrap();
    let draft = story.person().means.draft.unwrap().entry;
    let refused = story
        .tell(&second_officer(), |person, asking| decide::decide(person, draft, "", &law(), asking))
        .unwrap_err();
    assert!(refused.to_string().contains("must be answered first"), "{refused}");
}

#[test]
fn a_case_that_makes_no_sense_is_not_drafted() {
    let mut story = asked();
    let mut wrong = case("300.00");
    wrong.person.born = day("2012-01-01");
    let refused = story
        .tell(&actor("finance-officer"), |person, asking| {
            means::draft(person, stated(wrong, ""), &law(), asking)
        })
        .unwrap_err();
    assert!(refused.to_string().contains("person.born"), "{refused}");
}

#[test]
fn only_the_person_says_what_their_own_means_are() {
    let mut story = asked();
    let resident = actor("resident");
    story
        .tell(&resident, |person, asking| {
            means::state(person, stated(case("300.00"), ""), &law(), asking)
        })
        .unwrap();
    assert!(story.person().means.said.is_some());
    let nurse = story.tell(&actor("community-nurse"), |person, asking| {
        means::state(person, stated(case("300.00"), ""), &law(), asking)
    });
    assert!(matches!(nurse, Err(Refusal::NotYours { .. })));
}

/// Authority about money for whoever is called like the representative, seen by a social worker.
fn authority(kind: AuthorityKind, matter: Matter, until: &str) -> AuthorityRecorded {
    AuthorityRecorded {
        authority: kind,
        holder: actor("representative").name,
        scope: [matter].into(),
        limits: String::new(),
        from: day("2026-01-01"),
        until: Some(day(until)),
        document: "The instrument, 7000-1234-5678".to_owned(),
        seen_on: day("2026-11-20"),
        registered_on: Some(day("2026-01-01")),
    }
}

#[test]
fn a_representative_states_the_means_only_with_authority_on_record_about_money_and_in_date() {
    let (nephew, matters) = (actor("representative"), [Matter::Money, Matter::Care]);
    let state = |story: &mut Telling| {
        story.tell(&nephew, |person, asking| {
            means::state(person, stated(case("300.00"), ""), &law(), asking)
        })
    };
    let opens = |story: &Telling| {
        let subject = Subject {
            person: person_id(),
            practice: Some("G85001".to_owned()),
            in_touch: true,
            members: Vec::new(),
            teams: BTreeMap::new(),
            restricted: false,
        };
        may_open(&nephew, &subject, &story.person(), story.now)
    };
    let mut story = asked();
    let says = "Only the person, or somebody with authority to act for them about money, says what their means are";
    assert_eq!(state(&mut story).unwrap_err().to_string(), says);
    assert_eq!(opens(&story), Access::No);
    for (kind, matter, until, may) in [
        (AuthorityKind::LpaHealth, matters[1], "2027-06-30", false),
        (AuthorityKind::LpaProperty, matters[0], "2026-11-22", false),
        (AuthorityKind::LpaProperty, matters[0], "2027-06-30", true),
    ] {
        story
            .tell(&actor("social-worker"), |person, asking| {
                authority::record(person, authority(kind, matter, until), asking)
            })
            .unwrap();
        assert_eq!(state(&mut story).is_ok(), may, "{kind:?} until {until}");
        assert_eq!(opens(&story) == Access::Yes(Relationship::Represents), may);
    }
    let said = story.person().means.said.unwrap();
    assert_eq!(said.said.stated, Stated::ByRepresentative);
    let case = with_suppliers(&said.said, &said.author);
    assert_eq!(case.income[0].supplied_by.as_deref(), Some(nephew.name.as_str()));
}

#[test]
fn what_tells_of_money_is_for_roles_that_see_it_and_for_the_person() {
    let story = drafted();
    let subject = Subject {
        person: person_id(),
        practice: Some("G85001".to_owned()),
        in_touch: true,
        members: Vec::new(),
        teams: BTreeMap::new(),
        restricted: false,
    };
    for entry in story.entries.iter().filter(|entry| entry.fact.is_of_means()) {
        let reads = |role: &str, by| may_read(&actor(role), &subject, by, entry);
        assert!(reads("finance-officer", Relationship::Member));
        assert!(reads("resident", Relationship::Myself));
        assert!(!reads("community-nurse", Relationship::Area), "{}", entry.fact.kind());
        assert!(!reads("gp-practice", Relationship::Practice));
        let mut nephew = actor("representative");
        assert!(!may_read(&nephew, &subject, Relationship::Represents, entry), "in no matter");
        nephew.acts_in.insert(Matter::Treatment);
        assert!(!may_read(&nephew, &subject, Relationship::Represents, entry), "in another");
        nephew.acts_in.insert(Matter::Benefits);
        nephew.role = nephew.role.acting_in(&nephew.acts_in);
        assert!(may_read(&nephew, &subject, Relationship::Represents, entry));
    }
    assert!(matches!(story.entries[1].fact, Fact::MeansAsked(_)));
}
