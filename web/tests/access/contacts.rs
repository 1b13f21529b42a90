//! What a contact opens, and to whom; and that whoever sees a name is seen.

use axum::http::StatusCode;
use care::record::entry::{Audience, Author};
use care::record::fact::{Fact, Note};
use care::record::ids::{OrganisationId, PersonId};

use super::promises::{links, views};
use super::standings::{begun, contact, entry, entry_for, joined};
use super::world::{Browser, ELSEWHERE, FAR_TEAM, HERE, TEAM, World, resident, seat, stranger};

fn note(words: &str) -> Fact {
    Fact::Note(Note { words: words.to_owned() })
}

fn contact_form(to: &str) -> String {
    format!("contact=referral&route=hospital&from=Ward+9&words=Help&agrees=yes&to={to}")
}

/// Somebody of another borough, with notes for everyone, for professionals, and for the council of
/// that borough or of this.
fn somebody(world: &World, number: u32) -> PersonId {
    let one = resident(number, ELSEWHERE);
    let person = one.person;
    world.register(vec![one]);
    let council = Author { organisation: OrganisationId::new("southwark-council"), ..stranger() };
    world.tell(vec![(
        person,
        vec![
            entry(&stranger(), begun(number)),
            entry_for(&stranger(), Audience::Everyone, note("said to everyone")),
            entry_for(&stranger(), Audience::Professionals, note("said to professionals")),
            entry_for(&council, Audience::Organisation, note("said to the council")),
        ],
    )]);
    person
}

async fn reads(world: &World, person: PersonId, browser: &Browser) -> [bool; 4] {
    let page = world.get(&format!("/person/{person}"), browser).await;
    let open = page.status == StatusCode::OK && !page.asks_why();
    let says = |words: &str| open && page.body.contains(words);
    [open, says("said to everyone"), says("said to professionals"), says("said to the council")]
}

