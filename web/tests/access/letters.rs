//! Letters as people give and get them: in the form that the person needs, on record when they are
//! given, work until then; one by one, and a team's all at once.

use std::sync::Arc;

use axum::http::StatusCode;
use care::record::entry::{Audience, NewEntry};
use care::record::fact::letter::{LetterDue, LetterFormat, LetterGiven, LetterKind, LetterRoute};
use care::record::fact::{Communication, Fact};
use care::record::ids::{PersonId, TeamId};

use super::assess::Home;
use super::standings::{begun, decided, entry, entry_for, joined};
use super::world::{Browser, HERE, TEAM, World, policy_text, resident, seat, stranger, today};

fn needs(needs: &str) -> Fact {
    Fact::Communication(Communication { needs: needs.to_owned(), ..Communication::default() })
}

impl Home {
    fn given(&self) -> Vec<LetterGiven> {
        let given = self.story().into_iter().filter_map(|entry| match entry.fact {
            Fact::LetterGiven(given) => Some(given),
            _ => None,
        });
        given.collect()
    }

    async fn record(&self, browser: &Browser) -> String {
        let path = format!("/person/{}", self.person);
        self.world.get(&path, &self.world.again(browser)).await.body
    }

    async fn work(&self, browser: &Browser) -> String {
        self.world.get("/work", &self.world.again(browser)).await.body
    }

    /// The assessment is begun, a little is written, and it is finished; the letter's address.
    async fn assessed(&self) -> String {
        let section = "form/carers-assessment/sharing";
        let last = "q-emergency-plan=yes";
        self.sent(&self.own, "begin", "form=carers-assessment&why=Tired").await;
        self.sent(&self.own, section, last).await;
        let begun = self.story().into_iter().rfind(|one| matches!(one.fact, Fact::FormBegun(_)));
        let begun = begun.unwrap().number;
        let ended = format!(
            r#"{{"purpose":"carers-assessment","begun":{begun},"ending":"finished",
            "review_by":"2027-11-22","letter":{{"team":"southwark-walworth-team","due":"2026-11-27"}}}}"#
        );
        let ended = Fact::FormEnded(serde_json::from_str(&ended).unwrap());
        self.world.tell(vec![(self.person, vec![entry(&stranger(), ended)])]);
        format!("letter/@{}", self.story().last().unwrap().number)
    }
}

