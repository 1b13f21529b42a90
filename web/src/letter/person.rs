//! The letters to one person, and what of them was given when and how.

use axum::extract::Path;
use axum::response::Response;
use care::record::ids::PersonId;
use care::record::person::Person;

use super::one::line;
use crate::ask::{Tell, inline_link, paragraph};
use crate::components::{Cell, Table};
use crate::error::Failure;
use crate::seat::Seat;

/// Shows them, the newest first.
pub async fn show(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    let record = match seat.record(id, "the letters to them").await? {
        Ok(record) => record,
        Err(page) => return Ok(page),
    };
    let own = seat.actor.person == Some(id);
    let readable = Person::fold(id, &record.entries);
    let title = if own { "Letters to you" } else { "Letters to this person" };
    let tell = Tell::new(seat.page(title, "").back(format!("/person/{id}")));
    let letters = readable.letters();
    if letters.is_empty() {
        return tell.part(paragraph("There are no letters yet.")).show();
    }
    let table = Table::new(["Letter", "Of", "Given"]).hidden_caption(title).first_is_header();
    let table = letters.iter().rev().fold(table, |table, letter| {
        let (what, on, given) = line(letter, own);
        let href = format!("/person/{id}/letter/{}", letter.entry);
        table.row([Cell::new(inline_link(what, &href)), Cell::new(on), Cell::new(given)])
    });
    tell.part(crate::fund::beside_each_other(table)).show()
}
