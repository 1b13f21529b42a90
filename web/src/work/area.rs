//! What is due about the people of an area, whoever has it: for whoever leads its neighbourhoods.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::response::Response;
use care::who::role::Right;
use store::engine::Tx;
use store::{StoreError, lists};

use super::{Line, Telling, because, hand_over, line, under_each_other};
use crate::app::Place;
use crate::components::{
    BarPlot, Button, Cell, Choice, InsetText, Markup, Pagination, Select, Table,
};
use crate::error::Failure;
use crate::owner::{self, Held};
use crate::page::{self, Page};
use crate::posted::Asked;
use crate::reading;
use crate::seat::Seat;
use crate::whom::{self, Namesakes};

/// How far ahead what is due is looked at, in days.
const AHEAD: i32 = 28;
/// How many lines one page shows.
const LINES: usize = 50;

/// What of it is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Show {
    All,
    Late,
    Nobodys,
}

impl Show {
    const EACH: [(Self, &'static str, &'static str); 3] = [
        (Self::All, "all", "Everything due in the next four weeks"),
        (Self::Late, "late", "What is late"),
        (Self::Nobodys, "nobody", "What nobody has"),
    ];

    fn asked(text: &str) -> Self {
        Self::EACH.iter().find(|(_, word, _)| *word == text).map_or(Self::All, |(show, ..)| *show)
    }

    fn takes(self, seat: &Seat, one: &Held) -> bool {
        match self {
            Self::All => true,
            Self::Late => one.line.due.due < seat.today,
            Self::Nobodys => one.by.nobody.is_some(),
        }
    }
}

#[derive(Template)]
#[template(path = "work/area.html")]
struct AreaPage {
    page: Page,
    how: InsetText,
    filters: Vec<Select>,
    filter_button: Button,
    tables: Vec<Markup>,
    title: &'static str,
    count: String,
    lines: Option<Markup>,
    pagination: Option<Pagination>,
}

/// Due, late, and with nobody.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    due: u32,
    late: u32,
    nobodys: u32,
}

impl Sums {
    fn add(&mut self, seat: &Seat, one: &Held) {
        self.due += 1;
        self.late += u32::from(one.line.due.due < seat.today);
        self.nobodys += u32::from(one.by.nobody.is_some());
    }
}

/// Shows what is due in the area.
pub async fn show(seat: Seat, Asked(asked): Asked) -> Result<Response, Failure> {
    seat.require(Right::FindOwner)?;
    let areas = areas(&seat);
    let chosen = asked.value("neighbourhood").to_owned();
    let chosen = areas.contains_key(&chosen).then_some(chosen);
    let show = Show::asked(asked.value("show"));
    let after: usize = asked.value("after").parse().unwrap_or(0);
    let within = chosen.clone();
    let all = seat.read(move |tx, seat| held(tx, seat, within.as_deref())).await?;
    let tables = tables(&seat, &areas, chosen.is_none(), &all);
    let wanted: Vec<Held> = all.into_iter().filter(|one| show.takes(&seat, one)).collect();
    let count = wanted.len();
    let shown: Vec<Held> = wanted.into_iter().skip(after).take(LINES).collect();
    let last = after + shown.len();
    let lines = seat.write(move |tx, seat| named(tx, seat, &shown)).await?;
    let (_, word, title) = Show::EACH[show as usize];
    let href = |after: usize| {
        let area = chosen.as_deref().unwrap_or_default();
        format!("/area?neighbourhood={area}&show={word}&after={after}")
    };
    page::show(&AreaPage {
        page: seat.page("What is due in your area", "/work").back("/work"),
        how: InsetText::new(
            "Work of every organisation, about people of your surgeries. What cannot wait comes first, then \
             what is late. Of each, people at high risk come first, as the last review saw it.",
        ),
        filters: filters(&areas, chosen.as_deref(), show),
        filter_button: Button::new("Show").secondary(),
        tables,
        title,
        count: counted(count, after, last),
        lines: under_each_other(&lines),
        pagination: pages(after, last, count, href),
    })
}

/// The neighbourhoods that whoever asks is there for, with their names.
fn areas(seat: &Seat) -> BTreeMap<String, String> {
    let here = seat.actor.practices.iter();
    let areas = here.filter_map(|ods| seat.app.place.places.neighbourhood_of(ods, seat.today));
    areas.map(|area| (area.id.clone(), area.name.clone())).collect()
}

fn area_of<'a>(place: &'a Place, seat: &Seat, practice: &str) -> Option<&'a str> {
    place.places.neighbourhood_of(practice, seat.today).map(|area| area.id.as_str())
}

fn held(tx: &mut dyn Tx, seat: &Seat, within: Option<&str>) -> Result<Vec<Held>, StoreError> {
    let wanted =
        |ods: &&str| within.is_none_or(|id| area_of(&seat.app.place, seat, ods) == Some(id));
    let practices = seat.actor.practices.iter().map(String::as_str).filter(wanted);
    let practices: BTreeSet<&str> = practices.collect();
    owner::in_area(tx, seat, &practices, seat.today.plus_days(AHEAD))
}