#[tokio::test]
async fn an_assessment_is_given_as_a_letter_in_the_form_the_person_needs() {
    let home = Home::new();
    let secret = "form/carers-assessment/going-on";
    home.sent(&home.social_worker, secret, "q-last=A+weekend+away").await;
    home.world
        .tell(vec![(home.person, vec![entry(&stranger(), needs("Large print for letters"))])]);
    let letter = home.assessed().await;
    let work = home.work(&home.social_worker).await;
    assert!(work.contains(&home.path(&letter)), "it is the keeper’s to give: {work}");

    let page = home.page(&home.social_worker, &letter).await;
    for told in [
        "kith-letter--large",
        "Your carer’s assessment",
        "A weekend away",
        "Dear Amina",
        "Secret Street",
        "This is the form that the record asks for",
        "to be given by 27 November",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let easy = home.page(&home.own, &format!("{letter}?print=easy-read")).await;
    for told in ["kith-easy", "Picture: going on caring", "You said:", "We talked with you."] {
        assert!(easy.contains(told), "{told}: {easy}");
    }
    assert!(!easy.contains("kith-letter--large"), "{easy}");

    // What was written later, or in confidence, is not in it.
    let opened = home.opened(&home.social_worker, secret).await;
    home.sent(&home.social_worker, secret, &format!("q-last=A+month+away&{opened}")).await;
    assert!(home.page(&home.own, &letter).await.contains("A weekend away"));

    let part = format!("{letter}?print=large");
    let silent = home.post(&home.social_worker, &part, "route=").await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let tomorrow = "route=posted&given-on-day=23&given-on-month=11&given-on-year=2027";
    let early = home.post(&home.social_worker, &part, tomorrow).await;
    assert!(early.body.contains("Enter a day from that of the letter until today"));
    // Nobody says for the person that they read it themself.
    let own = home.post(&home.social_worker, &part, "route=sign-in").await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(home.given().is_empty());

    home.sent(&home.social_worker, &part, "route=read-aloud&words=With+her+sister").await;
    let given = home.given();
    assert_eq!((given[0].letter, given[0].format), (LetterKind::Carer, LetterFormat::Large));
    assert_eq!(given[0].route, LetterRoute::ReadAloud);
    assert!(!home.work(&home.social_worker).await.contains(&home.path(&letter)), "it is given");
    for part in [letter.as_str(), "letters"] {
        let page = home.page(&home.own, part).await;
        for told in ["Read aloud to them, in large print", "With her sister"] {
            assert!(page.contains(told), "{part}, {told}: {page}");
        }
    }
    let story = home.record(&home.own).await;
    assert!(story.contains("Letter given: The carer’s assessment (large print"), "{story}");

    // The person says themself that they have read it.
    home.sent(&home.own, &format!("{letter}?print=standard"), "").await;
    assert_eq!(home.given()[1].route, LetterRoute::SignIn);
}

#[tokio::test]
async fn a_letter_is_seen_and_given_only_by_those_who_see_what_it_tells() {
    let home = Home::new();
    let charge = Fact::ChargeDecided(charged());
    let confided = r#"{"case":{"asOf":"2026-06-01","who":"adult","outcomes":[],
        "cause":{"found":false,"reason":"Moving house"}},
        "determination":"not-eligible","working":[],"follows":[],"words":"A van"}"#;
    let confided = Fact::EligibilityDecided(serde_json::from_str(confided).unwrap());
    let confided = entry_for(&stranger(), Audience::Professionals, confided);
    home.world.tell(vec![(home.person, vec![entry(&stranger(), charge), confided])]);
    let count = home.story().len();
    let (charge, confided) = (format!("letter/@{}", count - 1), format!("letter/@{count}"));
    for (browser, part, status) in [
        (&home.own, &charge, StatusCode::OK),
        (&home.social_worker, &charge, StatusCode::OK),
        // A nurse does not see money; nor is there a letter of what is not for the person.
        (&home.nurse, &charge, StatusCode::NOT_FOUND),
        (&home.social_worker, &confided, StatusCode::NOT_FOUND),
        (&home.own, &confided, StatusCode::NOT_FOUND),
    ] {
        let browser = home.world.again(browser);
        let answer = home.world.get(&home.path(part), &browser).await;
        assert_eq!(answer.status, status, "{part}: {}", answer.body);
    }
    // A social worker reads it, and finance gives it.
    let page = home.page(&home.social_worker, &charge).await;
    assert!(!page.contains("Put it on record as given"), "{page}");
    let answer = home.post(&home.social_worker, &charge, "route=posted").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    home.sent(&home.own, &charge, "").await;
    assert!(!home.page(&home.nurse, "letters").await.contains("What the person pays"));
    let story = home.record(&home.nurse).await;
    assert!(!story.contains("Letter given"), "that there is a charge is not told: {story}");
}

fn charged() -> Arc<care::record::fact::ChargeDecided> {
    let Fact::ChargeDecided(mut decided) = decided(1) else { panic!() };
    let team = Some(TeamId::new("southwark-finance"));
    Arc::make_mut(&mut decided).letter = Some(LetterDue { team, due: today().plus_days(5) });
    decided
}

/// People with a charge whose letter is finance's to give.
fn april(world: &World, people: u32) -> Vec<PersonId> {
    let mut residents: Vec<_> = (1..=people).map(|number| resident(number, HERE)).collect();
    residents[0].restricted = true;
    let all: Vec<PersonId> = residents.iter().map(|one| one.person).collect();
    world.register(residents);
    let story = |number: u32| {
        let wants = if number.is_multiple_of(2) { "Easy read, please" } else { "" };
        vec![
            entry(&stranger(), begun(number)),
            entry(&stranger(), needs(wants)),
            entry(&stranger(), Fact::ChargeDecided(charged())),
        ]
    };
    world.tell((1..=people).map(|number| (all[number as usize - 1], story(number))).collect());
    all
}

/// The letters that a page prints, as its form sends them.
fn sheets(page: &str) -> String {
    let values = page.split("name=\"letter\" value=\"").skip(1);
    let values = values.map(|rest| rest.split('"').next().unwrap());
    values.flat_map(|value| ["&letter=", value]).collect()
}

