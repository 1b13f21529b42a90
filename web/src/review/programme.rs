//! A programme of enablement: what was planned, its weeks, what it came to.

use axum::response::{IntoResponse, Redirect, Response};
use care::record::entry::EntryNumber;
use care::record::fact::review::EnablementEnd;
use care::record::ids::PersonId;
use care::record::person::Person;
use care::record::person::review::Programme;
use care::review::enablement;
use care::who::role::{Part, Right};

use super::enablement::{hours_a_week, hours_in};
use super::{hours, reviews, with_date};
use crate::ask::{Ask, Tell, heading, link, list, paragraph};
use crate::assess::Laid;
use crate::changing::{From, Sent};
use crate::components::{
    BarPlot, Cell, Choice, DateInput, Heading, Markup, Radios, SummaryList, SummaryRow, Table,
    Textarea,
};
use crate::error::Failure;
use crate::forms::Form;
use crate::names::AtEntry;
use crate::posted::{Asked, Posted};
use crate::seat::Seat;

const LOOKED_AT: &str = "enablement";

/// Opens the record at a programme.
async fn open(seat: &Seat, id: PersonId, entry: EntryNumber) -> Result<Laid, Failure> {
    let has = move |person: &Person, seat: &Seat| {
        seat.actor.role.sees(Part::Plan) && person.reviews.programme(entry).is_some()
    };
    Laid::open(seat, id, LOOKED_AT, has).await
}

fn programme(laid: &Laid, entry: EntryNumber) -> Result<&Programme, Failure> {
    laid.readable.reviews.programme(entry).ok_or(Failure::NotFound)
}

/// Where it stands.
fn here(laid: &Laid, entry: EntryNumber) -> String {
    format!("{}/enablement/{}", laid.path(), laid.called(entry))
}

/// Whether whoever asks writes its weeks.
fn tells(seat: &Seat, laid: &Laid) -> bool {
    !laid.own && seat.works() && seat.actor.role.may(Right::WritePlan)
}

/// Shows it.
pub async fn show(
    seat: Seat,
    AtEntry(id, entry): AtEntry,
    Asked(asked): Asked,
) -> Result<Response, Failure> {
    let laid = open(&seat, id, entry).await?;
    let programme = programme(&laid, entry)?;
    let path = laid.path();
    let title = if laid.own {
        "Your enablement".to_owned()
    } else {
        format!("Enablement of {}", laid.given())
    };
    let back = match (laid.own, seat.actor.role.sees(Part::Assessment)) {
        (_, true) => format!("{path}/reviews"),
        _ => path.clone(),
    };
    let page = seat.page(title, "").back(back);
    let page = match asked.value("done") {
        "week" => page.done("The week is on the record"),
        "ended" => page.done("It has ended, with what follows"),
        _ => page,
    };
    let mut tell = Tell::new(page).part(planned(&seat, &laid, programme));
    let here = here(&laid, entry);
    if programme.ended.is_none() {
        if tells(&seat, &laid) {
            tell = tell.part(link("Write about a week", &format!("{here}/week")));
        }
        if reviews(&laid.readable, &seat) {
            let words = "End it, and decide what follows";
            tell = tell.part(link(words, &format!("{here}/end")));
        }
    }
    tell = tell.part(heading("Week by week")).part(weeks(programme)).part(plot(programme));
    if let Some(ended) = &programme.ended {
        let rows = [
            SummaryRow::new("What it came to", ended.said.end.in_words()),
            SummaryRow::new("Hours a week now", hours::in_words(ended.said.quarters)),
            SummaryRow::new("What follows, and why", ended.said.next.as_str()),
            SummaryRow::new("Decided", format!("{}, {}", ended.author.name, ended.on.in_words())),
        ];
        tell = tell.part(heading("Its end")).part(SummaryList::new(rows));
    }
    tell.show()
}

fn planned(seat: &Seat, laid: &Laid, programme: &Programme) -> Markup {
    let said = &programme.begun.said;
    let plan = &laid.readable.plan;
    let outcomes = said.outcomes.iter().filter_map(|&outcome| plan.outcome(outcome));
    let outcomes = list(outcomes.map(|outcome| outcome.written.said.words.clone()));
    let rows = [
        SummaryRow::new("What it works for", outcomes),
        SummaryRow::new("Given by", seat.app.place.team_name(&said.team)),
        SummaryRow::new("From", said.from.in_words()),
        SummaryRow::new("Planned to end on", said.until.in_words()),
        SummaryRow::new("Hours a week at its start", hours::in_words(said.quarters)),
    ];
    SummaryList::new(rows).into()
}

