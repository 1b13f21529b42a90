//! One letter on its page: in the form that the person needs, or in another; when and how it was given;
//! and the form to say so.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::record::entry::EntryNumber;
use care::record::fact::letter::{LetterFormat, LetterGiven, LetterKind, LetterRoute};
use care::record::ids::PersonId;
use care::record::person::letters::Letter;
use care::record::person::{Person, Told};
use care::who::access::{Access, Relationship, may_open};
use care::who::letters::{self, Giving};
use law::day::Day;

use super::{Paper, paper};
use crate::changing::{From, Sent};
use crate::components::{Button, Choice, DateInput, Markup, Radios, TextInput};
use crate::error::Failure;
use crate::forms::Form;
use crate::names::AtEntry;
use crate::page::{self, Page};
use crate::posted::{Asked, Posted};
use crate::reading::Record;
use crate::seat::Seat;

const LOOKED_AT: &str = "a letter";

#[derive(Template)]
#[template(path = "letter/one.html")]
struct OnePage {
    page: Page,
    forms: Vec<(&'static str, String, bool)>,
    why_form: &'static str,
    paper: Paper,
    given_title: &'static str,
    given: Vec<String>,
    action: String,
    ask: Vec<Markup>,
}

/// Which letter is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    /// The one about an entry.
    About(EntryNumber),
    /// The last of a kind.
    Last(LetterKind),
    /// What the person pays on a day.
    Pays(Day),
}

impl Which {
    fn find(self, person: &Person) -> Option<Letter<'_>> {
        match self {
            Self::About(entry) => person.letter(entry),
            Self::Last(kind) => person.letters().into_iter().rfind(|one| one.kind == kind),
            Self::Pays(day) => person.letter(person.means.on(day)?.entry),
        }
    }
}

/// Shows a letter.
pub async fn show(
    seat: Seat,
    AtEntry(id, entry): AtEntry,
    Asked(asked): Asked,
) -> Result<Response, Failure> {
    view(&seat, id, Which::About(entry), &asked, Form::blank()).await
}

/// Shows the letter about what the person pays today.
pub async fn show_charge(
    seat: Seat,
    Path(id): Path<PersonId>,
    Asked(asked): Asked,
) -> Result<Response, Failure> {
    view(&seat, id, Which::Pays(seat.today), &asked, Form::blank()).await
}

/// Shows the last letter about eligibility.
pub async fn show_eligibility(
    seat: Seat,
    Path(id): Path<PersonId>,
    Asked(asked): Asked,
) -> Result<Response, Failure> {
    view(&seat, id, Which::Last(LetterKind::Eligibility), &asked, Form::blank()).await
}

/// Shows the letter that is meant, in the form that is asked for or that the person needs.
async fn view(
    seat: &Seat,
    id: PersonId,
    which: Which,
    asked: &Form,
    form: Form,
) -> Result<Response, Failure> {
    let more = move |_: &mut dyn store::engine::Tx, _: &Seat, record: &Record| {
        let readable = Person::fold(id, &record.entries);
        Ok(which.find(&readable).is_some().then_some(readable))
    };
    let (record, readable) = seat.record_and(id, LOOKED_AT, more).await?;
    let letter = which.find(&readable).ok_or(Failure::NotFound)?;
    let needed = letters::format_for(&readable);
    let format = LetterFormat::named(asked.value(AS)).unwrap_or(needed);
    let paper = paper(seat, &record, &readable, &letter, format).ok_or(Failure::NotFound)?;
    let own = seat.actor.person == Some(id);
    let mut page = seat.page(paper.title.as_str(), "").back(format!("/person/{id}/letters"));
    page = match asked.value("done") {
        "given" => page.done("It is on record that the letter was given"),
        "decided" => page.done("It is decided. This is the letter: give it to the person"),
        "ended" => page.done("It is finished. This is the letter about it: give it to the person"),
        _ => page,
    };
    let path = format!("/person/{id}/letter/{}", record.called(letter.entry));
    let forms = LetterFormat::ALL
        .iter()
        .map(|one| (one.in_words(), format!("{path}?{AS}={}", one.code()), *one == format));
    let one = OnePage {
        page: page.errors(&form),
        forms: forms.collect(),
        why_form: why_form(needed, format),
        paper,
        given_title: if own { "Have you had this letter?" } else { "Was it given?" },
        given: given(&letter, own, seat),
        action: format!("{path}?{AS}={}", format.code()),
        ask: ask(seat, &letter, own, &form),
    };
    page::show_form(&one, &form)
}

/// The field of the address that says in which form.
const AS: &str = "print";

