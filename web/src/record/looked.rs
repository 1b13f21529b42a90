//! Who has looked at a record: every view, with who, for whom, when and why.

use axum::extract::Path;
use axum::response::Response;
use care::record::ids::PersonId;
use care::who::role::Part;
use store::access::{self, Access};

use crate::app::time_in_words;
use crate::ask::{Tell, link, paragraph};
use crate::components::{Details, Markup, Table};
use crate::error::Failure;
use crate::posted::Asked;
use crate::reading::{IN_CONTACTS, IN_WORK};
use crate::seat::Seat;

/// How many views one page shows.
const PAGE: u32 = 50;

/// Shows who has looked.
pub async fn show(
    seat: Seat,
    Path(id): Path<PersonId>,
    Asked(asked): Asked,
) -> Result<Response, Failure> {
    if !seat.actor.role.sees(Part::Lookers) {
        return Err(Failure::NotFound);
    }
    let record = seat.record(id, "who has looked").await?;
    let before = asked.value("before").parse().ok();
    let views = seat.read(move |tx, _| access::accesses(tx, id, before, PAGE)).await?;
    let own = seat.actor.person == Some(id);
    let name = record.name();
    let whose = if own { "your".to_owned() } else { format!("{name}’s") };
    let page = seat.page(format!("Who has looked at {whose} record"), "/me").back(back(&seat, id));
    let about = "Every time somebody opens the record, it is written down here by the system. \
                 Nobody can switch this off or change it.";
    let (names, opened): (Vec<Access>, Vec<Access>) =
        views.iter().cloned().partition(|one| [IN_WORK, IN_CONTACTS].contains(&&*one.view.what));
    // Who reads of their own record asks who else has looked: their own looks stand apart.
    let (mine, opened): (Vec<Access>, Vec<Access>) =
        opened.into_iter().partition(|one| own && one.view.by.user == seat.actor.user);
    let mut tell = Tell::new(page).part(paragraph(about));
    tell = if opened.is_empty() {
        let nobody = if own { "Nobody else" } else { "Nobody" };
        tell.part(paragraph(&format!("{nobody} has opened the record in this time.")))
    } else {
        tell.part(table(&seat, id, &opened, "Who has looked"))
    };
    if !mine.is_empty() {
        let when = "When you looked yourself";
        tell = tell.part(Details::new(when, Markup::from(table(&seat, id, &mine, when))));
    }
    if !names.is_empty() {
        let only = "Who has seen only the name, in a list";
        tell = tell.part(Details::new(only, Markup::from(table(&seat, id, &names, only))));
    }
    if let Some(last) = views.last().filter(|view| view.number > 1) {
        let href = format!("/person/{id}/looked?before={}", last.number);
        let reaches = format!("Who looked before {}", time_in_words(last.view.at));
        tell = tell.part(link(&reaches, &href));
    }
    tell.show()
}

fn back(seat: &Seat, id: PersonId) -> String {
    if seat.actor.person == Some(id) { "/me".to_owned() } else { format!("/person/{id}") }
}

fn table(seat: &Seat, id: PersonId, views: &[Access], caption: &str) -> Table {
    let place = &seat.app.place;
    let mut table = Table::new(["When", "Who", "What they saw"]).hidden_caption(caption);
    for Access { view, .. } in views {
        let own = seat.actor.person == Some(id) && view.by.user == seat.actor.user;
        let who = if own {
            "You".to_owned()
        } else {
            let who = format!("{}, {}", view.by.name, place.role_title(&view.by.role));
            match place.works_for(&view.by.role, &view.by.organisation) {
                Some(organisation) => format!("{who}, {organisation}"),
                None => who,
            }
        };
        let seen =
            if seat.actor.person == Some(id) { of_you(&view.what) } else { view.what.clone() };
        let what = match &view.reason {
            Some(reason) => format!("{seen}. Their reason: {reason}"),
            None => seen,
        };
        table = table.row([time_in_words(view.at), who, what]);
    }
    table.scrolls()
}

/// What was seen, said to whom it is about: what is kept says “their”, for whoever reads of somebody else.
fn of_you(what: &str) -> String {
    let word = |word| match word {
        "their" => "your",
        "them" | "they" => "you",
        other => other,
    };
    what.split(' ')
        .map(|part| match part.strip_suffix(',') {
            Some(bare) => format!("{},", word(bare)),
            None => word(part).to_owned(),
        })
        .collect::<Vec<_>>()
        .join(" ")
}
