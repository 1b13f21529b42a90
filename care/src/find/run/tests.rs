use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::find::places::PlaceFiles;
use crate::find::register::{Coded, Death};
use crate::find::table::TextFile;
use crate::find::testing::*;

const AS_OF: &str = "2026-11-22";

fn places(moved: bool) -> Places {
    let file = |name, text| TextFile { name, text };
    let placements = "practice,neighbourhood,from,until\nG1,river,2019-07-01,\n";
    let after = "practice,neighbourhood,from,until\n\
        G1,river,2019-07-01,2026-11-21\nG1,hill,2026-11-22,\n";
    Places::parse(&PlaceFiles {
        practices: file(
            "practices.csv",
            "practice,name,postcode,latitude,longitude,list_size,list_size_on,borough\n\
             G1,One,SE1 1AA,,,,,Southwark\n",
        ),
        networks: file("networks.csv", "network,name,borough\nnorth,North,Southwark\n"),
        neighbourhoods: file(
            "neighbourhoods.csv",
            "neighbourhood,name,network,from,until,basis\n\
             river,River,north,2019-07-01,,a PCN\nhill,Hill,north,2019-07-01,,a PCN\n",
        ),
        placements: file("placements.csv", if moved { after } else { placements }),
        residence: file("residence.csv", "lsoa,neighbourhood,from,until\n"),
    })
    .unwrap()
}

fn person(number: usize) -> PersonId {
    PersonId::of_source("test", &number.to_string())
}

struct Someone {
    practice: Option<&'static str>,
    born: &'static str,
    death: Death,
    records: Vec<Coded>,
}

fn someone(practice: Option<&'static str>, born: &'static str, codes: &[u64]) -> Someone {
    let records = codes.iter().map(|&code| coded(code, "2020-01-01")).collect();
    Someone { practice, born, death: Death::Alive, records }
}

fn a_few() -> Vec<Someone> {
    vec![
        someone(Some("G1"), "1950", &[ASTHMA, DIABETES]),
        someone(Some("G1"), "1960", &[ASTHMA, DIABETES, COPD]),
        someone(Some("G1"), "1970", &[ASTHMA]),
        someone(Some("G1"), "2015", &[ASTHMA, DIABETES]),
        Someone { death: Death::Undated, ..someone(Some("G1"), "1930", &[ASTHMA, DIABETES]) },
        someone(Some("X9"), "1950", &[DIABETES_AND_COPD]),
        someone(None, "1950", &[]),
    ]
}

fn run(people: &[Someone], places: &Places, objected: &[PersonId]) -> (Outcome, Vec<FoundPerson>) {
    let criterion = criterion(CRITERION);
    let mut run = Run::new(&criterion, places, day(AS_OF));
    let mut found = Vec::new();
    for (number, someone) in people.iter().enumerate() {
        let known = Candidate {
            born: when(someone.born),
            death: someone.death,
            withdrawn: false,
            records: &someone.records,
        };
        let said_no = |person| objected.contains(&person);
        found.extend(run.see(person(number), someone.practice, known, said_no));
    }
    (run.outcome(), found)
}

#[test]
fn a_run_counts_the_living_and_finds_by_place() {
    let (outcome, found) = run(&a_few(), &places(false), &[]);
    let mut json = serde_json::to_value(&outcome).unwrap();
    json["digest"].take();
    let expected = json!({
        "criterion": "two",
        "version": "1",
        "title": "Adults with two or more conditions",
        "digest": null,
        "lists": { "test": "7" },
        "asOf": "2026-11-22",
        "registered": 6,
        "adults": 5,
        "ofAge": 5,
        "found": 3,
        "objected": 0,
        "byNetwork": [
            {
                "network": "north", "name": "North", "found": 2, "registered": 4, "adults": 3,
                "neighbourhoods": [{
                    "neighbourhood": "river", "name": "River",
                    "found": 2, "registered": 4, "adults": 3,
                    "practices": [{
                        "practice": "G1", "name": "One", "found": 2, "registered": 4, "adults": 3,
                    }],
                }],
            },
            {
                "network": null, "name": NOWHERE, "found": 1, "registered": 2, "adults": 2,
                "neighbourhoods": [{
                    "neighbourhood": null, "name": NOWHERE,
                    "found": 1, "registered": 2, "adults": 2,
                    "practices": [
                        {
                            "practice": null, "name": "No practice on record",
                            "found": 0, "registered": 1, "adults": 1,
                        },
                        {
                            "practice": "X9", "name": "A practice that this place does not list",
                            "found": 1, "registered": 1, "adults": 1,
                        },
                    ],
                }],
            },
        ],
        "byConditionCount": { "0": 1, "1": 1, "2": 2, "3": 1 },
    });
    assert_eq!(json, expected);
    let people: Vec<PersonId> = found.iter().map(|found| found.person).collect();
    assert_eq!(people, [person(0), person(1), person(5)]);
    assert_eq!(found[0].neighbourhood.as_deref(), Some("river"));
    assert_eq!(found[0].network.as_deref(), Some("north"));
    assert_eq!(found[1].evidence.len(), 3);
    assert_eq!((found[2].neighbourhood.clone(), found[2].practice.as_deref()), (None, Some("X9")));
    let nowhere = Someone { practice: None, ..someone(None, "1950", &[ASTHMA, DIABETES]) };
    let (_, found) = run(&[nowhere], &places(false), &[]);
    assert_eq!(found[0].practice, None);
}

