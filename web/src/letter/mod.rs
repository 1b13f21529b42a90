//! Letters to the person: one shape for all of them. Each room composes what its letters say
//! ([`Composed`]), whole and as an easy-read outline; here they are framed, shown in the form that the
//! person needs, printed one by one or many together, and put on record as given.

mod easy;
pub mod one;
pub mod person;
pub mod team;
pub mod waiting;

use std::collections::BTreeMap;

use askama::Template;
use care::record::entry::EntryNumber;
use care::record::fact::letter::{LetterFormat, LetterKind};
use care::record::person::Person;
use care::record::person::letters::Letter;

pub use easy::{Idea, idea, sentences};

use crate::components::Markup;
use crate::names::Name;
use crate::reading::{Record, full_name, identity_of};
use crate::seat::Seat;
use crate::{assess, fund, review};

/// What a letter says.
pub struct Composed {
    /// What it is about, in its own words.
    pub title: String,
    /// The whole letter, between “Dear …” and the signature.
    pub whole: Vec<Markup>,
    /// The same as an easy-read outline.
    pub easy: Vec<Idea>,
}

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

/// Puts a letter on paper.
fn paper(
    seat: &Seat,
    record: &Record,
    readable: &Person,
    letter: &Letter<'_>,
    format: LetterFormat,
) -> Option<Paper> {
    let Composed { title, whole, easy } = compose(seat, record, readable, letter)?;
    let identity = identity_of(record.resident.as_ref(), &record.person);
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

/// What each letter to somebody is called where all are listed: by what it tells; where several tell the same,
/// by the day too, and by which it is of that day. So no two have one name.
pub fn names(letters: &[Letter<'_>], own: bool) -> BTreeMap<EntryNumber, String> {
    let told: Vec<(String, &Letter<'_>)> =
        letters.iter().map(|letter| (named(letter, own), letter)).collect();
    let apart = |(name, letter): &(String, &Letter<'_>)| {
        let alike: Vec<_> = told.iter().filter(|(other, _)| other == name).collect();
        if alike.len() == 1 {
            return name.clone();
        }
        let dated = format!("{name}, {}", letter.on.in_words());
        let same_day: Vec<_> = alike.iter().filter(|(_, other)| other.on == letter.on).collect();
        match same_day.iter().position(|(_, other)| other.entry == letter.entry) {
            Some(at) if same_day.len() > 1 => format!("{dated}, {} of that day", nth_letter(at)),
            _ => dated,
        }
    };
    told.iter().map(|one| (one.1.entry, apart(one))).collect()
}

/// Which letter it is, counted from 0, in words.
fn nth_letter(at: usize) -> String {
    let words = ["first", "second", "third", "fourth", "fifth", "sixth"];
    words.get(at).map_or_else(|| format!("letter {}", at + 1), |nth| format!("{nth} letter"))
}

/// A letter by what it tells.
fn named(letter: &Letter<'_>, own: bool) -> String {
    let kind = match (letter.kind, own) {
        (LetterKind::Assessment, true) => "Your assessment",
        (LetterKind::Carer, true) => "Your carer’s assessment",
        (LetterKind::Eligibility, true) => "What we decided on eligibility",
        (LetterKind::Review, true) => "What we decided at your review",
        (LetterKind::Capacity, true) => "Whether you can make a decision",
        (LetterKind::Charge, true) => "What you pay for care",
        (kind, _) => kind.in_words(),
    };
    if letter.about.is_empty() { kind.to_owned() } else { format!("{kind}: {}", letter.about) }
}
