//! Beginning a form, or asking for one: from then on it is somebody's work, with a day.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::assess::begin::{self, Begin, Owner};
use care::record::entry::EntryNumber;
use care::record::fact::Fact;
use care::record::ids::{FormId, PersonId, TeamId};
use care::record::person::Person;

use super::laid::{Laid, readable};
use super::others::may_begin;
use crate::ask::{Ask, note_refusal, paragraph};
use crate::changing::{Changed, From, Sent};
use crate::components::{Choice, Radios, Select, TextInput, Textarea};
use crate::error::Failure;
use crate::forms::Form;
use crate::posted::{Asked, Posted};
use crate::seat::Seat;

const LOOKED_AT: &str = "the form to begin a piece of work";

/// Asks which form, and whose work it is.
pub async fn ask(
    seat: Seat,
    Path(id): Path<PersonId>,
    Asked(asked): Asked,
) -> Result<Response, Failure> {
    let form = Form::blank().with("form", asked.value("form")).with("about", asked.value("about"));
    let team = seat.actor.team.as_ref().map_or("me", TeamId::as_str);
    view(&seat, id, &form.with("to", team)).await
}

fn has(person: &Person, seat: &Seat) -> bool {
    may_begin(seat, seat.actor.person == Some(person.id)).next().is_some()
}

async fn view(seat: &Seat, id: PersonId, form: &Form) -> Result<Response, Failure> {
    let laid = Laid::open(seat, id, LOOKED_AT, has).await?;
    let title = if laid.own {
        "Ask for an assessment".to_owned()
    } else {
        format!("Begin a form for {}", laid.name())
    };
    let page = seat.page(title, "").back(laid.path());
    let forms = may_begin(seat, laid.own)
        .map(|one| Choice::new(one.id.as_str(), one.title.as_str()).hint(one.purpose.as_str()));
    let which = if laid.own { "What would you like?" } else { "Which form?" };
    let lead = if laid.own {
        "Choose what you would like, and say why if you want to. It goes to the council, with a day by \
         which it is promised."
    } else {
        "Choose the form and whose work it is. It goes on their list with its day, and opens next: you can \
         begin to write at once, or leave it to them."
    };
    let mut ask =
        Ask::new(page, format!("/person/{id}/begin"), if laid.own { "Ask" } else { "Begin" })
            .before(paragraph(lead))
            .part(Radios::new("form", which, forms).small().filled(form));
    if !laid.own {
        let about = "For a capacity assessment the one decision; for a concern what happened, in a \
                     few words.";
        ask = ask.part(TextInput::new("about", "What it is about").hint(about).filled(form));
    }
    ask = ask.part(
        Textarea::new("why", if laid.own { "Why you would like it" } else { "Why now" })
            .rows(3)
            .filled(form),
    );
    if !laid.own {
        let teams = seat.team_choices(laid.record.practice());
        let choices = std::iter::once(Choice::new("me", "Mine")).chain(teams);
        ask = ask.part(Select::new("to", "Whose work is it?", choices).filled(form));
    }
    ask.show(form)
}

/// Begins it.
pub async fn write(
    seat: Seat,
    Path(id): Path<PersonId>,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    let own = seat.actor.person == Some(id);
    let known: Vec<FormId> = may_begin(&seat, own).map(|form| form.id.clone()).collect();
    let which = |text: &str| known.into_iter().find(|id| id.as_str() == text);
    let which = form.chosen("form", which, "Choose an assessment");
    let owner = owner(&seat, id, &mut form).await?;
    if let (Some(which), Some(owner)) = (which, owner) {
        let wanted = Begin {
            form: which.clone(),
            about: form.value("about").to_owned(),
            why: form.value("why").to_owned(),
            owner,
            due: None,
        };
        let (app, begun) = (seat.app.clone(), Arc::new(AtomicU32::new(0)));
        let number = Arc::clone(&begun);
        let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
            let folded = readable(id, before.entries);
            let ground = care::assess::Ground {
                forms: &app.place.forms,
                readable: &folded.assessment,
                register: &care::assess::register::OnRegister::default(),
            };
            let new = begin::begin(before.person, wanted.clone(), before.begun, &ground, asking)?;
            let at = new.iter().position(|entry| matches!(entry.fact, Fact::FormBegun(_)));
            let at = at.and_then(|at| EntryNumber::try_from(at).ok()).unwrap_or(0);
            number.store(before.person.last + at + 1, Ordering::Relaxed);
            Ok(new)
        });
        match changed.await? {
            Changed::Kept => {
                let form = seat.called(id, begun.load(Ordering::Relaxed));
                let to = format!("/person/{id}/form/{form}?done=begun");
                return Ok(Redirect::to(&to).into_response());
            }
            Changed::Again => {
                return Ok(Redirect::to(&format!("/person/{id}")).into_response());
            }
            Changed::Refused(refusal) => note_refusal(&mut form, &refusal),
            Changed::Conflict(_) => return Err(Failure::Busy),
        }
    }
    view(&seat, id, &form).await
}

/// Whose work it is: as chosen; what a person asks for themself goes to the front door of their
/// borough.
async fn owner(seat: &Seat, id: PersonId, form: &mut Form) -> Result<Option<Owner>, Failure> {
    if seat.actor.person == Some(id) {
        let practice = seat.read(move |tx, _| {
            Ok(store::register::resident(tx, id)?.and_then(|resident| resident.practice))
        });
        let team = seat.front_door_for(practice.await?.as_deref());
        return Ok(team.map(Owner::Team));
    }
    let user = seat.actor.user;
    let owner = |text: &str| {
        if text == "me" {
            return Some(Owner::User(user));
        }
        seat.open_team(text).map(Owner::Team)
    };
    Ok(form.chosen("to", owner, "Choose whose work it is"))
}
