//! How the outcomes stand when the plan begins, and how well the person feels: as they say, and as who
//! works with them sees it. A review asks the same, and lays both beside each other.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::record::ids::PersonId;
use care::review::score::score;
use care::who::access::{Part, Right};

use super::{open_to_write, path};
use crate::ask::{Ask, Tell, paragraph};
use crate::changing::{From, Sent};
use crate::error::Failure;
use crate::forms::Form;
use crate::review::scores::{questions, said};
use crate::seat::Seat;
use crate::security::Posted;

/// Whether whoever asks scores the outcomes: the person, and those who see what was assessed.
pub fn may(seat: &Seat, id: PersonId) -> bool {
    let role = &seat.actor.role;
    role.may(Right::WritePlan) && (seat.actor.person == Some(id) || role.sees(Part::Assessment))
}

/// Asks how they stand.
pub async fn ask(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    view(&seat, id, &Form::blank()).await
}

async fn view(seat: &Seat, id: PersonId, form: &Form) -> Result<Response, Failure> {
    if !may(seat, id) {
        return Err(Failure::NotFound);
    }
    let laid = match open_to_write(seat, id).await? {
        Ok(laid) => laid,
        Err(page) => return Ok(page),
    };
    let page = seat.page("How things stand now", "").back(path(id));
    if laid.readable.plan.open_outcomes().next().is_none() {
        let words = "There is nothing in the plan yet of which to say how it stands.";
        return Tell::new(page).part(paragraph(words)).show_with(form);
    }
    let about = if laid.own {
        "Say how near you are to what you want. When we look at your plan again we ask the same, so that \
         all of us see what has changed. You can leave any of it out."
    } else {
        "Ask how near they are to what they want, and say how you see it. Each of you says it for \
         yourself, and the review asks the same again. Leave out what is not said."
    };
    let ask = Ask::new(page, format!("{}/scores", path(id)), "Save").before(paragraph(about));
    let parts = questions(&laid, laid.own, form);
    parts.into_iter().fold(ask, Ask::part).show(form)
}

/// Keeps it.
pub async fn write(
    seat: Seat,
    Path(id): Path<PersonId>,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    if !may(&seat, id) {
        return Err(Failure::NotFound);
    }
    let (typed, names) = (form.clone(), seat.names(id));
    let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
        let (scores, wellbeing) = said(before.person, &names, &typed);
        score(before.person, &scores, wellbeing, asking)
    });
    if changed.await?.kept(&mut form)? {
        return Ok(Redirect::to(&format!("{}?done=scored", path(id))).into_response());
    }
    view(&seat, id, &form).await
}
