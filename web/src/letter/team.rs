//! The letters that a team has still to give: as a list, as one document to print with a letter to each
//! sheet, and put on record as given in one act. At most so many at a time ([`AT_ONCE`]).

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use care::record::entry::{EntryNumber, NewEntry};
use care::record::fact::letter::{LetterFormat, LetterRoute};
use care::record::ids::{PersonId, TeamId};
use care::record::person::Person;
use care::who::access::{Access, may_open};
use care::who::actor::{Asking, Refusal};
use care::who::letters::{self, Giving};
use care::who::role::Right;
use law::day::Day;
use store::StoreError;
use store::engine::Tx;
use store::work::{Due, LetterPlace};

use super::waiting::{self, Waiting};
use super::{Paper, paper};
use crate::changing::{Before, From, Sent, change};
use crate::components::{Button, Choice, Markup, Radios};
use crate::composed::nth_letter;
use crate::error::Failure;
use crate::forms::Form;
use crate::owner::Line;
use crate::page::{self, Page};
use crate::posted::{Asked, Posted};
use crate::reading;
use crate::seat::Seat;
use crate::whom::Namesakes;

/// How many letters one list shows, one document prints and one act gives.
pub const AT_ONCE: u32 = 200;
/// What an empty list says: what would stand in it, and what happens by itself.
const NONE_WAITS: &str = "No letters wait to be given. A letter comes here by itself when something is decided \
                          that somebody is told in writing: whether they are eligible, what they pay, what a \
                          review came to. It stays until it is on record how it was given.";
const IN_LETTERS: &str = "the name, in a list of letters to give";
const PRINTED: &str = "a letter, printed with others";

/// Where a list of letters begins: after a line, which is so many lines in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Start {
    after: Option<LetterPlace>,
    number: u32,
}

impl Start {
    fn asked(seat: &Seat, asked: &Form) -> Self {
        let read = || {
            let mut parts = asked.value("after").split('_');
            let day = Day::parse(parts.next()?).ok()?;
            let (person, entry) = read_entry(seat, &mut parts)?;
            Some(Self { after: Some((day, person, entry)), number: parts.next()?.parse().ok()? })
        };
        read().unwrap_or_default()
    }

    fn query(self, seat: &Seat) -> String {
        self.after.map_or_else(String::new, |(day, person, entry)| {
            format!("?after={day}_{person}_{}_{}", seat.called(person, entry), self.number)
        })
    }
}

/// A batch of a team's letters, of those whom whoever asks may be told about.
struct Batch {
    total: u32,
    lines: Vec<Line>,
    /// How many lines it looked at, with those that are not named.
    looked: u32,
    next: Option<Start>,
}

impl Batch {
    fn read(tx: &mut dyn Tx, seat: &Seat, team: &TeamId, start: Start) -> Result<Self, StoreError> {
        let total = waiting::counted(tx, seat, team)?;
        let Waiting { letters, next } = to_last_named(tx, seat, team, start.after)?;
        let looked = u32::try_from(letters.len()).unwrap_or(AT_ONCE);
        let number = start.number + looked;
        let next = next.map(|after| Start { after: Some(after), number });
        let named = letters.into_iter().filter(|(_, named)| *named).map(|(line, _)| line);
        Ok(Self { total, lines: named.collect(), looked, next })
    }

    /// Which letters these are, of how many.
    fn in_words(&self, start: Start) -> String {
        let from = start.number + 1;
        let mut words = match self.looked {
            0 => return NONE_WAITS.to_owned(),
            1 if self.total == 1 => "1 letter waits to be given.".to_owned(),
            looked => format!(
                "{} letters wait to be given. These are {from} to {}.",
                self.total,
                start.number + looked
            ),
        };
        let left_out = self.looked as usize - self.lines.len();
        if left_out > 0 {
            words += " Some are not shown: only those in the person’s own team may see them.";
        }
        words
    }
}

