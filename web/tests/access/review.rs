//! Reviews, enablement, meetings and messages as people use them.

use axum::http::StatusCode;
use care::record::entry::{Audience, EntryNumber};
use care::record::fact::Fact;
use care::record::ids::PersonId;

use super::assess::Home;
use super::standings::{begun, entry, entry_for, joined, planned};
use super::world::{Browser, FAR_TEAM, HERE, TEAM, resident, seat, stranger};

const KEPT: &str = "person=I+get+out&worker=Walks+further&why=Does+her+own+shopping&risk=medium";

/// Somebody with a plan: the entry of its outcome.
fn with_plan(home: &Home) -> EntryNumber {
    let outcome = home.story().last().unwrap().number + 1;
    let facts = planned(outcome).into_iter().take(2);
    let facts = facts.map(|fact| entry(&stranger(), fact)).collect();
    home.world.tell(vec![(home.person, facts)]);
    outcome
}

/// What a form says that its writer has seen.
async fn seen(home: &Home, part: &str) -> String {
    let page = home.page(&home.social_worker, part).await;
    let (_, rest) = page.split_once("name=\"seen\" value=\"").unwrap();
    format!("seen={}", rest.split('"').next().unwrap())
}

fn count(home: &Home, kind: &str) -> usize {
    home.story().iter().filter(|entry| entry.fact.kind() == kind).count()
}

