//! Whoever is signed in, in the role they act in. What every handler behind the gate starts from.

use std::collections::BTreeSet;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use care::find::places::caseload::came_from;
use care::record::entry::EntryNumber;
use care::record::fact::decision::Matter;
use care::record::ids::{PersonId, UserId};
use care::record::moment::Moment;
use care::who::access::acts_in;
use care::who::actor::{Actor, Asking};
use care::who::role::{Part, Reach, Right};
use law::day::Day;
use store::engine::Tx;
use store::work::Due;
use store::{StoreError, stories, users};

use crate::app::{App, Place, london_day};
use crate::components::NavigationItem;
use crate::error::Failure;
use crate::names::{EntryNames, Name};
use crate::page::Page;
use crate::session::Session;
use crate::threads::off_thread;

/// Whoever is signed in, the state, and what time it is.
#[derive(Clone)]
pub struct Seat {
    /// Who asks, in which role.
    pub actor: Actor,
    /// The state.
    pub app: App,
    /// The instant of this request.
    pub now: Moment,
    /// The day in London.
    pub today: Day,
    /// Whether a form was sent, so that what is shown now has been shown before.
    pub posted: bool,
    session: Session,
}

impl FromRequestParts<App> for Seat {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let session = Session::from_request_parts(parts, app).await?;
        let now = app.gate.now();
        let today = london_day(now);
        let (kith, user) = (app.clone(), session.user);
        let actor =
            off_thread(move || Ok(kith.store.read(|tx| actor(tx, &kith.place, user, today))?));
        match actor.await.map_err(IntoResponse::into_response)? {
            Some(actor) => {
                let posted = !parts.method.is_safe();
                Ok(Self { actor, app: app.clone(), now, today, posted, session })
            }
            None => Err(Failure::NoRole.into_response()),
        }
    }
}

/// The user in the seat they hold on a day; None for somebody who holds none.
pub fn actor(
    tx: &mut dyn Tx,
    place: &Place,
    user: UserId,
    today: Day,
) -> Result<Option<Actor>, StoreError> {
    let Some(account) = users::account(tx, user)? else { return Ok(None) };
    let seats = users::seats(tx, user, today)?;
    let held = seats.into_iter().find_map(|seat| {
        let role = place.roles.get(&seat.role)?.clone();
        Some((seat, role))
    });
    let Some((seat, role)) = held else { return Ok(None) };
    let acts_for_another = role.reach == Reach::Represents;
    let practices = match (role.reach, &seat.team) {
        (Reach::Practice, _) => vec![seat.organisation.as_str().to_owned()],
        (Reach::Area, Some(team)) => place.practices_of(team, today),
        _ => Vec::new(),
    };
    let tables = (&place.teams, &place.places);
    let took_over = seat.team.as_ref().map(|team| came_from(tables, team, today));
    let mut actor = Actor {
        user,
        name: account.name,
        role,
        organisation: seat.organisation,
        team: seat.team,
        practices,
        person: account.person.filter(|_| !acts_for_another),
        represents: account.person.filter(|_| acts_for_another),
        acts_in: BTreeSet::new(),
        took_over: took_over.unwrap_or_default(),
    };
    if let Some(person) = actor.represents {
        let person = stories::person(tx, person)?;
        actor.acts_in = acts_in(&actor, &person, today);
        actor.role = actor.role.acting_in(&actor.acts_in);
    }
    Ok(Some(actor))
}

impl Seat {
    /// Where the people are who are their concern, as a sentence ends.
    pub fn here(&self) -> &'static str {
        if self.actor.role.reach == Reach::Practice { "at your surgery" } else { "in your area" }
    }

    /// A page for whoever is signed in, with the ways open to their role.
    pub fn page(&self, title: impl Into<String>, here: &str) -> Page {
        let place = &self.app.place;
        let organisation = place.organisation_name(&self.actor.organisation);
        let role = if self.works() {
            format!("{}, {organisation}", self.actor.role.title)
        } else {
            self.actor.role.title.clone()
        };
        Page { shown: Some(self.now), ..self.session.page(title) }
            .signed_in(self.actor.name.as_str(), role)
            .navigation(self.ways(), here)
    }

    /// Whether they are here to work, and not for themselves or somebody close.
    pub fn works(&self) -> bool {
        self.actor.person.is_none() && self.actor.represents.is_none()
    }

    /// Whether they read what others have written up of their practice: whoever works here.
    pub fn reads_practice(&self) -> bool {
        self.works() && self.actor.role.may(Right::Write)
    }

    /// Whether they act for somebody in more than money.
    pub fn decides_care(&self) -> bool {
        let money = [Matter::Money, Matter::Benefits];
        self.actor.acts_in.iter().any(|matter| !money.contains(matter))
    }

    fn ways(&self) -> Vec<NavigationItem> {
        let role = &self.actor.role;
        let mut ways = Vec::new();
        let mut way = |open: bool, text: &str, href: &str| {
            if open {
                ways.push(NavigationItem::new(text, href));
            }
        };
        way(self.actor.person.is_some(), "My record", "/me");
        if let Some(person) = self.actor.represents {
            let decisions = format!("/person/{person}/decisions");
            way(role.sees(Part::Means), "What they pay", &format!("/person/{person}/means"));
            way(self.decides_care(), "Decisions for them", &decisions);
        }
        way(self.works(), "My work", "/work");
        way(role.may(Right::SeeFound), "People found", "/found");
        way(role.may(Right::Search), "Search", "/search");
        way(self.reads_practice(), "Practice", "/practice");
        // A door is what those who work here call it.
        let door = if self.works() { "Front door" } else { "Ask us" };
        way(role.may(Right::RecordContact), door, "/contact");
        ways
    }

    /// What the entries of a person are called.
    pub fn names(&self, person: PersonId) -> EntryNames {
        self.app.names.of_person(person)
    }

    /// What an entry of a person is called.
    pub fn called(&self, person: PersonId, entry: EntryNumber) -> Name {
        self.names(person).called(entry)
    }

    /// What the entry is called that something due comes from.
    pub fn due_called(&self, due: &Due) -> Name {
        self.called(due.person, due.entry)
    }

    /// What a decision is told.
    pub fn asking(&self) -> Asking<'_> {
        Asking {
            actor: &self.actor,
            today: self.today,
            now: self.now,
            promises: &self.app.place.promises,
        }
    }

    /// Refuses, as if the page were not there, unless the role has a right.
    pub fn require(&self, right: Right) -> Result<(), Failure> {
        if self.actor.role.may(right) { Ok(()) } else { Err(Failure::NotFound) }
    }

    /// Reads the store, away from the threads that answer.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut dyn Tx, &Self) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Failure> {
        let seat = self.clone();
        off_thread(move || Ok(seat.app.store.read(|tx| work(tx, &seat))?)).await
    }

    /// Changes the store, away from the threads that answer. All of it is kept, or none.
    pub async fn write<T: Send + 'static>(
        &self,
        mut work: impl FnMut(&mut dyn Tx, &Self) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Failure> {
        let seat = self.clone();
        off_thread(move || {
            let store = std::sync::Arc::clone(&seat.app.store);
            Ok(store.write(move |tx| work(tx, &seat))?)
        })
        .await
    }
}
