//! A letter is work until it is given; and a carer's card until it was looked at again.

use care::assess::authority::{self, Decider};
use care::assess::card::{self, Card};
use care::assess::risk::{Talk, talk};
use care::record::derived::Task;
use care::record::fact::Fact;
use care::record::fact::assess::Named;
use care::record::fact::decision::{Matter, View};
use care::record::fact::letter::{LetterFormat, LetterKind, LetterRoute};
use care::record::fact::{Begun, Communication};
use care::record::ids::TeamId;
use care::record::person::Person;
use care::who::actor::{Actor, Asking, Refusal};
use care::who::letters::{Giving, format_for, give, may_give};
use care::who::{team, writing};

use crate::place::{Telling, actor, begun, day};

/// Who is eligible was determined, and is told in a letter.
fn decide(story: &mut Telling, who: &str, worker: &Actor) {
    let case = format!(
        r#"{{"case":{{"asOf":"2026-11-23","who":"{who}","outcomes":[]}},
        "determination":"not-eligible","working":[],"follows":[]}}"#
    );
    story
        .tell(worker, |_, asking| {
            let mut decided: care::record::fact::decision::EligibilityDecided =
                serde_json::from_str(&case).unwrap();
            decided.letter = Some(asking.letter());
            Ok(vec![asking.entry(Fact::EligibilityDecided(Box::new(decided)))])
        })
        .unwrap();
}

fn begin(story: &mut Telling, worker: &Actor) {
    let begins = |person: &Person, begun: Begun, asking: &Asking<'_>| {
        writing::note(person, "Seen", care::record::entry::Audience::Everyone, begun, asking)
    };
    story.tell(worker, |person, asking| begins(person, begun(), asking)).unwrap();
}

fn how(route: LetterRoute) -> Giving {
    Giving { format: LetterFormat::Large, route, on: day("2026-11-23"), words: String::new() }
}

fn waits(story: &Telling) -> Vec<(u32, Option<String>, bool)> {
    let work = story.derived().work;
    let letters = work.iter().filter(|line| line.task == Task::SendLetter);
    letters
        .map(|line| (line.entry, line.team.as_ref().map(TeamId::to_string), line.user.is_some()))
        .collect()
}

#[test]
fn a_letter_is_given_by_those_who_decide_what_it_tells() {
    let gives = |role: &str| {
        let role = actor(role).role;
        let kinds = LetterKind::ALL.iter().filter(|kind| may_give(&role, **kind));
        kinds.map(|kind| kind.code()).collect::<Vec<_>>()
    };
    assert_eq!(gives("finance-officer"), ["charge"]);
    assert!(!gives("social-worker").contains(&"charge"));
    assert_eq!(gives("social-worker").len(), LetterKind::ALL.len() - 1);
    assert!(gives("provider-worker").is_empty());
}

