//! In what order work stands, what is due in an area whoever has it, what is new about the people of whose
//! team one is, and who of those found has a plan.

use axum::http::StatusCode;
use care::record::entry::NewEntry;
use care::record::fact::Fact;
use care::record::fact::review::Risk;
use care::record::ids::PersonId;
use law::day::Day;

use super::standings::{begun, contact, entry, invitation, joined, planned};
use super::world::{
    Browser, ELSEWHERE, HERE, NEXT_DOOR, Seat, TEAM, World, resident, seat, start, stranger, today,
};

/// Somebody at a practice, with a story.
fn person(world: &World, number: u32, practice: &str, facts: Vec<Fact>) -> PersonId {
    let one = resident(number, practice);
    let person = one.person;
    world.register(vec![one]);
    let facts = std::iter::once(begun(number)).chain(facts);
    world.tell(vec![(person, facts.map(|fact| entry(&stranger(), fact)).collect())]);
    person
}

fn contact_due(to: &str, day: Day, urgent: bool) -> Fact {
    match contact(to) {
        Fact::Contact(contact) => {
            Fact::Contact(care::record::fact::Contact { answer_by: day, urgent, ..contact })
        }
        other => other,
    }
}

fn reviewed(risk: Risk) -> Fact {
    let fact = format!(
        r#"{{"kind":"review-held","ground":"first","person":"Well","worker":"Well","end":"same",
            "why":"It works","risk":"{}","next_by":"2027-11-20"}}"#,
        risk.code()
    );
    serde_json::from_str(&fact).unwrap()
}

fn agreed() -> Fact {
    let fact = r#"{"kind":"plan-answered","answer":"agrees","seen":3,"words":"Yes","way":"spoken",
                   "with":"","made":{"by":"person"}}"#;
    serde_json::from_str(fact).unwrap_or_else(|error| panic!("{error}"))
}

/// In what order people stand on the part of a page that begins with a title.
async fn stand(world: &World, browser: &Browser, path: &str, title: &str) -> Vec<PersonId> {
    let page = world.get(path, browser).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let (_, list) = page.body.split_once(&format!(">{title}</h2>")).expect("the list is there");
    let list = list.split("<h2").next().unwrap();
    let lines = list.split("href=\"/person/").skip(1);
    lines.map(|line| line[..36].parse().unwrap()).collect()
}

#[tokio::test]
async fn what_cannot_wait_comes_first_then_what_is_late_and_of_each_those_at_greatest_risk() {
    let world = World::new();
    let nurse = world.sign_in(&seat("community-nurse"), None);
    let officer = world.sign_in(&Seat { team: Some(TEAM), ..seat("contact-officer") }, None);
    let soon = |days| contact_due(TEAM, today().plus_days(days), false);
    let people = [
        person(&world, 1, HERE, vec![soon(1)]),
        person(&world, 2, HERE, vec![reviewed(Risk::Low), soon(-9)]),
        person(&world, 3, HERE, vec![reviewed(Risk::High), soon(5)]),
        person(&world, 4, HERE, vec![soon(-2)]),
        person(&world, 5, HERE, vec![reviewed(Risk::High), soon(-1)]),
        person(&world, 6, HERE, vec![contact_due(TEAM, today().plus_days(9), true)]),
    ];
    let [one, two, three, four, five, six] = people;
    let title = "For Walworth neighbourhood team";
    let stood = stand(&world, &nurse, "/work", title).await;
    assert_eq!(stood, [six, five, four, two, three, one]);
    let page = world.get("/work", &nurse).await.body;
    assert_eq!(page.matches("High risk").count(), 2, "{page}");
    // Who may not know what a review said cannot tell it from the order.
    let stood = stand(&world, &officer, "/work", title).await;
    assert_eq!(stood, [six, two, four, five, one, three]);
    assert!(!world.get("/work", &officer).await.body.contains("High risk"));
}

#[tokio::test]
async fn what_is_more_than_half_a_year_off_is_out_of_the_way_and_can_be_opened() {
    let world = World::new();
    let by = |days| vec![contact_due(TEAM, today().plus_days(days), false)];
    let [soon, later] =
        [(1, 182), (2, 183)].map(|(number, days)| person(&world, number, HERE, by(days)));
    let worker = world.sign_in(&seat("social-worker"), None);
    let page = world.get("/work", &worker).await.body;
    let (before, within) = page.split_once("Due after 23 May 2027: 1").expect("what is far off");
    assert!(before.contains(&soon.to_string()) && !before.contains(&later.to_string()), "{page}");
    assert!(within.contains(&later.to_string()), "{page}");
}

