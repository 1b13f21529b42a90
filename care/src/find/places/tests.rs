use super::realign::{CannotRealign, realign};
use super::sizes::Fit;
use super::teams::{Area, TeamKind, Teams};
use super::*;
use crate::find::testing::day;
use crate::record::ids::TeamId;

const PRACTICES: &str = "\
practice,name,postcode,latitude,longitude,list_size,list_size_on,borough
G1,One,SE1 1AA,51.5,-0.1,20000,2020-04-01,Southwark
G2,Two,SE1 1AB,51.5,-0.1,15000,2020-04-01,Southwark
G3,Three,SE1 1AC,51.5,-0.1,,,Southwark
";
const NETWORKS: &str = "network,name,borough\nnorth,North,Southwark\nsouth,South,Southwark\n";
const NEIGHBOURHOODS: &str = "\
neighbourhood,name,network,from,until,basis
river,River,north,2019-07-01,,a PCN
hill,Hill,north,2019-07-01,2024-03-31,a PCN
hill,Hill,south,2024-04-01,,a PCN
";
const PLACEMENTS: &str = "\
# practice to neighbourhood
practice,neighbourhood,from,until
G1,river,2019-07-01,
G2,river,2019-07-01,2022-12-31
G2,hill,2023-01-01,
G3,hill,2019-07-01,2021-06-30
";
const RESIDENCE: &str = "lsoa,neighbourhood,from,until\nE01000001,hill,2011-03-27,\n";

fn places_of(changed: Option<(&str, &str)>) -> Result<Places, String> {
    let text = |name, text| {
        let text = match changed {
            Some((file, changed)) if file == name => changed,
            _ => text,
        };
        TextFile { name, text }
    };
    let files = PlaceFiles {
        practices: text("practices.csv", PRACTICES),
        networks: text("networks.csv", NETWORKS),
        neighbourhoods: text("neighbourhoods.csv", NEIGHBOURHOODS),
        placements: text("placements.csv", PLACEMENTS),
        residence: text("residence.csv", RESIDENCE),
    };
    Places::parse(&files).map_err(|problems| problems.to_string())
}

fn places() -> Places {
    places_of(None).unwrap()
}

#[test]
fn a_day_decides_where_a_practice_lies() {
    let places = places();
    let cases = [
        ("G2", "2019-06-30", None, "before its first day"),
        ("G2", "2019-07-01", Some("river"), "on its first day"),
        ("G2", "2022-12-31", Some("river"), "on the last day before it moved"),
        ("G2", "2023-01-01", Some("hill"), "on the day it moved"),
        ("G3", "2021-06-30", Some("hill"), "on its last day"),
        ("G3", "2021-07-01", None, "closed"),
        ("G9", "2021-07-01", None, "not of this place"),
    ];
    for (practice, on, expected, name) in cases {
        let lies = places.neighbourhood_of(practice, day(on)).map(|n| n.id.as_str());
        assert_eq!(lies, expected, "{practice} {name}");
    }
    let network = |on| places.network_of("hill", day(on)).map(|network| network.id.as_str());
    assert_eq!((network("2024-03-31"), network("2024-04-01")), (Some("north"), Some("south")));
}

#[test]
fn a_practice_may_lie_somewhere_for_one_day() {
    let one_day =
        PLACEMENTS.replace("G3,hill,2019-07-01,2021-06-30", "G3,hill,2021-06-30,2021-06-30");
    let places = places_of(Some(("placements.csv", &one_day))).unwrap();
    let lies = |on| places.neighbourhood_of("G3", day(on)).map(|there| there.id.as_str());
    let days = ["2021-06-29", "2021-06-30", "2021-07-01"].map(lies);
    assert_eq!(days, [None, Some("hill"), None]);
}

#[test]
fn residence_and_registration_are_kept_apart() {
    let places = places();
    let all: Vec<&str> = places.neighbourhoods().map(|one| one.id.as_str()).collect();
    assert_eq!(all, ["hill", "river"]);
    let on = day("2026-01-01");
    let lives = places.of_residence("E01000001", on).unwrap();
    let registered = places.neighbourhood_of("G1", on).unwrap();
    assert_eq!((lives.id.as_str(), registered.id.as_str()), ("hill", "river"));
    assert!(places.of_residence("E01999999", on).is_none());
}

