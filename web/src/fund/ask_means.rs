//! Asking for a financial assessment: when the person was told, and which team is to do it.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::find::places::teams::TeamKind;
use care::fund::means;
use care::record::ids::{PersonId, TeamId};
use care::who::role::Right;

use crate::ask::Ask;
use crate::changing::{From, Sent};
use crate::components::{Choice, DateInput, InsetText, Select, Textarea};
use crate::error::Failure;
use crate::forms::Form;
use crate::posted::Posted;
use crate::reading::Record;
use crate::seat::Seat;

use super::means::seen;

/// Asks what is needed to ask for an assessment.
pub async fn ask(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    seat.require(Right::AskMeans)?;
    let record = seat.record_with(id, "the form for a financial assessment", seen).await?;
    view(&seat, &record, &Form::blank())
}

fn view(seat: &Seat, record: &Record, form: &Form) -> Result<Response, Failure> {
    let id = record.person.id;
    let page = seat.page("Ask for a financial assessment", "").back(format!("/person/{id}/means"));
    let teams = finance_teams(seat).map(|(team, name)| Choice::new(team.as_str(), name));
    let teams = std::iter::once(Choice::new("", "Choose a team")).chain(teams);
    let told = "A charge cannot begin before this day. Tell the person first that they may have to \
                pay, and give them the leaflet.";
    Ask::new(page, format!("/person/{id}/means/ask"), "Ask for it")
        .before(InsetText::new(told))
        .part(
            DateInput::new("told-on", "When was the person told that a charge may be made?")
                .filled(form),
        )
        .part(Select::new("to", "Which team is to do it?", teams).filled(form))
        .part(
            Textarea::new("words", "What they were told, and what to know of them")
                .rows(3)
                .filled(form),
        )
        .show(form)
}

/// The teams that do financial assessments.
fn finance_teams(seat: &Seat) -> impl Iterator<Item = (&TeamId, &str)> {
    let teams = seat.app.place.teams.teams().filter(|team| team.is_open(seat.today));
    teams.filter(|team| team.kind == TeamKind::Finance).map(|team| (&team.id, team.name.as_str()))
}

/// Asks for the assessment.
pub async fn write(
    seat: Seat,
    Path(id): Path<PersonId>,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::AskMeans)?;
    let told =
        form.required_date("told-on", "the day they were told", "Enter the day they were told");
    let known: Vec<TeamId> = finance_teams(&seat).map(|(id, _)| id.clone()).collect();
    let team =
        form.chosen("to", |text| known.into_iter().find(|id| id.as_str() == text), "Choose a team");
    if let (Some(told_on), Some(to)) = (told, team) {
        let words = form.value("words").to_owned();
        let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
            means::ask(before.person, told_on, &words, to.clone(), before.begun, asking)
        });
        if changed.await?.kept(&mut form)? {
            return Ok(Redirect::to(&format!("/person/{id}/means?done=asked")).into_response());
        }
    }
    let record = seat.record_with(id, "the form for a financial assessment", seen).await?;
    view(&seat, &record, &form)
}
