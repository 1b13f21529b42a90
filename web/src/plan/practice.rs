//! Practice worth sharing: written up from a case by somebody who works with the person, and found by
//! others. It is kept apart from the story, with nothing that leads back to it.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::plan::practice::{Identifiers, KeptNote, Note, Theme, may_withdraw, write as written};
use care::record::ids::{NoteId, PersonId};
use care::who::access::{Access, may_open};
use care::who::actor::Refusal;
use care::who::role::Right;
use law::day::Day;
use store::practice;

use super::open_to_write;
use crate::ask::{Ask, Tell, heading, note_refusal, paragraph};
use crate::components::{
    Button, Checkboxes, Choice, Heading, Markup, Pagination, Select, TextInput, Textarea,
};
use crate::error::Failure;
use crate::forms::Form;
use crate::page::{self, Page};
use crate::posted::{Asked, Posted};
use crate::reading;
use crate::seat::Seat;

/// How many notes one page shows.
const PAGE: usize = 20;

/// Whether somebody writes up what they saw.
pub fn may_write(seat: &Seat) -> bool {
    seat.reads_practice() && seat.actor.role.may(Right::WritePlan)
}

/// Asks what is worth sharing.
pub async fn ask(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    view(&seat, id, &Form::blank()).await
}

async fn view(seat: &Seat, id: PersonId, form: &Form) -> Result<Response, Failure> {
    if !may_write(seat) {
        return Err(Failure::NotFound);
    }
    open_to_write(seat, id).await?;
    let page = seat.page("Write up practice worth sharing", "").back(super::path(id));
    let about = "Others who work here find it and learn from it. Write what was done, and not about \
                 whom: no names, no address, no numbers, no dates of birth, of the person or of anybody \
                 round them. It is kept apart from the record, and nothing in it leads here.";
    let themes = Choice::each(Theme::ALL);
    let themes = std::iter::once(Choice::new("", "Choose what it is about")).chain(themes);
    let affirm = Choice::new("yes", "I have read it again, and nobody can be known by it");
    let area =
        |name, label: &str, hint: &str| Textarea::new(name, label).hint(hint).rows(4).filled(form);
    Ask::new(page, format!("/person/{id}/practice"), "Share it")
        .before(paragraph(about))
        .part(TextInput::new("title", "A title").filled(form))
        .part(Select::new("theme", "What is it about?", themes).filled(form))
        .part(area("situation", "How it was", "Such as: somebody who lives alone, after a fall."))
        .part(area("what-done", "What was done", "Who did what, by what they do and not by name."))
        .part(area("learned", "What others can learn from it", "Also what did not work."))
        .part(
            Checkboxes::new("affirm", "Before you share it", [affirm])
                .heading(Heading::Small)
                .small()
                .filled(form),
        )
        .show(form)
}

/// Keeps it, if nobody can be known by it.
pub async fn write(
    seat: Seat,
    Path(id): Path<PersonId>,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    if !may_write(&seat) {
        return Err(Failure::NotFound);
    }
    let theme = form.chosen("theme", Theme::named, "Choose what it is about");
    if let Some(theme) = theme {
        let said = |name: &str| form.value(name).to_owned();
        let note = Note {
            theme,
            title: said("title"),
            situation: said("situation"),
            done: said("what-done"),
            learned: said("learned"),
        };
        let affirmed = form.has("affirm", "yes");
        let new = NoteId::from_uuid((seat.app.new_id)());
        let kept = seat.write(move |tx, seat| {
            let Some(known) = reading::known(tx, seat, id)? else { return Ok(None) };
            let access = may_open(&seat.actor, &known.subject, &known.person, seat.now);
            if !matches!(access, Access::Yes(_)) || known.entries.is_empty() {
                return Ok(None);
            }
            let identity = known.identity();
            // Whoever wrote on the record works with the person, or did.
            let authors: Vec<String> =
                known.entries.iter().map(|entry| entry.author.name.clone()).collect();
            let around = Identifiers::of(&known.person, &[identity], &authors);
            let kept: Result<KeptNote, Refusal> =
                written(new, &note, affirmed, &around, &seat.asking());
            match kept {
                Ok(kept) => practice::add(tx, &kept).map(|id| Some(Ok(id))),
                Err(refusal) => Ok(Some(Err(refusal))),
            }
        });
        match kept.await?.ok_or(Failure::NotFound)? {
            Ok(note) => {
                return Ok(Redirect::to(&format!("/practice/{note}?done=shared")).into_response());
            }
            Err(refusal) => note_refusal(&mut form, &refusal),
        }
    }
    view(&seat, id, &form).await
}

