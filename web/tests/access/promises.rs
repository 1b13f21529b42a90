//! What the walls inside the service promise: views that are written down or not shown, entries for
//! some eyes only, records opened with a reason, a no that stands, forms that only we can send.

use axum::http::{Method, StatusCode};
use care::record::entry::{Audience, Author};
use care::record::fact::{Fact, Note};
use care::record::ids::{OrganisationId, PersonId, RoleId, UserId};
use store::access::accesses;
use store::{access, stories};
use web::keeper::IDLE_SECONDS;

use super::guides;
use super::routes::{TRIES, Try};
use super::standings::{Laying, Standing, begun, contact, entry, entry_for, invitation, joined};
use super::world::{
    Browser, ELSEWHERE, FAR_TEAM, HERE, NEXT_DOOR, TEAM, World, resident, seat, start, stranger,
};

pub fn views(world: &World, person: PersonId) -> Vec<access::View> {
    let read = world.store.read(|tx| accesses(tx, person, None, 100)).unwrap();
    read.into_iter().map(|access| access.view).collect()
}

/// The titles of somebody's work: what stands in the lists.
pub fn links(page: &str, start: &str) -> Vec<String> {
    let start = format!("href=\"{start}");
    let parts = page.split(&start).skip(1);
    parts.map(|part| part.split('"').next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn what_cannot_be_written_down_is_not_shown() {
    let world = World::new();
    let mut laying = Laying::default();
    let nurse_seat = seat("team-lead");
    let nurse = world.sign_in(&nurse_seat, None);
    let finance_seat = seat("finance-officer");
    let finance = world.sign_in(&finance_seat, None);
    let people: Vec<(usize, PersonId)> = TRIES
        .iter()
        .enumerate()
        .filter(|(_, one)| one.path.contains("{person}"))
        .map(|(at, one)| {
            let person = if one.is_of_finance() {
                laying.lay(Standing::Member, finance.user, &finance_seat, true)
            } else {
                laying.lay(Standing::Area, nurse.user, &nurse_seat, true)
            };
            (at, person)
        })
        .collect();
    let own = laying.lay(Standing::Own, nurse.user, &nurse_seat, true);
    laying.lay(Standing::Work, nurse.user, &nurse_seat, true);
    laying.put(&world);
    let resident = world.sign_in(&seat("resident"), Some(own));
    for (table, away) in [
        ("alter table access rename to away", "alter table away rename to access"),
        ("alter table access_log rename to away", "alter table away rename to access_log"),
    ] {
        let shown = world.get(&format!("/person/{}", people[0].1), &nurse).await;
        assert_eq!(shown.status, StatusCode::OK, "before it is broken");
        world.tamper(table);
        let mut refused = 0;
        // These open to nobody who works here (`carers.rs`), or only to the team (`plan.rs`).
        let elsewhere = |path: &str| path.contains("/shared") || path.ends_with("/team/add");
        let pages = people
            .iter()
            .filter(|(at, _)| TRIES[*at].form.is_none() && !elsewhere(TRIES[*at].path));
        for (at, person) in pages {
            let path = TRIES[*at].at(*person);
            let browser = if TRIES[*at].is_of_finance() { &finance } else { &nurse };
            let answer = world.get(&path, browser).await;
            assert!(answer.status.is_server_error(), "{path}: {}", answer.status);
            for told in ["Secret Street", "Amina", "A note about", "a rail by the bath", "Family"] {
                assert!(!answer.body.contains(told), "{path} tells {told}");
            }
            refused += 1;
        }
        assert!(refused > 8, "most pages are about somebody");
        for (path, browser) in [("/me", &resident), ("/me/answer", &resident), ("/work", &nurse)] {
            let answer = world.get(path, browser).await;
            assert!(answer.status.is_server_error(), "{path}: {}", answer.status);
            assert!(!answer.body.contains("Secret Street"), "{path}");
            assert!(!answer.body.contains("Family"), "{path}");
        }
        world.tamper(away);
        let shown = world.get(&format!("/person/{}", people[0].1), &nurse).await;
        assert_eq!(shown.status, StatusCode::OK, "mended again");
    }
    world.tamper("alter table search rename to away");
    for path in ["/search?q=family", "/found", "/contact?q=family"] {
        let answer = world.get(path, &nurse).await;
        assert!(answer.status.is_server_error(), "{path}: {}", answer.status);
        assert!(!answer.body.contains("Amina"), "{path}");
    }
}

#[tokio::test]
async fn an_entry_is_read_only_by_those_it_is_for() {
    let world = World::new();
    let one = resident(1, HERE);
    let person = one.person;
    world.register(vec![one]);
    let nurse = world.sign_in(&seat("community-nurse"), None);
    let own = world.sign_in(&seat("resident"), Some(person));
    let author = |user, organisation: &str| Author {
        user,
        name: "Ade Author".to_owned(),
        role: RoleId::new("social-worker"),
        organisation: OrganisationId::new(organisation),
    };
    let council = author(UserId::from_bytes([8; 16]), "southwark-council");
    let note = |words: &str| Fact::Note(Note { words: words.to_owned() });
    let mut corrected = entry_for(&council, Audience::Organisation, note("council corrected"));
    corrected.corrects = Some(5);
    world.tell(vec![(
        person,
        vec![
            entry(&council, begun(1)),
            entry(&council, contact(FAR_TEAM)),
            entry_for(&council, Audience::Everyone, note("for everyone")),
            entry_for(&council, Audience::Professionals, note("for professionals")),
            entry_for(&council, Audience::Organisation, note("for the council")),
            corrected,
        ],
    )]);
    let colleague = world.sign_in(&seat("social-worker"), None);
    let surgery = world.sign_in(&seat("gp-practice"), None);
    // Words of a note, and who of: the person, a colleague, the trust's nurse, the surgery.
    let cases = [
        ("for everyone", [true, true, true, true]),
        ("for professionals", [false, true, true, true]),
        ("for the council", [false, true, false, false]),
        ("council corrected", [false, true, false, false]),
    ];
    for (at, browser) in [&own, &colleague, &nurse, &surgery].into_iter().enumerate() {
        let page = world.get(&format!("/person/{person}"), browser).await;
        assert_eq!(page.status, StatusCode::OK, "{at}");
        for (words, may) in &cases {
            assert_eq!(page.body.contains(words), may[at], "{words}, reader {at}");
        }
        for (number, (words, may)) in [3, 4, 5].into_iter().zip(&cases) {
            let path = world.at(person, &format!("note/@{number}/correct"));
            let answer = world.get(&path, browser).await;
            let expected = if may[at] { StatusCode::OK } else { StatusCode::NOT_FOUND };
            assert_eq!(answer.status, expected, "to correct ‘{words}’, reader {at}");
            let before = world.counts().entries;
            let answer = world.post(&path, browser, "words=Otherwise&seen=@99").await;
            let added = world.counts().entries - before;
            assert_eq!(added, i64::from(may[at]), "correcting ‘{words}’, reader {at}");
            assert!(may[at] || !answer.body.contains(words), "‘{words}’ told to reader {at}");
        }
    }
}

#[tokio::test]
async fn a_reason_opens_a_record_for_a_while_and_somebody_looks_at_it() {
    let world = World::new();
    let (far, near, kept) = (resident(1, ELSEWHERE), resident(2, HERE), resident(3, ELSEWHERE));
    let people = [far.person, near.person, kept.person];
    world.register(vec![far, near, kept]);
    let keeper = world.sign_in(&seat("social-worker"), None);
    world.tell(vec![(
        people[2],
        vec![entry(&stranger(), begun(3)), entry(&stranger(), joined(keeper.user, true))],
    )]);
    for person in people {
        let nurse = world.sign_in(&seat("community-nurse"), None);
        let colleague = world.sign_in(&seat("social-worker"), None);
        let path = format!("/person/{person}");
        assert!(world.get(&path, &nurse).await.asks_why());
        for bad in ["reason=", "reason=x", "reason=+++++++++++"] {
            let answer = world.post(&format!("{path}/open"), &nurse, bad).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
            assert!(world.get(&path, &nurse).await.asks_why(), "{bad}");
        }
        // Only the name was, each time the page was opened; sending the form is no further look.
        let seen = views(&world, person);
        assert_eq!(seen.len(), 4);
        assert!(seen.iter().all(|view| view.what == "the name, before giving a reason"));
        let reason = "reason=She+fell+and+cannot+speak";
        let answer = world.post(&format!("{path}/open"), &nurse, reason).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let page = world.get(&path, &nurse).await;
        assert!(page.body.contains("Secret Street"), "{}", page.body);
        let seen = views(&world, person);
        assert_eq!(seen.len(), 5);
        assert_eq!(seen[0].by.user, nurse.user);
        assert_eq!(seen[0].reason.as_deref(), Some("She fell and cannot speak"));
        // Nobody else gained anything, and not for longer than was promised.
        let theirs = world.get(&path, &colleague).await;
        assert!(theirs.asks_why(), "a colleague of the one who opened it");
        assert!(!world.get("/work", &colleague).await.body.contains(&person.to_string()));
        world.wait(8 * 3600 - 1);
        assert!(!world.get(&path, &world.again(&nurse)).await.asks_why(), "still open");
        world.wait(1);
        assert!(world.get(&path, &world.again(&nurse)).await.asks_why(), "closed again");
    }
    // The keeper looks at it; where there is none, a lead of the person's neighbourhood.
    let keeper = world.again(&keeper);
    looks_at_it(&world, people[2], &keeper, 3).await;
    let lead = world.sign_in(&seat("team-lead"), None);
    looks_at_it(&world, people[1], &lead, 2).await;
}

async fn looks_at_it(world: &World, person: PersonId, looker: &Browser, number: u32) {
    let path = world.at(person, &format!("opening/@{number}"));
    let work = world.get("/work", looker).await;
    assert!(work.body.contains(&path), "{}", work.body);
    let page = world.get(&path, looker).await;
    assert!(page.body.contains("She fell and cannot speak"), "{}", page.body);
    let answer = world.post(&path, looker, "justified=yes").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let work = world.get("/work", looker).await;
    assert!(!work.body.contains(&path), "it is done");
}

#[tokio::test]
async fn whoever_opened_a_record_does_not_get_round_those_who_look_at_it() {
    let world = World::new();
    let one = resident(1, HERE);
    let person = one.person;
    world.register(vec![one]);
    let nurse = world.sign_in(&seat("community-nurse"), None);
    let path = format!("/person/{person}");
    let reason = "reason=She+fell+and+cannot+speak";
    world.post(&format!("{path}/open"), &nurse, reason).await;
    // The first to join a team keeps the record, and would look at their own opening.
    world.post(&format!("{path}/team"), &nurse, "what=keep&seen=@99").await;
    let opening = world.at(person, "opening/@2");
    assert!(!world.get("/work", &nurse).await.body.contains(&opening));
    let lead = world.sign_in(&seat("team-lead"), None);
    looks_at_it(&world, person, &lead, 2).await;
}

#[tokio::test]
async fn a_no_stands() {
    let world = World::new();
    let people: Vec<PersonId> = (1..=2).map(|number| resident(number, HERE).person).collect();
    world.register((1..=2).map(|number| resident(number, HERE)).collect());
    world.found(1, start(), people.iter().map(|one| (*one, HERE.to_owned(), 3)).collect());
    for (at, person) in people.into_iter().enumerate() {
        let nurse = world.sign_in(&seat("community-nurse"), None);
        let own = world.sign_in(&seat("resident"), Some(person));
        let invite = format!("/person/{person}/invite");
        let answer = world.post(&invite, &nurse, "how=By+letter").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        // Said by the person; or told to a worker.
        let said = if at == 0 {
            world.post("/me/answer", &own, "answer=no&seen=@99").await
        } else {
            world.post(&format!("/person/{person}/answer"), &nurse, "answer=no&seen=@99").await
        };
        assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.body);
        let before = world.counts().entries;
        for role in ["community-nurse", "gp-practice", "social-worker", "team-lead"] {
            let browser = world.sign_in(&seat(role), None);
            let page = world.get(&format!("/person/{person}"), &browser).await;
            assert!(!page.body.contains("/invite\""), "{role} is offered to invite");
            let answer = world.post(&invite, &browser, "how=By+letter").await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{role}");
            assert!(answer.body.contains("said no"), "{}", answer.body);
        }
        assert_eq!(world.counts().entries, before);
        let objected = world.store.read(|tx| store::lists::objected(tx)).unwrap();
        assert!(objected.contains(&person), "and no later run finds them");
    }
}

/// Everything the service answers, each about somebody of its own whom a lead, a finance officer or
/// that resident may see; and all of them.
struct Tried {
    world: World,
    lead: Browser,
    finance: Browser,
    resident: Browser,
    all: Vec<(&'static Try, String)>,
}

impl Tried {
    fn new() -> Self {
        let world = World::new();
        let lead_seat = seat("team-lead");
        let lead = world.sign_in(&lead_seat, None);
        let finance_seat = seat("finance-officer");
        let finance = world.sign_in(&finance_seat, None);
        let mut laying = Laying::default();
        let mut all = Vec::new();
        for one in TRIES {
            if one.is_of_finance() {
                let person = laying.lay(Standing::Member, finance.user, &finance_seat, true);
                all.push((one, one.at(person)));
                continue;
            }
            // Only a record outside is opened with a reason; only those not yet invited are.
            let outside = one.path.ends_with("/open");
            let standing = if outside { Standing::Outside } else { Standing::Area };
            let invited = !one.path.ends_with("/invite");
            all.push((one, one.at(laying.lay(standing, lead.user, &lead_seat, invited))));
        }
        let own = laying.lay(Standing::Own, lead.user, &lead_seat, true);
        laying.put(&world);
        let resident = world.sign_in(&seat("resident"), Some(own));
        Self { world, lead, finance, resident, all }
    }

    fn browser(&self, path: &str) -> &Browser {
        match path {
            path if path == "/me" || path.starts_with("/me/") => &self.resident,
            path if path.contains("/means/enter") || path.contains("/means/decide") => {
                &self.finance
            }
            _ => &self.lead,
        }
    }

    fn posts(&self) -> impl Iterator<Item = (&str, &'static str)> {
        self.all.iter().filter_map(|(one, path)| Some((path.as_str(), one.form?)))
    }
}

#[tokio::test]
async fn a_form_that_is_not_ours_changes_nothing() {
    let tried = Tried::new();
    let world = &tried.world;
    let other = world.sign_in(&seat("team-lead"), None);
    let before = world.counts();
    for (path, form) in tried.posts() {
        let browser = tried.browser(path);
        let answer = world.post_without_token(path, browser, form).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} without a token");
        let answer = world.post(path, &Browser::crossed(browser, &other), form).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} with another's token");
        assert_eq!(world.counts(), before, "{path}");
    }
    world.wait(IDLE_SECONDS);
    for (path, form) in tried.posts() {
        let answer = world.post(path, tried.browser(path), form).await;
        let guide = guides::PATHS.contains(&path);
        let status = if guide { StatusCode::OK } else { StatusCode::UNAUTHORIZED };
        assert_eq!(answer.status, status, "{path}, signed out");
        assert_eq!(world.counts(), before, "{path}");
    }
    // Every one of these forms would have been taken from one of our pages.
    let records = tried.posts().filter(|(path, _)| !guides::PATHS.contains(path));
    for (path, form) in records {
        let answer = world.post(path, &world.again(tried.browser(path)), form).await;
        // A code that works is somebody's to give: none is made up here; the message is to others; and
        // enablement is under way already.
        let status = match path {
            // Only who is in the team brings somebody else into it (`plan.rs`).
            path if path.ends_with("/team/add") => StatusCode::NOT_FOUND,
            // Only who is linked with the person writes in what they share (`carers.rs`).
            path if path.ends_with("/shared/plan") => StatusCode::NOT_FOUND,
            // There is no such note to withdraw (`practice.rs`).
            path if path.starts_with("/practice/") => StatusCode::NOT_FOUND,
            path if path.ends_with("/caring/code")
                || path.contains("/message/")
                || path.ends_with("/enablement") =>
            {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            _ => StatusCode::SEE_OTHER,
        };
        assert_eq!(answer.status, status, "{path}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_wrong_method_changes_nothing() {
    let tried = Tried::new();
    let world = &tried.world;
    let before = world.counts();
    for (one, path) in &tried.all {
        let answers = |post: bool| {
            TRIES.iter().any(|other| other.path == one.path && other.form.is_some() == post)
        };
        let mut wrong = vec![Method::PUT, Method::PATCH, Method::DELETE];
        wrong.extend((!answers(true)).then_some(Method::POST));
        wrong.extend((!answers(false)).then_some(Method::GET));
        for method in wrong {
            let answer = world.with_method(method.clone(), path, tried.browser(path)).await;
            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
            assert_eq!(world.counts(), before, "{method} {path}");
        }
    }
}

#[tokio::test]
async fn a_contact_is_changed_only_by_those_who_can_see_it() {
    let world = World::new();
    let one = resident(1, ELSEWHERE);
    let person = one.person;
    world.register(vec![one]);
    world.tell(vec![(
        person,
        vec![entry(&stranger(), begun(1)), entry(&stranger(), contact(FAR_TEAM))],
    )]);
    let path = world.at(person, "contact/@2");
    let pass_on = format!("outcome=pass-on&to={TEAM}&words=Theirs");
    let before = world.counts();
    for role in ["contact-officer", "team-lead", "hospital-discharge", "finance-officer"] {
        let browser = world.sign_in(&seat(role), None);
        let answer = world.post(&path, &browser, &pass_on).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{role}");
        assert_eq!(world.counts(), before, "{role}");
    }
    // Whoever recorded it sees what became of it, and may pass it on, though no more.
    let nurse = world.sign_in(&seat("hospital-discharge"), None);
    let form =
        format!("contact=enquiry&route=hospital&from=Ward+9&words=Help&agrees=yes&to={FAR_TEAM}");
    let answer = world.post(&format!("/contact/{person}"), &nurse, &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let own = world.at(person, "contact/@3");
    let mine = world.get("/contact/mine", &nurse).await;
    assert_eq!(links(&mine.body, "/person/"), [own.trim_start_matches("/person/")]);
    assert_eq!(world.get(&own, &nurse).await.status, StatusCode::OK);
    assert_eq!(world.get(&path, &nurse).await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.post(&own, &nurse, &pass_on).await.status, StatusCode::SEE_OTHER);
    // Once the record is restricted, it is hidden from all but the person's team.
    world.tamper("update resident set restricted = 1");
    let lead = world.sign_in(&seat("team-lead"), None);
    for (browser, list) in [(&nurse, "/contact/mine"), (&lead, "/work")] {
        let page = world.get(list, browser).await;
        assert!(!page.body.contains(&person.to_string()), "{list}: {}", page.body);
        assert!(!page.body.contains("Family1"), "{list}: {}", page.body);
        for path in [&own, &format!("/contact/{person}"), &format!("/person/{person}")] {
            assert_eq!(world.get(path, browser).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
}

#[tokio::test]
async fn a_resident_never_learns_of_another() {
    let world = World::new();
    world.register(vec![resident(1, HERE), resident(2, NEXT_DOOR)]);
    let (own, other) = (resident(1, HERE), resident(2, NEXT_DOOR));
    world.tell(vec![(
        other.person,
        vec![entry(&stranger(), begun(2)), entry(&stranger(), invitation())],
    )]);
    let browser = world.sign_in(&seat("resident"), Some(own.person));
    let number = other.nhs_number.unwrap().to_string();
    let forms = [
        format!("family=Unknown&nhs-number={number}"),
        "family=Family2&given=Amina&born-day=17&born-month=5&born-year=1960".to_owned(),
    ];
    for form in forms {
        let rest = "contact=enquiry&route=family&from=A+friend&words=Help&agrees=yes";
        let form = format!("{form}&{rest}&to={FAR_TEAM}&same={}", other.person);
        let before = world.counts();
        let answer = world.post("/contact/new", &browser, &form).await;
        assert!(!answer.body.contains(&other.person.to_string()), "{}", answer.body);
        assert!(!answer.body.contains("known already"), "{}", answer.body);
        let story = world.store.read(|tx| stories::load(tx, other.person)).unwrap();
        assert_eq!(story.len(), 2, "nothing was added to the other's record");
        assert_eq!(world.counts().views, before.views);
    }
    for path in ["/search?q=Family2", "/found", "/work"] {
        assert_eq!(world.get(path, &browser).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let page = world.get("/contact?q=Family2", &browser).await;
    assert!(!page.body.contains("Family2"), "{}", page.body);
}