#[test]
fn gaps_overlaps_and_unknown_names_are_refused() {
    let cases = [
        (
            "networks.csv",
            format!("{NETWORKS}north,North again,Lambeth\n"),
            "networks.csv, line 4: ‘north’ is listed twice",
        ),
        (
            "placements.csv",
            PLACEMENTS.replace("G2,hill,2023-01-01", "G2,hill,2023-01-03"),
            "placements.csv, line 5: ‘G2’ belongs nowhere from 2023-01-01 to 2023-01-02",
        ),
        (
            "placements.csv",
            PLACEMENTS.replace("G2,hill,2023-01-01", "G2,hill,2022-12-31"),
            "placements.csv, line 5: ‘G2’ belongs to ‘river’ and to ‘hill’ on 2022-12-31",
        ),
        (
            "placements.csv",
            PLACEMENTS.replace("G2,river,2019-07-01,2022-12-31", "G2,river,2019-07-01,"),
            "‘G2’ belongs to ‘river’ and to ‘hill’ on 2023-01-01",
        ),
        (
            "placements.csv",
            PLACEMENTS.replace("2021-06-30", "2018-06-30"),
            "placements.csv, line 6: ‘until’ is earlier than ‘from’",
        ),
        (
            "placements.csv",
            PLACEMENTS.replace("G1,river", "G1,lake"),
            "placements.csv, line 3: there is no neighbourhood ‘lake’",
        ),
        (
            "placements.csv",
            PLACEMENTS.replace("G1,river", "G7,river"),
            "placements.csv, line 3: ‘G7’ is not in the table of practices\n\
             placements.csv: the practice G1 has no neighbourhood",
        ),
        (
            "placements.csv",
            PLACEMENTS.replace("G1,river,2019-07-01", "G1,river,1 July 2019"),
            "line 3: ‘1 July 2019’ is not a date",
        ),
        (
            "neighbourhoods.csv",
            NEIGHBOURHOODS.replace("hill,Hill,south,2024-04-01", "hill,Hill,south,2024-05-01"),
            "neighbourhoods.csv, line 4: ‘hill’ belongs nowhere from 2024-04-01 to 2024-04-30",
        ),
        (
            "neighbourhoods.csv",
            NEIGHBOURHOODS.replace("hill,Hill,south", "hill,Mount,south"),
            "neighbourhoods.csv, line 4: ‘hill’ has another name above",
        ),
        (
            "practices.csv",
            PRACTICES.replace("20000", "20k"),
            "practices.csv, line 2: ‘list_size’ must be a whole number or empty, and is ‘20k’",
        ),
        (
            "practices.csv",
            PRACTICES.replace("G2,Two", "G1,Two"),
            "practices.csv, line 3: G1 is listed twice",
        ),
        (
            "residence.csv",
            RESIDENCE.replace("hill", "lake"),
            "residence.csv, line 2: there is no neighbourhood ‘lake’",
        ),
    ];
    for (file, text, expected) in cases {
        let said = places_of(Some((file, &text))).unwrap_err();
        assert!(said.contains(expected), "wanted “{expected}”, got “{said}”");
    }
}

#[test]
fn sizes_are_compared_with_their_ranges() {
    let places = places();
    let registered = |practice: &str| if practice == "G2" { 40_000 } else { 0 };
    let sizes = places.sizes(day("2026-01-01"), Some(&registered));
    let of = |network: usize| &sizes[network];
    assert_eq!(of(0).network, "north");
    let river = &of(0).neighbourhoods[0];
    assert_eq!((river.size.listed, river.size.listed_fit), (20_000, Fit::Below));
    assert_eq!((river.size.registered, river.size.registered_fit), (Some(0), Some(Fit::Below)));
    let hill = &of(1).neighbourhoods[0];
    assert_eq!((hill.size.listed, hill.size.practices), (15_000, 1));
    assert_eq!(hill.size.registered_fit, Some(Fit::Within));
    assert_eq!(of(1).practices_fit, Fit::Below);
    // The ends of a range are within it: 30,000 to 50,000 people of a neighbourhood.
    for (people, fit) in
        [(29_999, Fit::Below), (30_000, Fit::Within), (50_000, Fit::Within), (50_001, Fit::Above)]
    {
        let sizes = places.sizes(day("2026-01-01"), Some(&|_: &str| people));
        assert_eq!(sizes[1].neighbourhoods[0].size.registered_fit, Some(fit), "{people}");
    }
    let before = places.sizes(day("2020-01-01"), None);
    assert_eq!(before[0].size.practices, 3);
    assert_eq!(before[0].size.practices_without_list, 1);
    assert_eq!(before[0].neighbourhoods[1].size.listed_fit, Fit::Within);
    assert_eq!(before[0].size.registered, None);
}

