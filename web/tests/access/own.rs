//! What a resident reads of themselves is said to them, and asks only what they can know.

use axum::http::StatusCode;

use super::standings::{begun, entry, invitation};
use super::world::{Browser, HERE, World, resident, seat, stranger};

/// Somebody who was invited, at their own browser.
fn invited(world: &World) -> (String, Browser) {
    let one = resident(1, HERE);
    let person = one.person;
    world.register(vec![one]);
    world
        .tell(vec![(person, vec![entry(&stranger(), begun(1)), entry(&stranger(), invitation())])]);
    (format!("/person/{person}"), world.sign_in(&seat("resident"), Some(person)))
}

#[tokio::test]
async fn who_answered_is_told_what_they_said_and_not_asked_again() {
    let world = World::new();
    let (path, own) = invited(&world);
    let before = world.get(&format!("{path}/why"), &own).await.body;
    assert!(before.contains("Answer the invitation"), "{before}");
    let answer = world.post("/me/answer", &own, "answer=yes&words=&seen=@99").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let after = world.get(&format!("{path}/why"), &own).await.body;
    assert!(after.contains("You said yes on 22 November 2026"), "{after}");
    assert!(after.contains("Change your answer") && !after.contains("Answer the"), "{after}");
}

#[tokio::test]
async fn ones_own_pages_say_you() {
    let world = World::new();
    let (path, own) = invited(&world);
    for part in ["why", "authority", "letters", "caring", "plan/print"] {
        let page = world.get(&format!("{path}/{part}"), &own).await;
        assert_eq!(page.status, StatusCode::OK, "{part}");
    }
    let looked = world.get(&format!("{path}/looked"), &own).await.body;
    for words in ["the reasons for being found", "the carers, and those cared for"] {
        assert!(looked.contains(words), "{words}: {looked}");
    }
    let authority = world.get(&format!("{path}/authority"), &own).await.body;
    assert!(authority.contains("You decide for yourself"), "{authority}");
    let plan = world.get(&format!("{path}/plan"), &own).await.body;
    assert!(!plan.contains("You have not said yet whether you agree"), "nothing to agree to");
}

#[tokio::test]
async fn a_resident_tells_of_somebody_else_without_knowing_our_teams() {
    let world = World::new();
    let (_, own) = invited(&world);
    let page = world.get("/contact/new", &own).await.body;
    assert!(page.contains("Which council do they live in?"), "{page}");
    for asked in ["The person themselves", "Who should answer?", "neighbourhood team"] {
        assert!(!page.contains(asked), "{asked}");
    }
    let form = "given=Ada&family=Bell&words=She+fell+twice&agrees=yes&to=";
    let answer = world.post("/contact/new", &own, form).await;
    assert!(answer.body.contains("Choose the council they live in"), "{}", answer.body);
    let form = format!("{form}lambeth-front-door&from=020+7946+0123");
    let answer = world.post("/contact/new", &own, &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let officer = world.get("/contact/mine", &own).await.body;
    assert!(officer.contains("Ada Bell") && officer.contains("Lambeth front door"), "{officer}");
}

#[tokio::test]
async fn who_told_us_their_means_reads_what_comes_next() {
    let world = World::new();
    let (path, own) = invited(&world);
    let means = "from-day=22&from-month=11&from-year=2026&born-day=3&born-month=2&born-year=1950\
                 &setting=home&income-0-kind=state-pension&income-0-amount=200&income-0-every=week";
    let page = world.post(&format!("{path}/means/enter"), &own, &format!("do=keep&{means}")).await;
    assert!(page.body.contains("Choose one: alone, with a partner"), "{}", page.body);
    let form = format!("do=keep&household=single&{means}");
    let kept = world.post(&format!("{path}/means/enter"), &own, &form).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    let page = world.get(&format!("{path}/means"), &own).await.body;
    assert!(page.contains("We have what you told us on 22 November 2026"), "{page}");
    assert!(page.contains("Change what you told us"), "{page}");
    assert!(!page.contains("Tell us your income") && !page.contains("decided before"), "{page}");
}
