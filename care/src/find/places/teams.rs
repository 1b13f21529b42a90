//! The organisations of the place and their teams: who works where, and who answers the door.

use std::collections::{BTreeMap, BTreeSet};

use law::choices;
use law::day::Day;
use serde::Deserialize;

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
        Icb "icb" "Integrated care board",
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
    /// The number on which anyone may ring it, as it stands in letters.
    pub telephone: Option<String>,
    /// When it closes, and who has its work from then on.
    pub closes: Option<Closes>,
}

impl Team {
    /// Whether it still takes work on a day.
    pub fn is_open(&self, day: Day) -> bool {
        self.closes.as_ref().is_none_or(|closes| day < closes.from)
    }
}

/// The end of a team: nothing is ever left without a team that has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closes {
    /// The first day on which it is no more.
    pub from: Day,
    /// The team that has its work from that day.
    pub to: TeamId,
    /// Why, in a sentence that stands beside the work.
    pub why: String,
}

/// The team that has what nobody owns in a borough, where no neighbourhood team's lead has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fallback {
    /// The borough.
    pub borough: String,
    /// The team.
    pub team: TeamId,
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
    telephone: Option<String>,
    closes: Option<Closes>,
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
    #[serde(default)]
    fallback: Vec<Fallback>,
}

/// The organisations and teams of a place.
#[derive(Debug, Default)]
pub struct Teams {
    organisations: BTreeMap<OrganisationId, Organisation>,
    by_id: BTreeMap<TeamId, Team>,
    fallbacks: Vec<Fallback>,
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
                telephone: text.telephone,
                closes: text.closes,
            };
            problems.extend(read.problems_of(teams, &team, places));
            read.by_id.insert(team.id.clone(), team);
        }
        read.fallbacks = team_text.fallback;
        problems.extend(read.left_without(teams));
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
        self.by_id.values()
    }

    /// A team by its id.
    pub fn team(&self, id: &TeamId) -> Option<&Team> {
        self.by_id.get(id)
    }

    /// The team of a neighbourhood.
    pub fn of_neighbourhood(&self, neighbourhood: &str) -> Option<&Team> {
        self.by_id.values().find(|team| {
            team.kind == TeamKind::Neighbourhood
                && matches!(&team.area, Area::Neighbourhood(id) if id == neighbourhood)
        })
    }

    /// The front door of a borough.
    pub fn front_door(&self, borough: &str) -> Option<&Team> {
        self.by_id.values().find(|team| {
            team.kind == TeamKind::FrontDoor
                && matches!(&team.area, Area::Borough(name) if name == borough)
        })
    }

    /// The teams that take work on a day, those nearest to the people of a practice first: of their
    /// neighbourhood, of their network, of their borough with its front door first, of the whole place, of
    /// elsewhere; each by name.
    pub fn nearest_first(&self, places: &Places, practice: Option<&str>, day: Day) -> Vec<&Team> {
        let here = practice.and_then(|ods| places.neighbourhood_of(ods, day));
        let network = here.and_then(|here| places.network_of(&here.id, day));
        let borough = practice.and_then(|ods| Some(places.practice(ods)?.borough.as_str()));
        let far =
            |team: &Team| match &team.area {
                Area::Neighbourhood(id) if here.is_some_and(|here| here.id == *id) => 0,
                Area::Network(id) if network.is_some_and(|network| network.id == *id) => 1,
                Area::Borough(name) if borough == Some(name) => {
                    if team.kind == TeamKind::FrontDoor { 2 } else { 3 }
                }
                Area::Place => 4,
                _ => 5,
            };
        let mut teams: Vec<&Team> = self.teams().filter(|team| team.is_open(day)).collect();
        teams.sort_by_key(|team| (far(team), team.name.as_str()));
        teams
    }

    /// The team that has what nobody owns in a borough; where the borough is not known, or has none
    /// named, the first of those named.
    pub fn fallback(&self, borough: Option<&str>) -> Option<&Team> {
        let named = self.fallbacks.iter().find(|one| Some(one.borough.as_str()) == borough);
        self.team(&named.or(self.fallbacks.first())?.team)
    }

    /// The teams that are named for what nobody owns, each with its borough.
    pub fn fallbacks(&self) -> impl Iterator<Item = &Fallback> {
        self.fallbacks.iter()
    }

    /// Work that would be nobody's: a team that closes and passes to one that is not there or comes
    /// back to itself; a council's front door in a borough for which no team is named.
    fn left_without(&self, file: TextFile<'_>) -> Vec<Problem> {
        let mut problems = Vec::new();
        for team in self.by_id.values() {
            let (mut at, mut steps) = (team, 0);
            while let Some(closes) = &at.closes {
                steps += 1;
                let Some(next) = self.team(&closes.to) else {
                    let what = format!(
                        "the team ‘{}’ closes and passes to ‘{}’, which is not listed",
                        at.id, closes.to
                    );
                    problems.push(file.problem(what));
                    break;
                };
                if steps > self.by_id.len() {
                    let what = format!(
                        "the team ‘{}’ closes, and its work would go round and round: name a team \
                         that stays",
                        team.id
                    );
                    problems.push(file.problem(what));
                    break;
                }
                at = next;
            }
        }
        for one in &self.fallbacks {
            if self.team(&one.team).is_none_or(|team| team.closes.is_some()) {
                let what = format!(
                    "what nobody owns in {} goes to ‘{}’, which is not listed or closes",
                    one.borough, one.team
                );
                problems.push(file.problem(what));
            }
        }
        let doors = self.by_id.values().filter(|team| team.kind == TeamKind::FrontDoor);
        for door in doors {
            let Area::Borough(borough) = &door.area else { continue };
            if self.fallbacks.iter().all(|one| one.borough != *borough) {
                let what = format!(
                    "nobody is named for what nobody owns in {borough}: add a [[fallback]] with its \
                     borough and a team"
                );
                problems.push(file.problem(what));
            }
        }
        problems
    }

    fn problems_of(&self, file: TextFile<'_>, team: &Team, places: &Places) -> Vec<Problem> {
        let mut problems = Vec::new();
        let id = &team.id;
        if self.by_id.contains_key(id) {
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
        let rings = |number: &str| {
            number.chars().any(|sign| sign.is_ascii_digit())
                && number.chars().all(|sign| sign.is_ascii_digit() || " +()".contains(sign))
        };
        if let Some(number) = team.telephone.as_deref().filter(|number| !rings(number)) {
            let what = format!("the team ‘{id}’ has the telephone ‘{number}’, which is no number");
            problems.push(file.problem(what));
        }
        if team.kind == TeamKind::Neighbourhood && !matches!(team.area, Area::Neighbourhood(_)) {
            let what = format!("the team ‘{id}’ is a neighbourhood team without a neighbourhood");
            problems.push(file.problem(what));
        }
        problems
    }
}
