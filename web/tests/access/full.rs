//! A disk without room: nothing is saved, nobody's record is opened unseen, what was typed is given
//! back, and it all works again once there is room.

use axum::http::StatusCode;
use store::StoreError;
use store::engine::{Reach, Statement};

use super::world::{HERE, World, resident, seat};

/// How large the store may grow: `SQLite` calls a file that may not grow a full disk.
fn allow(world: &World, sql: &'static str) {
    let limit = Statement { name: "LIMIT", sql, reach: Reach::Whole };
    let set = move |tx: &mut dyn store::engine::Tx| tx.query(&limit, &[], &mut |_| Ok(()));
    world.store.write::<_, StoreError>(set).unwrap();
}

#[tokio::test]
async fn on_a_full_disk_nothing_is_lost_that_was_typed_and_no_look_goes_unwritten() {
    let world = World::new();
    let people = [resident(1, HERE), resident(2, HERE)];
    let paths = people.each_ref().map(|one| format!("/person/{}/note", one.person));
    world.register(people.to_vec());
    let surgery = world.sign_in(&seat("gp-practice"), None);
    assert_eq!(world.get(&paths[0], &surgery).await.status, StatusCode::OK);
    let before = world.counts();
    allow(&world, "pragma max_page_count = 1");

    // Room that is left within the pages that are there is used up first.
    let words = |number| format!("{number}: {}", "The boiler man comes on Thursday. ".repeat(50));
    let form = |number| format!("words={}&audience=everyone", words(number).replace(' ', "+"));
    let mut saved = 0;
    let refused = loop {
        let answer = world.post(&paths[0], &surgery, &form(saved)).await;
        if answer.status != StatusCode::SEE_OTHER {
            break answer;
        }
        saved += 1;
        assert!(saved < 1_000, "the disk never filled up");
    };
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(refused.body.contains("no room left to write"), "{}", refused.body);
    assert!(refused.body.contains(words(saved).trim()), "what was typed is given back");
    let begun = i64::from(saved > 0);
    assert_eq!(world.counts().entries, before.entries + begun + saved);

    allow(&world, "pragma max_page_count = 1000000");
    let again = world.post(&paths[0], &surgery, &form(saved)).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.body);
    assert_eq!(world.get(&paths[1], &surgery).await.status, StatusCode::OK);
}

#[tokio::test]
async fn on_a_full_disk_a_record_whose_look_cannot_be_written_down_is_not_shown() {
    let world = World::new();
    let people: Vec<_> = (1..=200).map(|number| resident(number, HERE)).collect();
    let paths: Vec<String> = people.iter().map(|one| format!("/person/{}", one.person)).collect();
    world.register(people);
    let surgery = world.sign_in(&seat("gp-practice"), None);
    allow(&world, "pragma max_page_count = 1");
    // Room that is left within the pages that are there is used up first.
    let (mut shown, mut refused) = (0, 0);
    for path in &paths {
        let answer = world.get(path, &surgery).await;
        match answer.status {
            StatusCode::OK => shown += 1,
            status => {
                assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.body);
                assert!(
                    answer.body.contains("each look at one is written down"),
                    "{}",
                    answer.body
                );
                refused += 1;
            }
        }
    }
    assert!(refused > 0, "the disk never filled up");
    assert_eq!(world.counts().views, shown, "no look without its line");
}
