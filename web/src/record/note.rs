//! Notes: writing one, and correcting one.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::record::entry::{Audience, EntryNumber};
use care::record::fact::Fact;
use care::record::ids::PersonId;
use care::who::role::Right;
use care::who::writing;

use crate::ask::{Ask, note_refusal};
use crate::changing::{Changed, From, Sent};
use crate::components::{Choice, Details, Radios, Textarea};
use crate::error::Failure;
use crate::forms::Form;
use crate::names::AtEntry;
use crate::posted::Posted;
use crate::reading::Record;
use crate::seat::Seat;

/// Asks for a note.
pub async fn ask(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    seat.require(Right::Write)?;
    let record = seat.record(id, "the form for a note").await?;
    view(&seat, &record, &Form::blank())
}

fn view(seat: &Seat, record: &Record, form: &Form) -> Result<Response, Failure> {
    let id = record.person.id;
    let own = seat.actor.person == Some(id);
    let name = record.name();
    let title =
        if own { "Write in your record".to_owned() } else { format!("Write a note about {name}") };
    let page = seat.page(title, "").back(format!("/person/{id}"));
    let hint = if own {
        "Everyone who works with you can read this."
    } else {
        "Write as you would speak: the person can read it, unless you choose otherwise below."
    };
    let mut ask = Ask::new(page, format!("/person/{id}/note"), "Save the note")
        .part(Textarea::new("words", "Your note").hint(hint).rows(8).filled(form));
    if !own {
        let choices = Audience::ALL.iter().map(|audience| {
            let usual = *audience == Audience::Everyone && form.value("audience").is_empty();
            Choice::of(*audience).chosen(usual || form.has("audience", audience.code()))
        });
        let mut question = Radios::new("audience", "Who is it for?", choices);
        if let Some(error) = form.problem("audience") {
            question = question.error(error);
        }
        ask = ask.part(question);
    }
    ask.show(form)
}

/// Keeps a note.
pub async fn write(
    seat: Seat,
    Path(id): Path<PersonId>,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::Write)?;
    let own = seat.actor.person == Some(id);
    let audience = if own {
        Some(Audience::Everyone)
    } else {
        form.chosen("audience", Audience::named, "Choose who the note is for")
    };
    if let Some(audience) = audience {
        let words = form.value("words").to_owned();
        let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
            writing::note(before.person, &words, audience, before.begun, asking)
        });
        match changed.await? {
            Changed::Kept => {
                return Ok(Redirect::to(&format!("/person/{id}?done=note")).into_response());
            }
            Changed::Again => {
                return Ok(Redirect::to(&format!("/person/{id}?done=note-again")).into_response());
            }
            Changed::Refused(refusal) => note_refusal(&mut form, &refusal),
            Changed::Conflict(_) => return Err(Failure::Busy),
        }
    }
    let record = seat.record(id, "the form for a note").await?;
    view(&seat, &record, &form)
}

/// Asks what a note should have said.
pub async fn ask_correct(seat: Seat, AtEntry(id, number): AtEntry) -> Result<Response, Failure> {
    seat.require(Right::Write)?;
    let record = seat.record_with(id, "the form to correct a note", has_note(number)).await?;
    correct_view(&seat, &record, number, None, &[])
}

/// Whether the record has such a note, for whoever asks.
fn has_note(number: EntryNumber) -> impl Fn(&Record, &Seat) -> bool + Send + Sync + 'static {
    move |record, _| {
        record.entries.iter().any(|entry| {
            entry.number == number
                && entry.corrects.is_none()
                && matches!(entry.fact, Fact::Note(_))
        })
    }
}

fn correct_view(
    seat: &Seat,
    record: &Record,
    number: EntryNumber,
    form: Option<&Form>,
    theirs: &[care::record::entry::Entry],
) -> Result<Response, Failure> {
    let id = record.person.id;
    let wrong =
        record.entries.iter().find(|entry| entry.number == number && entry.corrects.is_none());
    let Some(Fact::Note(first)) = wrong.map(|entry| &entry.fact) else {
        return Err(Failure::NotFound);
    };
    let latest = record.entries.iter().rev().find(|entry| entry.corrects == Some(number));
    let now = match latest.map(|entry| &entry.fact) {
        Some(Fact::Note(note)) => note,
        _ => first,
    };
    let blank = Form::blank().with("words", now.words.as_str());
    let form = form.unwrap_or(&blank);
    let named = record.called(number);
    let page = seat.page("Correct this note", "").back(format!("/person/{id}#entry-{named}"));
    Ask::new(page, format!("/person/{id}/note/{named}/correct"), "Save the correction")
        .before(Details::new(
            "What stays on record",
            "Both stay in the record: what was written first, and your correction.",
        ))
        .part(Textarea::new("words", "What the note should say").rows(8).filled(form))
        .seen(record.last_seen())
        .conflict(theirs, &record.names, &seat.app.place)
        .show(form)
}

/// Keeps a correction.
pub async fn correct(
    seat: Seat,
    AtEntry(id, number): AtEntry,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::Write)?;
    let words = form.value("words").to_owned();
    let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
        writing::correct_note(before.person.id, before.entries, number, &words, asking)
    });
    let mut theirs = Vec::new();
    if changed.await?.kept_or_shown(&mut form, &mut theirs) {
        let named = seat.called(id, number);
        return Ok(Redirect::to(&format!("/person/{id}#entry-{named}")).into_response());
    }
    let record = seat.record_with(id, "the form to correct a note", has_note(number)).await?;
    correct_view(&seat, &record, number, Some(&form), &theirs)
}
