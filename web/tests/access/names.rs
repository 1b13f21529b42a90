//! What entries are called in addresses and forms: a name leads to its own story's entry alone, and whatever
//! else stands in its place leads nowhere. That names tell nothing is shown in `faces.rs`: pages of stories
//! that differ in what a face may not see differ in no name but by chance.

use axum::http::StatusCode;

use super::assess::Home;
use super::routes::TRIES;
use super::standings::{Laying, Standing};
use super::world::{World, seat};

#[tokio::test]
async fn an_address_names_an_entry_of_its_own_story_and_leads_nowhere_else() {
    let world = World::new();
    let lead = seat("team-lead");
    let browser = world.sign_in(&lead, None);
    let mut laying = Laying::default();
    let [one, other] = [0, 1].map(|_| laying.lay(Standing::Member, browser.user, &lead, true));
    laying.put(&world);
    let of_entries = TRIES.iter().filter(|one| one.form.is_none() && one.path.contains("{entry}"));
    let mut shown = 0;
    for get in of_entries {
        let path = world.spelled(one, &get.at(one));
        let entry: u32 =
            get.at(one).split('@').nth(1).unwrap().split('/').next().unwrap().parse().unwrap();
        let (name, theirs) = (world.called(one, entry), world.called(other, entry));
        let status = world.get(&path, &browser).await.status;
        shown += usize::from(status == StatusCode::OK);
        let mut tampered = name.clone();
        let changed = if name.starts_with('a') { "b" } else { "a" };
        tampered.replace_range(..1, changed);
        for wrong in [entry.to_string(), theirs, tampered, name.to_uppercase(), "0".to_owned()] {
            let path = path.replace(&name, &wrong);
            let answer = world.get(&path, &browser).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}: {}", answer.body);
        }
    }
    assert!(shown > 9, "a lead sees most of them: {shown}");
}

#[tokio::test]
async fn a_form_that_names_no_entry_of_its_story_is_told_so_and_keeps_nothing() {
    let (home, outcome) = Home::with_plan().await;
    let elsewhere = super::world::resident(2, super::world::HERE).person;
    let before = home.story().len();
    let theirs = home.world.called(elsewhere, outcome);
    for wrong in [outcome.to_string(), theirs.clone(), "x".to_owned(), String::new()] {
        let step = format!(
            "outcome={wrong}&source=myself&what=Shoes&who=person&due-day=1&due-month=2&due-year=2027\
             &known-by=She+went"
        );
        let answer = home.post(&home.social_worker, "plan/action", &step).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}: {}", answer.body);
        assert!(answer.body.contains("Choose what it is for"), "{wrong}: {}", answer.body);
    }
    // What was seen in another story is nothing seen in this.
    let change = "words=I+want+a+dog&area=community&now=None&hoped=One";
    let part = format!("plan/outcome?of=@{outcome}");
    for seen in [theirs, "99".to_owned()] {
        let answer = home.post(&home.nurse, &part, &format!("{change}&seen={seen}")).await;
        assert!(answer.body.contains("while you were writing"), "{seen}: {}", answer.body);
    }
    assert_eq!(home.story().len(), before);
}
