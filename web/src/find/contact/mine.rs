//! The contacts one has recorded, and what came of them.

use axum::response::{IntoResponse, Redirect, Response};
use care::who::role::Right;
use store::lists;

use crate::ask::{Tell, inline_link, paragraph};
use crate::components::{Cell, Table};
use crate::error::Failure;
use crate::posted::Asked;
use crate::reading;
use crate::seat::Seat;
use crate::whom;

/// The contacts that whoever asks has recorded, with what came of each.
pub async fn show(seat: Seat, Asked(asked): Asked) -> Result<Response, Failure> {
    seat.require(Right::RecordContact)?;
    let contacts = seat.write(move |tx, seat| {
        let contacts = lists::contacts_of_user(tx, seat.actor.user, MINE)?;
        let mut lines = Vec::new();
        for (person, state) in contacts {
            let whom = lists::whom(tx, person)?;
            if !whom::hidden(tx, seat, &whom)? {
                lines.push((whom::name(&whom), person, state));
            }
        }
        let people = lines.iter().map(|(_, person, _)| *person);
        reading::write_names_seen(tx, seat, reading::IN_CONTACTS, people)?;
        Ok(lines)
    });
    let contacts = contacts.await?;
    let page = seat.page("Contacts you have recorded", "/contact").back("/contact");
    let page = match asked.value("done") {
        "contact" => page.done("Your contact has been sent. You can see here what comes of it"),
        "contact-again" => page.done("This contact was already sent: it is kept once"),
        _ => page,
    };
    if contacts.is_empty() {
        return Tell::new(page).part(paragraph("You have not recorded any contacts yet.")).show();
    }
    let mut table =
        Table::new(["About", "Recorded", "With", "What came of it"]).hidden_caption("Contacts");
    for (name, person, state) in &contacts {
        let href =
            format!("/person/{person}/contact/{}", seat.called(*person, state.contact.entry));
        let came = state.outcome.as_ref().map_or_else(
            || format!("Answer due by {}", state.contact.said.answer_by.in_words()),
            |outcome| outcome.said.outcome.in_words().to_owned(),
        );
        table = table.row([
            Cell::new(inline_link(name, &href)),
            Cell::new(state.contact.on.in_words()),
            Cell::new(seat.app.place.team_name(&state.owner)),
            Cell::new(came),
        ]);
    }
    Tell::new(page).part(table.stacks()).show()
}

/// Leads here, once a contact has been recorded.
pub fn done() -> Response {
    Redirect::to("/contact/mine?done=contact").into_response()
}

/// Leads here, where the same form had been sent before.
pub fn done_before() -> Response {
    Redirect::to("/contact/mine?done=contact-again").into_response()
}

/// How many contacts the list shows.
const MINE: u32 = 100;
