//! What is sent twice is kept once, and the same words in a later form are not the same thing; what
//! has been answered is shown as answered.

use axum::http::StatusCode;
use care::record::entry::{Audience, Entry};
use care::record::fact::{Contact, Fact, Note};
use care::record::ids::PersonId;
use store::stories;

use super::promises::links;
use super::standings::{begun, contact, entry};
use super::world::{
    Answer, Browser, ELSEWHERE, FAR_TEAM, HERE, TEAM, World, resident, seat, stranger,
};

fn story(world: &World, person: PersonId) -> Vec<Entry> {
    world.store.read(|tx| stories::load(tx, person)).unwrap()
}

fn notes(world: &World, person: PersonId) -> Vec<(Note, Audience)> {
    let entries = story(world, person).into_iter();
    entries
        .filter_map(|entry| match entry.fact {
            Fact::Note(note) => Some((note, entry.audience)),
            _ => None,
        })
        .collect()
}

fn contacts(world: &World, person: PersonId) -> Vec<Contact> {
    let entries = story(world, person).into_iter();
    entries
        .filter_map(|entry| match entry.fact {
            Fact::Contact(contact) => Some(contact),
            _ => None,
        })
        .collect()
}

/// Opens a form, and waits as long as it takes to fill it in: what it says of itself.
async fn opened(world: &World, path: &str, browser: &Browser) -> String {
    let page = world.get(path, browser).await;
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
    world.wait(5);
    let (_, rest) = page.body.split_once("name=\"shown\" value=\"").expect("when it was shown");
    format!("shown={}", rest.split('"').next().unwrap())
}

/// Sends a form, and says where it led.
async fn sent(world: &World, path: &str, browser: &Browser, form: &str) -> String {
    let answer = world.post(path, browser, form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.body);
    world.wait(1);
    answer.location().to_owned()
}

#[tokio::test]
async fn a_note_sent_twice_is_kept_once() {
    let world = World::new();
    let one = resident(1, HERE);
    let person = one.person;
    world.register(vec![one]);
    let surgery = world.sign_in(&seat("gp-practice"), None);
    let colleague = world.sign_in(&seat("gp-practice"), None);
    let path = format!("/person/{person}/note");
    let shown = opened(&world, &path, &surgery).await;
    let form = |audience: &str, shown: &str| {
        format!("words=Telephoned%3B+no+answer.&audience={audience}&{shown}")
    };
    let first = sent(&world, &path, &surgery, &form("everyone", &shown)).await;
    assert_eq!(first, format!("/person/{person}?done=note"));
    for _ in 0..2 {
        let again = sent(&world, &path, &surgery, &form("everyone", &shown)).await;
        assert_eq!(again, format!("/person/{person}?done=note-again"));
        let page = world.get(&again, &surgery).await;
        assert!(page.body.contains("already saved"), "{}", page.body);
        assert_eq!(notes(&world, person).len(), 1);
    }
    // For other eyes, by somebody else, or in a form that was opened later, it is another note.
    sent(&world, &path, &surgery, &form("professionals", &shown)).await;
    assert_eq!(notes(&world, person).len(), 2);
    let theirs = opened(&world, &path, &colleague).await;
    sent(&world, &path, &colleague, &form("professionals", &theirs)).await;
    assert_eq!(notes(&world, person).len(), 3);
    let later = opened(&world, &path, &surgery).await;
    let kept = sent(&world, &path, &surgery, &form("professionals", &later)).await;
    assert_eq!(kept, format!("/person/{person}?done=note"));
    assert_eq!(notes(&world, person).len(), 4, "telephoned again, and again no answer");
}

#[tokio::test]
async fn a_correction_sent_twice_is_kept_once() {
    let world = World::new();
    let one = resident(1, HERE);
    let person = one.person;
    world.register(vec![one]);
    let note = Fact::Note(Note { words: "4th floor".to_owned() });
    world.tell(vec![(person, vec![entry(&stranger(), begun(1)), entry(&stranger(), note)])]);
    let surgery = world.sign_in(&seat("gp-practice"), None);
    let path = world.at(person, "note/@2/correct");
    let shown = opened(&world, &path, &surgery).await;
    for _ in 0..2 {
        let form = format!("words=14th+floor&seen=@2&{shown}");
        assert_eq!(
            sent(&world, &path, &surgery, &form).await,
            world.spelled(person, &format!("/person/{person}#entry-@2"))
        );
        assert_eq!(story(&world, person).len(), 3);
    }
}

const CALL: &str = "contact=enquiry&route=family&from=A+niece&words=She+has+no+food&agrees=no";

#[tokio::test]
async fn a_contact_sent_twice_is_kept_once() {
    let world = World::new();
    let one = resident(1, ELSEWHERE);
    let person = one.person;
    world.register(vec![one]);
    // Whoever records it need not be able to open the record.
    let nurse = world.sign_in(&seat("hospital-discharge"), None);
    let path = format!("/contact/{person}");
    let shown = opened(&world, &path, &nurse).await;
    let form = format!("{CALL}&to={FAR_TEAM}&{shown}");
    assert_eq!(sent(&world, &path, &nurse, &form).await, "/contact/mine?done=contact");
    let again = sent(&world, &path, &nurse, &form).await;
    assert_eq!(again, "/contact/mine?done=contact-again");
    let mine = world.get(&again, &nurse).await;
    assert!(mine.body.contains("already sent"), "{}", mine.body);
    assert_eq!(contacts(&world, person).len(), 1);
    let later = opened(&world, &path, &nurse).await;
    sent(&world, &path, &nurse, &format!("{CALL}&to={FAR_TEAM}&{later}")).await;
    assert_eq!(contacts(&world, person).len(), 2, "she called again");
}

