//! Teams to choose from: the one that is near comes first and is chosen unless another is; a letter says whom
//! to ring; and who keeps a record is told how to leave it.

use care::record::entry::Author;
use care::record::fact::{Fact, TeamJoined};
use care::record::ids::{OrganisationId, RoleId};

use super::assess::Home;
use super::standings::{begun, contact, eligible, entry, joined};
use super::world::{ELSEWHERE, HERE, TEAM, World, policy_text, resident, seat, stranger};

/// What stands first in a list, and what is chosen there.
fn listed(page: &str, name: &str) -> (String, String) {
    let (_, list) = page.split_once(&format!("name=\"{name}\"")).expect("the list is there");
    let (list, _) = list.split_once("</select>").unwrap();
    let values: Vec<(String, bool)> = list
        .split("<option value=\"")
        .skip(1)
        .map(|option| {
            let (value, rest) = option.split_once('"').unwrap();
            (value.to_owned(), rest.starts_with(" selected"))
        })
        .collect();
    let chosen = values.iter().find(|(_, chosen)| *chosen).or(values.first());
    (values[0].0.clone(), chosen.unwrap().0.clone())
}

#[tokio::test]
async fn who_answers_is_near_the_person_unless_another_is_chosen() {
    let world = World::new();
    for (number, practice) in [(1, HERE), (2, ELSEWHERE)] {
        world.register(vec![resident(number, practice)]);
        let person = resident(number, practice).person;
        world.tell(vec![(
            person,
            vec![entry(&stranger(), begun(number)), entry(&stranger(), contact(TEAM))],
        )]);
    }
    let (here, there) = (resident(1, HERE).person, resident(2, ELSEWHERE).person);
    let far = "lambeth-streatham-hill-team";
    // Who asks, about whom: what comes first, and what is chosen.
    let cases = [
        ("gp-practice", here, TEAM, "southwark-front-door"),
        ("hospital-discharge", here, TEAM, "southwark-front-door"),
        ("hospital-discharge", there, far, "lambeth-front-door"),
        ("community-nurse", here, TEAM, TEAM),
        ("community-nurse", there, far, TEAM),
        ("contact-officer", there, far, "southwark-front-door"),
    ];
    for (role, person, first, chosen) in cases {
        let browser = world.sign_in(&seat(role), None);
        let page = world.get(&format!("/contact/{person}"), &browser).await.body;
        let expected = (first.to_owned(), chosen.to_owned());
        assert_eq!(listed(&page, "to"), expected, "{role}, {person}");
    }
    // Of somebody new a surgery’s own borough is the likeliest; a ward has to say.
    for (role, chosen) in [("gp-practice", "southwark-front-door"), ("hospital-discharge", "")] {
        let browser = world.sign_in(&seat(role), None);
        let page = world.get("/contact/new", &browser).await.body;
        assert_eq!(listed(&page, "to").1, chosen, "{role}");
    }
    // The meeting of the person’s neighbourhood, for who has no team; one’s own for who has.
    let surgery = world.sign_in(&seat("gp-practice"), None);
    let page = world.get(&format!("/person/{here}/meeting"), &surgery).await.body;
    assert_eq!(listed(&page, "team"), (TEAM.to_owned(), TEAM.to_owned()));
    // What was chosen stays chosen where the form comes back.
    let form = "team=lambeth-front-door";
    let again = world.post(&format!("/person/{here}/meeting"), &surgery, form).await.body;
    assert_eq!(listed(&again, "team").1, "lambeth-front-door");
}

#[tokio::test]
async fn a_letter_says_whom_to_ring() {
    let teams = policy_text("places/teams.toml");
    let (_, door) = teams.split_once("id = \"southwark-front-door\"").unwrap();
    let (_, number) = door.split_once("telephone = \"").unwrap();
    let ours = number.split('"').next().unwrap().to_owned();
    let without = teams.replace(&format!("telephone = \"{ours}\"\n"), "");
    assert_ne!(teams, without);
    for (teams, rung) in [(teams, true), (without, false)] {
        let world = World::changed("sqlite::temporary:", &[("places/teams.toml", teams)]);
        let home = Home::in_world(&world, 1);
        let council =
            Author { organisation: OrganisationId::new("southwark-council"), ..stranger() };
        let Fact::TeamJoined(keeper) = joined(home.nurse.user, true) else { unreachable!() };
        let name = "Nadia Nurse".to_owned();
        let organisation = council.organisation.clone();
        let keeper = Fact::TeamJoined(TeamJoined { name, organisation, ..keeper });
        let told = vec![entry(&council, keeper), entry(&council, eligible())];
        world.tell(vec![(home.person, told)]);
        for (print, said) in [("standard", "How to reach us"), ("easy-read", "You can ring us.")] {
            let page = home.page(&home.own, &format!("eligibility/letter?print={print}")).await;
            assert_eq!(page.contains(&ours), rung, "{print}: {page}");
            assert_eq!(page.contains(said), rung, "{print}: {page}");
        }
        let page = home.page(&home.own, "eligibility/letter?print=standard").await;
        let ask_for = "who wrote this letter, or for Nadia Nurse, who keeps your record.";
        assert_eq!(page.contains(ask_for), rung, "{page}");
        let plan = home.page(&home.own, "plan/print").await;
        assert_eq!(plan.contains(&format!("on {ours}. Ask for Nadia Nurse.")), rung, "{plan}");
    }
}

#[tokio::test]
async fn who_keeps_a_record_is_told_how_to_leave_it() {
    let home = Home::new();
    // A contact officer is in the team too, and keeps nobody’s record.
    let Fact::TeamJoined(nurse) = joined(home.nurse.user, false) else { unreachable!() };
    let role = RoleId::new("community-nurse");
    let name = "Nadia Nurse".to_owned();
    let nurse = Fact::TeamJoined(TeamJoined { role, name, ..nurse });
    home.world.tell(vec![(home.person, vec![entry(&stranger(), nurse)])]);
    let keeper = home.page(&home.social_worker, "team").await;
    for told in [
        "<li>Nadia Nurse, Community nurse, ",
        "Keep this record’",
        "list of work",
        &home.path("message"),
    ] {
        assert!(keeper.contains(told), "{told}: {keeper}");
    }
    let other = home.page(&home.nurse, "team").await;
    assert!(other.contains("You take it over from"), "{other}");

    // Where nobody else could take it over, that is said.
    let world = World::new();
    world.register(vec![resident(1, HERE)]);
    let person = resident(1, HERE).person;
    let alone = world.sign_in(&seat("social-worker"), None);
    let told = vec![entry(&stranger(), begun(1)), entry(&stranger(), joined(alone.user, true))];
    world.tell(vec![(person, told)]);
    let page = world.get(&format!("/person/{person}/team"), &alone).await.body;
    assert!(page.contains("Nobody else in the team could"), "{page}");
    // And who names nobody but themself is told how another comes to keep it.
    world.register(vec![resident(2, HERE)]);
    let nobody = resident(2, HERE).person;
    let told = vec![entry(&stranger(), begun(2)), entry(&stranger(), contact(TEAM))];
    world.tell(vec![(nobody, told)]);
    let page = world.get(&format!("/person/{nobody}/team"), &alone).await.body;
    assert!(page.contains("If somebody else is to keep it"), "{page}");
}