#[derive(Template)]
#[template(path = "plan/practice.html")]
struct PracticePage {
    page: Page,
    words: TextInput,
    theme: Select,
    search: Button,
    count: String,
    notes: Vec<NoteView>,
    next: Option<Pagination>,
}

struct NoteView {
    href: String,
    title: String,
    about: String,
}

fn about(seat: &Seat, kept: &KeptNote) -> String {
    let organisation = seat.app.place.organisation_name(&kept.author.organisation);
    let theme = kept.note.theme.in_words();
    format!("{theme}. {}, {organisation}, {}", kept.author.name, kept.on.in_words())
}

/// Notes by their words and their theme, the newest first.
pub async fn find(seat: Seat, Asked(asked): Asked) -> Result<Response, Failure> {
    if !seat.reads_practice() {
        return Err(Failure::NotFound);
    }
    let typed = asked.value("q").trim().to_owned();
    let theme = Theme::named(asked.value("theme"));
    let after: Option<(Day, NoteId)> = asked
        .value("after")
        .split_once('_')
        .and_then(|(on, id)| Some((Day::parse(on).ok()?, id.parse().ok()?)));
    let query = typed.clone();
    let most = u32::try_from(PAGE + 1).unwrap_or(u32::MAX);
    let mut found =
        seat.read(move |tx, _| practice::search(tx, &query, theme, after, most)).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let last = found.last().filter(|_| more);
    let next = last.map(|last| {
        let (q, theme) = (crate::find::search::escaped(&typed), asked.value("theme"));
        let theme = crate::find::search::escaped(theme);
        let to = format!("/practice?q={q}&theme={theme}&after={}_{}", last.on, last.id);
        Pagination::new("Notes").next(to)
    });
    let themes = Choice::each(Theme::ALL);
    let themes = std::iter::once(Choice::new("", "Anything")).chain(themes);
    page::show(&PracticePage {
        page: seat.page("Practice worth sharing", "/practice"),
        words: TextInput::new("q", "Words").hint("For example falls, or lunch club").filled(&asked),
        theme: Select::new("theme", "What is it about?", themes).filled(&asked),
        search: Button::new("Search"),
        count: match found.len() {
            0 => "Nothing to show".to_owned(),
            1 => "1 note".to_owned(),
            count => format!("{count} notes"),
        },
        notes: found
            .iter()
            .map(|kept| NoteView {
                href: format!("/practice/{}", kept.id),
                title: kept.note.title.clone(),
                about: about(&seat, kept),
            })
            .collect(),
        next,
    })
}

/// Shows one.
pub async fn show(
    seat: Seat,
    Path(id): Path<NoteId>,
    Asked(asked): Asked,
) -> Result<Response, Failure> {
    if !seat.reads_practice() {
        return Err(Failure::NotFound);
    }
    let kept = seat.read(move |tx, _| practice::note(tx, id)).await?.ok_or(Failure::NotFound)?;
    let note = &kept.note;
    let page = seat.page(note.title.as_str(), "/practice").back("/practice");
    let page = match asked.value("done") {
        "shared" => page.done("It is shared. Whoever works here finds it"),
        _ => page,
    };
    let mut parts: Vec<Markup> = vec![paragraph(&about(&seat, &kept))];
    for (title, text) in [
        ("How it was", &note.situation),
        ("What was done", &note.done),
        ("What others can learn from it", &note.learned),
    ] {
        parts.push(heading(title));
        parts.extend(text.lines().filter(|line| !line.trim().is_empty()).map(paragraph));
    }
    if !may_withdraw(&kept, &seat.actor) {
        return parts.into_iter().fold(Tell::new(page), Tell::part).show();
    }
    let words =
        "If somebody could be known by it after all, withdraw it: what it says is then gone.";
    let parts = parts.into_iter().chain([paragraph(words)]);
    parts
        .fold(Ask::new(page, format!("/practice/{id}"), "Withdraw it"), Ask::before)
        .show(&Form::blank())
}

/// Withdraws one.
pub async fn withdraw(
    seat: Seat,
    Path(id): Path<NoteId>,
    Posted(_): Posted,
) -> Result<Response, Failure> {
    if !seat.reads_practice() {
        return Err(Failure::NotFound);
    }
    let done = seat.write(move |tx, seat| {
        let kept = practice::note(tx, id)?.filter(|kept| may_withdraw(kept, &seat.actor));
        let Some(kept) = kept else { return Ok(false) };
        practice::withdraw(tx, kept.id, seat.actor.user, seat.today)?;
        Ok(true)
    });
    if done.await? { Ok(Redirect::to("/practice").into_response()) } else { Err(Failure::NotFound) }
}
