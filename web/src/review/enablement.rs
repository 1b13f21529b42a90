//! Beginning enablement: what it works for, who gives it, from when until when.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::record::ids::{PersonId, TeamId};
use care::review::enablement::{Begin, begin};
use care::who::role::Right;

use super::{hours, reviews, with_date};
use crate::ask::{Ask, link, paragraph};
use crate::assess::Laid;
use crate::changing::{From, Sent};
use crate::components::{Checkboxes, Choice, DateInput, Select, TextInput};
use crate::error::Failure;
use crate::forms::Form;
use crate::posted::Posted;
use crate::seat::Seat;

const LOOKED_AT: &str = "the form that begins enablement";

/// The days it is planned for, where nobody says otherwise: six weeks.
const USUAL_DAYS: i32 = 6 * 7;

/// Asks what is planned.
pub async fn ask(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    let form = Form::blank().with("team", seat.actor.team.as_ref().map_or("", TeamId::as_str));
    let form = with_date(form, "from", seat.today);
    let form = with_date(form, "until", seat.today.plus_days(USUAL_DAYS));
    view(&seat, id, &form).await
}

async fn view(seat: &Seat, id: PersonId, form: &Form) -> Result<Response, Failure> {
    seat.require(Right::Review)?;
    let laid = Laid::open(seat, id, LOOKED_AT, reviews).await?;
    let (given, path) = (laid.given(), laid.path());
    let page = seat.page("Begin enablement", "").back(format!("{path}/reviews"));
    let mut ask = Ask::new(page, format!("{path}/enablement"), "Begin").before(paragraph(
        "Support for some weeks so that somebody can do more for themself. Each week you write down how \
         it goes. It is planned to end within six weeks, and what follows is decided then. It is free \
         for these weeks.",
    ));
    if let Some(programme) = laid.readable.reviews.under_way() {
        let href = format!("{path}/enablement/{}", laid.called(programme.begun.entry));
        ask = ask.before(link("Enablement is under way already", &href));
    }
    let outcomes = laid.readable.plan.open_outcomes();
    let outcomes = outcomes
        .map(|one| Choice::new(laid.called(one.id).to_string(), one.written.said.words.as_str()));
    ask.part(
        Checkboxes::new("outcomes", format!("What does {given} want to reach with it?"), outcomes)
            .filled(form),
    )
    .part(
        Select::new("team", "Which team gives it?", seat.team_choices(laid.record.practice()))
            .filled(form),
    )
    .part(DateInput::new("from", "Its first day").filled(form))
    .part(DateInput::new("until", "Planned to end on").filled(form))
    .part(hours_a_week("Hours of support a week at its start", form))
    .show(form)
}

/// Asks for hours.
pub(super) fn hours_a_week(label: &str, form: &Form) -> TextInput {
    TextInput::new("hours", label)
        .hint("In quarters of an hour, such as 7.25 or 7:15.")
        .width(5)
        .inputmode("decimal")
        .no_spellcheck()
        .filled(form)
}

/// Reads the hours that a form has; where there are none, that is noted on it.
pub(super) fn hours_in(form: &mut Form) -> Option<u16> {
    form.required("hours", "Write the hours; write 0 if there are none")?;
    form.parsed("hours", hours::parse)
}

/// Begins it.
pub async fn write(
    seat: Seat,
    Path(id): Path<PersonId>,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::Review)?;
    let team = |text: &str| seat.open_team(text);
    let team = form.chosen("team", team, "Choose the team that gives it");
    let from = form.required_date("from", "the first day", "Enter its first day");
    let until = form.required_date("until", "the planned end", "Enter the planned end");
    let hours = hours_in(&mut form);
    let names = seat.names(id);
    let outcomes = form.values("outcomes").filter_map(|outcome| names.read(outcome)).collect();
    if let (Some(team), Some(from), Some(until), Some(quarters)) = (team, from, until, hours) {
        let wanted = Begin { outcomes, team, from, until, quarters };
        let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
            begin(before.person, &wanted, asking)
        });
        if changed.await?.kept(&mut form)? {
            let to = format!("/person/{id}/reviews?done=enablement");
            return Ok(Redirect::to(&to).into_response());
        }
    }
    view(&seat, id, &form).await
}