fn weeks(programme: &Programme) -> Markup {
    if programme.weeks.is_empty() {
        return paragraph("Nothing was written of its weeks yet.");
    }
    let heads =
        ["Week up to", "Hours given", "What they can do now, and what not yet", "Written by"];
    let mut table =
        Table::new(heads).hidden_caption("Weeks of enablement").first_is_header().stacks();
    for told in &programme.weeks {
        table = table.row([
            Cell::new(told.said.week.sunday().in_words()),
            Cell::new(hours::in_words(told.said.quarters)),
            Cell::new(told.said.words.as_str()),
            Cell::new(told.author.name.as_str()),
        ]);
    }
    table.into()
}

/// The hours: as planned at the start, of each week, and at the end.
fn plot(programme: &Programme) -> Markup {
    let mut plot = BarPlot::new("hours", "Hours of support a week");
    let mut bar = |name: String, quarters: u16| {
        let figure = hours::in_words(quarters);
        plot = plot.clone().bar(name, i64::from(quarters), figure, false);
    };
    bar("At its start".to_owned(), programme.begun.said.quarters);
    for told in &programme.weeks {
        bar(told.said.week.sunday().in_words(), told.said.quarters);
    }
    if let Some(ended) = &programme.ended {
        bar("At its end".to_owned(), ended.said.quarters);
    }
    plot.into()
}

/// Asks how a week went.
pub async fn ask_week(seat: Seat, AtEntry(id, entry): AtEntry) -> Result<Response, Failure> {
    view_week(&seat, (id, entry), None).await
}

async fn view_week(
    seat: &Seat,
    (id, entry): (PersonId, EntryNumber),
    form: Option<Form>,
) -> Result<Response, Failure> {
    seat.require(Right::WritePlan)?;
    let laid = open(seat, id, entry).await?;
    let next = programme(&laid, entry)?.untold().min(seat.today);
    let form = form.unwrap_or_else(|| with_date(Form::blank(), "week", next));
    let page = seat.page("A week of enablement", "");
    let page = page.back(here(&laid, entry));
    Ask::new(page, format!("{}/week", here(&laid, entry)), "Keep this")
        .part(DateInput::new("week", "A day of the week you write about").filled(&form))
        .part(hours_a_week("Hours of support given in it", &form))
        .part(
            Textarea::new("words", "What they can do now, and what not yet").rows(4).filled(&form),
        )
        .show(&form)
}

/// Keeps a week.
pub async fn write_week(
    seat: Seat,
    AtEntry(id, entry): AtEntry,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::WritePlan)?;
    let week = form.required_date("week", "the day", "Enter a day of the week");
    let hours = hours_in(&mut form);
    if let (Some(week), Some(quarters)) = (week, hours) {
        let words = form.value("words").to_owned();
        let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
            enablement::week(before.person, entry, week, quarters, &words, asking)
        });
        if changed.await?.kept(&mut form)? {
            return Ok(to_programme(&seat, id, entry, "week"));
        }
    }
    view_week(&seat, (id, entry), Some(form)).await
}

fn to_programme(seat: &Seat, id: PersonId, entry: EntryNumber, done: &str) -> Response {
    let named = seat.called(id, entry);
    Redirect::to(&format!("/person/{id}/enablement/{named}?done={done}")).into_response()
}

/// Asks what it came to.
pub async fn ask_end(seat: Seat, AtEntry(id, entry): AtEntry) -> Result<Response, Failure> {
    view_end(&seat, (id, entry), &Form::blank()).await
}

async fn view_end(
    seat: &Seat,
    (id, entry): (PersonId, EntryNumber),
    form: &Form,
) -> Result<Response, Failure> {
    seat.require(Right::Review)?;
    let laid = open(seat, id, entry).await?;
    let programme = programme(&laid, entry)?;
    let page = seat.page("End enablement", "");
    let page = page.back(here(&laid, entry));
    let ends = Choice::each(EnablementEnd::ALL);
    Ask::new(page, format!("{}/end", here(&laid, entry)), "End it")
        .before(planned(seat, &laid, programme))
        .before(weeks(programme))
        .part(
            Radios::new("end", "What did it come to?", ends)
                .heading(Heading::Small)
                .small()
                .filled(form),
        )
        .part(hours_a_week("Hours of support a week from now on", form))
        .part(Textarea::new("next", "What follows, and why?").rows(4).filled(form))
        .show(form)
}

/// Ends it.
pub async fn write_end(
    seat: Seat,
    AtEntry(id, entry): AtEntry,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::Review)?;
    let end = form.chosen("end", EnablementEnd::named, "Choose what it came to");
    let hours = hours_in(&mut form);
    if let (Some(end), Some(quarters)) = (end, hours) {
        let next = form.value("next").to_owned();
        let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
            enablement::end(before.person, entry, end, quarters, &next, asking)
        });
        if changed.await?.kept(&mut form)? {
            return Ok(to_programme(&seat, id, entry, "ended"));
        }
    }
    view_end(&seat, (id, entry), &form).await
}