#[tokio::test]
async fn a_teams_letters_are_printed_as_one_document_and_given_in_one_act() {
    let world = World::new();
    let all = april(&world, 5);
    let officer = world.sign_in(&seat("finance-officer"), None);
    let work = world.get("/work", &officer).await.body;
    assert!(work.contains("Letters to give: 5"), "{work}");
    assert!(!work.contains("Give the person their letter"), "one line for all of them: {work}");
    let list = world.get("/letters", &officer).await.body;
    for told in ["5 letters wait", "Family2", "Family5", "Some are not shown"] {
        assert!(list.contains(told), "{told}: {list}");
    }
    assert!(!list.contains("Family1"), "restricted to their own team: {list}");

    let print = world.get("/letters/print", &officer).await.body;
    assert_eq!(print.matches("<article").count(), 4, "{print}");
    assert_eq!(print.matches("kith-letter--easy-read").count(), 2, "each in the form they need");
    assert!(!print.contains("Family1"), "{print}");
    let sent = sheets(&print);
    let silent = world.post("/letters", &officer, &sent[1..]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", silent.body);
    // One was given meanwhile: it stays as it is.
    let one = world.at(all[1], "letter/@3");
    assert_eq!(
        world.post(&one, &officer, "route=handed-over").await.location(),
        "/work?done=given"
    );
    world.wait(5);
    let given = world.post("/letters", &officer, &format!("route=posted{sent}")).await;
    assert_eq!(given.location(), "/letters?done=given");
    let list = world.get("/letters", &officer).await.body;
    assert!(list.contains("1 letter waits"), "the restricted one: {list}");
    for (at, person) in all.iter().enumerate() {
        let story = world.store.read(|tx| store::stories::load(tx, *person)).unwrap();
        let given: Vec<_> = story
            .iter()
            .filter_map(|entry| match &entry.fact {
                Fact::LetterGiven(given) => Some((given.route, given.format)),
                _ => None,
            })
            .collect();
        let form = |easy| if easy { LetterFormat::EasyRead } else { LetterFormat::Standard };
        let expected = match at {
            0 => vec![],
            1 => vec![(LetterRoute::HandedOver, LetterFormat::EasyRead)],
            _ => vec![(LetterRoute::Posted, form(at % 2 == 1))],
        };
        assert_eq!(given, expected, "{at}");
    }
    // With the letter went the work, and with it what opened the record.
    let gone = world.get(&one, &officer).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    // A letter of somebody else's work is not given by naming it.
    let other = world.sign_in(&seat("community-nurse"), None);
    let forged = format!("route=posted&letter={}_{}_standard", all[0], world.called(all[0], 3));
    world.post("/letters", &other, &forged).await;
    let story = world.store.read(|tx| store::stories::load(tx, all[0])).unwrap();
    assert_eq!(story.len(), 3);
}

#[tokio::test]
async fn letters_go_with_the_work_of_a_team_and_what_nobody_gives_is_the_leads() {
    let closes = "closes = { from = \"2026-11-20\", to = \"southwark-walworth-team\", \
                  why = \"The two are one.\" }\n";
    let teams = policy_text("places/teams.toml");
    let (before, after) = teams.split_once("id = \"southwark-finance\"\n").unwrap();
    let merged = format!("{before}id = \"southwark-finance\"\n{closes}{after}");
    let world = World::changed("sqlite::temporary:", &[("places/teams.toml", merged)]);
    let all = april(&world, 3);
    // Of a team that closed, it is the one that has its work, as far as each may be told.
    let worker = world.sign_in(&seat("social-worker"), None);
    let work = world.get("/work", &worker).await.body;
    assert!(work.contains("Letters to give: 3"), "{work}");
    let list = world.get("/letters", &worker).await.body;
    for told in ["3 letters wait", "Family2", "Family3", "Some are not shown"] {
        assert!(list.contains(told), "{told}: {list}");
    }
    let nurse = world.sign_in(&seat("community-nurse"), None);
    assert!(!world.get("/work", &nurse).await.body.contains("Letters to give"), "of money");
    let list = world.get("/letters", &nurse).await.body;
    assert!(list.contains("No letters wait") && !list.contains("Family2"), "{list}");

    // Where nobody works in the team, a letter is the lead's to find somebody for.
    let world = World::new();
    let people = april(&world, 3);
    assert_eq!(people, all);
    let lead = world.sign_in(&seat("team-lead"), None);
    let work = world.get("/work", &lead).await.body;
    let (_, unowned) = work.split_once("Nobody has this").expect("letters that nobody gives");
    assert!(unowned.contains(&world.at(all[1], "letter/@3")), "{unowned}");
    assert!(unowned.contains("Nobody works in Southwark financial assessments now"), "{unowned}");
    assert!(!unowned.contains(&all[0].to_string()), "restricted to their own team: {unowned}");
    let letter = world.at(all[1], "letter/@3");
    assert_eq!(world.get(&letter, &lead).await.status, StatusCode::OK, "and it opens the record");
    world.sign_in(&seat("finance-officer"), None);
    assert!(!world.get("/work", &lead).await.body.contains("Nobody has this"), "it is theirs");
}

#[tokio::test]
async fn long_lists_of_letters_come_in_pages() {
    let world = World::new();
    april(&world, 203);
    let officer = world.sign_in(&seat("finance-officer"), None);
    let list = world.get("/letters", &officer).await.body;
    assert!(list.contains("203 letters wait to be given. These are 1 to 200."), "{list}");
    let (_, next) = list.split_once("href=\"/letters?after=").expect("a next page");
    let next = format!("/letters?after={}", next.split('"').next().unwrap());
    let list = world.get(&next, &officer).await.body;
    assert!(list.contains("These are 201 to 203."), "{list}");
    assert!(!list.contains("The next letters"), "{list}");

    // A page ends with somebody who is named on it: its address tells of nobody else.
    world.tamper(
        "update resident set restricted = 1 where person_id in
            (select person_id from resident order by person_id limit 20 offset 185)",
    );
    let list = world.get("/letters", &officer).await.body;
    let (_, next) = list.split_once("href=\"/letters?after=").expect("a next page");
    let next = next.split('"').next().unwrap();
    let ends_with = next.split('_').nth(1).unwrap();
    assert!(list.contains(&format!("/person/{ends_with}/letter/")), "{next}: {list}");
    let rest = world.get(&format!("/letters?after={next}"), &officer).await.body;
    assert!(rest.contains("to 203.") && rest.contains("Some are not shown"), "{rest}");
}

/// What is told of in letters besides eligibility and charges, as it is kept.
fn decisions() -> Vec<Fact> {
    let letter = format!(r#""letter":{{"team":"{TEAM}","due":"2026-11-27"}}"#);
    let able = r#"{"able":true,"seen":"She told me"}"#;
    let capacity = format!(
        r#"{{"decision":"Where to live","matter":"residence","support":"Pictures. In the morning",
        "abilities":{{"understand":{able},"retain":{{"able":false,"seen":"Lost in a minute"}},
        "weigh":{able},"communicate":{able}}},"cause":{{"impairment":"Dementia","how":"She loses it"}},
        "conclusion":"lacks-capacity","good_until":"2027-02-01",{letter}}}"#
    );
    let made = format!(
        r#"{{"decision":"Where to live","matter":"residence","decided":"Grove Lane",
        "made":{{"by":"best-interests","capacity":3}},"interests":{{"wishes":"My piano",
        "consulted":"Her sister","options":"Two homes","least":"It takes the piano"}},
        "review_by":"2027-02-01",{letter}}}"#
    );
    let chc = format!(
        r#"{{"case":{{"asOf":"2026-11-22","checklistNotDone":{{"reason":"Well again"}}}},
        "working":[],"follows":[],"words":"You are well again","again_by":"2027-02-01",{letter}}}"#
    );
    let risk = format!(
        r#"{{"decision":"Going out alone","what":"Getting lost","person":{{"words":"I know the way"}},
        "professional":{{"words":"Brought home twice"}},"done":"A card","choice":"I go",
        "made":{{"by":"person","unwise":true}},"review_by":"2027-02-01",{letter}}}"#
    );
    vec![
        Fact::CapacityAssessed(serde_json::from_str(&capacity).unwrap()),
        Fact::DecisionMade(serde_json::from_str(&made).unwrap()),
        Fact::ChcConsidered(serde_json::from_str(&chc).unwrap()),
        Fact::RiskTalked(serde_json::from_str(&risk).unwrap()),
    ]
}

