//! Letters to the person: one shape for all of them. Each room composes what its letters say
//! ([`Composed`]), whole and as an easy-read outline; here they are framed, shown in the form that the
//! person needs, printed one by one or many together, and put on record as given.

pub mod one;
pub mod person;
pub mod team;
pub mod waiting;

use askama::Template;
use care::record::fact::letter::{LetterFormat, LetterKind};
use care::record::person::Person;
use care::record::person::letters::Letter;

use crate::ask::{heading, paragraph};
use crate::components::Markup;
use crate::composed::{Composed, Idea, idea};
use crate::names::Name;
use crate::reading::Record;
use crate::seat::Seat;
use crate::whom::full_name;
use crate::{assess, fund, review};

/// A letter on paper, in one of its forms.
#[derive(Template)]
#[template(path = "letter/letter.html")]
pub struct Paper {
    entry: Name,
    format: LetterFormat,
    /// Whether it stands by itself on its page, or among others.
    alone: bool,
    title: String,
    from: String,
    on: String,
    to: Vec<String>,
    dear: String,
    parts: Vec<Markup>,
    easy: Vec<Idea>,
    signed: String,
}

impl askama::filters::HtmlSafe for Paper {}

/// Composes the letter about an entry, from what whoever asks may read; None where its room has no such
/// letter.
fn compose(
    seat: &Seat,
    record: &Record,
    readable: &Person,
    letter: &Letter<'_>,
) -> Option<Composed> {
    match letter.kind {
        LetterKind::Charge => fund::letter::compose(seat, record, letter.entry),
        LetterKind::Review => review::letter::compose(readable, letter.entry),
        LetterKind::Eligibility
        | LetterKind::Capacity
        | LetterKind::Decision
        | LetterKind::Chc
        | LetterKind::Risk => assess::decide::letters::compose(readable, letter),
        LetterKind::Assessment | LetterKind::Carer => {
            assess::letter::compose(seat, record, letter.entry)
        }
    }
}

/// Whom the person asks for: who wrote to them, or who keeps their record.
fn ask_for(record: &Record, letter: &Letter<'_>) -> String {
    let wrote = format!("{}, who wrote this letter", letter.author.name);
    match record.person.keeper().filter(|keeper| keeper.user != letter.author.user) {
        Some(keeper) => format!("{wrote}, or for {}, who keeps your record", keeper.name),
        None => wrote,
    }
}

/// Puts a letter on paper.
fn paper(
    seat: &Seat,
    record: &Record,
    readable: &Person,
    letter: &Letter<'_>,
    format: LetterFormat,
) -> Option<Paper> {
    let Composed { title, mut whole, mut easy } = compose(seat, record, readable, letter)?;
    if let Some(desk) = seat.desk(&letter.author.organisation, record.practice()) {
        whole.push(heading("How to reach us"));
        whole.push(paragraph(&desk.in_a_sentence(&ask_for(record, letter))));
        let number = format!("Our number is {}.", desk.telephone);
        let ask_for = format!("Ask for {}.", letter.author.name);
        easy.push(idea("a telephone", ["You can ring us.".to_owned(), number, ask_for]));
    }
    let identity = record.identity();
    let name = full_name(&identity);
    let organisation = seat.app.place.organisation_name(&letter.author.organisation);
    let mut to = vec![name.clone()];
    to.extend(identity.address);
    to.extend(identity.postcode);
    let outline = format == LetterFormat::EasyRead;
    Some(Paper {
        entry: record.called(letter.entry),
        format,
        alone: true,
        title,
        signed: format!("{}, {organisation}", letter.author.name),
        from: organisation,
        on: letter.on.in_words(),
        to,
        dear: format!("Dear {name},"),
        parts: if outline { Vec::new() } else { whole },
        easy: if outline { easy } else { Vec::new() },
    })
}
