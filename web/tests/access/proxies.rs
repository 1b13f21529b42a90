//! Who acts for somebody with an authority that is not registered, has run out or reaches elsewhere sees
//! of them what anybody else does: nothing, on no page, in no search, list, count or print.

use axum::http::StatusCode;
use care::record::fact::Fact;
use care::record::ids::{PersonId, UserId};

use super::routes::TRIES;
use super::standings::{Laying, Standing, entry};
use super::world::{Browser, World, seat, stranger};

/// An attorney's or a deputy's sign-in, and for whom.
struct Proxy {
    browser: Browser,
    person: PersonId,
}

/// So many people of the same shape, each unable to decide where to live, and each with somebody who
/// would act for them by these facts.
fn proxies(world: &World, all: &[Vec<String>]) -> Vec<Proxy> {
    let mut laying = Laying::default();
    let nobody = UserId::from_bytes([0; 16]);
    let people: Vec<PersonId> = all
        .iter()
        .map(|_| laying.lay(Standing::Own, nobody, &seat("representative"), false))
        .collect();
    laying.put(world);
    let proxies = people.into_iter().zip(all).map(|(person, facts)| {
        // After the finding comes what is held.
        let story = world.store.read(|tx| store::stories::load(tx, person)).unwrap();
        let held = (story.len() + 2).to_string();
        let facts = std::iter::once(LACKS).chain(facts.iter().map(String::as_str));
        let facts = facts.map(|fact| {
            let fact = fact.replace("HELD", &held);
            let fact: Fact =
                serde_json::from_str(&fact).unwrap_or_else(|why| panic!("{why}: {fact}"));
            entry(&stranger(), fact)
        });
        world.tell(vec![(person, facts.collect())]);
        Proxy { browser: world.sign_in(&seat("representative"), Some(person)), person }
    });
    proxies.collect()
}

const LACKS: &str = r#"{"kind":"capacity-assessed","decision":"Where to live","matter":"residence",
    "support":"Pictures","abilities":{"understand":{"able":true,"seen":"Yes"},
    "retain":{"able":false,"seen":"Lost"},"weigh":{"able":true,"seen":"Yes"},
    "communicate":{"able":true,"seen":"Yes"}},"cause":{"impairment":"Dementia","how":"She loses it"},
    "conclusion":"lacks-capacity","good_until":"2027-02-01"}"#;
const REGISTERED: &str = r#","registered_on":"2026-02-01""#;

fn held(kind: &str, holder: &str, scope: &str, more: &str) -> String {
    format!(
        r#"{{"kind":"authority-recorded","authority":"{kind}","holder":"{holder}","scope":["{scope}"],
        "from":"2026-01-01","document":"7000-1234","seen_on":"2026-11-01"{more}}}"#
    )
}

