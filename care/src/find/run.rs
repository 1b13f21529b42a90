//! A run: a criterion applied to everybody on the register, as one scan goes by.
//!
//! Somebody who objected is not found: they are counted apart. People whose practice lies in no
//! neighbourhood of the place on that day stand under a heading of their own, so that the parts
//! always add up to the whole.

use std::collections::{BTreeMap, HashMap};

use law::day::Day;
use serde::Serialize;

use crate::record::fact::Evidence;
use crate::record::hash::Hash;
use crate::record::ids::{PersonId, RunId};

use super::criterion::Criterion;
use super::judge::{Candidate, evidence, is_at_least, judge};
use super::places::Places;

/// The age of an adult (Family Law Reform Act 1969 s1; Care Act 2014 s2(8)).
const ADULT: u8 = 18;

/// The heading of those whose practice is in no neighbourhood.
const NOWHERE: &str = "Not in a neighbourhood of this place";

/// A run under way.
pub struct Run<'a> {
    criterion: &'a Criterion,
    places: &'a Places,
    as_of: Day,
    by_practice: HashMap<String, Tally>,
    by_condition_count: Vec<u64>,
    of_age: u64,
    objected: u64,
}

/// Whom a run found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPerson {
    /// Who.
    pub person: PersonId,
    /// Where they are registered.
    pub practice: Option<String>,
    /// The neighbourhood of that practice on the day looked at.
    pub neighbourhood: Option<String>,
    /// The network of that neighbourhood on that day.
    pub network: Option<String>,
    /// How many conditions counted.
    pub conditions: u32,
    /// What counted.
    pub evidence: Vec<Evidence>,
}

/// How many people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Tally {
    /// Found by the criterion, and not objecting.
    pub found: u64,
    /// Living, on the register.
    pub registered: u64,
    /// Of these, certainly 18 or over.
    pub adults: u64,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.found += other.found;
        self.registered += other.registered;
        self.adults += other.adults;
    }
}

/// What a run came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// The criterion's id.
    pub criterion: String,
    /// Its version.
    pub version: String,
    /// What it looks for.
    pub title: String,
    /// SHA-256 of the criterion and its lists.
    pub digest: String,
    /// The lists and their versions.
    pub lists: BTreeMap<String, String>,
    /// The day looked at.
    pub as_of: Day,
    /// Living people on the register.
    pub registered: u64,
    /// Of these, certainly 18 or over.
    pub adults: u64,
    /// Of these, certainly of the criterion's ages.
    pub of_age: u64,
    /// Found, and not objecting.
    pub found: u64,
    /// People the criterion would find, had they not objected.
    pub objected: u64,
    /// By network, neighbourhood and practice; those without one last.
    pub by_network: Vec<NetworkRow>,
    /// People of the criterion's ages by how many of its conditions they have.
    pub by_condition_count: BTreeMap<u32, u64>,
}

/// A network's part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NetworkRow {
    /// The network's id; none for those in no network.
    pub network: Option<String>,
    /// Its name.
    pub name: String,
    /// How many people.
    #[serde(flatten)]
    pub tally: Tally,
    /// Its neighbourhoods.
    pub neighbourhoods: Vec<NeighbourhoodRow>,
}

/// A neighbourhood's part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NeighbourhoodRow {
    /// The neighbourhood's id; none for those in no neighbourhood.
    pub neighbourhood: Option<String>,
    /// Its name.
    pub name: String,
    /// How many people.
    #[serde(flatten)]
    pub tally: Tally,
    /// Its practices, by ODS code.
    pub practices: Vec<PracticeRow>,
}

/// A practice's part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PracticeRow {
    /// ODS code; none for people with no practice on record.
    pub practice: Option<String>,
    /// Its name.
    pub name: String,
    /// How many people.
    #[serde(flatten)]
    pub tally: Tally,
}

impl<'a> Run<'a> {
    /// Begins.
    pub fn new(criterion: &'a Criterion, places: &'a Places, as_of: Day) -> Self {
        Self {
            criterion,
            places,
            as_of,
            by_practice: HashMap::new(),
            by_condition_count: vec![0; criterion.conditions_looked_at() + 1],
            of_age: 0,
            objected: 0,
        }
    }

    /// Takes one person into account, and says whether and why they are found. `objected` is asked
    /// only about those whom the criterion finds.
    pub fn see(
        &mut self,
        person: PersonId,
        practice: Option<&str>,
        known: Candidate<'_>,
        objected: impl FnOnce(PersonId) -> bool,
    ) -> Option<FoundPerson> {
        if !known.registered(self.as_of) {
            return None;
        }
        let practice = practice.unwrap_or("");
        if !self.by_practice.contains_key(practice) {
            self.by_practice.insert(practice.to_owned(), Tally::default());
        }
        let tally = self.by_practice.get_mut(practice)?;
        tally.registered += 1;
        tally.adults += u64::from(is_at_least(ADULT, known.born, self.as_of));
        let verdict = judge(self.criterion, self.as_of, known);
        if verdict.of_age {
            self.of_age += 1;
            self.by_condition_count[verdict.conditions as usize] += 1;
        }
        if !verdict.found {
            return None;
        }
        if objected(person) {
            self.objected += 1;
            return None;
        }
        tally.found += 1;
        let neighbourhood = self.places.neighbourhood_of(practice, self.as_of);
        let network = neighbourhood.and_then(|n| self.places.network_of(&n.id, self.as_of));
        Some(FoundPerson {
            person,
            practice: (!practice.is_empty()).then(|| practice.to_owned()),
            neighbourhood: neighbourhood.map(|neighbourhood| neighbourhood.id.clone()),
            network: network.map(|network| network.id.clone()),
            conditions: verdict.conditions,
            evidence: evidence(self.criterion, self.as_of, known.records, verdict),
        })
    }

