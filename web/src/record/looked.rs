//! Who has looked at a record: every view, with who, for whom, when and why.

use axum::extract::Path;
use axum::response::Response;
use care::record::ids::PersonId;
use care::who::role::Part;
use store::StoreError;
use store::access::{self, Access};
use store::engine::Tx;

use crate::app::time_in_words;
use crate::ask::{Tell, link, paragraph};
use crate::components::{Details, Markup, Table};
use crate::error::Failure;
use crate::posted::Asked;
use crate::reading::{IN_CONTACTS, IN_WORK};
use crate::seat::Seat;

/// How many views by others one page shows, and how many are read at a time.
const PAGE: u32 = 50;
/// How often so many are read for one page: whoever looks at their own record every day, or stands in many
/// lists, still finds others on the first.
const READS: usize = 20;

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
    let own = seat.actor.person == Some(id);
    let views = seat.read(move |tx, seat| views(tx, seat, id, before)).await?;
    let name = record.name();
    let whose = if own { "your".to_owned() } else { format!("{name}’s") };
    let page = seat.page(format!("Who has looked at {whose} record"), "/me").back(back(&seat, id));
    let about = "Every time somebody opens the record, it is written down here by the system. \
                 Nobody can switch this off or change it.";
    let (names, opened): (Vec<Access>, Vec<Access>) = views.iter().cloned().partition(in_a_list);
    // Who reads of their own record asks who else has looked: their own looks stand apart.
    let (mine, opened): (Vec<Access>, Vec<Access>) =
        opened.into_iter().partition(|one| is_ones_own(one, &seat, id));
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

/// The newest views before one of them: a page of those by others, with what lies between.
fn views(
    tx: &mut dyn Tx,
    seat: &Seat,
    id: PersonId,
    mut before: Option<u32>,
) -> Result<Vec<Access>, StoreError> {
    let counts = |one: &&Access| !in_a_list(one) && !is_ones_own(one, seat, id);
    let mut views = Vec::new();
    for _ in 0..READS {
        let read = access::accesses(tx, id, before, PAGE)?;
        before = read.last().map(|last| last.number);
        views.extend(read);
        if before.is_none() || views.iter().filter(counts).count() >= PAGE as usize {
            break;
        }
    }
    Ok(views)
}

/// Whether only a name was seen, in a list.
fn in_a_list(one: &Access) -> bool {
    [IN_WORK, IN_CONTACTS].contains(&&*one.view.what)
}

/// Whether somebody looked at their own record.
fn is_ones_own(one: &Access, seat: &Seat, id: PersonId) -> bool {
    seat.actor.person == Some(id) && one.view.by.user == seat.actor.user
}

fn back(seat: &Seat, id: PersonId) -> String {
    if seat.actor.person == Some(id) { "/me".to_owned() } else { format!("/person/{id}") }
}

fn table(seat: &Seat, id: PersonId, views: &[Access], caption: &str) -> Table {
    let place = &seat.app.place;
    let mut table = Table::new(["When", "Who", "What they saw"]).hidden_caption(caption);
    for one in views {
        let view = &one.view;
        let who = if is_ones_own(one, seat, id) {
            "You".to_owned()
        } else {
            let who = format!("{}, {}", view.by.name, place.role_title(&view.by.role));
            match place.works_for(&view.by.role, &view.by.organisation) {
                Some(organisation) => format!("{who}, {organisation}"),
                None => who,
            }
        };
        let what = match &view.reason {
            Some(reason) => format!("{}. Their reason: {reason}", view.what),
            None => view.what.clone(),
        };
        table = table.row([time_in_words(view.at), who, what]);
    }
    table.stacks()
}