#[test]
fn a_practice_moves_and_keeps_its_past() {
    let file = TextFile { name: "placements.csv", text: PLACEMENTS };
    let moved = realign(file, "G1", "hill", day("2027-04-01")).unwrap();
    assert_eq!(
        moved,
        PLACEMENTS.replace(
            "G1,river,2019-07-01,\n",
            "G1,river,2019-07-01,2027-03-31\nG1,hill,2027-04-01,\n"
        )
    );
    let places = places_of(Some(("placements.csv", &moved))).unwrap();
    let lies = |on| places.neighbourhood_of("G1", day(on)).unwrap().id.as_str();
    assert_eq!((lies("2027-03-31"), lies("2027-04-01")), ("river", "hill"));
}

#[test]
fn a_move_that_makes_no_sense_is_refused() {
    let file = TextFile { name: "placements.csv", text: PLACEMENTS };
    let cannot = |practice, to, from| realign(file, practice, to, day(from)).unwrap_err();
    let since = day("2019-07-01");
    assert_eq!(cannot("G3", "river", "2027-01-01"), CannotRealign::NotPlaced("G3".to_owned()));
    assert_eq!(
        cannot("G1", "river", "2027-01-01").to_string(),
        "G1 already lies in ‘river’ since 2019-07-01"
    );
    let too_early = CannotRealign::TooEarly { practice: "G1".to_owned(), since };
    assert_eq!(cannot("G1", "hill", "2019-07-01"), too_early);
}

