//! Work finds its owner: every due thing stands on somebody's list with its day and where it comes
//! from; what nobody owns is its neighbourhood lead's, or there is a team that is named for it; and a
//! caseload that moves says who had it before, since when and why.

use axum::http::StatusCode;
use care::find::places::realign::realign;
use care::find::table::TextFile;
use care::record::entry::NewEntry;
use care::record::fact::Fact;
use care::record::fact::assess::{FormBegun, FormKind};
use care::record::fact::plan::MessageSent;
use care::record::ids::{FormId, PersonId, TeamId, UserId};
use law::day::Day;

use super::standings::{begun, contact, entry, joined};
use super::world::{Browser, HERE, TEAM, World, policy_text, resident, seat, stranger, today};

/// The neighbourhood next to the one that most of the tests are about, and its team.
const NEXT: &str = "southwark-bermondsey";
const NEXT_TEAM: &str = "southwark-bermondsey-team";

/// Somebody of the neighbourhood, with something due since ten days ago.
fn due(world: &World, number: u32, facts: Vec<Fact>) -> PersonId {
    let one = resident(number, HERE);
    let person = one.person;
    world.register(vec![one]);
    let then = today().plus_days(-10);
    let entries = std::iter::once(begun(number)).chain(facts);
    let entries = entries.map(|fact| NewEntry { on: then, ..entry(&stranger(), fact) });
    world.tell(vec![(person, entries.collect())]);
    person
}

fn form_of(team: Option<&str>, user: Option<UserId>) -> Fact {
    Fact::FormBegun(Box::new(FormBegun {
        form: FormId::new("telecare"),
        purpose: FormKind::Telecare,
        version: 1,
        about: String::new(),
        why: String::new(),
        team: team.map(TeamId::new),
        user,
        due: today(),
    }))
}

fn message_to(team: &str) -> Fact {
    Fact::MessageSent(MessageSent {
        to: None,
        name: String::new(),
        team: Some(TeamId::new(team)),
        words: "Could you ring her?".to_owned(),
        answers: None,
        answer_by: today(),
    })
}

/// The lists of a user's work: the title of each, and what stands in it.
async fn lists(world: &World, browser: &Browser) -> Vec<(String, String)> {
    let page = world.get("/work", browser).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let lists = page.body.split("<h2 class=\"govuk-heading-m\">").skip(1);
    lists
        .map(|list| {
            let (title, rest) = list.split_once("</h2>").unwrap();
            (title.to_owned(), rest.to_owned())
        })
        .collect()
}

/// On which of a user's lists a person stands.
async fn on_list(world: &World, browser: &Browser, person: PersonId) -> Option<(String, String)> {
    let mut lists = lists(world, browser).await.into_iter();
    lists.find(|(_, lines)| lines.contains(&format!("/person/{person}/")))
}

#[tokio::test]
async fn everything_due_says_where_it_comes_from_and_by_when() {
    let world = World::new();
    let nurse = world.sign_in(&seat("community-nurse"), None);
    let asked = due(&world, 1, vec![contact(TEAM)]);
    let wanted = due(&world, 2, vec![form_of(None, Some(nurse.user))]);
    let (title, lines) = on_list(&world, &nurse, asked).await.unwrap();
    assert_eq!(title, "For Walworth neighbourhood team");
    for told in ["due today", "Somebody got in touch on 12 November 2026: the person themselves"] {
        assert!(lines.contains(told), "{told}: {lines}");
    }
    assert!(!lines.contains("a rail by the bath"), "what was said is for the record: {lines}");
    let (title, lines) = on_list(&world, &nurse, wanted).await.unwrap();
    assert_eq!(title, "For you");
    assert!(
        lines.contains("Telecare and technology") || lines.contains("Sam Stranger asked for it")
    );
}