#[tokio::test]
async fn a_contact_for_ones_own_team_does_not_open_what_was_written_before_it_for_fewer() {
    let world = World::new();
    let person = somebody(&world, 1);
    let officer = world.sign_in(&seat("social-worker"), None);
    let colleague = world.sign_in(&seat("community-nurse"), None);
    let other = world.sign_in(&seat("contact-officer"), None);
    for browser in [&officer, &colleague, &other] {
        assert_eq!(reads(&world, person, browser).await, [false; 4], "before");
    }
    let answer = world.post(&format!("/contact/{person}"), &officer, &contact_form(TEAM)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    for browser in [&officer, &colleague] {
        assert_eq!(reads(&world, person, browser).await, [true, true, false, false]);
        for (number, status) in
            [(2, StatusCode::OK), (3, StatusCode::NOT_FOUND), (4, StatusCode::NOT_FOUND)]
        {
            let path = world.at(person, &format!("note/@{number}/correct"));
            assert_eq!(world.get(&path, browser).await.status, status, "note {number}");
        }
        let tried = world.at(person, "note/@3/correct");
        let answer = world.post(&tried, browser, "words=Otherwise&seen=@99").await;
        assert!(!answer.body.contains("said to professionals"), "{}", answer.body);
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(reads(&world, person, &other).await, [false; 4], "another team");
    // The person sees who has looked, and that a contact is why.
    let own = world.sign_in(&seat("resident"), Some(person));
    let looked = world.get(&format!("/person/{person}/looked"), &own).await;
    let why = "Their reason: their team was sent the contact of 22 November 2026";
    assert!(looked.body.contains(why), "{}", looked.body);
    // What is written since is read; and all of it by who joins the team, which the story says.
    world.tell(vec![(
        person,
        vec![entry_for(&stranger(), Audience::Professionals, note("written since"))],
    )]);
    let page = world.get(&format!("/person/{person}"), &colleague).await;
    assert!(page.body.contains("written since"), "{}", page.body);
    world.post(&format!("/person/{person}/team"), &officer, "what=keep&seen=@99").await;
    assert_eq!(reads(&world, person, &officer).await, [true; 4]);
    assert_eq!(reads(&world, person, &colleague).await, [true, true, false, false]);
}

#[tokio::test]
async fn a_reason_still_shows_what_it_showed_once_there_is_a_contact_too() {
    let world = World::new();
    let person = somebody(&world, 1);
    let officer = world.sign_in(&seat("social-worker"), None);
    let open = format!("/person/{person}/open");
    world.post(&open, &officer, "reason=She+fell+and+cannot+speak").await;
    assert_eq!(reads(&world, person, &officer).await, [true; 4]);
    world.post(&format!("/contact/{person}"), &officer, &contact_form(TEAM)).await;
    assert_eq!(reads(&world, person, &officer).await, [true; 4]);
    world.wait(8 * 3600);
    let officer = world.again(&officer);
    assert_eq!(reads(&world, person, &officer).await, [true, true, false, false], "it has ended");
}

#[tokio::test]
async fn a_contact_never_opens_a_restricted_record_and_its_keeper_is_told() {
    let world = World::new();
    let mut one = resident(1, HERE);
    one.restricted = true;
    let person = one.person;
    world.register(vec![one]);
    let keeper = world.sign_in(&seat("hospital-discharge"), None);
    let member = world.sign_in(&seat("community-nurse"), None);
    world.tell(vec![(
        person,
        vec![
            entry(&stranger(), begun(1)),
            entry(&stranger(), joined(keeper.user, true)),
            entry(&stranger(), joined(member.user, false)),
            entry(&stranger(), contact(FAR_TEAM)),
            entry(&stranger(), contact(TEAM)),
        ],
    )]);
    let lead = world.sign_in(&seat("team-lead"), None);
    assert_eq!(reads(&world, person, &lead).await, [false; 4]);
    let path = format!("/contact/{person}");
    let answer = world.post(&path, &lead, &contact_form(TEAM)).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND, "no contact to begin with");
    assert_eq!(reads(&world, person, &lead).await, [false; 4]);
    let own = world.sign_in(&seat("resident"), Some(person));
    let asked = world.post(&path, &own, "words=May+I+ask").await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);

    // The far team and the front door never see it: the keeper does. The neighbourhood’s nurse sees
    // what her own team has to do.
    let work = |page: &str| links(page, &format!("/person/{person}/contact/"));
    let page = world.get("/work", &keeper).await.body;
    assert_eq!(work(&page), [world.called(person, 4), world.called(person, 6)], "{page}");
    assert!(page.contains("nobody of Lambeth front door can see it"), "{page}");
    assert_eq!(work(&world.get("/work", &member).await.body), [world.called(person, 5)]);
    assert!(work(&world.get("/work", &lead).await.body).is_empty());
    // The keeper leads on from there.
    let page = world.get(&world.at(person, "contact/@6"), &keeper).await;
    assert!(page.body.contains("May I ask"), "{}", page.body);
}

#[tokio::test]
async fn a_name_in_a_list_is_written_down_once_a_day() {
    let world = World::new();
    world.register(vec![resident(1, HERE)]);
    let person = resident(1, HERE).person;
    world.tell(vec![(
        person,
        vec![entry(&stranger(), begun(1)), entry(&stranger(), contact(TEAM))],
    )]);
    let lead = world.sign_in(&seat("team-lead"), None);
    let nurse = world.sign_in(&seat("community-nurse"), None);
    let lists = |world: &World| -> Vec<String> {
        views(world, person).into_iter().map(|view| view.what).collect()
    };
    let in_work = "the name, in a list of work";
    for _ in 0..3 {
        world.get("/work", &lead).await;
    }
    assert_eq!(lists(&world), [in_work]);
    world.get("/work", &nurse).await;
    assert_eq!(lists(&world), [in_work; 2], "each who sees it");
    world.wait(15 * 3600 - 1);
    world.get("/work", &world.again(&lead)).await;
    assert_eq!(lists(&world).len(), 2, "a second before midnight");
    world.wait(1);
    let lead = world.again(&lead);
    world.get("/work", &lead).await;
    assert_eq!(lists(&world).len(), 3, "another day");

    let sent = world.post(&format!("/contact/{person}"), &lead, &contact_form(TEAM)).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    for _ in 0..2 {
        world.get("/contact/mine", &lead).await;
    }
    assert_eq!(lists(&world)[0], "the name, in a list of contacts");
    assert_eq!(lists(&world).len(), 4);
    // The person sees them, apart from who has opened the record.
    let own = world.sign_in(&seat("resident"), Some(person));
    let looked = world.get(&format!("/person/{person}/looked"), &own).await.body;
    let (opened, named) = looked.split_once("Who has seen only the name").expect("both");
    let (others, mine) = opened.split_once("When you looked yourself").expect("both");
    assert!(!others.contains(">You<") && mine.contains(">You<"), "{looked}");
    assert!(!opened.contains(in_work) && opened.contains("who has looked"), "{looked}");
    assert_eq!(named.matches(in_work).count(), 3, "{looked}");
    assert!(!looked.contains("Who looked before "), "there is nothing earlier: {looked}");

    // However often they looked themself, others stand on the first page.
    let nurse = world.again(&nurse);
    let (path, record) = (format!("/person/{person}/looked"), format!("/person/{person}"));
    assert_eq!(world.get(&record, &nurse).await.status, StatusCode::OK);
    for _ in 0..60 {
        world.get(&path, &own).await;
    }
    let looked = world.get(&path, &own).await.body;
    let (others, _) = looked.split_once("When you looked yourself").expect("both");
    assert!(others.contains("community-nurse Worker"), "{looked}");
    assert!(!looked.contains("Who looked before "), "all of it is here: {looked}");
    // A page holds fifty looks by others; its link says how far back it reaches.
    for _ in 0..50 {
        world.get(&record, &nurse).await;
    }
    let full = world.get(&path, &own).await.body;
    assert!(full.contains("Who looked before 2"), "{full}");
}