/// What each of [`decisions`] says in its letter, as a whole and as an outline.
const SAID: [[&str; 3]; 4] = [
    ["Can you make this decision?", "Lost in a minute", "We think you cannot decide this now."],
    ["What was decided for you", "It takes the piano", "They looked for what is best for you."],
    [
        "Could the NHS pay for your care?",
        "You are well again",
        "We did not go through the questions",
    ],
    ["What we said about a risk", "Brought home twice", "You chose this:"],
];

#[tokio::test]
async fn what_was_found_or_decided_is_a_letter_like_any_other() {
    let home = Home::new();
    let first = home.story().len() + 1;
    let author = stranger();
    home.world.tell(vec![(
        home.person,
        decisions().into_iter().map(|fact| entry(&author, fact)).collect(),
    )]);
    for (at, [title, said, outlined]) in SAID.iter().enumerate() {
        let letter = format!("letter/@{}", first + at);
        let work = home.work(&home.social_worker).await;
        assert!(work.contains(&home.path(&letter)), "{letter} is the keeper’s to give: {work}");
        let whole = home.page(&home.own, &format!("{letter}?print=large")).await;
        for told in [title, said, "kith-letter--large", "Secret Street"] {
            assert!(whole.contains(told), "{letter}, {told}: {whole}");
        }
        assert!(!whole.contains(outlined), "{letter}: {whole}");
        let easy = home.page(&home.own, &format!("{letter}?print=easy-read")).await;
        for told in [title, said, outlined] {
            assert!(easy.contains(told), "{letter}, {told}: {easy}");
        }
        home.sent(&home.social_worker, &letter, "route=read-aloud").await;
        let work = home.work(&home.social_worker).await;
        assert!(!work.contains(&home.path(&letter)), "{letter} is given: {work}");
    }
    let list = home.page(&home.own, "letters").await;
    for named in [
        "Whether you can make a decision: Where to live",
        "What was decided: Where to live",
        "What was said of a risk: Going out alone",
    ] {
        assert!(list.contains(named), "{named}: {list}");
    }
    assert_eq!(list.matches("Read aloud to them").count(), 4, "{list}");
    // Who sees nothing that was assessed is not told that such a letter was given.
    let officer = home.world.sign_in(&seat("finance-officer"), None);
    home.world.tell(vec![(home.person, vec![entry(&author, joined(officer.user, false))])]);
    let record = home.record(&officer).await;
    assert!(!record.contains("Letter given"), "{record}");
}

