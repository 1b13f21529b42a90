//! What every handler is given: the store, the place, the gate.

use std::ops::Deref;
use std::sync::Arc;

use axum::extract::FromRef;
use care::assess::form::Forms;
use care::find::cohorts::Cohorts;
use care::find::places::Places;
use care::find::places::teams::{Area, Teams};
use care::record::ids::{OrganisationId, RoleId, TeamId};
use care::record::moment::Moment;
use care::who::actor::Promises;
use care::who::role::{Role, Roles};
use jiff::Span;
use jiff::tz::TimeZone;
use law::charging::Law;
use law::day::Day;
use store::Store;
use uuid::Uuid;

use crate::gate::Gate;
use crate::names::Names;

/// Everything behind the pages.
pub struct Kith {
    /// Where everything is kept.
    pub store: Arc<Store>,
    /// The place's own choices.
    pub place: Place,
    /// What entries are called in addresses and forms.
    pub names: Names,
    /// Who is let in; and the clock.
    pub gate: Gate,
    /// A new identifier: this crate makes none.
    pub new_id: fn() -> Uuid,
}

/// The state that every handler is given.
#[derive(Clone)]
pub struct App(Arc<Kith>);

impl App {
    /// The state of a service.
    pub fn new(kith: Kith) -> Self {
        Self(Arc::new(kith))
    }
}

impl Deref for App {
    type Target = Kith;

    fn deref(&self) -> &Kith {
        &self.0
    }
}

impl FromRef<App> for Gate {
    fn from_ref(app: &App) -> Self {
        app.gate.clone()
    }
}

impl FromRef<App> for Names {
    fn from_ref(app: &App) -> Self {
        app.names.clone()
    }
}

/// The place: its own choices, as data.
pub struct Place {
    /// Its name, as the header shows it.
    pub name: String,
    /// Practices, neighbourhoods, networks.
    pub places: Places,
    /// Organisations and teams.
    pub teams: Teams,
    /// Roles and their rights.
    pub roles: Roles,
    /// What is promised, in days.
    pub promises: Promises,
    /// The criteria by which people are found.
    pub cohorts: Cohorts,
    /// The law's figures, and what the place chooses about charging.
    pub law: Law,
    /// The forms of the assessment, in all their versions.
    pub forms: Forms,
}

impl Place {
    /// An organisation's name: from the place's list, or that of a practice.
    pub fn organisation_name(&self, id: &OrganisationId) -> String {
        if let Some(organisation) = self.teams.organisation(id) {
            return organisation.name.clone();
        }
        self.practice_name(id.as_str())
    }

    /// The name of the organisation for which somebody works in a role; None for who works for none.
    pub fn works_for(&self, role: &RoleId, organisation: &OrganisationId) -> Option<String> {
        let works = self.roles.get(role).is_none_or(Role::works);
        works.then(|| self.organisation_name(organisation))
    }

    /// A practice's name, or its code where the place does not know it.
    pub fn practice_name(&self, ods: &str) -> String {
        self.places.practice(ods).map_or_else(|| ods.to_owned(), |practice| practice.name.clone())
    }

    /// A team's name, or its id where the place no longer has it.
    pub fn team_name(&self, id: &TeamId) -> String {
        self.teams.team(id).map_or_else(|| id.to_string(), |team| team.name.clone())
    }

    /// A role's title, or its id where the place no longer has it.
    pub fn role_title(&self, id: &RoleId) -> String {
        self.roles.get(id).map_or_else(|| id.to_string(), |role| role.title.clone())
    }

    /// The practices whose patients are a team's concern on a day, sorted.
    pub fn practices_of(&self, team: &TeamId, day: Day) -> Vec<String> {
        let Some(team) = self.teams.team(team) else { return Vec::new() };
        let lies_in = |ods: &str| {
            let neighbourhood = self.places.neighbourhood_of(ods, day);
            let network = neighbourhood.and_then(|area| self.places.network_of(&area.id, day));
            match &team.area {
                Area::Neighbourhood(id) => neighbourhood.is_some_and(|area| area.id == *id),
                Area::Network(id) => network.is_some_and(|area| area.id == *id),
                Area::Borough(name) => network.is_some_and(|area| area.borough == *name),
                Area::Place => true,
            }
        };
        let practices = self.places.practices().map(|practice| practice.ods.clone());
        practices.filter(|ods| lies_in(ods)).collect()
    }
}

/// The calendar day in London at an instant.
pub fn london_day(at: Moment) -> Day {
    let date = at.timestamp().to_zoned(london()).date();
    Day::new(date.year(), date.month(), date.day()).unwrap_or_else(|| at.utc_day())
}

/// When the day of an instant began in London.
pub fn london_midnight(at: Moment) -> Moment {
    let day = at.timestamp().to_zoned(london()).start_of_day();
    day.map_or(at, |day| Moment::new(day.timestamp()))
}

/// The same time of day in London, so many days before an instant.
pub fn days_before(at: Moment, days: i64) -> Moment {
    let before = at.timestamp().to_zoned(london()).checked_sub(Span::new().days(days));
    before.map_or(at, |before| Moment::new(before.timestamp()))
}

/// An instant as a page shows it: “27 March 2026 at 9:05am”.
pub fn time_in_words(at: Moment) -> String {
    let time = at.timestamp().to_zoned(london()).time();
    let (hour, half) = match time.hour() {
        0 => (12, "am"),
        hour @ 1..=11 => (hour, "am"),
        12 => (12, "pm"),
        hour => (hour - 12, "pm"),
    };
    format!("{} at {hour}:{:02}{half}", london_day(at).in_words(), time.minute())
}

/// London's time zone: bundled, so that it is there on every machine.
fn london() -> TimeZone {
    TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_begin_in_london() {
        for (at, began) in [
            ("2026-11-22T00:05:00Z", "2026-11-22T00:00:00Z"),
            ("2026-06-30T23:30:00Z", "2026-06-30T23:00:00Z"),
            ("2026-06-30T22:30:00Z", "2026-06-29T23:00:00Z"),
            // The clocks went back that night.
            ("2026-10-25T12:00:00Z", "2026-10-24T23:00:00Z"),
        ] {
            let began = Moment::parse(began).unwrap();
            assert_eq!(london_midnight(Moment::parse(at).unwrap()), began, "{at}");
        }
    }

    #[test]
    fn times_are_londons() {
        let winter = Moment::parse("2026-11-22T00:05:00Z").unwrap();
        assert_eq!(time_in_words(winter), "22 November 2026 at 12:05am");
        let summer = Moment::parse("2026-06-30T23:30:00Z").unwrap();
        assert_eq!(time_in_words(summer), "1 July 2026 at 12:30am");
        assert_eq!(
            time_in_words(Moment::parse("2026-06-30T12:00:00Z").unwrap()),
            "30 June 2026 at 1:00pm"
        );
    }
}
