//! Practice worth sharing as people use it: written up from a plan without the person, found by whoever
//! works here, withdrawn by who wrote it or their lead, and nothing in it leads to anybody.

use axum::http::StatusCode;

use super::assess::Home;
use super::world::{Browser, Seat, seat};

const NOTE: &str = "title=A+lunch+club&theme=community&situation=Somebody+alone+after+a+fall\
    &what-done=We+went+along&learned=Go+the+first+time";

impl Home {
    async fn anywhere(&self, by: &Browser, path: &str) -> (StatusCode, String) {
        let answer = self.world.get(path, &self.world.again(by)).await;
        (answer.status, answer.body)
    }
}

#[tokio::test]
async fn what_was_learned_is_shared_without_the_person_found_and_withdrawn() {
    let (home, _) = Home::with_plan().await;
    let plan = home.page(&home.social_worker, "plan").await;
    assert!(plan.contains(&home.path("practice")), "{plan}");
    let before = home.story().len();
    for (form, told) in [
        (NOTE.to_owned(), "Read it again"),
        (
            format!("{}&affirm=yes", NOTE.replace("Somebody+alone+after+a+fall", "")),
            "Write how it was",
        ),
        (format!("{}&affirm=yes", NOTE.replace("We+went", "Amina+went")), "‘amina’ is a name"),
        (format!("{}&affirm=yes", NOTE.replace("We+went", "1+Secret+Street")), "address"),
        (format!("{}&affirm=yes", NOTE.replace("We+went", "999+000+0107")), "NHS number"),
        (format!("{}&affirm=yes", NOTE.replace("We+went", "17+May+1960")), "date of birth"),
        (format!("{}&affirm=yes", NOTE.replace("We+went", "Sam+Stranger")), "is a name"),
        (format!("{}&affirm=yes", NOTE.replace("community", "magic")), "Choose what it is about"),
    ] {
        let refused = home.post(&home.social_worker, "practice", &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(refused.body.contains(told), "{told}: {}", refused.body);
        assert!(refused.body.contains("Go the first time"), "what was typed stays");
    }
    let there = home.sent(&home.social_worker, "practice", &format!("{NOTE}&affirm=yes")).await;
    let note = there.split('?').next().unwrap().to_owned();
    assert_eq!(home.story().len(), before, "it stands apart from the story");

    // Whoever works here finds it; nothing in it leads to the person.
    let provider = home.world.sign_in(&Seat { team: None, ..seat("provider-worker") }, None);
    for (query, found) in
        [("", true), ("?q=LUNCH", true), ("?theme=community&q=fall", true), ("?q=bingo", false)]
    {
        let (_, page) = home.anywhere(&provider, &format!("/practice{query}")).await;
        assert_eq!(page.contains("A lunch club"), found, "{query}: {page}");
    }
    let (_, page) = home.anywhere(&provider, &note).await;
    assert!(page.contains("We went along"), "{page}");
    for trace in [home.person.to_string(), "Amina".to_owned(), "Withdraw it".to_owned()] {
        assert!(!page.contains(&trace), "{trace}: {page}");
    }
    for face in [&home.own, &home.world.sign_in(&seat("representative"), None)] {
        for path in ["/practice", &note] {
            assert_eq!(home.anywhere(face, path).await.0, StatusCode::NOT_FOUND, "{path}");
        }
    }
    home.not_there(&home.own, "practice").await;
    home.not_there(&provider, "practice").await;
    let forged = home.post(&provider, "practice", &format!("{NOTE}&affirm=yes")).await;
    assert_eq!(forged.status, StatusCode::NOT_FOUND, "only who works with them writes it up");

    let by_other = home.world.post(&note, &home.world.again(&home.nurse), "").await;
    assert_eq!(by_other.status, StatusCode::NOT_FOUND);
    let (_, page) = home.anywhere(&home.social_worker, &note).await;
    assert!(page.contains("Withdraw it"), "{page}");
    let gone = home.world.post(&note, &home.world.again(&home.social_worker), "").await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.body);
    assert_eq!(home.anywhere(&provider, &note).await.0, StatusCode::NOT_FOUND);
    let (_, page) = home.anywhere(&provider, "/practice?q=lunch").await;
    assert!(page.contains("Nothing to show"), "{page}");
}
