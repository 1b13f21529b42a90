//! How to speak with a person: language, interpreter, what helps, reasonable adjustments.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::record::entry::Entry;
use care::record::fact::Communication;
use care::record::fact::letter::LetterFormat;
use care::record::ids::PersonId;
use care::who::role::Right;
use care::who::writing;

use crate::ask::Ask;
use crate::changing::{From, Sent};
use crate::components::{Checkboxes, Choice, Radios, TextInput, Textarea};
use crate::error::Failure;
use crate::forms::Form;
use crate::posted::Posted;
use crate::reading::Record;
use crate::seat::Seat;

/// Asks how to speak with a person; what is known is already there, to be confirmed or changed.
pub async fn ask(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    seat.require(Right::Write)?;
    let record = seat.record(id, "what helps when speaking").await?;
    let form = filled(&record);
    view(&seat, &record, &form, &[])
}

fn filled(record: &Record) -> Form {
    let form = Form::blank();
    if let Some(told) = &record.person.communication {
        let said = &told.said;
        let form = form
            .with("language", said.language.as_deref().unwrap_or(""))
            .with("needs", said.needs.as_str())
            .with("adjustments", said.adjustments.as_str())
            .with("letters", said.letters.map_or("", LetterFormat::code));
        return if said.interpreter { form.with("interpreter", "yes") } else { form };
    }
    match &record.resident {
        Some(resident) => {
            let language = resident.language.as_deref().map(super::person::language_name);
            let form = form.with("language", language.unwrap_or_default());
            if resident.interpreter { form.with("interpreter", "yes") } else { form }
        }
        None => form,
    }
}

fn view(seat: &Seat, record: &Record, form: &Form, theirs: &[Entry]) -> Result<Response, Failure> {
    let id = record.person.id;
    let own = seat.actor.person == Some(id);
    let name = record.name();
    let whom = if own { "you".to_owned() } else { name };
    let language = if own {
        "The language you would rather speak. You can name a sign language."
    } else {
        "The language they would rather speak. You can name a sign language."
    };
    let page = seat.page(format!("How to speak with {whom}"), "").back(format!("/person/{id}"));
    let interpreter = [Choice::new("yes", "An interpreter is needed")];
    Ask::new(page, format!("/person/{id}/communication"), "Save")
        .part(TextInput::new("language", "Language").hint(language).filled(form))
        .part(Checkboxes::new("interpreter", "Interpreter", interpreter).filled(form))
        .part(Textarea::new("needs", "What helps").hint("For example large print, a hearing loop, a call before a letter, time to answer.").rows(3).filled(form))
        .part(
            Radios::new(
                "letters",
                if own { "How should we write to you?" } else { "How should we write to them?" },
                Choice::each(LetterFormat::ALL),
            )
            .hint("Letters come in this form unless another is asked for.")
            .small()
            .filled(form),
        )
        .part(Textarea::new("adjustments", "Reasonable adjustments").hint("What services must do differently, for example longer visits or a ground-floor room.").rows(3).filled(form))
        .seen(record.last_seen())
        .conflict(theirs, &record.names, &seat.app.place)
        .show(form)
}

/// Keeps how to speak with a person.
pub async fn write(
    seat: Seat,
    Path(id): Path<PersonId>,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::Write)?;
    let said = Communication {
        language: form.optional("language"),
        interpreter: form.has("interpreter", "yes"),
        needs: form.value("needs").to_owned(),
        adjustments: form.value("adjustments").to_owned(),
        letters: LetterFormat::named(form.value("letters")),
    };
    let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
        writing::communication(before.person, &said, before.begun, asking)
    });
    let mut theirs = Vec::new();
    if changed.await?.kept_or_shown(&mut form, &mut theirs) {
        return Ok(Redirect::to(&format!("/person/{id}?done=communication")).into_response());
    }
    let record = seat.record(id, "what helps when speaking").await?;
    view(&seat, &record, &form, &theirs)
}
