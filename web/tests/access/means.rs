//! What a person pays, from asking for an assessment to the letter; and how little others see of it.

use axum::http::StatusCode;
use care::record::ids::PersonId;

use super::standings::{begun, entry, joined};
use super::world::{Browser, HERE, World, resident, seat, start, stranger};

/// A form as an officer fills it in: £300 a week, and care of £200.
const MEANS: &str = "from-day=1&from-month=1&from-year=2026&born-day=1&born-month=1&born-year=1950\
    &household=single&setting=home&income-0-kind=state-pension&income-0-amount=300\
    &income-0-every=week&service-0-kind=home-care&service-0-amount=200&service-0-every=week";

struct Finance {
    world: World,
    person: PersonId,
    social_worker: Browser,
    officer: Browser,
    second: Browser,
    own: Browser,
}

impl Finance {
    async fn asked() -> Self {
        let world = World::new();
        let one = resident(1, HERE);
        let person = one.person;
        world.register(vec![one]);
        let social_worker = world.sign_in(&seat("social-worker"), None);
        let (officer, second) = (
            world.sign_in(&seat("finance-officer"), None),
            world.sign_in(&seat("finance-officer"), None),
        );
        let own = world.sign_in(&seat("resident"), Some(person));
        world.tell(vec![(
            person,
            vec![
                entry(&stranger(), begun(1)),
                entry(&stranger(), joined(social_worker.user, true)),
            ],
        )]);
        world.found(1, start(), vec![(person, HERE.to_owned(), 3)]);
        let finance = Self { world, person, social_worker, officer, second, own };
        let told = "told-on-day=1&told-on-month=1&told-on-year=2026&to=southwark-finance";
        finance.sent(&finance.social_worker, "ask", told).await;
        finance
    }

    fn path(&self, part: &str) -> String {
        format!("/person/{}/means/{part}", self.person)
    }

    async fn sent(&self, browser: &Browser, part: &str, form: &str) -> String {
        let answer = self.world.post(&self.path(part), browser, form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{part}: {}", answer.body);
        answer.location().to_owned()
    }

    async fn page(&self, browser: &Browser) -> String {
        let path = format!("/person/{}/means", self.person);
        self.world.get(&path, browser).await.body
    }
}

#[tokio::test]
async fn one_drafts_another_decides_and_the_person_reads_why() {
    let finance = Finance::asked().await;
    let work = finance.world.get("/work", &finance.officer).await.body;
    assert!(work.contains("Work out what the person pays"), "{work}");
    let shown = finance
        .world
        .post(&finance.path("enter"), &finance.officer, &format!("do=show&{MEANS}"))
        .await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(
        shown.body.contains("Minimum income guarantee")
            && shown.body.contains("SI 2014/2672 reg 7")
    );
    assert!(finance.page(&finance.own).await.contains("Nothing has been decided yet"));
    finance
        .sent(&finance.officer, "enter", &format!("do=keep&words=Bank+letter+seen&{MEANS}"))
        .await;

    let page = finance.page(&finance.officer).await;
    assert!(!page.contains("means/decide/"), "whoever drafted it does not decide it: {page}");
    let page = finance.page(&finance.second).await;
    let (_, link) = page.split_once("means/decide/").expect("a link to decide");
    let decide = format!("decide/{}", link.split('"').next().unwrap());
    let own = finance.world.post(&finance.path(&decide), &finance.officer, "words=").await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(own.body.contains("somebody else must decide it"));
    finance.sent(&finance.second, &decide, "words=Ring+us+if+this+is+wrong").await;

    // £300 less £232.60, the guarantee of 2025-26; and the person was born before April 1951 with an
    // income too high for savings credit, so £7.05 is left out.
    for browser in [&finance.own, &finance.social_worker] {
        let page = finance.page(browser).await;
        assert!(page.contains("£60.35 a week since 1 January 2026"), "{page}");
        assert!(page.contains("Savings credit left out"));
    }
    let letter = finance.world.get(&finance.path("letter"), &finance.own).await.body;
    assert!(
        letter.contains("you pay £60.35 a week") && letter.contains("Ring us if this is wrong")
    );
}

#[tokio::test]
async fn whoever_has_no_business_with_money_sees_none_of_it() {
    let finance = Finance::asked().await;
    finance
        .sent(&finance.officer, "enter", &format!("do=keep&words=Bank+letter+seen&{MEANS}"))
        .await;
    let nurse = finance.world.sign_in(&seat("community-nurse"), None);
    let surgery = finance.world.sign_in(&seat("gp-practice"), None);
    for browser in [&nurse, &surgery] {
        let page = finance.world.get(&format!("/person/{}", finance.person), browser).await;
        assert_eq!(page.status, StatusCode::OK);
        for told in ["financial assessment", "Bank letter", "/means"] {
            assert!(!page.body.contains(told), "{told}");
        }
        let means = finance.world.get(&format!("/person/{}/means", finance.person), browser).await;
        assert_eq!(means.status, StatusCode::NOT_FOUND, "{}", means.body);
    }
    let page = finance.world.get(&format!("/person/{}", finance.person), &finance.own).await.body;
    assert!(page.contains("Drafted a financial assessment"), "the person sees their own: {page}");
}

#[tokio::test]
async fn the_person_says_it_themselves_and_the_officer_starts_from_there() {
    let finance = Finance::asked().await;
    finance
        .sent(&finance.own, "enter", &format!("do=keep&words=My+rent+goes+up+soon&{MEANS}"))
        .await;
    let page = finance.page(&finance.officer).await;
    assert!(page.contains("The person told us what their income and costs are"), "{page}");
    let form = finance.world.get(&finance.path("enter"), &finance.officer).await.body;
    assert!(form.contains("value=\"300.00\"") && form.contains("value=\"200.00\""), "{form}");
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field_and_nothing_is_lost() {
    let finance = Finance::asked().await;
    let before = finance.world.counts().entries;
    let wrong = MEANS.replace("amount=300", "amount=lots");
    let answer = finance
        .world
        .post(&finance.path("enter"), &finance.officer, &format!("do=keep&{wrong}"))
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for told in [
        "Enter an amount in pounds",
        "href=\"#income-0-amount\"",
        "value=\"lots\"",
        "value=\"200\"",
    ] {
        assert!(answer.body.contains(told), "{told}: {}", answer.body);
    }
    assert_eq!(finance.world.counts().entries, before);
}