fn people(mine: &Answer) -> Vec<String> {
    let links = links(&mine.body, "/person/");
    links.iter().map(|path| path[..36].to_owned()).collect()
}

#[tokio::test]
async fn a_record_is_begun_once() {
    let world = World::new();
    let nurse = world.sign_in(&seat("hospital-discharge"), None);
    let who = "family=Castle-Osei&given=Miriam";
    let shown = opened(&world, "/contact/new", &nurse).await;
    let form = format!("{who}&{CALL}&to={FAR_TEAM}&{shown}");
    // Twice at the same moment, and once more after that.
    let both = tokio::join!(
        world.post("/contact/new", &nurse, &form),
        world.post("/contact/new", &nurse, &form)
    );
    for answer in [&both.0, &both.1] {
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }
    let again = sent(&world, "/contact/new", &nurse, &form).await;
    assert_eq!(again, "/contact/mine?done=contact-again");
    let mine = world.get("/contact/mine", &nurse).await;
    assert_eq!(people(&mine).len(), 1, "{}", mine.body);
    let first: PersonId = people(&mine)[0].parse().unwrap();

    // Somebody else who sends the same form begins a record of their own, or is asked.
    let other = world.sign_in(&seat("finance-officer"), None);
    let before = world.counts().entries;
    let answer = world.post("/contact/new", &other, &form).await;
    assert_eq!(world.counts().entries - before, 2, "{}", answer.body);
    assert_eq!(
        story(&world, first).len(),
        2,
        "nobody adds to another’s record by a form’s own words"
    );

    // Back on the same page with other words: somebody else, until they are said to be the same.
    let form = form.replace("She+has+no+food", "She+has+no+heating");
    let answer = world.post("/contact/new", &nurse, &format!("{form}&same=none")).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let mine = world.get("/contact/mine", &nurse).await;
    assert_eq!(people(&mine).len(), 2);
    assert_eq!(story(&world, first).len(), 2);
}

#[tokio::test]
async fn a_contact_about_somebody_known_after_all_is_kept_once() {
    let world = World::new();
    let one = resident(1, HERE);
    let person = one.person;
    world.register(vec![one]);
    let surgery = world.sign_in(&seat("gp-practice"), None);
    let shown = opened(&world, "/contact/new", &surgery).await;
    let form = format!("family=Family1&given=Amina&{CALL}&to={FAR_TEAM}&{shown}");
    let asked = world.post("/contact/new", &surgery, &form).await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.body);
    assert!(asked.body.contains(&person.to_string()), "{}", asked.body);
    for _ in 0..2 {
        sent(&world, "/contact/new", &surgery, &format!("{form}&same={person}")).await;
        assert_eq!(contacts(&world, person).len(), 1);
    }
}

#[tokio::test]
async fn what_can_be_done_only_once_is_done_when_it_is_sent_twice() {
    let world = World::new();
    let one = resident(1, HERE);
    let person = one.person;
    world.register(vec![one]);
    let surgery = world.sign_in(&seat("gp-practice"), None);
    let colleague = world.sign_in(&seat("gp-practice"), None);
    let path = format!("/person/{person}/communication");
    let shown = opened(&world, &path, &surgery).await;
    let theirs = opened(&world, &path, &colleague).await;
    let said = "language=Polish&interpreter=yes&needs=&adjustments=";
    for _ in 0..3 {
        let done = sent(&world, &path, &surgery, &format!("{said}&{shown}")).await;
        assert!(done.starts_with(&format!("/person/{person}")), "{done}");
        assert_eq!(story(&world, person).len(), 2);
    }
    // It says nothing new in a form that was opened later, nor in somebody else’s.
    let later = opened(&world, &path, &surgery).await;
    for (browser, shown) in [(&surgery, later), (&colleague, theirs)] {
        let answer = world.post(&path, browser, &format!("{said}&{shown}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("already what the record says"), "{}", answer.body);
    }
}

#[tokio::test]
async fn a_contact_that_was_answered_is_shown_as_answered() {
    let world = World::new();
    let one = resident(1, HERE);
    let person = one.person;
    world.register(vec![one]);
    let told = vec![entry(&stranger(), begun(1)), entry(&stranger(), contact(TEAM))];
    world.tell(vec![(person, told)]);
    let nurse = world.sign_in(&seat("community-nurse"), None);
    let social_worker = world.sign_in(&seat("social-worker"), None);
    let path = world.at(person, "contact/@2");
    let form = format!("<form action=\"{path}\"");
    for browser in [&nurse, &social_worker] {
        assert!(world.get(&path, browser).await.body.contains(&form));
    }
    sent(&world, &path, &nurse, "outcome=advice&words=Thursdays+at+noon").await;
    // The second window, sent; and opened anew.
    for body in ["outcome=community&words=On+Fridays", "outcome=pass-on&to=&words=On+Fridays"] {
        let late = world.post(&path, &social_worker, body).await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(late.body.contains("Thursdays at noon"), "{}", late.body);
        assert!(late.body.contains("by community-nurse Worker"), "{}", late.body);
        assert!(late.body.contains("On Fridays"), "what was typed can be copied: {}", late.body);
        assert!(!late.body.contains(&form), "nothing more can be sent: {}", late.body);
    }
    let anew = world.get(&path, &social_worker).await;
    assert!(anew.body.contains("Thursdays at noon") && !anew.body.contains(&form), "{}", anew.body);
    assert_eq!(story(&world, person).len(), 3);
}