#[tokio::test]
async fn letters_of_decisions_print_and_are_given_with_the_others() {
    let world = World::new();
    let one = resident(1, HERE);
    let person = one.person;
    world.register(vec![one]);
    let facts = [begun(1), needs("Easy read")].into_iter().chain(decisions());
    world.tell(vec![(person, facts.map(|fact| entry(&stranger(), fact)).collect())]);
    let worker = world.sign_in(&seat("social-worker"), None);
    let officer = world.sign_in(&seat("finance-officer"), None);
    assert!(world.get("/letters", &officer).await.body.contains("No letters wait"));
    let print = world.get("/letters/print", &worker).await.body;
    for [title, said, outlined] in SAID {
        for told in [title, said, outlined] {
            assert!(print.contains(told), "{told}: {print}");
        }
    }
    let sent = sheets(&print);
    assert_eq!(
        world.post("/letters", &worker, &format!("route=posted{sent}")).await.location(),
        "/letters?done=given"
    );
    assert!(world.get("/letters", &worker).await.body.contains("No letters wait"));
    let story = world.store.read(|tx| store::stories::load(tx, person)).unwrap();
    let given = story.iter().filter_map(|entry| match &entry.fact {
        Fact::LetterGiven(given) => Some((given.letter, given.format)),
        _ => None,
    });
    let all = [LetterKind::Capacity, LetterKind::Decision, LetterKind::Chc, LetterKind::Risk];
    assert_eq!(given.collect::<Vec<_>>(), all.map(|kind| (kind, LetterFormat::EasyRead)));
}

/// The words of the links to letters on a page.
fn letter_links(page: &str) -> Vec<&str> {
    let links = page.split("<a ").skip(1).filter(|rest| {
        let href = rest.split_once("href=\"").and_then(|(_, rest)| rest.split('"').next());
        href.is_some_and(|href| href.contains("/letter/"))
    });
    links.map(|rest| rest.split_once('>').unwrap().1.split('<').next().unwrap()).collect()
}

#[tokio::test]
async fn no_two_letters_in_a_list_have_one_name() {
    let home = Home::new();
    let author = stranger();
    let facts = |days: i32| {
        let on = today().plus_days(days);
        decisions().into_iter().map(move |fact| NewEntry { on, ..entry(&stranger(), fact) })
    };
    let once: Vec<_> = facts(0).collect();
    home.world.tell(vec![(home.person, once)]);
    let page = home.page(&home.own, "letters").await;
    assert!(!page.contains("22 November 2026</a>"), "the day stands beside it: {page}");
    let again = facts(-3).chain(facts(0)).chain([entry(&author, decisions().remove(0))]);
    home.world.tell(vec![(home.person, again.collect())]);
    for reader in [&home.own, &home.social_worker] {
        let page = home.page(reader, "letters").await;
        let names = letter_links(&page);
        assert_eq!(names.len(), 3 * decisions().len() + 1);
        let apart: std::collections::BTreeSet<_> = names.iter().collect();
        assert_eq!(apart.len(), names.len(), "{names:?}");
        for told in ["19 November 2026", "first letter of that day", "third letter of that day"] {
            assert!(names.iter().any(|name| name.ends_with(told)), "{told}: {names:?}");
        }
    }
}