#[test]
fn teams_are_checked_against_organisations_and_places() {
    let organisations =
        "[[organisation]]\nid = \"council\"\nname = \"The council\"\nkind = \"council\"\n";
    let team = "[[team]]\nid = \"river\"\nname = \"River team\"\norganisation = \"council\"\n\
                kind = \"neighbourhood\"\narea = { neighbourhood = \"river\" }\ndoes = \"Visits.\"\n";
    let read = |teams: &str| {
        let file = |name, text| TextFile { name, text };
        Teams::parse(
            file("organisations.toml", organisations),
            file("teams.toml", teams),
            &places(),
        )
    };
    let teams = read(team).unwrap();
    let names: Vec<&str> = teams.organisations().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["The council"]);
    assert_eq!(teams.of_neighbourhood("river").unwrap().id, TeamId::new("river"));
    assert!(teams.of_neighbourhood("hill").is_none());
    let front_door = team.replace("\"neighbourhood\"", "\"front-door\"");
    let borough =
        front_door.replace("{ neighbourhood = \"river\" }", "{ borough = \"Southwark\" }");
    let alone = read(&borough).unwrap_err().to_string();
    assert!(alone.contains("nobody is named for what nobody owns in Southwark"), "{alone}");
    let fallback = "\n[[fallback]]\nborough = \"Southwark\"\nteam = ";
    let borough = format!("{borough}{fallback}\"river\"\n");
    assert_eq!(read(&borough).unwrap().fallback(None).unwrap().id, TeamId::new("river"));
    let everywhere = front_door.replace("{ neighbourhood = \"river\" }", "\"place\"");
    let area = |text: &str| read(text).unwrap().teams().next().unwrap().area.clone();
    assert_eq!(area(&borough), Area::Borough("Southwark".to_owned()));
    assert_eq!(area(&everywhere), Area::Place);
    assert_eq!(read(&everywhere).unwrap().teams().next().unwrap().kind, TeamKind::FrontDoor);
    let cases = [
        (team.replace("\"council\"", "\"trust\""), "run by ‘trust’, which is not listed"),
        (team.replace("= \"river\" }", "= \"lake\" }"), "works in ‘lake’, which does not exist"),
        (
            everywhere.replace("\"place\"", "{ network = \"east\" }"),
            "works in ‘east’, which does not exist",
        ),
        (
            everywhere.replace("\"place\"", "{ borough = \"Camden\" }"),
            "works in ‘Camden’, which does not exist",
        ),
        (format!("{team}{team}"), "the team ‘river’ is listed twice"),
        (team.replace("{ neighbourhood = \"river\" }", "\"place\""), "without a neighbourhood"),
        (format!("{team}{}", closes("hill")), "passes to ‘hill’, which is not listed"),
        (format!("{team}{}", closes("river")), "would go round and round"),
        (format!("{team}{fallback}\"hill\"\n"), "which is not listed or closes"),
        (format!("{team}telephone = \"the desk\"\n"), "‘the desk’, which is no number"),
        (format!("{team}telephone = \"\"\n"), "‘’, which is no number"),
    ];
    for (text, expected) in cases {
        let said = read(&text).unwrap_err().to_string();
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn the_teams_nearest_to_a_surgery_come_first() {
    let organisations =
        "[[organisation]]\nid = \"council\"\nname = \"The council\"\nkind = \"council\"\n";
    let one = |name: &str, kind: &str, area: &str, more: &str| {
        format!(
            "[[team]]\nid = \"{name}\"\nname = \"{name}\"\norganisation = \"council\"\n\
             kind = \"{kind}\"\narea = {area}\ndoes = \"Visits.\"\n{more}"
        )
    };
    let southwark = "{ borough = \"Southwark\" }";
    let text = [
        "[[fallback]]\nborough = \"Southwark\"\nteam = \"door\"\n".to_owned(),
        "[[fallback]]\nborough = \"Lambeth\"\nteam = \"rivers\"\n".to_owned(),
        one("wherever", "service", "\"place\"", ""),
        one("borough", "service", southwark, ""),
        one("door", "front-door", southwark, "telephone = \"020 7946 0300\"\n"),
        one("gone", "service", "\"place\"", &closes("wherever")),
        one("hills", "neighbourhood", "{ neighbourhood = \"hill\" }", ""),
        one("north", "service", "{ network = \"north\" }", ""),
        one("rivers", "neighbourhood", "{ neighbourhood = \"river\" }", ""),
    ];
    let text = text.concat();
    let places = places();
    let file = |name, text| TextFile { name, text };
    let teams = Teams::parse(file("o", organisations), file("t", &text), &places).unwrap();
    let cases = [
        (Some("G2"), "2022-04-01", "rivers north door borough wherever hills"),
        (Some("G1"), "2026-01-01", "rivers north door borough wherever hills"),
        (Some("G2"), "2026-01-01", "hills door borough wherever north rivers"),
        (Some("G2"), "2022-03-31", "rivers north door borough gone wherever hills"),
        (Some("G9"), "2026-01-01", "wherever borough door hills north rivers"),
        (None, "2026-01-01", "wherever borough door hills north rivers"),
    ];
    for (practice, on, expected) in cases {
        let near = teams.nearest_first(&places, practice, day(on));
        let near: Vec<&str> = near.iter().map(|team| team.name.as_str()).collect();
        assert_eq!(near.join(" "), expected, "{practice:?} on {on}");
    }
    let fallback = |borough| teams.fallback(borough).map(|team| team.name.as_str());
    assert_eq!(fallback(Some("Southwark")), Some("door"));
    assert_eq!(fallback(Some("Lambeth")), Some("rivers"));
    assert_eq!((fallback(Some("Camden")), fallback(None)), (Some("door"), Some("door")));
    let named: Vec<&str> = teams.fallbacks().map(|one| one.borough.as_str()).collect();
    assert_eq!(named, ["Southwark", "Lambeth"]);
    let door = teams.front_door("Southwark").unwrap();
    assert_eq!(door.telephone.as_deref(), Some("020 7946 0300"));
    assert!(teams.front_door("Lambeth").is_none());
}

/// Whose work something is, since when, for somebody of which surgery.
type Given<'a> = (&'a str, &'a str, Option<&'a str>);

