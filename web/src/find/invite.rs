//! Inviting a found person, and recording their answer.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::find::invitation::{self, Reply};
use care::record::entry::Entry;
use care::record::ids::{PersonId, TeamId};
use care::who::actor::Refusal;
use care::who::role::Right;
use store::runs;

use crate::ask::Ask;
use crate::changing::{From, Sent};
use crate::components::{Choice, DateInput, InsetText, Radios, Textarea};
use crate::error::Failure;
use crate::forms::Form;
use crate::posted::Posted;
use crate::reading::Record;
use crate::seat::Seat;

/// Asks how somebody is invited.
pub async fn ask(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    seat.require(Right::Invite)?;
    let record = seat.record_with(id, "the form to invite", is_found).await?;
    view(&seat, &record, &Form::blank())
}

/// Only somebody who was found is invited.
fn is_found(record: &Record, _: &Seat) -> bool {
    !record.found.is_empty()
}

fn view(seat: &Seat, record: &Record, form: &Form) -> Result<Response, Failure> {
    let id = record.person.id;
    let Some(found) = record.found.first() else { return Err(Failure::NotFound) };
    let name = record.name();
    let page =
        seat.page(format!("Invite {name} to joined-up care"), "").back(format!("/person/{id}"));
    let because = format!("Found because of: {}", super::found::reason(&found.evidence));
    let ways = [
        Choice::new("By letter", "By letter"),
        Choice::new("By telephone", "By telephone"),
        Choice::new("At the surgery", "At the surgery"),
        Choice::new("At home", "At home"),
    ];
    Ask::new(page, format!("/person/{id}/invite"), "Record the invitation")
        .before(InsetText::new(because))
        .part(Radios::new("how", "How are they invited?", ways).filled(form))
        .show(form)
}

/// Records the invitation.
pub async fn invite(
    seat: Seat,
    Path(id): Path<PersonId>,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::Invite)?;
    let record = seat.record_with(id, "the form to invite", is_found).await?;
    let Some(found) = record.found.first().cloned() else { return Err(Failure::NotFound) };
    let run = seat.read(move |tx, _| runs::run(tx, found.run)).await?;
    let Some(run) = run else { return Err(Failure::NotFound) };
    let evidence = serde_json::from_str(&found.evidence).map_err(Failure::broken)?;
    let found = invitation::Found {
        run: run.id,
        criterion: run.criterion,
        version: run.version,
        reason: run.reason,
        as_of: run.as_of,
        evidence,
    };
    let how = form.value("how").to_owned();
    let team = inviting_team(&seat, &record);
    let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
        let Some(team) = team.clone() else {
            let message = "There is no team for this person’s area: ask whoever runs Kith";
            return Err(Refusal::NotNow(message.to_owned()));
        };
        invitation::invite(before.person, found.clone(), &how, team, before.begun, asking)
    });
    if changed.await?.kept(&mut form)? {
        return Ok(Redirect::to(&format!("/person/{id}?done=invited")).into_response());
    }
    view(&seat, &record, &form)
}

/// The team that asks for the answer: the inviter's own, or that of the person's neighbourhood.
fn inviting_team(seat: &Seat, record: &Record) -> Option<TeamId> {
    let place = &seat.app.place;
    seat.actor.team.clone().or_else(|| {
        let practice = record.resident.as_ref()?.practice.as_deref()?;
        let neighbourhood = place.places.neighbourhood_of(practice, seat.today)?;
        Some(place.teams.of_neighbourhood(&neighbourhood.id)?.id.clone())
    })
}

/// Asks for a person's answer, told to a worker.
pub async fn ask_answer(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    seat.require(Right::Invite)?;
    answer_form(&seat, id, &Form::blank(), &[]).await
}

/// Asks the person themselves.
pub async fn ask_own_answer(seat: Seat) -> Result<Response, Failure> {
    let id = seat.actor.person.ok_or(Failure::NotFound)?;
    answer_form(&seat, id, &Form::blank(), &[]).await
}

async fn answer_form(
    seat: &Seat,
    id: PersonId,
    form: &Form,
    theirs: &[Entry],
) -> Result<Response, Failure> {
    let invited = |record: &Record, _: &Seat| record.person.invitation.is_some();
    let record = seat.record_with(id, "the answer to the invitation", invited).await?;
    let own = seat.actor.person == Some(id);
    let name = record.name();
    let (title, action) = if own {
        ("Would you like joined-up care?".to_owned(), "/me/answer".to_owned())
    } else {
        (format!("What did {name} say?"), format!("/person/{id}/answer"))
    };
    let back = if own { "/me".to_owned() } else { format!("/person/{id}") };
    let until = DateInput::new("until", "When shall we ask again?").filled(form);
    let words = if own {
        ["Yes, please", "I need time to think", "No, thank you"]
    } else {
        ["Yes", "They need time to think", "No"]
    };
    let no =
        "We will not contact you in this way again. Your care from your surgery stays the same.";
    let choices = [
        Choice::new("yes", words[0]),
        Choice::new("later", words[1]).reveals(until),
        Choice::new("no", words[2]).hint(if own {
            no
        } else {
            "They will not be found or invited again."
        }),
    ];
    let question = if own { "Your answer" } else { "Their answer" };
    Ask::new(seat.page(title, "").back(back), action, "Save the answer")
        .part(Radios::new("answer", question, choices).filled(form))
        .part(
            Textarea::new(
                "words",
                if own { "Anything you want to say" } else { "In their own words" },
            )
            .rows(3)
            .filled(form),
        )
        .seen(record.last_seen())
        .conflict(theirs, &record.names, &seat.app.place)
        .show(form)
}

/// Records an answer that a worker was told.
pub async fn answer(
    seat: Seat,
    Path(id): Path<PersonId>,
    Posted(form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::Invite)?;
    take_answer(&seat, id, form, &format!("/person/{id}?done=answered")).await
}

/// Records the person's own answer.
pub async fn own_answer(seat: Seat, Posted(form): Posted) -> Result<Response, Failure> {
    let id = seat.actor.person.ok_or(Failure::NotFound)?;
    take_answer(&seat, id, form, "/me?done=answered").await
}

async fn take_answer(
    seat: &Seat,
    id: PersonId,
    mut form: Form,
    then: &str,
) -> Result<Response, Failure> {
    let known = |text: &str| ["yes", "later", "no"].contains(&text).then(|| text.to_owned());
    let answer = form.chosen("answer", known, "Choose an answer");
    let until = match answer.as_deref() {
        Some("later") => form.required_date("until", "the day", "Enter the day to ask again"),
        _ => None,
    };
    let reply = match (answer.as_deref(), until) {
        (Some("yes"), _) => Some(Reply::Yes),
        (Some("no"), _) => Some(Reply::No),
        (Some("later"), Some(until)) => Some(Reply::Later(until)),
        _ => None,
    };
    let mut theirs = Vec::new();
    if let Some(reply) = reply {
        let words = form.value("words").to_owned();
        let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
            invitation::answer(before.person, reply, &words, asking)
        });
        if changed.await?.kept_or_shown(&mut form, &mut theirs) {
            return Ok(Redirect::to(then).into_response());
        }
    }
    answer_form(seat, id, &form, &theirs).await
}
