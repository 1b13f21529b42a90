//! Places: which practice lies in which neighbourhood, and which neighbourhood in which network,
//! from which day to which.
//!
//! Where somebody is registered and where they live are kept apart: a person may live in one
//! neighbourhood and be registered in another. Everything is asked for a day, so that a practice
//! that moves takes nothing of its past with it.

use std::collections::{BTreeMap, BTreeSet};

use law::day::Day;

use crate::record::hash::Hash;

use super::table::{Problem, Problems, Table, TextFile};

pub mod caseload;
mod dated;
pub mod realign;
pub mod sizes;
pub mod teams;

use dated::Dated;

/// A GP practice, as the place's own table describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacePractice {
    /// ODS code.
    pub ods: String,
    /// Name.
    pub name: String,
    /// Postcode of its main site.
    pub postcode: String,
    /// The borough it belongs to.
    pub borough: String,
    /// How many people are on its list, if known …
    pub list_size: Option<u32>,
    /// … and on which day they were counted.
    pub list_size_on: Option<Day>,
}

/// A neighbourhood: 30,000–50,000 people, where it can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbourhood {
    /// The place's own short name, such as `lewisham-north`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How it came about: an existing primary care network, or our own derivation, and how.
    pub basis: String,
}

/// A network: 100,000–200,000 people and 15–20 practices, where it can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Network {
    /// The place's own short name, such as `southwark-north`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The borough it lies in.
    pub borough: String,
}

/// The texts of the folder `places`.
#[derive(Debug, Clone, Copy)]
pub struct PlaceFiles<'a> {
    /// `practices.csv`: every practice, with the size of its list.
    pub practices: TextFile<'a>,
    /// `networks.csv`.
    pub networks: TextFile<'a>,
    /// `neighbourhoods.csv`: each with its network, dated.
    pub neighbourhoods: TextFile<'a>,
    /// `placements.csv`: each practice with its neighbourhood, dated.
    pub placements: TextFile<'a>,
    /// `residence.csv`: each small area (LSOA) with its neighbourhood, dated.
    pub residence: TextFile<'a>,
}

impl PlaceFiles<'_> {
    fn digest(&self) -> Hash {
        let files =
            [self.practices, self.networks, self.neighbourhoods, self.placements, self.residence];
        let lines = files.map(|file| Hash::of(file.text.as_bytes()).to_string());
        Hash::of(format!("kith places 1\n{}\n", lines.join("\n")).as_bytes())
    }
}

/// The place: practices, neighbourhoods, networks and where people live.
#[derive(Debug)]
pub struct Places {
    /// SHA-256 over the texts: what a run rested on.
    pub digest: Hash,
    practices: BTreeMap<String, PlacePractice>,
    networks: BTreeMap<String, Network>,
    neighbourhoods: BTreeMap<String, Neighbourhood>,
    placements: Dated,
    memberships: Dated,
    residence: Dated,
}

impl Places {
    /// Reads and checks the place: no gap and no overlap in any history, and nothing that names
    /// what is not there.
    pub fn parse(files: &PlaceFiles<'_>) -> Result<Self, Problems> {
        let mut problems = Vec::new();
        let mut places = Self {
            digest: files.digest(),
            practices: BTreeMap::new(),
            networks: BTreeMap::new(),
            neighbourhoods: BTreeMap::new(),
            placements: Dated::default(),
            memberships: Dated::default(),
            residence: Dated::default(),
        };
        let outcomes = [
            places.read_practices(files.practices, &mut problems),
            places.read_networks(files.networks, &mut problems),
            places.read_neighbourhoods(files.neighbourhoods, &mut problems),
            places.read_placements(files.placements, &mut problems),
            places.read_residence(files.residence, &mut problems),
        ];
        problems.extend(outcomes.into_iter().filter_map(Result::err).flat_map(|all| all.0));
        Problems::unless(problems, places)
    }

    /// The neighbourhood where a practice's people are registered on a day.
    pub fn neighbourhood_of(&self, practice: &str, day: Day) -> Option<&Neighbourhood> {
        self.neighbourhoods.get(self.placements.at(practice, day)?)
    }

    /// The neighbourhood where the people of a small area (2011 LSOA) live on a day.
    pub fn of_residence(&self, lsoa: &str, day: Day) -> Option<&Neighbourhood> {
        self.neighbourhoods.get(self.residence.at(lsoa, day)?)
    }

    /// The network that a neighbourhood lies in on a day.
    pub fn network_of(&self, neighbourhood: &str, day: Day) -> Option<&Network> {
        self.networks.get(self.memberships.at(neighbourhood, day)?)
    }

    /// The practices of a neighbourhood on a day, by ODS code.
    pub fn practices_in(&self, neighbourhood: &str, day: Day) -> Vec<&PlacePractice> {
        let lies_there = |practice: &&PlacePractice| {
            self.placements.at(&practice.ods, day) == Some(neighbourhood)
        };
        self.practices.values().filter(lies_there).collect()
    }

    /// The neighbourhoods of a network on a day, by id.
    pub fn neighbourhoods_in(&self, network: &str, day: Day) -> Vec<&Neighbourhood> {
        let lies_there = |neighbourhood: &&Neighbourhood| {
            self.memberships.at(&neighbourhood.id, day) == Some(network)
        };
        self.neighbourhoods.values().filter(lies_there).collect()
    }

    /// Every network, by id.
    pub fn networks(&self) -> impl Iterator<Item = &Network> {
        self.networks.values()
    }

    /// Every neighbourhood, by id.
    pub fn neighbourhoods(&self) -> impl Iterator<Item = &Neighbourhood> {
        self.neighbourhoods.values()
    }