#[tokio::test]
async fn what_nobody_owns_is_the_leads_and_where_none_is_the_boroughs() {
    let world = World::new();
    let nurse = world.sign_in(&seat("community-nurse"), None);
    let gone = world.sign_in(&seat("social-worker"), None);
    let officer = world.sign_in(&seat("contact-officer"), None);
    let cases = [
        due(&world, 1, vec![form_of(None, Some(gone.user))]),
        due(&world, 2, vec![joined(gone.user, true), form_of(None, Some(gone.user))]),
        due(&world, 3, vec![form_of(Some("no-such-team"), None)]),
        due(&world, 4, vec![form_of(Some("southwark-nunhead-team"), None)]),
    ];
    let kept = due(&world, 5, vec![contact(TEAM)]);
    world.store.write(move |tx| store::users::set_active(tx, gone.user, false)).unwrap();
    let whys = [
        "social-worker Worker works here no more",
        "social-worker Worker works here no more",
        "There is no team ‘no-such-team’ any more",
        "Nobody works in Nunhead and Peckham Rye neighbourhood team now",
    ];
    // No lead sits in the neighbourhood: it is the team's that is named for the borough. What is in an
    // assessment's form they are not told.
    for person in cases {
        assert!(on_list(&world, &nurse, person).await.is_none(), "a nurse is no lead");
        assert!(on_list(&world, &officer, person).await.is_none(), "not for their role");
    }
    let worker = world.sign_in(
        &super::world::Seat { team: Some("southwark-front-door"), ..seat("social-worker") },
        None,
    );
    for (person, why) in cases.into_iter().zip(whys) {
        let (title, lines) = on_list(&world, &worker, person).await.expect("the borough's team");
        assert_eq!(title, "Nobody has this");
        assert!(lines.contains(why), "{why}: {lines}");
        let page = world.get(&format!("/person/{person}"), &worker).await;
        assert!(page.status == StatusCode::OK && !page.asks_why(), "and it opens the record");
    }
    // With a lead there it is theirs, and nobody else's.
    let lead = world.sign_in(&seat("team-lead"), None);
    for (person, why) in cases.into_iter().zip(whys) {
        let (title, lines) = on_list(&world, &lead, person).await.expect("the lead's");
        assert_eq!(title, "Nobody has this");
        assert!(lines.contains(why), "{why}: {lines}");
        assert!(on_list(&world, &worker, person).await.is_none());
    }
    let (title, _) = on_list(&world, &lead, kept).await.unwrap();
    assert_eq!(title, "For Walworth neighbourhood team", "what a team owns is no concern");
    // Somebody who takes the record over takes what waits for whoever keeps it.
    let keep = format!("/person/{}/team", cases[1]);
    assert_eq!(world.post(&keep, &lead, "what=keep&seen=@99").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_caseload_moves_with_its_history() {
    let placements = policy_text("places/placements.csv");
    let file = TextFile { name: "placements.csv", text: &placements };
    let placements = realign(file, HERE, NEXT, today().plus_days(-2)).unwrap();
    let closes = "closes = { from = \"2026-11-20\", to = \"southwark-walworth-team\", \
                  why = \"The two teams are one.\" }\n";
    let teams = policy_text("places/teams.toml");
    let (before, after) = teams.split_once("id = \"southwark-camberwell-team\"\n").unwrap();
    let merged = format!("{before}id = \"southwark-camberwell-team\"\n{closes}{after}");
    let moves = World::changed("sqlite::temporary:", &[("places/placements.csv", placements)]);
    let joins = World::changed("sqlite::temporary:", &[("places/teams.toml", merged)]);
    let since = Day::new(2026, 11, 20).unwrap().plus_days(-1).in_words();
    for (world, from, to, why) in [
        (&moves, TEAM, NEXT_TEAM, "now belongs to Bermondsey"),
        (&joins, "southwark-camberwell-team", TEAM, "The two teams are one."),
    ] {
        let nurse = |team| super::world::Seat { team: Some(team), ..seat("community-nurse") };
        let (theirs, ours) = (world.sign_in(&nurse(from), None), world.sign_in(&nurse(to), None));
        let person = due(world, 1, vec![contact(from)]);
        let later = due(world, 2, vec![contact(to)]);
        assert!(on_list(world, &theirs, person).await.is_none(), "{from} had it");
        let (title, lines) = on_list(world, &ours, person).await.expect("it came along");
        assert!(title.starts_with("For "), "{title}");
        for told in ["had it from 12 November 2026 until", since.as_str(), why] {
            assert!(lines.contains(told), "{told}: {lines}");
        }
        assert!(on_list(world, &ours, later).await.is_some(), "{to} keeps its own");
        // Who has it now opens the record by it.
        let path = world.at(person, "contact/@2");
        assert_eq!(world.get(&path, &ours).await.status, StatusCode::OK);
        // A message to the team that was is theirs to see and to answer.
        let written = due(world, 3, vec![contact(from), message_to(from)]);
        let path = world.at(written, "message/@3");
        let (_, lines) = on_list(world, &ours, written).await.expect("the message came along");
        assert!(lines.contains(&path), "{lines}");
        let page = world.get(&path, &ours).await.body;
        assert!(page.contains("I have seen it"), "{page}");
        let seen = world.post(&path, &ours, "words=We+ring+her+today").await;
        assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.body);
    }
}

#[tokio::test]
async fn a_form_whose_owner_left_is_handed_over_and_its_line_with_it() {
    let world = World::new();
    let nurse = world.sign_in(&seat("community-nurse"), None);
    let gone = world.sign_in(&seat("social-worker"), None);
    let lead = world.sign_in(&seat("team-lead"), None);
    let facts = vec![joined(nurse.user, true), form_of(None, Some(gone.user))];
    let person = due(&world, 1, facts);
    let own = world.sign_in(&seat("resident"), Some(person));
    world.store.write(move |tx| store::users::set_active(tx, gone.user, false)).unwrap();
    let hand = world.at(person, "hand/@3");
    let (title, lines) = on_list(&world, &lead, person).await.expect("nobody does it");
    assert_eq!(title, "Nobody has this");
    assert!(lines.contains(&format!("href=\"{hand}\"")), "{lines}");
    let form = world.get(&world.at(person, "form/@3"), &lead).await.body;
    assert!(form.contains(&hand), "{form}");
    let page = world.get(&hand, &lead).await.body;
    let nurses = format!("value=\"{}\"", nurse.user);
    for told in ["Hand ‘", "The day stays as it is", &nurses, "Camberwell"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(!page.contains(&gone.user.to_string()), "who left is not offered: {page}");

    let length = || world.store.read(|tx| store::stories::load(tx, person)).unwrap().len();
    let before = length();
    let stranger = world.sign_in(&seat("community-nurse"), None);
    for (to, why, says) in [
        ("", "Left", "Choose who does it from now on"),
        ("no-such-team", "Left", "Choose who does it from now on"),
        (&gone.user.to_string(), "Left", "Choose somebody who works here"),
        (&stranger.user.to_string(), "Left", "Choose somebody who works here"),
        ("me", "", "Say why it is handed over"),
    ] {
        let answer = world.post(&hand, &lead, &format!("to={to}&why={why}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{to}: {}", answer.body);
        assert!(answer.body.contains(says), "{to}, {says}: {}", answer.body);
    }
    let officer = world.sign_in(&seat("contact-officer"), None);
    for nobody in [&own, &officer] {
        let answer = world.post(&hand, nobody, &format!("to={TEAM}&why=Left")).await;
        assert_ne!(answer.status, StatusCode::SEE_OTHER);
        assert!(!answer.body.contains("Hand it over"), "{}", answer.body);
    }
    assert_eq!(length(), before);

    let to = format!("to={}&why=They+have+left", nurse.user);
    assert_eq!(world.post(&hand, &lead, &to).await.location(), "/work?done=handed");
    assert!(on_list(&world, &lead, person).await.is_none(), "somebody has it");
    let (title, lines) = on_list(&world, &nurse, person).await.expect("the nurse has it");
    assert_eq!(title, "For you");
    let told = "team-lead Worker handed it over on 22 November 2026";
    assert!(lines.contains(told), "{lines}");
    assert!(!lines.contains("They have left"), "what was said is for the record: {lines}");
    world.wait(1);
    // From a team it goes on in the same way; whoever has it already is not given it again.
    let again = world.post(&hand, &nurse, "to=me&why=Mine").await;
    assert!(again.body.contains("They have it now"), "{}", again.body);
    let there = world.post(&hand, &nurse, &format!("to={NEXT_TEAM}&why=She+has+moved")).await;
    assert_eq!(there.status, StatusCode::SEE_OTHER, "{}", there.body);
    let next = super::world::Seat { team: Some(NEXT_TEAM), ..seat("community-nurse") };
    let next = world.sign_in(&next, None);
    let (title, _) = on_list(&world, &next, person).await.expect("the next team has it");
    assert!(title.starts_with("For Bermondsey"), "{title}");
    let page = world.get(&world.at(person, "form/@3"), &next).await.body;
    for told in ["They have left", "handed it over on 22 November 2026, from"] {
        let shown = page.contains(told);
        assert_eq!(shown, told != "They have left", "{told}: {page}");
    }
}
