//! Deciding what somebody pays, on another's draft: the working beside last time's, and one button.

use axum::response::{IntoResponse, Redirect, Response};
use care::fund::decide;
use care::record::entry::EntryNumber;
use care::record::ids::PersonId;
use care::who::role::Right;
use law::charging::NoAnswer;

use crate::ask::{Ask, link, paragraph};
use crate::changing::{From, Sent};
use crate::components::Textarea;
use crate::error::Failure;
use crate::forms::Form;
use crate::names::AtEntry;
use crate::posted::Posted;
use crate::seat::Seat;

use super::asks::{FOR_THE_PERSON, Next};
use super::entry::Voice;
use super::means::seen;
use super::{known, reaches, rests, working};

/// Shows the draft.
pub async fn ask(seat: Seat, AtEntry(id, number): AtEntry) -> Result<Response, Failure> {
    seat.require(Right::DecideCharge)?;
    page(&seat, id, number, &Form::blank()).await
}

async fn page(
    seat: &Seat,
    id: PersonId,
    number: EntryNumber,
    form: &Form,
) -> Result<Response, Failure> {
    let record = seat.record_with(id, "a draft of the charge for care", seen).await?;
    let draft = record.person.means.draft.as_ref().filter(|draft| draft.entry == number);
    let Some(draft) = draft else {
        // It was decided meanwhile, or drafted anew: how it stands is there. What was typed is given back.
        return if form.value("words").is_empty() {
            Ok(Redirect::to(&format!("/person/{id}/means")).into_response())
        } else {
            Err(Failure::NotFound)
        };
    };
    let title = format!("Decide what {} pays", record.name());
    let page = seat.page(title, "/work").back(format!("/person/{id}/means"));
    let mut ask =
        Ask::new(page, format!("/person/{id}/means/decide/{}", seat.called(id, number)), "Decide");
    let by = format!("{} drafted this on {}.", draft.author.name, draft.on.in_words());
    ask = ask.before(paragraph(&by));
    if !draft.said.words.is_empty() {
        ask = ask.before(paragraph(&draft.said.words));
    }
    let base = known::told(&record, number).ok_or(Failure::NotFound)?;
    let last = record.person.means.beside(base.case.as_of).map(|told| &*told.said);
    let mut parts = Vec::new();
    match seat.app.place.law.answer(&base.case) {
        Ok(answer) => {
            parts.extend(working::summary(&answer, last));
            parts.extend(working::left_open(&answer));
            parts.extend(reaches::parts(&seat.app.place.law, &record.person, seat.today));
            parts.extend(rests::table("What it rests on", &base, Voice::Officer));
            parts.push(paragraph(working::IN_THEIR_WORDS));
            parts.extend(working::tables(&answer.lines, last));
            let next = Next::from(&base.case, &base.seen, &answer.asks);
            parts.extend(next.list(FOR_THE_PERSON, Voice::Officer));
        }
        Err(NoAnswer::NoRates(none)) => parts.push(paragraph(&format!("{}.", none.in_words()))),
        Err(NoAnswer::Problem(problem)) => parts.push(paragraph(&problem.to_string())),
    }
    let change = format!("/person/{id}/means/enter");
    parts.push(link("It is not right: change the draft, for somebody else to decide", &change));
    for part in parts {
        ask = ask.before(part);
    }
    ask.part(
        Textarea::new("words", "What the person is told besides (optional)").rows(3).filled(form),
    )
    .show(form)
}

/// Decides.
pub async fn write(
    seat: Seat,
    AtEntry(id, number): AtEntry,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::DecideCharge)?;
    let words = form.value("words").to_owned();
    let app = seat.app.clone();
    let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
        decide::decide(before.person, number, &words, &app.place.law, asking)
    });
    if changed.await?.kept(&mut form)? {
        // The work is done, and with it goes what opened the record to whoever decided.
        return Ok(Redirect::to("/work?done=decided").into_response());
    }
    page(&seat, id, number, &form).await
}