/// The next letters, up to the last that is named: an address in which the list goes on names nobody who is
/// not on the page.
fn to_last_named(
    tx: &mut dyn Tx,
    seat: &Seat,
    team: &TeamId,
    mut after: Option<LetterPlace>,
) -> Result<Waiting, StoreError> {
    let mut letters = Vec::new();
    loop {
        let waiting = waiting::after(tx, seat, team, after, AT_ONCE)?;
        letters.extend(waiting.letters);
        after = waiting.next;
        let last = letters.iter().rposition(|(_, named)| *named);
        match (after, last) {
            (None, _) => return Ok(Waiting { letters, next: None }),
            (Some(_), None) => {}
            (Some(_), Some(last)) => {
                letters.truncate(last + 1);
                let next = letters.last().map(|(line, _)| line.due.letter_place());
                return Ok(Waiting { letters, next });
            }
        }
    }
}

fn team_of(seat: &Seat) -> Result<TeamId, Failure> {
    seat.require(Right::SeeWork)?;
    seat.actor.team.clone().filter(|_| seat.works()).ok_or(Failure::NotFound)
}

#[derive(Template)]
#[template(path = "letter/team.html")]
struct TeamPage {
    page: Page,
    team: String,
    words: String,
    lines: Vec<(String, String, String)>,
    print: Option<Button>,
    next: Option<String>,
}

/// The list.
pub async fn show(seat: Seat, Asked(asked): Asked) -> Result<Response, Failure> {
    let team = team_of(&seat)?;
    let start = Start::asked(&seat, &asked);
    let of = team.clone();
    let read = seat.write(move |tx, seat| {
        let batch = Batch::read(tx, seat, &of, start)?;
        let names = Namesakes::of(batch.lines.iter().map(|line| &line.whom));
        let mut lines = Vec::with_capacity(batch.lines.len());
        for line in &batch.lines {
            let due = &line.due;
            let late = if due.due < seat.today { ", late" } else { "" };
            let by = format!("to be given by {}{late}", due.due.in_words());
            let href = format!("/person/{}/letter/{}", due.person, seat.due_called(due));
            // Whoever has several waiting is told apart from themself.
            let theirs =
                || batch.lines.iter().map(|one| &one.due).filter(|one| one.person == due.person);
            let at = theirs().position(|other| other.entry == due.entry).unwrap_or_default();
            let mut name = names.name(&line.whom);
            if theirs().count() > 1 {
                name = format!("{name}, {}", nth_letter(at));
            }
            lines.push((name, href, by));
        }
        reading::write_names_seen(
            tx,
            seat,
            IN_LETTERS,
            batch.lines.iter().map(|line| line.due.person),
        )?;
        Ok((batch, lines))
    });
    let (batch, lines) = read.await?;
    let mut page = seat.page("Letters to give", "/work").back("/work");
    if asked.value("done") == "given" {
        page = page.done("The letters are on record as given");
    }
    let print = Button::link(
        match batch.lines.len() {
            1 => "Print this letter, then mark it as given".to_owned(),
            many => format!("Print these {many} letters, then mark them as given"),
        },
        format!("/letters/print{}", start.query(&seat)),
    );
    page::show(&TeamPage {
        page,
        team: seat.app.place.team_name(&team),
        words: batch.in_words(start),
        print: (!lines.is_empty()).then_some(print),
        lines,
        next: batch.next.map(|next| format!("/letters{}", next.query(&seat))),
    })
}

#[derive(Template)]
#[template(path = "letter/many.html")]
struct ManyPage {
    page: Page,
    action: String,
    words: String,
    letters: Vec<String>,
    route: Markup,
    button: Button,
    papers: Vec<Paper>,
}

/// The letters as one document.
pub async fn print(seat: Seat, Asked(asked): Asked) -> Result<Response, Failure> {
    view(&seat, Start::asked(&seat, &asked), &Form::blank()).await
}