/// The teams that had it, each with its first day.
type Hands<'a> = &'a [(&'a str, &'a str)];

/// The line with which a team closes.
fn closes(to: &str) -> String {
    format!(
        "closes = {{ from = \"2022-04-01\", to = \"{to}\", why = \"They are one team now.\" }}\n"
    )
}

#[test]
fn a_teams_work_goes_where_the_team_and_the_surgery_go() {
    let one = |id: &str, kind: &str, area: &str, closes: &str| {
        format!(
            "[[team]]\nid = \"{id}\"\nname = \"{id}\"\norganisation = \"council\"\nkind = \"{kind}\"\n\
             area = {area}\ndoes = \"Visits.\"\n{closes}"
        )
    };
    let text = [
        one("rivers", "neighbourhood", "{ neighbourhood = \"river\" }", ""),
        one("hills", "neighbourhood", "{ neighbourhood = \"hill\" }", ""),
        one("falls", "service", "\"place\"", &closes("rivers")),
        one("reablement", "service", "{ neighbourhood = \"river\" }", ""),
    ];
    let text = text.concat();
    let organisations =
        "[[organisation]]\nid = \"council\"\nname = \"The council\"\nkind = \"council\"\n";
    let file = |name, text| TextFile { name, text };
    let places = places();
    let teams = Teams::parse(file("o", organisations), file("t", &text), &places).unwrap();
    let place = (&teams, &places);
    // Whose work, since when, for somebody of which surgery: and who had it, and since when.
    let cases: [(Given<'_>, &str, Hands<'_>); 7] = [
        // A service keeps what it was given, wherever the surgery goes.
        (("reablement", "2021-05-05", Some("G2")), "2026-01-01", &[("reablement", "2021-05-05")]),
        (("rivers", "2021-05-05", Some("G1")), "2026-01-01", &[("rivers", "2021-05-05")]),
        (
            ("rivers", "2021-05-05", Some("G2")),
            "2026-01-01",
            &[("rivers", "2021-05-05"), ("hills", "2023-01-01")],
        ),
        (("rivers", "2021-05-05", Some("G2")), "2022-12-31", &[("rivers", "2021-05-05")]),
        // Asked for on purpose after the surgery had moved: it stays.
        (("rivers", "2023-05-05", Some("G2")), "2026-01-01", &[("rivers", "2023-05-05")]),
        (
            ("falls", "2021-05-05", Some("G2")),
            "2026-01-01",
            &[("falls", "2021-05-05"), ("rivers", "2022-04-01"), ("hills", "2023-01-01")],
        ),
        (
            ("falls", "2021-05-05", None),
            "2026-01-01",
            &[("falls", "2021-05-05"), ("rivers", "2022-04-01")],
        ),
    ];
    let rivers = TeamId::new("rivers");
    let went = |on: &str| {
        let went = caseload::went_to(place, &rivers, day(on));
        went.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(went("2022-12-31"), ["rivers"], "no surgery has moved yet");
    assert_eq!(went("2023-01-01"), ["hills", "rivers"]);
    for ((team, since, practice), today, expected) in cases {
        let given = (&TeamId::new(team), day(since));
        let held = caseload::held(place, given, practice, day(today));
        let said: Vec<(String, String)> =
            held.iter().map(|one| (one.team.to_string(), one.from.to_string())).collect();
        let said: Vec<(&str, &str)> =
            said.iter().map(|(team, from)| (team.as_str(), from.as_str())).collect();
        assert_eq!(said, expected, "{team} since {since} for {practice:?}");
        assert!(held.iter().skip(1).all(|one| !one.why.is_empty()), "{team}: and why");
        // Whoever has it looks for it under everyone who had it.
        let came = caseload::came_from(place, &held.last().unwrap().team, day(today));
        assert!(held.iter().all(|one| came.contains(&one.team)), "{team}");
        let went = caseload::went_to(place, &held[0].team, day(today));
        assert!(held.iter().all(|one| went.contains(&one.team)), "{team}");
    }
}
