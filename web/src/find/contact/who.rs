//! Whom is it about? People who are known come first, so that nobody has two records.

use axum::response::Response;
use care::find::search::SearchQuery;
use care::who::role::Right;

use crate::ask::{Tell, heading, inline_link, link, paragraph};
use crate::components::{Button, Cell, Markup, Search, Table, TextInput};
use crate::error::Failure;
use crate::find::search::{Match, matches, sent_empty};
use crate::posted::Asked;
use crate::seat::Seat;
use crate::whom::full_name;

/// Asks whom it is about: people already known come first.
pub async fn ask(seat: Seat, Asked(asked): Asked) -> Result<Response, Failure> {
    seat.require(Right::RecordContact)?;
    let page = seat.page("Who is it about?", "/contact");
    let mut tell = Tell::new(page);
    if let Some(own) = seat.actor.person {
        tell = tell
            .part(Button::link("It is about me", format!("/contact/{own}")))
            .part(link("It is about somebody else", "/contact/new"));
        return tell.part(mine_link()).show();
    }
    if let Some(person) = seat.actor.represents {
        tell = tell.part(Button::link("It is about who I act for", format!("/contact/{person}")));
    }
    if !seat.actor.role.may(Right::Search) {
        return tell
            .part(Button::link("Describe the person", "/contact/new"))
            .part(mine_link())
            .show();
    }
    let typed = asked.value("q").trim().to_owned();
    let input = TextInput::new("q", "Their name, NHS number or date of birth")
        .hint("Look first, so that nobody has two records")
        .value(typed.as_str());
    tell = tell.part(Search::new("/contact", input));
    if let Some(says) = sent_empty(&asked) {
        tell = tell.part(heading(says));
    }
    if !typed.is_empty() {
        let query = SearchQuery::read(&typed);
        let found = seat.write(move |tx, seat| matches(tx, seat, &query, None)).await?;
        tell = tell.part(people(&seat, &found.people));
        tell = tell.part(link("It is somebody who is not shown here", "/contact/new"));
    }
    tell.part(mine_link()).show()
}

fn mine_link() -> Markup {
    link("Contacts you have recorded, and what came of them", "/contact/mine")
}

fn people(seat: &Seat, people: &[Match]) -> Markup {
    if people.is_empty() {
        return paragraph("Nobody to show.");
    }
    let mut table = Table::new(["Name", "Born", "Surgery"]).hidden_caption("People");
    for one in people {
        let born = one
            .identity
            .born
            .map(|born| if one.within { born.in_words() } else { born.first().year().to_string() });
        let practice = one.practice.as_deref().filter(|_| one.within);
        table = table.row([
            Cell::new(inline_link(&full_name(&one.identity), &format!("/contact/{}", one.person))),
            Cell::new(born.unwrap_or_default()),
            Cell::new(practice.map(|ods| seat.app.place.practice_name(ods)).unwrap_or_default()),
        ]);
    }
    table.stacks().into()
}