    /// Every practice, by ODS code.
    pub fn practices(&self) -> impl Iterator<Item = &PlacePractice> {
        self.practices.values()
    }

    /// A practice by its ODS code.
    pub fn practice(&self, ods: &str) -> Option<&PlacePractice> {
        self.practices.get(ods)
    }

    /// A neighbourhood by its id.
    pub fn neighbourhood(&self, id: &str) -> Option<&Neighbourhood> {
        self.neighbourhoods.get(id)
    }

    /// A network by its id.
    pub fn network(&self, id: &str) -> Option<&Network> {
        self.networks.get(id)
    }

    fn read_practices(
        &mut self,
        file: TextFile<'_>,
        problems: &mut Vec<Problem>,
    ) -> Result<(), Problems> {
        let columns = [
            "practice",
            "name",
            "postcode",
            "latitude",
            "longitude",
            "list_size",
            "list_size_on",
            "borough",
        ];
        for row in &Table::read(file, &columns)?.rows {
            let read = || {
                let practice = PlacePractice {
                    ods: row.required(0, "practice")?.to_owned(),
                    name: row.required(1, "name")?.to_owned(),
                    postcode: row.field(2).to_owned(),
                    list_size: row.number(5, "list_size")?,
                    list_size_on: row.day(6)?,
                    borough: row.required(7, "borough")?.to_owned(),
                };
                if practice.list_size.is_some() && practice.list_size_on.is_none() {
                    return Err(row.problem("say in ‘list_size_on’ when the list was counted"));
                }
                Ok(practice)
            };
            match read() {
                Ok(practice) if self.practices.contains_key(&practice.ods) => {
                    problems.push(row.problem(format!("{} is listed twice", practice.ods)));
                }
                Ok(practice) => {
                    self.practices.insert(practice.ods.clone(), practice);
                }
                Err(problem) => problems.push(problem),
            }
        }
        Ok(())
    }

    fn read_networks(
        &mut self,
        file: TextFile<'_>,
        problems: &mut Vec<Problem>,
    ) -> Result<(), Problems> {
        for row in &Table::read(file, &["network", "name", "borough"])?.rows {
            let read = || {
                Ok(Network {
                    id: row.required(0, "network")?.to_owned(),
                    name: row.required(1, "name")?.to_owned(),
                    borough: row.required(2, "borough")?.to_owned(),
                })
            };
            match read() {
                Ok(network) if self.networks.contains_key(&network.id) => {
                    problems.push(row.problem(format!("‘{}’ is listed twice", network.id)));
                }
                Ok(network) => {
                    self.networks.insert(network.id.clone(), network);
                }
                Err(problem) => problems.push(problem),
            }
        }
        Ok(())
    }

    fn read_neighbourhoods(
        &mut self,
        file: TextFile<'_>,
        problems: &mut Vec<Problem>,
    ) -> Result<(), Problems> {
        let columns = ["neighbourhood", "name", "network", "from", "until", "basis"];
        let table = Table::read(file, &columns)?;
        for row in &table.rows {
            let read = || {
                Ok(Neighbourhood {
                    id: row.required(0, "neighbourhood")?.to_owned(),
                    name: row.required(1, "name")?.to_owned(),
                    basis: row.required(5, "basis")?.to_owned(),
                })
            };
            match read() {
                // A neighbourhood that changed network has a line for each.
                Ok(neighbourhood) => match self.neighbourhoods.get(&neighbourhood.id) {
                    Some(known) if known.name != neighbourhood.name => {
                        let what = format!("‘{}’ has another name above", neighbourhood.id);
                        problems.push(row.problem(what));
                    }
                    _ => {
                        self.neighbourhoods.insert(neighbourhood.id.clone(), neighbourhood);
                    }
                },
                Err(problem) => problems.push(problem),
            }
        }
        let networks = |id: &str| self.networks.contains_key(id);
        self.memberships = Dated::read(&table, [0, 2, 3, 4], ("network", &networks), problems);
        Ok(())
    }

    fn read_placements(
        &mut self,
        file: TextFile<'_>,
        problems: &mut Vec<Problem>,
    ) -> Result<(), Problems> {
        let table = Table::read(file, &["practice", "neighbourhood", "from", "until"])?;
        for row in table.rows.iter().filter(|row| !self.practices.contains_key(row.field(0))) {
            let what = format!("‘{}’ is not in the table of practices", row.field(0));
            problems.push(row.problem(what));
        }
        let neighbourhoods = |id: &str| self.neighbourhoods.contains_key(id);
        let known: (&str, &dyn Fn(&str) -> bool) = ("neighbourhood", &neighbourhoods);
        let placements = Dated::read(&table, [0, 1, 2, 3], known, problems);
        let placed: BTreeSet<&str> = placements.keys().collect();
        for practice in self.practices.keys().filter(|ods| !placed.contains(ods.as_str())) {
            problems.push(file.problem(format!("the practice {practice} has no neighbourhood")));
        }
        self.placements = placements;
        Ok(())
    }

    fn read_residence(
        &mut self,
        file: TextFile<'_>,
        problems: &mut Vec<Problem>,
    ) -> Result<(), Problems> {
        let table = Table::read(file, &["lsoa", "neighbourhood", "from", "until"])?;
        let neighbourhoods = |id: &str| self.neighbourhoods.contains_key(id);
        let known: (&str, &dyn Fn(&str) -> bool) = ("neighbourhood", &neighbourhoods);
        self.residence = Dated::read(&table, [0, 1, 2, 3], known, problems);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
