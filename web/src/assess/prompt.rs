//! Saying what came of something that answers called for: done, or not done and why.

use axum::response::{IntoResponse, Redirect, Response};
use care::assess::prompt;
use care::record::entry::EntryNumber;
use care::record::fact::assess::{FormKind, Prompt};
use care::record::ids::PersonId;
use care::record::person::Person;
use care::record::person::assessment::PromptState;
use care::who::role::Right;

use super::laid::{Laid, may_see, may_write, readable};
use super::others::{because, form_for, may_begin};
use crate::ask::{Ask, Tell, link, paragraph};
use crate::changing::{From, Sent};
use crate::components::{Choice, InsetText, Radios, Textarea};
use crate::error::Failure;
use crate::forms::Form;
use crate::names::AtEntry;
use crate::posted::Posted;
use crate::seat::Seat;

/// The part of an address that says what the action answers: the entry of a prompt, or that it is what the
/// assessment lays out.
pub const NETWORK: &str = "network";

const LOOKED_AT: &str = "something to think of";

/// Asks what came of it.
pub async fn ask(seat: Seat, AtEntry(id, entry): AtEntry) -> Result<Response, Failure> {
    view(&seat, id, entry, &Form::blank()).await
}

fn has(entry: EntryNumber) -> impl Fn(&Person, &Seat) -> bool {
    move |person: &Person, seat: &Seat| {
        let state = person.assessment.prompt(entry);
        let own = seat.actor.person == Some(person.id);
        state.is_some_and(|state| !own && may_write(state.prompted.said.purpose, seat))
    }
}

async fn view(
    seat: &Seat,
    id: PersonId,
    entry: EntryNumber,
    form: &Form,
) -> Result<Response, Failure> {
    let laid = Laid::open(seat, id, LOOKED_AT, has(entry)).await?;
    let state = laid.readable.assessment.prompt(entry).ok_or(Failure::NotFound)?;
    let what = state.prompted.said.prompt.in_words();
    let page = seat.page(what, "").back(back(seat, id));
    let why = paragraph(&format!(
        "{}. {} From {}, on {}.",
        laid.name(),
        because(state),
        state.prompted.author.name,
        state.prompted.on.in_words()
    ));
    if let Some(answered) = &state.answered {
        let came = if answered.said.done { "It was done" } else { "It was not done" };
        let text = format!(
            "{came}: {} ({}, {})",
            answered.said.words,
            answered.author.name,
            answered.on.in_words()
        );
        return Tell::new(page).part(why).part(InsetText::new(text)).show_with(form);
    }
    if state.prompted.said.prompt == Prompt::Chc {
        // It is answered by a checklist, or by why there is none: each is a decision of its own.
        let href = format!("/person/{id}/chc");
        return Tell::new(page)
            .part(why)
            .part(link("Do a checklist, or say why none is done", &href))
            .show_with(form);
    }
    let choices =
        [Choice::new("yes", "It is done"), Choice::new("no", "It is not done, and this is why")];
    let mut ask =
        Ask::new(page, format!("/person/{id}/prompt/{}", laid.called(entry)), "Save").before(why);
    if let Some(kind) = begins(seat, state) {
        let form = seat.app.place.forms.of_kind(kind);
        ask = form.into_iter().fold(ask, |ask, form| {
            let text = format!("Begin ‘{}’", form.title);
            ask.before(link(&text, &format!("/person/{id}/begin?form={}", form.id)))
        });
    }
    if state.prompted.said.prompt == Prompt::Network && seat.actor.role.may(Right::WritePlan) {
        let href = format!("/person/{id}/plan/action?{NETWORK}={}", laid.called(entry));
        ask = ask.before(link("Write it into the plan, which answers this", &href));
    }
    let more = match state.prompted.said.prompt {
        Prompt::Network => Some(
            "The plan then carries an action: who helps them to find people, where and by when.",
        ),
        Prompt::CarersAssessment => Some(
            "A carer’s assessment is theirs: it is kept on their own record. Record a contact about \
             the carer, or tell them that they can ask for it by themselves.",
        ),
        Prompt::Advocacy => {
            Some("An advocate is independent of us, and the person can say no to one.")
        }
        _ => None,
    };
    ask = more.into_iter().fold(ask, |ask, more| ask.before(paragraph(more)));
    ask.part(Radios::new("what", "What came of it?", choices).filled(form))
        .part(
            Textarea::new("words", "In words")
                .hint("What was done, by whom; or why nothing. It stays on the record.")
                .rows(3)
                .filled(form),
        )
        .show(form)
}

fn begins(seat: &Seat, state: &PromptState) -> Option<FormKind> {
    let kind = form_for(state.prompted.said.prompt)?;
    may_begin(seat, false).any(|form| form.kind == kind).then_some(kind)
}

fn back(seat: &Seat, id: PersonId) -> String {
    let shared = may_see(FormKind::Assessment, seat);
    if shared { format!("/person/{id}/assessment") } else { format!("/person/{id}") }
}

/// Keeps what came of it.
pub async fn write(
    seat: Seat,
    AtEntry(id, entry): AtEntry,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    let known = |text: &str| ["yes", "no"].contains(&text).then(|| text == "yes");
    let done = form.chosen("what", known, "Choose what came of it");
    if let Some(done) = done {
        let (words, app) = (form.value("words").to_owned(), seat.app.clone());
        let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
            let folded = readable(id, before.entries);
            let ground = care::assess::Ground {
                forms: &app.place.forms,
                readable: &folded.assessment,
                register: &care::assess::register::OnRegister::default(),
            };
            prompt::answer(before.person, entry, done, &words, &ground, asking)
        });
        if changed.await?.kept(&mut form)? {
            let to = format!("{}?done=thought-of", back(&seat, id));
            return Ok(Redirect::to(&to).into_response());
        }
    }
    view(&seat, id, entry, &form).await
}