/// The lines with the people’s names: that they are seen is written down.
fn named(tx: &mut dyn Tx, seat: &Seat, shown: &[Held]) -> Result<Vec<Line>, StoreError> {
    let names = Namesakes::of(shown.iter().map(|one| &one.line.whom));
    let telling = Telling { seat, names };
    let mut lines = Vec::with_capacity(shown.len());
    for one in shown {
        // Between the two looks a record may have been restricted.
        let whom = lists::whom(tx, one.line.whom.person)?;
        if whom::hidden(tx, seat, &whom)? {
            continue;
        }
        let has = match (&one.by.nobody, &one.by.organisation) {
            (Some(nobody), _) => format!("{nobody} Find somebody who takes it."),
            (None, Some(of)) => {
                format!("{}, {}, has it.", one.by.name, seat.app.place.organisation_name(of))
            }
            (None, None) => format!("{} has it.", one.by.name),
        };
        // For a lead: whoever has it may be away.
        let way = hand_over(seat, &one.line.due);
        let why = vec![because(&seat.app.place, &one.line.due, &one.line.entry), has];
        lines.push(Line { why, way, ..line(&telling, &one.line.due, &whom) });
    }
    let people = shown.iter().map(|one| one.line.due.person);
    reading::write_names_seen(tx, seat, reading::IN_WORK, people)?;
    Ok(lines)
}

fn tables(seat: &Seat, areas: &BTreeMap<String, String>, whole: bool, all: &[Held]) -> Vec<Markup> {
    let place = &seat.app.place;
    let organisation = |one: &Held| match &one.by.organisation {
        Some(id) => place.organisation_name(id),
        None => "Nobody has it".to_owned(),
    };
    let area = |one: &Held| {
        let area = one
            .line
            .whom
            .practice
            .as_deref()
            .and_then(|ods| area_of(place, seat, ods))
            .and_then(|id| areas.get(id));
        area.cloned().unwrap_or_default()
    };
    let mut tables = Vec::new();
    if whole && areas.len() > 1 {
        tables.extend(table(seat, "area", "By neighbourhood", all, area));
    }
    tables.extend(table(seat, "by", "By who has it", all, organisation));
    tables
}

/// How much is due, late and with nobody, by something; and what is late as a plot.
fn table(
    seat: &Seat,
    id: &str,
    title: &str,
    all: &[Held],
    by: impl Fn(&Held) -> String,
) -> Vec<Markup> {
    let mut sums: BTreeMap<String, Sums> = BTreeMap::new();
    for one in all {
        sums.entry(by(one)).or_default().add(seat, one);
    }
    let head = [
        Cell::new(title),
        Cell::new("Due").numeric(),
        Cell::new("Late").numeric(),
        Cell::new("Nobody has it").numeric(),
    ];
    let mut table = Table::new(head).hidden_caption(title).first_is_header().scrolls();
    let mut plot = BarPlot::new(format!("late-{id}"), format!("Late: {}", title.to_lowercase()));
    for (name, sum) in &sums {
        let figures = [sum.due, sum.late, sum.nobodys].map(Cell::number);
        table = table.row(std::iter::once(Cell::new(name.as_str())).chain(figures));
        plot = plot.bar(name, i64::from(sum.late), sum.late.to_string(), false);
    }
    if sums.is_empty() { Vec::new() } else { vec![table.into(), plot.into()] }
}

fn filters(areas: &BTreeMap<String, String>, chosen: Option<&str>, show: Show) -> Vec<Select> {
    let mut filters = Vec::new();
    if areas.len() > 1 {
        let all = Choice::new("", "All of your area").chosen(chosen.is_none());
        let each = areas.iter().map(|(id, name)| {
            Choice::new(id.as_str(), name.as_str()).chosen(chosen == Some(id.as_str()))
        });
        let choices: Vec<Choice> = std::iter::once(all).chain(each).collect();
        filters.push(Select::new("neighbourhood", "Where", choices));
    }
    let choices = Show::EACH.map(|(one, word, title)| Choice::new(word, title).chosen(one == show));
    filters.push(Select::new("show", "What", choices));
    filters
}

fn counted(count: usize, after: usize, last: usize) -> String {
    match count {
        0 => "Nothing.".to_owned(),
        1 => "One thing.".to_owned(),
        count if count > LINES => format!("{count} things: {} to {last} are shown.", after + 1),
        count => format!("{count} things."),
    }
}

fn pages(
    after: usize,
    last: usize,
    count: usize,
    href: impl Fn(usize) -> String,
) -> Option<Pagination> {
    let mut pages = Pagination::new("What is due");
    if after > 0 {
        pages = pages.previous(href(after.saturating_sub(LINES)));
    }
    if last < count {
        pages = pages.next(href(last));
    }
    (after > 0 || last < count).then_some(pages)
}