#[tokio::test]
async fn a_form_that_could_not_be_taken_is_no_further_look() {
    let world = World::new();
    world.register(vec![resident(1, HERE)]);
    let person = resident(1, HERE).person;
    let surgery = world.sign_in(&seat("gp-practice"), None);
    let forms = [
        (format!("/person/{person}/note"), "words=&audience=everyone"),
        (format!("/contact/{person}"), "contact=enquiry&words="),
    ];
    for (at, (path, form)) in forms.iter().enumerate() {
        world.get(path, &surgery).await;
        for _ in 0..3 {
            let answer = world.post(path, &surgery, form).await;
            assert!(answer.body.contains("Error: "), "{path}: {}", answer.body);
        }
        assert_eq!(views(&world, person).len(), at + 1, "{path}");
    }
    // Whoever sends a form without having opened it sees the name all the same.
    let other = world.sign_in(&seat("gp-practice"), None);
    world.post(&forms[0].0, &other, forms[0].1).await;
    assert_eq!(views(&world, person)[0].by.user, other.user);
}

#[tokio::test]
async fn an_address_that_cannot_be_read_is_one_that_is_not_there() {
    let world = World::new();
    world.register(vec![resident(1, HERE)]);
    let person = resident(1, HERE).person;
    let lead = world.sign_in(&seat("team-lead"), None);
    let nothing = world.get(&format!("/person/{}", resident(2, HERE).person), &lead).await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
    for path in [
        "/person/rosa".to_owned(),
        "/contact/rosa".to_owned(),
        "/person/%ff".to_owned(),
        format!("/person/{person}/note/x/correct"),
        format!("/person/{person}/contact/99999999999"),
        format!("/person/{person}/opening/-1"),
    ] {
        let answer = world.get(&path, &lead).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(answer.body, nothing.body, "{path}");
    }
    let answer = world.post("/person/rosa/note", &lead, "words=x").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn whoever_records_contacts_finds_from_their_work_what_came_of_them() {
    let world = World::new();
    for role in ["hospital-discharge", "gp-practice", "voluntary-worker"] {
        let browser = world.sign_in(&seat(role), None);
        let work = world.get("/work", &browser).await.body;
        assert!(work.contains("href=\"/contact/mine\""), "{role}: {work}");
        assert_eq!(world.get("/contact/mine", &browser).await.status, StatusCode::OK, "{role}");
    }
}

#[tokio::test]
async fn a_search_for_nothing_says_what_to_type() {
    let world = World::new();
    let nurse = world.sign_in(&seat("community-nurse"), None);
    for path in ["/search", "/contact"] {
        let says = "Type a name, an NHS number or a date of birth";
        assert!(!world.get(path, &nurse).await.body.contains(says), "{path}: nothing is asked yet");
        for typed in ["", "%20"] {
            let page = world.get(&format!("{path}?q={typed}"), &nurse).await.body;
            assert!(page.contains(says) && !page.contains("Nobody to show"), "{path}: {page}");
        }
    }
}
