//! The letter: what the person pays, why, and what to do if it is wrong. Made to be printed.

use axum::extract::Path;
use axum::response::Response;
use care::record::ids::PersonId;

use crate::ask::{Tell, paragraph};
use crate::error::Failure;
use crate::reading::{Record, full_name, identity_of};
use crate::seat::Seat;

use super::means::seen;
use super::working;

/// Shows the letter about what holds today.
pub async fn show(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    let there = |record: &Record, seat: &Seat| {
        seen(record, seat) && record.person.means.on(seat.today).is_some()
    };
    let record = match seat.record_with(id, "the letter about what they pay", there).await? {
        Ok(record) => record,
        Err(page) => return Ok(page),
    };
    let Some(decided) = record.person.means.on(seat.today) else { return Err(Failure::NotFound) };
    let name = full_name(&identity_of(record.resident.as_ref(), &record.person));
    let organisation = seat.app.place.organisation_name(&decided.author.organisation);
    let said = &decided.said;
    let page = seat.page("What you pay for your care", "").back(format!("/person/{id}/means"));
    let mut tell = Tell::new(page)
        .part(paragraph(&format!("{organisation}, {}", decided.on.in_words())))
        .part(paragraph(&format!("Dear {name},")))
        .part(paragraph(&format!(
            "From {} you pay {} a week towards your care. Your care costs {} a week.",
            said.from().in_words(),
            said.charge.in_words(),
            said.full_cost.in_words()
        )));
    if !said.words.is_empty() {
        tell = tell.part(paragraph(&said.words));
    }
    if !said.unverified.is_empty() {
        tell = tell.part(paragraph(
            "Some of the national figures that we used are not yet confirmed. If they change, we \
             will work this out again and write to you.",
        ));
    }
    tell.part(working::kept(&said.working))
        .part(paragraph(
            "If your income, your savings or your costs change, tell us, and we will work it out \
             again. If you think this is wrong, tell us why: we will look at it again, and you may \
             ask for somebody else to look.",
        ))
        .part(paragraph(&format!("{}, {organisation}", decided.author.name)))
        .show()
}