#[tokio::test]
async fn a_lead_sees_what_is_due_late_and_with_nobody_whoever_has_it() {
    let world = World::new();
    let lead = world.sign_in(&seat("team-lead"), None);
    let nurse = world.sign_in(&seat("community-nurse"), None);
    let late = contact_due("lambeth-front-door", today().plus_days(-1), false);
    let far = person(&world, 1, HERE, vec![late]);
    let ours = person(&world, 2, NEXT_DOOR, vec![contact(TEAM)]);
    let left = person(&world, 3, HERE, vec![contact("no-such-team")]);
    let elsewhere = person(&world, 4, ELSEWHERE, vec![contact(TEAM)]);
    let mut shut = resident(5, HERE);
    shut.restricted = true;
    let hidden = shut.person;
    world.register(vec![shut]);
    world.tell(vec![(
        hidden,
        vec![entry(&stranger(), begun(5)), entry(&stranger(), contact(TEAM))],
    )]);
    world.tell(vec![(
        ours,
        vec![entry(&stranger(), contact_due(TEAM, today().plus_days(60), false))],
    )]);

    let all = "Everything due in the next four weeks";
    let mut stood = stand(&world, &lead, "/area", all).await;
    assert_eq!(stood[0], far, "what is late comes first");
    stood.sort_unstable();
    let mut should = [far, ours, left];
    should.sort_unstable();
    assert_eq!(
        stood, should,
        "not of elsewhere, nor whose record is restricted, nor of two months on"
    );
    assert!(!stood.contains(&elsewhere) && !stood.contains(&hidden));
    let page = world.get("/area", &lead).await.body;
    for told in [
        "Lambeth Council",
        "There is no team ‘no-such-team’ any more",
        "Somebody got in touch on 22 November 2026",
        "<svg",
        "3 things.",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert_eq!(stand(&world, &lead, "/area?show=late", "What is late").await, [far]);
    assert_eq!(stand(&world, &lead, "/area?show=nobody", "What nobody has").await, [left]);
    let views = |person: PersonId| {
        let mut log = world.store.read(|tx| store::access::accesses(tx, person, None, 9)).unwrap();
        log.retain(|one| one.view.by.user == lead.user);
        log.len()
    };
    assert_eq!(views(far), 1, "that the name was seen is on record, once a day");
    assert_eq!(views(hidden), 0);
    assert_eq!(world.get("/area", &nurse).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_works_with_somebody_is_told_what_others_wrote_until_they_look() {
    let world = World::new();
    let nurse = world.sign_in(&seat("community-nurse"), None);
    let provider = world.sign_in(&seat("provider-worker"), None);
    let facts = vec![joined(nurse.user, true), joined(provider.user, false)];
    let known = person(&world, 1, HERE, facts);
    assert_eq!(world.get(&format!("/person/{known}"), &nurse).await.status, StatusCode::OK);
    assert_eq!(world.get(&format!("/person/{known}/plan"), &provider).await.status, StatusCode::OK);
    let news = "New since you last looked";
    assert!(!world.get("/work", &nurse).await.body.contains(news), "they have just looked");

    world.wait(60);
    let later =
        |fact| NewEntry { recorded_at: start().plus_seconds(30), ..entry(&stranger(), fact) };
    let outcome = 4;
    let mut facts: Vec<NewEntry> = planned(outcome).into_iter().take(2).map(later).collect();
    facts.push(later(reviewed(Risk::Low)));
    world.tell(vec![(known, facts)]);
    for (reader, review) in [(&nurse, true), (&provider, false)] {
        let page = world.get("/work", reader).await.body;
        let (_, told) = page.split_once(news).expect("they are told");
        let told = told.split("<h2").next().unwrap();
        assert!(told.contains("Sam Stranger, 22 November 2026"), "{told}");
        assert_eq!(told.contains("Review: "), review, "as far as they may know: {told}");
    }
    assert_eq!(stand(&world, &nurse, "/work", news).await, [known]);
    // Seeing the name in a list is no look; opening the record is.
    assert_eq!(stand(&world, &nurse, "/work", news).await, [known]);
    world.get(&format!("/person/{known}"), &nurse).await;
    assert!(!world.get("/work", &nurse).await.body.contains(news));
}

#[tokio::test]
async fn who_of_those_found_has_a_plan_was_asked_or_waits_is_counted_by_place() {
    let world = World::new();
    let worker = world.sign_in(&seat("social-worker"), None);
    let officer = world.sign_in(&seat("contact-officer"), None);
    let plan = |answered: bool| {
        let mut facts: Vec<Fact> = planned(2).into_iter().take(2).collect();
        facts.extend(answered.then(agreed));
        facts
    };
    let people = [
        person(&world, 1, HERE, plan(true)),
        person(&world, 2, HERE, plan(false)),
        person(&world, 3, HERE, vec![invitation()]),
        person(&world, 4, NEXT_DOOR, vec![]),
        person(&world, 5, ELSEWHERE, plan(true)),
    ];
    let practices = [HERE, HERE, HERE, NEXT_DOOR, ELSEWHERE];
    let found = people.into_iter().zip(practices).map(|(one, ods)| (one, ods.to_owned(), 3));
    world.found(1, start(), found.collect());
    let page = world.get("/found/coverage", &worker).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let (_, areas) = page.body.split_once("By neighbourhood").unwrap();
    let row = areas.split("<tr").nth(2).unwrap();
    let figures: Vec<&str> =
        row.split("numeric\">").skip(1).map(|cell| cell.split('<').next().unwrap()).collect();
    // Found; agreed, being made, waiting, offered, declined, ended, not asked.
    assert_eq!(figures, ["4", "1", "1", "1", "1"], "{row}");
    assert!(page.body.contains("25 (1 of 4)"), "{}", page.body);
    assert_eq!(world.get("/found/coverage", &officer).await.status, StatusCode::NOT_FOUND);
}
