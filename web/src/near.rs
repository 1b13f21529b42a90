//! The teams of the place as somebody chooses one, those nearest to the person first; and how the person
//! reaches theirs.

use care::find::places::teams::{Team, TeamKind};
use care::record::ids::{OrganisationId, TeamId};

use crate::components::{Choice, Select};
use crate::forms::Form;
use crate::seat::Seat;

/// Whom somebody rings who was written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Desk {
    /// The organisation, and its front door.
    pub who: String,
    /// Its number.
    pub telephone: String,
}

impl Desk {
    /// That it can be rung, and whom to ask for.
    pub fn in_a_sentence(&self, ask_for: &str) -> String {
        format!("Ring {} on {}. Ask for {ask_for}.", self.who, self.telephone)
    }
}

/// A team as somebody chooses it.
pub fn choice(team: &Team) -> Choice {
    Choice::new(team.id.as_str(), team.name.as_str())
}

impl Seat {
    /// The team of an id from a form, where it takes work today.
    pub fn open_team(&self, id: &str) -> Option<TeamId> {
        let team = self.app.place.teams.team(&TeamId::new(id))?;
        team.is_open(self.today).then(|| team.id.clone())
    }

    /// The teams that take work today, those that work where a person is registered first; where that is
    /// not known, those of one’s own surgery.
    pub fn teams_near(&self, practice: Option<&str>) -> Vec<&Team> {
        let place = &self.app.place;
        place.teams.nearest_first(&place.places, self.practice_or_own(practice), self.today)
    }

    /// As [`Self::teams_near`], to choose one of.
    pub fn team_choices(&self, practice: Option<&str>) -> Vec<Choice> {
        self.teams_near(practice).into_iter().map(choice).collect()
    }

    /// A list of teams of which one is meant unless another is chosen; where none is, somebody has to choose.
    pub fn team_list(
        &self,
        (name, question): (&str, &str),
        usual: Option<&TeamId>,
        practice: Option<&str>,
        form: &Form,
    ) -> Select {
        let usual = usual.map_or("", TeamId::as_str);
        let chosen = match form.value(name) {
            "" => usual,
            other => other,
        };
        let none = usual.is_empty().then(|| Choice::new("", "Choose a team"));
        let teams = none.into_iter().chain(self.team_choices(practice));
        let list = Select::new(name, question, teams).filled(&Form::blank().with(name, chosen));
        match form.problem(name) {
            Some(error) => list.error(error),
            None => list,
        }
    }

    fn practice_or_own<'a>(&'a self, practice: Option<&'a str>) -> Option<&'a str> {
        practice.or_else(|| self.actor.practices.first().map(String::as_str))
    }

    /// The front door of the borough where a person is registered.
    fn front_door_of(&self, practice: Option<&str>) -> Option<&Team> {
        let place = &self.app.place;
        place.teams.front_door(&place.places.practice(practice?)?.borough)
    }

    /// The teams that help whoever lives near a surgery: that of the neighbourhood, and the front door. Where
    /// no surgery is known, every front door.
    pub fn teams_that_help(&self, practice: Option<&str>) -> Vec<&Team> {
        let open = |team: &&Team| team.is_open(self.today);
        let near: Vec<&Team> = [self.team_of_neighbourhood(practice), self.front_door_of(practice)]
            .into_iter()
            .flatten()
            .filter(open)
            .collect();
        if near.is_empty() { self.front_doors().collect() } else { near }
    }

    /// The team of the neighbourhood where a person is registered.
    fn team_of_neighbourhood(&self, practice: Option<&str>) -> Option<&Team> {
        let place = &self.app.place;
        let here = place.places.neighbourhood_of(practice?, self.today)?;
        place.teams.of_neighbourhood(&here.id)
    }

    /// The front doors of the councils here that are open.
    pub fn front_doors(&self) -> impl Iterator<Item = &Team> {
        let teams = self.app.place.teams.teams();
        teams.filter(|team| team.kind == TeamKind::FrontDoor && team.is_open(self.today))
    }

    /// The front door of the borough where a person is registered, otherwise one’s own team, or the first
    /// front door.
    pub fn front_door_for(&self, practice: Option<&str>) -> Option<TeamId> {
        let any = || self.front_doors().next();
        let door = self.front_door_of(practice).map(|team| &team.id);
        door.or(self.actor.team.as_ref()).or_else(|| any().map(|team| &team.id)).cloned()
    }

    /// The team that answers a contact unless another is chosen: one’s own, where it is there for whoever
    /// lives near it, otherwise the front door of the person’s borough. A surgery has no team, and a ward’s
    /// own team would only be told what it knows.
    pub fn first_asked(&self, practice: Option<&str>) -> Option<&TeamId> {
        let own = self.actor.team.as_ref().and_then(|id| self.app.place.teams.team(id));
        let near =
            |team: &&Team| matches!(team.kind, TeamKind::FrontDoor | TeamKind::Neighbourhood);
        let door = || self.front_door_of(self.practice_or_own(practice));
        own.filter(near).or_else(door).map(|team| &team.id)
    }

    /// The team at whose meeting somebody is talked about unless another is chosen: one’s own, otherwise
    /// that of the person’s neighbourhood.
    pub fn first_meets(&self, practice: Option<&str>) -> Option<&TeamId> {
        let near = || self.team_of_neighbourhood(self.practice_or_own(practice));
        self.actor.team.as_ref().or_else(|| near().map(|team| &team.id))
    }

    /// Whom somebody rings who was written to by an organisation: its front door, otherwise that of the
    /// borough where they are registered; None where the place gives no number.
    pub fn desk(&self, from: &OrganisationId, practice: Option<&str>) -> Option<Desk> {
        let place = &self.app.place;
        let of = |team: &&Team| team.kind == TeamKind::FrontDoor && team.organisation == *from;
        let team = place.teams.teams().find(of).or_else(|| self.front_door_of(practice))?;
        let organisation = place.organisation_name(&team.organisation);
        Some(Desk {
            who: format!("{organisation} ({})", team.name),
            telephone: team.telephone.clone()?,
        })
    }
}
