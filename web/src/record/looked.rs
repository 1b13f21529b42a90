//! Who has looked at a record: every view, with who, for whom, when and why.

use axum::extract::Path;
use axum::response::Response;
use care::record::ids::PersonId;
use care::who::access::Part;
use store::access::{self, Access};

use crate::app::{Place, time_in_words};
use crate::ask::{Tell, link, paragraph};
use crate::components::{Cell, Table};
use crate::error::Failure;
use crate::reading::{full_name, identity_of};
use crate::seat::Seat;
use crate::security::Asked;

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
    let record = match seat.record(id, "who has looked").await? {
        Ok(record) => record,
        Err(page) => return Ok(page),
    };
    let before = asked.value("before").parse().ok();
    let views = seat.read(move |tx, _| access::accesses(tx, id, before, PAGE)).await?;
    let own = seat.actor.person == Some(id);
    let name = full_name(&identity_of(record.resident.as_ref(), &record.person));
    let whose = if own { "your".to_owned() } else { format!("{name}’s") };
    let page = seat.page(format!("Who has looked at {whose} record"), "/me").back(back(&seat, id));
    let about = "Every time somebody opens the record, it is written down here by the system. \
                 Nobody can switch this off or change it.";
    let mut tell = Tell::new(page).part(paragraph(about)).part(table(&seat.app.place, &views));
    if let Some(last) = views.last().filter(|view| view.number > 1) {
        let href = format!("/person/{id}/looked?before={}", last.number);
        tell = tell.part(link("Earlier", &href));
    }
    tell.show()
}

fn back(seat: &Seat, id: PersonId) -> String {
    if seat.actor.person == Some(id) { "/me".to_owned() } else { format!("/person/{id}") }
}

fn table(place: &Place, views: &[Access]) -> Table {
    let mut table =
        Table::new(["When", "Who", "What they opened", "Reason"]).hidden_caption("Who has looked");
    for Access { view, .. } in views {
        let organisation = place.organisation_name(&view.by.organisation);
        let role = place.role_title(&view.by.role);
        table = table.row([
            Cell::new(time_in_words(view.at)),
            Cell::new(format!("{}, {role}, {organisation}", view.by.name)),
            Cell::new(view.what.as_str()),
            Cell::new(view.reason.as_deref().unwrap_or("Works with this person")),
        ]);
    }
    table.scrolls()
}
