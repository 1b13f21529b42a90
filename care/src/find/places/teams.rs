//! The organisations of the place and their teams: who works where, and who answers the door.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::record::choice::choices;
use crate::record::ids::{OrganisationId, TeamId};

use super::super::table::{Problem, Problems, TextFile};
use super::Places;

choices! {
    /// What kind of organisation.
    OrganisationKind {
        /// A local council.
        Council "council" "Council",
        /// An NHS trust: acute, community or mental health.
        Trust "trust" "NHS trust",
        /// A federation of GP practices.
        Federation "federation" "GP federation",
        /// An integrated care board.
        Icb "icb" "Integrated care board",
        /// A voluntary or community group.
        Voluntary "voluntary" "Voluntary or community group",
        /// A housing association or a council's housing service.
        Housing "housing" "Housing",
        /// A leisure provider.
        Leisure "leisure" "Leisure",
        /// A community pharmacy.
        Pharmacy "pharmacy" "Pharmacy",
        /// A provider of care and support.
        Provider "provider" "Care provider",
        /// The local Healthwatch.
        Healthwatch "healthwatch" "Healthwatch",
    }
}

choices! {
    /// What kind of team.
    TeamKind {
        /// Several professions of several organisations, for one neighbourhood.
        Neighbourhood "neighbourhood" "Neighbourhood team",
        /// Where anyone may ask anything.
        FrontDoor "front-door" "Front door",
        /// Works out what people pay for care.
        Finance "finance" "Financial assessment",
        /// Any other team.
        Service "service" "Service",
    }
}

/// An organisation of the place.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// Its ODS code, or the place's own short name.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// What kind.
    pub kind: OrganisationKind,
    /// Whether it was made up for the demonstration.
    #[serde(default)]
    pub invented: bool,
}

/// A team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// The place's own short name.
    pub id: TeamId,
    /// Its name.
    pub name: String,
    /// The organisation that runs it.
    pub organisation: OrganisationId,
    /// What kind.
    pub kind: TeamKind,
    /// Where it works.
    pub area: Area,
    /// What it does, in plain words.
    pub does: String,
}

/// Where a team works.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Area {
    /// In one neighbourhood.
    Neighbourhood(String),
    /// In one network.
    Network(String),
    /// In a whole borough.
    Borough(String),
    /// Everywhere in the place: `area = "place"`.
    Place,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TeamText {
    id: TeamId,
    name: String,
    organisation: OrganisationId,
    kind: TeamKind,
    area: Area,
    does: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OrganisationsText {
    organisation: Vec<Organisation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TeamsText {
    team: Vec<TeamText>,
}

/// The organisations and teams of a place.
#[derive(Debug, Default)]
pub struct Teams {
    organisations: BTreeMap<OrganisationId, Organisation>,
    teams: BTreeMap<TeamId, Team>,
}

impl Teams {
    /// Reads `organisations.toml` and `teams.toml`, and checks that every team's organisation and
    /// area exist.
    pub fn parse(
        organisations: TextFile<'_>,
        teams: TextFile<'_>,
        places: &Places,
    ) -> Result<Self, Problems> {
        let organisation_text: OrganisationsText = toml::from_str(organisations.text)
            .map_err(|error| organisations.problem(error.to_string()))?;
        let team_text: TeamsText =
            toml::from_str(teams.text).map_err(|error| teams.problem(error.to_string()))?;
        let mut problems = Vec::new();
        let mut read = Self::default();
        for organisation in organisation_text.organisation {
            let id = organisation.id.clone();
            if read.organisations.insert(id.clone(), organisation).is_some() {
                problems.push(organisations.problem(format!("‘{id}’ is listed twice")));
            }
        }
        for text in team_text.team {
            let team = Team {
                id: text.id,
                name: text.name,
                organisation: text.organisation,
                kind: text.kind,
                area: text.area,
                does: text.does,
            };
            problems.extend(read.problems_of(teams, &team, places));
            read.teams.insert(team.id.clone(), team);
        }
        Problems::unless(problems, read)
    }

    /// Every organisation, by id.
    pub fn organisations(&self) -> impl Iterator<Item = &Organisation> {
        self.organisations.values()
    }

    /// An organisation by its id.
    pub fn organisation(&self, id: &OrganisationId) -> Option<&Organisation> {
        self.organisations.get(id)
    }

    /// Every team, by id.
    pub fn teams(&self) -> impl Iterator<Item = &Team> {
        self.teams.values()
    }

    /// A team by its id.
    pub fn team(&self, id: &TeamId) -> Option<&Team> {
        self.teams.get(id)
    }

    /// The team of a neighbourhood.
    pub fn of_neighbourhood(&self, neighbourhood: &str) -> Option<&Team> {
        self.teams.values().find(|team| {
            team.kind == TeamKind::Neighbourhood
                && matches!(&team.area, Area::Neighbourhood(id) if id == neighbourhood)
        })
    }

    fn problems_of(&self, file: TextFile<'_>, team: &Team, places: &Places) -> Vec<Problem> {
        let mut problems = Vec::new();
        let id = &team.id;
        if self.teams.contains_key(id) {
            problems.push(file.problem(format!("the team ‘{id}’ is listed twice")));
        }
        if !self.organisations.contains_key(&team.organisation) {
            let what =
                format!("the team ‘{id}’ is run by ‘{}’, which is not listed", team.organisation);
            problems.push(file.problem(what));
        }
        let boroughs: BTreeSet<&str> =
            places.networks().map(|network| network.borough.as_str()).collect();
        let missing = match &team.area {
            Area::Neighbourhood(area) if places.neighbourhood(area).is_none() => Some(area),
            Area::Network(area) if places.network(area).is_none() => Some(area),
            Area::Borough(area) if !boroughs.contains(area.as_str()) => Some(area),
            _ => None,
        };
        problems.extend(missing.map(|area| {
            file.problem(format!("the team ‘{id}’ works in ‘{area}’, which does not exist"))
        }));
        if team.kind == TeamKind::Neighbourhood && !matches!(team.area, Area::Neighbourhood(_)) {
            let what = format!("the team ‘{id}’ is a neighbourhood team without a neighbourhood");
            problems.push(file.problem(what));
        }
        problems
    }
}
