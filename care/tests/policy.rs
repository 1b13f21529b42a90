//! The policy folder that ships: it reads without problems, and says what the documents say of it.

#![expect(clippy::unwrap_used, reason = "the files that ship are there")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use care::find::cohorts::Cohorts;
use care::find::places::sizes::Fit;
use care::find::places::teams::{Area, TeamKind, Teams};
use care::find::places::{PlaceFiles, Places};
use care::find::table::TextFile;
use law::day::Day;

fn policy() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../policy")
}

fn texts(folder: &str) -> Vec<(String, String)> {
    let entries = fs::read_dir(policy().join(folder)).unwrap();
    entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (format!("{folder}/{name}"), fs::read_to_string(path).unwrap())
        })
        .collect()
}

fn cohorts() -> Cohorts {
    let texts = [texts("cohorts"), texts("cohorts/lists")].concat();
    let files: Vec<TextFile<'_>> =
        texts.iter().map(|(name, text)| TextFile { name, text }).collect();
    Cohorts::parse(&files)
}

fn with_places<T>(what: impl FnOnce(Places, TextFile<'_>, TextFile<'_>) -> T) -> T {
    let texts = texts("places");
    let file = |name: &str| {
        let (name, text) = texts.iter().find(|(known, _)| known.ends_with(name)).unwrap();
        TextFile { name, text }
    };
    let places = Places::parse(&PlaceFiles {
        practices: file("/practices.csv"),
        networks: file("/networks.csv"),
        neighbourhoods: file("/neighbourhoods.csv"),
        placements: file("/placements.csv"),
        residence: file("/residence.csv"),
    });
    what(places.unwrap(), file("/organisations.toml"), file("/teams.toml"))
}

#[test]
fn the_criteria_and_lists_have_no_problems() {
    let cohorts = cohorts();
    assert_eq!(cohorts.problems, []);
    let ids: Vec<&str> = cohorts.criteria.keys().map(String::as_str).collect();
    assert_eq!(ids, ["older-alone", "three-conditions"]);
}

#[test]
fn the_default_counts_the_eighteen_conditions_of_tier_1() {
    let cohorts = cohorts();
    let criterion = cohorts.criterion("three-conditions").unwrap();
    assert_eq!(criterion.conditions_looked_at(), 18);
    assert_eq!((criterion.ages.from, criterion.ages.to), (Some(18), None));
    assert_eq!(criterion.clauses[0].at_least, 3);
    let list = &cohorts.lists["long-term-conditions"];
    let tiers = |tier: &str| list.conditions.iter().filter(|c| c.tier == tier).count();
    assert_eq!((tiers("1"), tiers("2"), tiers("risk")), (18, 31, 1));
    let names: BTreeSet<&str> = list.conditions.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names.len(), 50, "each condition has a name of its own");
}

#[test]
fn every_practice_of_the_six_boroughs_has_a_neighbourhood_and_a_network() {
    with_places(|places, _, _| {
        let day = Day::new(2026, 11, 22).unwrap();
        for practice in places.practices() {
            let neighbourhood = places.neighbourhood_of(&practice.ods, day);
            let network = neighbourhood.and_then(|n| places.network_of(&n.id, day));
            let network = network.unwrap_or_else(|| panic!("{} has no network", practice.ods));
            assert_eq!(network.borough, practice.borough, "{}", practice.ods);
        }
        assert_eq!(places.practices().count(), 193);
        let networks: Vec<&str> = places.networks().map(|network| network.id.as_str()).collect();
        for expected in [
            "southwark-north",
            "southwark-south",
            "lambeth-north",
            "lambeth-south-east",
            "lambeth-south-west",
            "lewisham",
        ] {
            assert!(networks.contains(&expected), "{expected}");
        }
        assert_eq!(places.neighbourhoods_in("lewisham", day).len(), 4);
    });
}

#[test]
fn the_networks_of_southwark_and_lambeth_have_the_people_they_should() {
    with_places(|places, _, _| {
        let sizes = places.sizes(Day::new(2026, 11, 22).unwrap(), None);
        for network in sizes
            .iter()
            .filter(|n| n.network.starts_with("southwark-") || n.network.starts_with("lambeth-"))
        {
            assert_eq!(network.size.listed_fit, Fit::Within, "{}", network.network);
        }
        // One practice alone has more people than a neighbourhood should, and one primary care
        // network has a few too many.
        let outside: Vec<&str> = sizes
            .iter()
            .filter(|network| !["bexley", "bromley", "greenwich"].contains(&&*network.network))
            .flat_map(|network| &network.neighbourhoods)
            .filter(|neighbourhood| neighbourhood.size.listed_fit != Fit::Within)
            .map(|neighbourhood| neighbourhood.neighbourhood.as_str())
            .collect();
        assert_eq!(
            outside,
            [
                "lambeth-clapham",
                "lewisham-central",
                "lewisham-north",
                "lewisham-south-east",
                "lewisham-south-west",
                "southwark-borough-elephant",
            ]
        );
    });
}

#[test]
fn every_neighbourhood_of_the_three_boroughs_has_a_team_and_every_council_a_door() {
    with_places(|places, organisations, teams| {
        let teams = Teams::parse(organisations, teams, &places).unwrap();
        let day = Day::new(2026, 11, 22).unwrap();
        for borough in ["Southwark", "Lambeth", "Lewisham"] {
            let door = teams.teams().find(|team| {
                team.kind == TeamKind::FrontDoor && team.area == Area::Borough(borough.to_owned())
            });
            assert!(door.is_some(), "{borough}");
            for network in places.networks().filter(|network| network.borough == borough) {
                for neighbourhood in places.neighbourhoods_in(&network.id, day) {
                    assert!(teams.of_neighbourhood(&neighbourhood.id).is_some());
                }
            }
        }
    });
}