    /// What it came to.
    pub fn outcome(self) -> Outcome {
        let mut whole = Tally::default();
        self.by_practice.values().for_each(|tally| whole.add(*tally));
        let counts = self.by_condition_count.iter().zip(0u32..);
        Outcome {
            criterion: self.criterion.id.clone(),
            version: self.criterion.version.clone(),
            title: self.criterion.title.clone(),
            digest: self.criterion.digest.to_string(),
            lists: self
                .criterion
                .lists()
                .map(|(id, version)| (id.to_owned(), version.to_owned()))
                .collect(),
            as_of: self.as_of,
            registered: whole.registered,
            adults: whole.adults,
            of_age: self.of_age,
            found: whole.found,
            objected: self.objected,
            by_condition_count: counts
                .filter(|(people, conditions)| **people > 0 || *conditions == 0)
                .map(|(people, conditions)| (conditions, *people))
                .collect(),
            by_network: self.by_network(),
        }
    }

    fn by_network(&self) -> Vec<NetworkRow> {
        // Sorted by network, neighbourhood and practice; what belongs nowhere comes last.
        let rows = self.by_practice.iter().map(|(practice, tally)| {
            let neighbourhood = self.places.neighbourhood_of(practice, self.as_of);
            let network = neighbourhood.and_then(|n| self.places.network_of(&n.id, self.as_of));
            (network, neighbourhood, practice.as_str(), *tally)
        });
        let mut sorted: Vec<_> = rows.collect();
        sorted.sort_by_key(|(network, neighbourhood, practice, _)| {
            let network = network.map(|network| network.id.as_str());
            let neighbourhood = neighbourhood.map(|neighbourhood| neighbourhood.id.as_str());
            (network.is_none(), network, neighbourhood.is_none(), neighbourhood, *practice)
        });
        let mut networks: Vec<NetworkRow> = Vec::new();
        for (network, neighbourhood, practice, tally) in sorted {
            let network_id = network.map(|network| network.id.clone());
            if networks.last().is_none_or(|row| row.network != network_id) {
                networks.push(NetworkRow {
                    network: network_id,
                    name: network.map_or(NOWHERE, |network| &network.name).to_owned(),
                    tally: Tally::default(),
                    neighbourhoods: Vec::new(),
                });
            }
            let Some(row) = networks.last_mut() else { continue };
            row.tally.add(tally);
            let neighbourhood_id = neighbourhood.map(|neighbourhood| neighbourhood.id.clone());
            if row.neighbourhoods.last().is_none_or(|row| row.neighbourhood != neighbourhood_id) {
                row.neighbourhoods.push(NeighbourhoodRow {
                    neighbourhood: neighbourhood_id,
                    name: neighbourhood.map_or(NOWHERE, |n| &n.name).to_owned(),
                    tally: Tally::default(),
                    practices: Vec::new(),
                });
            }
            let Some(row) = row.neighbourhoods.last_mut() else { continue };
            row.tally.add(tally);
            row.practices.push(self.practice_row(practice, tally));
        }
        networks
    }

    fn practice_row(&self, practice: &str, tally: Tally) -> PracticeRow {
        let name = match (practice, self.places.practice(practice)) {
            ("", _) => "No practice on record".to_owned(),
            (_, Some(known)) => known.name.clone(),
            (_, None) => "A practice that this place does not list".to_owned(),
        };
        let practice = (!practice.is_empty()).then(|| practice.to_owned());
        PracticeRow { practice, name, tally }
    }
}

/// Everything a run rests on: the same basis gives the same outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Basis {
    /// The digest of the criterion and its lists.
    pub criterion: Hash,
    /// The digest of the places.
    pub places: Hash,
    /// The day looked at.
    pub as_of: Day,
    /// The register's version.
    pub register_version: i64,
}

impl Basis {
    /// The run's id: the same for the same basis and the same people who objected, so that a run
    /// made again is the same run.
    pub fn run_id(&self, objected: impl IntoIterator<Item = PersonId>) -> RunId {
        let mut people: Vec<PersonId> = objected.into_iter().collect();
        people.sort_unstable();
        people.dedup();
        let Self { criterion, places, as_of, register_version } = self;
        let mut text = format!("kith run 1\n{criterion}\n{places}\n{as_of}\n{register_version}\n");
        for person in people {
            text.push_str(&person.to_string());
            text.push('\n');
        }
        let digest = Hash::of(text.as_bytes());
        let mut bytes = [0u8; 16];
        bytes.copy_from_slice(&digest.as_bytes()[..16]);
        RunId::from_uuid(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }
}

#[cfg(test)]
mod tests;
