//! Ending a form that was begun: finished, or with the reason why not.

use axum::response::{IntoResponse, Redirect, Response};
use care::assess::begin;
use care::assess::known;
use care::record::entry::EntryNumber;
use care::record::fact::assess::Ending;
use care::record::ids::PersonId;
use care::record::person::Person;

use super::laid::{Laid, may_see, may_write, readable};
use crate::ask::{Ask, list, paragraph};
use crate::changing::{From, Sent};
use crate::components::{Choice, Radios, Textarea};
use crate::error::Failure;
use crate::forms::Form;
use crate::names::AtEntry;
use crate::posted::Posted;
use crate::seat::Seat;

const LOOKED_AT: &str = "the form to end a piece of work";

/// Asks how it came to its end.
pub async fn ask(seat: Seat, AtEntry(id, entry): AtEntry) -> Result<Response, Failure> {
    view(&seat, id, entry, &Form::blank()).await
}

fn has(entry: EntryNumber) -> impl Fn(&Person, &Seat) -> bool {
    move |person: &Person, seat: &Seat| {
        let own = seat.actor.person == Some(person.id);
        person.assessment.form_begun(entry).is_some_and(|begun| {
            let kind = begun.begun.said.purpose;
            !own && may_see(kind, seat) && may_write(kind, seat)
        })
    }
}

async fn view(
    seat: &Seat,
    id: PersonId,
    entry: EntryNumber,
    form: &Form,
) -> Result<Response, Failure> {
    let laid = Laid::open(seat, id, LOOKED_AT, has(entry)).await?;
    let place = &seat.app.place;
    let at = laid.at_entry(entry, &place.forms);
    let at = at.ok_or(Failure::NotFound)?;
    let ended = at.begun.is_some_and(|begun| begun.ended.is_some());
    if ended && form.is_sound() {
        return Ok(Redirect::to(&at.path(id)).into_response());
    }
    let register = laid.outside.register();
    let ground = laid.ground(place, &register);
    let whole = known::known(at.form, at.occasion, &laid.readable, &ground, seat.today);
    let open: Vec<String> = whole
        .unfinished()
        .iter()
        .map(|(section, question)| format!("{}: {}", section.title, question.text))
        .collect();
    let title = format!("End ‘{}’ for {}", at.form.title, laid.name());
    let page = seat.page(title, "").back(at.path(id));
    let choices = Choice::each(Ending::ALL);
    let mut ask = Ask::new(page, format!("/person/{id}/end/{}", laid.called(entry)), "Save");
    if !open.is_empty() {
        ask =
            ask.before(paragraph("It can be finished when these are answered:")).before(list(open));
    }
    ask.part(Radios::new("ending", "How does it come to its end?", choices).filled(form))
        .part(
            Textarea::new("words", "What else to know")
                .hint(
                    "Why, where it is not finished: what the person said, and what they were told.",
                )
                .rows(3)
                .filled(form),
        )
        .show(form)
}

/// Keeps how it came to its end.
pub async fn write(
    seat: Seat,
    AtEntry(id, entry): AtEntry,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    let ending = form.chosen("ending", Ending::named, "Choose how it comes to its end");
    if let Some(ending) = ending {
        let laid = Laid::open(&seat, id, LOOKED_AT, has(entry)).await?;
        let at = laid.at_entry(entry, &seat.app.place.forms);
        let path = at.ok_or(Failure::NotFound)?.path(id);
        let (words, app) = (form.value("words").to_owned(), seat.app.clone());
        let outside = laid.outside.clone();
        let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
            let folded = readable(id, before.entries);
            let register = outside.register();
            let ground = care::assess::Ground {
                forms: &app.place.forms,
                readable: &folded.assessment,
                register: &register,
            };
            begin::end(&folded, entry, ending, &words, &ground, asking)
        });
        if changed.await?.kept(&mut form)? {
            return Ok(Redirect::to(&format!("{path}?done=ended")).into_response());
        }
    }
    view(&seat, id, entry, &form).await
}