/// What is on record of somebody who has no authority, or none that is of use today.
fn of_no_use() -> Vec<(&'static str, Vec<String>)> {
    let me = "representative Worker";
    let over = format!(r#"{REGISTERED},"until":"2026-11-01""#);
    let registered_later = r#","registered_on":"2026-12-01""#;
    let revoked =
        r#"{"kind":"authority-ended","authority":HELD,"last_day":"2026-11-01","why":"Revoked"}"#;
    vec![
        ("nothing on record", Vec::new()),
        ("unregistered", vec![held("lpa-health", me, "residence", "")]),
        ("unregistered, for money", vec![held("lpa-property", me, "money", "")]),
        ("unregistered, of the old kind", vec![held("enduring-power", me, "money", "")]),
        ("registered after today", vec![held("lpa-health", me, "residence", registered_later)]),
        ("run out", vec![held("lpa-health", me, "residence", &over)]),
        ("run out, by a court", vec![held("deputy-welfare", me, "residence", &over)]),
        ("run out, for benefits", vec![held("appointee", me, "benefits", &over)]),
        ("revoked", vec![held("deputy-welfare", me, "residence", ""), revoked.to_owned()]),
        ("of another matter", vec![held("lpa-health", me, "treatment", REGISTERED)]),
        ("no right to decide", vec![held("deprivation-of-liberty", me, "residence", "")]),
        ("somebody else’s", vec![held("lpa-health", "Ada Okonkwo", "residence", REGISTERED)]),
    ]
}

#[tokio::test]
async fn an_authority_that_is_of_no_use_shows_nothing_anywhere() {
    let world = World::new();
    let cases = of_no_use();
    let facts: Vec<Vec<String>> = cases.iter().map(|(_, facts)| facts.clone()).collect();
    let proxies = proxies(&world, &facts);
    // What anybody sees who has nothing on record, on every page about nobody in particular.
    let mut bare: Vec<(String, StatusCode, String)> = Vec::new();
    for (proxy, (case, _)) in proxies.iter().zip(&cases) {
        let browser = &proxy.browser;
        let before = world.counts();
        for one in TRIES.iter().filter(|one| one.path.contains("{person}")) {
            // Anybody may tell the front door of anybody.
            if one.path.starts_with("/contact/") {
                continue;
            }
            let path = one.at(proxy.person);
            let answer = match one.form {
                None => world.get(&path, browser).await,
                Some(form) => world.post(&path, browser, form).await,
            };
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{case}: {path}: {}", answer.body);
        }
        assert_eq!(world.counts(), before, "{case}: nothing is written, nor seen");
        let first = world.get("/", browser).await;
        assert!(
            first.body.contains("You cannot act for anybody here yet"),
            "{case}: {}",
            first.body
        );
        let mut seen = Vec::new();
        let family = resident_name(proxies.iter().position(|one| one.person == proxy.person));
        let search = [format!("/search?q={family}"), format!("/search?q={}", proxy.person)];
        let pages = TRIES.iter().filter(|one| one.form.is_none() && !one.path.contains('{'));
        for path in pages.map(|one| one.path.to_owned()).chain(search) {
            let answer = world.get(&path, browser).await;
            // The way to the front door for them is there for whoever has this sign-in.
            let told = [family.as_str(), "Secret Street"];
            let typed = path.contains('?');
            for told in told.into_iter().filter(|_| !typed) {
                assert!(!answer.body.contains(told), "{case}: {path}: {told}: {}", answer.body);
            }
            let key = path.split('?').next().unwrap().to_owned();
            seen.push((key, answer.status, plain(&answer.body, proxy, &family)));
        }
        if bare.is_empty() {
            bare = seen;
        } else {
            for (is, was) in seen.iter().zip(&bare) {
                assert_eq!(is, was, "{case}: told from who has nothing on record");
            }
        }
    }
}

/// The family name of the person who was laid down as this one.
fn resident_name(number: Option<usize>) -> String {
    format!("Family{}", number.unwrap())
}

/// A page without what a browser says of itself.
fn plain(page: &str, proxy: &Proxy, family: &str) -> String {
    let page = page.replace(&proxy.person.to_string(), "PERSON").replace(family, "FAMILY");
    let mut plain = String::new();
    for (at, part) in page.split("name=\"form-token\" value=\"").enumerate() {
        plain += if at == 0 { part } else { part.split_once('"').map_or("", |(_, rest)| rest) };
    }
    plain
}

#[tokio::test]
async fn an_authority_opens_what_it_is_about_and_nothing_of_the_rest() {
    let world = World::new();
    let me = "representative Worker";
    let proxies = proxies(
        &world,
        &[
            vec![held("lpa-health", me, "residence", REGISTERED)],
            vec![held("lpa-property", me, "money", REGISTERED)],
        ],
    );
    let [care, money] = &proxies[..] else { panic!() };
    let status = async |proxy: &Proxy, part: &str| {
        let path = format!("/person/{}/{part}", proxy.person);
        world.get(&path, &proxy.browser).await
    };
    for (part, by_care, by_money) in [
        ("decisions", true, false),
        ("assessment", true, false),
        ("letter/@12", true, false),
        ("letter/@7", false, true),
        ("means", false, true),
        ("means/letter", false, true),
        ("plan/print", false, false),
        ("plan/emergency", false, false),
        ("looked", false, false),
        ("team", false, false),
        ("note", false, false),
        ("card", true, false),
        ("shared", false, false),
        ("review", false, false),
    ] {
        for (proxy, shown) in [(care, by_care), (money, by_money)] {
            let answer = status(proxy, part).await;
            let expected = if shown { StatusCode::OK } else { StatusCode::NOT_FOUND };
            assert_eq!(answer.status, expected, "{part}: {}", answer.body);
            for never in ["A note about", "a rail by the bath"] {
                assert!(!answer.body.contains(never), "{part}, {never}: {}", answer.body);
            }
        }
    }
    // Whoever tells the means of another is not asked about their own.
    let form = status(money, "means/enter").await.body;
    assert!(
        form.contains("<h1 class=\"govuk-heading-l\">Income, savings and costs of Amina"),
        "{form}"
    );
    assert!(form.contains("“you” and “your” mean Amina"), "{form}");
    let path = format!("/person/{}/means", money.person);
    let told = "do=keep&household=single&from-day=22&from-month=11&from-year=2026&born-day=3\
                &born-month=2&born-year=1950&setting=home&income-0-kind=state-pension\
                &income-0-amount=200&income-0-every=week";
    let kept = world.post(&format!("{path}/enter"), &money.browser, told).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    let own = world.sign_in(&seat("resident"), Some(money.person));
    for (browser, who) in [(&money.browser, "you"), (&own, me)] {
        let page = world.get(&path, browser).await.body;
        assert!(page.contains(&format!("We have what {who} told us on")), "{page}");
    }
    // Their lists of letters are of what each may read, and count no more.
    for (proxy, letters) in [(care, "letter/@12"), (money, "letter/@7")] {
        let list = status(proxy, "letters").await.body;
        let named = list.matches(&format!("/person/{}/letter/", proxy.person)).count();
        let spelled = |letter: &str| world.spelled(proxy.person, letter);
        assert!(list.contains(&spelled(letters)), "{list}");
        let other = if letters == "letter/@12" { "letter/@7\"" } else { "letter/@12\"" };
        assert!(!list.contains(&spelled(other)) && named >= 1, "{list}");
    }
}
