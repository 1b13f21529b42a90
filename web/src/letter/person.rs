//! The letters to one person, and what of them was given when and how.

use axum::extract::Path;
use axum::response::Response;
use care::record::ids::PersonId;
use care::record::person::Person;

use super::one::line;
use crate::ask::{Tell, inline_link, paragraph};
use crate::components::{Markup, SummaryList, SummaryRow};
use crate::composed::names;
use crate::error::Failure;
use crate::seat::Seat;

/// Shows them, the newest first.
pub async fn show(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    let record = seat.record(id, "the letters").await?;
    let own = seat.actor.person == Some(id);
    let readable = Person::fold(id, &record.entries);
    let title = if own { "Letters to you" } else { "Letters to this person" };
    let tell = Tell::new(seat.page(title, "").back(format!("/person/{id}")));
    let letters = readable.letters();
    if letters.is_empty() {
        return tell.part(paragraph("There are no letters yet.")).show();
    }
    let lead = if own {
        "Each letter tells you what we wrote or decided, and why. You can read it in ordinary print, in large \
         print or in easy read. It says what to do if you do not agree."
    } else {
        "Each tells the person what was written or decided. It waits until it is on record how they were \
         given it."
    };
    let names = names(&letters, own);
    let rows = letters.iter().rev().map(|letter| {
        let (on, given) = line(letter, own, &seat);
        let href = format!("/person/{id}/letter/{}", record.called(letter.entry));
        let said = Markup::join([paragraph(&format!("Of {on}.")), paragraph(&given)]);
        SummaryRow::new(inline_link(&names[&letter.entry], &href), said)
    });
    tell.part(paragraph(lead)).part(SummaryList::new(rows)).show()
}