#[tokio::test]
async fn less_support_without_words_for_each_need_is_refused_and_what_was_typed_is_kept() {
    let home = Home::new();
    let first = with_plan(&home);
    let second = with_plan(&home);
    let page = home.page(&home.social_worker, "review").await;
    for told in ["The first look", "17 January 2027", "To get to the allotment", "Not since May"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let seen_first = seen(&home, "review").await;
    for end in ["less", "ends"] {
        let form = format!("{KEPT}&end={end}&still-met-@{first}=By+bus&{seen_first}");
        let answer = home.post(&home.social_worker, "review", &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
        for kept in ["I get out", "Walks further", "Does her own shopping", "By bus"] {
            assert!(answer.body.contains(kept), "{kept}: {}", answer.body);
        }
        assert!(answer.body.contains("href=\"#still-met\""), "{}", answer.body);
        let asked = home.spelled(&format!("name=\"still-met-@{second}\""));
        let at = answer.body.find("id=\"still-met\"").expect("the one that is empty");
        let area = &answer.body[at..];
        assert!(area[..area.find('>').unwrap()].contains(&asked), "{}", answer.body);
        assert_eq!(count(&home, "review-held"), 0, "nothing is kept");
    }
    let scores = format!("score-@{first}-person=-1&score-@{first}-worker=1&wellbeing=6");
    let form = format!("{KEPT}&end=same&{scores}&{seen_first}");
    home.sent(&home.social_worker, "review", &form).await;
    assert_eq!((count(&home, "review-held"), count(&home, "outcomes-scored")), (1, 1));

    // What was said last time stands beside the questions, and nobody writes over it unseen.
    let page = home.page(&home.social_worker, "review").await;
    for told in ["22 November 2026: I get out", "Last time: Less than hoped", "Last time: 6."] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let again = format!("{KEPT}&end=more&{seen_first}");
    let late = home.post(&home.nurse, "review", &again).await;
    assert!(late.body.contains("has written a review since"), "{}", late.body);

    let met = format!("still-met-@{first}=By+bus&still-met-@{second}=Maria+drives");
    let scores = format!("score-@{first}-person=2&score-@{first}-worker=0");
    let form = format!("{KEPT}&end=less&{met}&{scores}&{}", seen(&home, "review").await);
    home.sent(&home.social_worker, "review", &form).await;
    for reader in [&home.own, &home.nurse] {
        let page = home.page(reader, "reviews").await;
        for told in
            ["Less than hoped (-1)", "Much more than hoped (2)", "By bus", "Maria drives", "<svg"]
        {
            assert!(page.contains(told), "{told}: {page}");
        }
    }
}

#[tokio::test]
async fn a_review_is_told_in_a_letter_which_is_work_until_it_is_given() {
    let home = Home::new();
    let outcome = with_plan(&home);
    let met = format!("still-met-@{outcome}=Maria+drives");
    let form = format!("{KEPT}&end=less&{met}&{}", seen(&home, "review").await);
    home.sent(&home.social_worker, "review", &form).await;
    let held = home.story().into_iter().find(|entry| entry.fact.kind() == "review-held").unwrap();
    let letter = format!("letter/@{}", held.number);
    assert!(home.work_of(&home.social_worker).await.contains(&home.path(&letter)));
    for format in ["standard", "large", "easy-read"] {
        let page = home.page(&home.own, &format!("{letter}?print={format}")).await;
        for told in
            ["You get less support", "Does her own shopping", "Maria drives", "by 22 May 2027"]
        {
            assert!(page.contains(told), "{format}: {told}: {page}");
        }
    }
    for role in ["provider-worker", "finance-officer"] {
        let worker = home.world.sign_in(&seat(role), None);
        let member = vec![entry(&stranger(), joined(worker.user, false))];
        home.world.tell(vec![(home.person, member)]);
        home.not_there(&worker, &letter).await;
    }
    home.sent(&home.social_worker, &format!("{letter}?print=standard"), "route=posted").await;
    assert!(!home.work_of(&home.social_worker).await.contains(&home.path(&letter)));
    let reviews = home.page(&home.own, "reviews").await;
    assert!(reviews.contains(&home.path(&letter)), "{reviews}");
}

#[tokio::test]
async fn a_face_that_may_not_see_reviews_sees_none_and_the_person_asks_for_one() {
    let home = Home::new();
    with_plan(&home);
    let form = format!("{KEPT}&end=same&{}", seen(&home, "review").await);
    home.sent(&home.social_worker, "review", &form).await;
    let told = home.story().last().unwrap().number;
    for role in ["provider-worker", "finance-officer", "contact-officer", "voluntary-worker"] {
        let worker = home.world.sign_in(&seat(role), None);
        let member = vec![entry(&stranger(), joined(worker.user, false))];
        home.world.tell(vec![(home.person, member)]);
        for part in ["review", "reviews"] {
            let answer = home.world.get(&home.path(part), &worker).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{role}: {part}");
        }
        let page = home.world.get(&format!("/person/{}", home.person), &worker).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(
            !page.body.contains(&home.spelled(&format!("entry-@{told}\""))),
            "{role}: {}",
            page.body
        );
        assert!(!page.body.contains("Does her own shopping"), "{role}");
    }
    // The person reads it, and does not hold it themself, but asks for one.
    assert!(home.page(&home.own, "reviews").await.contains("Does her own shopping"));
    let own = home.world.get(&home.path("review"), &home.own).await;
    assert_eq!(own.status, StatusCode::NOT_FOUND);
    home.sent(&home.own, "review/sooner", "words=I+fell").await;
    // Whoever may hold it reads of it at the top of the record, and is led there; the person is not asked to.
    let path = format!("/person/{}", home.person);
    let record = home.world.get(&path, &home.nurse).await.body;
    assert!(record.contains("The plan is to be reviewed by 6 December 2026. "), "{record}");
    let own = home.world.get(&path, &home.own).await.body;
    assert!(own.contains("Family1") && !own.contains("The plan is to be reviewed by"), "{own}");
    let page = home.page(&home.social_worker, "review").await;
    assert!(page.contains("I fell") && page.contains("It was asked for"), "{page}");
}

#[tokio::test]
async fn enablement_goes_from_its_start_to_a_result() {
    let home = Home::new();
    let outcome = with_plan(&home);
    let dates = "from-day=22&from-month=11&from-year=2026&until-day=20&until-month=12\
        &until-year=2026";
    let form = format!("outcomes=@{outcome}&team={TEAM}&{dates}");
    let odd = home.post(&home.social_worker, "enablement", &format!("{form}&hours=7.3")).await;
    assert!(odd.body.contains("quarters of an hour, such as"), "{}", odd.body);
    home.sent(&home.social_worker, "enablement", &format!("{form}&hours=10:30")).await;
    let begun = home.story().last().unwrap().number;
    let part = |more: &str| format!("enablement/@{begun}{more}");

    let provider = home.world.sign_in(&seat("provider-worker"), None);
    let member = vec![entry(&stranger(), joined(provider.user, false))];
    home.world.tell(vec![(home.person, member)]);
    let week = "week-day=22&week-month=11&week-year=2026&hours=6.25&words=Makes+her+tea";
    home.sent(&provider, &part("/week"), week).await;
    let twice = home.post(&home.nurse, &part("/week"), week).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY, "a week is told of once");
    let ends = home.world.get(&home.path(&part("/end")), &provider).await;
    assert_eq!(ends.status, StatusCode::NOT_FOUND, "whoever gives it does not decide its end");

    let end = "end=less&hours=2.5&next=Help+with+the+bath+alone";
    home.sent(&home.social_worker, &part("/end"), end).await;
    for reader in [&home.own, &provider, &home.social_worker] {
        let page = home.page(reader, &part("")).await;
        for told in [
            "10 hours 30 minutes",
            "6 hours 15 minutes",
            "2 hours 30 minutes",
            "Makes her tea",
            "Help with the bath alone",
            "<svg",
        ] {
            assert!(page.contains(told), "{told}: {page}");
        }
    }
}

fn put_on_list(home: &Home, person: PersonId, why: &str, audience: Audience) -> EntryNumber {
    let fact = format!(
        r#"{{"kind":"meeting-listed","team":"{TEAM}","on":"2026-12-01","why":"{why}","basis":"harm"}}"#
    );
    let fact: Fact = serde_json::from_str(&fact).unwrap();
    home.world.tell(vec![(person, vec![entry_for(&stranger(), audience, fact)])]);
    home.world.store.read(|tx| store::stories::person(tx, person)).unwrap().last
}

async fn meetings(home: &Home, browser: &Browser) -> String {
    let answer = home.world.get("/meetings", browser).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.body
}

#[tokio::test]
async fn a_meetings_list_names_nobody_whom_its_reader_may_not_see() {
    let home = Home::new();
    let mut hidden = resident(50, HERE);
    hidden.restricted = true;
    let person = hidden.person;
    home.world.register(vec![hidden]);
    let story =
        vec![entry(&stranger(), begun(50)), entry(&stranger(), joined(home.nurse.user, true))];
    home.world.tell(vec![(person, story)]);
    put_on_list(&home, person, "Hidden harm", Audience::Everyone);
    let listed = put_on_list(&home, home.person, "Open harm", Audience::Professionals);

    let before = home.world.counts().views;
    let page = meetings(&home, &home.social_worker).await;
    assert!(page.contains("Open harm") && page.contains("Family1"), "{page}");
    assert!(!page.contains("Family50") && !page.contains("Hidden harm"), "{page}");
    assert_eq!(home.world.counts().views, before + 1, "whose name was seen is written down");
    let member = meetings(&home, &home.nurse).await;
    assert!(member.contains("Family50") && member.contains("Family1<"), "{member}");
    for role in ["provider-worker", "finance-officer", "contact-officer", "resident"] {
        let person = (role == "resident").then_some(home.person);
        let worker = home.world.sign_in(&seat(role), person);
        let answer = home.world.get("/meetings", &worker).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{role}");
    }

    // Where somebody could come to harm the person is not told of it.
    let part = format!("meeting/@{listed}");
    let own = home.world.get(&home.path(&part), &home.own).await;
    assert_eq!(own.status, StatusCode::NOT_FOUND);
    let silent = home.post(&home.nurse, &part, "how=talked&there=Us&decided=").await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let said = "how=talked&there=Nurse%2C+GSTT&decided=A+falls+clinic";
    home.sent(&home.nurse, &part, said).await;
    let page = home.page(&home.social_worker, &part).await;
    assert!(page.contains("A falls clinic"), "{page}");
    assert!(page.contains(&home.path("plan/action")), "what follows is an action: {page}");
    assert!(!meetings(&home, &home.social_worker).await.contains("Family1<"), "it is done");
}

#[tokio::test]
async fn somebody_is_put_on_a_meetings_list_and_it_can_be_put_off() {
    let home = Home::new();
    let form = format!("team={TEAM}&on-day=1&on-month=12&on-year=2026&why=Falls&basis=agreed");
    home.page(&home.social_worker, "meeting").await;
    home.sent(&home.social_worker, "meeting", &form).await;
    let listed = home.story().last().unwrap().number;
    let twice = home.post(&home.nurse, "meeting", &form).await;
    assert!(twice.body.contains("on that list already"), "{}", twice.body);
    let part = format!("meeting/@{listed}");
    home.sent(&home.nurse, &part, "how=put-off&decided=The+surgery+was+away").await;
    let page = home.page(&home.own, &part).await;
    assert!(page.contains("The surgery was away"), "the person may know: {page}");
}

#[tokio::test]
async fn a_message_is_seen_and_answered_by_whoever_it_is_to() {
    let home = Home::new();
    let nobody = home.post(&home.social_worker, "message", "to=team-nowhere&words=Hello").await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = format!("to={}&words=Is+the+wound+dry%3F", home.nurse.user);
    home.sent(&home.social_worker, "message", &form).await;
    let sent = home.story().last().unwrap().number;
    let part = format!("message/@{sent}");
    let own = home.world.get(&home.path(&part), &home.own).await;
    assert_eq!(own.status, StatusCode::NOT_FOUND, "it is among professionals");
    let other = home.post(&home.social_worker, &part, "words=Me").await;
    assert!(other.body.contains("written to somebody else"), "{}", other.body);
    let work = home.world.get("/work", &home.nurse).await.body;
    assert!(work.contains(&home.path(&part)), "{work}");
    home.sent(&home.nurse, &part, "words=Dry+since+Monday").await;
    let page = home.page(&home.social_worker, &part).await;
    assert!(page.contains("Dry since Monday"), "{page}");
    // The answer is the sender’s to see.
    let work = home.world.get("/work", &home.social_worker).await.body;
    let back = home.story().iter().rfind(|one| one.fact.kind() == "message-sent").unwrap().number;
    assert!(work.contains(&home.path(&format!("message/@{back}"))), "{work}");
    // It says what it answers; and once it was seen, the record is quiet.
    let part = format!("message/@{back}");
    let page = home.page(&home.social_worker, &part).await;
    assert!(page.contains("It answers") && page.contains("Is the wound dry?"), "{page}");
    let record = format!("/person/{}", home.person);
    let waits = home.world.get(&record, &home.social_worker).await.body;
    assert!(waits.contains("wrote to you: look at the message"), "{waits}");
    home.sent(&home.social_worker, &part, "words=").await;
    let quiet = home.world.get(&record, &home.social_worker).await.body;
    assert!(!quiet.contains("look at the message"), "{quiet}");

    // The person writes to the team, and reads what comes back.
    let form = format!("to={}&words=When+do+you+come%3F", home.nurse.user);
    // They are offered those who work with them and the teams near them, not every team there is.
    let offered = home.page(&home.own, "message").await;
    let groups = ["People who work with you", "Teams near you"];
    assert!(
        groups.iter().all(|group| offered.contains(&format!("label=\"{group}\""))),
        "{offered}"
    );
    assert!(offered.contains(TEAM) && !offered.contains(FAR_TEAM), "{offered}");
    assert!(home.page(&home.nurse, "message").await.contains(FAR_TEAM));
    home.sent(&home.own, "message", &form).await;
    let asked = home.story().last().unwrap().number;
    home.sent(&home.nurse, &format!("message/@{asked}"), "words=On+Friday").await;
    assert!(home.page(&home.own, &format!("message/@{asked}")).await.contains("On Friday"));
    let me = home.world.get("/me", &home.own).await.body;
    assert!(me.contains("answered you: look at the message"), "{me}");
}

#[tokio::test]
async fn whoever_asks_for_a_review_reads_that_it_is_late() {
    let home = Home::new();
    with_plan(&home);
    let sooner = home.path("review/sooner");
    let before = home.world.get(&sooner, &home.own).await.body;
    assert!(before.contains("The next review is due by 17 January 2027."), "{before}");
    home.world.wait(60 * 24 * 60 * 60);
    let own = home.world.sign_in(&seat("resident"), Some(home.person));
    let late = home.world.get(&sooner, &own).await.body;
    assert!(
        late.contains("Your review was due by 17 January 2027: we are late with it."),
        "{late}"
    );
}

#[tokio::test]
async fn what_is_left_out_of_a_form_of_the_plan_is_said_at_once() {
    let home = Home::new();
    with_plan(&home);
    let forms: [(&str, &[&str]); 5] = [
        ("message", &["to", "words"]),
        ("meeting", &["team", "on-day", "why", "basis"]),
        ("plan/outcome", &["words", "area", "now", "hoped"]),
        ("plan/action", &["outcome", "what", "source", "who", "due-day", "known-by"]),
        ("review/sooner", &["change", "words"]),
    ];
    for (part, fields) in forms {
        let answer = home.post(&home.social_worker, part, "").await.body;
        let said: Vec<&str> =
            answer.split("<a href=\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let at = said.iter().position(|field| *field == fields[0]).expect("the summary");
        assert_eq!(&said[at..], fields, "{part}: {answer}");
    }
}