fn why_form(needed: LetterFormat, shown: LetterFormat) -> &'static str {
    match (needed, shown == needed) {
        (LetterFormat::Standard, true) => {
            "Nothing else is recorded of how to write to this person."
        }
        (_, true) => "This is the form that the record asks for.",
        (LetterFormat::Standard, false) => "The record does not ask for this form.",
        (LetterFormat::Large, false) => "The record asks for large print.",
        (LetterFormat::EasyRead, false) => "The record asks for easy read.",
    }
}

/// When and how a letter was given, a sentence each; or until when it waits. Who acts for the person in
/// one matter is not told whether letters that may be of another were given.
fn given(letter: &Letter<'_>, own: bool, seat: &Seat) -> Vec<String> {
    let of_a_matter = matches!(letter.kind, LetterKind::Capacity | LetterKind::Decision);
    if of_a_matter && seat.actor.represents.is_some() {
        return Vec::new();
    }
    if let Some(due) = letter.waits() {
        let day = due.due.in_words();
        return vec![if own {
            "It is not on record yet that you were given this letter.".to_owned()
        } else {
            format!("Not yet. It is to be given by {day}.")
        }];
    }
    if letter.given.is_empty() {
        return vec!["It is not on record that it was given.".to_owned()];
    }
    letter.given.iter().map(|told| in_a_sentence(told)).collect()
}

fn in_a_sentence(told: &Told<LetterGiven>) -> String {
    let said = &told.said;
    let format = said.format.in_words().to_lowercase();
    let (by, on) = (&told.author.name, told.on.in_words());
    let more = if said.words.is_empty() { String::new() } else { format!(" {}", said.words) };
    format!("{}, in {format}: {by}, on {on}.{more}", said.route.in_words())
}

/// The questions of the form that puts it on record.
fn ask(seat: &Seat, letter: &Letter<'_>, own: bool, form: &Form) -> Vec<Markup> {
    if own {
        let read = letter.given.iter().any(|told| told.said.route == LetterRoute::SignIn);
        let button = Button::new("I have read this letter").once();
        return if read { Vec::new() } else { vec![button.into()] };
    }
    if !letters::may_give(&seat.actor.role, letter.kind) {
        return Vec::new();
    }
    let ways = Choice::each(LetterRoute::ALL.iter().filter(|way| **way != LetterRoute::SignIn));
    let when = DateInput::new("given-on", "When? (leave it empty for today)");
    vec![
        Radios::new("route", "How was the person given it?", ways).small().filled(form).into(),
        when.filled(form).into(),
        TextInput::new("words", "What else to know (optional)").filled(form).into(),
        Button::new("Put it on record as given").once().into(),
    ]
}

/// Puts on record that it was given.
pub async fn give(
    seat: Seat,
    AtEntry(id, entry): AtEntry,
    Asked(asked): Asked,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    let own = seat.actor.person == Some(id);
    let route = if own {
        Some(LetterRoute::SignIn)
    } else {
        form.chosen("route", LetterRoute::named, "Choose how the person was given it")
    };
    let on = form.date("given-on", "the day on which it was given").unwrap_or(seat.today);
    // Without the right there is no such form, whatever was left out of it.
    let format = LetterFormat::named(asked.value(AS));
    if let Some(route) = route.filter(|_| form.is_sound()) {
        let words = form.value("words").to_owned();
        let only_work = Arc::new(AtomicBool::new(false));
        let noted = Arc::clone(&only_work);
        let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
            let readable = Person::fold(id, before.entries);
            let known = before.known;
            let by = may_open(asking.actor, &known.subject, before.person, asking.now);
            noted.store(by == Access::Yes(Relationship::Work), Ordering::Relaxed);
            let format = format.unwrap_or_else(|| letters::format_for(&readable));
            let how = Giving { format, route, on, words: words.clone() };
            letters::give(&readable, entry, &how, asking)
        });
        if changed.await?.kept(&mut form)? {
            let named = seat.called(id, entry);
            // With the work may go what opened the record.
            let to = if only_work.load(Ordering::Relaxed) {
                "/work?done=given".to_owned()
            } else {
                format!("/person/{id}/letter/{named}?{AS}={}&done=given", asked.value(AS))
            };
            return Ok(Redirect::to(&to).into_response());
        }
    }
    view(&seat, id, Which::About(entry), &asked, form).await
}

/// A letter of a person in a list: of what day it is, and whether it was given.
pub fn line(letter: &Letter<'_>, own: bool, seat: &Seat) -> (String, String) {
    (letter.on.in_words(), given(letter, own, seat).join(" "))
}