#[test]
fn a_letter_is_work_until_it_is_given() {
    let (worker, own) = (actor("social-worker"), actor("resident"));
    let mut story = Telling::new();
    begin(&mut story, &worker);
    decide(&mut story, "adult", &worker);
    let last = u32::try_from(story.entries.len()).unwrap();
    assert_eq!(waits(&story), [(last, Some("team-social-worker".to_owned()), false)]);
    // Once somebody keeps the record it is theirs.
    story.tell(&worker, |person, asking| team::join(person, asking.actor, true, asking)).unwrap();
    assert_eq!(waits(&story), [(last, None, true)]);
    // A later decision about the same takes its place; one about them as a carer does not.
    decide(&mut story, "adult", &worker);
    decide(&mut story, "carer", &worker);
    let second = u32::try_from(story.entries.len()).unwrap();
    let entries: Vec<u32> = waits(&story).iter().map(|(entry, ..)| *entry).collect();
    assert_eq!(entries, [second - 1, second]);

    let mut refused = |actor: &Actor, about: u32, how: &Giving| {
        story.tell(actor, |person, asking| give(person, about, how, asking)).unwrap_err()
    };
    assert_eq!(refused(&worker, 1, &how(LetterRoute::Posted)), Refusal::NoSuchEntry(1));
    for (actor, route) in [(&worker, LetterRoute::SignIn), (&own, LetterRoute::Posted)] {
        let refusal = refused(actor, second, &how(route));
        assert!(matches!(refusal, Refusal::Missing { field: "route", .. }), "{refusal}");
    }
    let officer = actor("finance-officer");
    let refusal = refused(&officer, second, &how(LetterRoute::Posted));
    assert!(matches!(refusal, Refusal::NotYours { .. }), "{refusal}");
    for on in ["2026-11-22", "2026-11-24"] {
        let wrong = Giving { on: day(on), ..how(LetterRoute::Posted) };
        let refusal = refused(&worker, second, &wrong);
        assert!(matches!(refusal, Refusal::Missing { field: "given-on", .. }), "{refusal}");
    }
    story
        .tell(&worker, |person, asking| give(person, second, &how(LetterRoute::ReadAloud), asking))
        .unwrap();
    story
        .tell(&own, |person, asking| give(person, second - 1, &how(LetterRoute::SignIn), asking))
        .unwrap();
    assert!(waits(&story).is_empty());
    let person = story.person();
    let given = &person.letter(second).unwrap().given;
    assert_eq!((given[0].said.format, given[0].on), (LetterFormat::Large, day("2026-11-23")));
    let routes = [second - 1, second].map(|letter| {
        let given = person.letter(letter).unwrap().given;
        given.iter().map(|given| given.said.route).collect::<Vec<_>>()
    });
    assert_eq!(routes, [[LetterRoute::SignIn], [LetterRoute::ReadAloud]], "each its own");
}

#[test]
fn where_nobody_keeps_the_record_and_no_team_has_it_whoever_decided_sends_the_letter() {
    let alone = Actor { team: None, ..actor("social-worker") };
    let mut story = Telling::new();
    begin(&mut story, &alone);
    decide(&mut story, "adult", &alone);
    let work = story.derived().work;
    let letter = work.iter().find(|line| line.task == Task::SendLetter).unwrap();
    assert_eq!((letter.team.clone(), letter.user), (None, Some(alone.user)));
}

#[test]
fn what_was_found_decided_or_said_again_takes_the_place_of_the_letter_before() {
    let (worker, own) = (actor("social-worker"), actor("resident"));
    let mut story = Telling::new();
    begin(&mut story, &worker);
    let decide = |story: &mut Telling, by: &Actor, decision: &str, decided: &str| {
        let decide = |person: &Person, asking: &Asking<'_>| {
            authority::by_person(person, decision, Matter::Care, decided, false, asking)
        };
        story.tell(by, decide).unwrap();
        u32::try_from(story.entries.len()).unwrap()
    };
    let entries = |story: &Telling| waits(story).iter().map(|line| line.0).collect::<Vec<_>>();
    let stairs = decide(&mut story, &worker, "The stairs", "A rail");
    let bath = decide(&mut story, &worker, "The bath", "A seat");
    assert_eq!(entries(&story), [stairs, bath]);
    let again = decide(&mut story, &worker, "the stairs.", "Two rails");
    assert_eq!(entries(&story), [bath, again]);
    // Who wrote it themself is not sent what they wrote.
    let theirs = decide(&mut story, &own, "The bath", "No seat");
    assert_eq!(entries(&story), [again]);
    assert!(story.person().letter(theirs).is_some(), "but they can have it as a letter");

    let view = View { words: "As I see it".to_owned(), ..View::default() };
    let mut risk = Talk {
        decision: "To go out".to_owned(),
        what: "Falling".to_owned(),
        worth: String::new(),
        person: view.clone(),
        professional: view,
        done: "Nothing".to_owned(),
        choice: "I go".to_owned(),
        decider: Decider::Person { unwise: true },
        review_by: day("2027-02-01"),
        again: None,
    };
    story.tell(&worker, |person, asking| talk(person, &risk, asking)).unwrap();
    let first = u32::try_from(story.entries.len()).unwrap();
    assert_eq!(entries(&story), [again, first]);
    let person = story.person();
    let about = [stairs, first].map(|entry| person.letter(entry).unwrap().about.to_owned());
    assert_eq!(about, ["The stairs", "To go out"], "each says what it is about");
    risk.again = Some(first);
    story.tell(&worker, |person, asking| talk(person, &risk, asking)).unwrap();
    assert_eq!(entries(&story), [again, first + 1]);
}

