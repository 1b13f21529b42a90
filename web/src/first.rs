//! Where a user's day begins, by who they are.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::who::role::{Part, Right};

use crate::ask::{Tell, link, paragraph};
use crate::error::Failure;
use crate::posted::Asked;
use crate::record::person;
use crate::seat::Seat;

/// Leads to where somebody's day begins.
pub async fn show(seat: Seat) -> Result<Response, Failure> {
    let to = match (seat.actor.person, seat.actor.represents) {
        (Some(_), _) => "/me".to_owned(),
        (None, Some(person)) if seat.decides_care() => format!("/person/{person}/decisions"),
        (None, Some(person)) if seat.actor.role.sees(Part::Means) => {
            format!("/person/{person}/means")
        }
        (None, Some(_)) => return nothing_to_act_on(&seat),
        (None, None) => "/work".to_owned(),
    };
    Ok(Redirect::to(&to).into_response())
}

/// What somebody reads who would act for another, while nothing on record lets them: not for whom.
fn nothing_to_act_on(seat: &Seat) -> Result<Response, Failure> {
    let tell = Tell::new(seat.page("You cannot act for anybody here yet", ""))
        .part(paragraph(
            "You sign in to act for somebody else. For that we must have seen the paper that lets you: a \
             power of attorney, a court’s order, or the letter that makes you their appointee for benefits.",
        ))
        .part(paragraph(
            "None is on record here that holds today and is about something you could see. It may have \
             come to its end, or not be registered yet. Show it to somebody who works with the person, and \
             they put it on record. Then you find here what you may see and decide.",
        ));
    if !seat.actor.role.may(Right::RecordContact) {
        return tell.show();
    }
    tell.part(link("Ask us", "/contact")).show()
}

/// A person's own page.
pub async fn me(seat: Seat, asked: Asked) -> Result<Response, Failure> {
    let own = seat.actor.person.ok_or(Failure::NotFound)?;
    person::show(seat, Path(own), asked).await
}
