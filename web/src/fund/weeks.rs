//! What each week costs the person, and why one week differs from the last.

use axum::extract::Path;
use axum::response::Response;
use care::fund::weeks::{ChargedWeek, sum, weeks};
use care::record::fact::ChargeDecided;
use care::record::ids::PersonId;
use law::day::Day;
use law::rates::Year;

use super::means::seen;
use crate::ask::{Tell, paragraph};
use crate::components::{Cell, Markup, Table};
use crate::error::Failure;
use crate::reading::Record;
use crate::seat::Seat;

/// Shows the weeks of each financial year in which something was decided, up to the end of this one.
pub async fn show(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    let there = |record: &Record, seat: &Seat| {
        seen(record, seat) && !record.person.means.decided.is_empty()
    };
    let record = seat.record_with(id, "the charge for care, week by week", there).await?;
    let law = &seat.app.place.law;
    let title = if seat.actor.person == Some(id) {
        "What you pay, week by week".to_owned()
    } else {
        format!("What {} pays, week by week", record.name())
    };
    let page = seat.page(title, "").back(format!("/person/{id}/means"));
    let mut tell = Tell::new(page).part(paragraph(
        "What was decided comes to this, week by week, from Monday to Sunday. Weeks to come change \
         when something new is decided.",
    ));
    let decided: Vec<&ChargeDecided> =
        record.person.means.in_force().iter().map(|told| &*told.said).collect();
    let Some(first) = decided.first().map(|one| one.from()) else { return Err(Failure::NotFound) };
    let last = decided.last().map_or(first, |one| one.from()).max(seat.today);
    let years = law.rates.years();
    let ended = years.last().map(|year| year.until).filter(|until| *until < seat.today);
    if let Some(until) = ended {
        tell = tell.part(paragraph(&format!(
            "The amounts for the year after {} are not here yet. Until they are, and something new is \
             decided, the charge stays as it was.",
            until.in_words()
        )));
    }
    for year in years.iter().rev().filter(|year| year.until >= first && year.from <= last) {
        let weeks = weeks(&decided, law, year.from.max(first), year.until);
        tell = tell.part(table(year, &weeks, (first, seat.today)));
    }
    tell.show()
}

fn table(year: &Year, weeks: &[ChargedWeek], (first, today): (Day, Day)) -> Markup {
    let ended: Vec<ChargedWeek> = weeks.iter().filter(|week| week.until < today).cloned().collect();
    let heads = [Cell::new("Week"), Cell::new("Charge").numeric(), Cell::new("Why it changes")];
    let caption = format!("Financial year {}", year.name);
    let mut table = Table::new(heads).caption(caption).first_is_header().scrolls();
    for week in weeks {
        let (from, until) = (week.from.in_words(), week.until.in_words());
        let days = match week.until.epoch_days() - week.from.epoch_days() + 1 {
            7 => format!("{from} to {until}"),
            1 => format!("{from} (1 day)"),
            days => format!("{from} to {until} ({days} days)"),
        };
        table = table.row([
            Cell::new(days),
            Cell::number(week.charge.in_words()),
            Cell::new(why(week, first)),
        ]);
    }
    let sum = sum(&ended).in_words();
    let so_far = match ended.len() {
        0 => "None of these weeks has ended yet.".to_owned(),
        1 => format!("{sum} for the week that has ended."),
        weeks => format!("{sum} for the {weeks} weeks that have ended."),
    };
    Markup::join([table.into(), paragraph(&so_far)])
}

/// Why the charge is not what it was: with its day, where that is not the first of the week.
fn why(week: &ChargedWeek, first: Day) -> String {
    let mut said = Vec::new();
    for part in week.parts.iter().filter(|part| !part.why.is_empty()) {
        let words: Vec<&str> = part.why.iter().map(|why| why.in_words()).collect();
        let words = words.join(" and ");
        if part.from == first {
            said.push("This is where the charge begins".to_owned());
        } else if part.from == week.from {
            said.push(format!("Because {words}"));
        } else {
            let weekly = part.weekly.in_words();
            said.push(format!("From {}, {weekly} a week, because {words}", part.from.in_words()));
        }
    }
    said.join(". ")
}