#[test]
fn only_numbers_of_conditions_that_somebody_has_are_listed_beside_none() {
    let (outcome, _) = run(&a_few()[..1], &places(false), &[]);
    let counted = serde_json::to_value(&outcome).unwrap()["byConditionCount"].take();
    assert_eq!(counted, json!({ "0": 0, "2": 1 }));
}

#[test]
fn who_objected_is_counted_apart_and_not_found() {
    let (outcome, found) = run(&a_few(), &places(false), &[person(1), person(2)]);
    assert_eq!((outcome.found, outcome.objected), (2, 1));
    assert!(found.iter().all(|found| found.person != person(1)));
}

#[test]
fn a_realigned_practice_is_counted_where_it_lies_on_the_day() {
    let (outcome, _) = run(&a_few(), &places(true), &[]);
    let north = &outcome.by_network[0];
    assert_eq!(north.neighbourhoods.len(), 1);
    assert_eq!(north.neighbourhoods[0].neighbourhood.as_deref(), Some("hill"));
}

#[test]
fn the_same_basis_is_the_same_run() {
    let criterion = criterion(CRITERION);
    let places_before = places(false);
    let basis = Basis {
        criterion: criterion.digest,
        places: places_before.digest,
        as_of: day(AS_OF),
        register_version: 3,
    };
    let one = basis.run_id([person(1), person(2)]);
    assert_eq!(one, basis.run_id([person(2), person(1), person(1)]));
    assert_ne!(one, basis.run_id([person(1)]), "a new objection is a new run");
    let others = [
        Basis { register_version: 4, ..basis },
        Basis { as_of: day("2026-11-23"), ..basis },
        Basis { places: places(true).digest, ..basis },
        Basis { criterion: Hash::START, ..basis },
    ];
    for other in others {
        assert_ne!(one, other.run_id([person(1), person(2)]), "{other:?}");
    }
}

proptest! {
    #[test]
    fn the_parts_add_up(
        people in prop::collection::vec(
            (
                prop::sample::select(vec![None, Some("G1"), Some("X9"), Some("X8")]),
                prop::sample::select(vec!["", "1950", "2008", "2020-02"]),
                prop::sample::subsequence(vec![ASTHMA, DIABETES, COPD, DIABETES_AND_COPD], 0..4),
            ),
            0..40,
        ),
        objecting in prop::collection::vec(any::<bool>(), 40),
    ) {
        let people: Vec<Someone> = people
            .into_iter()
            .map(|(practice, born, codes)| someone(practice, born, &codes))
            .collect();
        let objected: Vec<PersonId> =
            objecting.iter().enumerate().filter(|(_, no)| **no).map(|(n, _)| person(n)).collect();
        let (outcome, found) = run(&people, &places(false), &objected);
        let whole = Tally {
            found: outcome.found,
            registered: outcome.registered,
            adults: outcome.adults,
        };
        let (mut networks, mut neighbourhoods, mut practices) =
            (Tally::default(), Tally::default(), Tally::default());
        for network in &outcome.by_network {
            networks.add(network.tally);
            for neighbourhood in &network.neighbourhoods {
                neighbourhoods.add(neighbourhood.tally);
                neighbourhood.practices.iter().for_each(|row| practices.add(row.tally));
            }
        }
        prop_assert_eq!(networks, whole);
        prop_assert_eq!(neighbourhoods, whole);
        prop_assert_eq!(practices, whole);
        prop_assert_eq!(found.len() as u64, outcome.found);
        prop_assert_eq!(outcome.registered, people.len() as u64);
        prop_assert_eq!(outcome.by_condition_count.values().sum::<u64>(), outcome.of_age);
        let (nobody_objects, _) = run(&people, &places(false), &[]);
        prop_assert_eq!(nobody_objects.found, outcome.found + outcome.objected);
    }
}
