//! The letters, made to be printed: what the person pays, why, and what to do if it is wrong; and what
//! they are asked to send.

use axum::extract::Path;
use axum::response::Response;
use care::record::ids::PersonId;

use super::asks::Next;
use super::known;
use super::means::seen;
use super::{why, working};
use crate::ask::{Tell, heading, paragraph};
use crate::error::Failure;
use crate::reading::{Record, full_name, identity_of};
use crate::seat::Seat;

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
    let organisation = seat.app.place.organisation_name(&decided.author.organisation);
    let (said, base) = (&decided.said, known::under(&record, decided));
    let page = seat.page("What you pay for your care", "").back(format!("/person/{id}/means"));
    let mut tell = Tell::new(page)
        .part(paragraph(&format!("{organisation}, {}", decided.on.in_words())))
        .part(paragraph(&dear(&record)))
        .part(paragraph(&format!(
            "From {} you pay {} a week towards your care. {}",
            said.from().in_words(),
            said.charge.in_words(),
            why::who_pays(said)
        )));
    tell = why::later(said, said.from()).into_iter().fold(tell, Tell::part);
    if !said.words.is_empty() {
        tell = tell.part(paragraph(&said.words));
    }
    tell = tell.part(heading("Why this figure")).part(why::this_figure(said));
    let law = &seat.app.place.law;
    let answer = why::as_decided(said, base.as_ref(), law);
    let tables = working::kept(&said.working, answer.as_ref());
    for part in why::unverified(said).into_iter().chain(tables) {
        tell = tell.part(part);
    }
    tell = tell.part(heading("What would change it")).part(why::what_would_change(answer));
    let next = base.map(|base| Next::of(&base, law)).unwrap_or_default();
    if let Some(list) = next.list("What we still need from you") {
        tell = tell.part(list);
    }
    tell.part(heading("If you think this is wrong"))
        .part(paragraph(
            "Tell us why: we will look at it again, and you may ask for somebody else to look. You \
             may also complain. Your care goes on while we look.",
        ))
        .part(paragraph(&format!("{}, {organisation}", decided.author.name)))
        .show()
}

/// Shows the letter that asks for what is missing.
pub async fn please_send(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    let there =
        |record: &Record, seat: &Seat| seen(record, seat) && !next(record, seat).is_nothing();
    let record = match seat.record_with(id, "the letter that asks for papers", there).await? {
        Ok(record) => record,
        Err(page) => return Ok(page),
    };
    let page = seat.page("What we need from you", "").back(format!("/person/{id}/means"));
    let mut tell = Tell::new(page)
        .part(paragraph(&seat.today.in_words()))
        .part(paragraph(&dear(&record)))
        .part(paragraph(
            "We are working out what you pay for your care. To get it right we need a little more \
             from you.",
        ));
    if let Some(list) = next(&record, &seat).list("What we ask for") {
        tell = tell.part(list);
    }
    tell = tell.part(paragraph(
        "Copies or photos are enough. If you cannot get something, or need help with it, tell us: \
         somebody can come to you, or look at it with you. Your care does not wait for this.",
    ));
    if let Some(asked) = &record.person.means.asked {
        tell = tell.part(paragraph(&seat.app.place.team_name(&asked.said.to)));
    }
    tell.show()
}

/// What the person is asked for next.
pub fn next(record: &Record, seat: &Seat) -> Next {
    let base = known::latest(record);
    base.map(|base| Next::of(&base, &seat.app.place.law)).unwrap_or_default()
}

fn dear(record: &Record) -> String {
    let name = full_name(&identity_of(record.resident.as_ref(), &record.person));
    format!("Dear {name},")
}
