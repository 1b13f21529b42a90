//! Who may see what, as one table: a change of it shows in review.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use care::record::entry::Audience;
use care::record::ids::TeamId;
use care::who::access::{Access, Subject, is_for, may_open};
use care::who::role::{Part, Right};

use crate::place::{Telling, actor, person_id, roles};

#[test]
fn the_table_of_roles_is_as_agreed() {
    let mut table = String::new();
    for role in roles().iter() {
        let words = |all: Vec<&str>| all.join(", ");
        let sees = Part::ALL.iter().filter(|part| role.sees(**part)).map(|part| part.code());
        let may = Right::ALL.iter().filter(|right| role.may(**right)).map(|right| right.code());
        writeln!(table, "{} ({})", role.title, role.reach.code()).unwrap();
        writeln!(table, "  sees: {}", words(sees.collect())).unwrap();
        writeln!(table, "  may:  {}", words(may.collect())).unwrap();
        for (matter, parts) in &role.sees_in {
            let parts = parts.iter().map(|part| part.code()).collect();
            writeln!(table, "  in {}: {}", matter.code(), words(parts)).unwrap();
        }
    }
    insta::assert_snapshot!(table);
}

fn teams(team: Option<TeamId>) -> BTreeMap<TeamId, u32> {
    team.into_iter().map(|team| (team, 2)).collect()
}

/// Every role against every standing towards a person.
#[test]
fn the_table_of_openings_is_as_agreed() {
    let stranger = Subject {
        person: person_id(),
        practice: Some("G85999".to_owned()),
        in_touch: false,
        members: Vec::new(),
        teams: BTreeMap::new(),
        restricted: false,
    };
    let mut table = String::new();
    for role in roles().iter() {
        let actor = actor(role.id.as_str());
        let here = Subject { practice: Some("G85001".to_owned()), ..stranger.clone() };
        let standings = [
            ("a stranger", stranger.clone()),
            ("in touch elsewhere", Subject { in_touch: true, ..stranger.clone() }),
            ("of my area, not in touch", here.clone()),
            ("of my area, in touch", Subject { in_touch: true, ..here.clone() }),
            ("my team's work", Subject { teams: teams(actor.team.clone()), ..stranger.clone() }),
            (
                "another team's work",
                Subject { teams: teams(Some(TeamId::new("x"))), ..stranger.clone() },
            ),
            ("in my team", Subject { members: vec![actor.user], ..stranger.clone() }),
            ("restricted, of my area", Subject { restricted: true, in_touch: true, ..here }),
            (
                "restricted, in my team",
                Subject { restricted: true, members: vec![actor.user], ..stranger.clone() },
            ),
        ];
        let story = Telling::new();
        writeln!(table, "{}", role.title).unwrap();
        for (standing, subject) in standings {
            let mut actor = actor.clone();
            // A resident here is somebody else: their own record is tried below.
            actor.person = None;
            let access = match may_open(&actor, &subject, &story.person(), story.now) {
                Access::Yes(relationship) => format!("yes: {}", relationship.in_words()),
                Access::WithReason => "with a reason".to_owned(),
                Access::No => "no".to_owned(),
            };
            writeln!(table, "  {standing:<26}{access}").unwrap();
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn entries_are_read_by_those_they_are_for() {
    let worker = actor("social-worker");
    let resident = actor("resident");
    let nurse = actor("community-nurse");
    let author = worker.author();
    let cases = [
        (Audience::Everyone, &resident, true),
        (Audience::Everyone, &nurse, true),
        (Audience::Professionals, &resident, false),
        (Audience::Professionals, &nurse, true),
        (Audience::Safeguarding, &resident, false),
        (Audience::Safeguarding, &nurse, false),
        (Audience::Safeguarding, &worker, true),
        (Audience::Organisation, &resident, false),
        (Audience::Organisation, &nurse, false),
        (Audience::Organisation, &worker, true),
    ];
    for (audience, actor, expected) in cases {
        let read = is_for(actor, person_id(), audience, &author);
        assert_eq!(read, expected, "{} by {}", audience.code(), actor.name);
    }
    let own = is_for(&nurse, person_id(), Audience::Safeguarding, &nurse.author());
    assert!(own, "whoever raised it reads what they wrote");
}