#[test]
fn letters_come_in_the_form_that_the_record_asks_for() {
    let said = |needs: &str, letters| {
        let mut story = Telling::new();
        let said = Communication { needs: needs.to_owned(), letters, ..Communication::default() };
        story
            .tell(&actor("social-worker"), |person, asking| {
                writing::communication(person, &said, begun(), asking)
            })
            .unwrap();
        format_for(&story.person())
    };
    for (needs, letters, expected) in [
        ("A quiet room", None, LetterFormat::Standard),
        ("Large print for letters", None, LetterFormat::Large),
        ("Easy-read, with pictures", None, LetterFormat::EasyRead),
        ("Large print", Some(LetterFormat::EasyRead), LetterFormat::EasyRead),
    ] {
        assert_eq!(said(needs, letters), expected, "{needs}");
    }
    assert_eq!(format_for(&Telling::new().person()), LetterFormat::Standard);
}

#[test]
fn a_card_is_looked_at_again_by_its_day() {
    let mut story = Telling::new();
    let named = |name: &str, reach: &str| Named {
        name: name.to_owned(),
        reach: reach.to_owned(),
        ..Named::default()
    };
    let mut card = Card {
        looks_after: "My mother".to_owned(),
        steps_in: vec![named("Ife", ""), named(" ", "")],
        must_know: "Insulin at eight".to_owned(),
        key: String::new(),
        team: Some(TeamId::new("front-door")),
    };
    let own = actor("resident");
    let write = |story: &mut Telling, card: &Card| {
        story.tell(&own, |person, asking| card::write(person, card, begun(), asking))
    };
    let refused = write(&mut story, &card).unwrap_err();
    assert!(matches!(refused, Refusal::Missing { field: "steps-0-telephone", .. }), "{refused}");
    // Everything that is missing is said at once, each at its field.
    let telephone = |row: usize| {
        let named = |name: &str| Named { name: name.to_owned(), ..Named::default() };
        let mut rows = vec![Named::default(), Named::default(), Named::default()];
        rows[row] = named("Bea");
        rows
    };
    for (steps_in, field) in [
        (Vec::new(), "steps-0-name"),
        (telephone(0), "steps-0-telephone"),
        (telephone(2), "steps-2-telephone"),
    ] {
        let empty = Card {
            looks_after: " ".to_owned(),
            steps_in,
            must_know: String::new(),
            ..card.clone()
        };
        let refused = write(&mut story, &empty).unwrap_err();
        let Refusal::Missing { field: first, others, .. } = refused else { panic!("{refused}") };
        let others: Vec<&str> = others.iter().map(|(field, _)| *field).collect();
        assert_eq!((first, others), ("looks-after", vec![field, "must-know"]));
    }
    let nobody = Card {
        steps_in: vec![Named { name: " Nobody ".to_owned(), ..Named::default() }],
        ..card.clone()
    };
    write(&mut story.clone(), &nobody).unwrap();
    card.steps_in[0].reach = "020 7946 0000".to_owned();
    write(&mut story, &card).unwrap();
    let work = story.derived().work;
    assert_eq!((work[0].task, work[0].due), (Task::ReviewCard, day("2027-05-23")));
    assert_eq!(work[0].team, Some(TeamId::new("front-door")));
    assert!(story.derived().summary.carer);
    // To write it again is to look at it: the day moves on.
    story.days_later(200);
    write(&mut story, &card).unwrap();
    let work = story.derived().work;
    assert_eq!((work.len(), work[0].due), (1, day("2027-12-11")));
}