async fn view(seat: &Seat, start: Start, form: &Form) -> Result<Response, Failure> {
    let team = team_of(seat)?;
    let read = seat.write(move |tx, seat| {
        let batch = Batch::read(tx, seat, &team, start)?;
        let mut papers = Vec::with_capacity(batch.lines.len());
        for Line { due, .. } in &batch.lines {
            papers.extend(one(tx, seat, due)?);
        }
        Ok(papers)
    });
    let papers = read.await?;
    let letters = papers.iter().map(|(due, paper)| {
        format!("{}_{}_{}", due.person, seat.due_called(due), paper.format.code())
    });
    let ways = Choice::each(LetterRoute::ALL.iter().filter(|way| **way != LetterRoute::SignIn));
    let page =
        seat.page("Letters to print", "/work").back(format!("/letters{}", start.query(seat)));
    let shown = papers.len();
    let many = ManyPage {
        page: page.errors(form),
        action: format!("/letters{}", start.query(seat)),
        words: format!(
            "{}, each on its own sheet and in the form that its reader needs. Print this page, send \
             what it prints, and then mark it as given.",
            if shown == 1 { "1 letter".to_owned() } else { format!("{shown} letters") }
        ),
        letters: letters.collect(),
        route: Radios::new("route", "How were they given?", ways).small().filled(form).into(),
        button: Button::new(if shown == 1 {
            "Mark this letter as given".to_owned()
        } else {
            format!("Mark these {shown} letters as given")
        })
        .once(),
        papers: papers.into_iter().map(|(_, paper)| Paper { alone: false, ..paper }).collect(),
    };
    page::show_form(&many, form)
}

/// One letter of many, if whoever asks may open the record; and the view of it.
fn one(tx: &mut dyn Tx, seat: &Seat, due: &Due) -> Result<Option<(Due, Paper)>, StoreError> {
    let Some(known) = reading::known(tx, seat, due.person)? else { return Ok(None) };
    let access = may_open(&seat.actor, &known.subject, &known.person, seat.now);
    let Access::Yes(by) = access else { return Ok(None) };
    let reason = reading::reason(&known, by, seat);
    let record = reading::readable(known, by, seat);
    let readable = Person::fold(due.person, &record.entries);
    let Some(letter) = readable.letter(due.entry) else { return Ok(None) };
    let format = letters::format_for(&readable);
    let Some(paper) = paper(seat, &record, &readable, &letter, format) else { return Ok(None) };
    reading::write_view(tx, seat, due.person, PRINTED, reason)?;
    Ok(Some((due.clone(), paper)))
}

/// Marks letters as given, all of them or none: those that were printed, in the form they were printed
/// in. One that somebody else has given meanwhile stays as it is.
pub async fn give(
    seat: Seat,
    Asked(asked): Asked,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    team_of(&seat)?;
    let route = form.chosen("route", LetterRoute::named, "Choose how they were given");
    let sheets: Option<Vec<_>> =
        form.values("letter").take(AT_ONCE as usize).map(|text| read_letter(&seat, text)).collect();
    let sheets = sheets.ok_or(Failure::NotFound)?;
    let Some(route) = route else { return view(&seat, Start::asked(&seat, &asked), &form).await };
    let as_sent = Sent::of(&form);
    let given = seat.write(move |tx, seat| {
        for (person, entry, format) in &sheets {
            change(tx, seat, *person, From::Within, as_sent, |before, asking| {
                give_one(&before, *entry, *format, route, asking)
            })?;
        }
        Ok(())
    });
    given.await?;
    Ok(Redirect::to("/letters?done=given").into_response())
}

fn give_one(
    before: &Before<'_>,
    entry: EntryNumber,
    format: LetterFormat,
    route: LetterRoute,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    let readable = Person::fold(before.person.id, before.entries);
    if readable.letter(entry).is_some_and(|letter| !letter.given.is_empty()) {
        return Ok(Vec::new());
    }
    let how = Giving { format, route, on: asking.today, words: String::new() };
    letters::give(&readable, entry, &how, asking)
}

fn read_entry<'a>(
    seat: &Seat,
    parts: &mut impl Iterator<Item = &'a str>,
) -> Option<(PersonId, EntryNumber)> {
    let person = parts.next()?.parse().ok()?;
    Some((person, seat.names(person).read(parts.next()?)?))
}

fn read_letter(seat: &Seat, text: &str) -> Option<(PersonId, EntryNumber, LetterFormat)> {
    let mut parts = text.split('_');
    let (person, entry) = read_entry(seat, &mut parts)?;
    Some((person, entry, LetterFormat::named(parts.next()?)?))
}
