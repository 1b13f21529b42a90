//! The team around a person: joining it, keeping the record, leaving.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::record::entry::Entry;
use care::record::ids::PersonId;
use care::who::access::Right;
use care::who::team;

use crate::ask::{Ask, Tell, paragraph};
use crate::changing::{From, Sent};
use crate::components::{Choice, Radios};
use crate::error::Failure;
use crate::forms::Form;
use crate::reading::{Record, full_name, identity_of};
use crate::seat::Seat;
use crate::security::Posted;

/// Asks how somebody joins the team, or whether they leave it.
pub async fn ask(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    seat.require(Right::JoinTeam)?;
    match seat.record(id, "the team").await? {
        Ok(record) => view(&seat, &record, &Form::blank(), &[]),
        Err(page) => Ok(page),
    }
}

fn view(seat: &Seat, record: &Record, form: &Form, theirs: &[Entry]) -> Result<Response, Failure> {
    let id = record.person.id;
    let name = full_name(&identity_of(record.resident.as_ref(), &record.person));
    let page = seat.page(format!("Your place in {name}’s team"), "").back(format!("/person/{id}"));
    let keeper = record.person.keeper();
    let now = match keeper {
        Some(member) if member.user == seat.actor.user => "You keep this record.".to_owned(),
        Some(member) => format!("{} keeps this record.", member.name),
        None => "Nobody keeps this record yet. The first to join the team does.".to_owned(),
    };
    let me = record.person.team.iter().find(|member| member.user == seat.actor.user);
    let mut choices = Vec::new();
    if me.is_none() && keeper.is_some() {
        choices.push(Choice::new("join", "Join the team"));
    }
    if me.is_none_or(|member| !member.keeper) {
        let hint = "You are told when somebody outside the team opens the record, and you see that \
                    nothing is forgotten.";
        choices.push(Choice::new("keep", "Keep this record").hint(hint));
    }
    if me.is_some_and(|member| !member.keeper) {
        choices.push(Choice::new("leave", "Leave the team"));
    }
    if choices.is_empty() {
        let stays = "To leave the team, somebody else has to take the record over first.";
        return Tell::new(page).part(paragraph(&now)).part(paragraph(stays)).show_with(form);
    }
    let mut ask = Ask::new(page, format!("/person/{id}/team"), "Save").before(paragraph(&now));
    ask = ask.part(Radios::new("what", "What do you want to do?", choices).filled(form));
    ask = ask.seen(record.last_seen());
    if !theirs.is_empty() {
        ask = ask.conflict(theirs, &seat.app.place);
    }
    ask.show(form)
}

/// Keeps the change.
pub async fn write(
    seat: Seat,
    Path(id): Path<PersonId>,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::JoinTeam)?;
    let known = |text: &str| ["join", "keep", "leave"].contains(&text).then(|| text.to_owned());
    let mut theirs = Vec::new();
    if let Some(what) = form.chosen("what", known, "Choose what you want to do") {
        let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
            match what.as_str() {
                "leave" => team::leave(before.person, "", asking),
                what => team::join(before.person, asking.actor, what == "keep", asking),
            }
        });
        if changed.await?.kept_or_shown(&mut form, &mut theirs) {
            return Ok(Redirect::to(&format!("/person/{id}?done=team")).into_response());
        }
    }
    match seat.record(id, "the team").await? {
        Ok(record) => view(&seat, &record, &form, &theirs),
        Err(page) => Ok(page),
    }
}
