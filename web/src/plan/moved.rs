//! How far something in the plan has come: done, goes on until the next look, or will not be done.

use axum::response::{IntoResponse, Redirect, Response};
use care::plan::action;
use care::record::entry::EntryNumber;
use care::record::fact::plan::Progress;
use care::record::ids::PersonId;
use care::who::role::Right;

use super::outcome::conflict;
use super::told::Telling;
use super::{open_to_write, path};
use crate::ask::{Ask, Tell, link, paragraph};
use crate::changing::{From, Sent};
use crate::components::{Choice, DateInput, Heading, Radios, SummaryList, SummaryRow, Textarea};
use crate::error::Failure;
use crate::forms::Form;
use crate::names::AtEntry;
use crate::posted::Posted;
use crate::seat::Seat;
use crate::story::how_far;

/// Asks how far it has come.
pub async fn ask(seat: Seat, AtEntry(id, entry): AtEntry) -> Result<Response, Failure> {
    view(&seat, id, entry, &Form::blank()).await
}

async fn view(
    seat: &Seat,
    id: PersonId,
    entry: EntryNumber,
    form: &Form,
) -> Result<Response, Failure> {
    let laid = open_to_write(seat, id).await?;
    let plan = &laid.readable.plan;
    let known = plan.action(entry).ok_or(Failure::NotFound)?;
    let said = &known.written.said;
    let page = seat.page("How far has it come?", "").back(path(id));
    let outcome = plan.outcome(said.outcome);
    let outcome = outcome.map_or("", |outcome| outcome.written.said.words.as_str());
    let telling = Telling { seat, laid: &laid, ways: false };
    let list = SummaryList::new([
        SummaryRow::new("What is done", said.what.as_str()),
        SummaryRow::new("What it is for", outcome),
        SummaryRow::new("Who does it", telling.doer(&said.doer)),
        SummaryRow::new("By when", known.due().in_words()),
        SummaryRow::new("How we will know", said.known_by.as_str()),
        SummaryRow::new("So far", how_far(known)),
    ]);
    let change = format!("{}/action?of={}", path(id), laid.called(entry));
    if !known.open() {
        let tell = Tell::new(page).part(list);
        return if said.draft {
            let words = "This is a draft: it is not in the plan until it is finished.";
            tell.part(paragraph(words)).part(link("Finish the draft", &change)).show_with(form)
        } else {
            tell.part(paragraph("This is over. If it is needed again, write it anew."))
                .show_with(form)
        };
    }
    let next = DateInput::new("next", "When is it looked at next?").filled(form);
    let ways = [
        Choice::new(DONE, "It is done"),
        Choice::new(GOES_ON, "It goes on").reveals(next),
        Choice::new(STOPPED, "It will not be done"),
    ];
    let mut ask = Ask::new(page, format!("{}/action/{}", path(id), laid.called(entry)), "Save")
        .seen(laid.record.last_seen());
    if seat.posted && Sent::of(form).seen(laid.names()) < known.written.entry {
        ask = ask.before(conflict(&known.written.author.name));
    }
    ask.before(list)
        .before(link("Change what is done, by whom or by when", &change))
        .part(
            Radios::new("progress", "How far has it come?", ways)
                .heading(Heading::Small)
                .small()
                .filled(form),
        )
        .part(
            Textarea::new("words", "What came of it? Why, if it will not be done?")
                .rows(3)
                .filled(form),
        )
        .show(form)
}

const DONE: &str = "done";
const GOES_ON: &str = "goes-on";
const STOPPED: &str = "stopped";

fn progress(form: &mut Form) -> Option<Progress> {
    let known = |text: &str| [DONE, GOES_ON, STOPPED].contains(&text).then(|| text.to_owned());
    match form.chosen("progress", known, "Choose how far it has come")?.as_str() {
        DONE => Some(Progress::Done),
        GOES_ON => {
            let missing = "Enter the day on which it is looked at next";
            let next = form.required_date("next", "the day of the next look", missing)?;
            Some(Progress::GoesOn { next })
        }
        _ => Some(Progress::Stopped),
    }
}

/// Keeps it.
pub async fn write(
    seat: Seat,
    AtEntry(id, entry): AtEntry,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::WritePlan)?;
    if let Some(progress) = progress(&mut form) {
        let (words, seen) = (form.value("words").to_owned(), Sent::of(&form).seen(&seat.names(id)));
        let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
            action::moved(before.person, entry, progress, &words, seen, asking)
        });
        if changed.await?.kept(&mut form)? {
            return Ok(Redirect::to(&format!("{}?done=moved", path(id))).into_response());
        }
    }
    view(&seat, id, entry, &form).await
}
