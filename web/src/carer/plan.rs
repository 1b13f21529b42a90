//! What a carer, or somebody cared for, writes in the plan that the other shares with them: what they do for an
//! outcome, and how something goes.

use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use care::plan::carer;
use care::record::entry::EntryNumber;
use care::record::fact::carer::Share;
use care::record::ids::PersonId;
use care::record::person::Person;
use care::who::actor::Needed;
use care::who::role::Right;
use store::StoreError;
use store::engine::Tx;

use super::linked::WHY;
use crate::ask::Ask;
use crate::changing::{From, Sent};
use crate::components::{Checkboxes, Choice, Heading, Radios, Textarea};
use crate::error::Failure;
use crate::forms::Form;
use crate::names::EntryNames;
use crate::posted::Posted;
use crate::reading::{self, Shared};
use crate::seat::Seat;
use crate::whom::full_name;

const LOOKED_AT: &str = "the form to write in a shared plan";

/// What is written about.
#[derive(Clone, Copy)]
enum About {
    Action(EntryNumber),
    Outcome(EntryNumber),
}

impl About {
    fn read(text: &str, names: &EntryNames) -> Option<Self> {
        let (kind, entry) = text.split_once('-')?;
        let entry = names.read(entry)?;
        match kind {
            "action" => Some(Self::Action(entry)),
            "outcome" => Some(Self::Outcome(entry)),
            _ => None,
        }
    }
}

/// The record, where its person shares the plan with whoever asks.
fn with_plan(tx: &mut dyn Tx, seat: &Seat, id: PersonId) -> Result<Option<Shared>, StoreError> {
    Ok(reading::shared(tx, seat, id)?.filter(|shared| shared.shares.contains(&Share::Plan)))
}

/// Asks what is to be written.
pub async fn ask(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    view(&seat, id, &Form::blank()).await
}

async fn view(seat: &Seat, id: PersonId, form: &Form) -> Result<Response, Failure> {
    seat.require(Right::WritePlan)?;
    let read = seat.write(move |tx, seat| {
        let Some(Shared { known, person, .. }) = with_plan(tx, seat, id)? else { return Ok(None) };
        reading::write_view(tx, seat, id, LOOKED_AT, Some(WHY.to_owned()))?;
        Ok(Some((full_name(&known.identity()), person)))
    });
    let (name, person) = read.await?.ok_or(Failure::NotFound)?;
    let (back, names) = (format!("/person/{id}/shared"), seat.names(id));
    let page = seat.page(format!("Write in the plan of {name}"), "").back(&back);
    Ask::new(page, format!("{back}/plan"), "Save")
        .seen(names.called(person.last))
        .part(
            Radios::new("of", "What is it about?", choices(&person, &names))
                .heading(Heading::Small)
                .filled(form),
        )
        .part(
            Textarea::new("words", "What do you do, or how does it go?")
                .hint(format!("{name} and everybody who works on the plan can read this."))
                .rows(4)
                .filled(form),
        )
        .part(
            Checkboxes::new("done", "", [Choice::new("yes", "It is done")])
                .hint("Leave this empty if it goes on.")
                .filled(form),
        )
        .show(form)
}

/// How each thing goes that is not a professional's; and something new for each outcome.
fn choices(person: &Person, names: &EntryNames) -> Vec<Choice> {
    let plan = &person.plan;
    let mut choices = Vec::new();
    for action in plan.open_actions().filter(|one| carer::is_families(&one.written.said.doer)) {
        let text = format!("How this goes: {}", action.written.said.what);
        choices.push(Choice::new(format!("action-{}", names.called(action.id)), text));
    }
    for outcome in plan.open_outcomes() {
        let text = format!("Something that I do for this: {}", outcome.written.said.words);
        choices.push(Choice::new(format!("outcome-{}", names.called(outcome.id)), text));
    }
    choices
}

/// Keeps it.
pub async fn write(
    seat: Seat,
    Path(id): Path<PersonId>,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::WritePlan)?;
    let names = seat.names(id);
    let about = |text: &str| About::read(text, &names);
    let chosen = form.chosen("of", about, "Choose what it is about");
    form.needed(match chosen {
        Some(About::Action(_)) => carer::GOES,
        Some(About::Outcome(_)) => carer::OFFERS,
        None => Needed::new("words", "Write what you do, or how it goes"),
    });
    let (Some(about), true) = (chosen, form.is_sound()) else {
        return view(&seat, id, &form).await;
    };
    let (words, done, as_sent) =
        (form.value("words").to_owned(), form.has("done", "yes"), Sent::of(&form));
    let changed = seat.change(id, From::Sharing(Share::Plan), as_sent, move |before, asking| {
        let person = before.person;
        match about {
            About::Action(entry) => {
                carer::tell(person, entry, done, &words, as_sent.seen(&names), asking)
            }
            About::Outcome(entry) => carer::offer(person, entry, &words, asking),
        }
    });
    if changed.await?.kept(&mut form)? {
        return Ok(Redirect::to(&format!("/person/{id}/shared?done=told")).into_response());
    }
    view(&seat, id, &form).await
}
